//! How much an entry weighs for one person: five steps, of which one holds.

use shared::content::SideRole;
use shared::documents::AnswerKey;
use shared::documents::two_sided::{HEAVIEST, Weighable};
use web_sys::MouseEvent;
use yew::prelude::{AttrValue, Callback, Html, Properties, classes, component, html, use_callback, use_state_eq};

use super::balance::pan_class;
use crate::kinds::alone::use_answer_sheet;
use crate::part::PartAt;
use crate::session::{ActionError, AnswerSheet};
use crate::texts::{Texts, use_texts};
use crate::views::fault;

/// Gives an entry a weight as the person of this tab; `None` takes it back.
pub(super) fn weigh(
    sheet: &AnswerSheet,
    of: &Weighable,
    key: &AnswerKey,
    weight: Option<u8>,
) -> Result<(), ActionError> {
    match of {
        Weighable::Typical(_) => sheet.place(key, weight),
        Weighable::Own(note) => sheet.support(*note, weight.unwrap_or_default()),
    }
}

/// See [`Weights`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct WeightsProps {
    /// The part.
    pub(super) at: PartAt,
    /// The entry.
    pub(super) of: Weighable,
    /// Where its weights lie.
    pub(super) place: AnswerKey,
    /// What it says.
    pub(super) words: AttrValue,
    /// Which way its side pulls.
    pub(super) role: SideRole,
    /// What it weighs for this person.
    pub(super) own: Option<u8>,
}

/// Draws the steps, full up to the one that holds. That one is pressed again to take it back.
#[component]
pub(super) fn Weights(props: &WeightsProps) -> Html {
    let texts = use_texts();
    let sheet = use_answer_sheet(&props.at);
    let refused = use_state_eq(|| None::<String>);
    let used = (sheet, props.of.clone(), props.place.clone(), props.own, refused.clone(), texts);
    let on_weight = use_callback(used, |weight: u8, (sheet, of, place, own, refused, texts)| {
        let wanted = (*own != Some(weight)).then_some(weight);
        refused.set(weigh(sheet, of, place, wanted).err().map(|error| fault::words(&error, *texts)));
    });
    // Spans, since it also stands at the foot of a note's words.
    html! {
        <span class={classes!("weights", pan_class(props.role))}>
            <span class="weights__steps" role="group" aria-label={props.words.clone()}>
                { for (1..=HEAVIEST).map(|weight| html! {
                    <WeightStep key={weight} {weight} own={props.own} on_weight={on_weight.clone()} label={label(weight, texts)} />
                }) }
            </span>
            if let Some(refused) = &*refused { <span class="field__fault" role="alert">{ refused }</span> }
        </span>
    }
}

fn label(weight: u8, texts: Texts) -> AttrValue {
    texts.balance_weight(usize::from(weight)).into()
}

/// See [`WeightStep`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct WeightStepProps {
    weight: u8,
    own: Option<u8>,
    on_weight: Callback<u8>,
    label: AttrValue,
}

#[component]
fn WeightStep(props: &WeightStepProps) -> Html {
    let onclick = use_callback((props.on_weight.clone(), props.weight), |_: MouseEvent, (on_weight, weight)| {
        on_weight.emit(*weight);
    });
    let WeightStepProps { weight, own, .. } = *props;
    let is_full = own.is_some_and(|own| weight <= own);
    html! {
        <button class={classes!("weights__step", is_full.then_some("weights__step--full"))} type="button" {onclick}
            aria-pressed={(own == Some(weight)).to_string()} aria-label={props.label.clone()} data-test={format!("weight-{weight}")}>
            { weight }
        </button>
    }
}
