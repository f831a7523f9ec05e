//! Every way in which an input is run: whole and cut, broken off, with what comes afterwards.

use super::expect::{Marks, Reaction};
use super::file::Input;
use crate::flood;
use crate::scenarios::cuts::Cut;
use crate::script::{Script, Step, hex, step};
use crate::wire;

/// Random cuts of each input, and of a flood.
const RANDOM_CUTS: u64 = 100;
const FLOOD_CUTS: u64 = 1;

/// Places where the input is broken off, in parts of it.
const PARTS: i64 = 8;

/// Octets of an input that come once more after a connection error.
const LONGEST: usize = 4096;

/// The input whole, with what its script names.
pub fn cuts(input: &Input, seed: u64) -> Vec<(Cut, Script)> {
    let random = if input.flood { FLOOD_CUTS } else { RANDOM_CUTS };
    let first = seed * RANDOM_CUTS;
    let cuts = (0..random).map(|n| Cut::Random(first + n));
    let cuts = std::iter::once(Cut::Octets).chain(cuts);
    cuts.filter_map(|cut| Some((cut, cut.apply(&input.script)?))).collect()
}

/// The script ends after each step of the input, and within the input of each `recv`.
pub fn broken_off(input: &Input) -> Vec<Script> {
    let mut all = Vec::new();
    let mut fed = 0;
    for (n, step) in input.script.iter().enumerate() {
        if matches!(step.verb.as_str(), "feed" | "flood") && step.when.is_none() {
            fed += feeds(step).len() as i64;
        }
        if n < input.skipped {
            fed = if step.verb == "recv" { 0 } else { fed };
            continue;
        }
        all.push(input.script[..=n].to_vec());
        if step.verb == "recv" && step.when.is_none() {
            let parts = if input.flood { 2 } else { PARTS };
            let places = (1..parts).map(|part| fed * part / parts).filter(|place| *place > 0);
            for place in places {
                let mut script = input.script[..n].to_vec();
                script.push(step.clone().arg("cut", place).arg("calls", 1));
                all.push(script);
            }
            fed = 0;
        }
    }
    all
}

/// The octets that a step feeds.
pub fn feeds(step: &Step) -> Vec<u8> {
    match step.verb.as_str() {
        "flood" => flood::build(step),
        "feed" => wire::build(step),
        _ => Vec::new(),
    }
}

/// The session has no token for a glitch.
pub fn without_tokens(input: &Input) -> Option<Script> {
    let mut script = input.script.clone();
    let open = script.first_mut().filter(|step| step.verb == "open")?;
    if open.has("opt.glitch_rate_limit") || input.flood {
        return None;
    }
    *open = open.clone().arg("opt.glitch_rate_limit", "0:0");
    Some(script)
}

/// A good message follows that refers to the newest entry of the compression table. Also gives the
/// stream and the field that must come.
pub fn followed(input: &Input) -> Option<(Script, i64, String)> {
    if input.alone || input.flood {
        return None;
    }
    let fields = input.script.iter().rev().filter(|step| step.verb == "feed");
    let value = fields.filter_map(|step| step.text("nv")?.rsplit_once("x-mark=")).next()?.1;
    let value = value.split('|').next()?;
    let target = input.script.first()?.target;
    let (stream, block) = match target {
        // :method=GET, :scheme=https, :path=/, :authority=x without indexing, the newest entry.
        's' => (1001, "82878401"),
        // :status=200, the newest entry.
        _ => (5, "88"),
    };
    let block = if target == 's' { format!("{block}0178be") } else { format!("{block}be") };
    let mut script = input.script.clone();
    let feed = step(target, "feed").word("headers").arg("stream", stream).arg("flags", 1);
    script.extend([feed.arg("block", block), step(target, "recv"), step(target, "drain")]);
    Some((script, stream, format!("[x-mark={value} 0]")))
}

/// The inputs of all rows once more, for what comes after a connection error.
pub struct Afterwards(Vec<(char, Vec<u8>)>);

impl Afterwards {
    pub fn of<'a>(inputs: impl Iterator<Item = &'a Input>) -> Afterwards {
        let mut all: Vec<(char, Vec<u8>)> = Vec::new();
        for input in inputs.filter(|input| !input.flood) {
            let Some(target) = input.script.first().map(|step| step.target) else { continue };
            let steps = input.script[input.skipped..].iter();
            let fed = steps.filter(|step| step.verb == "feed" && step.when.is_none());
            let mut octets: Vec<u8> = fed.flat_map(wire::build).collect();
            octets.truncate(LONGEST);
            if !octets.is_empty() && !all.iter().any(|other| other.1 == octets) {
                all.push((target, octets));
            }
        }
        Afterwards(all)
    }

    fn steps(&self, target: char) -> impl Iterator<Item = Step> + '_ {
        let same = self.0.iter().filter(move |(other, _)| *other == target);
        same.flat_map(move |(_, octets)| {
            let feed = step(target, "feed").word("raw").arg("hex", hex(octets));
            [feed, step(target, "recv")]
        })
    }

    /// Everything follows the connection error, after GOAWAY was sent and before.
    pub fn follow(&self, input: &Input, marks: &Marks) -> Vec<(&'static str, Script)> {
        let Some(first) = input.script.first() else { return Vec::new() };
        if !matches!(marks.reaction, Reaction::Connection(_)) || input.flood {
            return Vec::new();
        }
        let target = first.target;
        let more = || self.steps(target).chain([step(target, "drain")]);
        let sent: Script = input.script.iter().cloned().chain(more()).collect();
        let mut all = vec![("everything follows", sent)];
        // Only where nothing but the end of the script sends.
        let drains = input.script[input.skipped..].iter().filter(|step| step.verb == "drain");
        if !input.late
            && drains.count() == 1
            && input.script.last().is_some_and(|step| step.verb == "drain")
        {
            let received = input.script[..input.script.len() - 1].iter().cloned();
            all.push((
                "everything follows before GOAWAY is sent",
                received.chain(more()).collect(),
            ));
        }
        all
    }
}
