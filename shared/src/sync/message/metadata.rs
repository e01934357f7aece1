//! What a peer says about itself in `peerMetadata`: stock keys, and ours under `dialogtavle`.

use std::collections::BTreeSet;
use std::fmt;

/// The stock keys and ours.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PeerMetadata {
    /// The id of the peer's storage, if it has one that outlives the connection.
    pub storage_id: Option<String>,
    /// True when the peer keeps nothing, so that its sync state need not be kept either.
    pub is_ephemeral: bool,
    /// Ours; absent from stock peers.
    pub announcement: Option<Announcement>,
}

/// Our part of `peerMetadata`: what the peer understands beyond the stock protocol, and what it presents to be let in.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Announcement {
    /// Version of these keys, 1.
    pub version: u64,
    /// The frame types beyond the stock ones that the peer understands.
    pub features: Features,
    /// What the dialling side presents; absent from a relay's answer.
    pub claim: Option<Claim>,
    /// The relay's name, as the client shows it; absent from a join.
    pub relay: Option<String>,
}

/// What the dialling side presents in its join.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Claim {
    /// The workshop's id.
    pub workshop: [u8; 16],
    /// The role that the secret is for, by its word (`facilitator`, `site`, `participant`, `projector`).
    pub role: String,
    /// The role's secret. Never logged: [`fmt::Debug`] leaves it out.
    pub secret: [u8; 16],
    /// The workshop's public key, so that a relay that never met the workshop can check it by deriving.
    pub public_key: Option<[u8; 32]>,
    /// Random bits of this start of the app: a second line with the same peer id, claim and session replaces the first.
    pub session: [u8; 16],
    /// The build id of the app.
    pub app: String,
}

impl fmt::Debug for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Claim")
            .field("workshop", &self.workshop)
            .field("role", &self.role)
            .field("app", &self.app)
            .finish_non_exhaustive()
    }
}

/// A set of features, by the words on the wire. Unknown words are kept out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Features(BTreeSet<&'static str>);

impl Features {
    /// Understands and sends `dialogtavle-heartbeat`.
    pub const HEARTBEAT: &'static str = "heartbeat";
    /// Understands `dialogtavle-durable`.
    pub const DURABLE: &'static str = "durable";
    /// Understands `dialogtavle-refused`.
    pub const REFUSED: &'static str = "refused";
    /// Understands `dialogtavle-checkpoint`.
    pub const CHECKPOINT: &'static str = "checkpoint";
    /// Understands `dialogtavle-closed`.
    pub const CLOSED: &'static str = "closed";
    /// Understands `s` frames and compact messages.
    pub const COMPACT: &'static str = "compact";

    const ALL: [&'static str; 6] =
        [Self::HEARTBEAT, Self::DURABLE, Self::REFUSED, Self::CHECKPOINT, Self::CLOSED, Self::COMPACT];

    /// Every feature of this version.
    #[must_use]
    pub fn all() -> Self {
        Self(Self::ALL.into())
    }

    /// No feature: a stock peer.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// The known ones among `words`.
    pub fn from_words<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        Self(words.into_iter().filter_map(|word| Self::ALL.into_iter().find(|known| *known == word)).collect())
    }

    /// The words, in order.
    pub fn words(&self) -> impl ExactSizeIterator<Item = &'static str> {
        self.0.iter().copied()
    }

    /// Whether `feature` is among them.
    #[must_use]
    pub fn has(&self, feature: &str) -> bool {
        self.0.contains(feature)
    }
}
