//! Tabs, roles and signals.

use automerge::transaction::Transactable;
use automerge::{ActorId, Automerge};
use shared::access::Role;
use shared::documents::Kind;
use shared::documents::board::Mark;
use shared::presence::Signal;
use shared::sync::Millis;
use shared::sync::document_sync::Input as DocumentInput;
use shared::sync::message::{Refused, RefusedReason};

use super::super::super::line::{LineInput, Way};
use super::super::super::records::Store;
use super::super::super::step::{JudgeStep, Step};
use super::super::super::tab_message::TabMessage;
use super::super::{Input, Output, WriteId};
use super::delivery::{id, note, texts, workshop};

#[test]
fn two_tabs_of_one_device_agree_without_a_network() {
    let (mut world, leader) = workshop();
    let first = world.device(Role::Participant);
    world.pass(200);
    let disk = world.phones[first].disk.clone();
    let second = world.tab(Role::Participant, &disk);
    world.pass(200);
    world.set_online(first, false);
    world.set_online(second, false);
    world.on(first, |core, now| core.join(now, Some("Bo"), Mark::new(1))).unwrap();
    world.on(first, |core, now| core.act(now, note(9, "fra den ene"))).unwrap();
    world.on(second, |core, now| core.act(now, note(10, "fra den anden"))).unwrap();
    for tab in [first, second] {
        assert_eq!(texts(&mut world, tab), ["fra den ene", "fra den anden"]);
        assert_eq!(world.counts(tab), [0, 3, 0, 0]);
        assert_eq!(world.show(tab).own.len(), 1);
    }
    // One of them brings home what both did, and both know it.
    world.set_online(second, true);
    assert_eq!(texts(&mut world, leader).len(), 2);
    assert_eq!(world.counts(second), [0, 0, 0, 3]);
    assert_eq!(world.counts(first), [0, 0, 0, 3]);
}

#[test]
fn what_another_tab_made_is_neither_told_again_nor_waits_again() {
    let (mut world, _) = workshop();
    let first = world.device(Role::Participant);
    world.set_online(first, false);
    let disk = world.phones[first].disk.clone();
    let second = world.tab(Role::Participant, &disk);
    world.phones[second].is_online = false;
    world.pass(200);

    // What the first tab tells is kept from the second until it is received.
    let now = world.now();
    let core = &mut world.phones[first].core;
    core.act(now, note(9, "et")).unwrap();
    let mut told = Vec::new();
    for output in core.take_outputs() {
        let Output::Write { write, writes } = output else { continue };
        disk.write(&writes);
        core.handle(now, Input::Written { write, kept: true });
    }
    for output in core.take_outputs() {
        if let Output::Tell(bytes) = output {
            told.push(bytes);
        }
    }
    world.phones[first].is_online = true;
    let second_core = &mut world.phones[second].core;
    for bytes in &told {
        second_core.handle(now, Input::Tab(bytes));
    }
    let outputs = second_core.take_outputs();
    assert!(!outputs.is_empty());
    for output in outputs {
        let Output::Write { write, writes } = output else { panic!("{output:?}") };
        assert!(writes.iter().all(|write| write.store() != Store::Outbox), "{writes:?}");
        second_core.handle(now, Input::Written { write, kept: true });
    }
    assert!(!second_core.take_outputs().iter().any(|output| matches!(output, Output::Tell(_))));
    assert_eq!(world.counts(second), [0, 1, 0, 0]);
    world.set_online(first, true);
    assert_eq!((world.counts(first), world.counts(second)), ([0, 0, 0, 1], [0, 0, 0, 1]));
}

#[test]
fn what_was_deleted_from_the_device_is_not_written_back() {
    let (mut world, _) = workshop();
    let phone = world.device(Role::Participant);
    world.pass(200);
    let now = world.now();
    let core = &mut world.phones[phone].core;
    core.set_draft(now, "x", "a");
    core.act(now, note(9, "et")).unwrap();
    core.handle(now, Input::Tab(&TabMessage::Forgotten.to_bytes()));
    let hung_up = [Way::Websocket, Way::Http].map(Output::HangUp);
    assert_eq!(core.take_outputs(), [&hung_up[..], &[Output::Forgotten]].concat());
    core.act(now, note(10, "to")).unwrap();
    core.set_draft(now, "x", "ab");
    for input in [Input::Hiding, Input::Leaving, Input::Tick, Input::Line(LineInput::TryNow)] {
        core.handle(now, input);
    }
    core.handle(now, Input::Written { write: WriteId(0), kept: false });
    assert_eq!(core.take_outputs(), []);
    assert_eq!(core.next_deadline(), None);
}

