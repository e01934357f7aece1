//! Levels: everyone stands at most once in each column, and only levels that the table has are anybody's.

use automerge::Automerge;
use proptest::collection::vec;
use proptest::prelude::*;
use shared::content::{ColumnRole, Level, Maturity};
use shared::documents::AnswerKey;
use shared::documents::board::{self, NewNote};
use shared::documents::control::ControlView;
use shared::documents::maturity::{MaturityAnswers, column_field};

use super::{TOOL, board_with, id, met, phones};

fn table() -> Maturity {
    Maturity { levels: (1..=5).map(|value| Level { value, ..Level::default() }).collect(), ..Maturity::default() }
}

fn role(is_ambition: bool) -> ColumnRole {
    if is_ambition { ColumnRole::Ambition } else { ColumnRole::Now }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn everyone_stands_where_they_went_last_and_an_example_of_no_level_is_still_an_example(
        placed in vec((1..=4_u8, any::<bool>(), 0..=7_u8), 0..24),
        examples in vec((1..=4_u8, any::<bool>(), 0..=7_u8), 0..12),
    ) {
        let base = board_with(4);
        let mut phones: Vec<Automerge> = phones(&base, 4);
        let mut last = [[0; 2]; 4];
        for (person, is_ambition, level) in &placed {
            let own = usize::from(*person) - 1;
            let key = AnswerKey::personal(id(TOOL), column_field("levels", role(*is_ambition)), id(*person));
            board::place(&mut phones[own], &key, (*level > 0).then_some(*level)).unwrap();
            last[own][usize::from(*is_ambition)] = *level;
        }
        for ((person, is_ambition, level), n) in examples.iter().zip(0..) {
            let place = AnswerKey::shared(id(TOOL), column_field("levels", role(*is_ambition)));
            let (level, author) = ((*level > 0).then_some(*level), Some(id(*person)));
            let note = NewNote { place, level, author, at: i64::from(n), text: format!("eksempel {n}") };
            board::add_note(&mut phones[usize::from(*person) - 1], id(100 + n), &note).unwrap();
        }
        let is_level = |level: &u8| (1..=5).contains(level);
        for board in met(&base, &mut phones) {
            let answers = MaturityAnswers::gather(&ControlView::default(), &board, id(TOOL), &"levels".into(), &table());
            for (column, is_ambition) in [(&answers.now, false), (&answers.ambition, true)] {
                for person in 1..=4_u8 {
                    let wanted = Some(last[usize::from(person) - 1][usize::from(is_ambition)]).filter(is_level);
                    prop_assert_eq!(column.level_of(id(person)), wanted);
                }
                let mut found: Vec<_> = column.examples.iter().map(|note| (note.text.clone(), note.level)).collect();
                let here = examples.iter().zip(0..).filter(|((_, ambition, _), _)| *ambition == is_ambition);
                let mut wanted: Vec<_> =
                    here.map(|((_, _, level), n)| (format!("eksempel {n}"), Some(*level).filter(is_level))).collect();
                found.sort();
                wanted.sort();
                prop_assert_eq!(found, wanted);
            }
        }
    }
}
