//! Which octets the parts of a message may consist of (RFC 9110 section 5, RFC 3986 section 3).
//!
//! The functions look at octets only; no grammar is checked.

use crate::words;

/// Sets of octets, as bits.
mod class {
    /// A token (RFC 9110 section 5.6.2).
    pub const TOKEN: u8 = 1 << 0;
    /// A token without upper-case letters, as field names are in HTTP/2.
    pub const NAME: u8 = 1 << 1;
    /// A field value: visible, blank, or beyond ASCII.
    pub const VALUE: u8 = 1 << 2;
    /// An authority, user information included.
    pub const AUTHORITY: u8 = 1 << 3;
    /// An authority without user information, as :authority and Host must be.
    pub const HOST: u8 = 1 << 4;
    /// A scheme behind its first letter.
    pub const SCHEME: u8 = 1 << 5;
}

static CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut octet = 0;
    while octet < 256 {
        #[allow(clippy::indexing_slicing, reason = "evaluated at compile time")]
        {
            classes[octet] = classify(octet as u8);
        }
        octet += 1;
    }
    classes
};

const fn classify(octet: u8) -> u8 {
    let mut classes = 0;
    if matches!(octet, b'!' | b'#'..=b'\'' | b'*' | b'+' | b'-' | b'.' | b'^'..=b'`' | b'|' | b'~')
        || octet.is_ascii_alphanumeric()
    {
        classes |= class::TOKEN;
        if !octet.is_ascii_uppercase() {
            classes |= class::NAME;
        }
    }
    if matches!(octet, b'\t' | b' '..=b'~' | 0x80..) {
        classes |= class::VALUE;
    }
    if matches!(octet, b'!' | b'$'..=b'.' | b'0'..=b';' | b'=' | b'@'..=b'[' | b']' | b'_' | b'a'..=b'z' | b'~')
    {
        classes |= class::AUTHORITY;
        if octet != b'@' {
            classes |= class::HOST;
        }
    }
    if octet.is_ascii_alphanumeric() || matches!(octet, b'+' | b'-' | b'.') {
        classes |= class::SCHEME;
    }
    classes
}

#[inline]
fn classes(octet: u8) -> u8 {
    CLASSES.get(usize::from(octet)).copied().unwrap_or(0)
}

#[inline]
fn has(octet: u8, class: u8) -> bool {
    classes(octet) & class != 0
}

#[inline(never)]
fn all(octets: &[u8], class: u8) -> bool {
    // Without leaving early: strings are short, and nearly all are right.
    octets.iter().fold(class, |common, &octet| common & classes(octet)) != 0
}

/// Whether no octet is less than `lowest`, and none is DEL.
#[inline(never)]
fn none_below(lowest: u8, octets: &[u8]) -> bool {
    let faults = |word| words::less(word, lowest) | words::equal(word, 0x7f);
    words::fold(octets, lowest, 0, |found, word| found | faults(word)) == 0
}

/// Whether `name` is a field name in lower case, a pseudo-header's colon being allowed in front.
pub fn is_field_name(name: &[u8]) -> bool {
    let name = name.strip_prefix(b":").unwrap_or(name);
    !name.is_empty() && all(name, class::NAME)
}

/// What a regular field name is found to be, by its first octet that does not belong there.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum NameFault {
    /// An upper-case letter.
    Uppercase,
    /// Anything else.
    Octet,
}

/// The first fault of a regular field name.
pub(super) fn name_fault(name: &[u8]) -> Option<NameFault> {
    if all(name, class::NAME) {
        return None;
    }
    let octet = *name.iter().find(|&&octet| !has(octet, class::NAME))?;
    Some(if octet.is_ascii_uppercase() { NameFault::Uppercase } else { NameFault::Octet })
}

/// Whether `value` is a field value; empty ones are, and so are those with blanks at their ends.
pub fn is_field_value(value: &[u8]) -> bool {
    none_below(b' ', value) || all(value, class::VALUE)
}

