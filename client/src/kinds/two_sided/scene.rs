//! The balance on the large screen, and what the group wants to do about it.

use shared::documents::actions::{Who, whos};
use shared::documents::board::Row;
use yew::prelude::{Html, classes, component, html};

use super::balance::{BESIDE, Balance, WIDE};
use super::pans::{pans, said};
use super::{Asks, content, found, gather, marked, verdict};
use crate::actions;
use crate::components::icon::Icon;
use crate::kinds::{SceneProps, words};
use crate::texts::{Key, Texts, use_texts};
use crate::views::projector::side::Side;

/// Marked entries that fit on the screen, and that have room for large letters.
const MOST: usize = 7;
const FEW: usize = 4;
/// What came of one that is shown.
const AGREED: usize = 2;

/// Draws the balance as large as there is room.
#[component]
pub(super) fn BalanceScene(props: &SceneProps) -> Html {
    let texts = use_texts();
    let Some((content, balance)) = content(&props.at).zip(gather(&props.at, &props.control, &props.board)) else {
        return Html::default();
    };
    let has_side = props.invitation.is_some();
    let pans = pans(content, &balance, texts);
    let verdict = verdict(content, balance.sums(), texts);
    html! {
        <div class={classes!("screen__body", has_side.then_some("screen__body--with-side"))}>
            <section class="screen-balance" data-test="balance-scene" data-count={balance.answered().to_string()}>
                <Balance form={if has_side { BESIDE } else { WIDE }} tilt={balance.tilt()} label={said(&pans)} {pans} />
                <p class="screen-balance__verdict" data-test="projector-verdict">
                    { verdict.unwrap_or_else(|| texts.get(Key::BalanceScreenEmpty).to_owned()) }
                </p>
            </section>
            if has_side { <Side invitation={props.invitation.clone()} is_invite_large=true /> }
        </div>
    }
}

/// Draws the entries that are marked, with how many marked each.
#[component]
pub(super) fn FollowUpScene(props: &SceneProps) -> Html {
    let texts = use_texts();
    let at = &props.at;
    let Some(Asks::FollowUp(follow_up)) = props.step.as_deref().and_then(|step| found(at, step)) else {
        return Html::default();
    };
    let Some(balance) = gather(&props.at, &props.control, &props.board) else { return Html::default() };
    let entries = marked(at, &balance, follow_up, texts);
    let has_side = props.invitation.is_some();
    html! {
        <div class={classes!("screen__body", has_side.then_some("screen__body--with-side"))}>
            <section class="screen-wall" data-test="follow-up-scene">
                if entries.is_empty() {
                    <div class="screen-empty screen-empty--wall"><p class="screen-empty__title">{ words(&follow_up.hint, texts) }</p></div>
                }
                <ol class={classes!("screen-marked", (entries.len() <= FEW).then_some("screen-marked--few"))}>
                    { for entries.iter().take(MOST).map(|(words, _, mark)| html! {
                        <li class="screen-marked__entry" key={mark.key.to_string()} data-test="projector-marked">
                            <p class="screen-marked__words" dir="auto">{ words }</p>
                            <p class="screen-marked__by">{ texts.balance_marked_by(mark.people.len()) }</p>
                            { for mark.actions.iter().take(AGREED).map(|row| agreed(row, props, texts)) }
                        </li>
                    }) }
                </ol>
                if entries.len() > MOST { <p class="screen__more" data-test="projector-more">{ texts.app_and_more(entries.len() - MOST) }</p> }
            </section>
            if has_side { <Side invitation={props.invitation.clone()} is_invite_large=true /> }
        </div>
    }
}

/// What came of a mark. Who does it stands there where names are shown, or where it is a role.
fn agreed(row: &Row, props: &SceneProps, texts: Texts) -> Html {
    let name = |who: &Who| match who {
        Who::Person(_) if !props.names => None,
        who => Some(actions::who(&props.board, who, texts)),
    };
    let days = actions::all_days(row, texts, props.this_year);
    let days = (!days.is_empty()).then(|| texts.table_before_date(&days));
    let what = actions::what(row, texts).to_string();
    let who: Vec<String> = whos(row).iter().filter_map(name).collect();
    let said: Vec<String> = [what].into_iter().chain(who).chain(days).collect();
    html! {
        <p class="screen-marked__agreed" key={row.id.to_string()} dir="auto">
            { if actions::is_done(row) { Icon::Check.image() } else { Icon::Arrow.image() } }
            <span>{ said.join(" · ") }</span>
        </p>
    }
}
