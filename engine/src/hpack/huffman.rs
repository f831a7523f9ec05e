//! The Huffman code for strings (RFC 7541 section 5.2).
//!
//! Decoding keeps up to 64 unread bits left-aligned in a word, and looks up the top 12 of them: an
//! entry holds up to two symbols. Only codes longer than that, which belong to rare octets, leave
//! the loop.

use super::huffman_table::{
    CODES, Codes, LENGTHS, LONG_SYMBOLS, LONGS, MIN_BITS, WINDOW_BITS, WINDOWS, Window,
};
use crate::error::{Error, Result};
use crate::mem::{Tail, Vec};
use crate::words;

/// How many octets `string` takes when encoded, padding included.
#[inline(never)]
pub(super) fn encoded_len(string: &[u8]) -> usize {
    let bits = string.iter().fold(0_usize, |bits, &octet| {
        bits.wrapping_add(usize::from(LENGTHS.get(usize::from(octet)).copied().unwrap_or(0)))
    });
    bits.div_ceil(8)
}

/// Appends the code of `string`, padded with ones to a whole octet. False says that it would be no
/// shorter, and that what was appended is of no use.
pub(super) fn encode(string: &[u8], out: &mut Vec<u8>) -> Result<bool> {
    let end = out.len().saturating_add(string.len());
    // What goes beyond that is seen after eight symbols, of 30 bits at most.
    let is_whole = append(string, &mut out.tail(string.len().saturating_add(32))?);
    Ok(is_whole && out.len() < end)
}

/// Appends the code of `string`, padded likewise, however long it is.
pub(super) fn encode_always(string: &[u8], out: &mut Vec<u8>) -> Result<()> {
    let mut tail = out.tail(encoded_len(string))?;
    let mut word = Word::default();
    string.iter().for_each(|octet| word.put(code(*octet), &mut tail));
    word.pad(&mut tail);
    Ok(())
}

/// Appends the code of `string`, unless it is seen on the way that it will be no shorter. Then it
/// returns false.
fn append(string: &[u8], out: &mut Tail<'_>) -> bool {
    // By how many bits the code is shorter, if all that follows has the shortest codes.
    let mut gain = string.len().wrapping_mul(8 - MIN_BITS) as isize;
    let mut word = Word::default();
    let (eights, rest) = string.as_chunks();
    for octets in eights {
        let codes = eight(octets);
        gain = gain.wrapping_sub(codes.len() as isize - 8 * MIN_BITS as isize);
        if gain < 0 {
            return false;
        }
        if codes.len() <= Word::ROOM {
            word.put(codes, out);
            continue;
        }
        // If a third of it is lost already, counting is cheaper than finding out on the way.
        if gain < 2 * string.len() as isize {
            if encoded_len(string) >= string.len() {
                return false;
            }
            gain = isize::MAX;
        }
        word.put_rare(octets, out);
    }
    word.put_few(rest, out);
    word.pad(out);
    true
}

#[inline]
fn code(octet: u8) -> Codes {
    CODES.get(usize::from(octet)).copied().unwrap_or_default().into()
}

/// The codes of eight symbols, by pairs, and by pairs of pairs: so they need not wait for one another.
#[inline]
fn eight(octets: &[u8; 8]) -> Codes {
    let [a, b, c, d, e, f, g, h] = octets.map(code);
    let (front, back) = (a.then(b).then(c.then(d)), e.then(f).then(g.then(h)));
    front.then(back)
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
    fn put(&mut self, codes: Codes, out: &mut Tail<'_>) {
        self.bits |= codes.bits() >> (self.held & 63);
        self.held = self.held.wrapping_add(codes.len());
        out.push_word(self.bits.to_be_bytes(), (self.held / 8) as usize & 7);
        self.bits <<= self.held & 56;
        self.held %= 8;
    }

    /// Appends the codes of fewer than eight symbols.
    #[inline]
    fn put_few(&mut self, octets: &[u8], out: &mut Tail<'_>) {
        let codes = octets.iter().fold(Codes::NONE, |codes, &octet| codes.then(code(octet)));
        match codes.len() {
            ..=Word::ROOM => self.put(codes, out),
            _ => self.put_rare(octets, out),
        }
    }

    /// Appends the codes of symbols that are too long together: rare ones have long codes.
    #[inline(never)]
    fn put_rare(&mut self, octets: &[u8], out: &mut Tail<'_>) {
        let (pairs, last) = octets.as_chunks();
        for &[a, b] in pairs {
            let (a, b) = (code(a), code(b));
            match a.then(b) {
                both if both.len() <= Word::ROOM => self.put(both, out),
                _ => [a, b].into_iter().for_each(|code| self.put(code, out)),
            }
        }
        last.iter().for_each(|&octet| self.put(code(octet), out));
    }

    fn pad(self, out: &mut Tail<'_>) {
        let ones = u64::MAX >> (self.held & 63);
        out.push_word((self.bits | ones).to_be_bytes(), usize::from(self.held > 0));
    }
}

