//! `differential`: is one `libnghttp2.so.14` compatible with another?
//!
//! Both files are loaded side by side and driven through the public C API with the same
//! script. Everything observable goes into a transcript: each callback with all its arguments,
//! return codes, octets out, and all getters after each step. See `script` for the language
//! of the scripts and the README for the commands.

mod api;
mod callbacks;
mod compare;
mod control;
mod coverage;
mod endpoint;
mod fields;
mod flood;
mod functions;
mod generate;
mod hostile;
mod hpack;
mod log;
mod meter;
mod pair;
mod random;
mod scenarios;
mod script;
mod shrink;
mod snapshot;
mod source;
mod submit;
mod transport;
mod wire;
mod world;

use std::process::ExitCode;

use crate::compare::{Allowed, context, parse_allowed};
use crate::pair::{Pair, Verdict};
use crate::script::Script;

const USAGE: &str = "usage:
  differential random --a FILE --b FILE [--profile 1.70|tree] [--theme THEME] [--seed N]
                      [--count N] [--stop K] [--save DIR] [--allow FILE] [--faults]
                      [--entropy N]
  differential scenarios --a FILE --tree-a FILE --b FILE|--itself [--allow FILE] [--seed N]
                      [--save DIR] [DIR]
  differential hostile --lib FILE [--a FILE] [--seed N] [--every-answer] [--allow FILE]
                      [--report | --show] [FILE|ID …]
  differential run SCRIPT --a FILE --b FILE [--allow FILE] [--shrink] [--around N]
  differential show SCRIPT --lib FILE
  differential print --profile P --theme T --seed N
  differential coverage --lib FILE [--profile P] [--theme T] [--count N] [DIR]

A is the original, B the library under test. The exit code is 0 if nothing differs.";

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let command = words.next().unwrap_or_default();
    let arguments = match Arguments::parse(words) {
        Ok(arguments) => arguments,
        Err(error) => return fail(&error),
    };
    let result = match command.as_str() {
        "random" => random::random(&arguments),
        "scenarios" => scenarios::scenarios(&arguments),
        "hostile" => hostile::hostile(&arguments),
        "run" => run(&arguments),
        "show" => show(&arguments),
        "print" => print(&arguments),
        "coverage" => coverage::coverage(&arguments),
        _ => Err(USAGE.into()),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => fail(&error),
    }
}

fn fail(error: &str) -> ExitCode {
    eprintln!("{error}");
    ExitCode::from(2)
}

/// The words of the command line: `--name value`, `--switch`, and files.
pub struct Arguments {
    named: Vec<(String, String)>,
    files: Vec<String>,
}

const SWITCHES: &[&str] = &["shrink", "faults", "itself", "report", "show", "every-answer"];

impl Arguments {
    fn parse(words: impl Iterator<Item = String>) -> Result<Arguments, String> {
        let mut arguments = Arguments { named: Vec::new(), files: Vec::new() };
        let mut words = words;
        while let Some(word) = words.next() {
            match word.strip_prefix("--") {
                None => arguments.files.push(word),
                Some(name) if SWITCHES.contains(&name) => {
                    arguments.named.push((name.into(), String::new()));
                }
                Some(name) => {
                    let value = words.next().ok_or(format!("--{name} needs a value"))?;
                    arguments.named.push((name.into(), value));
                }
            }
        }
        Ok(arguments)
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.named.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub fn need(&self, name: &str) -> Result<&str, String> {
        self.get(name).ok_or_else(|| format!("--{name} is missing\n{USAGE}"))
    }

    pub fn number(&self, name: &str, default: u64) -> Result<u64, String> {
        self.get(name).map_or(Ok(default), |text| {
            text.parse().map_err(|_| format!("--{name} needs a number, not {text}"))
        })
    }

    /// The first file or folder.
    pub fn file(&self) -> Option<&str> {
        self.files.first().map(String::as_str)
    }

    /// All files, folders and other words.
    pub fn words(&self) -> &[String] {
        &self.files
    }

    fn script(&self) -> Result<Script, String> {
        let file = self.file().ok_or(format!("script missing\n{USAGE}"))?;
        let text = std::fs::read_to_string(file).map_err(|e| format!("{file}: {e}"))?;
        script::parse(&text)
    }

    /// The pair of libraries with the list of intended differences.
    pub fn pair(&self) -> Result<Pair, String> {
        let entropy = self.number("entropy", pair::ENTROPY as u64)? as u8;
        Pair::load(self.need("a")?, self.need("b")?, self.allowed()?, entropy)
    }

    pub fn allowed(&self) -> Result<Vec<Allowed>, String> {
        let Some(file) = self.get("allow") else {
            return parse_allowed(include_str!("../allowed.txt"));
        };
        parse_allowed(&std::fs::read_to_string(file).map_err(|e| format!("{file}: {e}"))?)
    }
}

fn run(arguments: &Arguments) -> Result<bool, String> {
    let mut script = arguments.script()?;
    let pair = arguments.pair()?;
    if arguments.get("shrink").is_some() {
        script = shrink::shrink(&pair, &script);
        print!("{}", script::print(&script));
    }
    match pair.evaluate(&script) {
        Verdict::Same => println!("same"),
        Verdict::Allowed(id) => println!("differs as intended: {id}"),
        Verdict::FaultOfA(fault) => println!("outside the contract: {}", fault.b),
        Verdict::Different(difference) => {
            let around = arguments.number("around", 12)? as usize;
            println!("differs in: {}", difference.step);
            let (a, b) = (pair.log_a.text(), pair.log_b.text());
            print!("{}", context(&a, &b, &difference, around));
            return Ok(false);
        }
    }
    Ok(true)
}

fn show(arguments: &Arguments) -> Result<bool, String> {
    let script = arguments.script()?;
    let api = api::Api::load(arguments.need("lib")?)?;
    let log = log::Log::new(64 << 20);
    let fault = pair::show(&api, &log, &script);
    println!("# release {}", api.release());
    print!("{}", log.text());
    if let Some(fault) = &fault {
        println!("{fault}");
    }
    Ok(fault.is_none())
}

fn print(arguments: &Arguments) -> Result<bool, String> {
    let plan = random::plan(arguments)?;
    print!("{}", script::print(&plan.script(arguments.number("seed", 1)?)));
    Ok(true)
}
