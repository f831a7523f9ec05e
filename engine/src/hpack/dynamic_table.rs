//! The dynamic table (RFC 7541 sections 2.3.2 and 4): entries enter at one end and are evicted at
//! the other.
//!
//! Names and values live in one ring of octets, each followed by a NUL, an entry never wrapping
//! around its end. It grows to what the entries have together and a quarter, but hardly beyond the
//! table's limit: mostly that is room enough in one piece, and otherwise everything moves together.
//! Eviction frees nothing: it moves one end of the ring.

use super::span::Span;
use super::{ENTRY_OVERHEAD, STATIC_ENTRIES, static_table};
use crate::error::{Error, Result};
use crate::mem::{self, Mem, Vec};
use crate::words;

/// What a field weighs in a table.
pub(super) fn weight(name: &[u8], value: &[u8]) -> usize {
    name.len().saturating_add(value.len()).saturating_add(ENTRY_OVERHEAD)
}

/// The table. `X` is what its user keeps beside each entry.
///
/// Entries are known by their number: they are numbered in the order of insertion, from 0 on,
/// wrapping around after four thousand million.
pub(super) struct DynamicTable<X> {
    octets: Vec<u8>,
    /// Where the next entry's strings are written.
    end: usize,
    /// A power of two many places; entry n stands at place n modulo that.
    entries: Vec<Entry<X>>,
    /// The number the next entry will have.
    next: u32,
    /// How many entries there are: those from `next - count` on.
    count: u32,
    size: usize,
    limit: usize,
}

#[derive(Clone, Copy, Default)]
pub(super) struct Entry<X> {
    span: Span,
    pub extra: X,
}

/// What an entry weighs more than it takes in the ring, which has two NULs.
const WEIGHTLESS: usize = ENTRY_OVERHEAD - 2;

impl<X: Copy + Default> DynamicTable<X> {
    pub fn new(limit: usize, mem: Mem) -> DynamicTable<X> {
        let octets = Vec::new(mem.clone());
        let entries = Vec::new(mem);
        DynamicTable { octets, end: 0, entries, next: 0, count: 0, size: 0, limit }
    }

    /// What all entries weigh together.
    pub fn size(&self) -> usize {
        self.size
    }

    /// What they may weigh at most.
    pub fn limit(&self) -> usize {
        self.limit
    }

    /// How many entries there are.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// How many octets of heap it holds.
    pub fn memory(&self) -> usize {
        self.octets.memory().saturating_add(self.entries.memory())
    }

    /// How many entries there is room for without growing.
    pub fn places(&self) -> usize {
        self.entries.len()
    }

    /// The number of the entry that came `age` insertions before the newest.
    #[inline]
    pub fn number(&self, age: u32) -> Option<u32> {
        (age < self.count).then(|| self.next.wrapping_sub(1).wrapping_sub(age))
    }

    /// How many insertions came after entry `number`; None if it is not there any more.
    #[inline]
    pub fn age(&self, number: u32) -> Option<u32> {
        let age = self.next.wrapping_sub(1).wrapping_sub(number);
        (age < self.count).then_some(age)
    }

    /// The number of the oldest entry; of the next one if there is none.
    pub fn oldest(&self) -> u32 {
        self.next.wrapping_sub(self.count)
    }

    fn place(&self, number: u32) -> usize {
        number as usize & self.entries.len().wrapping_sub(1)
    }

    #[inline]
    pub fn entry(&self, number: u32) -> Option<&Entry<X>> {
        self.age(number)?;
        self.at(number)
    }

    /// Entry `number`, if it is there; otherwise it may be any.
    #[inline]
    pub fn at(&self, number: u32) -> Option<&Entry<X>> {
        self.entries.get(self.place(number))
    }

    /// Name and value of an entry.
    #[inline]
    pub fn strings(&self, entry: &Entry<X>) -> (&[u8], &[u8]) {
        entry.span.of(&self.octets)
    }

    /// Whether entry `number` is there and has this name and this value.
    #[inline]
    pub fn is_entry(&self, number: u32, (name, value): (&[u8], &[u8])) -> bool {
        self.entry(number).is_some_and(|entry| {
            let (own_name, own_value) = self.strings(entry);
            // Values differ more often.
            words::same(own_value, value) && words::same(own_name, name)
        })
    }

    /// Name and value of entry `number`; empty if it is not there.
    #[inline]
    pub fn field(&self, number: u32) -> (&[u8], &[u8]) {
        self.entry(number).map(|entry| self.strings(entry)).unwrap_or_default()
    }

