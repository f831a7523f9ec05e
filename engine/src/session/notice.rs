//! The vocabulary of `event` without what a session lends along with it.
//!
//! For drivers that hand the session on to the application while they act on an event, and so must not
//! keep a borrow of it: the C interface is one. [`Session::pull`] and [`Session::pull_output`] say what
//! happens; what it is about is asked for separately, as long as nothing else was done to the session.

use core::ops::Range;

use super::stream::Closure;
use super::transit::{Cargo, ROOM};
use super::{Event, Header, ReadLength, Session, Source, Step};
use crate::error::{Error, ErrorCode, Result};
use crate::frame::{Frame, HEAD_LEN, Head, StreamId};
use crate::mem::Vec;

/// What an [`Event`] says.
#[derive(Clone, Copy)]
pub enum Notice<'i> {
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
    /// [`Event::Data`], of the input itself; stream and flags are those of [`Session::received_head`]
    Data(&'i [u8]),
    /// [`Event::ExtensionData`], of the input itself, and of [`Session::received_head`]
    ExtensionData(&'i [u8]),
    /// [`Event::ExtensionEnd`], of [`Session::received_head`]
    ExtensionEnd,
    /// [`Event::Frame`], of [`Session::received_frame`]
    Frame,
    /// [`Event::InvalidFrame`], of [`Session::received_frame`]
    InvalidFrame(Error),
    /// [`Event::StreamClosed`]
    StreamClosed {
        /// The stream.
        stream_id: StreamId,
        /// Why; NO_ERROR for an orderly end.
        code: ErrorCode,
    },
    /// [`Event::Diagnostic`], of [`Session::diagnostic`]
    Diagnostic(Error),
}

/// What a [`Step`] says.
#[derive(Clone, Copy)]
pub enum Signal {
    /// [`Step::AskPadding`], of [`Session::sent_frame`]
    AskPadding {
        /// What the payload may grow to.
        max: usize,
    },
    /// [`Step::AskReadLength`]
    AskReadLength(ReadLength),
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
    /// [`Step::FrameNotSent`], of [`Session::sent_frame`]
    FrameNotSent(Error),
    /// [`Step::StreamClosed`]
    StreamClosed {
        /// The stream.
        stream_id: StreamId,
        /// Why; NO_ERROR for an orderly end.
        code: ErrorCode,
    },
}

impl From<Closure> for Signal {
    fn from(closure: Closure) -> Signal {
        Signal::StreamClosed { stream_id: closure.id, code: closure.code }
    }
}

impl From<Closure> for Notice<'_> {
    fn from(closure: Closure) -> Self {
        Notice::StreamClosed { stream_id: closure.id, code: closure.code }
    }
}

impl Session {
    /// Takes octets off the front of `input`, and returns what they mean. None says that the input is
    /// used up. Input that nobody wants, because the connection is over, is used up at once.
    ///
    /// An error is fatal: the session can only be dropped.
    pub fn recv<'s, 'i: 's>(&'s mut self, input: &mut &'i [u8]) -> Result<Option<Event<'s>>> {
        let Some(notice) = self.pull(input)? else { return Ok(None) };
        Ok(Some(match notice {
            Notice::AskTime => Event::AskTime,
            Notice::FrameBegin => Event::FrameBegin(self.begun_head()),
            Notice::HeadersBegin => Event::HeadersBegin(self.received_frame()),
            Notice::Header => Event::Header(self.received_field()),
            Notice::InvalidHeader => Event::InvalidHeader(self.received_field()),
            Notice::Data(chunk) => {
                let Head { stream_id, flags, .. } = self.received_head();
                Event::Data { stream_id, flags, chunk }
            }
            Notice::ExtensionData(chunk) => {
                Event::ExtensionData { head: self.received_head(), chunk }
            }
            Notice::ExtensionEnd => Event::ExtensionEnd(self.received_head()),
            Notice::Frame => Event::Frame(self.received_frame()),
            Notice::InvalidFrame(error) => Event::InvalidFrame(self.received_frame(), error),
            Notice::StreamClosed { stream_id, code } => Event::StreamClosed { stream_id, code },
            Notice::Diagnostic(error) => Event::Diagnostic { error, text: self.diagnostic() },
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

    /// The frame that the last notice was about.
    #[inline]
    pub fn received_frame(&self) -> Frame<'_> {
        self.inbound.frame()
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
            Signal::AskPadding { max } => Step::AskPadding { frame: self.sent_frame(), max },
            Signal::AskReadLength(windows) => Step::AskReadLength(windows),
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
            Signal::FrameNotSent(error) => Step::FrameNotSent(self.sent_frame(), error),
            Signal::StreamClosed { stream_id, code } => Step::StreamClosed { stream_id, code },
        }))
    }

    /// The frame that the last signal was about.
    #[inline]
    pub fn sent_frame(&self) -> Frame<'_> {
        self.outbound.transit.frame()
    }

    /// The octets that [`Signal::Output`] says there are.
    #[inline]
    pub fn output(&self) -> &[u8] {
        self.outbound.transit.output()
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
