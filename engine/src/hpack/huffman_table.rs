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

/// The shortest codes.
pub(super) const MIN_BITS: usize = 5;

/// The longest codes; one of them, all ones, is EOS, which must not occur (section 5.2).
pub(super) const MAX_BITS: usize = 30;

/// How many bits a table look-up takes in at once.
pub(super) const WINDOW_BITS: u32 = 12;

/// The code of a symbol, left-aligned; the low octet says how many bits it has.
#[derive(Clone, Copy, Default)]
pub(super) struct Code(u64);

impl Code {
    /// The code in the low bits, and how many they are.
    const fn right_aligned(self) -> (u32, u32) {
        let bits = self.0 as u32 & 0xff;
        ((self.0 >> (64 - bits)) as u32, bits)
    }
}

/// The codes of symbols in a row: as many as have at most 56 bits together.
#[derive(Clone, Copy)]
pub(super) struct Codes {
    /// Left-aligned. The low octet means nothing.
    bits: u64,
    /// Only the low octet means something.
    len: u64,
}

impl From<Code> for Codes {
    #[inline]
    fn from(code: Code) -> Codes {
        Codes { bits: code.0, len: code.0 }
    }
}

impl Codes {
    pub const NONE: Codes = Codes { bits: 0, len: 0 };

    /// These codes, and others behind them. If they have more bits than allowed, only the length is of
    /// use.
    #[inline]
    pub fn then(self, next: Codes) -> Codes {
        // The low octet of what is shifted is the length of a single code. That is below 32, and shifted
        // by five bits or more: nothing is left of it.
        let bits = self.bits | next.bits >> (self.len & 63);
        Codes { bits, len: self.len.wrapping_add(next.len) }
    }

    /// The codes, left-aligned.
    #[inline]
    pub fn bits(self) -> u64 {
        self.bits & !0xff
    }

    /// How many bits they have.
    #[inline]
    pub fn len(self) -> u32 {
        self.len as u32 & 0xff
    }
}

/// The code of each octet.
pub(super) static CODES: [Code; 256] = codes();

const fn codes() -> [Code; 256] {
    let mut codes = [Code(0); 256];
    let mut next = 0_u64;
    let mut bits = MIN_BITS;
    while bits <= MAX_BITS {
        let mut symbol = 0;
        while symbol < 256 {
            if LENGTHS[symbol] as usize == bits {
                codes[symbol] = Code(next << (64 - bits) | bits as u64);
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
/// begins there. From the low bits on:
///
/// | bits | |
/// | --- | --- |
/// | 8 | how many bits the symbols take: as they stand they serve to shift a word |
/// | 8 | how many bits the symbols are, eight for each: they place what comes behind |
/// | 16 | the symbols, the first one in the lower half |
///
/// So the sums over some windows can be had by adding them as they are.
#[derive(Clone, Copy, Default, PartialEq)]
pub(super) struct Window(u32);

impl Window {
    pub const LONG: Window = Window(0);

    const fn new(symbols: [u8; 2], count: u32, bits: u32) -> Window {
        Window((u16::from_le_bytes(symbols) as u32) << 16 | (count * 8) << 8 | bits)
    }

    /// Both symbols, in the order of octets in memory; zero for what is not there.
    #[inline]
    pub const fn symbols(self) -> u64 {
        self.0 as u64 >> 16
    }

    /// How many bits its symbols take; or those of all windows in a sum.
    #[inline]
    pub const fn bits(self) -> u32 {
        self.0 & 0xff
    }

    /// How many bits its symbols are; or those of all windows in a sum.
    #[inline]
    pub const fn symbol_bits(self) -> u32 {
        self.0 >> 8 & 0xff
    }

    /// The sums of both; symbols are lost.
    #[inline]
    pub const fn add(self, other: Window) -> Window {
        Window(self.0.wrapping_add(other.0))
    }
}

/// Indexed by the next [`WINDOW_BITS`] bits.
pub(super) static WINDOWS: [Window; 1 << WINDOW_BITS] = windows();

const fn windows() -> [Window; 1 << WINDOW_BITS] {
    // The first symbol of each window.
    let mut firsts = [None; 1 << WINDOW_BITS];
    let codes = codes();
    let mut symbol = 0;
    while symbol < 256 {
        let (code, bits) = codes[symbol].right_aligned();
        if bits <= WINDOW_BITS {
            let free = WINDOW_BITS - bits;
            let mut low = 0;
            while low < 1 << free {
                firsts[(code << free | low) as usize] = Some(symbol as u8);
                low += 1;
            }
        }
        symbol += 1;
    }
    // The bits behind it begin another window, of which so many bits are known.
    let mut windows = [Window::LONG; 1 << WINDOW_BITS];
    let mut index = 0;
    while index < 1 << WINDOW_BITS {
        if let Some(first) = firsts[index] {
            let bits = LENGTHS[first as usize] as u32;
            windows[index] = Window::new([first, 0], 1, bits);
            if let Some(second) = firsts[index << bits & ((1 << WINDOW_BITS) - 1)] {
                let bits = bits + LENGTHS[second as usize] as u32;
                if bits <= WINDOW_BITS {
                    windows[index] = Window::new([first, second], 2, bits);
                }
            }
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
            let (code, length) = codes[symbol].right_aligned();
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
