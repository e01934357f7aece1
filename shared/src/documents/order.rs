//! Fractional keys: the order of entries without a list that two could break.

/// Digits in the order of their bytes.
const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// A key for a new entry at the end: its time, so that entries made apart fall into the order in which they were made.
#[must_use]
pub fn at_end(at_ms: i64) -> String {
    format!("{:012x}i", at_ms.max(0))
}

/// A key between two neighbours; `None` is the end of the list on that side.
///
/// Where `low` is not below `high` (two moved into the same gap while apart), the key sorts right after `low`.
#[must_use]
pub fn between(low: Option<&str>, high: Option<&str>) -> String {
    let low = low.unwrap_or("").as_bytes();
    let high = high.filter(|high| low < high.as_bytes()).map(str::as_bytes);
    let digit = |byte: Option<&u8>| byte.and_then(|b| DIGITS.iter().position(|d| d == b)).unwrap_or(0);
    let mut key = Vec::new();
    let mut bounded = high;
    for at in 0.. {
        let below = digit(low.get(at));
        // A bound that ends here leaves no gap (only a hostile key does): sort right after `low` instead.
        bounded = bounded.filter(|high| at < high.len());
        let above = bounded.map_or(DIGITS.len(), |high| digit(high.get(at)));
        if above > below + 1 {
            key.push(DIGITS[usize::midpoint(below, above)]);
            break;
        }
        key.push(DIGITS[below]);
        if above > below {
            bounded = None;
        }
    }
    String::from_utf8_lossy(&key).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_lies_between_its_neighbours_a_thousand_times_over() {
        let (mut low, high) = (at_end(1_700_000_000_000), at_end(1_700_000_000_001));
        for _ in 0..1000 {
            let middle = between(Some(&low), Some(&high));
            assert!(low < middle && middle < high, "{low} {middle} {high}");
            low = middle;
        }
        let mut high = high;
        for _ in 0..1000 {
            let middle = between(None, Some(&high));
            assert!(middle < high, "{middle} {high}");
            high = middle;
        }
    }

    #[test]
    fn a_gap_that_holds_nothing_still_gives_a_key() {
        assert!(between(Some("a"), Some("a0")).as_str() > "a");
        assert!(between(Some("b"), Some("a")).as_str() > "b");
    }

    #[test]
    fn later_entries_come_after_earlier_ones() {
        assert!(at_end(999) < at_end(1000) && at_end(1000) < at_end(1_900_000_000_000));
    }
}
