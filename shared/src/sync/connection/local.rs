//! What a peer says of itself when it joins.

use crate::sync::identity::PeerId;
use crate::sync::message::{Announcement, Claim, Features, PeerMetadata};

/// This end of the line, as the other one sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Local {
    /// Our peer id.
    pub peer: PeerId,
    /// What we say about ourselves; a dialling side's claim stands in here.
    pub metadata: PeerMetadata,
}

impl Local {
    /// A relay with `name`, understanding every feature of this version.
    #[must_use]
    pub fn relay(peer: PeerId, name: &str) -> Self {
        let announcement =
            Announcement { version: 1, features: Features::all(), claim: None, relay: Some(name.to_owned()) };
        Self { peer, metadata: PeerMetadata { announcement: Some(announcement), ..PeerMetadata::default() } }
    }

    /// A client that presents `claim`, understanding every feature of this version.
    #[must_use]
    pub fn client(peer: PeerId, claim: Claim) -> Self {
        let announcement = Announcement { version: 1, features: Features::all(), claim: Some(claim), relay: None };
        Self {
            peer,
            metadata: PeerMetadata { is_ephemeral: true, announcement: Some(announcement), ..PeerMetadata::default() },
        }
    }

    pub(super) fn features(&self) -> Features {
        features_of(&self.metadata)
    }
}

/// The features that a peer announced; none for a stock one (S5).
pub(super) fn features_of(metadata: &PeerMetadata) -> Features {
    metadata.announcement.as_ref().map(|announcement| announcement.features.clone()).unwrap_or_default()
}
