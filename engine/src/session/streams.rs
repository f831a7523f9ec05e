//! The streams of a session: finding them by id, opening, closing, counting.
//!
//! Streams live in a slab and are linked into one of three lists, each in the order in which they
//! joined: idle ones, live ones, and those that a GOAWAY has cut off. Own and peer's ids each only
//! go up, so the live list is sorted as far as one side's streams are concerned.

use core::cell::Cell;
use core::ops::{Index, IndexMut};

use super::stake::{Stake, StakeId, Stakes};
use super::stream::{Mark, State, Stream};
use super::{Role, Source};
use crate::error::Result;
use crate::frame::StreamId;
use crate::mem::{IdMap, Mem, Vec};

/// The place of a stream. It is valid as long as the stream is there: never keep one while the
/// application could do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slot(u32);

impl Slot {
    /// No stream.
    pub const NONE: Slot = Slot(u32::MAX);
    /// The root of the dependency tree.
    pub const ROOT: Slot = Slot(u32::MAX - 1);

    pub fn is_none(self) -> bool {
        self == Slot::NONE
    }

    /// The slot unless it stands for none.
    pub fn some(self) -> Option<Slot> {
        (!self.is_none()).then_some(self)
    }
}

impl Default for Slot {
    fn default() -> Slot {
        Slot::NONE
    }
}

/// Some of the streams, from the oldest to the newest.
#[derive(Default)]
pub(super) struct List {
    pub oldest: Slot,
    pub newest: Slot,
    pub len: usize,
}

pub(super) struct Streams {
    role: Role,
    slots: Vec<Stream>,
    /// The first of the free slots, which are linked through `newer`.
    free: Slot,
    by_id: IdMap,
    /// The stream that was looked for last, if it is still there.
    recent: Cell<Slot>,
    pub stakes: Stakes,
    /// Stream 0 of the dependency tree.
    root: Stream,
    pub idle: List,
    pub live: List,
    pub cut_off: List,
    /// Open streams that we opened; promised ones count from their response on.
    pub outgoing: usize,
    /// Open streams that the peer opened; promised ones count from their response on.
    pub incoming: usize,
    /// Streams that the peer has promised.
    pub reserved: usize,
    /// No stream's send window is further above the peer's SETTINGS_INITIAL_WINDOW_SIZE than this.
    pub most_granted: i32,
    /// Whether there may be streams whose window was found shut.
    pub some_blocked: bool,
}

impl Streams {
    pub fn new(role: Role, seed: u64, mem: Mem) -> Streams {
        Streams {
            role,
            slots: Vec::new(mem.clone()),
            free: Slot::NONE,
            by_id: IdMap::new(mem.clone(), seed),
            recent: Cell::new(Slot::NONE),
            stakes: Stakes::new(mem),
            root: Stream::new(StreamId::CONNECTION, State::Idle, 0),
            idle: List::default(),
            live: List::default(),
            cut_off: List::default(),
            outgoing: 0,
            incoming: 0,
            reserved: 0,
            most_granted: 0,
            some_blocked: false,
        }
    }

    /// How many octets of heap the table holds, its streams included.
    pub fn memory(&self) -> usize {
        [self.slots.memory(), self.by_id.memory(), self.stakes.memory()]
            .into_iter()
            .fold(0, usize::saturating_add)
    }

    /// Whether we are the side that opens streams with this id.
    #[inline]
    pub fn is_mine(&self, id: StreamId) -> bool {
        !id.is_connection() && id.is_odd() == (self.role == Role::Client)
    }

    /// The stream with this id, idle ones included.
    pub fn find_any(&self, id: StreamId) -> Option<Slot> {
        self.find_recent(id)
    }

    /// The same where it is nearly always the stream that was looked for last: the same stream is
    /// looked for again and again while a frame is dealt with.
    #[inline]
    pub fn find_recent(&self, id: StreamId) -> Option<Slot> {
        let recent = self.recent.get();
        match self.slots.get(recent.0 as usize) {
            Some(stream) if stream.id == id && !id.is_connection() => Some(recent),
            _ => self.look_up(id),
        }
    }

    fn look_up(&self, id: StreamId) -> Option<Slot> {
        let key = u32::try_from(id.get()).ok()?;
        let slot = self.by_id.get(key).map(Slot)?;
        self.recent.set(slot);
        Some(slot)
    }

