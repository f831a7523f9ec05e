//! The Huffman code for strings (RFC 7541 section 5.2).
//!
//! Decoding keeps up to 64 unread bits left-aligned in a word, and looks up the top 12 of them: an
//! entry holds up to two symbols. Only codes longer than that, which belong to rare octets, leave
//! the loop.

use super::huffman_table::{CODES, LENGTHS, LONG_SYMBOLS, LONGS, WINDOW_BITS, WINDOWS, Window};
use crate::error::{Error, Result};
use crate::mem::Vec;

/// How many octets `string` takes when encoded, padding included.
pub(super) fn encoded_len(string: &[u8]) -> usize {
    let bits = string.iter().fold(0_usize, |bits, &octet| {
        bits.wrapping_add(usize::from(LENGTHS.get(usize::from(octet)).copied().unwrap_or(0)))
    });
    bits.div_ceil(8)
}

/// Appends the code of `string`, padded with ones to a whole octet.
pub(super) fn encode(string: &[u8], out: &mut Vec<u8>) -> Result<()> {
    let (mut word, mut held) = (0_u64, 0_u32);
    for &octet in string {
        let Some(code) = CODES.get(usize::from(octet)) else { continue };
        word = word << code.bits | u64::from(code.code);
        held = held.wrapping_add(code.bits);
        if held >= 32 {
            held = held.wrapping_sub(32);
            out.extend_from_slice(&((word >> held) as u32).to_be_bytes())?;
        }
    }
    let padding = held.wrapping_neg() % 8;
    word = word << padding | ((1 << padding) - 1);
    held = held.wrapping_add(padding);
    while held > 0 {
        held = held.wrapping_sub(8);
        out.push((word >> held) as u8)?;
    }
    Ok(())
}

/// Bits on their way from octets to symbols. One serves for one string.
#[derive(Clone, Copy, Default)]
pub(super) struct Bits {
    /// The unread bits, left-aligned.
    word: u64,
    /// How many of them there are.
    held: u32,
}

impl Bits {
    /// Decodes a piece of a string and appends its symbols to `out`. Bits that are not a whole code
    /// yet stay for the next piece.
    pub fn decode(&mut self, mut piece: &[u8], out: &mut Vec<u8>) -> Result<()> {
        // The shortest code has five bits.
        out.reserve(piece.len().saturating_mul(8).wrapping_add(self.held as usize) / 5)?;
        while let Some(octets) = piece.first_chunk() {
            piece = self.refill(octets, piece);
            self.symbols(out)?;
        }
        for &octet in piece {
            self.word |= u64::from(octet) << (56_u32.wrapping_sub(self.held) & 63);
            self.held = self.held.wrapping_add(8);
            while let Some((symbol, bits)) = self.next()? {
                out.push(symbol)?;
                self.take(bits);
            }
        }
        Ok(())
    }

