//! Octet strings, eight octets at a time; and words into hashes.
//!
//! Names and values are short: for most of them a call of `memcmp` costs more than what it does.

/// Folds the octets in words of eight. The last word overlaps the one before; a string of less than
/// eight octets is one word, in which each octet appears at least once, and `filler` too.
#[inline]
pub(crate) fn fold<A>(octets: &[u8], filler: u8, start: A, mut step: impl FnMut(A, u64) -> A) -> A {
    let (whole, rest) = octets.as_chunks();
    let folded = whole.iter().fold(start, |folded, word| step(folded, u64::from_le_bytes(*word)));
    if rest.is_empty() {
        return folded;
    }
    let last = match octets.last_chunk() {
        Some(word) => u64::from_le_bytes(*word),
        None => short(octets, filler),
    };
    step(folded, last)
}

/// Whether the strings are the same.
#[inline]
pub(crate) fn same(left: &[u8], right: &[u8]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    match left.len() {
        0 => true,
        1..=3 => short(left, 0) == short(right, 0),
        4..=8 => same_ends::<4>(left, right),
        9..=16 => same_ends::<8>(left, right),
        17..=32 => same_ends::<16>(left, right),
        _ => left == right,
    }
}

#[inline]
fn same_ends<const N: usize>(left: &[u8], right: &[u8]) -> bool {
    let is_same = |left: Option<&[u8; N]>, right| left.zip(right).is_some_and(|(l, r)| l == r);
    is_same(left.first_chunk(), right.first_chunk())
        && is_same(left.last_chunk(), right.last_chunk())
}

/// The first and the last eight octets.
#[inline]
fn ends(octets: &[u8]) -> Option<(&[u8; 8], &[u8; 8])> {
    octets.first_chunk().zip(octets.last_chunk())
}

/// One to seven octets. Strings of the same length give the same word only if they are the same.
#[inline]
fn short(octets: &[u8], filler: u8) -> u64 {
    if let (Some(front), Some(back)) = (octets.first_chunk(), octets.last_chunk()) {
        return u64::from(u32::from_le_bytes(*front)) | u64::from(u32::from_le_bytes(*back)) << 32;
    }
    let octet = |octet: Option<&u8>| octet.copied().unwrap_or(filler);
    let (first, last) = (octet(octets.first()), octet(octets.last()));
    let middle = octet(octets.get(octets.len() / 2));
    u64::from_le_bytes([first, middle, last, filler, filler, filler, filler, filler])
}

/// Fewer than eight octets, as the highest ones of a word.
#[inline]
pub(crate) fn big_endian(octets: &[u8]) -> u64 {
    // Of four octets or more two words overlap; of less the middle one is the first or the last.
    let unused = 64_u32.wrapping_sub(8_u32.wrapping_mul(octets.len() as u32)) & 63;
    if let (Some(front), Some(back)) = (octets.first_chunk(), octets.last_chunk()) {
        return u64::from(u32::from_be_bytes(*front)) << 32
            | u64::from(u32::from_be_bytes(*back)) << unused;
    }
    let middle = octets.len() / 2;
    let octet = |octet: Option<&u8>| u64::from(octet.copied().unwrap_or_default());
    octet(octets.first()) << 56
        | octet(octets.get(middle)) << (56_usize.wrapping_sub(8_usize.wrapping_mul(middle)) & 63)
        | octet(octets.last()) << unused
}

/// 2^64 divided by the golden ratio: odd, and without a pattern in its bits.
pub(crate) const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// Spreads a word: each of its bits has a say in the low bits of the result. Whoever chooses the words
/// cannot aim at a result if a secret is combined with them first.
#[inline]
pub(crate) fn scramble(word: u64) -> u64 {
    merge(word, GOLDEN)
}

/// Two words as one.
#[inline]
fn merge(left: u64, right: u64) -> u64 {
    let product = u128::from(left).wrapping_mul(u128::from(right));
    product as u64 ^ (product >> 64) as u64
}

/// The hash of a string. Whoever chooses the octets cannot aim at a result if `key` is secret.
#[inline]
pub(crate) fn hash(key: u64, octets: &[u8]) -> u64 {
    let start = key ^ (octets.len() as u64).wrapping_mul(GOLDEN);
    // Either word is combined with a secret: no word makes the product nothing.
    let step = |hash, front, back| merge(front ^ key.rotate_left(32), back ^ hash);
    let (pairs, rest) = octets.as_chunks::<16>();
    let hash = pairs.iter().fold(start, |hash, pair| {
        let pair = u128::from_le_bytes(*pair);
        step(hash, pair as u64, (pair >> 64) as u64)
    });
    if rest.is_empty() {
        return hash;
    }
    if let Some(pair) = octets.last_chunk() {
        let pair = u128::from_le_bytes(*pair);
        return step(hash, pair as u64, (pair >> 64) as u64);
    }
    match ends(octets) {
        Some((front, back)) => step(hash, u64::from_le_bytes(*front), u64::from_le_bytes(*back)),
        None => step(hash, short(octets, 0), GOLDEN),
    }
}

