//! Why a line is closed and why a change is refused, as codes that both sides know.

/// Why a connection is closed.
///
/// On the wire it is its code; a client shows its own words for it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, thiserror::Error)]
pub enum CloseReason {
    /// The workshop was deleted.
    #[error("the workshop was deleted")]
    Deleted,
    /// The same device joined again on a newer line.
    #[error("the same session joined again on another line")]
    Replaced,
    /// Another session holds this peer id.
    #[error("another session holds this peer id")]
    PeerIdTaken,
    /// The workshop has as many lines as it may.
    #[error("too many lines in this workshop")]
    TooMany,
    /// The secret opens nothing here. Also said when the workshop does not exist: a wrong secret learns nothing.
    #[error("this link opens nothing here")]
    UnknownLink,
    /// The link was valid in an earlier epoch.
    #[error("this link was revoked")]
    Revoked,
    /// This relay does not make new workshops for everyone.
    #[error("new workshops are not made here")]
    CreateRefused,
    /// The relay stops or restarts.
    #[error("the relay is shutting down")]
    ShuttingDown,
    /// A frame was longer than the limit.
    #[error("a frame was longer than the limit")]
    FrameTooLong,
    /// Too many messages or bytes a second.
    #[error("too many messages or bytes a second")]
    Rate,
    /// A frame that is not CBOR, or not a message.
    #[error("a frame could not be read")]
    Malformed,
    /// Something other than a join came first.
    #[error("the first message was not a join")]
    NotJoined,
    /// No join came in time.
    #[error("no join came in time")]
    JoinTimedOut,
    /// The sides have no protocol version in common.
    #[error("no protocol version in common")]
    Version,
    /// Nothing was heard for too long.
    #[error("nothing was heard for too long")]
    Silent,
    /// The other side said goodbye, or the socket closed.
    #[error("the other side left")]
    Left,
    /// The other side sent something that could not be used in a document.
    #[error("a document message could not be used")]
    Broken,
    /// The application closed it.
    #[error("closed here")]
    Done,
    /// A code that this version does not know.
    #[error("closed: {0}")]
    Other(String),
}

const CLOSE_CODES: [(CloseReason, &str); 18] = [
    (CloseReason::Deleted, "deleted"),
    (CloseReason::Replaced, "replaced"),
    (CloseReason::PeerIdTaken, "peer-id-taken"),
    (CloseReason::TooMany, "too-many"),
    (CloseReason::UnknownLink, "unknown-link"),
    (CloseReason::Revoked, "revoked"),
    (CloseReason::CreateRefused, "create-refused"),
    (CloseReason::ShuttingDown, "shutting-down"),
    (CloseReason::FrameTooLong, "frame-too-long"),
    (CloseReason::Rate, "rate"),
    (CloseReason::Malformed, "malformed"),
    (CloseReason::NotJoined, "not-joined"),
    (CloseReason::JoinTimedOut, "join-timed-out"),
    (CloseReason::Version, "version"),
    (CloseReason::Silent, "silent"),
    (CloseReason::Left, "left"),
    (CloseReason::Broken, "broken"),
    (CloseReason::Done, "done"),
];

impl CloseReason {
    /// The code on the wire.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Other(code) => code,
            known => CLOSE_CODES.iter().find(|(reason, _)| reason == known).map_or("", |(_, code)| code),
        }
    }

    /// The reason with this code; an unknown code is kept, cut to 64 characters.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        CLOSE_CODES
            .iter()
            .find(|(_, known)| *known == code)
            .map_or_else(|| Self::Other(code.chars().take(64).collect()), |(reason, _)| reason.clone())
    }
}

/// Why a change was not taken (S22).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, thiserror::Error)]
pub enum RefusedReason {
    /// The link may only read.
    #[error("this link may only read")]
    ReadOnly,
    /// The document changes only under a facilitator or a checkpoint, and no checkpoint covers the change.
    #[error("no checkpoint covers this change")]
    NotCovered,
    /// Another change with the same actor and number is already known. Its author writes it again (`transplant`).
    #[error("another change with the same actor and number is known")]
    Forked,
    /// The change, or one it depends on, breaks a rule of the document format.
    #[error("the change breaks the document's rules")]
    Invalid,
    /// The store could not take it; it is asked for again.
    #[error("the store could not take the change")]
    StoreFailed,
    /// The document has reached its greatest size.
    #[error("the document has reached its greatest size")]
    DocumentFull,
    /// A code that this version does not know.
    #[error("refused: {0}")]
    Other(String),
}

const REFUSED_CODES: [(RefusedReason, &str); 6] = [
    (RefusedReason::ReadOnly, "read-only"),
    (RefusedReason::NotCovered, "not-covered"),
    (RefusedReason::Forked, "forked"),
    (RefusedReason::Invalid, "invalid"),
    (RefusedReason::StoreFailed, "store-failed"),
    (RefusedReason::DocumentFull, "document-full"),
];

impl RefusedReason {
    /// The code on the wire.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Other(code) => code,
            known => REFUSED_CODES.iter().find(|(reason, _)| reason == known).map_or("", |(_, code)| code),
        }
    }

    /// The reason with this code; an unknown code is kept, cut to 64 characters.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        REFUSED_CODES
            .iter()
            .find(|(_, known)| *known == code)
            .map_or_else(|| Self::Other(code.chars().take(64).collect()), |(reason, _)| reason.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_finds_its_reason_again() {
        for (reason, code) in CLOSE_CODES {
            assert_eq!(reason.code(), code);
            assert_eq!(CloseReason::from_code(code), reason);
        }
        for (reason, code) in REFUSED_CODES {
            assert_eq!(reason.code(), code);
            assert_eq!(RefusedReason::from_code(code), reason);
        }
        assert_eq!(CloseReason::from_code("new"), CloseReason::Other("new".into()));
    }
}
