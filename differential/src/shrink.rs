//! Makes a failing script small: drops steps, then arguments, then simplifies values, as long as
//! the same difference stays.

use crate::pair::Pair;
use crate::script::{Step, number};

/// Runs spent on one script at most.
const BUDGET: usize = 4000;

/// The smallest script found.
pub fn shrink(pair: &Pair, script: &[Step]) -> Vec<Step> {
    let verdict = pair.evaluate(script);
    let Some(finding) = verdict.finding() else { return script.to_vec() };
    let mut shrinker =
        Shrinker { pair, wanted: finding.signature(), runs: 0, best: script.to_vec() };
    loop {
        let before = shrinker.best.clone();
        shrinker.drop_steps();
        shrinker.drop_arguments();
        shrinker.simplify_values();
        if shrinker.best == before || shrinker.runs >= BUDGET {
            return shrinker.best;
        }
    }
}

struct Shrinker<'a> {
    pair: &'a Pair,
    wanted: String,
    runs: usize,
    best: Vec<Step>,
}

impl Shrinker<'_> {
    /// Takes the candidate if it still shows the difference.
    fn try_out(&mut self, candidate: Vec<Step>) -> bool {
        if self.runs >= BUDGET || !keeps_pinned(&candidate, &self.best) {
            return false;
        }
        self.runs += 1;
        let verdict = self.pair.evaluate(&candidate);
        let same = verdict.finding().is_some_and(|found| found.signature() == self.wanted);
        if same {
            self.best = candidate;
        }
        same
    }

    /// Ever smaller pieces, from the end: late steps matter least.
    fn drop_steps(&mut self) {
        let mut size = (self.best.len() / 2).max(1);
        loop {
            let mut end = self.best.len();
            while end > 0 {
                let start = end.saturating_sub(size);
                let mut candidate = self.best.clone();
                candidate.drain(start..end);
                self.try_out(candidate);
                end = start;
            }
            if size == 1 {
                return;
            }
            size /= 2;
        }
    }

    fn drop_arguments(&mut self) {
        for n in (0..self.best.len()).rev() {
            for arg in (0..self.best[n].args.len()).rev() {
                let mut candidate = self.best.clone();
                candidate[n].args.remove(arg);
                self.try_out(candidate);
            }
        }
    }

    fn simplify_values(&mut self) {
        for n in (0..self.best.len()).rev() {
            for arg in 0..self.best[n].args.len() {
                for value in simpler(&self.best[n].args[arg].1) {
                    let mut candidate = self.best.clone();
                    candidate[n].args[arg].1 = value;
                    if self.try_out(candidate) {
                        break;
                    }
                }
            }
        }
    }
}

/// Announcing RFC 9218 priorities keeps the tree of RFC 7540 out of sight: a session that did so
/// must go on doing it, or the script leaves what the two libraries have in common.
fn keeps_pinned(candidate: &[Step], best: &[Step]) -> bool {
    let has = |script: &[Step], target: char, test: fn(&Step) -> bool| {
        script.iter().any(|step| step.target == target && test(step))
    };
    let opens = |step: &Step| step.verb == "open";
    let announces = |step: &Step| step.verb == "submit_settings" && step.text("iv") == Some("9:1");
    // Streams that are over are never kept, so the original must not keep them either.
    let forgets = |step: &Step| step.verb == "open" && step.int("opt.no_closed_streams", 0) == 1;
    ['s', 'c'].into_iter().all(|target| {
        let keeps =
            |test: fn(&Step) -> bool| !has(best, target, test) || has(candidate, target, test);
        !has(candidate, target, opens) || keeps(announces) && keeps(forgets)
    })
}

/// Simpler forms of a value, the simplest first.
fn simpler(value: &str) -> Vec<String> {
    if let Some(n) = number(value) {
        return [0, 1, n / 2, n - n.signum()]
            .into_iter()
            .filter(|candidate| candidate.abs() < n.abs())
            .map(|candidate| candidate.to_string())
            .collect();
    }
    for separator in ['|', ',', '+'] {
        let parts: Vec<&str> = value.split(separator).collect();
        if parts.len() > 1 {
            let without = |n: usize| {
                let kept = parts.iter().enumerate().filter(|(m, _)| *m != n).map(|(_, p)| *p);
                kept.collect::<Vec<_>>().join(&separator.to_string())
            };
            return (0..parts.len()).map(without).collect();
        }
    }
    if value.len() >= 4 && value.bytes().all(|b| b.is_ascii_hexdigit()) {
        let half = value.len() / 4 * 2;
        return vec![value[..half].into(), value[half..].into(), value[2..].into()];
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_only_get_simpler() {
        assert_eq!(simpler("10"), ["0", "1", "5", "9"]);
        assert_eq!(simpler("0"), [] as [&str; 0]);
        assert_eq!(simpler("a=1|b=2"), ["b=2", "a=1"]);
        assert_eq!(simpler("aabbcc"), ["aa", "bbcc", "bbcc"]);
    }
}
