//! Times as people say them, in the place where they are.

use shared::content::Language;

use crate::texts::{Key, Texts};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A moment by the clock on the wall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LocalTime {
    /// The year.
    pub year: u32,
    /// The month, from 1.
    pub month: u32,
    /// The day of the month, from 1.
    pub day: u32,
    /// The hour, from 0.
    pub hour: u32,
    /// The minute.
    pub minute: u32,
}

impl LocalTime {
    /// The moment `at` milliseconds after 1970 began, where this device is.
    #[must_use]
    pub fn at(at: i64) -> Self {
        #[allow(clippy::cast_precision_loss, reason = "milliseconds of the next 200,000 years are exact")]
        let date = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(at as f64));
        Self {
            year: date.get_full_year(),
            month: date.get_month() + 1,
            day: date.get_date(),
            hour: date.get_hours(),
            minute: date.get_minutes(),
        }
    }

    /// The date and nothing more, from its form in documents, `2027-04-01`.
    #[must_use]
    pub fn from_date(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-').map(|part| part.parse::<u32>().ok());
        let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
        let is_date = (1..=12).contains(&month) && (1..=31).contains(&day) && (1000..=9999).contains(&year);
        is_date.then_some(Self { year, month, day, hour: 0, minute: 0 })
    }

    fn is_same_day(self, other: Self) -> bool {
        (self.year, self.month, self.day) == (other.year, other.month, other.day)
    }

    fn clock(self, texts: Texts) -> String {
        let Self { hour, minute, .. } = self;
        match texts.language {
            Language::Danish => format!("{hour}.{minute:02}"),
            Language::English => format!("{hour}:{minute:02}"),
        }
    }
}

/// A date in words, without its year when that is `this_year`.
#[must_use]
pub fn date(texts: Texts, time: LocalTime, this_year: u32) -> String {
    const MONTHS: [Key; 12] = [
        Key::MonthM1,
        Key::MonthM2,
        Key::MonthM3,
        Key::MonthM4,
        Key::MonthM5,
        Key::MonthM6,
        Key::MonthM7,
        Key::MonthM8,
        Key::MonthM9,
        Key::MonthM10,
        Key::MonthM11,
        Key::MonthM12,
    ];
    let month = MONTHS.get(time.month.saturating_sub(1) as usize).map_or("", |key| texts.get(*key));
    if time.year == this_year {
        texts.time_short_date(time.day as usize, month)
    } else {
        texts.time_long_date(time.day as usize, month, &time.year.to_string())
    }
}

/// When something was, seen from `now`: `i dag kl. 10.42`.
#[must_use]
pub fn moment(texts: Texts, at: i64, now: i64) -> String {
    when(texts, LocalTime::at(at), LocalTime::at(now), LocalTime::at(now - DAY))
}

fn when(texts: Texts, at: LocalTime, now: LocalTime, yesterday: LocalTime) -> String {
    let clock = at.clock(texts);
    if at.is_same_day(now) {
        texts.time_today(&clock)
    } else if at.is_same_day(yesterday) {
        texts.time_yesterday(&clock)
    } else {
        texts.time_date_time(&date(texts, at, now.year), &clock)
    }
}

/// How long something lasted, in its largest unit: `18 minutter`.
#[must_use]
pub fn span(texts: Texts, milliseconds: i64) -> String {
    let whole = |unit: i64| usize::try_from(milliseconds / unit).unwrap_or(0);
    match milliseconds {
        ..MINUTE => texts.time_seconds(whole(1_000)),
        MINUTE..HOUR => texts.time_minutes(whole(MINUTE)),
        HOUR..DAY => texts.time_hours(whole(HOUR)),
        _ => texts.time_days(whole(DAY)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::DeviceKind;

    const DANISH: Texts = Texts { language: Language::Danish, device: DeviceKind::Phone };

    fn at(day: u32, hour: u32, minute: u32) -> LocalTime {
        LocalTime { year: 2026, month: 11, day, hour, minute }
    }

    #[test]
    fn a_moment_is_said_from_where_one_stands() {
        let (now, yesterday) = (at(22, 11, 0), at(21, 11, 0));
        assert_eq!(when(DANISH, at(22, 9, 5), now, yesterday), "i dag kl. 9.05");
        assert_eq!(when(DANISH, at(21, 9, 5), now, yesterday), "i går kl. 9.05");
        assert_eq!(when(DANISH, at(2, 9, 5), now, yesterday), "2. november kl. 9.05");
    }

    #[test]
    fn a_date_out_of_a_document_is_read_or_refused() {
        assert_eq!(LocalTime::from_date("2027-04-01").map(|time| date(DANISH, time, 2026)).unwrap(), "1. april 2027");
        for text in ["", "2027-13-01", "P6M", "2027-04", "x-y-z"] {
            assert_eq!(LocalTime::from_date(text), None, "{text}");
        }
    }

    #[test]
    fn a_span_is_said_in_its_largest_unit() {
        assert_eq!(span(DANISH, 25_000), "25 sekunder");
        assert_eq!(span(DANISH, 18 * MINUTE + 30_000), "18 minutter");
        assert_eq!(span(DANISH, DAY), "1 dag");
    }
}
