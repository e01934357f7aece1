//! A note on the board, as its readers see it.

use std::rc::Rc;

use shared::documents::EntryId;
use shared::documents::board::{Mark, Note};
use web_sys::MouseEvent;
use yew::prelude::{AttrValue, Callback, Html, Properties, classes, component, html, use_callback};

use super::copy_button::CopyButton;
use super::icon::Icon;
use super::marker::column_class;
use super::person_mark::person_mark;
use crate::hooks::use_progress;
use crate::session::{Progress, Waiting};
use crate::table::ColumnRole;
use crate::texts::{Key, use_texts};

/// How far a note has come that is not received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteState {
    /// On its way into the device's storage.
    Keeping,
    /// On this device alone.
    OnDevice,
    /// On this page alone: the device did not take it.
    Unkept,
    /// Sent.
    Sent,
    /// The board did not take it.
    Refused,
}

impl NoteState {
    /// What is known of one note: how far it has come, whether this device keeps what is done on it, and whether the
    /// board refused it. `None` once it is received.
    fn of(waiting: Option<Waiting>, stored: bool, is_refused: bool) -> Option<Self> {
        if is_refused {
            return Some(Self::Refused);
        }
        waiting.map(|waiting| match waiting {
            Waiting::Keeping => Self::Keeping,
            Waiting::OnDevice if stored => Self::OnDevice,
            Waiting::OnDevice => Self::Unkept,
            Waiting::Sent => Self::Sent,
        })
    }

    /// How far a note, or a row, of this device has come.
    pub(crate) fn in_progress(progress: &Progress, note: EntryId) -> Option<Self> {
        if progress.waiting.is_empty() && progress.refused.is_empty() {
            return None;
        }
        let note = note.to_string();
        Self::of(progress.waiting_for(&note), progress.delivery.stored, progress.refused_for(&note).is_some())
    }

    pub(crate) fn word(self) -> Key {
        match self {
            Self::Keeping => Key::TableNoteKeeping,
            Self::OnDevice => Key::TableNoteOnDevice,
            Self::Unkept => Key::TableNoteUnkept,
            Self::Sent => Key::TableNoteSent,
            Self::Refused => Key::TableNoteRefused,
        }
    }
}

/// See [`NoteCard`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct NoteCardProps {
    /// The note.
    pub note: Rc<Note>,
    /// Whose column it belongs to, if there are columns; its edge has that colour.
    #[prop_or_default]
    pub column: Option<ColumnRole>,
    /// What stands at the end of its last line.
    #[prop_or_default]
    pub extra: Html,
    /// The writer's name and mark; no name for those without.
    #[prop_or_default]
    pub author: Option<(Option<AttrValue>, Mark)>,
    /// Whether somebody on this device wrote it.
    #[prop_or_default]
    pub is_own: bool,
    /// Whether it says how far it has come while it is not received.
    #[prop_or_default]
    pub tells_progress: bool,
    /// It is off the wall, for this reason.
    #[prop_or_default]
    pub hidden: Option<AttrValue>,
    /// Opens it for editing; without it the note is only read.
    #[prop_or_default]
    pub on_open: Option<Callback<EntryId>>,
}

/// Draws the note. What it says is a text node and nothing else.
#[component]
pub fn NoteCard(props: &NoteCardProps) -> Html {
    let texts = use_texts();
    let note = &props.note;
    let onclick = use_callback((props.on_open.clone(), note.id), |_: MouseEvent, (on_open, id)| {
        if let Some(on_open) = on_open {
            on_open.emit(*id);
        }
    });
    let by = props.author.as_ref().map(|(name, mark)| {
        let words = match name {
            _ if props.is_own => texts.get(Key::TableYoursNote).to_owned(),
            Some(name) => name.to_string(),
            None => texts.get(Key::PeopleWithoutName).to_owned(),
        };
        html! { <span class="note-card__by">{ person_mark(*mark, None) }<span dir="auto">{ words }</span></span> }
    });
    let state = use_progress((note.id, props.tells_progress), |progress, (id, is_told)| {
        is_told.then(|| NoteState::in_progress(progress, *id)).flatten()
    });
    let is_refused = state == Some(NoteState::Refused);
    let state = state.map(|state| texts.get(state.word()));
    let hidden = props.hidden.as_ref().map(|reason| {
        if reason.is_empty() { texts.get(Key::TableHidden).to_owned() } else { texts.table_hidden_why(reason) }
    });
    let class = classes!(
        "note-card",
        props.column.map_or("column-none", column_class),
        hidden.is_some().then_some("note-card--hidden")
    );
    html! {
        <article {class} data-test="note">
            <div class="note-card__body">
                <p class="note-card__text" dir="auto">{ &note.text }</p>
                if by.is_some() || state.is_some() || props.extra != Html::default() {
                    <div class="note-card__foot">
                        { by.unwrap_or_default() }
                        if let Some(state) = state { <span class="note-card__state">{ state }</span> }
                        { props.extra.clone() }
                    </div>
                }
                if note.outlived_removal { <p class="note-card__state">{ texts.get(Key::TableOutlived) }</p> }
                if let Some(hidden) = hidden { <p class="note-card__hidden">{ hidden }</p> }
                if is_refused {
                    // What the board does not take is its writer's to carry elsewhere.
                    <div><CopyButton text={note.text.clone()} label={texts.get(Key::TableCopyNote)} class="button--small" about={beginning(&note.text)} test="copy-note" /></div>
                }
            </div>
            if props.on_open.is_some() {
                <button class="icon-button note-card__open" type="button" {onclick} data-test="note-edit"
                    aria-label={format!("{}: {}", texts.get(Key::TableEditTitle), beginning(&note.text))}>
                    { Icon::Edit.image() }
                </button>
            }
        </article>
    }
}

/// As much of a text as tells it from others.
fn beginning(text: &str) -> String {
    /// Characters.
    const ENOUGH: usize = 40;
    let mut beginning: String = text.chars().take(ENOUGH).collect();
    if beginning.len() < text.len() {
        beginning.push('…');
    }
    beginning
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_on_this_device_only_once_it_is_kept_there() {
        let state = |waiting, stored| NoteState::of(Some(waiting), stored, false);
        assert_eq!(state(Waiting::Keeping, true), Some(NoteState::Keeping));
        assert_eq!(state(Waiting::OnDevice, true), Some(NoteState::OnDevice));
        assert_eq!(state(Waiting::OnDevice, false), Some(NoteState::Unkept));
        assert_eq!(state(Waiting::Sent, false), Some(NoteState::Sent));
        assert_eq!(NoteState::of(None, true, false), None);
        assert_eq!(NoteState::of(Some(Waiting::Sent), true, true), Some(NoteState::Refused));
        assert_eq!(NoteState::of(None, true, true), Some(NoteState::Refused));
    }

    #[test]
    fn a_long_text_is_named_by_its_beginning() {
        assert_eq!(beginning("vi mangler en makker"), "vi mangler en makker");
        assert_eq!(beginning(&"æ".repeat(41)), format!("{}…", "æ".repeat(40)));
    }
}
