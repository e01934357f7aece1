use automerge::transaction::Transactable;
use automerge::{ActorId, ObjType, ROOT};

use super::super::super::text::{TextTarget, splice};
use super::super::super::{EntryId, FieldId};
use super::super::*;
use super::*;

fn id(n: u8) -> EntryId {
    EntryId::from_random([n; 16])
}

fn board(actor: u8) -> Automerge {
    genesis().with_actor(ActorId::from([actor; 16]))
}

fn note(text: &str) -> NewNote {
    let place = AnswerKey::shared(id(1), FieldId::new("levels", "now"));
    NewNote { place, level: Some(3), author: Some(id(2)), at: 1_700_000_000_000, text: text.to_owned() }
}

#[test]
fn a_note_reads_back_as_it_was_written() {
    let mut doc = board(1);
    add_note(&mut doc, id(9), &note("Vi mangler en makker om natten")).unwrap();
    let view = BoardView::read(&doc);
    let found = &view.notes[&id(9)];
    assert_eq!((found.text.as_str(), found.level), ("Vi mangler en makker om natten", Some(3)));
    assert_eq!((found.author, view.skipped()), (Some(id(2)), 0));
}

#[test]
fn a_removed_note_survives_an_edit_that_the_remover_had_not_seen() {
    let mut here = board(1);
    add_note(&mut here, id(9), &note("en")).unwrap();
    let mut there = board(2);
    there.merge(&mut here).unwrap();
    remove(&mut here, id(7), id(9), None, 5, "").unwrap();
    assert!(BoardView::read(&here).notes.is_empty());
    let text = TextTarget::Note(id(9)).find(&there).unwrap();
    splice(&mut there, &text, None, 2, 0, " mere", 2000).unwrap();
    here.merge(&mut there).unwrap();
    let view = BoardView::read(&here);
    assert_eq!(view.notes[&id(9)].text, "en mere");
    assert!(view.notes[&id(9)].outlived_removal);
    remove(&mut here, id(8), id(9), None, 6, "").unwrap();
    assert!(BoardView::read(&here).notes.is_empty(), "one who saw the edit may remove it");
}

#[test]
fn a_removal_taken_back_brings_the_note_back() {
    let mut doc = board(1);
    add_note(&mut doc, id(9), &note("en")).unwrap();
    remove(&mut doc, id(7), id(9), None, 5, "").unwrap();
    take_back_removal(&mut doc, id(7)).unwrap();
    assert!(BoardView::read(&doc).notes.contains_key(&id(9)));
}

#[test]
fn what_does_not_fit_the_schema_is_counted_and_the_rest_is_still_there() {
    let mut doc = board(1);
    add_note(&mut doc, id(9), &note("en")).unwrap();
    let notes = read::container(&doc, Kind::Board, "notes").unwrap();
    let marks = read::container(&doc, Kind::Board, "marks").unwrap();
    let mut transaction = doc.transaction();
    transaction.put(&notes, "not an id", "nonsense").unwrap();
    transaction.put_object(&notes, id(4).to_string(), ObjType::List).unwrap();
    transaction.put(&marks, AnswerKey::personal(id(1), FieldId::new("a", "b"), id(2)).to_string(), "five").unwrap();
    transaction.commit();
    let view = BoardView::read(&doc);
    assert_eq!((view.notes.len(), view.skipped()), (1, 3));
}

