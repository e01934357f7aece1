//! The packs of `content/` against the inventory of the sources, as numbers, and against what is written about them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::shipped_packs::packs;
use super::*;

/// Each tool with the kinds that its source asks for, and its levels, cards, questions, statements, examples and entries.
const TOOLS: [(&str, &str, [usize; 6]); 45] = [
    ("A1", "maturity", [5, 0, 0, 0, 0, 17]),
    ("A2", "maturity", [5, 0, 0, 0, 0, 22]),
    ("A3", "agenda", [0, 0, 0, 0, 0, 26]),
    ("B", "cards", [0, 18, 26, 0, 0, 96]),
    ("C1", "agenda reference", [0, 0, 0, 0, 0, 18]),
    ("C2", "reference", [0, 0, 0, 0, 0, 14]),
    ("C3", "two-sided", [0, 0, 0, 0, 11, 18]),
    ("C4", "cards", [0, 4, 7, 0, 0, 31]),
    ("C5", "two-sided questions", [0, 0, 6, 0, 15, 23]),
    ("C6", "grid", [0, 0, 0, 0, 0, 17]),
    ("C7", "reference questions", [0, 0, 4, 0, 0, 24]),
    ("E1", "reference", [0, 0, 0, 0, 0, 58]),
    ("E2", "curve questions", [0, 0, 3, 0, 10, 17]),
    ("E3", "two-sided", [0, 0, 4, 0, 31, 45]),
    ("E4", "questions", [0, 0, 4, 0, 0, 10]),
    ("E5", "reference position", [0, 0, 0, 0, 0, 57]),
    ("E6", "reference", [0, 0, 0, 0, 0, 21]),
    ("E7", "questions", [0, 0, 11, 0, 0, 11]),
    ("E8", "grid", [0, 0, 0, 0, 0, 7]),
    ("E9", "questions checklist", [0, 0, 10, 9, 0, 21]),
    ("E10", "scale questions checklist", [0, 0, 12, 9, 0, 28]),
    ("E11", "grid scale questions", [0, 0, 11, 9, 0, 32]),
    ("E12", "checklist", [0, 0, 7, 7, 0, 18]),
    ("E13", "questions", [0, 0, 14, 0, 0, 26]),
    ("E14", "position questions", [0, 0, 12, 12, 0, 25]),
    ("E15", "grid", [0, 0, 4, 0, 0, 12]),
    ("E16", "questions", [0, 0, 4, 0, 0, 16]),
    ("E17", "scale", [0, 0, 0, 0, 0, 27]),
    ("E18", "checklist", [0, 0, 1, 9, 0, 12]),
    ("E19", "questions", [0, 0, 20, 0, 0, 29]),
    ("E20", "matrix", [0, 0, 0, 0, 12, 17]),
    ("E21", "grid", [0, 0, 0, 0, 0, 14]),
    ("E22", "questions", [0, 0, 12, 0, 0, 21]),
    ("E23", "cards", [0, 4, 25, 0, 0, 40]),
    ("E24", "position questions", [0, 0, 17, 0, 0, 33]),
    ("E25", "checklist", [0, 0, 3, 10, 0, 40]),
    ("E26", "questions", [0, 0, 13, 0, 0, 16]),
    ("E27", "checklist questions", [0, 0, 11, 7, 0, 22]),
    ("E28", "checklist questions", [0, 0, 1, 12, 0, 21]),
    ("E29", "grid", [0, 0, 4, 0, 0, 17]),
    ("E30", "checklist", [0, 0, 0, 35, 0, 36]),
    ("E31", "grid", [0, 0, 0, 0, 0, 0]),
    ("E32", "reference", [0, 0, 0, 0, 0, 93]),
    ("E33", "reference questions", [0, 0, 6, 0, 0, 27]),
    ("E34", "checklist", [0, 0, 0, 7, 0, 7]),
];

fn content(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../content").join(path)
}

fn tools() -> BTreeMap<String, Tool> {
    packs().into_iter().flat_map(|pack| pack.tools).map(|tool| (tool.id.to_string(), tool)).collect()
}

