//! The time frame of a table: a date, or a number of months.

use shared::documents::{Register, Stamped};

use crate::local_time::{LocalTime, date};
use crate::texts::{Key, Texts};

/// By when the group wants to be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeFrame {
    /// At the latest on this day.
    By(LocalTime),
    /// Within so many months.
    Months(u8),
}

impl TimeFrame {
    /// The numbers of months that are offered.
    pub const OFFERED: [u8; 5] = [1, 3, 6, 9, 12];

    /// Reads what lies in the document: `2027-04-01` or `P6M`; `None` for a cleared one and for anything else.
    #[must_use]
    pub fn parse(value: &str) -> Option<Self> {
        let months = value.strip_prefix('P').and_then(|rest| rest.strip_suffix('M'));
        match months {
            Some(months) => months.parse().ok().filter(|months| (1..=120).contains(months)).map(Self::Months),
            None => LocalTime::from_date(value).map(Self::By),
        }
    }

    /// What lies in the document.
    #[must_use]
    pub fn value(self) -> String {
        match self {
            Self::By(LocalTime { year, month, day, .. }) => format!("{year:04}-{month:02}-{day:02}"),
            Self::Months(months) => format!("P{months}M"),
        }
    }

    /// It in words: `inden for 6 måneder`.
    #[must_use]
    pub fn words(self, texts: Texts, this_year: u32) -> String {
        match self {
            Self::By(time) => texts.table_before_date(&date(texts, time, this_year)),
            Self::Months(months) => texts.table_within_months(usize::from(months)),
        }
    }

    /// Everything that stands, in words, each once: none, one, or all that met. That the time was taken away is a
    /// value like the others where it met one.
    #[must_use]
    pub fn all(register: &Register<Stamped<String>>, texts: Texts, this_year: u32) -> Vec<String> {
        let mut all = Vec::new();
        for stamped in register.values() {
            let words = match Self::parse(&stamped.value) {
                Some(frame) => frame.words(texts, this_year),
                None if register.is_unsettled() => texts.get(Key::TableTimeNone).to_owned(),
                None => continue,
            };
            if !all.contains(&words) {
                all.push(words);
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_frame_reads_back() {
        for value in ["2027-04-01", "P6M", "P12M"] {
            assert_eq!(TimeFrame::parse(value).map(TimeFrame::value).as_deref(), Some(value));
        }
        for value in ["", "P0M", "P999M", "snart", "2027-00-10"] {
            assert_eq!(TimeFrame::parse(value), None, "{value}");
        }
    }
}
