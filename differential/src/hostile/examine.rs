//! One input on one library: runs it in every way and says what is wrong.

use super::engine;
use super::expect::Expected;
use super::file::Input;
use super::trace::{self, Trace, words};
use super::ways::{self, Afterwards};
use std::rc::Rc;

use crate::api::Api;
use crate::log::{Log, log};
use crate::meter::Meter;
use crate::pair::{self, ENTROPY};
use crate::script::Step;
use crate::world;

/// Which library it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Side {
    Ours,
    Engine,
    Original,
}

pub struct Library {
    pub side: Side,
    /// The C functions; none for the engine by itself.
    api: Option<Api>,
    pub(super) transcript: Log,
    pub(super) findings: Log,
}

/// What became of one input.
#[derive(Debug, Default)]
pub struct Outcome {
    pub runs: usize,
    pub failures: Vec<String>,
}

/// Octets of a transcript: floods have long ones.
const TRANSCRIPT: usize = 256 << 20;

/// Requests for memory that are refused in turn.
const REFUSALS: usize = 20;

/// Where costs are measured: nanoseconds that average out a coarse clock, and runs at most.
const LONG_ENOUGH: u64 = 100_000_000;
const MOST_RUNS: u64 = 1000;

impl Library {
    pub fn load(file: &str) -> Result<Library, String> {
        Ok(Library::new(Side::Ours, Some(Api::load(file)?)))
    }

    pub fn load_original(file: &str) -> Result<Library, String> {
        Ok(Library::new(Side::Original, Some(Api::load(file)?)))
    }

    pub fn engine() -> Library {
        Library::new(Side::Engine, None)
    }

    fn new(side: Side, api: Option<Api>) -> Library {
        Library { side, api, transcript: Log::new(TRANSCRIPT), findings: Log::new(1 << 20) }
    }

    /// Whether it can run an input.
    pub fn knows(&self, input: &Input) -> bool {
        self.api.is_some() || engine::knows(&input.script)
    }

    /// Runs an input in every way.
    pub fn examine(&self, input: &Input, afterwards: &Afterwards, seed: u64) -> Outcome {
        self.in_child(|| self.all_ways(input, afterwards, seed))
    }

    /// Does something in a child process, and reads what it found.
    pub(super) fn in_child(&self, work: impl FnOnce()) -> Outcome {
        self.findings.clear();
        self.transcript.clear();
        let fault = pair::fork(work);
        let mut outcome = Outcome::default();
        let mut way = String::new();
        for line in self.findings.text().lines() {
            match line.split_once(' ').unwrap_or((line, "")) {
                ("runs", rest) => {
                    outcome.runs += 1;
                    way = rest.into();
                }
                ("failed", rest) => outcome.failures.push(format!("{way}: {rest}")),
                _ => {
                    if let Some(last) = outcome.failures.last_mut() {
                        last.push_str(&format!("\n{line}"));
                    }
                }
            }
        }
        if let Some(fault) = fault {
            let text = self.transcript.text();
            let last = text.lines().last().unwrap_or("").trim().to_string();
            outcome.failures.push(format!("{way}: {fault} after: {last}"));
        }
        outcome
    }

    /// The whole transcript of an input, and its trace.
    pub fn show(&self, input: &Input) -> (String, Trace) {
        self.transcript.clear();
        pair::fork(|| _ = self.run("show", &input.script, input));
        (self.transcript.text(), self.trace(input))
    }

    /// What the transcript says about an input.
    fn trace(&self, input: &Input) -> Trace {
        let trace = trace::read(&self.transcript.text(), input.skipped);
        if input.pieces { trace.without_pieces() } else { trace }
    }

    fn run(&self, way: &str, script: &[Step], input: &Input) -> Trace {
        pair::limit();
        log!(self.findings, "runs {way}");
        self.drive(script, &Rc::default());
        let trace = self.trace(input);
        if trace.held != 0 {
            self.fail(format_args!("{} blocks held", trace.held));
        }
        trace
    }

    pub(super) fn drive(&self, script: &[Step], meter: &Rc<Meter>) {
        match &self.api {
            Some(api) => {
                world::run_metered(api, &self.transcript, script, ENTROPY, meter);
            }
            None => engine::run(&self.transcript, script, meter),
        }
    }

