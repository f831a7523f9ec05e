//! The `scenarios` command: every behaviour by name, on both libraries, its input whole and cut.
//!
//! The scenarios are data under `scenarios/`, by theme; `file` says how they are written. What
//! differs must be listed in `allowed.txt`, and a scenario that is there to show a listed
//! difference must still show it.

pub mod cuts;
pub mod expand;
mod file;
mod folder;
#[cfg(test)]
mod sections;

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;

use crate::Arguments;
use crate::compare::{Difference, context};
use crate::pair::{self, Batch, Pair, Verdict};
use crate::script::{self, Script};
use cuts::Cut;
use file::{File, Scenario};

/// Random cuts of each scenario.
const RANDOM_CUTS: u64 = 3;

/// Where the scenarios are unless the command line says otherwise.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios");

/// The libraries: the original, the last original with the tree, and what they are compared with.
struct Libraries {
    current: Pair,
    tree: Option<Pair>,
    /// Each original is compared with itself: nothing may differ, intended or not.
    itself: bool,
}

/// What became of the scenarios of one theme.
#[derive(Default)]
struct Count {
    files: usize,
    scenarios: usize,
    runs: usize,
    intended: usize,
    failed: usize,
    skipped: usize,
}

/// One scenario that does not show what it should.
struct Failure<'a> {
    run: Run<'a>,
    /// Failures of one kind are told once.
    kind: String,
    text: String,
}

/// The command.
pub fn scenarios(arguments: &Arguments) -> Result<bool, String> {
    let libraries = load(arguments)?;
    let mut themes: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for path in folder::find(arguments.file().unwrap_or(FOLDER))? {
        themes.entry(folder::theme(&path)).or_default().push(path);
    }
    let mut total = Count::default();
    for (theme, paths) in themes {
        let mut count = Count::default();
        let mut told = HashSet::new();
        for path in paths {
            // Read one by one: a child is forked the faster the less memory there is.
            let file = folder::read(&path)?;
            count.files += 1;
            for failure in run(&libraries, &file, arguments.number("seed", 1)?, &mut count) {
                count.failed += 1;
                if told.insert(failure.kind.clone()) {
                    report(&folder::name(&path), &failure, arguments)?;
                }
            }
        }
        println!("{theme:<22} {}", count.line());
        total.add(&count);
    }
    println!("{:<22} {}", "total", total.line());
    Ok(total.failed == 0)
}

/// The scripts of all scenarios at or below a folder.
pub fn scripts(folder: &str) -> Result<Vec<Script>, String> {
    let mut all = Vec::new();
    for path in folder::find(folder)? {
        all.extend(folder::read(&path)?.scenarios.into_iter().map(|scenario| scenario.script));
    }
    Ok(all)
}

fn load(arguments: &Arguments) -> Result<Libraries, String> {
    let itself = arguments.get("itself").is_some();
    let load = |a: &str| {
        let b = if itself { a } else { arguments.need("b")? };
        Pair::load(a, b, arguments.allowed()?, pair::ENTROPY)
    };
    let current = load(arguments.need("a")?)?;
    let tree = arguments.get("tree-a").map(load).transpose()?;
    let release = tree.as_ref().map_or("nothing".into(), |pair| pair.a.release());
    let b = if itself { "itself".into() } else { current.b.release() };
    println!("A is release {}, for the tree {release}; B is {b}", current.a.release());
    Ok(Libraries { current, tree, itself })
}

/// One run of a scenario.
struct Run<'a> {
    scenario: &'a Scenario,
    cut: Cut,
    script: Script,
}

