//! Scheduling by the dependency tree (RFC 7540 section 5.3), with weighted fair queuing among
//! siblings.
//!
//! A stream with something to send is served before everything below it. Of the children that have
//! something to send, or have descendants that do, the one with the smallest cycle comes first: a
//! virtual time, at which a child has used up its share. Sending moves it on by the octets divided
//! by the weight.

use super::super::stake::{Stake, StakeId, Stakes};
use super::super::stream::Stream;
use super::super::streams::{Slot, Streams};
use super::{Branch, Family, Turn, heap};
use crate::error::Result;
use crate::frame::PrioritySpec;

/// Octets count so much against a stream of weight 1.
const MAX_WEIGHT: u64 = 256;

/// Whether the stream or something below it has something to send.
fn is_active(streams: &Streams, slot: Slot) -> bool {
    streams[slot].is_ready() || !family(streams, slot).queue.is_none()
}

fn family(streams: &Streams, slot: Slot) -> &Family {
    &streams.stake(slot).family
}

fn family_mut(streams: &mut Streams, slot: Slot) -> &mut Family {
    &mut streams.stake_mut(slot).family
}

fn is_queued(streams: &Streams, slot: Slot) -> bool {
    streams.stake(slot).turn.queued
}

/// The weight of a priority that has been clamped.
pub(super) fn weight_of(spec: PrioritySpec) -> u16 {
    spec.weight as u16
}

/// Makes sure that [`insert`] and [`move_to`] find the stakes they need.
pub(super) fn prepare(
    streams: &mut Streams,
    parent: Slot,
    slot: Slot,
    exclusive: bool,
) -> Result<()> {
    streams.ensure_stake(parent)?;
    if exclusive { streams.ensure_stake(slot) } else { Ok(()) }
}

/// Moves a cycle on from `base` by what was sent last.
fn advance(turn: &mut Turn, branch: &mut Branch, base: u64) {
    let weight = divisor(branch.weight);
    let penalty = u64::from(turn.last) * MAX_WEIGHT + u64::from(branch.remainder);
    turn.cycle = base.wrapping_add(penalty / weight);
    branch.remainder = (penalty % weight) as u16;
}

/// A weight as a divisor.
fn divisor(weight: u16) -> u64 {
    u64::from(weight).max(1)
}

/// Puts the stream into its parent's queue, behind those that had their turn.
fn queue(streams: &mut Streams, slot: Slot) {
    let parent = parent_stake(streams, slot);
    let (stream, stakes) = streams.with_stakes(slot);
    line_up(stakes, parent, stream);
    put_into_heap(stakes, parent, stream.stake);
}

/// The stake of the stream that a stream hangs on.
fn parent_stake(streams: &Streams, slot: Slot) -> StakeId {
    streams[streams[slot].branch.parent].stake
}

fn put_into_heap(stakes: &mut Stakes, parent: StakeId, child: StakeId) {
    let heap = stakes.get(parent).family.queue;
    stakes.get_mut(parent).family.queue = heap::insert(stakes, heap, child);
}

/// Gives the stream its place behind those that had their turn.
fn line_up(stakes: &mut Stakes, parent: StakeId, stream: &mut Stream) {
    let siblings = &mut stakes.get_mut(parent).family;
    let (seq, clock) = (siblings.next_seq, siblings.clock);
    siblings.next_seq = seq.wrapping_add(1);
    let turn = &mut stakes.get_mut(stream.stake).turn;
    turn.seq = seq;
    advance(turn, &mut stream.branch, clock);
}

fn unqueue(streams: &mut Streams, slot: Slot) {
    let parent = parent_stake(streams, slot);
    let child = streams[slot].stake;
    take_from_heap(&mut streams.stakes, parent, child);
}

fn take_from_heap(stakes: &mut Stakes, parent: StakeId, child: StakeId) {
    let heap = heap::remove(stakes, stakes.get(parent).family.queue, child);
    stakes.get_mut(parent).family.queue = heap;
}

