//! Who stands on a level, by name, once the group has chosen names on the wall.

use std::rc::Rc;

use shared::content::ColumnRole;
use shared::documents::EntryId;
use shared::documents::board::BoardView;
use yew::prelude::{Html, Properties, component, html};

use crate::components::marker::marker;
use crate::people;
use crate::texts::use_texts;

/// Names that a cell holds.
const ROOM: usize = 6;

/// See [`Names`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct NamesProps {
    /// Disc or diamond.
    pub(super) column: ColumnRole,
    /// Who stands here.
    pub(super) people: Vec<EntryId>,
    /// Who is who.
    pub(super) board: Rc<BoardView>,
}

/// Draws the names; those beyond the cell's room are counted.
#[component]
pub(super) fn Names(props: &NamesProps) -> Html {
    let texts = use_texts();
    let shown = shown(props.people.len());
    let more = props.people.len() - shown;
    html! {
        <ul class="screen-names">
            { for props.people.iter().take(shown).map(|person| html! {
                <li class="screen-names__name" key={person.to_string()}>
                    { marker(props.column, Some(people::mark(&props.board, *person))) }
                    // Without a name the mark alone is who they are.
                    if let Some(name) = props.board.people.get(person).and_then(|person| person.name.clone()) {
                        <span class="screen-names__word" dir="auto">{ name }</span>
                    }
                </li>
            }) }
            if more > 0 { <li class="screen-names__more">{ texts.app_and_more(more) }</li> }
        </ul>
    }
}

/// How many of `count` names are shown: all that fit, or one less to make room for the number of the others.
fn shown(count: usize) -> usize {
    if count <= ROOM { count } else { ROOM - 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_the_number_of_the_others_fit_into_the_cell() {
        assert_eq!(shown(0), 0);
        assert_eq!(shown(6), 6);
        for count in 7..=200 {
            assert_eq!(shown(count) + 1, ROOM, "{count} people");
        }
    }
}