const ONES: u64 = u64::MAX / 255;
const HIGHEST_BITS: u64 = ONES << 7;

/// The highest bit of each octet that is less than `limit`, which is at most 128.
#[inline]
pub(crate) const fn less(word: u64, limit: u8) -> u64 {
    // No carry goes from one octet to the next.
    let sums = (word & !HIGHEST_BITS).wrapping_add(ONES.wrapping_mul(128 - limit as u64));
    !sums & !word & HIGHEST_BITS
}

/// The highest bit of each octet that is `octet`.
#[inline]
pub(crate) const fn equal(word: u64, octet: u8) -> u64 {
    less(word ^ ONES.wrapping_mul(octet as u64), 1)
}

/// Some bit of each octet that is an upper-case letter; also of some that are no letters, but not of
/// lower-case letters, digits, and hyphens.
#[inline]
pub(crate) const fn maybe_uppercase(word: u64) -> u64 {
    // Of the letters' bits 6 and 5, only lower-case ones have the second.
    word & !(word << 1) & ONES << 6
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Strings of up to 40 octets, with each octet in turn at each place.
    fn strings(mut check: impl FnMut(&[u8])) {
        for len in 0..40 {
            let mut string = b"The quick brown fox jumps over a lazy dog"[..len].to_vec();
            check(&string);
            for place in 0..len {
                let kept = string[place];
                for octet in 0..=255 {
                    string[place] = octet;
                    check(&string);
                }
                string[place] = kept;
            }
        }
    }

    fn any(octets: &[u8], test: fn(u64) -> u64) -> bool {
        fold(octets, b'x', 0, |found, word| found | test(word)) != 0
    }

    #[test]
    fn an_octet_is_found_wherever_it_is() {
        strings(|string| {
            let has = |test: fn(&u8) -> bool| string.iter().any(test);
            assert_eq!(any(string, |word| less(word, b' ')), has(|&octet| octet < b' '));
            assert_eq!(any(string, |word| less(word, b'/')), has(|&octet| octet < b'/'));
            assert_eq!(any(string, |word| equal(word, 0x7f)), has(|&octet| octet == 0x7f));
            assert_eq!(any(string, |word| equal(word, 0xff)), has(|&octet| octet == 0xff));
            assert!(any(string, maybe_uppercase) || !has(u8::is_ascii_uppercase), "{string:?}");
            let usual = |octet: &u8| matches!(octet, b'a'..=b'z' | b'0'..=b'9' | b'-' | b':');
            assert!(!any(string, maybe_uppercase) || !string.iter().all(usual), "{string:?}");
        });
    }

    #[test]
    fn strings_that_differ_anywhere_are_not_the_same() {
        strings(|string| {
            let mut other = string.to_vec();
            assert!(same(string, &other));
            for place in 0..string.len() {
                other[place] ^= 1;
                assert!(!same(string, &other));
                other[place] ^= 1;
            }
            assert!(!same(string, &[string, b"x"].concat()));
        });
    }

    #[test]
    fn few_octets_are_the_front_of_a_word() {
        let mut word = [0; 8];
        for len in 0..8 {
            assert_eq!(big_endian(&word[..len]), u64::from_be_bytes(word));
            word[len] = 0xf0 | len as u8;
        }
    }

    #[test]
    fn words_in_a_row_are_spread() {
        // Numbers from 0 to 255 into 256 places: at random, 92 of these would stay empty.
        let mut places = [0; 256];
        for word in 0..256 {
            places[(scramble(word) & 255) as usize] += 1;
        }
        assert!(places.iter().filter(|count| **count == 0).count() < 110);
        assert!(places.iter().all(|count| *count < 8));
    }

    #[test]
    fn short_strings_differ() {
        for pair in [["a", "b"], ["ab", "ba"], ["abc", "acb"], ["abcd", "abdc"], ["abcde", "abdce"]]
        {
            let [left, right] = pair.map(|string| short(string.as_bytes(), 0));
            assert_ne!(left, right, "{pair:?}");
        }
    }
}
