//! Shares what somebody did alone: one entry, a drawing or the whole; first they see what the others will see.

use std::collections::BTreeSet;

use shared::content::Body;
use shared::documents::EntryId;
use shared::documents::board::{BoardView, Note};
use shared::documents::sharing::Publication;
use web_sys::{Event, MouseEvent};
use yew::prelude::{Callback, Html, Properties, component, html, use_callback, use_state, use_state_eq};

use crate::components::confirm::Confirm;
use crate::components::notice::{Notice, Weight};
use crate::components::sheet::Sheet;
use crate::hooks::use_snapshot;
use crate::kinds::{grid, words};
use crate::modules::ModuleScreen;
use crate::part::PartAt;
use crate::session::Snapshot;
use crate::texts::{Key, Texts, use_texts};
use crate::views::fault;
use crate::views::later::Later;

use super::{is_alone, use_answer_sheet};

/// Something that is shared or kept as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Item {
    /// The answers of a part, by its place in the tool: a drawing, a mark with its words.
    Answers(usize),
    /// A note or a row.
    Entry(EntryId),
}

/// A part with what of it is not shared as it stands in the notebook.
struct Unshared {
    at: PartAt,
    publication: Publication,
}

impl Unshared {
    fn items(&self) -> Vec<Item> {
        let Publication { answers, notes, rows, words, cells, weights, restored, .. } = &self.publication;
        let mut entries: BTreeSet<EntryId> =
            notes.iter().map(|(id, _)| *id).chain(rows.iter().map(|(id, _)| *id)).collect();
        entries.extend(restored.iter().map(|(_, target)| *target));
        entries.extend(cells.iter().map(|(row, ..)| *row).chain(weights.iter().map(|(key, _)| key.target)));
        entries.extend(words.iter().filter_map(|(target, _)| match target {
            shared::documents::text::TextTarget::Note(id) | shared::documents::text::TextTarget::Cell(id, _) => {
                Some(*id)
            }
            _ => None,
        }));
        let answers = (!answers.is_empty()).then_some(Item::Answers(self.at.index));
        answers.into_iter().chain(entries.into_iter().map(Item::Entry)).collect()
    }

    fn only(&self, chosen: &BTreeSet<Item>) -> Publication {
        let mut all = Publication::default();
        if chosen.contains(&Item::Answers(self.at.index)) {
            all.answers.clone_from(&self.publication.answers);
        }
        for item in self.items() {
            if let (Item::Entry(id), true) = (item, chosen.contains(&item)) {
                all = all.and(self.publication.clone().only(id));
            }
        }
        all
    }
}

/// Every part of the tool that is answered alone and has something to share.
fn unshared(at: &PartAt, snapshot: &Snapshot, person: EntryId) -> Vec<Unshared> {
    let instance = snapshot.control.tool(at.instance);
    let parts = instance.into_iter().flat_map(PartAt::all).filter(is_alone);
    let parts = parts.map(|at| {
        let publication = Publication::of_part(&snapshot.own_board, &snapshot.board, at.instance, at.id(), person);
        Unshared { at, publication }
    });
    parts.filter(|part| !part.publication.is_empty()).collect()
}

/// See [`SharePart`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct SharePartProps {
    /// The part that is open.
    pub(super) at: PartAt,
    /// Whose it is.
    pub(super) person: EntryId,
}

/// Draws whether the part is shared, the button that shares, and the one that withdraws.
#[component]
pub(super) fn SharePart(props: &SharePartProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let sheet = use_answer_sheet(&props.at);
    let shares = use_state_eq(|| false);
    let withdraws = use_state_eq(|| false);
    let refused = use_state_eq(|| None::<String>);
    let on_share = use_callback(shares.clone(), |_: MouseEvent, shares| shares.set(true));
    let on_shared = use_callback(shares.clone(), |(), shares| shares.set(false));
    let on_withdraw = use_callback(withdraws.clone(), |_: MouseEvent, withdraws| withdraws.set(true));
    let on_stay = use_callback(withdraws.clone(), |(), withdraws| withdraws.set(false));
    let SharePartProps { at, person } = props;
    let withdrawal =
        Publication::withdrawal_of_part(&snapshot.own_board, &snapshot.board, at.instance, at.id(), *person);
    let is_shared = !withdrawal.is_empty();
    let used = (sheet, withdrawal, withdraws.clone(), refused.clone(), texts);
    let on_withdrawn = use_callback(used, |(), (sheet, withdrawal, withdraws, refused, texts)| {
        refused.set(sheet.publish(withdrawal.clone()).err().map(|error| fault::words(&error, *texts)));
        withdraws.set(false);
    });
    let unshared = unshared(at, &snapshot, *person);
    let has_here = unshared.iter().any(|part| part.at.index == at.index);
    let status = match (is_shared, has_here) {
        (false, _) => Key::AloneHere,
        (true, true) => Key::AloneChanged,
        (true, false) => Key::AloneShared,
    };
    html! {
        <Notice test="alone">
            <p data-test="alone-status">{ texts.get(status) }</p>
            if let Some(refused) = &*refused { <Notice weight={Weight::Refused}><p>{ refused }</p></Notice> }
            <div class="actions">
                if is_shared { <button class="button button--small" type="button" onclick={on_withdraw} data-test="withdraw">{ texts.get(Key::AloneWithdraw) }</button> }
                if !unshared.is_empty() { <button class="button button--small" type="button" onclick={on_share} data-test="share-own">{ texts.get(Key::AloneShare) }</button> }
            </div>
            if *shares { <ShareSheet at={at.clone()} person={*person} on_close={on_shared} /> }
            if *withdraws {
                <Confirm title={texts.get(Key::AloneWithdrawTitle)} yes={texts.get(Key::AloneWithdraw)} no={texts.get(Key::AloneStay)} on_yes={on_withdrawn} on_no={on_stay}>
                    <p>{ texts.get(Key::AloneWithdrawText) }</p>
                </Confirm>
            }
        </Notice>
    }
}

