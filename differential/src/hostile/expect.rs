//! What a hostile input must lead to, and whether it did.
//!
//! `expect` takes one reaction and any marks:
//!
//! | word | means |
//! | --- | --- |
//! | `OK` | accepted; the connection lives |
//! | `IGN` | swallowed: neither fields, content nor a frame are told; the connection lives |
//! | `CE(CODE)` | one GOAWAY with that code goes out; the session then wants neither to read nor to write |
//! | `SE(CODE)` | RST_STREAM with that code and the closing of that stream; the connection lives |
//! | `RST(CODE)` | RST_STREAM with that code, for a stream that never was; the connection lives |
//! | `FE(N)` | receiving or sending fails with the library code N |
//! | `CODE(N)` | a function without a session returns N |
//! | `inv(N)` | on_invalid_frame_recv has N; without the mark it is not called |
//! | `drop` | a field is left out: on_invalid_header, or the error callback |
//! | `glitch` | it costs a token: a session without any ends with ENHANCE_YOUR_CALM |
//! | `end` | with `OK`: the session then wants neither to read nor to write |

use std::collections::BTreeSet;

use super::trace::{Trace, counts, words};

#[derive(Clone, Debug, PartialEq)]
pub enum Reaction {
    Accepted,
    Ignored,
    Connection(u32),
    Stream(u32),
    Refused(u32),
    Fatal(i64),
    Code(i64),
}

/// The line `expect`.
#[derive(Clone, Debug, PartialEq)]
pub struct Marks {
    pub reaction: Reaction,
    pub invalid: BTreeSet<i64>,
    pub dropped: bool,
    pub glitch: bool,
    pub end: bool,
}

/// Everything that is expected of one library; what is not given is not looked at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Expected {
    pub marks: Option<Marks>,
    pub trace: Option<String>,
    pub out: Option<String>,
    /// Word, least and most; a word that begins with `>` went out.
    pub counts: Vec<(String, u64, u64)>,
}

/// Error codes by number.
const CODES: &[&str] = &[
    "NO_ERROR",
    "PROTOCOL_ERROR",
    "INTERNAL_ERROR",
    "FLOW_CONTROL_ERROR",
    "SETTINGS_TIMEOUT",
    "STREAM_CLOSED",
    "FRAME_SIZE_ERROR",
    "REFUSED_STREAM",
    "CANCEL",
    "COMPRESSION_ERROR",
    "CONNECT_ERROR",
    "ENHANCE_YOUR_CALM",
];

impl Marks {
    pub fn parse(text: &str) -> Result<Marks, String> {
        let mut reaction = None;
        let mut marks = Marks {
            reaction: Reaction::Accepted,
            invalid: BTreeSet::new(),
            dropped: false,
            glitch: false,
            end: false,
        };
        for word in text.split_whitespace() {
            let bad = || format!("no reaction: {word}");
            let (name, inside) = word.trim_end_matches(')').split_once('(').unwrap_or((word, ""));
            let number = || inside.parse::<i64>().map_err(|_| bad());
            let code = || CODES.iter().position(|code| *code == inside).ok_or_else(bad);
            match name {
                "inv" => _ = marks.invalid.insert(number()?),
                "drop" => marks.dropped = true,
                "glitch" => marks.glitch = true,
                "end" => marks.end = true,
                _ if reaction.is_some() => return Err(bad()),
                "OK" => reaction = Some(Reaction::Accepted),
                "IGN" => reaction = Some(Reaction::Ignored),
                "CE" => reaction = Some(Reaction::Connection(code()? as u32)),
                "SE" => reaction = Some(Reaction::Stream(code()? as u32)),
                "RST" => reaction = Some(Reaction::Refused(code()? as u32)),
                "FE" => reaction = Some(Reaction::Fatal(number()?)),
                "CODE" => reaction = Some(Reaction::Code(number()?)),
                _ => return Err(bad()),
            }
        }
        marks.reaction = reaction.ok_or("no reaction")?;
        Ok(marks)
    }

