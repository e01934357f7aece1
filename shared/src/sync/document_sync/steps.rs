//! The steps that the document made lately: what was told to all at once, and under which heads (S27, S28).

use std::collections::{HashMap, VecDeque};

use automerge::ChangeHash;

use crate::sync::identity::LinkId;

/// How much is remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Memory {
    /// Most steps.
    steps: usize,
    /// Most bytes of changes in them.
    bytes: usize,
}

impl Memory {
    /// A minute of a busy board.
    pub(super) const USUAL: Self = Self { steps: 1_024, bytes: 256 << 10 };
    /// While devices come back: what each of them lacks is what the others bring (S31).
    pub(super) const OF_REUNION: Self = Self { steps: 4_096, bytes: 32 << 20 };
}

/// The number of a step; rises by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct StepNumber(u64);

impl StepNumber {
    /// Whether `other` is the next one.
    pub(super) fn is_before(self, other: Self) -> bool {
        self.0 + 1 == other.0
    }
}

/// One change of a step.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) hash: ChangeHash,
    pub(super) deps: Vec<ChangeHash>,
    pub(super) bytes: Vec<u8>,
    /// The link that brought it; `None` for the owner's own.
    pub(super) from: Option<LinkId>,
}

/// Changes that became known to all together.
#[derive(Debug)]
pub(super) struct Step {
    /// The document's heads after it.
    pub(super) heads: Vec<ChangeHash>,
    pub(super) changes: Vec<Told>,
}

impl Step {
    fn bytes(&self) -> usize {
        self.changes.iter().map(|told| told.bytes.len()).sum()
    }
}

/// Some of what one link brought.
#[derive(Debug, Default)]
pub(super) struct Piece<'a> {
    pub(super) changes: Vec<&'a Told>,
    bytes: usize,
}

/// The latest steps, bounded. There is always one: the document as it was loaded is the first.
#[derive(Debug)]
pub(super) struct Steps {
    recent: VecDeque<Step>,
    first: u64,
    by_heads: HashMap<Vec<ChangeHash>, StepNumber>,
    bytes: usize,
}

impl Default for Steps {
    fn default() -> Self {
        Self::from_heads(Vec::new())
    }
}

impl Steps {
    /// A document that begins with `heads`.
    pub(super) fn from_heads(heads: Vec<ChangeHash>) -> Self {
        let mut steps = Self { recent: VecDeque::new(), first: 0, by_heads: HashMap::new(), bytes: 0 };
        steps.push(Step { heads, changes: Vec::new() }, Memory::USUAL);
        steps
    }

    /// Adds the latest step, and forgets the oldest where there are too many.
    pub(super) fn push(&mut self, step: Step, most: Memory) {
        self.bytes += step.bytes();
        let number = StepNumber(self.first + self.recent.len() as u64);
        self.by_heads.insert(step.heads.clone(), number);
        self.recent.push_back(step);
        while self.recent.len() > 1 && (self.recent.len() > most.steps || self.bytes > most.bytes) {
            let Some(old) = self.recent.pop_front() else { break };
            self.bytes -= old.bytes();
            self.by_heads.remove(&old.heads);
            self.first += 1;
        }
    }

    pub(super) fn last(&self) -> StepNumber {
        StepNumber(self.first + self.recent.len() as u64 - 1)
    }

    pub(super) fn last_step(&self) -> Option<&Step> {
        self.recent.back()
    }

    /// The document's heads after `step`, if it is remembered.
    pub(super) fn heads_of(&self, step: StepNumber) -> Option<&[ChangeHash]> {
        let place = usize::try_from(step.0.checked_sub(self.first)?).ok()?;
        self.recent.get(place).map(|step| step.heads.as_slice())
    }

    /// The step after which the document had exactly these heads. A peer with them has all of it and nothing else.
    pub(super) fn with_heads(&self, heads: &[ChangeHash]) -> Option<StepNumber> {
        if heads.is_empty() { None } else { self.by_heads.get(heads).copied() }
    }

    /// The changes told after `step`, as far as they are remembered.
    pub(super) fn told_after(&self, step: StepNumber) -> impl Iterator<Item = &Told> {
        let skipped = usize::try_from((step.0 + 1).saturating_sub(self.first)).unwrap_or(usize::MAX);
        self.recent.iter().skip(skipped).flat_map(|step| &step.changes)
    }

    /// All changes that are remembered.
    pub(super) fn told(&self) -> impl Iterator<Item = &Told> {
        self.recent.iter().flat_map(|step| &step.changes)
    }