    /// Where entry `number` stands in [`DynamicTable::text`]; nowhere if it is not there.
    #[inline]
    pub fn span(&self, number: u32) -> Span {
        self.entry(number).map(|entry| entry.span).unwrap_or_default()
    }

    /// The text that the entries' strings are in.
    #[inline]
    pub fn text(&self) -> &[u8] {
        &self.octets
    }

    /// The highest index that is in use (section 2.3.3): the static table's entries come first, then the
    /// dynamic table's from the newest on.
    pub fn last_index(&self) -> usize {
        STATIC_ENTRIES.saturating_add(self.count as usize)
    }

    /// Name and value of the entry of either table that has this index, from 1 on.
    pub fn indexed(&self, index: usize) -> Option<(&[u8], &[u8])> {
        let age = match index.checked_sub(STATIC_ENTRIES.wrapping_add(1)) {
            None => return (index > 0).then(|| static_table::get(index)),
            Some(age) => u32::try_from(age).ok()?,
        };
        self.number(age).map(|number| self.field(number))
    }

    pub fn extra(&self, number: u32) -> Option<&X> {
        self.entry(number).map(|entry| &entry.extra)
    }

    pub fn extra_mut(&mut self, number: u32) -> Option<&mut X> {
        self.age(number)?;
        let place = self.place(number);
        self.entries.get_mut(place).map(|entry| &mut entry.extra)
    }

    /// Changes the limit and evicts what goes beyond it (section 4.3).
    pub fn set_limit(&mut self, limit: usize) {
        self.limit = limit;
        self.evict_to(limit);
        if self.count == 0 {
            self.octets.release();
            self.entries.release();
            self.end = 0;
        }
    }

    fn evict_to(&mut self, size: usize) {
        while self.size > size {
            let Some(entry) = self.at(self.oldest()) else { return };
            self.size = self.size.wrapping_sub(entry.span.weight());
            self.count = self.count.wrapping_sub(1);
        }
    }

    /// Puts a field into the table after evicting what it displaces (section 4.4), and returns its
    /// number. A field that weighs more than the limit empties the table and is not stored.
    pub fn insert(&mut self, name: &[u8], value: &[u8], extra: X) -> Result<Option<u32>> {
        let Some(start) = self.make_room(weight(name, value))? else { return Ok(None) };
        self.write(start, name);
        self.write(start.wrapping_add(name.len()).wrapping_add(1), value);
        let (name_len, value_len) = (name.len() as u32, value.len() as u32);
        Ok(Some(self.enter(Span { start: start as u32, name_len, value_len }, extra)))
    }

    /// The same for a field that is the whole of `text`, with its NULs.
    pub fn insert_text(&mut self, text: &[u8], span: Span, extra: X) -> Result<Option<u32>> {
        let Some(start) = self.make_room(span.weight())? else { return Ok(None) };
        if let Some(place) = self.octets.get_mut(start..start.wrapping_add(text.len())) {
            mem::copy(text, place);
        }
        Ok(Some(self.enter(Span { start: start as u32, ..span }, extra)))
    }

    /// Evicts what an entry of this weight displaces, and returns where it is to stand. None says that it
    /// weighs more than the limit.
    fn make_room(&mut self, weight: usize) -> Result<Option<usize>> {
        let Some(rest) = self.limit.checked_sub(weight) else {
            self.evict_to(0);
            return Ok(None);
        };
        self.evict_to(rest);
        if self.count as usize >= self.entries.len() {
            self.grow_entries()?;
        }
        let octets = weight.wrapping_sub(WEIGHTLESS);
        match self.gap(octets) {
            Some(start) => Ok(Some(start)),
            None => self.grow_octets(octets).map(Some),
        }
    }

    fn write(&mut self, start: usize, string: &[u8]) {
        let end = start.wrapping_add(string.len());
        if let Some([place @ .., nul]) = self.octets.get_mut(start..=end) {
            mem::copy(string, place);
            *nul = 0;
        }
    }

    /// Makes what stands in `span` the newest entry, and returns its number.
    fn enter(&mut self, span: Span, extra: X) -> u32 {
        let number = self.next;
        let place = self.place(number);
        if let Some(entry) = self.entries.get_mut(place) {
            *entry = Entry { span, extra };
        }
        self.end = (span.start as usize).wrapping_add(span.octets());
        self.next = number.wrapping_add(1);
        self.count = self.count.wrapping_add(1);
        self.size = self.size.wrapping_add(span.weight());
        number
    }

