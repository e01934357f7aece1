//! From a folder's files to a pack, with every fault told at once.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use toml::de::{DeTable, DeValue};
use toml::{Spanned, Table, Value};

use super::outline::{Outline, Step};
use super::reader::Reader;
use super::report::Report;
use super::rules::{check_parts, check_programme, check_tool};
use super::survey::{Survey, join, name_of};
use super::{Fault, Pack, PackError};
use crate::content::id::is_kebab_case;
use crate::content::{Agenda, Cards, Checklist, Curve, Grid, Matrix, Position, Questions, Reference, Scale, TwoSided};
use crate::content::{
    Body, Entry, EntryId, Kind, Language, Localized, PackId, Part, Planned, Programme, Source, Tool, ToolId, Unread,
};

const MANIFEST: &str = "pack.toml";

/// What `pack.toml` says: a pack but for its tools.
#[derive(Debug, Clone, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default)]
pub(crate) struct Manifest {
    /// Names the pack: lower-case words with hyphens, best the same as its folder. Kept for good.
    id: PackId,
    /// Rises with every change of the content.
    #[schemars(range(min = 1))]
    version: u32,
    /// The languages in which every text is there.
    languages: Vec<Language>,
    /// Where the originals are found.
    source: Source,
    /// Whether it is under way: checked with the others, and not given to anybody.
    draft: bool,
    /// Programmes that workshops can be made of at once, of this pack's tools or of those that come along.
    programmes: Vec<Programme>,
}

/// A pack, and the file and line that each tool's id stands in.
struct Parsed {
    pack: Pack,
    homes: BTreeMap<ToolId, (String, usize)>,
}

impl Pack {
    /// Reads one pack from its files, each a path and its text: `pack.toml` and one `.toml` a tool; others are skipped.
    ///
    /// # Errors
    /// Every fault of every file, in the order of their paths and lines. A part in which something cannot be read is not held
    /// against its kind's own rules until that is mended.
    ///
    /// # Examples
    /// ```
    /// # #[cfg(feature = "packs")] {
    /// use shared::content::{Fault, Pack};
    ///
    /// let files = [("own/pack.toml".to_owned(), "id = 'own'\nversion = 1\nlanguages = ['da']".to_owned())];
    /// let errors = Pack::parse(&files).unwrap_err();
    /// assert_eq!(errors[0].fault, Fault::MissingSource { field: "title" });
    /// assert_eq!(errors[0].to_string(), "own/pack.toml:1: the source has no `title`; name it under `[source]`");
    /// # }
    /// ```
    pub fn parse(files: &[(String, String)]) -> Result<Self, Vec<PackError>> {
        parse(files).map(|parsed| parsed.pack)
    }

    /// Reads every pack among `files`, one for each folder, in the order of the folders' names.
    ///
    /// # Errors
    /// Every fault of every pack, and each tool or pack id that two packs claim.
    pub fn parse_all(files: &[(String, String)]) -> Result<Vec<Self>, Vec<PackError>> {
        let (packs, errors) = Self::parse_beside(files, &[]);
        if errors.is_empty() { Ok(packs) } else { Err(errors) }
    }

    /// Reads every pack among `files` that is sound, and tells every fault of the others.
    ///
    /// A pack that claims its id or a tool's from one of the `shipped` ones, or from one before it, is not sound.
    #[must_use]
    pub fn parse_beside(files: &[(String, String)], shipped: &[Self]) -> (Vec<Self>, Vec<PackError>) {
        let mut folders: BTreeMap<&str, Vec<(String, String)>> = BTreeMap::new();
        for file in files.iter().filter(|(path, _)| path.ends_with(".toml")) {
            folders.entry(folder(&file.0)).or_default().push(file.clone());
        }
        let (mut sound, mut errors) = (Vec::<(&str, Self)>::new(), Vec::new());
        for (folder, files) in folders {
            let read = parse(&files).and_then(|parsed| {
                let clashes = clashes(folder, &parsed, shipped, &sound);
                if clashes.is_empty() { Ok(parsed.pack) } else { Err(clashes) }
            });
            match read {
                Ok(pack) => sound.push((folder, pack)),
                Err(mut faults) => errors.append(&mut faults),
            }
        }
        (sound.into_iter().map(|(_, pack)| pack).collect(), errors)
    }
}

