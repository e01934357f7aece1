//! The kinds of dialog table, each a module of the same shape, and the one place that knows them all.
//!
//! What a kind gives to the app is [`StepViews`] on phones and the desk, [`SceneViews`] on the large screen, and
//! [`PaperViews`] to read and to take home. The screens (`views/phone`, `views/projector`, `views/lead`, `views/read`,
//! `views/result`) draw what all kinds have in common and ask for the rest; [`every`] alone tells kinds apart.
//!
//! A phone fetches a table's levels first; the steps of all other kinds come in a module of their own
//! (`client/src/modules.rs`), and [`steps_of`] knows them from then on. ARCHITECTURE.md, 'How a kind is added', goes
//! through it step by step.

mod agenda;
pub mod alone;
pub mod around;
mod cards;
mod checklist;
mod curve;
pub mod every;
mod grid;
mod matrix;
mod maturity;
mod own_words;
mod position;
mod questions;
mod reading;
mod reference;
mod scale;
mod two_sided;
mod walk;

use std::cell::Cell;
use std::hint::black_box;
use std::rc::Rc;

use shared::content::{Kind, Part};
use shared::documents::AnswerKey;
use shared::documents::board::BoardView;
use shared::documents::control::ControlView;
use yew::prelude::{AttrValue, Callback, Html, Properties};

use crate::library::Library;
use crate::part::PartAt;
use crate::session::{NoteDraft, SessionHandle, Snapshot};
use crate::texts::{Key, Texts};

pub use reading::{entries, list, paragraphs, words};
pub use walk::{Stop, next_open, progress, stops, stops_of};

/// One step of a part: one screen on a phone, one question on the wall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its word in addresses and in what is projected; an entry's id, or a word of the kind's own.
    pub code: AttrValue,
    /// What it asks, or what it is called.
    pub title: AttrValue,
    /// Whether it asks for something that can be left unanswered.
    pub asks: bool,
}

/// Where a step is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Surface {
    /// A screen of its own on a phone.
    Phone,
    /// The middle of the facilitator's desk, under the page's own heading.
    Desk,
}

/// What a step is drawn from. A kind's components may take it as their own properties.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct StepProps {
    /// The part.
    pub at: PartAt,
    /// The step's word.
    pub step: AttrValue,
    /// Where it is drawn.
    pub surface: Surface,
    /// Whether something is being written, after the step's own button was pressed.
    pub is_writing: bool,
    /// Called when writing is over.
    pub on_written: Callback<()>,
}

/// What a step's own button depends on.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The part.
    pub at: &'a PartAt,
    /// The step's word.
    pub step: &'a str,
    /// Where it is drawn.
    pub surface: Surface,
    /// The session, for what lies in the notebook.
    pub session: &'a SessionHandle,
    /// The workshop as it stands.
    pub snapshot: &'a Snapshot,
    /// The language.
    pub texts: Texts,
}

impl Asked<'_> {
    /// A button that begins a note under `key`; its words say so where a draft lies there already.
    #[must_use]
    pub fn write(&self, key: &AnswerKey, level: Option<u8>, empty: Key, test: &'static str) -> WriteButton {
        let draft = self.session.begin_note(key, level);
        let has_draft = !self.session.note_draft(&draft).is_empty();
        let words = AttrValue::Static(self.texts.get(if has_draft { Key::TableDraftWaits } else { empty }));
        WriteButton { words, test, draft: Some(draft) }
    }
}

/// The step's own button, beside the one that leads on: it begins to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriteButton {
    /// What it says.
    pub words: AttrValue,
    /// What it is called in tests.
    pub test: &'static str,
    /// The note that it begins, where it begins one.
    pub draft: Option<NoteDraft>,
}

/// What a scene of the large screen is drawn from. A kind's components may take it as their own properties.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct SceneProps {
    /// The part.
    pub at: PartAt,
    /// The step that is talked about; `None` shows all of the part.
    pub step: Option<AttrValue>,
    /// What facilitators decided.
    pub control: Rc<ControlView>,
    /// What everyone wrote.
    pub board: Rc<BoardView>,
    /// Whether names stand at the marks and writers are named.
    pub names: bool,
    /// The way in.
    pub invitation: Option<AttrValue>,
    /// The year that dates are said without.
    pub this_year: u32,
}

