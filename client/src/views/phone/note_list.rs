//! Notes one under the other, with who wrote them and how far they have come.

use std::rc::Rc;

use shared::documents::EntryId;
use shared::documents::board::Note;
use yew::prelude::{AttrValue, Callback, Html, Properties, component, html, use_node_ref};

use crate::components::note_card::NoteCard;
use crate::hooks::{use_list_focus, use_snapshot};
use crate::people;
use crate::table::ColumnRole;
use crate::texts::use_texts;

/// See [`NoteList`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct NoteListProps {
    /// The notes, in order.
    pub notes: Vec<Rc<Note>>,
    /// The column they belong to, if there are columns.
    #[prop_or_default]
    pub column: Option<ColumnRole>,
    /// Draws what a kind has at the foot of each.
    #[prop_or_default]
    pub foot: Option<Callback<Rc<Note>, Html>>,
    /// Opens a note for editing; without it they are only read.
    pub on_open: Option<Callback<EntryId>>,
    /// Whether each level has a heading of its own.
    #[prop_or_default]
    pub shows_level: bool,
}

/// Draws the notes; hidden ones only for those who wrote them, and for facilitators.
#[component]
pub fn NoteList(props: &NoteListProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let list = use_node_ref();
    use_list_focus(&list);
    let can_write = snapshot.can_write();
    let card = |note: &Rc<Note>| {
        let author = note.author.filter(|author| snapshot.board.people.contains_key(author));
        let by = author.map(|author| {
            let name = snapshot.board.people.get(&author).and_then(|person| person.name.clone());
            (name.map(AttrValue::from), people::mark(&snapshot.board, author))
        });
        let hidden = snapshot.control.hidden.get(&note.id).map(|hidden| AttrValue::from(hidden.reason.clone()));
        html! {
            <li key={note.id.to_string()}>
                if let (true, Some(level)) = (props.shows_level, note.level) {
                    <p class="note-list__level">{ texts.table_level(usize::from(level)) }</p>
                }
                <NoteCard note={Rc::clone(note)} column={props.column} author={by} {hidden}
                    is_own={author.is_some_and(|author| snapshot.is_own(&author))}
                    tells_progress=true extra={props.foot.as_ref().map(|foot| foot.emit(Rc::clone(note))).unwrap_or_default()}
                    on_open={props.on_open.clone().filter(|_| can_write)} />
            </li>
        }
    };
    html! { <ul class="note-list" ref={list}>{ for props.notes.iter().map(card) }</ul> }
}
