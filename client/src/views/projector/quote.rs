//! A text on the wall.

use std::rc::Rc;

use shared::documents::board::{BoardView, Note};
use yew::prelude::{Html, Properties, classes, component, html};

use super::ladder_scene::column_of;
use super::room::Size;
use crate::components::marker::column_class;
use crate::components::person_mark::person_mark;
use crate::people;
use crate::texts::use_texts;

/// See [`Quote`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct QuoteProps {
    /// The text.
    pub(super) note: Rc<Note>,
    /// How large it is set.
    pub(super) size: Size,
    /// Who is who.
    pub(super) board: Rc<BoardView>,
    /// Whether its writer is named.
    pub(super) names: bool,
}

/// Draws the text with its column's edge and its level's number. What it says is a text node and nothing else.
#[component]
pub(super) fn Quote(props: &QuoteProps) -> Html {
    let texts = use_texts();
    let Note { text, level, author, .. } = &*props.note;
    let size = match props.size {
        Size::Grand => Some("quote--grand"),
        Size::Large => None,
        Size::Small => Some("quote--small"),
    };
    let author = author.filter(|author| props.names && props.board.people.contains_key(author));
    html! {
        <article class={classes!("quote", column_class(column_of(props.note.place.field.as_str())), size)} data-test="projector-note">
            if let Some(level) = level {
                <span class="quote__level"><span class="hidden-words">{ texts.table_level(usize::from(*level)) }</span><span aria-hidden="true">{ level }</span></span>
            }
            <div class="quote__body">
                <p class="quote__text" dir="auto">{ text }</p>
                if let Some(author) = author {
                    <p class="quote__by">
                        { person_mark(people::mark(&props.board, author), None) }<span dir="auto">{ people::name(&props.board, author, texts) }</span>
                    </p>
                }
            </div>
        </article>
    }
}
