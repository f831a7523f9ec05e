//! RST_STREAM (RFC 9113 section 6.4).

use bytes::Buf;

use crate::error::{ErrorCode, Result};
use crate::mem::Vec;

/// The immediate end of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RstStream {
    /// Why.
    pub code: ErrorCode,
}

impl RstStream {
    pub(crate) const LEN: usize = 4;

    pub(crate) fn parse(mut payload: &[u8]) -> Option<RstStream> {
        Some(RstStream { code: ErrorCode(payload.try_get_u32().ok()?) })
    }

    pub(crate) fn pack(&self, out: &mut Vec<u8>) -> Result<()> {
        out.extend_from_slice(&self.code.0.to_be_bytes())
    }
}
