//! Literals: fields that are spelt out in the block, at least their values (RFC 7541 section 6.2).
//!
//! Nearly all are in the input as a whole, and are read here in one go. What is cut, or wrong, is left to
//! the decoder's states, which go on where the input stopped, and know what is wrong.

use super::Treatment;
use super::decoded::{Beside, Current, Name};
use super::decoder::{Decoder, MAX_STRING};
use super::huffman::Bits;
use super::integer::Integer;
use super::shared::Pair;
use super::span::Span;
use crate::error::Result;
use crate::mem::Vec;

/// The literal that is being read, or was read last.
#[derive(Clone, Copy)]
pub(super) struct Literal {
    pub treatment: Treatment,
    pub name: Name,
    /// How long the name is, once it is complete.
    pub name_len: usize,
    /// How many octets of the current string are still to come.
    pub missing: u32,
    /// The bits between octets and symbols, if the current string is Huffman coded.
    pub bits: Option<Bits>,
}

impl Literal {
    pub fn new(treatment: Treatment) -> Literal {
        Literal { treatment, name: Name::Literal, name_len: 0, missing: 0, bits: None }
    }

    /// Where name and value stand in a text that ends with them and their NULs.
    fn span(&self, text: &[u8]) -> Span {
        // Together they are no longer than what two strings of a block can become.
        let value_len = text.len().wrapping_sub(self.name_len).wrapping_sub(2) as u32;
        Span { start: 0, name_len: self.name_len as u32, value_len }
    }
}

impl Treatment {
    /// How a literal is treated that begins with such an octet, and how many bits of that begin the index
    /// of its name.
    #[inline]
    pub fn of(octet: u8) -> (Treatment, u32) {
        match octet {
            0x40.. => (Treatment::Indexed, 6),
            0x10.. => (Treatment::NeverIndexed, 4),
            _ => (Treatment::NotIndexed, 4),
        }
    }
}

/// A string as it stands in a block (section 5.2).
#[derive(Clone, Copy)]
struct Spelt<'i> {
    octets: &'i [u8],
    is_coded: bool,
}

impl<'i> Spelt<'i> {
    /// Takes a string off `input`, if all of it is there.
    #[inline]
    fn read(input: &mut &'i [u8]) -> Option<Spelt<'i>> {
        let is_coded = *input.first()? >= 0x80;
        let len = Integer::read(input, 7, MAX_STRING)?;
        let octets;
        (octets, *input) = input.split_at_checked(len as usize)?;
        Some(Spelt { octets, is_coded })
    }

    /// Appends what it says, and a NUL.
    #[inline]
    fn append(self, text: &mut Vec<u8>) -> Result<()> {
        match self.is_coded {
            true => Bits::default().decode_last(self.octets, text)?,
            false => text.extend_from_slice(self.octets)?,
        }
        text.push(0)
    }
}

/// A literal as it stands in a block.
struct Whole<'i> {
    treatment: Treatment,
    name: Name,
    /// The name, if it has no index.
    spelt: Option<Spelt<'i>>,
    value: Spelt<'i>,
}

impl Decoder {
    /// Takes a literal off `input`. False says that none is there as a whole, or that something is wrong;
    /// then nothing has happened.
    #[inline]
    pub(super) fn whole_literal(&mut self, input: &mut &[u8]) -> Result<bool> {
        let mut rest = *input;
        let Some(Whole { treatment, name, spelt, value }) = self.read(&mut rest) else {
            return Ok(false);
        };
        *input = rest;
        self.in_fields = true;
        self.literal.treatment = treatment;
        self.literal.name = name;
        self.text.clear();
        match spelt {
            Some(spelt) => spelt.append(&mut self.text)?,
            None => {
                self.text.extend_from_slice(name.text(&self.table))?;
                self.text.push(0)?;
            }
        }
        self.literal.name_len = self.text.len().wrapping_sub(1);
        value.append(&mut self.text)?;
        self.end_literal()?;
        Ok(true)
    }

    #[inline]
    fn read<'i>(&self, input: &mut &'i [u8]) -> Option<Whole<'i>> {
        let octet @ (..0x20 | 0x40..0x80) = *input.first()? else { return None };
        let (treatment, bits) = Treatment::of(octet);
        let name = self.lookup(Integer::read(input, bits, u32::MAX)?).ok()?;
        let spelt = match name {
            Name::Literal => Some(Spelt::read(input)?),
            _ => None,
        };
        Some(Whole { treatment, name, spelt, value: Spelt::read(input)? })
    }

    /// The literal is complete in `text`: it is the current field, and enters the table if it says so.
    pub(super) fn end_literal(&mut self) -> Result<()> {
        self.span = self.literal.span(&self.text);
        let number = match self.literal.treatment {
            Treatment::Indexed => self.enter_literal()?,
            _ => None,
        };
        self.current = Current::Literal(number);
        Ok(())
    }

    /// The literal enters the table. Its entry is called by the same name as the one that had it.
    #[inline]
    fn enter_literal(&mut self) -> Result<Option<u32>> {
        let source = self.literal.name;
        let beside = Beside { static_name: self.static_name(source), note: 0 };
        let name = self.given_name(source);
        let number = self.table.insert_text(&self.text, self.span, beside)?;
        self.shared.follow(&self.table)?;
        if let (Some(number), Some(_)) = (number, &name) {
            self.shared.keep(&self.table, number, Pair { name, value: None })?;
        }
        Ok(number)
    }
}
