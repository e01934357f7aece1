//! From a folder's files to a pack, with every fault told at once.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use toml::{Table, Value};

use super::{
    Pack, PackError,
    report::Report,
    rules::{check_tool, take_unknown_roles},
    survey::{Survey, name_of},
};
use crate::content::{Language, PackId, Part, Source, Tool, ToolId, id::is_kebab_case};

const MANIFEST: &str = "pack.toml";

/// What `pack.toml` says.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Manifest {
    id: PackId,
    version: u32,
    #[serde(default)]
    languages: Vec<Language>,
    #[serde(default)]
    source: Source,
    #[serde(default)]
    draft: bool,
}

impl Pack {
    /// Reads one pack from its files, each a path and its text: `pack.toml` and one `.toml` a tool; others are skipped.
    ///
    /// # Errors
    /// Every fault of every file, in the order of their paths. Only within one part does a value of the wrong type
    /// hide what stands after it.
    ///
    /// # Examples
    /// ```
    /// # #[cfg(feature = "packs")] {
    /// use shared::content::{Pack, PackError};
    ///
    /// let files = [("own/pack.toml".to_owned(), "id = 'own'\nversion = 1\nlanguages = ['da']".to_owned())];
    /// let errors = Pack::parse(&files).unwrap_err();
    /// assert!(matches!(errors[0], PackError::MissingSource { field: "title", .. }));
    /// assert_eq!(errors[0].to_string(), "own/pack.toml: the source has no `title`; name it under `[source]`");
    /// # }
    /// ```
    pub fn parse(files: &[(String, String)]) -> Result<Self, Vec<PackError>> {
        let mut files: Vec<_> = files.iter().filter(|(path, _)| path.ends_with(".toml")).collect();
        files.sort();
        let Some(at) = files.iter().position(|(path, _)| file_name(path) == MANIFEST) else {
            let folder = files.first().map_or_else(String::new, |(path, _)| folder(path).to_owned());
            return Err(vec![PackError::NoManifest { folder }]);
        };
        let (path, text) = files.remove(at);
        let mut manifest_report = Report::new(path);
        let manifest = read_manifest(text, &mut manifest_report);
        let mut errors = manifest_report.errors;

        let mut tools: Vec<Tool> = Vec::new();
        let mut homes: BTreeMap<ToolId, &str> = BTreeMap::new();
        for (path, text) in files {
            let mut report = Report::new(path);
            if let Some(tool) = read_tool(text, manifest.as_ref(), &mut report) {
                match homes.get(&tool.id) {
                    Some(other) => {
                        let (file, tool, other) = (report.file(), tool.id, (*other).to_owned());
                        report.push(PackError::DuplicateTool { file, tool, other });
                    }
                    None => {
                        homes.insert(tool.id.clone(), path);
                        tools.push(tool);
                    }
                }
            }
            errors.append(&mut report.errors);
        }
        match manifest {
            Some(Manifest { id, version, languages, source, draft }) if errors.is_empty() => {
                tools.sort_by_key(|tool| tool.id.reading_order());
                Ok(Self { id, version, source, languages, tools, draft })
            }
            _ => Err(errors),
        }
    }

    /// Reads every pack among `files`, one for each folder, in the order of the folders' names.
    ///
    /// # Errors
    /// Every fault of every pack, and each tool or pack id that two packs claim.
    pub fn parse_all(files: &[(String, String)]) -> Result<Vec<Self>, Vec<PackError>> {
        let mut folders: BTreeMap<&str, Vec<(String, String)>> = BTreeMap::new();
        for file in files.iter().filter(|(path, _)| path.ends_with(".toml")) {
            folders.entry(folder(&file.0)).or_default().push(file.clone());
        }
        let (mut packs, mut errors) = (Vec::<Self>::new(), Vec::new());
        for (folder, files) in folders {
            match Self::parse(&files) {
                Ok(pack) => {
                    errors.extend(packs.iter().flat_map(|other| clashes(folder, &pack, other)));
                    packs.push(pack);
                }
                Err(mut faults) => errors.append(&mut faults),
            }
        }
        if errors.is_empty() { Ok(packs) } else { Err(errors) }
    }
}

fn read_manifest(text: &str, report: &mut Report<'_>) -> Option<Manifest> {
    let written = read_table(text, report)?;
    let manifest: Manifest = read_value("the file's head", Value::Table(written.clone()), report)?;
    if !is_kebab_case(manifest.id.as_str()) {
        let form = "lower-case words with hyphens";
        report.push(PackError::BadId { file: report.file(), id: manifest.id.to_string(), form });
    }
    report.require("the file's head", "languages", &manifest.languages);
    report.source(&manifest.source);
    Survey::new(report, &manifest.languages).table("", &written, &rewritten(&manifest));
    Some(manifest)
}

/// Reads a tool's file. Without a manifest it is still read, so that its own faults are told too.
fn read_tool(text: &str, manifest: Option<&Manifest>, report: &mut Report<'_>) -> Option<Tool> {
    let mut head = read_table(text, report)?;
    let unread = match head.remove("parts") {
        Some(Value::Array(parts)) => parts,
        Some(_) | None => Vec::new(),
    };
    report.require("the file's head", "parts", &unread);
    let tool: Option<Tool> = read_value("the file's head", Value::Table(head.clone()), report);
    let (mut written, mut parts) = (Vec::new(), Vec::new());
    for (index, mut part) in unread.into_iter().enumerate() {
        let trail = part.as_table().map_or_else(String::new, |part| name_of(part, "parts", index));
        if let Some(part) = part.as_table_mut() {
            take_unknown_roles(&trail, part, report);
        }
        if let Some(typed) = read_value::<Part>(&trail, part.clone(), report) {
            written.push(part);
            parts.push(typed);
        }
    }
    let mut tool = tool?;
    tool.parts = parts;
    head.insert("parts".to_owned(), Value::Array(written));
    let languages = manifest.map_or(&[][..], |manifest| &manifest.languages);
    Survey::new(report, languages).table("", &head, &rewritten(&tool));
    check_tool(&tool, report);
    if head.contains_key("source") {
        report.source(&tool.source);
    } else if let Some(manifest) = manifest {
        tool.source = manifest.source.clone();
    }
    Some(tool)
}

fn read_table(text: &str, report: &mut Report<'_>) -> Option<Table> {
    let read = toml::from_str(text).map_err(|source| PackError::Syntax { file: report.file(), source });
    read.map_err(|error| report.push(error)).ok()
}

fn read_value<T: DeserializeOwned>(entry: &str, value: Value, report: &mut Report<'_>) -> Option<T> {
    let fault = |source| PackError::Shape { file: report.file(), entry: entry.to_owned(), source };
    value.try_into().map_err(fault).map_err(|error| report.push(error)).ok()
}

/// `value` as the table it would be read from.
fn rewritten<T: Serialize>(value: &T) -> Table {
    Table::try_from(value).expect("the model has only string keys and values that TOML has")
}

fn clashes(folder: &str, pack: &Pack, other: &Pack) -> Vec<PackError> {
    let file = format!("{folder}/{MANIFEST}");
    let mut errors = Vec::new();
    if pack.id == other.id {
        let (id, other) = (pack.id.to_string(), format!("another folder before {folder}"));
        errors.push(PackError::DuplicatePack { file: file.clone(), id, other });
    }
    for tool in pack.tools.iter().filter(|tool| other.tool(tool.id.as_str()).is_some()) {
        let other = format!("the pack `{}`", other.id);
        errors.push(PackError::DuplicateTool { file: file.clone(), tool: tool.id.clone(), other });
    }
    errors
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn file_name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}