#[test]
fn what_somebody_writes_over_in_the_root_hides_nobodys_words() {
    let mut doc = board(1);
    add_person(&mut doc, id(2), Some("Amina"), Mark::new(3)).unwrap();
    add_note(&mut doc, id(9), &note("en")).unwrap();
    let before = BoardView::read(&doc);
    let mut hostile = doc.fork().with_actor(ActorId::from([9; 16]));
    let mut transaction = hostile.transaction();
    transaction.put(ROOT, "notes", 0).unwrap();
    transaction.put_object(ROOT, "people", ObjType::Map).unwrap();
    transaction.delete(ROOT, "marks").unwrap();
    transaction.put(ROOT, "schema", 99).unwrap();
    transaction.put(ROOT, "kind", "control").unwrap();
    transaction.commit();
    doc.merge(&mut hostile).unwrap();
    let mut doc = Automerge::load(&doc.save()).unwrap().with_actor(ActorId::from([3; 16]));
    assert_eq!(BoardView::read(&doc), before);
    assert_eq!(schema(&doc), Schema::Current);
    add_note(&mut doc, id(8), &note("to")).unwrap();
    let key = AnswerKey::personal(id(1), FieldId::new("levels", "now"), id(2));
    place(&mut doc, &key, Some(4)).unwrap();
    let field = TextTarget::Field(key.clone());
    let text = field.ensure(&mut doc).unwrap();
    splice(&mut doc, &text, None, 0, 0, "ord", 2000).unwrap();
    let view = BoardView::read(&Automerge::load(&doc.save()).unwrap());
    assert_eq!((view.notes.len(), view.people.len(), view.skipped()), (2, 1, 0));
    assert_eq!((view.marks[&key].settled(), view.texts[&key].as_str()), (Some(&4), "ord"));
}

/// Applies what `step` does by another device, and says what it touched.
fn follow(doc: &mut Automerge, step: impl FnOnce(&mut Automerge)) -> Touched {
    let mut ahead = doc.fork().with_actor(ActorId::from([2; 16]));
    let before = doc.get_heads();
    step(&mut ahead);
    let mut touched = Touched::default();
    for change in ahead.get_changes(&before) {
        doc.apply_changes([change.clone()]).unwrap();
        touched.merge(Touched::by(doc, &change));
    }
    touched
}

#[test]
fn what_a_stock_peer_deletes_is_gone_at_once_and_nonsense_no_longer_counts() {
    let mut doc = board(1);
    let key = AnswerKey::personal(id(1), FieldId::new("levels", "now"), id(2));
    add_person(&mut doc, id(2), Some("Amina"), Mark::new(3)).unwrap();
    add_note(&mut doc, id(9), &note("en")).unwrap();
    add_note(&mut doc, id(8), &note("to")).unwrap();
    remove(&mut doc, id(7), id(8), None, 5, "").unwrap();
    place(&mut doc, &key, Some(3)).unwrap();
    set_register(&mut doc, &key, &Stamped { value: "P6M".into(), by: None, at: 1 }).unwrap();
    let text = TextTarget::Field(key.clone()).ensure(&mut doc).unwrap();
    splice(&mut doc, &text, None, 0, 0, "ord", 2000).unwrap();
    let notes = read::container(&doc, Kind::Board, "notes").unwrap();
    let mut transaction = doc.transaction();
    transaction.put(&notes, id(4).to_string(), "nonsense").unwrap();
    transaction.commit();

    let mut view = BoardView::read(&doc);
    assert_eq!(view.skipped(), 1);
    let key = key.to_string();
    let entries = [
        ("people", id(2).to_string()),
        ("notes", id(9).to_string()),
        ("notes", id(8).to_string()),
        ("notes", id(4).to_string()),
        ("marks", key.clone()),
        ("registers", key.clone()),
        ("texts", key),
    ];
    for (container, key) in entries {
        let object = read::container(&doc, Kind::Board, container).unwrap();
        let touched = follow(&mut doc, |doc| {
            let mut transaction = doc.transaction();
            transaction.delete(&object, key.as_str()).unwrap();
            transaction.commit();
        });
        view.update(&doc, &touched);
        assert_eq!(view, BoardView::read(&doc), "{container}");
    }
    assert!(view.people.is_empty() && view.notes.is_empty() && view.removed_notes.is_empty());
    assert!(view.marks.is_empty() && view.registers.is_empty() && view.texts.is_empty());
    assert_eq!(view.skipped(), 0);
}

#[test]
fn writes_in_the_root_touch_nothing_that_is_read() {
    let mut doc = board(1);
    add_note(&mut doc, id(9), &note("en")).unwrap();
    let touched = follow(&mut doc, |doc| {
        let mut transaction = doc.transaction();
        let own = transaction.put_object(ROOT, "notes", ObjType::Map).unwrap();
        transaction.put(&own, id(9).to_string(), "en anden").unwrap();
        transaction.commit();
    });
    assert_eq!(touched, Touched::default());
    let touched = follow(&mut doc, |doc| add_note(doc, id(8), &note("to")).unwrap());
    assert_eq!(touched.entries.into_iter().collect::<Vec<_>>(), [("notes".to_owned(), id(8).to_string())]);
}

