//! What a workload is, and the groups with their targets.

use crate::digest::Digest;
use crate::ffi::Library;

/// What is measured against which library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Against {
    /// The newest release that was compiled with full optimization; else the newest there is.
    Newest,
    /// The installed release if it still has the priorities of RFC 7540, else the last that had them.
    Tree,
    /// Whichever of the newest and the installed one is faster.
    Better,
}

/// Workloads with a common target.
#[derive(Debug)]
pub struct Group {
    pub name: &'static str,
    pub against: Against,
    /// The least geometric mean of the ratios.
    pub mean: Option<f64>,
    /// The least ratio of any member.
    pub floor: Option<f64>,
}

const fn group(name: &'static str, mean: Option<f64>, floor: Option<f64>) -> Group {
    Group { name, against: Against::Newest, mean, floor }
}

/// In the order of the tables. How often the original's time goes into ours, at least.
pub mod groups {
    use super::{Against, Group, group};

    pub const DECODE: Group = group("HPACK decoding", Some(2.7), Some(2.0));
    pub const ENCODE: Group = group("HPACK encoding", Some(2.5), Some(1.4));
    pub const BOTH_ENDS: Group = group("requests, both ends", Some(1.9), Some(1.5));
    pub const SERVER: Group = group("requests, server alone", Some(2.1), Some(1.5));
    pub const CLIENT: Group = group("requests, client alone", Some(1.9), Some(1.5));
    pub const SEND_SMALL: Group = group("sending small DATA frames", Some(2.0), Some(1.6));
    pub const SEND_LARGE: Group = group("sending 16 KiB, copied", Some(1.25), Some(1.1));
    pub const SEND_OTHER: Group = group("sending DATA otherwise", None, None);
    pub const RECEIVE_SMALL: Group = group("receiving 64-octet frames", Some(2.5), Some(2.0));
    pub const RECEIVE_PIECES: Group = group("receiving DATA in pieces", None, None);
    pub const SCHEDULE: Group = group("RFC 9218 scheduling", None, Some(1.5));
    pub const TREE: Group =
        Group { name: "RFC 7540 tree", against: Against::Tree, mean: None, floor: Some(1.3) };
    pub const WAKE: Group = group("waking a deferred stream", Some(2.0), None);
    pub const WINDOW: Group = group("changing the initial window", None, None);
    pub const SESSION: Group = group("sessions and connections", None, None);
    pub const FLOODS: Group =
        Group { name: "floods", against: Against::Better, mean: Some(1.5), floor: Some(1.0) };

    /// All of them.
    pub const ALL: [&Group; 16] = [
        &DECODE,
        &ENCODE,
        &BOTH_ENDS,
        &SERVER,
        &CLIENT,
        &SEND_SMALL,
        &SEND_LARGE,
        &SEND_OTHER,
        &RECEIVE_SMALL,
        &RECEIVE_PIECES,
        &SCHEDULE,
        &TREE,
        &WAKE,
        &WINDOW,
        &SESSION,
        &FLOODS,
    ];
}

/// Work under way. Everything that is not to be measured happens before, or afterwards.
pub trait Run {
    /// Does so many operations. All calls together do no more than was prepared for.
    fn go(&mut self, operations: u64);

    /// What was seen so far.
    fn digest(&self) -> Digest;
}

/// Makes a run: of a library, watched or not, for so many operations.
type Prepare = Box<dyn Fn(&'static Library, bool, u64) -> Box<dyn Run>>;

pub struct Workload {
    pub name: String,
    pub group: &'static Group,
    /// The least ratio of this one.
    pub target: Option<f64>,
    /// What is counted, and how many of it are in an operation.
    pub unit: &'static str,
    pub units: f64,
    /// How many operations can be prepared for.
    pub most: u64,
    /// Whether a library can do it. Those that can must send the same octets and make the same calls.
    pub takes_part: fn(&Library) -> bool,
    pub prepare: Prepare,
}

impl Workload {
    pub fn new<R: Run + 'static>(
        name: impl Into<String>,
        group: &'static Group,
        unit: &'static str,
        prepare: impl Fn(&'static Library, bool, u64) -> R + 'static,
    ) -> Workload {
        Workload {
            name: name.into(),
            group,
            target: None,
            unit,
            units: 1.0,
            most: 1 << 20,
            takes_part: |_| true,
            prepare: Box::new(move |library, watch, operations| {
                Box::new(prepare(library, watch, operations))
            }),
        }
    }

    pub fn at_least(self, target: f64) -> Workload {
        Workload { target: Some(target), ..self }
    }

    pub fn units(self, units: usize) -> Workload {
        Workload { units: units as f64, ..self }
    }

    pub fn most(self, most: u64) -> Workload {
        Workload { most, ..self }
    }

    pub fn only_on(self, takes_part: fn(&Library) -> bool) -> Workload {
        Workload { takes_part, ..self }
    }
}
