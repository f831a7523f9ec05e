//! ORIGIN (RFC 8336 section 2).

use crate::error::Result;
use crate::mem::{Mem, Vec};

/// The origins that the server is responsible for on this connection.
#[derive(Clone, Copy)]
pub struct Origin<'a> {
    text: &'a [u8],
}

impl<'a> Origin<'a> {
    /// The octets of an entry's length, in front of it.
    pub(crate) const LENGTH_LEN: usize = 2;

    /// The origins in their order. A NUL stands behind each.
    pub fn origins(&self) -> Origins<'a> {
        Origins { rest: self.text }
    }

    pub(crate) fn pack(&self, out: &mut Vec<u8>) -> Result<()> {
        self.origins().try_for_each(|origin| {
            out.extend_from_slice(&(origin.len() as u16).to_be_bytes())?;
            out.extend_from_slice(origin)
        })
    }
}

/// The origins of a frame, one by one.
#[derive(Clone, Copy)]
pub struct Origins<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Origins<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let (len, rest) = self.rest.split_first_chunk()?;
        let (origin, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*len)))?;
        self.rest = rest.get(1..)?;
        Some(origin)
    }
}

/// A list of origins in one buffer: each has its length in front, as in the payload, and a NUL
/// behind, for C.
pub(crate) struct OriginBuf {
    text: Vec<u8>,
}

impl OriginBuf {
    /// An empty list.
    pub fn new(mem: Mem) -> OriginBuf {
        OriginBuf { text: Vec::new(mem) }
    }

    /// How many octets of heap the list holds.
    pub fn memory(&self) -> usize {
        self.text.memory()
    }

    /// Appends an origin of at most 65,535 octets.
    pub fn push(&mut self, origin: &[u8]) -> Result<()> {
        self.text.reserve(origin.len().saturating_add(3))?;
        self.text.extend_from_slice(&(origin.len() as u16).to_be_bytes())?;
        self.text.extend_from_slice(origin)?;
        self.text.push(0)
    }

    /// The list of a payload; None if the payload ends within an entry. Empty entries are left out
    /// (RFC 8336 section 2.1).
    pub fn parse(mut payload: &[u8], mem: Mem) -> Result<Option<OriginBuf>> {
        let mut list = OriginBuf::new(mem);
        while !payload.is_empty() {
            let Some((len, rest)) = payload.split_first_chunk() else { return Ok(None) };
            let len = usize::from(u16::from_be_bytes(*len));
            let Some((origin, rest)) = rest.split_at_checked(len) else { return Ok(None) };
            if !origin.is_empty() {
                list.push(origin)?;
            }
            payload = rest;
        }
        Ok(Some(list))
    }

    /// The octets that the list takes as a payload.
    pub fn payload_len(&self) -> usize {
        let origins = self.as_frame().origins();
        origins.map(|origin| Origin::LENGTH_LEN.wrapping_add(origin.len())).sum()
    }

    /// The list as a frame lends it.
    pub fn as_frame(&self) -> Origin<'_> {
        Origin { text: &self.text }
    }
}
