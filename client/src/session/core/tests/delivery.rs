//! Counts, storage and the line.

use std::rc::Rc;

use shared::access::Role;
use shared::documents::board::{Mark, NewNote};
use shared::documents::control::Focus;
use shared::documents::{AnswerKey, EntryId, FieldId, Kind};
use shared::sync::message::CloseReason;

use super::super::super::action::ActionError;
use super::super::super::delivery::{Line, Waiting};
use super::super::super::line::{LineInput, Way};
use super::super::super::records::Store;
use super::super::super::snapshot::{Arrival, SchemaState};
use super::super::super::step::{LeadStep, Step};
use super::super::super::tab_message::{TabChange, TabMessage};
use super::super::{Core, Input, Moment};
use super::world::{World, secret};

pub(super) fn id(n: u8) -> EntryId {
    EntryId::from_random([n; 16])
}

pub(super) fn key() -> AnswerKey {
    AnswerKey::shared(id(1), FieldId::new("levels", "now"))
}

pub(super) fn note(n: u8, text: &str) -> Step {
    let note = NewNote { place: key(), level: Some(3), author: None, at: 5, text: text.to_owned() };
    Step::AddNote { id: id(n), note }
}

pub(super) fn texts(world: &mut World, phone: usize) -> Vec<String> {
    world.show(phone).board.notes.values().map(|note| note.text.clone()).collect()
}

/// A world with a facilitator's device whose control is at the relay.
pub(super) fn workshop() -> (World, usize) {
    let mut world = World::new();
    let leader = world.device(Role::Facilitator);
    let genesis = shared::documents::control::genesis(&secret().identity()).save();
    let document = secret().identity().workshop_id().document(Kind::Control);
    let hash = automerge::ChangeHash([0; 32]);
    let disk = world.phones[leader].disk.clone();
    disk.write(&[super::super::super::records::Write::chunk(document, &hash, genesis)]);
    world.phones.clear();
    let leader = world.tab(Role::Facilitator, &disk);
    world.pass(200);
    world.on(leader, |core, now| core.act(now, Step::later(LeadStep::SetTitle("Nordhallen".into())))).unwrap();
    world.pass(2_000);
    (world, leader)
}

#[test]
fn what_is_done_is_kept_then_sent_then_received_and_counted_as_one_thing() {
    let (mut world, _) = workshop();
    let phone = world.device(Role::Participant);
    world.pass(200);
    assert_eq!(world.show(phone).arrival, Arrival::Here);
    assert_eq!(world.show(phone).control.title_text(), "Nordhallen");
    world.on(phone, |core, now| core.join(now, Some(" Amina "), Mark::new(2))).unwrap();
    world.on(phone, |core, now| core.act(now, note(9, "Vi mangler en makker"))).unwrap();
    assert_eq!(world.counts(phone), [0, 0, 0, 2]);
    let shown = world.show(phone);
    assert_eq!(shown.board.people[&shown.me.unwrap()].name.as_deref(), Some("Amina"));
    assert_eq!(world.progress(phone).delivery.relay.as_deref(), Some("Prøverelæet"));
    let outbox = secret().identity().workshop_id().document(Kind::Board).to_string();
    assert!(world.phones[phone].disk.read(Store::Outbox, &outbox).is_empty());
}

#[test]
fn offline_edits_survive_a_restart_and_arrive() {
    let (mut world, leader) = workshop();
    let phone = world.device(Role::Participant);
    world.pass(200);
    world.on(phone, |core, now| core.join(now, None, Mark::new(2))).unwrap();
    world.set_online(phone, false);
    world.on(phone, |core, now| core.act(now, note(9, "et"))).unwrap();
    world.on(phone, |core, now| core.act(now, note(10, "to"))).unwrap();
    assert_eq!(world.counts(phone), [0, 2, 0, 1]);
    assert_eq!(world.progress(phone).waiting_for(&id(9).to_string()), Some(Waiting::OnDevice));

    let disk = world.phones[phone].disk.clone();
    world.phones.truncate(phone);
    let again = world.tab(Role::Participant, &disk);
    world.phones[again].is_online = false;
    world.pass(1_000);
    assert_eq!(world.counts(again), [0, 2, 0, 1]);
    assert!(world.show(again).me.is_some());
    assert!(world.progress(again).delivery.next_try.is_some());
    world.on(again, |core, now| core.act(now, note(11, "tre"))).unwrap();
    assert_eq!(world.counts(again), [0, 3, 0, 1]);

    world.set_online(again, true);
    assert_eq!(world.counts(again), [0, 0, 0, 4]);
    assert_eq!(world.progress(again).delivery.line, Line::Online);
    assert_eq!(texts(&mut world, leader), ["et", "to", "tre"]);
    assert_eq!(world.progress(again).waiting_for(&id(9).to_string()), None);
}

