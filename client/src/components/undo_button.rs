//! Takes back one's own last action.

use web_sys::MouseEvent;
use yew::prelude::{Html, component, html, use_callback};

use super::icon::Icon;
use crate::hooks::{use_session, use_snapshot};
use crate::session::ActionLabel;
use crate::texts::{Key, use_texts};

/// Draws the button while there is something to take back.
#[component]
pub fn UndoButton() -> Html {
    let texts = use_texts();
    let session = use_session();
    let snapshot = use_snapshot();
    let onclick = use_callback(session.clone(), |_: MouseEvent, session| {
        // Nothing to take back is no fault.
        let _ = session.undo();
    });
    let Some(label) = snapshot.can_undo else { return Html::default() };
    let words = texts.undo_of(texts.get(key(label)));
    html! {
        <button class="button undo-button" type="button" {onclick} aria-label={words.clone()} title={words} data-test="undo">
            { Icon::Undo.image() }
        </button>
    }
}

fn key(label: ActionLabel) -> Key {
    match label {
        ActionLabel::Join => Key::UndoJoin,
        ActionLabel::Name => Key::UndoName,
        ActionLabel::Mark => Key::UndoMark,
        ActionLabel::Place => Key::UndoPlace,
        ActionLabel::Withdraw => Key::UndoWithdraw,
        ActionLabel::Note => Key::UndoNote,
        ActionLabel::Text => Key::UndoText,
        ActionLabel::RemoveNote => Key::UndoRemoveNote,
        ActionLabel::Value => Key::UndoValue,
        ActionLabel::Title => Key::UndoTitle,
        ActionLabel::Language => Key::UndoLanguage,
        ActionLabel::Names => Key::UndoNames,
        ActionLabel::Focus => Key::UndoFocus,
        ActionLabel::Tool => Key::UndoTool,
        ActionLabel::RemoveTool => Key::UndoRemoveTool,
        ActionLabel::Decide => Key::UndoDecide,
        ActionLabel::Hide => Key::UndoHide,
        ActionLabel::Show => Key::UndoShow,
        ActionLabel::RemovePerson => Key::UndoRemovePerson,
        ActionLabel::Restore => Key::UndoRestore,
        ActionLabel::Check => Key::UndoCheck,
        ActionLabel::Support => Key::UndoSupport,
        ActionLabel::Move => Key::UndoMove,
        ActionLabel::Row => Key::UndoRow,
        ActionLabel::Cell => Key::UndoCell,
        ActionLabel::RemoveRow => Key::UndoRemoveRow,
        ActionLabel::Share => Key::UndoShare,
        ActionLabel::Round => Key::UndoRound,
        ActionLabel::Group => Key::UndoGroup,
        ActionLabel::Create | ActionLabel::Other => Key::UndoOther,
    }
}
