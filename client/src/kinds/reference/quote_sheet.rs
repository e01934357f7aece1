//! Takes a piece of a text along into an answer.

use yew::prelude::{AttrValue, Callback, Html, Properties, component, html, use_callback};

use crate::components::copy_button::CopyButton;
use crate::components::sheet::Sheet;
use crate::hooks::{use_session, use_snapshot};
use crate::kinds::{Asked, Surface, stops};
use crate::part::Spot;
use crate::preferences::use_go;
use crate::route::{Place, Route, Screen};
use crate::session::{NoteDraft, SessionHandle, Snapshot};
use crate::texts::{Key, Texts, use_texts};

/// See [`QuoteSheet`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct QuoteSheetProps {
    /// What is taken along.
    pub(super) words: AttrValue,
    /// Called when it is closed.
    pub(super) on_close: Callback<()>,
}

/// A question that an answer can be written to.
#[derive(Debug, Clone, PartialEq)]
struct Question {
    tool: AttrValue,
    title: AttrValue,
    spot: Spot,
    draft: NoteDraft,
}

/// Asks which question it is for. It waits there as a draft, after what the person has begun already.
#[component]
pub(super) fn QuoteSheet(props: &QuoteSheetProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let snapshot = use_snapshot();
    let go = use_go();
    let questions = questions(&session, &snapshot, texts);
    let used = (session, props.words.clone(), go, snapshot.workshop, snapshot.role, texts);
    let on_choose = use_callback(used, |question: Question, (session, words, go, workshop, role, texts)| {
        let quote = texts.reference_quoted(words);
        let before = session.note_draft(&question.draft);
        let text = if before.trim().is_empty() { quote } else { format!("{}\n{quote}", before.trim_end()) };
        session.set_note_draft(&question.draft, &text);
        go.emit(Route::Workshop(Place { workshop: *workshop, role: *role, screen: Screen::Step(question.spot) }));
    });
    html! {
        <Sheet title={texts.get(Key::ReferenceQuoteTitle)} on_close={props.on_close.clone()} test="quote-sheet">
            <blockquote class="reading__quoted">{ &props.words }</blockquote>
            if questions.is_empty() {
                <p class="sheet__lead">{ texts.get(Key::ReferenceQuoteNowhere) }</p>
            } else {
                <p class="sheet__lead">{ texts.get(Key::ReferenceQuoteLead) }</p>
                <ul class="reading__questions">
                    { for questions.into_iter().map(|question| html! {
                        <li key={format!("{:?}", question.spot)}><Choice {question} on_choose={on_choose.clone()} /></li>
                    }) }
                </ul>
            }
            <div class="actions"><CopyButton text={props.words.clone()} label={texts.get(Key::AppCopy)} /></div>
        </Sheet>
    }
}

/// See [`Choice`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct ChoiceProps {
    question: Question,
    on_choose: Callback<Question>,
}

#[component]
fn Choice(props: &ChoiceProps) -> Html {
    let onclick = use_callback(props.clone(), |_: web_sys::MouseEvent, props: &ChoiceProps| {
        props.on_choose.emit(props.question.clone());
    });
    html! {
        <button class="reading__question" type="button" {onclick} data-test="quote-into">
            <span class="reading__tool">{ &props.question.tool }</span>
            <span>{ &props.question.title }</span>
        </button>
    }
}

/// Every step of the person's tools where a note can be begun now.
fn questions(session: &SessionHandle, snapshot: &Snapshot, texts: Texts) -> Vec<Question> {
    let mut questions = Vec::new();
    for instance in snapshot.my_tools() {
        for stop in stops(instance, texts) {
            let surface = Surface::Phone;
            let asked = Asked { at: &stop.at, step: &stop.step.code, surface, session, snapshot, texts };
            let Some(draft) = stop.views().and_then(|views| views.write_button(&asked)?.draft) else { continue };
            let tool = AttrValue::from(instance.tool.short_title.get(texts.language).to_owned());
            questions.push(Question { tool, spot: stop.spot(), title: stop.step.title, draft });
        }
    }
    questions
}
