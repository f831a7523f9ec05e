//! Integers with a prefix (RFC 7541 section 5.1).

use crate::error::{Error, Result};
use crate::mem::Vec;

/// An integer whose octets may come in pieces.
#[derive(Clone, Copy, Default)]
pub(super) struct Integer {
    value: u32,
    shift: u32,
}

impl Integer {
    /// Reads the first octet, whose low `bits` bits are the prefix. `Ok` is a finished value;
    /// `Err` is one that goes on in further octets.
    #[inline]
    pub fn start(octet: u8, bits: u32) -> core::result::Result<u32, Integer> {
        let full = (1_u32 << bits).wrapping_sub(1);
        let value = u32::from(octet) & full;
        if value < full { Ok(value) } else { Err(Integer { value, shift: 0 }) }
    }

    /// Reads a whole integer off `input`. None says that it is not all there, or too large.
    #[inline]
    pub fn read(input: &mut &[u8], bits: u32, max: u32) -> Option<u32> {
        let octet;
        (octet, *input) = input.split_first()?;
        match Integer::start(*octet, bits) {
            Ok(value) => Some(value),
            Err(mut integer) => integer.resume(input, max).ok()?,
        }
    }

    /// Reads further octets off `input`. None asks for more of it.
    ///
    /// A value that does not fit 32 bits, or is above `max` already, is an error.
    #[cold]
    pub fn resume(&mut self, input: &mut &[u8], max: u32) -> Result<Option<u32>> {
        if self.value > max {
            return Err(Error::HeaderComp);
        }
        while let Some((&octet, rest)) = input.split_first() {
            *input = rest;
            let part = u32::from(octet & 0x7f);
            if self.shift >= u32::BITS || part > u32::MAX >> self.shift {
                return Err(Error::HeaderComp);
            }
            self.value = self.value.checked_add(part << self.shift).ok_or(Error::HeaderComp)?;
            if self.value > max {
                return Err(Error::HeaderComp);
            }
            if octet & 0x80 == 0 {
                return Ok(Some(self.value));
            }
            self.shift = self.shift.wrapping_add(7);
        }
        Ok(None)
    }
}

/// Appends `value` with the `pattern` in the bits above the prefix of `bits` bits.
#[inline]
pub(super) fn encode(out: &mut Vec<u8>, pattern: u8, bits: u32, value: usize) -> Result<()> {
    let full = (1_usize << bits).wrapping_sub(1);
    if value < full {
        return out.push(pattern | value as u8);
    }
    encode_rest(out, pattern | full as u8, value.wrapping_sub(full))
}

/// Appends a full first octet and what goes beyond it.
#[inline(never)]
fn encode_rest(out: &mut Vec<u8>, first: u8, mut rest: usize) -> Result<()> {
    out.push(first)?;
    while rest >= 0x80 {
        out.push(rest as u8 | 0x80)?;
        rest >>= 7;
    }
    out.push(rest as u8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mem::Mem;

    fn decode(octets: &[u8], bits: u32) -> Result<Option<u32>> {
        match Integer::start(octets[0], bits) {
            Ok(value) => Ok(Some(value)),
            Err(mut integer) => integer.resume(&mut &octets[1..], u32::MAX),
        }
    }

    #[test]
    fn the_examples_of_the_rfc() {
        // RFC 7541 appendix C.1
        assert_eq!(decode(&[0b1110_1010], 5), Ok(Some(10)));
        assert_eq!(decode(&[0x1f, 0x9a, 0x0a], 5), Ok(Some(1337)));
        assert_eq!(decode(&[42], 8), Ok(Some(42)));
    }

    #[test]
    fn what_is_encoded_is_decoded() {
        for bits in 4..=8 {
            for value in (0..70_000).chain([u32::MAX as usize - 1, u32::MAX as usize]) {
                let mut out = Vec::new(Mem::system());
                encode(&mut out, 0, bits, value).unwrap();
                assert_eq!(decode(&out, bits), Ok(Some(value as u32)));
            }
        }
    }

    #[test]
    fn padding_with_zero_groups_ends_at_the_fifth() {
        assert_eq!(decode(&[0x0f, 0x80, 0x80, 0x80, 0x80, 0x00], 4), Ok(Some(15)));
        assert!(decode(&[0x0f, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00], 4).is_err());
        assert!(decode(&[0x0f, 0xff, 0xff, 0xff, 0xff, 0x10], 4).is_err());
    }
}
