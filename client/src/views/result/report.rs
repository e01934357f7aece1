//! The result in words, for the form and for the text to copy.

use std::fmt::Write as _;
use std::rc::Rc;

use shared::content::PromptRole;
use shared::documents::board::Note;
use shared::documents::maturity::MaturityAnswers;

use crate::table::{ColumnRole, Table};
use crate::texts::{Key, Texts};
use crate::time_frame::TimeFrame;

/// Everything that the result of a table holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The table.
    pub table: Table,
    /// What is answered.
    pub answers: Rc<MaturityAnswers>,
    /// The language.
    pub texts: Texts,
    /// The year, which dates within it leave out.
    pub year: u32,
}

impl Report {
    /// The agreed level of a column in words; all of them where they are not settled.
    #[must_use]
    pub fn agreed(&self, column: ColumnRole) -> String {
        let answers = self.answers.column(column);
        let name = |level: u8| {
            let name = self.table.maturity().level(level).map_or("", |level| level.name.get(self.texts.language));
            self.texts.table_level_name(usize::from(level), name)
        };
        let words = answers.agreed.values().iter().map(|stamped| match stamped.value {
            0 => self.texts.get(Key::ScreenAgreedOpen).to_owned(),
            level => name(level),
        });
        self.one_or_met(&words.collect::<Vec<_>>(), answers.agreed.is_unsettled(), Key::ScreenAgreedOpen)
    }

    /// The one value that holds, or all that met, said to be so.
    fn one_or_met(&self, words: &[String], is_unsettled: bool, none: Key) -> String {
        match words {
            [] => self.texts.get(none).to_owned(),
            words if is_unsettled => self.texts.result_two(&words.join(" / ")),
            words => words.join(" / "),
        }
    }

    /// The examples of a column on `level`; with `None` those that are on no level of the table.
    #[must_use]
    pub fn examples(&self, column: ColumnRole, level: Option<u8>) -> Vec<&Note> {
        let level_of = |note: &Note| note.level.filter(|level| self.table.maturity().level(*level).is_some());
        self.answers.column(column).examples.iter().map(Rc::as_ref).filter(|note| level_of(note) == level).collect()
    }

    /// Why, if a reason was written.
    #[must_use]
    pub fn reason(&self, column: ColumnRole) -> Option<String> {
        let reason = self.answers.column(column).reason.trim();
        (!reason.is_empty()).then(|| self.texts.result_reason(reason))
    }

    /// What the time frame is called in this tool.
    #[must_use]
    pub fn time_title(&self) -> String {
        let prompt = self.table.maturity().prompt(PromptRole::TimeFrame);
        prompt.map(|prompt| prompt.title.get(self.texts.language).to_owned()).unwrap_or_default()
    }

    /// The time frame in words; all of them where they are not settled.
    #[must_use]
    pub fn time(&self) -> String {
        let register = &self.answers.time_frame;
        self.one_or_met(&TimeFrame::all(register, self.texts, self.year), register.is_unsettled(), Key::TableTimeNone)
    }

    /// The result as text that can be pasted anywhere.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        let maturity = self.table.maturity();
        let language = self.texts.language;
        for column in ColumnRole::ALL {
            let title = maturity.column(column).map_or("", |column| column.title.get(language));
            let _ = writeln!(text, "\n{title}\n{}", self.agreed(column));
            if let Some(reason) = self.reason(column) {
                let _ = writeln!(text, "{reason}");
            }
            let answers = self.answers.column(column);
            for level in maturity.levels.iter().rev() {
                let people = answers.placements.get(&level.value).map_or(0, Vec::len);
                let notes = self.examples(column, Some(level.value));
                if people == 0 && notes.is_empty() {
                    continue;
                }
                let name = self.texts.table_level_name(usize::from(level.value), level.name.get(language));
                let _ = writeln!(text, "  {name}: {}", self.texts.result_people(people));
                write_examples(&mut text, &notes);
            }
            let others = self.examples(column, None);
            if !others.is_empty() {
                let _ = writeln!(text, "  {}", self.texts.get(Key::ResultNoLevel));
                write_examples(&mut text, &others);
            }
        }
        for (role, notes) in
            [(PromptRole::Obstacles, &self.answers.obstacles), (PromptRole::Signs, &self.answers.signs)]
        {
            let Some(prompt) = maturity.prompt(role) else { continue };
            let _ = writeln!(text, "\n{}", prompt.title.get(language));
            if notes.is_empty() {
                let _ = writeln!(text, "{}", self.texts.get(Key::ResultNothing));
            }
            for note in notes {
                let _ = writeln!(text, "- {}", note.text.replace('\n', "\n  "));
            }
        }
        let _ = writeln!(text, "\n{}\n{}", self.time_title(), self.time());
        let words = self.answers.time_frame_words.trim();
        if !words.is_empty() {
            let _ = writeln!(text, "{words}");
        }
        text
    }
}

