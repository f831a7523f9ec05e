//! Scheduling by urgency (RFC 9218 section 10).
//!
//! A less urgent stream waits until no more urgent one has anything to send. Streams of the same
//! urgency that are not incremental are served one after the other, in the order in which they were
//! created; incremental ones of a server take turns, each paying with the octets it sends.

use super::super::stream::{Mark, Stream};
use super::super::streams::{Slot, Streams};
use super::heap;
use crate::http::Priority;

const LEVELS: usize = Priority::LOWEST_URGENCY as usize + 1;

/// The heap of each urgency.
#[derive(Default)]
pub(super) struct Urgencies {
    heaps: [Slot; LEVELS],
    next_seq: u32,
}

impl Urgencies {
    pub fn join(&mut self, stream: &mut Stream) {
        stream.seq = self.next_seq;
        self.next_seq = self.next_seq.wrapping_add(1);
    }

    fn heap(&mut self, urgency: u8) -> Option<&mut Slot> {
        self.heaps.get_mut(usize::from(urgency))
    }

    pub fn enter(&mut self, streams: &mut Streams, slot: Slot) {
        let Priority { urgency, incremental } = streams[slot].priority;
        let Some(heap) = self.heap(urgency) else { return };
        let first = heap.some().map_or(0, |first| streams.stake(first).turn.cycle);
        let turn = &mut streams.stake_mut(slot).turn;
        turn.cycle = if incremental { first.wrapping_add(u64::from(turn.last)) } else { first };
        *heap = heap::insert(streams, *heap, slot);
    }

    pub fn leave(&mut self, streams: &mut Streams, slot: Slot) {
        if !streams[slot].has(Mark::QUEUED) {
            return;
        }
        if let Some(heap) = self.heap(streams[slot].priority.urgency) {
            *heap = heap::remove(streams, *heap, slot);
        }
    }

    pub fn next(&self) -> Option<Slot> {
        self.heaps.iter().find_map(|heap| heap.some())
    }

    pub fn served(&mut self, streams: &mut Streams, slot: Slot, server: bool) {
        let Priority { urgency, incremental } = streams[slot].priority;
        if !server || !incremental || !streams[slot].has(Mark::QUEUED) {
            return;
        }
        let Some(heap) = self.heap(urgency) else { return };
        if heap::is_alone(streams, *heap, slot) {
            return;
        }
        *heap = heap::remove(streams, *heap, slot);
        if !heap.is_none() {
            let turn = &mut streams.stake_mut(slot).turn;
            turn.cycle = turn.cycle.wrapping_add(u64::from(turn.last));
        }
        *heap = heap::insert(streams, *heap, slot);
    }
}