    /// Whether the connection must be alive afterwards.
    pub fn alive(&self) -> bool {
        !self.end
            && matches!(
                self.reaction,
                Reaction::Accepted | Reaction::Ignored | Reaction::Stream(_) | Reaction::Refused(_)
            )
    }

    /// Whether a session without a token for it must end, or must not.
    pub fn tells_glitches(&self) -> bool {
        self.alive() || self.glitch
    }

    /// What contradicts the marks.
    fn objection(&self, trace: &Trace, session: bool) -> Option<String> {
        let told = |part: &str| trace.told.iter().any(|told| told.name.starts_with(part));
        let invalid: BTreeSet<i64> = trace.told.iter().filter_map(|t| invalid(&t.name)).collect();
        if invalid != self.invalid {
            return Some(format!("invalid frames: {invalid:?} instead of {:?}", self.invalid));
        }
        if self.dropped && !told("dropped") && !told("error") {
            return Some("no field was left out".into());
        }
        let ends: Vec<&str> = gone(trace, "GOAWAY").collect();
        let resets: BTreeSet<i64> = trace.out.iter().filter_map(|t| reset(&t.name)).collect();
        if let Some(code) = trace.fatal.filter(|code| self.reaction != Reaction::Fatal(*code)) {
            return Some(format!("FE({code})"));
        }
        if session && trace.fatal.is_none() && self.alive() != trace.want_read {
            return Some(format!("want_read is {}", trace.want_read as u8));
        }
        match &self.reaction {
            Reaction::Accepted | Reaction::Ignored if !ends.is_empty() || !resets.is_empty() => {
                Some("a GOAWAY or RST_STREAM went out".into())
            }
            Reaction::Ignored if trace.told.iter().any(|told| delivered(&told.name)) => {
                Some("something was told".into())
            }
            Reaction::Accepted if !session => {
                let failed = trace.told.iter().find(|told| told.name.contains("=-"));
                failed.map(|told| told.name.clone())
            }
            Reaction::Accepted | Reaction::Ignored => None,
            Reaction::Connection(code) => {
                let one = ends == [format!("GOAWAY({code})")];
                (!one || trace.want_write).then(|| format!("went out: {ends:?}"))
            }
            Reaction::Stream(code) | Reaction::Refused(code) => {
                let reset = resets.contains(&i64::from(*code));
                let refused = matches!(self.reaction, Reaction::Refused(_));
                let closed = told(&format!("close({code})")) != refused;
                (!reset || !closed || !ends.is_empty()).then(|| "no stream error".into())
            }
            Reaction::Fatal(code) => (trace.fatal != Some(*code)).then(|| format!("no FE({code})")),
            Reaction::Code(code) => {
                let end = format!("={code}");
                let there = trace.told.iter().any(|told| told.name.ends_with(&end));
                (!there).then(|| format!("no function returned {code}"))
            }
        }
    }
}

fn gone<'a>(trace: &'a Trace, name: &'a str) -> impl Iterator<Item = &'a str> {
    let frames = trace.out.iter().filter(move |told| told.name.starts_with(name));
    frames.flat_map(|told| std::iter::repeat_n(told.name.as_str(), told.times as usize))
}

/// The code of `inv(CODE)TYPE`.
fn invalid(name: &str) -> Option<i64> {
    name.strip_prefix("inv(")?.split(')').next()?.parse().ok()
}

/// The code of `RST_STREAM(CODE)`.
fn reset(name: &str) -> Option<i64> {
    name.strip_prefix("RST_STREAM(")?.strip_suffix(')')?.parse().ok()
}

/// Whether a word gives the program something of the peer's.
fn delivered(name: &str) -> bool {
    matches!(name, "begin" | "field" | "chunk" | "piece")
        || (name.bytes().next().is_some_and(|b| b.is_ascii_uppercase())
            && !name.ends_with('?')
            && !name.starts_with("FE("))
}

