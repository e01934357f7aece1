//! A text on the wall.

use std::rc::Rc;

use shared::documents::board::{BoardView, Note};
use yew::prelude::{Html, Properties, classes, component, html};

use super::ladder_scene::column_of;
use super::room::Size;
use crate::components::icon::Icon;
use crate::components::marker::column_class;
use crate::components::person_mark::person_mark;
use crate::people;
use crate::texts::use_texts;

/// See [`Quote`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct QuoteProps {
    /// The text.
    pub(crate) note: Rc<Note>,
    /// How large it is set.
    pub(crate) size: Size,
    /// Who is who.
    pub(crate) board: Rc<BoardView>,
    /// Whether its writer is named.
    pub(crate) names: bool,
    /// How many stand behind it, where people can.
    #[prop_or_default]
    pub(crate) support: usize,
}

/// Draws the text with its column's edge and its level's number. What it says is a text node and nothing else.
#[component]
pub(crate) fn Quote(props: &QuoteProps) -> Html {
    let texts = use_texts();
    let Note { text, level, author, .. } = &*props.note;
    let size = match props.size {
        Size::Grand => Some("quote--grand"),
        Size::Large => None,
        Size::Small => Some("quote--small"),
    };
    let author = author.filter(|author| props.names && props.board.people.contains_key(author));
    html! {
        <article class={classes!("quote", column_of(props.note.place.field.as_str()).map_or("column-none", column_class), size)} data-test="projector-note">
            if let Some(level) = level {
                <span class="quote__level"><span class="hidden-words">{ texts.table_level(usize::from(*level)) }</span><span aria-hidden="true">{ level }</span></span>
            }
            <div class="quote__body">
                <p class="quote__text" dir="auto">{ text }</p>
                if props.support > 0 {
                    <p class="quote__support" data-test="projector-support" data-count={props.support.to_string()}>
                        { Icon::Support.image() }<span>{ texts.questions_support(props.support) }</span>
                    </p>
                }
                if let Some(author) = author {
                    <p class="quote__by">
                        { person_mark(people::mark(&props.board, author), None) }<span dir="auto">{ people::name(&props.board, author, texts) }</span>
                    </p>
                }
            </div>
        </article>
    }
}
