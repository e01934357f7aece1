//! A maturity part of a workshop as its views hand it to components: which part, and what is answered.

use std::rc::Rc;

use shared::content::{Body, Maturity, Part, PromptRole, Tool};
use shared::documents::board::{BoardView, Note};
use shared::documents::control::ControlView;
use shared::documents::maturity::MaturityAnswers;
use shared::documents::{AnswerKey, EntryId};

use crate::part::PartAt;

/// A maturity part of a tool instance. Cheap to clone and compare.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The tool instance.
    pub instance: EntryId,
    /// Its content.
    pub tool: Rc<Tool>,
    part: usize,
}

impl Table {
    /// A part as a table, if it is a maturity part.
    #[must_use]
    pub fn of_part(at: &PartAt) -> Option<Self> {
        let is_table = matches!(at.body(), Body::Maturity(_));
        is_table.then(|| Self { instance: at.instance, tool: Rc::clone(&at.tool), part: at.index })
    }

    /// What the part asks.
    ///
    /// # Panics
    /// Never: [`Table::of_part`] chose a maturity part, and a tool does not change.
    #[must_use]
    pub fn maturity(&self) -> &Maturity {
        match &self.part().body {
            Body::Maturity(maturity) => maturity,
            _ => unreachable!("chosen as a maturity part"),
        }
    }

    /// The part as a whole.
    #[must_use]
    pub fn part(&self) -> &Part {
        &self.tool.parts[self.part]
    }

    /// Gathers what is answered.
    #[must_use]
    pub fn answers(&self, control: &ControlView, board: &BoardView) -> Rc<MaturityAnswers> {
        Rc::new(MaturityAnswers::gather(control, board, self.instance, &self.part().id, self.maturity()))
    }

    /// The steps that a person goes through, in order, with what is agreed last.
    #[must_use]
    pub fn steps(&self) -> Vec<Step> {
        let maturity = self.maturity();
        let columns = maturity.columns.iter().map(|column| Step::Place(column.role));
        let prompts = maturity.prompts.iter().map(|prompt| Step::Prompt(prompt.role));
        columns.chain(prompts).chain([Step::Agreed]).collect()
    }
}

pub use shared::content::ColumnRole;

/// One screen of a table on a phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Places oneself in a column and gives examples.
    Place(ColumnRole),
    /// Answers a prompt in words.
    Prompt(PromptRole),
    /// Reads what is agreed.
    Agreed,
}

impl Step {
    /// Every step there can be.
    pub const ALL: [Self; 6] = [
        Self::Place(ColumnRole::Now),
        Self::Place(ColumnRole::Ambition),
        Self::Prompt(PromptRole::Obstacles),
        Self::Prompt(PromptRole::Signs),
        Self::Prompt(PromptRole::TimeFrame),
        Self::Agreed,
    ];

    /// The step's word in addresses and in the field that the projector shows.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Place(column) => column.code(),
            Self::Prompt(prompt) => prompt.code(),
            Self::Agreed => "agreed",
        }
    }

    /// The step that `code` stands for.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }
}

/// The notes under a field that are off the wall and that `is_shown` lets be seen: by their writers, by facilitators.
#[must_use]
pub fn hidden_notes(
    control: &ControlView,
    board: &BoardView,
    key: &AnswerKey,
    is_shown: impl Fn(&Note) -> bool,
) -> Vec<Rc<Note>> {
    let in_field = |note: &&Rc<Note>| note.place.tool == key.tool && note.fields().any(|field| *field == key.field);
    let hidden = board.notes.values().filter(in_field).filter(|note| control.hidden.contains_key(&note.id));
    let mut notes: Vec<Rc<Note>> = hidden.filter(|note| is_shown(note)).cloned().collect();
    notes.sort_by(|a, b| (&a.order, a.id).cmp(&(&b.order, b.id)));
    notes
}

#[cfg(test)]
pub(crate) mod tests {
    use shared::documents::control::{Hidden, ToolInstance};

    use super::*;

    /// A tool with one maturity part of two levels, as a workshop holds it.
    pub(crate) fn instance() -> ToolInstance {
        let text = |text: &str| format!(r#"{{"da":"{text}","en":"{text} (en)"}}"#);
        let level = |value: u8, name: &str| {
            format!(
                r#"{{"value":{value},"id":"l{value}","name":{},"gist":{},"characteristics":[]}}"#,
                text(name),
                text("kort")
            )
        };
        let column = |role: &str, title: &str| format!(r#"{{"role":"{role}","title":{}}}"#, text(title));
        let prompt = |role: &str, title: &str| {
            format!(r#"{{"id":"{role}","role":"{role}","column":"ambition","title":{}}}"#, text(title))
        };
        let tool = format!(
            r#"{{"id":"X1","title":{},"minutes":5,"audience":"group","parts":[
                {{"kind":"reference","id":"read","sections":[]}},
                {{"kind":"maturity","id":"levels","levels":[{},{}],"columns":[{},{}],"prompts":[{},{}]}}]}}"#,
            text("Støtte"),
            level(1, "Passiv"),
            level(2, "Aktiv"),
            column("now", "Hvor er vi nu?"),
            column("ambition", "Hvor vil vi gerne hen?"),
            prompt("obstacles", "Hvad står i vejen?"),
            prompt("time-frame", "Tidsramme"),
        );
        let tool: Tool = serde_json::from_str(&tool).unwrap();
        ToolInstance { id: EntryId::from_random([1; 16]), order: String::new(), tool: Rc::new(tool), of: None }
    }

    /// Its table.
    pub(crate) fn table() -> Table {
        PartAt::all(&instance()).find_map(|at| Table::of_part(&at)).unwrap()
    }

    /// A note under a field.
    pub(crate) fn note(number: u8, place: &AnswerKey, level: Option<u8>, text: &str) -> Note {
        let id = EntryId::from_random([number; 16]);
        let (at, order) = (i64::from(number), number.to_string());
        let moved = shared::documents::Register::default();
        Note {
            id,
            place: place.clone(),
            moved,
            level,
            author: None,
            order,
            at,
            text: text.into(),
            outlived_removal: false,
        }
    }

    #[test]
    fn the_steps_are_what_the_tool_asks_with_what_is_agreed_last() {
        let steps = table().steps();
        let codes: Vec<_> = steps.iter().map(|step| step.code()).collect();
        assert_eq!(codes, ["now", "ambition", "obstacles", "time-frame", "agreed"]);
        assert!(steps.iter().all(|step| Step::from_code(step.code()) == Some(*step)));
    }

    #[test]
    fn hidden_notes_are_seen_by_those_who_may() {
        let table = table();
        let key = AnswerKey::shared(table.instance, shared::documents::maturity::obstacles_field("levels"));
        let mut view = BoardView::default();
        let mut control = ControlView::default();
        for number in [7, 8, 9] {
            let note = note(number, &key, None, "en");
            view.notes.insert(note.id, Rc::new(note));
        }
        for number in [8, 9] {
            control.hidden.insert(EntryId::from_random([number; 16]), Hidden { reason: String::new(), at: 0 });
        }
        let all = hidden_notes(&control, &view, &key, |_| true);
        assert_eq!(all.iter().map(|note| note.at).collect::<Vec<_>>(), [8, 9]);
        assert!(hidden_notes(&control, &view, &key, |_| false).is_empty());
    }
}
