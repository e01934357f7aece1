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
    /// The workshop's title.
    pub workshop: String,
    /// When it was taken out, in words.
    pub made: String,
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
        let words: Vec<String> = answers.agreed_levels().iter().map(|stamped| name(stamped.value)).collect();
        match words.as_slice() {
            [] => self.texts.get(Key::ScreenAgreedOpen).to_owned(),
            _ if answers.agreed.is_unsettled() => self.texts.result_two(&words.join(" / ")),
            words => words.join(" / "),
        }
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

    /// The time frame in words.
    #[must_use]
    pub fn time(&self) -> String {
        let values = self.answers.time_frame.values();
        let frames: Vec<String> = values
            .iter()
            .filter_map(|stamped| TimeFrame::parse(&stamped.value))
            .map(|frame| frame.words(self.texts, self.year))
            .collect();
        if frames.is_empty() { self.texts.get(Key::TableTimeNone).to_owned() } else { frames.join(" / ") }
    }

    /// The whole result as text that can be pasted anywhere.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        let maturity = self.table.maturity();
        let language = self.texts.language;
        // Writing to a string does not fail.
        let _ = writeln!(text, "{}\n{}\n{}", self.workshop, self.table.tool.title.get(language), self.made);
        for column in ColumnRole::ALL {
            let title = maturity.column(column).map_or("", |column| column.title.get(language));
            let _ = writeln!(text, "\n{title}\n{}", self.agreed(column));
            if let Some(reason) = self.reason(column) {
                let _ = writeln!(text, "{reason}");
            }
            let answers = self.answers.column(column);
            for level in maturity.levels.iter().rev() {
                let people = answers.placements.get(&level.value).map_or(0, Vec::len);
                let notes: Vec<&Note> =
                    answers.examples.iter().filter(|note| note.level == Some(level.value)).collect();
                if people == 0 && notes.is_empty() {
                    continue;
                }
                let name = self.texts.table_level_name(usize::from(level.value), level.name.get(language));
                let _ = writeln!(text, "  {name}: {}", self.texts.result_people(people));
                for note in notes {
                    let _ = writeln!(text, "  - {}", note.text.replace('\n', "\n    "));
                }
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

#[cfg(test)]
mod tests {
    use shared::content::Language;
    use shared::documents::AnswerKey;
    use shared::documents::board::BoardView;
    use shared::documents::control::ControlView;
    use shared::documents::maturity::{column_field, obstacles_field};

    use super::*;
    use crate::table::tests::{instance, note};

    fn report(board: &BoardView) -> Report {
        let table = Table::of(&instance()).unwrap();
        let answers = table.answers(&ControlView::default(), board);
        let texts = Texts::new(Language::Danish);
        Report { workshop: "Nordhallen".into(), made: "i dag".into(), table, answers, texts, year: 2026 }
    }

    #[test]
    fn the_text_holds_what_was_written_and_says_what_is_not_there() {
        let table = Table::of(&instance()).unwrap();
        let mut board = BoardView::default();
        let example = AnswerKey::shared(table.instance, column_field("levels", ColumnRole::Now));
        let obstacle = AnswerKey::shared(table.instance, obstacles_field("levels"));
        for note in [note(7, &example, Some(2), "Vi spørger"), note(8, &obstacle, None, "to\nlinjer")] {
            board.notes.insert(note.id, note);
        }
        let text = report(&board).text();
        for part in [
            "Nordhallen",
            "Støtte",
            "Hvor er vi nu?",
            "Trin 2 · Aktiv",
            "- Vi spørger",
            "- to\n  linjer",
            "Ingen tid valgt endnu",
        ] {
            assert!(text.contains(part), "{part} is missing in\n{text}");
        }
        assert!(text.contains("Ikke aftalt endnu"), "{text}");
        assert!(!text.contains("Passiv"), "a level that nobody chose takes no line:\n{text}");
    }
}
