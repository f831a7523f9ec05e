//! A transcript in compact form: what the program was told and what went out, by name and stream.
//!
//! | word | means |
//! | --- | --- |
//! | `DATA?1` | the head of a frame came (on_begin_frame); without a number: stream 0 |
//! | `begin@1`, `4*field@1`, `dropped@1` | a header block began; fields, one by one; a field left out |
//! | `chunk(3)@1`, `piece(3)@1` | octets of DATA; of an extension frame |
//! | `DATA@1` | a whole frame was accepted (on_frame_recv) |
//! | `inv(-505)DATA@1`, `unsent(-510)DATA@1` | on_invalid_frame_recv, on_frame_not_send |
//! | `close(8)@1`, `error(-505)`, `read@1` | a stream closed; the error callback; a data source was asked |
//! | `FE(-903)`, `left(3)`, `dead` | receiving or sending failed; octets were not taken; a call after that |
//! | `submit_ping=-509` | the result of any other function |
//!
//! What went out is `RST_STREAM(1)@3`, `GOAWAY(2)`, `WINDOW_UPDATE(100)`, `DATA(5)@1`,
//! `SETTINGS+ACK`. Neighbours that are equal are counted, and pieces joined, so that it does not
//! depend on cuts.

use std::collections::BTreeMap;
use std::fmt;

use crate::script::octets;

/// A word of a trace.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    pub name: String,
    pub stream: i64,
    /// Octets of a piece.
    pub size: u64,
    pub times: u64,
}

/// What one run of a script did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    pub told: Vec<Told>,
    pub out: Vec<Told>,
    /// The code of receiving or sending that failed.
    pub fatal: Option<i64>,
    pub want_read: bool,
    pub want_write: bool,
    /// Blocks that did not come back.
    pub held: i64,
    /// Every verb was known.
    pub known: bool,
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.times > 1 {
            write!(f, "{}*", self.times)?;
        }
        f.write_str(&self.name)?;
        if self.size > 0 {
            write!(f, "({})", self.size)?;
        }
        match (self.stream, self.name.ends_with('?')) {
            (0, _) => Ok(()),
            (stream, true) => write!(f, "{stream}"),
            (stream, false) => write!(f, "@{stream}"),
        }
    }
}

/// The words of a trace, with blanks between them; `-` for none.
pub fn words(told: &[Told]) -> String {
    if told.is_empty() {
        return "-".into();
    }
    told.iter().map(Told::to_string).collect::<Vec<_>>().join(" ")
}

impl Told {
    /// The number in the name, of `DATA(5)` the 5.
    pub fn octets(&self) -> u64 {
        let number = self.name.split_once('(').and_then(|(_, rest)| rest.strip_suffix(')'));
        number.and_then(|number| number.parse().ok()).unwrap_or(0)
    }
}

impl Trace {
    /// The trace without content, and without the updates of its windows.
    pub fn without_pieces(mut self) -> Trace {
        self.told.retain(|told| told.name != "chunk");
        self.out.retain(|told| !told.name.starts_with("WINDOW_UPDATE"));
        self
    }
}

/// How often each word came, whatever the stream.
pub fn counts(trace: &Trace) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    let all = trace.told.iter().map(|told| (told, "")).chain(trace.out.iter().map(|o| (o, ">")));
    for (told, mark) in all {
        *counts.entry(format!("{mark}{}", told.name)).or_default() += told.times;
    }
    counts
}

/// Reads a transcript; what the first `skipped` steps did is left out.
pub fn read(text: &str, skipped: usize) -> Trace {
    let mut reader = Reader { trace: Trace::default(), verbs: Vec::new(), steps: 0, skipped };
    reader.trace.known = true;
    text.lines().for_each(|line| reader.line(line));
    reader.trace
}

struct Reader<'a> {
    trace: Trace,
    /// The verb under way at each depth.
    verbs: Vec<&'a str>,
    steps: usize,
    skipped: usize,
}