#[test]
fn a_person_removed_as_left_behind_stays_with_what_they_did_while_apart() {
    let key = AnswerKey::personal(id(1), FieldId::new("levels", "now"), id(2));
    type Step<'a> = Box<dyn Fn(&mut Automerge) + 'a>;
    let apart: [Step<'_>; 3] = [
        Box::new(|doc| place(doc, &key, Some(4)).unwrap()),
        Box::new(|doc| set_name(doc, id(2), Some("Amina")).unwrap()),
        Box::new(|doc| set_mark(doc, id(2), Mark::new(9)).unwrap()),
    ];
    for step in apart {
        let mut here = board(1);
        add_person(&mut here, id(2), None, Mark::new(3)).unwrap();
        place(&mut here, &key, Some(2)).unwrap();
        let mut there = here.fork().with_actor(ActorId::from([2; 16]));
        remove(&mut here, id(7), id(2), None, 5, "").unwrap();
        let mut view = BoardView::read(&here);
        assert!(view.is_removed(&id(2)) && !view.has_outlived_removal(&id(2)));
        let before = there.get_heads();
        step(&mut there);
        for change in there.get_changes(&before) {
            here.apply_changes([change.clone()]).unwrap();
            view.update(&here, &Touched::by(&here, &change));
        }
        assert!(!view.is_removed(&id(2)) && view.has_outlived_removal(&id(2)));
        assert_eq!(view, BoardView::read(&here));
        let touched = follow(&mut here, |doc| remove(doc, id(8), id(2), None, 6, "").unwrap());
        view.update(&here, &touched);
        assert!(view.is_removed(&id(2)), "one who saw it may take them off");
        let touched = follow(&mut here, |doc| take_back_removal(doc, id(8)).unwrap());
        view.update(&here, &touched);
        assert!(!view.is_removed(&id(2)));
    }
}

#[test]
fn reading_only_what_was_touched_gives_what_reading_all_gives() {
    let mut doc = board(1);
    let mut view = BoardView::read(&doc);
    let mark = AnswerKey::personal(id(1), FieldId::new("levels", "now"), id(2));
    type Step = Box<dyn Fn(&mut Automerge)>;
    let steps: Vec<Step> = vec![
        Box::new(|doc| add_person(doc, id(2), Some("Amina"), Mark::new(3)).unwrap()),
        Box::new(|doc| add_note(doc, id(9), &note("en")).unwrap()),
        Box::new(move |doc| place(doc, &mark, Some(4)).unwrap()),
        Box::new(|doc| remove(doc, id(7), id(9), None, 5, "").unwrap()),
        Box::new(|doc| {
            let text = TextTarget::Note(id(9)).find(doc).unwrap();
            splice(doc, &text, None, 0, 0, "alle ", 2000).unwrap();
        }),
        Box::new(|doc| take_back_removal(doc, id(7)).unwrap()),
        Box::new(|doc| set_name(doc, id(2), None).unwrap()),
    ];
    for step in steps {
        let touched = follow(&mut doc, step);
        assert!(!touched.everything && !touched.entries.is_empty(), "{touched:?}");
        view.update(&doc, &touched);
        assert_eq!(view, BoardView::read(&doc));
    }
}

#[test]
fn two_devices_of_one_person_that_placed_apart_show_both_levels() {
    let key = AnswerKey::personal(id(1), FieldId::new("levels", "now"), id(2));
    let mut here = board(1);
    let mut there = board(2);
    place(&mut here, &key, Some(2)).unwrap();
    place(&mut there, &key, Some(4)).unwrap();
    here.merge(&mut there).unwrap();
    assert!(BoardView::read(&here).marks[&key].is_unsettled());
    place(&mut here, &key, Some(4)).unwrap();
    assert_eq!(BoardView::read(&here).marks[&key].settled(), Some(&4));
}