#[test]
fn what_comes_further_draws_no_board_and_what_is_done_draws_nothing_else() {
    let (mut world, _) = workshop();
    let phone = world.device(Role::Participant);
    world.pass(200);
    world.on(phone, |core, now| core.act(now, note(9, "et"))).unwrap();
    let before = world.show(phone);
    world.set_online(phone, false);
    world.on(phone, |core, now| core.act(now, note(10, "to"))).unwrap();
    let done = world.show(phone);
    assert!(!Rc::ptr_eq(&done.board, &before.board));
    assert!(Rc::ptr_eq(&done.board.notes[&id(9)], &before.board.notes[&id(9)]));
    assert_eq!(world.progress(phone).waiting_for(&id(10).to_string()), Some(Waiting::OnDevice));
    world.set_online(phone, true);
    assert_eq!(world.counts(phone), [0, 0, 0, 2]);
    assert!(Rc::ptr_eq(&world.show(phone).board, &done.board));
}

#[test]
fn nothing_is_received_before_the_relay_has_named_it() {
    let (mut world, _) = workshop();
    let phone = world.device(Role::Participant);
    world.pass(200);
    // The frames are lost on the way, as on a line that has fallen silent.
    let now = world.now();
    let core: &mut Core = &mut world.phones[phone].core;
    core.act(now, note(9, "et")).unwrap();
    assert_eq!(core.shown(now).progress.delivery.keeping, 1);
    for output in core.take_outputs() {
        if let super::super::Output::Write { write, .. } = output {
            core.handle(now, Input::Written { write, kept: true });
        }
    }
    core.take_outputs();
    let delivery = core.shown(now).progress.delivery.clone();
    assert_eq!((delivery.keeping, delivery.on_device, delivery.sent_waiting, delivery.received), (0, 0, 1, 0));
    let after = |millis| Moment { steady: now.steady + shared::sync::Millis(millis), ..now };
    // Whoever was busy for so long listens first.
    core.handle(after(8_500), Input::Tick);
    assert_ne!(core.shown(after(8_500)).progress.delivery.line, Line::Silent);
    let silent = after(9_500);
    core.handle(silent, Input::Tick);
    let delivery = core.shown(silent).progress.delivery.clone();
    assert_eq!((delivery.on_device, delivery.sent_waiting), (1, 0));
    assert_eq!(delivery.line, Line::Silent);
}

#[test]
fn a_full_device_says_so_and_still_sends() {
    let (mut world, leader) = workshop();
    let phone = world.device(Role::Participant);
    world.pass(200);
    *world.phones[phone].disk.is_full.borrow_mut() = true;
    world.on(phone, |core, now| core.act(now, note(9, "et"))).unwrap();
    assert!(!world.progress(phone).delivery.stored);
    assert_eq!(texts(&mut world, leader), ["et"]);
    *world.phones[phone].disk.is_full.borrow_mut() = false;
    world.pass(11_000);
    assert!(world.progress(phone).delivery.stored, "what had no room is kept once there is some");
    let disk = world.phones[phone].disk.clone();
    world.phones.clear();
    let again = world.tab(Role::Participant, &disk);
    world.phones[again].is_online = false;
    world.pass(100);
    assert_eq!(texts(&mut world, again), ["et"]);
}

