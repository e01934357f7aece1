//! What a request or an answer carries: a number, and frames.

use minicbor::{Decoder, Encoder};

/// Most frames in one batch.
const MOST_FRAMES: u64 = 4_096;

/// Frames that go together, and their number: the first batch in each direction is 1, the next 2 (S33).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Batch {
    /// Its number; in a request for more, that of the last one that came.
    pub number: u64,
    /// Whole frames, in order.
    pub frames: Vec<Vec<u8>>,
}

/// Why a body is no batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BatchError {
    /// It is not what [`Batch::encode`] writes.
    #[error("not a number with frames")]
    Malformed,
    /// Its number is not the next one.
    #[error("a batch out of order")]
    OutOfOrder,
}

impl Batch {
    /// The batch as a body: a CBOR array of the number and an array of byte strings.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let bytes: usize = self.frames.iter().map(|frame| frame.len() + 5).sum();
        let mut encoder = Encoder::new(Vec::with_capacity(bytes + 16));
        let mut write = || {
            encoder.array(2)?.u64(self.number)?.array(self.frames.len() as u64)?;
            self.frames.iter().try_for_each(|frame| encoder.bytes(frame)?.ok())
        };
        write().expect("writing CBOR to memory cannot fail");
        encoder.into_writer()
    }

    /// Reads a body.
    ///
    /// # Errors
    /// [`BatchError::Malformed`] for whatever [`Batch::encode`] would not write, and for more than 4,096 frames.
    pub fn decode(body: &[u8]) -> Result<Self, BatchError> {
        Self::read(body).ok_or(BatchError::Malformed)
    }

    fn read(body: &[u8]) -> Option<Self> {
        let mut decoder = Decoder::new(body);
        decoder.array().ok()?.filter(|items| *items == 2)?;
        let number = decoder.u64().ok()?;
        let count = decoder.array().ok()?.filter(|frames| *frames <= MOST_FRAMES)?;
        let frames = (0..count).map(|_| decoder.bytes().ok().map(<[u8]>::to_vec)).collect::<Option<_>>()?;
        (decoder.position() == body.len()).then_some(Self { number, frames })
    }
}
