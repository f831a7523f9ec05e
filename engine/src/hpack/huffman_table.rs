//! The tables of the Huffman code (RFC 7541 appendix B), made at compile time.
//!
//! The code is canonical: within one length codes count up with the symbols, and each length goes
//! on where the shorter one stopped. So the lengths alone say everything.
#![allow(clippy::indexing_slicing, reason = "evaluated at compile time")]

/// How many bits the code of each octet has.
pub(super) const LENGTHS: [u8; 256] = [
    13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28,
    28, 28, 28, 28, 28, 28, 28, 28, 6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5,
    5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10, 13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
    7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6, 15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6,
    6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28, 20, 22, 20, 20, 22, 22, 22, 23, 22,
    23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24, 22,
    21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20,
    22, 22, 22, 23, 22, 22, 23, 26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19,
    21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27, 20, 24, 20, 21, 22, 21, 21, 23, 22,
    22, 25, 25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26,
];

/// The longest codes; one of them, all ones, is EOS, which must not occur (section 5.2).
pub(super) const MAX_BITS: usize = 30;

/// How many bits a table look-up takes in at once.
pub(super) const WINDOW_BITS: u32 = 12;

/// The code of a symbol, in the low `bits` bits.
#[derive(Clone, Copy)]
pub(super) struct Code {
    pub code: u32,
    pub bits: u32,
}

/// The code of each octet.
pub(super) static CODES: [Code; 256] = codes();

const fn codes() -> [Code; 256] {
    let mut codes = [Code { code: 0, bits: 0 }; 256];
    let mut next = 0;
    let mut bits = 1;
    while bits <= MAX_BITS {
        let mut symbol = 0;
        while symbol < 256 {
            if LENGTHS[symbol] as usize == bits {
                codes[symbol] = Code { code: next, bits: bits as u32 };
                next += 1;
            }
            symbol += 1;
        }
        next <<= 1;
        bits += 1;
    }
    // What is left of the 30-bit codes is EOS alone.
    assert!(next >> 1 == (1 << MAX_BITS) - 1);
    codes
}

/// What the next [`WINDOW_BITS`] bits hold: one or two whole symbols, or none if a longer code
/// begins there.
#[derive(Clone, Copy)]
pub(super) struct Window {
    pub symbols: [u8; 2],
    /// How many symbols there are, and how many bits they take together.
    count_and_bits: u8,
    /// How many bits the first one takes.
    pub first_bits: u8,
}

impl Window {
    const LONG: Window = Window { symbols: [0; 2], count_and_bits: 0, first_bits: 0 };

    #[inline]
    pub const fn count(self) -> u32 {
        self.count_and_bits as u32 >> 4
    }

    #[inline]
    pub const fn bits(self) -> u32 {
        self.count_and_bits as u32 & 15
    }
}

/// Indexed by the next [`WINDOW_BITS`] bits.
pub(super) static WINDOWS: [Window; 1 << WINDOW_BITS] = windows();

const fn windows() -> [Window; 1 << WINDOW_BITS] {
    let codes = codes();
    let mut windows = [Window::LONG; 1 << WINDOW_BITS];
    let mut symbol = 0;
    while symbol < 256 {
        let Code { code, bits } = codes[symbol];
        if bits <= WINDOW_BITS {
            let free = WINDOW_BITS - bits;
            let mut low = 0;
            while low < 1 << free {
                windows[(code << free | low) as usize] = Window {
                    symbols: [symbol as u8, 0],
                    count_and_bits: 1 << 4 | bits as u8,
                    first_bits: bits as u8,
                };
                low += 1;
            }
        }
        symbol += 1;
    }
    // The bits behind the first symbol begin another window, of which so many bits are known.
    let firsts = windows;
    let mut index = 0;
    while index < 1 << WINDOW_BITS {
        let first = firsts[index];
        let rest = firsts[index << first.first_bits & ((1 << WINDOW_BITS) - 1)];
        let bits = first.first_bits + rest.first_bits;
        if first.first_bits > 0 && rest.first_bits > 0 && bits as u32 <= WINDOW_BITS {
            windows[index] = Window {
                symbols: [first.symbols[0], rest.symbols[0]],
                count_and_bits: 2 << 4 | bits,
                first_bits: first.first_bits,
            };
        }
        index += 1;
    }
    windows
}

/// The codes of one length that is longer than a window.
#[derive(Clone, Copy)]
pub(super) struct Long {
    pub bits: u32,
    /// The first code that is longer still, left-aligned in 32 bits.
    pub end: u32,
    /// The first code of this length, in its low bits.
    pub first: u32,
    /// Where the symbols of this length begin in [`LONG_SYMBOLS`].
    pub offset: u32,
}

const LONG_LENGTHS: usize = MAX_BITS - WINDOW_BITS as usize;

/// The lengths above [`WINDOW_BITS`], ascending. Of the last one EOS is left out.
pub(super) static LONGS: [Long; LONG_LENGTHS] = longs().0;

/// The octets with long codes in the order of their codes.
pub(super) static LONG_SYMBOLS: [u8; LONG_COUNT] = longs().1;

const LONG_COUNT: usize = {
    let (mut count, mut symbol) = (0, 0);
    while symbol < 256 {
        count += (LENGTHS[symbol] as u32 > WINDOW_BITS) as usize;
        symbol += 1;
    }
    count
};

const fn longs() -> ([Long; LONG_LENGTHS], [u8; LONG_COUNT]) {
    let codes = codes();
    let mut longs = [Long { bits: 0, end: 0, first: 0, offset: 0 }; LONG_LENGTHS];
    let mut symbols = [0; LONG_COUNT];
    let (mut next, mut offset, mut index) = (0, 0, 0);
    while index < LONG_LENGTHS {
        let bits = WINDOW_BITS + 1 + index as u32;
        longs[index] = Long { bits, end: 0, first: 0, offset };
        let mut symbol = 0;
        while symbol < 256 {
            let Code { code, bits: length } = codes[symbol];
            if length == bits {
                if longs[index].offset == offset {
                    longs[index].first = code;
                }
                symbols[offset as usize] = symbol as u8;
                offset += 1;
                next = (code + 1) << (32 - bits);
            }
            symbol += 1;
        }
        longs[index].end = next;
        index += 1;
    }
    (longs, symbols)
}
