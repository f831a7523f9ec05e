//! SETTINGS (RFC 9113 section 6.5).

use bytes::Buf;

use crate::error::Result;
use crate::mem::Vec;

/// Parameters of one endpoint, for its peer. Empty for an acknowledgement.
#[derive(Clone, Copy)]
pub struct Settings<'a> {
    /// The entries in their order.
    pub entries: &'a [Setting],
}

/// One parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct Setting {
    /// Which one. The low 16 bits go out.
    pub id: SettingId,
    /// Its value.
    pub value: u32,
}

/// The number of a parameter. Unknown ones are kept as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct SettingId(pub i32);

impl SettingId {
    /// The size of the receiver's HPACK table for what we send, in octets.
    pub const HEADER_TABLE_SIZE: SettingId = SettingId(1);
    /// Whether the peer may push, 0 or 1.
    pub const ENABLE_PUSH: SettingId = SettingId(2);
    /// How many streams the peer may have open.
    pub const MAX_CONCURRENT_STREAMS: SettingId = SettingId(3);
    /// The window of each stream for what the peer sends, in octets; at most 2^31 - 1.
    pub const INITIAL_WINDOW_SIZE: SettingId = SettingId(4);
    /// The longest payload the peer may send, 2^14 to 2^24 - 1 octets.
    pub const MAX_FRAME_SIZE: SettingId = SettingId(5);
    /// The largest header section we care for, in octets, 32 more for each field.
    pub const MAX_HEADER_LIST_SIZE: SettingId = SettingId(6);
    /// Whether extended CONNECT may be used, 0 or 1 (RFC 8441 section 3).
    pub const ENABLE_CONNECT_PROTOCOL: SettingId = SettingId(8);
    /// Whether priorities of RFC 7540 are not used, 0 or 1 (RFC 9218 section 2.1).
    pub const NO_RFC7540_PRIORITIES: SettingId = SettingId(9);
}

impl Settings<'_> {
    /// The octets of one entry.
    pub const ENTRY_LEN: usize = 6;

    pub(crate) fn pack(&self, out: &mut Vec<u8>) -> Result<()> {
        self.entries.iter().try_for_each(|entry| out.extend_from_slice(&entry.pack()))
    }
}

impl Setting {
    /// The entries of a payload; what is left of it after them is ignored.
    pub(crate) fn parse_all(mut payload: &[u8]) -> impl Iterator<Item = Setting> {
        core::iter::from_fn(move || {
            let id = SettingId(i32::from(payload.try_get_u16().ok()?));
            Some(Setting { id, value: payload.try_get_u32().ok()? })
        })
    }

    /// The octets of the entry.
    pub fn pack(&self) -> [u8; Settings::ENTRY_LEN] {
        let ([a, b], [c, d, e, f]) = ((self.id.0 as u16).to_be_bytes(), self.value.to_be_bytes());
        [a, b, c, d, e, f]
    }
}
