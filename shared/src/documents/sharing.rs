//! Sharing: what somebody answered alone, in their notebook's board, and what of it the group's board has.
//!
//! Answers under a person's own key are shared in one change and withdrawn in one. Notes and rows are shared one by one, and
//! withdrawn as they are removed; [`Publication`] is all of it.

use super::board::{self, Answer, BoardView, Check, NewNote, NewRow, SupportKey};
use super::text::TextTarget;
use super::{AnswerKey, EntryId, Register, Scope, Stamped};

/// What goes onto the group's board, or off it, when somebody shares what they did alone, or withdraws it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Publication {
    /// Answers under the person's own keys.
    pub answers: Vec<Answer>,
    /// Notes that the board never had.
    pub notes: Vec<(EntryId, NewNote)>,
    /// Rows that the board never had.
    pub rows: Vec<(EntryId, NewRow)>,
    /// Texts that read otherwise there, and how they are to read.
    pub words: Vec<(TextTarget, String)>,
    /// Values of rows that stand otherwise there, by row and column.
    pub cells: Vec<(EntryId, String, String)>,
    /// Support and weights that the person gave to their own notes and rows.
    pub weights: Vec<(SupportKey, u8)>,
    /// Removals that are taken back, each with what it removed.
    pub restored: Vec<(EntryId, EntryId)>,
    /// Notes and rows that are removed.
    pub removed: Vec<EntryId>,
}

impl Publication {
    /// Everything that `person` did alone in one part of a tool and the board has otherwise. Entries stand there under the
    /// ids that they have in the notebook, so that what is given to them there fits here, too.
    #[must_use]
    pub fn of_part(own: &BoardView, board: &BoardView, tool: EntryId, part: &str, person: EntryId) -> Self {
        let mut all = Self { answers: unshared(own, board, tool, part, person), ..Self::default() };
        for (id, note) in unshared_notes(own, board, tool, part) {
            if note.author == Some(person) {
                all.notes.push((id, note));
            }
        }
        for (id, row) in unshared_rows(own, board, tool, part) {
            if row.author == Some(person) {
                all.rows.push((id, row));
            }
        }
        let is_meant = |place: &AnswerKey, author: Option<EntryId>| {
            place.tool == tool && author == Some(person) && place.field.name_in(part).is_some()
        };
        for note in own.notes.values().filter(|note| is_meant(&note.place, note.author)) {
            let there = board.notes.get(&note.id).or_else(|| board.removed_notes.get(&note.id));
            let words =
                there.filter(|there| there.text != note.text).map(|_| (TextTarget::Note(note.id), note.text.clone()));
            all.words.extend(words);
            all.restore(board, note.id);
        }
        for row in own.rows.values().filter(|row| is_meant(&row.place, row.author)) {
            let Some(there) = board.rows.get(&row.id).or_else(|| board.removed_rows.get(&row.id)) else { continue };
            for (column, words) in &row.texts {
                if there.texts.get(column).is_some_and(|there| there != words) {
                    all.words.push((TextTarget::Cell(row.id, column.clone()), words.clone()));
                }
            }
            for (column, values) in &row.values {
                let own = values.values().last().map(|stamped| stamped.value.clone()).unwrap_or_default();
                let there = there.values.get(column).map(|values| values.values()).unwrap_or_default();
                if there.iter().any(|stamped| stamped.value != own) || (there.is_empty() && !own.is_empty()) {
                    all.cells.push((row.id, column.clone(), own));
                }
            }
            all.restore(board, row.id);
        }
        let notes = own.notes.values().map(|note| (note.id, &note.place, note.author));
        let rows = own.rows.values().map(|row| (row.id, &row.place, row.author));
        for (target, ..) in notes.chain(rows).filter(|(_, place, author)| is_meant(place, *author)) {
            let given = |board: &BoardView| board.supports.get(&target)?.get(&person)?.values().last().copied();
            let own = given(own).unwrap_or_default();
            if given(board).unwrap_or_default() != own {
                all.weights.push((SupportKey { target, person }, own));
            }
        }
        all
    }

