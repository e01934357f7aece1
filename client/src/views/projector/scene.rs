//! What the large screen shows.

use std::rc::Rc;

use shared::content::{Agenda, Body, Tool};
use shared::documents::FieldId;
use shared::documents::control::{ControlView, Focus, ToolInstance};

use crate::table::{Step, Table};

/// One picture of the large screen.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Scene {
    /// There is no tool yet.
    Preparing,
    /// A table: one of its questions, or all of it.
    Table(Table, Option<Step>),
    /// A tool that is gone through rather than filled in.
    Agenda(Rc<Tool>, Agenda),
    /// A tool that is read.
    Title(Rc<Tool>),
}

impl Scene {
    /// What a facilitator chose, or the first tool. Where two chose apart, it is the whole tool: no question wins.
    pub(super) fn of(control: &ControlView) -> Self {
        let values = control.focus.values();
        let chosen = values.iter().find_map(|focus| Some((focus, control.tool(focus.tool)?)));
        match chosen {
            Some((focus, instance)) => {
                let field = if values.len() == 1 { focus.field.as_ref() } else { None };
                Self::of_tool(instance, field)
            }
            None => control.tools.first().map_or(Self::Preparing, |instance| Self::of_tool(instance, None)),
        }
    }

    fn of_tool(instance: &ToolInstance, field: Option<&FieldId>) -> Self {
        if let Some(table) = Table::of(instance) {
            let step =
                field.and_then(|field| table.steps().into_iter().find(|step| focus_field(&table, *step) == *field));
            return Self::Table(table, step);
        }
        let agenda = instance.tool.parts.iter().find_map(|part| match &part.body {
            Body::Agenda(agenda) => agenda.read().ok(),
            _ => None,
        });
        let tool = Rc::clone(&instance.tool);
        agenda.map_or(Self::Title(Rc::clone(&tool)), |agenda| Self::Agenda(tool, agenda))
    }
}

/// The field that stands for a step of a table in what is projected.
fn focus_field(table: &Table, step: Step) -> FieldId {
    FieldId::new(table.part().id.as_str(), step.code())
}

/// What is projected when a step of a table, or all of it, is.
#[must_use]
pub fn focus(table: &Table, step: Option<Step>) -> Focus {
    Focus { tool: table.instance, field: step.map(|step| focus_field(table, step)) }
}

#[cfg(test)]
mod tests {
    use automerge::ActorId;
    use shared::access::FacilitatorSecret;
    use shared::content::ColumnRole;
    use shared::documents::{EntryId, control};

    use super::*;

    fn tool(id: &str) -> Tool {
        let part = match id {
            "A3" => {
                serde_json::json!({ "kind": "agenda", "id": "meeting", "preparation_minutes": 30, "meeting_minutes": 60 })
            }
            _ => serde_json::json!({
                "kind": "maturity",
                "id": "levels",
                "columns": [{ "role": "now" }, { "role": "ambition" }],
                "prompts": [
                    { "role": "obstacles", "column": "ambition" },
                    { "role": "signs", "column": "ambition" },
                    { "role": "time-frame", "column": "ambition" },
                ],
            }),
        };
        serde_json::from_value(serde_json::json!({ "id": id, "minutes": 60, "audience": "group", "parts": [part] }))
            .unwrap()
    }

    fn id(n: u8) -> EntryId {
        EntryId::from_random([n; 16])
    }

    fn workshop(actor: u8) -> automerge::Automerge {
        control::genesis(&FacilitatorSecret::from_random([1; 16]).identity()).with_actor(ActorId::from([actor; 16]))
    }

    #[test]
    fn without_a_choice_the_first_tool_is_shown_whole() {
        let mut doc = workshop(1);
        assert_eq!(Scene::of(&ControlView::read(&doc)), Scene::Preparing);
        control::add_tool(&mut doc, id(1), &tool("A1"), 1).unwrap();
        control::add_tool(&mut doc, id(2), &tool("A2"), 2).unwrap();
        assert!(matches!(Scene::of(&ControlView::read(&doc)), Scene::Table(table, None) if table.instance == id(1)));
    }

    #[test]
    fn the_chosen_question_is_shown() {
        let mut doc = workshop(1);
        control::add_tool(&mut doc, id(1), &tool("A1"), 1).unwrap();
        control::add_tool(&mut doc, id(2), &tool("A2"), 2).unwrap();
        let table = Table::all(&ControlView::read(&doc)).remove(1);
        for step in Step::ALL {
            control::set_focus(&mut doc, &focus(&table, Some(step))).unwrap();
            assert_eq!(Scene::of(&ControlView::read(&doc)), Scene::Table(table.clone(), Some(step)));
        }
        control::remove_tool(&mut doc, id(9), id(2), 3).unwrap();
        assert!(matches!(Scene::of(&ControlView::read(&doc)), Scene::Table(table, None) if table.instance == id(1)));
    }

    #[test]
    fn two_choices_that_met_show_the_whole_tool() {
        let mut here = workshop(1);
        control::add_tool(&mut here, id(1), &tool("A1"), 1).unwrap();
        let mut there = here.fork().with_actor(ActorId::from([2; 16]));
        let table = Table::all(&ControlView::read(&here)).remove(0);
        control::set_focus(&mut here, &focus(&table, Some(Step::Place(ColumnRole::Now)))).unwrap();
        control::set_focus(&mut there, &focus(&table, Some(Step::Agreed))).unwrap();
        here.merge(&mut there).unwrap();
        assert_eq!(Scene::of(&ControlView::read(&here)), Scene::Table(table, None));
    }

    #[test]
    fn a_tool_of_steps_is_shown_as_its_agenda() {
        let mut doc = workshop(1);
        control::add_tool(&mut doc, id(1), &tool("A3"), 1).unwrap();
        assert!(matches!(Scene::of(&ControlView::read(&doc)), Scene::Agenda(..)));
    }
}
