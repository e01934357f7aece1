//! The packs of `content/` as they are shipped: whole, in both languages, attributable.

use std::{collections::BTreeMap, fs, path::Path};

use serde_json::Value;

use super::*;

/// The packs that people get.
fn shipped() -> Vec<Pack> {
    packs().into_iter().filter(|pack| !pack.draft).collect()
}

/// Every pack, drafts among them.
pub(super) fn packs() -> Vec<Pack> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../content");
    let mut files = Vec::new();
    for folder in fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        for file in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            files.push((file.to_str().unwrap().to_owned(), fs::read_to_string(&file).unwrap()));
        }
    }
    Pack::parse_all(&files).unwrap_or_else(|errors| {
        let lines = errors.iter().map(|error| match std::error::Error::source(error) {
            Some(cause) => format!("{error}: {cause}"),
            None => error.to_string(),
        });
        panic!("{}", lines.collect::<Vec<_>>().join("\n"))
    })
}

fn tool(id: &str) -> Tool {
    shipped().iter().find_map(|pack| pack.tool(id)).unwrap_or_else(|| panic!("no tool {id}")).clone()
}

fn maturity(id: &str) -> Maturity {
    let parts = tool(id).parts;
    let table =
        parts.into_iter().find_map(|part| if let Body::Maturity(table) = part.body { Some(table) } else { None });
    table.unwrap_or_else(|| panic!("{id} has no levels"))
}

/// Calls `visit` with every object of `value`.
fn objects(value: &Value, visit: &mut impl FnMut(&serde_json::Map<String, Value>)) {
    match value {
        Value::Object(object) => {
            visit(object);
            object.values().for_each(|value| objects(value, visit));
        }
        Value::Array(items) => items.iter().for_each(|value| objects(value, visit)),
        _ => {}
    }
}

#[test]
fn every_text_is_there_in_both_languages_and_set_cleanly() {
    for pack in shipped() {
        assert_eq!(pack.languages, Language::ALL, "{}", pack.id);
        objects(&serde_json::to_value(&pack).unwrap(), &mut |object| {
            let (Some(da), Some(en)) = (object.get("da"), object.get("en")) else { return };
            for text in [da, en].map(|text| text.as_str().unwrap()) {
                assert!(!text.is_empty() && text.trim() == text, "{text:?}");
                assert!(!text.contains("  ") && !text.contains(['!', '\n', '\t', '"']), "{text}");
            }
        });
    }
}

#[test]
fn no_entry_of_a_part_says_what_another_says_and_none_is_left_untranslated() {
    // Sources ask the same in several tools, and in several lists of one.
    for part in shipped().into_iter().flat_map(|pack| pack.tools).flat_map(|tool| tool.parts) {
        let mut seen = BTreeMap::new();
        objects(&serde_json::to_value(&part).unwrap(), &mut |object| {
            let (Some(id), Some(da), Some(en)) = (object.get("id"), object.get("da"), object.get("en")) else { return };
            assert_ne!(da, en, "{id}");
            for text in [da, en] {
                if let Some(other) = seen.insert(text.as_str().unwrap().to_lowercase(), id.clone()) {
                    panic!("{id} says what {other} says: {text}");
                }
            }
        });
    }
}

#[test]
fn every_tool_names_where_its_original_is_found() {
    for tool in shipped().into_iter().flat_map(|pack| pack.tools) {
        let Source { title, publisher, url, licence_note } = tool.source;
        assert!(!title.is_empty() && !publisher.is_empty(), "{}", tool.id);
        assert!(url.is_none_or(|url| url.starts_with("https://")), "{}", tool.id);
        assert!(licence_note.is_some(), "{}", tool.id);
    }
}

#[test]
fn every_tool_survives_being_carried_in_a_document() {
    for tool in shipped().into_iter().flat_map(|pack| pack.tools) {
        let bytes = tool.to_bytes();
        assert_eq!(Tool::from_bytes(&bytes).unwrap(), tool);
        assert!(bytes.len() < 16 << 10, "{} takes {} bytes in every workshop", tool.id, bytes.len());
    }
}

/// A factor's table as the source has it: sentences of the definition, of the consequences, and of each level from 1.
fn assert_factor(id: &str, definition: usize, consequences: usize, characteristics: [usize; 5]) {
    let table = maturity(id);
    assert_eq!(table.definition.len(), definition, "{id}");
    assert_eq!(table.consequences.len(), consequences, "{id}");
    assert_eq!(table.levels.iter().map(|level| level.characteristics.len()).collect::<Vec<_>>(), characteristics);
    let names: Vec<_> = table.levels.iter().map(|level| level.name.da.as_str()).collect();
    assert_eq!(names, ["Passiv", "Reaktiv", "Aktiv", "Proaktiv", "Integration"]);
    let columns: Vec<_> = table.columns.iter().map(|column| (column.role, column.title.da.as_str())).collect();
    let (now, ambition) = ((ColumnRole::Now, "Hvor er vi nu?"), (ColumnRole::Ambition, "Hvor vil vi gerne hen?"));
    assert_eq!(columns, [now, ambition]);
    let asked: Vec<_> = table.prompts_of(ColumnRole::Ambition).map(|prompt| prompt.role).collect();
    assert_eq!(asked, PromptRole::ALL);
}

