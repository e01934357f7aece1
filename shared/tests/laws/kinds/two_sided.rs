//! Balances: the pans hold what each person put in them, once.

use automerge::Automerge;
use proptest::collection::vec;
use proptest::prelude::*;
use shared::content::{FollowUp, Side, SideGroup, SideRole, TwoSided};
use shared::documents::board::{self, Answer, BoardView, Check, SupportKey};
use shared::documents::control::ControlView;
use shared::documents::two_sided::{HEAVIEST, TwoSidedAnswers, Weighable, group_field};

use super::{TOOL, answer, board_with, device, entry, id, met, note, own_board, phones, write_nonsense};

fn scales() -> TwoSided {
    let group = |id: &str, examples: &[&str]| SideGroup {
        id: id.into(),
        examples: examples.iter().map(|example| entry(example)).collect(),
        ..SideGroup::default()
    };
    let side = |id: &str, role, groups: Vec<SideGroup>| Side { id: id.into(), role, groups, ..Side::default() };
    let mark = |id: &str, side: &str| FollowUp { id: id.into(), side: side.into(), ..FollowUp::default() };
    TwoSided {
        sides: vec![
            side("demands", SideRole::Weighs, vec![group("inner", &["perfect"]), group("outer", &["deadlines"])]),
            side("resources", SideRole::Lifts, vec![group("own", &["humour", "sleep"])]),
        ],
        follow_ups: vec![mark("ease", "demands"), mark("turn-up", "resources")],
    }
}

fn gather(view: &BoardView) -> TwoSidedAnswers {
    TwoSidedAnswers::gather(&ControlView::default(), view, id(TOOL), "scales", &scales())
}

fn read(doc: &Automerge) -> TwoSidedAnswers {
    gather(&BoardView::read(doc))
}

/// What is weighed: two demands of one's own in the outer group, then the typical entries in their order.
const OWN: [u8; 2] = [210, 211];

fn weigh(doc: &mut Automerge, person: u8, thing: usize, weight: u8) {
    match OWN.get(thing) {
        Some(note) => board::support(doc, SupportKey { target: id(*note), person: id(person) }, weight).unwrap(),
        None => {
            let balance = gather(&BoardView::default());
            let typical: Vec<_> =
                balance.sides.iter().flat_map(|side| &side.groups).flat_map(|group| &group.entries).collect();
            let key = typical[thing - OWN.len()].key_of(id(person));
            board::place(doc, &key, (weight > 0).then_some(weight)).unwrap();
        }
    }
}

