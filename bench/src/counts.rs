//! The tables of instructions.

use crate::callgrind::{Count, Counts};
use crate::ffi::{Library, OURS};
use crate::table::Table;
use crate::verdict::Verdict;
use crate::workload::Workload;

/// Which of a unit's instructions.
type Part = fn(&Count) -> f64;

const ALL: Part = |count| count.all;
const OWN: Part = |count| count.own;

/// What a unit may take at most, by the name of the workload.
const TARGETS: &[(&str, Part, f64)] = &[
    ("server, browser, 100 in flight", ALL, 12_000.0),
    ("client, browser, 100 in flight", ALL, 12_500.0),
    ("send 64 octets, no copy", OWN, 300.0),
    ("send 1024 octets, no copy", OWN, 300.0),
    ("receive frames of 64 octets", OWN, 240.0),
];

/// How many times as much the second may take as the first, though it has more streams: as their
/// logarithms are to each other; or the same, but for a little.
const GROWTH: &[(&str, &str, f64)] = &[
    ("tree of 10 streams", "tree of 10000 streams", 4.0),
    ("initial window, 100 streams open", "initial window, 10000 streams open", 1.1),
];

/// The table's last two columns: what should be, and whether it is.
const JUDGED: [&str; 2] = ["target", "verdict"];

fn head(first: &[&str], libraries: &[&'static Library]) -> Table {
    let names = libraries.iter().map(|library| library.name.as_str());
    let head: Vec<&str> = first.iter().copied().chain(names).chain(JUDGED).collect();
    Table::new(&head)
}

/// The figures of all libraries, and the verdict on ours.
fn row(
    table: &mut Table,
    first: Vec<String>,
    libraries: &[&'static Library],
    figure: impl Fn(&str) -> Option<f64>,
    most: Option<f64>,
    digits: usize,
) {
    let show = |value: Option<f64>| value.map_or("-".into(), |value| format!("{value:.digits$}"));
    let verdict = figure(OURS).map_or(Verdict::None, |ours| Verdict::at_most(ours, most));
    let figures = libraries.iter().map(|library| show(figure(&library.name)));
    table.row(first.into_iter().chain(figures).chain([show(most), verdict.to_string()]));
}

/// Instructions for each unit, all libraries side by side. Where the target is for those of the library
/// itself, only they are shown.
pub fn table(workloads: &[Workload], libraries: &[&'static Library], counts: &Counts) -> Table {
    let mut table = head(&["instructions", "for each"], libraries);
    for workload in workloads {
        let target = TARGETS.iter().find(|(name, ..)| *name == workload.name);
        let (part, target) = target.map_or((ALL, None), |(_, part, most)| (*part, Some(*most)));
        let figure = |library: &str| count(counts, &workload.name, library).map(|all| part(&all));
        let first = vec![workload.name.clone(), workload.unit.to_owned()];
        row(&mut table, first, libraries, figure, target, 0);
    }
    table
}

/// What more streams cost, where both cases were counted.
pub fn growth(libraries: &[&'static Library], counts: &Counts) -> Table {
    let mut table = head(&["growth"], libraries);
    for (from, to, most) in GROWTH {
        let figure = |library: &str| {
            Some(count(counts, to, library)?.all / count(counts, from, library)?.all)
        };
        if figure(OURS).is_some() {
            row(&mut table, vec![format!("{from} -> {to}")], libraries, figure, Some(*most), 2);
        }
    }
    table
}

fn count(counts: &Counts, workload: &str, library: &str) -> Option<Count> {
    counts.get(&(workload.to_owned(), library.to_owned())).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::libraries::{self, Libraries};
    use crate::workloads;

    #[test]
    fn targets_are_those_of_workloads() {
        let all = workloads::all();
        let named = TARGETS.iter().map(|(name, ..)| name);
        let grown = GROWTH.iter().flat_map(|(from, to, _)| [from, to]);
        for name in named.chain(grown) {
            assert!(all.iter().any(|workload| workload.name == *name), "{name}");
        }
    }

    #[test]
    fn ours_is_judged() {
        let ours = Libraries::only_ours(&libraries::ours()).unwrap();
        let last_words = |small: f64, large: f64| {
            let (from, to, _) = GROWTH[0];
            let name = |workload: &str| (workload.to_owned(), OURS.to_owned());
            let count = |all| Count { own: 0.0, all };
            let counts = Counts::from([(name(from), count(small)), (name(to), count(large))]);
            let text = growth(ours.all(), &counts).to_string();
            text.split_whitespace().rev().take(3).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(last_words(1000.0, 4000.0), "met 4.00 4.00");
        assert_eq!(last_words(1000.0, 4100.0), "missed 4.00 4.10");
    }
}
