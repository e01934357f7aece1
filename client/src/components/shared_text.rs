//! A field that several people write in at once.
//!
//! The field is the browser's own and holds its own text: Yew never sets it. What the person does is taken out of it by
//! comparing it with what was shown, and spliced in at the heads that it showed; what others did is put in at mapped
//! offsets, and held back while the person is composing (an accent, a word of a keyboard that guesses). See
//! `binding` for the rules.

mod binding;
mod difference;

use std::rc::Rc;

use shared::documents::text::TextTarget;
use wasm_bindgen::JsCast as _;
use web_sys::{FocusEvent, HtmlInputElement, HtmlTextAreaElement, InputEvent, KeyboardEvent};
use yew::prelude::{
    AttrValue, Callback, Html, NodeRef, Properties, TargetCast as _, component, html, use_callback, use_effect,
    use_effect_with, use_mut_ref, use_node_ref, use_state_eq,
};

use self::binding::{Binding, Outcome};
use super::counter::Counter;
use crate::hooks::{use_session, use_snapshot};
use crate::platform::listener::Listener;
use crate::texts::use_texts;

/// See [`SharedText`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct SharedTextProps {
    /// Which text. A component shows one text for as long as it lives: give it a key.
    pub target: TextTarget,
    /// Names the field for a screen reader.
    pub label: AttrValue,
    /// An example of what to write.
    #[prop_or_default]
    pub placeholder: Option<AttrValue>,
    /// Whether it can only be read.
    #[prop_or_default]
    pub is_read_only: bool,
    /// What it is called in tests.
    #[prop_or_default]
    pub test: Option<AttrValue>,
    /// How many lines it begins with.
    #[prop_or(3)]
    pub rows: u8,
}

/// Draws the field.
#[component]
pub fn SharedText(props: &SharedTextProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    // Drawn again with every snapshot, for the effect below.
    let _snapshot = use_snapshot();
    let field = use_node_ref();
    let binding = use_mut_ref({
        let (session, target) = (session.clone(), props.target.clone());
        move || Binding::new(session, target)
    });
    let length = use_state_eq(|| 0_usize);
    let fault = use_state_eq(|| None::<String>);
    // After every snapshot: what others wrote comes in.
    use_effect({
        let (binding, field, length) = (Rc::clone(&binding), field.clone(), length.clone());
        move || {
            if let Some(field) = element(&field) {
                length.set(binding.borrow_mut().refresh(&field));
            }
        }
    });
    let on_outcome = use_callback((length.clone(), fault.clone()), |outcome: Outcome, (length, fault)| {
        length.set(outcome.length);
        fault.set(outcome.fault);
    });
    let used = (Rc::clone(&binding), field.clone(), on_outcome, texts);
    let oninput = use_callback(
        (used.clone(), session.clone()),
        |_: InputEvent, ((binding, field, on_outcome, texts), session)| {
            // The field itself is held on to: it is read also when the screen is left before that.
            let (Some(field), Some(unread)) = (element(field), binding.borrow().note()) else { return };
            let is_too_long = binding.borrow().is_too_long(&field);
            let (binding, on_outcome, texts) = (Rc::clone(binding), on_outcome.clone(), *texts);
            session.read_after_frame(move || {
                if unread.get() {
                    let outcome = binding.borrow_mut().typed(&field, texts);
                    on_outcome.emit(outcome);
                }
            });
            // What will be taken back must not take with it what is typed after it.
            if is_too_long {
                session.read_fields();
            }
        },
    );
    let on_composed = use_callback(used, |(), (binding, field, on_outcome, texts)| {
        if let Some(field) = element(field) {
            on_outcome.emit(binding.borrow_mut().composed(&field, *texts));
        }
    });
    let on_compose = use_callback((Rc::clone(&binding), session.clone()), |(), (binding, session)| {
        session.read_fields();
        binding.borrow_mut().compose();
    });
    let on_step = use_callback(session.clone(), |is_redo: bool, session| {
        // Nothing to take back is no fault.
        let _ = if is_redo { session.redo() } else { session.undo() };
    });
    let on_before = use_callback(
        (binding, field.clone(), fault.clone(), on_step.clone(), texts),
        |event: InputEvent, (binding, field, fault, on_step, texts)| match event.input_type().as_str() {
            // The browser's own history knows nothing of what others wrote: it is never asked.
            "historyUndo" | "historyRedo" => {
                event.prevent_default();
                on_step.emit(event.input_type() == "historyRedo");
            }
            _ => {
                let refused = element(field).and_then(|field| binding.borrow().refuse(&field, &event, *texts));
                if refused.is_some() {
                    fault.set(refused);
                }
            }
        },
    );
    // Yew has no words for these events.
    use_effect_with((field.clone(), on_before, on_compose, on_composed), |(field, before, compose, composed)| {
        let (before, compose, composed) = (before.clone(), compose.clone(), composed.clone());
        let listeners = element(field).map(|field| {
            [
                Listener::new(&field, "beforeinput", move |event| before.emit(event.unchecked_into())),
                Listener::new(&field, "compositionstart", move |_| compose.emit(())),
                Listener::new(&field, "compositionend", move |_| composed.emit(())),
            ]
        });
        move || drop(listeners)
    });
    let onkeydown = use_callback(on_step, |event: KeyboardEvent, on_step| take_undo_key(&event, on_step));
    let onblur = use_callback(session.clone(), |_: FocusEvent, session| session.end_run());
    use_effect_with(session, |session| {
        let session = session.clone();
        move || session.read_fields()
    });
    html! {
        <div class="field">
            <textarea class="input input--text" ref={field} rows={props.rows.to_string()} dir="auto" aria-label={props.label.clone()}
                placeholder={props.placeholder.clone()} readonly={props.is_read_only} data-test={props.test.clone()}
                aria-invalid={fault.is_some().to_string()}
                {oninput} {onkeydown} {onblur} />
            <Counter length={*length} limit={props.target.limit()} />
            if let Some(fault) = &*fault { <p class="field__fault" role="alert">{ fault }</p> }
        </div>
    }
}

fn element(field: &NodeRef) -> Option<HtmlTextAreaElement> {
    field.cast::<HtmlTextAreaElement>()
}

/// Undo and redo by the keys for it, outside of fields: a plain field takes back what was typed in it by itself, and
/// a shared one has asked before.
pub fn undo_key(event: &KeyboardEvent, on_step: &Callback<bool>) {
    let is_field = event.target_dyn_into::<HtmlTextAreaElement>().is_some()
        || event
            .target_dyn_into::<HtmlInputElement>()
            .is_some_and(|input| !matches!(input.type_().as_str(), "checkbox" | "radio"));
    if !is_field {
        take_undo_key(event, on_step);
    }
}

/// Undo and redo by the keys for it. The event goes no further.
fn take_undo_key(event: &KeyboardEvent, on_step: &Callback<bool>) {
    let is_command = (event.ctrl_key() || event.meta_key()) && !event.alt_key();
    let is_redo = match event.key().to_lowercase().as_str() {
        "z" if is_command => event.shift_key(),
        "y" if is_command => true,
        _ => return,
    };
    event.prevent_default();
    event.stop_propagation();
    on_step.emit(is_redo);
}
