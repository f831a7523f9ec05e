//! The files of hostile inputs.
//!
//! ```text
//! # About the file.
//! begin server
//!   s open
//!   s feed magic
//!
//! F10 DATA on a stream that does not exist
//!   on server opt.max_settings=3
//!   s feed data stream={0 5} len=3
//!   expect CE(PROTOCOL_ERROR)
//!   trace DATA?{0 5}
//!   out GOAWAY(1)
//! ```
//!
//! An input begins with the id of its row and one sentence; a row may have many inputs. `on` names
//! the beginning, with more arguments for its `open`. Then come script lines; if the last one feeds,
//! `recv` and `drain` follow by themselves. What stands above `then` belongs to the beginning, and
//! what it does is not looked at. Then come the expectations, see [`expect`](super::expect);
//! `ours` and `original` before one make it hold for one library only, and then the two must differ.
//! Braces are alternatives, in the expectations too.
//!
//! | word | means |
//! | --- | --- |
//! | `flood` | many items: what is counted must hold under every cut, the trace need not be the same |
//! | `pieces WHY` | how much content is told, and when the window is updated, depends on the cuts |
//! | `memory N` | ours never holds more than N KiB |
//! | `late WHY` | the session goes on until the GOAWAY is sent |
//! | `alone WHY` | no request can follow that uses the compression table |

use super::expect::Expected;
use crate::scenarios::expand::expand;
use crate::script::{self, Script};

/// Steps that stand before an input.
#[derive(Clone, Debug)]
pub struct Beginning {
    name: String,
    body: String,
}

/// One hostile input, its alternatives chosen.
#[derive(Clone, Debug)]
pub struct Input {
    pub id: String,
    pub sentence: String,
    pub line: usize,
    pub chosen: String,
    pub script: Script,
    /// Steps of the beginning, which do not count.
    pub skipped: usize,
    pub ours: Expected,
    pub original: Expected,
    /// The two are expected to differ.
    pub differs: bool,
    pub flood: bool,
    pub alone: bool,
    pub late: bool,
    pub pieces: bool,
    pub memory: Option<u64>,
}

impl Input {
    /// Whether it is for a session, which calls the program, or for a decoder by itself.
    pub fn has_session(&self) -> bool {
        self.script.first().is_some_and(|step| matches!(step.target, 's' | 'c'))
    }
}

/// What one input says before its alternatives are chosen.
#[derive(Default)]
struct Block {
    id: String,
    sentence: String,
    line: usize,
    body: String,
}

/// Reads one file; beginnings of earlier files are known.
pub fn parse(text: &str, beginnings: &mut Vec<Beginning>) -> Result<Vec<Input>, String> {
    let mut blocks: Vec<Block> = Vec::new();
    for (n, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.trim_start().starts_with('#') {
            continue;
        }
        match (line.starts_with(' '), blocks.last_mut()) {
            (true, Some(block)) => block.body.push_str(&format!("{}\n", line.trim())),
            (true, None) => return Err(format!("line {}: belongs to nothing", n + 1)),
            (false, _) => {
                let (id, sentence) = line.split_once(' ').unwrap_or((line, ""));
                let (id, sentence) = (id.into(), sentence.into());
                blocks.push(Block { id, sentence, line: n + 1, body: String::new() });
            }
        }
    }
    let mut inputs = Vec::new();
    for block in blocks {
        if block.id == "begin" {
            beginnings.push(Beginning { name: block.sentence, body: block.body });
            continue;
        }
        let place = |error| format!("{} at line {}: {error}", block.id, block.line);
        for choice in expand(&block.body).map_err(place)? {
            let input = input(&block, &choice.text, choice.chosen, beginnings);
            inputs.push(input.map_err(place)?);
        }
    }
    Ok(inputs)
}

const NOWHERE: &str = "says not what it is on";

