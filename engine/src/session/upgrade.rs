//! The upgrade from HTTP/1.1 (RFC 7540 section 3.2): stream 1 exists before the first frame.

use core::mem::{replace, swap};

use super::recv::{Kept, Question};
use super::stream::{Mark, State};
use super::task::Task;
use super::{Opaque, Role, Session};
use crate::error::{Error, Result};
use crate::frame::{Flags, Head, Kind, PrioritySpec, Setting, Settings, StreamId};
use crate::mem::{Box, Vec};

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

/// The part of the inbound machine that makes room for the client's parameters. Few sessions ever have
/// one, so it has a block of its own.
pub(super) struct Interrupted {
    head: Head,
    kept: Kept,
    entries: Vec<Setting>,
    question: Question,
    fresh: bool,
    /// Whether that is over. The parameters are kept nevertheless: the application may still look at
    /// them while it is told of what comes next.
    over: bool,
}

impl Interrupted {
    /// How many octets of heap it takes, with what it holds.
    pub fn memory(&self) -> usize {
        size_of::<Interrupted>().saturating_add(self.entries.memory())
    }
}

/// The stream of the request.
const ID: StreamId = StreamId::new(1);

impl Session {
    /// The connection has just been upgraded. `payload` is what the HTTP2-Settings field said, decoded.
    /// A server takes it for the client's parameters, a client submits it as its own. Magic and
    /// SETTINGS must still be exchanged.
    ///
    /// On a server this leads to events: [`Session::recv`] is to be called, with empty input, until
    /// there are no more; also while the application is told of another event.
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
        if used || self.inbound.interrupted.is_some() {
            return Err(Error::Proto);
        }
        if !payload.len().is_multiple_of(Settings::ENTRY_LEN) {
            return Err(Error::InvalidArgument);
        }
        if payload.len() / Settings::ENTRY_LEN > self.config.max_settings {
            return Err(Error::TooManySettings);
        }
        let mut entries = Vec::new(self.mem.clone());
        for entry in Setting::parse_all(payload) {
            entries.push(entry)?;
        }
        match self.role {
            Role::Client => {
                self.submit_settings(&entries)?;
                self.open_upgraded(request, user_data)
            }
            Role::Server => {
                let (kind, flags) = (Kind::SETTINGS, Flags::NONE);
                let stream_id = StreamId::CONNECTION;
                let head = Head { length: payload.len(), kind, flags, stream_id };
                self.interrupt_input(head, entries)?;
                // In front of what is left to do about a frame, and in this order.
                let fault = self.apply_received();
                self.inbound.tasks.push_next(Task::OpenUpgraded(request));
                match fault {
                    Some((error, reason)) => {
                        self.inbound.tasks.push_next(Task::Terminate(error.into(), reason));
                        self.inbound.tasks.push_next(Task::InvalidFrame(error));
                    }
                    None => self.inbound.tasks.push_next(Task::Frame),
                }
                Ok(())
            }
        }
    }

    /// Puts SETTINGS, which have not come as a frame, in the place of the frame that is being
    /// received: the application may do this while it is told of one.
    fn interrupt_input(&mut self, head: Head, entries: Vec<Setting>) -> Result<()> {
        let inbound = &mut self.inbound;
        let interrupted = Box::build(self.mem.clone(), || Interrupted {
            head: replace(&mut inbound.head, head),
            kept: replace(&mut inbound.kept, Kept::Settings),
            entries: replace(&mut inbound.entries, entries),
            question: inbound.question,
            // What follows from the parameters is told whether input is wanted or not.
            fresh: replace(&mut inbound.fresh, false),
            over: false,
        });
        inbound.interrupted = Some(interrupted?);
        Ok(())
    }

    /// Goes back to the frame that was being received.
    pub(super) fn resume_interrupted(&mut self) {
        let inbound = &mut self.inbound;
        let Some(interrupted) = inbound.interrupted.as_mut().filter(|it| !it.over) else { return };
        interrupted.over = true;
        inbound.head = interrupted.head;
        inbound.kept = interrupted.kept;
        swap(&mut inbound.entries, &mut interrupted.entries);
        inbound.question = interrupted.question;
        inbound.fresh = interrupted.fresh;
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
