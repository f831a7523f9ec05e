//! What a stream has to do with the scheduler: content to send, or other streams that depend on it.
//!
//! Most streams of a server that only receives, and all that a peer opens and leaves alone, have no
//! stake. So it stands apart, and is taken when the first content or dependant comes.

use super::Source;
use super::schedule::{Family, Turn};
use crate::error::Result;
use crate::mem::{Mem, Vec};

/// Content, its turns, and dependants.
pub(super) struct Stake {
    /// The content to send.
    pub source: Option<Source>,
    /// Place in the queue of the stream's parent, or of its urgency.
    pub turn: Turn,
    /// The streams that depend on this one (RFC 7540).
    pub family: Family,
}

impl Stake {
    pub const NONE: Stake = Stake { source: None, turn: Turn::NONE, family: Family::NONE };
}

/// The place of a stake.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct StakeId(u32);

impl StakeId {
    /// No stake.
    pub const NONE: StakeId = StakeId(u32::MAX);

    pub fn is_none(self) -> bool {
        self == StakeId::NONE
    }
}

/// All stakes of a session.
pub(super) struct Stakes {
    places: Vec<Place>,
    /// The first free place.
    free: StakeId,
    /// How many places are taken.
    taken: usize,
}

enum Place {
    Taken(Stake),
    /// The next free place.
    Free(StakeId),
}

/// An idle session keeps so many places.
const KEPT: usize = 16;

impl Stakes {
    pub const fn new(mem: Mem) -> Stakes {
        Stakes { places: Vec::new(mem), free: StakeId::NONE, taken: 0 }
    }

    /// How many octets of heap they hold.
    pub fn memory(&self) -> usize {
        self.places.memory()
    }

    #[inline]
    pub fn get(&self, id: StakeId) -> Option<&Stake> {
        match self.places.get(id.0 as usize)? {
            Place::Taken(stake) => Some(stake),
            Place::Free(_) => None,
        }
    }

    #[inline]
    pub fn get_mut(&mut self, id: StakeId) -> Option<&mut Stake> {
        match self.places.get_mut(id.0 as usize)? {
            Place::Taken(stake) => Some(stake),
            Place::Free(_) => None,
        }
    }

    /// Makes sure that the next [`Stakes::take`] succeeds.
    pub fn reserve_one(&mut self) -> Result<()> {
        if self.free.is_none() { self.places.reserve_by_quarters() } else { Ok(()) }
    }

    /// Takes a place for a stake that is none yet.
    pub fn take(&mut self) -> Result<StakeId> {
        self.reserve_one()?;
        let id = match self.places.get(self.free.0 as usize) {
            Some(Place::Free(next)) => core::mem::replace(&mut self.free, *next),
            _ => {
                self.places.push(Place::Free(StakeId::NONE))?;
                StakeId(self.places.len().wrapping_sub(1) as u32)
            }
        };
        if let Some(place) = self.places.get_mut(id.0 as usize) {
            *place = Place::Taken(Stake::NONE);
            self.taken = self.taken.wrapping_add(1);
        }
        Ok(id)
    }

    /// Gives a place back, if it is one. Memory goes back when a large table becomes empty.
    pub fn give_back(&mut self, id: StakeId) {
        let Some(place) = self.places.get_mut(id.0 as usize) else { return };
        *place = Place::Free(self.free);
        self.free = id;
        self.taken = self.taken.wrapping_sub(1);
        if self.taken == 0 {
            self.free = StakeId::NONE;
            self.places.clear();
            self.places.release_above(KEPT);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_taken_again() {
        let mut stakes = Stakes::new(Mem::system());
        let [one, two] = [(); 2].map(|()| stakes.take().unwrap());
        stakes.get_mut(one).unwrap().turn.last = 7;
        stakes.give_back(one);
        assert!(stakes.get(one).is_none() && stakes.get(two).is_some());
        let again = stakes.take().unwrap();
        assert!(again == one && stakes.get(again).unwrap().turn.last == 0);
        stakes.give_back(StakeId::NONE);
        stakes.give_back(one);
        stakes.give_back(two);
        assert!(stakes.places.is_empty() && stakes.free.is_none());
        for _ in 0..100 {
            stakes.take().unwrap();
        }
        assert!(stakes.memory() < 130 * size_of::<Place>());
    }
}
