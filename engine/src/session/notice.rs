//! The vocabulary of `event` without what a session lends along with it.
//!
//! For drivers that hand the session on to the application while they act on an event, and so must not
//! keep a borrow of it: the C interface is one. [`Session::pull`] and [`Session::pull_output`] say what
//! happens; what it is about is asked for separately, as long as nothing else was done to the session.

use super::stream::Closure;
use super::{Event, Header, Session};
use crate::error::{Error, ErrorCode, Result};
use crate::frame::{Flags, Frame, Head, StreamId};

/// What an [`Event`] says.
#[derive(Clone, Copy)]
pub enum Notice<'i> {
    /// [`Event::AskTime`]
    AskTime,
    /// [`Event::FrameBegin`]
    FrameBegin(Head),
    /// [`Event::HeadersBegin`], of [`Session::received_frame`]
    HeadersBegin,
    /// [`Event::Header`], of [`Session::received_field`]
    Header,
    /// [`Event::InvalidHeader`], of [`Session::received_field`]
    InvalidHeader,
    /// [`Event::Data`]
    Data {
        /// The stream.
        stream_id: StreamId,
        /// The flags of the frame.
        flags: Flags,
        /// The octets, of the input itself.
        chunk: &'i [u8],
    },
    /// [`Event::ExtensionData`], of the input itself; the head is that of [`Session::received_frame`]
    ExtensionData(&'i [u8]),
    /// [`Event::ExtensionEnd`], of [`Session::received_frame`]
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
            Notice::FrameBegin(head) => Event::FrameBegin(head),
            Notice::HeadersBegin => Event::HeadersBegin(self.received_frame()),
            Notice::Header => Event::Header(self.received_field()),
            Notice::InvalidHeader => Event::InvalidHeader(self.received_field()),
            Notice::Data { stream_id, flags, chunk } => Event::Data { stream_id, flags, chunk },
            Notice::ExtensionData(chunk) => {
                Event::ExtensionData { head: self.received_frame().head, chunk }
            }
            Notice::ExtensionEnd => Event::ExtensionEnd(self.received_frame().head),
            Notice::Frame => Event::Frame(self.received_frame()),
            Notice::InvalidFrame(error) => Event::InvalidFrame(self.received_frame(), error),
            Notice::StreamClosed { stream_id, code } => Event::StreamClosed { stream_id, code },
            Notice::Diagnostic(error) => Event::Diagnostic { error, text: self.diagnostic() },
        }))
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
