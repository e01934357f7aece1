//! Tools and packs as bytes: in a workshop's control document, and as files that the client fetches.
//!
//! CBOR with numbered fields, as the derives in this folder say. A number is never given to another field. A later
//! version may add fields, which this one skips, and must then read what lacks them: as an `Option`, or by `default`.

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
    Unknown(#[source] minicbor::decode::Error),
}

impl Tool {
    /// The tool as CBOR in a zlib stream: what lies in the control document, never changed afterwards.
    ///
    /// The same tool gives the same bytes in one build. Any zlib reads them; in a browser `DecompressionStream`
    /// does, as `deflate`.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let plain = minicbor::to_vec(self).expect("writing to memory does not fail");
        let mut bytes = Vec::new();
        let read = ZlibEncoder::new(plain.as_slice(), Compression::best()).read_to_end(&mut bytes);
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
        let mut plain = Vec::new();
        let bound = INFLATED_BYTES as u64 + 1;
        ZlibDecoder::new(bytes).take(bound).read_to_end(&mut plain).map_err(StoredToolError::Damaged)?;
        if plain.len() > INFLATED_BYTES {
            return Err(StoredToolError::TooLarge);
        }
        minicbor::decode(&plain).map_err(StoredToolError::Unknown)
    }
}

#[cfg(test)]
mod tests {
    use minicbor::{Encode, data::Token};

    use super::*;
    use crate::content::{
        Audience, Body, Entry, Layer, Localized, Part, People, Reference, Section, Source, Theme, Unread,
    };

    fn deflated(plain: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        ZlibEncoder::new(plain, Compression::best()).read_to_end(&mut bytes).unwrap();
        bytes
    }

    fn text(da: &str, en: &str) -> Localized {
        Localized { da: da.to_owned(), en: en.to_owned() }
    }

    fn tool() -> Tool {
        let entry = Entry { id: "p".into(), text: text("Ø", "O"), ours: true };
        let section = Section { id: "s".into(), title: text("Æ", "E"), paragraphs: vec![entry], ..Section::default() };
        let body = Body::Reference(Unread::from(&Reference { sections: vec![section] }));
        let part = Part { id: "read".into(), title: None, intro: Vec::new(), note: Some(text("å", "a")), body };
        Tool {
            id: "X1".into(),
            title: text("a", "b"),
            short_title: text("a", "b"),
            summary: text("a", "b"),
            minutes: 5,
            audience: Audience::Own,
            purpose: None,
            parts: vec![part],
            source: Source { title: "t".into(), publisher: "p".into(), ..Source::default() },
            also: vec![Audience::Group],
            themes: vec![Theme::Stress],
            layers: vec![Layer::Employees],
            actions: true,
            people: Some(People { from: 1, to: None }),
        }
    }

    /// The tool's fields one by one, to be put together again in another way.
    fn fields() -> Vec<Vec<u8>> {
        let plain = minicbor::to_vec(tool()).unwrap();
        let mut decoder = minicbor::Decoder::new(&plain);
        let count = decoder.array().unwrap().unwrap();
        let mut field = |_| {
            let begin = decoder.position();
            decoder.skip().unwrap();
            plain[begin..decoder.position()].to_vec()
        };
        (0..count).map(&mut field).collect()
    }

    fn array(items: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = minicbor::to_vec(Token::Array(items.len() as u64)).unwrap();
        bytes.extend(items.concat());
        bytes
    }

    fn encoded(value: impl Encode<()>) -> Vec<u8> {
        minicbor::to_vec(value).unwrap()
    }

    #[test]
    fn a_tool_comes_back_whole_and_gives_the_same_bytes_again() {
        let bytes = tool().to_bytes();
        let again = Tool::from_bytes(&bytes).unwrap();
        assert_eq!(again, tool());
        assert_eq!(again.to_bytes(), bytes);
    }

    #[test]
    fn what_a_later_version_added_to_a_tool_is_skipped() {
        let mut later = fields();
        later.extend([encoded("a field of later"), encoded(vec![vec![1, 2], vec![3]])]);
        assert_eq!(Tool::from_bytes(&deflated(&array(&later))).unwrap(), tool());
    }

    #[test]
    fn bytes_that_unfold_without_end_are_refused() {
        let bomb = deflated(&vec![b' '; 64 << 20]);
        assert!(bomb.len() < 100_000);
        assert!(matches!(Tool::from_bytes(&bomb), Err(StoredToolError::TooLarge)));
    }

    #[test]
    fn a_list_that_claims_more_than_it_holds_is_refused() {
        let mut claims = fields();
        claims[7] = encoded(Token::Array(u64::MAX));
        assert!(matches!(Tool::from_bytes(&deflated(&array(&claims))), Err(StoredToolError::Unknown(_))));
        // Nor does what is skipped lead anywhere by its depth.
        let mut deep = fields();
        deep.push([vec![0x81; 500_000], vec![0]].concat());
        assert_eq!(Tool::from_bytes(&deflated(&array(&deep))).unwrap(), tool());
    }

    #[test]
    fn a_tool_of_a_later_kind_is_told_from_a_damaged_one() {
        let mut later = fields();
        later[7] = encoded([(99, "hologram")]);
        let later = deflated(&array(&later));
        assert!(matches!(Tool::from_bytes(&later), Err(StoredToolError::Unknown(_))));
        assert!(matches!(Tool::from_bytes(&later[..later.len() / 2]), Err(StoredToolError::Damaged(_))));
        assert!(matches!(Tool::from_bytes(b"\xff\xfe"), Err(StoredToolError::Damaged(_))));
        assert!(matches!(Tool::from_bytes(b""), Err(StoredToolError::Damaged(_))));
    }
}