/// A scene of the large screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// What it is about; the tool's title where there is none of its own.
    pub title: Option<AttrValue>,
    /// What is drawn under the title.
    pub body: Html,
    /// Whether the foot explains disc and diamond.
    pub has_legend: bool,
}

/// What a group has filled in, for the large screen, where it stands beside what others have.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupScene {
    /// The group's name.
    pub name: AttrValue,
    /// How many people have answered, whatever it was.
    pub answered: usize,
    /// What its scene is drawn from.
    pub scene: SceneProps,
}

/// What a result is drawn from.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ResultProps {
    /// The part.
    pub at: PartAt,
    /// What facilitators decided.
    pub control: Rc<ControlView>,
    /// What everyone wrote.
    pub board: Rc<BoardView>,
    /// Whether it is what one person filled in for themselves, and nobody is counted.
    pub is_own: bool,
    /// The language.
    pub texts: Texts,
    /// The year that dates are said without.
    pub this_year: u32,
}

/// What a group takes home of a part.
#[derive(Debug, Clone, PartialEq)]
pub struct PartResult {
    /// As the paper form that it comes from.
    pub form: Html,
    /// As text that can be pasted anywhere; ends in a line break.
    pub text: String,
}

/// The steps of a kind of table, on phones and on the desk.
///
/// A method is called while a component is drawn, and must call no hook: what needs one is a component of the kind's. The
/// same goes for the other two traits.
pub trait StepViews: Sync {
    /// The steps of a part that a person goes through, in order; none of content that this version cannot read.
    fn steps(&self, at: &PartAt, texts: Texts) -> Vec<Step>;

    /// What is answered at a step, in a few words: by this person where it asks for their own, else by anyone. `None`
    /// while nothing is.
    fn state(&self, at: &PartAt, step: &str, snapshot: &Snapshot, texts: Texts) -> Option<String>;

    /// The button that begins to write at a step, where it has one. Only asked while the person may write.
    fn write_button(&self, _: &Asked<'_>) -> Option<WriteButton> {
        None
    }

    /// A step on a phone, and on the desk where the kind has nothing of its own there ([`every::desk`]).
    fn phone(&self, props: StepProps) -> Html;
}

/// A kind of table on the large screen.
pub trait SceneViews: Sync {
    /// A step, or all of the part; all of it, too, for a step that it does not have.
    fn scene(&self, props: SceneProps, texts: Texts) -> Scene;

    /// The same of several groups in one picture, at most [`side_by_side`]; `None` where their scenes are to stand beside
    /// each other as they are.
    fn beside(&self, _: &[GroupScene], _: Texts) -> Option<Scene> {
        None
    }
}

/// How many groups' answers at a step stand side by side on the large screen, so that all can be read; without a step,
/// at all of a part.
#[must_use]
pub fn side_by_side(kind: Kind, step: Option<&str>) -> usize {
    match kind {
        Kind::Maturity if maturity::is_compared(step) => 4,
        _ => 2,
    }
}

/// A kind of table on paper.
pub trait PaperViews: Sync {
    /// The part as something to read.
    fn read(&self, part: &Part, library: &Library, texts: Texts) -> Html;

    /// What the group takes home; `None` where there is nothing ([`has_result`]).
    fn result(&self, _: &ResultProps) -> Option<PartResult> {
        None
    }

    /// What several groups take home of the same part, side by side; `None` where it is only one after the other.
    fn comparison(&self, _: &[(AttrValue, ResultProps)]) -> Option<PartResult> {
        None
    }
}

/// Finds a kind's steps.
pub type FindSteps = fn(Kind) -> &'static dyn StepViews;

/// Draws what stands around a step, as [`around::around`].
pub type DrawAround = fn(&PartAt, &AttrValue, Html) -> Html;

thread_local! {
    static FETCHED: Cell<Option<(FindSteps, DrawAround)>> = const { Cell::new(None) };
}

/// From now on the steps of all kinds are here, and what stands around them. Called by the modules that hold them.
pub fn install(find: FindSteps, around: DrawAround) {
    // Hidden, since there is but one such function: known, it would be called by name, and be fetched first.
    FETCHED.set(Some(black_box((find, around))));
}

