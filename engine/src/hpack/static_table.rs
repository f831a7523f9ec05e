//! The static table (RFC 7541 appendix A).
//!
//! Its strings are one text, so that the table holds no pointers, and each can be given out as a
//! counted string that never dies.

use super::span::Span;
use crate::mem::{RcBuf, StaticStrings};
use crate::words;

/// The table, as the appendix lists it.
const FIELDS: [(&str, &str); 61] = [
    (":authority", ""),
    (":method", "GET"),
    (":method", "POST"),
    (":path", "/"),
    (":path", "/index.html"),
    (":scheme", "http"),
    (":scheme", "https"),
    (":status", "200"),
    (":status", "204"),
    (":status", "206"),
    (":status", "304"),
    (":status", "400"),
    (":status", "404"),
    (":status", "500"),
    ("accept-charset", ""),
    ("accept-encoding", "gzip, deflate"),
    ("accept-language", ""),
    ("accept-ranges", ""),
    ("accept", ""),
    ("access-control-allow-origin", ""),
    ("age", ""),
    ("allow", ""),
    ("authorization", ""),
    ("cache-control", ""),
    ("content-disposition", ""),
    ("content-encoding", ""),
    ("content-language", ""),
    ("content-length", ""),
    ("content-location", ""),
    ("content-range", ""),
    ("content-type", ""),
    ("cookie", ""),
    ("date", ""),
    ("etag", ""),
    ("expect", ""),
    ("expires", ""),
    ("from", ""),
    ("host", ""),
    ("if-match", ""),
    ("if-modified-since", ""),
    ("if-none-match", ""),
    ("if-range", ""),
    ("if-unmodified-since", ""),
    ("last-modified", ""),
    ("link", ""),
    ("location", ""),
    ("max-forwards", ""),
    ("proxy-authenticate", ""),
    ("proxy-authorization", ""),
    ("range", ""),
    ("referer", ""),
    ("refresh", ""),
    ("retry-after", ""),
    ("server", ""),
    ("set-cookie", ""),
    ("strict-transport-security", ""),
    ("transfer-encoding", ""),
    ("user-agent", ""),
    ("vary", ""),
    ("via", ""),
    ("www-authenticate", ""),
];

/// How many entries there are; indexes run from 1 to this.
pub(super) const LEN: usize = FIELDS.len();

#[allow(clippy::indexing_slicing, reason = "evaluated at compile time")]
const TEXT_LEN: usize = {
    let (mut len, mut index) = (0, 0);
    while index < LEN {
        let (name, value) = FIELDS[index];
        len += name.len() + value.len() + 2;
        index += 1;
    }
    len
};

/// Names and values in turn.
static STRINGS: StaticStrings<{ 2 * LEN }, TEXT_LEN> = StaticStrings::new(joined());

#[allow(clippy::indexing_slicing, reason = "evaluated at compile time")]
const fn joined() -> [u8; TEXT_LEN] {
    let mut text = [0; TEXT_LEN];
    let (mut end, mut index) = (0, 0);
    while index < 2 * LEN {
        let (name, value) = FIELDS[index / 2];
        let string = if index % 2 == 0 { name } else { value }.as_bytes();
        let mut octet = 0;
        while octet < string.len() {
            text[end] = string[octet];
            (end, octet) = (end + 1, octet + 1);
        }
        (end, index) = (end + 1, index + 1);
    }
    text
}

/// Name and value of entry `index`, which is at least 1 and at most [`LEN`].
#[allow(clippy::indexing_slicing, reason = "evaluated at compile time")]
pub(super) const fn entry(index: usize) -> (&'static [u8], &'static [u8]) {
    let (name, value) = FIELDS[index - 1];
    (name.as_bytes(), value.as_bytes())
}

/// Where the entries' strings stand in [`text`].
static SPANS: [Span; LEN] = spans();

#[allow(clippy::indexing_slicing, reason = "evaluated at compile time")]
const fn spans() -> [Span; LEN] {
    let mut spans = [Span { start: 0, name_len: 0, value_len: 0 }; LEN];
    let (mut start, mut index) = (0, 0);
    while index < LEN {
        let (name, value) = FIELDS[index];
        let (name_len, value_len) = (name.len() as u32, value.len() as u32);
        spans[index] = Span { start, name_len, value_len };
        (start, index) = (start + name_len + value_len + 2, index + 1);
    }
    spans
}

