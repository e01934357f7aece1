//! One tool of the programme that is built.

use std::rc::Rc;

use shared::content::{MOST_MINUTES, MOST_TIMES, Planned, Tool, has_rounds};
use web_sys::{Event, HtmlElement, HtmlInputElement, KeyboardEvent, MouseEvent};
use yew::prelude::{
    AttrValue, Callback, Html, Properties, TargetCast, component, html, use_callback, use_effect_with, use_node_ref,
};

use crate::components::icon::Icon;
use crate::components::kind_drawing::{drawn_kind, kind_drawing};
use crate::components::pick::Pick;
use crate::route::Route;
use crate::texts::{Key, use_texts};

/// A way in the programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Earlier.
    Up,
    /// Later.
    Down,
}

/// What somebody does with a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Edit {
    /// Moves it by one place.
    Move(Way),
    /// Plans it otherwise.
    Plan(Planned),
    /// Takes it out.
    Remove,
}

/// See [`PlanRow`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct PlanRowProps {
    /// How it is planned.
    pub(super) planned: Planned,
    /// The tool.
    pub(super) tool: Rc<Tool>,
    /// Its place, from 0.
    pub(super) place: usize,
    /// How many there are.
    pub(super) count: usize,
    /// The way in which it was just moved: its button takes the focus.
    pub(super) moved: Option<Way>,
    /// Called with its place and what is done with it.
    pub(super) on_edit: Callback<(usize, Edit)>,
}

/// Draws the tool with its minutes, its rounds where it has any, and its place.
#[component]
pub(super) fn PlanRow(props: &PlanRowProps) -> Html {
    let texts = use_texts();
    let PlanRowProps { planned, tool, place, count, .. } = props;
    let [up, down] = [use_node_ref(), use_node_ref()];
    let (is_first, is_last) = (*place == 0, place + 1 == *count);
    use_effect_with((props.moved, *place), {
        let [up, down] = [up.clone(), down.clone()];
        move |(moved, _)| {
            // At an end the way on is closed; the way back is beside it.
            let button = match moved {
                None => return,
                Some(Way::Up) if is_first => down,
                Some(Way::Down) if is_last => up,
                Some(Way::Up) => up,
                Some(Way::Down) => down,
            };
            if let Some(button) = button.cast::<HtmlElement>() {
                let _ = button.focus();
            }
        }
    });
    let on_edit = (props.on_edit.clone(), *place);
    let on_up =
        use_callback(on_edit.clone(), |_: MouseEvent, (on_edit, place)| on_edit.emit((*place, Edit::Move(Way::Up))));
    let on_down =
        use_callback(on_edit.clone(), |_: MouseEvent, (on_edit, place)| on_edit.emit((*place, Edit::Move(Way::Down))));
    let on_remove =
        use_callback(on_edit.clone(), |_: MouseEvent, (on_edit, place)| on_edit.emit((*place, Edit::Remove)));
    let onkeydown = use_callback(on_edit, |event: KeyboardEvent, (on_edit, place)| {
        let way = match event.key().as_str() {
            "ArrowUp" => Way::Up,
            "ArrowDown" => Way::Down,
            _ => return,
        };
        if event.alt_key() {
            event.prevent_default();
            on_edit.emit((*place, Edit::Move(way)));
        }
    });
    let used = (props.on_edit.clone(), *place, planned.clone(), tool.minutes);
    let on_minutes = use_callback(used, |event: Event, (on_edit, place, planned, own)| {
        let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
        let minutes = input.value().trim().parse::<u16>().ok().map(|minutes| minutes.clamp(1, MOST_MINUTES));
        let wanted = minutes.filter(|minutes| minutes != own);
        // What was typed may have been taken otherwise.
        input.set_value(&wanted.unwrap_or(*own).to_string());
        on_edit.emit((*place, Edit::Plan(Planned { minutes: wanted, ..planned.clone() })));
    });
    let used = (props.on_edit.clone(), *place, planned.clone());
    let on_times = use_callback(used, |picked: usize, (on_edit, place, planned)| {
        let times = u8::try_from(picked + 1).ok().filter(|times| *times > 1);
        on_edit.emit((*place, Edit::Plan(Planned { times, ..planned.clone() })));
    });
    let title = tool.title.get(texts.language);
    let id = &planned.tool;
    let minutes = planned.minutes.unwrap_or(tool.minutes);
    html! {
        <li class="plan__row" {onkeydown} data-test={format!("plan-{id}")}>
            { drawn_kind(tool).map(kind_drawing).unwrap_or_default() }
            <div class="plan__words">
                <a class="plan__title" href={format!("#{}", Route::Tool(id.to_string()))}>{ title }</a>
                <div class="plan__numbers">
                    <label class="plan__minutes">
                        <input class="input plan__input" type="number" inputmode="numeric" min="1" max={MOST_MINUTES.to_string()} value={minutes.to_string()}
                            onchange={on_minutes} aria-label={texts.build_minutes_of(title)} data-test={format!("minutes-{id}")} />
                        <span aria-hidden="true">{ texts.get(Key::BuildMinutes) }</span>
                    </label>
                    if has_rounds(tool) {
                        <Pick label={texts.build_times_of(title)} chosen={usize::from(planned.times.unwrap_or(1)) - 1} on_pick={on_times}
                            choices={(1..=usize::from(MOST_TIMES)).map(|times| AttrValue::from(texts.build_times(times))).collect::<Vec<_>>()} test={format!("times-{id}")} />
                    }
                </div>
            </div>
            <div class="plan__ways">
                <button class="icon-button" type="button" ref={up} onclick={on_up} disabled={is_first} aria-label={texts.build_up(title)} data-test={format!("up-{id}")}>
                    { Icon::ArrowUp.image() }
                </button>
                <button class="icon-button plan__down" type="button" ref={down} onclick={on_down} disabled={is_last} aria-label={texts.build_down(title)} data-test={format!("down-{id}")}>
                    { Icon::ArrowUp.image() }
                </button>
                <button class="icon-button" type="button" onclick={on_remove} aria-label={texts.build_remove(title)} data-test={format!("remove-{id}")}>
                    { Icon::Remove.image() }
                </button>
            </div>
        </li>
    }
}
