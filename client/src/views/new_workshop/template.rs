//! A programme as a file that can be sent and opened again. What stands in it is told in content/README.md.

use js_sys::{Array, JSON, Object, Reflect};
use shared::content::{Language, MOST_MINUTES, MOST_TIMES, Planned};
use shared::limits;
use wasm_bindgen::{JsCast, JsValue};

use super::draft::Draft;
use crate::texts::{Key, Texts};

/// Most bytes that are read as a template: a real one is far below.
pub(super) const MOST_BYTES: u32 = 64 << 10;

/// The word that tells a template from any other JSON.
const MARK: &str = "programme";
/// The version that this app writes.
const VERSION: f64 = 1.0;

/// Why a file could not be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TemplateFault {
    /// The device does not give it.
    Unreadable,
    /// It is larger than any template.
    TooLarge,
    /// It is no template: another file, or a damaged one.
    NotOne,
    /// A later version of the app wrote it.
    Later,
    /// The tool at this place, from 1, cannot be read.
    Tool(usize),
    /// It has more tools than a workshop holds.
    TooMany,
}

impl TemplateFault {
    /// What happened, and what to do.
    #[must_use]
    pub(super) fn words(self, texts: Texts) -> String {
        match self {
            Self::Unreadable => texts.get(Key::BuildFileUnreadable).to_owned(),
            Self::TooLarge => texts.get(Key::BuildFileTooLarge).to_owned(),
            Self::NotOne => texts.get(Key::BuildFileNotOne).to_owned(),
            Self::Later => texts.get(Key::BuildFileLater).to_owned(),
            Self::Tool(place) => texts.build_file_tool(place),
            Self::TooMany => texts.build_file_too_many(limits::TOOL_INSTANCES),
        }
    }
}

/// The draft as the text of a file.
#[must_use]
pub(super) fn write(draft: &Draft) -> String {
    let file = Object::new();
    let set = |object: &Object, name: &str, value: JsValue| {
        // Only refused for what is no object.
        let _ = Reflect::set(object, &name.into(), &value);
    };
    set(&file, "dialogtavle", MARK.into());
    set(&file, "version", VERSION.into());
    set(&file, "title", draft.title.trim().into());
    if let Some(language) = draft.language {
        set(&file, "language", language.code().into());
    }
    let tools = Array::new();
    for planned in &draft.tools {
        let tool = Object::new();
        set(&tool, "tool", planned.tool.as_str().into());
        for (name, number) in [("minutes", planned.minutes), ("times", planned.times.map(u16::from))] {
            if let Some(number) = number {
                set(&tool, name, number.into());
            }
        }
        tools.push(&tool);
    }
    set(&file, "tools", tools.into());
    let text = JSON::stringify_with_replacer_and_space(&file, &JsValue::NULL, &2.into());
    text.map(String::from).unwrap_or_default()
}

/// Reads the text of a file. Keys that it does not know are skipped.
///
/// # Errors
/// [`TemplateFault`]: nothing is opened by halves.
pub(super) fn read(text: &str) -> Result<Draft, TemplateFault> {
    let file = JSON::parse(text).map_err(|_| TemplateFault::NotOne)?;
    let word = |name: &str| get(&file, name).as_string();
    if word("dialogtavle").as_deref() != Some(MARK) {
        return Err(TemplateFault::NotOne);
    }
    match get(&file, "version").as_f64() {
        Some(version) if version <= VERSION => {}
        Some(_) => return Err(TemplateFault::Later),
        None => return Err(TemplateFault::NotOne),
    }
    let tools = get(&file, "tools").dyn_into::<Array>().map_err(|_| TemplateFault::NotOne)?;
    if tools.length() as usize > limits::TOOL_INSTANCES {
        return Err(TemplateFault::TooMany);
    }
    let tools = tools.iter().enumerate().map(|(place, tool)| planned(&tool).ok_or(TemplateFault::Tool(place + 1)));
    let language = word("language").unwrap_or_default();
    Ok(Draft {
        title: word("title").unwrap_or_default(),
        language: Language::ALL.into_iter().find(|known| known.code() == language),
        tools: tools.collect::<Result<_, _>>()?,
    })
}

fn planned(tool: &JsValue) -> Option<Planned> {
    let id = get(tool, "tool").as_string().filter(|id| !id.is_empty())?;
    let minutes = number(&get(tool, "minutes"), MOST_MINUTES)?;
    let times = number(&get(tool, "times"), u16::from(MOST_TIMES))?;
    Some(Planned { tool: id.as_str().into(), minutes, times: times.and_then(|times| u8::try_from(times).ok()) })
}

/// A whole number from 1 to `most`, or none where nothing is said; `None` for anything else.
fn number(value: &JsValue, most: u16) -> Option<Option<u16>> {
    if value.is_undefined() || value.is_null() {
        return Some(None);
    }
    let said = value.as_f64()?;
    (1..=most).find(|number| f64::from(*number) == said).map(Some)
}

fn get(object: &JsValue, name: &str) -> JsValue {
    // Refused for what is no object: it then has nothing of that name.
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}