impl<'a> Reader<'a> {
    fn line(&mut self, line: &'a str) {
        let text = line.trim_start_matches(' ');
        let depth = (line.len() - text.len()) / 2;
        let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
        match first {
            ">" | "do" => {
                self.steps += (first == ">") as usize;
                self.verbs.resize(depth, "");
                self.verbs.push(verb(rest));
            }
            "end:" => self.trace.held = number(rest),
            "s:" | "c:" => self.getters(rest),
            "unknown" => self.trace.known = false,
            _ if self.steps <= self.skipped => {}
            "=" => {
                let verb = depth.checked_sub(1).and_then(|n| self.verbs.get(n));
                self.result(verb.copied().unwrap_or(""), rest);
            }
            "session" => self.tell(named("dead")),
            "end" => self.tell(named(&format!("end_headers{}", rest.replace(' ', "")))),
            _ => {
                if let Some(name) = first.strip_prefix("s.").or(first.strip_prefix("c.")) {
                    self.callback(name, rest);
                }
            }
        }
    }

    fn getters(&mut self, rest: &str) {
        for word in rest.split(' ') {
            match word.split_once('=') {
                Some(("want_read", value)) => self.trace.want_read = value != "0",
                Some(("want_write", value)) => self.trace.want_write = value != "0",
                _ => {}
            }
        }
    }

    fn callback(&mut self, name: &str, rest: &str) {
        let told = match name {
            "on_begin_frame" => frame("?", rest),
            "on_frame_recv" => frame("", rest),
            "on_invalid_frame_recv" => failed("inv", rest),
            "on_frame_not_send" => failed("unsent", rest),
            "on_begin_headers" => at("begin", rest),
            "on_header" | "on_header2" => at("field", rest.rsplit("] in ").next().unwrap_or("")),
            "on_invalid_header" | "on_invalid_header2" => {
                at("dropped", rest.rsplit("] in ").next().unwrap_or(""))
            }
            "on_data_chunk_recv" => Told { size: value(rest, "len="), ..at("chunk", rest) },
            "on_extension_chunk_recv" => Told { size: chunk(rest), ..at("piece", rest) },
            "on_stream_close" => at(&format!("close({})", value(rest, "code=")), rest),
            "read" | "read2" => at("read", rest),
            "error" => named("error"),
            "error2" => named(&format!("error({})", rest.split(' ').next().unwrap_or(""))),
            _ => return,
        };
        self.tell(told);
    }

    fn result(&mut self, verb: &str, rest: &str) {
        let (count, after) = rest.split_once(' ').unwrap_or((rest, ""));
        let count = count.trim_end_matches(',');
        let result = number(count);
        match verb {
            "recv" | "drain" | "mem_send" | "trickle" | "send" | "pump" => {
                if result < 0 {
                    self.trace.fatal.get_or_insert(result);
                    self.tell(named(&format!("FE({result})")));
                } else if let Some(left) = after.strip_suffix(" left") {
                    if left != "0" {
                        self.tell(Told { size: number(left) as u64, ..named("left") });
                    }
                } else if result > 0 {
                    join(&mut self.trace.out, sent(result, after));
                }
            }
            "open" => {}
            "inflate" | "deflate" => {
                let field = after.split_once('[').map(|(_, field)| field);
                match field.and_then(|field| field.split_once("] ")) {
                    Some((field, _)) => self.tell(named(&format!("[{}]", short(field)))),
                    None if result < 0 => self.tell(named(&format!("inflate={result}"))),
                    None => {}
                }
            }
            verb => self.tell(named(&format!("{verb}={result}"))),
        }
    }

    fn tell(&mut self, told: Told) {
        join(&mut self.trace.told, told);
    }
}

/// Adds a word, or to the last one.
fn join(all: &mut Vec<Told>, told: Told) {
    if let Some(last) = all.last_mut()
        && last.name == told.name
        && last.stream == told.stream
    {
        match (last.size, told.size) {
            (0, 0) => return last.times += 1,
            (a, b) if a > 0 && b > 0 && matches!(&*told.name, "chunk" | "piece") => {
                return last.size += b;
            }
            (a, b) if a == b => return last.times += 1,
            _ => {}
        }
    }
    all.push(told);
}

/// The verb of a step: the second word, or that of an action.
fn verb(step: &str) -> &str {
    let mut words = step.split(' ').skip(1);
    words.next().unwrap_or("")
}

/// The number at the beginning of a text.
fn number(text: &str) -> i64 {
    let end = text.find(|c: char| c != '-' && !c.is_ascii_digit()).unwrap_or(text.len());
    text[..end].parse().unwrap_or(0)
}

