//! One card on a phone and on the desk: its goals, its questions with their answers, its tasks.

use std::rc::Rc;

use shared::content::{Card, Entry};
use shared::documents::EntryId;
use shared::documents::board::Note;
use shared::documents::cards::CardsAnswers;
use shared::documents::questions::QuestionAnswers;
use web_sys::MouseEvent;
use yew::prelude::{AttrValue, Callback, Html, Properties, component, html, use_callback, use_state_eq};

use super::deck_step::link;
use super::filter::use_filter;
use super::task_item::TaskItem;
use super::{content, found, place_words};
use crate::components::heading::Heading;
use crate::components::support_button::SupportButton;
use crate::hooks::use_snapshot;
use crate::kinds::alone::{NoteOnSheet, seen_board, use_adder, use_answer_sheet};
use crate::kinds::{StepProps, Surface, list, words};
use crate::part::PartAt;
use crate::table::hidden_notes;
use crate::texts::{Key, use_texts};
use crate::views::phone::note_list::NoteList;
use crate::views::phone::note_writer::NoteWriter;

/// Draws the card.
#[component]
pub(super) fn CardStep(props: &StepProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let at = &props.at;
    let sheet = use_answer_sheet(at);
    let on_add = use_adder(&sheet);
    let (filter, _) = use_filter(at, content(at));
    let open = use_state_eq(|| None::<EntryId>);
    let writing = use_state_eq(|| None::<usize>);
    let on_open = use_callback(open.clone(), |id: EntryId, open| open.set(Some(id)));
    let on_close = use_callback(open.clone(), |(), open| open.set(None));
    let on_write = use_callback(writing.clone(), |place: usize, writing| writing.set(Some(place)));
    let on_written = use_callback(writing.clone(), |(), writing| writing.set(None));
    let Some((content, card)) = content(at).zip(found(at, &props.step)) else { return Html::default() };
    let board = seen_board(&sheet, at);
    let deck = CardsAnswers::gather(&snapshot.control, &board, at.instance, at.id(), content);
    let Some(answers) = deck.card(&card.id) else { return Html::default() };
    let person = snapshot.me.filter(|_| snapshot.can_write());
    let place = place_words(&content.axes, card, texts);
    let is_desk = props.surface == Surface::Desk;
    let next = next_in(&content.cards, card, |card| filter.lets(card)).filter(|_| !filter.is_all() && !is_desk);
    html! {
        <>
            <Heading text={words(&card.title, texts)} hint={(!place.is_empty()).then_some(AttrValue::from(place))} is_section={is_desk} />
            { told(Key::CardsMatters, &card.text, texts) }
            { told(Key::CardsGoals, &card.goals, texts) }
            if !card.questions.is_empty() {
                <section class="phone__section">
                    <h2 class="phone__section-title">{ texts.get(Key::CardsQuestions) }</h2>
                    { for card.questions.iter().zip(&answers.questions).enumerate().map(|(place, (question, answers))| html! {
                        <CardQuestion key={question.id.to_string()} at={at.clone()} {place} question={question.clone()} answers={answers.clone()}
                            can_write={person.is_some()} on_open={on_open.clone()} on_write={on_write.clone()} />
                    }) }
                </section>
            }
            if !card.tasks.is_empty() {
                <section class="phone__section">
                    <h2 class="phone__section-title">{ texts.get(Key::CardsTasks) }</h2>
                    <ul class="tasks">
                        { for card.tasks.iter().zip(&answers.tasks).map(|(task, answers)| html! {
                            <TaskItem key={task.id.to_string()} task={answers.clone()} words={words(&task.text, texts)}
                                person={person.filter(|_| !sheet.is_alone())} />
                        }) }
                    </ul>
                </section>
            }
            if let Some(next) = next {
                <a class="text-button" href={link(at, next, &snapshot)} data-test="deck-next">{ texts.cards_next(next.title.get(texts.language)) }</a>
            }
            if let Some((question, answers)) = writing.and_then(|place| card.questions.get(place).zip(answers.questions.get(place))) {
                <NoteWriter title={texts.get(Key::QuestionsAnswerTitle)} hint={words(&question.text, texts)} place={answers.key.clone()}
                    {on_add} on_done={on_written} />
            }
            if let Some(note) = *open { <NoteOnSheet key={note.to_string()} at={at.clone()} {note} {on_close} /> }
        </>
    }
}

/// What the card says, where it says anything.
fn told(title: Key, entries: &[Entry], texts: crate::texts::Texts) -> Html {
    html! {
        if !entries.is_empty() {
            <section class="phone__section card-told">
                <h2 class="phone__section-title">{ texts.get(title) }</h2>
                { list(entries, texts) }
            </section>
        }
    }
}

/// The card after one, among those that one looks at.
fn next_in<'a>(cards: &'a [Card], card: &Card, is_shown: impl Fn(&Card) -> bool) -> Option<&'a Card> {
    cards.iter().skip_while(|found| found.id != card.id).skip(1).find(|found| is_shown(found))
}

/// See [`CardQuestion`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct CardQuestionProps {
    at: PartAt,
    /// Which of the card's questions.
    place: usize,
    question: Entry,
    answers: QuestionAnswers,
    can_write: bool,
    on_open: Callback<EntryId>,
    on_write: Callback<usize>,
}

/// A question with the answers of many.
#[component]
fn CardQuestion(props: &CardQuestionProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let sheet = use_answer_sheet(&props.at);
    let onclick = use_callback((props.on_write.clone(), props.place), |_: MouseEvent, (on_write, place)| {
        on_write.emit(*place);
    });
    let foot = use_callback((), |note: Rc<Note>, ()| {
        html! { <SupportButton target={note.id} about={note.text.clone()} /> }
    });
    let CardQuestionProps { at, question, answers, .. } = props;
    let board = seen_board(&sheet, at);
    let may_see = |note: &Note| snapshot.is_facilitator() || note.author.is_some_and(|author| snapshot.is_own(&author));
    let mut notes: Vec<Rc<Note>> = answers.answers.iter().map(|answer| Rc::clone(&answer.note)).collect();
    notes.extend(hidden_notes(&snapshot.control, &board, &answers.key, may_see));
    let session = sheet.session();
    let has_draft = !session.note_draft(&session.begin_note(&answers.key, None)).is_empty();
    let write = texts.get(if has_draft { Key::TableDraftWaits } else { Key::QuestionsAnswer });
    let asked = words(&question.text, texts);
    html! {
        <div class="card-question" data-test={format!("question-{}", question.id)} data-count={answers.answers.len().to_string()}>
            <h3 class="card-question__words">{ asked.clone() }</h3>
            <NoteList {notes} on_open={props.on_open.clone()} foot={(!sheet.is_alone()).then_some(foot)} />
            if props.can_write {
                <button class="button button--small card-question__write" type="button" {onclick} aria-label={format!("{write}: {asked}")} data-test="add-note">
                    { write }
                </button>
            }
        </div>
    }
}
