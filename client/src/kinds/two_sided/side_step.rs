//! One side of the balance, on a phone and on the desk: typical entries to pick, own ones to write, a weight for each.

use std::rc::Rc;

use shared::content::{Side, SideRole};
use shared::documents::EntryId;
use shared::documents::board::Note;
use shared::documents::two_sided::{GroupEntries, Weighable};
use web_sys::MouseEvent;
use yew::prelude::{AttrValue, Callback, Html, Properties, classes, component, html, use_callback, use_state_eq};

use super::balance::{band_class, pan_class};
use super::entry_item::EntryItem;
use super::weights::Weights;
use super::{Asks, entry_words, found, gather, side_answers};
use crate::components::heading::Heading;
use crate::hooks::use_snapshot;
use crate::kinds::alone::{NoteOnSheet, seen_board, use_adder, use_answer_sheet};
use crate::kinds::{StepProps, Surface, words};
use crate::part::PartAt;
use crate::table::hidden_notes;
use crate::texts::{Key, use_texts};
use crate::views::phone::note_list::NoteList;
use crate::views::phone::note_writer::NoteWriter;

/// Draws the side, a band under the other.
#[component]
pub(super) fn SideStep(props: &StepProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let at = &props.at;
    let sheet = use_answer_sheet(at);
    let on_add = use_adder(&sheet);
    let open = use_state_eq(|| None::<EntryId>);
    let writing = use_state_eq(|| None::<usize>);
    let on_open = use_callback(open.clone(), |id: EntryId, open| open.set(Some(id)));
    let on_close = use_callback(open.clone(), |(), open| open.set(None));
    let on_write = use_callback(writing.clone(), |band: usize, writing| writing.set(Some(band)));
    let on_written = use_callback(writing.clone(), |(), writing| writing.set(None));
    let Some(Asks::Side(side)) = found(at, &props.step) else { return Html::default() };
    let Some(balance) = gather(at, &snapshot.control, &seen_board(&sheet, at)) else { return Html::default() };
    let Some(answers) = side_answers(&balance, &side.id) else { return Html::default() };
    let person = sheet.person();
    let has_bands = side.groups.len() > 1;
    html! {
        <>
            <Heading text={words(&side.title, texts)} hint={words(&side.hint, texts)} is_section={props.surface == Surface::Desk} />
            if person.is_some() { <p class="weigh__help">{ texts.get(Key::BalancePick) }</p> }
            { for answers.groups.iter().enumerate().map(|(place, group)| html! {
                <Band key={group.group.to_string()} at={at.clone()} {place} {has_bands} side={side.clone()} group={group.clone()} {person}
                    on_open={on_open.clone()} on_write={on_write.clone()} />
            }) }
            if let Some((group, title)) = writing.and_then(|band| answers.groups.get(band).zip(side.groups.get(band))) {
                <NoteWriter title={texts.get(Key::BalanceWriteTitle)} hint={words(&title.title, texts)} place={group.key.clone()}
                    {on_add} on_done={on_written} />
            }
            if let Some(note) = *open { <NoteOnSheet key={note.to_string()} at={at.clone()} {note} {on_close} /> }
        </>
    }
}

/// See [`Band`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct BandProps {
    at: PartAt,
    /// Which of its side's.
    place: usize,
    has_bands: bool,
    side: Side,
    group: GroupEntries,
    person: Option<EntryId>,
    on_open: Callback<EntryId>,
    on_write: Callback<usize>,
}

/// The entries of one group of a side.
#[component]
fn Band(props: &BandProps) -> Html {
    let texts = use_texts();
    let sheet = use_answer_sheet(&props.at);
    let snapshot = use_snapshot();
    let BandProps { at, side, group, person, .. } = props;
    let onclick =
        use_callback((props.on_write.clone(), props.place), |_: MouseEvent, (on_write, place)| on_write.emit(*place));
    let foot =
        use_callback((at.clone(), group.clone(), side.role, *person), |note: Rc<Note>, (at, group, role, person)| {
            own_weights(at, &note, group, *role, *person)
        });
    let title = side.groups.get(props.place).map(|group| words(&group.title, texts)).unwrap_or_default();
    let typical = group.entries.iter().filter(|entry| entry.note.is_none());
    let may_see = |note: &Note| snapshot.is_facilitator() || note.author.is_some_and(|author| snapshot.is_own(&author));
    let mut notes: Vec<Rc<Note>> = group.entries.iter().filter_map(|entry| entry.note.clone()).collect();
    notes.extend(hidden_notes(&snapshot.control, &seen_board(&sheet, at), &group.key, may_see));
    let session = sheet.session();
    let has_draft = !session.note_draft(&session.begin_note(&group.key, None)).is_empty();
    let write = if has_draft { Key::TableDraftWaits } else { Key::BalanceWrite };
    html! {
        <section class={classes!("weigh-band", pan_class(side.role))} aria-label={title.clone()} data-test={format!("band-{}", group.group)}>
            if props.has_bands {
                <h2 class="weigh-band__title"><span class={classes!("weigh-band__sign", band_class(props.place))}></span>{ title.clone() }</h2>
            }
            <ul class="weigh-list">
                { for typical.map(|entry| html! {
                    <EntryItem at={at.clone()} key={entry.key.to_string()} entry={entry.clone()} words={entry_words(side, entry, texts)} role={side.role}
                        person={*person} test={test(&entry.of)} />
                }) }
            </ul>
            <NoteList {notes} on_open={props.on_open.clone()} {foot} />
            if person.is_some() {
                <button class="button weigh-band__write" type="button" {onclick} aria-label={format!("{}: {title}", texts.get(write))} data-test="add-note">
                    { texts.get(write) }
                </button>
            }
        </section>
    }
}

/// How much a note weighs for its reader, at its foot.
fn own_weights(at: &PartAt, note: &Note, group: &GroupEntries, role: SideRole, person: Option<EntryId>) -> Html {
    let of = Weighable::Own(note.id);
    let Some((entry, person)) = group.entries.iter().find(|entry| entry.of == of).zip(person) else {
        return Html::default();
    };
    let own = entry.weights.get(&person).copied();
    html! { <Weights key={note.id.to_string()} at={at.clone()} {of} place={entry.key.clone()} words={note.text.clone()} {role} {own} /> }
}

fn test(of: &Weighable) -> AttrValue {
    match of {
        Weighable::Typical(id) => format!("entry-{id}").into(),
        Weighable::Own(note) => format!("entry-{note}").into(),
    }
}