#[test]
fn many_chunks_become_one_and_hold_the_same() {
    let (mut world, _) = workshop();
    let phone = world.device(Role::Participant);
    world.pass(200);
    for n in 0..250 {
        world.on(phone, |core, now| core.act(now, note(n, &n.to_string()))).unwrap();
    }
    let (disk, board) = (world.phones[phone].disk.clone(), world.phones[phone].core.board.id.to_string());
    world.phones.truncate(phone);
    assert!(disk.read(Store::Chunks, &board).len() >= 250);
    let again = world.tab(Role::Participant, &disk);
    let before = texts(&mut world, again);
    world.pass(3_500);
    assert_eq!(disk.read(Store::Chunks, &board).len(), 1);
    world.phones.truncate(again);
    let last = world.tab(Role::Participant, &disk);
    assert_eq!((texts(&mut world, last), before.len()), (before, 250));
}

#[test]
fn a_change_forged_under_our_actor_costs_nobody_their_words() {
    let (mut world, leader) = workshop();
    let phone = world.device(Role::Participant);
    world.pass(200);
    world.on(phone, |core, now| core.act(now, note(9, "først"))).unwrap();
    world.set_online(phone, false);
    world.on(phone, |core, now| core.act(now, note(10, "mine ord"))).unwrap();

    // Somebody who may write the board makes the next change of the phone's actor.
    let actor: ActorId = world.phones[phone].core.board.doc().get_actor().clone();
    let mut forged: Automerge = world.relay.document(Kind::Board).doc().clone().with_actor(actor);
    shared::documents::board::place(&mut forged, &super::delivery::key(), Some(5)).unwrap();
    stand_on_relay(&mut world, &mut forged);

    world.set_online(phone, true);
    world.pass(2_000);
    assert_eq!(texts(&mut world, leader), ["først", "mine ord"]);
    assert_eq!(world.counts(phone), [0, 0, 0, 2]);
    assert_eq!(world.show(phone).board.marks.len(), 1, "the forged change is on the board like any other");

    let disk = world.phones[phone].disk.clone();
    world.phones.truncate(phone);
    let again = world.tab(Role::Participant, &disk);
    world.pass(2_000);
    assert_eq!(texts(&mut world, again), ["først", "mine ord"], "what was refused does not come back");
    assert_eq!(world.counts(again), [0, 0, 0, 2]);
}

#[test]
fn what_the_board_did_not_take_stays_through_a_restart_and_is_said_again_when_its_writer_asks() {
    let (mut world, leader) = workshop();
    let phone = world.device(Role::Participant);
    world.pass(200);
    world.set_online(phone, false);
    world.on(phone, |core, now| core.act(now, note(9, "mine ord"))).unwrap();
    let hashes = world.phones[phone].core.board.doc().get_heads();
    let document = world.phones[phone].core.board.id;
    let refused = Refused { document, hashes: hashes.clone(), reason: RefusedReason::Invalid };
    world.on(phone, |core, _| core.hear_refused(&refused));
    let disk = world.phones[phone].disk.clone();
    world.phones.truncate(phone);
    let again = world.tab(Role::Participant, &disk);
    world.phones[again].is_online = false;
    assert_eq!(world.progress(again).refused_for(&id(9).to_string()), Some("invalid"));
    assert_eq!(world.progress(again).delivery.refused, 1);

    world.on(again, |core, _| core.say_again());
    assert_eq!((world.progress(again).delivery.refused, world.counts(again)), (0, [0, 1, 0, 0]));
    world.set_online(again, true);
    world.pass(2_000);
    assert_eq!(world.counts(again), [0, 0, 0, 1]);
    assert_eq!(texts(&mut world, leader), ["mine ord"]);
    assert!(
        world.relay.document(Kind::Board).doc().get_change_meta_by_hash(&hashes[0]).is_none(),
        "it is another change"
    );
}

/// Merges what somebody forged into the relay's board, as stored.
fn stand_on_relay(world: &mut super::world::World, forged: &mut Automerge) {
    let board = world.relay.document(Kind::Board);
    let ((), outputs) = board.edit(Millis(0), |doc| {
        doc.merge(forged).unwrap();
    });
    for output in outputs {
        if let shared::sync::document_sync::Output::Store { batch, .. } = output {
            board.handle(Millis(0), DocumentInput::Stored { batch });
        }
    }
}

#[test]
fn a_genesis_forged_at_an_empty_relay_hides_nothing_on_a_phone() {
    let (mut world, _) = workshop();
    let phone = world.device(Role::Participant);
    world.pass(200);
    world.on(phone, |core, now| core.act(now, note(9, "et"))).unwrap();
    world.wipe_relay();
    let genesis = shared::documents::board::genesis();
    let mut forged = Automerge::new().with_actor(genesis.get_actor().clone());
    forged.transact::<_, _, automerge::AutomergeError>(|tx| tx.put(automerge::ROOT, "x", 1)).unwrap();
    stand_on_relay(&mut world, &mut forged);
    world.set_online(phone, true);
    world.pass(2_000);
    world.on(phone, |core, now| core.act(now, note(10, "to"))).unwrap();
    assert_eq!(texts(&mut world, phone), ["et", "to"]);
}

#[test]
fn a_projector_shows_the_way_in_while_a_facilitator_shows_it() {
    let (mut world, leader) = workshop();
    let wall = world.device(Role::Projector);
    world.pass(200);
    world.on(leader, |core, now| core.invite(now, true)).unwrap();
    let link = world.show(wall).invitation.clone().unwrap();
    let invited = shared::access::link::parse(&link).unwrap();
    assert_eq!(invited.role, Role::Participant);
    world.on(leader, |core, now| core.invite(now, false)).unwrap();
    assert_eq!(world.show(wall).invitation, None);
}

