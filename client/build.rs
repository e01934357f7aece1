//! Compiles the language files into Rust: keys that the compiler checks, with the words of each language.
//!
//! Why not Fluent or another library: each costs tens of kilobytes of a first load that may be 500, for what two
//! languages with one plural rule need. A key that only one language has, or a placeholder that differs, stops the
//! build.
//!
//! `lang/da.toml` has sections of texts, and so has every file in `lang/da/`: one for each kind of table. A text without
//! placeholders becomes `Key::SectionName`, read by `Texts::get`. One with placeholders (`{n}`) becomes a method
//! `Texts::section_name`. A text of the two forms `one` and `other` is chosen by its `n`. Placeholders `n`, `m` and
//! `level` are numbers, all others are texts.
//!
//! A text may name the device it is read on by `{device}`, `{the-device}` or `{The-device}`: the section `device` says
//! what each kind is called, and the key holds such a text once for each kind.
//!
//! Each key is a constant of its own and not a place in one table, so that texts lie in the module (`src/modules.rs`)
//! whose screens say them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const LANGUAGES: [(&str, &str); 2] = [("da", "Danish"), ("en", "English")];
const NUMBERS: [&str; 3] = ["n", "m", "level"];
/// In the order of `DeviceKind`.
const DEVICES: [&str; 3] = ["phone", "computer", "other"];
/// How a text names its device, by the section's forms.
const DEVICE_FORMS: [(&str, &str); 3] = [("{device}", ""), ("{the-device}", "-the"), ("{The-device}", "-the-first")];

/// The forms of one text: one, or two when it counts something.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Text {
    Plain(String),
    Counted { one: String, other: String },
}

impl Text {
    fn forms(&self) -> Vec<&str> {
        match self {
            Self::Plain(text) => vec![text],
            Self::Counted { one, other } => vec![one, other],
        }
    }

    fn names_device(&self) -> bool {
        self.forms().iter().any(|form| DEVICE_FORMS.iter().any(|(placeholder, _)| form.contains(placeholder)))
    }

    /// The placeholders of all its forms, in alphabetical order with numbers first.
    fn placeholders(&self) -> Vec<String> {
        let mut names: Vec<String> = self.forms().into_iter().flat_map(placeholders).collect();
        names.retain(|name| !DEVICE_FORMS.iter().any(|(placeholder, _)| placeholder.trim_matches(['{', '}']) == name));
        names.sort_by_key(|name| (!NUMBERS.contains(&name.as_str()), name.clone()));
        names.dedup();
        names
    }
}

fn main() {
    let folder = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").expect("cargo names the folder")).join("lang");
    println!("cargo:rerun-if-changed={}", folder.display());
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
        // What `xtask` cuts the modules of `src/modules.rs` out by.
        println!("cargo:rustc-cdylib-link-arg=--emit-relocs");
    }
    let tables: Vec<BTreeMap<String, Text>> = LANGUAGES.iter().map(|(code, _)| read(&folder, code)).collect();
    let faults = compare(&tables);
    assert!(faults.is_empty(), "the language files differ:\n{}", faults.join("\n"));
    let out = PathBuf::from(std::env::var("OUT_DIR").expect("cargo names the folder")).join("texts.rs");
    std::fs::write(&out, generate(&tables)).unwrap_or_else(|error| panic!("{}: {error}", out.display()));
}

fn read(folder: &Path, code: &str) -> BTreeMap<String, Text> {
    let mut paths = vec![folder.join(format!("{code}.toml"))];
    let own = folder.join(code);
    let files = std::fs::read_dir(&own).unwrap_or_else(|error| panic!("{}: {error}", own.display()));
    paths.extend(
        files.filter_map(|file| Some(file.ok()?.path())).filter(|path| path.extension() == Some("toml".as_ref())),
    );
    let mut texts = BTreeMap::new();
    for path in paths {
        read_file(&path, &mut texts);
    }
    texts
}

fn read_file(path: &Path, texts: &mut BTreeMap<String, Text>) {
    let code = path.display();
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{code}: {error}"));
    let table: toml::Table = text.parse().unwrap_or_else(|error| panic!("{code}: {error}"));
    for (section, entries) in table {
        let entries = entries.as_table().unwrap_or_else(|| panic!("{code}: `{section}` is no section"));
        for (name, value) in entries {
            let key = format!("{section}.{name}");
            let text = match value {
                toml::Value::String(text) => Text::Plain(text.clone()),
                toml::Value::Table(forms) => {
                    let form = |name: &str| match forms.get(name).and_then(toml::Value::as_str) {
                        Some(text) => text.to_owned(),
                        None => panic!("{code}: `{key}` has no form `{name}`"),
                    };
                    Text::Counted { one: form("one"), other: form("other") }
                }
                _ => panic!("{code}: `{key}` is no text"),
            };
            assert!(texts.insert(key.clone(), text).is_none(), "{code}: `{key}` stands in another file too");
        }
    }
}

