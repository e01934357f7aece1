//! A question answered in notes: what stands in the way, how we will notice.

use shared::content::PromptRole;
use shared::documents::maturity::{obstacles_field, signs_field};
use shared::documents::{AnswerKey, EntryId};
use yew::prelude::{AttrValue, Callback, Html, Properties, component, html, use_callback, use_state_eq};

use super::note_editor::NoteEditor;
use super::note_list::NoteList;
use super::note_writer::NoteWriter;
use crate::components::heading::Heading;
use crate::hooks::use_snapshot;
use crate::table::{Table, hidden_notes};
use crate::texts::{Key, use_texts};

/// See [`PromptStep`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct PromptStepProps {
    /// The table.
    pub table: Table,
    /// Which question: obstacles or signs.
    pub role: PromptRole,
    /// Whether a note is being written.
    pub is_writing: bool,
    /// Called when writing is over.
    pub on_written: Callback<()>,
}

/// Draws the question with its answers.
#[component]
pub fn PromptStep(props: &PromptStepProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let open = use_state_eq(|| None::<EntryId>);
    let on_open = use_callback(open.clone(), |id: EntryId, open| open.set(Some(id)));
    let on_close = use_callback(open.clone(), |(), open| open.set(None));
    let answers = props.table.answers(&snapshot.control, &snapshot.board);
    let maturity = props.table.maturity();
    let part = props.table.part().id.as_str();
    let (notes, field, empty, writer_title) = match props.role {
        PromptRole::Signs => (&answers.signs, signs_field(part), Key::TableSignsNone, Key::TableNoteTitleSign),
        PromptRole::Obstacles | PromptRole::TimeFrame => {
            (&answers.obstacles, obstacles_field(part), Key::TableObstaclesNone, Key::TableNoteTitleObstacle)
        }
    };
    let Some(prompt) = maturity.prompt(props.role) else { return Html::default() };
    let place = AnswerKey::shared(props.table.instance, field);
    let is_shown = |note: &shared::documents::board::Note| {
        snapshot.is_facilitator() || note.author.is_some_and(|author| snapshot.is_own(&author))
    };
    let mut notes = notes.clone();
    notes.extend(hidden_notes(&snapshot.control, &snapshot.board, &place, is_shown));
    let text = |text: &shared::content::Localized| AttrValue::from(text.get(texts.language).to_owned());
    html! {
        <>
            <Heading text={text(&prompt.title)} hint={text(&prompt.hint)} />
            if notes.is_empty() { <p class="phone__empty">{ texts.get(empty) }</p> }
            <NoteList {notes} column={prompt.column} {on_open} />
            if props.is_writing {
                <NoteWriter title={texts.get(writer_title)} hint={text(&prompt.hint)} placeholder={text(&prompt.placeholder)}
                    {place} on_done={props.on_written.clone()} />
            }
            if let Some(note) = *open { <NoteEditor key={note.to_string()} {note} {on_close} /> }
        </>
    }
}
