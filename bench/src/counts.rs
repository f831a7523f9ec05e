//! The table of instructions.

use std::path::Path;

use crate::callgrind::{self, Counts};
use crate::ffi::OURS;
use crate::libraries::Libraries;
use crate::table::Table;
use crate::verdict::Verdict;
use crate::workload::Workload;

/// What a unit may take at most, by the name of the workload.
const TARGETS: &[(&str, f64)] = &[
    ("server, browser, 100 in flight", 12_000.0),
    ("client, browser, 100 in flight", 12_500.0),
    ("send 64 octets, no copy", 300.0),
    ("send 1024 octets, no copy", 300.0),
    ("receive frames of 64 octets", 240.0),
];

/// Counts, and shows all libraries side by side.
pub fn table(
    workloads: &[Workload],
    libraries: &Libraries,
    arguments: &[String],
    scratch: &Path,
) -> Result<(Table, Counts), String> {
    let all = libraries.all();
    let counts = callgrind::count(workloads, all, arguments, scratch)?;
    let mut head = vec!["instructions", "for each"];
    head.extend(all.iter().map(|library| library.name.as_str()));
    head.extend(["target", "verdict"]);
    let mut table = Table::new(&head);
    for workload in workloads {
        let count = |name: &str| counts.get(&(workload.name.clone(), name.to_owned())).copied();
        let target = TARGETS.iter().find(|(name, _)| *name == workload.name).map(|(_, most)| *most);
        let show = |value: Option<f64>| value.map_or("-".into(), |value| format!("{value:.0}"));
        let mut row = vec![workload.name.clone(), workload.unit.to_owned()];
        row.extend(all.iter().map(|library| show(count(&library.name))));
        row.push(show(target));
        row.push(
            count(OURS).map_or(Verdict::None, |ours| Verdict::at_most(ours, target)).to_string(),
        );
        table.row(row);
    }
    Ok((table, counts))
}
