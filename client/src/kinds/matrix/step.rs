//! The matrix on a phone and on the desk: the plane, and under it what stands in each quadrant.

use std::rc::Rc;

use shared::content::{Matrix, Quadrant};
use shared::documents::EntryId;
use shared::documents::board::Note;
use shared::documents::matrix::{MatrixAnswers, Spot};
use web_sys::MouseEvent;
use yew::prelude::{AttrValue, Callback, Html, Properties, component, html, use_callback, use_state_eq};

use super::drawing::{Disc, Drawing};
use super::{as_drawn, example, matrix, title};
use crate::components::heading::Heading;
use crate::components::note_actions::NoteActions;
use crate::components::notice::{Notice, Weight};
use crate::components::pick::Pick;
use crate::components::support_button::SupportButton;
use crate::hooks::{use_session, use_snapshot};
use crate::kinds::{StepProps, Surface, words};
use crate::part::PartAt;
use crate::session::NoteDraft;
use crate::texts::{Key, use_texts};
use crate::views::fault;
use crate::views::phone::note_editor::NoteEditor;
use crate::views::phone::note_list::NoteList;
use crate::views::phone::note_writer::NoteWriter;

/// Draws the step.
#[component]
pub(super) fn MatrixStep(props: &StepProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let snapshot = use_snapshot();
    let refused = use_state_eq(|| None::<String>);
    let open = use_state_eq(|| None::<EntryId>);
    let writing = use_state_eq(|| None::<usize>);
    let at = &props.at;
    let is_desk = props.surface == Surface::Desk;
    let plane = Rc::new(MatrixAnswers::gather(&snapshot.control, &snapshot.board, at.instance, at.id()));
    let on_open = use_callback(open.clone(), |id: EntryId, open| open.set(Some(id)));
    let on_close = use_callback(open.clone(), |(), open| open.set(None));
    let on_write = use_callback(writing.clone(), |place: usize, writing| writing.set(Some(place)));
    let on_written = use_callback(writing.clone(), |(), writing| writing.set(None));
    let used = (session, at.clone(), refused.setter(), texts);
    let on_move = use_callback(used, |(note, spot): (EntryId, Spot), (session, at, refused, texts)| {
        let moved = session.move_note(note, &spot.field(at.id()));
        refused.set(moved.err().map(|error| fault::words(&error, *texts)));
    });
    let used = (at.clone(), Rc::clone(&plane), on_move.clone());
    let on_place = use_callback(used, |(note, place): (EntryId, usize), (at, plane, on_move)| {
        if let Some(quadrant) = matrix(at).and_then(|matrix| as_drawn(matrix).get(place).copied()) {
            on_move.emit((note, plane.free_spot(quadrant)));
        }
    });
    let Some(matrix) = matrix(at) else { return Html::default() };
    let quadrants = as_drawn(matrix);
    let can_move = snapshot.can_write();
    let numbers = numbered(&quadrants, &plane);
    // In the order of the notes and not of their numbers: a disc that is moved must stay where it is among the others, or
    // it loses the focus.
    let discs = plane.entries.iter().filter_map(|entry| {
        let number = numbers.iter().position(|id| *id == entry.note.id)? + 1;
        Some(Disc { id: entry.note.id, number, spots: entry.spots.clone(), text: entry.note.text.clone().into() })
    });
    let discs: Vec<Disc> = discs.collect();
    let numbers = Rc::new(numbers);
    let written = (*writing).and_then(|place| quadrants.get(place).copied());
    html! {
        <>
            <Heading text={title(at, texts)} hint={texts.get(Key::MatrixHint)} is_section={is_desk} />
            if let Some(refused) = &*refused { <Notice weight={Weight::Refused}><p>{ refused }</p></Notice> }
            <Drawing matrix={Rc::new(Matrix::clone(matrix))} {discs} on_move={can_move.then(|| on_move.clone())} />
            { for quadrants.iter().enumerate().map(|(place, quadrant)| html! {
                <QuadrantNotes key={quadrant.id.to_string()} at={at.clone()} {place} plane={Rc::clone(&plane)} numbers={Rc::clone(&numbers)}
                    on_open={on_open.clone()} on_write={can_move.then(|| on_write.clone())} on_place={can_move.then(|| on_place.clone())} />
            }) }
            if let Some(quadrant) = written {
                <WriteIn key={quadrant.id.to_string()} quadrant={Rc::new(Quadrant::clone(quadrant))} plane={Rc::clone(&plane)} {on_move} on_done={on_written} />
            }
            if let Some(note) = *open { <NoteEditor key={note.to_string()} {note} {on_close} /> }
        </>
    }
}

/// The notes as they are numbered: quadrant by quadrant, each once.
fn numbered(quadrants: &[&Quadrant], plane: &MatrixAnswers) -> Vec<EntryId> {
    let mut numbers = Vec::new();
    for entry in quadrants.iter().flat_map(|quadrant| plane.in_quadrant(quadrant)) {
        if !numbers.contains(&entry.note.id) {
            numbers.push(entry.note.id);
        }
    }
    numbers
}

