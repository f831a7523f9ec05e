//! Pairing heaps of streams, linked through [`Turn`](super::Turn).
//!
//! A heap is known by the slot of its first stream; none is the empty heap. Insertion is constant,
//! removal logarithmic on average over many operations.

use super::super::stream::Mark;
use super::super::streams::{Slot, Streams};

/// Adds a stream, which has a stake; returns the heap.
pub(super) fn insert(streams: &mut Streams, heap: Slot, slot: Slot) -> Slot {
    streams[slot].set(Mark::QUEUED);
    let turn = &mut streams.stake_mut(slot).turn;
    (turn.first_child, turn.next, turn.previous) = (Slot::NONE, Slot::NONE, Slot::NONE);
    merge(streams, heap, slot)
}

/// Removes a stream that is in the heap; returns the heap.
pub(super) fn remove(streams: &mut Streams, heap: Slot, slot: Slot) -> Slot {
    streams[slot].unset(Mark::QUEUED);
    let turn = &mut streams.stake_mut(slot).turn;
    let (children, next, previous) = (turn.first_child, turn.next, turn.previous);
    (turn.first_child, turn.next, turn.previous) = (Slot::NONE, Slot::NONE, Slot::NONE);
    let rest = merge_siblings(streams, children);
    if slot == heap {
        return rest;
    }
    let before = &mut streams.stake_mut(previous).turn;
    if before.first_child == slot {
        before.first_child = next;
    } else {
        before.next = next;
    }
    if !next.is_none() {
        streams.stake_mut(next).turn.previous = previous;
    }
    merge(streams, heap, rest)
}

/// Whether a stream that is in the heap is the only one.
#[inline]
pub(super) fn is_alone(streams: &Streams, heap: Slot, slot: Slot) -> bool {
    heap == slot && streams.stake(slot).turn.first_child.is_none()
}

/// Makes one heap of two, neither of which has siblings.
fn merge(streams: &mut Streams, a: Slot, b: Slot) -> Slot {
    if a.is_none() || b.is_none() {
        return if a.is_none() { b } else { a };
    }
    let (first, second) = if is_before(streams, b, a) { (b, a) } else { (a, b) };
    let child = core::mem::replace(&mut streams.stake_mut(first).turn.first_child, second);
    let turn = &mut streams.stake_mut(second).turn;
    (turn.next, turn.previous) = (child, first);
    if !child.is_none() {
        streams.stake_mut(child).turn.previous = second;
    }
    first
}

/// Makes one heap of a list of siblings: of neighbours from left to right, then of the results from
/// right to left.
fn merge_siblings(streams: &mut Streams, mut siblings: Slot) -> Slot {
    let mut pairs = Slot::NONE;
    while let Some(left) = siblings.some() {
        let right = detach(streams, left);
        siblings = if right.is_none() { right } else { detach(streams, right) };
        let pair = merge(streams, left, right);
        streams.stake_mut(pair).turn.next = pairs;
        pairs = pair;
    }
    let mut heap = Slot::NONE;
    while let Some(pair) = pairs.some() {
        pairs = detach(streams, pair);
        heap = merge(streams, heap, pair);
    }
    heap
}

/// Cuts a stream off its siblings; returns the next one.
fn detach(streams: &mut Streams, slot: Slot) -> Slot {
    let turn = &mut streams.stake_mut(slot).turn;
    turn.previous = Slot::NONE;
    core::mem::replace(&mut turn.next, Slot::NONE)
}

/// Whether it is `a`'s turn before `b`'s. Cycles wrap around; two that are compared are never
/// further apart than the largest frame takes a stream of the smallest weight. So do the numbers that
/// decide between equal cycles, of which there are not more than streams.
fn is_before(streams: &Streams, a: Slot, b: Slot) -> bool {
    const FARTHEST: u64 = ((1 << 24) - 1) * 256 + 255;
    let cycle = |slot| streams.stake(slot).turn.cycle;
    let distance = cycle(b).wrapping_sub(cycle(a));
    if distance == 0 {
        return (streams[a].seq.wrapping_sub(streams[b].seq) as i32) < 0;
    }
    distance <= FARTHEST
}
