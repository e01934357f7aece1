//! What is being built, before it is a workshop. It stands in the address.

use std::rc::Rc;

use shared::content::{Language, MOST_MINUTES, MOST_TIMES, Planned, Tool};
use shared::limits;

use crate::library::Library;
use crate::query::Query;

/// A programme on its way to be a workshop.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Draft {
    /// What the workshop is called.
    pub(super) title: String,
    /// The language it begins in; the person's own if not said.
    pub(super) language: Option<Language>,
    /// Its tools, in order.
    pub(super) tools: Vec<Planned>,
}

impl Draft {
    /// What an address holds; what makes no sense in it is left out.
    #[must_use]
    pub(super) fn of(query: &Query) -> Self {
        let tools = query.get("tools").split(' ').filter(|word| !word.is_empty());
        Self {
            title: query.get("title").to_owned(),
            language: Language::ALL.into_iter().find(|language| language.code() == query.get("lang")),
            tools: tools.take(limits::TOOL_INSTANCES).map(planned).collect(),
        }
    }

    /// `query` with this draft.
    #[must_use]
    pub(super) fn write(&self, query: Query) -> Query {
        let tools: Vec<String> = self.tools.iter().map(word).collect();
        query
            .with("title", &self.title)
            .with("lang", self.language.map_or("", Language::code))
            .with("tools", &tools.join(" "))
    }

    /// With another tool at the end, as it is.
    #[must_use]
    pub(super) fn and(mut self, id: &str) -> Self {
        self.tools.push(Planned { tool: id.into(), minutes: None, times: None });
        self
    }

    /// Each planned tool that is here, with the tool.
    #[must_use]
    pub(super) fn here(&self, library: &Library) -> Vec<(Planned, Rc<Tool>)> {
        let both = |planned: &Planned| Some((planned.clone(), library.tool(planned.tool.as_str())?));
        self.tools.iter().filter_map(both).collect()
    }
}

/// How long all of it takes, in minutes.
#[must_use]
pub(super) fn total(tools: &[(Planned, Rc<Tool>)]) -> u32 {
    tools.iter().map(|(planned, tool)| u32::from(planned.minutes.unwrap_or(tool.minutes))).sum()
}

/// `A1`, `A1.50` with minutes, `E17.5.2` with times too.
fn word(planned: &Planned) -> String {
    let number = |number: Option<u16>| number.map(|number| number.to_string()).unwrap_or_default();
    let word = format!("{}.{}.{}", planned.tool, number(planned.minutes), number(planned.times.map(u16::from)));
    word.trim_end_matches('.').to_owned()
}

fn planned(word: &str) -> Planned {
    let mut parts = word.split('.');
    let tool = parts.next().unwrap_or_default().into();
    let mut number = |most: u16| parts.next()?.parse().ok().filter(|number| (1..=most).contains(number));
    let minutes = number(MOST_MINUTES);
    let times = number(u16::from(MOST_TIMES)).and_then(|times| u8::try_from(times).ok());
    Planned { tool, minutes, times }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_comes_back_from_its_address() {
        let planned = |tool: &str, minutes, times| Planned { tool: tool.into(), minutes, times };
        let tools = vec![planned("A1", None, None), planned("A3", Some(50), None), planned("E17", None, Some(2))];
        let draft = Draft { title: "Støtte & ro".to_owned(), language: Some(Language::English), tools };
        let query = draft.write(Query::default().with("q", "stress"));
        assert_eq!(Draft::of(&Query::of(&format!("/new{query}"))), draft);
        assert_eq!(query.get("tools"), "A1 A3.50 E17..2");
        assert_eq!(Draft::default().write(query), Query::default().with("q", "stress"));
    }

    #[test]
    fn nonsense_in_an_address_is_left_out() {
        let draft = Draft::of(&Query::of("/new?lang=xx&tools=A1.0.99+A2.481+A3.x"));
        assert_eq!((draft.language, draft.tools.len()), (None, 3));
        assert!(draft.tools.iter().all(|planned| (planned.minutes, planned.times) == (None, None)));
    }

    #[test]
    fn one_more_tool_comes_last() {
        let draft = Draft::of(&Query::of("/new?tools=A1.20")).and("A2");
        assert_eq!(draft.write(Query::default()).get("tools"), "A1.20 A2");
    }
}
