//! Control as views draw it.

use std::rc::Rc;

use automerge::{Automerge, ObjType, ReadDoc};

use crate::content::{Language, Tool};

use super::super::register::{self, Register, Stamped};
use super::super::{AnswerKey, EntryId, FieldId, Kind, SmallMap, Touched, read};
use super::groups::{Group, OfGroup};

/// A tool in this workshop, with its whole content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToolInstance {
    /// The instance's random id; the same tool may stand twice.
    pub id: EntryId,
    /// Its fractional key.
    pub order: String,
    /// What it asks.
    pub tool: Rc<Tool>,
    /// Whose it is, where the tool is filled in per group.
    pub of: Option<OfGroup>,
}

/// What the projector shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Focus {
    /// The tool instance.
    pub tool: EntryId,
    /// The field within it; `None` shows the whole tool.
    pub field: Option<FieldId>,
}

impl Focus {
    pub(super) fn to_scalar(&self) -> String {
        format!("{}/{}", self.tool, self.field.as_ref().map_or("", FieldId::as_str))
    }

    fn parse(text: &str) -> Option<Self> {
        let (tool, field) = text.split_once('/')?;
        Some(Self { tool: tool.parse().ok()?, field: FieldId::parse(field) })
    }
}

/// An entry that a facilitator took off the wall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hidden {
    /// Why; may be empty.
    pub reason: String,
    /// When, in milliseconds since 1970.
    pub at: i64,
}

/// A round of a tool that is taken again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// Its random id, which stands in the keys of its answers.
    pub id: EntryId,
    /// When it was begun, in milliseconds since 1970.
    pub at: i64,
}

/// Everything in control that fits the schema.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ControlView {
    /// What the workshop is called.
    pub title: Register<String>,
    /// The language it begins in.
    pub language: Register<Language>,
    /// Whether the projector shows names.
    pub names_shown: Register<bool>,
    /// What the projector shows.
    pub focus: Register<Focus>,
    /// The tools in their order, without those taken out.
    pub tools: Vec<ToolInstance>,
    /// Tools that were taken out, with the ids of their removals.
    pub removed_tools: Vec<(ToolInstance, Vec<EntryId>)>,
    /// The groups in their order, without those taken away.
    pub groups: Vec<Group>,
    /// Groups that were taken away, with the ids of their removals, in a steady order.
    pub removed_groups: Vec<(Group, Vec<EntryId>)>,
    /// Agreed levels; 0 is 'not agreed'.
    pub decisions: SmallMap<AnswerKey, Register<Stamped<u8>>>,
    /// The sentences why beside the agreed levels.
    pub reasons: SmallMap<AnswerKey, String>,
    /// Entries that are off the wall.
    pub hidden: SmallMap<EntryId, Hidden>,
    /// The rounds that were begun, by tool instance, in order. Before them lies the first, which nobody begins.
    pub rounds: SmallMap<EntryId, Vec<Round>>,
    /// How many tools of the programme hold content of a form that this version does not read.
    pub unread_tools: usize,
    /// How many entries did not fit the schema.
    pub skipped: usize,
}

impl ControlView {
    /// Reads the whole of control. Costs time in proportion to its entries; tools are unfolded once each.
    #[must_use]
    pub fn read(doc: &Automerge) -> Self {
        Self::default().reread(doc)
    }

    /// Reads control again after a change. Tools that are here already are not unfolded again.
    pub fn update(&mut self, doc: &Automerge, _touched: &Touched) {
        *self = std::mem::take(self).reread(doc);
    }

    /// The title if it is settled, else all that were given, one after the other.
    #[must_use]
    pub fn title_text(&self) -> String {
        self.title.values().join(" / ")
    }

    /// The tool instance with this id, if it is in the programme.
    #[must_use]
    pub fn tool(&self, id: EntryId) -> Option<&ToolInstance> {
        self.tools.iter().find(|instance| instance.id == id)
    }

