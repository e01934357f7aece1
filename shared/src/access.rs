//! Who may do what: capabilities that prove themselves, and checkpoints that a facilitator signs.
//!
//! A workshop's facilitator secret is made on a device, from nothing but random bytes. Every weaker secret is derived
//! from the next stronger one, and the last link of the chain, the *commitment*, is public:
//!
//! ```text
//! facilitator --(epoch)--> site --> participant --> projector --> commitment
//!      \--> Ed25519 key pair (signs checkpoints)
//! workshop id = hash(public key, first commitment)      document ids = hash(workshop id, kind)
//! ```
//!
//! So a relay that stores no secret, and even one that never met the workshop, can check whoever brings one.
//!
//! ```
//! use shared::access::{Claim, FacilitatorSecret, Identity, Role};
//!
//! let facilitator = FacilitatorSecret::from_random([7; 16]);
//! let identity = facilitator.identity();
//! let participant = facilitator.capability(Role::Participant);
//!
//! // A relay that knows nothing but the workshop's id, and is told the public key:
//! let claim = Claim { capability: participant, public_key: Some(identity.public_key) };
//! assert_eq!(claim.prove(None), Some(identity));
//! ```
//!
//! What the roles may write in which document is [`Role::rights`]; how links look is [`link`].

mod capability;
mod checkpoint;
mod claim;
mod id;
pub mod link;
mod secret;

pub use capability::{Capability, Role, Write};
pub use checkpoint::{Checkpoint, CheckpointError, SignedCheckpoint};
pub use claim::{Admission, Claim};
pub use id::{DocumentIds, Identity, WorkshopId};
pub use secret::{Commitment, Epoch, FacilitatorSecret, PublicKey, Secret};