fn write_examples(text: &mut String, notes: &[&Note]) {
    for note in notes {
        // Writing to a string does not fail.
        let _ = writeln!(text, "  - {}", note.text.replace('\n', "\n    "));
    }
}

#[cfg(test)]
mod tests {
    use automerge::{ActorId, Automerge};
    use shared::access::FacilitatorSecret;
    use shared::content::Language;
    use shared::documents::board::{self, BoardView};
    use shared::documents::control::{self, ControlView};
    use shared::documents::maturity::{column_field, obstacles_field, time_frame_field};
    use shared::documents::{AnswerKey, Stamped};

    use super::*;
    use crate::table::tests::{note, table};

    fn report(board: &BoardView) -> Report {
        report_of(&ControlView::default(), board)
    }

    fn report_of(control: &ControlView, board: &BoardView) -> Report {
        let table = table();
        let answers = table.answers(control, board);
        let texts = Texts::new(Language::Danish);
        Report { table, answers, texts, year: 2026 }
    }

    #[test]
    fn the_text_holds_what_was_written_and_says_what_is_not_there() {
        let table = table();
        let mut board = BoardView::default();
        let example = AnswerKey::shared(table.instance, column_field("levels", ColumnRole::Now));
        let obstacle = AnswerKey::shared(table.instance, obstacles_field("levels"));
        for note in [note(7, &example, Some(2), "Vi spørger"), note(8, &obstacle, None, "to\nlinjer")] {
            board.notes.insert(note.id, Rc::new(note));
        }
        let text = report(&board).text();
        for part in ["Hvor er vi nu?", "Trin 2 · Aktiv", "- Vi spørger", "- to\n  linjer", "Ingen tid valgt endnu"] {
            assert!(text.contains(part), "{part} is missing in\n{text}");
        }
        assert!(text.contains("Ikke aftalt endnu"), "{text}");
        assert!(!text.contains("Passiv"), "a level that nobody chose takes no line:\n{text}");
    }
    #[test]
    fn an_example_on_no_level_of_the_table_is_not_left_out() {
        let table = table();
        let place = AnswerKey::shared(table.instance, column_field("levels", ColumnRole::Now));
        let mut board = BoardView::default();
        for note in
            [note(7, &place, None, "uden"), note(8, &place, Some(9), "for højt"), note(9, &place, Some(1), "på")]
        {
            board.notes.insert(note.id, Rc::new(note));
        }
        let report = report(&board);
        assert!(report.text().contains("  Uden trin\n  - uden\n  - for højt\n"), "{}", report.text());
        let texts = |level| {
            report.examples(ColumnRole::Now, level).into_iter().map(|note| note.text.as_str()).collect::<Vec<_>>()
        };
        assert_eq!((texts(None), texts(Some(1))), (vec!["uden", "for højt"], vec!["på"]));
        assert!(report.examples(ColumnRole::Ambition, None).is_empty());
    }

    /// Two writers who each set something while apart.
    fn apart(genesis: Automerge, set: impl Fn(&mut Automerge, usize)) -> Automerge {
        let mut here = genesis.with_actor(ActorId::from([1; 16]));
        let mut there = here.fork().with_actor(ActorId::from([2; 16]));
        set(&mut here, 0);
        set(&mut there, 1);
        here.merge(&mut there).unwrap();
        here
    }

    #[test]
    fn what_met_is_said_to_be_unsettled_also_where_one_took_it_away() {
        let table = table();
        let time = AnswerKey::shared(table.instance, time_frame_field("levels"));
        let times = |values: [&str; 2]| {
            let doc = apart(board::genesis(), |doc, one| {
                let at = i64::try_from(one).unwrap();
                board::set_register(doc, &time, &Stamped { value: values[one].into(), by: None, at }).unwrap();
            });
            report(&BoardView::read(&doc)).time()
        };
        assert_eq!(times(["P6M", "P3M"]), "Ikke afgjort: inden for 6 måneder / inden for 3 måneder");
        assert_eq!(times(["", "P6M"]), "Ikke afgjort: Ingen tid valgt endnu / inden for 6 måneder");
        assert_eq!(times(["P6M", "P6M"]), "inden for 6 måneder");
        assert_eq!(times(["", ""]), "Ingen tid valgt endnu");

        let level = AnswerKey::shared(table.instance, column_field("levels", ColumnRole::Now));
        let genesis = control::genesis(&FacilitatorSecret::from_random([1; 16]).identity());
        let doc = apart(genesis, |doc, one| {
            let (value, at) = ([0, 2][one], i64::try_from(one).unwrap());
            control::decide(doc, &level, &Stamped { value, by: None, at }).unwrap();
        });
        let agreed = report_of(&ControlView::read(&doc), &BoardView::default()).agreed(ColumnRole::Now);
        assert_eq!(agreed, "Ikke afgjort: Ikke aftalt endnu / Trin 2 · Aktiv");
    }
}
