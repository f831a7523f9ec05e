//! The dynamic table's strings as counted ones, for those who ask for them.
//!
//! They are no part of the table, since many never ask: then nothing is kept here.

use super::dynamic_table::DynamicTable;
use crate::error::Result;
use crate::mem::{Mem, RcBuf, Vec};

/// What an entry has given out.
#[derive(Default)]
pub(super) struct Pair {
    pub name: Option<RcBuf>,
    pub value: Option<RcBuf>,
}

pub(super) struct SharedStrings {
    /// None before anyone has asked; then a power of two, as many as the table's entries or more. Entry n
    /// stands at place n modulo that.
    pairs: Vec<Pair>,
    /// No older entry has any.
    oldest: u32,
}

impl SharedStrings {
    pub const fn new(mem: Mem) -> SharedStrings {
        SharedStrings { pairs: Vec::new(mem), oldest: 0 }
    }

    fn place(&self, number: u32) -> usize {
        number as usize & self.pairs.len().wrapping_sub(1)
    }

    /// What there is of an entry of the table.
    pub fn get(&self, number: u32) -> Option<&Pair> {
        self.pairs.get(self.place(number))
    }

    /// Keeps the strings of an entry of the table.
    pub fn keep<X: Copy + Default>(
        &mut self,
        table: &DynamicTable<X>,
        number: u32,
        pair: Pair,
    ) -> Result<()> {
        if self.pairs.is_empty() {
            self.oldest = table.oldest();
            self.make_room(table.count() as usize)?;
        }
        let place = self.place(number);
        if let Some(kept) = self.pairs.get_mut(place) {
            *kept = pair;
        }
        Ok(())
    }

    /// To be called when the table has changed: lets go of what was evicted, and has room for what came.
    #[inline]
    pub fn follow<X: Copy + Default>(&mut self, table: &DynamicTable<X>) -> Result<()> {
        if self.pairs.is_empty() { Ok(()) } else { self.catch_up(table) }
    }

    #[inline(never)]
    fn catch_up<X: Copy + Default>(&mut self, table: &DynamicTable<X>) -> Result<()> {
        if table.count() == 0 {
            self.pairs.release();
            return Ok(());
        }
        while self.oldest != table.oldest() {
            let place = self.place(self.oldest);
            if let Some(evicted) = self.pairs.get_mut(place) {
                *evicted = Pair::default();
            }
            self.oldest = self.oldest.wrapping_add(1);
        }
        self.make_room(table.count() as usize)
    }

    /// Makes sure that so many entries have places.
    fn make_room(&mut self, count: usize) -> Result<()> {
        if count <= self.pairs.len() {
            return Ok(());
        }
        let len = count.next_power_of_two().max(8);
        let mut pairs = Vec::new(self.pairs.mem().clone());
        pairs.reserve_total(len)?;
        for _ in 0..len {
            pairs.push(Pair::default())?;
        }
        for age in 0..self.pairs.len() as u32 {
            let number = self.oldest.wrapping_add(age);
            let from = self.place(number);
            let to = number as usize & len.wrapping_sub(1);
            if let (Some(from), Some(to)) = (self.pairs.get_mut(from), pairs.get_mut(to)) {
                core::mem::swap(from, to);
            }
        }
        self.pairs = pairs;
        Ok(())
    }

    /// How many octets of heap it holds, with the strings, whoever else does.
    pub fn memory(&self) -> usize {
        let mut size = self.pairs.memory();
        for (place, pair) in self.pairs.iter().enumerate() {
            let value = pair.value.as_ref().map_or(0, RcBuf::memory);
            let name = pair.name.as_ref().filter(|name| !self.is_name_before(name, place));
            size = size.saturating_add(value).saturating_add(name.map_or(0, RcBuf::memory));
        }
        size
    }

    /// Whether an entry at a place before has the same counted string as its name: then it counts there.
    fn is_name_before(&self, name: &RcBuf, place: usize) -> bool {
        let mut before = self.pairs.iter().take(place).filter_map(|pair| pair.name.as_ref());
        name.is_shared() && before.any(|other| other.is_same(name))
    }
}
