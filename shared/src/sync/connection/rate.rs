//! A token bucket: so many a second, and so many at once.

use crate::sync::measure::Millis;

/// How much of something a line may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    /// How much comes back each second.
    pub per_second: u64,
    /// How much may be used at once after a quiet time.
    pub burst: u64,
}

/// What is left of a [`RateLimit`], in thousandths.
#[derive(Debug)]
pub(super) struct Rate {
    limit: RateLimit,
    left: u64,
    at: Millis,
}

impl Rate {
    pub(super) fn new(now: Millis, limit: RateLimit) -> Self {
        Self { limit, left: limit.burst.saturating_mul(1_000), at: now }
    }

    /// Takes `amount` and says whether it was there.
    pub(super) fn take(&mut self, now: Millis, amount: u64) -> bool {
        let back = now.since(self.at).0.saturating_mul(self.limit.per_second);
        self.left = self.left.saturating_add(back).min(self.limit.burst.saturating_mul(1_000));
        self.at = now;
        match self.left.checked_sub(amount.saturating_mul(1_000)) {
            Some(left) => {
                self.left = left;
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
    fn a_burst_is_allowed_and_then_the_rate_holds() {
        let mut rate = Rate::new(Millis(0), RateLimit { per_second: 2, burst: 3 });
        assert!((0..3).all(|_| rate.take(Millis(0), 1)));
        assert!(!rate.take(Millis(0), 1));
        assert!(!rate.take(Millis(499), 1));
        assert!(rate.take(Millis(500), 1));
        assert!(!rate.take(Millis(501), 1));
    }

    #[test]
    fn an_endless_limit_never_runs_out() {
        let mut rate = Rate::new(Millis(0), RateLimit { per_second: u64::MAX, burst: u64::MAX });
        assert!((0..100).all(|now| rate.take(Millis(now), 1 << 40)));
    }
}