    /// Everything of one part of a tool that takes off the board what `person` shared of it. Its history keeps it.
    #[must_use]
    pub fn withdrawal_of_part(own: &BoardView, board: &BoardView, tool: EntryId, part: &str, person: EntryId) -> Self {
        let is_meant = |place: &AnswerKey, author: Option<EntryId>| {
            place.tool == tool && author == Some(person) && place.field.name_in(part).is_some()
        };
        let notes = board.notes.values().filter(|note| is_meant(&note.place, note.author)).map(|note| note.id);
        let rows = board.rows.values().filter(|row| is_meant(&row.place, row.author)).map(|row| row.id);
        // Also what its writer has meanwhile thrown away in the notebook; but not what they wrote on the board itself.
        let was_alone = |id: &EntryId| {
            own.notes.contains_key(id)
                || own.removed_notes.contains_key(id)
                || own.rows.contains_key(id)
                || own.removed_rows.contains_key(id)
        };
        Self {
            answers: withdrawal(board, tool, part, person),
            removed: notes.chain(rows).filter(was_alone).collect(),
            ..Self::default()
        }
    }

    /// The same for one note or row alone.
    #[must_use]
    pub fn only(mut self, entry: EntryId) -> Self {
        let is_of = |target: &TextTarget| match target {
            TextTarget::Note(id) | TextTarget::Cell(id, _) => *id == entry,
            TextTarget::Field(_) | TextTarget::Reason(_) => false,
        };
        self.answers.clear();
        self.notes.retain(|(id, _)| *id == entry);
        self.rows.retain(|(id, _)| *id == entry);
        self.words.retain(|(target, _)| is_of(target));
        self.cells.retain(|(row, ..)| *row == entry);
        self.weights.retain(|(key, _)| key.target == entry);
        self.restored.retain(|(_, target)| *target == entry);
        self.removed.retain(|id| *id == entry);
        self
    }

    /// This and another, as one.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.answers.extend(other.answers);
        self.notes.extend(other.notes);
        self.rows.extend(other.rows);
        self.words.extend(other.words);
        self.cells.extend(other.cells);
        self.weights.extend(other.weights);
        self.restored.extend(other.restored);
        self.removed.extend(other.removed);
        self
    }

    /// Whether nothing would change.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn restore(&mut self, board: &BoardView, entry: EntryId) {
        if board.removed_notes.contains_key(&entry) || board.removed_rows.contains_key(&entry) {
            let removals = board.removals.get(&entry).map(Vec::as_slice).unwrap_or_default();
            self.restored.extend(removals.iter().map(|removal| (removal.id, entry)));
        }
    }
}

/// What a person answered alone to one part of a tool otherwise than the board has it, also what they took back since.
/// Nothing is left once [`answer_all`](board::answer_all) has put it on the board.
#[must_use]
pub fn unshared(own: &BoardView, board: &BoardView, tool: EntryId, part: &str, person: EntryId) -> Vec<Answer> {
    let alone = taken_back(own, tool, part, person).filter_map(|blank| {
        let answer = standing(own, &blank).pop()?;
        (standing(board, &blank) != [answer.clone()]).then_some(answer)
    });
    alone.collect()
}

/// What takes back all that a person has on `board` of one part of a tool. Its history keeps it.
#[must_use]
pub fn withdrawal(board: &BoardView, tool: EntryId, part: &str, person: EntryId) -> Vec<Answer> {
    taken_back(board, tool, part, person).filter(|blank| standing(board, blank) != [blank.clone()]).collect()
}

/// The notes of one part of a tool that somebody wrote alone and the board never had, as they would stand there: under
/// the ids that they have in the notebook, so that what is given to them there fits here, too. One that was withdrawn is
/// put back by taking back its removal.
#[must_use]
pub fn unshared_notes(own: &BoardView, board: &BoardView, tool: EntryId, part: &str) -> Vec<(EntryId, NewNote)> {
    let is_new = |id: &EntryId| !board.notes.contains_key(id) && !board.removed_notes.contains_key(id);
    let notes = own.notes.values().filter(|note| note.place.tool == tool && is_new(&note.id));
    let notes = notes.filter_map(|note| {
        // The notebook has one writer: where two tabs moved a note apart, any of its places is theirs.
        let field = note.fields().find(|field| field.name_in(part).is_some())?.clone();
        let place = AnswerKey { field, ..note.place.clone() };
        let note_here = NewNote { place, level: note.level, author: note.author, at: note.at, text: note.text.clone() };
        Some((note.id, note_here))
    });
    notes.collect()
}