fn input(
    block: &Block,
    body: &str,
    chosen: String,
    beginnings: &[Beginning],
) -> Result<Input, String> {
    let mut script: Option<Script> = None;
    let mut skipped = 0;
    let (mut both, mut ours, mut original) = Default::default();
    let (mut flood, mut alone, mut late, mut pieces) = (false, false, false, false);
    let mut memory = None;
    for line in body.lines() {
        let (key, rest) = line.split_once(' ').unwrap_or((line, ""));
        let rest = rest.trim();
        let (special, rest_of) = rest.split_once(' ').unwrap_or((rest, ""));
        match key {
            "on" => {
                let beginning = begin(rest, beginnings)?;
                skipped = beginning.len();
                script = Some(beginning);
            }
            "then" => {
                let script = script.as_mut().ok_or(NOWHERE)?;
                complete(script);
                skipped = script.len();
            }
            "flood" => flood = true,
            "alone" => alone = true,
            "late" => late = true,
            "pieces" => pieces = true,
            "memory" => memory = Some(rest.parse().map_err(|_| format!("no size: {rest}"))?),
            "ours" => known(Expected::line(&mut ours, special, rest_of), line)?,
            "original" => known(Expected::line(&mut original, special, rest_of), line)?,
            _ if Expected::line(&mut both, key, rest)? => {}
            _ => script.as_mut().ok_or(NOWHERE)?.extend(script::parse(line)?),
        }
    }
    let mut script = script.ok_or(NOWHERE)?;
    complete(&mut script);
    let differs = ours != original;
    let (ours, original): (Expected, Expected) = (both.or(&ours), both.or(&original));
    if ours.marks.is_none() || original.marks.is_none() {
        return Err("expects nothing".into());
    }
    if differs && ours == original {
        return Err("expects the same of both".into());
    }
    let (id, sentence, line) = (block.id.clone(), block.sentence.clone(), block.line);
    Ok(Input {
        id,
        sentence,
        line,
        chosen,
        script,
        skipped,
        ours,
        original,
        differs,
        flood,
        alone,
        late,
        pieces,
        memory,
    })
}

fn known(found: Result<bool, String>, line: &str) -> Result<(), String> {
    if found? { Ok(()) } else { Err(format!("no expectation: {line}")) }
}

/// The steps of a beginning: its name, then more arguments for its first step.
fn begin(words: &str, beginnings: &[Beginning]) -> Result<Script, String> {
    let (name, more) = words.split_once(' ').unwrap_or((words, ""));
    let beginning = beginnings.iter().find(|beginning| beginning.name == name);
    let body = &beginning.ok_or(format!("no beginning {name}"))?.body;
    let (first, rest) = body.split_once('\n').unwrap_or((body, ""));
    script::parse(&format!("{first} {more}\n{rest}"))
}

/// Receives and sends after what is fed last.
fn complete(script: &mut Script) {
    let Some(last) = script.iter().rfind(|step| step.when.is_none()) else { return };
    if matches!(last.verb.as_str(), "feed" | "flood") {
        let target = last.target;
        script.push(script::step(target, "recv"));
        script.push(script::step(target, "drain").arg("n", 100_000));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEGIN: &str = "# About.\nbegin server\n  s open\n  s feed magic\n\n";

    #[test]
    fn alternatives_reach_the_expectations() {
        let row = "F10 DATA nowhere\n  on server opt.max_settings=3\n  s feed data stream={0 5}\n  \
            expect CE(PROTOCOL_ERROR)\n  trace DATA?{0 5}\n  ours out GOAWAY(1)\n";
        let inputs = parse(&format!("{BEGIN}{row}"), &mut Vec::new()).expect("fine");
        assert_eq!(inputs.len(), 2);
        let input = &inputs[1];
        assert_eq!(
            script::print(&input.script),
            "s open opt.max_settings=3\ns feed magic\ns feed data stream=5\ns recv\n\
             s drain n=100000\n"
        );
        assert_eq!((input.skipped, input.line, input.differs), (2, 6, true));
        assert_eq!(input.original.trace.as_deref(), Some("DATA?5"));
        assert_eq!(input.ours.out.as_deref(), Some("GOAWAY(1)"));
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (row, part) in [
            ("F1 x\n  s recv\n  expect OK\n", "says not"),
            ("F1 x\n  on client\n  expect OK\n", "no beginning"),
            ("F1 x\n  on server\n", "expects nothing"),
            ("F1 x\n  on server\n  expect OK\n  ours expect OK\n", "the same of both"),
            ("F1 x\n  on server\n  ours hope OK\n", "no expectation"),
            ("F1 x\n  on server\n  q recv\n  expect OK\n", "unknown target"),
        ] {
            let error = parse(&format!("{BEGIN}{row}"), &mut Vec::new()).expect_err(row);
            assert!(error.contains(part), "{error}");
        }
        assert!(parse("  s open\n", &mut Vec::new()).is_err());
    }
}
