//! The parameters of both ends (RFC 9113 section 6.5), and those of ours that wait to be
//! acknowledged.

use super::flow::INITIAL_WINDOW;
use crate::error::{Error, Result};
use crate::frame::{DEFAULT_MAX_PAYLOAD, Setting, SettingId, Settings};
use crate::hpack::DEFAULT_TABLE_SIZE;
use crate::mem::{Deque, Mem, Vec};

/// The parameters of one end as they are in force.
#[derive(Clone, Copy)]
pub(super) struct Values {
    pub header_table_size: u32,
    pub enable_push: u32,
    pub max_concurrent_streams: u32,
    pub initial_window_size: u32,
    pub max_frame_size: u32,
    pub max_header_list_size: u32,
    pub enable_connect_protocol: u32,
    pub no_rfc7540_priorities: u32,
}

/// No limit, or never said.
pub(super) const UNSET: u32 = u32::MAX;

/// The largest payload that can be allowed.
const MAX_MAX_PAYLOAD: u32 = (1 << 24) - 1;

impl Values {
    /// What holds before any SETTINGS frame.
    pub const fn initial() -> Values {
        Values {
            header_table_size: DEFAULT_TABLE_SIZE as u32,
            enable_push: 1,
            max_concurrent_streams: UNSET,
            initial_window_size: INITIAL_WINDOW as u32,
            max_frame_size: DEFAULT_MAX_PAYLOAD as u32,
            max_header_list_size: UNSET,
            enable_connect_protocol: 0,
            no_rfc7540_priorities: UNSET,
        }
    }

    /// The value of a parameter; None for those that are not known.
    pub fn get(&self, id: SettingId) -> Option<u32> {
        let mut values = *self;
        values.place(id).copied()
    }

    pub fn set(&mut self, setting: Setting) {
        if let Some(place) = self.place(setting.id) {
            *place = setting.value;
        }
    }

    fn place(&mut self, id: SettingId) -> Option<&mut u32> {
        Some(match id {
            SettingId::HEADER_TABLE_SIZE => &mut self.header_table_size,
            SettingId::ENABLE_PUSH => &mut self.enable_push,
            SettingId::MAX_CONCURRENT_STREAMS => &mut self.max_concurrent_streams,
            SettingId::INITIAL_WINDOW_SIZE => &mut self.initial_window_size,
            SettingId::MAX_FRAME_SIZE => &mut self.max_frame_size,
            SettingId::MAX_HEADER_LIST_SIZE => &mut self.max_header_list_size,
            SettingId::ENABLE_CONNECT_PROTOCOL => &mut self.enable_connect_protocol,
            SettingId::NO_RFC7540_PRIORITIES => &mut self.no_rfc7540_priorities,
            _ => return None,
        })
    }
}

/// Whether a parameter may have this value (RFC 9113 section 6.5.2).
pub(super) fn is_valid(setting: &Setting) -> bool {
    match setting.id {
        SettingId::ENABLE_PUSH
        | SettingId::ENABLE_CONNECT_PROTOCOL
        | SettingId::NO_RFC7540_PRIORITIES => setting.value <= 1,
        SettingId::INITIAL_WINDOW_SIZE => i32::try_from(setting.value).is_ok(),
        SettingId::MAX_FRAME_SIZE => {
            (DEFAULT_MAX_PAYLOAD as u32..=MAX_MAX_PAYLOAD).contains(&setting.value)
        }
        _ => true,
    }
}

/// The last value of a parameter in a list.
pub(super) fn last(entries: &[Setting], id: SettingId) -> Option<u32> {
    entries.iter().rev().find(|entry| entry.id == id).map(|entry| entry.value)
}

/// The octets of a SETTINGS payload, as the HTTP2-Settings field of HTTP/1.1 wants them before they
/// are encoded. Returns their number.
pub fn pack_settings(entries: &[Setting], buffer: &mut [u8]) -> Result<usize> {
    check(entries)?;
    let needed = entries.len().saturating_mul(Settings::ENTRY_LEN);
    let Some(buffer) = buffer.get_mut(..needed) else { return Err(Error::InsufficientBuffer) };
    for (place, entry) in
        buffer.as_chunks_mut::<{ Settings::ENTRY_LEN }>().0.iter_mut().zip(entries)
    {
        *place = entry.pack();
    }
    Ok(needed)
}

/// Whether all entries have values that may be sent.
pub(super) fn check(entries: &[Setting]) -> Result<()> {
    if entries.iter().all(is_valid) { Ok(()) } else { Err(Error::InvalidArgument) }
}

