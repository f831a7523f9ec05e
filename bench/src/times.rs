//! The table of times: each workload, then each group with its targets.

use std::collections::HashMap;

use crate::libraries::Libraries;
use crate::measure::{self, Pace};
use crate::statistics::Spread;
use crate::table::Table;
use crate::verdict::{Member, Outcome, Verdict, outcome};
use crate::workload::{Group, Workload, groups};

/// What was measured, and what it comes to.
pub struct Times {
    pub workloads: Table,
    pub groups: Table,
    /// For a chart: each group that was measured.
    pub outcomes: Vec<(&'static Group, Outcome)>,
    /// Libraries that did not do the same.
    pub differences: Vec<String>,
}

/// How many operations are compared before anything is timed.
const COMPARED: u64 = 20;

/// Measures all of it. `progress` is told each name.
pub fn measure(
    workloads: &[Workload],
    libraries: &Libraries,
    pace: Pace,
    progress: &dyn Fn(&str),
) -> Times {
    let all = libraries.all();
    let mut head = vec!["workload", "ours"];
    head.extend(all.iter().skip(1).map(|library| library.name.as_str()));
    head.extend(["10%", "90%", "verdict"]);
    let mut table = Table::new(&head);
    let mut differences = Vec::new();
    let mut members: HashMap<&str, Vec<Member>> = HashMap::new();
    for workload in workloads {
        progress(&workload.name);
        for library in measure::differing(workload, all, COMPARED) {
            differences.push(format!("{}: {} differs", workload.name, library.name));
        }
        let times = measure::times(workload, all, pace);
        let Some(ours) = &times[0] else { continue };
        let ratio = |index: usize| Spread::of_ratios(times[index].as_ref()?, ours);
        let bars = libraries.bars(workload.group.against);
        let bar = bars.into_iter().filter_map(ratio).min_by(|a, b| a.median.total_cmp(&b.median));
        let own = Spread::of(ours).map_or(0.0, |spread| spread.median);
        let mut row = vec![workload.name.clone(), duration(own / workload.units, workload.unit)];
        row.extend((1..all.len()).map(|index| show(ratio(index).map(|spread| spread.median))));
        row.extend([show(bar.map(|bar| bar.low)), show(bar.map(|bar| bar.high))]);
        if let Some(bar) = bar {
            let target = workload.target;
            row.push(Verdict::at_least(bar.median, target).to_string());
            let member = Member { name: workload.name.clone(), ratio: bar.median, target };
            members.entry(workload.group.name).or_default().push(member);
        }
        table.row(row);
    }
    let judged = groups::ALL
        .into_iter()
        .filter_map(|group| Some((group, outcome(group, members.get(group.name)?)?)));
    let outcomes: Vec<_> = judged.collect();
    Times { workloads: table, groups: group_table(&outcomes), outcomes, differences }
}

fn group_table(outcomes: &[(&'static Group, Outcome)]) -> Table {
    let mut table =
        Table::new(&["group", "mean", "target", "worst", "floor", "verdict", "worst is"]);
    for (group, outcome) in outcomes {
        table.row([
            group.name.into(),
            show(Some(outcome.mean)),
            show(group.mean),
            show(Some(outcome.worst.0)),
            show(group.floor),
            outcome.verdict.to_string(),
            outcome.worst.1.clone(),
        ]);
    }
    table
}

fn show(ratio: Option<f64>) -> String {
    ratio.map_or("-".into(), |ratio| format!("{ratio:.2}"))
}

fn duration(seconds: f64, unit: &str) -> String {
    format!("{:.1} ns/{unit}", seconds * 1e9)
}