    fn reread(self, doc: &Automerge) -> Self {
        let mut unfolded: SmallMap<EntryId, Rc<Tool>> =
            self.tools.into_iter().map(|instance| (instance.id, instance.tool)).collect();
        for (instance, _) in self.removed_tools {
            unfolded.insert(instance.id, instance.tool);
        }
        let mut view = Self::default();
        view.read_settings(doc);
        let removals = view.read_removals(doc);
        view.read_groups(doc, &removals);
        view.read_tools(doc, &removals, &unfolded);
        view.read_decisions(doc);
        view.read_hidden(doc);
        view.read_rounds(doc);
        view
    }

    fn read_settings(&mut self, doc: &Automerge) {
        let Some(settings) = read::container(doc, Kind::Control, "settings") else { return };
        let skipped = &mut self.skipped;
        self.title = register::all(doc, &settings, "title", skipped, |value| Some(value.as_str()?.to_owned()));
        self.language =
            register::all(doc, &settings, "language", skipped, |value| Language::from_code(value.as_str()?));
        self.names_shown = register::all(doc, &settings, "names", skipped, automerge::ScalarValue::as_bool);
        self.focus = register::all(doc, &settings, "focus", skipped, |value| Focus::parse(value.as_str()?));
    }

    fn read_tools(
        &mut self,
        doc: &Automerge,
        removals: &SmallMap<EntryId, Vec<EntryId>>,
        unfolded: &SmallMap<EntryId, Rc<Tool>>,
    ) {
        let Some(tools) = read::container(doc, Kind::Control, "tools") else { return };
        for key in read::keys(doc, Kind::Control, "tools") {
            let mut is_of_another_form = false;
            let instance = (|| {
                let id: EntryId = key.parse().ok()?;
                let entry = read::object(doc, &tools, &key, ObjType::Map)?;
                let order = read::string(doc, &entry, "order")?;
                let tool = match unfolded.get(&id) {
                    Some(tool) => Rc::clone(tool),
                    None => {
                        let tool = Tool::from_bytes(&read::bytes(doc, &entry, "content")?);
                        is_of_another_form = tool.is_err() && !removals.contains_key(&id);
                        Rc::new(tool.ok()?)
                    }
                };
                // Nonsense is nobody's group, as it is where nothing is said.
                let of = read::string(doc, &entry, "group").and_then(|of| OfGroup::parse(&of));
                Some(ToolInstance { id, order, tool, of })
            })();
            self.unread_tools += usize::from(is_of_another_form);
            match instance {
                Some(instance) => match removals.get(&instance.id) {
                    Some(removals) => self.removed_tools.push((instance, removals.clone())),
                    None => self.tools.push(instance),
                },
                None => self.skipped += 1,
            }
        }
        self.tools.sort_by(|a, b| (&a.order, a.id).cmp(&(&b.order, b.id)));
    }

    fn read_removals(&mut self, doc: &Automerge) -> SmallMap<EntryId, Vec<EntryId>> {
        let mut found: SmallMap<EntryId, Vec<EntryId>> = SmallMap::new();
        let Some(removals) = read::container(doc, Kind::Control, "removals") else { return found };
        for key in read::keys(doc, Kind::Control, "removals") {
            let removal = (|| {
                let entry = read::object(doc, &removals, &key, ObjType::Map)?;
                let target: EntryId = read::string(doc, &entry, "target")?.parse().ok()?;
                Some((key.parse::<EntryId>().ok()?, target, read::flag(doc, &entry, "takenBack")))
            })();
            match removal {
                Some((id, target, false)) => found.or_default(target).push(id),
                Some((_, _, true)) => {}
                None => self.skipped += 1,
            }
        }
        found
    }

