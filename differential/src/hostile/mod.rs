//! The `hostile` command: what attackers and broken peers send, and the reaction to each.
//!
//! The inputs are data under `hostile/`, one file a section; `file` says how they are written and
//! [`expect`] what is expected. Each one runs on our library, on the engine behind it without the C
//! interface, and, where it is given, on the original: whole, octet by octet and at random cuts; broken
//! off at many places; without a token for glitches; with a good message behind it; after a connection
//! error with all other inputs behind it; ours with a request for memory refused, and with every answer
//! from every callback. Whatever happens, no memory may be left.

mod answers;
mod decoder;
mod engine;
mod examine;
mod expect;
mod file;
mod report;
#[cfg(test)]
mod rows;
mod trace;
mod ways;

use std::collections::BTreeSet;
use std::path::Path;

use crate::Arguments;
use examine::{Library, Outcome, Side};
use file::Input;
use ways::Afterwards;

/// Where the inputs are.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/hostile");

/// The files, by section; what inputs begin with comes first.
const FILES: &[&str] = &[
    "beginnings",
    "framing",
    "control",
    "messages",
    "hpack",
    "floods",
    "sequences",
    "calls",
    "holding",
];

/// All inputs, by section.
fn read() -> Result<Vec<(&'static str, Vec<Input>)>, String> {
    let mut beginnings = Vec::new();
    let mut sections = Vec::new();
    for name in FILES {
        let path = Path::new(FOLDER).join(format!("{name}.txt"));
        let text =
            std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let inputs = file::parse(&text, &mut beginnings).map_err(|e| format!("{name}: {e}"))?;
        sections.push((*name, inputs));
    }
    Ok(sections)
}

/// What became of one section on one library.
#[derive(Default)]
struct Count {
    rows: BTreeSet<String>,
    inputs: usize,
    runs: usize,
    differ: usize,
    /// Inputs that are not for this interface.
    left: usize,
    failed: usize,
}

/// The command.
pub fn hostile(arguments: &Arguments) -> Result<bool, String> {
    let mut libraries = vec![Library::load(arguments.need("lib")?)?, Library::engine()];
    if let Some(original) = arguments.get("a") {
        libraries.push(Library::load_original(original)?);
    }
    let sections = read()?;
    let afterwards = Afterwards::of(sections.iter().flat_map(|(_, inputs)| inputs));
    let wanted = arguments.words();
    let chosen = |name: &str, input: &Input| {
        wanted.is_empty() || wanted.iter().any(|word| *word == input.id || word == name)
    };
    if arguments.get("show").is_some() {
        show(&libraries, &sections, chosen);
        return Ok(true);
    }
    if arguments.get("report").is_some() {
        let floods = sections.iter().flat_map(|(name, inputs)| {
            inputs.iter().filter(|input| input.flood && chosen(name, input))
        });
        return report::report(&libraries, floods);
    }
    let seed = arguments.number("seed", 1)?;
    let (allowed, every) = (arguments.allowed()?, arguments.get("every-answer").is_some());
    let mut failed = 0;
    for (name, inputs) in &sections {
        let inputs: Vec<&Input> = inputs.iter().filter(|input| chosen(name, input)).collect();
        for library in &libraries {
            if inputs.is_empty() {
                continue;
            }
            let mut count = Count::default();
            for input in &inputs {
                run(library, input, &afterwards, seed, &mut count);
            }
            println!("{name:<10} {:<9} {}", side(library), count.line());
            failed += count.failed;
        }
        let of = |side| libraries.iter().find(|library| library.side == side);
        let mut count = Count::default();
        for input in inputs.iter().filter(|input| input.has_session()) {
            let Some(ours) = of(Side::Ours) else { break };
            let outcome = ours.answer(of(Side::Original), &allowed, input, every);
            count.add(input, outcome, "answered");
        }
        if count.inputs > 0 {
            println!("{name:<10} {:<9} {}", "answered", count.line());
            failed += count.failed;
        }
    }
    Ok(failed == 0)
}

pub fn side(library: &Library) -> &'static str {
    match library.side {
        Side::Ours => "ours",
        Side::Engine => "engine",
        Side::Original => "original",
    }
}

fn run(library: &Library, input: &Input, after: &Afterwards, seed: u64, count: &mut Count) {
    if !library.knows(input) {
        count.left += 1;
        return;
    }
    count.add(input, library.examine(input, after, seed), side(library));
}

/// The transcript and the trace of each input.
fn show(
    libraries: &[Library],
    sections: &[(&str, Vec<Input>)],
    chosen: impl Fn(&str, &Input) -> bool,
) {
    for (name, inputs) in sections {
        for input in inputs.iter().filter(|input| chosen(name, input)) {
            for library in libraries.iter().filter(|library| library.knows(input)) {
                let (text, trace) = library.show(input);
                println!("--- {} at line {} on {}", input.id, input.line, side(library));
                println!("with {}", input.chosen);
                if input.flood {
                    println!("count {:?}", trace::counts(&trace));
                    continue;
                }
                print!("{text}");
                println!("trace {}", trace::words(&trace.told));
                println!("out {}", trace::words(&trace.out));
            }
        }
    }
}

impl Count {
    /// Counts what became of an input, and says what is wrong.
    fn add(&mut self, input: &Input, outcome: Outcome, what: &str) {
        self.rows.insert(input.id.clone());
        self.inputs += 1;
        self.runs += outcome.runs;
        self.differ += input.differs as usize;
        if outcome.failures.is_empty() {
            return;
        }
        self.failed += 1;
        println!("--- {} at line {}, {what}: {}", input.id, input.line, input.sentence);
        if !input.chosen.is_empty() {
            println!("  with: {}", input.chosen);
        }
        for failure in outcome.failures.iter().take(4) {
            println!("  {failure}");
        }
    }

    fn line(&self) -> String {
        let Count { rows, inputs, runs, differ, left, failed } = self;
        let rows = rows.len();
        let mut line = format!("{rows:>3} rows, {inputs:>4} inputs, {runs:>6} runs");
        for (count, what) in
            [(*differ, "differ on purpose"), (*left, "not run"), (*failed, "FAILED")]
        {
            if count > 0 {
                line.push_str(&format!(", {count} {what}"));
            }
        }
        line
    }
}
