//! Octets in and out of a session, and the wire between two of them.

use std::rc::Rc;

use crate::endpoint::Endpoint;
use crate::fields::plan;
use crate::log::{Log, ShowOutput, lent, log};
use crate::script::Step;
use crate::world::World;
use crate::{flood, wire};

/// Calls one step makes at most.
const CALLS: usize = 4000;

/// Frames one step sends or lets trickle in at most.
const MOST: i64 = 100_000;

pub fn perform(world: &World<'_>, endpoint: &Rc<Endpoint>, step: &Step) -> bool {
    match step.verb.as_str() {
        "feed" => endpoint.inbox.borrow_mut().extend(wire::build(step)),
        "flood" => endpoint.inbox.borrow_mut().extend(flood::build(step)),
        "recv" => receive(world, endpoint, step),
        "trickle" => trickle(world, endpoint, step),
        "recv_call" => receive_by_callback(world, endpoint, step),
        "mem_send" => produce(world, endpoint, step.int("n", 1).clamp(0, 500) as usize, step),
        "drain" => produce(world, endpoint, step.int("n", 500).clamp(0, MOST) as usize, step),
        "send" => send_by_callback(world, endpoint, step),
        _ => return false,
    }
    true
}

/// Whether a call on the session may begin now: the original forbids some nestings.
fn free(log: &Log, busy: bool) -> bool {
    if busy {
        log!(log, "busy");
    }
    !busy
}

/// Hands the inbox over, in pieces of `cut=`, no more of them than `calls=`.
fn receive(world: &World<'_>, endpoint: &Endpoint, step: &Step) {
    let (cuts, version) = (step.ints("cut"), step.int("v", 2));
    let calls = step.int("calls", CALLS as i64).max(0) as usize;
    let busy = endpoint.receiving.get() || endpoint.sending.get();
    if !free(world.log, busy) {
        return;
    }
    let input = endpoint.inbox.take();
    let mut rest = input.as_slice();
    let mut taken: usize = 0;
    endpoint.receiving.set(true);
    for call in 0..CALLS.min(calls) {
        let cut = cuts.get(call % cuts.len().max(1)).copied().unwrap_or(0);
        let size =
            if cut <= 0 || call == CALLS - 1 { rest.len() } else { rest.len().min(cut as usize) };
        let piece = &rest[..size];
        let pointer = if piece.is_empty() { std::ptr::null() } else { piece.as_ptr() };
        let result = unsafe {
            match version {
                1 => world.api.session_mem_recv(endpoint.raw.get(), pointer, size),
                _ => world.api.session_mem_recv2(endpoint.raw.get(), pointer, size),
            }
        };
        endpoint.judge(result as i64);
        let Ok(count) = usize::try_from(result) else {
            log!(world.log, "= {result} after {taken}");
            rest = &[];
            break;
        };
        taken += count;
        if count > size {
            log!(world.log, "= {result} of {size}");
            break;
        }
        rest = &rest[count..];
        if rest.is_empty() || count < size {
            log!(world.log, "= {taken}, {} left", rest.len());
            break;
        }
    }
    endpoint.receiving.set(false);
    // Callbacks may have fed more meanwhile; it comes after the rest.
    let fed = endpoint.inbox.take();
    *endpoint.inbox.borrow_mut() = [rest, &fed].concat();
}

/// Hands the inbox over `frames=` frames at a time, and sends after each time.
fn trickle(world: &World<'_>, endpoint: &Endpoint, step: &Step) {
    let input = endpoint.inbox.take();
    let mut rest = input.as_slice();
    while !rest.is_empty() && !endpoint.dead.get() && !world.log.is_full() {
        let size = flood::length(rest, step.int("frames", 1).clamp(1, MOST) as usize);
        let (now, later) = rest.split_at(size);
        endpoint.inbox.borrow_mut().extend_from_slice(now);
        receive(world, endpoint, step);
        if !endpoint.dead.get() {
            produce(world, endpoint, MOST as usize, step);
        }
        rest = later;
    }
}

