//! What DATA does (RFC 9113 section 6.1).

use super::recv::{Kept, Progress, State};
use super::stream::{Closure, Mark, State as StreamState, Stream};
use super::streams::Slot;
use super::task::Task;
use super::{Interest, Notice, Session};
use crate::error::{Error, ErrorCode, Result};
use crate::frame::{Flags, Head, Kind};

impl Session {
    /// The Pad Length octet has come. It counts like content.
    #[inline(never)]
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

    /// Whether more input is needed for the payload.
    #[inline]
    pub(super) fn awaits_data(&self, input: &[u8]) -> bool {
        input.is_empty() && self.inbound.left > 0
    }

    /// The stream that the next octets are content for; a frame header in front of them is taken off the
    /// input. None says that there are none, or that they must be looked at closer.
    #[inline]
    pub(super) fn data_slot(&mut self, input: &mut &[u8]) -> Option<Slot> {
        if self.inbound.state == State::Head {
            return self.begin_plain_data(input);
        }
        let slot = self.streams.find_recent(self.inbound.head.stream_id)?;
        (self.inbound.left > 0 && self.streams[slot].state != StreamState::Idle).then_some(slot)
    }

    /// The header of DATA as nearly all of it is, for the stream that is returned. Anything else is
    /// left alone.
    #[inline]
    fn begin_plain_data(&mut self, input: &mut &[u8]) -> Option<Slot> {
        let (head, rest) = self.inbound.peek_head(input)?;
        let is_plain = head.kind == Kind::DATA
            && !head.flags.has(Flags::PADDED)
            && (1..=self.settings.local.max_frame_size as usize).contains(&head.length)
            && !self.wants(Interest::FRAME_BEGIN);
        if !is_plain {
            return None;
        }
        let slot = self.streams.find_recent(head.stream_id)?;
        if !self.expects_data(&self.streams[slot]) {
            return None;
        }
        *input = rest;
        self.count_frame();
        let flags = head.flags.only(Flags::END_STREAM);
        self.inbound.begin_frame(Head { flags, ..head }, Kept::Data);
        self.inbound.state = State::Data;
        if flags == Flags::NONE {
            self.ration_data(slot, head.length);
        }
        Some(slot)
    }

    /// Whether the stream is in a state in which the peer may send DATA, and we want it.
    #[inline]
    pub(super) fn expects_data(&self, stream: &Stream) -> bool {
        let state_fits = match stream.state {
            StreamState::Opened => true,
            StreamState::Idle | StreamState::Closing | StreamState::Reserved => false,
            _ => !self.streams.is_mine(stream.id),
        };
        state_fits && !stream.has(Mark::READ_SHUT)
    }

    /// The payload of DATA, but there is none left, or nobody to give it to.
    pub(super) fn no_data(&mut self) -> Result<Progress> {
        self.inbound.state =
            if self.inbound.left == 0 { State::EndOfData } else { State::IgnoredData };
        Ok(Progress::Done)
    }

    /// As much of the payload as there is. Some is content to tell.
    #[inline]
    pub(super) fn data_of(&mut self, slot: Slot, input: &mut &[u8]) -> Result<Progress> {
        let content_left = self.inbound.left.saturating_sub(self.inbound.padding_left);
        let part = self.inbound.take(input, self.inbound.left);
        if self.inbound.left == 0 {
            self.inbound.state = State::EndOfData;
        }
        if part.is_empty() {
            return Ok(Progress::Done);
        }
        if !self.receive_on_connection(part.len())? || !self.receive_on_stream(slot, part.len())? {
            return Ok(Progress::Done);
        }
        let (content, padding) = part.split_at_checked(content_left).unwrap_or((part, &[]));
        let accounted = padding.is_empty()
            || self.consume_unseen(None, padding.len())?
                && self.consume_unseen(Some(slot), padding.len())?;
        if !accounted || content.is_empty() {
            return Ok(Progress::Done);
        }
        if self.config.enforce_http && !self.streams[slot].message.data(content.len()) {
            self.content_is_wrong(content.len())?;
            return Ok(Progress::Done);
        }
        if !self.wants(Interest::DATA) {
            return Ok(Progress::Done);
        }
        (self.told.chunk, self.told.padding) = (content.len(), padding.len());
        Ok(Progress::Tell(Notice::Data))
    }

    /// There is more content than was announced, or there must not be any.
    #[cold]
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
    #[inline]
    pub(super) fn end_of_data(&mut self) -> Progress {
        self.inbound.state = State::Head;
        let id = self.inbound.head.stream_id;
        let slot = self.streams.find_recent(id).filter(|slot| self.streams[*slot].is_alive());
        let Some(slot) = slot else { return Progress::Done };
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
    pub(super) fn ignored_data(&mut self, input: &mut &[u8]) -> Result<Progress> {
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
