//! Fields into header blocks (RFC 7541 section 6).
//!
//! The output is octet for octet that of libnghttp2, whose choices are: some names are never
//! indexed, some are not worth it; a field is looked for as a whole before its name, and a name in the
//! static table before the dynamic one; a string is Huffman coded if that is strictly shorter,
//! unless [`Huffman`] says otherwise.
//!
//! No field is in both tables as a whole: what the static one has never enters the other. So the order
//! in which they are asked is free. The static one comes first: to look a name up there costs little, and
//! one that is found needs no hash, and says how the field is treated.

use super::dynamic_table::weight;
use super::index::{Found, Index, NameHash, Table};
use super::{DEFAULT_TABLE_SIZE, STATIC_ENTRIES, Treatment, huffman, integer, static_table};
use crate::error::{Error, Result};
use crate::mem::{Field, Mem, Vec};

/// When strings are Huffman coded (section 5.2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Huffman {
    /// If that makes them strictly shorter.
    #[default]
    Shorter,
    /// Always, though it may make them longer: nearly four times as long.
    Always,
    /// Never, which saves both ends the time.
    Never,
}

/// A compression context.
///
/// After an error the context is lost: every further call fails with [`Error::HeaderComp`].
pub struct Encoder {
    table: Table,
    index: Index,
    /// The table's limit is never above this.
    cap: usize,
    /// Set when the next block must begin with table size updates: the smallest limit there was
    /// since the last block.
    announce: Option<usize>,
    /// The number of the entry that the next field is compared with before anything else: the one that
    /// came after the one that was found last. Lists of fields are often in the order of earlier ones.
    guess: u32,
    huffman: Huffman,
    broken: bool,
}

/// How fields are treated whose names are in the static table, by the index of the name; at zero, all
/// others.
static BY_NAME: [Treatment; STATIC_ENTRIES + 1] = {
    let mut treatments = [Treatment::Indexed; STATIC_ENTRIES + 1];
    let mut index = 1;
    while index <= STATIC_ENTRIES {
        #[allow(clippy::indexing_slicing, reason = "evaluated at compile time")]
        {
            treatments[index] = by_name(static_table::entry(index).0);
        }
        index += 1;
    }
    treatments
};

const fn by_name(name: &[u8]) -> Treatment {
    match name {
        b"authorization" => Treatment::NeverIndexed,
        // Rarely the same twice.
        b":path" | b"age" | b"content-length" | b"etag" | b"if-modified-since"
        | b"if-none-match" | b"location" | b"set-cookie" => Treatment::NotIndexed,
        _ => Treatment::Indexed,
    }
}

/// The index of `cookie` in the static table.
const COOKIE: usize = 32;
const _: () = assert!(matches!(static_table::entry(COOKIE).0, b"cookie"));

/// Values of cookies shorter than this are never indexed: they could be guessed octet by octet.
const SAFE_COOKIE: usize = 20;

/// How a field is treated whose name stands in the static table as `known`, by that and by what the
/// caller says.
#[inline]
fn treatment(known: Option<static_table::Name>, field: &Field<'_>) -> Treatment {
    if field.is_sensitive() {
        return Treatment::NeverIndexed;
    }
    let index = known.map_or(0, |known| usize::from(known.index));
    if index == COOKIE && field.value().len() < SAFE_COOKIE {
        return Treatment::NeverIndexed;
    }
    BY_NAME.get(index).copied().unwrap_or(Treatment::Indexed)
}

impl Encoder {
    /// A context whose table may grow to `cap` octets, but to 4,096 only until the peer allows more.
    /// `seed` should be unpredictable if strangers choose what is encoded.
    pub fn new(cap: usize, seed: u64, mem: Mem) -> Encoder {
        let limit = cap.min(DEFAULT_TABLE_SIZE);
        Encoder {
            table: Table::new(limit, mem.clone()),
            index: Index::new(seed, mem),
            cap,
            // The peer assumes the default, and must be told about less.
            announce: (cap < DEFAULT_TABLE_SIZE).then_some(cap),
            guess: 0,
            huffman: Huffman::default(),
            broken: false,
        }
    }

    /// Sets when strings are coded from now on.
    pub fn set_huffman(&mut self, huffman: Huffman) {
        self.huffman = huffman;
    }

    /// How many octets of heap the context holds.
    pub fn memory(&self) -> usize {
        self.table.memory().saturating_add(self.index.memory())
    }

