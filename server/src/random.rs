//! Random bytes from the operating system.

/// `N` random bytes, good enough for secrets.
pub(crate) fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("every system that this runs on gives random bytes once it has started");
    bytes
}

/// Random bytes as hexadecimal text.
pub(crate) fn hex<const N: usize>() -> String {
    use std::fmt::Write as _;
    bytes::<N>().iter().fold(String::new(), |mut text, byte| {
        // Writing into a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
