//! JSON Schema of a pack's files, so that editors know every key, say what it means, and complete it.
//!
//! It is made from the types themselves: what a comment says of a field, an editor shows. It is strict on keys and types
//! alone; that languages are whole and ids unique is seen by `dialogtavle content check`. Editors for TOML read draft 7.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use super::parse::Manifest;
use crate::content::{
    Agenda, Cards, Checklist, Curve, Entry, EntryId, Grid, Kind, Localized, Matrix, Maturity, Part, Position,
    Questions, Reference, Scale, Tool, TwoSided, Unread,
};

/// What nothing can do without, by the type's name.
const REQUIRED: [(&str, &[&str]); 5] = [
    ("Manifest", &["version", "languages", "source"]),
    ("Tool", &["title", "short_title", "summary", "minutes", "audience", "parts"]),
    ("Source", &["title", "publisher"]),
    ("Programme", &["title", "summary", "tools"]),
    ("Planned", &["tool"]),
];

/// The JSON Schema of a `pack.toml`, as text.
#[must_use]
pub fn pack_schema() -> String {
    text(SchemaSettings::draft07().into_generator().into_root_schema_for::<Manifest>())
}

/// The JSON Schema of a tool's file, as text.
#[must_use]
pub fn tool_schema() -> String {
    text(SchemaSettings::draft07().into_generator().into_root_schema_for::<Tool>())
}

fn text(schema: Schema) -> String {
    let mut value = schema.to_value();
    let name = value.get("title").and_then(Value::as_str).unwrap_or_default().to_owned();
    tighten(&name, &mut value);
    format!("{value:#}\n")
}

/// Lets the object `name` have no keys that it does not say, and not lack those that it cannot do without: what an
/// editor marks is then mostly a slip of the keyboard. And so for everything in it.
fn tighten(name: &str, value: &mut Value) {
    match value {
        Value::Object(object) => {
            if let Some(Value::Object(properties)) = object.get("properties") {
                let needs_id = properties.contains_key("id").then_some("id");
                let needs = REQUIRED.iter().filter(|(of, _)| *of == name).flat_map(|(_, keys)| *keys).copied();
                let mut required: Vec<Value> = needs_id.into_iter().chain(needs).map(Value::from).collect();
                if let Some(Value::Array(keys)) = object.remove("required") {
                    required.extend(keys);
                }
                required.sort_by_key(ToString::to_string);
                required.dedup();
                if !required.is_empty() {
                    object.insert("required".to_owned(), Value::Array(required));
                }
                object.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
            // What a key is when it is left out says nothing to somebody who writes it.
            object.remove("default");
            if let Some(Value::String(description)) = object.get_mut("description") {
                *description = description.replace("[`", "`").replace("`]", "`");
            }
            object.iter_mut().for_each(|(name, value)| tighten(name, value));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| tighten("", item)),
        _ => {}
    }
}

impl<T: JsonSchema> JsonSchema for Unread<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// What parts of all kinds have.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "only its schema is used")]
struct PartHead {
    /// Names the part, unique in its tool.
    id: EntryId,
    /// What it is called, where a tool has several.
    title: Option<Localized>,
    /// To read before it.
    #[schemars(default)]
    intro: Vec<Entry>,
    /// What its readers should know about it, such as what is not the source's.
    note: Option<Localized>,
}

/// One object a kind, with all its keys: what is derived for a tagged enum beside other fields could not be closed.
impl JsonSchema for Part {
    fn schema_name() -> Cow<'static, str> {
        "Part".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let kinds: Vec<Value> = Kind::ALL.into_iter().map(|kind| part_schema(kind, generator)).collect();
        json_schema!({ "description": "One part of a tool; its kind says what it asks.", "oneOf": kinds })
    }
}

fn part_schema(kind: Kind, generator: &mut SchemaGenerator) -> Value {
    let body = match kind {
        Kind::Maturity => Maturity::json_schema(generator),
        Kind::Agenda => Agenda::json_schema(generator),
        Kind::Reference => Reference::json_schema(generator),
        Kind::Cards => Cards::json_schema(generator),
        Kind::TwoSided => TwoSided::json_schema(generator),
        Kind::Grid => Grid::json_schema(generator),
        Kind::Matrix => Matrix::json_schema(generator),
        Kind::Scale => Scale::json_schema(generator),
        Kind::Checklist => Checklist::json_schema(generator),
        Kind::Questions => Questions::json_schema(generator),
        Kind::Curve => Curve::json_schema(generator),
        Kind::Position => Position::json_schema(generator),
    };
    let mut head = PartHead::json_schema(generator).to_value();
    let mut body = body.to_value();
    let mut properties = Map::from_iter([("kind".to_owned(), json!({ "const": kind.code() }))]);
    let mut required = vec![json!("kind")];
    for part in [&mut head, &mut body] {
        if let Some(Value::Object(fields)) = part.get_mut("properties") {
            properties.append(fields);
        }
        if let Some(Value::Array(fields)) = part.get_mut("required") {
            required.append(fields);
        }
    }
    json!({
        "title": kind.code(),
        "description": body.get("description"),
        "type": "object",
        "properties": properties,
        "required": required,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_marks_slips_and_knows_every_kind() {
        let validator = jsonschema::validator_for(&serde_json::from_str(&tool_schema()).unwrap()).unwrap();
        let text = json!({ "da": "Ro", "en": "Calm" });
        let tool = |part: Value| {
            json!({
                "id": "N1", "minutes": 5, "audience": "group", "title": text, "short_title": text, "summary": text,
                "parts": [part],
            })
        };
        for kind in Kind::ALL {
            let whole = tool(json!({ "kind": kind.code(), "id": "one", "title": text }));
            // What these cannot do without.
            let needs_more = matches!(kind, Kind::Agenda);
            assert_eq!(validator.is_valid(&whole), !needs_more, "{}", kind.code());
        }
        let scale =
            |from: Value| tool(json!({ "kind": "scale", "id": "one", "bands": [{ "id": "low", "from": from }] }));
        assert!(validator.is_valid(&scale(json!(1))));
        assert!(!validator.is_valid(&scale(json!("one"))), "a wrong type");
        for slip in [
            json!({ "kind": "scale", "id": "one", "qestion": text }),
            json!({ "kind": "scale", "id": "one", "levels": [] }),
            json!({ "kind": "scales", "id": "one" }),
            json!({ "kind": "scale", "id": "One" }),
            json!({ "kind": "scale" }),
        ] {
            assert!(!validator.is_valid(&tool(slip.clone())), "{slip}");
        }
    }
}