#[test]
fn every_tool_of_the_inventory_is_written() {
    let tools: Vec<Tool> = packs().into_iter().flat_map(|pack| pack.tools).collect();
    let mut ids: Vec<String> = tools.iter().map(|tool| tool.id.to_string()).collect();
    ids.sort_unstable();
    let numbered = |letter: &str, last: u32| (1..=last).map(|n| format!("{letter}{n}")).collect::<Vec<_>>();
    let mut inventory = [numbered("A", 3), vec!["B".to_owned()], numbered("C", 7), numbered("E", 34)].concat();
    inventory.sort_unstable();
    assert_eq!(ids, inventory);
    let kinds: std::collections::HashSet<Kind> = tools.iter().flat_map(Tool::kinds).collect();
    assert_eq!(kinds.len(), Kind::ALL.len(), "each kind is used: {kinds:?}");
}

#[test]
fn the_deck_has_a_card_for_each_factor_stage_and_layer() {
    let deck = packs().iter().find_map(|pack| pack.tool("B").cloned()).unwrap();
    let Body::Cards(deck) = &deck.parts[0].body else { panic!("B begins with something else than its deck") };
    let deck = deck.read().unwrap();
    assert_eq!(deck.axes.iter().map(|axis| axis.values.len()).collect::<Vec<_>>(), [2, 3, 3]);
    let places: std::collections::BTreeSet<_> = deck.cards.iter().map(|card| &card.place).collect();
    assert_eq!((deck.cards.len(), places.len()), (18, 18));
    let count = |of: fn(&Card) -> &Vec<Entry>| deck.cards.iter().map(|card| of(card).len()).sum::<usize>();
    assert_eq!((count(|card| &card.goals), count(|card| &card.tasks), count(|card| &card.questions)), (26, 35, 26));
}

#[test]
fn a1_has_every_characteristic_of_its_source() {
    assert_factor("A1", 1, 2, [3, 3, 2, 2, 4]);
}

#[test]
fn a2_has_every_characteristic_of_its_source() {
    assert_factor("A2", 2, 2, [2, 3, 4, 4, 5]);
}

#[test]
fn a3_has_every_step_of_its_source_and_its_minutes_add_up() {
    let parts = tool("A3").parts;
    let Body::Agenda(agenda) = &parts[0].body else { panic!("A3 begins with something else than its agenda") };
    let agenda = agenda.read().unwrap();
    assert_eq!((agenda.preparation_minutes, agenda.meeting_minutes), (30, 60));
    assert_eq!(agenda.participants.len(), 3);
    for (moment, minutes, tasks) in [
        (Moment::Preparation, agenda.preparation_minutes, vec![2, 2, 4]),
        (Moment::Meeting, agenda.meeting_minutes, vec![1, 3, 4, 2, 3]),
    ] {
        assert_eq!(agenda.steps_at(moment).map(|step| step.tasks.len()).collect::<Vec<_>>(), tasks);
        assert_eq!(agenda.steps_at(moment).filter_map(|step| step.minutes).sum::<u16>(), minutes);
    }
    assert_eq!(agenda.steps.last().unwrap().points_to, [ToolId::from("B")]);
    let Body::Reference(more) = &parts[1].body else { panic!("A3 ends with something else than where to find more") };
    let more = more.read().unwrap();
    assert_eq!(more.sections.len(), 1);
}

#[test]
fn a_programme_plans_what_its_tools_can_be() {
    let mut demos = 0;
    let mut ids = std::collections::BTreeSet::new();
    for programme in shipped().into_iter().flat_map(|pack| pack.programmes) {
        demos += usize::from(programme.demo);
        assert!(ids.insert(programme.id.clone()), "{} is there twice", programme.id);
        for planned in &programme.tools {
            let tool = tool(planned.tool.as_str());
            assert!(
                !programme.demo || (planned.minutes, planned.times) == (None, None),
                "a relay takes tools as they are"
            );
            assert!(planned.times.is_none() || has_rounds(&tool), "{} is taken once", tool.id);
            let again = planned.of(&tool);
            assert_eq!(again.minutes, planned.minutes.unwrap_or(tool.minutes));
            let times = again.parts.iter().filter_map(|part| match &part.body {
                Body::Scale(scale) => Some(scale.read().unwrap().times),
                _ => None,
            });
            assert!(times.into_iter().all(|times| times == planned.times), "{}", tool.id);
        }
    }
    assert_eq!(demos, 1, "a relay that is tried out begins with one of them");
}

#[test]
fn what_the_library_is_searched_by_is_there_for_every_tool() {
    for tool in shipped().into_iter().flat_map(|pack| pack.tools) {
        let id = &tool.id;
        assert!(!tool.themes.is_empty() && !tool.layers.is_empty() && tool.people.is_some(), "{id}");
        let people = tool.people();
        let is_alone = tool.audience == Audience::Own && tool.also.is_empty();
        assert!(!is_alone || people == People { from: 1, to: Some(1) }, "{id} is filled in alone");
        assert!(
            tool.also.iter().all(|also| *also != Audience::Own) || people.from == 1,
            "{id} is filled in alone, too"
        );
    }
}
