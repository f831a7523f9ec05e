//! Header blocks into fields (RFC 7541 sections 3 and 6).

use super::decoded::{Beside, Current, Name};
use super::dynamic_table::DynamicTable;
use super::huffman::Bits;
use super::integer::Integer;
use super::literal::Literal;
use super::shared::SharedStrings;
use super::span::Span;
use super::{DEFAULT_TABLE_SIZE, STATIC_ENTRIES, Treatment, static_table};
use crate::error::{Error, Result};
use crate::mem::{Mem, Vec};

/// How many size updates a block may begin with. Two make sense (section 4.2).
const MAX_UPDATES: u8 = 8;

/// No string of a block may be longer, as it stands there. In octets.
pub(super) const MAX_STRING: u32 = 65_536;

/// Room for a literal that is kept from one block to the next. In octets.
const KEPT_TEXT: usize = 1024;

/// A decompression context.
///
/// Input may come in pieces of any size. For each block, call [`decode`] with the rest of the input
/// as long as it returns true; each time [`field`] is one more field. Call [`end_block`] when the
/// input was the block's last.
///
/// After an error the context is lost: every further call fails with [`Error::HeaderComp`].
///
/// [`decode`]: Decoder::decode
/// [`field`]: Decoder::field
/// [`end_block`]: Decoder::end_block
pub struct Decoder {
    pub(super) table: DynamicTable<Beside>,
    /// What was given out of it.
    pub(super) shared: SharedStrings,
    /// What our SETTINGS_HEADER_TABLE_SIZE allows the peer's encoder.
    allowed: usize,
    /// Set when the table was made smaller: the next block must begin with a table size update, and
    /// that must not go beyond this.
    demanded: Option<usize>,
    /// Whether a field of the current block has begun; then size updates are over.
    pub(super) in_fields: bool,
    /// How many size updates the current block has begun with.
    updates: u8,
    /// [`State::Start`] whenever a field may begin.
    state: State,
    /// The integer that is being read, if its first octet was not enough.
    integer: Integer,
    /// The literal that is being read.
    pub(super) literal: Literal,
    pub(super) current: Current,
    /// Where that field stands in the text it is in.
    pub(super) span: Span,
    /// Name and value of a literal, each with a NUL behind.
    pub(super) text: Vec<u8>,
    pub(super) mem: Mem,
}

/// What comes next in the block.
#[derive(Clone, Copy, PartialEq)]
enum State {
    /// The first octet of a field or of a table size update.
    Start,
    /// The first octet of a table size update, which is demanded.
    Update,
    /// More of an index.
    Index,
    /// More of a table size.
    TableSize,
    /// More of the index of a literal's name.
    NameIndex,
    /// The first octet of a string.
    Length(Part),
    /// More of a string's length.
    LengthRest(Part),
    /// The octets of a string.
    String(Part),
    /// Nothing: an error has happened, inside a field or an update, or not.
    Broken { inside: bool },
}

/// Which of a literal's two strings.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Name,
    Value,
}

impl Decoder {
    /// A context as it is at the start of a connection.
    pub fn new(mem: Mem) -> Decoder {
        Decoder {
            table: DynamicTable::new(DEFAULT_TABLE_SIZE, mem.clone()),
            shared: SharedStrings::new(mem.clone()),
            allowed: DEFAULT_TABLE_SIZE,
            demanded: None,
            in_fields: false,
            updates: 0,
            state: State::Start,
            integer: Integer::default(),
            literal: Literal::new(Treatment::NotIndexed),
            current: Current::None,
            span: Span::default(),
            text: Vec::new(mem.clone()),
            mem,
        }
    }

    /// Reads `input` up to the end of the next field. True says that [`Decoder::field`] is that
    /// field; false that the input is used up.
    #[inline]
    pub fn decode(&mut self, input: &mut &[u8]) -> Result<bool> {
        match self.decode_index(input) {
            true => Ok(true),
            false => self.decode_other(input),
        }
    }

    /// The same for the most frequent kind of fields, an index in a single octet. False says that there is
    /// another one, or that something is wrong; then nothing has happened.
    #[inline]
    pub fn decode_index(&mut self, input: &mut &[u8]) -> bool {
        let [octet @ 0x81..=0xfe, rest @ ..] = input else { return false };
        if self.state != State::Start || self.indexed(u32::from(octet & 0x7f)).is_err() {
            return false;
        }
        *input = rest;
        self.in_fields = true;
        true
    }

