//! Two lists weighed against each other, on a balance that tips by what people give to their entries.

mod balance;
mod entry_item;
mod follow_up_step;
mod pans;
mod paper;
mod scene;
mod side_step;
mod together_step;
mod weights;

use shared::content::{Body, Entry, FollowUp, Part, Side, TwoSided};
use shared::documents::board::BoardView;
use shared::documents::control::ControlView;
use shared::documents::two_sided::{BalanceEntry, FollowUpAnswers, SideAnswers, TwoSidedAnswers, Weighable};
use yew::prelude::{AttrValue, Html, html};

use self::follow_up_step::FollowUpStep;
use self::scene::{BalanceScene, FollowUpScene};
use self::side_step::SideStep;
use self::together_step::TogetherStep;
use super::alone::board_of;
use super::{PaperViews, PartResult, ResultProps, Scene, SceneProps, SceneViews, Step, StepProps, StepViews, words};
use crate::library::Library;
use crate::part::PartAt;
use crate::session::Snapshot;
use crate::texts::{Key, Texts};

/// See [`StepViews`], [`SceneViews`], [`PaperViews`].
#[derive(Debug)]
pub(super) struct TwoSidedViews;

/// The step where the balance is seen. No side's or mark's id begins so.
const TOGETHER: AttrValue = AttrValue::Static("_balance");

/// What a step asks.
enum Asks<'a> {
    /// What lies in a pan.
    Side(&'a Side),
    /// Which of it can be eased, or turned up.
    FollowUp(&'a FollowUp),
}

impl StepViews for TwoSidedViews {
    fn steps(&self, at: &PartAt, texts: Texts) -> Vec<Step> {
        let Some(content) = content(at) else { return Vec::new() };
        let asking = |id: &shared::content::EntryId, title| Step {
            code: id.to_string().into(),
            title: words(title, texts),
            asks: true,
        };
        let sides = content.sides.iter().map(|side| asking(&side.id, &side.title));
        let title = AttrValue::Static(texts.get(Key::BalanceTogether));
        let together = Step { code: TOGETHER, title, asks: false };
        let follow_ups = content.follow_ups.iter().map(|follow_up| asking(&follow_up.id, &follow_up.title));
        sides.chain([together]).chain(follow_ups).collect()
    }

    fn state(&self, at: &PartAt, step: &str, snapshot: &Snapshot, texts: Texts) -> Option<String> {
        let balance = gather(at, &snapshot.control, board_of(at, snapshot))?;
        match found(at, step)? {
            Asks::Side(side) => {
                let me = snapshot.me?;
                let weighed = |entry: &&BalanceEntry| entry.weights.contains_key(&me);
                let count = side_answers(&balance, &side.id)?.in_play().into_iter().filter(weighed).count();
                (count > 0).then(|| texts.balance_weighed(count))
            }
            Asks::FollowUp(follow_up) => {
                let count = balance.marked().filter(|(_, mark)| mark.follow_up == follow_up.id).count();
                (count > 0).then(|| texts.balance_marked(count))
            }
        }
    }

    fn phone(&self, props: StepProps) -> Html {
        match found(&props.at, &props.step) {
            Some(Asks::Side(_)) => html! { <SideStep ..props /> },
            Some(Asks::FollowUp(_)) => html! { <FollowUpStep ..props /> },
            None => html! { <TogetherStep ..props /> },
        }
    }
}

impl SceneViews for TwoSidedViews {
    fn scene(&self, props: SceneProps, texts: Texts) -> Scene {
        match props.step.as_deref().and_then(|step| found(&props.at, step)) {
            Some(Asks::FollowUp(follow_up)) => {
                let title = Some(words(&follow_up.title, texts));
                Scene { title, body: html! { <FollowUpScene ..props /> }, has_legend: false }
            }
            Some(Asks::Side(_)) | None => {
                let title = props.at.part().title.as_ref().map(|title| words(title, texts));
                Scene { title, body: html! { <BalanceScene ..props /> }, has_legend: false }
            }
        }
    }
}

impl PaperViews for TwoSidedViews {
    fn read(&self, part: &Part, _: &Library, texts: Texts) -> Html {
        let Body::TwoSided(content) = &part.body else { return Html::default() };
        content.get().map(|content| paper::read(content, texts)).unwrap_or_default()
    }

    fn result(&self, props: &ResultProps) -> Option<PartResult> {
        paper::result(props)
    }
}

fn content(at: &PartAt) -> Option<&TwoSided> {
    if let Body::TwoSided(content) = at.body() { content.get() } else { None }
}

/// What a step asks; nothing where the balance is seen.
fn found<'a>(at: &'a PartAt, step: &str) -> Option<Asks<'a>> {
    let content = content(at)?;
    let side = content.sides.iter().find(|side| side.id.as_str() == step).map(Asks::Side);
    side.or_else(|| content.follow_ups.iter().find(|one| one.id.as_str() == step).map(Asks::FollowUp))
}

