//! How often a peer may do what is legal but looks like an attack.

use super::Rate;

/// A token bucket that fills up by whole seconds.
pub(super) struct Bucket {
    rate: Rate,
    tokens: u64,
    /// When tokens were last added, in seconds.
    filled: u64,
}

impl Bucket {
    /// A full bucket.
    pub const fn new(rate: Rate) -> Bucket {
        Bucket { rate, tokens: rate.burst, filled: 0 }
    }

    /// Takes one token at the time `now`. False says that none was left.
    pub fn take(&mut self, now: u64) -> bool {
        if now != self.filled {
            // A clock that went back counts as one second.
            let seconds = now.checked_sub(self.filled).unwrap_or(1);
            let fresh = self.rate.per_second.saturating_mul(seconds);
            self.tokens = self.tokens.saturating_add(fresh).min(self.rate.burst);
            self.filled = now;
        }
        match self.tokens.checked_sub(1) {
            Some(rest) => {
                self.tokens = rest;
                true
            }
            None => false,
        }
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
}
