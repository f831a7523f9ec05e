//! Instructions and heap of our library, kept in a file, so that what becomes worse is seen.
//!
//! Times depend on the machine; these figures do not, since only what the library itself executes is in
//! them. Another compiler may move them.

use std::collections::BTreeMap;
use std::fmt::Write;

/// How much worse a figure may become.
const TOLERANCE: f64 = 0.03;

/// Figures by name. Less is better.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures(BTreeMap<String, f64>);

/// What has become of the figures.
#[derive(Debug, Default, PartialEq)]
pub struct Changes {
    /// Why the check fails.
    pub worse: Vec<String>,
    /// What the file could be rewritten for.
    pub better: Vec<String>,
}

impl Figures {
    pub fn add(&mut self, name: String, value: f64) {
        // As the file has it.
        self.0.insert(name, (value * 10.0).round() / 10.0);
    }

    pub fn get(&self, name: &str) -> Option<f64> {
        self.0.get(name).copied()
    }

    /// Forgets figures whose names do not begin like this.
    pub fn retain(&mut self, prefix: &str) {
        self.0.retain(|name, _| name.starts_with(prefix));
    }

    /// Lines of a name, a tab and a figure; `#` begins a comment.
    pub fn parse(text: &str) -> Result<Figures, String> {
        let mut figures = Figures::default();
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let (name, value) =
                line.split_once('\t').ok_or_else(|| format!("no figure: {line}"))?;
            let value = value.parse().map_err(|error| format!("{line}: {error}"))?;
            figures.0.insert(name.to_owned(), value);
        }
        Ok(figures)
    }

    pub fn text(&self) -> String {
        let mut text =
            String::from("# `make bench-baseline` writes this, `make check-bench` reads it.\n");
        for (name, value) in &self.0 {
            // Writing to a string does not fail.
            let _ = writeln!(text, "{name}\t{value}");
        }
        text
    }

    /// Holds figures against those of the file.
    pub fn against(&self, file: &Figures) -> Changes {
        let mut changes = Changes::default();
        for (name, &now) in &self.0 {
            match file.0.get(name) {
                None => changes.worse.push(format!("{name}: {now}, and the file has none")),
                Some(&then) if now > then * (1.0 + TOLERANCE) => {
                    changes.worse.push(format!("{name}: {now} instead of {then}"));
                }
                Some(&then) if now < then * (1.0 - TOLERANCE) => {
                    changes.better.push(format!("{name}: {now} instead of {then}"));
                }
                Some(_) => {}
            }
        }
        let gone = file.0.keys().filter(|name| !self.0.contains_key(*name));
        changes.worse.extend(gone.map(|name| format!("{name}: is not measured any more")));
        changes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(list: &[(&str, f64)]) -> Figures {
        let mut figures = Figures::default();
        for (name, value) in list {
            figures.add((*name).into(), *value);
        }
        figures
    }

    #[test]
    fn a_file_is_read_as_it_was_written() {
        let written = figures(&[("heap: octets", 3288.0), ("instructions: a, b", 0.25)]);
        assert_eq!(Figures::parse(&written.text()), Ok(written));
        assert!(Figures::parse("nothing").is_err());
        assert!(Figures::parse("a\tb").is_err());
    }

    #[test]
    fn a_little_worse_is_allowed() {
        let file = figures(&[("a", 100.0)]);
        let changes = |value| figures(&[("a", value)]).against(&file);
        assert_eq!(changes(103.0), Changes::default());
        assert_eq!(changes(97.0), Changes::default());
        assert_eq!(changes(103.1).worse, ["a: 103.1 instead of 100"]);
        assert_eq!(changes(96.0).better, ["a: 96 instead of 100"]);
    }

    #[test]
    fn file_and_figures_have_the_same_names() {
        let changes = figures(&[("new", 1.0)]).against(&figures(&[("old", 1.0)]));
        let expected = ["new: 1, and the file has none", "old: is not measured any more"];
        assert_eq!(changes.worse, expected);
    }

    #[test]
    fn nothing_stays_nothing() {
        let file = figures(&[("a", 0.0)]);
        assert_eq!(figures(&[("a", 0.0)]).against(&file), Changes::default());
        assert_eq!(figures(&[("a", 0.1)]).against(&file).worse.len(), 1);
    }
}
