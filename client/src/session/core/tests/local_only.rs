//! What somebody fills in alone, with no workshop: it has no line, and nothing of it is sent.

use shared::access::{Role, WorkshopId};
use shared::content::{Audience, Language};
use shared::documents::Kind;
use shared::documents::board::Mark;
use shared::documents::text::TextTarget;
use shared::sync::Millis;

use super::super::super::delivery::{Line, Waiting};
use super::super::super::device::local_only::make;
use super::super::super::line::{LineInput, Way};
use super::super::super::records::{Record, Store, WorkshopRecord, Write};
use super::super::super::step::{LeadStep, Step};
use super::super::{Core, Input, Moment, Output};
use super::alone::{alone, steps};
use super::delivery::{id, key, note};
use super::world::{Disk, World, secret};
use crate::library::search::tests::tool;

/// A device on which a tool was taken to fill in alone, and what it was called.
fn taken() -> (World, Disk, WorkshopId) {
    let mut number = 0;
    let random = || {
        number += 1;
        [number; 16]
    };
    let tool = tool("E1", ["Kurven", "The curve"], ["", ""]);
    assert_eq!(tool.audience, Audience::Group);
    let (workshop, writes) = make(["Kurven", "Mig"], Language::Danish, &tool, 5, random).unwrap();
    let disk = Disk::default();
    assert!(disk.write(&writes));
    (World::new(), disk, workshop)
}

/// Everything that a person and a browser may do to it.
fn everything(core: &mut Core, now: Moment) {
    let me = core.me.unwrap();
    for step in steps(me) {
        core.act(now, alone(step)).unwrap();
    }
    core.act(now, note(9, "på tavlen")).unwrap();
    let tool = core.control_view.tools[0].id;
    core.act(now, Step::later(LeadStep::BeginRound { id: id(77), tool })).unwrap();
    core.splice(now, &TextTarget::Field(key()), &[], 0, 0, "ord").unwrap();
    core.set_draft(now, "a/place", "kladde");
    core.join(now, Some("Else"), Mark::new(2)).unwrap();
    core.set_position(now, Some("a/step".into()));
    core.undo(now).unwrap();
    core.redo(now).unwrap();
    core.say_again();
    for way in [Way::Websocket, Way::Http] {
        core.handle(now, Input::Line(LineInput::Opened(way)));
        core.handle(now, Input::Line(LineInput::Frame(way, b"frame")));
        core.handle(now, Input::Line(LineInput::Closed(way)));
    }
    core.handle(now, Input::Line(LineInput::TryNow));
    core.handle(now, Input::Hiding);
    core.handle(now, Input::Leaving);
}

#[test]
fn whatever_happens_it_is_written_on_the_device_and_nowhere_else() {
    let (mut world, disk, workshop) = taken();
    let tab = world.tab_alone(workshop, &disk);
    let mut now = world.now();
    let core = &mut world.phones[tab].core;
    everything(core, now);
    for _ in 0..100 {
        // Each transaction fails, and is tried again, for as long as there is something to wait for.
        for output in core.take_outputs() {
            match output {
                Output::Write { write, writes } => {
                    assert!(writes.iter().all(|write| write.store() != Store::Outbox));
                    core.handle(now, Input::Written { write, kept: now.steady > Millis(20_000) });
                }
                Output::Tell(_) => {}
                other => panic!("{other:?}"),
            }
        }
        now = Moment { steady: now.steady + Millis(1_000), wall: now.wall + 1_000 };
        core.handle(now, Input::Tick);
        core.handle(now, Input::Line(LineInput::TryNow));
    }
    let shown = core.shown(now);
    assert!(shown.snapshot.is_local_only);
    assert_eq!((&shown.progress.delivery.line, shown.progress.delivery.outstanding()), (&Line::LocalOnly, 0));
    assert_eq!(shown.progress.waiting_for(&id(9).to_string()), None::<Waiting>);
    for role in Role::ALL {
        assert_eq!(core.link(role), None, "{role:?}");
    }
    assert_eq!(core.shown(now).snapshot.invitation, None);
}

#[test]
fn it_is_there_after_a_restart_and_in_another_tab_with_its_owner_and_its_tool() {
    let (mut world, disk, workshop) = taken();
    let tab = world.tab_alone(workshop, &disk);
    let empty = world.show(tab);
    let me = empty.me.unwrap();
    assert!(empty.is_own(&me) && empty.can_write() && !empty.is_facilitator());
    assert_eq!(empty.board.people[&me].name.as_deref(), Some("Mig"));
    let tools: Vec<_> =
        empty.control.tools.iter().map(|instance| (instance.tool.id.as_str(), instance.tool.audience)).collect();
    assert_eq!(tools, [("E1", Audience::Own)]);

    let other = world.tab_alone(workshop, &disk);
    world.on(tab, everything);
    let done = world.show(tab);
    assert!(!done.own_board.notes.is_empty());
    assert_eq!(done.control.rounds.get(&done.control.tools[0].id).map(Vec::len), Some(1));
    assert_eq!(world.show(other).own_board, done.own_board);
    let again = world.tab_alone(workshop, &disk);
    assert_eq!(world.show(again).own_board, done.own_board);
    assert_eq!((world.show(again).board.clone(), world.show(again).me), (done.board.clone(), Some(me)));
    for kind in [Kind::Control, Kind::Board] {
        assert!(disk.read(Store::Outbox, &workshop.document(kind).to_string()).is_empty());
    }
}

#[test]
fn a_link_that_is_opened_for_it_changes_nothing() {
    let (mut world, disk, workshop) = taken();
    let link = shared::access::Capability { workshop, ..secret().capability(Role::Facilitator) };
    assert!(disk.write(&[WorkshopRecord::write_capability(&link)]));
    let tab = world.tab_alone(workshop, &disk);
    world.on(tab, everything);
    assert_eq!(world.show(tab).role, Role::Participant);
    assert_eq!(world.progress(tab).delivery.line, Line::LocalOnly);
}

#[test]
fn no_secret_of_it_is_kept() {
    let (_, disk, workshop) = taken();
    let fields: Vec<String> = disk
        .read(Store::Workshops, &workshop.to_string())
        .into_iter()
        .map(|Record { mut key, .. }| key.pop().unwrap())
        .collect();
    assert_eq!(fields, ["local-only", "me", "opened", "title"]);
    let writes =
        Write::forget(workshop, &[Kind::Control, Kind::Board, Kind::Notebook].map(|kind| workshop.document(kind)));
    assert!(disk.write(&writes));
    assert!(disk.read(Store::Workshops, &workshop.to_string()).is_empty());
    assert!(disk.read(Store::Chunks, &workshop.document(Kind::Notebook).to_string()).is_empty());
}
