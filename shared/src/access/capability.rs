//! A capability: a secret that grants one role in one workshop.

use crate::documents::Kind;

use super::{Epoch, Secret, WorkshopId};

/// What a person, or a screen, is in a workshop. Ordered from the weakest to the strongest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, minicbor::Encode, minicbor::Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
#[cbor(index_only)]
pub enum Role {
    /// Reads the live board on a large screen, writes nothing.
    #[n(4)]
    Projector,
    /// Writes the board from a phone.
    #[n(3)]
    Participant,
    /// A place of work with people of its own; writes the board.
    #[n(2)]
    Site,
    /// Leads: writes control and board.
    #[n(1)]
    Facilitator,
}

/// What a link may write into one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Write {
    /// Every change.
    All,
    /// Only changes that a signed checkpoint covers.
    Covered,
    /// None.
    None,
}

impl Role {
    /// All roles, the strongest first, as links are listed.
    pub const ALL: [Self; 4] = [Self::Facilitator, Self::Site, Self::Participant, Self::Projector];

    /// What this role may write into a document of `kind`. Everybody who was admitted may read control and board.
    #[must_use]
    pub fn rights(self, kind: Kind) -> Write {
        match (kind, self) {
            (Kind::Notebook, _) | (_, Self::Projector) => Write::None,
            (Kind::Control, Self::Facilitator) | (Kind::Board, _) => Write::All,
            (Kind::Control, Self::Site | Self::Participant) => Write::Covered,
        }
    }

    /// The role's name in links' answers and in logs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Facilitator => "facilitator",
            Self::Site => "site",
            Self::Participant => "participant",
            Self::Projector => "projector",
        }
    }

    /// The number that stands for the role in links and frames; also the version byte of a link's checksum.
    #[must_use]
    pub fn number(self) -> u8 {
        match self {
            Self::Facilitator => 1,
            Self::Site => 2,
            Self::Participant => 3,
            Self::Projector => 4,
        }
    }

    /// The role with this [`number`](Self::number).
    #[must_use]
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.number() == number)
    }
}

/// A secret with what it is for. `Debug` does not show the secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capability {
    /// The workshop it opens.
    pub workshop: WorkshopId,
    /// The role it grants.
    pub role: Role,
    /// The secret that proves it.
    pub secret: Secret,
}

impl Capability {
    /// The capability of a weaker role, derived from this one; `None` where that would lead upwards.
    ///
    /// From a facilitator's capability this is the first epoch's.
    #[must_use]
    pub fn weaken(&self, role: Role) -> Option<Self> {
        let secret = self.secret.weaken(self.role, role, Epoch::default())?;
        Some(Self { workshop: self.workshop, role, secret })
    }
}
