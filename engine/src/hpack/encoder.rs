//! Fields into header blocks (RFC 7541 section 6).
//!
//! The output is octet for octet that of libnghttp2, whose choices are: some names are never
//! indexed, some are not worth it; a field is looked for as a whole before its name, and a name in the
//! static table before the dynamic one; a string is Huffman coded if that is strictly shorter.
//!
//! No field is in both tables as a whole: what the static one has never enters the other. So the order
//! in which they are asked is free, and the dynamic table comes first: after a few messages it has most
//! fields, and to ask the static one before costs more than the hashes that it saves.

use super::dynamic_table::weight;
use super::index::{Hash, Index, Table};
use super::{DEFAULT_TABLE_SIZE, STATIC_ENTRIES, Treatment, huffman, integer, static_table};
use crate::error::{Error, Result};
use crate::mem::{Field, Mem, Vec};

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
    broken: bool,
}

/// How fields are treated whose names are in the static table, by the index of the name.
static BY_NAME: [Treatment; STATIC_ENTRIES + 1] = {
    let mut treatments = [Treatment::Indexed; STATIC_ENTRIES + 1];
    let mut index = 1;
    while index <= STATIC_ENTRIES {
        #[allow(clippy::indexing_slicing, reason = "evaluated at compile time")]
        {
            treatments[index] = by_name(static_table::name(index));
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

const COOKIE: &[u8] = b"cookie";

/// Values of cookies shorter than this are never indexed: they could be guessed octet by octet.
const SAFE_COOKIE: usize = 20;

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
            broken: false,
        }
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

    /// At most so many octets are appended for `fields`, whose strings have less than 2^28 octets each.
    pub fn bound(fields: &[Field<'_>]) -> usize {
        // Two integers of up to six octets: the limits of two size updates; or of a field, the index of
        // its name and a length. Without an index, an octet and two lengths of up to five octets.
        const INTEGERS: usize = 12;
        fields.iter().fold(INTEGERS, |bound, field| {
            bound
                .saturating_add(INTEGERS)
                .saturating_add(field.name().len())
                .saturating_add(field.value().len())
        })
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
        // Most pseudo-headers are in the static table, and the rest in none.
        if name.first() == Some(&b':')
            && !field.is_sensitive()
            && let Some(index) = static_table::find(name).and_then(|name| name.find_value(value))
        {
            return integer::encode(out, 0x80, 7, index);
        }
        let hash = self.index.hash(name, value);
        // What must not be indexed is not in the table, unless it was not sensitive before.
        if !field.is_sensitive() {
            let dynamic = self.index.find_field(&self.table, hash, name, value);
            if let Some(index) = dynamic.and_then(|number| self.position(number)) {
                return integer::encode(out, 0x80, 7, index);
            }
        }
        self.other_field(field, hash, out)
    }

    /// A field that is not in the dynamic table, or must not be taken from there.
    #[inline(never)]
    fn other_field(&mut self, field: &Field<'_>, hash: Hash, out: &mut Vec<u8>) -> Result<()> {
        let (name, value) = (field.name(), field.value());
        let known = static_table::find(name);
        let treatment = self.treatment(known, field);
        if treatment != Treatment::NeverIndexed
            && let Some(index) = known.and_then(|known| known.find_value(value))
        {
            return integer::encode(out, 0x80, 7, index);
        }
        self.literal(field, known, treatment, hash, out)?;
        if treatment == Treatment::Indexed {
            self.insert(field, hash)?;
        }
        Ok(())
    }

    fn literal(
        &self,
        field: &Field<'_>,
        known: Option<static_table::Name>,
        treatment: Treatment,
        hash: Hash,
        out: &mut Vec<u8>,
    ) -> Result<()> {
        let (name, value) = (field.name(), field.value());
        let name_index = match known {
            Some(known) => Some(usize::from(known.index)),
            None => {
                let newest = self.index.find_name(&self.table, hash, name);
                newest.and_then(|number| self.position(number))
            }
        };
        let (pattern, bits) = match treatment {
            Treatment::Indexed => (0x40, 6),
            Treatment::NotIndexed => (0x00, 4),
            Treatment::NeverIndexed => (0x10, 4),
        };
        integer::encode(out, pattern, bits, name_index.unwrap_or(0))?;
        if name_index.is_none() {
            string(name, out)?;
        }
        string(value, out)
    }

    fn insert(&mut self, field: &Field<'_>, hash: Hash) -> Result<()> {
        let links = self.index.links(hash);
        match self.table.insert(field.name(), field.value(), links)? {
            Some(number) => self.index.insert(&mut self.table, number, hash),
            None => Ok(()),
        }
    }

    /// The index of entry `number` on the wire.
    fn position(&self, number: u32) -> Option<usize> {
        self.table.age(number).map(|age| (age as usize).wrapping_add(STATIC_ENTRIES + 1))
    }

    fn treatment(&self, known: Option<static_table::Name>, field: &Field<'_>) -> Treatment {
        let (name, value) = (field.name(), field.value());
        let guessable = value.len() < SAFE_COOKIE && name == COOKIE;
        if field.is_sensitive() || guessable {
            return Treatment::NeverIndexed;
        }
        let by_name = known.and_then(|known| BY_NAME.get(usize::from(known.index)).copied());
        match by_name {
            None | Some(Treatment::Indexed) => {}
            Some(treatment) => return treatment,
        }
        // Nor is it worth throwing everything else out.
        if weight(name, value) > self.table.limit().saturating_mul(3) / 4 {
            return Treatment::NotIndexed;
        }
        Treatment::Indexed
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

fn check_room(out: &Vec<u8>, room: usize) -> Result<()> {
    if out.len() > room { Err(Error::InsufficientBuffer) } else { Ok(()) }
}

/// Appends a string (section 5.2).
fn string(string: &[u8], out: &mut Vec<u8>) -> Result<()> {
    const CODED: u8 = 0x80;
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
    integer::encode(out, 0x00, 7, string.len())?;
    out.extend_from_slice(string)
}
