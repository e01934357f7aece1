//! The relay's end of a line over HTTP.

use std::collections::VecDeque;

use super::batch::{Batch, BatchError};

/// Bytes that wait for the next answer, above which nothing more is to be handed over.
const ENOUGH_BYTES: usize = 256 << 10;
/// Frames that wait, above which nothing more is to be handed over.
const ENOUGH_FRAMES: usize = 1_024;

/// What came up, and what waits to go down.
#[derive(Debug, Default)]
pub struct Accepted {
    /// The number of the last batch that came up.
    taken: u64,
    /// The number of the last batch that was made for going down.
    made: u64,
    /// That batch, encoded, until the other end says that it has it.
    unacknowledged: Option<Vec<u8>>,
    waiting: VecDeque<Vec<u8>>,
    waiting_bytes: usize,
}

impl Accepted {
    /// Takes what came up. The frames are empty if the batch was taken before: its answer was lost, so that it is to be
    /// answered once more.
    ///
    /// # Errors
    /// [`BatchError::OutOfOrder`] if one before it is missing.
    pub fn take(&mut self, batch: Batch) -> Result<Vec<Vec<u8>>, BatchError> {
        if batch.number <= self.taken {
            return Ok(Vec::new());
        }
        if batch.number > self.taken + 1 {
            return Err(BatchError::OutOfOrder);
        }
        self.taken = batch.number;
        Ok(batch.frames)
    }

    /// Queues a frame for the next answer.
    pub fn send(&mut self, frame: Vec<u8>) {
        self.waiting_bytes += frame.len();
        self.waiting.push_back(frame);
    }

    /// Whether more may be queued; one frame too many does no harm.
    #[must_use]
    pub fn has_room(&self) -> bool {
        self.waiting.len() < ENOUGH_FRAMES && self.waiting_bytes < ENOUGH_BYTES
    }

    /// How many frames wait.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Notes that the other end has every batch up to `number`; whether that is every one that was made.
    ///
    /// # Errors
    /// [`BatchError::OutOfOrder`] if there was no such batch.
    pub fn acknowledge(&mut self, number: u64) -> Result<bool, BatchError> {
        if number > self.made {
            return Err(BatchError::OutOfOrder);
        }
        let has_all = number == self.made;
        if has_all {
            self.unacknowledged = None;
        }
        Ok(has_all)
    }

    /// The body for whoever waits, if there is anything to say: the same until it is acknowledged.
    pub fn answer(&mut self) -> Option<&[u8]> {
        if self.unacknowledged.is_none() && !self.waiting.is_empty() {
            self.made += 1;
            self.waiting_bytes = 0;
            let batch = Batch { number: self.made, frames: self.waiting.drain(..).collect() };
            self.unacknowledged = Some(batch.encode());
        }
        self.unacknowledged.as_deref()
    }

    /// The body for whoever has waited long enough.
    #[must_use]
    pub fn nothing(&self) -> Vec<u8> {
        Batch { number: self.made, frames: Vec::new() }.encode()
    }

    /// Whether the other end has everything.
    #[must_use]
    pub fn is_drained(&self) -> bool {
        self.unacknowledged.is_none() && self.waiting.is_empty()
    }
}
