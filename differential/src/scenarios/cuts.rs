//! The same scenario with its input in pieces: nothing may change but the call on which things
//! happen. And the same without the callbacks that most programs do without: what nobody asks about
//! may go a shorter way.

use crate::generate::rng::Rng;
use crate::script::{Script, Step, When};

/// How the input of a scenario is cut.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cut {
    Whole,
    /// One octet at a time.
    Octets,
    /// Pieces of the lengths this seed gives.
    Random(u64),
    /// Whole, without [`UNHEARD`].
    Quiet,
}

/// Callbacks that few programs have.
const UNHEARD: [&str; 3] = ["on_begin_frame", "before_frame_send", "on_frame_send"];

/// Pieces in a plan for `nghttp2_session_recv`; what comes after them is taken whole.
const PLANNED: usize = 300;

impl Cut {
    pub fn name(self) -> String {
        match self {
            Cut::Whole => "whole".into(),
            Cut::Octets => "octet by octet".into(),
            Cut::Random(seed) => format!("cut with seed {seed}"),
            Cut::Quiet => "with few callbacks".into(),
        }
    }

    /// The lengths of the pieces, to be used in turn.
    fn lengths(self) -> Vec<u64> {
        match self {
            Cut::Whole | Cut::Quiet => vec![0],
            Cut::Octets => vec![1],
            Cut::Random(seed) => {
                let mut rng = Rng::new(seed);
                (0..rng.range(2, 7)).map(|_| rng.range(1, 40) as u64).collect()
            }
        }
    }

    /// The script as this has it; none if that would be no other one: if it has no uncut input, or no
    /// session that hears more than it should.
    pub fn apply(self, script: &Script) -> Option<Script> {
        if self == Cut::Quiet {
            return quiet(script);
        }
        let lengths = self.lengths();
        let mut changed = false;
        let steps = script.iter().map(|step| match argument(step) {
            None => step.clone(),
            Some(key) => {
                changed = true;
                let count = if key == "plan" { PLANNED } else { lengths.len() };
                let pieces: Vec<_> =
                    lengths.iter().cycle().take(count).map(u64::to_string).collect();
                step.clone().arg(key, pieces.join(","))
            }
        });
        let steps = steps.collect();
        changed.then_some(steps)
    }
}

/// The script with sessions that hear less; none if it needs what they would miss.
fn quiet(script: &Script) -> Option<Script> {
    let is_unheard = |when: &When| UNHEARD.contains(&when.event.as_str());
    let is_opened = |step: &Step| step.verb == "open" && step.when.is_none();
    if script.iter().any(|step| step.when.as_ref().is_some_and(is_unheard))
        || !script.iter().any(is_opened)
    {
        return None;
    }
    let left_out = UNHEARD.map(|name| format!("-{name}")).join(",");
    let hushed = |step: &Step| match step.text("cb") {
        _ if !is_opened(step) => step.clone(),
        Some(table) => {
            let table = format!("{table},{left_out}");
            let mut hushed = step.clone();
            hushed.args.retain(|(key, _)| key != "cb");
            hushed.arg("cb", table)
        }
        None => step.clone().arg("cb", &left_out),
    };
    Some(script.iter().map(hushed).collect())
}

/// The argument that cuts the input of a step, unless the step has it already.
fn argument(step: &Step) -> Option<&'static str> {
    let key = match step.verb.as_str() {
        "recv" | "pump" | "inflate" => "cut",
        "recv_call" => "plan",
        _ => return None,
    };
    (!step.has(key) && step.when.is_none()).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::{parse, print};

    #[test]
    fn only_uncut_input_is_cut() {
        let script = parse("s open\ns recv\ns recv cut=9\ni inflate hex=82\n").expect("fine");
        let cut = Cut::Octets.apply(&script).expect("has input");
        assert_eq!(print(&cut), "s open\ns recv cut=1\ns recv cut=9\ni inflate hex=82 cut=1\n");
        assert_eq!(Cut::Octets.apply(&parse("s open\n").expect("fine")), None);
    }

    #[test]
    fn quiet_sessions_hear_less() {
        let script = parse("s open\nc open cb=+send\ns recv\n").expect("fine");
        let expected = "s open cb=-on_begin_frame,-before_frame_send,-on_frame_send\n\
                        c open cb=+send,-on_begin_frame,-before_frame_send,-on_frame_send\n\
                        s recv\n";
        assert_eq!(print(&Cut::Quiet.apply(&script).expect("has sessions")), expected);
        for script in ["s recv\n", "s open\ns on on_frame_send return value=-1\n"] {
            assert_eq!(Cut::Quiet.apply(&parse(script).expect("fine")), None);
        }
    }

    #[test]
    fn random_cuts_come_from_their_seed() {
        let script = parse("s recv\n").expect("fine");
        assert_eq!(Cut::Random(5).apply(&script), Cut::Random(5).apply(&script));
        assert_ne!(Cut::Random(5).apply(&script), Cut::Random(6).apply(&script));
    }
}