/// Bits on their way from octets to symbols. One serves for one string.
#[derive(Clone, Copy, Default)]
pub(super) struct Bits {
    /// The unread bits, left-aligned.
    word: u64,
    /// How many of them there are, at most 63.
    held: u32,
}

impl Bits {
    /// Decodes a piece of a string and appends its symbols to `out`. Bits that are not a whole code
    /// yet stay for the next piece.
    pub fn decode(&mut self, piece: &[u8], out: &mut Vec<u8>) -> Result<()> {
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

    /// The same for the last piece of a string, or for a string as a whole. What is left behind the last
    /// symbol must be padding: fewer than eight bits, all ones.
    pub fn decode_last(mut self, piece: &[u8], out: &mut Vec<u8>) -> Result<()> {
        // No code is shorter than five bits, and fewer than 64 bits are held.
        let mut out = out.tail(piece.len().saturating_mul(2).saturating_add(16))?;
        let rest = self.decode_words(piece, &mut out)?;
        // With ones behind them the last octets go the way of all others. Ones lead to no symbol.
        let mut octets = with_ones(rest);
        let mut left = self.held.wrapping_add(8_u32.wrapping_mul(rest.len() as u32));
        loop {
            let taken = 8 * self.refill(octets) as u32;
            octets = octets << (taken & 63) | !(u64::MAX << (taken & 63));
            let (bits, is_over) = self.symbols(&mut out);
            // A code that is shorter than it should be has taken ones that are not there.
            left = left.checked_sub(bits).ok_or(Error::HeaderComp)?;
            // All ones are no symbol if they are so few.
            if left < 8 && self.word.leading_ones() >= left {
                return Ok(());
            }
            if !is_over {
                continue;
            }
            if left < 8 {
                return Err(Error::HeaderComp);
            }
            left = left.checked_sub(self.long_symbol(&mut out)?).ok_or(Error::HeaderComp)?;
        }
    }

    /// Decodes as many whole words as there are; returns the octets behind them.
    #[inline]
    fn decode_words<'p>(&mut self, mut piece: &'p [u8], out: &mut Tail<'_>) -> Result<&'p [u8]> {
        while let Some(octets) = piece.first_chunk() {
            let taken = self.refill(u64::from_be_bytes(*octets));
            piece = piece.get(taken..).unwrap_or(&[]);
            if let (_, true) = self.symbols(out) {
                self.long_symbol(out)?;
            }
        }
        Ok(piece)
    }

    /// Fills the word up from the next eight octets; returns how many of them it took, at most seven.
    #[inline]
    fn refill(&mut self, octets: u64) -> usize {
        self.word |= octets >> (self.held & 63);
        let taken = (!self.held / 8) as usize & 7;
        self.held |= 56;
        taken
    }

    #[inline]
    fn take(&mut self, bits: u32) {
        self.word <<= bits & 63;
        self.held = self.held.wrapping_sub(bits);
    }

    #[inline]
    fn window(&self) -> Window {
        let index = (self.word >> (u64::BITS - WINDOW_BITS)) as usize;
        WINDOWS.get(index).copied().unwrap_or_default()
    }

    /// Four look-ups, of a word that holds at least 56 bits. Returns how many bits they took, and whether
    /// the last one found no symbol.
    #[inline]
    fn symbols(&mut self, out: &mut Tail<'_>) -> (u32, bool) {
        let (mut symbols, mut sum, mut window) = (0, Window::LONG, Window::LONG);
        for _ in 0..4 {
            window = self.window();
            symbols |= window.symbols() << (sum.symbol_bits() & 63);
            sum = sum.add(window);
            self.word <<= window.bits() & 63;
        }
        out.push_word(symbols.to_le_bytes(), (sum.symbol_bits() / 8) as usize);
        self.held = self.held.wrapping_sub(sum.bits());
        // Once a look-up finds no symbol all others find none, too.
        (sum.bits(), window == Window::LONG)
    }

    /// Takes a long code. Returns how many bits it has: none if it has to wait for the next word.
    #[inline]
    fn long_symbol(&mut self, out: &mut Tail<'_>) -> Result<u32> {
        let Some((symbol, bits)) = self.long()? else { return Ok(0) };
        out.push_word(u64::from(symbol).to_le_bytes(), 1);
        self.take(bits);
        Ok(bits)
    }

    /// The next symbol and how many bits it takes, if all of them are there.
    fn next(&self) -> Result<Option<(u8, u32)>> {
        let window = self.window();
        if window == Window::LONG {
            return self.long();
        }
        let symbol = window.symbols() as u8;
        let bits = u32::from(LENGTHS.get(usize::from(symbol)).copied().unwrap_or_default());
        Ok((bits <= self.held).then_some((symbol, bits)))
    }

    /// The same for a code that does not fit a window. EOS is an error. The bits come by value, so that the
    /// others can stay in registers.
    #[cold]
    #[inline(never)]
    fn long(self) -> Result<Option<(u8, u32)>> {
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

/// The last octets of a string, fewer than eight, and ones behind them.
#[inline]
fn with_ones(octets: &[u8]) -> u64 {
    let bits = 8_u32.wrapping_mul(octets.len() as u32) & 63;
    words::big_endian(octets) | u64::MAX >> bits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mem::Mem;

    fn encoded(string: &[u8]) -> Vec<u8> {
        let mut out = Vec::new(Mem::system());
        encode_always(string, &mut out).unwrap();
        assert_eq!(out.len(), encoded_len(string));
        out
    }

    #[test]
    fn a_code_is_of_use_if_it_is_shorter() {
        let check = |string: &[u8]| {
            let mut out = Vec::new(Mem::system());
            out.push(0).unwrap();
            let shorter = encode(string, &mut out).unwrap();
            assert_eq!(shorter, encoded_len(string) < string.len(), "{string:?}");
            if shorter {
                assert_eq!(out[1..], encoded(string)[..]);
            }
        };
        for string in
            [&b""[..], b"a", b"aa", b"aaaaaaaa", b"\0", b"aaaaaaaaaaaa\0\0", b"{}{}{}{}", b"<<<"]
        {
            check(string);
        }
        // Codes of 5, 7, 15 and 28 bits: eight of them fit a word, and do not, in any order.
        let mut random = 1_u32;
        for round in 0..20_000 {
            let string: std::vec::Vec<u8> = (0..round % 60)
                .map(|_| {
                    random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    // From one round to another long codes are more frequent.
                    let place = (random >> 24) as usize * (round / 60 % 16);
                    *b"aaaaaaaABC<\x02".get(place / 256).unwrap_or(&b'<')
                })
                .collect();
            check(&string);
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
    fn any_octets_mean_the_same_whole_and_in_pieces() {
        let mut random = 1_u32;
        for round in 0..50_000 {
            let code: std::vec::Vec<u8> = (0..round % 24)
                .map(|_| {
                    random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    // Ones make padding, long codes, and the end of the string.
                    (random >> 24 | random >> (8 + round % 16)) as u8
                })
                .collect();
            let mut octets: std::vec::Vec<&[u8]> = code.chunks(1).collect();
            octets.push(b"");
            assert_eq!(decoded(&[&code]), decoded(&octets), "{code:x?}");
        }
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
