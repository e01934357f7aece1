//! How many people a tool is for.

use minicbor::{Decode, Encode};

/// How many people fill a tool in together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
pub struct People {
    /// The fewest.
    #[n(0)]
    pub from: u16,
    /// The most; as many as there are if it is left out.
    #[n(1)]
    pub to: Option<u16>,
}

impl People {
    /// Whether any number from `fewest` to `most` is among these.
    #[must_use]
    pub fn meets(self, fewest: u16, most: u16) -> bool {
        self.from <= most && self.to.is_none_or(|to| fewest <= to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_meet_where_they_have_one_in_common() {
        let few = People { from: 3, to: Some(8) };
        assert!(few.meets(1, 3) && few.meets(8, 20) && few.meets(4, 5));
        assert!(!few.meets(1, 2) && !few.meets(9, u16::MAX));
        assert!(People { from: 3, to: None }.meets(200, u16::MAX));
    }
}
