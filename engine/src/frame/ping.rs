//! PING (RFC 9113 section 6.7).

use crate::error::Result;
use crate::mem::Vec;

/// A question whether the peer is there, or the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ping {
    /// What the answer must repeat.
    pub opaque: [u8; Ping::LEN],
}

impl Ping {
    /// The octets of the payload.
    pub const LEN: usize = 8;

    pub(crate) fn parse(payload: &[u8]) -> Option<Ping> {
        payload.first_chunk().map(|opaque| Ping { opaque: *opaque })
    }

    pub(crate) fn pack(&self, out: &mut Vec<u8>) -> Result<()> {
        out.extend_from_slice(&self.opaque)
    }
}
