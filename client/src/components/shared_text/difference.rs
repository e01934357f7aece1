//! What a person just did in a field, told by comparing what was shown with what is there now.
//!
//! Offsets count UTF-16 code units, as the browser does.

/// One replacement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    /// Where it begins.
    pub(super) at: usize,
    /// How many code units went.
    pub(super) delete: usize,
    /// What came instead.
    pub(super) insert: String,
}

/// The one replacement that turns `shown` into `now`; `None` if they are equal.
///
/// `caret` is where the cursor stands after it: what was typed ends there, which tells apart the letters of `aaa`.
pub(super) fn difference(shown: &str, now: &str, caret: usize) -> Option<Difference> {
    if shown == now {
        return None;
    }
    let (before, after): (Vec<u16>, Vec<u16>) = (shown.encode_utf16().collect(), now.encode_utf16().collect());
    let mut end = common(before.iter().rev(), after.iter().rev()).min(after.len().saturating_sub(caret));
    let mut start = common(before.iter(), after.iter()).min(before.len() - end).min(after.len() - end);
    // An offset inside a surrogate pair would cut a character in two.
    if start > 0 && (is_high(before.get(start - 1)) || is_high(after.get(start - 1))) {
        start -= 1;
    }
    if end > 0 && (is_low(before.get(before.len() - end)) || is_low(after.get(after.len() - end))) {
        end -= 1;
    }
    let insert = String::from_utf16_lossy(&after[start..after.len() - end]);
    Some(Difference { at: start, delete: before.len() - end - start, insert })
}

fn common<'a>(one: impl Iterator<Item = &'a u16>, two: impl Iterator<Item = &'a u16>) -> usize {
    one.zip(two).take_while(|(one, two)| one == two).count()
}

fn is_high(unit: Option<&u16>) -> bool {
    unit.is_some_and(|unit| (0xD800..0xDC00).contains(unit))
}

fn is_low(unit: Option<&u16>) -> bool {
    unit.is_some_and(|unit| (0xDC00..0xE000).contains(unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(shown: &str, now: &str, caret: usize) -> (usize, usize, String) {
        let Difference { at, delete, insert } = difference(shown, now, caret).unwrap();
        (at, delete, insert)
    }

    #[test]
    fn what_was_typed_ends_at_the_caret() {
        assert_eq!(found("aa", "aaa", 1), (0, 0, "a".into()));
        assert_eq!(found("aa", "aaa", 3), (2, 0, "a".into()));
        assert_eq!(found("vi ses", "vi ses aldrig", 13), (6, 0, " aldrig".into()));
    }

    #[test]
    fn a_replaced_stretch_is_one_replacement() {
        assert_eq!(found("vi hjælper os", "vi støtter os", 10), (3, 7, "støtter".into()));
        assert_eq!(found("abc", "", 0), (0, 3, String::new()));
    }

    #[test]
    fn a_character_of_two_code_units_is_never_cut() {
        assert_eq!(found("😀", "😃", 2), (0, 2, "😃".into()));
        assert_eq!(found("a😀", "a", 1), (1, 2, String::new()));
    }

    #[test]
    fn the_same_text_is_no_difference() {
        assert_eq!(difference("æøå", "æøå", 3), None);
    }

    #[test]
    fn any_difference_turns_the_one_into_the_other() {
        let words = ["", "a", "aa", "aba", "😀a😃", "😃😃", "æøå", "baab"];
        for shown in words {
            for now in words {
                for caret in 0..=now.encode_utf16().count() {
                    let Some(Difference { at, delete, insert }) = difference(shown, now, caret) else { continue };
                    let mut units: Vec<u16> = shown.encode_utf16().collect();
                    units.splice(at..at + delete, insert.encode_utf16());
                    assert_eq!(String::from_utf16(&units).unwrap(), now, "{shown} to {now}, caret {caret}");
                }
            }
        }
    }
}
