//! The steps that only some kinds of table have, on the board.

use automerge::Automerge;
use shared::documents::board::{self, Answer, BoardView, Check, NewRow, SupportKey};
use shared::documents::text::{self, TextTarget};
use shared::documents::{AnswerKey, EntryId, FieldId, Kind, WriteError, notebook};

use super::super::action::ActionLabel;
use super::naming::text_entry;
use super::{LaterStep, Scene, Step, before, text_subject};

/// A step of some kinds of table.
#[derive(Debug)]
pub(in super::super) enum KindStep {
    /// Answers statements; several at once when somebody shares what they answered alone.
    Check {
        answers: Vec<(AnswerKey, Option<Check>)>,
    },
    Support {
        key: SupportKey,
        weight: u8,
    },
    MoveNote {
        target: EntryId,
        field: FieldId,
    },
    AddRow {
        id: EntryId,
        row: NewRow,
    },
    SetCell {
        row: EntryId,
        column: String,
        value: String,
    },
    MoveRow {
        row: EntryId,
        order: String,
    },
    /// Several answers of one person at once.
    Answers {
        answers: Vec<Answer>,
    },
    /// Writes a text whole, where nobody else writes in it.
    Words {
        target: TextTarget,
        words: String,
    },
    /// Says which group a person is in.
    SetGroup {
        person: EntryId,
        group: Option<EntryId>,
    },
    /// A step on the notebook's own board: it never leaves the device.
    Alone(Step),
}

impl LaterStep for KindStep {
    fn kind(&self) -> Kind {
        match self {
            Self::Alone(_) => Kind::Notebook,
            _ => Kind::Board,
        }
    }

    fn label(&self) -> ActionLabel {
        match self {
            Self::Check { .. } => ActionLabel::Check,
            Self::Support { .. } => ActionLabel::Support,
            Self::MoveNote { .. } | Self::MoveRow { .. } => ActionLabel::Move,
            Self::AddRow { .. } => ActionLabel::Row,
            Self::SetCell { .. } => ActionLabel::Cell,
            Self::Answers { answers } => match answers.first() {
                Some(Answer::Mark(_, Some(_))) => ActionLabel::Place,
                Some(Answer::Mark(_, None)) => ActionLabel::Withdraw,
                Some(Answer::Check(..)) => ActionLabel::Check,
                Some(Answer::Value(..)) | None => ActionLabel::Value,
                Some(Answer::Words(..)) => ActionLabel::Text,
            },
            Self::Words { .. } => ActionLabel::Text,
            Self::SetGroup { .. } => ActionLabel::Group,
            Self::Alone(step) => step.label(),
        }
    }

    fn subject(&self) -> String {
        match self {
            Self::Check { answers } => answers.first().map(|(key, _)| key.to_string()).unwrap_or_default(),
            Self::Support { key, .. } => key.to_string(),
            Self::MoveNote { target: id, .. }
            | Self::AddRow { id, .. }
            | Self::SetCell { row: id, .. }
            | Self::MoveRow { row: id, .. }
            | Self::SetGroup { person: id, .. } => id.to_string(),
            Self::Answers { answers } => answers.first().map(|answer| answer.key().to_string()).unwrap_or_default(),
            Self::Words { target, .. } => text_subject(target),
            Self::Alone(step) => step.subject(),
        }
    }

