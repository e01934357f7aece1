//! What the group has of a part that everyone answers alone: what was shared, where it belongs.

use std::rc::Rc;

use shared::content::Body;
use shared::documents::board::{BoardView, Note, RowKind};
use shared::documents::{AnswerKey, EntryId, FieldId, Register, notes_in};
use yew::prelude::{AttrValue, Html, Properties, component, html, use_callback, use_state_eq};

use crate::hooks::use_snapshot;
use crate::modules::ModuleScreen;
use crate::part::PartAt;
use crate::session::Snapshot;
use crate::table::hidden_notes;
use crate::texts::{Key, use_texts};
use crate::views::later::Later;
use crate::views::phone::note_editor::NoteEditor;
use crate::views::phone::note_list::NoteList;

/// See [`SharedHere`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct SharedHereProps {
    /// The part.
    pub(super) at: PartAt,
    /// The step.
    pub(super) step: AttrValue,
}

/// Draws the answers to a question, which a facilitator may take off the wall; of other kinds the part as it is taken
/// home. Nothing where nobody shared anything.
#[component]
pub(super) fn SharedHere(props: &SharedHereProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let open = use_state_eq(|| None::<EntryId>);
    let on_open = use_callback(open.clone(), |id: EntryId, open| open.set(Some(id)));
    let on_close = use_callback(open.clone(), |(), open| open.set(None));
    let SharedHereProps { at, step } = props;
    let inner = if matches!(at.body(), Body::Questions(_)) {
        let notes = shared_notes(at, step, &snapshot);
        let on_open = snapshot.is_facilitator().then_some(on_open);
        (!notes.is_empty()).then(|| html! { <NoteList {notes} {on_open} /> })
    } else {
        let screen = ModuleScreen::Shared(at.instance, at.index);
        has_shared(&snapshot.board, at).then(|| html! { <Later {screen} /> })
    };
    let Some(inner) = inner else { return Html::default() };
    html! {
        <section class="phone__section" data-test="shared-here">
            <h2 class="phone__section-title">{ texts.get(Key::AloneOthers) }</h2>
            { inner }
            if let Some(note) = *open { <NoteEditor key={note.to_string()} {note} {on_close} /> }
        </section>
    }
}

/// What was shared of the answers to a question; those off the wall for facilitators, and for who wrote them.
fn shared_notes(at: &PartAt, step: &str, snapshot: &Snapshot) -> Vec<Rc<Note>> {
    let key = at.key(FieldId::new(at.id(), step));
    let may_see = |note: &Note| snapshot.is_facilitator() || note.author.is_some_and(|author| snapshot.is_own(&author));
    let mut notes = notes_in(&snapshot.control, &snapshot.board, key.tool, &key.field);
    notes.extend(hidden_notes(&snapshot.control, &snapshot.board, &key, may_see));
    notes
}

/// Whether anyone has put anything of a part on the group's board; actions are everybody's in any case.
fn has_shared(board: &BoardView, at: &PartAt) -> bool {
    let is_here = |key: &AnswerKey| key.tool == at.instance && key.field.name_in(at.id()).is_some();
    let is_given = |register: &Register<u8>| register.values().iter().any(|value| *value > 0);
    board.notes.values().any(|note| is_here(&note.place))
        || board.rows.values().any(|row| row.kind != RowKind::Action && is_here(&row.place))
        || board.marks.iter().any(|(key, register)| is_here(key) && is_given(register))
        || board.texts.iter().any(|(key, text)| is_here(key) && !text.trim().is_empty())
}
