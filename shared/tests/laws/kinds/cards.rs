//! Cards: who takes a task has taken it, whoever else does so at once, and what nobody takes is told.

use automerge::Automerge;
use proptest::collection::vec;
use proptest::prelude::*;
use shared::content::{Card, Cards};
use shared::documents::actions::{self, Status, Who};
use shared::documents::board::{self, BoardView};
use shared::documents::cards::CardsAnswers;
use shared::documents::control::ControlView;
use shared::documents::questions::question_field;
use shared::documents::text::{TextTarget, splice};
use shared::documents::{EntryId, Stamped};

use super::{TOOL, board_with, device, entry, id, met, note, phones, write_nonsense};

fn deck() -> Cards {
    let card = |id: &str, tasks: &[&str], questions: &[&str]| Card {
        id: id.into(),
        tasks: tasks.iter().map(|task| entry(task)).collect(),
        questions: questions.iter().map(|question| entry(question)).collect(),
        ..Card::default()
    };
    Cards {
        cards: vec![card("first", &["call", "plan"], &["why", "how"]), card("second", &["meet"], &[])],
        ..Cards::default()
    }
}

fn gather(view: &BoardView) -> CardsAnswers {
    CardsAnswers::gather(&ControlView::default(), view, id(TOOL), "deck", &deck())
}

fn read(doc: &Automerge) -> CardsAnswers {
    gather(&BoardView::read(doc))
}

/// A person takes a task, counted over the deck, by an action with this id.
fn take(doc: &mut Automerge, action: EntryId, task: usize, who: Option<Who>) {
    let answers = gather(&BoardView::default());
    let tasks: Vec<_> = answers.cards.iter().flat_map(|card| &card.tasks).collect();
    board::add_row(doc, action, &tasks[task].take("en opgave", who, "2027-04-01").row(None, 1)).unwrap();
}