    /// The same as [`Decoder::decode`] for whatever [`Decoder::decode_index`] does not take.
    pub fn decode_other(&mut self, input: &mut &[u8]) -> Result<bool> {
        self.current = Current::None;
        if self.state == State::Start {
            if input.is_empty() {
                return Ok(false);
            }
            match self.whole_literal(input) {
                Ok(false) => {}
                Ok(true) => return Ok(true),
                Err(error) => {
                    self.state = State::Broken { inside: true };
                    return Err(error);
                }
            }
        }
        self.decode_by_octets(input)
    }

    /// The same for whatever is cut, or is neither an index of one octet nor a literal.
    #[inline(never)]
    fn decode_by_octets(&mut self, input: &mut &[u8]) -> Result<bool> {
        let result = self.advance(input);
        if result.is_err() {
            self.break_off();
        }
        result
    }

    /// An error has happened.
    fn break_off(&mut self) {
        self.state = State::Broken { inside: !self.is_between() };
    }

    /// Whether no field and no update has begun and not ended.
    fn is_between(&self) -> bool {
        matches!(self.state, State::Start | State::Update | State::Broken { inside: false })
    }

    #[inline]
    fn advance(&mut self, input: &mut &[u8]) -> Result<bool> {
        while matches!(self.current, Current::None) {
            match self.state {
                State::Start | State::Update => {
                    let Some(octet) = split_first(input) else { return Ok(false) };
                    self.start(octet)?;
                }
                State::Length(part) => {
                    let Some(octet) = split_first(input) else { return Ok(false) };
                    self.length(part, octet)?;
                }
                State::String(part) => {
                    if !self.string(part, input)? {
                        return Ok(false);
                    }
                }
                State::Index | State::TableSize | State::NameIndex | State::LengthRest(_) => {
                    let max = self.max();
                    let Some(value) = self.integer.resume(input, max)? else { return Ok(false) };
                    self.integer(value)?;
                }
                State::Broken { .. } => return Err(Error::HeaderComp),
            }
        }
        Ok(true)
    }

    /// The first octet of a representation (section 6).
    fn start(&mut self, octet: u8) -> Result<()> {
        // A size update comes first or not at all, and comes if it is demanded (section 4.2).
        let is_update = matches!(octet, 0x20..0x40);
        let misplaced = match is_update {
            true => self.in_fields || self.updates >= MAX_UPDATES,
            false => self.state == State::Update,
        };
        if misplaced {
            return Err(Error::HeaderComp);
        }
        self.in_fields |= !is_update;
        self.updates = self.updates.wrapping_add(u8::from(is_update));
        let bits;
        (self.state, bits) = match octet {
            0x80.. => (State::Index, 7),
            0x20..0x40 => (State::TableSize, 5),
            _ => {
                let (treatment, bits) = Treatment::of(octet);
                self.literal = Literal::new(treatment);
                self.text.clear();
                (State::NameIndex, bits)
            }
        };
        self.integer_start(octet, bits)
    }

    /// A string begins with its length (section 5.2).
    fn length(&mut self, part: Part, octet: u8) -> Result<()> {
        self.literal.bits = (octet & 0x80 != 0).then(Bits::default);
        self.state = State::LengthRest(part);
        self.integer_start(octet, 7)
    }

    fn integer_start(&mut self, octet: u8, bits: u32) -> Result<()> {
        match Integer::start(octet, bits) {
            Ok(value) => self.integer(value),
            Err(integer) => {
                self.integer = integer;
                Ok(())
            }
        }
    }

    /// The largest value that the current integer may have.
    fn max(&self) -> u32 {
        match self.state {
            State::TableSize => u32::try_from(self.max_table_size()).unwrap_or(u32::MAX),
            State::LengthRest(_) => MAX_STRING,
            _ => self.table.last_index() as u32,
        }
    }

    fn max_table_size(&self) -> usize {
        self.demanded.unwrap_or(usize::MAX).min(self.allowed)
    }