fn with_own_entries(people: u8) -> Automerge {
    let mut doc = board_with(people);
    for own in OWN {
        board::add_note(&mut doc, id(own), &note(group_field("scales", &"outer".into()), 1, own)).unwrap();
    }
    doc
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_pans_weigh_what_everyone_gave_last(given in vec((1..=3_u8, 0..6_usize, 0..=HEAVIEST + 2), 0..30)) {
        let base = with_own_entries(3);
        let mut phones = phones(&base, 3);
        let mut last = [[0_u8; 6]; 3];
        for (person, thing, weight) in &given {
            let own = usize::from(*person) - 1;
            weigh(&mut phones[own], *person, *thing, *weight);
            last[own][*thing] = *weight;
        }
        let [one, other] = met(&base, &mut phones).map(|view| gather(&view));
        prop_assert_eq!(&one, &other);
        let sum = |weights: &[u8]| weights.iter().filter(|weight| **weight <= HEAVIEST).map(|weight| u32::from(*weight)).sum::<u32>();
        let weighs: u32 = last.iter().map(|of| sum(&of[..4])).sum();
        let lifts: u32 = last.iter().map(|of| sum(&of[4..])).sum();
        prop_assert_eq!(one.sums(), (weighs, lifts));
        prop_assert_eq!(one.skipped, last.iter().flatten().filter(|weight| **weight > HEAVIEST).count());
        prop_assert!((-1.0..=1.0).contains(&one.tilt()));
        prop_assert_eq!(one.tilt() > 0.0, weighs > lifts);
        prop_assert_eq!(one.tilt() < 0.0, weighs < lifts);
        for (person, of) in (1..=3_u8).zip(&last) {
            prop_assert_eq!(one.sides[0].sum_of(id(person)), sum(&of[..4]));
            prop_assert_eq!(one.tilt_of(id(person)) > 0.0, sum(&of[..4]) > sum(&of[4..]));
        }
        prop_assert_eq!(one.answered(), last.iter().filter(|of| sum(*of) > 0).count());
        let heavy: Vec<u32> = one.sides[0].in_play().iter().map(|entry| entry.sum()).collect();
        prop_assert!(heavy.is_sorted_by(|a, b| a >= b));
        prop_assert_eq!(heavy.iter().sum::<u32>(), one.sides[0].sum);
    }

    #[test]
    fn what_a_person_takes_back_is_as_it_was(before in 0..=HEAVIEST, then in 0..=HEAVIEST) {
        let mut doc = board_with(1);
        let key = read(&doc).sides[0].groups[0].entries[0].key_of(id(1));
        answer(&mut doc, &[Answer::Mark(key.clone(), (before > 0).then_some(before))]);
        let stood = read(&doc);
        let back = answer(&mut doc, &[Answer::Mark(key, (then > 0).then_some(then))]).unwrap();
        answer(&mut doc, &back);
        prop_assert_eq!(read(&doc), stood);
    }
}

#[test]
fn two_who_pick_the_same_typical_entry_at_once_pick_one() {
    let base = board_with(2);
    let mut phones = phones(&base, 2);
    weigh(&mut phones[0], 1, 3, 2);
    weigh(&mut phones[1], 2, 3, 5);
    let [one, _] = met(&base, &mut phones).map(|view| gather(&view));
    let in_play = one.sides[0].in_play();
    assert_eq!(in_play.len(), 1);
    assert_eq!((&in_play[0].of, in_play[0].sum()), (&Weighable::Typical("deadlines".into()), 7));
}

#[test]
fn of_two_devices_of_one_person_the_larger_weight_counts_until_they_choose() {
    let mut here = with_own_entries(1);
    let mut there = device(&here, 9);
    for thing in [0, 2] {
        weigh(&mut here, 1, thing, 2);
        weigh(&mut there, 1, thing, 4);
    }
    here.merge(&mut there).unwrap();
    for entry in read(&here).sides[0].in_play().iter().take(2) {
        assert_eq!((entry.sum(), entry.undecided.as_slice()), (4, [id(1)].as_slice()));
    }
    for thing in [0, 2] {
        weigh(&mut here, 1, thing, 1);
    }
    assert!(read(&here).sides[0].in_play().iter().all(|entry| entry.undecided.is_empty() && entry.sum() <= 1));
}

#[test]
fn an_entry_that_two_moved_to_two_groups_of_a_side_stands_in_both_and_weighs_once() {
    let mut here = with_own_entries(1);
    weigh(&mut here, 1, 0, 3);
    let mut there = device(&here, 9);
    board::move_note(&mut here, id(OWN[0]), &group_field("scales", &"inner".into())).unwrap();
    board::move_note(&mut there, id(OWN[0]), &group_field("scales", &"outer".into())).unwrap();
    here.merge(&mut there).unwrap();
    let side = &read(&here).sides[0];
    let stands = |group: usize| side.groups[group].entries.iter().any(|entry| entry.of == Weighable::Own(id(OWN[0])));
    assert!(stands(0) && stands(1));
    assert_eq!((side.sum, side.sum_of(id(1)), side.in_play().len()), (3, 3, 2));
}

