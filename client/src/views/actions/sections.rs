//! The actions in the order in which they want somebody: not taken, soon, later, without a day, done.

use std::rc::Rc;

use shared::documents::actions::{days, whos};
use shared::documents::board::Row;

use crate::actions::is_done;
use crate::local_time::LocalTime;
use crate::texts::Key;
use crate::time_frame::TimeFrame;

/// What its actions have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Section {
    /// Nobody has taken them.
    Untaken,
    /// This month, or earlier.
    Soon,
    /// After this month.
    Later,
    /// Nobody has said by when.
    Undated,
    /// Done.
    Done,
}

impl Section {
    const ALL: [Self; 5] = [Self::Untaken, Self::Soon, Self::Later, Self::Undated, Self::Done];

    fn of(row: &Row, month: &str) -> Self {
        let day = first_day(row);
        match day {
            _ if is_done(row) => Self::Done,
            _ if whos(row).is_empty() => Self::Untaken,
            None => Self::Undated,
            Some(day) if day.as_str() <= month => Self::Soon,
            Some(_) => Self::Later,
        }
    }

    /// Its word in tests.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Untaken => "untaken",
            Self::Soon => "soon",
            Self::Later => "later",
            Self::Undated => "undated",
            Self::Done => "done",
        }
    }

    /// Its heading.
    pub(super) fn title(self) -> Key {
        match self {
            Self::Untaken => Key::ActionsUntaken,
            Self::Soon => Key::ActionsSoon,
            Self::Later => Key::ActionsLater,
            Self::Undated => Key::ActionsUndated,
            Self::Done => Key::ActionsStatusDone,
        }
    }
}

/// The sections that hold any of `actions`, each by day; equals keep their order.
pub(super) fn sections(actions: &[Rc<Row>], today: LocalTime) -> Vec<(Section, Vec<Rc<Row>>)> {
    // Days are compared as texts, and none is later than the 31st.
    let month = TimeFrame::By(LocalTime { day: 31, ..today }).value();
    let rows = |section: Section| {
        let mut rows: Vec<Rc<Row>> =
            actions.iter().filter(|row| Section::of(row, &month) == section).cloned().collect();
        rows.sort_by_cached_key(|row| (first_day(row).is_none(), first_day(row)));
        rows
    };
    Section::ALL.into_iter().map(|section| (section, rows(section))).filter(|(_, rows)| !rows.is_empty()).collect()
}

/// The first of the days that stand.
fn first_day(row: &Row) -> Option<String> {
    days(row).into_iter().min()
}

#[cfg(test)]
mod tests {
    use automerge::ActorId;
    use shared::documents::actions::{NewAction, STATUS, Status, Who, of_workshop};
    use shared::documents::board::{self, BoardView};
    use shared::documents::control::ControlView;
    use shared::documents::{EntryId, Stamped, actions};

    use super::*;

    #[test]
    fn what_nobody_has_taken_comes_first_and_what_is_done_last() {
        let mut doc = board::genesis().with_actor(ActorId::from([1; 16]));
        let mut add = |number: u8, who: &str, by: &str| {
            let action = NewAction {
                place: of_workshop(),
                source: None,
                what: number.to_string(),
                who: Who::named(who).unwrap(),
                by: by.to_owned(),
            };
            let id = EntryId::from_random([number; 16]);
            board::add_row(&mut doc, id, &action.row(None, number.into())).unwrap();
            id
        };
        let done = add(1, "AMO", "2026-11-01");
        add(2, "AMO", "");
        add(3, "AMO", "2027-02-01");
        add(4, "AMO", "2026-11-30");
        add(5, "AMO", "2026-10-02");
        add(6, "", "2026-11-24");
        board::set_cell(&mut doc, done, STATUS, &Stamped { value: Status::Done.code().into(), by: None, at: 9 })
            .unwrap();
        let all = actions::actions(&ControlView::default(), &BoardView::read(&doc));
        let today = LocalTime { year: 2026, month: 11, day: 23, hour: 9, minute: 0 };
        let listed = sections(&all, today);
        let named = |(section, rows): &(Section, Vec<Rc<Row>>)| {
            (*section, rows.iter().map(|row| row.text("what").to_owned()).collect::<Vec<_>>())
        };
        let found: Vec<_> = listed.iter().map(named).collect();
        assert_eq!(
            found,
            [
                (Section::Untaken, vec!["6".to_owned()]),
                (Section::Soon, vec!["5".to_owned(), "4".to_owned()]),
                (Section::Later, vec!["3".to_owned()]),
                (Section::Undated, vec!["2".to_owned()]),
                (Section::Done, vec!["1".to_owned()]),
            ]
        );
    }
}
