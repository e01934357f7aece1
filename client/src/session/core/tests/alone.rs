//! What is answered alone, and what of it is shared.

use shared::access::Role;
use shared::documents::actions::NewAction;
use shared::documents::board::{Answer, BoardView, Check, Mark, NewNote, NewRow, SupportKey};
use shared::documents::sharing::Publication;
use shared::documents::text::TextTarget;
use shared::documents::{AnswerKey, EntryId, FieldId, Kind};

use super::super::super::action::ActionLabel;
use super::super::super::records::Store;
use super::super::super::step::{KindStep, PublishStep, Step};
use super::super::Output;
use super::delivery::{id, workshop};
use super::world::World;

const PART: &str = "curve";

fn key(name: &str, person: EntryId) -> AnswerKey {
    AnswerKey::personal(id(1), FieldId::new(PART, name), person)
}

fn note(person: EntryId) -> NewNote {
    let place = AnswerKey::shared(id(1), FieldId::new(PART, "why"));
    NewNote { place, level: None, author: Some(person), at: 5, text: "Det var ferien".into() }
}

fn row(person: EntryId) -> NewRow {
    let place = AnswerKey::shared(id(1), FieldId::new(PART, "rows"));
    NewAction { place, source: None, what: "ring".into(), who: None, by: String::new() }.row(Some(person), 5)
}

/// One step of each that a kind may take alone.
pub(super) fn steps(me: EntryId) -> Vec<Step> {
    vec![
        Step::Place { key: key("point-0", me), level: Some(40) },
        Step::SetRegister { key: key("turn-0", me), value: "#tag".into() },
        Step::later(KindStep::Check { answers: vec![(key("calm", me), Some(Check::Yes))] }),
        Step::later(KindStep::Answers { answers: vec![Answer::Mark(key("point-1", me), Some(60))] }),
        Step::later(KindStep::Words { target: TextTarget::Field(key("words", me)), words: "Mest om natten".into() }),
        Step::AddNote { id: id(9), note: note(me) },
        Step::later(KindStep::Words { target: TextTarget::Note(id(9)), words: "Det var jul".into() }),
        Step::later(KindStep::Support { key: SupportKey { target: id(9), person: me }, weight: 3 }),
        Step::later(KindStep::MoveNote { target: id(9), field: FieldId::new(PART, "other") }),
        Step::later(KindStep::AddRow { id: id(8), row: row(me) }),
        Step::later(KindStep::SetCell { row: id(8), column: "status".into(), value: "done".into() }),
        Step::later(KindStep::MoveRow { row: id(8), order: "a".into() }),
    ]
}

pub(super) fn alone(step: Step) -> Step {
    Step::later(KindStep::Alone(step))
}

/// A workshop with a phone that somebody joined on.
fn joined() -> (World, usize, usize, EntryId) {
    let (mut world, leader) = workshop();
    let phone = world.device(Role::Participant);
    world.pass(200);
    let me = world.on(phone, |core, now| core.join(now, Some("Amina"), Mark::new(1))).unwrap();
    (world, leader, phone, me)
}

/// Everything on a board but who is on it.
fn without_people(board: &BoardView) -> BoardView {
    let mut board = board.clone();
    board.people = BoardView::default().people;
    board
}

#[test]
fn what_is_done_alone_is_on_the_device_and_is_taken_back_step_by_step() {
    let (mut world, _, phone, me) = joined();
    let empty = without_people(&world.show(phone).board);
    let mut before = Vec::new();
    for step in steps(me) {
        before.push(world.show(phone).own_board.clone());
        world.on(phone, |core, now| core.act(now, alone(step))).unwrap();
        assert_ne!(world.show(phone).own_board, *before.last().unwrap(), "it is seen at once");
    }
    let own = world.show(phone).own_board.clone();
    assert_eq!(
        (own.notes[&id(9)].text.as_str(), own.texts[&key("words", me)].as_str()),
        ("Det var jul", "Mest om natten")
    );
    assert_eq!(without_people(&world.show(phone).board), empty, "the board knows nothing of it");
    assert_eq!(world.counts(phone), [0, 0, 0, 1], "nothing waits to be sent");

    let disk = world.phones[phone].disk.clone();
    let again = world.tab(Role::Participant, &disk);
    assert_eq!(world.show(again).own_board, own, "it is there after a restart");

    for _ in &before {
        world.on(phone, |core, now| core.undo(now)).unwrap().unwrap();
    }
    let own = world.show(phone).own_board.clone();
    assert!(own.notes.is_empty() && own.rows.is_empty());
    assert!(own.marks.values().all(|mark| mark.values() == [0]) && own.texts.values().all(String::is_empty));
    for _ in &before {
        world.on(phone, |core, now| core.redo(now)).unwrap().unwrap();
    }
    let own = world.show(phone).own_board.clone();
    assert_eq!((own.notes[&id(9)].text.as_str(), own.marks[&key("point-1", me)].settled()), ("Det var jul", Some(&60)));
}

#[test]
fn nothing_that_is_done_alone_is_in_a_frame_or_waits_for_one() {
    let (mut world, leader, phone, me) = joined();
    let now = world.now();
    let core = &mut world.phones[phone].core;
    let document = core.notebook.id;
    for step in steps(me) {
        core.act(now, alone(step)).unwrap();
    }
    core.set_draft(now, "own/draft", "Mest om natten");
    core.handle(now, super::super::Input::Hiding);
    for output in core.take_outputs() {
        match output {
            Output::Write { writes, .. } => assert!(writes.iter().all(|write| write.store() != Store::Outbox)),
            // Another tab of the same device, which answers alone on the same notebook.
            Output::Tell(_) => {}
            other => panic!("{document}: {other:?}"),
        }
    }
    assert!(world.relay.document(Kind::Board).doc().get_changes(&[]).len() <= 2, "the genesis and the join");
    assert!(without_people(&world.show(leader).board).notes.is_empty());
}

