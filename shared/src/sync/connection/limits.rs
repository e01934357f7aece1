//! What one line may use (S11).

use super::rate::RateLimit;
use crate::sync::measure::ByteLen;
use crate::sync::message::{MAX_FRAME, MAX_FRAME_FROM_RELAY};

/// What one line may use.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Longest frame that is read.
    pub frame: ByteLen,
    /// Messages a second and in a burst.
    pub messages: RateLimit,
    /// Bytes a second and in a burst.
    pub bytes: RateLimit,
}

impl Limits {
    /// What a relay allows each line.
    pub const ACCEPTING: Self = Self {
        frame: MAX_FRAME,
        // A stock client acknowledges every message that it gets, so a busy board alone makes hundreds a second.
        messages: RateLimit { per_second: 1_000, burst: 5_000 },
        bytes: RateLimit { per_second: 4 << 20, burst: 32 << 20 },
    };

    /// What a dialling side allows its relay: whole documents, and no rate.
    pub const DIALLING: Self = Self {
        frame: MAX_FRAME_FROM_RELAY,
        messages: RateLimit { per_second: u64::MAX, burst: u64::MAX },
        bytes: RateLimit { per_second: u64::MAX, burst: u64::MAX },
    };
}
