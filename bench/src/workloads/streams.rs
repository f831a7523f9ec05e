//! Many streams at once: who is next, who is woken, and what a change of all windows costs.

use c_types::{flag, frame_type};

use crate::digest::Digest;
use crate::ffi::{Answer, Body, Endpoint, Kit, Library, Role, setting};
use crate::wire;
use crate::workload::{Run, Workload, groups};
use crate::workloads::data::{Sending, endless};

/// How requests say what is important.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scheme {
    /// All alike, a frame of each in turn (RFC 9218).
    Incremental,
    /// All below the root, with different weights (RFC 7540).
    Tree,
}

/// The request of the stream with that number, from 0 on.
fn request(number: usize, scheme: Scheme) -> Vec<u8> {
    let flags = flag::END_HEADERS | flag::END_STREAM;
    let mut block = wire::request_block();
    let flags = match scheme {
        Scheme::Incremental => {
            block.extend(wire::literal(0, "priority", b"u=3, i"));
            flags
        }
        Scheme::Tree => {
            let weight = (number * 37 % 256) as u8;
            block.splice(0..0, [0, 0, 0, 0, weight]);
            flags | flag::PRIORITY
        }
    };
    wire::frame(frame_type::HEADERS, flags, stream(number) as u32, &block)
}

fn stream(number: usize) -> i32 {
    number as i32 * 2 + 1
}

/// A server with so many requests that it has not answered to the end.
fn server(
    library: &'static Library,
    streams: usize,
    scheme: Scheme,
    answers: &'static [Answer],
    watch: bool,
) -> Endpoint {
    // So many SETTINGS are suspicious.
    let kit = Kit::new(library).without_limits();
    let mut server = Endpoint::new(&kit, Role::Server, watch);
    let mut settings = vec![(setting::MAX_CONCURRENT_STREAMS, 100_000)];
    if scheme == Scheme::Incremental {
        settings.push((setting::NO_RFC7540_PRIORITIES, 1));
    }
    server.settings(&settings);
    server.answer_with(answers);
    server.receive(&wire::generous_client());
    for number in 0..streams {
        server.receive(&request(number, scheme));
    }
    server
}

/// Ready streams: an operation is a frame of one of them.
fn scheduling(
    library: &'static Library,
    streams: usize,
    scheme: Scheme,
    answers: &'static [Answer],
    watch: bool,
) -> Sending {
    let mut server = server(library, streams, scheme, answers, watch);
    // Once around, so that all have sent the same.
    server.send_data_frames(streams as u64);
    Sending { server }
}

/// Frames that are sent cost little by themselves.
const SMALL: Body = Body::Endless(100);

pub fn schedulers() -> Vec<Workload> {
    let answers = endless(SMALL);
    let mut workloads = Vec::new();
    for (streams, target) in [(10, Some(1.8)), (100, None), (1000, None), (10_000, Some(3.0))] {
        let prepare = move |library, watch, _| {
            scheduling(library, streams, Scheme::Incremental, answers, watch)
        };
        let name = format!("schedule {streams} streams");
        let workload = Workload::new(name, &groups::SCHEDULE, "frame", prepare);
        workloads.push(Workload { target, ..workload });
    }
    for (streams, target) in [(10, None), (10_000, Some(4.0))] {
        let prepare =
            move |library, watch, _| scheduling(library, streams, Scheme::Tree, answers, watch);
        let name = format!("tree of {streams} streams");
        let workload = Workload::new(name, &groups::TREE, "frame", prepare);
        workloads.push(Workload { target, ..workload.only_on(|library| library.has_tree) });
    }
    workloads
}

/// Streams whose bodies are deferred. An operation wakes one, which sends a frame and sleeps again.
struct Waking {
    server: Endpoint,
    streams: usize,
    next: usize,
}

impl Run for Waking {
    fn go(&mut self, operations: u64) {
        for _ in 0..operations {
            self.server.wake(stream(self.next));
            self.server.drain();
            // Neighbours are not woken one after the other.
            self.next = (self.next + 4999) % self.streams;
        }
        self.server.must_be_alive();
    }

    fn digest(&self) -> Digest {
        self.server.seat().digest
    }
}

pub fn waking() -> Vec<Workload> {
    let answers = endless(Body::Woken(100));
    let prepare = move |library, watch, _| {
        let streams = 10_000;
        let mut server = server(library, streams, Scheme::Incremental, answers, watch);
        server.drain();
        Waking { server, streams, next: 0 }
    };
    vec![Workload::new("wake one of 10000 streams", &groups::WAKE, "wake-up", prepare)]
}

/// A client that changes its mind about the windows of all streams.
struct Resizing {
    server: Endpoint,
    settings: [Vec<u8>; 2],
    next: usize,
}

impl Run for Resizing {
    fn go(&mut self, operations: u64) {
        for _ in 0..operations {
            self.server.receive(&self.settings[self.next]);
            self.server.drain();
            self.next ^= 1;
        }
        self.server.must_be_alive();
    }

    fn digest(&self) -> Digest {
        self.server.seat().digest
    }
}

pub fn resizing() -> Vec<Workload> {
    let workload = |streams: usize| {
        let prepare = move |library, watch, _| {
            let mut server = server(library, streams, Scheme::Incremental, &[], watch);
            server.drain();
            let settings = [100_000, 65_535]
                .map(|size| wire::settings(&[(setting::INITIAL_WINDOW_SIZE, size)]));
            Resizing { server, settings, next: 0 }
        };
        let name = format!("initial window, {streams} streams open");
        Workload::new(name, &groups::WINDOW, "SETTINGS", prepare).most(1 << 14)
    };
    vec![workload(100), workload(10_000).at_least(100.0)]
}