    /// The current integer is complete.
    fn integer(&mut self, value: u32) -> Result<()> {
        match self.state {
            State::Index => {
                self.indexed(value)?;
                self.state = State::Start;
            }
            State::TableSize => {
                if value as usize > self.max_table_size() {
                    return Err(Error::HeaderComp);
                }
                self.demanded = None;
                self.table.set_limit(value as usize);
                self.shared.follow(&self.table)?;
                self.state = State::Start;
            }
            State::NameIndex => {
                self.literal.name = self.lookup(value)?;
                match self.literal.name {
                    Name::Literal => self.state = State::Length(Part::Name),
                    name => {
                        self.text.extend_from_slice(name.text(&self.table))?;
                        self.end_string(Part::Name)?;
                    }
                }
            }
            State::LengthRest(part) => {
                // Not above MAX_STRING: a first octet says less, and further ones were checked.
                self.literal.missing = value;
                self.state = State::String(part);
            }
            _ => return Err(Error::Internal),
        }
        Ok(())
    }

    /// A field that is in a table as a whole (section 6.1). Nothing happens if there is none.
    #[inline]
    fn indexed(&mut self, index: u32) -> Result<()> {
        (self.current, self.span) = match self.lookup(index)? {
            Name::Literal => return Err(Error::HeaderComp),
            Name::Static(index) => (Current::Static(index), static_table::span(index as usize)),
            Name::Dynamic(number) => (Current::Dynamic(number), self.table.span(number)),
        };
        Ok(())
    }

    #[inline]
    pub(super) fn lookup(&self, index: u32) -> Result<Name> {
        match index.checked_sub(STATIC_ENTRIES as u32 + 1) {
            None if index == 0 => Ok(Name::Literal),
            None => Ok(Name::Static(index)),
            Some(age) => self.table.number(age).map(Name::Dynamic).ok_or(Error::HeaderComp),
        }
    }

    /// Takes as much of a string as there is. False asks for more.
    fn string(&mut self, part: Part, input: &mut &[u8]) -> Result<bool> {
        let Literal { missing, bits, .. } = &mut self.literal;
        let piece;
        (piece, *input) = input.split_at_checked(*missing as usize).unwrap_or((input, &[]));
        *missing = missing.wrapping_sub(piece.len() as u32);
        match bits {
            None => self.text.extend_from_slice(piece)?,
            Some(bits) if *missing == 0 => bits.decode_last(piece, &mut self.text)?,
            Some(bits) => bits.decode(piece, &mut self.text)?,
        }
        if *missing > 0 {
            return Ok(false);
        }
        self.end_string(part)?;
        Ok(true)
    }

    /// Name or value is complete in `text`.
    fn end_string(&mut self, part: Part) -> Result<()> {
        let len = self.text.len();
        self.text.push(0)?;
        match part {
            Part::Name => {
                self.literal.name_len = len;
                self.state = State::Length(Part::Value);
            }
            Part::Value => {
                self.end_literal()?;
                self.state = State::Start;
            }
        }
        Ok(())
    }

    /// Checks that the input so far is a whole block: no field has begun and not ended, and a size
    /// update that was demanded has come.
    pub fn check_whole(&mut self) -> Result<()> {
        if self.state != State::Start {
            self.break_off();
            return Err(Error::HeaderComp);
        }
        Ok(())
    }

    /// Gets ready for the next block. What has begun and not ended is dropped, and so is a
    /// table size update that was demanded of an empty block.
    pub fn end_block(&mut self) {
        self.in_fields = false;
        self.updates = 0;
        self.current = Current::None;
        self.state = match self.state {
            State::Broken { .. } => State::Broken { inside: false },
            _ => State::Start,
        };
        self.text.release_above(KEPT_TEXT);
    }

    /// Our SETTINGS_HEADER_TABLE_SIZE has changed to `size` and was acknowledged. To be called
    /// between blocks only; otherwise it fails with [`Error::InvalidState`].
    pub fn set_allowed_table_size(&mut self, size: usize) -> Result<()> {
        if !self.is_between() || self.in_fields {
            return Err(Error::InvalidState);
        }
        self.allowed = size;
        if size < self.table.limit() {
            self.demanded = Some(self.demanded.unwrap_or(usize::MAX).min(size));
            self.table.set_limit(size);
            self.shared.follow(&self.table)?;
            if self.state == State::Start {
                self.state = State::Update;
            }
        }
        Ok(())
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

fn split_first(input: &mut &[u8]) -> Option<u8> {
    let (&octet, rest) = input.split_first()?;
    *input = rest;
    Some(octet)
}
