//! Names by which packs, tools and entries are known for good: never reused, never translated.

use minicbor::{Decode, Encode};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident $pattern:literal)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
        #[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
        #[cbor(transparent)]
        pub struct $name(
            #[cfg_attr(feature = "packs", schemars(regex(pattern = $pattern)))]
            #[n(0)]
            String,
        );

        impl $name {
            /// The id as it is written in packs and documents.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(id: String) -> Self {
                Self(id)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.0 == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }
    )*};
}

ids! {
    /// Names a pack: lower-case words with hyphens, best the same as its folder.
    PackId "^[a-z0-9]+(-[a-z0-9]+)*$"
    /// Names a tool as the inventory has it, such as `A1`: letters and digits, a letter first.
    ToolId "^[A-Za-z][A-Za-z0-9]*$"
    /// Names a part, level, step, prompt or line of a tool: lower-case words with hyphens, unique in its tool.
    EntryId "^[a-z0-9]+(-[a-z0-9]+)*$"
}

#[cfg(feature = "packs")]
impl ToolId {
    /// Whether it is letters and digits with a letter first.
    pub(super) fn is_well_formed(&self) -> bool {
        self.0.starts_with(|c: char| c.is_ascii_alphabetic()) && self.0.chars().all(|c| c.is_ascii_alphanumeric())
    }

    /// Orders ids as a person would: `E2` before `E10`.
    pub(super) fn reading_order(&self) -> (String, u64, String) {
        let start = self.0.find(|c: char| c.is_ascii_digit()).unwrap_or(self.0.len());
        let (letters, rest) = self.0.split_at(start);
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (digits, tail) = rest.split_at(end);
        (letters.to_owned(), digits.parse().unwrap_or(0), tail.to_owned())
    }
}

/// Longest id of a pack or an entry, in characters: what is answered lies under keys that hold up to three of them.
#[cfg(feature = "packs")]
const LONGEST: usize = 50;

/// Whether `id` is lower-case words with hyphens between them and not too long, as packs and entries are named.
#[cfg(feature = "packs")]
pub(super) fn is_kebab_case(id: &str) -> bool {
    let word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    id.len() <= LONGEST && id.split('-').all(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tools_are_read_in_the_order_of_their_numbers() {
        let mut ids = ["E10", "B", "E2", "A1"].map(ToolId::from);
        ids.sort_by_key(ToolId::reading_order);
        assert_eq!(ids.map(|id| id.to_string()), ["A1", "B", "E2", "E10"]);
    }

    #[test]
    fn an_entry_is_named_by_lower_case_words_with_hyphens() {
        assert!(["close-to-all", "a", "step-2"].into_iter().all(is_kebab_case));
        assert!(is_kebab_case(&"x".repeat(LONGEST)) && !is_kebab_case(&"x".repeat(LONGEST + 1)));
        assert!(!["", "Close", "close_to", "-close", "close-", "close--to", "nær"].into_iter().any(is_kebab_case));
    }
}