fn parse(files: &[(String, String)]) -> Result<Parsed, Vec<PackError>> {
    let mut files: Vec<_> = files.iter().filter(|(path, _)| path.ends_with(".toml")).collect();
    files.sort();
    let Some(at) = files.iter().position(|(path, _)| file_name(path) == MANIFEST) else {
        let file = files.first().map_or_else(String::new, |(path, _)| folder(path).to_owned());
        return Err(vec![PackError { file, line: None, entry: String::new(), fault: Fault::NoManifest }]);
    };
    let (path, text) = files.remove(at);
    let mut report = Report::new(path);
    let manifest = read_manifest(text, &mut report);
    let mut errors = report.faults();

    let mut tools: Vec<Tool> = Vec::new();
    let mut homes: BTreeMap<ToolId, (String, usize)> = BTreeMap::new();
    for (path, text) in files {
        let mut report = Report::new(path);
        if let Some(tool) = read_tool(text, manifest.as_ref(), &mut report) {
            match homes.get(&tool.id) {
                Some((other, _)) => {
                    let fault = Fault::DuplicateTool { tool: tool.id, other: other.clone() };
                    report.push("id", fault);
                }
                None => {
                    homes.insert(tool.id.clone(), (path.clone(), report.outline().line("id", 0)));
                    tools.push(tool);
                }
            }
        }
        errors.append(&mut report.faults());
    }
    match manifest {
        Some(Manifest { id, version, languages, source, draft, programmes }) if errors.is_empty() => {
            tools.sort_by_key(|tool| tool.id.reading_order());
            Ok(Parsed { pack: Pack { id, version, source, languages, tools, draft, programmes }, homes })
        }
        _ => Err(errors),
    }
}

fn read_manifest(text: &str, report: &mut Report<'_>) -> Option<Manifest> {
    let file = read_file(text, report)?;
    let mut reader = Reader::new(&file, Vec::new());
    let manifest: Manifest = reader.read(report)?;
    if manifest.id.as_str().is_empty() {
        report.push_at("", "id", 0, Fault::MissingKey { key: "id" });
    } else {
        report.expect("id", Fault::BadId { id: manifest.id.to_string() }, is_kebab_case(manifest.id.as_str()));
    }
    report.expect("version", Fault::Version, manifest.version > 0);
    report.require("", "languages", &manifest.languages);
    report.source(&manifest.source);
    manifest.programmes.iter().for_each(|programme| check_programme(programme, report));
    Survey::new(report, &manifest.languages).table("", &table(reader.written()), &rewritten(&manifest));
    Some(manifest)
}

/// Reads a tool's file. Without a manifest it is still read, so that its own faults are told too.
fn read_tool(text: &str, manifest: Option<&Manifest>, report: &mut Report<'_>) -> Option<Tool> {
    let mut file = read_file(text, report)?;
    let DeValue::Table(head) = file.get_mut() else { return None };
    let items = match head.remove("parts").map(Spanned::into_inner) {
        Some(DeValue::Array(items)) => items.to_vec(),
        Some(_) | None => Vec::new(),
    };
    report.require("", "parts", &items);
    if !head.contains_key("audience") {
        report.push("", Fault::MissingKey { key: "audience" });
        // So that the rest of the head is read all the same.
        head.insert(Spanned::new(0..0, "audience".into()), Spanned::new(0..0, DeValue::String("group".into())));
    }
    let mut reader = Reader::new(&file, Vec::new());
    let tool: Option<Tool> = reader.read(report);
    let (mut written, mut parts, mut whole) = (Vec::new(), Vec::new(), Vec::new());
    for (index, item) in items.iter().enumerate() {
        if let Some(read) = read_part(index, item, report) {
            whole.push(read.is_whole);
            written.push(read.written);
            parts.push(read.part);
        }
    }
    let mut tool = tool?;
    tool.parts = parts;
    let mut head = table(reader.written());
    let has_source = head.contains_key("source");
    head.insert("parts".to_owned(), Value::Array(written));
    let languages = manifest.map_or(&[][..], |manifest| &manifest.languages);
    Survey::new(report, languages).table("", &head, &rewritten(&tool));
    check_tool(&tool, report);
    let whole = tool.parts.iter().zip(whole).filter_map(|(part, is_whole)| is_whole.then_some(part));
    check_parts(tool.audience, whole, report);
    if has_source {
        report.source(&tool.source);
    } else if let Some(manifest) = manifest {
        tool.source = manifest.source.clone();
    }
    Some(tool)
}

/// A part as it was read.
struct ReadPart {
    part: Part,
    written: Value,
    is_whole: bool,
}

/// What parts of all kinds have.
#[derive(Default, Deserialize)]
#[serde(default)]
struct PartHead {
    id: EntryId,
    title: Option<Localized>,
    intro: Vec<Entry>,
    note: Option<Localized>,
}

