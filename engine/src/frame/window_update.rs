//! WINDOW_UPDATE (RFC 9113 section 6.9).

use bytes::Buf;

use crate::error::Result;
use crate::mem::Vec;

/// Leave to send more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WindowUpdate {
    /// How many octets more, 1 to 2^31 - 1.
    pub increment: i32,
}

impl WindowUpdate {
    pub(crate) const LEN: usize = 4;

    /// The highest bit is reserved, and ignored.
    pub(crate) fn parse(mut payload: &[u8]) -> Option<WindowUpdate> {
        let word = payload.try_get_u32().ok()?;
        Some(WindowUpdate { increment: (word & 0x7fff_ffff) as i32 })
    }

    pub(crate) fn pack(&self, out: &mut Vec<u8>) -> Result<()> {
        out.extend_from_slice(&self.increment.to_be_bytes())
    }
}