    fn read_decisions(&mut self, doc: &Automerge) {
        if let Some(decisions) = read::container(doc, Kind::Control, "decisions") {
            for key in read::keys(doc, Kind::Control, "decisions") {
                let Ok(place) = key.parse::<AnswerKey>() else {
                    self.skipped += 1;
                    continue;
                };
                let level = |level: String| level.parse().ok();
                let values = register::all_stamped(doc, &decisions, &key, &mut self.skipped, level);
                self.decisions.insert(place, values);
            }
        }
        if let Some(texts) = read::container(doc, Kind::Control, "texts") {
            for key in read::keys(doc, Kind::Control, "texts") {
                let text = read::object(doc, &texts, &key, ObjType::Text).and_then(|id| doc.text(&id).ok());
                match (key.parse::<AnswerKey>(), text) {
                    (Ok(place), Some(text)) => {
                        self.reasons.insert(place, text);
                    }
                    _ => self.skipped += 1,
                }
            }
        }
    }

    fn read_rounds(&mut self, doc: &Automerge) {
        let Some(agenda) = read::container(doc, Kind::Control, "agenda") else { return };
        for key in read::keys(doc, Kind::Control, "agenda") {
            let round = (|| {
                let entry = read::object(doc, &agenda, &key, ObjType::Map)?;
                let tool: EntryId = read::string(doc, &entry, "tool")?.parse().ok()?;
                let round = Round { id: key.parse().ok()?, at: read::number(doc, &entry, "at")? };
                let is_round = read::string(doc, &entry, "kind")? == "round";
                is_round.then(|| (tool, round, read::flag(doc, &entry, "takenBack")))
            })();
            match round {
                Some((tool, round, false)) => self.rounds.or_default(tool).push(round),
                Some((_, _, true)) => {}
                None => self.skipped += 1,
            }
        }
        for rounds in self.rounds.values_mut() {
            rounds.sort_by_key(|round| (round.at, round.id));
        }
    }