    /// The peer allows a table of `size` octets. Announced in the next block even if nothing changed.
    pub fn set_allowed_table_size(&mut self, size: usize) {
        let limit = size.min(self.cap);
        self.table.set_limit(limit);
        self.announce = Some(self.announce.map_or(limit, |smallest| smallest.min(limit)));
    }

    /// At most so many octets are appended for `fields`, whose strings have less than 2^26 octets each.
    pub fn bound(&self, fields: &[Field<'_>]) -> usize {
        let longest = if self.huffman == Huffman::Always { LONGEST_CODE } else { 1 };
        Encoder::bound_for(fields.len(), strings_of(fields).saturating_mul(longest))
    }

    /// The same for a context that codes no string which becomes longer.
    pub fn bound_of(fields: &[Field<'_>]) -> usize {
        Encoder::bound_for(fields.len(), strings_of(fields))
    }

    /// The same, given how many fields there are, and how many octets their names and values have
    /// together.
    pub fn bound_for(fields: usize, strings: usize) -> usize {
        // Two integers of up to six octets: the limits of two size updates; or of a field, the index of
        // its name and a length. Without an index, an octet and two lengths of up to five octets.
        const INTEGERS: usize = 12;
        fields.saturating_add(1).saturating_mul(INTEGERS).saturating_add(strings)
    }

    /// Appends a whole header block to `out`, the fields in their order.
    /// [`Error::InsufficientBuffer`] if that makes it longer than `room`.
    pub fn encode(&mut self, fields: &[Field<'_>], out: &mut Vec<u8>, room: usize) -> Result<()> {
        if self.broken {
            return Err(Error::HeaderComp);
        }
        let result = self.block(fields, out, room);
        self.broken = result.is_err();
        result
    }

    fn block(&mut self, fields: &[Field<'_>], out: &mut Vec<u8>, room: usize) -> Result<()> {
        if let Some(smallest) = self.announce.take() {
            let limit = self.table.limit();
            if smallest < limit {
                integer::encode(out, 0x20, 5, smallest)?;
            }
            integer::encode(out, 0x20, 5, limit)?;
        }
        check_room(out, room)?;
        for field in fields {
            self.field(field, out)?;
            check_room(out, room)?;
        }
        Ok(())
    }

    #[inline]
    fn field(&mut self, field: &Field<'_>, out: &mut Vec<u8>) -> Result<()> {
        let (name, value) = (field.name(), field.value());
        // Most pseudo-headers are in the static table. What must not be indexed is in no table, unless it
        // was not sensitive before.
        if name.first() != Some(&b':')
            && !field.is_sensitive()
            && self.table.is_entry(self.guess, (name, value))
        {
            return self.indexed(self.guess, out);
        }
        let known = static_table::find(name);
        let treatment = treatment(known, field);
        if treatment != Treatment::NeverIndexed
            && let Some(index) = known.and_then(|known| known.find_value(value))
        {
            return integer::encode(out, 0x80, 7, index);
        }
        self.other_field(known, treatment, (name, value), out)
    }

    /// A field that the static table has not, or must not be taken from there.
    #[inline]
    fn other_field(
        &mut self,
        known: Option<static_table::Name>,
        treatment: Treatment,
        (name, value): (&[u8], &[u8]),
        out: &mut Vec<u8>,
    ) -> Result<()> {
        let hash = self.index.hash_name(known, name);
        let is_indexed = treatment == Treatment::Indexed;
        let found = match known {
            // The name has an index already, and the whole is not in the table.
            Some(_) if !is_indexed => Found::Nothing,
            _ => self.index.find(&self.table, hash, (name, value), is_indexed),
        };
        let name_index = match (found, known) {
            (Found::Field(number), _) => return self.indexed(number, out),
            (_, Some(known)) => usize::from(known.index),
            (Found::Name(number), None) => self.position(number),
            (Found::Nothing, None) => 0,
        };
        self.literal_field(treatment, (name_index, hash), (name, value), out)
    }

    /// A field that is entry `number`.
    #[inline]
    fn indexed(&mut self, number: u32, out: &mut Vec<u8>) -> Result<()> {
        self.guess = number.wrapping_add(1);
        integer::encode(out, 0x80, 7, self.position(number))
    }

    /// A field that is in no table, or must not be taken from there.
    #[inline]
    fn literal_field(
        &mut self,
        treatment: Treatment,
        (name_index, hash): (usize, NameHash),
        (name, value): (&[u8], &[u8]),
        out: &mut Vec<u8>,
    ) -> Result<()> {
        let treatment = match treatment {
            Treatment::Indexed if !self.is_worth_an_entry(name, value) => Treatment::NotIndexed,
            other => other,
        };
        let huffman = self.huffman;
        literal(treatment, huffman, name_index, (name, value), out)?;
        match treatment {
            Treatment::Indexed => self.index.insert(&mut self.table, hash, (name, value)),
            _ => Ok(()),
        }
    }

    /// Whether a field is not so large that it would throw everything else out of the table.
    fn is_worth_an_entry(&self, name: &[u8], value: &[u8]) -> bool {
        weight(name, value) <= self.table.limit().saturating_mul(3) / 4
    }

    /// The index of entry `number` on the wire.
    #[inline]
    fn position(&self, number: u32) -> usize {
        let age = self.table.age(number).unwrap_or_default();
        (age as usize).wrapping_add(STATIC_ENTRIES + 1)
    }

    /// The octets that the dynamic table's entries account for, 32 more for each than its strings.
    pub fn table_size(&self) -> usize {
        self.table.size()
    }

    /// What the entries may account for at most.
    pub fn table_limit(&self) -> usize {
        self.table.limit()
    }

    /// How many entries both tables have together.
    pub fn entries(&self) -> usize {
        self.table.last_index()
    }

    /// Name and value of the entry with this HPACK index, from 1 on.
    pub fn entry(&self, index: usize) -> Option<(&[u8], &[u8])> {
        self.table.indexed(index)
    }
}

/// How many octets names and values have together.
fn strings_of(fields: &[Field<'_>]) -> usize {
    fields.iter().fold(0, |sum: usize, field| {
        sum.saturating_add(field.name().len()).saturating_add(field.value().len())
    })
}

fn check_room(out: &Vec<u8>, room: usize) -> Result<()> {
    if out.len() > room { Err(Error::InsufficientBuffer) } else { Ok(()) }
}

/// Appends a literal; the index of its name is 0 if it has none.
fn literal(
    treatment: Treatment,
    huffman: Huffman,
    name_index: usize,
    (name, value): (&[u8], &[u8]),
    out: &mut Vec<u8>,
) -> Result<()> {
    let (pattern, bits) = match treatment {
        Treatment::Indexed => (0x40, 6),
        Treatment::NotIndexed => (0x00, 4),
        Treatment::NeverIndexed => (0x10, 4),
    };
    integer::encode(out, pattern, bits, name_index)?;
    if name_index == 0 {
        string(name, huffman, out)?;
    }
    string(value, huffman, out)
}

/// The most octets that the code of one has.
const LONGEST_CODE: usize = 4;

/// Says that a string is coded.
const CODED: u8 = 0x80;

/// Appends a string (section 5.2).
#[inline]
fn string(string: &[u8], huffman: Huffman, out: &mut Vec<u8>) -> Result<()> {
    match huffman {
        Huffman::Shorter => shorter_string(string, out),
        Huffman::Always => {
            integer::encode(out, CODED, 7, huffman::encoded_len(string))?;
            huffman::encode_always(string, out)
        }
        Huffman::Never => plain_string(string, out),
    }
}

fn plain_string(string: &[u8], out: &mut Vec<u8>) -> Result<()> {
    integer::encode(out, 0x00, 7, string.len())?;
    out.extend_from_slice(string)
}

/// Appends a string that is coded if that is shorter.
fn shorter_string(string: &[u8], out: &mut Vec<u8>) -> Result<()> {
    let start = out.len();
    if string.len() < 0x7f {
        // Coded or not, the length fits the octet in front: the code is only of use if it is shorter.
        out.push(0)?;
        if huffman::encode(string, out)? {
            let length = out.len().wrapping_sub(start).wrapping_sub(1);
            if let Some(place) = out.get_mut(start) {
                *place = CODED | length as u8;
            }
            return Ok(());
        }
        out.truncate(start);
    } else {
        let length = huffman::encoded_len(string);
        if length < string.len() {
            integer::encode(out, CODED, 7, length)?;
            huffman::encode(string, out)?;
            return Ok(());
        }
    }
    plain_string(string, out)
}
