//! A client of the bare broadcast: frames as long as a stock peer's, with nothing in them but a mark.

use std::time::Instant;

use anyhow::Result;

use super::{Client, Door};
use crate::document::{Document, Mark};
use crate::line::Line;

/// Bytes of a stock frame with one change of one character.
const FRAME_BYTES: usize = 278;

/// A client of the bare broadcast.
#[derive(Debug)]
pub(crate) struct Bare {
    line: Line,
    marks: Option<Marks>,
}

/// Counts what its client says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Marks {
    number: usize,
    said: u32,
}

impl Client for Bare {
    type Doc = Marks;

    async fn join(door: &Door, _number: usize, marks: Option<Marks>) -> Result<Self> {
        Ok(Self { line: Line::dial(&door.url).await?, marks })
    }

    async fn hear(&mut self) -> Result<()> {
        let frame = self.line.frame().await?;
        self.line.arrived(frame[..4].try_into()?, Instant::now());
        Ok(())
    }

    fn edit(&mut self, change: impl FnOnce(&mut Marks) -> Mark) -> Result<Mark> {
        let mark = self.marks.as_mut().map(change).unwrap_or_default();
        let mut frame = vec![0; FRAME_BYTES];
        frame[..4].copy_from_slice(&mark);
        self.line.send(frame);
        Ok(mark)
    }

    fn doc(&self) -> Option<&Marks> {
        self.marks.as_ref()
    }

    fn has_document(&self) -> bool {
        true
    }

    fn is_received(&self) -> bool {
        true
    }

    fn line(&self) -> &Line {
        &self.line
    }

    fn into_line(self) -> Line {
        self.line
    }
}

impl Document for Marks {
    fn new(number: usize) -> Self {
        Self { number, said: 0 }
    }

    fn load(_bytes: &[u8], number: usize) -> Self {
        Self::new(number)
    }

    fn save(&self) -> Vec<u8> {
        Vec::new()
    }

    fn begin(&mut self, _texts: usize) -> Mark {
        self.write(0)
    }

    fn has_begun(&self, _texts: usize) -> bool {
        true
    }

    fn write(&mut self, _text: usize) -> Mark {
        self.said += 1;
        (u32::try_from(self.number).unwrap_or_default() << 20 | self.said).to_be_bytes()
    }

    fn renew(&mut self, text: usize) -> Mark {
        self.write(text)
    }

    fn merge(&mut self, _other: &Self) {}

    fn version(&self) -> Vec<u8> {
        Vec::new()
    }
}
