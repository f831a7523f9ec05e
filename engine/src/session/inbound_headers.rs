//! What HEADERS and PUSH_PROMISE do (RFC 9113 sections 5.1, 6.2, 6.6 and 8).

use super::recv::{Kept, Progress};
use super::stream::{Closure, Mark, State};
use super::streams::Slot;
use super::task::Task;
use super::{Interest, Notice, Session};
use crate::error::{Error, ErrorCode, Result};
use crate::frame::{Category, Flags, Head, PrioritySpec, StreamId};

impl Session {
    /// HEADERS has come as far as its header block. Unless the fields are to be told, they are
    /// decompressed and forgotten.
    pub(super) fn begin_headers(&mut self) -> Result<()> {
        let id = self.inbound.head.stream_id;
        let slot = self.streams.find(id);
        let new = match slot.map(|slot| self.streams[slot].state) {
            None => Category::Request,
            Some(State::Reserved) => Category::PushResponse,
            Some(State::Opening) if self.streams.is_mine(id) => Category::Response,
            Some(_) => Category::Headers,
        };
        let Kept::Headers { priority, category } = &mut self.inbound.kept else {
            return Err(Error::Internal);
        };
        *category = new;
        let priority = *priority;
        match (new, slot) {
            (Category::Response, Some(slot)) => self.begin_response(slot),
            (Category::PushResponse, Some(slot)) => self.begin_push_response(slot)?,
            (Category::Headers, Some(slot)) => self.begin_further_headers(slot),
            _ => self.begin_request(id, priority)?,
        }
        Ok(())
    }

    fn begin_request(&mut self, id: StreamId, priority: PrioritySpec) -> Result<()> {
        if id.is_connection() {
            self.connection_error(Error::Proto, "request HEADERS: stream_id == 0");
            return Ok(());
        }
        let mine = self.streams.is_mine(id);
        if !self.is_server() {
            if self.is_idle(id) {
                self.connection_error(Error::Proto, "request HEADERS: client received request");
            } else {
                self.glitch();
            }
            return Ok(());
        }
        if mine {
            self.connection_error(Error::Proto, "request HEADERS: invalid stream_id");
            return Ok(());
        }
        if id <= self.ids.last_received {
            // The stream is over; the peer may have sent this before it knew.
            self.glitch();
            return Ok(());
        }
        self.ids.last_received = id;
        if self.streams.incoming >= self.settings.local.max_concurrent_streams as usize {
            self.connection_error(Error::Proto, "request HEADERS: max concurrent streams exceeded");
            return Ok(());
        }
        if self.refuses_new_streams() {
            self.count_refused();
            self.glitch();
            return Ok(());
        }
        if priority.depends_on == id {
            self.connection_error(Error::Proto, "request HEADERS: depend on itself");
            return Ok(());
        }
        if self.streams.incoming >= self.settings.submitted.max_concurrent_streams as usize {
            self.refuse_stream(id);
            return Ok(());
        }
        self.open_stream(id, State::Opening, priority)?;
        self.ids.last_processed = id;
        self.inbound.telling = true;
        Ok(())
    }

    /// The peer does not know of a limit yet, so it is told for this stream alone.
    #[cold]
    fn refuse_stream(&mut self, id: StreamId) {
        let code = ErrorCode::REFUSED_STREAM;
        self.inbound.tasks.push(Task::Reset(Closure { id, code }));
        self.inbound.tasks.push(Task::InvalidFrame(Error::RefusedStream));
        self.count_refused();
        self.glitch();
    }

    fn begin_response(&mut self, slot: Slot) {
        let stream = &mut self.streams[slot];
        if stream.has(Mark::READ_SHUT) {
            return self.connection_error(Error::StreamClosed, "HEADERS: stream closed");
        }
        stream.state = State::Opened;
        self.inbound.telling = true;
    }

    #[inline(never)]
    fn begin_push_response(&mut self, slot: Slot) -> Result<()> {
        if self.is_server() {
            let reason = "HEADERS: no HEADERS allowed from client in reserved state";
            self.connection_error(Error::Proto, reason);
            return Ok(());
        }
        if self.streams.incoming >= self.settings.local.max_concurrent_streams as usize {
            self.connection_error(
                Error::Proto,
                "push response HEADERS: max concurrent streams exceeded",
            );
            return Ok(());
        }
        if self.refuses_new_streams() {
            self.count_refused();
            self.glitch();
            return Ok(());
        }
        if self.streams.incoming >= self.settings.submitted.max_concurrent_streams as usize {
            self.refuse_stream(self.inbound.head.stream_id);
            return Ok(());
        }
        self.open_promised(slot);
        self.inbound.telling = true;
        Ok(())
    }

    /// What follows an interim response, or trailers.
    fn begin_further_headers(&mut self, slot: Slot) {
        let stream = &self.streams[slot];
        if stream.has(Mark::READ_SHUT) {
            return self.connection_error(Error::StreamClosed, "HEADERS: stream closed");
        }
        let expected = match stream.state {
            State::Opened => true,
            State::Closing => false,
            _ => !self.streams.is_mine(stream.id),
        };
        self.inbound.telling = expected;
        if !expected {
            self.glitch();
        }
    }

