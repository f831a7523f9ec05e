//! Measures libnghttp2.so.14 files side by side, doing the same work in memory through the C interface.
//!
//! ```text
//! nghttp2-bench COMMAND [--quick] [--chart] [--only PATTERN] [--ours FILE] [FILE...]
//! ```
//!
//! | command | does |
//! | --- | --- |
//! | `times` | time, as ratios to ours, with targets; with `--chart` it draws `bench/chart.svg`, too |
//! | `instructions` | instructions, under valgrind |
//! | `memory` | heap, and what loading a library costs |
//! | `check` | fails if instructions or heap of ours are worse than in `bench/baseline.txt` |
//! | `baseline` | writes that file |
//! | `train` | what profile-guided optimization learns from, with an instrumented library as ours |
//! | `work` | what others run under valgrind |
//!
//! `FILE`s are more libraries to compare with; `--quick` takes fewer and shorter rounds; `--only` takes
//! the workloads with `PATTERN` in their names. The first three write what they print to `bench/` in
//! the build directory as well. Every library must do the same in each workload, else `times` fails.

#![deny(unsafe_code)]

mod baseline;
mod callgrind;
mod chart;
mod counts;
mod digest;
#[allow(unsafe_code)]
mod ffi;
mod file;
mod footprint;
mod libraries;
mod measure;
mod memory;
mod statistics;
mod table;
mod times;
mod traffic;
mod training;
mod verdict;
mod wire;
mod workload;
mod workloads;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use baseline::Figures;
use ffi::OURS;
use libraries::Libraries;
use measure::Pace;
use workload::Workload;

/// What the command line says.
#[derive(Debug, Default, PartialEq)]
struct Options {
    command: String,
    quick: bool,
    chart: bool,
    only: String,
    ours: Option<PathBuf>,
    more: Vec<PathBuf>,
}

const USAGE: &str = "usage: nghttp2-bench times|instructions|memory|check|baseline|train \
                     [--quick] [--chart] [--only PATTERN] [--ours FILE] [FILE...]";

