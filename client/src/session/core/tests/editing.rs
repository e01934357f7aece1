//! Texts, undo and drafts.

use shared::access::Role;
use shared::documents::board::Mark;
use shared::documents::text::TextTarget;

use super::super::super::action::{ActionError, ActionLabel};
use super::super::super::records::Store;
use super::super::super::step::Step;
use super::super::Input;
use super::delivery::{id, key, note, texts, workshop};
use super::world::{World, secret};

fn field() -> TextTarget {
    TextTarget::Field(key())
}

/// Types a word letter by letter, as a field does.
fn type_word(world: &mut World, phone: usize, at: usize, word: &str) {
    for (place, letter) in word.chars().enumerate() {
        let shown = world.on(phone, |core, _| core.text_state(&field()));
        world
            .on(phone, |core, now| core.splice(now, &field(), &shown.heads, at + place, 0, &letter.to_string()))
            .unwrap();
        world.pass(100);
    }
}

fn text(world: &mut World, phone: usize) -> String {
    world.on(phone, |core, _| core.text_state(&field()).text)
}

#[test]
fn typing_is_one_thing_done_until_there_is_a_pause() {
    let (mut world, _) = workshop();
    let phone = world.device(Role::Participant);
    world.pass(200);
    type_word(&mut world, phone, 0, "hej");
    assert_eq!(world.counts(phone), [0, 0, 0, 1]);
    world.pass(2_000);
    type_word(&mut world, phone, 3, " du");
    assert_eq!(world.counts(phone), [0, 0, 0, 2]);
    assert_eq!(world.on(phone, |core, now| core.undo(now)), Ok(Some(ActionLabel::Text)));
    assert_eq!(text(&mut world, phone), "hej");
    world.on(phone, |core, now| core.redo(now)).unwrap();
    assert_eq!(text(&mut world, phone), "hej du");
    world.on(phone, |core, now| core.undo(now)).unwrap();
    world.on(phone, |core, now| core.undo(now)).unwrap();
    assert_eq!(text(&mut world, phone), "");
    assert_eq!(world.on(phone, |core, now| core.undo(now)), Ok(None));
}

#[test]
fn undo_leaves_what_others_wrote_meanwhile() {
    let (mut world, leader) = workshop();
    let phone = world.device(Role::Participant);
    world.pass(200);
    type_word(&mut world, phone, 0, "mit");
    type_word(&mut world, leader, 3, " dit");
    assert_eq!(text(&mut world, phone), "mit dit");
    world.on(phone, |core, now| core.undo(now)).unwrap();
    assert_eq!(text(&mut world, phone), " dit");
    assert_eq!(text(&mut world, leader), " dit");
    assert_eq!(world.on(leader, |core, now| core.undo(now)), Ok(Some(ActionLabel::Text)));
    assert_eq!(text(&mut world, phone), "");
}

#[test]
fn a_cursor_is_carried_over_what_others_write() {
    let (mut world, leader) = workshop();
    let phone = world.device(Role::Participant);
    world.pass(200);
    type_word(&mut world, phone, 0, "natten");
    let shown = world.on(phone, |core, _| core.text_state(&field()));
    type_word(&mut world, leader, 0, "Om ");
    assert_eq!(world.on(phone, |core, _| core.map_offset(&field(), 3, &shown.heads)), 6);
}

#[test]
fn a_text_that_is_too_long_is_refused_whole() {
    let (mut world, _) = workshop();
    let phone = world.device(Role::Participant);
    world.pass(200);
    type_word(&mut world, phone, 0, "hej");
    let shown = world.on(phone, |core, _| core.text_state(&field()));
    let pasted = "x".repeat(100_000);
    let refused = world.on(phone, |core, now| core.splice(now, &field(), &shown.heads, 3, 0, &pasted));
    assert!(matches!(refused, Err(ActionError::TooLong(_))));
    assert_eq!(text(&mut world, phone), "hej");
}

#[test]
fn undo_takes_a_note_off_the_board_and_redo_puts_it_back() {
    let (mut world, leader) = workshop();
    let phone = world.device(Role::Participant);
    world.pass(200);
    world.on(phone, |core, now| core.act(now, note(9, "et"))).unwrap();
    assert_eq!(world.show(phone).can_undo, Some(ActionLabel::Note));
    world.on(phone, |core, now| core.undo(now)).unwrap();
    assert!(texts(&mut world, leader).is_empty());
    assert_eq!(world.show(phone).can_redo, Some(ActionLabel::Note));
    world.on(phone, |core, now| core.redo(now)).unwrap();
    assert_eq!(texts(&mut world, leader), ["et"]);
    world.on(phone, |core, now| core.act(now, Step::RemoveNote { target: id(9) })).unwrap();
    assert_eq!(world.show(phone).can_redo, None);
    world.on(phone, |core, now| core.undo(now)).unwrap();
    assert_eq!(texts(&mut world, leader), ["et"]);
}

