//! What SETTINGS does (RFC 9113 section 6.5).

use super::Session;
use super::guards::Ration;
use super::recv::Kept;
use super::settings::{UNSET, is_valid, last, merge};
use super::task::Task;
use crate::error::{Error, Result};
use crate::frame::{Flags, Setting, SettingId, Settings};
use crate::mem::Vec;

/// What ends the connection: an error and a reason.
type Fault = (Error, &'static str);

/// Keeps the parameters that a payload has in `entries`.
pub(super) fn keep_parameters(payload: &[u8], entries: &mut Vec<Setting>) -> Result<()> {
    entries.clear();
    entries.reserve(payload.len() / Settings::ENTRY_LEN)?;
    for entry in Setting::parse_all(payload) {
        entries.push(entry)?;
    }
    merge(entries)
}

impl Session {
    /// The parameters have been kept.
    pub(super) fn on_settings(&mut self) -> Result<()> {
        self.inbound.kept = Kept::Settings;
        if !self.inbound.head.stream_id.is_connection() {
            self.connection_error(Error::Proto, "SETTINGS: stream_id != 0");
        } else if self.inbound.head.flags.has(Flags::ACK) {
            self.on_settings_ack()?;
        } else if let Some((error, reason)) = self.apply_received() {
            self.connection_error(error, reason);
        } else {
            if !self.is_closing() {
                self.queue_settings_ack()?;
            }
            self.inbound.tasks.push(Task::Frame);
            self.draw(Ration::ControlFrames, 1);
        }
        Ok(())
    }

    /// The peer has put the oldest of our parameters that were in flight into force.
    fn on_settings_ack(&mut self) -> Result<()> {
        let Some(entries) = self.settings.in_flight.pop_front() else {
            self.connection_error(Error::Proto, "SETTINGS: unexpected ACK");
            return Ok(());
        };
        match self.apply_own(&entries) {
            Ok(()) => self.inbound.tasks.push(Task::Frame),
            Err(error) if error.is_fatal() => return Err(error),
            Err(error) => self.connection_error(error, ""),
        }
        Ok(())
    }

    fn apply_own(&mut self, entries: &[Setting]) -> Result<()> {
        let id = SettingId::HEADER_TABLE_SIZE;
        if let Some(table_size) = last(entries, id) {
            let sizes = entries.iter().filter(|entry| entry.id == id).map(|entry| entry.value);
            let smallest = sizes.min().unwrap_or(table_size);
            if smallest < table_size {
                self.decoder.set_allowed_table_size(smallest as usize)?;
            }
            self.decoder.set_allowed_table_size(table_size as usize)?;
        }
        if let Some(window) = last(entries, SettingId::INITIAL_WINDOW_SIZE) {
            let old = i64::from(self.settings.local.initial_window_size);
            self.shift_recv_windows(i64::from(window).wrapping_sub(old))?;
        }
        for entry in entries {
            self.settings.local.set(*entry);
        }
        Ok(())
    }

    /// Puts the peer's parameters into force, one after the other up to the first that is wrong.
    pub(super) fn apply_received(&mut self) -> Option<Fault> {
        // Until now the limit was a guess.
        if self.settings.peer_no_rfc7540.is_none() {
            self.settings.remote.max_concurrent_streams = UNSET;
        }
        for place in 0..self.inbound.entries.len() {
            let Some(&entry) = self.inbound.entries.get(place) else { break };
            if let Some(fault) = self.apply_entry(entry) {
                return Some(fault);
            }
        }
        self.settle_priorities();
        None
    }

    /// The first SETTINGS decide for good how streams are prioritised (RFC 9218 section 2.1).
    fn settle_priorities(&mut self) {
        if self.settings.peer_no_rfc7540.is_some() {
            return;
        }
        self.settings.peer_no_rfc7540 = Some(false);
        self.settings.remote.no_rfc7540_priorities = 0;
        let wanted = self.config.fallback_rfc7540_priorities && self.is_server();
        self.settings.fallback = wanted && self.settings.submitted.no_rfc7540 != Some(false);
    }

    fn apply_entry(&mut self, entry: Setting) -> Option<Fault> {
        let Setting { id, value } = entry;
        let client = !self.is_server();
        let extended_connect = self.settings.remote.enable_connect_protocol == 1;
        match id {
            SettingId::HEADER_TABLE_SIZE => self.encoder.set_allowed_table_size(value as usize),
            SettingId::ENABLE_PUSH if !is_valid(&entry) => {
                return Some((Error::Proto, "SETTINGS: invalid SETTINGS_ENBLE_PUSH"));
            }
            SettingId::ENABLE_PUSH if client && value != 0 => {
                return Some((Error::Proto, "SETTINGS: server attempted to enable push"));
            }
            SettingId::INITIAL_WINDOW_SIZE if !is_valid(&entry) => {
                return Some((
                    Error::FlowControl,
                    "SETTINGS: too large SETTINGS_INITIAL_WINDOW_SIZE",
                ));
            }
            SettingId::INITIAL_WINDOW_SIZE if !self.shift_send_windows(value) => {
                return Some((Error::FlowControl, ""));
            }
            SettingId::MAX_FRAME_SIZE if !is_valid(&entry) => {
                return Some((Error::Proto, "SETTINGS: invalid SETTINGS_MAX_FRAME_SIZE"));
            }
            SettingId::ENABLE_CONNECT_PROTOCOL if !is_valid(&entry) => {
                return Some((Error::Proto, "SETTINGS: invalid SETTINGS_ENABLE_CONNECT_PROTOCOL"));
            }
            SettingId::ENABLE_CONNECT_PROTOCOL if client && extended_connect && value == 0 => {
                let reason =
                    "SETTINGS: server attempted to disable SETTINGS_ENABLE_CONNECT_PROTOCOL";
                return Some((Error::Proto, reason));
            }
            SettingId::NO_RFC7540_PRIORITIES => {
                if !is_valid(&entry) {
                    return Some((
                        Error::Proto,
                        "SETTINGS: invalid SETTINGS_NO_RFC7540_PRIORITIES",
                    ));
                }
                let settled = self.settings.peer_no_rfc7540;
                if settled.is_some_and(|settled| settled != (value == 1)) {
                    let reason = "SETTINGS: SETTINGS_NO_RFC7540_PRIORITIES cannot be changed";
                    return Some((Error::Proto, reason));
                }
                self.settings.peer_no_rfc7540 = Some(value == 1);
            }
            _ => {}
        }
        self.settings.remote.set(entry);
        None
    }
}