fn compare(tables: &[BTreeMap<String, Text>]) -> Vec<String> {
    let mut faults = Vec::new();
    let (first, second) = (&tables[0], &tables[1]);
    for (here, there, code) in [(first, second, LANGUAGES[1].0), (second, first, LANGUAGES[0].0)] {
        for (key, text) in here {
            match there.get(key) {
                None => faults.push(format!("lang/{code}.toml: `{key}` is missing")),
                Some(other) if other.placeholders() != text.placeholders() => {
                    faults.push(format!("lang/{code}.toml: `{key}` has other placeholders"));
                }
                Some(other) if other.forms().len() != text.forms().len() => {
                    faults.push(format!("lang/{code}.toml: `{key}` counts in one language only"));
                }
                Some(other) if other.names_device() != text.names_device() => {
                    faults.push(format!("lang/{code}.toml: `{key}` names its device in one language only"));
                }
                Some(_) if text.names_device() && !(text.forms().len() == 1 && text.placeholders().is_empty()) => {
                    faults.push(format!("`{key}` names its device, so it can hold nothing else to fill in"));
                }
                Some(_) => {}
            }
            if text.forms().iter().any(|form| form.trim().is_empty()) {
                faults.push(format!("`{key}` is empty"));
            }
        }
    }
    faults
}

fn placeholders(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for part in text.split('{').skip(1) {
        let (name, _) = part.split_once('}').unwrap_or_else(|| panic!("`{text}`: `{{` without `}}`"));
        names.push(name.to_owned());
    }
    names
}

fn generate(tables: &[BTreeMap<String, Text>]) -> String {
    let is_plain = |text: &Text| text.placeholders().is_empty();
    let is_word = |key: &String| key.starts_with("device.");
    let mut out =
        String::from("#[allow(non_upper_case_globals, reason = \"used as the names of a choice are\")]\nimpl Key {\n");
    for (key, text) in tables[0].iter().filter(|(key, text)| is_plain(text) && !is_word(key)) {
        let Text::Plain(words) = text else { panic!("`{key}` counts, but has no `{{n}}`") };
        let on = |device: &str| -> Vec<String> {
            tables.iter().map(|table| on_device(table, table[key].forms()[0], device)).collect()
        };
        let others = if text.names_device() {
            format!("Some(&[{:?}, {:?}])", on(DEVICES[1]), on(DEVICES[2]))
        } else {
            "None".to_owned()
        };
        writeln!(
            out,
            "    /// {}\n    pub const {}: Self = Self(&Words {{ words: {:?}, others: {others} }});",
            words.replace('\n', " "),
            variant(key),
            on(DEVICES[0]),
        )
        .expect("writing to a string");
    }
    out.push_str("}\n\nimpl Texts {\n");
    for (key, text) in tables[0].iter().filter(|(_, text)| !is_plain(text)) {
        method(&mut out, key, text, tables);
    }
    out.push_str("}\n");
    out
}

/// A text as it is read on one kind of device.
fn on_device(table: &BTreeMap<String, Text>, text: &str, device: &str) -> String {
    DEVICE_FORMS.iter().fold(text.to_owned(), |text, (placeholder, form)| {
        let word = format!("device.{device}{form}");
        let Some(Text::Plain(word)) = table.get(&word) else { panic!("there is no text `{word}`") };
        text.replace(placeholder, word)
    })
}

fn method(out: &mut String, key: &str, text: &Text, tables: &[BTreeMap<String, Text>]) {
    let names = text.placeholders();
    let arguments: Vec<String> = names
        .iter()
        .map(|name| format!("{name}: {}", if NUMBERS.contains(&name.as_str()) { "usize" } else { "&str" }))
        .collect();
    let name = key.replace(['.', '-'], "_");
    writeln!(out, "    /// {}", text.forms().join(" / ")).expect("writing to a string");
    writeln!(out, "    #[must_use]\n    pub fn {name}(self, {}) -> String {{", arguments.join(", "))
        .expect("writing to a string");
    out.push_str("        match self.language {\n");
    for (table, (_, language)) in tables.iter().zip(LANGUAGES) {
        let body = match &table[key] {
            Text::Plain(form) => filled(form),
            // Some languages say one and many alike.
            Text::Counted { one, other } if one == other => filled(one),
            Text::Counted { one, other } => format!("if n == 1 {{ {} }} else {{ {} }}", filled(one), filled(other)),
        };
        writeln!(out, "            Language::{language} => {body},").expect("writing to a string");
    }
    out.push_str("        }\n    }\n");
}

/// The expression that gives a form with its placeholders filled in.
fn filled(form: &str) -> String {
    if placeholders(form).is_empty() { format!("{form:?}.to_owned()") } else { format!("format!({form:?})") }
}

/// `sync.not-sent` becomes `SyncNotSent`.
fn variant(key: &str) -> String {
    key.split(['.', '-', '_'])
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
        })
        .collect()
}
