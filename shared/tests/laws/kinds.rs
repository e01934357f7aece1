//! Laws of the kinds of table: what people answer apart is gathered as what all of them said.

mod activity;
mod cards;
mod checklist;
mod curve;
mod fields;
mod grid;
mod matrix;
mod maturity;
mod position;
mod questions;
mod rows;
mod scale;
mod sharing;
mod two_sided;

use automerge::transaction::Transactable;
use automerge::{ActorId, Automerge, ROOT, ReadDoc, ScalarValue};
use shared::access::FacilitatorSecret;
use shared::content::Entry;
use shared::documents::board::{self, Answer, BoardView, Mark, NewNote};
use shared::documents::{AnswerKey, EntryId, FieldId, control, notebook};

/// The tool instance.
const TOOL: u8 = 200;

fn id(n: u8) -> EntryId {
    EntryId::from_random([n; 16])
}

fn actor(n: u8) -> ActorId {
    ActorId::from([n; 16])
}

/// A board with people 1 to `people` on it.
fn board_with(people: u8) -> Automerge {
    let mut doc = board::genesis().with_actor(actor(1));
    for person in 1..=people {
        board::add_person(&mut doc, id(person), None, Mark::new(person)).unwrap();
    }
    doc
}

/// A device that has seen everything of `doc`.
fn device(doc: &Automerge, number: u8) -> Automerge {
    doc.fork().with_actor(actor(number))
}

fn control_document() -> Automerge {
    control::genesis(&FacilitatorSecret::from_random([1; 16]).identity()).with_actor(actor(100))
}

/// Phones with people 1 to `people`, each of which has seen everything of `doc`.
fn phones(doc: &Automerge, people: u8) -> Vec<Automerge> {
    (1..=people).map(|person| device(doc, 10 + person)).collect()
}

/// What all of `phones` did since `base`, as it meets in one order and in the other.
fn met(base: &Automerge, phones: &mut [Automerge]) -> [BoardView; 2] {
    let forwards: Vec<usize> = (0..phones.len()).collect();
    let backwards: Vec<usize> = forwards.iter().rev().copied().collect();
    [forwards, backwards].map(|order| {
        let mut all = device(base, 99);
        for phone in order {
            all.merge(&mut phones[phone]).unwrap();
        }
        BoardView::read(&all)
    })
}

/// What a stock peer writes under a key of one of our containers, whatever it may mean.
fn write_nonsense(doc: &mut Automerge, container: &str, key: &str, value: impl Into<ScalarValue>) {
    let (_, object) = doc.get(ROOT, container).unwrap().unwrap();
    let mut transaction = doc.transaction();
    transaction.put(&object, key, value).unwrap();
    transaction.commit();
}

fn entry(id: &str) -> Entry {
    Entry { id: id.into(), ..Entry::default() }
}

fn note(field: FieldId, author: u8, at: u8) -> NewNote {
    let place = AnswerKey::shared(id(TOOL), field);
    NewNote { place, level: None, author: Some(id(author)), at: i64::from(at), text: format!("note {at}") }
}

/// A notebook with a board of its own.
fn own_board(number: u8) -> Automerge {
    let mut doc = notebook::genesis().with_actor(actor(number));
    notebook::ensure_board(&mut doc).unwrap();
    doc
}

/// Gives answers, and gives back what takes them back.
fn answer(doc: &mut Automerge, answers: &[Answer]) -> Option<Vec<Answer>> {
    let before = BoardView::read(doc);
    board::answer_all(doc, answers, 5).unwrap();
    answers.iter().map(|answer| answer.before(&before)).collect()
}