    /// PUSH_PROMISE has come as far as its header block.
    #[inline(never)]
    pub(super) fn begin_push_promise(&mut self, promised_id: StreamId) -> Result<()> {
        let id = self.inbound.head.stream_id;
        let fault = if id.is_connection() {
            Some("PUSH_PROMISE: stream_id == 0")
        } else if self.is_server() || self.settings.local.enable_push == 0 {
            Some("PUSH_PROMISE: push disabled")
        } else if !self.streams.is_mine(id) {
            Some("PUSH_PROMISE: invalid stream_id")
        } else if self.refuses_new_streams() {
            self.count_refused();
            None
        } else if !self.is_new_of_peer(promised_id) {
            Some("PUSH_PROMISE: invalid promised_stream_id")
        } else if self.is_idle(id) {
            Some("PUSH_PROMISE: stream in idle")
        } else {
            return self.accept_promise(id, promised_id);
        };
        if let Some(reason) = fault {
            self.connection_error(Error::Proto, reason);
        }
        Ok(())
    }

    /// Whether the peer may open a stream of this id now.
    fn is_new_of_peer(&self, id: StreamId) -> bool {
        !self.streams.is_mine(id) && id > self.ids.last_received
    }

    fn accept_promise(&mut self, id: StreamId, promised_id: StreamId) -> Result<()> {
        self.ids.last_received = promised_id;
        let associated = self.streams.find_alive(id);
        let Some(slot) = associated.filter(|_| self.accepts_promises()) else {
            let code = ErrorCode::CANCEL;
            self.inbound.tasks.push(Task::Reset(Closure { id: promised_id, code }));
            self.count_refused();
            return Ok(());
        };
        if self.streams[slot].has(Mark::READ_SHUT) {
            self.connection_error(Error::StreamClosed, "PUSH_PROMISE: stream closed");
            return Ok(());
        }
        let priority = PrioritySpec { depends_on: id, ..PrioritySpec::default() };
        self.open_stream(promised_id, State::Reserved, priority)?;
        self.ids.last_processed = promised_id;
        self.inbound.telling = true;
        Ok(())
    }

    fn accepts_promises(&self) -> bool {
        let limit = self.config.max_reserved_remote_streams as usize;
        self.settings.submitted.enable_push && self.streams.reserved < limit
    }

    /// A header block that was told is complete: now the message can be judged.
    pub(super) fn end_block(&mut self) -> Progress {
        let id = self.inbound.head.stream_id;
        let subject = self.inbound.subject();
        let Some(slot) = self.streams.find_alive(id) else { return Progress::Done };
        let message = if subject == id { Some(slot) } else { self.streams.find(subject) };
        let ends_stream = self.inbound.head.flags.has(Flags::END_STREAM);
        if let Some(slot) = message
            && self.config.enforce_http
        {
            if !self.is_well_formed(slot, ends_stream) {
                self.malformed_message(subject);
                return Progress::Done;
            }
            let interim = self.streams[slot].message.interim_responses();
            if !self.ration_interim_responses(subject, interim) {
                return Progress::Done;
            }
        }
        // What comes after the application has heard of it.
        if let Kept::Headers { category, priority } = self.inbound.kept {
            let asks = category == Category::Request && self.is_server();
            if asks && self.streams[slot].message.priority().is_some() {
                self.inbound.tasks.push(Task::Prioritize(id));
            }
            if asks && (priority.exclusive || !priority.depends_on.is_connection()) {
                self.ration_dependency(slot);
            }
            if ends_stream {
                self.inbound.tasks.push(Task::ShutRead(id));
            }
        }
        if self.wants(Interest::FRAME) { Progress::Tell(Notice::Frame) } else { Progress::Done }
    }

    /// What the frame completes, on the stream `subject`, is no message (RFC 9113 section 8.1.1).
    #[cold]
    pub(super) fn malformed_message(&mut self, subject: StreamId) {
        let Head { stream_id, flags, .. } = self.inbound.head;
        let code = ErrorCode::PROTOCOL_ERROR;
        self.inbound.tasks.push(Task::Reset(Closure { id: subject, code }));
        self.inbound.tasks.push(Task::InvalidFrame(Error::HttpMessaging));
        self.glitch();
        if flags.has(Flags::END_STREAM) {
            self.inbound.tasks.push(Task::MarkReadShut(stream_id));
        }
    }

    /// RFC 9113 section 8.1.1, for what ends with a header block.
    fn is_well_formed(&mut self, slot: Slot, ends_stream: bool) -> bool {
        let server = self.is_server();
        let message = &mut self.streams[slot].message;
        let complete = match self.inbound.kept {
            Kept::PushPromise { .. } => return message.end_promise(),
            Kept::Headers { category: Category::Request, .. } => message.end_request(),
            Kept::Headers { category: Category::Response | Category::PushResponse, .. } => {
                message.end_response()
            }
            // Trailers come last.
            _ if server || !message.expects_final() => ends_stream,
            _ => message.end_response(),
        };
        complete && (!ends_stream || message.may_end())
    }
}
