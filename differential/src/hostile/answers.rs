//! What a program may answer to hostile inputs: each kind of value out of each callback, and calls from
//! within.
//!
//! An input runs once, so that it is known which callbacks it leads to. Then it runs again for each of
//! them and each answer: given the first time, the last time, or every time. The input also goes
//! through the callbacks for transport. Whatever is answered, no memory may be left, what mem_send
//! returns must be whole frames, and so much input leads to so many lines of the transcript only. The
//! original must do the same, line by line, unless the two differ on purpose.
//!
//! Floods run a sample of this, and by themselves: where their end is depends on the clock.

use std::rc::Rc;

use super::examine::{Library, Outcome};
use super::file::Input;
use super::trace;
use crate::compare::{Allowed, allowed, first_difference};
use crate::log::log;
use crate::pair;
use crate::script::{self, Script, Step, step};

/// What a callback returns, documented or not, and what it does.
const ANSWERS: &[&str] = &[
    "return value=0",
    "return value=1",
    "return value=-1",
    "return value=-2147483648",
    EVERYTHING,
    "return value=-501",
    "return value=-504",
    "return value=-508",
    "return value=-521",
    "return value=-526",
    "return value=-535",
    "return value=-901",
    "return value=-902",
    "submit_ping",
    "submit_rst_stream stream=1 code=8",
    "terminate_session code=2",
];

const EVERYTHING: &str = "return value=2147483647";

/// Of what can be answered to a flood, one in so many, unless all are asked for: not a divisor of the
/// number of answers, so that each comes up.
const SAMPLE: usize = 11;

/// Lines of a transcript for each that there is without an answer, for each octet of content that could
/// be a frame of its own, and in any case.
const TIMES: usize = 3;
const EACH_OCTET: usize = 10;
const LINES: usize = 1000;

/// A callback that an input leads to, and how often.
struct Heard {
    target: char,
    event: String,
    times: usize,
}

impl Library {
    /// Answers everything to an input; what the original does is compared.
    pub fn answer(
        &self,
        original: Option<&Library>,
        list: &[Allowed],
        input: &Input,
        every: bool,
    ) -> Outcome {
        let original = original.filter(|_| !input.differs && !input.flood);
        let sample = if input.flood && !every { SAMPLE } else { 1 };
        self.in_child(|| {
            for (transport, plain) in [(false, as_it_is(input)), (true, by_callbacks(input))] {
                pair::limit();
                self.drive(&plain, &Rc::default());
                let text = self.transcript.text();
                let most = most_lines(&text);
                let heard = heard(&text, input.skipped);
                let heard = heard.iter().filter(|heard| transport == is_transport(&heard.event));
                let all = all(heard);
                for way in all.iter().skip(input.line % sample).step_by(sample) {
                    let mut script = plain.clone();
                    let rule = script::parse(way).unwrap_or_default();
                    script.splice(input.skipped..input.skipped, rule);
                    self.answered(way, &script, most);
                    if let Some(original) = original {
                        self.compare(original, list, way, &script);
                    }
                }
            }
        })
    }

    fn answered(&self, way: &str, script: &[Step], most: usize) {
        pair::limit();
        log!(self.findings, "runs {way}");
        self.drive(script, &Rc::default());
        let text = self.transcript.text();
        let trace = trace::read(&text, 0);
        let part = trace.out.iter().find(|out| out.name == "octets");
        let lines = text.lines().count();
        if !trace.known {
            self.fail(format_args!("an unknown verb"));
        } else if trace.held != 0 {
            self.fail(format_args!("{} blocks held", trace.held));
        } else if let Some(part) = part {
            self.fail(format_args!("{part}, which are no frame, went out"));
        } else if lines > most {
            self.fail(format_args!("{lines} lines, more than {most}"));
        }
    }

    /// Fails if the original does not do what the transcript says.
    fn compare(&self, original: &Library, list: &[Allowed], way: &str, script: &[Step]) {
        pair::limit();
        log!(self.findings, "runs {way}, on the original");
        original.drive(script, &Rc::default());
        let (a, b) = (original.transcript.text(), self.transcript.text());
        let Some(difference) = first_difference(&a, &b) else { return };
        if allowed(list, &a, &b, &difference).is_none() {
            let (step, a, b) = (&difference.step, difference.a.trim(), difference.b.trim());
            self.fail(format_args!("{step}\n      original {a}\n      ours     {b}"));
        }
    }
}

