//! Parts that are answered alone: in the notebook, on this device, until their owner shares them.
//!
//! A kind's views ask `use_answer_sheet` which board a part is read from, and take all its actions there; what a step
//! tells of a snapshot without a hook ([`StepViews::state`](super::StepViews::state)) reads `board_of`. Words are
//! written in a `SheetText`, notes by [`NoteWriter`](crate::views::phone::note_writer::NoteWriter) with `use_adder`
//! and edited by `NoteOnSheet`. What stands around every such part ([`around`]) is drawn here.

mod note_on_sheet;
pub(super) mod own_text;
mod share;
mod shared_here;

use std::rc::Rc;

use shared::content::{Audience, Body};
use shared::documents::EntryId;
use shared::documents::board::BoardView;
use yew::prelude::{AttrValue, Callback, Html, Properties, component, hook, html, use_callback};

use crate::hooks::{use_session, use_snapshot};
use crate::part::PartAt;
use crate::session::{ActionError, AnswerSheet, NoteDraft, Snapshot};

use self::share::SharePart;
use self::shared_here::SharedHere;
pub(super) use note_on_sheet::NoteOnSheet;

/// Whether a part is answered alone: in a tool that is one's own, and where everyone answers alone first.
#[must_use]
pub(super) fn is_alone(at: &PartAt) -> bool {
    match at.body() {
        Body::Curve(_) => true,
        Body::Checklist(list) if list.get().is_some_and(|list| list.alone_first) => true,
        // On the group's board wherever there is a group: no pack has them in a tool that is one's own.
        Body::Maturity(_) | Body::Matrix(_) => false,
        _ => at.tool.audience == Audience::Own,
    }
}

/// The board that a part is answered on.
#[must_use]
pub(super) fn board_of<'a>(at: &PartAt, snapshot: &'a Snapshot) -> &'a Rc<BoardView> {
    snapshot.answers(is_alone(at))
}

/// What a part is answered on: the group's board, or the notebook's own. Drawn again whenever the workshop changed.
#[hook]
pub(super) fn use_answer_sheet(at: &PartAt) -> AnswerSheet {
    AnswerSheet::new(use_session(), use_snapshot(), is_alone(at))
}

/// Adds a note to a sheet.
pub(super) type AddNote = Callback<(NoteDraft, String), Result<EntryId, ActionError>>;

/// What [`NoteWriter`](crate::views::phone::note_writer::NoteWriter) adds notes with: nothing of its own on the board.
#[hook]
pub(super) fn use_adder(sheet: &AnswerSheet) -> Option<AddNote> {
    let add = use_callback(sheet.clone(), |(draft, text): (NoteDraft, String), sheet| sheet.add_drafted(&draft, &text));
    sheet.is_alone().then_some(add)
}

/// The board of a sheet as the person may see it: on a sheet of their own what is theirs, also on a device that others
/// write on, with the actions that they made of it.
#[must_use]
pub(super) fn seen_board(sheet: &AnswerSheet, at: &PartAt) -> Rc<BoardView> {
    match sheet.person() {
        Some(person) if sheet.is_alone() => {
            let mut board = sheet.board().of_person(at.instance, person);
            board.rows.extend(sheet.actions_by(at.instance, person).map(|row| (row.id, Rc::clone(row))));
            Rc::new(board)
        }
        _ => Rc::clone(sheet.board()),
    }
}

/// See [`Around`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct AroundProps {
    at: PartAt,
    step: AttrValue,
    inner: Html,
}

/// The board that a part's result is read from: the group's; where nothing leaves the device, the one it was answered on.
#[must_use]
pub fn board_of_result(at: &PartAt, snapshot: &Snapshot) -> Rc<BoardView> {
    if snapshot.is_local_only && is_alone(at) { own_board(snapshot) } else { Rc::clone(&snapshot.board) }
}

/// What was answered alone, with the name of whoever did.
#[must_use]
pub fn own_board(snapshot: &Snapshot) -> Rc<BoardView> {
    let mut board = BoardView::clone(&snapshot.own_board);
    board.people.clone_from(&snapshot.board.people);
    Rc::new(board)
}

/// A step with what stands around every step of a part that is answered alone.
pub fn around(at: &PartAt, step: &AttrValue, inner: Html) -> Html {
    if at.tool.audience == Audience::Own && is_alone(at) {
        html! { <Around at={at.clone()} step={step.clone()} {inner} /> }
    } else {
        inner
    }
}

#[component]
fn Around(props: &AroundProps) -> Html {
    let sheet = use_answer_sheet(&props.at);
    let snapshot = use_snapshot();
    // There may be nobody to share with, and a checklist has a step of its own where it is shared.
    let asks = !snapshot.is_local_only
        && !matches!(props.at.body(), Body::Reference(_) | Body::Agenda(_) | Body::Checklist(_));
    // A curve lies among those that were shared.
    let is_curve = matches!(props.at.body(), Body::Curve(_));
    html! {
        <>
            { props.inner.clone() }
            if let Some(person) = sheet.person().filter(|_| asks) { <SharePart at={props.at.clone()} {person} /> }
            if asks && !is_curve { <SharedHere at={props.at.clone()} step={props.step.clone()} /> }
        </>
    }
}
