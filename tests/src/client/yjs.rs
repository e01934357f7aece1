//! A client of the Yjs family: y-websocket's, and Hocuspocus', whose frames name the document and want a token first.

use std::collections::HashMap;
use std::time::Instant;

use anyhow::{Context as _, Result, bail, ensure};
use yrs::encoding::read::{Cursor, Read as _};
use yrs::encoding::write::Write as _;
use yrs::updates::decoder::Decode as _;
use yrs::updates::encoder::Encode as _;
use yrs::{ClientID, Doc, ReadTxn as _, StateVector, Text as _, Transact as _, Update};

use super::{Client, Door};
use crate::document::{Document, Mark, letter};
use crate::line::Line;

/// A client of y-websocket.
pub(crate) type Plain = Peer<false>;
/// A client of Hocuspocus.
pub(crate) type Named = Peer<true>;

/// What Hocuspocus' frames begin with.
const NAME: &str = "sync";

/// Kinds of frames, and of what is in those that sync.
const SYNC: u32 = 0;
const AUTH: u32 = 2;
const SYNC_REPLY: u32 = 4;
const STEP_1: u32 = 0;
const STEP_2: u32 = 1;
const UPDATE: u32 = 2;

/// A client of the Yjs family; `NAMED` for Hocuspocus.
pub(crate) struct Peer<const NAMED: bool> {
    line: Line,
    copy: Option<Copy>,
    is_answered: bool,
}

impl<const NAMED: bool> Client for Peer<NAMED> {
    type Doc = Copy;

    async fn join(door: &Door, _number: usize, copy: Option<Copy>) -> Result<Self> {
        let line = Line::dial(&door.url).await?;
        let mut peer = Self { line, copy, is_answered: false };
        if NAMED {
            let mut token = Vec::new();
            token.write_string(NAME);
            token.write_var(AUTH);
            token.write_var(0_u32);
            token.write_string("token");
            peer.line.send(token);
            loop {
                let frame = peer.line.frame().await?;
                let mut cursor = Cursor::new(&frame);
                cursor.read_string()?;
                if cursor.read_var::<u32>()? == AUTH {
                    ensure!(cursor.read_var::<u32>()? == 2, "the server wants something else than a token");
                    break;
                }
            }
        }
        let known = peer.copy.as_ref().map(Copy::state).unwrap_or_default();
        peer.say(STEP_1, &known.encode_v1());
        Ok(peer)
    }

    async fn hear(&mut self) -> Result<()> {
        let frame = self.line.frame().await?;
        let mut cursor = Cursor::new(&frame);
        if NAMED {
            cursor.read_string()?;
        }
        if ![SYNC, SYNC_REPLY].contains(&cursor.read_var::<u32>()?) {
            return Ok(());
        }
        let step: u32 = cursor.read_var()?;
        let bytes = cursor.read_buf()?;
        if step == STEP_1 {
            if let Some(copy) = &self.copy {
                let lacks = copy.doc.transact().encode_diff_v1(&StateVector::decode_v1(bytes)?);
                self.say(STEP_2, &lacks);
            }
            return Ok(());
        }
        let update = Update::decode_v1(bytes)?;
        if step == UPDATE {
            let now = Instant::now();
            for (client, ranges) in update.insertions(true).iter() {
                for clock in ranges.iter().flat_map(|range| range.start..range.end) {
                    self.line.arrived(mark(client.get(), clock), now);
                }
            }
        }
        self.is_answered |= step == STEP_2;
        if let Some(copy) = &self.copy {
            copy.doc.transact_mut().apply_update(update)?;
        }
        Ok(())
    }

    fn edit(&mut self, change: impl FnOnce(&mut Copy) -> Mark) -> Result<Mark> {
        let Some(copy) = &mut self.copy else { bail!("a reader does not write") };
        let before = copy.state();
        let mark = change(copy);
        if copy.state() != before {
            let update = copy.doc.transact().encode_diff_v1(&before);
            self.say(UPDATE, &update);
        }
        Ok(mark)
    }

    fn doc(&self) -> Option<&Copy> {
        self.copy.as_ref()
    }

    fn has_document(&self) -> bool {
        self.is_answered
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

impl<const NAMED: bool> Peer<NAMED> {
    fn say(&self, step: u32, bytes: &[u8]) {
        let mut frame = Vec::new();
        if NAMED {
            frame.write_string(NAME);
        }
        frame.write_var(SYNC);
        frame.write_var(step);
        frame.write_buf(bytes);
        self.line.send(frame);
    }
}

/// A copy of a Yjs document.
pub(crate) struct Copy {
    doc: Doc,
    number: usize,
    /// How often each text began anew here: what was written before stays, as an answer beside newer ones.
    renewed: HashMap<usize, usize>,
}

impl Copy {
    fn state(&self) -> StateVector {
        self.doc.transact().state_vector()
    }

    fn client(number: usize) -> u64 {
        number as u64 + 1
    }
}

impl Clone for Copy {
    fn clone(&self) -> Self {
        Self { renewed: self.renewed.clone(), ..Self::load(&self.save(), self.number) }
    }
}

impl Document for Copy {
    fn new(number: usize) -> Self {
        Self { doc: Doc::with_client_id(Self::client(number)), number, renewed: HashMap::new() }
    }

    fn load(bytes: &[u8], number: usize) -> Self {
        let copy = Self::new(number);
        let update = Update::decode_v1(bytes).expect("a copy that was saved here");
        copy.doc.transact_mut().apply_update(update).expect("a copy that was saved here");
        copy
    }

    fn save(&self) -> Vec<u8> {
        self.doc.transact().encode_state_as_update_v1(&StateVector::default())
    }

    /// The texts are there by being named.
    fn begin(&mut self, _texts: usize) -> Mark {
        Mark::default()
    }

    fn has_begun(&self, _texts: usize) -> bool {
        true
    }

    fn write(&mut self, text: usize) -> Mark {
        let renewed = self.renewed.get(&text).copied().unwrap_or_default();
        let text = self.doc.get_or_insert_text(format!("load-{text}-{renewed}").as_str());
        let mut tx = self.doc.transact_mut();
        let client = ClientID::new(Self::client(self.number));
        let (end, clock) = (text.len(&tx), tx.state_vector().get(&client));
        text.insert(&mut tx, end, letter(end as usize));
        mark(client.get(), clock)
    }

    fn renew(&mut self, text: usize) -> Mark {
        *self.renewed.entry(text).or_default() += 1;
        self.write(text)
    }

    fn merge(&mut self, other: &Self) {
        let lacks = other.doc.transact().encode_diff_v1(&self.state());
        let update = Update::decode_v1(&lacks).context("what was just encoded").expect("it can be read");
        self.doc.transact_mut().apply_update(update).expect("copies of one document");
    }

    fn version(&self) -> Vec<u8> {
        let mut clocks: Vec<_> = self.state().iter().map(|(client, clock)| (client.get(), *clock)).collect();
        clocks.sort_unstable();
        clocks
            .iter()
            .flat_map(|(client, clock)| [client.to_be_bytes(), u64::from(*clock).to_be_bytes()].concat())
            .collect()
    }
}

/// A change's client and its number there.
fn mark(client: u64, clock: u32) -> Mark {
    (u32::try_from(client).unwrap_or_default() << 20 | clock).to_be_bytes()
}
