//! Two loaded libraries and the forked children in which they run.
//!
//! A child runs a script on A, then on B; where it was when it died says whose fault it is.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::api::Api;
use crate::compare::{Allowed, Difference, allowed, first_difference};
use crate::log::{Log, shared};
use crate::script::Step;
use crate::world;

/// Octets of one transcript at most.
const TRANSCRIPT: usize = 4 << 20;

/// What rand_callback gives to a library.
pub const ENTROPY: u8 = 0x5a;

/// Seconds of processor time, and of the clock, that one script may take.
const PATIENCE: i64 = 1;
const LONG_PATIENCE: u32 = 60;

pub struct Pair {
    pub a: Api,
    pub b: Api,
    pub log_a: Log,
    pub log_b: Log,
    pub allowed: Vec<Allowed>,
    /// What rand_callback gives to B.
    entropy: u8,
    progress: Progress,
}

/// What became of one script.
#[derive(Clone, Debug)]
pub enum Verdict {
    Same,
    Allowed(String),
    /// The first library itself failed: the script is outside the contract.
    FaultOfA(Difference),
    Different(Difference),
}

impl Verdict {
    /// What must stay the same while a script shrinks.
    pub fn finding(&self) -> Option<&Difference> {
        match self {
            Verdict::Same | Verdict::Allowed(_) => None,
            Verdict::FaultOfA(difference) | Verdict::Different(difference) => Some(difference),
        }
    }
}

/// What became of a range of scripts.
pub enum Batch {
    /// All of them were equal or covered.
    Finished,
    /// The script with this number needs a closer look.
    Stopped(u64),
}

/// Words shared with the child.
struct Progress(*const AtomicU64);

impl Progress {
    fn new() -> Progress {
        Progress(shared(4096).cast())
    }

    fn word(&self, n: usize) -> &AtomicU64 {
        unsafe { &*self.0.add(n) }
    }
}

const INDEX: usize = 0;
const PHASE: usize = 1;
/// Phases of one script.
const RUNS_A: u64 = 1;
const RUNS_B: u64 = 2;
const DIFFERS: u64 = 3;
const DONE: u64 = 4;

impl Pair {
    pub fn load(a: &str, b: &str, allowed: Vec<Allowed>, entropy: u8) -> Result<Pair, String> {
        let mut first = Api::load(a)?;
        let mut second = Api::load(b)?;
        first.restrict(&second);
        second.restrict(&first);
        Ok(Pair {
            a: first,
            b: second,
            log_a: Log::new(TRANSCRIPT),
            log_b: Log::new(TRANSCRIPT),
            allowed,
            entropy,
            progress: Progress::new(),
        })
    }

    /// Runs one script in a child and compares.
    pub fn evaluate(&self, script: &[Step]) -> Verdict {
        self.log_a.clear();
        self.log_b.clear();
        let phase = self.progress.word(PHASE);
        let status = fork(|| {
            phase.store(RUNS_A, Ordering::Relaxed);
            world::run(&self.a, &self.log_a, script, ENTROPY);
            phase.store(RUNS_B, Ordering::Relaxed);
            world::run(&self.b, &self.log_b, script, self.entropy);
            phase.store(DONE, Ordering::Relaxed);
        });
        let (a, b) = (self.log_a.text(), self.log_b.text());
        if let Some(fault) = status {
            return match phase.load(Ordering::Relaxed) {
                RUNS_A => Verdict::FaultOfA(death(&a, "A", &fault)),
                _ => Verdict::Different(death(&b, "B", &fault)),
            };
        }
        self.judge(&a, &b)
    }

    fn judge(&self, a: &str, b: &str) -> Verdict {
        let Some(difference) = first_difference(a, b) else { return Verdict::Same };
        match allowed(&self.allowed, a, b, &difference) {
            Some(entry) => Verdict::Allowed(entry.id.clone()),
            None => Verdict::Different(difference),
        }
    }

