//! A balance: what weighs and what lifts, how much it does so for each, and what is to be done about it.
//!
//! Fields of a two-sided part with id `p`:
//!
//! | field | where | holds |
//! |---|---|---|
//! | `p.<example>` | marks, under a person's key | the weight that a typical entry has for them |
//! | `p.<group>` | notes | entries in people's own words; their weights are what people give to the note (supports) |
//! | `p.<follow-up>_<example>`, `p.<follow-up>__<note>` | checks, under a person's key | yes: the entry is marked, as what can be eased |
//! | the same | actions | what came of the mark; of a note it is the source |
//!
//! A typical entry is in play as soon as somebody gives it a weight, so two who pick it at once pick the same one.

mod gathering;

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::content::{EntryId as EntryName, SideRole, TwoSided};

use self::gathering::Gathering;
use super::actions::NewAction;
use super::board::{BoardView, Note, Row};
use super::control::ControlView;
use super::{AnswerKey, EntryId, FieldId, Scope, SmallMap};

/// The greatest weight that one person gives to one entry; the least is 1.
pub const HEAVIEST: u8 = 5;

/// The field of a typical entry.
#[must_use]
pub fn example_field(part: &str, example: &EntryName) -> FieldId {
    FieldId::new(part, example.as_str())
}

/// The field of own entries of a group of a side.
#[must_use]
pub fn group_field(part: &str, group: &EntryName) -> FieldId {
    FieldId::new(part, group.as_str())
}

/// The field of a mark on an entry.
#[must_use]
pub fn follow_up_field(part: &str, follow_up: &EntryName, entry: &Weighable) -> FieldId {
    let entry = match entry {
        Weighable::Typical(example) => format!("_{example}"),
        // No id of the content holds an underscore.
        Weighable::Own(note) => format!("__{note}"),
    };
    FieldId::new(part, &format!("{follow_up}{entry}"))
}

/// What is weighed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weighable {
    /// A typical entry of the tool: weighed by [`place`](super::board::place) under [`BalanceEntry::key_of`].
    Typical(EntryName),
    /// A note in somebody's own words: weighed by [`support`](super::board::support).
    Own(EntryId),
}

/// A mark on an entry, such as that it can be eased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUpAnswers {
    /// Which mark.
    pub follow_up: EntryName,
    /// Where it lies, for everyone, and where its actions came up.
    pub key: AnswerKey,
    /// Who set it, in a steady order.
    pub people: Vec<EntryId>,
    /// What came of it, in order.
    pub actions: Vec<Rc<Row>>,
}

impl FollowUpAnswers {
    /// Where one person's mark lies, for [`check`](super::board::check): yes, or taken back.
    #[must_use]
    pub fn key_of(&self, person: EntryId) -> AnswerKey {
        AnswerKey { participant: Scope::One(person), ..self.key.clone() }
    }

    /// Whether anybody set it.
    #[must_use]
    pub fn is_set(&self) -> bool {
        !self.people.is_empty()
    }
}

/// An entry of one side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BalanceEntry {
    /// What it is.
    pub of: Weighable,
    /// Where it lies, for everyone.
    pub key: AnswerKey,
    /// The note, if it is in somebody's own words.
    pub note: Option<Rc<Note>>,
    /// How much it weighs for each, without those for whom it weighs nothing. Of what one person gave on two devices the
    /// larger counts, until they choose.
    pub weights: SmallMap<EntryId, u8>,
    /// Who gave it several weights, until they choose.
    pub undecided: Vec<EntryId>,
    /// Its marks, in the order of the tool.
    pub follow_ups: Vec<FollowUpAnswers>,
}

impl BalanceEntry {
    /// How much it weighs for all together.
    #[must_use]
    pub fn sum(&self) -> u32 {
        self.weights.values().copied().map(u32::from).sum()
    }

    /// Whether it is in the pan: it weighs something, or somebody wrote it.
    #[must_use]
    pub fn is_in_play(&self) -> bool {
        self.note.is_some() || !self.weights.is_empty()
    }

    /// Where one person's weight of a typical entry lies.
    #[must_use]
    pub fn key_of(&self, person: EntryId) -> AnswerKey {
        AnswerKey { participant: Scope::One(person), ..self.key.clone() }
    }

    /// The action that comes of a mark on it; `words` is the entry as its reader sees it.
    #[must_use]
    pub fn action(&self, follow_up: &FollowUpAnswers, words: &str) -> NewAction {
        let source = self.note.as_ref().map(|note| note.id);
        NewAction { place: follow_up.key.clone(), source, what: words.to_owned(), who: None, by: String::new() }
    }
}

