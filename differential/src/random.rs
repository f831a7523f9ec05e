//! Random runs: scripts from seeds, many a child; what differs is shrunk and shown.

use std::collections::HashSet;
use std::time::Instant;

use crate::Arguments;
use crate::compare::context;
use crate::generate::{self, Profile};
use crate::pair::{Batch, Verdict};
use crate::script::{self, Script};
use crate::shrink::shrink;

/// Scripts one child runs.
const BATCH: u64 = 1000;

/// What scripts to generate.
pub struct Plan {
    profile: Profile,
    theme: Option<String>,
}

impl Plan {
    pub fn script(&self, seed: u64) -> Script {
        generate::script(self.profile, self.theme.as_deref(), seed)
    }
}

pub fn plan(arguments: &Arguments) -> Result<Plan, String> {
    let profile = match arguments.get("profile").unwrap_or("1.70") {
        "1.70" => Profile::Current,
        "tree" => Profile::Tree,
        other => return Err(format!("unknown profile {other}")),
    };
    let theme = arguments.get("theme").map(String::from);
    if let Some(theme) = &theme
        && !generate::names().any(|name| name == theme)
    {
        let names: Vec<_> = generate::names().collect();
        return Err(format!("unknown theme {theme}; there are: {}", names.join(" ")));
    }
    Ok(Plan { profile, theme })
}

/// The `random` command.
pub fn random(arguments: &Arguments) -> Result<bool, String> {
    let pair = arguments.pair()?;
    let plan = plan(arguments)?;
    let first = arguments.number("seed", 1)?;
    let end = first + arguments.number("count", 10_000)?;
    let stop = arguments.number("stop", 1)?;
    println!("A is release {}, B is release {}", pair.a.release(), pair.b.release());
    let missing = pair.a.missing();
    if !missing.is_empty() {
        println!("not compared, as one of them lacks them: {}", missing.join(" "));
    }

    let begin = Instant::now();
    let mut seed = first;
    let mut faults = 0u64;
    let mut fleeting = 0u64;
    let mut repeated = 0u64;
    let mut known = HashSet::new();
    while seed < end && (known.len() as u64) < stop {
        let to = (seed + BATCH).min(end);
        let stopped = match pair.batch(seed, to, |seed| plan.script(seed)) {
            Batch::Finished => {
                seed = to;
                continue;
            }
            Batch::Stopped(stopped) => stopped,
        };
        seed = stopped + 1;
        let script = plan.script(stopped);
        let verdict = pair.evaluate(&script);
        let Some(finding) = verdict.finding() else {
            fleeting += 1;
            continue;
        };
        let of_a = matches!(verdict, Verdict::FaultOfA(_));
        if of_a {
            faults += 1;
        }
        if of_a && arguments.get("faults").is_none() {
            continue;
        }
        if known.insert(finding.signature()) {
            report(&pair, stopped, &script, arguments)?;
        } else {
            repeated += 1;
        }
    }
    let seconds = begin.elapsed().as_secs_f64();
    let done = seed - first;
    println!(
        "{done} scripts in {seconds:.1} s, {:.0} a second: {} distinct differences, {repeated} \
         repetitions, {faults} outside the contract of A, {fleeting} fleeting",
        done as f64 / seconds,
        known.len()
    );
    Ok(known.is_empty())
}

fn report(
    pair: &crate::pair::Pair,
    seed: u64,
    full: &Script,
    arguments: &Arguments,
) -> Result<(), String> {
    let small = shrink(pair, full);
    let verdict = pair.evaluate(&small);
    let Some(difference) = verdict.finding() else {
        println!("seed {seed}: differs, but not twice");
        return Ok(());
    };
    println!("--- seed {seed}: {}", difference.signature());
    print!("{}", script::print(&small));
    println!("--- differs in: {}", difference.step);
    let around = arguments.number("around", 8)? as usize;
    print!("{}", context(&pair.log_a.text(), &pair.log_b.text(), difference, around));
    if let Some(folder) = arguments.get("save") {
        let file = format!("{folder}/{seed}.script");
        let text = format!("# {}\n{}", difference.signature(), script::print(&small));
        std::fs::write(&file, text).map_err(|e| format!("{file}: {e}"))?;
    }
    Ok(())
}
