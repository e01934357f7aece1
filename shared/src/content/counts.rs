//! How much a tool holds, for lists of tools.

use super::{Body, Tool};

/// Numbers of what a tool is made of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// Levels of its maturity tables.
    pub levels: usize,
    /// Cards of its decks.
    pub cards: usize,
    /// Questions to answer, on cards and by themselves.
    pub questions: usize,
    /// Statements of its checklists.
    pub statements: usize,
    /// Typical answers to pick from.
    pub examples: usize,
    /// Everything with an id and a text: each line that was written or translated.
    pub entries: usize,
}

impl Counts {
    /// What `tool` holds; a part that this version cannot read counts for nothing.
    #[must_use]
    pub fn of(tool: &Tool) -> Self {
        let mut counts = Self::default();
        for part in &tool.parts {
            counts.add(&part.body);
        }
        counts.entries = serde_json::to_value(tool).map_or(0, |tool| entries(&tool));
        counts
    }

    fn add(&mut self, body: &Body) {
        match body {
            Body::Maturity(maturity) => self.levels += maturity.levels.len(),
            Body::Cards(cards) => {
                let cards = cards.read().map_or_else(|_| Vec::new(), |deck| deck.cards);
                self.cards += cards.len();
                self.questions += cards.iter().map(|card| card.questions.len()).sum::<usize>();
            }
            Body::Questions(questions) => {
                let groups = questions.read().map_or_else(|_| Vec::new(), |questions| questions.groups);
                self.questions += groups.iter().map(|group| group.questions.len()).sum::<usize>();
            }
            Body::Checklist(checklist) => {
                let groups = checklist.read().map_or_else(|_| Vec::new(), |checklist| checklist.groups);
                self.statements += groups.iter().map(|group| group.statements.len()).sum::<usize>();
            }
            Body::TwoSided(balance) => {
                let sides = balance.read().map_or_else(|_| Vec::new(), |balance| balance.sides);
                let groups = sides.iter().flat_map(|side| &side.groups);
                self.examples += groups.map(|group| group.examples.len()).sum::<usize>();
            }
            Body::Grid(grid) => self.examples += grid.read().map_or(0, |grid| grid.examples.len()),
            Body::Matrix(matrix) => {
                let quadrants = matrix.read().map_or_else(|_| Vec::new(), |matrix| matrix.quadrants);
                self.examples += quadrants.iter().map(|quadrant| quadrant.examples.len()).sum::<usize>();
            }
            Body::Curve(curve) => self.examples += curve.read().map_or(0, |curve| curve.tags.len()),
            Body::Agenda(_) | Body::Reference(_) | Body::Scale(_) | Body::Position(_) => {}
        }
    }
}

fn entries(value: &serde_json::Value) -> usize {
    match value {
        serde_json::Value::Object(object) => {
            let is_entry = object.contains_key("id") && object.contains_key("da");
            usize::from(is_entry) + object.values().map(entries).sum::<usize>()
        }
        serde_json::Value::Array(items) => items.iter().map(entries).sum(),
        _ => 0,
    }
}
