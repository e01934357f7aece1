//! The ladders of several groups on the same five rungs: who stands where in each, and what each agreed on.

use std::rc::Rc;

use shared::content::ColumnRole;
use shared::documents::board::BoardView;
use shared::documents::maturity::MaturityAnswers;
use yew::prelude::{AttrValue, Html, Properties, classes, component, html};

use super::beside::GroupHead;
use super::level_row::LevelCell;
use crate::components::marker::column_class;
use crate::table::Table;
use crate::texts::{Key, use_texts};

/// What one group has filled in.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct GroupLadder {
    /// The group's name.
    pub(crate) name: AttrValue,
    /// How many people have answered.
    pub(crate) answered: usize,
    /// The group's table.
    pub(crate) table: Table,
    /// What is answered there.
    pub(crate) answers: Rc<MaturityAnswers>,
}

/// See [`BesideLadder`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct BesideLadderProps {
    /// The groups, from the left.
    pub(crate) ladders: Vec<GroupLadder>,
    /// The side that is talked about; both without one.
    pub(crate) column: Option<ColumnRole>,
}

/// Draws the ladders. Dots are of one size in all of them, so that groups can be compared.
#[component]
pub(crate) fn BesideLadder(props: &BesideLadderProps) -> Html {
    let texts = use_texts();
    let Some(first) = props.ladders.first() else { return Html::default() };
    let columns: Vec<ColumnRole> =
        ColumnRole::ALL.into_iter().filter(|role| props.column.is_none_or(|column| column == *role)).collect();
    let counts = props.ladders.iter().flat_map(|ladder| columns.iter().map(|role| ladder.answers.column(*role)));
    let most = counts.flat_map(|answers| answers.placements.values().map(Vec::len)).max().unwrap_or(0);
    let board = Rc::new(BoardView::default());
    let cell = |ladder: &GroupLadder, column: ColumnRole, level: u8| {
        let answers = ladder.answers.column(column);
        let people = answers.placements.get(&level).cloned().unwrap_or_default();
        let is_agreed = answers.agreed_levels().iter().any(|stamped| stamped.value == level);
        let agreed = if answers.agreed.is_unsettled() { Key::ResultMet } else { Key::LeadAgreedLabel };
        html! {
            <div class={classes!("beside-ladder__side", format!("beside-ladder__side--{}", column.code()), column_class(column))}>
                <LevelCell {column} {level} {people} {most} {is_agreed} is_muted=false board={Rc::clone(&board)} names=false />
                if is_agreed { <p class="beside-ladder__agreed" data-test={format!("beside-agreed-{}", column.code())}>{ texts.get(agreed) }</p> }
            </div>
        }
    };
    let class = classes!("beside-ladder", format!("beside-ladder--{}", props.ladders.len()));
    html! {
        <div {class}>
            <span class="beside-ladder__corner" />
            { for props.ladders.iter().enumerate().map(|(place, ladder)| html! {
                <GroupHead key={place} name={ladder.name.clone()} answered={ladder.answered} />
            }) }
            { for first.table.maturity().levels.iter().rev().map(|level| html! {
                <>
                    <div class="screen-level beside-ladder__level">
                        <span class="screen-level__number">{ level.value }</span>
                        <span class="screen-level__name">{ level.name.get(texts.language).to_owned() }</span>
                    </div>
                    { for props.ladders.iter().enumerate().map(|(place, ladder)| html! {
                        <div class="beside-ladder__rung" key={place} data-test={format!("beside-{place}-level-{}", level.value)}>
                            { for columns.iter().map(|column| cell(ladder, *column, level.value)) }
                        </div>
                    }) }
                </>
            }) }
        </div>
    }
}