    fn read_hidden(&mut self, doc: &Automerge) {
        let Some(hidden) = read::container(doc, Kind::Control, "hidden") else { return };
        for key in read::keys(doc, Kind::Control, "hidden") {
            let entry = (|| {
                let entry = read::object(doc, &hidden, &key, ObjType::Map)?;
                let target: EntryId = read::string(doc, &entry, "target")?.parse().ok()?;
                let at = read::number(doc, &entry, "at")?;
                let reason = read::string(doc, &entry, "reason").unwrap_or_default();
                Some((target, Hidden { reason, at }, read::flag(doc, &entry, "shownAgain")))
            })();
            match entry {
                Some((target, hidden, false)) => {
                    self.hidden.insert(target, hidden);
                }
                Some((_, _, true)) => {}
                None => self.skipped += 1,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use automerge::ActorId;

    use super::super::super::text::{TextTarget, splice};
    use super::super::*;
    use super::*;
    use crate::access::FacilitatorSecret;

    fn id(n: u8) -> EntryId {
        EntryId::from_random([n; 16])
    }

    fn control(actor: u8) -> Automerge {
        genesis(&FacilitatorSecret::from_random([1; 16]).identity()).with_actor(ActorId::from([actor; 16]))
    }

    fn now() -> AnswerKey {
        AnswerKey::shared(id(1), FieldId::new("levels", "now"))
    }

    fn level(value: u8, at: i64) -> Stamped<u8> {
        Stamped { value, by: Some(id(3)), at }
    }

    #[test]
    fn two_levels_decided_apart_are_both_there_until_someone_settles_them() {
        let (mut here, mut there) = (control(1), control(2));
        decide(&mut here, &now(), &level(2, 100)).unwrap();
        decide(&mut there, &now(), &level(4, 200)).unwrap();
        here.merge(&mut there).unwrap();
        let decided = ControlView::read(&here).decisions[&now()].clone();
        let mut levels: Vec<u8> = decided.values().iter().map(|stamped| stamped.value).collect();
        levels.sort_unstable();
        assert_eq!(levels, [2, 4]);
        decide(&mut here, &now(), &level(3, 300)).unwrap();
        assert_eq!(ControlView::read(&here).decisions[&now()].settled(), Some(&level(3, 300)));
    }

    #[test]
    fn two_who_decided_the_same_apart_agree_and_the_first_of_them_said_it() {
        let (mut here, mut there) = (control(1), control(2));
        decide(&mut here, &now(), &level(3, 200)).unwrap();
        decide(&mut there, &now(), &Stamped { by: Some(id(4)), ..level(3, 100) }).unwrap();
        here.merge(&mut there).unwrap();
        let decided = ControlView::read(&here).decisions[&now()].clone();
        assert_eq!(decided.settled(), Some(&Stamped { by: Some(id(4)), ..level(3, 100) }));
    }

    #[test]
    fn what_a_facilitators_other_program_writes_in_the_root_hides_nothing() {
        let mut doc = control(1);
        set_title(&mut doc, "Nordhallen").unwrap();
        let mut transaction = doc.transaction();
        transaction.put(automerge::ROOT, "settings", 0).unwrap();
        transaction.delete(automerge::ROOT, "publicKey").unwrap();
        transaction.commit();
        set_language(&mut doc, Language::English).unwrap();
        let view = ControlView::read(&doc);
        assert_eq!((view.title_text().as_str(), view.language.settled()), ("Nordhallen", Some(&Language::English)));
    }

    #[test]
    fn a_tool_in_a_form_of_another_version_is_counted_until_it_is_taken_out() {
        let mut doc = control(1);
        let tools = read::container(&doc, Kind::Control, "tools").unwrap();
        let mut transaction = doc.transaction();
        for (entry, content) in [(id(3), Some(vec![0xff; 9])), (id(4), None)] {
            let entry = transaction.put_object(&tools, entry.to_string(), ObjType::Map).unwrap();
            transaction.put(&entry, "order", "1").unwrap();
            if let Some(content) = content {
                transaction.put(&entry, "content", ScalarValue::Bytes(content)).unwrap();
            }
        }
        transaction.commit();
        let view = ControlView::read(&doc);
        assert_eq!(
            (view.tools.len(), view.unread_tools, view.skipped),
            (0, 1, 2),
            "an entry without content is nonsense"
        );
        remove_tool(&mut doc, id(9), id(3), 1).unwrap();
        assert_eq!(ControlView::read(&doc).unread_tools, 0);
    }

    #[test]
    fn the_identity_stands_in_the_genesis() {
        let identity = FacilitatorSecret::from_random([1; 16]).identity();
        assert_eq!(super::super::identity(&control(1)), Some(identity));
        assert_eq!(schema(&control(1)), Schema::Current);
        assert_eq!(schema(&Automerge::new()), Schema::Missing);
    }

    #[test]
    fn an_entry_hidden_twice_is_shown_again_by_one() {
        let mut doc = control(1);
        hide(&mut doc, id(5), id(9), 1, "nævner en kollega").unwrap();
        hide(&mut doc, id(6), id(9), 2, "").unwrap();
        assert!(ControlView::read(&doc).hidden.contains_key(&id(9)));
        show_again(&mut doc, id(9)).unwrap();
        assert!(ControlView::read(&doc).hidden.is_empty());
    }

    #[test]
    fn a_reason_written_by_two_apart_keeps_both() {
        let (mut here, mut there) = (control(1), control(2));
        for (doc, words) in [(&mut here, "fordi "), (&mut there, "derfor ")] {
            let target = TextTarget::Reason(now());
            let text = target.ensure(doc).unwrap();
            splice(doc, &text, None, 0, 0, words, 100).unwrap();
        }
        here.merge(&mut there).unwrap();
        let reason = ControlView::read(&here).reasons[&now()].clone();
        assert!(reason.contains("fordi ") && reason.contains("derfor "), "{reason}");
    }
}
