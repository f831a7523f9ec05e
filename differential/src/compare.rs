//! Are two transcripts equal, and where do they part?
//!
//! Before the comparison the order of consecutive stream closures is made canonical: when one
//! event closes several streams, the order is the library's own business.

use std::borrow::Cow;

/// The place where two transcripts part.
#[derive(Clone, Debug)]
pub struct Difference {
    /// The step under way.
    pub step: String,
    /// The line of each transcript; empty where it had ended.
    pub a: String,
    pub b: String,
    /// Number of the line in the canonical transcripts.
    pub line: usize,
}

impl Difference {
    /// What makes two differences the same finding: both lines in outline, and the verb where
    /// the lines are results or getters.
    pub fn signature(&self) -> String {
        let (a, b) = (outline(&self.a), outline(&self.b));
        let told = |line: &str| line.contains('.') && !line.contains(':');
        if told(&a) || told(&b) {
            return format!("{a} / {b}");
        }
        let mut words = self.step.split_whitespace().skip(1);
        let verb = words.next().unwrap_or("");
        let word = words.next().filter(|word| !word.contains('=')).unwrap_or("");
        let names = match a.ends_with(':') && b.ends_with(':') {
            true => changed_names(&self.a, &self.b),
            false => String::new(),
        };
        format!("{verb} {word}: {a} / {b} {names}")
    }
}

/// The kind of a line: its first words without numbers, values and header fields.
fn outline(line: &str) -> String {
    let line = line.trim_start();
    let Some(first) = line.split_whitespace().next() else { return "(end)".into() };
    if first == ">" || first == "end:" {
        return first.into();
    }
    if first.ends_with(':') {
        let target = first.split(['.', ':']).next().unwrap_or("");
        return format!("{target}:");
    }
    if first == "=" || first == "->" {
        let result = line.split_whitespace().nth(1).unwrap_or("").trim_end_matches(',');
        return if result.starts_with('-') { format!("{first} {result}") } else { first.into() };
    }
    let telling = |word: &&str| {
        word.starts_with("error=") || word.bytes().all(|b| b.is_ascii_uppercase() || b == b'_')
    };
    let words = line.split_whitespace().skip(1).filter(telling).take(2);
    std::iter::once(first).chain(words).collect::<Vec<_>>().join(" ")
}

/// The getters whose values differ between two lines of getters.
fn changed_names(a: &str, b: &str) -> String {
    let only = |left: &str, right: &str| {
        let words = left.split_whitespace().filter(|word| word.contains('='));
        let fresh = words.filter(|word| !right.split_whitespace().any(|other| other == *word));
        fresh.filter_map(|word| word.split('=').next().map(String::from)).collect::<Vec<_>>()
    };
    let mut names = only(a, b);
    names.extend(only(b, a));
    names.sort();
    names.dedup();
    names.join(" ")
}

/// The first difference, if any.
pub fn first_difference(a: &str, b: &str) -> Option<Difference> {
    if a == b {
        return None;
    }
    let (a, b) = (canonical(a), canonical(b));
    let mut step = String::new();
    let (mut left, mut right) = (a.iter(), b.iter());
    for line in 0.. {
        let (a, b) = (left.next(), right.next());
        if a.is_none() && b.is_none() {
            return None;
        }
        if a == b {
            if let Some(text) = a.filter(|text| text.starts_with("> ")) {
                step = text[2..].to_string();
            }
            continue;
        }
        let text = |line: Option<&Cow<'_, str>>| line.map_or(String::new(), |l| l.to_string());
        return Some(Difference { step, a: text(a), b: text(b), line });
    }
    None
}

/// The lines with runs of stream closures sorted.
pub fn canonical(text: &str) -> Vec<Cow<'_, str>> {
    let lines: Vec<&str> = text.lines().collect();
    let mut out: Vec<Cow<'_, str>> = Vec::with_capacity(lines.len());
    let mut n = 0;
    while n < lines.len() {
        let mut groups = Vec::new();
        while let Some(end) = closure(&lines, n) {
            groups.push(lines[n..end].to_vec());
            n = end;
        }
        groups.sort();
        out.extend(groups.into_iter().flatten().map(Cow::Borrowed));
        if n < lines.len() {
            out.push(Cow::Borrowed(lines[n]));
            n += 1;
        }
    }
    out
}

