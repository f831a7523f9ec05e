//! DATA on its way out (RFC 9113 sections 5.2 and 6.1).
//!
//! A stream whose turn it is is asked for as much as the windows let through. What it gives is put
//! behind the room for the frame header by the application itself, or is sent by it altogether.

use super::schedule::Service;
use super::stream::{Mark, State, Stream};
use super::streams::Slot;
use super::transit::{Cargo, Phase, Question};
use super::{Content, Interest, ReadLength, Reply, Session, Signal, Source};
use crate::error::{Error, ErrorCode, Result};
use crate::frame::{DEFAULT_MAX_PAYLOAD, Flags, Head, Kind, StreamId};

/// A DATA frame in the making.
#[derive(Default)]
pub(super) struct ContentFrame {
    pub stream_id: StreamId,
    /// Where the stream was when the frame was begun.
    slot: Slot,
    pub source: Source,
    /// Whether they are the last.
    pub eof: bool,
    /// Whether the stream goes on nevertheless.
    more_follows: bool,
    /// Whether the application has them.
    pub elsewhere: bool,
}

/// How much a frame may be padded. In octets, Pad Length included.
pub(super) const MAX_PADDING: usize = 256;

impl Session {
    /// It is a stream's turn. Some is what there is to ask.
    #[inline]
    pub(super) fn start_content(&mut self, slot: Slot) -> Result<Option<Signal>> {
        let stream = &self.streams[slot];
        if !self.may_send_content(stream) {
            self.drop_content(slot);
            return Ok(None);
        }
        let windows = self.read_length_of(stream);
        if windows.stream_window <= 0 {
            self.block_content(slot);
            return Ok(None);
        }
        let source = self.streams.stakes.get(stream.stake).source;
        let stream_id = windows.stream_id;
        let transit = &mut self.outbound.transit;
        let content = ContentFrame { stream_id, slot, source, ..Default::default() };
        transit.cargo = Cargo::Content(content);
        let (kind, flags) = (Kind::DATA, Flags::NONE);
        transit.head = Head { length: 0, kind, flags, stream_id };
        transit.padding = 0;
        if self.wants(Interest::READ_LENGTH) {
            self.outbound.transit.ask(Question::ReadLength(windows), Phase::Idle);
            return Ok(Some(Signal::AskReadLength));
        }
        let limit = windows.most().min(DEFAULT_MAX_PAYLOAD);
        self.outbound.transit.reserve_content(limit)?;
        self.outbound.transit.ask(Question::Content { limit }, Phase::Idle);
        Ok(Some(Signal::AskData))
    }

    /// The stream's window is shut.
    #[inline(never)]
    fn block_content(&mut self, slot: Slot) {
        self.streams[slot].set(Mark::BLOCKED);
        self.streams.some_blocked = true;
        self.scheduler.leave(&mut self.streams, slot);
    }

    /// Whether the stream is in a state in which content can be sent; if not, that is forgotten.
    #[inline]
    fn may_send_content(&self, stream: &Stream) -> bool {
        let state_fits = match stream.state {
            State::Opened => true,
            State::Closing | State::Reserved => false,
            _ => self.streams.is_mine(stream.id),
        };
        // As long as there is a stream, only a GOAWAY can be the end.
        state_fits && !stream.has(Mark::WRITE_SHUT) && !self.shutdown.terminating
    }

    /// A stream that cannot go on after its DATA frame forgets the rest of the content.
    #[inline]
    pub(super) fn drop_hopeless_content(&mut self) {
        if let Some(slot) = self.content_slot()
            && !self.may_send_content(&self.streams[slot])
        {
            self.drop_content(slot);
        }
    }

    /// Detaches content from its stream.
    pub(super) fn drop_content(&mut self, slot: Slot) {
        self.streams[slot].detach_source();
        self.scheduler.leave(&mut self.streams, slot);
    }

    #[inline]
    fn read_length_of(&self, stream: &Stream) -> ReadLength {
        ReadLength {
            stream_id: stream.id,
            connection_window: self.send_window,
            stream_window: self.send_window_of(stream),
            max_frame_size: self.settings.remote.max_frame_size,
        }
    }

    /// The application has said how much may be read.
    pub(super) fn read_length_is(&mut self, windows: ReadLength, length: usize) -> Result<()> {
        let limit = length.min(windows.most());
        if limit == 0 {
            return self.fail_content();
        }
        let transit = &mut self.outbound.transit;
        transit.frame_room = transit.frame_room.max(limit);
        transit.reserve_content(limit)?;
        transit.phase = Phase::Content { limit };
        Ok(())
    }

    /// Answers [`Step::AskData`](super::Step::AskData) with what was read, like [`Session::answer_step`] with
    /// [`Reply::Data`].
    #[inline]
    pub fn give_content(&mut self, content: Content) -> Result<()> {
        match core::mem::replace(&mut self.outbound.transit.question, Question::None) {
            Question::Content { limit } => self.content_given(limit, content),
            _ => Err(Error::InvalidState),
        }
    }

