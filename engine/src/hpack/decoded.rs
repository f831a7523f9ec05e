//! The field that was decoded last, and where it lies: in a table, or in the decoder's text.

use super::dynamic_table::{DynamicTable, weight};
use super::shared::Pair;
use super::{Decoder, Treatment, static_table};
use crate::error::{Error, Result};
use crate::mem::RcBuf;

/// What an index refers to.
#[derive(Clone, Copy)]
pub(super) enum Name {
    /// Nothing: zero, which says that a string follows.
    Literal,
    Static(u32),
    Dynamic(u32),
}

impl Name {
    /// The name that it refers to; empty if it is nothing.
    pub fn text(self, table: &DynamicTable<Beside>) -> &[u8] {
        match self {
            Name::Literal => &[],
            Name::Static(index) => static_table::get(index as usize).0,
            Name::Dynamic(number) => table.field(number).0,
        }
    }
}

/// What the field is that was decoded last.
#[derive(Clone, Copy)]
pub(super) enum Current {
    None,
    Static(u32),
    Dynamic(u32),
    /// The literal, in `text`; and its number if it entered the table.
    Literal(Option<u32>),
}

/// What is kept beside an entry of the table.
#[derive(Clone, Copy, Default)]
pub(super) struct Beside {
    /// The index in the static table that its name came from; zero if there is none.
    pub static_name: u8,
    /// What the caller has noted.
    pub note: u16,
}

/// A decoded field. A NUL stands behind name and value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The name.
    pub name: &'a [u8],
    /// The value.
    pub value: &'a [u8],
    /// Whether it was a never-indexed literal, and must stay one on further hops.
    pub sensitive: bool,
}

impl Decoded<'_> {
    /// What the field counts for in a header list, and would take in a table (section 4.1).
    #[inline]
    pub fn size(&self) -> usize {
        weight(self.name, self.value)
    }
}

impl Decoder {
    /// The field that [`Decoder::decode`] announced; empty if it did not. Valid until the next call
    /// that changes the context.
    #[inline]
    pub fn field(&self) -> Decoded<'_> {
        let (name, value) = self.span.of(match self.current {
            Current::None => return Decoded { name: &[], value: &[], sensitive: false },
            Current::Static(_) => static_table::text(),
            Current::Dynamic(_) => self.table.text(),
            Current::Literal(_) => &self.text,
        });
        let sensitive = matches!(self.current, Current::Literal(_))
            && self.literal.treatment == Treatment::NeverIndexed;
        Decoded { name, value, sensitive }
    }

    /// What the same field counts for in a header list, and would take in a table (section 4.1).
    #[inline]
    pub fn field_size(&self) -> usize {
        self.span.weight()
    }

    /// The index of the static table's entry that the same field is, if it is one.
    #[inline]
    pub fn static_index(&self) -> Option<usize> {
        match self.current {
            Current::Static(index) => Some(index as usize),
            _ => None,
        }
    }

    /// What [`Decoder::set_note`] was told about the entry of the dynamic table that the same field is.
    /// Zero if it has no entry, or nothing was noted.
    #[inline]
    pub fn note(&self) -> u16 {
        match self.current {
            Current::Dynamic(number) => self.table.extra(number).map_or(0, |entry| entry.note),
            _ => 0,
        }
    }

    /// Notes something about the same field, for the next time that it comes as a reference to its
    /// entry of the dynamic table. Nothing is noted if it has none.
    pub fn set_note(&mut self, note: u16) {
        if let Current::Dynamic(number) | Current::Literal(Some(number)) = self.current
            && let Some(entry) = self.table.extra_mut(number)
        {
            entry.note = note;
        }
    }

    /// Name and value of the same field as counted strings. An entry of a table gives out the same
    /// strings each time. Fails with [`Error::InvalidState`] if no field was announced.
    pub fn shared_field(&mut self) -> Result<(RcBuf, RcBuf)> {
        match self.current {
            Current::Static(index) => Ok(static_table::shared(index as usize)),
            Current::Dynamic(number) | Current::Literal(Some(number)) => self.shared_entry(number),
            Current::None => Err(Error::InvalidState),
            Current::Literal(None) => {
                let (name, value) = self.span.of(&self.text);
                let value = RcBuf::copy(value, &self.mem)?;
                let name = self
                    .known_name(self.literal.name)
                    .map_or_else(|| RcBuf::copy(name, &self.mem), Ok)?;
                Ok((name, value))
            }
        }
    }

    fn shared_entry(&mut self, number: u32) -> Result<(RcBuf, RcBuf)> {
        let (name, value) = self.table.field(number);
        let known = self.shared.get(number).and_then(|pair| pair.value.clone());
        let value = known.map_or_else(|| RcBuf::copy(value, &self.mem), Ok)?;
        let known = self.known_name(Name::Dynamic(number));
        let name = known.map_or_else(|| RcBuf::copy(name, &self.mem), Ok)?;
        let pair = Pair { name: Some(name.clone()), value: Some(value.clone()) };
        self.shared.keep(&self.table, number, pair)?;
        Ok((name, value))
    }

    /// How many octets of heap the context holds, with the counted strings that it knows, whoever else
    /// does.
    pub fn memory(&self) -> usize {
        let texts = self.table.memory().saturating_add(self.text.memory());
        texts.saturating_add(self.shared.memory())
    }

    /// What an index refers to as a counted string, if it is one already.
    #[inline]
    fn known_name(&self, name: Name) -> Option<RcBuf> {
        match self.static_name(name) {
            0 => self.given_name(name),
            index => Some(static_table::shared(usize::from(index)).0),
        }
    }

    /// The same if it was given out of the dynamic table.
    #[inline]
    pub(super) fn given_name(&self, name: Name) -> Option<RcBuf> {
        match name {
            Name::Dynamic(number) => self.shared.get(number)?.name.clone(),
            Name::Static(_) | Name::Literal => None,
        }
    }

    /// The index in the static table that a name came from; zero if there is none.
    #[inline]
    pub(super) fn static_name(&self, name: Name) -> u8 {
        match name {
            Name::Literal => 0,
            Name::Static(index) => index as u8,
            Name::Dynamic(number) => {
                self.table.extra(number).map_or(0, |beside| beside.static_name)
            }
        }
    }
}