    /// What was told after `step`, as far as it is remembered, by the link that brought it, in pieces of about so many bytes,
    /// which are cut in the same places however much comes after. What one link brought while its device was away depends on
    /// nothing that another did.
    pub(super) fn pieces_after(&self, step: StepNumber, bytes: usize) -> Vec<(Option<LinkId>, Vec<Piece<'_>>)> {
        let mut by_link: Vec<(Option<LinkId>, Vec<Piece<'_>>)> = Vec::new();
        let mut places: HashMap<Option<LinkId>, usize> = HashMap::new();
        for told in self.told_after(step) {
            let place = *places.entry(told.from).or_insert_with(|| {
                by_link.push((told.from, Vec::new()));
                by_link.len() - 1
            });
            let pieces = &mut by_link[place].1;
            if pieces.last().is_none_or(|piece| piece.bytes >= bytes) {
                pieces.push(Piece::default());
            }
            if let Some(piece) = pieces.last_mut() {
                piece.bytes += told.bytes.len();
                piece.changes.push(told);
            }
        }
        by_link
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(number: usize) -> ChangeHash {
        let mut hash = [0; 32];
        hash[..8].copy_from_slice(&(number as u64 + 1).to_be_bytes());
        ChangeHash(hash)
    }

    fn step(number: usize, length: usize) -> Step {
        let told = Told { hash: hash(number), deps: vec![], bytes: vec![0; length], from: None };
        Step { heads: vec![hash(number)], changes: vec![told] }
    }

    #[test]
    fn s28_a_step_is_found_by_its_heads_and_forgotten_in_time() {
        let mut steps = Steps::from_heads(vec![hash(0)]);
        for number in 1..=2_000 {
            steps.push(step(number, 100), Memory::USUAL);
        }
        assert_eq!(steps.with_heads(&[hash(2_000)]), Some(steps.last()));
        assert_eq!(steps.with_heads(&[hash(500)]), None);
        assert_eq!(steps.with_heads(&[]), None);
        let known = steps.with_heads(&[hash(1_997)]).unwrap();
        let after: Vec<_> = steps.told_after(known).map(|told| told.hash).collect();
        assert_eq!(after, [hash(1_998), hash(1_999), hash(2_000)]);
        assert_eq!(steps.recent.len(), Memory::USUAL.steps);
    }

    #[test]
    fn a_large_step_takes_the_place_of_all_before_it() {
        let mut steps = Steps::from_heads(Vec::new());
        steps.push(step(1, 10), Memory::USUAL);
        steps.push(step(2, Memory::USUAL.bytes + 1), Memory::USUAL);
        assert_eq!((steps.recent.len(), steps.with_heads(&[hash(1)])), (1, None));
        steps.push(step(3, 10), Memory::USUAL);
        assert_eq!((steps.recent.len(), steps.bytes), (1, 10));
    }

    #[test]
    fn a_reunion_is_remembered_while_it_lasts_and_cut_in_the_same_places_for_all() {
        let mut steps = Steps::from_heads(vec![hash(0)]);
        let length = Memory::USUAL.bytes;
        let told = |number: usize, link| Told {
            hash: hash(number),
            deps: vec![],
            bytes: vec![0; length],
            from: Some(LinkId(link)),
        };
        // Two devices in turn.
        for number in 1..=3 {
            let changes = vec![told(2 * number - 1, 1), told(2 * number, 2)];
            steps.push(Step { heads: vec![hash(2 * number)], changes }, Memory::OF_REUNION);
        }
        let cut = |from| {
            let numbers = |piece: &Piece<'_>| piece.changes.iter().map(|told| told.hash).collect::<Vec<_>>();
            let pieces = steps.pieces_after(from, 2 * length);
            pieces
                .iter()
                .map(|(link, pieces)| (*link, pieces.iter().map(numbers).collect::<Vec<_>>()))
                .collect::<Vec<_>>()
        };
        let begun = steps.with_heads(&[hash(0)]).unwrap();
        let of = |link, first| {
            let two = vec![hash(first), hash(first + 2)];
            (Some(LinkId(link)), vec![two, vec![hash(first + 4)]])
        };
        assert_eq!(cut(begun), [of(1, 1), of(2, 2)]);
        assert_eq!(cut(steps.last()), []);
        steps.push(step(20, 10), Memory::USUAL);
        assert_eq!((steps.recent.len(), steps.with_heads(&[hash(0)])), (1, None));
    }
}
