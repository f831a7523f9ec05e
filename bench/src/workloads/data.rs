//! DATA frames: a server sends them, or takes them in.

use c_types::{flag, frame_type};

use crate::digest::Digest;
use crate::ffi::{Answer, Body, Endpoint, Field, FieldList, Kit, Library, Role};
use crate::wire;
use crate::workload::{Run, Workload, groups};

/// An answer that sends its body as long as anybody asks.
pub fn endless(body: Body) -> &'static [Answer] {
    let fields = FieldList::new(&[Field::new(":status", "200")]);
    let answer = Answer { fields, body, trailers: FieldList::new(&[]) };
    Box::leak(Box::new([answer]))
}

/// A server that sends without end. An operation is a frame.
pub struct Sending {
    pub server: Endpoint,
}

impl Run for Sending {
    fn go(&mut self, operations: u64) {
        self.server.send_data_frames(operations);
    }

    fn digest(&self) -> Digest {
        self.server.seat().digest
    }
}

impl Sending {
    fn one_stream(library: &'static Library, answers: &'static [Answer], watch: bool) -> Sending {
        let mut server = Endpoint::new(&Kit::new(library), Role::Server, watch);
        server.settings(&[]);
        server.answer_with(answers);
        server.receive(&wire::generous_client());
        let flags = flag::END_HEADERS | flag::END_STREAM;
        server.receive(&wire::frame(frame_type::HEADERS, flags, 1, &wire::request_block()));
        server.send_data_frames(10);
        Sending { server }
    }
}

pub fn sending() -> Vec<Workload> {
    let cases = [
        (64, false, &groups::SEND_SMALL),
        (1024, false, &groups::SEND_SMALL),
        (16384, true, &groups::SEND_LARGE),
        (64, true, &groups::SEND_OTHER),
        (1024, true, &groups::SEND_OTHER),
        (16384, false, &groups::SEND_OTHER),
    ];
    let workload = |(length, is_copied, group)| {
        let (how, body) = match is_copied {
            true => ("copied", Body::Endless(length)),
            false => ("no copy", Body::EndlessNoCopy(length)),
        };
        let answers = endless(body);
        let prepare = move |library, watch, _| Sending::one_stream(library, answers, watch);
        // The windows hold for two gibioctets.
        let most = (1 << 30) / length as u64;
        Workload::new(format!("send {length} octets, {how}"), group, "frame", prepare).most(most)
    };
    cases.into_iter().map(workload).collect()
}

/// A server that fills a buffer again and again. An operation is a buffer.
struct Gathering {
    sending: Sending,
    buffer: Vec<u8>,
    watch: bool,
    digest: Digest,
}

impl Run for Gathering {
    fn go(&mut self, operations: u64) {
        for _ in 0..operations {
            let length = self.sending.server.fill(&mut self.buffer);
            assert_eq!(length, self.buffer.len(), "nothing more is sent");
            if self.watch {
                self.digest.output(&self.buffer);
            }
        }
    }

    fn digest(&self) -> Digest {
        self.digest
    }
}

/// Octets in buffers, as programs hand them to the kernel or to TLS.
pub fn gathering() -> Vec<Workload> {
    const BUFFER: usize = 4096;
    let workload = |length| {
        let answers = endless(Body::Endless(length));
        let prepare = move |library, watch, _| Gathering {
            sending: Sending::one_stream(library, answers, false),
            buffer: vec![0; BUFFER],
            watch,
            digest: Digest::default(),
        };
        let name = format!("gather {length} octets in buffers of {BUFFER}");
        Workload::new(name, &groups::SEND_OTHER, "buffer", prepare).most((1 << 30) / BUFFER as u64)
    };
    [64, 1024].map(workload).into()
}

/// A server that receives the same frames again and again, cut into pieces.
struct Receiving {
    server: Endpoint,
    frames: &'static [u8],
    piece: usize,
}

/// What a server can take in one go from a window of the default size.
const IN_WINDOW: usize = 32_768;

impl Receiving {
    fn new(
        library: &'static Library,
        frames: &'static [u8],
        piece: usize,
        watch: bool,
    ) -> Receiving {
        // So many small frames are suspicious.
        let kit = Kit::new(library).without_limits();
        let mut server = Endpoint::new(&kit, Role::Server, watch);
        server.settings(&[]);
        server.receive(&wire::generous_client());
        let block = wire::request_block();
        server.receive(&wire::frame(frame_type::HEADERS, flag::END_HEADERS, 1, &block));
        server.drain();
        Receiving { server, frames, piece }
    }
}

impl Run for Receiving {
    fn go(&mut self, operations: u64) {
        for _ in 0..operations {
            for part in self.frames.chunks(self.piece.max(IN_WINDOW)) {
                for piece in part.chunks(self.piece) {
                    self.server.receive(piece);
                }
                self.server.drain();
            }
        }
        self.server.must_be_alive();
    }

    fn digest(&self) -> Digest {
        self.server.seat().digest
    }
}

fn frames(payload: usize, count: usize) -> &'static [u8] {
    let frame = wire::frame(frame_type::DATA, 0, 1, &vec![b'x'; payload]);
    Box::leak(frame.repeat(count).into_boxed_slice())
}

/// Small frames in one piece, and large ones in pieces. What is counted is frames, or calls.
pub fn receiving() -> Vec<Workload> {
    let small = frames(64, 224);
    let prepare = move |library, watch, _| Receiving::new(library, small, small.len(), watch);
    let name = "receive frames of 64 octets";
    let mut workloads =
        vec![Workload::new(name, &groups::RECEIVE_SMALL, "frame", prepare).units(224)];
    let large = frames(16384, 4);
    let cases = [(1, Some(3.0)), (100, Some(2.0)), (1460, Some(2.0)), (16384, None), (65536, None)];
    for (piece, target) in cases {
        let prepare = move |library, watch, _| Receiving::new(library, large, piece, watch);
        let name = format!("receive in pieces of {piece}");
        let workload = Workload::new(name, &groups::RECEIVE_PIECES, "call", prepare);
        let workload = workload.units(large.len().div_ceil(piece));
        workloads.push(Workload { target, ..workload });
    }
    workloads
}
