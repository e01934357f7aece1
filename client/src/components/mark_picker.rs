//! Chooses a mark out of those that nobody has.

use std::collections::BTreeSet;

use shared::documents::board::{Mark, next_free_mark};
use web_sys::{Event, MouseEvent};
use yew::prelude::{AttrValue, Callback, Html, Properties, classes, component, html, use_callback, use_state_eq};

use super::person_mark::{colour_class, person_mark};
use crate::platform::clock;
use crate::texts::{Key, use_texts};

/// How many are suggested at first.
const SUGGESTED: usize = 4;
/// How many each 'more' brings.
const MORE: usize = 24;

/// See [`MarkPicker`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct MarkPickerProps {
    /// The chosen one.
    pub chosen: Mark,
    /// Where suggestions begin.
    pub from: u8,
    /// Marks that others have.
    pub taken: BTreeSet<Mark>,
    /// Names the group of buttons.
    pub label: AttrValue,
    /// Called with the mark that was chosen.
    pub on_choose: Callback<Mark>,
}

/// Draws a few marks, and more when asked.
#[component]
pub fn MarkPicker(props: &MarkPickerProps) -> Html {
    let texts = use_texts();
    let shown = use_state_eq(|| SUGGESTED);
    let more = use_callback(shown.clone(), |_: MouseEvent, shown| shown.set(**shown + MORE));
    let free = usize::from(Mark::COUNT).saturating_sub(props.taken.len());
    let marks = suggestions(&props.taken, props.from, *shown);
    html! {
        <fieldset class="mark-picker">
            <legend class="field__label">{ &props.label }</legend>
            <div class="mark-picker__marks">
                { for marks.iter().map(|mark| html! {
                    <MarkChoice key={mark.number()} mark={*mark} is_chosen={*mark == props.chosen} on_choose={props.on_choose.clone()} />
                }) }
            </div>
            if *shown < free {
                <button class="text-button" type="button" onclick={more} data-test="more-marks">{ texts.get(Key::JoinMoreMarks) }</button>
            }
        </fieldset>
    }
}

/// See [`MarkChoice`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct MarkChoiceProps {
    mark: Mark,
    is_chosen: bool,
    on_choose: Callback<Mark>,
}

#[component]
fn MarkChoice(props: &MarkChoiceProps) -> Html {
    let texts = use_texts();
    let onchange =
        use_callback((props.on_choose.clone(), props.mark), |_: Event, (on_choose, mark)| on_choose.emit(*mark));
    let label = texts.join_mark_number(usize::from(props.mark.number()) + 1);
    html! {
        <label class={classes!("mark-picker__choice", colour_class(props.mark))} data-test="mark">
            <input class="mark-picker__input" type="radio" name="mark" checked={props.is_chosen} aria-label={label} {onchange} />
            { person_mark(props.mark, Some("mark-picker__mark")) }
        </label>
    }
}

/// A mark to begin suggestions at, among those that are full: another on each device and at each moment, so that two who
/// join at once rarely meet.
#[must_use]
pub fn somewhere() -> u8 {
    u8::try_from(clock::wall().rem_euclid(i64::from(Mark::COUNT / Mark::FILLINGS))).unwrap_or(0)
}

/// The first `count` marks that nobody has, from `from` on.
#[must_use]
pub fn suggestions(taken: &BTreeSet<Mark>, from: u8, count: usize) -> Vec<Mark> {
    let mut unavailable = taken.clone();
    let mut marks = Vec::new();
    while marks.len() < count && unavailable.len() < usize::from(Mark::COUNT) {
        let mark = next_free_mark(&unavailable, from);
        unavailable.insert(mark);
        marks.push(mark);
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggestions_are_free_and_each_comes_once() {
        let taken: BTreeSet<Mark> = (0..10).map(Mark::new).collect();
        let marks = suggestions(&taken, 8, 30);
        assert_eq!(marks.iter().collect::<BTreeSet<_>>().len(), 30);
        assert!(marks.iter().all(|mark| !taken.contains(mark)));
        assert_eq!(marks[0], Mark::new(10));
    }

    #[test]
    fn the_last_marks_are_suggested_without_end() {
        let taken: BTreeSet<Mark> = (0..Mark::COUNT - 2).map(Mark::new).collect();
        assert_eq!(suggestions(&taken, 0, 30).len(), 2);
    }
}