/// The stream, or something below it, has become active.
pub(super) fn enter(streams: &mut Streams, mut slot: Slot) {
    while slot != Slot::ROOT && !is_queued(streams, slot) {
        queue(streams, slot);
        slot = streams[slot].branch.parent;
    }
}

/// The stream has nothing to send any more.
pub(super) fn leave(streams: &mut Streams, mut slot: Slot) {
    while is_queued(streams, slot) && !is_active(streams, slot) {
        slot = forget(streams, slot);
    }
}

/// Takes the stream out of its parent's queue, and its past with it. Returns the parent.
fn forget(streams: &mut Streams, slot: Slot) -> Slot {
    unqueue(streams, slot);
    let stake = streams.stake_mut(slot);
    (stake.turn.cycle, stake.turn.last, stake.family.clock) = (0, 0, 0);
    let branch = &mut streams[slot].branch;
    branch.remainder = 0;
    branch.parent
}

pub(super) fn is_empty(streams: &Streams) -> bool {
    streams.stakes.get(streams.root().stake).family.queue.is_none()
}

/// Whose turn it is. The clocks on the way there are set.
pub(super) fn next(streams: &mut Streams) -> Option<Slot> {
    let mut above = streams.root().stake;
    loop {
        let first = streams.stakes.get(above).family.queue.some()?;
        let Stake { slot, turn, .. } = streams.stakes.get(first);
        let (slot, cycle) = (*slot, turn.cycle);
        streams.stakes.get_mut(above).family.clock = cycle;
        if streams[slot].is_ready() {
            return Some(slot);
        }
        above = first;
    }
}

/// The stream had its turn, and has sent so many octets. They count against all it hangs on, too.
/// After its last turn it stays where it is, from where it will be taken.
pub(super) fn served(streams: &mut Streams, mut slot: Slot, sent: u32, is_last: bool) {
    let stake = streams.stake_mut(slot);
    stake.turn.last = sent;
    if is_last && stake.family.queue.is_none() {
        slot = streams[slot].branch.parent;
    }
    while slot != Slot::ROOT {
        let above = parent_stake(streams, slot);
        let (stream, stakes) = streams.with_stakes(slot);
        let turn = &mut stakes.get_mut(stream.stake).turn;
        if !turn.queued {
            break;
        }
        turn.last = sent;
        let heap = stakes.get(above).family.queue;
        if heap::is_alone(stakes, heap, stream.stake) {
            line_up(stakes, above, stream);
        } else {
            take_from_heap(stakes, above, stream.stake);
            line_up(stakes, above, stream);
            put_into_heap(stakes, above, stream.stake);
        }
        slot = stream.branch.parent;
    }
}