    /// Where `octets` in a row are free, if anywhere.
    fn gap(&self, octets: usize) -> Option<usize> {
        let Some(oldest) = self.entry(self.oldest()) else {
            return (octets <= self.octets.len()).then_some(0);
        };
        let oldest = oldest.span.start as usize;
        if oldest >= self.end {
            // The free place is one piece, between the newest and the oldest.
            return (octets <= oldest.wrapping_sub(self.end)).then_some(self.end);
        }
        if octets <= self.octets.len().wrapping_sub(self.end) {
            return Some(self.end);
        }
        (octets <= oldest).then_some(0)
    }

    /// Moves everything together, in a larger ring unless this one is large enough, and returns where
    /// `octets` in a row are free there.
    #[cold]
    fn grow_octets(&mut self, octets: usize) -> Result<usize> {
        const SMALLEST: usize = 512;
        let used = self.size.wrapping_sub((self.count as usize).wrapping_mul(WEIGHTLESS));
        let needed = used.saturating_add(octets);
        // With less, or with no more than the table's size, it would be necessary too often.
        let ample = needed.saturating_add(needed / 4).max(SMALLEST);
        let enough = self.limit.saturating_add(self.limit / 8);
        let len = ample.min(enough).max(needed).max(self.octets.len());
        // Entries say where they stand in 32 bits.
        u32::try_from(len).map_err(|_| Error::NoMem)?;
        let mut larger = Vec::zeroed(len, self.octets.mem().clone())?;
        let mut end = 0_usize;
        for age in (0..self.count).rev() {
            let place = self.place(self.next.wrapping_sub(1).wrapping_sub(age));
            let Some(entry) = self.entries.get_mut(place) else { continue };
            let (start, length) = (entry.span.start as usize, entry.span.octets());
            let from = self.octets.get(start..start.wrapping_add(length));
            let to = larger.get_mut(end..end.wrapping_add(length));
            if let (Some(from), Some(to)) = (from, to) {
                mem::copy(from, to);
            }
            entry.span.start = end as u32;
            end = end.wrapping_add(length);
        }
        self.octets = larger;
        Ok(end)
    }

    /// Makes room for twice as many entries.
    #[cold]
    #[inline(never)]
    fn grow_entries(&mut self) -> Result<()> {
        let places = self.entries.len().saturating_mul(2).max(8);
        let mut entries = Vec::new(self.entries.mem().clone());
        entries.resize(places, Entry::default())?;
        for age in 0..self.count {
            let number = self.next.wrapping_sub(1).wrapping_sub(age);
            let to = number as usize & places.wrapping_sub(1);
            if let (Some(from), Some(to)) = (self.at(number), entries.get_mut(to)) {
                *to = *from;
            }
        }
        self.entries = entries;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use super::*;

    #[test]
    fn behaves_like_a_queue_of_pairs() {
        for limit in [64, 100, 500, 4096] {
            let mut table = DynamicTable::<u32>::new(limit, Mem::system());
            // The numbers wrap around on the way.
            table.next = u32::MAX - 5_000;
            let mut model = VecDeque::new();
            let mut random = 7_u32;
            for step in 0..20_000_u32 {
                random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                if random >> 22 == 0 {
                    table.set_limit(limit * (random >> 8 & 3) as usize / 3);
                }
                let len = (random >> 12 & 63) as usize * (random >> 8 & 7) as usize;
                let name = std::vec![step as u8; len % 37];
                let value = std::vec![!step as u8; len];
                let stored = table.insert(&name, &value, step).unwrap();
                let weight = weight(&name, &value);
                model.push_front((name, value, step));
                assert_eq!(stored.is_some(), weight <= table.limit());
                while model
                    .iter()
                    .map(|(name, value, _)| name.len() + value.len() + 32)
                    .sum::<usize>()
                    > table.limit()
                {
                    if stored.is_some() {
                        model.pop_back()
                    } else {
                        Some(model.drain(..).next().unwrap())
                    };
                }
                assert_eq!(table.count() as usize, model.len());
                for (age, (name, value, extra)) in model.iter().enumerate() {
                    let number = table.number(age as u32).unwrap();
                    assert_eq!(table.field(number), (&name[..], &value[..]));
                    assert_eq!(table.extra(number), Some(extra));
                    assert_eq!(table.age(number), Some(age as u32));
                }
                assert!(table.number(model.len() as u32).is_none());
            }
        }
    }

    #[test]
    fn the_ring_is_hardly_larger_than_the_table() {
        let mut table = DynamicTable::<()>::new(4096, Mem::system());
        for len in (0..4064).chain((0..4064).rev()) {
            table.insert(b"", &std::vec![b'x'; len * 7 % 4064], ()).unwrap();
            table.insert(b"", &std::vec![b'y'; len], ()).unwrap();
        }
        assert!(table.octets.len() <= 4096 / 8 * 9);
    }
}
