//! Hostile peers, with all limits off. An operation is some kilooctets of attack, which the server
//! answers as far as it has to; what is counted is the attacker's octets.

use c_types::{flag, frame_type};

use crate::digest::Digest;
use crate::ffi::{Body, Endpoint, Kit, Library, Role, setting};
use crate::wire;
use crate::workload::{Run, Workload, groups};
use crate::workloads::data::endless;

/// What the attacker sends in one operation: it may depend on how many there were before.
type Attack = fn(u32) -> Vec<u8>;

struct Flood {
    server: Endpoint,
    attacks: Vec<Vec<u8>>,
    next: usize,
}

impl Flood {
    fn new(library: &'static Library, attack: Attack, watch: bool, operations: u64) -> Flood {
        let mut server = Endpoint::new(&Kit::new(library).without_limits(), Role::Server, watch);
        server.settings(&[
            (setting::MAX_CONCURRENT_STREAMS, 1000),
            (setting::NO_RFC7540_PRIORITIES, 1),
        ]);
        server.answer_with(endless(Body::None));
        server.receive(wire::PREFACE);
        server.receive(&wire::settings(&[]));
        // A request that stays open, and leaves a large field in the table.
        let mut block = wire::request_block();
        block.extend(wire::literal(0x40, "x-huge", &[b'x'; 4000]));
        server.receive(&wire::frame(frame_type::HEADERS, flag::END_HEADERS, OPEN, &block));
        server.drain();
        let attacks = (0..operations as u32).map(attack).collect();
        Flood { server, attacks, next: 0 }
    }
}

impl Run for Flood {
    fn go(&mut self, operations: u64) {
        let end = self.next + operations as usize;
        for attack in &self.attacks[self.next..end] {
            self.server.receive(attack);
            self.server.drain();
        }
        self.next = end;
        self.server.must_be_alive();
    }

    fn digest(&self) -> Digest {
        self.server.seat().digest
    }
}

/// The stream that stays open.
const OPEN: u32 = 1;

/// How many frames or fields there are in an operation.
const MANY: u32 = 100;

/// A stream that was not used before.
fn fresh(number: u32) -> u32 {
    3 + 2 * number
}

/// Requests, each taken back at once.
fn rapid_reset(operation: u32) -> Vec<u8> {
    let flags = flag::END_HEADERS | flag::END_STREAM;
    let round = |number: u32| {
        let stream = fresh(operation * MANY + number);
        let block = wire::request_block();
        [wire::frame(frame_type::HEADERS, flags, stream, &block), wire::reset(stream)].concat()
    };
    (0..MANY).flat_map(round).collect()
}

/// A field section that does not come to an end.
fn continuation(operation: u32) -> Vec<u8> {
    let stream = fresh(operation);
    let mut octets = wire::frame(frame_type::HEADERS, 0, stream, &wire::request_block());
    for number in 1..=MANY {
        let flags = if number == MANY { flag::END_HEADERS } else { 0 };
        octets.extend(wire::frame(frame_type::CONTINUATION, flags, stream, &[0x90]));
    }
    octets.extend(wire::reset(stream));
    octets
}

fn settings(_: u32) -> Vec<u8> {
    wire::settings(&[]).repeat(MANY as usize)
}

fn ping(_: u32) -> Vec<u8> {
    wire::frame(frame_type::PING, 0, 0, b"whatever").repeat(MANY as usize)
}

fn empty_data(_: u32) -> Vec<u8> {
    wire::frame(frame_type::DATA, 0, OPEN, b"").repeat(MANY as usize)
}

fn window_update(_: u32) -> Vec<u8> {
    wire::window_update(0, 1).repeat(MANY as usize)
}

fn stream_window_update(_: u32) -> Vec<u8> {
    wire::window_update(OPEN, 1).repeat(MANY as usize)
}

fn priority_update(_: u32) -> Vec<u8> {
    let one = |urgency: u32| {
        let mut payload = OPEN.to_be_bytes().to_vec();
        payload.extend(format!("u={}", urgency % 8).bytes());
        wire::frame(frame_type::PRIORITY_UPDATE, 0, 0, &payload)
    };
    (0..MANY).flat_map(one).collect()
}

/// A request with these fields besides, taken back.
fn request(operation: u32, fields: &[u8]) -> Vec<u8> {
    let stream = fresh(operation);
    let block = [&wire::request_block()[..], fields].concat();
    let headers = wire::frame(frame_type::HEADERS, flag::END_HEADERS, stream, &block);
    [headers, wire::reset(stream)].concat()
}

/// Each octet stands for a field of four kilooctets.
fn bomb(operation: u32) -> Vec<u8> {
    request(operation, &[0xbe; 10 * MANY as usize])
}

/// Each four octets push something out of the table.
fn insertions(operation: u32) -> Vec<u8> {
    let field = |number: u32| wire::literal(0x40, ["a", "b", "c"][number as usize % 3], b"");
    let fields: Vec<u8> = (0..10 * MANY).flat_map(field).collect();
    request(operation, &fields)
}

pub fn all() -> Vec<Workload> {
    let floods: [(&str, Attack); 10] = [
        ("rapid reset", rapid_reset),
        ("CONTINUATION", continuation),
        ("SETTINGS", settings),
        ("PING", ping),
        ("empty DATA", empty_data),
        ("WINDOW_UPDATE", window_update),
        ("WINDOW_UPDATE of a stream", stream_window_update),
        ("PRIORITY_UPDATE", priority_update),
        ("HPACK bomb", bomb),
        ("tiny insertions", insertions),
    ];
    let workload = |(name, attack): (&str, Attack)| {
        let prepare =
            move |library, watch, operations| Flood::new(library, attack, watch, operations);
        let workload = Workload::new(format!("flood: {name}"), &groups::FLOODS, "octet", prepare);
        let workload = workload.units(attack(0).len()).most(4000);
        if name == "HPACK bomb" { workload.at_least(10.0) } else { workload }
    };
    floods.into_iter().map(workload).collect()
}