    /// Whether the stream with this id, which is not idle, is still where it was.
    #[inline]
    pub fn is_at(&self, slot: Slot, id: StreamId) -> bool {
        let stream = self.slots.get(slot.0 as usize);
        stream.is_some_and(|stream| stream.id == id && stream.state != State::Idle)
    }

    /// The stream with this id unless it is idle.
    #[inline]
    pub fn find(&self, id: StreamId) -> Option<Slot> {
        self.find_any(id).filter(|slot| self[*slot].state != State::Idle)
    }

    /// The stream with this id unless it is idle, or ends.
    #[inline]
    pub fn find_alive(&self, id: StreamId) -> Option<Slot> {
        self.find_any(id).filter(|slot| self[*slot].is_alive())
    }

    /// How many streams there are that are not idle.
    pub fn active(&self) -> usize {
        self.live.len.wrapping_add(self.cut_off.len)
    }

    /// Adds a stream whose id is not in use, at the end of the list for its state. Counting it is
    /// the caller's business.
    pub fn insert(&mut self, stream: Stream) -> Result<Slot> {
        let (id, state) = (stream.id, stream.state);
        let slot = match self.free.some() {
            Some(slot) => slot,
            None => {
                self.slots.reserve_sparingly()?;
                Slot(self.slots.len() as u32)
            }
        };
        self.by_id.insert(id.get() as u32, slot.0)?;
        if self.free.is_none() {
            self.slots.push(stream)?;
        } else {
            self.free = self[slot].newer;
            self[slot] = stream;
        }
        self.link(if state == State::Idle { Which::Idle } else { Which::Live }, slot);
        Ok(slot)
    }

    /// Removes a stream altogether. Its counters and its place in the scheduler are the caller's
    /// business.
    pub fn remove(&mut self, slot: Slot) {
        self.unlink(self.list_of(slot), slot);
        self.by_id.remove(self[slot].id.get() as u32);
        self.stakes.give_back(self[slot].stake);
        let free = self.free;
        let stream = &mut self[slot];
        stream.stake = StakeId::NONE;
        stream.id = StreamId::CONNECTION;
        stream.newer = free;
        self.free = slot;
        if self.by_id.is_empty() {
            self.free = Slot::NONE;
            // After a burst the memory goes back; a few streams' worth is kept.
            self.slots.clear_above(48);
            (self.most_granted, self.some_blocked) = (0, false);
            if self.stakes.is_large() {
                self.root.stake = StakeId::NONE;
                self.stakes.clear();
            }
        }
    }

    /// Stream 0 of the dependency tree.
    #[inline]
    pub fn root(&self) -> &Stream {
        &self.root
    }

    /// What the stream has to do with the scheduler; nothing if that was never prepared.
    #[inline]
    pub fn stake(&self, slot: Slot) -> &Stake {
        self.stakes.get(self[slot].stake)
    }

    /// The same to change it. It must have been prepared.
    #[inline]
    pub fn stake_mut(&mut self, slot: Slot) -> &mut Stake {
        let id = self[slot].stake;
        self.stakes.get_mut(id)
    }

    /// A stream, and all stakes.
    #[inline]
    pub fn with_stakes(&mut self, slot: Slot) -> (&mut Stream, &mut Stakes) {
        let stream = self.slots.get_mut(slot.0 as usize).unwrap_or(&mut self.root);
        (stream, &mut self.stakes)
    }

    /// Makes sure that the stream has a stake.
    pub fn ensure_stake(&mut self, slot: Slot) -> Result<()> {
        if self[slot].stake.is_none() {
            self[slot].stake = self.stakes.take(slot)?;
        }
        Ok(())
    }

    /// Makes sure that the next stream without a stake can have one.
    pub fn reserve_stake(&mut self) -> Result<()> {
        self.stakes.reserve_one()
    }

    /// Whether a stream has more ancestors in the dependency tree than clients need to sort their
    /// requests: those that built groups out of idle streams had four, the root included.
    pub fn is_deep_in_tree(&self, mut slot: Slot) -> bool {
        const DEEP: usize = 8;
        for _ in 0..DEEP {
            match self[slot].branch.parent.some() {
                Some(parent) => slot = parent,
                None => return false,
            }
        }
        true
    }

    /// Whether several streams depend on a stream.
    pub fn has_siblings_below(&self, slot: Slot) -> bool {
        let child = self.stake(slot).family.first_child.some();
        child.is_some_and(|child| !self[child].branch.next.is_none())
    }