#[test]
fn marks_are_each_persons_own_and_what_comes_of_them_is_found_at_the_entry() {
    let mut doc = with_own_entries(2);
    weigh(&mut doc, 1, 3, 4);
    let marks = |doc: &Automerge| -> Vec<(Weighable, usize, usize)> {
        let balance = read(doc);
        balance.marked().map(|(entry, mark)| (entry.of.clone(), mark.people.len(), mark.actions.len())).collect()
    };
    for (person, number) in [(1, 0), (2, 0), (1, 1)] {
        let balance = read(&doc);
        let entry = &balance.sides[0].groups[1].entries[number];
        assert_eq!(entry.follow_ups.len(), 1, "a demand can be eased, not turned up");
        board::check(&mut doc, &entry.follow_ups[0].key_of(id(person)), Some(Check::Yes)).unwrap();
    }
    let (typical, own) = (Weighable::Typical("deadlines".into()), Weighable::Own(id(OWN[0])));
    assert_eq!(marks(&doc), [(typical.clone(), 2, 0), (own.clone(), 1, 0)]);
    let balance = read(&doc);
    for (number, (entry, mark)) in balance.marked().enumerate() {
        let action = entry.action(mark, "gør noget").row(Some(id(1)), 5);
        assert_eq!(action.source.is_some(), entry.note.is_some());
        board::add_row(&mut doc, id(230 + number as u8), &action).unwrap();
    }
    assert_eq!(marks(&doc), [(typical, 2, 1), (own, 1, 1)]);
    let key = read(&doc).sides[0].groups[1].entries[0].follow_ups[0].key_of(id(2));
    board::check(&mut doc, &key, None).unwrap();
    assert_eq!(marks(&doc)[0].1, 1);
}

#[test]
fn who_is_taken_off_the_board_weighs_nothing() {
    let mut doc = with_own_entries(2);
    for thing in 0..6 {
        weigh(&mut doc, 2, thing, 3);
    }
    assert_eq!(read(&doc).sums(), (12, 6));
    board::remove(&mut doc, id(90), id(2), None, 0, "").unwrap();
    assert_eq!((read(&doc).sums(), read(&doc).answered()), ((0, 0), 0));
}

#[test]
fn a_removed_entry_leaves_the_pan_unless_somebody_wrote_in_it_meanwhile() {
    let mut here = with_own_entries(1);
    weigh(&mut here, 1, 0, 3);
    let mut there = device(&here, 9);
    board::remove(&mut here, id(90), id(OWN[0]), None, 0, "").unwrap();
    assert_eq!(read(&here).sides[0].sum, 0);
    board::move_note(&mut there, id(OWN[0]), &group_field("scales", &"inner".into())).unwrap();
    here.merge(&mut there).unwrap();
    assert_eq!(read(&here).sides[0].sum, 3);
}

#[test]
fn what_is_weighed_alone_is_gathered_from_the_notebook() {
    let mut own = own_board(50);
    board::add_note(&mut own, id(OWN[0]), &note(group_field("scales", &"outer".into()), 1, 1)).unwrap();
    weigh(&mut own, 1, 0, 2);
    weigh(&mut own, 1, 4, 1);
    let balance = read(&own);
    assert_eq!((balance.sums(), balance.answered()), ((2, 1), 1));
}

#[test]
fn nonsense_in_the_pans_is_counted_and_the_rest_is_weighed() {
    let mut doc = with_own_entries(2);
    weigh(&mut doc, 1, 2, 4);
    let key = read(&doc).sides[0].groups[0].entries[0].key_of(id(2)).to_string();
    write_nonsense(&mut doc, "marks", &key, 200);
    write_nonsense(&mut doc, "supports", &SupportKey { target: id(OWN[0]), person: id(2) }.to_string(), 99);
    write_nonsense(&mut doc, "supports", "nobody/nothing", 1);
    write_nonsense(&mut doc, "checks", &key, "ja");
    let balance = read(&doc);
    assert_eq!((balance.sums(), balance.skipped, BoardView::read(&doc).skipped()), ((4, 0), 2, 2));
}
