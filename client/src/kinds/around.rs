//! What stands around a step, on phones and on the desk, of any kind that a phone fetches later.

use shared::content::Kind;
use shared::documents::FieldId;
use shared::documents::actions::{NewAction, actions_of};
use yew::prelude::{AttrValue, Html, Properties, component, html};

use super::alone;
use crate::components::action_button::ActionButton;
use crate::components::action_list::ActionList;
use crate::hooks::use_snapshot;
use crate::part::PartAt;

/// A step with what stands around it: what its owner shares of it, and what the group agrees to do.
pub fn around(at: &PartAt, step: &AttrValue, inner: Html) -> Html {
    let inner = alone::around(at, step, inner);
    // Other kinds have entries, each of which becomes an action.
    if at.tool.actions && matches!(at.part().kind(), Kind::Scale | Kind::Position | Kind::Curve) {
        html! { <>{ inner }<StepActions at={at.clone()} step={step.clone()} /></> }
    } else {
        inner
    }
}

/// See [`StepActions`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct StepActionsProps {
    at: PartAt,
    step: AttrValue,
}

/// Draws what was agreed at a step, and the way to agree on more.
#[component]
fn StepActions(props: &StepActionsProps) -> Html {
    let snapshot = use_snapshot();
    let place = props.at.key(FieldId::new(props.at.id(), &props.step));
    let actions = actions_of(&snapshot.control, &snapshot.board, &place);
    // Alone there is nobody to agree with.
    if snapshot.is_local_only || (actions.is_empty() && !snapshot.can_write()) {
        return Html::default();
    }
    let action = NewAction { place, source: None, what: String::new(), who: None, by: String::new() };
    html! {
        <section class="phone__section">
            <ActionList {actions} />
            <ActionButton {action} />
        </section>
    }
}
