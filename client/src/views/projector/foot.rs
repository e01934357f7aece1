//! Who is on the board, how the line stands when it does not, and what the shapes mean.

use shared::content::ColumnRole;
use shared::documents::board::Person;
use yew::prelude::{Html, Properties, component, html, use_mut_ref};

use crate::components::marker::marker;
use crate::components::person_mark::person_mark;
use crate::session::Line;
use crate::texts::{Key, use_texts};

/// Marks that are drawn; the number beside them says the rest.
const DRAWN: usize = 14;

/// See [`Foot`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct FootProps {
    /// Everyone on the board.
    pub(super) people: Vec<Person>,
    /// How the line stands.
    pub(super) line: Line,
    /// Whether dots are to be explained.
    pub(super) has_legend: bool,
}

/// Draws the lowest line.
#[component]
pub(super) fn Foot(props: &FootProps) -> Html {
    let texts = use_texts();
    let count = props.people.len();
    // The first dialling is nobody's concern. A line that stays away is said, until it is back and not only tried.
    let was_away = use_mut_ref(|| false);
    let is_away = match props.line {
        Line::Offline | Line::Silent | Line::Refused(_) => true,
        Line::Connecting => *was_away.borrow(),
        _ => false,
    };
    was_away.replace(is_away);
    html! {
        <footer class="screen__foot">
            <div class="screen__people">
                if count > 0 {
                    <span class="screen__marks">
                        { for props.people.iter().take(DRAWN).map(|person| html! {
                            <span class="screen__mark" key={person.id.to_string()}>{ person_mark(person.mark, None) }</span>
                        }) }
                    </span>
                }
                <p data-test="projector-people" data-count={count.to_string()}>
                    { if count == 0 { texts.get(Key::ScreenPeopleNone).to_owned() } else { texts.screen_people(count) } }
                </p>
            </div>
            if is_away { <p class="screen__away" role="status" data-test="projector-away">{ texts.get(Key::ScreenOffline) }</p> }
            if props.has_legend {
                <p class="screen__legend">
                    <span>{ texts.get(Key::ScreenDot) }</span>
                    <span class="screen__shape column-now">{ marker(ColumnRole::Now, None) }{ texts.get(Key::ScreenNow) }</span>
                    <span class="screen__shape column-ambition">{ marker(ColumnRole::Ambition, None) }{ texts.get(Key::ScreenAmbition) }</span>
                </p>
            }
        </footer>
    }
}