impl Expected {
    /// Adds one line; false if it is none of an expectation.
    pub fn line(&mut self, key: &str, rest: &str) -> Result<bool, String> {
        match key {
            "expect" => self.marks = Some(Marks::parse(rest)?),
            "trace" => self.trace = Some(rest.into()),
            "out" => self.out = Some(rest.into()),
            "count" => {
                for word in rest.split_whitespace() {
                    let bad = || format!("no count: {word}");
                    let (name, range) = word.rsplit_once('=').ok_or_else(bad)?;
                    let (least, most) = range.split_once("..").unwrap_or((range, range));
                    let number = |text: &str| text.parse::<u64>().map_err(|_| bad());
                    self.counts.push((name.into(), number(least)?, number(most)?));
                }
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// This, with what `special` says instead.
    pub fn or(&self, special: &Expected) -> Expected {
        Expected {
            marks: special.marks.clone().or(self.marks.clone()),
            trace: special.trace.clone().or(self.trace.clone()),
            out: special.out.clone().or(self.out.clone()),
            counts: match special.counts.is_empty() {
                true => self.counts.clone(),
                false => special.counts.clone(),
            },
        }
    }

    /// What contradicts the expectation.
    pub fn objection(&self, trace: &Trace, session: bool) -> Option<String> {
        if !trace.known {
            return Some("an unknown verb".into());
        }
        if let Some(objection) = self.marks.as_ref().and_then(|m| m.objection(trace, session)) {
            return Some(objection);
        }
        for (what, expected, told) in
            [("trace", &self.trace, &trace.told), ("out", &self.out, &trace.out)]
        {
            let found = words(told);
            if let Some(expected) = expected.as_ref().filter(|expected| **expected != found) {
                return Some(format!("{what} {found}\n      not {expected}"));
            }
        }
        let found = counts(trace);
        for (name, least, most) in &self.counts {
            let count = found.get(name).copied().unwrap_or(0);
            if count < *least || count > *most {
                return Some(format!("{count} times {name}, not {least}..{most}"));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::trace::read;
    use super::*;

    #[test]
    fn reactions_and_marks_are_read() {
        let marks = Marks::parse("SE(PROTOCOL_ERROR) inv(-532) glitch").expect("fine");
        assert_eq!(marks.reaction, Reaction::Stream(1));
        assert!(marks.glitch && marks.alive() && marks.invalid.contains(&-532));
        for wrong in ["", "glitch", "CE(WHAT)", "OK IGN", "inv(x) OK", "MAYBE"] {
            assert!(Marks::parse(wrong).is_err(), "{wrong}");
        }
    }

    fn objection(marks: &str, text: &str) -> Option<String> {
        Marks::parse(marks).expect("fine").objection(&read(text, 0), true)
    }

    #[test]
    fn a_connection_error_is_one_goaway_and_the_end() {
        let end = "> s drain\n  = 17 GOAWAY stream=0 len=8 flags=0x0 0000000100000001\n";
        let over = "  s: want_read=0 want_write=0\n";
        let marks = "CE(PROTOCOL_ERROR)";
        assert_eq!(objection(marks, &format!("{end}{over}")), None);
        assert!(objection(marks, &format!("{end}{end}{over}")).is_some());
        assert!(objection(marks, &format!("{end}  s: want_read=1\n")).is_some());
        assert!(objection("CE(CANCEL)", &format!("{end}{over}")).is_some());
        assert!(objection("OK end", &format!("{end}{over}")).is_some());
    }

    #[test]
    fn what_is_ignored_is_not_told() {
        let head = "> s recv\n  s: want_read=1\n  s.on_begin_frame PING stream=0 len=8 flags=0x0\n";
        assert_eq!(objection("IGN", head), None);
        let told = format!("{head}  s.on_frame_recv PING stream=0 len=8 flags=0x0\n");
        assert!(objection("IGN", &told).is_some());
        assert_eq!(objection("OK", &told), None);
        let invalid = format!("{head}  s.on_invalid_frame_recv error=-505 PING stream=0 len=8\n");
        assert!(objection("IGN", &invalid).is_some());
        assert_eq!(objection("IGN inv(-505)", &invalid), None);
    }
}
