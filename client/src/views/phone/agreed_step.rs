//! What the group agrees on, and how far it is from now to ambition.

use std::rc::Rc;

use shared::content::PromptRole;
use shared::documents::board::Note;
use yew::prelude::{AttrValue, Html, Properties, component, html};

use crate::components::heading::Heading;
use crate::components::note_card::NoteCard;
use crate::hooks::use_snapshot;
use crate::local_time::LocalTime;
use crate::platform::clock;
use crate::table::{ColumnRole, Table};
use crate::texts::{Key, use_texts};
use crate::time_frame::TimeFrame;
use crate::views::agreement::Agreement;
use crate::views::time_settle::TimeSettle;

/// See [`AgreedStep`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct AgreedStepProps {
    /// The table.
    pub table: Table,
}

/// Draws what is agreed, larger than what is counted.
#[component]
pub fn AgreedStep(props: &AgreedStepProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let maturity = props.table.maturity();
    let answers = props.table.answers(&snapshot.control, &snapshot.board);
    let gap = answers.gap().map(|gap| match usize::try_from(gap) {
        Ok(0) => texts.get(Key::TableGapNone).to_owned(),
        Ok(gap) => texts.table_gap(gap),
        Err(_) => texts.table_gap(usize::from(gap.unsigned_abs())),
    });
    let this_year = LocalTime::at(clock::wall()).year;
    let is_open = answers.time_frame.is_unsettled();
    // What met stands in a frame of its own, to be settled.
    let frame = answers.time_frame.settled().and_then(|stamped| TimeFrame::parse(&stamped.value));
    let frame = frame.map(|frame| capital(&frame.words(texts, this_year)));
    let prompt = |role| maturity.prompt(role).map(|prompt| prompt.title.get(texts.language).to_owned());
    let words = answers.time_frame_words.trim().to_owned();
    html! {
        <>
            <Heading text={texts.get(Key::TableAgreed)} hint={gap.map_or(AttrValue::Static(texts.get(Key::TableAgreedLead)), AttrValue::from)} />
            { for ColumnRole::ALL.into_iter().map(|column| html! {
                <Agreement key={column.code()} table={props.table.clone()} {column} answers={Rc::clone(&answers)} />
            }) }
            if let Some(title) = prompt(PromptRole::TimeFrame) {
                <TimeSettle answers={Rc::clone(&answers)} />
                if !(is_open && words.is_empty()) {
                    <section class="card" data-test="agreed-time">
                        <h2 class="agreement__title">{ title }</h2>
                        if let Some(frame) = frame {
                            <p class="card__strong">{ frame }</p>
                        } else if words.is_empty() {
                            <p class="card__lead">{ texts.get(Key::TableTimeNone) }</p>
                        }
                        if !words.is_empty() { <p dir="auto">{ words }</p> }
                    </section>
                }
            }
            { for [(PromptRole::Obstacles, &answers.obstacles), (PromptRole::Signs, &answers.signs)].map(|(role, notes)| html! {
                if let (Some(title), false) = (prompt(role), notes.is_empty()) {
                    <section class="phone__section">
                        <h2 class="phone__section-title">{ title }</h2>
                        { notes_of(notes) }
                    </section>
                }
            }) }
        </>
    }
}

fn notes_of(notes: &[Rc<Note>]) -> Html {
    let card = |note: &Rc<Note>| {
        html! { <li key={note.id.to_string()}><NoteCard note={Rc::clone(note)} column={ColumnRole::Ambition} /></li> }
    };
    html! { <ul class="note-list">{ for notes.iter().map(card) }</ul> }
}

/// With a capital letter, where it begins a line.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().to_string() + letters.as_str()).unwrap_or_default()
}