/// Whether `value` is a field value without blanks at its ends (RFC 9113 section 8.2.1).
pub fn is_trimmed_field_value(value: &[u8]) -> bool {
    let blank = |octet: Option<&u8>| matches!(octet, Some(b' ' | b'\t'));
    !blank(value.first()) && !blank(value.last()) && is_field_value(value)
}

/// Whether `method` is a method, which is never empty.
pub fn is_method(method: &[u8]) -> bool {
    !method.is_empty() && all(method, class::TOKEN)
}

/// Whether a token may have `octet` in it (RFC 9110 section 5.6.2).
pub(super) fn is_token(octet: u8) -> bool {
    has(octet, class::TOKEN)
}

/// Whether `path` may be a path with its query, with neither blanks nor controls; empty ones may.
pub fn is_path(path: &[u8]) -> bool {
    none_below(b'!', path)
}

/// Whether `authority` may be an authority, with or without user information; empty ones may.
pub fn is_authority(authority: &[u8]) -> bool {
    all(authority, class::AUTHORITY)
}

/// Whether `host` may be an authority without user information (RFC 9113 section 8.3.1).
pub(super) fn is_host(host: &[u8]) -> bool {
    all(host, class::HOST)
}

/// Whether `scheme` is a scheme.
pub(super) fn is_scheme(scheme: &[u8]) -> bool {
    scheme.first().is_some_and(u8::is_ascii_alphabetic) && all(scheme, class::SCHEME)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(class: u8) -> Vec<u8> {
        (0..=255).filter(|&octet| has(octet, class)).collect()
    }

    #[test]
    fn the_sets_are_those_of_the_specifications() {
        let alphanumeric = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        let sorted = |punctuation: &[u8]| {
            let mut set = [punctuation, alphanumeric].concat();
            set.sort();
            set
        };
        assert_eq!(set(class::TOKEN), sorted(b"!#$%&'*+-.^_`|~"));
        assert_eq!(set(class::AUTHORITY), sorted(b"!$%&'()*+,-.:;=@[]_~"));
        assert_eq!(set(class::HOST), sorted(b"!$%&'()*+,-.:;=[]_~"));
        assert_eq!(set(class::SCHEME), sorted(b"+-."));
        assert_eq!(set(class::NAME).len(), set(class::TOKEN).len() - 26);
        assert_eq!(set(class::VALUE).len(), 1 + 95 + 128);
    }

    #[test]
    fn every_octet_of_paths_and_values_counts() {
        for octet in 0..=255_u8 {
            let visible = octet > b' ' && octet != 0x7f;
            for len in [1, 5, 8, 13, 24] {
                for place in 0..len {
                    let mut string = vec![b'a'; len];
                    string[place] = octet;
                    assert_eq!(is_path(&string), visible, "{string:?}");
                    let valid = visible || octet == b' ' || octet == b'\t';
                    assert_eq!(is_field_value(&string), valid, "{string:?}");
                }
            }
        }
        assert!(is_path(b"") && is_field_value(b""));
    }

    #[test]
    fn a_lone_colon_is_no_name() {
        assert!(is_field_name(b":a") && is_field_name(b"a"));
        assert!(
            !is_field_name(b":")
                && !is_field_name(b"")
                && !is_field_name(b"a:")
                && !is_field_name(b"::a")
        );
    }

    #[test]
    fn the_first_fault_of_a_name_decides() {
        assert!(name_fault(b"a\x01B") == Some(NameFault::Octet));
        assert!(name_fault(b"aB\x01") == Some(NameFault::Uppercase));
        assert!(name_fault(b"a-b").is_none());
    }

    #[test]
    fn blanks_at_the_ends_of_a_value() {
        for value in [&b" a"[..], b"a ", b"\ta", b" "] {
            assert!(is_field_value(value) && !is_trimmed_field_value(value));
        }
        assert!(is_trimmed_field_value(b"") && is_trimmed_field_value(b"a b\xff"));
        assert!(!is_field_value(b"a\x7f") && !is_field_value(b"\n"));
    }
}
