//! Sessions that live for a short time.

use super::exchange::Pair;
use crate::digest::Digest;
use crate::ffi::{Kit, Library};
use crate::traffic::{self, Traffic};
use crate::workload::{Run, Workload, groups};

/// A session that is never used.
struct Creating {
    kit: Kit,
}

impl Run for Creating {
    fn go(&mut self, operations: u64) {
        for _ in 0..operations {
            self.kit.create_and_delete();
        }
    }

    fn digest(&self) -> Digest {
        Digest::default()
    }
}

/// Both ends of a connection, with so many requests on it.
struct Connecting {
    kit: Kit,
    traffic: &'static Traffic,
    requests: usize,
    watch: bool,
    digest: Digest,
}

impl Run for Connecting {
    fn go(&mut self, operations: u64) {
        for _ in 0..operations {
            let mut pair = Pair::unacquainted(&self.kit, self.traffic, self.requests, self.watch);
            pair.settle(&mut |_, _| ());
            if self.requests > 0 {
                pair.burst(&mut |_, _| ());
            }
            if self.watch {
                self.digest = self.digest.with(pair.digest());
            }
        }
    }

    fn digest(&self) -> Digest {
        self.digest
    }
}

pub fn all() -> Vec<Workload> {
    let create = |library: &'static Library, _, _| Creating { kit: Kit::new(library) };
    let connection = |name: &str, requests| {
        let traffic = traffic::browser();
        let prepare = move |library, watch, _| Connecting {
            kit: Kit::new(library).with_many_streams(),
            traffic,
            requests,
            watch,
            digest: Digest::default(),
        };
        Workload::new(name, &groups::SESSION, "connection", prepare)
    };
    vec![
        Workload::new("create and delete", &groups::SESSION, "session", create).at_least(2.0),
        connection("connect both ends", 0),
        connection("connect, one request", 1).at_least(1.8),
    ]
}
