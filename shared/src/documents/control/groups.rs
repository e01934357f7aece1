//! Groups that fill in tools apart from each other, such as shifts or sites, and the tools that are filled in per group.
//!
//! A group is an object under a random id among the settings, made whole by who added it: its name, and when.
//! A tool that is filled in per group is one instance for each of them, all of one [`OfGroup::set`]; so each has answers
//! of its own without any kind of table knowing of groups. Which group a person is in stands with the person on the board.
//!
//! Who is in a group that is not there, and a tool of such a group, belong to everyone.

use automerge::transaction::{Transactable, Transaction};
use automerge::{Automerge, ObjType};

use crate::limits;

use super::super::change::change;
use super::super::{EntryId, Kind, SmallMap, WriteError, order, read};
use super::view::ToolInstance;
use super::{ControlView, container, put_removal, put_tool};

/// A group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its random id.
    pub id: EntryId,
    /// What it is called; more than one where two renamed it while apart.
    pub names: Vec<String>,
    /// When it was added, in milliseconds since 1970; also its place in the order.
    pub at: i64,
}

impl Group {
    /// Its name if it is settled, else all that were given, one after the other.
    #[must_use]
    pub fn name(&self) -> String {
        self.names.join(" / ")
    }
}

/// Whose a tool instance is, where the tool is filled in per group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfGroup {
    /// What the instances of one tool have in common: a random id, the instance's that they took the place of.
    pub set: EntryId,
    /// The group.
    pub group: EntryId,
}

impl OfGroup {
    /// The id of the instance: whoever adds a group to a set, it is the same.
    #[must_use]
    pub fn instance(self) -> EntryId {
        self.set.mixed_with(self.group)
    }

    pub(super) fn to_scalar(self) -> String {
        format!("{}/{}", self.set, self.group)
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        let (set, group) = text.split_once('/')?;
        Some(Self { set: set.parse().ok()?, group: group.parse().ok()? })
    }
}

/// Adds a group.
///
/// # Errors
/// [`WriteError::TooLong`] for a name past 40 code units; [`WriteError::TooMany`] past 12 groups; two who add apart may
/// pass that. [`WriteError::NoContainer`] if `doc` is no control document.
pub fn add_group(doc: &mut Automerge, id: EntryId, name: &str, at: i64) -> Result<(), WriteError> {
    let name = name.trim();
    limits::check(name, limits::NAME)?;
    if ControlView::read(doc).groups.len() >= limits::GROUPS {
        return Err(WriteError::TooMany { limit: limits::GROUPS });
    }
    let settings = container(doc, "settings")?;
    change(doc, "group", |transaction| {
        let entry = transaction.put_object(&settings, id.to_string(), ObjType::Map)?;
        transaction.put(&entry, "name", name)?;
        transaction.put(&entry, "at", at)?;
        Ok(())
    })
}

/// Renames a group, and settles what it is called where two names had met. A group that somebody takes away meanwhile
/// stays.
///
/// # Errors
/// [`WriteError::TooLong`]; [`WriteError::NoEntry`] if there is no such group.
pub fn rename_group(doc: &mut Automerge, id: EntryId, name: &str) -> Result<(), WriteError> {
    let name = name.trim();
    limits::check(name, limits::NAME)?;
    let settings = container(doc, "settings")?;
    let entry = read::object(doc, &settings, &id.to_string(), ObjType::Map).ok_or(WriteError::NoEntry { id })?;
    change(doc, "group", |transaction| Ok(transaction.put(&entry, "name", name)?))
}

/// Takes a group away. Its people and its tools belong to everyone then, and to it again if it comes back.
///
/// # Errors
/// [`WriteError::NoContainer`] if `doc` is no control document.
pub fn remove_group(doc: &mut Automerge, id: EntryId, group: EntryId, at: i64) -> Result<(), WriteError> {
    exchange_tools(doc, &[(id, group)], &[], at)
}

/// A tool that is to be filled in per group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PerGroup {
    /// The instance that is there for everyone, or what the instances that are there have in common.
    pub set: EntryId,
    /// The groups to add it for.
    pub groups: Vec<EntryId>,
    /// The tool, as [`Tool::to_bytes`](crate::content::Tool::to_bytes).
    pub stored: Vec<u8>,
    /// The removal to write of the instance `set`, where that makes room for those of the groups.
    pub removal: Option<EntryId>,
}

impl PerGroup {
    /// The instances that it adds.
    pub fn instances(&self) -> impl Iterator<Item = EntryId> {
        self.groups.iter().map(|group| OfGroup { set: self.set, group: *group }.instance())
    }
}

/// Adds a tool for each of some groups, where the others of its set stand; one that was there before is left as it is.
///
/// # Errors
/// [`WriteError::TooMany`] past 200 instances; [`WriteError::NoContainer`] if `doc` is no control document.
pub fn fill_in_per_group(doc: &mut Automerge, wanted: &PerGroup, at: i64) -> Result<(), WriteError> {
    let tools = ControlView::read(doc).tools;
    let container_of_tools = container(doc, "tools")?;
    let removals = container(doc, "removals")?;
    let of = |group: EntryId| OfGroup { set: wanted.set, group };
    let is_new = |group: &EntryId| !read::is_there(doc, &container_of_tools, &of(*group).instance().to_string());
    let groups: Vec<EntryId> = wanted.groups.iter().copied().filter(is_new).collect();
    if read::keys(doc, Kind::Control, "tools").len() + groups.len() > limits::TOOL_INSTANCES {
        return Err(WriteError::TooMany { limit: limits::TOOL_INSTANCES });
    }
    let is_of_set =
        |instance: &ToolInstance| instance.id == wanted.set || instance.of.is_some_and(|of| of.set == wanted.set);
    let last = tools.iter().rposition(is_of_set).or_else(|| tools.len().checked_sub(1));
    let mut before = last.map(|last| tools[last].order.clone());
    let after = last.and_then(|last| tools.get(last + 1)).map(|instance| instance.order.clone());
    let removal = wanted.removal.map(|removal| (removal, wanted.set));
    let heads = heads_of(doc);
    change(doc, "per group", |transaction| {
        for group in groups {
            let order = order::between(before.as_deref(), after.as_deref());
            let of = of(group);
            put_tool(transaction, &container_of_tools, of.instance(), &order, wanted.stored.clone(), Some(of))?;
            before = Some(order);
        }
        removal.into_iter().try_for_each(|removal| put_removal(transaction, &removals, removal, &heads, at))
    })
}

