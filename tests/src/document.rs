//! What the clients of a scenario write into: some texts, one letter a change.

use automerge::transaction::{CommitOptions, Transactable as _};
use automerge::{ActorId, Automerge, ObjType, ROOT, ReadDoc as _};

/// What tells one change from all others: of Automerge, the first four bytes of its hash.
pub(crate) type Mark = [u8; 4];

/// A text begins anew after so many changes of [`Document::fill`], since texts in the app are short.
const LENGTH: usize = 500;

/// One copy of a document.
pub(crate) trait Document: Clone + Send + 'static {
    /// An empty copy of the client with this number.
    fn new(number: usize) -> Self;

    /// Reads what [`Document::save`] gave, as a copy of the client with this number.
    fn load(bytes: &[u8], number: usize) -> Self;

    /// The whole document as bytes.
    fn save(&self) -> Vec<u8>;

    /// Makes the texts that are written into.
    fn begin(&mut self, texts: usize) -> Mark;

    /// Whether the texts are there.
    fn has_begun(&self, texts: usize) -> bool;

    /// Puts one letter at the end of a text.
    fn write(&mut self, text: usize) -> Mark;

    /// Makes a text anew.
    fn renew(&mut self, text: usize) -> Mark;

    /// Takes in what another copy has beyond this one.
    fn merge(&mut self, other: &Self);

    /// What tells whether two copies hold the same.
    fn version(&self) -> Vec<u8>;

    /// Many changes, in turn to each of the texts from `first` on.
    fn fill(&mut self, first: usize, texts: usize, changes: usize) -> Mark {
        let mut mark = Mark::default();
        for number in 0..changes {
            let text = first + number % texts;
            mark = if number % LENGTH < texts { self.renew(text) } else { self.write(text) };
        }
        mark
    }
}

impl Document for Automerge {
    fn new(number: usize) -> Self {
        Self::new().with_actor(actor(number))
    }

    fn load(bytes: &[u8], number: usize) -> Self {
        Self::load(bytes).expect("a copy that was saved here").with_actor(actor(number))
    }

    fn save(&self) -> Vec<u8> {
        self.save()
    }

    fn begin(&mut self, texts: usize) -> Mark {
        let mut tx = self.transaction();
        for text in 0..texts {
            tx.put_object(ROOT, key(text), ObjType::Text).expect("the document is writable");
        }
        tx.commit_with(CommitOptions::default().with_time(0));
        mark(self)
    }

    fn has_begun(&self, texts: usize) -> bool {
        (0..texts).all(|text| self.get(ROOT, key(text)).is_ok_and(|found| found.is_some()))
    }

    fn write(&mut self, text: usize) -> Mark {
        let (_, text) = self.get(ROOT, key(text)).expect("it can be read").expect("the texts were made");
        let length = self.length(&text);
        let mut tx = self.transaction();
        tx.splice_text(&text, length, 0, letter(length)).expect("the document is writable");
        tx.commit_with(CommitOptions::default().with_time(0));
        mark(self)
    }

    fn renew(&mut self, text: usize) -> Mark {
        let mut tx = self.transaction();
        tx.put_object(ROOT, key(text), ObjType::Text).expect("the document is writable");
        tx.commit_with(CommitOptions::default().with_time(0));
        mark(self)
    }

    fn merge(&mut self, other: &Self) {
        self.merge(&mut other.clone()).expect("copies of one document");
    }

    fn version(&self) -> Vec<u8> {
        let mut heads = self.get_heads();
        heads.sort_unstable();
        heads.iter().flat_map(|head| head.0).collect()
    }
}

/// The letter at a place: of a text that no compression sees through.
pub(crate) fn letter(place: usize) -> &'static str {
    const LETTERS: &str = "e rntaisdlogkmvfuhpbåjøyæ";
    let scattered = (place as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
    // Small numbers more often than large ones, as letters are.
    let (one, other) = (scattered % 25, scattered / 25 % 25);
    LETTERS
        .char_indices()
        .nth(usize::try_from(one.min(other)).unwrap_or_default())
        .map_or("e", |(at, letter)| &LETTERS[at..at + letter.len_utf8()])
}

fn actor(number: usize) -> ActorId {
    ActorId::from((number as u128 + 1).to_be_bytes())
}

fn key(text: usize) -> String {
    format!("load-{text}")
}

fn mark(doc: &Automerge) -> Mark {
    let change = doc.get_last_local_change().expect("a change was just made");
    change.hash().0[..4].try_into().expect("a hash is longer")
}
