//! HEADERS (RFC 9113 section 6.2).

use super::PrioritySpec;
use crate::mem::Field;

/// A header section.
#[derive(Clone, Copy)]
pub struct Headers<'a> {
    /// The octets of padding including the Pad Length octet; zero if the frame is not padded.
    pub padding: usize,
    /// The priority fields, or the default if there are none.
    pub priority: PrioritySpec,
    /// What is sent. Empty for received frames, whose fields are told one by one.
    pub fields: &'a [Field<'a>],
    /// The role of the header section.
    pub category: Category,
}

/// What a header section is, seen from the stream's state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Category {
    /// Opens a stream: a request.
    Request = 0,
    /// The first header section from the server, final or interim.
    Response = 1,
    /// The first header section on a promised stream.
    PushResponse = 2,
    /// Any other: what follows an interim response, or trailers.
    Headers = 3,
}