/// The end of the stream closure at line `n`, its actions included.
fn closure(lines: &[&str], n: usize) -> Option<usize> {
    let first = lines.get(n)?;
    let depth = indent(first);
    first[depth..].get(2..).filter(|rest| rest.starts_with("on_stream_close "))?;
    let deeper = lines[n + 1..].iter().take_while(|line| indent(line) > depth).count();
    Some(n + 1 + deeper)
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Both transcripts around a difference, side by side in text.
pub fn context(a: &str, b: &str, difference: &Difference, around: usize) -> String {
    let (a, b) = (canonical(a), canonical(b));
    let start = difference.line.saturating_sub(around);
    let mut text = String::new();
    for line in &a[start..difference.line.min(a.len())] {
        text.push_str(&format!("    {line}\n"));
    }
    for (mark, lines) in [("A", &a), ("B", &b)] {
        for line in lines.iter().skip(difference.line).take(around) {
            text.push_str(&format!("  {mark} {line}\n"));
        }
        if difference.line >= lines.len() && difference.b.starts_with(mark) {
            text.push_str(&format!("  {}\n", difference.b));
        } else if difference.line >= lines.len() {
            text.push_str(&format!("  {mark} (transcript ends here)\n"));
        }
    }
    text
}

/// An intended difference.
#[derive(Clone, Debug, Default)]
pub struct Allowed {
    pub id: String,
    pub what: String,
    pub why: String,
    /// Parts of the step under way, one of which it must contain.
    steps: Vec<String>,
    a: String,
    b: String,
    /// Part of a line that the step must contain before the difference.
    during: String,
    /// Part of a step that the script must contain before the difference.
    after: String,
    /// The rest of the step must consist of the same lines in another order.
    reordered: bool,
    /// It depends on the random seed of the original, so that no scenario can show it reliably.
    pub random: bool,
}

impl Allowed {
    fn covers(&self, a: &str, b: &str, difference: &Difference) -> bool {
        let is_step = |part: &String| difference.step.contains(part);
        (self.steps.is_empty() || self.steps.iter().any(is_step))
            && difference.a.contains(&self.a)
            && difference.b.contains(&self.b)
            && (self.during.is_empty() || during(a, difference, &self.during))
            && (self.after.is_empty() || after(a, difference, &self.after))
            && (!self.reordered || step_lines(a, difference) == step_lines(b, difference))
    }
}

/// The entry that covers a difference of two transcripts.
pub fn allowed<'a>(
    list: &'a [Allowed],
    a: &str,
    b: &str,
    difference: &Difference,
) -> Option<&'a Allowed> {
    list.iter().find(|entry| entry.covers(a, b, difference))
}

/// Whether the step under way has a line with `part` before the difference.
fn during(text: &str, difference: &Difference, part: &str) -> bool {
    let lines = canonical(text);
    let before = lines.iter().take(difference.line).rev();
    before.take_while(|line| !line.starts_with("> ")).any(|line| line.contains(part))
}

/// Whether there was a step with `part` before the difference.
fn after(text: &str, difference: &Difference, part: &str) -> bool {
    let lines = canonical(text);
    let mut before = lines.iter().take(difference.line);
    before.any(|line| line.starts_with("> ") && line.contains(part))
}

/// The lines of the step under way from the difference on, sorted.
fn step_lines(text: &str, difference: &Difference) -> Vec<String> {
    let lines = canonical(text).into_iter().skip(difference.line);
    let rest = lines.take_while(|line| !line.starts_with("> "));
    let mut lines: Vec<String> = rest.map(Cow::into_owned).collect();
    lines.sort();
    lines
}

