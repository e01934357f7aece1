//! The right side of the large screen: what is agreed, the newest texts, and the way in.

use std::rc::Rc;

use shared::documents::board::{BoardView, Note};
use yew::prelude::{AttrValue, Children, Html, Properties, component, html};

use super::invite::Invite;
use super::quote::Quote;
use super::room::Room;
use crate::texts::{Key, use_texts};

/// Units that the side has at the least from top to bottom, and the words of its texts from edge to edge.
const HEIGHT: usize = 808;
const WIDTH: usize = 470;
/// Units that the way in takes.
const INVITE: usize = 278;

/// See [`Side`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct SideProps {
    /// The way in.
    pub(crate) invitation: Option<AttrValue>,
    /// Whether the way in may be large, since nothing else is there.
    #[prop_or_default]
    pub(crate) is_invite_large: bool,
    /// The texts, from the newest; `None` where there is no place for any.
    #[prop_or_default]
    pub(crate) notes: Option<Vec<Rc<Note>>>,
    /// What stands while there are no texts.
    #[prop_or_default]
    pub(crate) empty: AttrValue,
    /// Who is who.
    #[prop_or_default]
    pub(crate) board: Rc<BoardView>,
    /// Whether writers are named.
    #[prop_or_default]
    pub(crate) names: bool,
    /// Units that what stands above the texts takes.
    #[prop_or_default]
    pub(crate) above: usize,
    /// What stands above the texts.
    #[prop_or_default]
    pub(crate) children: Children,
}

/// Draws the side. The way in is large until there is something else to look at.
#[component]
pub(crate) fn Side(props: &SideProps) -> Html {
    let texts = use_texts();
    let notes = props.notes.as_deref().unwrap_or_default();
    let is_large = props.is_invite_large || (notes.is_empty() && props.notes.is_some() && props.above == 0);
    let taken = props.above + if props.invitation.is_some() { INVITE } else { 0 };
    let chosen =
        Room { height: HEIGHT.saturating_sub(taken), width: WIDTH, columns: 1, has_writers: props.names }.choose(notes);
    let shows_empty = props.notes.is_some() && notes.is_empty() && !(is_large && props.invitation.is_some());
    html! {
        <aside class="screen-side">
            { props.children.clone() }
            if !notes.is_empty() {
                <div class="screen-side__notes">
                    { for chosen.columns.iter().flatten().map(|(note, size)| html! {
                        <Quote key={note.id.to_string()} note={Rc::clone(note)} size={*size} board={Rc::clone(&props.board)} names={props.names} />
                    }) }
                    if chosen.more > 0 { <p class="screen__more" data-test="projector-more">{ texts.app_and_more(chosen.more) }</p> }
                </div>
            }
            if shows_empty {
                <div class="screen-empty">
                    <p class="screen-empty__title">{ &props.empty }</p>
                    <p class="screen-empty__hint">{ texts.get(Key::ScreenEmptyHint) }</p>
                </div>
            }
            if let Some(link) = &props.invitation { <Invite link={link.clone()} {is_large} /> }
        </aside>
    }
}
