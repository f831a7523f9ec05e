//! What DATA does (RFC 9113 section 6.1).

use super::recv::{Progress, State};
use super::stream::Closure;
use super::task::Task;
use super::{Interest, Notice, Session};
use crate::error::{Error, ErrorCode, Result};
use crate::frame::{Flags, Head};

impl Session {
    /// The Pad Length octet has come. It counts like content.
    pub(super) fn data_padding(&mut self) -> Result<()> {
        self.inbound.state = State::Data;
        if !self.receive_on_connection(1)? || !self.consume_unseen(None, 1)? {
            return Ok(());
        }
        if let Some(slot) = self.streams.find(self.inbound.head.stream_id)
            && (!self.consume_unseen(Some(slot), 1)? || !self.receive_on_stream(slot, 1)?)
        {
            return Ok(());
        }
        if self.inbound.padding_left > self.inbound.left {
            return self.terminate(ErrorCode::PROTOCOL_ERROR, "DATA: invalid padding");
        }
        if self.inbound.left == 0 && !self.inbound.head.flags.has(Flags::END_STREAM) {
            self.glitch();
        }
        Ok(())
    }

    /// As much of the payload as there is.
    pub(super) fn data<'i>(&mut self, input: &mut &'i [u8]) -> Result<Progress<'i>> {
        if self.inbound.left == 0 {
            self.inbound.state = State::EndOfData;
            return Ok(Progress::Done);
        }
        let content_left = self.inbound.left.saturating_sub(self.inbound.padding_left);
        let part = self.inbound.take(input, self.inbound.left);
        if part.is_empty() {
            return Ok(Progress::Wait);
        }
        let (content, padding) = part.split_at_checked(content_left).unwrap_or((part, &[]));
        let Some(slot) = self.streams.find(self.inbound.head.stream_id) else {
            self.inbound.state = State::IgnoredData;
            return self.ignore_data(part.len());
        };
        let accounted = self.receive_on_connection(part.len())?
            && self.receive_on_stream(slot, part.len())?
            && self.consume_unseen(None, padding.len())?
            && self.consume_unseen(Some(slot), padding.len())?;
        if !accounted {
            return Ok(Progress::Done);
        }
        if content.is_empty() {
            return Ok(Progress::Done);
        }
        if self.config.enforce_http && !self.streams[slot].message.data(content.len()) {
            self.content_is_wrong(content.len())?;
            return Ok(Progress::Done);
        }
        if !self.wants(Interest::DATA) {
            return Ok(Progress::Done);
        }
        let Head { stream_id, flags, .. } = self.inbound.head;
        Ok(Progress::Tell(Notice::Data { stream_id, flags, chunk: content }))
    }

    /// There is more content than was announced, or there must not be any.
    fn content_is_wrong(&mut self, len: usize) -> Result<()> {
        let id = self.inbound.head.stream_id;
        if self.consume_unseen(None, len)? {
            self.inbound.state = State::IgnoredData;
        }
        let code = ErrorCode::PROTOCOL_ERROR;
        self.inbound.tasks.push(Task::Reset(Closure { id, code }));
        self.inbound.tasks.push(Task::InvalidFrame(Error::Proto));
        self.glitch();
        Ok(())
    }

    /// The payload is complete. The application may have done anything to the stream meanwhile.
    pub(super) fn end_of_data<'i>(&mut self) -> Progress<'i> {
        self.inbound.state = State::Head;
        let id = self.inbound.head.stream_id;
        let Some(slot) = self.streams.find_alive(id) else { return Progress::Done };
        let ends_stream = self.inbound.head.flags.has(Flags::END_STREAM);
        if ends_stream && self.config.enforce_http && !self.streams[slot].message.may_end() {
            self.malformed_message(id);
            return Progress::Done;
        }
        self.inbound.tasks.push(Task::Frame);
        if ends_stream {
            self.inbound.tasks.push(Task::ShutRead(id));
        }
        Progress::Done
    }

    /// DATA that nobody wants: the connection's window must stay right all the same.
    pub(super) fn ignored_data<'i>(&mut self, input: &mut &'i [u8]) -> Result<Progress<'i>> {
        if self.inbound.left == 0 {
            self.inbound.state = State::Head;
            return Ok(Progress::Done);
        }
        let part = self.inbound.take(input, self.inbound.left);
        if part.is_empty() {
            return Ok(Progress::Wait);
        }
        self.ignore_data(part.len())
    }

    fn ignore_data<'i>(&mut self, len: usize) -> Result<Progress<'i>> {
        let _ = self.receive_on_connection(len)? && self.consume_unseen(None, len)?;
        Ok(Progress::Done)
    }
}