#[test]
fn the_way_in_goes_with_the_facilitator_who_showed_it_and_with_nobody_else() {
    let (mut world, leader) = workshop();
    let (wall, phone) = (world.device(Role::Projector), world.device(Role::Participant));
    world.pass(200);
    world.on(leader, |core, now| core.invite(now, true)).unwrap();
    let off = Signal::Invitation { participant: None };
    world.on(phone, |core, now| core.signal(now, &off));
    world.on(phone, |core, now| core.handle(now, Input::Leaving));
    assert!(world.show(wall).invitation.is_some(), "a participant does not take it away");
    world.pass(60_000);
    assert!(world.show(wall).invitation.is_some(), "it is said again as long as it is shown");
    world.on(leader, |core, now| core.handle(now, Input::Leaving));
    assert_eq!(world.show(wall).invitation, None);
    world.on(leader, |core, now| core.invite(now, false)).unwrap();

    // The next facilitator's device dies without a word.
    let second = world.device(Role::Facilitator);
    world.pass(200);
    world.on(second, |core, now| core.invite(now, true)).unwrap();
    world.set_online(second, false);
    world.pass(30_000);
    assert!(world.show(wall).invitation.is_some());
    world.pass(15_000);
    assert_eq!(world.show(wall).invitation, None);
}

#[test]
fn others_are_seen_while_they_are_here() {
    let (mut world, leader) = workshop();
    let phone = world.device(Role::Participant);
    world.pass(200);
    world.on(phone, |core, now| core.join(now, Some("Bo"), Mark::new(1))).unwrap();
    let me = world.show(phone).me;
    assert_eq!(world.show(leader).presence.first().map(|seen| seen.person), Some(me));
    world.set_online(phone, false);
    world.pass(60_000);
    assert!(world.show(leader).presence.is_empty());
    world.set_online(phone, true);
    assert_eq!(world.show(leader).presence.len(), 1);
    world.on(phone, |core, now| core.handle(now, Input::Leaving));
    assert!(world.show(leader).presence.is_empty(), "who leaves says so");
}

#[test]
fn a_facilitator_who_comes_late_sees_at_once_who_is_here_and_a_late_projector_the_way_in() {
    let (mut world, leader) = workshop();
    let phone = world.device(Role::Participant);
    world.pass(200);
    world.on(leader, |core, now| core.invite(now, true)).unwrap();
    let second = world.device(Role::Facilitator);
    let wall = world.device(Role::Projector);
    world.pass(1_500);
    let roles: Vec<Role> = world.show(second).presence.iter().map(|seen| seen.role).collect();
    assert!(roles.contains(&Role::Participant) && roles.contains(&Role::Facilitator), "{roles:?}");
    assert!(world.show(wall).invitation.is_some());
    assert!(world.show(phone).presence.len() >= 2);
}

#[test]
fn a_companion_is_a_person_of_their_own() {
    let (mut world, _) = workshop();
    let phone = world.device(Role::Participant);
    world.pass(200);
    let me = world.on(phone, |core, now| core.join(now, Some("Bo"), Mark::new(1))).unwrap();
    let beside = world.on(phone, |core, now| core.join(now, Some("Else"), Mark::new(2))).unwrap();
    assert_eq!(world.show(phone).me, Some(beside));
    world.on(phone, |core, now| core.write_for(now, id(77)));
    assert_eq!(world.show(phone).me, Some(beside), "nobody writes for a stranger");
    world.on(phone, |core, now| core.write_for(now, me));
    assert_eq!(world.show(phone).me, Some(me));

    let disk = world.phones[phone].disk.clone();
    let again = world.tab(Role::Participant, &disk);
    assert_eq!(world.show(again).me, Some(me), "after a restart the device writes for its owner");
    assert_eq!(world.show(again).own.len(), 2);
}

#[test]
fn two_facilitators_who_decided_apart_are_both_shown_and_one_settles_it() {
    let (mut world, leader) = workshop();
    let second = world.device(Role::Facilitator);
    world.pass(2_000);
    world.set_online(leader, false);
    world.set_online(second, false);
    let decide = |level| Step::later(JudgeStep::Decide { key: super::delivery::key(), level });
    world.on(leader, |core, now| core.act(now, decide(2))).unwrap();
    world.on(second, |core, now| core.act(now, decide(4))).unwrap();
    world.set_online(leader, true);
    world.set_online(second, true);
    let decisions = |world: &mut super::world::World, phone| {
        world.show(phone).control.decisions[&super::delivery::key()].values().len()
    };
    assert_eq!((decisions(&mut world, leader), decisions(&mut world, second)), (2, 2));
    world.on(second, |core, now| core.act(now, decide(3))).unwrap();
    assert_eq!((decisions(&mut world, leader), decisions(&mut world, second)), (1, 1));
}
