//! What the drawing of a balance is made of.

use shared::content::{Side, SideRole, TwoSided};
use shared::documents::two_sided::{SideAnswers, TwoSidedAnswers, Weighable};
use yew::prelude::AttrValue;

use super::entry_words;
use crate::kinds::words;
use crate::texts::Texts;

/// A pan.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pan {
    /// Which side it is.
    pub(super) side: String,
    /// Which way it pulls.
    pub(super) role: SideRole,
    /// What it is called.
    pub(super) title: AttrValue,
    /// What everything in it weighs.
    pub(super) sum: u32,
    /// What its bands are called, where there are several.
    pub(super) bands: Vec<AttrValue>,
    /// What lies in it, the heaviest first.
    pub(super) weights: Vec<Weight>,
}

/// An entry in a pan.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Weight {
    /// Tells it from others.
    pub(super) key: String,
    /// What it says.
    pub(super) words: AttrValue,
    /// What it weighs for all together.
    pub(super) sum: u32,
    /// Which band of its side it belongs to.
    pub(super) band: usize,
}

/// Both pans.
pub(super) fn pans(content: &TwoSided, balance: &TwoSidedAnswers, texts: Texts) -> Vec<Pan> {
    content.sides.iter().zip(&balance.sides).map(|(side, answers)| pan(side, answers, texts)).collect()
}

fn pan(side: &Side, answers: &SideAnswers, texts: Texts) -> Pan {
    let bands = if side.groups.len() > 1 { side.groups.as_slice() } else { &[] };
    let band = |of: &Weighable| {
        let is_here = |entry: &shared::documents::two_sided::BalanceEntry| entry.of == *of;
        answers.groups.iter().position(|group| group.entries.iter().any(is_here)).unwrap_or(0)
    };
    let weights = answers.in_play().into_iter().map(|entry| Weight {
        key: match &entry.of {
            Weighable::Typical(id) => id.to_string(),
            Weighable::Own(note) => note.to_string(),
        },
        words: entry_words(side, entry, texts),
        sum: entry.sum(),
        band: band(&entry.of),
    });
    Pan {
        side: side.id.to_string(),
        role: side.role,
        title: words(&side.title, texts),
        sum: answers.sum,
        bands: bands.iter().map(|group| words(&group.title, texts)).collect(),
        weights: weights.collect(),
    }
}

/// What both pans weigh, in words.
pub(super) fn said(pans: &[Pan]) -> String {
    let sums: Vec<String> = pans.iter().map(|pan| format!("{} {}", pan.title, pan.sum)).collect();
    sums.join(" · ")
}