    /// Runs scripts `from..to` in one child, until one needs a closer look: it differs, or it is
    /// misspelt.
    pub fn batch(&self, from: u64, to: u64, generate: impl Fn(u64) -> Vec<Step>) -> Batch {
        let (index, phase) = (self.progress.word(INDEX), self.progress.word(PHASE));
        index.store(from, Ordering::Relaxed);
        phase.store(0, Ordering::Relaxed);
        let status = fork(|| {
            for seed in from..to {
                limit();
                index.store(seed, Ordering::Relaxed);
                let script = generate(seed);
                phase.store(RUNS_A, Ordering::Relaxed);
                let known = world::run(&self.a, &self.log_a, &script, ENTROPY);
                phase.store(RUNS_B, Ordering::Relaxed);
                world::run(&self.b, &self.log_b, &script, self.entropy);
                if !known {
                    phase.store(DIFFERS, Ordering::Relaxed);
                    return;
                }
                if self.log_a.bytes() == self.log_b.bytes() {
                    continue;
                }
                if let Verdict::Different(_) = self.judge(&self.log_a.text(), &self.log_b.text()) {
                    phase.store(DIFFERS, Ordering::Relaxed);
                    return;
                }
            }
            phase.store(DONE, Ordering::Relaxed);
        });
        match phase.load(Ordering::Relaxed) {
            DONE if status.is_none() => Batch::Finished,
            _ => Batch::Stopped(index.load(Ordering::Relaxed)),
        }
    }
}

/// A crash as a difference: the other library would have gone on.
fn death(transcript: &str, name: &str, fault: &str) -> Difference {
    let step = transcript.lines().rev().find_map(|line| line.strip_prefix("> "));
    let last = transcript.lines().last().unwrap_or("").trim();
    Difference {
        step: step.unwrap_or("").into(),
        a: String::new(),
        b: format!("{name} {fault} after: {last}"),
        line: transcript.lines().count(),
    }
}

/// Runs one script on one library in a child; returns the fault, if any.
pub fn show(api: &Api, log: &Log, script: &[Step]) -> Option<String> {
    log.clear();
    fork(|| {
        world::run(api, log, script, ENTROPY);
    })
}

/// Runs `work` in a child and waits; says how it failed.
pub fn fork(work: impl FnOnce()) -> Option<String> {
    unsafe {
        let child = libc::fork();
        if child == 0 {
            silence();
            limit();
            work();
            libc::_exit(0);
        }
        if child < 0 {
            return Some("could not fork".into());
        }
        let mut status = 0;
        while libc::waitpid(child, &mut status, 0) < 0 {}
        match status {
            0 => None,
            _ if libc::WIFSIGNALED(status) => Some(match libc::WTERMSIG(status) {
                libc::SIGPROF | libc::SIGALRM => "hangs".into(),
                signal => format!("crashes with signal {signal}"),
            }),
            _ => Some(format!("exits with {}", libc::WEXITSTATUS(status))),
        }
    }
}

/// Gives the next script its time; the child is killed when that is over.
pub fn limit() {
    let time = |seconds| libc::timeval { tv_sec: seconds, tv_usec: 0 };
    let timer = libc::itimerval { it_interval: time(0), it_value: time(PATIENCE) };
    unsafe {
        setitimer(ITIMER_PROF, &timer, std::ptr::null_mut());
        libc::alarm(LONG_PATIENCE);
    }
}

/// The libc crate leaves this out on Linux.
const ITIMER_PROF: i32 = 2;
unsafe extern "C" {
    fn setitimer(which: i32, new: *const libc::itimerval, old: *mut libc::itimerval) -> i32;
}

/// A failed assertion of a library says so on stderr; the driver reports it in its own way.
unsafe fn silence() {
    if std::env::var_os("DIFFERENTIAL_STDERR").is_some() {
        return;
    }
    unsafe {
        let null = libc::open(c"/dev/null".as_ptr(), libc::O_WRONLY);
        libc::dup2(null, 2);
        libc::close(null);
    }
}
