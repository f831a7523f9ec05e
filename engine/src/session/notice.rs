//! The vocabulary of `event` without what a session lends along with it.
//!
//! For drivers that hand the session on to the application while they act on an event, and so must not
//! keep a borrow of it: the C interface is one. [`Session::pull`] and [`Session::pull_output`] say what
//! happens; what it is about is asked for separately, as long as nothing else was done to the session.

use core::ops::Range;

use super::recv::Kept;
use super::stream::Closure;
use super::transit::{Cargo, Question, ROOM};
use super::{Event, Header, ReadLength, Session, Source, Step};
use crate::error::{Error, ErrorCode, Result};
use crate::frame::{Frame, HEAD_LEN, Head, StreamId};
use crate::mem::Vec;

/// What an [`Event`] says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// [`Event::AskTime`]
    AskTime,
    /// [`Event::FrameBegin`], of [`Session::begun_head`]
    FrameBegin,
    /// [`Event::HeadersBegin`], of [`Session::received_frame`]
    HeadersBegin,
    /// [`Event::Header`], of [`Session::received_field`]
    Header,
    /// [`Event::InvalidHeader`], of [`Session::received_field`]
    InvalidHeader,
    /// [`Event::Data`], of [`Session::received_head`] and [`Session::received_chunk`]
    Data,
    /// [`Event::ExtensionData`], of [`Session::received_head`] and [`Session::received_chunk`]
    ExtensionData,
    /// [`Event::ExtensionEnd`], of [`Session::received_head`]
    ExtensionEnd,
    /// [`Event::Frame`], of [`Session::received_frame`]
    Frame,
    /// [`Event::InvalidFrame`], of [`Session::received_frame`] and [`Session::fault`]
    InvalidFrame,
    /// [`Event::StreamClosed`], of [`Session::closed_stream`]
    StreamClosed,
    /// [`Event::Diagnostic`], of [`Session::diagnostic`] and [`Session::fault`]
    Diagnostic,
}

/// What a [`Step`] says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// [`Step::AskPadding`], of [`Session::sent_frame`], up to [`Session::most_payload`]
    AskPadding,
    /// [`Step::AskReadLength`], of [`Session::read_length`]
    AskReadLength,
    /// [`Step::AskData`], of [`Session::content_source`], for [`Session::content_storage`]
    AskData,
    /// [`Step::AskExtension`], of [`Session::sent_frame`], for [`Session::extension_buffer`]
    AskExtension,
    /// [`Step::AskProceed`], of [`Session::sent_frame`]
    AskProceed,
    /// [`Step::SendData`], of [`Session::sent_frame`] and [`Session::content_source`]
    SendData,
    /// [`Step::Output`], of [`Session::output`]
    Output,
    /// [`Step::FrameSent`], of [`Session::sent_frame`]
    FrameSent,
    /// [`Step::FrameNotSent`], of [`Session::sent_frame`] and [`Session::fault`]
    FrameNotSent,
    /// [`Step::StreamClosed`], of [`Session::closed_stream`]
    StreamClosed,
}

/// What the last notice or signal was about, as far as it is kept nowhere else.
pub(super) struct Told {
    pub closure: Closure,
    pub fault: Error,
    /// The octets of content.
    pub chunk: usize,
    /// The octets of padding behind them that have been taken as well.
    pub padding: usize,
}

impl Told {
    pub const NOTHING: Told = Told {
        closure: Closure { id: StreamId::CONNECTION, code: ErrorCode::NO_ERROR },
        fault: Error::Proto,
        chunk: 0,
        padding: 0,
    };
}