/// A step on a phone with what stands around it.
pub fn with_surroundings(at: &PartAt, step: &AttrValue, inner: Html) -> Html {
    match FETCHED.get() {
        Some((_, around)) => around(at, step, inner),
        None => inner,
    }
}

/// The steps of `kind`; `None` while their module is not here.
#[must_use]
pub fn steps_of(kind: Kind) -> Option<&'static dyn StepViews> {
    match kind {
        Kind::Maturity => Some(&maturity::MaturityViews),
        kind => FETCHED.get().map(|(find, _)| find(kind)),
    }
}

/// Whether a phone fetches the steps of `kind` later.
#[must_use]
pub fn is_later(kind: Kind) -> bool {
    kind != Kind::Maturity
}

/// Whether any part of the workshop's tools is of such a kind.
#[must_use]
pub fn has_later(control: &ControlView) -> bool {
    control.tools.iter().flat_map(|tool| &tool.tool.parts).any(|part| is_later(part.kind()))
}

/// Whether there is something to take home of a part of `kind`.
#[must_use]
pub fn has_result(kind: Kind) -> bool {
    !matches!(kind, Kind::Agenda | Kind::Reference)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use shared::access::{FacilitatorSecret, Role};
    use shared::content::{Language, Pack};
    use shared::documents::EntryId;
    use shared::documents::control::ToolInstance;

    use super::*;
    use crate::route::{Place, Route, Screen};

    /// Every tool of the packs, as a workshop holds it.
    fn every_tool() -> Vec<ToolInstance> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../content");
        let folders = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
        let files = folders.flat_map(|folder| std::fs::read_dir(folder).unwrap()).map(|file| file.unwrap().path());
        let files: Vec<_> =
            files.map(|file| (file.to_str().unwrap().to_owned(), std::fs::read_to_string(&file).unwrap())).collect();
        let tools = Pack::parse_all(&files).unwrap().into_iter().flat_map(|pack| pack.tools);
        let id = EntryId::from_random([7; 16]);
        tools.map(|tool| ToolInstance { id, order: String::new(), tool: Rc::new(tool), of: None }).collect()
    }

    #[test]
    fn every_step_of_every_tool_has_an_address_and_a_projected_field_of_its_own() {
        install(every::steps, around::around);
        let workshop = FacilitatorSecret::from_random([3; 16]).capability(Role::Participant).workshop;
        let mut drawn = 0;
        for instance in every_tool() {
            let [danish, english] = Language::ALL.map(|language| stops(&instance, Texts::new(language)));
            let mut seen = BTreeSet::new();
            for (stop, other) in danish.iter().zip(&english) {
                let name = format!("{} {} {}", instance.tool.id, stop.at.id(), stop.step.code);
                assert_eq!(stop.step.code, other.step.code, "{name} has another word in English");
                assert!(!stop.step.title.is_empty() && !other.step.title.is_empty(), "{name} asks nothing");
                let place = Place { workshop, role: Role::Participant, screen: Screen::Step(stop.spot()) };
                let route = Route::Workshop(place);
                assert_eq!(Route::parse(&route.to_string()), route, "{name}");
                let field = stop.at.focus(Some(&stop.step.code)).field.unwrap();
                assert!(field.as_str().len() <= 80 && seen.insert(field), "{name} is projected as another is");
                drawn += 1;
            }
            for at in PartAt::all(&instance).filter(|at| steps_of(at.part().kind()).is_some()) {
                assert!(!stops_of(&at, Texts::default()).is_empty(), "{} {} has no step", instance.tool.id, at.id());
            }
        }
        assert!(drawn > 0, "no pack was read");
    }

    #[test]
    fn what_nobody_has_answered_is_open_at_every_step_that_asks() {
        install(every::steps, around::around);
        let workshop = FacilitatorSecret::from_random([3; 16]).capability(Role::Participant).workshop;
        let empty = Snapshot::of_nothing(workshop, EntryId::from_random([8; 16]));
        for instance in every_tool() {
            for stop in stops(&instance, Texts::default()).iter().filter(|stop| stop.step.asks) {
                let views = stop.views().unwrap();
                assert_eq!(views.state(&stop.at, &stop.step.code, &empty, Texts::default()), None, "{:?}", stop.step);
            }
        }
    }
}
