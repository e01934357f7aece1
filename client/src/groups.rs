//! Groups in words: whose a tool is, who is in them, and what filling in a tool per group takes.

use shared::documents::board::BoardView;
use shared::documents::control::{ControlView, OfGroup, PerGroup, ToolInstance};
use shared::documents::{Activity, EntryId};

use crate::people::present;
use crate::session::Snapshot;
use crate::texts::Texts;

/// A tool's title, with its group's name where it is filled in per group.
#[must_use]
pub fn title(control: &ControlView, instance: &ToolInstance, texts: Texts) -> String {
    let title = instance.tool.title.get(texts.language);
    match control.group_name(instance) {
        Some(group) => format!("{title} · {group}"),
        None => title.to_owned(),
    }
}

/// How many people say they are in a group.
#[must_use]
pub fn members(board: &BoardView, group: EntryId) -> usize {
    present(board).iter().filter(|person| person.group == Some(group)).count()
}

/// The groups that do not fill in a tool for themselves yet; an instance that was taken out comes back by its own way.
#[must_use]
pub fn missing(control: &ControlView, instance: &ToolInstance) -> Vec<EntryId> {
    let set = set_of(instance);
    let is_known = |id: EntryId| {
        let removed = control.removed_tools.iter().map(|(instance, _)| instance);
        control.tools.iter().chain(removed).any(|instance| instance.id == id)
    };
    let groups = control.groups.iter().map(|group| group.id);
    groups.filter(|group| !is_known(OfGroup { set, group: *group }.instance())).collect()
}

/// What the instances of a tool that is filled in per group have in common; the instance's own id before it is.
#[must_use]
pub fn set_of(instance: &ToolInstance) -> EntryId {
    instance.of.map_or(instance.id, |of| of.set)
}

/// What filling in the tool of `instance` per group takes; `None` where each group does already.
#[must_use]
pub fn wanted(snapshot: &Snapshot, instance: EntryId, removal: EntryId) -> Option<PerGroup> {
    let instance = snapshot.control.tool(instance)?;
    let groups = missing(&snapshot.control, instance);
    let makes_room = instance.of.is_none() && Activity::is_untouched(&snapshot.control, &snapshot.board, instance.id);
    (!groups.is_empty()).then(|| PerGroup {
        set: set_of(instance),
        groups,
        stored: instance.tool.to_bytes(),
        removal: makes_room.then_some(removal),
    })
}
