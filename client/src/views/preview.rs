//! What others see of what somebody answered alone, as the group takes it home: before it is shared, and afterwards.

use std::rc::Rc;

use shared::documents::EntryId;
use shared::documents::board::BoardView;
use yew::prelude::{Html, Properties, component};

use crate::hooks::use_snapshot;
use crate::kinds::{ResultProps, every};
use crate::local_time::LocalTime;
use crate::part::PartAt;
use crate::platform::clock;
use crate::session::Snapshot;
use crate::texts::{Texts, use_texts};

/// A part of a tool: see [`Preview`] and [`SharedPart`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct PreviewProps {
    /// The tool instance.
    pub tool: EntryId,
    /// The part's place in it.
    pub part: usize,
}

/// Draws the answers of the person of this tab alone; notes and rows are shared one by one.
#[component]
pub fn Preview(props: &PreviewProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let Some(me) = snapshot.me else { return Html::default() };
    let mut board = snapshot.own_board.of_person(props.tool, me);
    board.notes.clear();
    board.rows.clear();
    form(props, &snapshot, Rc::new(board), texts)
}

/// Draws what everyone shared of the part.
#[component]
pub fn SharedPart(props: &PreviewProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    form(props, &snapshot, Rc::clone(&snapshot.board), texts)
}

fn form(props: &PreviewProps, snapshot: &Snapshot, board: Rc<BoardView>, texts: Texts) -> Html {
    let at = snapshot.control.tool(props.tool).and_then(|instance| PartAt::all(instance).nth(props.part));
    let result = at.and_then(|at| {
        every::papers(at.part().kind()).result(&ResultProps {
            at,
            control: Rc::clone(&snapshot.control),
            board,
            is_own: false,
            texts,
            this_year: LocalTime::at(clock::wall()).year,
        })
    });
    result.map(|result| result.form).unwrap_or_default()
}
