//! Measures libnghttp2.so.14 files side by side, doing the same work in memory through the C interface.
//!
//! ```text
//! nghttp2-bench [COMMAND] [--quick] [--only PATTERN] [--ours FILE] [FILE...]
//! ```
//!
//! | command | measures |
//! | --- | --- |
//! | `times` | time, as ratios to ours, with targets (the default) |
//! | `instructions` | instructions, under valgrind |
//! | `work` | nothing: it is what `instructions` runs under valgrind |
//!
//! Files are more libraries to compare with. Tables go to `bench/` in the build directory as well.

#![deny(unsafe_code)]
#![allow(dead_code, unused_imports)] // the workloads that come next use the rest

mod callgrind;
mod counts;
mod digest;
#[allow(unsafe_code)]
mod ffi;
mod libraries;
mod measure;
mod statistics;
mod table;
mod times;
mod traffic;
mod verdict;
mod workload;
mod workloads;

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use libraries::Libraries;
use measure::Pace;
use workload::Workload;

/// What the command line says.
#[derive(Debug, Default)]
struct Options {
    command: Option<String>,
    quick: bool,
    only: String,
    ours: Option<PathBuf>,
    more: Vec<PathBuf>,
}

const USAGE: &str =
    "usage: nghttp2-bench [times|instructions] [--quick] [--only PATTERN] [--ours FILE] [FILE...]";

impl Options {
    fn parse(arguments: &[String]) -> Result<Options, String> {
        let mut options = Options::default();
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().cloned().ok_or_else(|| USAGE.to_owned());
            match argument.as_str() {
                "--quick" => options.quick = true,
                "--only" => options.only = value()?,
                "--ours" => options.ours = Some(value()?.into()),
                "times" | "instructions" | "work" if options.command.is_none() => {
                    options.command = Some(argument.clone());
                }
                option if option.starts_with('-') => return Err(USAGE.into()),
                file => options.more.push(file.into()),
            }
        }
        Ok(options)
    }

    fn workloads(&self) -> Vec<Workload> {
        let mut workloads = workloads::all();
        workloads.retain(|workload| workload.name.contains(&self.only));
        workloads
    }

    /// The same for another run of this program.
    fn arguments(&self) -> Vec<String> {
        let mut arguments = vec!["--only".to_owned(), self.only.clone()];
        if let Some(ours) = &self.ours {
            arguments.extend(["--ours".to_owned(), ours.display().to_string()]);
        }
        arguments.extend(self.more.iter().map(|file| file.display().to_string()));
        arguments
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(code) => code,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<ExitCode, String> {
    let options = Options::parse(arguments)?;
    let ours = options.ours.clone().unwrap_or_else(libraries::ours);
    let libraries = Libraries::find(&ours, &options.more)?;
    let workloads = options.workloads();
    let scratch = libraries::target().join("bench");
    fs::create_dir_all(&scratch).map_err(|error| error.to_string())?;
    match options.command.as_deref().unwrap_or("times") {
        "work" => callgrind::work(&workloads, libraries.all()),
        "instructions" => {
            let (table, _) = counts::table(&workloads, &libraries, &options.arguments(), &scratch)?;
            publish(&scratch.join("instructions.txt"), &table.to_string())?;
        }
        _ => {
            let pace = if options.quick { Pace::QUICK } else { Pace::FULL };
            let times = times::measure(&workloads, &libraries, pace, &|name| eprintln!("{name}"));
            let text = format!("{}\n{}", times.workloads, times.groups);
            publish(&scratch.join("times.txt"), &text)?;
            if !times.differences.is_empty() {
                return Err(times.differences.join("\n"));
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints a text, and writes it to a file.
fn publish(file: &std::path::Path, text: &str) -> Result<(), String> {
    print!("{text}");
    fs::write(file, text).map_err(|error| format!("{}: {error}", file.display()))
}
