//! A new row: its first words, typed or picked, and then its other cells.

use shared::content::CellType;
use shared::documents::EntryId;
use shared::documents::grid::new_row;
use shared::limits;
use web_sys::{HtmlTextAreaElement, InputEvent, MouseEvent};
use yew::prelude::{
    AttrValue, Callback, Html, Properties, TargetCast, component, html, use_callback, use_effect_with, use_node_ref,
    use_state_eq,
};

use super::grid;
use crate::components::counter::Counter;
use crate::components::sheet::Sheet;
use crate::hooks::use_session;
use crate::kinds::alone::use_answer_sheet;
use crate::kinds::words as said;
use crate::part::PartAt;
use crate::texts::{Key, use_texts};
use crate::views::fault::words;

/// See [`NewRow`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct NewRowProps {
    /// The part.
    pub(super) at: PartAt,
    /// Called when the row is on the board.
    pub(super) on_added: Callback<EntryId>,
    /// Closes the sheet.
    pub(super) on_close: Callback<()>,
}

/// Draws the sheet. What is typed is kept on this device until the row is added.
#[component]
pub(super) fn NewRow(props: &NewRowProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let sheet = use_answer_sheet(&props.at);
    let field = use_node_ref();
    let length = use_state_eq(|| 0_usize);
    let fault = use_state_eq(|| None::<String>);
    let draft = format!("row/{}/{}", props.at.instance, props.at.id());
    use_effect_with(field.clone(), {
        let (session, draft, length) = (session.clone(), draft.clone(), length.clone());
        move |field| {
            if let Some(field) = field.cast::<HtmlTextAreaElement>() {
                let text = session.draft(&draft);
                field.set_value(&text);
                length.set(limits::utf16_len(&text));
                let _ = field.focus();
            }
        }
    });
    let keep = use_callback(
        (session.clone(), draft.clone(), length.clone(), fault.clone()),
        |text: AttrValue, (session, draft, length, fault)| {
            length.set(limits::utf16_len(&text));
            session.set_draft(draft, &text);
            fault.set(None);
        },
    );
    let oninput = use_callback(keep.clone(), |event: InputEvent, keep| {
        if let Some(field) = event.target_dyn_into::<HtmlTextAreaElement>() {
            keep.emit(field.value().into());
        }
    });
    let on_pick = use_callback((keep, field.clone()), |words: AttrValue, (keep, field)| {
        if let Some(field) = field.cast::<HtmlTextAreaElement>() {
            field.set_value(&words);
        }
        keep.emit(words);
    });
    let on_add = use_callback(
        (sheet, props.clone(), draft, field.clone(), fault.clone(), texts),
        |_: MouseEvent, (sheet, props, draft, field, fault, texts)| {
            let Some(grid) = grid(&props.at) else { return };
            let first = field.cast::<HtmlTextAreaElement>().map(|field| field.value()).unwrap_or_default();
            if has_words(grid) && first.trim().is_empty() {
                fault.set(Some(texts.get(Key::TableNoteEmpty).to_owned()));
                return;
            }
            match sheet.add_row(new_row(grid, props.at.instance, props.at.id(), &first)) {
                Ok(id) => {
                    sheet.session().set_draft(draft, "");
                    props.on_added.emit(id);
                }
                Err(error) => fault.set(Some(words(&error, *texts))),
            }
        },
    );
    let Some(grid) = grid(&props.at) else { return Html::default() };
    let first = grid.columns.iter().find(|column| column.cell == CellType::Text);
    html! {
        <Sheet title={said(&grid.row_title, texts)} on_close={props.on_close.clone()} test="new-row">
            if let Some(column) = first {
                <label class="field">
                    <span class="field__label">{ said(&column.title, texts) }</span>
                    if let Some(hint) = &column.hint { <span class="field__hint">{ said(hint, texts) }</span> }
                    <textarea class="input input--text" ref={field} {oninput} rows="3" dir="auto" data-test="row-draft"
                        aria-invalid={fault.is_some().to_string()} />
                    <Counter length={*length} limit={limits::NOTE} />
                </label>
                if !grid.examples.is_empty() {
                    <div class="choice-group" role="group" aria-label={texts.get(Key::GridExamples)}>
                        { for grid.examples.iter().map(|example| html! {
                            <Example key={example.id.to_string()} words={said(&example.text, texts)} on_pick={on_pick.clone()} />
                        }) }
                    </div>
                }
            }
            if let Some(fault) = &*fault { <p class="field__fault" role="alert">{ fault }</p> }
            <div class="actions">
                <button class="button button--main" type="button" onclick={on_add} data-test="row-add">{ texts.get(Key::TableNoteAdd) }</button>
            </div>
        </Sheet>
    }
}

/// Whether a row has words to begin with.
fn has_words(grid: &shared::content::Grid) -> bool {
    grid.columns.iter().any(|column| column.cell == CellType::Text)
}

/// See [`Example`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct ExampleProps {
    words: AttrValue,
    on_pick: Callback<AttrValue>,
}

#[component]
fn Example(props: &ExampleProps) -> Html {
    let onclick = use_callback((props.on_pick.clone(), props.words.clone()), |_: MouseEvent, (on_pick, words)| {
        on_pick.emit(words.clone());
    });
    html! { <button class="choice-group__choice" type="button" {onclick} data-test="row-example">{ &props.words }</button> }
}
