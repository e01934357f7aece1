//! A part of a workshop's tool as views hand it to components: which tool, and which part of it.

use std::rc::Rc;

use shared::content::{Body, Kind, Part, Tool};
use shared::documents::control::{ControlView, Focus, ToolInstance};
use shared::documents::{AnswerKey, EntryId, FieldId};
use yew::AttrValue;

/// Stands for all of a part in what is projected. No entry's id begins so.
const WHOLE: &str = "_all";
/// Before what is projected of each group side by side. An older app shows all of the part instead.
const BESIDE: &str = "_beside";

/// The part that stands for all of a tool: the first that the group fills in, else the first.
#[must_use]
pub fn whole_of(instance: &ToolInstance) -> Option<PartAt> {
    let filled = PartAt::all(instance).find(|at| at.part().kind() != Kind::Reference);
    filled.or_else(|| PartAt::all(instance).next())
}

/// A part of a tool instance. Cheap to clone and compare.
#[derive(Debug, Clone, PartialEq)]
pub struct PartAt {
    /// The tool instance.
    pub instance: EntryId,
    /// Its content.
    pub tool: Rc<Tool>,
    /// Which of its parts.
    pub index: usize,
}

impl PartAt {
    /// The parts of a tool instance, in order.
    pub fn all(instance: &ToolInstance) -> impl Iterator<Item = Self> {
        let (id, tool) = (instance.id, Rc::clone(&instance.tool));
        (0..instance.tool.parts.len()).map(move |index| Self { instance: id, tool: Rc::clone(&tool), index })
    }

    /// The part that an address names, if its tool is in the programme.
    #[must_use]
    pub fn find(control: &ControlView, spot: &Spot) -> Option<Self> {
        Self::all(control.tool(spot.tool)?).find(|at| at.id() == spot.part.as_str())
    }

    /// The part as a whole.
    #[must_use]
    pub fn part(&self) -> &Part {
        &self.tool.parts[self.index]
    }

    /// What it asks.
    #[must_use]
    pub fn body(&self) -> &Body {
        &self.part().body
    }

    /// The part's name, unique in its tool.
    #[must_use]
    pub fn id(&self) -> &str {
        self.part().id.as_str()
    }

    /// One of its steps.
    #[must_use]
    pub fn spot(&self, step: &AttrValue) -> Spot {
        Spot { tool: self.instance, part: self.id().to_owned().into(), step: step.clone() }
    }

    /// Where the whole workshop's answers in `field` lie.
    #[must_use]
    pub fn key(&self, field: FieldId) -> AnswerKey {
        AnswerKey::shared(self.instance, field)
    }

    /// The step that a projected field of this part stands for.
    #[must_use]
    pub fn step_in(&self, field: &FieldId) -> Option<AttrValue> {
        let step = field.as_str().strip_prefix(self.id())?.strip_prefix('.')?;
        Some(AttrValue::from(step.to_owned()))
    }

    /// What is projected when a step of it, or all of it, is.
    #[must_use]
    pub fn focus(&self, step: Option<&str>) -> Focus {
        Focus { tool: self.instance, field: Some(FieldId::new(self.id(), step.unwrap_or(WHOLE))) }
    }

    /// What is projected when a step of it, or all of it, is shown of several groups side by side: of the first on page 0,
    /// and so on.
    #[must_use]
    pub fn focus_beside(&self, page: usize, step: Option<&str>) -> Focus {
        let name = step.map_or_else(|| format!("{BESIDE}{page}"), |step| format!("{BESIDE}{page}-{step}"));
        Focus { tool: self.instance, field: Some(FieldId::new(self.id(), &name)) }
    }

    /// The page and the step that a projected field of this part stands for, where it is of several groups.
    #[must_use]
    pub fn beside_in(&self, field: &FieldId) -> Option<(usize, Option<AttrValue>)> {
        let name = self.step_in(field)?;
        let name = name.strip_prefix(BESIDE)?;
        let (page, step) = name.split_once('-').map_or((name, None), |(page, step)| (page, Some(step)));
        Some((page.parse().ok()?, step.map(|step| step.to_owned().into())))
    }
}

/// One step of one part of one tool of a workshop, as an address names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The tool instance.
    pub tool: EntryId,
    /// The part's name.
    pub part: AttrValue,
    /// The step's word.
    pub step: AttrValue,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::tests::instance;

    #[test]
    fn what_is_projected_of_several_groups_reads_back() {
        let at = PartAt::all(&instance()).next().unwrap();
        for (page, step) in [(0, None), (1, None), (0, Some("now")), (12, Some("time-frame"))] {
            let field = at.focus_beside(page, step).field.unwrap();
            assert_eq!(at.beside_in(&field), Some((page, step.map(|step| AttrValue::from(step.to_owned())))));
        }
        for focus in [at.focus(None), at.focus(Some("now"))] {
            assert_eq!(at.beside_in(&focus.field.unwrap()), None);
        }
    }
}
