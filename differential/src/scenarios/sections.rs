//! What the scenarios must cover: the sections of `sections.txt`, the entries of `allowed.txt`,
//! and words that mean something.

use std::collections::BTreeSet;

use super::FOLDER;
use super::file::File;
use super::folder::{find, name, read};
use crate::callbacks;
use crate::compare::parse_allowed;
use crate::endpoint::OPTIONS;
use crate::script::Step;

/// `PAGE NUMBER` of each line `PAGE NUMBER TITLE`.
fn sections() -> BTreeSet<String> {
    let lines = include_str!("../../sections.txt").lines();
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let number = |line: &str| line.split_whitespace().take(2).collect::<Vec<_>>().join(" ");
    lines.map(number).collect()
}

/// Every file with its name.
fn found() -> Vec<(String, File)> {
    let paths = find(FOLDER).expect("there are scenarios");
    paths.iter().map(|path| (name(path), read(path).expect("it reads"))).collect()
}

#[test]
fn every_section_has_a_scenario_and_every_scenario_a_section() {
    let listed = sections();
    let all = found();
    let named: BTreeSet<String> = all.iter().flat_map(|(_, file)| file.sections.clone()).collect();
    let missing: Vec<_> = listed.difference(&named).collect();
    assert!(missing.is_empty(), "no scenario shows {missing:?}");
    let unknown: Vec<_> = named.difference(&listed).collect();
    assert!(unknown.is_empty(), "sections.txt does not list {unknown:?}");
}

#[test]
fn every_intended_difference_has_a_scenario_unless_it_is_random() {
    let list = parse_allowed(include_str!("../../allowed.txt")).expect("it reads");
    let all = found();
    let scenarios = all.iter().flat_map(|(_, file)| &file.scenarios);
    let shown: BTreeSet<&str> = scenarios.filter_map(|s| s.intended.as_deref()).collect();
    let due: BTreeSet<&str> = list.iter().filter(|e| !e.random).map(|e| e.id.as_str()).collect();
    let missing: Vec<_> = due.difference(&shown).collect();
    assert!(missing.is_empty(), "no scenario shows {missing:?}");
    let known: BTreeSet<&str> = list.iter().map(|entry| entry.id.as_str()).collect();
    let unknown: Vec<_> = shown.difference(&known).collect();
    assert!(unknown.is_empty(), "allowed.txt does not list {unknown:?}");
}

#[test]
fn options_callbacks_and_events_are_known() {
    let all = found();
    let label = |name: &str| callbacks::TABLE.iter().any(|callback| callback.label == name);
    let check = |file: &str, step: &Step| {
        for (key, _) in &step.args {
            let Some(option) = key.strip_prefix("opt.") else { continue };
            assert!(OPTIONS.iter().any(|(name, _)| *name == option), "{file}: {step}");
        }
        let wish = step.text("cb").filter(|wish| !wish.is_empty());
        for item in wish.into_iter().flat_map(|wish| wish.split(',')) {
            assert!(item == "none" || label(item.get(1..).unwrap_or("")), "{file}: {step}");
        }
        if let Some(when) = &step.when {
            assert!(when.event == "read" || label(&when.event), "{file}: {step}");
        }
    };
    for (name, file) in &all {
        let steps = file.scenarios.iter().flat_map(|scenario| &scenario.script);
        steps.for_each(|step| check(name, step));
    }
}
