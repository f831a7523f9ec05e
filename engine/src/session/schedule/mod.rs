//! Whose turn it is to send DATA.
//!
//! There are two ways to decide, and both may be in use on one connection: the dependency tree of
//! RFC 7540 section 5.3 (`tree`), and the urgencies of RFC 9218 section 10 (`urgency`). The tree is
//! asked first. Either keeps the streams that have something to send in heaps (`heap`), which consist
//! of links between the streams' stakes. Only a place in the tree may have to get a stake first, and so
//! be refused for want of memory.

mod heap;
mod tree;
mod urgency;

use super::stake::StakeId;
use super::stream::Mark;
use super::streams::{Slot, Streams};
use crate::error::Result;
use crate::frame::PrioritySpec;
use crate::http::Priority;
use urgency::Urgencies;

/// A stream's place in a heap.
pub(super) struct Turn {
    /// Virtual time: the smaller, the earlier.
    cycle: u64,
    /// Decides between equal cycles.
    seq: u32,
    /// The length of the last DATA frame, in octets.
    pub last: u32,
    /// Whether it is in a heap at all.
    queued: bool,
    first_child: StakeId,
    next: StakeId,
    /// The sibling before, or the parent of the first sibling.
    previous: StakeId,
}

impl Turn {
    pub const NONE: Turn = Turn {
        cycle: 0,
        seq: 0,
        last: 0,
        queued: false,
        first_child: StakeId::NONE,
        next: StakeId::NONE,
        previous: StakeId::NONE,
    };
}

/// A stream's place in the dependency tree.
pub(super) struct Branch {
    pub parent: Slot,
    pub next: Slot,
    pub previous: Slot,
    /// 1 to 256
    pub weight: u16,
    /// What the last division of octets by weight left over.
    remainder: u16,
}

impl Default for Branch {
    fn default() -> Branch {
        Branch {
            parent: Slot::NONE,
            next: Slot::NONE,
            previous: Slot::NONE,
            weight: PrioritySpec::default().weight as u16,
            remainder: 0,
        }
    }
}

/// The streams that depend on one.
pub(super) struct Family {
    pub first_child: Slot,
    /// The weights of all children together.
    pub sum: i32,
    /// The heap of children that have something to send, or descendants that have.
    queue: StakeId,
    /// The number of the next child to enter the queue.
    next_seq: u32,
    /// The cycle of the child that was chosen last.
    clock: u64,
}

impl Family {
    pub const NONE: Family =
        Family { first_child: Slot::NONE, sum: 0, queue: StakeId::NONE, next_seq: 0, clock: 0 };
}

/// What a stream did when it had its turn.
pub(super) struct Service {
    /// The length of the DATA frame's payload, in octets.
    pub len: usize,
    /// Whether it has no more content.
    pub is_last: bool,
    /// Whether it is a stream of a server.
    pub server: bool,
}

/// Both schedulers.
#[derive(Default)]
pub(super) struct Scheduler {
    urgencies: Urgencies,
}

impl Scheduler {
    /// Gives a new stream its place below `parent` in the tree.
    pub fn join_tree(
        &mut self,
        streams: &mut Streams,
        slot: Slot,
        parent: Slot,
        spec: PrioritySpec,
    ) -> Result<()> {
        tree::prepare(streams, parent, slot, spec.exclusive)?;
        streams[slot].set(Mark::IN_TREE);
        streams[slot].branch.weight = tree::weight_of(spec);
        tree::insert(streams, parent, slot, spec.exclusive);
        Ok(())
    }

    /// Gives a new stream its number among those that are scheduled by urgency.
    pub fn join_urgencies(&mut self, streams: &mut Streams, slot: Slot) {
        self.urgencies.join(&mut streams[slot]);
    }

    /// Takes a stream out of the tree, whose children move up, or out of its queue.
    pub fn remove(&mut self, streams: &mut Streams, slot: Slot) {
        if streams[slot].has(Mark::IN_TREE) {
            tree::remove(streams, slot);
            streams[slot].unset(Mark::IN_TREE);
        } else {
            self.urgencies.leave(streams, slot);
        }
    }

    /// Gives a stream of the tree another place there.
    pub fn move_in_tree(
        &mut self,
        streams: &mut Streams,
        slot: Slot,
        parent: Slot,
        spec: PrioritySpec,
    ) -> Result<()> {
        tree::prepare(streams, parent, slot, spec.exclusive)?;
        tree::move_to(streams, slot, parent, spec);
        Ok(())
    }

    /// The stream has got something to send, or may send it again.
    pub fn enter(&mut self, streams: &mut Streams, slot: Slot) {
        if streams[slot].has(Mark::IN_TREE) {
            tree::enter(streams, slot);
        } else {
            self.urgencies.enter(streams, slot);
        }
    }

    /// The stream has nothing to send any more, or must not send it now.
    pub fn leave(&mut self, streams: &mut Streams, slot: Slot) {
        if streams[slot].has(Mark::IN_TREE) {
            tree::leave(streams, slot);
        } else {
            self.urgencies.leave(streams, slot);
        }
    }

    /// Whose turn it is.
    #[inline]
    pub fn next(&self, streams: &mut Streams) -> Option<Slot> {
        tree::next(streams).or_else(|| self.urgencies.next(streams))
    }

    /// Whether it is anybody's turn.
    pub fn is_empty(&self, streams: &Streams) -> bool {
        tree::is_empty(streams) && self.urgencies.is_empty()
    }

    /// The stream had its turn.
    #[inline]
    pub fn served(&mut self, streams: &mut Streams, slot: Slot, service: Service) {
        let Service { len, is_last, server } = service;
        if streams[slot].has(Mark::IN_TREE) {
            tree::served(streams, slot, len as u32, is_last);
        } else {
            self.urgencies.served(streams, slot, len as u32, server);
        }
    }

    /// Changes the priority of a stream that is scheduled by urgency.
    pub fn set_priority(&mut self, streams: &mut Streams, slot: Slot, priority: Priority) {
        let stream = &streams[slot];
        if stream.priority == priority {
            return;
        }
        if stream.has(Mark::IN_TREE) || !streams.stake(slot).turn.queued {
            streams[slot].priority = priority;
            return;
        }
        self.urgencies.leave(streams, slot);
        streams[slot].priority = priority;
        self.urgencies.enter(streams, slot);
    }
}