    fn touched(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Check { answers } => answers.iter().map(|(key, _)| ("checks", key.to_string())).collect(),
            Self::Support { key, .. } => vec![("supports", key.to_string())],
            Self::MoveNote { target, .. } => vec![("notes", target.to_string())],
            Self::AddRow { id, .. } | Self::SetCell { row: id, .. } | Self::MoveRow { row: id, .. } => {
                vec![("rows", id.to_string())]
            }
            Self::Answers { answers } => answers.iter().map(place_of).collect(),
            Self::Words { target, .. } => text_entry(target).into_iter().collect(),
            Self::SetGroup { person, .. } => vec![("people", person.to_string())],
            // The notebook's own board is read whole.
            Self::Alone(_) => Vec::new(),
        }
    }

    fn perform(&self, doc: &mut Automerge, scene: &Scene<'_>) -> Result<(), WriteError> {
        match self {
            Self::Check { answers } => board::check_all(doc, answers),
            Self::Support { key, weight } => board::support(doc, *key, *weight),
            Self::MoveNote { target, field } => board::move_note(doc, *target, field),
            Self::AddRow { id, row } => board::add_row(doc, *id, row),
            Self::SetCell { row, column, value } => board::set_cell(doc, *row, column, &scene.stamp(value.clone())),
            Self::MoveRow { row, order } => board::move_row(doc, *row, order),
            Self::Answers { answers } => board::answer_all(doc, answers, scene.at),
            Self::Words { target, words } => write_whole(doc, target, words),
            Self::SetGroup { person, group } => board::set_group(doc, *person, *group),
            Self::Alone(step) => {
                notebook::ensure_board(doc)?;
                step.clone().perform(doc, scene).map(drop)
            }
        }
    }

    fn back(&self, scene: &Scene<'_>) -> Option<Step> {
        Some(Step::later(match self {
            Self::Check { answers } => {
                let before = |(key, _): &(AnswerKey, Option<Check>)| {
                    let before = before(scene.board.checks.get(key))?;
                    let number = before.copied().unwrap_or_default();
                    Some((key.clone(), Check::ALL.into_iter().find(|check| *check as u8 == number)))
                };
                Self::Check { answers: answers.iter().map(before).collect::<Option<_>>()? }
            }
            Self::Support { key, .. } => {
                let given = scene.board.supports.get(&key.target).and_then(|given| given.get(&key.person));
                Self::Support { key: *key, weight: before(given)?.copied().unwrap_or_default() }
            }
            Self::MoveNote { target, .. } => {
                let note = scene.board.notes.get(target)?;
                let field = before(Some(&note.moved))?.unwrap_or(&note.place.field);
                Self::MoveNote { target: *target, field: field.clone() }
            }
            Self::AddRow { id, .. } => return Some(Step::RemoveRow { target: *id }),
            Self::SetCell { row, column, .. } => {
                let before = before(scene.board.rows.get(row)?.values.get(column))?;
                let value = before.map(|set| set.value.clone()).unwrap_or_default();
                Self::SetCell { row: *row, column: column.clone(), value }
            }
            Self::MoveRow { row, .. } => Self::MoveRow { row: *row, order: scene.board.rows.get(row)?.order.clone() },
            Self::Answers { answers } => Self::Answers { answers: all_before(answers, scene.board)? },
            Self::Words { target, .. } => {
                Self::Words { target: target.clone(), words: words_of(target, scene.board)?.to_owned() }
            }
            Self::SetGroup { person, .. } => {
                Self::SetGroup { person: *person, group: scene.board.people.get(person)?.group }
            }
            Self::Alone(step) => Self::Alone(step.back(scene)?),
        }))
    }
}

/// Where an answer lies: container and key.
pub(super) fn place_of(answer: &Answer) -> (&'static str, String) {
    let container = match answer {
        Answer::Mark(..) => "marks",
        Answer::Check(..) => "checks",
        Answer::Value(..) => "registers",
        Answer::Words(..) => "texts",
    };
    (container, answer.key().to_string())
}

/// What takes all of `answers` back, as things stand before them; `None` where that cannot be for one of them.
pub(super) fn all_before(answers: &[Answer], board: &BoardView) -> Option<Vec<Answer>> {
    answers.iter().map(|answer| answer.before(board)).collect()
}

/// Writes a text whole.
pub(super) fn write_whole(doc: &mut Automerge, target: &TextTarget, words: &str) -> Result<(), WriteError> {
    let found = target.ensure(doc)?;
    let length = automerge::ReadDoc::length(doc, &found);
    text::splice(doc, &found, None, 0, length, words, target.limit()).map(drop)
}

/// What stands in a text of the board; `None` where there is no such entry.
pub(super) fn words_of<'a>(target: &TextTarget, board: &'a BoardView) -> Option<&'a str> {
    Some(match target {
        TextTarget::Note(id) => &board.notes.get(id)?.text,
        TextTarget::Cell(id, column) => board.rows.get(id)?.texts.get(column)?,
        TextTarget::Field(key) => board.texts.get(key).map(String::as_str).unwrap_or_default(),
        TextTarget::Reason(_) => return None,
    })
}
