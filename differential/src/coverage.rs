//! How far scripts reach, generated ones or scenarios: counts what a library answers.

use std::collections::BTreeMap;

use crate::Arguments;
use crate::api::Api;
use crate::log::Log;
use crate::pair::ENTROPY;
use crate::random::plan;
use crate::script::Script;
use crate::{scenarios, world};

/// The `coverage` command: kinds of transcript lines and how often they come.
pub fn coverage(arguments: &Arguments) -> Result<bool, String> {
    let api = Api::load(arguments.need("lib")?)?;
    let log = Log::new(64 << 20);
    let mut kinds: BTreeMap<String, u64> = BTreeMap::new();
    for script in scripts(arguments)? {
        world::run(&api, &log, &script, ENTROPY);
        let mut verb = String::new();
        for line in log.text().lines() {
            if let Some(kind) = kind(line.trim_start(), &mut verb) {
                *kinds.entry(kind).or_default() += 1;
            }
        }
    }
    for (kind, count) in kinds {
        println!("{count:>9} {kind}");
    }
    Ok(true)
}

/// The scenarios of a folder, or else generated scripts.
fn scripts(arguments: &Arguments) -> Result<Box<dyn Iterator<Item = Script>>, String> {
    if let Some(folder) = arguments.file() {
        return Ok(Box::new(scenarios::scripts(folder)?.into_iter()));
    }
    let plan = plan(arguments)?;
    let first = arguments.number("seed", 1)?;
    let end = first + arguments.number("count", 10_000)?;
    Ok(Box::new((first..end).map(move |seed| plan.script(seed))))
}

/// The kind of a line: what happened, without where and how much.
fn kind(line: &str, verb: &mut String) -> Option<String> {
    let mut words = line.split_whitespace();
    let first = words.next()?;
    match first {
        ">" | "do" => {
            let mut rest = words.skip(1);
            *verb = match rest.next()? {
                "on" => format!("on {}", rest.next()?.split(['#', '@']).next()?),
                verb => verb.to_string(),
            };
            Some(format!("{first} {verb}"))
        }
        "=" => {
            let result: i64 = words.next()?.trim_end_matches(',').parse().ok()?;
            let pointer = words.next().filter(|word| word.bytes().all(|b| b.is_ascii_lowercase()));
            (result <= 0).then(|| format!("{verb} = {result} {}", pointer.unwrap_or("")))
        }
        "end:" => Some(line.into()),
        "->" => Some(format!("{verb} returns {}", words.next()?)).filter(|k| k.contains('-')),
        _ => {
            let (_, form) = first.split_once('.')?;
            let detail: Vec<&str> = words
                .filter(|word| !word.starts_with('[') && !word.contains("len="))
                .take(2)
                .filter(|word| {
                    word.starts_with("error=")
                        || word.bytes().all(|b| b.is_ascii_uppercase() || b == b'_')
                })
                .collect();
            let reason = line.split_once("debug=").map_or("", |(_, text)| text);
            (!form.ends_with(':')).then(|| format!("{form} {} {reason}", detail.join(" ")))
        }
    }
}
