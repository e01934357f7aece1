//! Counts, storage and the line.

use shared::access::Role;
use shared::documents::board::{Mark, NewNote};
use shared::documents::control::Focus;
use shared::documents::{AnswerKey, EntryId, FieldId, Kind};
use shared::sync::message::CloseReason;

use super::super::super::action::ActionError;
use super::super::super::delivery::{Line, Waiting};
use super::super::super::line::LineInput;
use super::super::super::records::Store;
use super::super::super::snapshot::{Arrival, SchemaState};
use super::super::super::step::Step;
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
    world.on(leader, |core, now| core.act(now, Step::SetTitle("Nordhallen".into()))).unwrap();
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
    assert_eq!(shown.delivery.relay.as_deref(), Some("Prøverelæet"));
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
    assert_eq!(world.show(phone).waiting_for(&id(9).to_string()), Some(Waiting::OnDevice));

    let disk = world.phones[phone].disk.clone();
    world.phones.truncate(phone);
    let again = world.tab(Role::Participant, &disk);
    world.phones[again].is_online = false;
    world.pass(1_000);
    assert_eq!(world.counts(again), [0, 2, 0, 1]);
    assert!(world.show(again).me.is_some());
    assert!(world.show(again).delivery.next_try.is_some());
    world.on(again, |core, now| core.act(now, note(11, "tre"))).unwrap();
    assert_eq!(world.counts(again), [0, 3, 0, 1]);

    world.set_online(again, true);
    assert_eq!(world.counts(again), [0, 0, 0, 4]);
    assert_eq!(world.show(again).delivery.line, Line::Online);
    assert_eq!(texts(&mut world, leader), ["et", "to", "tre"]);
    assert_eq!(world.show(again).waiting_for(&id(9).to_string()), None);
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
    assert_eq!(core.snapshot(now).delivery.keeping, 1);
    for output in core.take_outputs() {
        if let super::super::Output::Write { write, .. } = output {
            core.handle(now, Input::Written { write, kept: true });
        }
    }
    core.take_outputs();
    let delivery = core.snapshot(now).delivery.clone();
    assert_eq!((delivery.keeping, delivery.on_device, delivery.sent_waiting, delivery.received), (0, 0, 1, 0));
    let silent = Moment { steady: now.steady + shared::sync::Millis(9_500), ..now };
    core.handle(silent, Input::Tick);
    let delivery = core.snapshot(silent).delivery.clone();
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
    assert!(!world.show(phone).delivery.stored);
    assert_eq!(texts(&mut world, leader), ["et"]);
    *world.phones[phone].disk.is_full.borrow_mut() = false;
    world.pass(11_000);
    assert!(world.show(phone).delivery.stored, "what had no room is kept once there is some");
    let disk = world.phones[phone].disk.clone();
    world.phones.clear();
    let again = world.tab(Role::Participant, &disk);
    world.phones[again].is_online = false;
    world.pass(100);
    assert_eq!(texts(&mut world, again), ["et"]);
}

#[test]
fn documents_of_a_newer_schema_are_shown_and_passed_on_and_not_touched() {
    let (mut world, _) = workshop();
    let phone = world.device(Role::Participant);
    world.pass(200);
    world.on(phone, |core, now| core.act(now, note(9, "et"))).unwrap();
    let mut newer = world.relay.document(Kind::Board).doc().clone().with_actor(automerge::ActorId::from([7; 16]));
    let mut migration = newer.transaction();
    automerge::transaction::Transactable::put(&mut migration, automerge::ROOT, "schema", 99_u64).unwrap();
    migration.commit();
    world.set_online(phone, false);
    world.on(phone, |core, now| {
        let chunk = newer.get_last_local_change().unwrap().bytes().into_owned();
        let document = core.board.id.to_string();
        let message = TabMessage::Changes { document, changes: vec![TabChange { chunk, row: None }] };
        core.handle(now, Input::Tab(&message.to_bytes()));
    });
    assert_eq!(world.show(phone).schema, SchemaState::Newer);
    assert_eq!(texts(&mut world, phone), ["et"]);
    assert_eq!(world.on(phone, |core, now| core.act(now, note(10, "to"))), Err(ActionError::NewerSchema));
    world.set_online(phone, true);
    let schema = shared::documents::board::schema(world.relay.document(Kind::Board).doc());
    assert_eq!(schema, shared::documents::Schema::Newer(99));
}

#[test]
fn a_wiped_relay_gets_everything_back_from_a_participant() {
    let (mut world, leader) = workshop();
    let phone = world.device(Role::Participant);
    world.pass(200);
    world.on(phone, |core, now| core.act(now, note(9, "et"))).unwrap();
    world.on(leader, |core, now| core.act(now, note(10, "to"))).unwrap();
    world.on(leader, |core, now| core.act(now, Step::SetFocus(Focus { tool: id(1), field: None }))).unwrap();
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
    let title = |core: &mut Core, now| core.act(now, Step::SetTitle("Nej".into()));
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
    world.on(phone, |core, now| core.handle(now, Input::Line(LineInput::Frame(&frame))));
    assert_eq!(world.show(phone).delivery.line, Line::Closed("deleted".into()));
    assert_eq!(texts(&mut world, phone), ["et"]);
}
