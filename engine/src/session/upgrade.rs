//! The upgrade from HTTP/1.1 (RFC 7540 section 3.2): stream 1 exists before the first frame.

use super::recv::Kept;
use super::stream::{Mark, State};
use super::task::Task;
use super::{Opaque, Role, Session};
use crate::error::{Error, Result};
use crate::frame::{Flags, Head, Kind, PrioritySpec, Setting, Settings, StreamId};

/// What is known of the request that was made with HTTP/1.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UpgradedRequest {
    /// It was HEAD: the response has no content.
    Head,
    /// It was another one.
    Other,
    /// Nobody knows: the length of the response's content is not checked.
    Unknown,
}

/// The stream of the request.
const ID: StreamId = StreamId::new(1);

impl Session {
    /// The connection has just been upgraded. `payload` is what the HTTP2-Settings field said, decoded.
    /// A server takes it for the client's parameters, a client submits it as its own. Magic and
    /// SETTINGS must still be exchanged.
    ///
    /// On a server this leads to events: [`Session::recv`] is to be called, with empty input.
    pub fn upgrade(
        &mut self,
        payload: &[u8],
        request: UpgradedRequest,
        user_data: Opaque,
    ) -> Result<()> {
        let used = match self.role {
            Role::Client => self.ids.next != ID.get() as u32,
            Role::Server => self.ids.last_received >= ID,
        };
        if used {
            return Err(Error::Proto);
        }
        if !payload.len().is_multiple_of(Settings::ENTRY_LEN) {
            return Err(Error::InvalidArgument);
        }
        if payload.len() / Settings::ENTRY_LEN > self.config.max_settings {
            return Err(Error::TooManySettings);
        }
        self.inbound.entries.clear();
        for entry in Setting::parse_all(payload) {
            self.inbound.entries.push(entry)?;
        }
        match self.role {
            Role::Client => {
                let entries = core::mem::replace(
                    &mut self.inbound.entries,
                    crate::mem::Vec::new(self.mem.clone()),
                );
                self.submit_settings(&entries)?;
                self.open_upgraded(request, user_data)
            }
            Role::Server => {
                let (kind, flags) = (Kind::SETTINGS, Flags::NONE);
                let stream_id = StreamId::CONNECTION;
                self.inbound.head = Head { length: payload.len(), kind, flags, stream_id };
                self.inbound.kept = Kept::Settings;
                // What follows from the parameters is told whether input is wanted or not.
                self.inbound.fresh = false;
                match self.apply_received() {
                    Some((error, reason)) => self.connection_error(error, reason),
                    None => self.inbound.tasks.push(Task::Frame),
                }
                self.inbound.tasks.push(Task::OpenUpgraded(request));
                Ok(())
            }
        }
    }

    /// Makes the stream of the request, of which the client has said all.
    pub(super) fn open_upgraded(
        &mut self,
        request: UpgradedRequest,
        user_data: Opaque,
    ) -> Result<()> {
        let slot = self.open_stream(ID, State::Opening, PrioritySpec::default())?;
        let stream = &mut self.streams[slot];
        match request {
            UpgradedRequest::Head => stream.message.note_method(b"HEAD"),
            UpgradedRequest::Other => {}
            UpgradedRequest::Unknown => stream.message.note_unknown_method(),
        }
        match self.role {
            Role::Client => {
                stream.set(Mark::WRITE_SHUT);
                stream.user_data = user_data;
                self.ids.last_sent = ID;
                self.ids.next = self.ids.next.wrapping_add(2);
            }
            Role::Server => {
                stream.set(Mark::READ_SHUT);
                self.ids.last_received = ID;
                self.ids.last_processed = ID;
            }
        }
        Ok(())
    }
}
