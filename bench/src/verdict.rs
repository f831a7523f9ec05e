//! Whether targets are met.

use std::fmt;

use crate::statistics::geometric_mean;
use crate::workload::Group;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Met,
    Missed,
    /// There is no target.
    None,
}

impl Verdict {
    /// A value that must not be below its target.
    pub fn at_least(value: f64, target: Option<f64>) -> Verdict {
        target.map_or(Verdict::None, |target| Verdict::from(value >= target))
    }

    /// A value that must not be above its target.
    pub fn at_most(value: f64, target: Option<f64>) -> Verdict {
        target.map_or(Verdict::None, |target| Verdict::from(value <= target))
    }

    /// Missed if any is missed, met if none is and there is any.
    pub fn and(self, other: Verdict) -> Verdict {
        match (self, other) {
            (Verdict::Missed, _) | (_, Verdict::Missed) => Verdict::Missed,
            (Verdict::Met, _) | (_, Verdict::Met) => Verdict::Met,
            (Verdict::None, Verdict::None) => Verdict::None,
        }
    }

    fn from(holds: bool) -> Verdict {
        if holds { Verdict::Met } else { Verdict::Missed }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(match self {
            Verdict::Met => "met",
            Verdict::Missed => "missed",
            Verdict::None => "-",
        })
    }
}

/// The ratio of one workload, with the target of its own if it has one.
#[derive(Clone, Debug)]
pub struct Member {
    pub name: String,
    pub ratio: f64,
    pub target: Option<f64>,
}

/// What the members of a group come to.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    pub mean: f64,
    /// The ratio and the name of the worst member.
    pub worst: (f64, String),
    pub verdict: Verdict,
}

/// Judges a group by the members that were measured; none without any.
pub fn outcome(group: &Group, members: &[Member]) -> Option<Outcome> {
    let ratios: Vec<f64> = members.iter().map(|member| member.ratio).collect();
    let mean = geometric_mean(&ratios)?;
    let worst = members.iter().min_by(|a, b| a.ratio.total_cmp(&b.ratio))?;
    let own = members.iter().map(|member| Verdict::at_least(member.ratio, member.target));
    let verdict = Verdict::at_least(mean, group.mean)
        .and(Verdict::at_least(worst.ratio, group.floor))
        .and(own.fold(Verdict::None, Verdict::and));
    Some(Outcome { mean, worst: (worst.ratio, worst.name.clone()), verdict })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workload::Against;

    fn group(mean: f64, floor: f64) -> Group {
        Group { name: "", against: Against::Newest, mean: Some(mean), floor: Some(floor) }
    }

    fn member(ratio: f64, target: Option<f64>) -> Member {
        Member { name: ratio.to_string(), ratio, target }
    }

    #[test]
    fn mean_and_floor_must_both_hold() {
        let members = [member(1.0, None), member(4.0, None)];
        let result = outcome(&group(2.0, 1.0), &members).unwrap();
        assert_eq!((result.verdict, result.worst), (Verdict::Met, (1.0, "1".into())));
        assert!((result.mean - 2.0).abs() < 1e-12);
        assert_eq!(outcome(&group(2.5, 1.0), &members).unwrap().verdict, Verdict::Missed);
        assert_eq!(outcome(&group(2.0, 1.5), &members).unwrap().verdict, Verdict::Missed);
        assert_eq!(outcome(&group(2.0, 1.0), &[]), None);
    }

    #[test]
    fn a_member_may_have_a_target_of_its_own() {
        let group = Group { mean: None, floor: None, ..group(0.0, 0.0) };
        let verdict = |target| outcome(&group, &[member(3.0, target)]).unwrap().verdict;
        assert_eq!(verdict(None), Verdict::None);
        assert_eq!(verdict(Some(3.0)), Verdict::Met);
        assert_eq!(verdict(Some(3.5)), Verdict::Missed);
    }

    #[test]
    fn less_can_be_better() {
        assert_eq!(Verdict::at_most(300.0, Some(300.0)), Verdict::Met);
        assert_eq!(Verdict::at_most(301.0, Some(300.0)), Verdict::Missed);
        assert_eq!(Verdict::at_most(301.0, None), Verdict::None);
    }
}
