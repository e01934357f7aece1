//! How often something small may happen.

use shared::sync::Millis;

/// Ephemeral messages that one socket may send a second; each goes to everybody in the document.
const PER_SECOND: u64 = 20;
/// How many at once after a quiet time.
const BURST: u64 = 60;

/// A token bucket, in thousandths.
#[derive(Debug)]
pub(super) struct Pace {
    left: u64,
    at: Millis,
}

impl Pace {
    pub(super) fn new(now: Millis) -> Self {
        Self { left: BURST * 1_000, at: now }
    }

    /// Whether one more is allowed now; counts it if so.
    pub(super) fn allows(&mut self, now: Millis) -> bool {
        let back = now.since(self.at).0.saturating_mul(PER_SECOND);
        self.left = self.left.saturating_add(back).min(BURST * 1_000);
        self.at = now;
        let allowed = self.left >= 1_000;
        if allowed {
            self.left -= 1_000;
        }
        allowed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_allowed_and_then_the_pace_holds() {
        let mut pace = Pace::new(Millis(0));
        assert_eq!((0..1_000).filter(|_| pace.allows(Millis(0))).count(), 60);
        assert!(!pace.allows(Millis(49)));
        assert!(pace.allows(Millis(50)));
        assert!(!pace.allows(Millis(51)));
    }
}