/// The rows of one part of a tool that somebody wrote alone and the board never had, likewise.
#[must_use]
pub fn unshared_rows(own: &BoardView, board: &BoardView, tool: EntryId, part: &str) -> Vec<(EntryId, NewRow)> {
    let is_new = |id: &EntryId| !board.rows.contains_key(id) && !board.removed_rows.contains_key(id);
    let is_here = |place: &AnswerKey| place.tool == tool && place.field.name_in(part).is_some();
    let rows = own.rows.values().filter(|row| is_here(&row.place) && is_new(&row.id));
    let rows = rows.map(|row| {
        let value = |(column, register): (&String, &Register<Stamped<String>>)| {
            Some((column.clone(), register.values().last()?.value.clone()))
        };
        let row_here = NewRow {
            kind: row.kind,
            place: row.place.clone(),
            source: row.source,
            author: row.author,
            at: row.at,
            texts: row.texts.iter().map(|(column, words)| (column.clone(), words.clone())).collect(),
            values: row.values.iter().filter_map(value).collect(),
        };
        (row.id, row_here)
    });
    rows.collect()
}

/// Every answer of a person to a part, as if it were taken back.
fn taken_back<'a>(
    board: &'a BoardView,
    tool: EntryId,
    part: &'a str,
    person: EntryId,
) -> impl Iterator<Item = Answer> + 'a {
    let is_meant = move |key: &&AnswerKey| {
        key.tool == tool && key.participant == Scope::One(person) && key.field.name_in(part).is_some()
    };
    let marks = board.marks.keys().filter(is_meant).map(|key| Answer::Mark(key.clone(), None));
    let checks = board.checks.keys().filter(is_meant).map(|key| Answer::Check(key.clone(), None));
    let values = board.registers.keys().filter(is_meant).map(|key| Answer::Value(key.clone(), String::new()));
    let words = board.texts.keys().filter(is_meant).map(|key| Answer::Words(key.clone(), String::new()));
    marks.chain(checks).chain(values).chain(words)
}

/// What stands where `answer` lies: every answer that met there, or that it is taken back.
fn standing(board: &BoardView, answer: &Answer) -> Vec<Answer> {
    let mut found: Vec<Answer> = match answer {
        Answer::Mark(key, _) => {
            let marks = board.marks.get(key).map(|register| register.values()).unwrap_or_default();
            marks.iter().filter(|mark| **mark > 0).map(|mark| Answer::Mark(key.clone(), Some(*mark))).collect()
        }
        Answer::Check(key, _) => {
            let checks: Vec<Check> = board.checks.get(key).map(|all| board::answers(all).collect()).unwrap_or_default();
            checks.into_iter().map(|check| Answer::Check(key.clone(), Some(check))).collect()
        }
        Answer::Value(key, _) => {
            let values = board.registers.get(key).map(|register| register.values()).unwrap_or_default();
            let given = values.iter().filter(|stamped| !stamped.value.is_empty());
            given.map(|stamped| Answer::Value(key.clone(), stamped.value.clone())).collect()
        }
        Answer::Words(key, _) => {
            board.texts.get(key).map(|words| vec![Answer::Words(key.clone(), words.clone())]).unwrap_or_default()
        }
    };
    if found.is_empty() {
        found.push(match answer {
            Answer::Mark(key, _) => Answer::Mark(key.clone(), None),
            Answer::Check(key, _) => Answer::Check(key.clone(), None),
            Answer::Value(key, _) => Answer::Value(key.clone(), String::new()),
            Answer::Words(key, _) => Answer::Words(key.clone(), String::new()),
        });
    }
    found
}
