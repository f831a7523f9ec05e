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

    /// As much of the payload as there is. Some is content to tell.
    #[inline(never)]
    pub(super) fn data<'i>(&mut self, input: &mut &'i [u8]) -> Result<Option<&'i [u8]>> {
        if self.inbound.left == 0 {
            self.inbound.state = State::EndOfData;
            return Ok(None);
        }
        let content_left = self.inbound.left.saturating_sub(self.inbound.padding_left);
        let part = self.inbound.take(input, self.inbound.left);
        if part.is_empty() {
            return Ok(None);
        }
        if self.inbound.left == 0 {
            self.inbound.state = State::EndOfData;
        }
        let (content, padding) = part.split_at_checked(content_left).unwrap_or((part, &[]));
        let Some(slot) = self.streams.find(self.inbound.head.stream_id) else {
            self.inbound.state = State::IgnoredData;
            self.ignore_data(part.len())?;
            return Ok(None);
        };
        if !self.receive_on_connection(part.len())? || !self.receive_on_stream(slot, part.len())? {
            return Ok(None);
        }
        let accounted = padding.is_empty()
            || self.consume_unseen(None, padding.len())?
                && self.consume_unseen(Some(slot), padding.len())?;
        if !accounted {
            return Ok(None);
        }
        if content.is_empty() {
            return Ok(None);
        }
        if self.config.enforce_http && !self.streams[slot].message.data(content.len()) {
            self.content_is_wrong(content.len())?;
            return Ok(None);
        }
        Ok(self.wants(Interest::DATA).then_some(content))
    }

    #[inline]
    pub(super) fn data_notice<'i>(&self, chunk: &'i [u8]) -> Notice<'i> {
        let Head { stream_id, flags, .. } = self.inbound.head;
        Notice::Data { stream_id, flags, chunk }
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
        if ends_stream {
            self.inbound.tasks.push(Task::ShutRead(id));
        }
        if self.wants(Interest::FRAME) { Progress::Tell(Notice::Frame) } else { Progress::Done }
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
        self.ignore_data(part.len())?;
        Ok(Progress::Done)
    }

    fn ignore_data(&mut self, len: usize) -> Result<()> {
        let _ = self.receive_on_connection(len)? && self.consume_unseen(None, len)?;
        Ok(())
    }
}