/// Reads a part by its kind, so that what is wrong is found where it stands: a tagged enum would only name the part.
fn read_part(index: usize, item: &Spanned<DeValue<'_>>, report: &mut Report<'_>) -> Option<ReadPart> {
    let trail = name_of(|key| item.get_ref().as_table()?.get(key)?.get_ref().as_str(), "parts", index);
    let mut reader = Reader::new(item, vec![Step::Key("parts".to_owned()), Step::Index(index)]);
    let PartHead { id, title, intro, note } = reader.read(report)?;
    let kind = item.get_ref().as_table()?.get("kind").and_then(|kind| kind.get_ref().as_str()).unwrap_or_default();
    let Some(kind) = Kind::from_code(kind) else {
        let fault = Fault::UnknownKind { kind: kind.to_owned(), known: Kind::ALL.map(Kind::code).join(", ") };
        report.push_at(&trail, &join(&trail, "kind"), 0, fault);
        return None;
    };
    let body = match kind {
        Kind::Maturity => Body::Maturity(reader.read(report)?),
        Kind::Agenda => Body::Agenda(Unread::from(&reader.read::<Agenda>(report)?)),
        Kind::Reference => Body::Reference(Unread::from(&reader.read::<Reference>(report)?)),
        Kind::Cards => Body::Cards(Unread::from(&reader.read::<Cards>(report)?)),
        Kind::TwoSided => Body::TwoSided(Unread::from(&reader.read::<TwoSided>(report)?)),
        Kind::Grid => Body::Grid(Unread::from(&reader.read::<Grid>(report)?)),
        Kind::Matrix => Body::Matrix(Unread::from(&reader.read::<Matrix>(report)?)),
        Kind::Scale => Body::Scale(Unread::from(&reader.read::<Scale>(report)?)),
        Kind::Checklist => Body::Checklist(Unread::from(&reader.read::<Checklist>(report)?)),
        Kind::Questions => Body::Questions(Unread::from(&reader.read::<Questions>(report)?)),
        Kind::Curve => Body::Curve(Unread::from(&reader.read::<Curve>(report)?)),
        Kind::Position => Body::Position(Unread::from(&reader.read::<Position>(report)?)),
    };
    let part = Part { id, title, intro, note, body };
    Some(ReadPart { part, written: reader.written(), is_whole: reader.is_whole() })
}

/// Reads the file's TOML, and reports every line that is none.
fn read_file<'i>(text: &'i str, report: &mut Report<'_>) -> Option<Spanned<DeValue<'i>>> {
    let (root, errors) = DeTable::parse_recoverable(text);
    report.set_outline(Outline::new(text, &root));
    for error in &errors {
        let line = report.outline().line_at(error.span().map_or(0, |span| span.start));
        report.push_unreadable(String::new(), line, Fault::Syntax { cause: error.message().trim().to_owned() });
    }
    let span = root.span();
    errors.is_empty().then(|| Spanned::new(span, DeValue::Table(root.into_inner())))
}

fn table(value: Value) -> Table {
    match value {
        Value::Table(table) => table,
        _ => Table::new(),
    }
}

/// `value` as the table it would be read from.
fn rewritten<T: Serialize>(value: &T) -> Table {
    Table::try_from(value).expect("the model has only string keys and values that TOML has")
}

/// Each id of `parsed` that is taken, by one of the `shipped` packs or by one `before` it, beside its folder; and each tool
/// of its programmes that is in none of them.
fn clashes(folder: &str, parsed: &Parsed, shipped: &[Pack], before: &[(&str, Pack)]) -> Vec<PackError> {
    let Parsed { pack, homes } = parsed;
    let mut errors = Vec::new();
    let mut push = |file, line, fault| errors.push(PackError { file, line, entry: "id".to_owned(), fault });
    let manifest = format!("{folder}/{MANIFEST}");
    if shipped.iter().any(|other| other.id == pack.id) {
        push(manifest.clone(), None, Fault::ShippedPack { pack: pack.id.clone() });
    } else if let Some((other, _)) = before.iter().find(|(_, other)| other.id == pack.id) {
        push(manifest.clone(), None, Fault::DuplicatePack { pack: pack.id.clone(), other: (*other).to_owned() });
    }
    for (tool, (file, line)) in homes {
        if shipped.iter().any(|other| other.tool(tool.as_str()).is_some()) {
            push(file.clone(), Some(*line), Fault::ShippedTool { tool: tool.clone() });
        } else if let Some((other, _)) = before.iter().find(|(_, other)| other.tool(tool.as_str()).is_some()) {
            let fault = Fault::DuplicateTool { tool: tool.clone(), other: (*other).to_owned() };
            push(file.clone(), Some(*line), fault);
        }
    }
    let is_there = |planned: &Planned| {
        let id = planned.tool.as_str();
        let mut others = shipped.iter().chain(before.iter().map(|(_, pack)| pack));
        pack.tool(id).is_some() || others.any(|other| other.tool(id).is_some())
    };
    for programme in &pack.programmes {
        for planned in programme.tools.iter().filter(|planned| !is_there(planned)) {
            let (file, entry) = (manifest.clone(), programme.id.to_string());
            errors.push(PackError { file, line: None, entry, fault: Fault::NoSuchTool { tool: planned.tool.clone() } });
        }
    }
    errors
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn file_name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}