impl Session {
    /// Takes octets off the front of `input`, and returns what they mean. None says that the input is
    /// used up. Input that nobody wants, because the connection is over, is used up at once.
    ///
    /// An error is fatal: the session can only be dropped.
    pub fn recv<'s, 'i: 's>(&'s mut self, input: &mut &'i [u8]) -> Result<Option<Event<'s>>> {
        let before = *input;
        let Some(notice) = self.pull(input)? else { return Ok(None) };
        Ok(Some(match notice {
            Notice::AskTime => Event::AskTime,
            Notice::FrameBegin => Event::FrameBegin(self.begun_head()),
            Notice::HeadersBegin => Event::HeadersBegin(self.received_frame()),
            Notice::Header => Event::Header(self.received_field()),
            Notice::InvalidHeader => Event::InvalidHeader(self.received_field()),
            Notice::Data => {
                let Head { stream_id, flags, .. } = self.received_head();
                Event::Data { stream_id, flags, chunk: self.received_chunk(before, input) }
            }
            Notice::ExtensionData => Event::ExtensionData {
                head: self.received_head(),
                chunk: self.received_chunk(before, input),
            },
            Notice::ExtensionEnd => Event::ExtensionEnd(self.received_head()),
            Notice::Frame => Event::Frame(self.received_frame()),
            Notice::InvalidFrame => Event::InvalidFrame(self.received_frame(), self.fault()),
            Notice::StreamClosed => {
                let (stream_id, code) = self.closed_stream();
                Event::StreamClosed { stream_id, code }
            }
            Notice::Diagnostic => {
                Event::Diagnostic { error: self.fault(), text: self.diagnostic() }
            }
        }))
    }

    /// The frame header that the last notice was about, also that of a CONTINUATION.
    #[inline]
    pub fn begun_head(&self) -> Head {
        self.inbound.told_head
    }

    /// The header of the frame that the last notice was about.
    #[inline]
    pub fn received_head(&self) -> Head {
        self.inbound.head
    }

    /// The octets that the last notice was about: part of the input, of which `before` was there when
    /// it was pulled, and `after` is left.
    #[inline]
    pub fn received_chunk<'i>(&self, before: &'i [u8], after: &[u8]) -> &'i [u8] {
        let Told { chunk, padding, .. } = self.told;
        let end = before.len().wrapping_sub(after.len()).wrapping_sub(padding);
        before.get(end.wrapping_sub(chunk)..end).unwrap_or_default()
    }

    /// What is wrong, as the last notice or signal says.
    pub fn fault(&self) -> Error {
        self.told.fault
    }

    /// The stream that is over, as the last notice or signal says, and why; NO_ERROR for an orderly
    /// end.
    pub fn closed_stream(&self) -> (StreamId, ErrorCode) {
        let Closure { id, code } = self.told.closure;
        (id, code)
    }

    /// The frame that the last notice was about.
    #[inline]
    pub fn received_frame(&self) -> Frame<'_> {
        self.inbound.frame()
    }

    /// The same if it is DATA: its header, and how many octets of padding it has. None otherwise.
    #[inline]
    pub fn received_data(&self) -> Option<(&Head, usize)> {
        let inbound = &self.inbound;
        matches!(inbound.kept, Kept::Data).then_some((&inbound.head, inbound.padding))
    }

    /// The field that the last notice was about.
    #[inline]
    pub fn received_field(&self) -> Header<'_> {
        let field = self.decoder.field();
        let head = self.inbound.head;
        Header { head, name: field.name, value: field.value, sensitive: field.sensitive }
    }

    /// The text of the last [`Notice::Diagnostic`], with a NUL behind its end.
    pub fn diagnostic(&self) -> &[u8] {
        &self.inbound.diagnostic
    }
}

