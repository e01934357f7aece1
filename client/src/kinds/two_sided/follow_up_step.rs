//! What can be eased, or turned up: entries of one side are marked, and become actions.

use shared::documents::EntryId;
use shared::documents::board::Check;
use shared::documents::two_sided::FollowUpAnswers;
use web_sys::MouseEvent;
use yew::prelude::{AttrValue, Html, Properties, classes, component, html, use_callback, use_state_eq};

use super::balance::pan_class;
use super::{Asks, found, gather, on_side};
use crate::components::action_button::ActionButton;
use crate::components::action_list::ActionList;
use crate::components::heading::Heading;
use crate::components::icon::Icon;
use crate::hooks::use_snapshot;
use crate::kinds::alone::{seen_board, use_answer_sheet};
use crate::kinds::{StepProps, Surface, words};
use crate::part::PartAt;
use crate::texts::{Key, use_texts};
use crate::views::fault;

/// Draws the side's entries in play, the heaviest first, each with its mark.
#[component]
pub(super) fn FollowUpStep(props: &StepProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let at = &props.at;
    let sheet = use_answer_sheet(at);
    let Some(Asks::FollowUp(follow_up)) = found(at, &props.step) else { return Html::default() };
    let Some(balance) = gather(at, &snapshot.control, &seen_board(&sheet, at)) else { return Html::default() };
    let person = sheet.person();
    let title = words(&follow_up.title, texts);
    let role = balance.sides.iter().find(|side| side.side == follow_up.side).map(|side| side.role).unwrap_or_default();
    let entries = on_side(at, &balance, follow_up, texts);
    html! {
        <>
            <Heading text={title.clone()} hint={words(&follow_up.hint, texts)} is_section={props.surface == Surface::Desk} />
            if entries.is_empty() { <p class="phone__empty">{ texts.get(Key::BalanceMarkEmpty) }</p> }
            <ul class={classes!("weigh-list", pan_class(role))}>
                { for entries.into_iter().map(|(words, entry, mark)| html! {
                    <li class={classes!("weigh", mark.is_set().then_some("weigh--picked"))} key={mark.key.to_string()} data-test="follow-up"
                        data-count={mark.people.len().to_string()}>
                        <p class="weigh__line">
                            <span class="weigh__words" dir="auto">{ words.clone() }</span>
                            <span class="weigh__sum" aria-hidden="true">{ entry.sum() }</span>
                        </p>
                        <Mark at={at.clone()} mark={mark.clone()} words={words.clone()} title={title.clone()} {person} />
                        if sheet.makes_actions() {
                            <ActionList actions={mark.actions.clone()} />
                            if mark.is_set() { <ActionButton action={entry.action(mark, &words)} about={words} /> }
                        }
                    </li>
                }) }
            </ul>
        </>
    }
}

/// See [`Mark`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct MarkProps {
    at: PartAt,
    mark: FollowUpAnswers,
    /// The entry.
    words: AttrValue,
    /// What the mark says.
    title: AttrValue,
    person: Option<EntryId>,
}

/// The mark of one person, and how many set it.
#[component]
fn Mark(props: &MarkProps) -> Html {
    let texts = use_texts();
    let sheet = use_answer_sheet(&props.at);
    let refused = use_state_eq(|| None::<String>);
    let MarkProps { mark, words, title, person, .. } = props;
    let is_own = person.is_some_and(|person| mark.people.contains(&person));
    let key = person.map(|person| mark.key_of(person));
    let used = (sheet, key, is_own, refused.clone(), texts);
    let onclick = use_callback(used, |_: MouseEvent, (sheet, key, is_own, refused, texts)| {
        let Some(key) = key else { return };
        let done = sheet.check(vec![(key.clone(), (!is_own).then_some(Check::Yes))]);
        refused.set(done.err().map(|error| fault::words(&error, *texts)));
    });
    let count = mark.people.len();
    html! {
        <>
            <p class="weigh__marks">
                if person.is_some() {
                    <button class={classes!("weigh__mark", is_own.then_some("weigh__mark--set"))} type="button" {onclick} aria-pressed={is_own.to_string()}
                        aria-label={format!("{title}: {words}")} data-test="mark">
                        if is_own { { Icon::Check.image() } }
                        { title }
                    </button>
                }
                if count > 0 { <span class="weigh__others">{ texts.balance_marked_by(count) }</span> }
            </p>
            if let Some(refused) = &*refused { <p class="field__fault" role="alert">{ refused }</p> }
        </>
    }
}
