//! Days as the documents hold them.

/// Whether `text` is a day of the calendar as documents hold it, `2027-04-01`. Such texts sort as the days do.
#[must_use]
pub fn is_day(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_shaped = bytes.len() == 10
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let number = |range: std::ops::Range<usize>| text.get(range).and_then(|digits| digits.parse::<u16>().ok());
    let (Some(year), Some(month), Some(day), true) = (number(0..4), number(5..7), number(8..10), is_shaped) else {
        return false;
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 => 28 + u16::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    year >= 1000 && (1..=last).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::is_day;

    #[test]
    fn a_day_is_one_that_the_calendar_has() {
        for day in ["2027-04-01", "2028-02-29", "2000-02-29", "2027-12-31"] {
            assert!(is_day(day), "{day}");
        }
        for no_day in
            ["", "2027-02-29", "2100-02-29", "2027-13-01", "2027-00-10", "2027-04-00", "2027-04-31", "0999-01-01"]
                .into_iter()
                .chain(["2027-4-1", "1/4 2027", "2027-04-0æ", "+027-04-01", "2027-04-011"])
        {
            assert!(!is_day(no_day), "{no_day}");
        }
    }
}
