//! Instructions, as valgrind's callgrind counts them.
//!
//! This program runs itself under callgrind. Before and after each piece of work it passes a mark, at
//! which everything counted so far is written to a file of its own; so what leads up to the work does
//! not count. Of such a file counts what the library has executed, and what others, such as the C
//! library, have executed for it.

use std::collections::HashMap;
use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::ffi::{Library, bench_mark};
use crate::workload::Workload;

/// How many operations are counted: about a thousand units.
fn operations(workload: &Workload) -> u64 {
    ((1000.0 / workload.units) as u64).clamp(2, 1000).min(workload.most - 1)
}

/// The part that runs under callgrind: all workloads on all libraries, with marks.
pub fn work(workloads: &[Workload], libraries: &[&'static Library]) {
    for (workload, library) in pairs(workloads, libraries) {
        let operations = operations(workload);
        let mut run = (workload.prepare)(library, false, operations + 1);
        run.go(1);
        bench_mark();
        run.go(operations);
        bench_mark();
    }
}

/// What is done, in order.
fn pairs<'a>(
    workloads: &'a [Workload],
    libraries: &'a [&'static Library],
) -> impl Iterator<Item = (&'a Workload, &'static Library)> {
    workloads.iter().flat_map(move |workload| {
        let libraries = libraries.iter().filter(|library| (workload.takes_part)(library));
        libraries.map(move |library| (workload, *library))
    })
}

/// Instructions a unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Count {
    /// Those of the library itself. They are the same wherever the same file runs.
    pub own: f64,
    /// With those of others for it: how the C library copies, say, depends on the processor.
    pub all: f64,
}

/// Counts for each workload and library that takes part.
pub type Counts = HashMap<(String, String), Count>;

/// Counts everything in one go. `arguments` are those that lead to `work`, with the same
/// workloads and libraries.
pub fn count(
    workloads: &[Workload],
    libraries: &[&'static Library],
    arguments: &[String],
    scratch: &Path,
) -> Result<Counts, String> {
    let program = env::current_exe().map_err(|error| error.to_string())?;
    let directory = scratch.join("callgrind");
    let _ = fs::remove_dir_all(&directory);
    fs::create_dir_all(&directory).map_err(|error| error.to_string())?;
    let status = Command::new("valgrind")
        .args(["-q", "--tool=callgrind", "--dump-before=bench_mark"])
        .arg(format!("--callgrind-out-file={}", directory.join("out").display()))
        .arg(&program)
        .args(arguments)
        .stdout(Stdio::null())
        .status();
    let status = status.map_err(|error| format!("valgrind: {error}"))?;
    if !status.success() {
        return Err(format!("valgrind: {status}"));
    }
    let mut counts = Counts::new();
    for (index, (workload, library)) in pairs(workloads, libraries).enumerate() {
        let file = directory.join(format!("out.{}", 2 * index + 2));
        let text = fs::read_to_string(&file)
            .map_err(|error| format!("valgrind has not written {}: {error}", file.display()))?;
        let (own, all) = instructions(&text, &program, &library.file);
        let units = operations(workload) as f64 * workload.units;
        let count = Count { own: own as f64 / units, all: all as f64 / units };
        counts.insert((workload.name.clone(), library.name.clone()), count);
    }
    Ok(counts)
}

/// Whose code something is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Owner {
    Program,
    Library,
    /// The C library and its kind.
    Other,
}

/// The instructions of one of callgrind's files that `library` has executed while `program` was using
/// it, and those together with what others have executed for it.
///
/// The name of an object is written out once, as `ob=(7) /path`, and later is `ob=(7)`. The line after
/// `calls=` has the cost of calls, which the functions called have as their own as well; no calls are
/// those that have not returned yet.
fn instructions(text: &str, program: &Path, library: &Path) -> (u64, u64) {
    let mut owners: HashMap<String, Owner> = HashMap::new();
    let mut owner = |value: &str| {
        let (id, path) = value.split_once(' ').unwrap_or((value, ""));
        let told = match Path::new(path) {
            path if path == program => Owner::Program,
            path if path == library => Owner::Library,
            _ => Owner::Other,
        };
        *owners.entry(id.to_owned()).or_insert(told)
    };
    let (mut here, mut callee, mut is_call) = (Owner::Other, None, false);
    let (mut own, mut others, mut for_program) = (0, 0, 0);
    for line in text.lines() {
        if let Some(value) = line.strip_prefix("ob=") {
            here = owner(value);
        } else if let Some(value) = line.strip_prefix("cob=") {
            callee = Some(owner(value));
        } else if let Some(value) = line.strip_prefix("calls=") {
            is_call = true;
            if value.starts_with("0 ") {
                callee = None;
            }
        } else if line.starts_with(|first: char| first.is_ascii_digit() || "+-*".contains(first)) {
            let cost: u64 = line.split(' ').nth(1).and_then(|cost| cost.parse().ok()).unwrap_or(0);
            match (std::mem::take(&mut is_call), here) {
                (false, Owner::Library) => own += cost,
                (false, Owner::Other) => others += cost,
                (true, Owner::Program) if callee == Some(Owner::Other) => for_program += cost,
                _ => {}
            }
            callee = None;
        }
    }
    (own, own + others - for_program)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_program_does_by_itself_is_left_out() {
        let text = "
events: Ir
ob=(1) /bin/bench
fn=(6) main
cob=(2) /lib/libc.so
cfn=(7) start
calls=0 0
0 1240
fn=(1) go
0 1000
cob=(2)
cfn=(2) memcpy
calls=5 0
0 50
cob=(3) /lib/libnghttp2.so
cfn=(3) send
calls=1 0
0 190
calls=1 0
0 7

ob=(3)
fn=(3)
0 100
cob=(2)
cfn=(4) malloc
calls=1 0
0 70
cob=(1)
cfn=(5) callback
calls=1 0
0 20

ob=(1)
fn=(5)
0 20

ob=(2)
fn=(2)
+3 50
fn=(4)
* 70
totals: 1240
";
        let count = |text: &str| {
            instructions(text, Path::new("/bin/bench"), Path::new("/lib/libnghttp2.so"))
        };
        assert_eq!(count(text), (100, 100 + 70));
    }
}
