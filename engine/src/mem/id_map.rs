//! A map from stream ids to small numbers.

use super::{Mem, Vec};
use crate::error::Result;
use crate::words;

/// Open addressing with linear probing over pairs of eight octets.
///
/// Peers choose stream ids, so a secret is combined with them before they are scrambled. Ids in a row
/// spread as well as random ones, and nobody outside can aim at one place.
pub struct IdMap {
    /// A power of two many, or none.
    entries: Vec<Entry>,
    len: usize,
    secret: u64,
}

#[derive(Clone, Copy)]
struct Entry {
    /// The id; zero says that the place is free.
    key: u32,
    value: u32,
}

const FREE: Entry = Entry { key: 0, value: 0 };

impl IdMap {
    /// An empty map. `seed` should be unpredictable.
    pub const fn new(mem: Mem, seed: u64) -> IdMap {
        IdMap { entries: Vec::new(mem), len: 0, secret: seed }
    }

    /// An empty map with the same memory and the same seed.
    pub fn another(&self) -> IdMap {
        IdMap::new(self.entries.mem().clone(), self.secret)
    }

    /// Whether the map holds nothing.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How many octets of heap it holds.
    pub fn memory(&self) -> usize {
        self.entries.memory()
    }

    fn mask(&self) -> usize {
        self.entries.len().wrapping_sub(1)
    }

    /// Where the search for `key` starts.
    fn home(&self, key: u32) -> usize {
        words::scramble(u64::from(key) ^ self.secret) as usize & self.mask()
    }

    #[inline]
    fn position(&self, key: u32) -> Option<usize> {
        let mut place = self.home(key);
        loop {
            let entry = self.entries.get(place)?;
            // First of all: a free place is not the place of id zero.
            if entry.key == 0 {
                return None;
            }
            if entry.key == key {
                return Some(place);
            }
            place = place.wrapping_add(1) & self.mask();
        }
    }

    /// The number stored for `key`. Nothing is stored for zero.
    #[inline]
    pub fn get(&self, key: u32) -> Option<u32> {
        self.position(key).and_then(|place| self.entries.get(place)).map(|entry| entry.value)
    }

    /// Stores `value` for a `key` that is not in the map and not zero.
    pub fn insert(&mut self, key: u32, value: u32) -> Result<()> {
        debug_assert!(key != 0 && self.get(key).is_none());
        // A quarter stays free, so that searches are short.
        if self.len.wrapping_add(1) > self.entries.len() / 4 * 3 {
            self.grow()?;
        }
        self.place(Entry { key, value });
        self.len = self.len.wrapping_add(1);
        Ok(())
    }

    #[cold]
    fn grow(&mut self) -> Result<()> {
        let mut entries = Vec::new(self.entries.mem().clone());
        entries.resize(self.entries.len().saturating_mul(2).max(8), FREE)?;
        let old = core::mem::replace(&mut self.entries, entries);
        for entry in &old {
            if entry.key != 0 {
                self.place(*entry);
            }
        }
        Ok(())
    }

    fn place(&mut self, new: Entry) {
        let mask = self.mask();
        let mut place = self.home(new.key);
        while let Some(entry) = self.entries.get_mut(place) {
            if entry.key == 0 {
                *entry = new;
                return;
            }
            place = place.wrapping_add(1) & mask;
        }
    }

    /// Forgets `key` if it is in the map. Entries behind it move up, so that no tombstones are needed.
    /// Memory goes back when a large map becomes empty.
    pub fn remove(&mut self, key: u32) {
        let Some(mut gap) = self.position(key) else { return };
        self.len = self.len.wrapping_sub(1);
        if self.len == 0 && self.entries.len() > 256 {
            self.entries.release();
            return;
        }
        let mask = self.mask();
        let mut place = gap;
        loop {
            place = place.wrapping_add(1) & mask;
            let Some(entry) = self.entries.get(place).copied().filter(|entry| entry.key != 0)
            else {
                break;
            };
            // The entry may fill the gap unless its home lies cyclically behind the gap.
            let from_home = place.wrapping_sub(self.home(entry.key)) & mask;
            let from_gap = place.wrapping_sub(gap) & mask;
            if from_home >= from_gap {
                self.set(gap, entry);
                gap = place;
            }
        }
        self.set(gap, FREE);
    }

    fn set(&mut self, place: usize, entry: Entry) {
        if let Some(slot) = self.entries.get_mut(place) {
            *slot = entry;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn behaves_like_the_standard_map() {
        for seed in [0, 1, u64::MAX, 0x9e37_79b9_7f4a_7c15] {
            let mut ours = IdMap::new(Mem::system(), seed);
            let mut model = HashMap::new();
            let mut random = 99_u32;
            for step in 0..20_000_u32 {
                random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let key = (random >> 20) % 700 + 1;
                if model.remove(&key).is_some() {
                    ours.remove(key);
                } else {
                    ours.insert(key, step).unwrap();
                    model.insert(key, step);
                }
                assert_eq!(ours.len, model.len());
                let probe = (random >> 8) % 700 + 1;
                assert_eq!(ours.get(probe), model.get(&probe).copied());
            }
            for key in 1..=700 {
                assert_eq!(ours.get(key), model.get(&key).copied());
            }
        }
    }

    #[test]
    fn zero_is_no_id() {
        let mut map = IdMap::new(Mem::system(), 0);
        map.remove(0);
        map.insert(1, 10).unwrap();
        map.remove(0);
        assert_eq!((map.get(0), map.get(1), map.len), (None, Some(10), 1));
        map.remove(1);
        assert!(map.get(1).is_none() && map.is_empty());
    }
}