/// The entries of one group of a side, such as the inner ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupEntries {
    /// Which group.
    pub group: EntryName,
    /// Where own entries are written.
    pub key: AnswerKey,
    /// The typical entries in the order of the tool, in play or not, then people's own in theirs.
    pub entries: Vec<BalanceEntry>,
}

/// One pan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SideAnswers {
    /// Which side.
    pub side: EntryName,
    /// Which way it pulls.
    pub role: SideRole,
    /// Its groups, in the order of the tool.
    pub groups: Vec<GroupEntries>,
    /// What all its entries weigh for all together. One that two moved to two groups of the side counts once.
    pub sum: u32,
}

impl SideAnswers {
    /// The entries in the pan, each once, the heaviest first, in the order of the tool among equals.
    #[must_use]
    pub fn in_play(&self) -> Vec<&BalanceEntry> {
        let mut entries = self.each(BalanceEntry::is_in_play);
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.sum()));
        entries
    }

    /// What its entries weigh for one person.
    #[must_use]
    pub fn sum_of(&self, person: EntryId) -> u32 {
        self.each(|entry| entry.weights.contains_key(&person))
            .iter()
            .map(|entry| u32::from(entry.weights[&person]))
            .sum()
    }

    /// Every entry that `is_meant`, once.
    fn each(&self, is_meant: impl Fn(&BalanceEntry) -> bool) -> Vec<&BalanceEntry> {
        let mut seen = BTreeSet::new();
        let all = self.groups.iter().flat_map(|group| &group.entries);
        all.filter(|entry| is_meant(entry) && seen.insert(&entry.of)).collect()
    }
}

/// A whole balance as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TwoSidedAnswers {
    /// Its pans, in the order of the tool.
    pub sides: Vec<SideAnswers>,
    /// How many weights are beyond [`HEAVIEST`], and were left out.
    pub skipped: usize,
}

impl TwoSidedAnswers {
    /// Gathers the answers of one part of one tool instance, from the group's board or from a notebook's own. Costs time
    /// in proportion to the board's entries and to the tool.
    #[must_use]
    pub fn gather(control: &ControlView, board: &BoardView, tool: EntryId, part: &str, content: &TwoSided) -> Self {
        let mut gathering = Gathering::new(control, board, tool, part);
        let sides = content.sides.iter().map(|side| gathering.side(side, content)).collect();
        Self { sides, skipped: gathering.skipped }
    }

    /// What the sides that weigh, and those that lift, weigh for all together.
    #[must_use]
    pub fn sums(&self) -> (u32, u32) {
        self.totals(|side| side.sum)
    }

    /// How far the balance tips: 1 where there is only what weighs, −1 where there is only what lifts, 0 where they are
    /// even or nothing is weighed.
    #[must_use]
    pub fn tilt(&self) -> f64 {
        tilt(self.sums())
    }

    /// How far one person's own balance tips.
    #[must_use]
    pub fn tilt_of(&self, person: EntryId) -> f64 {
        tilt(self.totals(|side| side.sum_of(person)))
    }

    /// How many people have weighed anything.
    #[must_use]
    pub fn answered(&self) -> usize {
        let entries = self.sides.iter().flat_map(|side| &side.groups).flat_map(|group| &group.entries);
        entries.flat_map(|entry| entry.weights.keys()).collect::<BTreeSet<_>>().len()
    }

    /// Every marked entry, with its marks that are set.
    pub fn marked(&self) -> impl Iterator<Item = (&BalanceEntry, &FollowUpAnswers)> {
        let entries = self.sides.iter().flat_map(|side| side.each(|_| true));
        entries.flat_map(|entry| entry.follow_ups.iter().filter(|mark| mark.is_set()).map(move |mark| (entry, mark)))
    }

    fn totals(&self, sum: impl Fn(&SideAnswers) -> u32) -> (u32, u32) {
        let of = |role| self.sides.iter().filter(|side| side.role == role).map(&sum).sum();
        (of(SideRole::Weighs), of(SideRole::Lifts))
    }
}

fn tilt((weighs, lifts): (u32, u32)) -> f64 {
    let all = f64::from(weighs) + f64::from(lifts);
    if all > 0.0 { (f64::from(weighs) - f64::from(lifts)) / all } else { 0.0 }
}
