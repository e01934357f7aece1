//! Where are we now, or where do we want to be: the ladder, and examples of the level one chose.

use shared::documents::board::Note;
use shared::documents::{AnswerKey, EntryId};
use yew::prelude::{AttrValue, Callback, Html, Properties, component, html, use_callback, use_state_eq};

use super::note_editor::NoteEditor;
use super::note_list::NoteList;
use super::note_writer::NoteWriter;
use crate::components::heading::Heading;
use crate::components::ladder::Ladder;
use crate::components::notice::{Notice, Weight};
use crate::hooks::{use_session, use_snapshot};
use crate::people;
use crate::table::{ColumnRole, Table, hidden_notes};
use crate::texts::{Key, use_texts};
use crate::views::fault::words;

/// See [`PlaceStep`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct PlaceStepProps {
    /// The table.
    pub table: Table,
    /// Which of the two questions.
    pub column: ColumnRole,
    /// Whether an example is being written.
    pub is_writing: bool,
    /// Called when writing is over.
    pub on_written: Callback<()>,
}

/// Draws the question.
#[component]
pub fn PlaceStep(props: &PlaceStepProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let snapshot = use_snapshot();
    let fault = use_state_eq(|| None::<String>);
    let open = use_state_eq(|| None::<EntryId>);
    let answers = props.table.answers(&snapshot.control, &snapshot.board);
    let column = answers.column(props.column);
    let maturity = props.table.maturity();
    let asked = maturity.column(props.column);
    let person = snapshot.me.map(|me| (me, people::mark(&snapshot.board, me)));
    let key = person.map(|(me, _)| AnswerKey::personal(column.key.tool, column.key.field.clone(), me));
    let on_place = use_callback(
        (session.clone(), key, fault.clone(), texts),
        |level: Option<u8>, (session, key, fault, texts)| {
            if let Some(key) = key {
                fault.set(session.place(key, level).err().map(|error| words(&error, *texts)));
            }
        },
    );
    let on_open = use_callback(open.clone(), |id: EntryId, open| open.set(Some(id)));
    let on_close = use_callback(open.clone(), |(), open| open.set(None));
    let level = person.and_then(|(me, _)| column.level_of(me));
    let is_undecided = person.is_some_and(|(me, _)| column.undecided.contains(&me));
    let (title, hint) = asked.map_or((AttrValue::default(), AttrValue::default()), |asked| {
        (asked.title.get(texts.language).to_owned().into(), asked.hint.get(texts.language).to_owned().into())
    });
    let is_shown =
        |note: &Note| snapshot.is_facilitator() || note.author.is_some_and(|author| snapshot.is_own(&author));
    let place = column.key.clone();
    let mut examples = column.examples.clone();
    examples.extend(hidden_notes(&snapshot.control, &snapshot.board, &place, is_shown));
    let (on_level, elsewhere): (Vec<_>, Vec<_>) = examples.into_iter().partition(|note| note.level == level);
    html! {
        <>
            <Heading text={title.clone()} hint={hint} />
            if let Some(fault) = &*fault { <Notice weight={Weight::Refused}><p>{ fault }</p></Notice> }
            if is_undecided { <Notice weight={Weight::Attention}><p>{ texts.get(Key::TableUndecided) }</p></Notice> }
            <Ladder table={props.table.clone()} column={props.column} {answers} {person} label={title}
                on_place={(snapshot.can_write() && person.is_some()).then_some(on_place)} />
            <section class="phone__section" aria-label={texts.get(Key::TableExamples)}>
                <div class="phone__section-head">
                    <h2 class="phone__section-title">{ texts.get(Key::TableExamples) }</h2>
                    if let Some(level) = level {
                        <span class="phone__section-count">{ texts.table_examples_at(usize::from(level), on_level.len()) }</span>
                    }
                </div>
                if on_level.is_empty() {
                    <p class="phone__empty">
                        { level.map_or(texts.get(Key::TableExamplesChoose).to_owned(), |level| texts.table_examples_none(usize::from(level))) }
                    </p>
                }
                <NoteList notes={on_level} column={props.column} on_open={on_open.clone()} />
                if !elsewhere.is_empty() {
                    <details class="disclosure">
                        <summary class="disclosure__summary">{ texts.table_examples_other(elsewhere.len()) }</summary>
                        <NoteList notes={elsewhere} column={props.column} {on_open} shows_level=true />
                    </details>
                }
            </section>
            if props.is_writing {
                <NoteWriter title={texts.get(Key::TableExamples)}
                    hint={asked.map(|asked| AttrValue::from(asked.example_prompt.get(texts.language).to_owned()))}
                    {place} {level} on_done={props.on_written.clone()} />
            }
            if let Some(note) = *open { <NoteEditor key={note.to_string()} {note} {on_close} /> }
        </>
    }
}
