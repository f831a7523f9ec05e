//! The same scenario with its input in pieces: nothing may change but the call on which things
//! happen.

use crate::generate::rng::Rng;
use crate::script::{Script, Step};

/// How the input of a scenario is cut.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cut {
    Whole,
    /// One octet at a time.
    Octets,
    /// Pieces of the lengths this seed gives.
    Random(u64),
}

/// Pieces in a plan for `nghttp2_session_recv`; what comes after them is taken whole.
const PLANNED: usize = 300;

impl Cut {
    pub fn name(self) -> String {
        match self {
            Cut::Whole => "whole".into(),
            Cut::Octets => "octet by octet".into(),
            Cut::Random(seed) => format!("cut with seed {seed}"),
        }
    }

    /// The lengths of the pieces, to be used in turn.
    fn lengths(self) -> Vec<u64> {
        match self {
            Cut::Whole => vec![0],
            Cut::Octets => vec![1],
            Cut::Random(seed) => {
                let mut rng = Rng::new(seed);
                (0..rng.range(2, 7)).map(|_| rng.range(1, 40) as u64).collect()
            }
        }
    }

    /// The script with its uncut input cut; none if it has no input.
    pub fn apply(self, script: &Script) -> Option<Script> {
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
    fn random_cuts_come_from_their_seed() {
        let script = parse("s recv\n").expect("fine");
        assert_eq!(Cut::Random(5).apply(&script), Cut::Random(5).apply(&script));
        assert_ne!(Cut::Random(5).apply(&script), Cut::Random(6).apply(&script));
    }
}