fn set(doc: &mut Automerge, action: EntryId, column: &str, value: &str) {
    let value = Stamped { value: value.to_owned(), by: None, at: 2 };
    board::set_cell(doc, action, column, &value).unwrap();
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Take(usize),
    /// Gives up the action that was made last.
    GiveUp,
    Finish,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![(0..3_usize).prop_map(Step::Take), Just(Step::GiveUp), Just(Step::Finish)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_task_has_everyone_who_takes_it_and_is_open_without(steps in vec((1..=3_u8, step()), 0..16)) {
        let base = board_with(3);
        let mut phones = phones(&base, 3);
        // Each phone's own actions: task, whether it is held, whether it is done.
        let mut made: [Vec<(usize, bool, bool)>; 3] = Default::default();
        for (person, step) in &steps {
            let own = usize::from(*person) - 1;
            let action = |n: usize| EntryId::from_random([100 + person * 20 + n as u8; 16]);
            match step {
                Step::Take(task) => {
                    take(&mut phones[own], action(made[own].len()), *task, Some(Who::Person(id(*person))));
                    made[own].push((*task, true, false));
                }
                Step::GiveUp | Step::Finish => {
                    let number = made[own].len();
                    let Some(last) = made[own].last_mut() else { continue };
                    if matches!(step, Step::GiveUp) {
                        set(&mut phones[own], action(number - 1), actions::WHO, "");
                        last.1 = false;
                    } else {
                        set(&mut phones[own], action(number - 1), actions::STATUS, Status::Done.code());
                        last.2 = true;
                    }
                }
            }
        }
        let [one, other] = met(&base, &mut phones).map(|view| gather(&view));
        prop_assert_eq!(&one, &other);
        let mut open = 0;
        for (number, task) in one.cards.iter().flat_map(|card| &card.tasks).enumerate() {
            let of_task = |person: usize| made[person].iter().filter(move |(task, ..)| *task == number);
            for person in 1..=3_u8 {
                let is_held = of_task(usize::from(person) - 1).any(|(_, is_held, _)| *is_held);
                prop_assert_eq!(task.is_taken_by(id(person)), is_held);
            }
            let all: Vec<_> = (0..3).flat_map(of_task).collect();
            prop_assert_eq!(task.is_open(), !all.iter().any(|(_, is_held, _)| *is_held));
            prop_assert_eq!(task.is_done(), !task.is_open() && all.iter().all(|(.., is_done)| *is_done));
            prop_assert_eq!(task.actions.len(), all.len());
            open += usize::from(task.is_open());
        }
        prop_assert_eq!(one.open_tasks().count(), open);
        let taken: usize = one.by_taker().iter().map(|(_, tasks)| tasks.len()).sum();
        prop_assert_eq!(taken, one.cards.iter().flat_map(|card| &card.tasks).map(|task| task.takers.len()).sum::<usize>());
    }
}

#[test]
fn who_is_taken_off_the_board_takes_nothing_until_they_are_back() {
    let mut here = board_with(2);
    take(&mut here, id(210), 0, Some(Who::Person(id(2))));
    let mut there = device(&here, 9);
    board::remove(&mut here, id(90), id(2), None, 0, "").unwrap();
    assert!(read(&here).cards[0].tasks[0].is_open());
    board::set_name(&mut there, id(2), Some("Amina")).unwrap();
    here.merge(&mut there).unwrap();
    assert!(read(&here).cards[0].tasks[0].is_taken_by(id(2)), "they did something meanwhile");
}

#[test]
fn a_role_takes_a_task_in_words_that_are_as_long_as_a_name() {
    let mut doc = board_with(1);
    take(&mut doc, id(210), 2, Who::named(" Arbejdsmiljøgruppen ").unwrap());
    take(&mut doc, id(211), 2, Who::named("Arbejdsmiljøgruppen").unwrap());
    let answers = read(&doc);
    assert_eq!(answers.cards[1].tasks[0].takers, [Who::Named("Arbejdsmiljøgruppen".to_owned())]);
    assert_eq!((answers.cards[1].taken(), answers.cards[0].taken()), (1, 0));
    assert!(Who::named(&"x".repeat(41)).is_err());
    assert_eq!(Who::named(" @ ").unwrap(), None);
}

#[test]
fn a_task_that_was_given_back_stays_taken_by_who_changed_it_meanwhile() {
    let mut here = board_with(1);
    let before = read(&here);
    take(&mut here, id(210), 1, Some(Who::Person(id(1))));
    let mut there = device(&here, 9);
    board::remove(&mut here, id(90), id(210), None, 0, "").unwrap();
    assert_eq!(read(&here), before, "as if it had never been");
    let words = TextTarget::Cell(id(210), actions::WHAT.to_owned()).find(&there).unwrap();
    splice(&mut there, &words, None, 0, 0, "snart: ", 2_000).unwrap();
    here.merge(&mut there).unwrap();
    let task = &read(&here).cards[0].tasks[1];
    assert!(task.is_taken_by(id(1)) && task.actions[0].outlived_removal);
}

#[test]
fn answers_stand_under_their_questions_and_count_once_for_each_question() {
    let mut doc = board_with(2);
    for n in 0..3 {
        board::add_note(&mut doc, id(210 + n), &note(question_field("deck", &"how".into()), 1, n)).unwrap();
    }
    let card = &read(&doc).cards[0];
    assert_eq!((card.answered(), card.questions[0].answers.len(), card.questions[1].answers.len()), (1, 0, 3));
    assert!(!card.is_empty() && read(&doc).cards[1].is_empty());
}

#[test]
fn what_a_foreign_client_puts_into_an_action_is_counted_and_the_rest_is_read() {
    let mut doc = board_with(1);
    take(&mut doc, id(210), 0, Some(Who::Person(id(1))));
    take(&mut doc, id(211), 0, Some(Who::Person(id(77))));
    set(&mut doc, id(210), actions::STATUS, "nearly");
    set(&mut doc, id(210), actions::BY, "i morgen");
    write_nonsense(&mut doc, "rows", &id(212).to_string(), 5);
    let answers = read(&doc);
    assert_eq!((answers.skipped, BoardView::read(&doc).skipped()), (2, 1));
    let task = &answers.cards[0].tasks[0];
    assert_eq!(task.takers, [Who::Person(id(1))], "nobody knows the other");
    assert_eq!((actions::statuses(&task.actions[0]), actions::days(&task.actions[0])), (vec![Status::Open], vec![]));
}
