//! A deck's answers: what is said to each question, and who takes each task.
//!
//! Fields of a cards part with id `p`: `p.<question>` (notes, with support) and `p.<task>` (actions: who, by when, status).
//! Who takes a task makes an action of it ([`TaskAnswers::take`]), so two who take it at once have both taken it.

use std::rc::Rc;

use crate::content::{Card, Cards, EntryId as EntryName};

use super::actions::{self, NewAction, Status, Who, actions_by_field, unreadable_cells};
use super::board::{BoardView, Row};
use super::control::ControlView;
use super::entries::notes_by_field;
use super::questions::{QuestionAnswers, question_field};
use super::{AnswerKey, EntryId, FieldId};

/// The field of a task.
#[must_use]
pub fn task_field(part: &str, task: &EntryName) -> FieldId {
    FieldId::new(part, task.as_str())
}

/// Who takes a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskAnswers {
    /// Which task.
    pub task: EntryName,
    /// Where its actions came up.
    pub key: AnswerKey,
    /// What was agreed about it, in order; [`actions::whos`], [`actions::days`] and [`actions::statuses`] read each.
    pub actions: Vec<Rc<Row>>,
    /// Who takes it, each once, without people who were taken off the board.
    pub takers: Vec<Who>,
}

impl TaskAnswers {
    /// The action by which somebody takes the task: `words` is the task as its reader sees it.
    #[must_use]
    pub fn take(&self, words: &str, who: Option<Who>, by: &str) -> NewAction {
        NewAction { place: self.key.clone(), source: None, what: words.to_owned(), who, by: by.to_owned() }
    }

    /// Whether nobody has taken it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.takers.is_empty()
    }

    /// Whether a person takes it.
    #[must_use]
    pub fn is_taken_by(&self, person: EntryId) -> bool {
        self.takers.contains(&Who::Person(person))
    }

    /// Whether it is taken, and all that was agreed about it is done.
    #[must_use]
    pub fn is_done(&self) -> bool {
        !self.is_open() && self.actions.iter().all(|row| actions::statuses(row) == [Status::Done])
    }
}

/// What a group says and agrees at one card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardAnswers {
    /// Which card.
    pub card: EntryName,
    /// What is said to each question.
    pub questions: Vec<QuestionAnswers>,
    /// Who takes each task.
    pub tasks: Vec<TaskAnswers>,
}

impl CardAnswers {
    /// How many questions have an answer.
    #[must_use]
    pub fn answered(&self) -> usize {
        self.questions.iter().filter(|question| !question.answers.is_empty()).count()
    }

    /// How many tasks somebody has taken.
    #[must_use]
    pub fn taken(&self) -> usize {
        self.tasks.iter().filter(|task| !task.is_open()).count()
    }

    /// Whether nothing was said or agreed yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.answered() == 0 && self.tasks.iter().all(|task| task.actions.is_empty())
    }

    /// Who takes any of its tasks, each once.
    #[must_use]
    pub fn takers(&self) -> Vec<&Who> {
        let mut takers: Vec<&Who> = Vec::new();
        for who in self.tasks.iter().flat_map(|task| &task.takers) {
            if !takers.contains(&who) {
                takers.push(who);
            }
        }
        takers
    }
}

/// A whole deck as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardsAnswers {
    /// The cards, in the order of the deck.
    pub cards: Vec<CardAnswers>,
    /// How many values of its actions this version cannot read.
    pub skipped: usize,
}

impl CardsAnswers {
    /// Gathers the answers of one part of one tool instance. Costs time in proportion to the board's notes and rows and to
    /// the deck.
    #[must_use]
    pub fn gather(control: &ControlView, board: &BoardView, tool: EntryId, part: &str, cards: &Cards) -> Self {
        let mut notes = notes_by_field(control, board, tool);
        let mut actions = actions_by_field(control, board, tool);
        let card = |card: &Card| {
            let questions = card.questions.iter().map(|question| {
                let key = AnswerKey::shared(tool, question_field(part, &question.id));
                let notes = notes.remove(&key.field).unwrap_or_default();
                QuestionAnswers::of_notes(board, question.id.clone(), key, notes)
            });
            let tasks = card.tasks.iter().map(|task| {
                let key = AnswerKey::shared(tool, task_field(part, &task.id));
                let actions = actions.remove(&key.field).unwrap_or_default();
                let takers = takers(board, &actions);
                TaskAnswers { task: task.id.clone(), key, actions, takers }
            });
            CardAnswers { card: card.id.clone(), questions: questions.collect(), tasks: tasks.collect() }
        };
        let cards: Vec<CardAnswers> = cards.cards.iter().map(card).collect();
        let agreed = cards.iter().flat_map(|card| &card.tasks).flat_map(|task| &task.actions);
        Self { skipped: agreed.map(|row| unreadable_cells(row)).sum(), cards }
    }

    /// The answers of one card.
    #[must_use]
    pub fn card(&self, card: &EntryName) -> Option<&CardAnswers> {
        self.cards.iter().find(|answers| answers.card == *card)
    }

    /// Every task that nobody has taken, with its card.
    pub fn open_tasks(&self) -> impl Iterator<Item = (&EntryName, &TaskAnswers)> {
        let tasks = self.cards.iter().flat_map(|card| card.tasks.iter().map(|task| (&card.card, task)));
        tasks.filter(|(_, task)| task.is_open())
    }

    /// Everyone who takes a task, each once with all that they take: who does what.
    #[must_use]
    pub fn by_taker(&self) -> Vec<(&Who, Vec<&TaskAnswers>)> {
        let mut takers: Vec<(&Who, Vec<&TaskAnswers>)> = Vec::new();
        for task in self.cards.iter().flat_map(|card| &card.tasks) {
            for who in &task.takers {
                match takers.iter_mut().find(|(taker, _)| *taker == who) {
                    Some((_, tasks)) => tasks.push(task),
                    None => takers.push((who, vec![task])),
                }
            }
        }
        takers
    }
}

/// Who takes these actions, each once. Who was taken off the board takes nothing.
fn takers(board: &BoardView, actions: &[Rc<Row>]) -> Vec<Who> {
    let mut takers = Vec::new();
    for who in actions.iter().flat_map(|row| actions::whos(row)) {
        let stands = match &who {
            Who::Person(person) => board.counts(person),
            Who::Named(_) => true,
        };
        if stands && !takers.contains(&who) {
            takers.push(who);
        }
    }
    takers
}
