//! What happened where the curve turns: a typical thing, or one's own words.

use std::rc::Rc;

use shared::content::Curve;
use shared::documents::curve::{CurveAnswers, PersonCurve, Turn};
use web_sys::{HtmlTextAreaElement, MouseEvent};
use yew::prelude::{
    AttrValue, Callback, Html, NodeRef, Properties, component, html, use_callback, use_effect_with, use_node_ref,
    use_state_eq,
};

use super::chart::axis;
use super::{turn_words, turns_of};
use crate::components::sheet::Sheet;
use crate::kinds::words;
use crate::texts::{Key, Texts, use_texts};
use crate::views::fault::words as fault_words;

/// Things under a month of the large screen's drawing; the others are counted.
const SHOWN: usize = 3;

/// What happened, month by month, under a drawing of several curves.
pub(super) fn turns_below(curve: &Curve, answers: &CurveAnswers, texts: Texts) -> Html {
    let month = |(month, name): (u8, AttrValue)| {
        let turns = turns_of(curve, answers, month, texts);
        let more = turns.len().saturating_sub(SHOWN);
        html! {
            <li key={month} class={turns.is_empty().then_some("turns-below__none")}>
                <span class="turns-below__month">{ name }</span>
                { for turns.into_iter().take(SHOWN).map(|turn| html! { <span class="turn" key={turn.clone()} dir="auto">{ turn }</span> }) }
                if more > 0 { <span class="turn turn--more">{ texts.app_and_more(more) }</span> }
            </li>
        }
    };
    html! { <ol class="turns-below">{ for (0..curve.months).zip(axis(curve.months, texts)).map(month) }</ol> }
}

/// See [`Turns`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct TurnsProps {
    /// What is asked.
    pub(super) curve: Rc<Curve>,
    /// One's own curve.
    pub(super) own: PersonCurve,
    /// Says what happened in a month; `None` for nothing.
    pub(super) on_turn: Callback<(u8, Option<Turn>)>,
}

/// Draws the months with what happened in each.
#[component]
pub(super) fn Turns(props: &TurnsProps) -> Html {
    let texts = use_texts();
    let open = use_state_eq(|| None::<u8>);
    let on_open = use_callback(open.clone(), |month: u8, open| open.set(Some(month)));
    let on_close = use_callback(open.clone(), |(), open| open.set(None));
    let names = axis(props.curve.months, texts);
    html! {
        <section class="phone__section">
            <h2 class="phone__section-title">{ words(&props.curve.tag_prompt, texts) }</h2>
            <ol class="turn-months">
                { for (0..props.curve.months).zip(&names).map(|(month, name)| {
                    let turns = props.own.points.get(usize::from(month)).map(|point| point.turns.as_slice()).unwrap_or_default();
                    let said: Vec<String> = turns.iter().map(|turn| turn_words(&props.curve, turn, texts)).collect();
                    html! { <TurnMonth key={month} {month} name={name.clone()} said={said.join(" / ")} on_open={on_open.clone()} /> }
                }) }
            </ol>
            if let Some(month) = *open {
                <TurnSheet {month} name={names.get(usize::from(month)).cloned().unwrap_or_default()} curve={Rc::clone(&props.curve)}
                    turn={props.own.points.get(usize::from(month)).and_then(|point| point.turns.first().cloned())}
                    on_turn={props.on_turn.clone()} {on_close} />
            }
        </section>
    }
}

/// See [`TurnMonth`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct TurnMonthProps {
    month: u8,
    name: AttrValue,
    said: String,
    on_open: Callback<u8>,
}

#[component]
fn TurnMonth(props: &TurnMonthProps) -> Html {
    let texts = use_texts();
    let onclick =
        use_callback((props.month, props.on_open.clone()), |_: MouseEvent, (month, on_open)| on_open.emit(*month));
    html! {
        <li>
            <button class="turn-month" type="button" {onclick} data-test={format!("turn-{}", props.month)}>
                <span class="turn-month__name">{ &props.name }</span>
                if props.said.is_empty() {
                    <span class="turn-month__none">{ texts.get(Key::CurveAdd) }</span>
                } else {
                    <span class="turn" dir="auto">{ &props.said }</span>
                }
            </button>
        </li>
    }
}

/// See [`TurnSheet`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct TurnSheetProps {
    month: u8,
    name: AttrValue,
    curve: Rc<Curve>,
    turn: Option<Turn>,
    on_turn: Callback<(u8, Option<Turn>)>,
    on_close: Callback<()>,
}

#[component]
fn TurnSheet(props: &TurnSheetProps) -> Html {
    let texts = use_texts();
    let field = use_node_ref();
    let fault = use_state_eq(|| None::<String>);
    let written = match &props.turn {
        Some(Turn::Words(words)) => words.clone(),
        _ => String::new(),
    };
    use_effect_with((field.clone(), written), |(field, written)| {
        if let Some(field) = field.cast::<HtmlTextAreaElement>() {
            field.set_value(written);
        }
    });
    let used = (props.month, props.on_turn.clone(), props.on_close.clone());
    let say = use_callback(used, |turn: Option<Turn>, (month, on_turn, on_close)| {
        on_turn.emit((*month, turn));
        on_close.emit(());
    });
    let used = (field.clone(), say.clone(), fault.clone(), texts);
    let on_words =
        use_callback(used, |_: MouseEvent, (field, say, fault, texts)| match Turn::words(&value_of(field)) {
            Ok(turn) => say.emit(turn),
            Err(error) => fault.set(Some(fault_words(&error.into(), *texts))),
        });
    let on_none = use_callback(say.clone(), |_: MouseEvent, say| say.emit(None));
    html! {
        <Sheet title={words(&props.curve.tag_prompt, texts)} on_close={props.on_close.clone()} test="turn-sheet">
            <p class="sheet__lead">{ &props.name }</p>
            <div class="turn-tags">
                { for props.curve.tags.iter().map(|tag| html! {
                    <Tag key={tag.id.to_string()} tag={tag.clone()} is_chosen={props.turn == Some(Turn::Typical(tag.id.clone()))} on_choose={say.clone()} />
                }) }
            </div>
            <label class="field">
                <span class="field__label">{ texts.get(Key::CurveOwnWords) }</span>
                <textarea class="input input--text" ref={field} rows="2" dir="auto" data-test="turn-words" />
            </label>
            if let Some(fault) = &*fault { <p class="field__fault" role="alert">{ fault }</p> }
            <div class="actions">
                if props.turn.is_some() { <button class="button" type="button" onclick={on_none} data-test="turn-none">{ texts.get(Key::AloneRemove) }</button> }
                <button class="button button--main" type="button" onclick={on_words} data-test="turn-keep">{ texts.get(Key::AloneKeep) }</button>
            </div>
        </Sheet>
    }
}

/// See [`Tag`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct TagProps {
    tag: shared::content::Entry,
    is_chosen: bool,
    on_choose: Callback<Option<Turn>>,
}

#[component]
fn Tag(props: &TagProps) -> Html {
    let texts = use_texts();
    let used = (props.tag.id.clone(), props.on_choose.clone());
    let onclick = use_callback(used, |_: MouseEvent, (id, on_choose)| on_choose.emit(Some(Turn::Typical(id.clone()))));
    html! {
        <button class="turn-tag" type="button" aria-pressed={props.is_chosen.to_string()} {onclick} data-test={format!("tag-{}", props.tag.id)}>
            { words(&props.tag.text, texts) }
        </button>
    }
}

fn value_of(field: &NodeRef) -> String {
    field.cast::<HtmlTextAreaElement>().map(|field| field.value()).unwrap_or_default()
}
