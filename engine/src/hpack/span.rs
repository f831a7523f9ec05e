//! Where a field lies in a text.

use super::ENTRY_OVERHEAD;

/// The place of a field's two strings: the name, a NUL, the value, and a NUL.
#[derive(Clone, Copy, Default)]
pub(super) struct Span {
    pub start: u32,
    pub name_len: u32,
    pub value_len: u32,
}

impl Span {
    /// Name and value; both empty if the text does not reach so far.
    #[inline]
    pub fn of<'t>(&self, text: &'t [u8]) -> (&'t [u8], &'t [u8]) {
        let start = self.start as usize;
        let name_end = start.wrapping_add(self.name_len as usize);
        let value_start = name_end.wrapping_add(1);
        let value_end = value_start.wrapping_add(self.value_len as usize);
        match (text.get(start..name_end), text.get(value_start..value_end)) {
            (Some(name), Some(value)) => (name, value),
            _ => (&[], &[]),
        }
    }

    /// How many octets it takes in the text.
    pub fn octets(&self) -> usize {
        (self.name_len as usize).wrapping_add(self.value_len as usize).wrapping_add(2)
    }

    /// What the field weighs in a table (RFC 7541 section 4.1).
    #[inline]
    pub fn weight(&self) -> usize {
        let strings = u64::from(self.name_len).wrapping_add(u64::from(self.value_len));
        (strings as usize).saturating_add(ENTRY_OVERHEAD)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_stand_between_nuls() {
        let text = b"..name\0value\0";
        let span = Span { start: 2, name_len: 4, value_len: 5 };
        assert_eq!(span.of(text), (&b"name"[..], &b"value"[..]));
        assert_eq!((span.octets(), span.weight()), (11, 41));
        assert_eq!(span.of(&text[..11]), Default::default());
        let empty = Span { start: 13, ..Span::default() };
        assert_eq!(empty.of(text), Default::default());
    }
}
