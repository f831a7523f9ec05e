//! Requests and responses: both ends in one thread, and each end alone against what the other has once
//! sent. An operation is a burst: so many requests are submitted at once, then octets go to and fro until
//! all is said. What is counted is requests.

use crate::digest::Digest;
use crate::ffi::{Endpoint, Kit, Library, Role, setting};
use crate::traffic::{self, Traffic};
use crate::workload::{Run, Workload, groups};

/// Bursts before anything is measured: tables are full then, and buffers as large as they get.
fn warming(in_flight: usize) -> u64 {
    1 + 200 / in_flight as u64
}

/// Octets of one turn, by either end.
type Turn = Vec<u8>;

/// Both ends of a connection, and the requests that go over it.
pub struct Pair {
    client: Endpoint,
    server: Endpoint,
    traffic: &'static Traffic,
    in_flight: usize,
    submitted: usize,
    wire: Turn,
}

impl Pair {
    /// Ends that have not exchanged SETTINGS yet.
    pub fn unacquainted(
        kit: &Kit,
        traffic: &'static Traffic,
        in_flight: usize,
        watch: bool,
    ) -> Pair {
        let client = Endpoint::new(kit, Role::Client, watch);
        let server = Endpoint::new(kit, Role::Server, watch);
        Pair::of(client, server, traffic, in_flight)
    }

    /// The same of two ends that have sent nothing yet.
    pub fn of(
        mut client: Endpoint,
        mut server: Endpoint,
        traffic: &'static Traffic,
        in_flight: usize,
    ) -> Pair {
        client.settings(&CLIENT_SETTINGS);
        server.settings(&SERVER_SETTINGS);
        server.answer_with(&traffic.answers);
        Pair { client, server, traffic, in_flight, submitted: 0, wire: Vec::new() }
    }

    /// Lets octets go to and fro, and tells of each turn whose it was. Returns what was said last.
    pub fn settle<T>(&mut self, tell: &mut impl FnMut(Role, &[u8]) -> T) -> T {
        loop {
            self.wire.clear();
            self.client.send(&mut self.wire);
            tell(Role::Client, &self.wire);
            let client_is_done = self.wire.is_empty();
            if !client_is_done {
                self.server.receive(&self.wire);
            }
            self.wire.clear();
            self.server.send(&mut self.wire);
            let said = tell(Role::Server, &self.wire);
            if !self.wire.is_empty() {
                self.client.receive(&self.wire);
            } else if client_is_done {
                return said;
            }
        }
    }

    /// As many requests as are in flight, until all are answered.
    pub fn burst<T>(&mut self, tell: &mut impl FnMut(Role, &[u8]) -> T) -> T {
        for _ in 0..self.in_flight {
            submit(&mut self.client, self.traffic, self.submitted);
            self.submitted += 1;
        }
        let said = self.settle(tell);
        assert_eq!(self.client.seat().closed, self.submitted as u64, "a request is stuck");
        said
    }
}

const CLIENT_SETTINGS: [(i32, u32); 1] = [(setting::INITIAL_WINDOW_SIZE, 1 << 20)];
const SERVER_SETTINGS: [(i32, u32); 1] = [(setting::MAX_CONCURRENT_STREAMS, 1000)];

fn submit(client: &mut Endpoint, traffic: &'static Traffic, number: usize) {
    let request = &traffic.requests[number % traffic.requests.len()];
    client.request(request, traffic.request_body);
}

impl Run for Pair {
    fn go(&mut self, operations: u64) {
        for _ in 0..operations {
            self.burst(&mut |_, _| ());
        }
    }

    fn digest(&self) -> Digest {
        self.client.seat().digest.with(self.server.seat().digest)
    }
}

/// One end, and what the other has sent when it was there.
struct Alone {
    end: Endpoint,
    role: Role,
    traffic: &'static Traffic,
    in_flight: usize,
    submitted: usize,
    /// The other's turns, those of the first requests included.
    turns: Vec<Turn>,
    next: usize,
    /// For each burst the turn after its last one.
    bursts: Vec<usize>,
    burst: usize,
}

