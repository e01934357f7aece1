//! What the large screen shows.

use std::rc::Rc;

use shared::content::Tool;
use shared::documents::FieldId;
use shared::documents::actions::list_focus;
use shared::documents::control::{ControlView, ToolInstance};
use yew::AttrValue;

use crate::groups::set_of;
use crate::kinds::side_by_side;
use crate::part::{PartAt, whole_of};

/// One picture of the large screen.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Scene {
    /// There is no tool yet.
    Preparing,
    /// Who does what, in the whole workshop.
    Actions,
    /// A part: one of its steps, or all of it.
    Part(PartAt, Option<AttrValue>),
    /// A part of several groups side by side, each with the group's name: one of its steps, or all of it.
    Beside(Vec<(String, PartAt)>, Option<AttrValue>),
    /// A tool of which nothing can be drawn.
    Title(Rc<Tool>),
}

impl Scene {
    /// What a facilitator chose, or the first tool. Where two chose apart, it is the whole tool: no question wins.
    pub(super) fn of(control: &ControlView) -> Self {
        if control.focus.settled() == Some(&list_focus()) {
            return Self::Actions;
        }
        let values = control.focus.values();
        let chosen = values.iter().find_map(|focus| Some((focus, control.tool(focus.tool)?)));
        match chosen {
            Some((focus, instance)) => {
                let field = if values.len() == 1 { focus.field.as_ref() } else { None };
                Self::of_tool(control, instance, field)
            }
            None => control.tools.first().map_or(Self::Preparing, |instance| Self::of_tool(control, instance, None)),
        }
    }

    fn of_tool(control: &ControlView, instance: &ToolInstance, field: Option<&FieldId>) -> Self {
        let parts: Vec<PartAt> = PartAt::all(instance).collect();
        let found = field.and_then(|field| {
            parts.iter().find_map(|at| beside(control, instance, at, field).or_else(|| step_of(at, field)))
        });
        let whole = || match whole_of(instance) {
            Some(at) => Self::Part(at, None),
            None => Self::Title(Rc::clone(&instance.tool)),
        };
        found.unwrap_or_else(whole)
    }
}

/// The groups that a field stands for side by side, or what it shows of one where there are no others (any more).
fn beside(control: &ControlView, instance: &ToolInstance, at: &PartAt, field: &FieldId) -> Option<Scene> {
    let (page, step) = at.beside_in(field)?;
    let set = control.set(set_of(instance));
    if set.len() < 2 {
        return Some(Scene::Part(at.clone(), step));
    }
    let mut pages = set.chunks(side_by_side(at.part().kind(), step.as_deref()));
    let last = pages.len() - 1;
    let groups = pages.nth(page.min(last))?.iter();
    let part = |instance: &ToolInstance| PartAt::all(instance).find(|other| other.id() == at.id());
    let groups: Vec<_> = groups.filter_map(|(group, instance)| Some((group.name(), part(instance)?))).collect();
    Some(if groups.is_empty() { Scene::Part(at.clone(), step) } else { Scene::Beside(groups, step) })
}

/// The step of a part that a field stands for, or all of the part.
fn step_of(at: &PartAt, field: &FieldId) -> Option<Scene> {
    if at.focus(None).field.as_ref() == Some(field) {
        return Some(Scene::Part(at.clone(), None));
    }
    at.step_in(field).map(|step| Scene::Part(at.clone(), Some(step)))
}

#[cfg(test)]
mod tests {
    use automerge::ActorId;
    use shared::access::FacilitatorSecret;
    use shared::content::Kind;
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

    fn is_whole(control: &ControlView, tool: EntryId) -> bool {
        matches!(Scene::of(control), Scene::Part(at, None) if at.instance == tool)
    }

    #[test]
    fn without_a_choice_the_first_tool_is_shown_whole() {
        let mut doc = workshop(1);
        assert_eq!(Scene::of(&ControlView::read(&doc)), Scene::Preparing);
        control::add_tool(&mut doc, id(1), &tool("A1"), 1).unwrap();
        control::add_tool(&mut doc, id(2), &tool("A2"), 2).unwrap();
        assert!(is_whole(&ControlView::read(&doc), id(1)));
    }

