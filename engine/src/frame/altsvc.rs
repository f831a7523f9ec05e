//! ALTSVC (RFC 7838 section 4).

use crate::error::Result;
use crate::mem::Vec;

/// Where else the resource can be had.
#[derive(Clone, Copy)]
pub struct Altsvc<'a> {
    /// For which origin; empty on a stream, whose origin it is then.
    pub origin: &'a [u8],
    /// An Alt-Svc field value.
    pub value: &'a [u8],
}

impl<'a> Altsvc<'a> {
    /// The octets of the origin's length, in front of everything else.
    pub(crate) const FIXED_LEN: usize = 2;

    pub(crate) fn parse(payload: &'a [u8]) -> Option<Altsvc<'a>> {
        let (len, rest) = payload.split_first_chunk()?;
        let (origin, value) = rest.split_at_checked(usize::from(u16::from_be_bytes(*len)))?;
        Some(Altsvc { origin, value })
    }

    pub(crate) fn pack(&self, out: &mut Vec<u8>) -> Result<()> {
        out.extend_from_slice(&(self.origin.len() as u16).to_be_bytes())?;
        out.extend_from_slice(self.origin)?;
        out.extend_from_slice(self.value)
    }
}