impl Options {
    fn parse(arguments: &[String]) -> Result<Options, String> {
        let (command, rest) = arguments.split_first().ok_or(USAGE)?;
        let mut options = Options { command: command.clone(), ..Options::default() };
        let mut rest = rest.iter();
        while let Some(argument) = rest.next() {
            let mut value = || rest.next().ok_or(USAGE);
            match argument.as_str() {
                "--quick" => options.quick = true,
                "--chart" => options.chart = true,
                "--only" => options.only = value()?.clone(),
                "--ours" => options.ours = Some(value()?.into()),
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

    /// The file of our library.
    fn our_file(&self) -> PathBuf {
        self.ours.clone().unwrap_or_else(libraries::ours)
    }

    fn libraries(&self) -> Result<Libraries, String> {
        let ours = self.our_file();
        match self.command.as_str() {
            "check" | "baseline" | "train" | "work-ours" => Libraries::only_ours(&ours),
            _ => Libraries::find(&ours, &self.more),
        }
    }

    /// The command line on which another run of this program has the same workloads and libraries.
    fn work(&self) -> Vec<String> {
        let is_alone = matches!(self.command.as_str(), "check" | "baseline");
        let command = if is_alone { "work-ours" } else { "work" };
        let mut arguments = vec![command.to_owned(), "--only".to_owned(), self.only.clone()];
        if let Some(ours) = &self.ours {
            arguments.extend(["--ours".to_owned(), ours.display().to_string()]);
        }
        arguments.extend(self.more.iter().map(|file| file.display().to_string()));
        arguments
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match Options::parse(&arguments).and_then(|options| run(&options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Result<(), String> {
    let libraries = options.libraries()?;
    let workloads = options.workloads();
    let scratch = libraries::target().join("bench");
    fs::create_dir_all(&scratch).map_err(|error| error.to_string())?;
    match options.command.as_str() {
        "times" => times(options, &workloads, &libraries, &scratch),
        "instructions" => {
            let all = libraries.all();
            let counts = callgrind::count(&workloads, all, &options.work(), &scratch)?;
            let table = counts::table(&workloads, all, &counts);
            let growth = counts::growth(all, &counts);
            publish(&scratch.join("instructions.txt"), &format!("{table}\n{growth}"))
        }
        "memory" => {
            let heap = footprint::heap(&libraries);
            let files = footprint::files(&libraries, &scratch)?;
            publish(&scratch.join("memory.txt"), &format!("{heap}\n{files}"))
        }
        "check" => check(options, &figures(options, &workloads, &libraries, &scratch)?),
        "baseline" => {
            if !is_profiled(options) {
                return Err("the library was compiled without its profile: see profile/".into());
            }
            let figures = figures(options, &workloads, &libraries, &scratch)?;
            write(&own_file("baseline.txt"), &figures.text())
        }
        "train" => {
            training::train(&workloads, libraries.all()[0], &baseline()?);
            Ok(())
        }
        "work" | "work-ours" => {
            callgrind::work(&workloads, libraries.all());
            Ok(())
        }
        _ => Err(USAGE.into()),
    }
}

fn times(
    options: &Options,
    workloads: &[Workload],
    libraries: &Libraries,
    scratch: &Path,
) -> Result<(), String> {
    let pace = if options.quick { Pace::QUICK } else { Pace::FULL };
    let times = times::measure(workloads, libraries, pace, &|name| eprintln!("{name}"));
    publish(&scratch.join("times.txt"), &format!("{}\n{}", times.workloads, times.groups))?;
    if options.chart {
        let rows: Vec<(&str, f64)> =
            times.outcomes.iter().map(|(group, outcome)| (group.name, outcome.mean)).collect();
        write(&own_file("chart.svg"), &chart::svg(&rows, "the original = 1"))?;
    }
    if times.differences.is_empty() { Ok(()) } else { Err(times.differences.join("\n")) }
}

/// Instructions and heap of our library.
fn figures(
    options: &Options,
    workloads: &[Workload],
    libraries: &Libraries,
    scratch: &Path,
) -> Result<Figures, String> {
    let all = libraries.all();
    let counts = callgrind::count(workloads, all, &options.work(), scratch)?;
    let mut figures = Figures::default();
    for ((workload, library), count) in counts {
        if library == OURS {
            figures.add(format!("instructions: {workload}"), count.own);
        }
    }
    for figure in memory::FIGURES {
        figures.add(format!("heap: {}", figure.name), figure.of(all[0]));
    }
    Ok(figures)
}

/// Whether our library was compiled with its profile: Cargo notes beside it what it was made of.
fn is_profiled(options: &Options) -> bool {
    let notes = fs::read_to_string(options.our_file().with_extension("d"));
    notes.is_ok_and(|notes| notes.contains("nghttp2.profdata"))
}

/// What `baseline` has written.
fn baseline() -> Result<Figures, String> {
    let file = own_file("baseline.txt");
    let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    Figures::parse(&text)
}

/// Holds figures against the file: instructions only if the library was compiled with its profile, as it is
/// when the file is written.
fn check(options: &Options, figures: &Figures) -> Result<(), String> {
    let (mut now, mut then) = (figures.clone(), baseline()?);
    if !is_profiled(options) {
        println!("the library was compiled without its profile: only heap is compared");
        now.retain("heap: ");
        then.retain("heap: ");
    }
    let changes = now.against(&then);
    for better in &changes.better {
        println!("better: {better}");
    }
    match changes.worse.as_slice() {
        [] => Ok(()),
        worse => Err(format!("worse: {}", worse.join("\nworse: "))),
    }
}

/// A file beside the sources.
fn own_file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Prints a text, and writes it to a file.
fn publish(file: &Path, text: &str) -> Result<(), String> {
    print!("{text}");
    write(file, text)
}

fn write(file: &Path, text: &str) -> Result<(), String> {
    fs::write(file, text).map_err(|error| format!("{}: {error}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Options, String> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Options::parse(&words)
    }

    #[test]
    fn a_run_under_valgrind_has_the_same_libraries() {
        let options = parse("instructions --ours a.so --only x --quick b.so").unwrap();
        let work = Options::parse(&options.work()).unwrap();
        assert_eq!(
            (&work.only, &work.ours, &work.more),
            (&options.only, &options.ours, &options.more)
        );
        assert_eq!(work.command, "work");
        assert_eq!(parse("check").unwrap().work()[0], "work-ours");
    }

    #[test]
    fn what_is_not_understood_is_not_passed_over() {
        for line in ["", "times --slow", "times --only"] {
            assert_eq!(parse(line), Err(USAGE.into()), "{line}");
        }
    }
}