/// Where entry `index` stands in [`text`]; nowhere if there is none.
#[inline]
pub(super) fn span(index: usize) -> Span {
    SPANS.get(index.wrapping_sub(1)).copied().unwrap_or_default()
}

/// The text that the entries' strings are in.
#[inline]
pub(super) fn text() -> &'static [u8] {
    STRINGS.text()
}

/// Name and value of entry `index`, which is at least 1 and at most [`LEN`].
#[inline]
pub(super) fn get(index: usize) -> (&'static [u8], &'static [u8]) {
    span(index).of(text())
}

/// The same as counted strings.
pub(super) fn shared(index: usize) -> (RcBuf, RcBuf) {
    let place = index.wrapping_sub(1).wrapping_mul(2);
    (STRINGS.get(place), STRINGS.get(place.wrapping_add(1)))
}

/// Where the entries with one name stand; they stand together.
#[derive(Clone, Copy)]
pub(super) struct Name {
    /// The lowest index.
    pub index: u8,
    /// How many entries have a value. If there are any, all have one; otherwise there is a single entry.
    values: u8,
}

impl Name {
    const NONE: Name = Name { index: 0, values: 0 };

    #[inline]
    fn text(self) -> &'static [u8] {
        get(usize::from(self.index)).0
    }

    /// The first of these entries with this value.
    #[inline]
    pub fn find_value(self, value: &[u8]) -> Option<usize> {
        let first = usize::from(self.index);
        if self.values == 0 {
            return value.is_empty().then_some(first);
        }
        let mut indexes = first..first.wrapping_add(usize::from(self.values));
        indexes.find(|&index| words::same(get(index).1, value))
    }
}

/// The entries that are called `name`.
#[inline]
pub(super) fn find(name: &[u8]) -> Option<Name> {
    let found = *NAMES.get(usize::from(slot(name, MULTIPLIER)))?;
    (found.index > 0 && words::same(found.text(), name)).then_some(found)
}

/// A hash that is perfect for the names of the table. It looks at the length and three octets.
#[inline]
const fn slot(name: &[u8], multiplier: u32) -> u8 {
    let ([first, ..], [.., last]) = (name, name) else { return 0 };
    let Some((_, [middle, ..])) = name.split_at_checked(name.len() / 2) else { return 0 };
    let key = u32::from_le_bytes([name.len() as u8, *first, *middle, *last]);
    (key.wrapping_mul(multiplier) >> 24) as u8
}

/// The first odd number with which no two names share a [`slot`].
const MULTIPLIER: u32 = {
    let mut multiplier = 0x9e37_79b1;
    while names(multiplier).is_none() {
        multiplier += 2;
    }
    multiplier
};

static NAMES: [Name; 256] = match names(MULTIPLIER) {
    Some(names) => names,
    None => panic!("the multiplier was tried"),
};

#[allow(clippy::indexing_slicing, reason = "evaluated at compile time")]
const fn names(multiplier: u32) -> Option<[Name; 256]> {
    let mut names = [Name::NONE; 256];
    let mut previous = usize::MAX;
    let mut index = 0;
    while index < LEN {
        let (name, value) = FIELDS[index];
        let slot = slot(name.as_bytes(), multiplier) as usize;
        if slot == previous {
            // Neighbours in the table: entries of the same name, or a collision with it.
            if name.len() != FIELDS[index - 1].0.len() {
                return None;
            }
            names[slot].values += 1;
        } else if names[slot].index == 0 {
            names[slot] = Name { index: index as u8 + 1, values: !value.is_empty() as u8 };
        } else {
            return None;
        }
        (previous, index) = (slot, index + 1);
    }
    Some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_with_all_its_entries() {
        for (place, (name, value)) in FIELDS.iter().enumerate() {
            let found = find(name.as_bytes()).unwrap();
            assert_eq!(found.text(), name.as_bytes());
            assert_eq!(found.find_value(value.as_bytes()), Some(place + 1));
            assert_eq!(found.find_value(b"other"), None);
            assert_eq!(found.find_value(b"").is_some(), value.is_empty());
            assert_eq!(get(place + 1), (name.as_bytes(), value.as_bytes()));
            let (shared_name, shared_value) = shared(place + 1);
            assert_eq!((&*shared_name, &*shared_value), (name.as_bytes(), value.as_bytes()));
        }
    }

    #[test]
    fn other_names_are_not_found() {
        for name in ["", "x", "te", ":protocol", "Accept", "content-lengths", "trailer", "agee"] {
            assert!(find(name.as_bytes()).is_none(), "{name}");
        }
    }
}