/// See [`ShareSheet`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct ShareSheetProps {
    at: PartAt,
    person: EntryId,
    on_close: Callback<()>,
}

/// What can be shared, each as the others will see it. What belongs to the part that is open is chosen already.
#[component]
fn ShareSheet(props: &ShareSheetProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let sheet = use_answer_sheet(&props.at);
    let refused = use_state_eq(|| None::<String>);
    let parts = unshared(&props.at, &snapshot, props.person);
    let chosen = use_state(|| {
        let here = parts.iter().filter(|part| part.at.index == props.at.index);
        here.flat_map(Unshared::items).collect::<BTreeSet<Item>>()
    });
    let on_toggle = use_callback(chosen.clone(), |item: Item, chosen| {
        let mut then = (**chosen).clone();
        if !then.remove(&item) {
            then.insert(item);
        }
        chosen.set(then);
    });
    let publication = parts.iter().fold(Publication::default(), |all, part| all.and(part.only(&chosen)));
    let is_empty = publication.is_empty();
    let used = (sheet, publication, props.on_close.clone(), refused.clone(), texts);
    let on_share = use_callback(used, |_: MouseEvent, (sheet, publication, on_close, refused, texts)| {
        match sheet.publish(publication.clone()) {
            Ok(()) => on_close.emit(()),
            Err(error) => refused.set(Some(fault::words(&error, *texts))),
        }
    });
    let on_later = use_callback(props.on_close.clone(), |_: MouseEvent, on_close| on_close.emit(()));
    let has_several = parts.len() > 1;
    html! {
        <Sheet title={texts.get(Key::AloneShareTitle)} on_close={props.on_close.clone()} test="share-sheet">
            <p class="sheet__lead">{ texts.get(Key::AlonePreview) }</p>
            { for parts.iter().map(|part| html! {
                <section class="share-part" key={part.at.index}>
                    if has_several { <h3 class="phone__section-title">{ part.at.part().title.as_ref().map(|title| words(title, texts)).unwrap_or_default() }</h3> }
                    <ul class="share-items">
                        { for part.items().into_iter().map(|item| html! {
                            <ShareItem key={format!("{item:?}")} at={part.at.clone()} {item} is_chosen={chosen.contains(&item)} on_toggle={on_toggle.clone()} />
                        }) }
                    </ul>
                </section>
            }) }
            if let Some(refused) = &*refused { <Notice weight={Weight::Refused}><p>{ refused }</p></Notice> }
            <p class="sheet__small">{ texts.get(Key::AloneKept) }</p>
            <div class="actions">
                <button class="button" type="button" onclick={on_later} data-test="share-later">{ texts.get(Key::AloneNotNow) }</button>
                <button class="button button--main" type="button" onclick={on_share} disabled={is_empty} data-test="share-now">{ texts.get(Key::AloneShareNow) }</button>
            </div>
        </Sheet>
    }
}

/// See [`ShareItem`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct ShareItemProps {
    at: PartAt,
    item: Item,
    is_chosen: bool,
    on_toggle: Callback<Item>,
}

#[component]
fn ShareItem(props: &ShareItemProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let onchange =
        use_callback((props.on_toggle.clone(), props.item), |_: Event, (on_toggle, item)| on_toggle.emit(*item));
    let own = &snapshot.own_board;
    let (label, preview) = match props.item {
        Item::Answers(index) => {
            let screen = ModuleScreen::Preview(props.at.instance, index);
            (
                texts.get(Key::AloneAnswers).to_owned(),
                html! { <div class="share-item__preview" data-test="share-preview"><Later {screen} /></div> },
            )
        }
        Item::Entry(id) => {
            let words = own.notes.get(&id).map_or_else(
                || grid::own_row(&props.at, &snapshot, id, texts).unwrap_or_default(),
                |note| note_words(&props.at, own, note, texts),
            );
            let is_empty = words.is_empty();
            (if is_empty { texts.get(Key::ActionsWithoutWords).to_owned() } else { words }, Html::default())
        }
    };
    html! {
        <li class="share-item">
            <label class="share-item__choice">
                <input type="checkbox" checked={props.is_chosen} {onchange} data-test="share-item" />
                <span dir="auto">{ label }</span>
            </label>
            { preview }
        </li>
    }
}

/// A note with what its writer gave it: all of it that would be shared.
fn note_words(at: &PartAt, own: &BoardView, note: &Note, texts: Texts) -> String {
    let given = |author| own.supports.get(&note.id)?.get(&author)?.values().last().copied();
    match note.author.and_then(given).filter(|weight| *weight > 0) {
        Some(weight) if matches!(at.body(), Body::TwoSided(_)) => {
            format!("{} · {}", note.text, texts.balance_weight(usize::from(weight)))
        }
        _ => note.text.clone(),
    }
}
