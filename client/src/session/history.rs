//! What undo and redo would do: one's own last steps, and nobody else's.

use shared::documents::text::{TextEdit, TextTarget};
use shared::sync::Millis;

use super::action::{ActionId, ActionLabel};
use super::step::Step;

/// Most steps that are remembered.
const MOST: usize = 200;
/// A pause in typing after which undo takes back what comes next by itself.
const PAUSE: Millis = Millis(1_500);

/// A step back or forth, with what the step was called that it takes back or does again.
#[derive(Debug, Clone)]
struct Remembered {
    label: ActionLabel,
    step: Step,
}

/// A run of typing: one thing done, as long as it goes on in one place without a pause.
#[derive(Debug, Clone)]
struct Run {
    action: ActionId,
    target: TextTarget,
    /// Where the next letter of the run comes, in UTF-16 code units.
    end: usize,
    last: Millis,
}

/// One's own last steps.
#[derive(Debug, Default)]
pub(super) struct History {
    undo: Vec<Remembered>,
    redo: Vec<Remembered>,
    run: Option<Run>,
}

impl History {
    /// What undo would take back.
    pub(super) fn can_undo(&self) -> Option<ActionLabel> {
        self.undo.last().map(|remembered| remembered.label)
    }

    /// What redo would do again.
    pub(super) fn can_redo(&self) -> Option<ActionLabel> {
        self.redo.last().map(|remembered| remembered.label)
    }

    /// Notes a step that was taken, and how it is taken back.
    pub(super) fn did(&mut self, label: ActionLabel, back: Option<Step>) {
        self.run = None;
        self.redo.clear();
        match back {
            Some(step) => self.remember(Remembered { label, step }),
            // What cannot be taken back hides what came before: undo never skips over a step.
            None => self.undo.clear(),
        }
    }

    /// The action that an edit belongs to: the run that it goes on with, or `next`, a new one.
    pub(super) fn run(
        &mut self,
        now: Millis,
        target: &TextTarget,
        at: usize,
        delete: usize,
        next: ActionId,
    ) -> ActionId {
        let goes_on = |run: &Run| {
            run.target == *target && now.since(run.last) <= PAUSE && (at == run.end || at + delete == run.end)
        };
        match &self.run {
            Some(run) if goes_on(run) => run.action,
            _ => {
                self.run = None;
                next
            }
        }
    }

    /// Notes an edit of `action`, after which the cursor stands at `end`.
    pub(super) fn typed(&mut self, now: Millis, action: ActionId, target: &TextTarget, end: usize, edit: TextEdit) {
        self.redo.clear();
        let goes_on = self.run.as_ref().is_some_and(|run| run.action == action);
        match self.undo.last_mut() {
            Some(Remembered { step: Step::UndoText { edits, .. }, .. }) if goes_on => edits.push(edit),
            _ => {
                let step = Step::UndoText { target: target.clone(), edits: vec![edit] };
                self.remember(Remembered { label: ActionLabel::Text, step });
            }
        }
        self.run = Some(Run { action, target: target.clone(), end, last: now });
    }

    /// Ends the run of typing: what comes next is taken back by itself.
    pub(super) fn end_run(&mut self) {
        self.run = None;
    }

    /// Takes the step that undo is to take.
    pub(super) fn take_undo(&mut self) -> Option<(ActionLabel, Step)> {
        self.run = None;
        self.undo.pop().map(|remembered| (remembered.label, remembered.step))
    }

    /// Takes the step that redo is to take.
    pub(super) fn take_redo(&mut self) -> Option<(ActionLabel, Step)> {
        self.run = None;
        self.redo.pop().map(|remembered| (remembered.label, remembered.step))
    }

    /// Notes that undo was done, and how it is done again.
    pub(super) fn undid(&mut self, label: ActionLabel, again: Option<Step>) {
        self.redo.extend(again.map(|step| Remembered { label, step }));
    }

    /// Notes that redo was done, and how it is taken back.
    pub(super) fn redid(&mut self, label: ActionLabel, back: Option<Step>) {
        if let Some(step) = back {
            self.remember(Remembered { label, step });
        }
    }

    fn remember(&mut self, remembered: Remembered) {
        if self.undo.len() >= MOST {
            self.undo.remove(0);
        }
        self.undo.push(remembered);
    }
}