/// What a received list of entries comes to: of each known parameter the last value, where it stood
/// first, and of the table size the smallest value too if that is not the last, because the
/// encoder's table must have been that small for a moment (RFC 7541 section 4.2).
pub(super) fn merge(entries: &mut Vec<Setting>) -> Result<()> {
    let smallest = entries.iter().filter(|entry| entry.id == SettingId::HEADER_TABLE_SIZE);
    let smallest = smallest.map(|entry| entry.value).min();
    let mut kept = 0_usize;
    for place in 0..entries.len() {
        let Some(&entry) = entries.get(place) else { break };
        let known = Values::initial().get(entry.id).is_some();
        let mut earlier = entries.iter_mut().take(if known { kept } else { 0 });
        match earlier.find(|first| first.id == entry.id) {
            Some(first) => first.value = entry.value,
            None => {
                if let Some(free) = entries.get_mut(kept) {
                    *free = entry;
                }
                kept = kept.wrapping_add(1);
            }
        }
    }
    entries.truncate(kept);
    let table_size = entries.iter_mut().find(|entry| entry.id == SettingId::HEADER_TABLE_SIZE);
    if let (Some(entry), Some(smallest)) = (table_size, smallest)
        && smallest < entry.value
    {
        let last = *entry;
        entry.value = smallest;
        entries.push(last)?;
    }
    Ok(())
}

/// Everything a session knows about parameters.
pub(super) struct SettingsState {
    /// Ours, as far as the peer has acknowledged them.
    pub local: Values,
    /// The peer's.
    pub remote: Values,
    /// Ours that the peer has not acknowledged yet, the oldest first.
    pub in_flight: Deque<Vec<Setting>>,
    /// Ours that hold for what we do from their submission on.
    pub submitted: Submitted,
    /// Whether the peer, in its first SETTINGS, switched priorities of RFC 7540 off.
    pub peer_no_rfc7540: Option<bool>,
    /// Whether a server uses those priorities although it has switched them off.
    pub fallback: bool,
}

/// What does not wait for an acknowledgement.
pub(super) struct Submitted {
    pub max_concurrent_streams: u32,
    pub enable_push: bool,
    pub enable_connect_protocol: bool,
    /// Whether priorities of RFC 7540 are switched off, once the first SETTINGS were submitted.
    pub no_rfc7540: Option<bool>,
}

impl SettingsState {
    pub fn new(peer_max_concurrent_streams: u32, mem: Mem) -> SettingsState {
        SettingsState {
            local: Values::initial(),
            remote: Values {
                max_concurrent_streams: peer_max_concurrent_streams,
                ..Values::initial()
            },
            in_flight: Deque::new(mem),
            submitted: Submitted {
                max_concurrent_streams: UNSET,
                enable_push: true,
                enable_connect_protocol: false,
                no_rfc7540: None,
            },
            peer_no_rfc7540: None,
            fallback: false,
        }
    }

    /// How many octets of heap our parameters in flight hold.
    pub fn memory(&self) -> usize {
        self.in_flight.iter().map(Vec::memory).fold(self.in_flight.memory(), usize::saturating_add)
    }

    /// Whether streams are prioritised by RFC 9218 instead of RFC 7540.
    pub fn by_urgency(&self) -> bool {
        self.is_without_rfc7540() && !self.fallback
    }

    /// Whether we have said that we do not use priorities of RFC 7540.
    pub fn is_without_rfc7540(&self) -> bool {
        self.submitted.no_rfc7540 == Some(true)
    }

    /// Whether the peer has said that it does not use priorities of RFC 7540.
    pub fn peer_is_without_rfc7540(&self) -> bool {
        self.peer_no_rfc7540 == Some(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merged(entries: &[(i32, u32)]) -> std::vec::Vec<(i32, u32)> {
        let mut list = Vec::new(Mem::system());
        for &(id, value) in entries {
            list.push(Setting { id: SettingId(id), value }).unwrap();
        }
        merge(&mut list).unwrap();
        list.iter().map(|entry| (entry.id.0, entry.value)).collect()
    }

    #[test]
    fn known_entries_are_merged_and_the_smallest_table_is_kept() {
        let entries = [(1, 0), (99, 7), (4, 100), (1, 8192), (99, 8), (4, 200)];
        assert_eq!(merged(&entries), [(1, 0), (99, 7), (4, 200), (99, 8), (1, 8192)]);
        assert_eq!(merged(&[(1, 5), (1, 3)]), [(1, 3)]);
        assert_eq!(merged(&[]), []);
    }

    #[test]
    fn a_payload_needs_six_octets_an_entry() {
        let entries = [Setting { id: SettingId::MAX_CONCURRENT_STREAMS, value: 100 }];
        let mut buffer = [0xaa; 7];
        assert_eq!(pack_settings(&entries, &mut buffer), Ok(6));
        assert_eq!(&buffer, b"\0\x03\0\0\0\x64\xaa");
        assert_eq!(pack_settings(&entries, &mut buffer[..5]), Err(Error::InsufficientBuffer));
        let bad = [Setting { id: SettingId::MAX_FRAME_SIZE, value: 16_383 }];
        assert_eq!(pack_settings(&bad, &mut buffer), Err(Error::InvalidArgument));
    }
}
