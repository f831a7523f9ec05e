//! Scheduling by urgency (RFC 9218 section 10).
//!
//! A less urgent stream waits until no more urgent one has anything to send. Streams of the same
//! urgency that are not incremental are served one after the other, in the order in which they were
//! created; incremental ones of a server take turns, each paying with the octets it sends.

use super::super::stake::StakeId;
use super::super::stream::Stream;
use super::super::streams::{Slot, Streams};
use super::heap;
use crate::http::Priority;

const LEVELS: usize = Priority::LOWEST_URGENCY as usize + 1;

/// The heap of each urgency.
#[derive(Default)]
pub(super) struct Urgencies {
    heaps: [StakeId; LEVELS],
    next_seq: u32,
}

impl Urgencies {
    pub fn join(&mut self, stream: &mut Stream) {
        stream.seq = self.next_seq;
        self.next_seq = self.next_seq.wrapping_add(1);
    }

    fn heap(&mut self, urgency: u8) -> Option<&mut StakeId> {
        self.heaps.get_mut(usize::from(urgency))
    }

    pub fn enter(&mut self, streams: &mut Streams, slot: Slot) {
        let Stream { seq, stake, priority, .. } = streams[slot];
        let Some(heap) = self.heap(priority.urgency) else { return };
        let first = streams.stakes.get(*heap).turn.cycle;
        let turn = &mut streams.stakes.get_mut(stake).turn;
        turn.seq = seq;
        turn.cycle =
            if priority.incremental { first.wrapping_add(u64::from(turn.last)) } else { first };
        *heap = heap::insert(&mut streams.stakes, *heap, stake);
    }

    pub fn leave(&mut self, streams: &mut Streams, slot: Slot) {
        let Stream { stake, priority, .. } = streams[slot];
        if !streams.stakes.get(stake).turn.queued {
            return;
        }
        if let Some(heap) = self.heap(priority.urgency) {
            *heap = heap::remove(&mut streams.stakes, *heap, stake);
        }
    }

    fn first(&self) -> Option<StakeId> {
        self.heaps.iter().copied().find(|heap| !heap.is_none())
    }

    pub fn is_empty(&self) -> bool {
        self.first().is_none()
    }

    pub fn next(&self, streams: &Streams) -> Option<Slot> {
        self.first().map(|first| streams.stakes.get(first).slot)
    }

    pub fn served(&mut self, streams: &mut Streams, slot: Slot, sent: u32, server: bool) {
        let Stream { stake, priority, .. } = streams[slot];
        let stakes = &mut streams.stakes;
        let turn = &mut stakes.get_mut(stake).turn;
        turn.last = sent;
        if !server || !priority.incremental || !turn.queued {
            return;
        }
        let Some(heap) = self.heap(priority.urgency) else { return };
        if heap::is_alone(stakes, *heap, stake) {
            return;
        }
        *heap = heap::remove(stakes, *heap, stake);
        if !heap.is_none() {
            let turn = &mut stakes.get_mut(stake).turn;
            turn.cycle = turn.cycle.wrapping_add(u64::from(turn.last));
        }
        *heap = heap::insert(stakes, *heap, stake);
    }
}
