//! Who does what on the large screen: what nobody has taken comes first, then by day, and what is done last.

use std::rc::Rc;

use shared::documents::actions::{Who, actions, days, statuses, whos};
use shared::documents::board::{BoardView, Row};
use shared::documents::control::ControlView;
use yew::prelude::{AttrValue, Html, Properties, classes, component, html};

use super::room::lines;
use super::side::Side;
use crate::actions::{all_days, all_statuses, is_done, is_unsettled, what, who};
use crate::components::person_mark::person_mark;
use crate::people;
use crate::texts::{Key, use_texts};

/// Units from the first row to the foot, and letters on a line of what is to be done: with the way in beside it, and without.
const HEIGHT: usize = 690;
const LETTERS_BESIDE: usize = 30;
const LETTERS: usize = 54;
/// Actions that have room for large letters.
const FEW: usize = 4;
/// A line of words, and what stands above and below a row's.
const LINE: usize = 42;
const FRAME: usize = 28;
/// Lines after which words end in an ellipsis.
const LINES: usize = 2;

/// See [`ActionsScene`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct ActionsSceneProps {
    /// What facilitators decided.
    pub(super) control: Rc<ControlView>,
    /// What everyone wrote.
    pub(super) board: Rc<BoardView>,
    /// Whether names stand at the marks.
    pub(super) names: bool,
    /// The way in.
    pub(super) invitation: Option<AttrValue>,
    /// The year that dates are said without.
    pub(super) this_year: u32,
}

/// Draws the list as a table.
#[component]
pub(super) fn ActionsScene(props: &ActionsSceneProps) -> Html {
    let texts = use_texts();
    let has_side = props.invitation.is_some();
    let mut rows = actions(&props.control, &props.board);
    rows.sort_by_cached_key(|row| (is_done(row), !whos(row).is_empty(), days(row).is_empty(), days(row)));
    let fits = fit(&rows, if has_side { LETTERS_BESIDE } else { LETTERS });
    let more = rows.len() - fits;
    let taker = |taker: &Who| match taker {
        Who::Person(person) => html! {
            <span class="screen-action__taker">
                { person_mark(people::mark(&props.board, *person), None) }
                if props.names { <span dir="auto">{ who(&props.board, taker, texts) }</span> } else { <span class="hidden-words">{ texts.get(Key::ActionsTaken) }</span> }
            </span>
        },
        Who::Named(words) => html! { <span dir="auto">{ words }</span> },
    };
    let row = |row: &Rc<Row>| {
        let takers = whos(row);
        let class = classes!(
            "screen-action",
            is_done(row).then_some("screen-action--done"),
            is_unsettled(row).then_some("screen-action--open")
        );
        html! {
            <tr {class} key={row.id.to_string()} data-test="projector-action">
                <td class="screen-action__what"><span class="screen-action__words" dir="auto">{ what(row, texts) }</span></td>
                <td>
                    { for takers.iter().map(taker) }
                    if takers.is_empty() { <span class="screen-action__nobody">{ texts.get(Key::ActionsNobodyShort) }</span> }
                </td>
                <td class="screen-action__by">{ all_days(row, texts, props.this_year) }</td>
                <td class={classes!("screen-action__status", (statuses(row) == [shared::documents::actions::Status::Open]).then_some("screen-action__status--open"))}>
                    { all_statuses(row, texts) }
                </td>
            </tr>
        }
    };
    let heads = [Key::ActionsColumnWhat, Key::ActionsColumnWho, Key::ActionsColumnBy, Key::ActionsColumnStatus];
    html! {
        <div class={classes!("screen__body", has_side.then_some("screen__body--with-side"))}>
            <section class="screen-wall" data-test="actions-scene">
                if rows.is_empty() {
                    <div class="screen-empty screen-empty--wall">
                        <p class="screen-empty__title">{ texts.get(Key::ActionsScreenEmpty) }</p>
                        <p class="screen-empty__hint">{ texts.get(Key::ScreenEmptyHint) }</p>
                    </div>
                } else {
                    <table class={classes!("screen-table", (rows.len() <= FEW).then_some("screen-table--few"))}>
                        <thead><tr>{ for heads.map(|key| html! { <th scope="col">{ texts.get(key) }</th> }) }</tr></thead>
                        <tbody>{ for rows.iter().take(fits).map(row) }</tbody>
                    </table>
                    if more > 0 { <p class="screen__more" data-test="projector-more">{ texts.app_and_more(more) }</p> }
                }
            </section>
            if has_side { <Side invitation={props.invitation.clone()} is_invite_large=true /> }
        </div>
    }
}

/// How many of the rows fit, from the first.
fn fit(rows: &[Rc<Row>], letters: usize) -> usize {
    let mut left = HEIGHT;
    let fits = |row: &&Rc<Row>| {
        let height = lines(row.text("what"), letters).min(LINES) * LINE + FRAME;
        let is_room = left >= height;
        left = left.saturating_sub(height);
        is_room
    };
    rows.iter().take_while(fits).count()
}