impl Session {
    /// Goes on until there is something to ask, to tell, or to send. None says that there is nothing
    /// to do now.
    ///
    /// An error is fatal: the session can only be dropped.
    pub fn send(&mut self) -> Result<Option<Step<'_>>> {
        match self.pull_output()? {
            Some(signal) => self.step(signal),
            None => Ok(None),
        }
    }

    /// What follows from octets that were taken: to be pulled until None after [`Session::written`],
    /// before the session is used for anything else. Skipping it is made up for by the next
    /// [`Session::send`].
    pub fn settle(&mut self) -> Result<Option<Step<'_>>> {
        match self.pull_aftermath()? {
            Some(signal) => self.step(signal),
            None => Ok(None),
        }
    }

    fn step(&mut self, signal: Signal) -> Result<Option<Step<'_>>> {
        Ok(Some(match signal {
            Signal::AskPadding => {
                Step::AskPadding { frame: self.sent_frame(), max: self.most_payload() }
            }
            Signal::AskReadLength => {
                let Some(windows) = self.read_length() else { return Ok(None) };
                Step::AskReadLength(windows)
            }
            Signal::AskData => {
                let Some((stream_id, source)) = self.content_source() else { return Ok(None) };
                Step::AskData { stream_id, source, buffer: self.content_buffer()? }
            }
            Signal::AskExtension => {
                let transit = &mut self.outbound.transit;
                let Cargo::Frame(item) = &transit.cargo else { return Ok(None) };
                let frame = item.frame(transit.head, 0);
                let buffer = transit.buffer.get_mut(ROOM..).unwrap_or_default();
                Step::AskExtension { frame, buffer }
            }
            Signal::AskProceed => Step::AskProceed(self.sent_frame()),
            Signal::SendData => {
                let Some((_, source)) = self.content_source() else { return Ok(None) };
                let (head, length) = self.content_head();
                Step::SendData { frame: self.sent_frame(), head, length, source }
            }
            Signal::Output => Step::Output(self.output()),
            Signal::FrameSent => Step::FrameSent(self.sent_frame()),
            Signal::FrameNotSent => Step::FrameNotSent(self.sent_frame(), self.fault()),
            Signal::StreamClosed => {
                let (stream_id, code) = self.closed_stream();
                Step::StreamClosed { stream_id, code }
            }
        }))
    }

    /// The frame that the last signal was about.
    #[inline]
    pub fn sent_frame(&self) -> Frame<'_> {
        self.outbound.transit.frame()
    }

    /// The same if it is DATA: its header, and how many octets of padding it has. None otherwise.
    #[inline]
    pub fn sent_data(&self) -> Option<(&Head, usize)> {
        let transit = &self.outbound.transit;
        transit.carries_content().then_some((&transit.head, transit.padding))
    }

    /// The octets that [`Signal::Output`] says there are.
    #[inline]
    pub fn output(&self) -> &[u8] {
        self.outbound.transit.output()
    }

    /// What the payload may grow to that [`Signal::AskPadding`] is about, in octets.
    pub fn most_payload(&self) -> usize {
        match self.outbound.transit.question {
            Question::Padding { max } => max,
            _ => self.outbound.transit.head.length,
        }
    }

    /// What [`Signal::AskReadLength`] is about; None otherwise.
    pub fn read_length(&self) -> Option<ReadLength> {
        match self.outbound.transit.question {
            Question::ReadLength(windows) => Some(windows),
            _ => None,
        }
    }

    /// The stream, and the source of the content, that [`Signal::AskData`] or [`Signal::SendData`] is
    /// about; None otherwise.
    #[inline]
    pub fn content_source(&self) -> Option<(StreamId, Source)> {
        match &self.outbound.transit.cargo {
            Cargo::Content(content) => Some((content.stream_id, content.source)),
            _ => None,
        }
    }

    /// The header of the frame that [`Signal::SendData`] is about, and the length of its content.
    #[inline]
    pub fn content_head(&self) -> ([u8; HEAD_LEN], usize) {
        let transit = &self.outbound.transit;
        (transit.head.pack(), transit.content_len())
    }

    /// Where the content goes that [`Signal::AskData`] asks for: the storage, and the place in it. There
    /// is room for it, but nothing has been put there. Whoever has written to it says so by
    /// [`Vec::assume_init`].
    #[inline]
    pub fn content_storage(&mut self) -> (&mut Vec<u8>, Range<usize>) {
        let place = self.outbound.transit.content_place();
        (&mut self.outbound.transit.content, place)
    }

    fn content_buffer(&mut self) -> Result<&mut [u8]> {
        let (storage, place) = self.content_storage();
        if storage.len() < place.end {
            storage.resize(place.end, 0)?;
        }
        Ok(storage.get_mut(place).unwrap_or_default())
    }

    /// Where the payload goes that [`Signal::AskExtension`] asks for.
    pub fn extension_buffer(&mut self) -> &mut [u8] {
        self.outbound.transit.buffer.get_mut(ROOM..).unwrap_or_default()
    }
}
