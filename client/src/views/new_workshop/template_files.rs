//! Keeps the programme as a file, and opens one.

use wasm_bindgen_futures::spawn_local;
use web_sys::{Event, HtmlInputElement, MouseEvent};
use yew::prelude::{Callback, Html, Properties, TargetCast, component, html, use_callback, use_state_eq};

use super::draft::Draft;
use super::template::{self, MOST_BYTES, TemplateFault};
use crate::components::notice::{Notice, Weight};
use crate::library::{Library, use_library};
use crate::platform::files;
use crate::texts::{Key, use_texts};

/// See [`TemplateFiles`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct TemplateFilesProps {
    /// What is built.
    pub(super) draft: Draft,
    /// Puts another in its place.
    pub(super) on_open: Callback<Draft>,
}

/// How opening a file went.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum Opened {
    /// None was opened.
    #[default]
    None,
    /// It is what is built now; these of its tools are not here.
    Done(Vec<String>),
    /// It could not be.
    Failed(TemplateFault),
}

/// Draws both ways, and how the last one went.
#[component]
pub(super) fn TemplateFiles(props: &TemplateFilesProps) -> Html {
    let texts = use_texts();
    let library = use_library();
    let opened = use_state_eq(Opened::default);
    let on_save = use_callback(props.draft.clone(), |_: MouseEvent, draft| {
        files::save(&format!("{}.json", file_name(&draft.title)), "application/json", &template::write(draft));
    });
    // Which of a file's tools are here is not known before the packs are.
    let can_open = matches!(library, Library::Here(_));
    let used = (props.on_open.clone(), opened.setter(), library);
    let onchange = use_callback(used, |event: Event, (on_open, opened, library)| {
        let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
        let Some(file) = files::chosen(&input) else { return };
        let (on_open, opened, library) = (on_open.clone(), opened.clone(), library.clone());
        spawn_local(async move {
            let text = if file.size() > f64::from(MOST_BYTES) {
                Err(TemplateFault::TooLarge)
            } else {
                files::text(&file).await.ok_or(TemplateFault::Unreadable)
            };
            // The same file can be chosen again once it is mended.
            input.set_value("");
            match text.and_then(|text| template::read(&text)) {
                Err(fault) => opened.set(Opened::Failed(fault)),
                Ok(mut draft) => {
                    let is_here = |id: &str| library.tool(id).is_some();
                    let away = draft.tools.iter().map(|planned| planned.tool.to_string()).filter(|id| !is_here(id));
                    opened.set(Opened::Done(away.collect()));
                    draft.tools.retain(|planned| is_here(planned.tool.as_str()));
                    on_open.emit(draft);
                }
            }
        });
    });
    html! {
        <div class="template-files">
            <div class="actions">
                if can_open {
                    <label class="button button--small template-files__open">
                        <input class="hidden-words" type="file" accept=".json,application/json" {onchange} data-test="template-open" />
                        { texts.get(Key::BuildFileOpen) }
                    </label>
                }
                if !props.draft.tools.is_empty() {
                    <button class="button button--small" type="button" onclick={on_save} data-test="template-save">{ texts.get(Key::BuildFileSave) }</button>
                }
            </div>
            { match &*opened {
                Opened::None => Html::default(),
                Opened::Done(away) if away.is_empty() => html! { <p role="status" data-test="template-opened">{ texts.get(Key::BuildFileOpened) }</p> },
                Opened::Done(away) => html! {
                    <Notice weight={Weight::Attention} test="template-opened"><p>{ texts.build_file_away(&away.join(", ")) }</p></Notice>
                },
                Opened::Failed(fault) => html! {
                    <Notice weight={Weight::Refused} title={texts.get(Key::BuildFileFailed)} test="template-failed"><p>{ fault.words(texts) }</p></Notice>
                },
            } }
        </div>
    }
}

/// What the file of a workshop of this name is called: what no device lets a file be called is left out.
fn file_name(title: &str) -> String {
    let kept = title.trim().chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' });
    let words = kept.collect::<String>().split_whitespace().take(8).collect::<Vec<_>>().join("-");
    if words.is_empty() { "dialogtavle".to_owned() } else { words }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_called_what_every_device_takes() {
        assert_eq!(file_name(" Støtte: hvad nu? / del 2 "), "Støtte-hvad-nu-del-2");
        assert_eq!(file_name("../.."), "dialogtavle");
        assert_eq!(file_name(""), "dialogtavle");
    }
}