    /// Gives the stream content to send.
    pub fn set_source(&mut self, slot: Slot, source: Source) -> Result<()> {
        self.ensure_stake(slot)?;
        self.stake_mut(slot).source = source;
        self[slot].set(Mark::HAS_CONTENT);
        Ok(())
    }

    /// Makes an idle stream a live one.
    pub fn awaken(&mut self, slot: Slot, state: State) {
        self.unlink(Which::Idle, slot);
        self[slot].awaken(state);
        self.link(Which::Live, slot);
    }

    /// Puts the live streams of one side above an id on the list of those that a GOAWAY has cut off.
    /// There may be many of these frames: that side's streams that stay are not gone through.
    pub fn cut_off(&mut self, mine: bool, above: StreamId) {
        let mut first = Slot::NONE;
        let mut next = self.live.newest;
        while let Some(slot) = next.some() {
            let Stream { id, older, .. } = self[slot];
            next = older;
            if self.is_mine(id) == mine {
                if id <= above {
                    break;
                }
                first = slot;
            }
        }
        next = first;
        while let Some(slot) = next.some() {
            let Stream { id, newer, .. } = self[slot];
            next = newer;
            if self.is_mine(id) == mine {
                self.unlink(Which::Live, slot);
                self[slot].set(Mark::CUT_OFF);
                self.link(Which::CutOff, slot);
            }
        }
    }

    fn list_of(&self, slot: Slot) -> Which {
        match &self[slot] {
            stream if stream.state == State::Idle => Which::Idle,
            stream if stream.has(Mark::CUT_OFF) => Which::CutOff,
            _ => Which::Live,
        }
    }

    fn list(&mut self, which: Which) -> &mut List {
        match which {
            Which::Idle => &mut self.idle,
            Which::Live => &mut self.live,
            Which::CutOff => &mut self.cut_off,
        }
    }

    /// Appends a stream to a list.
    fn link(&mut self, which: Which, slot: Slot) {
        let list = self.list(which);
        let newest = core::mem::replace(&mut list.newest, slot);
        list.len = list.len.wrapping_add(1);
        if newest.is_none() {
            list.oldest = slot;
        } else {
            self[newest].newer = slot;
        }
        self[slot].older = newest;
        self[slot].newer = Slot::NONE;
    }

    fn unlink(&mut self, which: Which, slot: Slot) {
        let Stream { older, newer, .. } = self[slot];
        match older.some() {
            Some(older) => self[older].newer = newer,
            None => self.list(which).oldest = newer,
        }
        match newer.some() {
            Some(newer) => self[newer].older = older,
            None => self.list(which).newest = older,
        }
        let list = self.list(which);
        list.len = list.len.wrapping_sub(1);
    }

    /// The first of all streams; [`Streams::after`] leads to the others.
    pub fn first(&self) -> Option<Slot> {
        self.first_from(Which::Live)
    }

    /// The stream that follows when all are visited, idle ones last.
    pub fn after(&self, slot: Slot) -> Option<Slot> {
        self[slot].newer.some().or_else(|| match self.list_of(slot) {
            Which::Live => self.first_from(Which::CutOff),
            Which::CutOff => self.first_from(Which::Idle),
            Which::Idle => None,
        })
    }

    fn first_from(&self, which: Which) -> Option<Slot> {
        let idle = self.idle.oldest.some();
        let cut_off = self.cut_off.oldest.some().or(idle);
        match which {
            Which::Live => self.live.oldest.some().or(cut_off),
            Which::CutOff => cut_off,
            Which::Idle => idle,
        }
    }
}

/// The lists that a stream may be in.
#[derive(Clone, Copy)]
enum Which {
    Idle,
    Live,
    CutOff,
}

/// A slot always yields a stream: one that names none yields the root. The dependency tree needs
/// that stream, and no caller an error path that cannot be reached.
impl Index<Slot> for Streams {
    type Output = Stream;

    #[inline]
    fn index(&self, slot: Slot) -> &Stream {
        self.slots.get(slot.0 as usize).unwrap_or(&self.root)
    }
}

impl IndexMut<Slot> for Streams {
    #[inline]
    fn index_mut(&mut self, slot: Slot) -> &mut Stream {
        self.slots.get_mut(slot.0 as usize).unwrap_or(&mut self.root)
    }
}