/// Takes some entries out, each with the id of its removal, and takes others back in by the ids of theirs; one change.
///
/// # Errors
/// [`WriteError::NoEntry`] if there is no such removal.
pub fn exchange_tools(
    doc: &mut Automerge,
    out: &[(EntryId, EntryId)],
    back: &[EntryId],
    at: i64,
) -> Result<(), WriteError> {
    let removals = container(doc, "removals")?;
    let find = |id: &EntryId| {
        read::object(doc, &removals, &id.to_string(), ObjType::Map).ok_or(WriteError::NoEntry { id: *id })
    };
    let back: Vec<_> = back.iter().map(find).collect::<Result<_, _>>()?;
    let heads = heads_of(doc);
    change(doc, "exchange", |transaction: &mut Transaction<'_>| {
        for entry in back {
            transaction.put(&entry, "takenBack", true)?;
        }
        out.iter().try_for_each(|removal| put_removal(transaction, &removals, *removal, &heads, at))
    })
}

pub(super) fn heads_of(doc: &Automerge) -> Vec<u8> {
    doc.get_heads().iter().flat_map(|hash| hash.0).collect()
}

impl ControlView {
    /// The group with this id, if it is there.
    #[must_use]
    pub fn group(&self, id: EntryId) -> Option<&Group> {
        self.groups.iter().find(|group| group.id == id)
    }

    /// The group that an instance is filled in by; `None` where that is everyone.
    #[must_use]
    pub fn group_of(&self, instance: &ToolInstance) -> Option<&Group> {
        self.group(instance.of?.group)
    }

    /// The name that tells an instance from the others of its set, also where the group was taken away.
    #[must_use]
    pub fn group_name(&self, instance: &ToolInstance) -> Option<String> {
        let id = instance.of?.group;
        let removed = || self.removed_groups.iter().map(|(group, _)| group).find(|group| group.id == id);
        self.group(id).or_else(removed).map(Group::name)
    }

    /// Whether an instance is filled in by somebody of `group`: it is that group's, or everyone's.
    #[must_use]
    pub fn is_for(&self, instance: &ToolInstance, group: Option<EntryId>) -> bool {
        self.group_of(instance).is_none_or(|of| group == Some(of.id))
    }

    /// The instances of a set with the groups that fill them in, in the groups' order.
    #[must_use]
    pub fn set(&self, set: EntryId) -> Vec<(&Group, &ToolInstance)> {
        let is_here = |instance: &&ToolInstance, group: &Group| instance.of == Some(OfGroup { set, group: group.id });
        let instance = |group| self.tools.iter().find(|instance| is_here(instance, group));
        self.groups.iter().filter_map(|group| Some((group, instance(group)?))).collect()
    }

    /// Reads the groups; `removals` are the entries that were taken out, with the ids of the removals.
    pub(super) fn read_groups(&mut self, doc: &Automerge, removals: &SmallMap<EntryId, Vec<EntryId>>) {
        let Some(settings) = read::container(doc, Kind::Control, "settings") else { return };
        for key in read::keys(doc, Kind::Control, "settings") {
            // The settings' own keys are words.
            let Ok(id) = key.parse::<EntryId>() else { continue };
            let Some(entry) = read::object(doc, &settings, &key, ObjType::Map) else {
                self.skipped += 1;
                continue;
            };
            let mut names = read::strings(doc, &entry, "name");
            names.iter_mut().for_each(|name| *name = read::name(name));
            names.retain(|name| !name.is_empty());
            if names.is_empty() {
                self.skipped += 1;
                continue;
            }
            let group = Group { id, names, at: read::number(doc, &entry, "at").unwrap_or(0) };
            // A name that the remover had not seen survives.
            let stands = |removal: &&EntryId| !is_outlived(doc, &entry, **removal);
            let removals: Vec<EntryId> = removals.get(&id).into_iter().flatten().filter(stands).copied().collect();
            if removals.is_empty() {
                // In its place at once: they are few, and a sort would be fetched first by everyone.
                let place = self.groups.iter().position(|other| (other.at, other.id) > (group.at, group.id));
                self.groups.insert(place.unwrap_or(self.groups.len()), group);
            } else {
                self.removed_groups.push((group, removals));
            }
        }
    }
}

/// Whether a group was renamed by someone who did not know of the removal.
fn is_outlived(doc: &Automerge, group: &automerge::ObjId, removal: EntryId) -> bool {
    let heads = || {
        let removals = read::container(doc, Kind::Control, "removals")?;
        let entry = read::object(doc, &removals, &removal.to_string(), ObjType::Map)?;
        read::heads(doc, &entry, "heads")
    };
    read::is_changed_since(doc, group, "name", &heads().unwrap_or_default())
}
