//! What tools there are, for people and for programs.

use std::fmt::Write as _;

use serde::Serialize;
use shared::content::{Audience, Counts, Kind, Language, Localized, Pack, Tool};

use super::Content;

/// A tool as it is listed.
#[derive(Debug, Clone, Serialize)]
pub struct ListedTool {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: Localized,
    /// The kinds of its parts, in order, each once.
    pub kind: Vec<&'static str>,
    /// Who fills it in; whom it is made for first.
    #[serde(rename = "use")]
    pub audiences: Vec<Audience>,
    /// How long it takes.
    pub minutes: u16,
    /// How much it holds.
    #[serde(flatten)]
    pub counts: Counts,
    /// The languages that all of it is there in.
    pub languages: Vec<Language>,
    /// The pack it is in.
    pub pack: String,
    /// The pack's version.
    pub version: u32,
    /// Whether the pack is a draft, which nobody is given.
    pub draft: bool,
    /// Whether the pack is the work-place's own.
    pub own: bool,
}

impl Content {
    /// Every tool, also of drafts: the shipped packs' and then the work-place's own.
    #[must_use]
    pub fn listed(&self) -> Vec<ListedTool> {
        let of = |packs: &[Pack], own| {
            let tools = packs.iter().flat_map(|pack| pack.tools.iter().map(move |tool| listed(pack, tool, own)));
            tools.collect::<Vec<_>>()
        };
        [of(&self.shipped, false), of(&self.own, true)].concat()
    }
}

fn listed(pack: &Pack, tool: &Tool, own: bool) -> ListedTool {
    ListedTool {
        id: tool.id.to_string(),
        title: tool.title.clone(),
        kind: tool.kinds().into_iter().map(Kind::code).collect(),
        audiences: std::iter::once(tool.audience).chain(tool.also.iter().copied()).collect(),
        minutes: tool.minutes,
        counts: Counts::of(tool),
        languages: pack.languages.clone(),
        pack: pack.id.to_string(),
        version: pack.version,
        draft: pack.draft,
        own,
    }
}

/// The tools as a table, under the keys that they have as JSON.
#[must_use]
pub fn table(tools: &[ListedTool]) -> String {
    let rows: Vec<Vec<String>> = tools.iter().map(row).collect();
    let head = [
        "id",
        "kind",
        "use",
        "minutes",
        "levels",
        "cards",
        "questions",
        "statements",
        "examples",
        "entries",
        "languages",
        "pack",
        "",
        "title",
    ];
    let rows: Vec<Vec<String>> = std::iter::once(head.map(str::to_owned).to_vec()).chain(rows).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let mut text = String::new();
    for row in &rows {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            let is_number = (3..10).contains(&column);
            let width = widths[column];
            let _ = if is_number { write!(line, "{cell:>width$}  ") } else { write!(line, "{cell:<width$}  ") };
        }
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text.trim_end().to_owned()
}

fn row(tool: &ListedTool) -> Vec<String> {
    let Counts { levels, cards, questions, statements, examples, entries } = tool.counts;
    let audiences: Vec<_> = tool.audiences.iter().map(|audience| audience.code()).collect();
    let languages: Vec<_> = tool.languages.iter().map(|language| language.code()).collect();
    let state = match (tool.own, tool.draft) {
        (true, true) => "own, draft",
        (true, false) => "own",
        (false, true) => "draft",
        (false, false) => "",
    };
    let numbers = [levels, cards, questions, statements, examples, entries];
    let texts = [tool.id.clone(), tool.kind.join(", "), audiences.join(", "), tool.minutes.to_string()];
    let rest = [
        languages.join(", "),
        format!("{} {}", tool.pack, tool.version),
        state.to_owned(),
        tool.title.get(Language::Danish).to_owned(),
    ];
    texts.into_iter().chain(numbers.map(|number| number.to_string())).chain(rest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tool_is_listed_with_what_it_holds() {
        let listed = Content::embedded().unwrap().listed();
        assert_eq!(listed.len(), 45);
        let deck = serde_json::to_value(listed.iter().find(|tool| tool.id == "B").unwrap()).unwrap();
        assert_eq!((&deck["kind"], &deck["use"]), (&serde_json::json!(["cards"]), &serde_json::json!(["group"])));
        assert_eq!((&deck["cards"], &deck["questions"], &deck["entries"]), (&18.into(), &26.into(), &96.into()));
        assert_eq!(deck["languages"], serde_json::json!(["da", "en"]));
        let table = table(&listed);
        assert_eq!(table.lines().count(), 46);
        let row = table.lines().find(|line| line.starts_with("B ")).unwrap();
        assert_eq!(
            row.split_whitespace().take(9).collect::<Vec<_>>(),
            ["B", "cards", "group", "60", "0", "18", "26", "0", "0"]
        );
    }
}