    /// Fills the word up from the next eight octets; returns what is left of `piece`.
    #[inline]
    fn refill<'p>(&mut self, octets: &[u8; 8], piece: &'p [u8]) -> &'p [u8] {
        self.word |= u64::from_be_bytes(*octets) >> (self.held & 63);
        let taken = 63_u32.wrapping_sub(self.held) / 8;
        self.held |= 56;
        piece.get(taken as usize..).unwrap_or(&[])
    }

    #[inline]
    fn take(&mut self, bits: u32) {
        self.word <<= bits & 63;
        self.held = self.held.wrapping_sub(bits);
    }

    #[inline]
    fn window(&self) -> Window {
        let index = (self.word >> (u64::BITS - WINDOW_BITS)) as usize;
        WINDOWS.get(index).copied().unwrap_or(WINDOWS[0])
    }

    /// Four look-ups, of a word that holds at least 56 bits.
    #[inline]
    fn symbols(&mut self, out: &mut Vec<u8>) -> Result<()> {
        let (mut symbols, mut count) = (0_u64, 0_u32);
        let mut window = self.window();
        for _ in 0..4 {
            symbols |= u64::from(u16::from_le_bytes(window.symbols)) << ((8 * count) & 63);
            count = count.wrapping_add(window.count());
            self.take(window.bits());
            window = self.window();
        }
        out.extend_from_slice(symbols.to_le_bytes().get(..count as usize).unwrap_or_default())?;
        // After a long code every look-up finds it again, so asking once is enough.
        if window.count() == 0
            && let Some((symbol, bits)) = self.long()?
        {
            out.push(symbol)?;
            self.take(bits);
        }
        Ok(())
    }

    /// The next symbol and how many bits it takes, if all of them are there.
    fn next(&self) -> Result<Option<(u8, u32)>> {
        let window = self.window();
        if window.count() == 0 {
            return self.long();
        }
        let [symbol, _] = window.symbols;
        let bits = u32::from(window.first_bits);
        Ok((bits <= self.held).then_some((symbol, bits)))
    }

    /// The same for a code that does not fit a window. EOS is an error.
    #[cold]
    fn long(&self) -> Result<Option<(u8, u32)>> {
        let top = (self.word >> 32) as u32;
        let Some(length) = LONGS.iter().find(|length| top < length.end) else {
            // All the bits of EOS, or a part of it; or ones that are not there yet.
            return if self.held >= 30 { Err(Error::HeaderComp) } else { Ok(None) };
        };
        if length.bits > self.held {
            return Ok(None);
        }
        let code = top >> (u32::BITS - length.bits);
        let place = code.wrapping_sub(length.first).wrapping_add(length.offset);
        let symbol = LONG_SYMBOLS.get(place as usize).ok_or(Error::HeaderComp)?;
        Ok(Some((*symbol, length.bits)))
    }

    /// Checks that what is left is padding: fewer than eight bits, all ones.
    pub fn finish(self) -> Result<()> {
        let ones = self.word.leading_ones();
        if self.held < 8 && ones >= self.held { Ok(()) } else { Err(Error::HeaderComp) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mem::Mem;

    fn encoded(string: &[u8]) -> Vec<u8> {
        let mut out = Vec::new(Mem::system());
        encode(string, &mut out).unwrap();
        assert_eq!(out.len(), encoded_len(string));
        out
    }

    fn decoded(pieces: &[&[u8]]) -> Result<std::vec::Vec<u8>> {
        let (mut bits, mut out) = (Bits::default(), Vec::new(Mem::system()));
        for piece in pieces {
            bits.decode(piece, &mut out)?;
        }
        bits.finish()?;
        Ok(out.to_vec())
    }

    #[test]
    fn the_examples_of_the_rfc() {
        // RFC 7541 appendix C.4 and C.6
        assert_eq!(
            &encoded(b"www.example.com")[..],
            b"\xf1\xe3\xc2\xe5\xf2\x3a\x6b\xa0\xab\x90\xf4\xff"
        );
        assert_eq!(&encoded(b"no-cache")[..], b"\xa8\xeb\x10\x64\x9c\xbf");
        assert_eq!(&encoded(b"302")[..], b"\x64\x02");
    }

    #[test]
    fn every_octet_survives_in_every_position() {
        for octet in 0..=255 {
            for lead in 0..9 {
                let mut string = std::vec![b'a'; lead];
                string.push(octet);
                string.extend_from_slice(b"zz");
                string.push(octet);
                assert_eq!(decoded(&[&encoded(&string)]), Ok(string));
            }
        }
    }

    #[test]
    fn pieces_decode_like_the_whole() {
        let string: std::vec::Vec<u8> =
            (0..=255).chain(*b"text/html; charset=utf-8").rev().collect();
        let code = encoded(&string);
        for cut in 0..=code.len() {
            assert_eq!(decoded(&[&code[..cut], &code[cut..]]).as_ref(), Ok(&string));
        }
        let octets: std::vec::Vec<&[u8]> = code.chunks(1).collect();
        assert_eq!(decoded(&octets), Ok(string));
    }

    #[test]
    fn padding_is_fewer_than_eight_ones() {
        assert_eq!(decoded(&[b"\x1f"]), Ok(b"a".to_vec()));
        assert_eq!(decoded(&[b""]), Ok(b"".to_vec()));
        for bad in [&b"\x1e"[..], b"\x1f\xff", b"\xff", b"\xff\xff\xff\xff", b"\xfe", b"\x18"] {
            assert!(decoded(&[bad]).is_err(), "{bad:x?}");
        }
    }

    #[test]
    fn the_end_of_string_symbol_is_an_error_as_soon_as_it_is_complete() {
        let mut bits = Bits::default();
        let mut out = Vec::new(Mem::system());
        bits.decode(b"\xff\xff\xff", &mut out).unwrap();
        assert!(bits.decode(b"\xff", &mut out).is_err());
        assert!(decoded(&[b"\x1f\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"]).is_err());
    }
}