#[test]
fn every_tool_has_its_kinds_and_as_much_as_its_source() {
    let mut tools = tools();
    for (id, kinds, counts) in TOOLS {
        let tool = tools.remove(id).unwrap_or_else(|| panic!("no tool {id}"));
        let has: Vec<_> = tool.kinds().into_iter().map(Kind::code).collect();
        for kind in kinds.split(' ') {
            assert!(has.contains(&kind), "{id} is {has:?}, and should be {kind}");
        }
        let Counts { levels, cards, questions, statements, examples, entries } = Counts::of(&tool);
        assert_eq!([levels, cards, questions, statements, examples, entries], counts, "{id}");
    }
    assert!(tools.is_empty(), "not in the inventory: {:?}", tools.keys());
}

#[test]
fn each_card_of_the_deck_has_its_goals_tasks_and_questions() {
    let deck = tools().remove("B").unwrap();
    let Body::Cards(deck) = &deck.parts[0].body else { panic!("B begins with something else than its deck") };
    for card in deck.read().unwrap().cards {
        let counts = [&card.goals, &card.tasks, &card.questions].map(Vec::len);
        assert!(counts.iter().all(|count| *count > 0), "{}: {counts:?}", card.id);
    }
}

/// The ways to everything in `value` that has a name: parts and entries by id or role, and keys under them. Ids are
/// unique in a tool, so that a way from part to entry may leave out what lies between.
fn ways(value: &serde_json::Value, part: &str, above: &str, found: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Object(object) => {
            let name = ["id", "role"].iter().find_map(|key| object.get(*key)?.as_str()).unwrap_or_default();
            let above = if part.is_empty() || name.is_empty() { above.to_owned() } else { format!("{above}/{name}") };
            let short = if part.is_empty() || name == part { part.to_owned() } else { format!("{part}/{name}") };
            for way in [&above, &short] {
                found.insert(way.clone());
                found
                    .extend(object.keys().map(|key| if way.is_empty() { key.clone() } else { format!("{way}/{key}") }));
            }
            for (key, value) in object {
                let named = format!("{above}/{key}");
                let below = if value.is_object() && value.get("id").is_none() { &named } else { &above };
                ways(value, part, below, found);
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| ways(item, part, above, found)),
        _ => {}
    }
}

/// The entries in `value`: everything with an id and a text.
fn entries(value: &serde_json::Value, found: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Object(object) => {
            if let (Some(id), Some(_)) = (object.get("id").and_then(|id| id.as_str()), object.get("da")) {
                found.insert(id.to_owned());
            }
            object.values().for_each(|value| entries(value, found));
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| entries(item, found)),
        _ => {}
    }
}

/// The rows of a tool's table: by heading, each entry's number and what says it here.
type Rows = BTreeMap<String, Vec<(usize, Vec<String>)>>;

#[test]
fn the_table_of_where_each_entry_comes_from_agrees_with_the_packs_both_ways() {
    let mut rows: BTreeMap<String, Rows> = BTreeMap::new();
    let mut tool = String::new();
    for line in fs::read_to_string(content("COVERAGE.md")).unwrap().lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            heading.split(' ').next().unwrap().clone_into(&mut tool);
            assert!(rows.insert(tool.clone(), BTreeMap::new()).is_none(), "{tool} has two tables");
        }
        let cells: Vec<_> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        if let [heading, number, ids] = cells[..]
            && let Ok(number) = number.parse()
        {
            let ids = ids.split(", ").map(|id| id.trim_matches('`').to_owned()).collect();
            rows.get_mut(&tool).unwrap().entry(heading.to_owned()).or_default().push((number, ids));
        }
    }
    let tools = tools();
    assert_eq!(rows.keys().collect::<Vec<_>>(), tools.keys().collect::<Vec<_>>());
    for (id, headings) in &rows {
        let json = serde_json::to_value(&tools[id]).unwrap();
        let (mut known, mut lines) = (BTreeSet::new(), BTreeSet::new());
        ways(&json, "", "", &mut known);
        for part in json["parts"].as_array().unwrap() {
            let name = part["id"].as_str().unwrap();
            ways(part, name, "", &mut known);
        }
        let known: BTreeSet<&str> = known.iter().map(|way| way.trim_start_matches('/')).collect();
        entries(&json, &mut lines);
        for (heading, rows) in headings {
            let numbers = rows.iter().map(|(number, _)| *number);
            assert!(numbers.eq(1..=rows.len()), "{id}, {heading}: numbered from 1 upwards");
            for way in rows.iter().flat_map(|(_, ids)| ids) {
                assert!(known.contains(way.as_str()), "{id}, {heading}: there is no {way}");
                lines.remove(way.rsplit('/').next().unwrap());
            }
        }
        assert!(lines.is_empty(), "{id}: COVERAGE.md does not say where these come from: {lines:?}");
    }
}

