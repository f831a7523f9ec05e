//! The vocabulary between a session and whoever drives it.
//!
//! Receiving yields [`Event`]s, sending yields [`Step`]s. Some of them are questions, marked so; a
//! [`Reply`] answers the last one. A question that is not answered has its neutral answer, or is
//! asked again.

use crate::error::{Error, ErrorCode};
use crate::frame::{Flags, Frame, HEAD_LEN, Head, StreamId};

/// Something that received octets mean, or lead to.
pub enum Event<'a> {
    /// Question: what time is it? Answered by [`Reply::Time`]; otherwise time stands still.
    AskTime,
    /// A frame header has come. CONTINUATION frames are told too, others only if they are not going
    /// to be ignored.
    FrameBegin(Head),
    /// Question: a header block begins. [`Reply::Reject`] resets its stream; its fields are not told.
    HeadersBegin(Frame<'a>),
    /// Question: one more field. [`Reply::Reject`] resets the stream; further fields are not told.
    Header(Header<'a>),
    /// Question: a field that is invalid, but does not spoil the message. It is left out;
    /// [`Reply::Reject`] resets the stream, [`Reply::Silent`] leaves the diagnostic out as well.
    InvalidHeader(Header<'a>),
    /// A piece of a message's content.
    Data {
        /// The stream.
        stream_id: StreamId,
        /// The flags of the frame.
        flags: Flags,
        /// The octets, of the input itself.
        chunk: &'a [u8],
    },
    /// Question: a piece of an extension frame's payload. [`Reply::Reject`] ignores the rest.
    ExtensionData {
        /// The frame.
        head: Head,
        /// The octets, of the input itself.
        chunk: &'a [u8],
    },
    /// Question: an extension frame is complete. [`Reply::Reject`] drops it.
    ExtensionEnd(Head),
    /// A frame has been received as a whole, and accepted.
    Frame(Frame<'a>),
    /// A frame is in error; what is done about it follows from the error.
    InvalidFrame(Frame<'a>, Error),
    /// A stream is over. It can still be asked about until the next event.
    StreamClosed {
        /// The stream.
        stream_id: StreamId,
        /// Why; NO_ERROR for an orderly end.
        code: ErrorCode,
    },
    /// A text for people.
    Diagnostic {
        /// What it is about.
        error: Error,
        /// The text, with a NUL behind its end.
        text: &'a [u8],
    },
}

/// A received field.
#[derive(Clone, Copy)]
pub struct Header<'a> {
    /// The frame whose header block it is in, with the CONTINUATIONs so far.
    pub head: Head,
    /// The name; a NUL stands behind it.
    pub name: &'a [u8],
    /// The value; a NUL stands behind it.
    pub value: &'a [u8],
    /// Whether it must not be put into compression tables on further hops.
    pub sensitive: bool,
}

/// Something on the way to octets.
pub enum Step<'a> {
    /// Question: how long shall the payload be with padding? Answered by [`Reply::Length`], from
    /// `frame.head.length` to `max` octets, or [`Reply::Fail`]; otherwise there is no padding.
    AskPadding {
        /// The frame without padding.
        frame: Frame<'a>,
        /// What the payload may grow to.
        max: usize,
    },
    /// Question: how many octets may be read for the next DATA frame? Answered by
    /// [`Reply::Length`] or [`Reply::Fail`].
    AskReadLength(ReadLength),
    /// Question: content. Answered by [`Reply::Data`], [`Reply::Deferred`],
    /// [`Reply::Reject`] or [`Reply::Fail`]; otherwise asked again.
    AskData {
        /// The stream.
        stream_id: StreamId,
        /// Whose content.
        source: Source,
        /// Where to put it.
        buffer: &'a mut [u8],
    },
    /// Question: the payload of an extension frame. Answered by [`Reply::Length`], by
    /// [`Reply::Reject`] to drop the frame, or [`Reply::Fail`].
    AskExtension {
        /// The frame.
        frame: Frame<'a>,
        /// Where to put it.
        buffer: &'a mut [u8],
    },
    /// Question: a frame is ready. [`Reply::Reject`] drops it.
    AskProceed(Frame<'a>),
    /// Octets to send. Call [`Session::written`] with how many were taken.
    ///
    /// [`Session::written`]: super::Session::written
    Output(&'a [u8]),
    /// Question: a DATA frame to send whose content only the application has. Answered by
    /// [`Reply::Sent`] or [`Reply::Reject`], which resets the stream; otherwise asked again.
    SendData {
        /// The frame.
        frame: Frame<'a>,
        /// Its header as octets. Behind it come a Pad Length octet if the frame is padded, the
        /// content, and the padding.
        head: [u8; HEAD_LEN],
        /// The length of the content.
        length: usize,
        /// Whose content.
        source: Source,
    },
    /// A frame has been sent.
    FrameSent(Frame<'a>),
    /// A frame cannot be sent.
    FrameNotSent(Frame<'a>, Error),
    /// A stream is over. It can still be asked about until the next step.
    StreamClosed {
        /// The stream.
        stream_id: StreamId,
        /// Why; NO_ERROR for an orderly end.
        code: ErrorCode,
    },
}

/// What the length of the next DATA frame depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadLength {
    /// The stream.
    pub stream_id: StreamId,
    /// What the connection's window lets through, in octets.
    pub connection_window: i32,
    /// What the stream's window lets through, in octets.
    pub stream_window: i32,
    /// The longest payload that the peer accepts, in octets.
    pub max_frame_size: u32,
}

/// The answer to a question.
#[derive(Clone, Copy, Debug)]
pub enum Reply {
    /// No.
    Reject,
    /// Yes, but say nothing about it.
    Silent,
    /// Seconds on a clock that never goes back.
    Time(u64),
    /// A number of octets.
    Length(usize),
    /// Content.
    Data(Content),
    /// Not now: [`Session::resume_data`] will say when.
    ///
    /// [`Session::resume_data`]: super::Session::resume_data
    Deferred,
    /// It is on its way.
    Sent,
    /// The application is at its end. The answer to it is [`Error::CallbackFailure`].
    Fail,
}

/// Content for a DATA frame, or the promise of it.
#[derive(Clone, Copy, Debug)]
pub struct Content {
    /// How many octets there are.
    pub length: usize,
    /// Whether they are the last.
    pub eof: bool,
    /// With `eof`: whether the stream goes on nevertheless, for trailers.
    pub more_follows: bool,
    /// Whether nothing was put into the buffer; [`Step::SendData`] will ask for it.
    pub elsewhere: bool,
}

/// Where the content of a message comes from. Two words of the application that a session keeps and
/// never looks at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// What to read.
    pub object: usize,
    /// How to read it.
    pub reader: usize,
}

/// What the driver wants to hear of. Questions and events that it does not are left out, with their
/// neutral answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interest(u32);

impl Interest {
    /// Only what cannot be left out.
    pub const NONE: Interest = Interest(0);
    /// [`Event::FrameBegin`]
    pub const FRAME_BEGIN: Interest = Interest(1 << 0);
    /// [`Event::HeadersBegin`]
    pub const HEADERS_BEGIN: Interest = Interest(1 << 1);
    /// [`Event::Header`]
    pub const HEADER: Interest = Interest(1 << 2);
    /// [`Event::InvalidHeader`]
    pub const INVALID_HEADER: Interest = Interest(1 << 3);
    /// [`Event::Data`]
    pub const DATA: Interest = Interest(1 << 4);
    /// [`Event::ExtensionData`]
    pub const EXTENSION_DATA: Interest = Interest(1 << 5);
    /// [`Event::ExtensionEnd`]; without it extension frames are not known at all.
    pub const EXTENSION_END: Interest = Interest(1 << 6);
    /// [`Event::Frame`]
    pub const FRAME: Interest = Interest(1 << 7);
    /// [`Event::InvalidFrame`]
    pub const INVALID_FRAME: Interest = Interest(1 << 8);
    /// [`Event::StreamClosed`] and [`Step::StreamClosed`]
    pub const STREAM_CLOSED: Interest = Interest(1 << 9);
    /// [`Event::Diagnostic`]
    pub const DIAGNOSTIC: Interest = Interest(1 << 10);
    /// [`Step::AskPadding`]
    pub const PADDING: Interest = Interest(1 << 11);
    /// [`Step::AskReadLength`]
    pub const READ_LENGTH: Interest = Interest(1 << 12);
    /// [`Step::AskExtension`]; without it extension frames cannot be submitted.
    pub const EXTENSION: Interest = Interest(1 << 13);
    /// [`Step::AskProceed`]
    pub const PROCEED: Interest = Interest(1 << 14);
    /// [`Step::FrameSent`]
    pub const FRAME_SENT: Interest = Interest(1 << 15);
    /// [`Step::FrameNotSent`]
    pub const FRAME_NOT_SENT: Interest = Interest(1 << 16);
    /// [`Step::SendData`]; without it all content must be put into the buffer.
    pub const SEND_DATA: Interest = Interest(1 << 17);
    /// Everything.
    pub const ALL: Interest = Interest((1 << 18) - 1);
    /// Each by itself, in the order above.
    pub const EACH: [Interest; 18] = [
        Interest::FRAME_BEGIN,
        Interest::HEADERS_BEGIN,
        Interest::HEADER,
        Interest::INVALID_HEADER,
        Interest::DATA,
        Interest::EXTENSION_DATA,
        Interest::EXTENSION_END,
        Interest::FRAME,
        Interest::INVALID_FRAME,
        Interest::STREAM_CLOSED,
        Interest::DIAGNOSTIC,
        Interest::PADDING,
        Interest::READ_LENGTH,
        Interest::EXTENSION,
        Interest::PROCEED,
        Interest::FRAME_SENT,
        Interest::FRAME_NOT_SENT,
        Interest::SEND_DATA,
    ];

    /// This and `other`.
    pub const fn with(self, other: Interest) -> Interest {
        Interest(self.0 | other.0)
    }

    /// Whether all of `other` is wanted.
    pub const fn has(self, other: Interest) -> bool {
        self.0 & other.0 == other.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_interest_is_a_bit_of_its_own() {
        let mut seen = Interest::NONE;
        for interest in Interest::EACH {
            assert_eq!(interest.0.count_ones(), 1);
            assert!(!seen.has(interest));
            seen = seen.with(interest);
        }
        assert!(seen.has(Interest::ALL) && Interest::ALL.has(seen));
    }
}
