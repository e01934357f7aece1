//! A column on the desk: the ladder with where everyone stands, the agreed level with its reason, and the examples.

use std::rc::Rc;

use shared::documents::EntryId;
use shared::documents::text::TextTarget;
use yew::prelude::{Callback, Html, Properties, component, html, use_callback, use_state_eq};

use super::desk_ladder::DeskLadder;
use crate::components::heading::Heading;
use crate::components::notice::{Notice, Weight};
use crate::components::shared_text::SharedText;
use crate::hooks::{use_session, use_snapshot};
use crate::table::{ColumnRole, Table, hidden_notes};
use crate::texts::{Key, use_texts};
use crate::views::agreement::Agreement;
use crate::views::fault::words;
use crate::views::phone::note_editor::NoteEditor;
use crate::views::phone::note_list::NoteList;

/// See [`ColumnBoard`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct ColumnBoardProps {
    /// The table.
    pub(crate) table: Table,
    /// The column.
    pub(crate) column: ColumnRole,
}

/// Draws the column.
#[component]
pub(crate) fn ColumnBoard(props: &ColumnBoardProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let snapshot = use_snapshot();
    let fault = use_state_eq(|| None::<String>);
    let open = use_state_eq(|| None::<EntryId>);
    let on_open = use_callback(open.clone(), |id: EntryId, open| open.set(Some(id)));
    let on_close: Callback<()> = use_callback(open.clone(), |(), open| open.set(None));
    let answers = props.table.answers(&snapshot.control, &snapshot.board);
    let column = answers.column(props.column);
    let asked = props.table.maturity().column(props.column);
    let on_agree =
        use_callback((session, column.key.clone(), fault.clone(), texts), |level: u8, (session, key, fault, texts)| {
            fault.set(session.decide(key, level).err().map(|error| words(&error, *texts)));
        });
    let (ask, why) = match props.column {
        ColumnRole::Now => (Key::LeadAgreeNow, Key::LeadReasonNow),
        ColumnRole::Ambition => (Key::LeadAgreeAmbition, Key::LeadReasonAmbition),
    };
    let mut examples = column.examples.clone();
    examples.extend(hidden_notes(&snapshot.control, &snapshot.board, &column.key, |_| true));
    let reason = TextTarget::Reason(column.key.clone());
    html! {
        <>
            <Heading text={asked.map_or_else(String::new, |asked| asked.title.get(texts.language).to_owned())}
                hint={texts.get(Key::LeadAgreeHint)} is_section=true />
            if let Some(fault) = &*fault { <Notice weight={Weight::Refused}><p>{ fault }</p></Notice> }
            if column.agreed.is_unsettled() { <Agreement table={props.table.clone()} column={props.column} answers={Rc::clone(&answers)} /> }
            <DeskLadder table={props.table.clone()} column={props.column} answers={Rc::clone(&answers)} label={texts.get(ask)} {on_agree} />
            <div class="field">
                <p class="field__label">{ texts.get(why) }</p>
                <SharedText key={column.key.to_string()} target={reason} label={texts.get(why)} placeholder={texts.get(Key::LeadReasonPlaceholder)}
                    rows=2 test={format!("reason-{}", props.column.code())} />
            </div>
            <section class="phone__section">
                <h3 class="phone__section-title">{ texts.get(Key::LeadExamples) }</h3>
                if examples.is_empty() { <p class="lead__hint">{ texts.get(Key::LeadExamplesNone) }</p> }
                <NoteList notes={examples} column={props.column} {on_open} shows_level=true />
            </section>
            if let Some(note) = *open { <NoteEditor key={note.to_string()} {note} {on_close} /> }
        </>
    }
}
