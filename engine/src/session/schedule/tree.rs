//! Scheduling by the dependency tree (RFC 7540 section 5.3), with weighted fair queuing among
//! siblings.
//!
//! A stream with something to send is served before everything below it. Of the children that have
//! something to send, or have descendants that do, the one with the smallest cycle comes first: a
//! virtual time, at which a child has used up its share. Sending moves it on by the octets divided
//! by the weight.

use super::super::streams::{Slot, Streams};
use super::heap;
use crate::frame::PrioritySpec;

/// Octets count so much against a stream of weight 1.
const MAX_WEIGHT: u64 = 256;

/// Whether the stream or something below it has something to send.
fn is_active(streams: &Streams, slot: Slot) -> bool {
    streams[slot].is_ready() || !streams[slot].branch.queue.is_none()
}

/// Moves the stream's cycle on from `base` by what it sent last.
fn advance(streams: &mut Streams, slot: Slot, base: u64) {
    let stream = &mut streams[slot];
    let weight = weight(stream.branch.weight);
    let penalty = u64::from(stream.turn.last) * MAX_WEIGHT + u64::from(stream.branch.remainder);
    stream.turn.cycle = base.wrapping_add(penalty / weight);
    stream.branch.remainder = (penalty % weight) as u32;
}

/// A weight as a divisor.
fn weight(weight: i32) -> u64 {
    u64::from(weight.unsigned_abs()).max(1)
}

/// Puts the stream into its parent's queue, behind those that had their turn.
fn queue(streams: &mut Streams, slot: Slot) {
    let parent = streams[slot].branch.parent;
    advance(streams, slot, streams[parent].branch.clock);
    let branch = &mut streams[parent].branch;
    let (seq, heap) = (branch.next_seq, branch.queue);
    branch.next_seq = seq.wrapping_add(1);
    streams[slot].turn.seq = seq;
    streams[parent].branch.queue = heap::insert(streams, heap, slot);
}

fn unqueue(streams: &mut Streams, slot: Slot) {
    let parent = streams[slot].branch.parent;
    let heap = streams[parent].branch.queue;
    streams[parent].branch.queue = heap::remove(streams, heap, slot);
}

/// The stream, or something below it, has become active.
pub(super) fn enter(streams: &mut Streams, mut slot: Slot) {
    while slot != Slot::ROOT && !streams[slot].turn.queued {
        queue(streams, slot);
        slot = streams[slot].branch.parent;
    }
}

/// The stream has nothing to send any more.
pub(super) fn leave(streams: &mut Streams, mut slot: Slot) {
    while streams[slot].turn.queued && !is_active(streams, slot) {
        slot = forget(streams, slot);
    }
}

/// Takes the stream out of its parent's queue, and its past with it. Returns the parent.
fn forget(streams: &mut Streams, slot: Slot) -> Slot {
    unqueue(streams, slot);
    let stream = &mut streams[slot];
    (stream.turn.cycle, stream.turn.last) = (0, 0);
    (stream.branch.remainder, stream.branch.clock) = (0, 0);
    stream.branch.parent
}

pub(super) fn is_empty(streams: &Streams) -> bool {
    streams[Slot::ROOT].branch.queue.is_none()
}

/// Whose turn it is. The clocks on the way there are set.
pub(super) fn next(streams: &mut Streams) -> Option<Slot> {
    let mut slot = Slot::ROOT;
    loop {
        let first = streams[slot].branch.queue.some()?;
        streams[slot].branch.clock = streams[first].turn.cycle;
        if streams[first].is_ready() {
            return Some(first);
        }
        slot = first;
    }
}

/// The stream had its turn. What it sent counts against all it hangs on, too.
pub(super) fn served(streams: &mut Streams, mut slot: Slot) {
    let last = streams[slot].turn.last;
    while slot != Slot::ROOT && streams[slot].turn.queued {
        streams[slot].turn.last = last;
        unqueue(streams, slot);
        queue(streams, slot);
        slot = streams[slot].branch.parent;
    }
}

/// Hangs a subtree below `parent`: in front of its children, or exclusively above them.
pub(super) fn insert(streams: &mut Streams, parent: Slot, slot: Slot, exclusive: bool) {
    if exclusive {
        adopt_children(streams, parent, slot);
    }
    let weight = streams[slot].branch.weight;
    let branch = &mut streams[parent].branch;
    branch.sum = branch.sum.wrapping_add(weight);
    let next = core::mem::replace(&mut branch.first_child, slot);
    if !next.is_none() {
        streams[next].branch.previous = slot;
    }
    let branch = &mut streams[slot].branch;
    (branch.parent, branch.next, branch.previous) = (parent, next, Slot::NONE);
    if is_active(streams, slot) {
        enter(streams, slot);
    }
}

/// Makes all children of `parent` children of `slot`, behind those it has.
fn adopt_children(streams: &mut Streams, parent: Slot, slot: Slot) {
    let branch = &mut streams[parent].branch;
    let first = core::mem::take(&mut branch.first_child);
    let sum = core::mem::take(&mut branch.sum);
    let own = &mut streams[slot].branch;
    own.sum = own.sum.wrapping_add(sum);
    match last_child(streams, slot) {
        None => streams[slot].branch.first_child = first,
        Some(last) => {
            streams[last].branch.next = first;
            if !first.is_none() {
                streams[first].branch.previous = last;
            }
        }
    }
    let mut next = first;
    while let Some(child) = next.some() {
        next = streams[child].branch.next;
        let queued = streams[child].turn.queued;
        if queued {
            unqueue(streams, child);
        }
        streams[child].branch.parent = slot;
        if queued {
            queue(streams, child);
        }
    }
}

