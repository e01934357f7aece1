//! The way through a workshop's tools: every step of every part, in order.

use shared::documents::control::ToolInstance;

use super::{Step, StepViews, steps_of};
use crate::part::{PartAt, Spot};
use crate::session::Snapshot;
use crate::texts::Texts;

/// A step with where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Stop {
    /// The part.
    pub at: PartAt,
    /// The step.
    pub step: Step,
}

impl Stop {
    /// Its address.
    #[must_use]
    pub fn spot(&self) -> Spot {
        self.at.spot(&self.step.code)
    }

    /// What is answered there; `None` while nothing is.
    #[must_use]
    pub fn state(&self, snapshot: &Snapshot, texts: Texts) -> Option<String> {
        let views = steps_of(self.at.part().kind())?;
        views.state(&self.at, &self.step.code, snapshot, texts)
    }

    /// What its kind draws it with.
    #[must_use]
    pub fn views(&self) -> Option<&'static dyn StepViews> {
        steps_of(self.at.part().kind())
    }
}

/// The steps of one part, in order; none of a kind that is not drawn, or not here yet.
#[must_use]
pub fn stops_of(at: &PartAt, texts: Texts) -> Vec<Stop> {
    let steps = steps_of(at.part().kind()).map(|views| views.steps(at, texts)).unwrap_or_default();
    steps.into_iter().map(|step| Stop { at: at.clone(), step }).collect()
}

/// The steps of a tool, in order.
#[must_use]
pub fn stops(instance: &ToolInstance, texts: Texts) -> Vec<Stop> {
    PartAt::all(instance).flat_map(|at| stops_of(&at, texts)).collect()
}

/// How many of a part's questions are answered, and how many there are.
#[must_use]
pub fn progress(stops: &[Stop], snapshot: &Snapshot, texts: Texts) -> (usize, usize) {
    let asking = stops.iter().filter(|stop| stop.step.asks);
    asking
        .fold((0, 0), |(answered, all), stop| (answered + usize::from(stop.state(snapshot, texts).is_some()), all + 1))
}

/// The first question of the workshop that this person has not answered, and whether any comes before it.
#[must_use]
pub fn next_open(snapshot: &Snapshot, texts: Texts) -> Option<(Stop, bool)> {
    let mut has_begun = false;
    for tool in snapshot.my_tools() {
        for stop in stops(tool, texts).into_iter().filter(|stop| stop.step.asks) {
            if stop.state(snapshot, texts).is_none() {
                return Some((stop, has_begun));
            }
            has_begun = true;
        }
    }
    None
}