/// Hangs a subtree below `parent`: in front of its children, or exclusively above them.
pub(super) fn insert(streams: &mut Streams, parent: Slot, slot: Slot, exclusive: bool) {
    if exclusive {
        adopt_children(streams, parent, slot);
    }
    let weight = i32::from(streams[slot].branch.weight);
    let siblings = family_mut(streams, parent);
    siblings.sum = siblings.sum.wrapping_add(weight);
    let next = core::mem::replace(&mut siblings.first_child, slot);
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
    let Some(first) = family(streams, parent).first_child.some() else { return };
    let theirs = family_mut(streams, parent);
    theirs.first_child = Slot::NONE;
    let sum = core::mem::take(&mut theirs.sum);
    let own = family_mut(streams, slot);
    own.sum = own.sum.wrapping_add(sum);
    match last_child(streams, slot) {
        None => family_mut(streams, slot).first_child = first,
        Some(last) => {
            streams[last].branch.next = first;
            streams[first].branch.previous = last;
        }
    }
    let mut next = first;
    while let Some(child) = next.some() {
        next = streams[child].branch.next;
        let queued = is_queued(streams, child);
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
    let mut last = family(streams, slot).first_child.some()?;
    while let Some(next) = streams[last].branch.next.some() {
        last = next;
    }
    Some(last)
}

/// Takes a subtree out of the tree. It keeps its weight, but nothing of it is queued above it.
fn take_out(streams: &mut Streams, slot: Slot) {
    if is_queued(streams, slot) {
        let parent = forget(streams, slot);
        leave(streams, parent);
    }
    let weight = i32::from(streams[slot].branch.weight);
    let parent = streams[slot].branch.parent;
    replace(streams, slot, Slot::NONE);
    let siblings = family_mut(streams, parent);
    siblings.sum = siblings.sum.wrapping_sub(weight);
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
        None => family_mut(streams, parent).first_child = front,
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
    if streams[slot].stake.is_none() {
        return remove_leaf(streams, slot);
    }
    let parent = streams[slot].branch.parent;
    let share = i32::from(streams[slot].branch.weight);
    let Family { first_child: first, sum, .. } = *family(streams, slot);
    let mut weights = 0_i32;
    let mut next = first;
    while let Some(child) = next.some() {
        let branch = &mut streams[child].branch;
        next = branch.next;
        let part = i64::from(share) * i64::from(branch.weight) / i64::from(sum.max(1));
        branch.weight = (part as u16).max(1);
        weights = weights.wrapping_add(i32::from(branch.weight));
        if is_queued(streams, child) {
            unqueue(streams, child);
            streams[child].branch.parent = parent;
            queue(streams, child);
        }
    }
    if is_queued(streams, slot) {
        forget(streams, slot);
        leave(streams, parent);
    }
    replace(streams, slot, first);
    let siblings = family_mut(streams, parent);
    siblings.sum = siblings.sum.wrapping_add(weights).wrapping_sub(share);
    if !first.is_none() {
        let own = family_mut(streams, slot);
        (own.first_child, own.sum) = (Slot::NONE, 0);
    }
}

/// Removes a stream that has no children and is in no queue.
fn remove_leaf(streams: &mut Streams, slot: Slot) {
    let branch = &mut streams[slot].branch;
    let Branch { parent, next, previous, weight, .. } = *branch;
    (branch.parent, branch.next, branch.previous) = (Slot::NONE, Slot::NONE, Slot::NONE);
    let siblings = family_mut(streams, parent);
    siblings.sum = siblings.sum.wrapping_sub(i32::from(weight));
    match previous.some() {
        Some(previous) => streams[previous].branch.next = next,
        None => siblings.first_child = next,
    }
    if let Some(next) = next.some() {
        streams[next].branch.previous = previous;
    }
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
        return set_weight(streams, slot, weight_of(spec));
    }
    take_out(streams, slot);
    streams[slot].branch.weight = weight_of(spec);
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
fn set_weight(streams: &mut Streams, slot: Slot, new: u16) {
    let old = core::mem::replace(&mut streams[slot].branch.weight, new);
    let parent = streams[slot].branch.parent;
    let siblings = family_mut(streams, parent);
    siblings.sum = siblings.sum.wrapping_add(i32::from(new)).wrapping_sub(i32::from(old));
    let clock = siblings.clock;
    if !is_queued(streams, slot) {
        return;
    }
    unqueue(streams, slot);
    let (old, new) = (divisor(old), divisor(new));
    let remainder = u64::from(streams[slot].branch.remainder);
    let turn = &mut streams.stake_mut(slot).turn;
    let penalty = u64::from(turn.last) * MAX_WEIGHT;
    let penalty = penalty + (remainder + old - penalty % old) % old;
    let base = turn.cycle.wrapping_sub(penalty / old);
    turn.cycle = base.wrapping_add(penalty / new);
    // The stream must not be put before what was served already.
    let ahead = turn.cycle.wrapping_sub(clock);
    if ahead > u64::MAX / 2 {
        turn.cycle = clock;
    }
    streams[slot].branch.remainder = (penalty % new) as u16;
    let (parent, child) = (streams[parent].stake, streams[slot].stake);
    put_into_heap(&mut streams.stakes, parent, child);
}
