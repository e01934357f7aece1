//! What the group takes home: from where to where, why, and by when.

use std::rc::Rc;

use shared::content::ColumnRole;
use yew::prelude::{Html, classes, component, html};

use super::agreed_card::{gap, time_frames};
use super::room::newest;
use super::side::Side;
use super::table_scene::TableSceneProps;
use crate::components::icon::Icon;
use crate::components::marker::column_class;
use crate::table::Step;
use crate::texts::{Key, Texts, use_texts};

/// Draws both ends of the way, the time between them, and how the group will notice.
#[component]
pub(super) fn ResultScene(props: &TableSceneProps) -> Html {
    let texts = use_texts();
    let answers = &props.answers;
    let frames = time_frames(answers, props.this_year, texts);
    let is_open = answers.time_frame.is_unsettled();
    let is_about_time = props.step != Some(Step::Agreed);
    let words = answers.time_frame_words.trim().to_owned();
    // How the group will notice belongs to what it agreed on; until that is written, the newest of all.
    let signs = newest(&[&answers.signs]);
    let others = || newest(&[&answers.now.examples, &answers.ambition.examples, &answers.obstacles]);
    let notes = Some(if signs.is_empty() { others() } else { signs }).filter(|notes| !notes.is_empty());
    let has_side = notes.is_some() || props.invitation.is_some();
    html! {
        <div class={classes!("screen__body", has_side.then_some("screen__body--with-side"))}>
            <section class={classes!("screen-result", is_about_time.then_some("screen-result--time"))} data-test="projector-agreed">
                <div class="screen-result__way">
                    { end(props, ColumnRole::Now, texts) }
                    <span class="screen-result__arrow">{ Icon::Arrow.image() }</span>
                    { end(props, ColumnRole::Ambition, texts) }
                </div>
                <div class={classes!("screen-result__time", is_open.then_some("screen-result__time--open"))} data-test="projector-time">
                    if let Some(gap) = gap(answers, texts) { <p class="screen-result__gap" data-test="projector-gap">{ gap }</p> }
                    if frames.is_empty() && words.is_empty() {
                        <p class="screen-result__soft">{ texts.get(Key::TableTimeNone) }</p>
                    }
                    { for frames.into_iter().map(|frame| html! { <p class="screen-result__frame">{ frame }</p> }) }
                    if is_open { <p class="screen-result__talk">{ texts.get(Key::ScreenTalk) }</p> }
                    if !words.is_empty() { <p class="screen-result__words" dir="auto">{ words }</p> }
                </div>
            </section>
            if has_side {
                <Side invitation={props.invitation.clone()} is_invite_large={notes.is_none()} {notes} board={Rc::clone(&props.board)}
                    names={props.names} />
            }
        </div>
    }
}

/// One end of the way: its level, or the levels that met, and why.
fn end(props: &TableSceneProps, role: ColumnRole, texts: Texts) -> Html {
    let maturity = props.table.maturity();
    let column = props.answers.column(role);
    let title = maturity.column(role).map(|column| column.title.get(texts.language).to_owned()).unwrap_or_default();
    let is_open = column.agreed.is_unsettled();
    let level = |value: u8| {
        let Some(name) = maturity.level(value).map(|level| level.name.get(texts.language)) else {
            return html! { <p class="screen-result__soft" key={value}>{ texts.get(Key::ScreenAgreedOpen) }</p> };
        };
        html! {
            <p class="screen-result__level" key={value} data-test={format!("projector-agreed-{}-{value}", role.code())}>
                <span class="screen-result__number">{ value }</span>
                <span class="screen-result__name">{ name.to_owned() }</span>
            </p>
        }
    };
    let mut values: Vec<u8> = column.agreed.values().iter().map(|stamped| stamped.value).collect();
    values.sort_unstable();
    values.dedup();
    if values.is_empty() {
        values.push(0);
    }
    let reason = column.reason.trim();
    html! {
        <div class={classes!("screen-result__end", column_class(role), is_open.then_some("screen-result__end--open"))}>
            <h2 class="screen-result__title">{ title }</h2>
            { for values.into_iter().map(level) }
            if is_open { <p class="screen-result__talk">{ texts.get(Key::ScreenTalk) }</p> }
            if !reason.is_empty() { <p class="screen-result__reason" dir="auto">{ reason.to_owned() }</p> }
        </div>
    }
}
