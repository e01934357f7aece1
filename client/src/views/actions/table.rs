//! Actions as a table on paper, and as text to copy.

use std::fmt::Write as _;
use std::rc::Rc;

use shared::documents::board::{BoardView, Row};
use yew::prelude::{Html, Properties, component, html};

use crate::actions::{all_days, all_statuses, all_who, what};
use crate::texts::{Key, Texts};

/// See [`ActionTable`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ActionTableProps {
    /// The actions, in order.
    pub actions: Vec<Rc<Row>>,
    /// Who is who.
    pub board: Rc<BoardView>,
    /// The language.
    pub texts: Texts,
    /// The year that dates are said without.
    pub this_year: u32,
}

/// Draws who does what by when.
#[component]
pub fn ActionTable(props: &ActionTableProps) -> Html {
    let texts = props.texts;
    let heads = [Key::ActionsColumnWhat, Key::ActionsColumnWho, Key::ActionsColumnBy, Key::ActionsColumnStatus];
    let [head_what, head_who, head_by, head_status] = heads.map(|key| texts.get(key));
    html! {
        <table class="form-table" data-test="action-table">
            <thead><tr>{ for heads.map(|key| html! { <th scope="col">{ texts.get(key) }</th> }) }</tr></thead>
            <tbody>
                { for props.actions.iter().map(|row| html! {
                    <tr key={row.id.to_string()}>
                        <td data-label={head_what} dir="auto">{ what(row, texts) }</td>
                        <td data-label={head_who} dir="auto">{ all_who(&props.board, row, texts) }</td>
                        <td data-label={head_by}>{ all_days(row, texts, props.this_year) }</td>
                        <td data-label={head_status}>{ all_statuses(row, texts) }</td>
                    </tr>
                }) }
            </tbody>
        </table>
    }
}

/// The actions as text, a line or more for each; ends in a line break.
#[must_use]
pub fn text(actions: &[Rc<Row>], board: &BoardView, texts: Texts, this_year: u32) -> String {
    let mut text = String::new();
    for row in actions {
        let who = match all_who(board, row, texts) {
            nobody if nobody.is_empty() => texts.get(Key::ActionsNobody).to_owned(),
            who => who,
        };
        let by = match all_days(row, texts, this_year) {
            none if none.is_empty() => texts.get(Key::ActionsNoDay).to_owned(),
            days => texts.table_before_date(&days),
        };
        // Writing to a string does not fail.
        let _ =
            writeln!(text, "- {}\n  {who}, {by}. {}", what(row, texts).replace('\n', "\n  "), all_statuses(row, texts));
    }
    text
}