/// Writes a number under `schema` in the root of a document, as another program does, and lets a phone hear of it.
fn write_schema(world: &mut World, phone: usize, kind: Kind) {
    let mut doc = world.relay.document(kind).doc().clone().with_actor(automerge::ActorId::from([7; 16]));
    let mut migration = doc.transaction();
    automerge::transaction::Transactable::put(&mut migration, automerge::ROOT, "schema", 99_u64).unwrap();
    migration.commit();
    world.set_online(phone, false);
    world.on(phone, |core, now| {
        let chunk = doc.get_last_local_change().unwrap().bytes().into_owned();
        let document = core.replica(kind).id.to_string();
        let message = TabMessage::Changes { document, changes: vec![TabChange { chunk, row: None }] };
        core.handle(now, Input::Tab(&message.to_bytes()));
    });
}

#[test]
fn documents_of_a_newer_schema_are_shown_and_passed_on_and_not_touched() {
    let (mut world, leader) = workshop();
    world.on(leader, |core, now| core.act(now, note(9, "et"))).unwrap();
    write_schema(&mut world, leader, Kind::Control);
    assert_eq!(world.show(leader).schema, SchemaState::Newer);
    assert_eq!(texts(&mut world, leader), ["et"]);
    let title = Step::later(LeadStep::SetTitle("Ny".into()));
    for step in [note(10, "to"), title] {
        assert_eq!(world.on(leader, |core, now| core.act(now, step)), Err(ActionError::NewerSchema));
    }
    world.set_online(leader, true);
    let schema = shared::documents::control::schema(world.relay.document(Kind::Control).doc());
    assert_eq!(schema, shared::documents::Schema::Newer(99));
}

#[test]
fn a_number_that_a_participant_puts_on_the_board_locks_nobody_out() {
    let (mut world, leader) = workshop();
    let phone = world.device(Role::Participant);
    world.pass(200);
    write_schema(&mut world, phone, Kind::Board);
    world.set_online(phone, true);
    for each in [phone, leader] {
        assert_eq!(world.show(each).schema, SchemaState::Current);
        world.on(each, |core, now| core.act(now, note(9, "et"))).unwrap();
    }
}

#[test]
fn what_the_relay_had_already_is_received_once_what_came_after_it_is_here() {
    let (mut world, leader) = workshop();
    let phone = world.device(Role::Participant);
    world.pass(200);
    world.phones[phone].is_deaf = true;
    world.on(phone, |core, now| core.act(now, note(9, "et"))).unwrap();
    assert_eq!(world.counts(phone), [0, 0, 1, 0]);
    world.set_online(phone, false);
    assert_eq!(world.counts(phone), [0, 1, 0, 0]);
    world.on(leader, |core, now| core.act(now, note(10, "to"))).unwrap();

    // The relay names its heads before the phone knows them, and has nothing more to say afterwards.
    world.phones[phone].is_deaf = false;
    world.set_online(phone, true);
    assert_eq!(texts(&mut world, phone), ["et", "to"]);
    assert_eq!(world.counts(phone), [0, 0, 0, 1]);
}

#[test]
fn what_was_received_before_it_was_kept_does_not_wait_again_afterwards() {
    let (mut world, _) = workshop();
    let phone = world.device(Role::Participant);
    world.pass(200);
    *world.phones[phone].disk.failures.borrow_mut() = 1;
    world.on(phone, |core, now| core.act(now, note(9, "et"))).unwrap();
    assert_eq!(world.counts(phone), [0, 0, 0, 1]);
    world.pass(11_000);
    assert!(world.progress(phone).delivery.stored);
    let disk = world.phones[phone].disk.clone();
    world.phones.clear();
    let again = world.tab(Role::Participant, &disk);
    world.phones[again].is_online = false;
    world.pass(100);
    assert_eq!((texts(&mut world, again), world.counts(again)), (vec!["et".to_owned()], [0, 0, 0, 1]));
}