fn receive_by_callback(world: &World<'_>, endpoint: &Endpoint, step: &Step) {
    let busy = endpoint.receiving.get() || endpoint.sending.get();
    if !free(world.log, busy) {
        return;
    }
    *endpoint.recv_plan.borrow_mut() = plan(step, "plan").into();
    endpoint.receiving.set(true);
    let result = unsafe { world.api.session_recv(endpoint.raw.get()) };
    endpoint.receiving.set(false);
    endpoint.judge(result as i64);
    log!(world.log, "= {result}");
}

fn produce(world: &World<'_>, endpoint: &Endpoint, calls: usize, step: &Step) {
    if !free(world.log, endpoint.sending.get()) {
        return;
    }
    endpoint.sending.set(true);
    for _ in 0..calls {
        let untouched: *const u8 = std::ptr::dangling();
        let mut data = untouched;
        let result = unsafe {
            match step.int("v", 2) {
                1 => world.api.session_mem_send(endpoint.raw.get(), &mut data),
                _ => world.api.session_mem_send2(endpoint.raw.get(), &mut data),
            }
        };
        endpoint.judge(result as i64);
        if result < 0 {
            // Whether the pointer is set after an error is nobody's business.
            log!(world.log, "= {result}");
            break;
        }
        if result == 0 {
            let pointer = match data {
                _ if data.is_null() => "null",
                _ if data == untouched => "untouched",
                _ => "set",
            };
            log!(world.log, "= {result} {pointer}");
            break;
        }
        let octets = unsafe { lent(data, result as usize) };
        log!(world.log, "= {result} {}", ShowOutput(octets));
        endpoint.outbox.borrow_mut().extend_from_slice(octets);
        if world.log.is_full() {
            break;
        }
    }
    endpoint.sending.set(false);
}

fn send_by_callback(world: &World<'_>, endpoint: &Endpoint, step: &Step) {
    if !free(world.log, endpoint.sending.get()) {
        return;
    }
    *endpoint.send_plan.borrow_mut() = plan(step, "plan").into();
    endpoint.sending.set(true);
    let result = unsafe { world.api.session_send(endpoint.raw.get()) };
    endpoint.sending.set(false);
    endpoint.judge(result as i64);
    log!(world.log, "= {result}");
}

/// Carries octets between the two sessions until both are silent. `cut=` cuts them into
/// pieces, `flip_c=OFFSET:MASK` and `flip_s=` spoil octets on the way from that side.
pub fn pump(world: &World<'_>, step: &Step) {
    let (Some(server), Some(client)) = (world.endpoint('s'), world.endpoint('c')) else {
        log!(world.log, "no pair");
        return;
    };
    let mut offsets = [0usize; 2];
    for _ in 0..step.int("rounds", 20).clamp(1, 100) {
        let mut silent = true;
        let ways = [(&client, &server, "flip_c"), (&server, &client, "flip_s")];
        for ((from, to, flips), offset) in ways.into_iter().zip(&mut offsets) {
            if from.dead.get() || to.dead.get() {
                continue;
            }
            log!(world.log, "{} to {}", from.name, to.name);
            world.log.enter();
            produce(world, from, 500, step);
            let mut octets = from.outbox.take();
            for flip in crate::fields::entries(step, flips) {
                let place = (flip.settings_id as usize).checked_sub(*offset);
                if let Some(octet) = place.and_then(|place| octets.get_mut(place)) {
                    *octet ^= flip.value as u8;
                }
            }
            *offset += octets.len();
            let pending = !octets.is_empty() || !to.inbox.borrow().is_empty();
            silent &= !pending;
            to.inbox.borrow_mut().extend(octets);
            if pending {
                receive(world, to, step);
            }
            world.log.leave();
        }
        if silent || world.log.is_full() {
            break;
        }
    }
}