/// See [`QuadrantNotes`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct QuadrantNotesProps {
    at: PartAt,
    /// The quadrant's place in the drawing.
    place: usize,
    plane: Rc<MatrixAnswers>,
    /// The notes in the order of their numbers.
    numbers: Rc<Vec<EntryId>>,
    on_open: Callback<EntryId>,
    on_write: Option<Callback<usize>>,
    on_place: Option<Callback<(EntryId, usize)>>,
}

/// What stands in a quadrant, each with a menu that puts it into another.
#[component]
fn QuadrantNotes(props: &QuadrantNotesProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let onclick = use_callback((props.on_write.clone(), props.place), |_: MouseEvent, (on_write, place)| {
        if let Some(on_write) = on_write {
            on_write.emit(*place);
        }
    });
    let quadrants: Vec<&Quadrant> = matrix(&props.at).map(as_drawn).unwrap_or_default();
    let names: Vec<AttrValue> = quadrants.iter().map(|quadrant| words(&quadrant.title, texts)).collect();
    let used = (props.on_place.clone(), props.place, names, Rc::clone(&props.plane), Rc::clone(&props.numbers), texts);
    let makes_actions = props.at.tool.actions;
    let foot = use_callback((used, makes_actions), |note: Rc<Note>, (used, makes_actions)| {
        let (on_place, place, names, plane, numbers, texts) = used;
        let number = numbers.iter().position(|id| *id == note.id).map_or(0, |place| place + 1);
        let entry = plane.entries.iter().find(|entry| entry.note.id == note.id);
        html! {
            <>
                <SupportButton target={note.id} about={note.text.clone()} />
                <span class="matrix__number" aria-hidden="true">{ number }</span>
                if let Some(on_place) = on_place {
                    <Pick label={texts.matrix_move(&note.text)} choices={names.clone()} chosen={*place} test="move-note"
                        on_pick={{ let (on_place, id) = (on_place.clone(), note.id); Callback::from(move |place| on_place.emit((id, place))) }} />
                }
                if entry.is_some_and(|entry| entry.is_unsettled()) {
                    <span class="matrix__unsettled" data-test="matrix-unsettled">{ texts.get(Key::MatrixUnsettled) }</span>
                }
                if *makes_actions { <NoteActions note={Rc::clone(&note)} place={note.place.clone()} /> }
            </>
        }
    });
    let Some(quadrant) = quadrants.get(props.place) else { return Html::default() };
    let mut notes: Vec<Rc<Note>> = props.plane.in_quadrant(quadrant).map(|entry| Rc::clone(&entry.note)).collect();
    let is_empty = notes.is_empty();
    let may_see = |note: &Note| snapshot.is_facilitator() || note.author.is_some_and(|author| snapshot.is_own(&author));
    let is_hidden_here = |note: &&Rc<Note>| {
        let stands = |field| Spot::from_field(props.at.id(), field).is_some_and(|spot| spot.is_in(quadrant));
        note.place.tool == props.at.instance
            && snapshot.control.hidden.contains_key(&note.id)
            && note.fields().any(stands)
            && may_see(note)
    };
    notes.extend(snapshot.board.notes.values().filter(is_hidden_here).cloned());
    let name = words(&quadrant.title, texts);
    html! {
        <section class="phone__section matrix__quadrant" data-test={format!("quadrant-{}", quadrant.id)}>
            <h2 class="phone__section-title">{ &name }</h2>
            <p class="matrix__hint">{ words(&quadrant.hint, texts) }</p>
            if let (true, Some(example)) = (is_empty, example(quadrant)) {
                <p class="phone__empty">{ texts.matrix_example(&words(&example.text, texts)) }</p>
            }
            <NoteList {notes} on_open={props.on_open.clone()} {foot} />
            if props.on_write.is_some() {
                <button class="button button--small" type="button" {onclick} data-test={format!("write-{}", quadrant.id)}>
                    { texts.get(Key::MatrixWrite) }<span class="hidden-words">{ format!(": {name}") }</span>
                </button>
            }
        </section>
    }
}

/// See [`WriteIn`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct WriteInProps {
    quadrant: Rc<Quadrant>,
    plane: Rc<MatrixAnswers>,
    on_move: Callback<(EntryId, Spot)>,
    on_done: Callback<()>,
}

/// Writes a note in a quadrant. Its draft lies at the middle; once added it moves to where there is room.
#[component]
fn WriteIn(props: &WriteInProps) -> Html {
    let texts = use_texts();
    let middle = Spot::middle_of(&props.quadrant);
    let free = props.plane.free_spot(&props.quadrant);
    let used = (use_session(), props.on_move.clone(), middle, free);
    let on_add = use_callback(used, |(draft, text): (NoteDraft, String), (session, on_move, middle, free)| {
        let note = session.add_drafted(&draft, &text)?;
        if free != middle {
            on_move.emit((note, *free));
        }
        Ok(note)
    });
    let placeholder = example(&props.quadrant).map(|example| words(&example.text, texts));
    html! {
        <NoteWriter title={words(&props.quadrant.title, texts)} hint={words(&props.quadrant.hint, texts)} {placeholder}
            place={props.plane.key_at(middle)} {on_add} on_done={props.on_done.clone()} />
    }
}