    /// The application has given content, or a reason why not.
    pub(super) fn answer_content(&mut self, limit: usize, reply: Reply) -> Result<()> {
        match reply {
            Reply::Data(content) => self.content_given(limit, content),
            Reply::Deferred => {
                if let Some(slot) = self.content_slot() {
                    self.streams[slot].set(Mark::DEFERRED);
                    self.scheduler.leave(&mut self.streams, slot);
                }
                Ok(())
            }
            Reply::Reject => self.reject_content(),
            Reply::Fail => self.fail_content(),
            _ => Err(Error::InvalidState),
        }
    }

    /// The application is at its end; nothing is left but to drop the session.
    #[cold]
    pub(super) fn fail_content(&mut self) -> Result<()> {
        if let Some(slot) = self.content_slot() {
            self.drop_content(slot);
        }
        self.finish_frame();
        Err(Error::CallbackFailure)
    }

    /// The stream whose content is in transit, if it is still there.
    #[inline]
    pub(super) fn content_slot(&self) -> Option<Slot> {
        match &self.outbound.transit.cargo {
            Cargo::Content(content) => {
                self.streams.is_at(content.slot, content.stream_id).then_some(content.slot)
            }
            _ => None,
        }
    }

    /// The application cannot go on with the stream.
    #[cold]
    pub(super) fn reject_content(&mut self) -> Result<()> {
        let Some(slot) = self.content_slot() else { return Ok(()) };
        self.drop_content(slot);
        self.finish_frame();
        self.add_reset(self.streams[slot].id, ErrorCode::INTERNAL_ERROR, false)?;
        Ok(())
    }

    #[inline]
    fn content_given(&mut self, limit: usize, given: Content) -> Result<()> {
        if given.length > limit || given.elsewhere && !self.wants(Interest::SEND_DATA) {
            return self.fail_content();
        }
        let slot = self.content_slot();
        let ends_stream = given.eof
            && !given.more_follows
            && slot.is_some_and(|slot| self.streams[slot].has(Mark::ENDS_STREAM));
        let transit = &mut self.outbound.transit;
        let Cargo::Content(content) = &mut transit.cargo else { return Err(Error::Internal) };
        content.eof = given.eof;
        content.more_follows = given.more_follows;
        content.elsewhere = given.elsewhere;
        transit.head.length = given.length;
        transit.head.flags = Flags::END_STREAM.when(ends_stream);
        let max = limit.min(given.length.saturating_add(MAX_PADDING));
        if self.wants(Interest::PADDING) && given.length < max {
            self.outbound.transit.phase = Phase::Padding { max };
            return Ok(());
        }
        self.build_content(slot)
    }

    /// Content and padding are known; and whether the stream is still there.
    pub(super) fn build_content(&mut self, slot: Option<Slot>) -> Result<()> {
        let transit = &mut self.outbound.transit;
        let Cargo::Content(content) = &transit.cargo else { return Err(Error::Internal) };
        let (length, is_last) = (transit.head.length, content.eof);
        // Trailers follow, and there is nothing in front of them.
        let superfluous = content.eof && content.more_follows && length == 0;
        match content.elsewhere {
            _ if superfluous => transit.phase = Phase::Sent,
            true => transit.phase = Phase::SendData,
            false => transit.seal_content()?,
        }
        let Some(slot) = slot else { return Ok(()) };
        let service = Service { len: length, is_last, server: self.is_server() };
        self.scheduler.served(&mut self.streams, slot, service);
        if superfluous {
            self.drop_content(slot);
        }
        Ok(())
    }

    /// Whether the stream whose content the application is to send is still there.
    pub(super) fn may_send_data(&mut self) -> bool {
        let found = self.content_slot().is_some();
        if !found {
            self.outbound.transit.phase = Phase::Sent;
        }
        found
    }

    /// Answers [`Step::SendData`](super::Step::SendData), like [`Session::answer_step`] with
    /// [`Reply::Sent`].
    #[inline]
    pub fn content_sent(&mut self) -> Result<()> {
        match core::mem::replace(&mut self.outbound.transit.question, Question::None) {
            Question::SendData => {
                self.sent_elsewhere();
                Ok(())
            }
            _ => Err(Error::InvalidState),
        }
    }

    /// The application has sent the frame.
    #[inline]
    pub(super) fn sent_elsewhere(&mut self) {
        self.count_sent_elsewhere(self.outbound.transit.head.length);
        self.content_taken();
    }

    /// Says that a source has changed: what is read next time.
    pub fn update_source(&mut self, id: StreamId, source: Source) {
        if let Some(slot) = self.streams.find(id)
            && self.streams[slot].has(Mark::HAS_CONTENT)
        {
            self.streams.stake_mut(slot).source = source;
        }
        if let Cargo::Content(content) = &mut self.outbound.transit.cargo
            && content.stream_id == id
        {
            content.source = source;
        }
    }
}

impl ReadLength {
    /// As much as windows and frame size let through. In octets.
    fn most(&self) -> usize {
        let window = self.connection_window.min(self.stream_window);
        usize::try_from(window).unwrap_or(0).min(self.max_frame_size as usize)
    }
}
