//! GOAWAY (RFC 9113 section 6.8).

use bytes::Buf;

use super::StreamId;
use crate::error::{ErrorCode, Result};
use crate::mem::Vec;

/// The beginning of the connection's end.
#[derive(Clone, Copy)]
pub struct Goaway<'a> {
    /// The last stream of the receiver that the sender has done, or may do, something about.
    pub last_stream_id: StreamId,
    /// Why.
    pub code: ErrorCode,
    /// More about why, for people.
    pub debug: &'a [u8],
}

impl<'a> Goaway<'a> {
    /// The octets in front of the debug data.
    pub(crate) const FIXED_LEN: usize = 8;

    pub(crate) fn parse(mut payload: &'a [u8]) -> Option<Goaway<'a>> {
        Some(Goaway {
            last_stream_id: StreamId::from_wire(payload.try_get_u32().ok()?),
            code: ErrorCode(payload.try_get_u32().ok()?),
            debug: payload,
        })
    }

    pub(crate) fn pack(&self, out: &mut Vec<u8>) -> Result<()> {
        out.extend_from_slice(&self.last_stream_id.get().to_be_bytes())?;
        out.extend_from_slice(&self.code.0.to_be_bytes())?;
        out.extend_from_slice(self.debug)
    }
}
