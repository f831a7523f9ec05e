//! How often a peer may do what is legal but looks like an attack.

use super::Rate;

/// A token bucket that fills up by whole seconds.
pub(super) struct Bucket {
    rate: Rate,
    tokens: u64,
    /// When tokens were last added, in seconds. None before the time was known.
    filled: Option<u64>,
}

impl Bucket {
    /// A full bucket.
    pub const fn new(rate: Rate) -> Bucket {
        Bucket { rate, tokens: rate.burst, filled: None }
    }

    /// Takes one token at the time `now`. False says that none was left.
    pub fn take(&mut self, now: u64) -> bool {
        self.fill(now);
        self.take_in_stock(1)
    }

    /// Adds the tokens that have become due by the time `now`.
    pub fn fill(&mut self, now: u64) {
        let before = self.filled.replace(now).unwrap_or(now);
        if now != before {
            // A clock that went back counts as one second.
            let seconds = now.checked_sub(before).unwrap_or(1);
            self.give(self.rate.per_second.saturating_mul(seconds));
        }
    }

    /// Adds tokens, as far as there is room, and says how many those were.
    pub fn give(&mut self, tokens: u64) -> u64 {
        let room = self.rate.burst.saturating_sub(self.tokens);
        let given = tokens.min(room);
        self.tokens = self.tokens.saturating_add(given);
        given
    }

    /// Takes tokens without looking at the time. False says that there were fewer, or that the time
    /// has never been known.
    pub fn take_in_stock(&mut self, tokens: u64) -> bool {
        let rest = self.tokens.checked_sub(tokens).filter(|_| self.filled.is_some());
        self.tokens = rest.unwrap_or(self.tokens);
        rest.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_and_then_the_rate() {
        let mut bucket = Bucket::new(Rate { burst: 3, per_second: 2 });
        let mut taken = |now| (0..10).filter(|_| bucket.take(now)).count();
        assert_eq!(taken(100), 3);
        assert_eq!(taken(100), 0);
        assert_eq!(taken(101), 2);
        assert_eq!(taken(200), 3);
        assert_eq!(taken(150), 2, "the clock went back");
    }

    #[test]
    fn tokens_in_stock_need_no_time() {
        let mut bucket = Bucket::new(Rate { burst: 100, per_second: 30 });
        assert!(!bucket.take_in_stock(1), "nobody knows since when it has been full");
        bucket.fill(1_000_000);
        assert!(bucket.take_in_stock(60) && bucket.take_in_stock(40));
        assert!(!bucket.take_in_stock(1));
        bucket.fill(1_000_001);
        assert!(!bucket.take_in_stock(31) && bucket.take_in_stock(30));
        bucket.give(1_000);
        assert!(!bucket.take_in_stock(101) && bucket.take_in_stock(100));
    }
}
