//! What a stream has to do with the scheduler: content to send, or other streams that depend on it.
//!
//! Most streams of a server that only receives, and all that a peer opens and leaves alone, have no
//! stake. So it stands apart, and is taken when the first content or dependant comes.

use super::Source;
use super::schedule::{Family, Turn};
use super::streams::Slot;
use crate::error::Result;
use crate::mem::{Mem, Vec};

/// Content, its turns, and dependants.
pub(super) struct Stake {
    /// Whose stake it is.
    pub slot: Slot,
    /// The content to send, if the stream is marked as having some.
    pub source: Source,
    /// Place in the queue of the stream's parent, or of its urgency.
    pub turn: Turn,
    /// The streams that depend on this one (RFC 7540).
    pub family: Family,
}

impl Stake {
    const NONE: Stake = Stake {
        slot: Slot::NONE,
        source: Source { object: 0, reader: 0 },
        turn: Turn::NONE,
        family: Family::NONE,
    };
}

/// One belongs to each stream that has content waiting.
const _: () = assert!(size_of::<Stake>() <= 88);

/// The place of a stake.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct StakeId(u32);

impl StakeId {
    /// No stake.
    pub const NONE: StakeId = StakeId(u32::MAX);

    pub fn is_none(self) -> bool {
        self == StakeId::NONE
    }

    /// The place unless it stands for none.
    pub fn some(self) -> Option<StakeId> {
        (!self.is_none()).then_some(self)
    }
}

impl Default for StakeId {
    fn default() -> StakeId {
        StakeId::NONE
    }
}

/// All stakes of a session.
pub(super) struct Stakes {
    /// Free places are linked through what else is the length of the last frame.
    places: Vec<Stake>,
    /// The first free place.
    free: StakeId,
    /// What is changed in place of a stake that is not there, which is never read.
    nobody: Stake,
}

/// An idle session keeps so many places.
const KEPT: usize = 16;

impl Stakes {
    pub const fn new(mem: Mem) -> Stakes {
        Stakes { places: Vec::new(mem), free: StakeId::NONE, nobody: Stake::NONE }
    }

    /// How many octets of heap they hold.
    pub fn memory(&self) -> usize {
        self.places.memory()
    }

    /// A stake; one of nothing if there is none.
    #[inline]
    pub fn get(&self, id: StakeId) -> &Stake {
        self.places.get(id.0 as usize).unwrap_or(const { &Stake::NONE })
    }

    /// The same to change it. It must have been taken.
    #[inline]
    pub fn get_mut(&mut self, id: StakeId) -> &mut Stake {
        debug_assert!((id.0 as usize) < self.places.len());
        self.places.get_mut(id.0 as usize).unwrap_or(&mut self.nobody)
    }

    /// Makes sure that the next [`Stakes::take`] succeeds.
    pub fn reserve_one(&mut self) -> Result<()> {
        if self.free.is_none() { self.places.reserve_sparingly() } else { Ok(()) }
    }

    /// Takes a place for the stake of a stream.
    pub fn take(&mut self, slot: Slot) -> Result<StakeId> {
        let new = Stake { slot, ..Stake::NONE };
        if self.free.is_none() {
            self.places.reserve_sparingly()?;
            self.places.push(new)?;
            return Ok(StakeId(self.places.len().wrapping_sub(1) as u32));
        }
        let id = self.free;
        let old = core::mem::replace(self.get_mut(id), new);
        self.free = StakeId(old.turn.last);
        Ok(id)
    }

    /// Gives a place back, if it is one.
    pub fn give_back(&mut self, id: StakeId) {
        let next = self.free;
        if let Some(place) = self.places.get_mut(id.0 as usize) {
            place.turn.last = next.0;
            self.free = id;
        }
    }

    /// Whether there are more places than an idle session keeps.
    pub fn is_large(&self) -> bool {
        self.places.len() > KEPT
    }

    /// Gives all places back, and the memory of many.
    pub fn clear(&mut self) {
        self.free = StakeId::NONE;
        self.places.clear_above(KEPT);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_taken_again() {
        let mut stakes = Stakes::new(Mem::system());
        let [one, two, three] = [(); 3].map(|()| stakes.take(Slot::ROOT).unwrap());
        stakes.get_mut(two).turn.last = 7;
        stakes.give_back(one);
        stakes.give_back(StakeId::NONE);
        stakes.give_back(three);
        let taken = [(); 2].map(|()| stakes.take(Slot::ROOT).unwrap());
        assert_eq!(taken, [three, one]);
        assert_eq!(stakes.get(one).turn.last, 0);
        assert_eq!(stakes.get(two).turn.last, 7);
        assert_eq!(stakes.places.len(), 3);
    }

    #[test]
    fn memory_goes_back() {
        let mut stakes = Stakes::new(Mem::system());
        for _ in 0..100 {
            stakes.take(Slot::ROOT).unwrap();
        }
        assert!(stakes.memory() < 130 * size_of::<Stake>());
        stakes.clear();
        assert_eq!(stakes.memory(), KEPT * size_of::<Stake>());
        assert_eq!(stakes.take(Slot::ROOT), Ok(StakeId(0)));
    }
}
