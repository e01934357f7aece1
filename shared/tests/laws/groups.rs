//! Laws of groups: whatever facilitators do to them apart, every group that somebody still holds to is there, and nobody
//! and no tool is ever lost to one that is gone.

use automerge::transaction::Transactable;
use automerge::{ActorId, Automerge, ObjId, ObjType, ROOT, ReadDoc, ScalarValue};
use proptest::collection::vec;
use proptest::prelude::*;
use shared::access::FacilitatorSecret;
use shared::content::Tool;
use shared::documents::board::{self, BoardView, Mark};
use shared::documents::control::{self, ControlView, OfGroup, PerGroup};
use shared::documents::{EntryId, WriteError};

/// The instance that is there for everyone.
const TOOL: u8 = 200;

fn id(n: u8) -> EntryId {
    EntryId::from_random([n; 16])
}

fn tool() -> Tool {
    serde_json::from_value(serde_json::json!({ "id": "T1", "minutes": 10, "audience": "group", "parts": [] })).unwrap()
}

/// A workshop with a tool for everyone and groups 1 to `groups`.
fn workshop(groups: u8) -> Automerge {
    let identity = FacilitatorSecret::from_random([1; 16]).identity();
    let mut doc = control::genesis(&identity).with_actor(ActorId::from([100; 16]));
    control::add_tool(&mut doc, id(TOOL), &tool(), 1).unwrap();
    for group in 1..=groups {
        control::add_group(&mut doc, id(group), &format!("Hold {group}"), i64::from(group)).unwrap();
    }
    doc
}

fn per_group(doc: &Automerge, removal: Option<u8>) -> PerGroup {
    let groups = ControlView::read(doc).groups.iter().map(|group| group.id).collect();
    PerGroup { set: id(TOOL), groups, stored: tool().to_bytes(), removal: removal.map(id) }
}

fn divide(doc: &mut Automerge, removal: Option<u8>) {
    let wanted = per_group(doc, removal);
    control::fill_in_per_group(doc, &wanted, 3).unwrap();
}

/// Something a facilitator does. Small numbers, so that they meet in the same groups.
#[derive(Debug, Clone)]
enum Edit {
    Add { name: String },
    Rename { group: u8, name: String },
    Remove { group: u8 },
    PerGroup,
}

fn any_edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        "[A-ZÆØÅ][a-zæøå]{1,8}".prop_map(|name| Edit::Add { name }),
        (1..4_u8, "[A-ZÆØÅ][a-zæøå]{1,8}").prop_map(|(group, name)| Edit::Rename { group, name }),
        (1..4_u8).prop_map(|group| Edit::Remove { group }),
        Just(Edit::PerGroup),
    ]
}

/// Carries the edits out on `doc`; ids begin at `first`. Gives the groups that were added.
fn carry_out(doc: &mut Automerge, edits: &[Edit], first: u8) -> Vec<EntryId> {
    let mut added = Vec::new();
    for (edit, number) in edits.iter().zip(first..) {
        match edit {
            Edit::Add { name } => {
                control::add_group(doc, id(number), name, i64::from(number)).unwrap();
                added.push(id(number));
            }
            Edit::Rename { group, name } => control::rename_group(doc, id(*group), name).unwrap(),
            Edit::Remove { group } => control::remove_group(doc, id(number), id(*group), 1).unwrap(),
            Edit::PerGroup => divide(doc, Some(number)),
        }
    }
    added
}

