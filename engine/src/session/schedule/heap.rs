//! Pairing heaps of streams, linked through their [`Turn`](super::Turn)s.
//!
//! A heap is known by its first stake; none is the empty heap. Insertion is constant, removal
//! logarithmic on average over many operations.

use super::super::stake::{StakeId, Stakes};

/// Adds a stream; returns the heap.
pub(super) fn insert(stakes: &mut Stakes, heap: StakeId, id: StakeId) -> StakeId {
    let turn = &mut stakes.get_mut(id).turn;
    turn.queued = true;
    (turn.first_child, turn.next, turn.previous) = (StakeId::NONE, StakeId::NONE, StakeId::NONE);
    merge(stakes, heap, id)
}

/// Removes a stream that is in the heap; returns the heap.
pub(super) fn remove(stakes: &mut Stakes, heap: StakeId, id: StakeId) -> StakeId {
    let turn = &mut stakes.get_mut(id).turn;
    turn.queued = false;
    let (children, next, previous) = (turn.first_child, turn.next, turn.previous);
    (turn.first_child, turn.next, turn.previous) = (StakeId::NONE, StakeId::NONE, StakeId::NONE);
    let rest = merge_siblings(stakes, children);
    if id == heap {
        return rest;
    }
    let before = &mut stakes.get_mut(previous).turn;
    if before.first_child == id {
        before.first_child = next;
    } else {
        before.next = next;
    }
    if !next.is_none() {
        stakes.get_mut(next).turn.previous = previous;
    }
    merge(stakes, heap, rest)
}

/// Whether a stream that is in the heap is the only one.
#[inline]
pub(super) fn is_alone(stakes: &Stakes, heap: StakeId, id: StakeId) -> bool {
    heap == id && stakes.get(id).turn.first_child.is_none()
}

/// Makes one heap of two, neither of which has siblings.
fn merge(stakes: &mut Stakes, a: StakeId, b: StakeId) -> StakeId {
    if a.is_none() || b.is_none() {
        return if a.is_none() { b } else { a };
    }
    join(stakes, a, b)
}

/// Makes the later one of two heaps the first child of the other, which is returned: its own siblings
/// stay what they are.
#[inline]
fn join(stakes: &mut Stakes, a: StakeId, b: StakeId) -> StakeId {
    let (first, second) = if is_before(stakes, b, a) { (b, a) } else { (a, b) };
    let child = core::mem::replace(&mut stakes.get_mut(first).turn.first_child, second);
    let turn = &mut stakes.get_mut(second).turn;
    (turn.next, turn.previous) = (child, first);
    if !child.is_none() {
        stakes.get_mut(child).turn.previous = second;
    }
    first
}

/// Makes one heap of a list of siblings: of neighbours from left to right, then of the results from
/// right to left.
fn merge_siblings(stakes: &mut Stakes, first: StakeId) -> StakeId {
    // The results are linked backwards.
    let (mut left, mut pairs) = (first, StakeId::NONE);
    while !left.is_none() {
        let right = stakes.get(left).turn.next;
        let mut pair = left;
        left = StakeId::NONE;
        if !right.is_none() {
            left = stakes.get(right).turn.next;
            pair = join(stakes, pair, right);
        }
        stakes.get_mut(pair).turn.next = core::mem::replace(&mut pairs, pair);
    }
    let Some(mut heap) = pairs.some() else { return StakeId::NONE };
    let mut next = stakes.get(heap).turn.next;
    while let Some(pair) = next.some() {
        next = stakes.get(pair).turn.next;
        heap = join(stakes, heap, pair);
    }
    let turn = &mut stakes.get_mut(heap).turn;
    (turn.next, turn.previous) = (StakeId::NONE, StakeId::NONE);
    heap
}

/// Whether it is `a`'s turn before `b`'s. Cycles wrap around; two that are compared are never
/// further apart than the largest frame takes a stream of the smallest weight. So do the numbers that
/// decide between equal cycles, of which there are not more than streams.
fn is_before(stakes: &Stakes, a: StakeId, b: StakeId) -> bool {
    const FARTHEST: u64 = ((1 << 24) - 1) * 256 + 255;
    let (a, b) = (&stakes.get(a).turn, &stakes.get(b).turn);
    let distance = b.cycle.wrapping_sub(a.cycle);
    if distance == 0 {
        return (a.seq.wrapping_sub(b.seq) as i32) < 0;
    }
    distance <= FARTHEST
}
