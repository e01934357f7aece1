//! What others will see of what somebody answered alone, before it is shared: their answers as the group takes them home.

use std::rc::Rc;

use shared::documents::EntryId;
use yew::prelude::{Html, Properties, component};

use crate::hooks::use_snapshot;
use crate::kinds::{ResultProps, every};
use crate::local_time::LocalTime;
use crate::part::PartAt;
use crate::platform::clock;
use crate::texts::use_texts;

/// See [`Preview`].
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
    let at = snapshot.control.tool(props.tool).and_then(|instance| PartAt::all(instance).nth(props.part));
    let (Some(at), Some(me)) = (at, snapshot.me) else { return Html::default() };
    let mut board = snapshot.own_board.of_person(props.tool, me);
    board.notes.clear();
    board.rows.clear();
    let result = every::papers(at.part().kind()).result(&ResultProps {
        at,
        control: Rc::clone(&snapshot.control),
        board: Rc::new(board),
        is_own: false,
        texts,
        this_year: LocalTime::at(clock::wall()).year,
    });
    result.map(|result| result.form).unwrap_or_default()
}