    /// What a script costs: nanoseconds of processor time, and octets of memory.
    pub fn cost(&self, script: &[Step]) -> Result<(u64, u64), String> {
        self.findings.clear();
        let fault = pair::fork(|| {
            let (begin, mut runs) = (clock(), 0);
            let mut meter = Rc::default();
            while runs < MOST_RUNS && clock() - begin < LONG_ENOUGH {
                meter = Rc::<Meter>::default();
                self.drive(script, &meter);
                runs += 1;
            }
            log!(self.findings, "{} {}", (clock() - begin) / runs, meter.peak.get());
        });
        let text = self.findings.text();
        let (time, peak) = text.trim().split_once(' ').ok_or(fault.unwrap_or_default())?;
        let number = |text: &str| text.parse().map_err(|_| format!("no number: {text}"));
        Ok((number(time)?, number(peak)?))
    }

    pub(super) fn fail(&self, text: std::fmt::Arguments<'_>) {
        log!(self.findings, "failed {text}");
    }

    /// Ours takes no more memory than the row allows, and can do with less: a request that is refused
    /// ends in the code that says so, or changes nothing.
    fn with_little_memory(&self, input: &Input, whole: &Trace) {
        let meter = Rc::<Meter>::default();
        self.drive(&input.script, &meter);
        let peak = meter.peak.get() as u64 / 1024;
        if let Some(memory) = input.memory.filter(|memory| peak > *memory) {
            self.fail(format_args!("takes {peak} KiB of memory, not {memory}"));
        }
        let requests = meter.requests.get();
        let stride = requests / REFUSALS + 1;
        for refused in (1..=requests).step_by(stride).filter(|_| !input.flood) {
            pair::limit();
            log!(self.findings, "runs without memory {refused}");
            let meter = Rc::<Meter>::default();
            meter.refused.set(refused);
            self.drive(&input.script, &meter);
            let text = self.transcript.text();
            if meter.blocks.get() != 0 {
                self.fail(format_args!("{} blocks held", meter.blocks.get()));
            } else if !text.contains("= -901") {
                self.same(&self.trace(input), whole);
            }
        }
    }

    /// Fails if the trace contradicts what is expected.
    fn judge(&self, expected: &Expected, trace: &Trace, session: bool) -> bool {
        match expected.objection(trace, session) {
            Some(objection) => self.fail(format_args!("{objection}")),
            None => return true,
        }
        false
    }

    fn all_ways(&self, input: &Input, afterwards: &Afterwards, seed: u64) {
        let session = input.has_session();
        let expected = match self.side {
            Side::Ours | Side::Engine => &input.ours,
            Side::Original => &input.original,
        };
        let calmed = ways::without_tokens(input).map(|script| {
            let trace = self.run("without tokens", &script, input);
            trace.out.iter().any(|told| told.name == "GOAWAY(11)")
        });
        let whole = self.run("whole", &input.script, input);
        if self.side != Side::Original {
            self.with_little_memory(input, &whole);
        }
        let objection = |expected: &Expected| {
            let glitch = expected.marks.as_ref().filter(|marks| marks.tells_glitches());
            expected.objection(&whole, session).or_else(|| {
                let (glitch, calmed) = (glitch?.glitch, calmed?);
                (glitch != calmed).then(|| format!("without tokens a GOAWAY: {calmed}"))
            })
        };
        if let Some(objection) = objection(expected) {
            self.fail(format_args!("{objection}"));
            return;
        }
        for (cut, script) in ways::cuts(input, seed) {
            let trace = self.run(&cut.name(), &script, input);
            let holds = match input.flood {
                true => self.judge(expected, &trace, session),
                false => self.same(&trace, &whole),
            };
            if !holds {
                break;
            }
        }
        for script in ways::broken_off(input) {
            self.run("broken off", &script, input);
        }
        let Some(marks) = &expected.marks else { return };
        if marks.alive()
            && session
            && let Some((script, stream, line)) = ways::followed(input)
        {
            let trace = self.run("a good message follows", &script, input);
            let there = self.transcript.text().lines().rev().any(|told| told.contains(&line));
            let whole =
                trace.told.iter().any(|told| told.name == "HEADERS" && told.stream == stream);
            if !there || !whole {
                self.fail(format_args!("no {line} at the end of: {}", words(&trace.told)));
            }
        }
        for (way, script) in afterwards.follow(input, marks) {
            let trace = self.run(way, &script, input);
            self.same(&trace, &whole);
        }
    }

    /// Fails if two traces differ.
    fn same(&self, trace: &Trace, whole: &Trace) -> bool {
        if trace == whole {
            return true;
        }
        let (told, out) = (words(&trace.told), words(&trace.out));
        let (whole_told, whole_out) = (words(&whole.told), words(&whole.out));
        self.fail(format_args!("{told} > {out}\n      not {whole_told} > {whole_out}"));
        false
    }
}

/// Processor time of this process in nanoseconds.
fn clock() -> u64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &mut time) };
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}