    #[test]
    fn the_chosen_question_is_shown() {
        let mut doc = workshop(1);
        control::add_tool(&mut doc, id(1), &tool("A1"), 1).unwrap();
        control::add_tool(&mut doc, id(2), &tool("A2"), 2).unwrap();
        let at = PartAt::all(&ControlView::read(&doc).tools[1]).next().unwrap();
        for step in ["now", "ambition", "obstacles", "signs", "time-frame", "agreed"] {
            control::set_focus(&mut doc, &at.focus(Some(step))).unwrap();
            assert_eq!(Scene::of(&ControlView::read(&doc)), Scene::Part(at.clone(), Some(step.into())));
        }
        control::set_focus(&mut doc, &at.focus(None)).unwrap();
        assert_eq!(Scene::of(&ControlView::read(&doc)), Scene::Part(at, None));
        control::remove_tool(&mut doc, id(9), id(2), 3).unwrap();
        assert!(is_whole(&ControlView::read(&doc), id(1)));
    }

    #[test]
    fn the_actions_are_shown_until_something_else_is_chosen_or_met_it() {
        let mut here = workshop(1);
        control::add_tool(&mut here, id(1), &tool("A1"), 1).unwrap();
        let mut there = here.fork().with_actor(ActorId::from([2; 16]));
        control::set_focus(&mut here, &list_focus()).unwrap();
        assert_eq!(Scene::of(&ControlView::read(&here)), Scene::Actions);
        let at = PartAt::all(&ControlView::read(&there).tools[0]).next().unwrap();
        control::set_focus(&mut there, &at.focus(Some("now"))).unwrap();
        here.merge(&mut there).unwrap();
        assert!(is_whole(&ControlView::read(&here), id(1)));
    }

    #[test]
    fn two_choices_that_met_show_the_whole_tool() {
        let mut here = workshop(1);
        control::add_tool(&mut here, id(1), &tool("A1"), 1).unwrap();
        let mut there = here.fork().with_actor(ActorId::from([2; 16]));
        let at = PartAt::all(&ControlView::read(&here).tools[0]).next().unwrap();
        control::set_focus(&mut here, &at.focus(Some("now"))).unwrap();
        control::set_focus(&mut there, &at.focus(Some("agreed"))).unwrap();
        here.merge(&mut there).unwrap();
        assert_eq!(Scene::of(&ControlView::read(&here)), Scene::Part(at, None));
    }

    #[test]
    fn the_groups_of_a_tool_are_shown_side_by_side_as_many_as_have_room() {
        let mut doc = workshop(1);
        control::add_tool(&mut doc, id(200), &tool("A1"), 1).unwrap();
        for group in 10..15 {
            control::add_group(&mut doc, id(group), &format!("Hold {group}"), i64::from(group)).unwrap();
        }
        let groups = (10..15).map(id).collect();
        let wanted = control::PerGroup { set: id(200), groups, stored: tool("A1").to_bytes(), removal: Some(id(50)) };
        control::fill_in_per_group(&mut doc, &wanted, 2).unwrap();
        let at = PartAt::all(&ControlView::read(&doc).tools[0]).next().unwrap();
        let mut shown = |page, step: Option<&str>| {
            control::set_focus(&mut doc, &at.focus_beside(page, step)).unwrap();
            match Scene::of(&ControlView::read(&doc)) {
                Scene::Beside(groups, _) => groups.into_iter().map(|(name, _)| name).collect::<Vec<_>>().join(" "),
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(shown(0, None), "Hold 10 Hold 11 Hold 12 Hold 13");
        assert_eq!(shown(1, Some("now")), "Hold 14");
        assert_eq!(shown(1, Some("signs")), "Hold 12 Hold 13");
        assert_eq!(shown(9, None), "Hold 14", "a page that is gone");
        for (removal, group) in (60..).zip(11..15) {
            control::remove_group(&mut doc, id(removal), id(group), 3).unwrap();
        }
        assert_eq!(Scene::of(&ControlView::read(&doc)), Scene::Part(at, None), "one alone stands beside nobody");
    }

    #[test]
    fn a_tool_of_steps_is_shown_as_its_agenda() {
        let mut doc = workshop(1);
        control::add_tool(&mut doc, id(1), &tool("A3"), 1).unwrap();
        let scene = Scene::of(&ControlView::read(&doc));
        assert!(matches!(scene, Scene::Part(at, None) if at.part().kind() == Kind::Agenda));
    }
}