impl Alone {
    fn new(
        library: &'static Library,
        role: Role,
        traffic: &'static Traffic,
        in_flight: usize,
        watch: bool,
        operations: u64,
    ) -> Alone {
        let kit = Kit::new(library).with_many_streams();
        let recorded = Recording::of(&kit, role, traffic, in_flight, operations);
        let mut end = Endpoint::new(&kit, role, watch);
        match role {
            Role::Client => end.settings(&CLIENT_SETTINGS),
            Role::Server => {
                end.settings(&SERVER_SETTINGS);
                end.answer_with(&traffic.answers);
            }
        }
        let mut alone = Alone {
            end,
            role,
            traffic,
            in_flight,
            submitted: 0,
            turns: recorded.turns,
            next: 0,
            bursts: recorded.bursts,
            burst: 0,
        };
        alone.take_turns();
        alone.go(warming(in_flight));
        alone
    }

    /// Everything up to the end of the burst.
    fn take_turns(&mut self) {
        let end = self.bursts[self.burst];
        self.burst += 1;
        self.end.drain();
        for turn in &self.turns[self.next..end] {
            self.end.receive(turn);
            self.end.drain();
        }
        self.next = end;
    }
}

impl Run for Alone {
    fn go(&mut self, operations: u64) {
        for _ in 0..operations {
            if self.role == Role::Client {
                for _ in 0..self.in_flight {
                    submit(&mut self.end, self.traffic, self.submitted);
                    self.submitted += 1;
                }
            }
            self.take_turns();
        }
        let answered = (self.burst - 1) * self.in_flight;
        assert_eq!(self.end.seat().closed, answered as u64, "a request is stuck");
    }

    fn digest(&self) -> Digest {
        self.end.seat().digest
    }
}

/// What one end receives in an exchange.
struct Recording {
    turns: Vec<Turn>,
    bursts: Vec<usize>,
}

impl Recording {
    /// What `role` receives in the handshake, in warming up and in so many operations.
    fn of(
        kit: &Kit,
        role: Role,
        traffic: &'static Traffic,
        in_flight: usize,
        operations: u64,
    ) -> Recording {
        let mut turns: Vec<Turn> = Vec::new();
        let mut note = |sender: Role, octets: &[u8]| {
            if sender != role && !octets.is_empty() {
                turns.push(octets.to_vec());
            }
            turns.len()
        };
        let mut pair = Pair::unacquainted(kit, traffic, in_flight, false);
        let mut bursts = vec![pair.settle(&mut note)];
        for _ in 0..warming(in_flight) + operations {
            bursts.push(pair.burst(&mut note));
        }
        Recording { turns, bursts }
    }
}

/// How many requests are open at the same time.
const IN_FLIGHT: [usize; 3] = [1, 10, 100];

/// All kinds with 1, 10 and 100 requests in flight.
pub fn both_ends() -> Vec<Workload> {
    let mut workloads = Vec::new();
    for traffic in traffic::all() {
        for in_flight in IN_FLIGHT {
            let name = format!("both ends, {}, {in_flight} in flight", traffic.name);
            let prepare = move |library, watch, _| {
                let kit = Kit::new(library).with_many_streams();
                let mut pair = Pair::unacquainted(&kit, traffic, in_flight, watch);
                pair.settle(&mut |_, _| 0);
                pair.go(warming(in_flight));
                pair
            };
            let workload = Workload::new(name, &groups::BOTH_ENDS, "request", prepare);
            let workload = workload.units(in_flight);
            let is_minimal = traffic.name == "minimal";
            workloads.push(if is_minimal { workload.at_least(2.2) } else { workload });
        }
    }
    workloads
}

/// The same for each end, one after the other; with one and with many in flight.
pub fn one_end() -> Vec<Workload> {
    let mut workloads = Vec::new();
    for (role, group, name) in
        [(Role::Server, &groups::SERVER, "server"), (Role::Client, &groups::CLIENT, "client")]
    {
        for traffic in traffic::all() {
            for in_flight in [1, 100] {
                let name = format!("{name}, {}, {in_flight} in flight", traffic.name);
                let prepare = move |library, watch, operations| {
                    Alone::new(library, role, traffic, in_flight, watch, operations)
                };
                let workload = Workload::new(name, group, "request", prepare);
                let most = (1 << 14) / in_flight as u64;
                workloads.push(workload.units(in_flight).most(most));
            }
        }
    }
    workloads
}
