//! The relay's clocks: one that only runs forwards, for the sync core, and the wall clock, for what people see.

use std::sync::LazyLock;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use shared::sync::Millis;
use tokio::time::Instant;

static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// Milliseconds since the process began.
pub(crate) fn now() -> Millis {
    Millis(u64::try_from(START.elapsed().as_millis()).unwrap_or(u64::MAX))
}

/// The instant of `at` on the runtime's clock.
pub(crate) fn instant(at: Millis) -> Instant {
    *START + Duration::from_millis(at.0)
}

/// Milliseconds since 1970.
pub(crate) fn wall() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
