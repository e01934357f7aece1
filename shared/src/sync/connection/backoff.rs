//! How long to wait before dialling again.

use crate::sync::measure::Millis;

const FIRST: u64 = 500;
const LONGEST: u64 = 30_000;

/// Doubles the wait with every failure, up to 30 s, and spreads it: after a relay's restart 200 phones must not come at
/// once (S10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Backoff {
    failures: u32,
}

impl Backoff {
    /// Notes a failure and returns how long to wait. `random` is any evenly spread number; the wait lies between half
    /// of the step and all of it.
    pub fn next_wait(&mut self, random: u64) -> Millis {
        let step = FIRST.saturating_mul(1 << self.failures.min(16)).min(LONGEST);
        self.failures = self.failures.saturating_add(1);
        Millis(step / 2 + random % (step / 2 + 1))
    }

    /// Notes that a line was joined: the next failure begins from the start.
    pub fn joined(&mut self) {
        self.failures = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s10_waits_grow_to_a_limit_and_are_spread() {
        let mut backoff = Backoff::default();
        let shortest: Vec<u64> = (0..8).map(|_| backoff.next_wait(0).0).collect();
        assert_eq!(shortest, [250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
        assert_eq!(backoff.next_wait(15_000).0, 30_000);
        backoff.joined();
        assert_eq!(backoff.next_wait(250).0, 500);
    }
}
