//! A date that everyone sets together, in the browser's own field for dates.
//!
//! Typed in, such a field says that it changed at each key, also while the year is `0002`; and it forgets what was typed
//! when it is set. So only whole dates are passed on, and the field is left alone while somebody is in it.

use web_sys::{Event, FocusEvent, HtmlInputElement};
use yew::prelude::{
    AttrValue, Callback, Html, NodeRef, Properties, TargetCast, component, html, use_callback, use_effect_with,
    use_node_ref, use_state_eq,
};

use crate::platform::page;
use crate::texts::{Key, use_texts};
use crate::time_frame::TimeFrame;

/// See [`DateField`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct DateFieldProps {
    /// What is asked.
    pub label: AttrValue,
    /// What it is called in tests.
    pub test: AttrValue,
    /// The date that stands, as it lies in the document; empty while there is none.
    pub value: String,
    /// Whether it can only be read.
    #[prop_or_default]
    pub is_disabled: bool,
    /// Called with another date, or with nothing where it was taken away.
    pub on_date: Callback<String>,
}

/// Draws the field.
#[component]
pub fn DateField(props: &DateFieldProps) -> Html {
    let texts = use_texts();
    let field = use_node_ref();
    let is_refused = use_state_eq(|| false);
    use_effect_with((field.clone(), props.value.clone()), |(field, value)| {
        if let Some(input) = element(field)
            && !page::has_focus(&input)
        {
            input.set_value(value);
        }
    });
    let onchange = use_callback(
        (props.on_date.clone(), props.value.clone(), is_refused.clone()),
        |event: Event, (on_date, value, is_refused)| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            if let Typed::Date(date) = Typed::of(&input) {
                is_refused.set(false);
                if date != *value {
                    on_date.emit(date);
                }
            }
        },
    );
    let onblur = use_callback(
        (field.clone(), props.value.clone(), is_refused.clone()),
        |_: FocusEvent, (field, value, is_refused)| {
            let Some(input) = element(field) else { return };
            is_refused.set(Typed::of(&input) == Typed::Part);
            input.set_value(value);
        },
    );
    html! {
        <label class="field">
            <span class="field__label">{ &props.label }</span>
            <input class="input" type="date" ref={field} {onchange} {onblur} disabled={props.is_disabled} aria-invalid={is_refused.to_string()}
                data-test={props.test.clone()} />
            if *is_refused { <span class="field__fault" role="alert">{ texts.get(Key::TableTimeDateRefused) }</span> }
        </label>
    }
}

fn element(field: &NodeRef) -> Option<HtmlInputElement> {
    field.cast::<HtmlInputElement>()
}

/// What stands in a field for dates.
#[derive(Debug, PartialEq, Eq)]
enum Typed {
    /// A date, or none.
    Date(String),
    /// Less than a date.
    Part,
}

impl Typed {
    fn of(input: &HtmlInputElement) -> Self {
        Self::new(input.value(), input.validity().bad_input())
    }

    /// `value` is empty also where only some of a date is there; then it `is_partial`.
    fn new(value: String, is_partial: bool) -> Self {
        let is_date = value.is_empty() || TimeFrame::parse(&value).is_some();
        if is_date && !is_partial { Self::Date(value) } else { Self::Part }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_counts_when_it_is_whole() {
        for (value, is_partial) in [("0002-04-01", false), ("0202-04-01", false), ("", true)] {
            assert_eq!(Typed::new(value.into(), is_partial), Typed::Part, "{value}");
        }
        for value in ["2027-04-01", ""] {
            assert_eq!(Typed::new(value.into(), false), Typed::Date(value.into()));
        }
    }
}
