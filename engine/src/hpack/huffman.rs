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

/// Appends the code of `string`, padded with ones to a whole octet. False says that it turned out to be
/// no shorter, and that what was appended is of no use.
pub(super) fn encode(string: &[u8], out: &mut Vec<u8>) -> Result<bool> {
    let end = out.len().saturating_add(string.len());
    append(string, out, end)?;
    Ok(out.len() < end)
}

/// Appends the code of `string`, or something that goes beyond `end`, if the code does.
fn append(string: &[u8], out: &mut Vec<u8>, end: usize) -> Result<()> {
    let mut word = Word::default();
    let (fours, rest) = string.as_chunks();
    for &[a, b, c, d] in fours {
        if out.len() >= end {
            return Ok(());
        }
        // Two independent pairs, then the pair of pairs: the codes need not wait for one another.
        let four = code(a).then(code(b)).then(code(c).then(code(d)));
        match four.bits {
            ..=Word::ROOM => word.put(four, out)?,
            // Rare octets have long codes.
            _ => [a, b, c, d].into_iter().try_for_each(|octet| word.put(code(octet), out))?,
        }
    }
    rest.iter().try_for_each(|&octet| word.put(code(octet), out))?;
    word.pad(out)
}

/// The codes of symbols in a row, in the low `bits` bits.
#[derive(Clone, Copy, Default)]
struct Codes {
    codes: u64,
    bits: u32,
}

impl Codes {
    /// These codes, and others behind them. What goes beyond 64 bits is lost.
    #[inline]
    fn then(self, next: Codes) -> Codes {
        let codes = self.codes << (next.bits & 63) | next.codes;
        Codes { codes, bits: self.bits.wrapping_add(next.bits) }
    }
}

#[inline]
fn code(octet: u8) -> Codes {
    let code = CODES.get(usize::from(octet));
    code.map(|code| Codes { codes: u64::from(code.code), bits: code.bits }).unwrap_or_default()
}

/// Bits on their way from codes to octets: fewer than eight, left-aligned.
#[derive(Default)]
struct Word {
    bits: u64,
    held: u32,
}

impl Word {
    /// So many more bits fit.
    const ROOM: u32 = 56;

    /// Appends codes of at most [`Word::ROOM`] bits, and gives whole octets out.
    #[inline]
    fn put(&mut self, next: Codes, out: &mut Vec<u8>) -> Result<()> {
        self.held = self.held.wrapping_add(next.bits);
        self.bits |= next.codes << (u64::BITS.wrapping_sub(self.held) & 63);
        let octets = self.held / 8;
        out.push_word(self.bits.to_be_bytes(), octets as usize)?;
        self.bits <<= octets.wrapping_mul(8) & 63;
        self.held %= 8;
        Ok(())
    }

    fn pad(self, out: &mut Vec<u8>) -> Result<()> {
        if self.held == 0 {
            return Ok(());
        }
        out.push(self.bits.to_be_bytes()[0] | (0xff >> self.held))
    }
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
    pub fn decode(&mut self, piece: &[u8], out: &mut Vec<u8>) -> Result<()> {
        let rest = self.decode_words(piece, out)?;
        for &octet in rest {
            self.word |= u64::from(octet) << (56_u32.wrapping_sub(self.held) & 63);
            self.held = self.held.wrapping_add(8);
            while let Some((symbol, bits)) = self.next()? {
                out.push(symbol)?;
                self.take(bits);
            }
        }
        Ok(())
    }

    /// The same for the last piece of a string, or for a string as a whole. What is left behind the last
    /// symbol must be padding: fewer than eight bits, all ones.
    pub fn decode_last(mut self, piece: &[u8], out: &mut Vec<u8>) -> Result<()> {
        let rest = self.decode_words(piece, out)?;
        // With ones behind them the last octets go the way of all others. Ones lead to no symbol.
        // At most 63 bits are held and 56 are left, and words are read ahead of them.
        let mut padded = [0xff; 32];
        padded.iter_mut().zip(rest).for_each(|(place, octet)| *place = *octet);
        let mut piece = &padded[..];
        let mut left = self.held.wrapping_add(8_u32.wrapping_mul(rest.len() as u32));
        while let Some(octets) = piece.first_chunk() {
            piece = self.refill(octets, piece);
            let before = self.held;
            let next = self.symbols(out)?;
            // A code that is shorter than it should be has taken ones that are not there.
            let taken = before.wrapping_sub(self.held);
            left = left.checked_sub(taken).ok_or(Error::HeaderComp)?;
            if next.count() > 0 {
                continue;
            }
            if left < 8 {
                let ones = self.word.leading_ones() >= left;
                return if ones { Ok(()) } else { Err(Error::HeaderComp) };
            }
            // A long code may have to wait for the next word.
            if let Some((symbol, bits)) = self.long()? {
                left = left.checked_sub(bits).ok_or(Error::HeaderComp)?;
                out.push(symbol)?;
                self.take(bits);
            }
        }
        Err(Error::Internal)
    }

    /// Decodes as many whole words as there are; returns the octets behind them.
    #[inline]
    fn decode_words<'p>(&mut self, mut piece: &'p [u8], out: &mut Vec<u8>) -> Result<&'p [u8]> {
        // The shortest code has five bits; and symbols are appended by the word.
        let symbols = piece.len().saturating_mul(8).wrapping_add(self.held as usize) / 5;
        out.reserve(symbols.saturating_add(8))?;
        while let Some(octets) = piece.first_chunk() {
            piece = self.refill(octets, piece);
            // After a long code every look-up finds it again, so asking once is enough.
            if self.symbols(out)?.count() == 0
                && let Some((symbol, bits)) = self.long()?
            {
                out.push(symbol)?;
                self.take(bits);
            }
        }
        Ok(piece)
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

    /// Four look-ups, of a word that holds at least 56 bits. Returns what a fifth one finds.
    #[inline]
    fn symbols(&mut self, out: &mut Vec<u8>) -> Result<Window> {
        let (mut symbols, mut count) = (0_u64, 0_u32);
        let mut window = self.window();
        for _ in 0..4 {
            symbols |= u64::from(u16::from_le_bytes(window.symbols)) << ((8 * count) & 63);
            count = count.wrapping_add(window.count());
            self.take(window.bits());
            window = self.window();
        }
        out.push_word(symbols.to_le_bytes(), count as usize)?;
        Ok(window)
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mem::Mem;

    fn encoded(string: &[u8]) -> Vec<u8> {
        let mut out = Vec::new(Mem::system());
        append(string, &mut out, usize::MAX).unwrap();
        assert_eq!(out.len(), encoded_len(string));
        out
    }

    #[test]
    fn a_code_is_of_use_if_it_is_shorter() {
        for string in
            [&b""[..], b"a", b"aa", b"aaaaaaaa", b"\0", b"aaaaaaaaaaaa\0\0", b"{}{}{}{}", b"<<<"]
        {
            let mut out = Vec::new(Mem::system());
            out.push(0).unwrap();
            let shorter = encode(string, &mut out).unwrap();
            assert_eq!(shorter, encoded_len(string) < string.len(), "{string:?}");
            if shorter {
                assert_eq!(out[1..], encoded(string)[..]);
            }
        }
    }

    fn decoded(pieces: &[&[u8]]) -> Result<std::vec::Vec<u8>> {
        let (mut bits, mut out) = (Bits::default(), Vec::new(Mem::system()));
        let (last, others) = pieces.split_last().unwrap();
        for piece in others {
            bits.decode(piece, &mut out)?;
        }
        bits.decode_last(last, &mut out)?;
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
