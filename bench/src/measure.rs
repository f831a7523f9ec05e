//! Time, in rounds: each library does the same work in turn, in alternating order, so that what else
//! the machine does meets all of them alike.

use crate::ffi::{Library, thread_time};
use crate::workload::Workload;

/// How long and how often.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// What a round should take, in seconds.
    pub round: f64,
    pub rounds: usize,
}

impl Pace {
    pub const FULL: Pace = Pace { round: 0.008, rounds: 30 };
    pub const QUICK: Pace = Pace { round: 0.002, rounds: 9 };
}

/// The times of one library: seconds an operation, round by round. None if it does not take part.
pub type Times = Option<Vec<f64>>;

/// Seconds that so many operations take.
fn round(workload: &Workload, library: &'static Library, operations: u64) -> f64 {
    let mut run = (workload.prepare)(library, false, operations + 1);
    run.go(1);
    let begin = thread_time();
    run.go(operations);
    thread_time() - begin
}

/// As many operations as fill a round, by the slowest library that takes part.
fn operations(workload: &Workload, libraries: &[&'static Library], pace: Pace) -> u64 {
    let mut operations = 1;
    loop {
        let times = libraries.iter().map(|library| round(workload, library, operations));
        let slowest = times.fold(0.0, f64::max);
        if slowest >= pace.round / 2.0 || operations >= workload.most {
            return operations;
        }
        let wanted = (pace.round / slowest.max(1e-7) * operations as f64) as u64;
        operations = wanted.clamp(operations + 1, operations * 10).min(workload.most);
    }
}

/// Measures a workload on all libraries.
pub fn times(workload: &Workload, libraries: &[&'static Library], pace: Pace) -> Vec<Times> {
    let takes_part = |library: &&&'static Library| (workload.takes_part)(library);
    let taking: Vec<&'static Library> = libraries.iter().filter(takes_part).copied().collect();
    let operations = operations(workload, &taking, pace);
    let mut times: Vec<Times> =
        libraries.iter().map(|library| takes_part(&library).then(Vec::new)).collect();
    for number in 0..pace.rounds {
        let mut order: Vec<usize> = (0..libraries.len()).collect();
        if number % 2 == 1 {
            order.reverse();
        }
        for index in order {
            if let Some(times) = &mut times[index] {
                let seconds = round(workload, libraries[index], operations);
                times.push(seconds / operations as f64);
            }
        }
    }
    times
}

/// Does a little of the work on all libraries, and tells who has shown something else than the first.
pub fn differing(
    workload: &Workload,
    libraries: &[&'static Library],
    operations: u64,
) -> Vec<&'static Library> {
    let digest = |library: &'static Library| {
        let operations = operations.min(workload.most);
        let mut run = (workload.prepare)(library, true, operations);
        run.go(operations);
        run.digest()
    };
    let takes_part = |library: &&'static Library| (workload.takes_part)(library);
    let mut taking = libraries.iter().copied().filter(takes_part);
    let Some(first) = taking.next().map(digest) else { return Vec::new() };
    taking.filter(|library| digest(library) != first).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Digest;
    use crate::libraries::{self, Libraries};
    use crate::workload::{Run, groups};

    /// Shows what a library is called, and counts what it was asked for.
    struct Named(Digest, u64);

    impl Run for Named {
        fn go(&mut self, operations: u64) {
            self.1 = self.1.checked_sub(operations).unwrap();
        }

        fn digest(&self) -> Digest {
            self.0
        }
    }

    fn workload() -> Workload {
        let prepare = |library: &'static Library, watch, operations| {
            let mut digest = Digest::default();
            if watch {
                digest.output(library.name.as_bytes());
            }
            Named(digest, operations)
        };
        Workload::new("names", &groups::SESSION, "name", prepare).most(1000)
    }

    fn libraries() -> Libraries {
        Libraries::find(&libraries::ours(), &[]).unwrap()
    }

    #[test]
    fn whoever_shows_something_else_is_told() {
        let libraries = libraries();
        let differing = differing(&workload(), libraries.all(), 1);
        assert_eq!(differing.len(), libraries.all().len() - 1);
        let some = |library: &Library| !library.is_original;
        assert!(super::differing(&workload().only_on(some), libraries.all(), 1).is_empty());
    }

    /// [`Named`] ends the test if more is done than was prepared for.
    #[test]
    fn every_library_that_takes_part_has_each_round() {
        let libraries = libraries();
        let pace = Pace { round: 1e-5, rounds: 3 };
        let workload = workload().only_on(|library| !library.is_original);
        let times = times(&workload, libraries.all(), pace);
        let rounds: Vec<Option<usize>> =
            times.iter().map(|times| times.as_ref().map(Vec::len)).collect();
        assert_eq!(rounds[0], Some(3));
        assert!(rounds[1..].iter().all(Option::is_none));
    }
}