#[test]
fn what_is_told_of_each_kind_has_an_example_that_can_be_used() {
    const MANIFEST: &str =
        "id = 'own'\nversion = 1\nlanguages = ['da', 'en']\n[source]\ntitle = 'Vores'\npublisher = 'Os'\n";
    const HEAD: &str = "id = 'N1'\nminutes = 5\naudience = 'group'\ntitle = { da = 'Ro', en = 'Calm' }\n\
                        short_title = { da = 'Ro', en = 'Calm' }\nsummary = { da = 'Ro', en = 'Calm' }\n";
    let text = fs::read_to_string(content("KINDS.md")).unwrap();
    let mut told = Vec::new();
    for section in text.split("\n## ").skip(1) {
        let (kind, rest) = section.split_once('\n').unwrap();
        let example = rest.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
        let file = format!("{HEAD}{example}");
        let files = [("own/pack.toml".to_owned(), MANIFEST.to_owned()), ("own/n1.toml".to_owned(), file.clone())];
        let pack = Pack::parse(&files).unwrap_or_else(|errors| {
            panic!("{kind}: {}", errors.iter().map(PackError::to_string).collect::<Vec<_>>().join("\n"))
        });
        assert_eq!(pack.tools[0].kinds().into_iter().map(Kind::code).collect::<Vec<_>>(), [kind]);
        assert_valid(&tool_schema(), kind, &file);
        for shown in ["**On the phone**", "**The large screen**", &format!("kinds/{kind}.png")] {
            assert!(rest.contains(shown), "{kind}: {shown}");
        }
        told.push(kind.to_owned());
    }
    told.sort_unstable();
    let mut kinds = Kind::ALL.map(Kind::code);
    kinds.sort_unstable();
    assert_eq!(told, kinds);
}

fn assert_valid(schema: &str, name: &str, file: &str) {
    let validator = jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap();
    let value = serde_json::to_value(file.parse::<toml::Table>().unwrap()).unwrap();
    let faults: Vec<_> =
        validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(faults.is_empty(), "{name}: {}", faults.join("\n"));
}

#[test]
fn the_schemas_are_what_the_types_say() {
    for (file, schema) in [("schema/pack.json", pack_schema()), ("schema/tool.json", tool_schema())] {
        let written = fs::read_to_string(content(file)).unwrap_or_default();
        assert!(written == schema, "content/{file} is not what the types say; `cargo xtask schema` writes it anew");
    }
}

#[test]
fn every_shipped_file_names_its_schema_and_follows_it() {
    for folder in fs::read_dir(content("")).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.extension().is_none_or(|extension| extension != "toml") {
                continue;
            }
            let (name, file) = (path.display().to_string(), fs::read_to_string(&path).unwrap());
            let is_manifest = path.ends_with("pack.toml");
            let (schema, named) = if is_manifest { (pack_schema(), "pack.json") } else { (tool_schema(), "tool.json") };
            assert_eq!(file.lines().next().unwrap(), format!("#:schema ../schema/{named}"), "{name}");
            assert_valid(&schema, &name, &file);
        }
    }
}