/// How long the transcript may get by an answer.
fn most_lines(text: &str) -> usize {
    let trace = trace::read(text, 0);
    let content = trace.out.iter().filter(|out| out.name.starts_with("DATA("));
    let octets: u64 = content.map(|out| out.octets() * out.times).sum();
    TIMES * text.lines().count() + EACH_OCTET * octets as usize + LINES
}

/// The input with those callbacks that change what is sent, and a program that goes on after a pause.
fn as_it_is(input: &Input) -> Script {
    let mut script = input.script.clone();
    if let Some(open) = script.first_mut().filter(|step| step.verb == "open") {
        let wish = open.text("cb").map_or(String::new(), |wish| format!("{wish},"));
        open.args.retain(|(key, _)| key != "cb");
        *open = open.clone().arg("cb", format!("{wish}+select_padding2,+read_length2"));
        if !input.flood {
            let target = open.target;
            for verb in ["recv", "drain", "recv", "drain"] {
                script.push(step(target, verb));
            }
        }
    }
    script
}

/// The same by way of the callbacks for transport.
fn by_callbacks(input: &Input) -> Script {
    let mut script = as_it_is(input);
    for step in script.iter_mut().skip(input.skipped).filter(|step| step.when.is_none()) {
        match step.verb.as_str() {
            "recv" => step.verb = "recv_call".into(),
            "drain" | "mem_send" => step.verb = "send".into(),
            _ => {}
        }
    }
    script
}

fn is_transport(event: &str) -> bool {
    matches!(event, "send" | "recv")
}

/// The callbacks that were called behind the first `skipped` steps.
fn heard(text: &str, skipped: usize) -> Vec<Heard> {
    let mut all: Vec<Heard> = Vec::new();
    let mut steps = 0;
    for line in text.lines() {
        steps += line.starts_with("> ") as usize;
        let word = line.trim_start().split(' ').next().unwrap_or("");
        let Some((target @ ("s" | "c"), form)) = word.split_once('.') else { continue };
        // Both forms of a callback are one event; rand returns nothing.
        let event = form.trim_end_matches('2');
        if steps <= skipped || form.ends_with(':') || event == "rand" {
            continue;
        }
        let target = if target == "s" { 's' } else { 'c' };
        match all.iter_mut().find(|heard| heard.target == target && heard.event == event) {
            Some(heard) => heard.times += 1,
            None => all.push(Heard { target, event: event.into(), times: 1 }),
        }
    }
    all
}

/// Every answer to every callback: the first time, the last time and every time.
fn all<'a>(heard: impl Iterator<Item = &'a Heard>) -> Vec<String> {
    let mut all = Vec::new();
    for Heard { target, event, times } in heard {
        let mut places = vec!["#1".to_string()];
        if *times > 1 {
            places.push(format!("#{times}"));
            // An octet more, whenever it is asked for, would never end.
            places.extend((!is_transport(event)).then(String::new));
        }
        for place in places {
            // To say that more was sent than there was is another difference, [sent-beyond].
            let answers = ANSWERS.iter().filter(|answer| event != "send" || **answer != EVERYTHING);
            all.extend(answers.map(|answer| format!("{target} on {event}{place} {answer}")));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "> s open\n  rand 8\n> s recv\n  s.on_header [a=b 0] in HEADERS\n> s drain\n  \
        s.on_header2 [a=b 0] in HEADERS\n  s.read stream=1\n  s.5: weight=1\n  s: want_read=1\n";

    #[test]
    fn callbacks_are_heard_under_both_names() {
        let heard = |skipped| {
            let heard = heard(TEXT, skipped).into_iter();
            heard.map(|heard| (heard.event, heard.times)).collect::<Vec<_>>()
        };
        assert_eq!(heard(1), [("on_header".into(), 2), ("read".into(), 1)]);
        assert_eq!(heard(2), [("on_header".into(), 1), ("read".into(), 1)]);
    }

    #[test]
    fn every_answer_is_a_rule() {
        let all = all(heard(TEXT, 1).iter());
        assert_eq!(all.len(), 4 * ANSWERS.len());
        assert_eq!(all[0], "s on on_header#1 return value=0");
        for way in all {
            let script = script::parse(&way).expect("it reads");
            assert!(script.len() == 1 && script[0].when.is_some(), "{way}");
        }
    }
}