/// Runs all scenarios of a file, whole and cut; returns the failures.
fn run<'a>(
    libraries: &Libraries,
    file: &'a File,
    seed: u64,
    count: &mut Count,
) -> Vec<Failure<'a>> {
    count.scenarios += file.scenarios.len();
    let pair = if file.tree { libraries.tree.as_ref() } else { Some(&libraries.current) };
    let Some(pair) = pair else {
        count.skipped += file.scenarios.len();
        return Vec::new();
    };
    let runs = runs(&file.scenarios, seed);
    count.runs += runs.len();
    let mut failures = Vec::new();
    // Those that must differ are looked at one by one, the others many at a time.
    let (due, equal): (Vec<_>, Vec<_>) = runs.into_iter().partition(|run| {
        run.cut == Cut::Whole && run.scenario.intended.is_some() && !libraries.itself
    });
    for run in due {
        let verdict = pair.evaluate(&run.script);
        count.intended += matches!(verdict, Verdict::Allowed(_)) as usize;
        failures.extend(objection(pair, run, &verdict, true));
    }
    let mut next = 0;
    while next < equal.len() as u64 {
        let script = |n: u64| equal[n as usize].script.clone();
        let Batch::Stopped(stopped) = pair.batch(next, equal.len() as u64, script) else { break };
        next = stopped + 1;
        let Run { scenario, cut, script } = &equal[stopped as usize];
        let run = Run { scenario, cut: *cut, script: script.clone() };
        let verdict = pair.evaluate(script);
        failures.extend(objection(pair, run, &verdict, false));
    }
    failures
}

/// Every scenario whole, and under every cut that changes its script.
fn runs(scenarios: &[Scenario], seed: u64) -> Vec<Run<'_>> {
    let mut all = Vec::new();
    for (n, scenario) in scenarios.iter().enumerate() {
        all.push(Run { scenario, cut: Cut::Whole, script: scenario.script.clone() });
        let first = (seed * 1000 + n as u64) * RANDOM_CUTS;
        let random = (0..RANDOM_CUTS).map(|k| Cut::Random(first + k));
        for cut in [Cut::Octets, Cut::Quiet].into_iter().chain(random) {
            let script = cut.apply(&scenario.script);
            all.extend(script.map(|script| Run { scenario, cut, script }));
        }
    }
    all
}

/// What is wrong with the outcome of a run; `due` if it must show its intended difference.
fn objection<'a>(pair: &Pair, run: Run<'a>, verdict: &Verdict, due: bool) -> Option<Failure<'a>> {
    let expected = run.scenario.intended.as_deref().filter(|_| due);
    let shown = match verdict {
        Verdict::Allowed(id) => Some(id.as_str()),
        _ => None,
    };
    let (kind, text) = if let Some(difference) = verdict.finding() {
        (difference.signature(), explain(pair, difference))
    } else if pair.log_a.text().lines().any(|line| line.trim() == "unknown verb") {
        ("unknown verb".into(), "  it has an unknown verb\n".into())
    } else if expected.is_some() && shown != expected {
        let (expected, shown) = (expected.unwrap_or(""), shown.unwrap_or("nothing"));
        let text = format!("  must show [{expected}] of allowed.txt, shows {shown}\n");
        (format!("intended {expected}"), text)
    } else {
        return None;
    };
    Some(Failure { run, kind, text })
}

fn explain(pair: &Pair, difference: &Difference) -> String {
    let (a, b) = (pair.log_a.text(), pair.log_b.text());
    format!("  in: {}\n{}", difference.step, context(&a, &b, difference, 5))
}

fn report(file: &str, failure: &Failure<'_>, arguments: &Arguments) -> Result<(), String> {
    let Run { scenario, cut, script } = &failure.run;
    let place = format!("{file}:{}", scenario.line);
    println!("--- {place}: {} ({})", scenario.title, cut.name());
    if !scenario.chosen.is_empty() {
        println!("  with: {}", scenario.chosen);
    }
    print!("{}", failure.text);
    if let Some(folder) = arguments.get("save") {
        let saved = format!("{folder}/{}.script", place.replace(['/', ':'], "-"));
        let text = script::print(script);
        std::fs::write(&saved, text).map_err(|e| format!("{saved}: {e}"))?;
    }
    Ok(())
}

impl Count {
    fn add(&mut self, other: &Count) {
        self.files += other.files;
        self.scenarios += other.scenarios;
        self.runs += other.runs;
        self.intended += other.intended;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }

    fn line(&self) -> String {
        let Count { files, scenarios, runs, intended, failed, skipped } = self;
        let mut line = format!("{files:>3} files, {scenarios:>5} scenarios, {runs:>6} runs");
        for (count, what) in [(intended, "intended"), (skipped, "skipped"), (failed, "FAILED")] {
            if *count > 0 {
                line.push_str(&format!(", {count} {what}"));
            }
        }
        line
    }
}