/// The number behind a key.
fn value(text: &str, key: &str) -> u64 {
    let word = text.split(' ').find_map(|word| word.strip_prefix(key));
    word.map_or(0, number) as u64
}

fn named(name: &str) -> Told {
    Told { name: name.into(), stream: 0, size: 0, times: 1 }
}

fn at(name: &str, rest: &str) -> Told {
    Told { stream: value(rest, "stream=") as i64, ..named(name) }
}

/// `TYPE stream=… flags=…` as a word.
fn frame(mark: &str, rest: &str) -> Told {
    let kind = rest.split(' ').next().unwrap_or("");
    let acknowledges = matches!(kind, "SETTINGS" | "PING") && rest.contains(" flags=0x1");
    let ack = if acknowledges { "+ACK" } else { "" };
    at(&format!("{kind}{ack}{mark}"), rest)
}

fn failed(what: &str, rest: &str) -> Told {
    let (error, rest) = rest.split_once(' ').unwrap_or((rest, ""));
    let code = error.trim_start_matches("error=");
    let told = frame("", rest);
    Told { name: format!("{what}({code}){}", told.name), ..told }
}

/// Octets of an extension frame: those in full, or as many as the transcript says.
fn chunk(rest: &str) -> u64 {
    let Some((_, hex)) = rest.split_once("chunk=") else { return 0 };
    match hex.split_once("..[") {
        Some((_, length)) => number(length) as u64,
        None => hex.len() as u64 / 2,
    }
}

/// One output of mem_send.
fn sent(length: i64, rest: &str) -> Told {
    let size = length as u64;
    if rest.starts_with("505249") {
        return named("MAGIC");
    }
    if !rest.contains("stream=") {
        return Told { size, ..named("octets") };
    }
    let told = frame("", rest);
    let payload = octets(rest.split(' ').nth(4).unwrap_or("").split("..").next().unwrap_or(""));
    let word = |from: usize| {
        let octets = payload.get(from..from + 4).and_then(|four| four.try_into().ok());
        octets.map_or(0, u32::from_be_bytes)
    };
    let detail = match told.name.as_str() {
        "DATA" => (size - 9).to_string(),
        "RST_STREAM" | "WINDOW_UPDATE" => word(0).to_string(),
        "GOAWAY" => word(4).to_string(),
        _ => return told,
    };
    Told { name: format!("{}({detail})", told.name), ..told }
}

/// A field, its value only if it is short.
fn short(field: &str) -> String {
    let field = field.rsplit_once(' ').map_or(field, |(field, _)| field);
    let end = field.char_indices().nth(40).map_or(field.len(), |(n, _)| n);
    field[..end].replace(' ', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "> s open\n  s: want_read=1 want_write=0\n> s recv\n  \
        s.on_begin_frame DATA stream=1 len=5 flags=0x0\n  \
        s.on_data_chunk_recv stream=1 flags=0x0 len=2 6162\n  \
        s.on_data_chunk_recv stream=1 flags=0x0 len=3 636465\n    do s submit_ping\n      = -509\n  \
        s.on_invalid_frame_recv error=-505 PING stream=1 len=8 flags=0x1 data=00\n  = 22, 0 left\n  \
        s: want_read=0 want_write=1\n> s drain\n  \
        = 17 GOAWAY stream=0 len=8 flags=0x0 000000010000000b\n  = 0 null\n\
        end: 2 blocks held, 0 empty requests\n";

    #[test]
    fn a_transcript_becomes_words() {
        let trace = read(TEXT, 1);
        assert_eq!(words(&trace.told), "DATA?1 chunk(5)@1 submit_ping=-509 inv(-505)PING+ACK@1");
        assert_eq!(words(&trace.out), "GOAWAY(11)");
        assert_eq!((trace.want_read, trace.want_write, trace.held), (false, true, 2));
    }

    #[test]
    fn what_is_skipped_is_not_told() {
        let trace = read(TEXT, 2);
        assert_eq!((words(&trace.told).as_str(), words(&trace.out).as_str()), ("-", "GOAWAY(11)"));
        assert!(!trace.want_read);
    }
}
