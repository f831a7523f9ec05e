//! Heap, as a library asks for it through `nghttp2_mem`: octets held in some states, and how often it
//! asks. Nothing here depends on the machine.

use c_types::{flag, frame_type};

use crate::ffi::{Body, Endpoint, Kit, Library, Meter, Role, setting};
use crate::traffic;
use crate::wire;
use crate::workloads::{Pair, endless};

/// A figure: its name, what it should be at most, and how it comes about.
pub struct Figure {
    pub name: &'static str,
    pub most: Option<f64>,
    take: fn(&'static Library) -> f64,
}

impl Figure {
    pub fn of(&self, library: &'static Library) -> f64 {
        (self.take)(library)
    }
}

const KIB: f64 = 1024.0;

pub const FIGURES: [Figure; 8] = [
    Figure { name: "octets, new session", most: Some(2.0 * KIB), take: |library| new(library).0 },
    Figure { name: "blocks, new session", most: None, take: |library| new(library).1 },
    Figure {
        name: "octets, after SETTINGS both ways",
        most: Some(4.0 * KIB),
        take: after_settings,
    },
    Figure {
        name: "octets, idle server after 1000 requests",
        most: Some(16.0 * KIB),
        take: |library| after_requests(library).server,
    },
    Figure {
        name: "octets, idle client after 1000 requests",
        most: Some(16.0 * KIB),
        take: |library| after_requests(library).client,
    },
    Figure { name: "octets for each open request", most: Some(120.0), take: open_request },
    Figure { name: "octets for each deferred response", most: Some(256.0), take: deferred },
    Figure {
        name: "allocations for each request, both ends",
        most: Some(3.0),
        take: |library| after_requests(library).allocations,
    },
];

/// Octets and blocks of a server that was just made.
fn new(library: &'static Library) -> (f64, f64) {
    let meter = Meter::leaked();
    let _server = Endpoint::metered(&Kit::new(library), Role::Server, meter);
    (meter.usage().octets as f64, meter.usage().blocks as f64)
}

/// A server that has sent its SETTINGS, got the client's, and an acknowledgement.
fn after_settings(library: &'static Library) -> f64 {
    let meter = Meter::leaked();
    let _server = acquainted(library, meter);
    meter.usage().octets as f64
}

fn acquainted(library: &'static Library, meter: &'static Meter) -> Endpoint {
    let mut server = Endpoint::metered(&Kit::new(library), Role::Server, meter);
    server.settings(&[
        (setting::MAX_CONCURRENT_STREAMS, 10_000),
        (setting::NO_RFC7540_PRIORITIES, 1),
    ]);
    server.drain();
    server.receive(wire::PREFACE);
    server.receive(&wire::settings(&[]));
    server.receive(&wire::frame(frame_type::SETTINGS, flag::ACK, 0, b""));
    server.drain();
    server
}

/// How many streams are open at once.
const STREAMS: usize = 1000;

/// Requests whose bodies have not come, and the answers to which nobody has given.
fn open_request(library: &'static Library) -> f64 {
    for_each_stream(library, flag::END_HEADERS)
}

/// Requests that are answered, with bodies that are not there yet.
fn deferred(library: &'static Library) -> f64 {
    for_each_stream(library, flag::END_HEADERS | flag::END_STREAM)
}

fn for_each_stream(library: &'static Library, flags: u8) -> f64 {
    let meter = Meter::leaked();
    let mut server = acquainted(library, meter);
    server.answer_with(endless(Body::Woken(100)));
    let before = meter.usage().octets;
    for number in 0..STREAMS {
        let stream = 2 * number as u32 + 1;
        server.receive(&wire::frame(frame_type::HEADERS, flags, stream, &wire::request_block()));
        server.drain();
    }
    (meter.usage().octets - before) as f64 / STREAMS as f64
}

struct Used {
    client: f64,
    server: f64,
    allocations: f64,
}

/// A connection over which a browser has fetched a thousand things, ten at a time.
fn after_requests(library: &'static Library) -> Used {
    let kit = Kit::new(library).with_many_streams();
    let meters = [Meter::leaked(), Meter::leaked()];
    let client = Endpoint::metered(&kit, Role::Client, meters[0]);
    let server = Endpoint::metered(&kit, Role::Server, meters[1]);
    let mut pair = Pair::of(client, server, traffic::browser(), 10);
    pair.settle(&mut |_, _| ());
    let bursts = |pair: &mut Pair, count| {
        let asked = || meters.iter().map(|meter| meter.usage().requests).sum::<usize>();
        let before = asked();
        for _ in 0..count {
            pair.burst(&mut |_, _| ());
        }
        (asked() - before) as f64 / (10 * count) as f64
    };
    bursts(&mut pair, 50);
    let allocations = bursts(&mut pair, 50);
    Used {
        client: meters[0].usage().octets as f64,
        server: meters[1].usage().octets as f64,
        allocations,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::libraries;

    #[test]
    fn figures_are_the_same_each_time() {
        let library = Library::load(&libraries::ours(), None).unwrap();
        for figure in FIGURES {
            let first = figure.of(library);
            assert!(first > 0.0, "{}", figure.name);
            assert_eq!(first, figure.of(library), "{}", figure.name);
        }
    }
}
