//! The ladder in the middle, now on its left, ambition on its right: the paper form as a picture.

use std::rc::Rc;

use shared::content::{ColumnRole, PromptRole};
use yew::prelude::{Html, classes, component, html};

use super::agreed_card::AgreedCard;
use super::level_row::{LevelCell, LevelName};
use super::room::newest;
use super::side::Side;
use super::table_scene::TableSceneProps;
use crate::components::marker::column_class;
use crate::table::Step;
use crate::texts::{Key, Texts, use_texts};

/// Draws the ladder with its two columns, and beside it what is agreed and the newest texts.
#[component]
pub(super) fn LadderScene(props: &TableSceneProps) -> Html {
    let texts = use_texts();
    let answers = &props.answers;
    let most = ColumnRole::ALL.iter().flat_map(|role| answers.column(*role).placements.values().map(Vec::len)).max();
    // The other column steps back.
    let asked = match props.step {
        Some(Step::Place(column)) => Some(column),
        None | Some(Step::Prompt(_) | Step::Agreed) => None,
    };
    let muted = |column: ColumnRole| asked.is_some_and(|asked| asked != column);
    let cell = |column: ColumnRole, level: u8| {
        let people = answers.column(column).placements.get(&level).cloned().unwrap_or_default();
        let is_agreed = answers.column(column).agreed_levels().iter().any(|stamped| stamped.value == level);
        html! {
            <LevelCell {column} {level} {people} most={most.unwrap_or(0)} {is_agreed} is_muted={muted(column)}
                board={Rc::clone(&props.board)} names={props.names} />
        }
    };
    let head = |column: ColumnRole| column_head(props, column, muted(column), texts);
    let notes = match asked {
        Some(column) => newest(&[&answers.column(column).examples]),
        None => newest(&[&answers.now.examples, &answers.ambition.examples, &answers.obstacles, &answers.signs]),
    };
    html! {
        <div class="screen__body screen__body--with-side">
            <section class="screen-ladder" aria-label={props.table.tool.title.get(texts.language).to_owned()}>
                { head(ColumnRole::Now) }
                <span class="screen-ladder__corner" />
                { head(ColumnRole::Ambition) }
                { for props.table.maturity().levels.iter().rev().map(|level| html! {
                    <>
                        { cell(ColumnRole::Now, level.value) }
                        <LevelName level={level.clone()} answers={Rc::clone(answers)} />
                        { cell(ColumnRole::Ambition, level.value) }
                    </>
                }) }
            </section>
            <Side invitation={props.invitation.clone()} notes={Some(notes)} board={Rc::clone(&props.board)} names={props.names}
                empty={texts.get(Key::ScreenEmpty)} above={AgreedCard::height(answers)}>
                if AgreedCard::has_any(answers) { <AgreedCard answers={Rc::clone(answers)} this_year={props.this_year} /> }
            </Side>
        </div>
    }
}

fn column_head(props: &TableSceneProps, column: ColumnRole, is_muted: bool, texts: Texts) -> Html {
    let title = props.table.maturity().column(column).map(|column| column.title.get(texts.language).to_owned());
    let answered = props.answers.column(column).answered();
    let class = classes!(
        "screen-column",
        format!("screen-column--{}", column.code()),
        column_class(column),
        is_muted.then_some("screen-column--muted")
    );
    html! {
        <div {class} data-test={format!("column-{}", column.code())} data-count={answered.to_string()}>
            <h2 class="screen-column__title">{ title.unwrap_or_default() }</h2>
            <p class="screen-column__count">
                { if answered == 0 { texts.get(Key::ScreenAnsweredNone).to_owned() } else { texts.screen_answered(answered) } }
            </p>
        </div>
    }
}

/// The column that a text belongs to, which colours its edge; `None` in a table without columns.
#[must_use]
pub(super) fn column_of(field: &str) -> Option<ColumnRole> {
    let word = field.rsplit_once('.').map_or(field, |(_, word)| word);
    ColumnRole::from_code(word).or_else(|| PromptRole::from_code(word).map(|_| ColumnRole::Ambition))
}
