//! Gives every file a name that changes with its content, and writes those names into what refers to them.
//!
//! Everything under `/assets/` and every pack may be kept for ever. What has a fixed name (the page, the service
//! worker, the manifest, the index of packs) must be asked for anew each time.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use shared::content::{PackFile, PackIndex};

use super::compile::App;
use super::packs::Pack;
use super::style;
use super::template::{Values, fill};
use crate::tree;

/// Files by the path they are served at, without the leading slash.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// The style of what no first screen draws.
const LATER_STYLE: &str = "later.css";

/// Whether the app needs this file, also offline: the service worker fetches it on the first visit.
///
/// The launcher's icons are fetched by the system when somebody installs the app; the licences by whoever reads them;
/// the letters beyond western Europe's when a name has one, and the service worker keeps them from then on.
pub(crate) fn is_needed(path: &str) -> bool {
    !["assets/icon-", "assets/figtree-latin-ext."].iter().any(|rare| path.starts_with(rare)) && path != "licences.txt"
}

/// Whether a participant's phone fetches this file before it is interactive. What else it needs, the service worker fetches
/// when the first screen is there: modules for other screens with their style, and the packs that workshops are made of.
pub(crate) fn is_first(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    is_needed(path)
        && !["split_", "chunk_", "later."].iter().any(|later| name.starts_with(later))
        && !path.starts_with("packs/")
}

/// Makes all files out of the compiled app, the packs, and what lies in `client/`.
pub(crate) fn assemble(app: &App, packs: Vec<Pack>) -> Result<Files> {
    let mut site = Site { files: Files::new(), names: Values::new() };
    site.add_app(app)?;
    let client = tree::root().join("client");
    for folder in ["fonts", "icons"] {
        for file in tree::files(&client.join(folder))? {
            let is_text = file.extension().is_some_and(|extension| extension == "txt");
            if !is_text {
                site.add_named_by_content(&file_name(&file), tree::read(&file)?);
            }
        }
    }
    for (name, sheets) in [("style.css", style::first(&client)?), (LATER_STYLE, style::later(&client)?)] {
        let filled = fill(name, &sheets, &site.names)?;
        site.add_named_by_content(name, style::squeeze(&filled).into_bytes());
    }
    // In this order: each may name those before it.
    for script in ["head.js", "join_form.js", "rescue.js", "boot.js"] {
        let text = fill(script, &tree::read_text(&client.join(script))?, &site.names)?;
        site.add_named_by_content(script, text.into_bytes());
    }
    site.add_texts(&client.join("lang"))?;
    site.add_packs(packs)?;
    site.files.insert("licences.txt".to_owned(), tree::read(&client.join("fonts/OFL.txt"))?);
    site.add_filled(&client, "manifest.webmanifest")?;
    site.add_pages(&client)?;
    Ok(site.files)
}

/// The files so far, and the names that later ones may use.
#[derive(Debug)]
struct Site {
    files: Files,
    names: Values,
}

impl Site {
    /// Adds the app in a folder named by all its content: its parts import each other by relative paths.
    fn add_app(&mut self, app: &App) -> Result<()> {
        let mut parts = Vec::new();
        let mut hasher = blake3::Hasher::new();
        for file in tree::files(&app.folder)? {
            let bytes = tree::read(&file)?;
            hasher.update(&bytes);
            parts.push((file.strip_prefix(&app.folder)?.to_string_lossy().replace('\\', "/"), bytes));
        }
        let folder = format!("assets/app-{}", tree::short(hasher.finalize()));
        for (part, bytes) in parts {
            let path = format!("{folder}/{part}");
            if part == "client_bg.wasm" {
                self.names.insert("app.wasm.bytes".to_owned(), bytes.len().to_string());
                self.names.insert("app.wasm".to_owned(), format!("/{path}"));
            } else if part == "client.js" {
                self.names.insert("app.js".to_owned(), format!("/{path}"));
            }
            self.files.insert(path, bytes);
        }
        let path = |file: &String| format!("/{folder}/{file}");
        let modules: BTreeMap<_, Vec<_>> =
            app.modules.iter().map(|(name, files)| (name, files.iter().map(path).collect())).collect();
        self.names.insert("modules".to_owned(), serde_json::to_string(&modules)?);
        Ok(())
    }

    fn add_named_by_content(&mut self, name: &str, bytes: Vec<u8>) {
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "bin"));
        let path = format!("assets/{stem}.{}.{extension}", tree::hash_of(&bytes));
        self.names.insert(name.to_owned(), format!("/{path}"));
        self.files.insert(path, bytes);
    }

    /// Names the app's texts, such as `da.join.name`, for what the page itself says. Where a text names its device it holds
    /// the word for each kind, of which the style shows one.
    fn add_texts(&mut self, folder: &Path) -> Result<()> {
        for file in tree::files(folder)? {
            let texts: toml::Table = tree::read_text(&file)?.parse()?;
            let language = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            let words = ["phone", "computer", "other"].map(|kind| {
                let word = texts.get("device").and_then(|words| words.get(kind)).and_then(toml::Value::as_str);
                format!("<span data-kind=\"{kind}\">{}</span>", word.unwrap_or_default())
            });
            self.name_texts(&language, &texts, &words.concat());
        }
        Ok(())
    }

    fn name_texts(&mut self, path: &str, texts: &toml::Table, device: &str) {
        for (name, text) in texts {
            let path = format!("{path}.{name}");
            match text {
                toml::Value::String(text) => drop(self.names.insert(path, text.replace("{device}", device))),
                toml::Value::Table(inner) => self.name_texts(&path, inner, device),
                _ => {}
            }
        }
    }

    fn add_filled(&mut self, client: &Path, name: &str) -> Result<()> {
        let text = fill(name, &tree::read_text(&client.join(name))?, &self.names)?;
        self.files.insert(name.to_owned(), text.into_bytes());
        Ok(())
    }

    fn add_packs(&mut self, packs: Vec<Pack>) -> Result<()> {
        let mut index = PackIndex { packs: Vec::new() };
        for Pack { id, bytes } in packs {
            let path = format!("packs/{id}.{}.cbor", tree::hash_of(&bytes));
            index.packs.push(PackFile { id, path: format!("/{path}") });
            self.files.insert(path, bytes);
        }
        self.files.insert("packs/index.cbor".to_owned(), minicbor::to_vec(&index)?);
        Ok(())
    }

    /// Adds the page and the service worker, which name everything else and the build itself.
    fn add_pages(&mut self, client: &Path) -> Result<()> {
        let mut hasher = blake3::Hasher::new();
        for (path, bytes) in &self.files {
            hasher.update(path.as_bytes()).update(blake3::hash(bytes).as_bytes());
        }
        for page in ["index.html", "service_worker.js"] {
            hasher.update(&tree::read(&client.join(page))?);
        }
        self.names.insert("build_id".to_owned(), tree::short(hasher.finalize()));
        self.add_filled(client, "index.html")?;

        let mut precache = serde_json::Map::new();
        for (path, bytes) in &self.files {
            if !is_needed(path) {
                continue;
            }
            let url = if path == "index.html" { "/".to_owned() } else { format!("/{path}") };
            precache.insert(url, tree::hash_of(bytes).into());
        }
        self.names.insert("precache".to_owned(), serde_json::to_string(&precache)?);
        self.add_filled(client, "service_worker.js")
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