#[test]
fn a_draft_longer_than_any_text_of_a_board_survives_a_restart_and_becomes_short_again() {
    let (mut world, _) = workshop();
    let phone = world.device(Role::Participant);
    world.pass(200);
    let long = "Vi taler om det i morgen. ".repeat(4_000);
    world.on(phone, |core, now| core.set_draft(now, "levels.now/3", &long));
    let disk = world.phones[phone].disk.clone();
    let again = world.tab(Role::Participant, &disk);
    assert_eq!(world.on(again, |core, _| core.draft("levels.now/3")), long);
    world.on(again, |core, now| core.set_draft(now, "levels.now/3", "kort"));
    let third = world.tab(Role::Participant, &disk);
    assert_eq!(world.on(third, |core, _| core.draft("levels.now/3")), "kort");
    let workshop = secret().identity().workshop_id().to_string();
    let records = disk.read(Store::Workshops, &workshop);
    assert!(!records.iter().any(|record| record.key[1].starts_with("draft")), "nothing of the long one is left");
}

#[test]
fn a_tab_that_is_loaded_anew_writes_for_whom_it_wrote_before_and_for_nobody_elses_person() {
    let (mut world, _) = workshop();
    let phone = world.device(Role::Participant);
    world.pass(200);
    let owner = world.on(phone, |core, now| core.join(now, Some("Amina"), Mark::new(1))).unwrap();
    let companion = world.on(phone, |core, now| core.join(now, Some("Else"), Mark::new(2))).unwrap();
    let disk = world.phones[phone].disk.clone();
    for (before, then) in [(None, owner), (Some(companion), companion), (Some(id(99)), owner)] {
        let again = world.tab_that_wrote_for(Role::Participant, &disk, before);
        assert_eq!(world.show(again).me, Some(then), "{before:?}");
    }
}

#[test]
fn a_draft_survives_a_restart_and_is_nobody_elses() {
    let (mut world, leader) = workshop();
    let phone = world.device(Role::Participant);
    world.pass(200);
    for length in 1..=5 {
        world.on(phone, |core, now| core.set_draft(now, "levels.now/3", &"natte"[..length]));
    }
    assert_eq!(world.on(phone, |core, _| core.draft("levels.now/3")), "natte");
    world.on(phone, |core, now| core.handle(now, Input::Hiding));
    let disk = world.phones[phone].disk.clone();
    let again = world.tab(Role::Participant, &disk);
    assert_eq!(world.on(again, |core, _| core.draft("levels.now/3")), "natte");
    assert_eq!(world.on(leader, |core, _| core.draft("levels.now/3")), "");
    world.on(again, |core, now| core.set_draft(now, "levels.now/3", ""));
    assert_eq!(world.on(again, |core, _| core.draft("levels.now/3")), "");
    assert_eq!(world.counts(again)[3], 0, "a draft is not something done on the board");
}

#[test]
fn a_note_in_writing_is_its_writers_and_stays_where_it_was_begun() {
    let (mut world, _) = workshop();
    let phone = world.device(Role::Participant);
    world.pass(200);
    let me = world.on(phone, |core, now| core.join(now, Some("Bo"), Mark::new(1))).unwrap();
    let begin = |world: &mut World, level| world.on(phone, |core, _| core.begin_note(&key(), level));
    let read = |world: &mut World, level| {
        let draft = begin(world, level);
        world.on(phone, |core, _| core.draft(&draft.key()))
    };
    let draft = begin(&mut world, Some(3));
    world.on(phone, |core, now| core.set_draft(now, &draft.key(), "mine ord"));
    world.on(phone, |core, now| core.join(now, Some("Else"), Mark::new(2))).unwrap();
    assert_eq!(read(&mut world, Some(3)), "", "the phone was handed on");
    // Who goes on writing in the open sheet writes for whom it was begun.
    world.on(phone, |core, now| core.set_draft(now, &draft.key(), "mine egne ord"));
    let added = draft.note(7, " mine egne ord ");
    assert_eq!((added.author, added.level, added.text.as_str()), (Some(me), Some(3), "mine egne ord"));
    world.on(phone, |core, now| core.write_for(now, me));
    assert_eq!((read(&mut world, Some(3)), read(&mut world, Some(4))), ("mine egne ord".to_owned(), String::new()));
}