fn last_child(streams: &Streams, slot: Slot) -> Option<Slot> {
    let mut last = streams[slot].branch.first_child.some()?;
    while let Some(next) = streams[last].branch.next.some() {
        last = next;
    }
    Some(last)
}

/// Takes a subtree out of the tree. It keeps its weight, but nothing of it is queued above it.
fn take_out(streams: &mut Streams, slot: Slot) {
    if streams[slot].turn.queued {
        let parent = forget(streams, slot);
        leave(streams, parent);
    }
    let weight = streams[slot].branch.weight;
    let parent = streams[slot].branch.parent;
    replace(streams, slot, Slot::NONE);
    let branch = &mut streams[parent].branch;
    branch.sum = branch.sum.wrapping_sub(weight);
}

/// Puts a list of siblings, or nothing, in the place of a child.
fn replace(streams: &mut Streams, slot: Slot, first: Slot) {
    let branch = &mut streams[slot].branch;
    let (parent, previous, next) = (branch.parent, branch.previous, branch.next);
    (branch.parent, branch.previous, branch.next) = (Slot::NONE, Slot::NONE, Slot::NONE);
    let mut last = first;
    while let Some(sibling) = last.some() {
        streams[sibling].branch.parent = parent;
        match streams[sibling].branch.next.some() {
            Some(further) => last = further,
            None => break,
        }
    }
    let (front, back) = if first.is_none() { (next, previous) } else { (first, last) };
    match previous.some() {
        Some(previous) => streams[previous].branch.next = front,
        None => streams[parent].branch.first_child = front,
    }
    if let Some(next) = next.some() {
        streams[next].branch.previous = back;
    }
    if !first.is_none() {
        streams[first].branch.previous = previous;
        streams[last].branch.next = next;
    }
}

/// Removes one stream. Its children take its place and share its weight.
pub(super) fn remove(streams: &mut Streams, slot: Slot) {
    let parent = streams[slot].branch.parent;
    let (share, sum) = (streams[slot].branch.weight, streams[slot].branch.sum);
    let first = streams[slot].branch.first_child;
    let mut weights = 0_i32;
    let mut next = first;
    while let Some(child) = next.some() {
        let branch = &mut streams[child].branch;
        next = branch.next;
        let part = i64::from(share) * i64::from(branch.weight) / i64::from(sum.max(1));
        branch.weight = (part as i32).max(1);
        weights = weights.wrapping_add(branch.weight);
        if streams[child].turn.queued {
            unqueue(streams, child);
            streams[child].branch.parent = parent;
            queue(streams, child);
        }
    }
    if streams[slot].turn.queued {
        forget(streams, slot);
        leave(streams, parent);
    }
    replace(streams, slot, first);
    let branch = &mut streams[parent].branch;
    branch.sum = branch.sum.wrapping_add(weights).wrapping_sub(share);
    let branch = &mut streams[slot].branch;
    (branch.first_child, branch.sum) = (Slot::NONE, 0);
}

/// Gives a stream, with everything below it, another place (RFC 7540 section 5.3.3).
pub(super) fn move_to(streams: &mut Streams, slot: Slot, parent: Slot, spec: PrioritySpec) {
    if is_descendant(streams, parent, slot) {
        // The new parent comes up first, to where the stream is now.
        let above = streams[slot].branch.parent;
        take_out(streams, parent);
        insert(streams, above, parent, false);
    }
    if parent == streams[slot].branch.parent && !spec.exclusive {
        return set_weight(streams, slot, spec.weight);
    }
    take_out(streams, slot);
    streams[slot].branch.weight = spec.weight;
    insert(streams, parent, slot, spec.exclusive);
}

fn is_descendant(streams: &Streams, mut slot: Slot, ancestor: Slot) -> bool {
    while let Some(parent) = streams[slot].branch.parent.some() {
        if parent == ancestor {
            return true;
        }
        slot = parent;
    }
    false
}

/// Changes a weight in place. A stream in the queue pays for its last frame with the new weight.
fn set_weight(streams: &mut Streams, slot: Slot, new: i32) {
    let old = core::mem::replace(&mut streams[slot].branch.weight, new);
    let parent = streams[slot].branch.parent;
    let branch = &mut streams[parent].branch;
    branch.sum = branch.sum.wrapping_add(new).wrapping_sub(old);
    let clock = branch.clock;
    if !streams[slot].turn.queued {
        return;
    }
    unqueue(streams, slot);
    let stream = &mut streams[slot];
    let (old, new) = (weight(old), weight(new));
    let penalty = u64::from(stream.turn.last) * MAX_WEIGHT;
    let remainder = (u64::from(stream.branch.remainder) + old - penalty % old) % old;
    let penalty = penalty + remainder;
    let base = stream.turn.cycle.wrapping_sub(penalty / old);
    stream.branch.remainder = (penalty % new) as u32;
    stream.turn.cycle = base.wrapping_add(penalty / new);
    // The stream must not be put before what was served already.
    let ahead = stream.turn.cycle.wrapping_sub(clock);
    if ahead > u64::MAX / 2 {
        stream.turn.cycle = clock;
    }
    let heap = streams[parent].branch.queue;
    streams[parent].branch.queue = heap::insert(streams, heap, slot);
}