proptest! {
    #[test]
    fn what_facilitators_do_apart_meets_the_same_in_any_order(here in vec(any_edit(), 0..5), there in vec(any_edit(), 0..5)) {
        let base = workshop(3);
        let mut one = base.fork().with_actor(ActorId::from([1; 16]));
        let mut two = base.fork().with_actor(ActorId::from([2; 16]));
        let mut added = carry_out(&mut one, &here, 20);
        added.extend(carry_out(&mut two, &there, 60));
        let apart = two.fork();
        two.merge(&mut one).unwrap();
        one.merge(&mut apart.fork()).unwrap();
        let view = ControlView::read(&one);
        prop_assert_eq!(&view, &ControlView::read(&two));
        prop_assert_eq!(view.skipped, 0);
        for group in added {
            prop_assert!(view.group(group).is_some(), "an added group is gone");
        }
        prop_assert_eq!(view.groups.len() + view.removed_groups.len(), 3 + here.iter().chain(&there).filter(|edit| matches!(edit, Edit::Add { .. })).count());
        // Each group of a set once, and nobody is without a tool: everyone's, or their group's.
        let set = view.set(id(TOOL));
        let mut groups: Vec<EntryId> = set.iter().map(|(group, _)| group.id).collect();
        groups.dedup();
        prop_assert_eq!(groups.len(), set.len());
        for instance in &view.tools {
            let someone = view.groups.iter().map(|group| Some(group.id)).chain([None]);
            prop_assert!(someone.into_iter().any(|group| view.is_for(instance, group)));
        }
        let mut loaded = Automerge::load(&one.save()).unwrap();
        prop_assert_eq!(&ControlView::read(&loaded), &view);
        loaded.merge(&mut one).unwrap();
        prop_assert_eq!(ControlView::read(&loaded), view);
    }

    #[test]
    fn a_name_that_the_remover_had_not_seen_keeps_the_group(name in "[A-Z][a-z]{1,8}", is_first in any::<bool>()) {
        let mut here = workshop(2);
        let mut there = here.fork().with_actor(ActorId::from([2; 16]));
        control::remove_group(&mut here, id(9), id(1), 5).unwrap();
        prop_assert!(ControlView::read(&here).group(id(1)).is_none());
        control::rename_group(&mut there, id(1), &name).unwrap();
        if is_first { here.merge(&mut there).unwrap(); } else { there.merge(&mut here).unwrap(); here = there; }
        let view = ControlView::read(&here);
        prop_assert_eq!(view.group(id(1)).map(control::Group::name), Some(name));
        // Who now has seen it takes it away for good.
        control::remove_group(&mut here, id(10), id(1), 6).unwrap();
        prop_assert!(ControlView::read(&here).group(id(1)).is_none());
    }

    #[test]
    fn whatever_a_stranger_writes_in_a_persons_group_they_are_on_the_board(bytes in vec(any::<u8>(), 0..30), text in ".{0,60}", number in any::<i64>()) {
        for value in [ScalarValue::Bytes(bytes), ScalarValue::Str(text.into()), ScalarValue::Int(number), ScalarValue::Null] {
            let mut doc = board::genesis().with_actor(ActorId::from([1; 16]));
            board::add_person(&mut doc, id(1), Some("Amina"), Mark::new(1)).unwrap();
            board::set_group(&mut doc, id(1), Some(id(7))).unwrap();
            let person = entry(&doc, "people", 1);
            let mut transaction = doc.transaction();
            transaction.put(&person, "group", value).unwrap();
            transaction.commit();
            let view = BoardView::read(&doc);
            prop_assert_eq!(view.people[&id(1)].name.as_deref(), Some("Amina"));
            prop_assert_eq!((view.people[&id(1)].group, view.skipped()), (None, 0));
        }
    }

    #[test]
    fn whatever_a_stranger_writes_about_groups_the_rest_is_read(text in ".{0,200}", number in any::<i64>()) {
        let mut doc = workshop(2);
        divide(&mut doc, None);
        let settings = doc.get(ROOT, "settings").unwrap().unwrap().1;
        let instance = entry(&doc, "tools", TOOL);
        let mut transaction = doc.transaction();
        transaction.put(&settings, id(30).to_string(), text.as_str()).unwrap();
        let blank = transaction.put_object(&settings, id(31).to_string(), ObjType::Map).unwrap();
        transaction.put(&blank, "name", " \n").unwrap();
        let odd = transaction.put_object(&settings, id(32).to_string(), ObjType::Map).unwrap();
        transaction.put(&odd, "name", format!("Hold {text}")).unwrap();
        transaction.put(&odd, "at", text.as_str()).unwrap();
        transaction.put(&instance, "group", text.as_str()).unwrap();
        transaction.put(&settings, text.as_str(), number).unwrap();
        transaction.commit();
        let view = ControlView::read(&doc);
        prop_assert_eq!(view.groups.len(), 3);
        prop_assert!(view.group(id(32)).unwrap().name().chars().count() <= shared::limits::NAME);
        prop_assert_eq!((view.tools.len(), view.set(id(TOOL)).len()), (3, 2));
        prop_assert!(view.is_for(view.tool(id(TOOL)).unwrap(), None), "nonsense is everyone's");
    }
}

fn entry(doc: &Automerge, container: &str, n: u8) -> ObjId {
    let container = doc.get(ROOT, container).unwrap().unwrap().1;
    doc.get(&container, id(n).to_string()).unwrap().unwrap().1
}

