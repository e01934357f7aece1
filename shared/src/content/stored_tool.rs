//! A tool as the bytes that lie in a workshop's control document.

use std::io::Read;

use flate2::{Compression, bufread::ZlibDecoder, bufread::ZlibEncoder};

use super::Tool;

/// Most bytes that a stored tool may unfold to. The largest real one is far below; a hostile one could claim gigabytes.
pub const INFLATED_BYTES: usize = 1 << 20;

/// Why bytes in a document are not a tool that can be shown.
#[derive(Debug, thiserror::Error)]
pub enum StoredToolError {
    /// The bytes are cut off or changed.
    #[error("stored tool is damaged: not a whole zlib stream")]
    Damaged(#[source] std::io::Error),
    /// It unfolds to more than is ever read.
    #[error("stored tool unfolds to more than {INFLATED_BYTES} bytes")]
    TooLarge,
    /// What it holds is no tool, or one of a kind that a later version added.
    #[error("stored tool is not of a kind that this version knows")]
    Unknown(#[source] serde_json::Error),
}

impl Tool {
    /// The tool as JSON in a zlib stream: what lies in the control document, never changed afterwards.
    ///
    /// The same tool gives the same bytes in one build. Any zlib reads them; in a browser `DecompressionStream`
    /// does, as `deflate`.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let json = serde_json::to_vec(self).expect("a tool has only string keys and values that JSON has");
        let mut bytes = Vec::new();
        let read = ZlibEncoder::new(json.as_slice(), Compression::best()).read_to_end(&mut bytes);
        read.expect("deflating memory into memory does not fail");
        bytes
    }

    /// Reads a tool from the bytes of [`Tool::to_bytes`], by this version or another.
    ///
    /// Fields that are not known are skipped. The content is not checked as a pack is: lists may be empty and roles
    /// absent, since a rule that came later must not close an old workshop.
    ///
    /// # Errors
    /// [`StoredToolError`]; at most [`INFLATED_BYTES`] are ever unfolded.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, StoredToolError> {
        let mut json = Vec::new();
        let bound = INFLATED_BYTES as u64 + 1;
        ZlibDecoder::new(bytes).take(bound).read_to_end(&mut json).map_err(StoredToolError::Damaged)?;
        if json.len() > INFLATED_BYTES {
            return Err(StoredToolError::TooLarge);
        }
        serde_json::from_slice(&json).map_err(StoredToolError::Unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deflated(plain: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        ZlibEncoder::new(plain, Compression::best()).read_to_end(&mut bytes).unwrap();
        bytes
    }

    fn tool_with(part: &str) -> String {
        let text = r#"{"da":"a","en":"b"}"#;
        format!(
            r#"{{"id":"X1","title":{text},"short_title":{text},"summary":{text},"minutes":5,"audience":"own",
                "source":{{"title":"t","publisher":"p"}},"later":1,"parts":[{part}]}}"#
        )
    }

    #[test]
    fn a_tool_comes_back_whole_and_gives_the_same_bytes_again() {
        let part = r#"{"kind":"reference","id":"read","sections":[
            {"id":"s","title":{"da":"Æ","en":"E"},"paragraphs":[{"id":"p","da":"Ø","en":"O"}]}]}"#;
        let tool = Tool::from_bytes(&deflated(tool_with(part).as_bytes())).unwrap();
        let bytes = tool.to_bytes();
        let again = Tool::from_bytes(&bytes).unwrap();
        assert_eq!(again, tool);
        assert_eq!(again.to_bytes(), bytes);
    }

    #[test]
    fn bytes_that_unfold_without_end_are_refused() {
        let bomb = deflated(&vec![b' '; 64 << 20]);
        assert!(bomb.len() < 100_000);
        assert!(matches!(Tool::from_bytes(&bomb), Err(StoredToolError::TooLarge)));
    }

    #[test]
    fn a_tool_of_a_later_kind_is_told_from_a_damaged_one() {
        let later = deflated(tool_with(r#"{"kind":"hologram","id":"h"}"#).as_bytes());
        assert!(matches!(Tool::from_bytes(&later), Err(StoredToolError::Unknown(_))));
        assert!(matches!(Tool::from_bytes(&later[..later.len() / 2]), Err(StoredToolError::Damaged(_))));
        assert!(matches!(Tool::from_bytes(b"\xff\xfe"), Err(StoredToolError::Damaged(_))));
        assert!(matches!(Tool::from_bytes(b""), Err(StoredToolError::Damaged(_))));
    }
}
