//! Which websocket close code goes with which reason.

use shared::sync::message::CloseReason;

/// The close code for `reason`. The reason's own code goes beside it as text, and before it in a frame, since a browser
/// shows a page neither when the line breaks.
pub(super) fn code(reason: &CloseReason) -> u16 {
    match reason {
        CloseReason::Left | CloseReason::Done => 1_000,
        CloseReason::ShuttingDown => 1_001,
        CloseReason::Version => 1_002,
        CloseReason::Malformed | CloseReason::Broken | CloseReason::NotJoined => 1_007,
        CloseReason::Deleted
        | CloseReason::Replaced
        | CloseReason::PeerIdTaken
        | CloseReason::UnknownLink
        | CloseReason::Revoked
        | CloseReason::CreateRefused
        | CloseReason::JoinTimedOut
        | CloseReason::Silent => 1_008,
        CloseReason::FrameTooLong => 1_009,
        CloseReason::TooMany | CloseReason::Rate => 1_013,
        CloseReason::Other(_) => 1_011,
    }
}
