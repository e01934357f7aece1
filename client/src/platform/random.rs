//! The browser's own randomness.

/// 16 random bytes, fit for secrets.
///
/// # Panics
/// If the browser has no source of randomness: nothing can be made safely then, and no browser of our floor lacks it.
#[must_use]
pub fn bytes() -> [u8; 16] {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("every browser of our floor has randomness");
    bytes
}
