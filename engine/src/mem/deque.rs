//! A queue: elements enter at the back and leave at the front.

use super::{Mem, Vec};
use crate::error::{Error, Result};

/// A ring of elements. Its memory goes back when it runs empty after having been large.
pub(crate) struct Deque<T> {
    /// Some for the `len` places from `head` on, cyclically. The number of places is a power of two.
    ring: Vec<Option<T>>,
    head: u32,
    len: u32,
}

/// An empty queue keeps so many places for the next time.
const KEPT: usize = 32;

impl<T> Deque<T> {
    /// An empty queue. Nothing is allocated before the first element comes.
    pub const fn new(mem: Mem) -> Deque<T> {
        Deque { ring: Vec::new(mem), head: 0, len: 0 }
    }

    /// How many elements wait.
    pub fn len(&self) -> usize {
        self.len as usize
    }

    /// Whether none waits.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How many octets of heap it holds, apart from what its elements hold.
    pub fn memory(&self) -> usize {
        self.ring.memory()
    }

    /// The place of the `index`-th element. Wrapping is right: the size is a power of two.
    fn place(&self, index: usize) -> usize {
        (self.head as usize).wrapping_add(index) & self.ring.len().wrapping_sub(1)
    }

    /// Makes sure that the next [`Deque::push_back`] succeeds.
    pub fn reserve_one(&mut self) -> Result<()> {
        if self.len() < self.ring.len() { Ok(()) } else { self.grow() }
    }

    #[cold]
    fn grow(&mut self) -> Result<()> {
        let old = self.ring.len();
        let places = old.saturating_mul(2).max(4);
        self.ring.reserve_total(places)?;
        while self.ring.len() < places {
            self.ring.push(None)?;
        }
        // All places were taken: the elements in front of the first one came behind the last.
        let (front, back) = self.ring.split_at_mut_checked(old).ok_or(Error::Internal)?;
        for (from, to) in front.iter_mut().take(self.head as usize).zip(back) {
            core::mem::swap(from, to);
        }
        Ok(())
    }

    /// Appends an element.
    pub fn push_back(&mut self, value: T) -> Result<()> {
        self.reserve_one()?;
        let place = self.place(self.len());
        if let Some(slot) = self.ring.get_mut(place) {
            *slot = Some(value);
            self.len = self.len.wrapping_add(1);
        }
        Ok(())
    }

    /// Takes the oldest element off.
    #[inline]
    pub fn pop_front(&mut self) -> Option<T> {
        let value = self.ring.get_mut(self.head as usize)?.take()?;
        self.head = self.place(1) as u32;
        self.len = self.len.wrapping_sub(1);
        if self.len == 0 {
            self.ring.release_above(KEPT);
            self.head = 0;
        }
        Some(value)
    }

    /// The elements from the oldest to the newest.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        (0..self.len()).filter_map(|index| self.ring.get(self.place(index))?.as_ref())
    }

    /// The first element, from the oldest on, for which `wanted` holds.
    pub fn find_mut(&mut self, wanted: impl FnMut(&T) -> bool) -> Option<&mut T> {
        let index = self.iter().position(wanted)?;
        let place = self.place(index);
        self.ring.get_mut(place)?.as_mut()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use super::*;

    #[test]
    fn behaves_like_the_standard_queue() {
        let mut ours = Deque::new(Mem::system());
        let mut model = VecDeque::new();
        let mut random = 12345_u32;
        for step in 0..20_000 {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            // Phases of growth and of shrinking.
            let grow = random >> 24 < if step / 2_000 % 2 == 0 { 160 } else { 96 };
            if grow {
                ours.push_back(step).unwrap();
                model.push_back(step);
            } else {
                assert_eq!(ours.pop_front(), model.pop_front());
            }
            assert_eq!(ours.len(), model.len());
            assert_eq!(ours.iter().next(), model.front());
        }
        assert!(ours.iter().eq(model.iter()));
        let wanted = model.get(model.len() / 2).copied();
        assert_eq!(ours.find_mut(|value| Some(*value) == wanted).copied(), wanted);
    }
}
