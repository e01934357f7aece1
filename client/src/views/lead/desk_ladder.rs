//! The ladder on the desk: now on the left, ambition on the right, and a tap on a level to agree on it.

use std::rc::Rc;

use shared::documents::maturity::{ColumnAnswers, MaturityAnswers};
use web_sys::MouseEvent;
use yew::prelude::{AttrValue, Callback, Html, Properties, classes, component, html, use_callback};

use crate::components::dots::Dots;
use crate::components::marker::{column_class, marker};
use crate::groups::members;
use crate::hooks::use_snapshot;
use crate::people;
use crate::table::{ColumnRole, Table};
use crate::texts::{Key, use_texts};

/// See [`DeskLadder`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct DeskLadderProps {
    /// The table.
    pub(super) table: Table,
    /// The column that is agreed on here.
    pub(super) column: ColumnRole,
    /// What is answered.
    pub(super) answers: Rc<MaturityAnswers>,
    /// What is asked of the facilitator.
    pub(super) label: AttrValue,
    /// Called with the level that is agreed on, 0 to take it away.
    pub(super) on_agree: Callback<u8>,
}

/// Draws both columns; the buttons are those of one.
#[component]
pub(super) fn DeskLadder(props: &DeskLadderProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let answers = &props.answers;
    let most =
        ColumnRole::ALL.into_iter().flat_map(|column| answers.column(column).placements.values().map(Vec::len)).max();
    let group = snapshot.control.tool(props.table.instance).and_then(|instance| snapshot.control.group_of(instance));
    let people =
        group.map_or_else(|| people::present(&snapshot.board).len(), |group| members(&snapshot.board, group.id));
    // Whoever answers beside a group they are not in counts too.
    let of = |answered: usize| people.max(answered);
    let cell = |column: ColumnRole, level: u8| {
        let count = answers.column(column).placements.get(&level).map_or(0, Vec::len);
        let is_agreed = answers.column(column).agreed_levels().iter().any(|stamped| stamped.value == level);
        html! {
            <div class={classes!("desk-ladder__cell", format!("desk-ladder__cell--{}", column.code()), column_class(column), is_agreed.then_some("desk-ladder__cell--agreed"))}
                data-test={format!("desk-{}-level-{level}", column.code())} data-count={count.to_string()}>
                <Dots {column} {count} most={most.unwrap_or(0)} is_low=true />
                // On a phone the cell is too narrow for dots to be counted.
                <span class="desk-ladder__sum" aria-hidden="true">{ marker(column, None) }{ count }</span>
                <span class="hidden-words">{ texts.table_people_here(count) }</span>
            </div>
        }
    };
    let counts = [
        (ColumnRole::Now, texts.lead_now_count(of(answers.now.answered()), answers.now.answered())),
        (ColumnRole::Ambition, texts.lead_ambition_count(of(answers.ambition.answered()), answers.ambition.answered())),
    ];
    html! {
        <div class="desk-ladder" role="group" aria-label={props.label.clone()}>
            <div class="desk-ladder__counts">
                { for counts.into_iter().map(|(column, words)| html! {
                    <p class={classes!("desk-ladder__count", format!("desk-ladder__count--{}", column.code()), column_class(column))}>{ words }</p>
                }) }
            </div>
            { for props.table.maturity().levels.iter().rev().map(|level| html! {
                <>
                    { cell(ColumnRole::Now, level.value) }
                    <AgreeButton key={level.value} level={level.value} name={level.name.get(texts.language).to_owned()} column={props.column}
                        standing={Standing::of(answers.column(props.column), level.value)}
                        on_agree={props.on_agree.clone()} />
                    { cell(ColumnRole::Ambition, level.value) }
                </>
            }) }
        </div>
    }
}

/// What a level is to the group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// One of those that can be chosen.
    Free,
    /// One of several that were chosen apart, and wait for someone to settle them.
    Met,
    /// The one that is agreed on.
    Agreed,
}

impl Standing {
    fn of(column: &ColumnAnswers, level: u8) -> Self {
        let is_chosen = column.agreed_levels().iter().any(|stamped| stamped.value == level);
        match (is_chosen, column.agreed.is_unsettled()) {
            (false, _) => Self::Free,
            (true, true) => Self::Met,
            (true, false) => Self::Agreed,
        }
    }

    fn class(self) -> Option<&'static str> {
        match self {
            Self::Free => None,
            Self::Met => Some("desk-ladder__level--met"),
            Self::Agreed => Some("desk-ladder__level--agreed"),
        }
    }
}

/// See [`AgreeButton`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct AgreeButtonProps {
    level: u8,
    name: AttrValue,
    column: ColumnRole,
    standing: Standing,
    on_agree: Callback<u8>,
}

#[component]
fn AgreeButton(props: &AgreeButtonProps) -> Html {
    let texts = use_texts();
    let is_agreed = props.standing == Standing::Agreed;
    let wanted = if is_agreed { 0 } else { props.level };
    let onclick =
        use_callback((props.on_agree.clone(), wanted), |_: MouseEvent, (on_agree, wanted)| on_agree.emit(*wanted));
    let class = classes!("desk-ladder__level", column_class(props.column), props.standing.class());
    html! {
        <button {class} type="button" {onclick} aria-pressed={is_agreed.to_string()}
            data-test={format!("agreed-{}-{}", props.column.code(), props.level)}>
            <span class="desk-ladder__number">{ props.level }</span>
            <span class="desk-ladder__name">{ &props.name }</span>
            if is_agreed { <span class="desk-ladder__agreed">{ texts.get(Key::LeadAgreedLabel) }</span> }
        </button>
    }
}