/// Reads the list of intended differences: blocks that begin with `[id]`, lines `key: value`.
pub fn parse_allowed(text: &str) -> Result<Vec<Allowed>, String> {
    let mut list: Vec<Allowed> = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(id) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            list.push(Allowed { id: id.into(), ..Allowed::default() });
            continue;
        }
        let (key, value) = line.split_once(':').ok_or(format!("no key in: {line}"))?;
        let entry = list.last_mut().ok_or("key before the first [id]")?;
        let flag = match key {
            "reordered" => Some(&mut entry.reordered),
            "random" => Some(&mut entry.random),
            _ => None,
        };
        if let Some(flag) = flag {
            *flag = value.trim() == "yes";
            continue;
        }
        if key == "step" {
            entry.steps.push(value.trim().into());
            continue;
        }
        let field = match key {
            "what" => &mut entry.what,
            "why" => &mut entry.why,
            "a" => &mut entry.a,
            "b" => &mut entry.b,
            "during" => &mut entry.during,
            "after" => &mut entry.after,
            _ => return Err(format!("unknown key {key}")),
        };
        *field = value.trim().into();
    }
    let vague = |e: &Allowed| e.a.is_empty() && e.b.is_empty() && e.during.is_empty();
    match list.iter().find(|e| e.why.is_empty() || vague(e)) {
        Some(entry) => Err(format!("[{}] needs a reason and a line to match", entry.id)),
        None => Ok(list),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_closures_does_not_count() {
        let a = "> s recv\n  s.on_stream_close stream=1 code=7\n    x\n  s.on_stream_close stream=3 code=7\n";
        let b = "> s recv\n  s.on_stream_close stream=3 code=7\n  s.on_stream_close stream=1 code=7\n    x\n";
        assert!(first_difference(a, b).is_none());
    }

    #[test]
    fn a_difference_names_its_step() {
        let a = "> s recv\n  = 5\n> s del\n  = 1\n";
        let b = "> s recv\n  = 5\n> s del\n";
        let difference = first_difference(a, b).expect("they differ");
        assert_eq!(difference.step, "s del");
        assert_eq!((difference.a.as_str(), difference.b.as_str()), ("  = 1", ""));
    }

    #[test]
    fn a_reordering_has_the_same_lines() {
        let list = parse_allowed("[x]\nwhy: because\na: W\nreordered: yes\n").expect("fine");
        let covered = |b: &str| {
            let a = "> drain\n  W 3\n  W 5\n  = 0\n> del\n";
            let difference = first_difference(a, b).expect("they differ");
            allowed(&list, a, b, &difference).is_some()
        };
        assert!(covered("> drain\n  W 5\n  W 3\n  = 0\n> del\n"));
        assert!(!covered("> drain\n  W 5\n  W 5\n  = 0\n> del\n"));
    }

    #[test]
    fn one_of_several_steps_will_do() {
        let list = parse_allowed("[x]\nwhy: because\na: 1\nstep: s del\nstep: c del\n");
        let list = list.expect("fine");
        let covered = |step: &str| {
            let [a, b] = [1, 2].map(|result| format!("> {step}\n  = {result}\n"));
            let difference = first_difference(&a, &b).expect("they differ");
            allowed(&list, &a, &b, &difference).is_some()
        };
        assert!(covered("s del") && covered("c del"));
        assert!(!covered("s recv"));
    }

    #[test]
    fn an_earlier_step_may_be_required() {
        let list = parse_allowed("[x]\nwhy: because\na: = 1\nafter: open quiet\n").expect("fine");
        let covered = |open: &str| {
            let [a, b] = [1, 2].map(|result| format!("> s {open}\n> s recv\n  = {result}\n"));
            let difference = first_difference(&a, &b).expect("they differ");
            allowed(&list, &a, &b, &difference).is_some()
        };
        assert!(covered("open quiet"));
        assert!(!covered("open"));
    }

    #[test]
    fn an_allowed_difference_needs_a_reason() {
        assert!(parse_allowed("[x]\na: y\n").is_err());
        let list = parse_allowed("[x]\nwhat: w\nwhy: because\na: = 1\n").expect("well-formed");
        let difference =
            Difference { step: "s del".into(), a: "  = 1".into(), b: "".into(), line: 3 };
        let entry = allowed(&list, "", "", &difference);
        assert_eq!(entry.map(|e| e.id.as_str()), Some("x"));
    }
}
