//! The relay's clocks: one that only runs forwards, for the sync core, and the wall clock, for what people see.

use std::pin::Pin;
use std::sync::LazyLock;
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use shared::sync::Millis;
use tokio::time::{Instant, Sleep};

static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// Milliseconds since the process began.
pub(crate) fn now() -> Millis {
    Millis(u64::try_from(START.elapsed().as_millis()).unwrap_or(u64::MAX))
}

/// The instant of `at` on the runtime's clock.
pub(crate) fn instant(at: Millis) -> Instant {
    *START + Duration::from_millis(at.0)
}

/// Processor time that this thread has used. On a busy machine much more time than that goes by.
pub(crate) fn processor_time() -> Duration {
    let used = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    let (seconds, nanos) = (u64::try_from(used.tv_sec).unwrap_or(0), u32::try_from(used.tv_nsec).unwrap_or(0));
    Duration::new(seconds, nanos)
}

/// Rings at a time that is put off again and again. Putting it off costs nothing: it then rings too early once, which is
/// harmless where a deadline is looked at anew, and a timer in the runtime is set anew only then.
#[derive(Debug, Default)]
pub(crate) struct Alarm {
    timer: Option<Pin<Box<Sleep>>>,
    is_set: bool,
}

impl Alarm {
    /// Rings at `at`, or somewhat earlier; never without one.
    pub(crate) fn set(mut self: Pin<&mut Self>, at: Option<Instant>) {
        self.is_set = at.is_some();
        let Some(at) = at else { return };
        match &mut self.timer {
            Some(timer) if !timer.is_elapsed() && timer.deadline() <= at => {}
            Some(timer) => timer.as_mut().reset(at),
            None => self.timer = Some(Box::pin(tokio::time::sleep_until(at))),
        }
    }
}

impl Future for Alarm {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let is_set = self.is_set;
        match self.timer.as_mut().filter(|_| is_set) {
            Some(timer) => timer.as_mut().poll(cx),
            None => Poll::Pending,
        }
    }
}

/// Milliseconds since 1970.
pub(crate) fn wall() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
