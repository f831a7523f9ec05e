//! Frames: what they consist of, and their octets (RFC 9113 sections 4 and 6).
//!
//! Each frame type has a file with its struct and, where they have work, `parse` for what is known of a
//! payload without the connection, and `pack`. CONTINUATION has none: it only carries more of a header
//! block, and such a block is not looked into here. Nothing here knows about streams or state.

mod altsvc;
mod data;
mod goaway;
mod head;
mod headers;
mod origin;
mod ping;
mod priority;
mod priority_update;
mod push_promise;
mod rst_stream;
mod settings;
mod window_update;

pub use altsvc::Altsvc;
pub use data::Data;
pub use goaway::Goaway;
pub use head::{Flags, HEAD_LEN, Head, Kind, StreamId};
pub use headers::{Category, Headers};
pub(crate) use origin::OriginBuf;
pub use origin::{Origin, Origins};
pub use ping::Ping;
pub use priority::PrioritySpec;
pub use priority_update::PriorityUpdate;
pub use push_promise::PushPromise;
pub use rst_stream::RstStream;
pub use settings::{Setting, SettingId, Settings};
pub use window_update::WindowUpdate;

use crate::error::Result;
use crate::mem::Vec;

/// The payload of no frame we send is longer, whatever the peer allows, except DATA whose length
/// the application chose. Nor may a peer's be, unless we allow it. In octets.
pub const DEFAULT_MAX_PAYLOAD: usize = 16_384;

/// A frame as the application sees it. It lends what it refers to.
#[derive(Clone, Copy)]
pub struct Frame<'a> {
    /// The frame header. For a header block in several frames: of all of them together.
    pub head: Head,
    /// The rest.
    pub body: Body<'a>,
}

/// What a frame holds besides its header.
#[derive(Clone, Copy)]
pub enum Body<'a> {
    /// DATA; the octets come separately.
    Data(Data),
    /// HEADERS; received fields come separately.
    Headers(Headers<'a>),
    /// PRIORITY
    Priority(PrioritySpec),
    /// RST_STREAM
    RstStream(RstStream),
    /// SETTINGS
    Settings(Settings<'a>),
    /// PUSH_PROMISE; received fields come separately.
    PushPromise(PushPromise<'a>),
    /// PING
    Ping(Ping),
    /// GOAWAY
    Goaway(Goaway<'a>),
    /// WINDOW_UPDATE
    WindowUpdate(WindowUpdate),
    /// ALTSVC
    Altsvc(Altsvc<'a>),
    /// ORIGIN
    Origin(Origin<'a>),
    /// PRIORITY_UPDATE
    PriorityUpdate(PriorityUpdate<'a>),
    /// A frame of a type that the application handles. The word is its own, for frames it sends;
    /// zero for others.
    Extension(usize),
}

impl Frame<'_> {
    /// The stream the frame is on; zero is the connection.
    pub fn stream_id(&self) -> StreamId {
        self.head.stream_id
    }

    /// Whether the frame is the last one its sender will send on the stream.
    pub fn ends_stream(&self) -> bool {
        matches!(self.body, Body::Data(_) | Body::Headers(_))
            && self.head.flags.has(Flags::END_STREAM)
    }

    /// Appends the payload, of a frame that has neither a header block nor a body of its own.
    #[inline(never)]
    pub(crate) fn pack(&self, out: &mut Vec<u8>) -> Result<()> {
        match self.body {
            Body::Data(_) | Body::Headers(_) | Body::PushPromise(_) | Body::Extension(_) => Ok(()),
            Body::Priority(spec) => spec.pack(out),
            Body::RstStream(frame) => frame.pack(out),
            Body::Settings(frame) => frame.pack(out),
            Body::Ping(frame) => frame.pack(out),
            Body::Goaway(frame) => frame.pack(out),
            Body::WindowUpdate(frame) => frame.pack(out),
            Body::Altsvc(frame) => frame.pack(out),
            Body::Origin(frame) => frame.pack(out),
            Body::PriorityUpdate(frame) => frame.pack(out),
        }
    }
}

#[cfg(test)]
mod tests;
