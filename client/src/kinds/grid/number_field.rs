//! A whole number that everyone sets together.

use shared::content::GridColumn;
use shared::documents::grid::CellValue;
use web_sys::{Event, HtmlInputElement};
use yew::prelude::{
    AttrValue, Callback, Html, Properties, TargetCast, component, html, use_callback, use_effect_with, use_node_ref,
    use_state_eq,
};

use super::words::fault as fault_words;
use crate::platform::page;
use crate::texts::{Key, use_texts};

/// See [`NumberField`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct NumberFieldProps {
    /// The column.
    pub(super) column: GridColumn,
    /// Names the field.
    pub(super) label: AttrValue,
    /// The number that stands; empty while there is none.
    pub(super) value: AttrValue,
    /// Called with another number, or with nothing where it was taken away.
    pub(super) on_number: Callback<AttrValue>,
}

/// Draws the field. What is typed counts when the field is left, or with Enter.
#[component]
pub(super) fn NumberField(props: &NumberFieldProps) -> Html {
    let texts = use_texts();
    let field = use_node_ref();
    let fault = use_state_eq(|| None::<String>);
    use_effect_with((field.clone(), props.value.clone()), |(field, value)| {
        // What somebody is typing is left alone.
        if let Some(input) = field.cast::<HtmlInputElement>()
            && !page::has_focus(&input)
        {
            input.set_value(value);
        }
    });
    let onchange = use_callback((props.clone(), fault.clone(), texts), |event: Event, (props, fault, texts)| {
        let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
        match CellValue::typed(&props.column, &input.value()) {
            Ok(value) => {
                fault.set(None);
                let code = AttrValue::from(value.map(|value| value.code()).unwrap_or_default());
                if code != props.value {
                    props.on_number.emit(code);
                }
            }
            Err(error) => fault.set(Some(fault_words(&error, *texts))),
        }
    });
    html! {
        <label class="field">
            <span class="field__label">{ texts.get(Key::GridNumber) }</span>
            <input class="input" ref={field} {onchange} inputmode="numeric" autocomplete="off" aria-label={props.label.clone()}
                aria-invalid={fault.is_some().to_string()} data-test="cell-number" />
            if let Some(fault) = &*fault { <span class="field__fault" role="alert">{ fault }</span> }
        </label>
    }
}
