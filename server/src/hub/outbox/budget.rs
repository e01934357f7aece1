//! How many bytes all queues of a workshop hold together.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use shared::sync::ByteLen;

/// What may wait on all sockets of one workshop. Bytes that many sockets share are counted once.
#[derive(Debug)]
pub(crate) struct Budget {
    used: AtomicUsize,
    most: ByteLen,
}

/// Bytes that are counted for as long as anybody holds this.
#[derive(Debug)]
pub(crate) struct Weight {
    budget: Arc<Budget>,
    bytes: usize,
}

impl PartialEq for Weight {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl Budget {
    pub(crate) fn new(most: ByteLen) -> Arc<Self> {
        Arc::new(Self { used: AtomicUsize::new(0), most })
    }

    pub(crate) fn weigh(self: &Arc<Self>, bytes: usize) -> Arc<Weight> {
        self.used.fetch_add(bytes, Ordering::Relaxed);
        Arc::new(Weight { budget: Arc::clone(self), bytes })
    }

    /// Whether more waits than may.
    pub(crate) fn is_exceeded(&self) -> bool {
        self.used.load(Ordering::Relaxed) > self.most.0
    }
}

impl Drop for Weight {
    fn drop(&mut self) {
        self.budget.used.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}
