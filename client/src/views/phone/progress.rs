//! How far a person has come in a table, step by step.

use shared::content::PromptRole;
use shared::documents::EntryId;
use shared::documents::maturity::MaturityAnswers;

use crate::session::Snapshot;
use crate::table::{Step, Table};
use crate::texts::{Key, Texts};

/// What is answered at a step, in words; `None` where nothing is.
#[must_use]
pub fn state(answers: &MaturityAnswers, step: Step, me: Option<EntryId>, texts: Texts) -> Option<String> {
    match step {
        Step::Place(column) => {
            let level = me.and_then(|me| answers.column(column).level_of(me));
            level.map(|level| texts.table_you_chose(usize::from(level)))
        }
        Step::Prompt(PromptRole::Obstacles) => counted(answers.obstacles.len(), texts),
        Step::Prompt(PromptRole::Signs) => counted(answers.signs.len(), texts),
        Step::Prompt(PromptRole::TimeFrame) => {
            let is_set = answers.time_frame.values().iter().any(|stamped| !stamped.value.is_empty());
            let is_worded = !answers.time_frame_words.trim().is_empty();
            (is_set || is_worded).then(|| texts.get(Key::TableDone).to_owned())
        }
        Step::Agreed => answers.gap().is_some().then(|| texts.get(Key::TableDone).to_owned()),
    }
}

/// The first question that this person has not answered, and whether any comes before it.
#[must_use]
pub fn next_open(snapshot: &Snapshot, texts: Texts) -> Option<(Table, Step, bool)> {
    let mut has_begun = false;
    for table in Table::all(&snapshot.control) {
        let answers = table.answers(&snapshot.control, &snapshot.board);
        for step in table.steps().into_iter().filter(|step| *step != Step::Agreed) {
            if state(&answers, step, snapshot.me, texts).is_none() {
                return Some((table, step, has_begun));
            }
            has_begun = true;
        }
    }
    None
}

fn counted(count: usize, texts: Texts) -> Option<String> {
    (count > 0).then(|| texts.table_count_notes(count))
}

/// What a step asks, in the tool's own words.
#[must_use]
pub fn title_of(table: &Table, step: Step, texts: Texts) -> String {
    let maturity = table.maturity();
    let title = match step {
        Step::Place(column) => maturity.column(column).map(|column| &column.title),
        Step::Prompt(role) => maturity.prompt(role).map(|prompt| &prompt.title),
        Step::Agreed => None,
    };
    title.map_or(texts.get(Key::TableAgreed), |title| title.get(texts.language)).to_owned()
}
