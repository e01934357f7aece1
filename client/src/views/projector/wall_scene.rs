//! A question answered in words, as a wall of texts.

use std::rc::Rc;

use shared::content::PromptRole;
use yew::prelude::{Html, classes, component, html};

use super::agreed_card::AgreedCard;
use super::quote::Quote;
use super::room::{Room, newest};
use super::side::Side;
use super::table_scene::TableSceneProps;
use crate::table::Step;
use crate::texts::{Key, use_texts};

/// Units that the wall has at the least from top to bottom, and a text's words from edge to edge.
const HEIGHT: usize = 780;
const WIDTH: usize = 510;
/// The same where the wall is as wide as the screen, in two columns.
const WIDE: usize = 800;

/// Draws the wall; the newest text stands first.
#[component]
pub(super) fn WallScene(props: &TableSceneProps) -> Html {
    let texts = use_texts();
    let answers = &props.answers;
    let role = match props.step {
        Some(Step::Prompt(role)) => role,
        None | Some(Step::Place(_) | Step::Agreed) => PromptRole::Signs,
    };
    let notes = match role {
        PromptRole::Obstacles => newest(&[&answers.obstacles]),
        PromptRole::Signs | PromptRole::TimeFrame => newest(&[&answers.signs]),
    };
    let has_agreed = AgreedCard::has_any(answers);
    let has_side = has_agreed || props.invitation.is_some();
    let room = |columns, width| Room { height: HEIGHT, width, columns, has_writers: props.names };
    let few = if has_side { room(2, WIDTH).choose_grand(&notes) } else { room(2, WIDE).choose_grand(&notes) };
    let chosen = few.unwrap_or_else(|| room(if has_side { 2 } else { 3 }, WIDTH).choose(&notes));
    let hint = props.table.maturity().prompt(role).map(|prompt| prompt.hint.get(texts.language).to_owned());
    html! {
        <div class={classes!("screen__body", has_side.then_some("screen__body--with-side"))}>
            <section class="screen-wall">
                if notes.is_empty() {
                    <div class="screen-empty screen-empty--wall">
                        <p class="screen-empty__title">{ hint.unwrap_or_default() }</p>
                        <p class="screen-empty__hint">{ texts.get(Key::ScreenEmptyHint) }</p>
                    </div>
                } else {
                    <div class="screen-wall__columns">
                        { for chosen.columns.iter().enumerate().map(|(place, column)| html! {
                            <div class="screen-wall__column" key={place}>
                                { for column.iter().map(|(note, size)| html! {
                                    <Quote key={note.id.to_string()} note={Rc::clone(note)} size={*size} board={Rc::clone(&props.board)} names={props.names} />
                                }) }
                            </div>
                        }) }
                    </div>
                    if chosen.more > 0 { <p class="screen__more" data-test="projector-more">{ texts.app_and_more(chosen.more) }</p> }
                }
            </section>
            if has_side {
                <Side invitation={props.invitation.clone()} above={AgreedCard::height(answers)} is_invite_large={!has_agreed}>
                    if has_agreed { <AgreedCard answers={Rc::clone(answers)} this_year={props.this_year} /> }
                </Side>
            }
        </div>
    }
}
