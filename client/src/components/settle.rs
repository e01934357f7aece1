//! Two or more values that met: all of them, and the way to settle them together.

use web_sys::MouseEvent;
use yew::prelude::{AttrValue, Callback, Html, Properties, classes, component, html, use_callback};

use super::marker::column_class;
use crate::table::ColumnRole;
use crate::texts::{Key, use_texts};

/// One of the values that met.
#[derive(Debug, Clone, PartialEq)]
pub struct Met {
    /// It in large: a level's number, a date.
    pub value: AttrValue,
    /// It in small: a level's name.
    pub name: AttrValue,
    /// Who chose it, and when.
    pub stamp: AttrValue,
}

/// See [`Settle`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct SettleProps {
    /// What they are about.
    pub about: AttrValue,
    /// The column they belong to, if there are columns.
    #[prop_or_default]
    pub column: Option<ColumnRole>,
    /// The values.
    pub values: Vec<Met>,
    /// Chooses the one at a place; without it they are only shown.
    #[prop_or_default]
    pub on_choose: Option<Callback<usize>>,
    /// What the card is called in tests.
    pub test: AttrValue,
}

/// Draws the values framed in amber, as something that needs someone.
#[component]
pub fn Settle(props: &SettleProps) -> Html {
    let texts = use_texts();
    html! {
        <section class={classes!("card", "card--attention", "settle", props.column.map_or("column-none", column_class))} data-test={props.test.clone()}>
            <p class="settle__about">{ &props.about }</p>
            // Who listens hears one sentence: the space is between the number and the words.
            <h2 class="settle__title">
                <span class="settle__count">{ props.values.len() }</span><span>{ format!(" {}", texts.get(Key::TableMet)) }</span>
            </h2>
            <p>{ texts.get(Key::TableMetText) }</p>
            if props.on_choose.is_some() { <p class="settle__ask">{ texts.get(Key::TableMetChoose) }</p> }
            <ul class="settle__values">
                { for props.values.iter().enumerate().map(|(place, met)| html! {
                    <MetValue key={place} {place} met={met.clone()} on_choose={props.on_choose.clone()} test={format!("{}-{}", props.test, met.value)} />
                }) }
            </ul>
        </section>
    }
}

/// See [`MetValue`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct MetValueProps {
    place: usize,
    met: Met,
    on_choose: Option<Callback<usize>>,
    test: AttrValue,
}

#[component]
fn MetValue(props: &MetValueProps) -> Html {
    let onclick = use_callback((props.on_choose.clone(), props.place), |_: MouseEvent, (on_choose, place)| {
        if let Some(on_choose) = on_choose {
            on_choose.emit(*place);
        }
    });
    let inner = html! {
        <>
            <span class="settle__value">{ &props.met.value }</span>
            <span class="settle__name">{ &props.met.name }</span>
            <span class="settle__stamp">{ &props.met.stamp }</span>
        </>
    };
    html! {
        <li class="settle__item">
            if props.on_choose.is_some() {
                <button class="settle__box" type="button" {onclick} data-test={props.test.clone()}>{ inner }</button>
            } else {
                <div class="settle__box" data-test={props.test.clone()}>{ inner }</div>
            }
        </li>
    }
}
