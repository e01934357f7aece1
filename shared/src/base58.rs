//! Base58 with a checksum, as automerge-repo writes document ids: four bytes of SHA-256, taken twice.
//!
//! `bs58` has it too, but with an older SHA-256 beside the one that Automerge brings, and clients would download both.

use sha2::{Digest as _, Sha256};

const CHECKSUM_BYTES: usize = 4;

/// `payload` and its checksum as text.
pub(crate) fn encode_check(payload: &[u8]) -> String {
    let mut bytes = payload.to_vec();
    bytes.extend(checksum(payload));
    bs58::encode(bytes).into_string()
}

/// The payload of a text of [`encode_check`]; `None` if it was cut off or changed.
///
/// Decoding is quadratic: bound the text's length first.
pub(crate) fn decode_check(text: &str) -> Option<Vec<u8>> {
    let mut bytes = bs58::decode(text).into_vec().ok()?;
    let payload = bytes.len().checked_sub(CHECKSUM_BYTES)?;
    (bytes.split_off(payload) == checksum(&bytes)).then_some(bytes)
}

fn checksum(payload: &[u8]) -> [u8; CHECKSUM_BYTES] {
    let [a, b, c, d, ..] = <[u8; 32]>::from(Sha256::digest(Sha256::digest(payload)));
    [a, b, c, d]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_form_that_others_write() {
        // The first address of Bitcoin, whose form this is.
        let text = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa";
        let payload = decode_check(text).unwrap();
        assert_eq!(payload.len(), 21);
        assert_eq!(encode_check(&payload), text);
    }

    #[test]
    fn what_was_cut_off_or_changed_is_refused() {
        let text = encode_check(b"dialogtavle");
        assert_eq!(decode_check(&text).as_deref(), Some(&b"dialogtavle"[..]));
        assert_eq!(decode_check(&text[1..]), None);
        assert_eq!(decode_check(&format!("{text}2")), None);
        assert_eq!(decode_check("0"), None);
        assert_eq!(decode_check(""), None);
    }
}
