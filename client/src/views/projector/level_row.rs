//! One rung of the ladder on the large screen: its name in the middle, and on either side who stands there.

use std::rc::Rc;

use shared::content::{ColumnRole, Level};
use shared::documents::EntryId;
use shared::documents::board::BoardView;
use shared::documents::maturity::MaturityAnswers;
use yew::prelude::{Html, Properties, classes, component, html};

use super::names::Names;
use crate::components::dots::Dots;
use crate::components::marker::column_class;
use crate::texts::use_texts;

/// See [`LevelCell`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct LevelCellProps {
    /// Which side.
    pub(super) column: ColumnRole,
    /// The level's number.
    pub(super) level: u8,
    /// Who stands here.
    pub(super) people: Vec<EntryId>,
    /// The most that stand anywhere, for which dots must be small enough.
    pub(super) most: usize,
    /// Whether the group agreed on this level.
    pub(super) is_agreed: bool,
    /// Whether the other side is talked about.
    pub(super) is_muted: bool,
    /// Who is who.
    pub(super) board: Rc<BoardView>,
    /// Whether names stand at the marks.
    pub(super) names: bool,
}

/// Draws one side of a rung.
#[component]
pub(super) fn LevelCell(props: &LevelCellProps) -> Html {
    let texts = use_texts();
    let count = props.people.len();
    let class = classes!(
        "screen-cell",
        format!("screen-cell--{}", props.column.code()),
        column_class(props.column),
        props.is_agreed.then_some("screen-cell--agreed"),
        props.is_muted.then_some("screen-cell--muted"),
    );
    let label = format!("{}: {}", texts.table_level(usize::from(props.level)), texts.table_people_here(count));
    html! {
        <div {class} data-test={format!("column-{}-level-{}", props.column.code(), props.level)} data-count={count.to_string()}>
            if count > 0 {
                <span class="hidden-words">{ label }</span>
                if props.names {
                    <Names column={props.column} people={props.people.clone()} board={Rc::clone(&props.board)} />
                } else {
                    <Dots column={props.column} {count} most={props.most} />
                }
            }
        </div>
    }
}

/// See [`LevelName`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct LevelNameProps {
    /// The level.
    pub(super) level: Level,
    /// What is agreed.
    pub(super) answers: Rc<MaturityAnswers>,
}

/// Draws the rung itself, framed in the colour of the column that agreed on it, amber while two values wait.
#[component]
pub(super) fn LevelName(props: &LevelNameProps) -> Html {
    let texts = use_texts();
    let value = props.level.value;
    let state = |column: ColumnRole| {
        let answers = props.answers.column(column);
        let is_here = answers.agreed_levels().iter().any(|stamped| stamped.value == value);
        is_here.then_some(if answers.agreed.is_unsettled() { "open" } else { column.code() })
    };
    let class = match (state(ColumnRole::Now), state(ColumnRole::Ambition)) {
        (Some("open"), _) | (_, Some("open")) => Some("screen-level--open"),
        (Some(_), Some(_)) => Some("screen-level--both"),
        (Some(_), None) => Some("screen-level--now"),
        (None, Some(_)) => Some("screen-level--ambition"),
        (None, None) => None,
    };
    html! {
        <div class={classes!("screen-level", class)}>
            <span class="screen-level__number">{ value }</span>
            <span class="screen-level__words">
                <span class="screen-level__name">{ props.level.name.get(texts.language).to_owned() }</span>
                <span class="screen-level__gist">{ props.level.gist.get(texts.language).to_owned() }</span>
            </span>
        </div>
    }
}
