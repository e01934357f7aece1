//! Which of the tools somebody wants to see.

use std::rc::Rc;

use shared::content::{Layer, Theme, Tool};

use super::search::SearchIndex;
use crate::query::Query;
use crate::texts::Key;

/// The times that can be chosen, in minutes.
pub const TIMES: [u16; 4] = [15, 30, 45, 60];

/// How many somebody would fill a tool in with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Company {
    /// Nobody else.
    Alone,
    /// A few.
    Few,
    /// A work-place group.
    Group,
    /// More than that.
    Many,
}

impl Company {
    /// Every one, from the fewest.
    pub const ALL: [Self; 4] = [Self::Alone, Self::Few, Self::Group, Self::Many];

    /// What it is called.
    #[must_use]
    pub fn word(self) -> Key {
        match self {
            Self::Alone => Key::LibraryPeopleAlone,
            Self::Few => Key::LibraryPeopleFew,
            Self::Group => Key::LibraryPeopleGroup,
            Self::Many => Key::LibraryPeopleMany,
        }
    }

    fn code(self) -> &'static str {
        match self {
            Self::Alone => "1",
            Self::Few => "2-5",
            Self::Group => "6-15",
            Self::Many => "16-",
        }
    }

    fn numbers(self) -> (u16, u16) {
        match self {
            Self::Alone => (1, 1),
            Self::Few => (2, 5),
            Self::Group => (6, 15),
            Self::Many => (16, u16::MAX),
        }
    }
}

/// What is asked of the tools. Everything that is left out lets all of them through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words that it must have.
    pub words: String,
    /// The most minutes.
    pub time: Option<u16>,
    /// How many fill it in.
    pub company: Option<Company>,
    /// Whom it is for.
    pub layer: Option<Layer>,
    /// What it is about.
    pub theme: Option<Theme>,
}

impl Filter {
    /// The filter that an address asks for; what it asks without sense is left out.
    #[must_use]
    pub fn of(query: &Query) -> Self {
        Self {
            words: query.get("q").to_owned(),
            time: query.get("time").parse().ok().filter(|time| TIMES.contains(time)),
            company: Company::ALL.into_iter().find(|company| company.code() == query.get("people")),
            layer: Layer::ALL.into_iter().find(|layer| layer.code() == query.get("layer")),
            theme: Theme::ALL.into_iter().find(|theme| theme.code() == query.get("theme")),
        }
    }

    /// `query` with what this asks for.
    #[must_use]
    pub fn write(&self, query: Query) -> Query {
        query
            .with("q", &self.words)
            .with("time", &self.time.map(|time| time.to_string()).unwrap_or_default())
            .with("people", self.company.map_or("", Company::code))
            .with("layer", self.layer.map_or("", Layer::code))
            .with("theme", self.theme.map_or("", Theme::code))
    }

    /// Whether it asks for nothing.
    #[must_use]
    pub fn is_open(&self) -> bool {
        Self { words: self.words.trim().to_owned(), ..self.clone() } == Self::default()
    }

    /// Those of `tools` that it lets through; `index` is theirs.
    #[must_use]
    pub fn find<'t>(&self, tools: &'t [Rc<Tool>], index: &SearchIndex) -> Vec<&'t Rc<Tool>> {
        let found = index.find(&self.words).into_iter().filter_map(|place| tools.get(place));
        found.filter(|tool| self.lets_through(tool)).collect()
    }

    fn lets_through(&self, tool: &Tool) -> bool {
        let meets = |company: Company| {
            let (fewest, most) = company.numbers();
            tool.people().meets(fewest, most)
        };
        self.time.is_none_or(|time| tool.minutes <= time)
            && self.company.is_none_or(meets)
            && self.layer.is_none_or(|layer| tool.layers.is_empty() || tool.layers.contains(&layer))
            && self.theme.is_none_or(|theme| tool.themes.contains(&theme))
    }
}

#[cfg(test)]
mod tests {
    use shared::content::{People, Theme};

    use super::super::search::tests::tool;
    use super::*;

    #[test]
    fn a_filter_comes_back_from_its_address() {
        let filter = Filter {
            words: "ro og støtte".to_owned(),
            time: Some(30),
            company: Some(Company::Many),
            layer: Some(Layer::Employees),
            theme: Some(Theme::WellBeing),
        };
        let query = filter.write(Query::default().with("tools", "A1"));
        assert_eq!(Filter::of(&Query::of(&format!("/tools{query}"))), filter);
        assert_eq!(Filter::default().write(query), Query::default().with("tools", "A1"));
        assert_eq!(Filter::of(&Query::of("/tools?time=7&people=none&layer=x&theme=&q=")), Filter::default());
    }

    #[test]
    fn tools_that_do_not_fit_are_left_out() {
        let short =
            Tool { minutes: 10, people: Some(People { from: 1, to: Some(1) }), ..tool("S", ["a", "a"], ["", ""]) };
        let leaders = Tool { minutes: 60, layers: vec![Layer::Strategic], ..tool("L", ["b", "b"], ["", ""]) };
        let tools = [short, leaders].map(Rc::new);
        let index = SearchIndex::new(&tools);
        let ids = |filter: Filter| -> Vec<String> {
            filter.find(&tools, &index).iter().map(|tool| tool.id.to_string()).collect()
        };
        let all = Filter::default();
        assert_eq!(ids(all.clone()), ["S", "L"]);
        assert_eq!(ids(Filter { time: Some(15), ..all.clone() }), ["S"]);
        assert_eq!(ids(Filter { company: Some(Company::Group), ..all.clone() }), ["L"]);
        assert_eq!(ids(Filter { company: Some(Company::Alone), ..all.clone() }), ["S", "L"]);
        assert_eq!(ids(Filter { layer: Some(Layer::Employees), ..all.clone() }), ["S"]);
        assert!(ids(Filter { theme: Some(Theme::Stress), ..all.clone() }).is_empty());
        assert_eq!(ids(Filter { words: "b".to_owned(), ..all }), ["L"]);
    }
}