#[test]
fn a_tool_per_group_is_one_for_each_also_where_two_divided_it_apart() {
    let mut here = workshop(3);
    let mut there = here.fork().with_actor(ActorId::from([2; 16]));
    control::add_group(&mut there, id(4), "Lager", 9).unwrap();
    for (doc, removal) in [(&mut here, 50), (&mut there, 51)] {
        divide(doc, Some(removal));
    }
    here.merge(&mut there).unwrap();
    let view = ControlView::read(&here);
    assert_eq!(view.tools.len(), 4, "the one for everyone made room");
    let set: Vec<_> = view.set(id(TOOL)).into_iter().map(|(group, instance)| (group.id, instance.id)).collect();
    let of = |n| (id(n), OfGroup { set: id(TOOL), group: id(n) }.instance());
    assert_eq!(set, [of(1), of(2), of(3), of(4)]);
    assert_eq!(view.removed_tools.len(), 1);
}

#[test]
fn the_instances_of_a_set_stand_where_the_tool_stood() {
    let mut doc = workshop(2);
    control::add_tool(&mut doc, id(90), &tool(), 2).unwrap();
    divide(&mut doc, Some(50));
    let tools = ControlView::read(&doc).tools;
    assert_eq!(
        tools.iter().map(|tool| tool.of.map(|of| of.group)).collect::<Vec<_>>(),
        [Some(id(1)), Some(id(2)), None]
    );
    // A group that comes later has its own after the others of the set.
    control::add_group(&mut doc, id(3), "Lager", 9).unwrap();
    divide(&mut doc, None);
    let tools = ControlView::read(&doc).tools;
    let groups: Vec<_> = tools.iter().map(|tool| tool.of.map(|of| of.group)).collect();
    assert_eq!(groups, [Some(id(1)), Some(id(2)), Some(id(3)), None]);
}

#[test]
fn of_a_group_that_is_taken_away_everyone_has_the_tools_until_it_comes_back() {
    let mut doc = workshop(2);
    divide(&mut doc, Some(50));
    let mut people = board::genesis().with_actor(ActorId::from([1; 16]));
    board::add_person(&mut people, id(7), None, Mark::new(1)).unwrap();
    board::set_group(&mut people, id(7), Some(id(1))).unwrap();
    let group = BoardView::read(&people).people[&id(7)].group;
    let mine = |doc: &Automerge| {
        let view = ControlView::read(doc);
        view.tools.iter().map(|instance| view.is_for(instance, group)).collect::<Vec<_>>()
    };
    assert_eq!(mine(&doc), [true, false]);
    control::remove_group(&mut doc, id(60), id(2), 2).unwrap();
    assert_eq!(mine(&doc), [true, true]);
    let view = ControlView::read(&doc);
    assert_eq!(view.group_name(&view.tools[1]).as_deref(), Some("Hold 2"));
    control::take_back_removal(&mut doc, id(60)).unwrap();
    assert_eq!(mine(&doc), [true, false]);
    control::remove_group(&mut doc, id(61), id(1), 3).unwrap();
    assert_eq!(mine(&doc), [true, false], "who was in it is in none, and has what is everyone's");
}

#[test]
fn who_says_two_groups_on_two_devices_is_asked_again() {
    let mut here = board::genesis().with_actor(ActorId::from([1; 16]));
    board::add_person(&mut here, id(1), None, Mark::new(1)).unwrap();
    let mut there = here.fork().with_actor(ActorId::from([2; 16]));
    board::set_group(&mut here, id(1), Some(id(8))).unwrap();
    board::set_group(&mut there, id(1), Some(id(9))).unwrap();
    here.merge(&mut there).unwrap();
    assert_eq!(BoardView::read(&here).people[&id(1)].group, None);
    board::set_group(&mut here, id(1), Some(id(9))).unwrap();
    assert_eq!(BoardView::read(&here).people[&id(1)].group, Some(id(9)));
}

#[test]
fn there_are_no_more_groups_than_a_wall_can_tell_apart() {
    let mut doc = workshop(12);
    let full = control::add_group(&mut doc, id(13), "En til", 13);
    assert!(matches!(full, Err(WriteError::TooMany { limit: 12 })));
    assert!(matches!(control::rename_group(&mut doc, id(1), &"x".repeat(41)), Err(WriteError::TooLong(_))));
    control::remove_group(&mut doc, id(60), id(1), 1).unwrap();
    control::add_group(&mut doc, id(13), "En til", 13).unwrap();
}
