//! One question with its answers, on a phone and on the desk.

use std::rc::Rc;

use shared::documents::EntryId;
use shared::documents::board::Note;
use shared::documents::questions::{QuestionAnswers, question_field};
use yew::prelude::{Html, component, html, use_callback, use_state_eq};

use super::found;
use crate::components::heading::Heading;
use crate::components::note_actions::NoteActions;
use crate::components::support_button::SupportButton;
use crate::hooks::use_snapshot;
use crate::kinds::alone::{NoteOnSheet, seen_board, use_adder, use_answer_sheet};
use crate::kinds::{StepProps, Surface, words};
use crate::table::hidden_notes;
use crate::texts::{Key, use_texts};
use crate::views::phone::note_list::NoteList;
use crate::views::phone::note_writer::NoteWriter;

/// Draws the question. Its group's words stand under it as help.
#[component]
pub(super) fn QuestionStep(props: &StepProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let sheet = use_answer_sheet(&props.at);
    let on_add = use_adder(&sheet);
    let open = use_state_eq(|| None::<EntryId>);
    let on_open = use_callback(open.clone(), |id: EntryId, open| open.set(Some(id)));
    let on_close = use_callback(open.clone(), |(), open| open.set(None));
    let at = &props.at;
    let board = seen_board(&sheet, at);
    let place = found(at, &props.step).map(|(_, question)| at.key(question_field(at.id(), &question.id)));
    // Nobody else stands behind what is one's own.
    let has_support = !sheet.is_alone();
    let foot = use_callback((place, has_support), |note: Rc<Note>, (place, has_support)| {
        html! {
            <>
                if *has_support { <SupportButton target={note.id} about={note.text.clone()} /> }
                if let Some(place) = place { <NoteActions note={Rc::clone(&note)} place={place.clone()} /> }
            </>
        }
    });
    let Some((group, question)) = found(at, &props.step) else { return Html::default() };
    let answers = QuestionAnswers::gather(&snapshot.control, &board, at.instance, at.id(), &question.id);
    let may_see = |note: &Note| snapshot.is_facilitator() || note.author.is_some_and(|author| snapshot.is_own(&author));
    let mut notes: Vec<Rc<Note>> = answers.answers.into_iter().map(|answer| answer.note).collect();
    notes.extend(hidden_notes(&snapshot.control, &board, &answers.key, may_see));
    let hint = group.hint.as_ref().or(group.title.as_ref()).map(|hint| words(hint, texts));
    html! {
        <>
            <Heading text={words(&question.text, texts)} {hint} is_section={props.surface == Surface::Desk} />
            if notes.is_empty() { <p class="phone__empty">{ texts.get(if sheet.is_alone() { Key::AloneEmpty } else { Key::QuestionsEmpty }) }</p> }
            <NoteList {notes} {on_open} foot={sheet.makes_actions().then_some(foot)} />
            if props.is_writing {
                <NoteWriter title={texts.get(Key::QuestionsAnswerTitle)} hint={Some(words(&question.text, texts))}
                    place={answers.key.clone()} {on_add} on_done={props.on_written.clone()} />
            }
            if let Some(note) = *open { <NoteOnSheet key={note.to_string()} at={at.clone()} {note} {on_close} /> }
        </>
    }
}