fn publish(world: &mut World, phone: usize, publication: Publication) {
    let seed = id(70);
    world.on(phone, |core, now| core.act(now, Step::later(PublishStep { seed, publication }))).unwrap();
}

fn of_part(world: &mut World, phone: usize, me: EntryId) -> Publication {
    let shown = world.show(phone);
    Publication::of_part(&shown.own_board, &shown.board, id(1), PART, me)
}

#[test]
fn what_was_done_alone_is_shared_whole_withdrawn_whole_and_shared_again_as_it_reads_then() {
    let (mut world, leader, phone, me) = joined();
    for step in steps(me) {
        world.on(phone, |core, now| core.act(now, alone(step))).unwrap();
    }
    let all = of_part(&mut world, phone, me);
    assert_eq!((all.answers.len(), all.notes.len(), all.rows.len()), (5, 1, 1));
    publish(&mut world, phone, all);
    assert_eq!(world.counts(phone), [0, 0, 0, 2], "it is one thing done");
    let shared = world.show(leader).board.clone();
    assert_eq!(
        (shared.notes[&id(9)].text.as_str(), shared.marks[&key("point-0", me)].settled()),
        ("Det var jul", Some(&40))
    );
    let status = |board: &BoardView| board.rows[&id(8)].values["status"].settled().map(|set| set.value.clone());
    assert_eq!((status(&shared).as_deref(), shared.supports[&id(9)][&me].settled()), (Some("done"), Some(&3)));
    assert!(of_part(&mut world, phone, me).is_empty(), "nothing is left to share");

    // Undo, and redo, take all of it.
    assert_eq!(world.on(phone, |core, now| core.undo(now)), Ok(Some(ActionLabel::Share)));
    assert!(world.show(leader).board.notes.is_empty() && world.show(leader).board.rows.is_empty());
    assert_eq!(world.show(leader).board.marks[&key("point-0", me)].values(), [0]);
    world.on(phone, |core, now| core.redo(now)).unwrap();
    assert_eq!(world.show(leader).board.notes.len(), 1);
    assert!(of_part(&mut world, phone, me).is_empty());

    // A change is one's own until it is shared again.
    let words = KindStep::Words { target: TextTarget::Note(id(9)), words: "Det var nytår".into() };
    world.on(phone, |core, now| core.act(now, alone(Step::later(words)))).unwrap();
    assert_eq!(world.show(leader).board.notes[&id(9)].text, "Det var jul");
    assert_eq!(of_part(&mut world, phone, me).only(id(9)).words.len(), 1);

    // So are a value and a weight.
    let cell = KindStep::SetCell { row: id(8), column: "status".into(), value: "open".into() };
    world.on(phone, |core, now| core.act(now, alone(Step::later(cell)))).unwrap();
    let weight = KindStep::Support { key: SupportKey { target: id(9), person: me }, weight: 5 };
    world.on(phone, |core, now| core.act(now, alone(Step::later(weight)))).unwrap();
    let changed = of_part(&mut world, phone, me).only(id(8));
    assert_eq!((changed.cells.len(), changed.words.len()), (1, 0));
    publish(&mut world, phone, changed);
    assert_eq!(status(&world.show(leader).board).as_deref(), Some("open"));
    world.on(phone, |core, now| core.undo(now)).unwrap();
    assert_eq!(status(&world.show(leader).board).as_deref(), Some("done"));

    let shown = world.show(phone);
    let back = Publication::withdrawal_of_part(&shown.own_board, &shown.board, id(1), PART, me);
    publish(&mut world, phone, back);
    let board = world.show(leader).board.clone();
    assert!(board.notes.is_empty() && board.rows.is_empty());
    assert!(board.marks.values().all(|mark| mark.values() == [0]) && board.texts.values().all(String::is_empty));
    assert_eq!(world.show(phone).own_board.notes.len(), 1, "in the notebook it stays");

    let again = of_part(&mut world, phone, me);
    publish(&mut world, phone, again);
    let board = world.show(leader).board.clone();
    assert_eq!((board.notes[&id(9)].text.as_str(), board.supports[&id(9)][&me].settled()), ("Det var nytår", Some(&5)));
    assert_eq!(status(&board).as_deref(), Some("open"));
    assert!(of_part(&mut world, phone, me).is_empty());
}

#[test]
fn one_entry_is_shared_without_the_rest_and_nobody_elses_is() {
    let (mut world, leader, phone, me) = joined();
    let beside = world.on(phone, |core, now| core.join(now, Some("Else"), Mark::new(2))).unwrap();
    for (number, person) in [(9, me), (10, me), (11, beside)] {
        world
            .on(phone, |core, now| core.act(now, alone(Step::AddNote { id: id(number), note: note(person) })))
            .unwrap();
    }
    let all = of_part(&mut world, phone, me);
    assert_eq!(all.notes.len(), 2);
    publish(&mut world, phone, all.only(id(10)));
    assert_eq!(world.show(leader).board.notes.keys().copied().collect::<Vec<_>>(), [id(10)]);
}
