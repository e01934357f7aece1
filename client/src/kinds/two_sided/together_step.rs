//! The balance as it stands, on a phone and on the desk.

use shared::documents::EntryId;
use shared::documents::two_sided::TwoSidedAnswers;
use yew::prelude::{AttrValue, Html, Properties, classes, component, html};

use super::balance::{Balance, SMALL, band_class, pan_class};
use super::pans::{Pan, pans, said};
use super::{content, gather, verdict};
use crate::components::heading::Heading;
use crate::hooks::use_snapshot;
use crate::kinds::alone::{seen_board, use_answer_sheet};
use crate::kinds::{StepProps, Surface};
use crate::texts::{Key, use_texts};

/// Draws the balance with its entries under it. What others put on it is shown once one has weighed, so that nobody just
/// follows.
#[component]
pub(super) fn TogetherStep(props: &StepProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let at = &props.at;
    let sheet = use_answer_sheet(at);
    let is_desk = props.surface == Surface::Desk;
    let Some((content, balance)) = content(at).zip(gather(at, &snapshot.control, &seen_board(&sheet, at))) else {
        return Html::default();
    };
    let person = sheet.person();
    let has_weighed = |me: EntryId| balance.sides.iter().any(|side| side.sum_of(me) > 0);
    let is_shown = is_desk || person.is_none_or(has_weighed);
    let pans = pans(content, &balance, texts);
    let own = person.filter(|_| balance.answered() > 1).and_then(|me| verdict(content, own_sums(&balance, me), texts));
    html! {
        <>
            <Heading text={texts.get(Key::BalanceTogether)} hint={AttrValue::Static(texts.get(Key::BalanceTogetherHint))} is_section={is_desk} />
            if is_shown {
                <Balance form={SMALL} tilt={balance.tilt()} label={said(&pans)} pans={pans.clone()} />
                <p class="balance-verdict" data-test="balance-verdict">
                    { verdict(content, balance.sums(), texts).unwrap_or_else(|| texts.get(Key::BalanceEmpty).to_owned()) }
                </p>
                if let Some(own) = own { <p class="balance-own">{ texts.balance_for_you(&own) }</p> }
                <div class="balance-pans">{ for pans.iter().map(|pan| html! { <PanList key={pan.side.clone()} pan={pan.clone()} /> }) }</div>
            } else {
                <p class="phone__empty">{ texts.get(Key::BalanceFirst) }</p>
            }
        </>
    }
}

fn own_sums(balance: &TwoSidedAnswers, me: EntryId) -> (u32, u32) {
    use shared::content::SideRole::{Lifts, Weighs};
    let of = |role| balance.sides.iter().filter(|side| side.role == role).map(|side| side.sum_of(me)).sum();
    (of(Weighs), of(Lifts))
}

/// See [`PanList`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct PanListProps {
    /// The pan.
    pub(super) pan: Pan,
    /// Whether it stands under the heading of a part, as on paper.
    #[prop_or_default]
    pub(super) is_under_part: bool,
}

/// What lies in a pan, as a list.
#[component]
pub(super) fn PanList(props: &PanListProps) -> Html {
    let Pan { side, role, title, sum, bands, weights } = &props.pan;
    let title = html! { <><span>{ title }</span><span class="pan-list__sum">{ sum }</span></> };
    html! {
        <section class={classes!("pan-list", pan_class(*role))} data-test={format!("pan-{side}")} data-count={sum.to_string()}>
            if props.is_under_part { <h3 class="pan-list__title">{ title }</h3> } else { <h2 class="pan-list__title">{ title }</h2> }
            <ul class="pan-list__entries">
                { for weights.iter().map(|weight| html! {
                    <li class="pan-list__entry" key={weight.key.clone()}>
                        if bands.len() > 1 { <span class={classes!("weigh-band__sign", band_class(weight.band))}></span> }
                        <span class="pan-list__words" dir="auto">
                            { &weight.words }
                            if let Some(band) = bands.get(weight.band) { <span class="hidden-words">{ format!(" ({band})") }</span> }
                        </span>
                        <span class="pan-list__sum">{ weight.sum }</span>
                    </li>
                }) }
            </ul>
            if bands.len() > 1 && !weights.is_empty() {
                <p class="pan-list__bands" aria-hidden="true">
                    { for bands.iter().enumerate().map(|(place, band)| html! {
                        <span class="pan-list__band" key={place}><span class={classes!("weigh-band__sign", band_class(place))}></span>{ band }</span>
                    }) }
                </p>
            }
        </section>
    }
}
