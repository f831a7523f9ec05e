//! What can be said of a field by itself, whatever message it is in.
//!
//! Peers send the same fields again and again, by reference to a table. So what was found out by looking
//! at every octet of a name and a value fits a word, which the owner of the table can keep beside them.

use super::octets::{
    NameFault, is_field_value, is_host, is_method, is_path, is_scheme, name_fault,
};

/// What is known of a name, and of the value beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Traits(u16);

/// The names that rules are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    /// A regular field without rules of its own.
    Plain,
    /// A regular field whose name has an upper-case letter.
    Uppercase,
    /// A regular field whose name is none.
    Invalid,
    Authority,
    Method,
    Path,
    Scheme,
    Protocol,
    Status,
    /// A pseudo-header that nobody has defined.
    UnknownPseudo,
    Host,
    ContentLength,
    Te,
    Priority,
    /// A field that belongs to one connection of HTTP/1.1 (RFC 9113 section 8.2.2).
    ConnectionSpecific,
}

impl Name {
    const ALL: [Name; 15] = [
        Name::Plain,
        Name::Uppercase,
        Name::Invalid,
        Name::Authority,
        Name::Method,
        Name::Path,
        Name::Scheme,
        Name::Protocol,
        Name::Status,
        Name::UnknownPseudo,
        Name::Host,
        Name::ContentLength,
        Name::Te,
        Name::Priority,
        Name::ConnectionSpecific,
    ];

    /// The name that this is, if it is one that rules are about.
    const fn known(name: &[u8]) -> Option<Name> {
        Some(match name {
            b":authority" => Name::Authority,
            b":method" => Name::Method,
            b":path" => Name::Path,
            b":scheme" => Name::Scheme,
            b":protocol" => Name::Protocol,
            b":status" => Name::Status,
            [b':', ..] => Name::UnknownPseudo,
            b"host" => Name::Host,
            b"content-length" => Name::ContentLength,
            b"te" => Name::Te,
            b"priority" => Name::Priority,
            b"connection" | b"keep-alive" | b"proxy-connection" | b"transfer-encoding"
            | b"upgrade" => Name::ConnectionSpecific,
            b"" => Name::Invalid,
            _ => return None,
        })
    }

    fn of(name: &[u8]) -> Name {
        Name::known(name).unwrap_or_else(|| match name_fault(name) {
            None => Name::Plain,
            Some(NameFault::Uppercase) => Name::Uppercase,
            Some(NameFault::Octet) => Name::Invalid,
        })
    }

    /// Whether there are values that [`Traits::FITS`] is about.
    const fn takes_fitting_values(self) -> bool {
        matches!(self, Name::Authority | Name::Host | Name::Method | Name::Path | Name::Scheme)
    }

    pub fn is_pseudo(self) -> bool {
        matches!(
            self,
            Name::Authority
                | Name::Method
                | Name::Path
                | Name::Scheme
                | Name::Protocol
                | Name::Status
                | Name::UnknownPseudo
        )
    }
}

impl Traits {
    /// The low bits are the name's place in [`Name::ALL`].
    const NAME: u16 = 0x0f;
    /// The value is a field value.
    const VALUE: u16 = 1 << 4;
    /// It has a blank at an end.
    const BLANKS: u16 = 1 << 5;
    /// It is what this name is about: a method, a path, a scheme, a host.
    const FITS: u16 = 1 << 6;
    /// Set in every word, so that none is zero.
    const KNOWN: u16 = 1 << 15;

    /// Looks at every octet of a field.
    pub fn of(name: &[u8], value: &[u8]) -> Traits {
        let name = Name::of(name);
        let fits = match name {
            Name::Authority | Name::Host => is_host(value),
            Name::Method => is_method(value),
            Name::Path => is_path(value),
            Name::Scheme => is_scheme(value),
            _ => false,
        };
        let blank = |octet: Option<&u8>| matches!(octet, Some(b' ' | b'\t'));
        let when = |condition, bit| if condition { bit } else { 0 };
        Traits(
            Traits::KNOWN
                | name as u16
                | when(is_field_value(value), Traits::VALUE)
                | when(blank(value.first()) || blank(value.last()), Traits::BLANKS)
                | when(fits, Traits::FITS),
        )
    }

    /// The traits of a field that is known to be right, as those of the static table of HPACK are.
    pub const fn of_valid(name: &[u8]) -> Traits {
        let name = match Name::known(name) {
            Some(name) => name,
            None => Name::Plain,
        };
        let fits = if name.takes_fitting_values() { Traits::FITS } else { 0 };
        Traits(Traits::KNOWN | name as u16 | Traits::VALUE | fits)
    }

    /// The traits as a number that is not zero.
    pub fn bits(self) -> u16 {
        self.0
    }

    /// Traits from a number that they were; None for zero.
    pub fn from_bits(bits: u16) -> Option<Traits> {
        (bits != 0).then_some(Traits(bits))
    }

    pub(super) fn name(self) -> Name {
        Name::ALL.get(usize::from(self.0 & Traits::NAME)).copied().unwrap_or(Name::Invalid)
    }

    /// Whether no rule applies but those for all names and values, and those are kept. `trimmed` says
    /// that values must not have blanks at their ends.
    #[inline]
    pub fn is_plain(self, trimmed: bool) -> bool {
        self.0 & Traits::NAME == Name::Plain as u16 && self.is_value(trimmed)
    }

    /// Whether the value is a field value (RFC 9113 section 8.2.1).
    #[inline]
    pub(super) fn is_value(self, trimmed: bool) -> bool {
        let faults = if trimmed { Traits::BLANKS } else { 0 };
        self.0 & (Traits::VALUE | faults) == Traits::VALUE
    }

    /// Whether the value is what the name is about.
    pub(super) fn fits(self) -> bool {
        self.0 & Traits::FITS != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_survive_the_way_through_a_number() {
        for (place, name) in Name::ALL.into_iter().enumerate() {
            assert_eq!(name as usize, place);
        }
        for name in [":path", "te", "x", "X", "", "a b", ":x", "upgrade", "priority"] {
            let traits = Traits::of(name.as_bytes(), b"");
            assert_eq!(traits.name(), Name::of(name.as_bytes()));
            assert_eq!(Traits::from_bits(traits.bits()), Some(traits));
        }
        assert!(Traits::from_bits(0).is_none());
    }

    #[test]
    fn blanks_at_the_ends_of_a_value() {
        for value in [&b" a"[..], b"a ", b"\ta", b" "] {
            let traits = Traits::of(b"x", value);
            assert!(traits.is_plain(false) && !traits.is_plain(true), "{value:?}");
        }
        for value in [&b""[..], b"a b\xff", b"a\t b"] {
            assert!(Traits::of(b"x", value).is_plain(true), "{value:?}");
        }
        for value in [&b"a\x7f"[..], b"\n", b"\0"] {
            assert!(!Traits::of(b"x", value).is_plain(false), "{value:?}");
        }
    }
}
