//! The answers to a talk's questions.
//!
//! Fields of a questions part with id `p`: `p.<question>` (notes), and what people give to a note is their support.

use std::rc::Rc;

use crate::content::{EntryId as EntryName, Questions};

use super::board::{BoardView, Note};
use super::control::ControlView;
use super::entries::notes_in;
use super::{AnswerKey, EntryId, FieldId};

/// The field of a question.
#[must_use]
pub fn question_field(part: &str, question: &EntryName) -> FieldId {
    FieldId::new(part, question.as_str())
}

/// An answer, with who stands behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupportedNote {
    /// What it says.
    pub note: Rc<Note>,
    /// Who supports it.
    pub supporters: Vec<EntryId>,
}

/// What is answered to one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionAnswers {
    /// Which question.
    pub question: EntryName,
    /// Where its answers lie.
    pub key: AnswerKey,
    /// The answers, in their order.
    pub answers: Vec<SupportedNote>,
}

impl QuestionAnswers {
    /// Gathers the answers to one question. Costs time in proportion to the board's notes.
    #[must_use]
    pub fn gather(control: &ControlView, board: &BoardView, tool: EntryId, part: &str, question: &EntryName) -> Self {
        let key = AnswerKey::shared(tool, question_field(part, question));
        let notes = notes_in(control, board, tool, &key.field);
        Self::of_notes(board, question.clone(), key, notes)
    }

    /// The same, of the notes that stand there in their order.
    pub(super) fn of_notes(board: &BoardView, question: EntryName, key: AnswerKey, notes: Vec<Rc<Note>>) -> Self {
        let supported = |note: Rc<Note>| SupportedNote { supporters: board.supporters(note.id).collect(), note };
        Self { question, key, answers: notes.into_iter().map(supported).collect() }
    }

    /// The answers to every question of a part, in its order.
    #[must_use]
    pub fn gather_all(
        control: &ControlView,
        board: &BoardView,
        tool: EntryId,
        part: &str,
        questions: &Questions,
    ) -> Vec<Self> {
        let asked = questions.groups.iter().flat_map(|group| &group.questions);
        asked.map(|question| Self::gather(control, board, tool, part, &question.id)).collect()
    }

    /// The answers with the most supported first, and the newest first among equals.
    #[must_use]
    pub fn by_support(&self) -> Vec<&SupportedNote> {
        let mut answers: Vec<&SupportedNote> = self.answers.iter().collect();
        answers.sort_by(|a, b| {
            (b.supporters.len(), &b.note.order, b.note.id).cmp(&(a.supporters.len(), &a.note.order, a.note.id))
        });
        answers
    }
}
