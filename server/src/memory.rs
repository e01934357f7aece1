//! A ceiling for the relay's memory: what gives way as it comes near.

use std::time::Duration;

use shared::sync::ByteLen;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

/// How often it is looked.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// How much memory the relay may use.
#[derive(Debug, Clone, Copy)]
pub struct Memory {
    /// The ceiling.
    pub most: ByteLen,
    /// Says how many bytes are in use.
    pub used: fn() -> usize,
}

/// How near the ceiling is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) enum Pressure {
    /// Far.
    #[default]
    None,
    /// Four fifths are in use: what nobody uses is unloaded at once, and no further workshop or document is loaded.
    Near,
    /// It is reached: nobody is let in, and no change is taken.
    Full,
}

impl Memory {
    /// How near it is now.
    pub(crate) fn pressure(self) -> Pressure {
        let used = (self.used)();
        if used >= self.most.0 {
            Pressure::Full
        } else if used >= self.most.0 / 5 * 4 {
            Pressure::Near
        } else {
            Pressure::None
        }
    }

    /// Looks now and then, and tells whoever gives way, until the relay ends.
    pub(crate) async fn watch(self, pressure: watch::Sender<Pressure>, shutdown: CancellationToken) {
        let mut every = tokio::time::interval(LOOK_EVERY);
        loop {
            tokio::select! {
                () = shutdown.cancelled() => return,
                _ = every.tick() => {}
            }
            let found = self.pressure();
            if pressure.send_if_modified(|before| std::mem::replace(before, found) != found) {
                let (used_bytes, most_bytes) = ((self.used)(), self.most.0);
                match found {
                    Pressure::Full => {
                        warn!(used_bytes, most_bytes, "out of memory: nobody is let in, nothing is taken")
                    }
                    Pressure::Near => warn!(used_bytes, most_bytes, "little memory left: what is idle is unloaded"),
                    Pressure::None => info!(used_bytes, most_bytes, "there is memory again"),
                }
            }
        }
    }
}