/// The balance as it stands on a board.
fn gather(at: &PartAt, control: &ControlView, board: &BoardView) -> Option<TwoSidedAnswers> {
    Some(TwoSidedAnswers::gather(control, board, at.instance, at.id(), content(at)?))
}

/// What lies in a pan.
fn side_answers<'a>(balance: &'a TwoSidedAnswers, side: &shared::content::EntryId) -> Option<&'a SideAnswers> {
    balance.sides.iter().find(|answers| answers.side == *side)
}

/// An entry as its reader sees it.
fn entry_words(side: &Side, entry: &BalanceEntry, texts: Texts) -> AttrValue {
    match (&entry.of, &entry.note) {
        (Weighable::Typical(id), _) => {
            let found = side.groups.iter().flat_map(|group| &group.examples).find(|example| example.id == *id);
            found.map(|example: &Entry| words(&example.text, texts)).unwrap_or_default()
        }
        (Weighable::Own(_), note) => note.as_ref().map(|note| AttrValue::from(note.text.clone())).unwrap_or_default(),
    }
}

/// The marked entries of a mark, with their words, the heaviest first.
fn marked<'a>(
    at: &PartAt,
    balance: &'a TwoSidedAnswers,
    follow_up: &FollowUp,
    texts: Texts,
) -> Vec<(AttrValue, &'a BalanceEntry, &'a FollowUpAnswers)> {
    let entries = on_side(at, balance, follow_up, texts).into_iter();
    entries.filter(|(_, _, mark)| mark.is_set()).collect()
}

/// Every entry in play that can have a mark, with its words, the heaviest first.
fn on_side<'a>(
    at: &PartAt,
    balance: &'a TwoSidedAnswers,
    follow_up: &FollowUp,
    texts: Texts,
) -> Vec<(AttrValue, &'a BalanceEntry, &'a FollowUpAnswers)> {
    let side = content(at).and_then(|content| content.sides.iter().find(|side| side.id == follow_up.side));
    let Some((side, answers)) = side.and_then(|side| Some((side, side_answers(balance, &side.id)?))) else {
        return Vec::new();
    };
    let marked = |entry: &'a BalanceEntry| {
        let mark = entry.follow_ups.iter().find(|mark| mark.follow_up == follow_up.id)?;
        Some((entry_words(side, entry, texts), entry, mark))
    };
    answers.in_play().into_iter().filter_map(marked).collect()
}

/// Which side weighs most, in a sentence; nothing while nothing is weighed.
fn verdict(content: &TwoSided, (weighs, lifts): (u32, u32), texts: Texts) -> Option<String> {
    use shared::content::SideRole::{Lifts, Weighs};
    let role = match weighs.cmp(&lifts) {
        std::cmp::Ordering::Equal if weighs == 0 => return None,
        std::cmp::Ordering::Equal => return Some(texts.get(Key::BalanceEven).to_owned()),
        std::cmp::Ordering::Greater => Weighs,
        std::cmp::Ordering::Less => Lifts,
    };
    let side = content.sides.iter().find(|side| side.role == role)?;
    Some(texts.balance_heavier(side.title.get(texts.language)))
}
