//! Words on a sheet: a text that everyone may write in, or on a sheet of one's own a field that nobody else sees.

use shared::documents::text::TextTarget;
use shared::limits;
use web_sys::{Event, HtmlTextAreaElement, InputEvent};
use yew::prelude::{
    AttrValue, Html, Properties, TargetCast, component, html, use_callback, use_effect_with, use_mut_ref, use_node_ref,
    use_state_eq,
};

use super::use_answer_sheet;
use crate::components::counter::Counter;
use crate::components::shared_text::SharedText;
use crate::part::PartAt;
use crate::session::AnswerSheet;
use crate::texts::use_texts;
use crate::views::fault::words;

/// See [`SheetText`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(in super::super) struct SheetTextProps {
    /// The part that it belongs to.
    pub(in super::super) at: PartAt,
    /// Which text. A component shows one text for as long as it lives: give it a key.
    pub(in super::super) target: TextTarget,
    /// Names the field for a screen reader.
    pub(in super::super) label: AttrValue,
    /// An example of what to write.
    #[prop_or_default]
    pub(in super::super) placeholder: Option<AttrValue>,
    /// What it is called in tests.
    #[prop_or_default]
    pub(in super::super) test: Option<AttrValue>,
    /// How many lines it begins with.
    #[prop_or(3)]
    pub(in super::super) rows: u8,
}

/// Draws the field.
#[component]
pub(in super::super) fn SheetText(props: &SheetTextProps) -> Html {
    let sheet = use_answer_sheet(&props.at);
    let SheetTextProps { target, label, placeholder, test, rows, .. } = props.clone();
    if sheet.is_alone() {
        html! { <OwnText {sheet} {target} {label} {placeholder} {test} {rows} /> }
    } else {
        html! { <SharedText {target} {label} {placeholder} {test} {rows} /> }
    }
}

/// See [`OwnText`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct OwnTextProps {
    sheet: AnswerSheet,
    target: TextTarget,
    label: AttrValue,
    placeholder: Option<AttrValue>,
    test: Option<AttrValue>,
    rows: u8,
}

/// What is written is kept as a draft at every letter, and is in its place when the field is left: one thing done.
#[component]
fn OwnText(props: &OwnTextProps) -> Html {
    let texts = use_texts();
    let field = use_node_ref();
    let typed = use_mut_ref(|| None::<String>);
    let length = use_state_eq(|| 0_usize);
    let fault = use_state_eq(|| None::<String>);
    let place = place_of(&props.target);
    let kept = kept(&props.sheet, &props.target);
    let session = props.sheet.session().clone();
    let used = (props.sheet.clone(), props.target.clone(), typed.clone(), place.clone(), fault.clone(), texts);
    let keep = use_callback(used, |(), (sheet, target, typed, place, fault, texts)| {
        let Some(text) = typed.borrow_mut().take() else { return };
        let done = sheet.set_words(target, text.trim_end());
        match done {
            Ok(()) => sheet.session().set_draft(place, ""),
            // It is not let go of: the draft holds it, and it is tried again.
            Err(_) => *typed.borrow_mut() = Some(text),
        }
        fault.set(done.err().map(|error| words(&error, *texts)));
    });
    let draft = session.draft(&place);
    use_effect_with((field.clone(), kept), {
        let (typed, length) = (typed.clone(), length.clone());
        move |(field, kept)| {
            let Some(field) = field.cast::<HtmlTextAreaElement>() else { return };
            if typed.borrow().is_some() {
                return;
            }
            if !draft.is_empty() {
                *typed.borrow_mut() = Some(draft.clone());
            }
            let shown = if draft.is_empty() { kept } else { &draft };
            field.set_value(shown);
            length.set(limits::utf16_len(shown));
        }
    });
    // A screen that is left takes its fields along before they are blurred.
    use_effect_with((), {
        let keep = keep.clone();
        move |()| move || keep.emit(())
    });
    let used = (session, place, typed, length.clone(), fault.clone());
    let oninput = use_callback(used, |event: InputEvent, (session, place, typed, length, fault)| {
        let Some(field) = event.target_dyn_into::<HtmlTextAreaElement>() else { return };
        let text = field.value();
        length.set(limits::utf16_len(&text));
        session.set_draft(place, &text);
        *typed.borrow_mut() = Some(text);
        fault.set(None);
    });
    let onchange = use_callback(keep, |_: Event, keep| keep.emit(()));
    html! {
        <div class="field">
            <textarea class="input input--text" ref={field} rows={props.rows.to_string()} dir="auto" aria-label={props.label.clone()}
                placeholder={props.placeholder.clone()} data-test={props.test.clone()} aria-invalid={fault.is_some().to_string()}
                {oninput} {onchange} />
            <Counter length={*length} limit={props.target.limit()} />
            if let Some(fault) = &*fault { <p class="field__fault" role="alert">{ fault }</p> }
        </div>
    }
}

/// What stands on the sheet.
fn kept(sheet: &AnswerSheet, target: &TextTarget) -> String {
    let board = sheet.board();
    let found = match target {
        TextTarget::Note(id) => board.notes.get(id).map(|note| &note.text),
        TextTarget::Cell(id, column) => board.rows.get(id).and_then(|row| row.texts.get(column)),
        TextTarget::Field(key) => board.texts.get(key),
        TextTarget::Reason(_) => None,
    };
    found.cloned().unwrap_or_default()
}

/// Where the draft lies.
fn place_of(target: &TextTarget) -> String {
    match target {
        TextTarget::Note(id) => format!("own/{id}"),
        TextTarget::Cell(id, column) => format!("own/{id}/{column}"),
        TextTarget::Field(key) | TextTarget::Reason(key) => format!("own/{key}"),
    }
}