#[test]
fn a_wiped_relay_gets_everything_back_from_a_participant() {
    let (mut world, leader) = workshop();
    let phone = world.device(Role::Participant);
    world.pass(200);
    world.on(phone, |core, now| core.act(now, note(9, "et"))).unwrap();
    world.on(leader, |core, now| core.act(now, note(10, "to"))).unwrap();
    world
        .on(leader, |core, now| core.act(now, Step::later(LeadStep::SetFocus(Focus { tool: id(1), field: None }))))
        .unwrap();
    world.pass(2_000);
    assert_eq!(world.counts(leader), [0, 0, 0, 3]);
    world.wipe_relay();
    world.set_online(phone, true);
    let board = shared::documents::board::BoardView::read(world.relay.document(Kind::Board).doc());
    assert_eq!(board.notes.len(), 2);
    let control = shared::documents::control::ControlView::read(world.relay.document(Kind::Control).doc());
    assert_eq!(control.title_text(), "Nordhallen");
    assert!(control.focus.settled().is_some());
}

#[test]
fn a_participant_does_not_write_control_and_a_projector_writes_nothing() {
    let (mut world, _) = workshop();
    let (phone, wall) = (world.device(Role::Participant), world.device(Role::Projector));
    world.pass(200);
    let title = |core: &mut Core, now| core.act(now, Step::later(LeadStep::SetTitle("Nej".into())));
    assert_eq!(world.on(phone, title), Err(ActionError::NotAllowed));
    assert_eq!(world.on(wall, |core, now| core.act(now, note(9, "et"))), Err(ActionError::NotAllowed));
    assert_eq!(world.on(wall, |core, now| core.join(now, None, Mark::new(1))), Err(ActionError::NotAllowed));
}

#[test]
fn a_deleted_workshop_says_so_and_keeps_what_lies_here() {
    let (mut world, _) = workshop();
    let phone = world.device(Role::Participant);
    world.pass(200);
    world.on(phone, |core, now| core.act(now, note(9, "et"))).unwrap();
    let now = world.now();
    let frame = world.relay.close_all(now.steady, &CloseReason::Deleted).pop().unwrap();
    world.on(phone, |core, now| core.handle(now, Input::Line(LineInput::Frame(Way::Websocket, &frame))));
    assert_eq!(world.progress(phone).delivery.line, Line::Closed("deleted".into()));
    assert_eq!(texts(&mut world, phone), ["et"]);
}

#[test]
fn everyone_sees_that_the_relay_cannot_keep_anything_and_that_it_can_again() {
    let (mut world, _) = workshop();
    let (writer, reader) = (world.device(Role::Participant), world.device(Role::Participant));
    world.pass(200);
    assert!(world.progress(writer).delivery.relay_keeps);
    world.relay.is_full = true;
    world.on(writer, |core, now| core.act(now, note(9, "Vi mangler en makker"))).unwrap();
    for phone in [writer, reader] {
        assert!(!world.progress(phone).delivery.relay_keeps);
        assert_eq!(world.progress(phone).delivery.line, Line::Online);
    }
    assert!(!world.show(reader).board.notes.contains_key(&id(9)));
    world.relay.is_full = false;
    world.pass(5_000);
    for phone in [writer, reader] {
        assert!(world.progress(phone).delivery.relay_keeps);
        assert!(world.show(phone).board.notes.contains_key(&id(9)));
    }
    assert_eq!(world.counts(writer), [0, 0, 0, 1]);
}

#[test]
fn where_no_websocket_gets_through_everything_is_received_all_the_same_and_the_way_back_is_found() {
    let (mut world, _) = workshop();
    let phone = world.device(Role::Participant);
    world.phones[phone].is_blocked = true;
    world.pass(2_000);
    let delivery = world.progress(phone).delivery.clone();
    assert_eq!((delivery.line, delivery.is_slow), (Line::Online, true));
    world.on(phone, |core, now| core.join(now, Some("Amina"), Mark::new(2))).unwrap();
    assert_eq!(world.counts(phone), [0, 0, 0, 1]);

    // A websocket is tried again and again, and nothing is seen of it.
    world.pass(60_000);
    assert!(world.progress(phone).delivery.is_slow);
    world.phones[phone].is_blocked = false;
    world.on(phone, |core, now| core.handle(now, Input::Line(LineInput::TryNow)));
    let delivery = world.progress(phone).delivery.clone();
    assert_eq!((delivery.line, delivery.is_slow), (Line::Online, false));
    world.on(phone, |core, now| core.act(now, note(9, "Hurtig igen"))).unwrap();
    assert_eq!(world.counts(phone), [0, 0, 0, 2]);
}
