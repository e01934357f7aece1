//! What the sheet behind the sync word says first: how things stand, what is safe, and what to do.

use std::collections::BTreeMap;

use shared::sync::message::{CloseReason, RefusedReason};

use crate::session::{Delivery, Line, SchemaState, StorageState};
use crate::texts::Key;

/// The sheet's title, and what stands under it, one line after the other. `refused` is why the board did not take
/// things, by what they were done to.
pub(super) fn words(
    delivery: &Delivery,
    schema: SchemaState,
    storage: StorageState,
    refused: &BTreeMap<String, String>,
) -> (Key, Vec<Key>) {
    if schema == SchemaState::Newer {
        return (Key::SyncTitleNewer, vec![Key::StorageNewer]);
    }
    // What is not kept here is never said to be.
    let kept = |kept, otherwise| if delivery.stored { kept } else { otherwise };
    let is_outstanding = delivery.outstanding() > 0;
    match &delivery.line {
        Line::Refused(code) => {
            (Key::SyncTitleRefused, vec![refusal(code), kept(Key::SyncTextStillHere, Key::SyncTextUnsaved)])
        }
        Line::Closed(code) => {
            (Key::SyncTitleClosed, vec![closing(code), kept(Key::SyncClosedHere, Key::SyncClosedUnsaved)])
        }
        Line::LocalOnly => match delivery.stored {
            true => (Key::SyncLocalOnly, vec![Key::SyncTextLocalOnly]),
            false => (unkept(storage), vec![Key::SyncClosedUnsaved]),
        },
        _ if !delivery.stored => (unkept(storage), vec![Key::SyncTextUnsaved]),
        Line::Offline if is_outstanding || delivery.refused == 0 => (Key::SyncTitleOffline, vec![Key::SyncTextOffline]),
        Line::Silent if is_outstanding || delivery.refused == 0 => (Key::SyncTitleSilent, vec![Key::SyncTextSilent]),
        _ if delivery.refused > 0 => (Key::SyncTitleNotTaken, vec![not_taken(refused), Key::SyncTextStillHere]),
        Line::Online if !delivery.relay_keeps => {
            (Key::SyncTitleNotKeptThere, vec![Key::SyncTextNotKeptThere, Key::SyncTextStillHere])
        }
        Line::Connecting => (Key::SyncTitleConnecting, vec![Key::SyncTextConnecting]),
        _ if delivery.keeping > 0 => (Key::SyncTitleKeeping, vec![Key::SyncTextKeeping]),
        _ if is_outstanding => (Key::SyncTitleSending, vec![Key::SyncTextSending]),
        Line::Online | Line::Offline | Line::Silent => (Key::SyncTitleGood, vec![Key::SyncTextGood]),
    }
}

/// Why nothing comes any more, where the relay has said so for good.
#[must_use]
pub fn ending(line: &Line) -> Option<Key> {
    match line {
        Line::Refused(code) => Some(refusal(code)),
        Line::Closed(code) => Some(closing(code)),
        _ => None,
    }
}

/// Why the relay did not let this link in, and what helps.
fn refusal(code: &str) -> Key {
    match CloseReason::from_code(code) {
        CloseReason::UnknownLink | CloseReason::Revoked => Key::SyncRefusedSecret,
        CloseReason::CreateRefused => Key::SyncRefusedCreate,
        CloseReason::TooMany => Key::SyncRefusedFull,
        CloseReason::Rate => Key::SyncRefusedRate,
        CloseReason::Version | CloseReason::Malformed => Key::SyncRefusedVersion,
        CloseReason::FrameTooLong => Key::SyncRefusedTooLong,
        // No line that was closed for these is refused: it is dialled again, or closed for good.
        CloseReason::Deleted
        | CloseReason::Replaced
        | CloseReason::PeerIdTaken
        | CloseReason::ShuttingDown
        | CloseReason::NotJoined
        | CloseReason::JoinTimedOut
        | CloseReason::Silent
        | CloseReason::Left
        | CloseReason::Broken
        | CloseReason::Done
        | CloseReason::Other(_) => Key::SyncRefusedOther,
    }
}

/// Why the workshop is closed.
fn closing(code: &str) -> Key {
    match CloseReason::from_code(code) {
        CloseReason::Deleted => Key::SyncClosedDeleted,
        _ => Key::SyncClosedOther,
    }
}

/// Why nothing is kept here. A write may fail with room left, so only a device that said so is full.
fn unkept(storage: StorageState) -> Key {
    match storage {
        StorageState::Unavailable => Key::StoragePrivateTitle,
        StorageState::Full => Key::SyncTitleFull,
        StorageState::Lasting | StorageState::Evictable => Key::SyncTitleUnkept,
    }
}

/// What to do about things that the board did not take.
fn not_taken(refused: &BTreeMap<String, String>) -> Key {
    let is_full = |code: &String| RefusedReason::from_code(code) == RefusedReason::DocumentFull;
    if refused.values().any(is_full) { Key::SyncTextBoardFull } else { Key::SyncTextNotTaken }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delivery(line: Line) -> Delivery {
        Delivery {
            keeping: 0,
            on_device: 0,
            sent_waiting: 0,
            received: 5,
            last_heard: None,
            next_try: None,
            line,
            is_slow: false,
            relay: None,
            stored: true,
            relay_keeps: true,
            refused: 0,
        }
    }

    fn said(delivery: &Delivery, storage: StorageState) -> (Key, Vec<Key>) {
        words(delivery, SchemaState::Current, storage, &BTreeMap::new())
    }

    #[test]
    fn everything_is_received_only_when_nothing_is_anywhere_else() {
        let good = delivery(Line::Online);
        let title = |delivery: &Delivery| said(delivery, StorageState::Lasting).0;
        assert_eq!(title(&good), Key::SyncTitleGood);
        assert_eq!(title(&Delivery { keeping: 1, sent_waiting: 1, ..good.clone() }), Key::SyncTitleKeeping);
        assert_eq!(title(&Delivery { sent_waiting: 1, ..good.clone() }), Key::SyncTitleSending);
        assert_eq!(title(&Delivery { refused: 1, ..good.clone() }), Key::SyncTitleNotTaken);
        assert_eq!(
            title(&Delivery { relay_keeps: false, sent_waiting: 1, ..good.clone() }),
            Key::SyncTitleNotKeptThere
        );
        assert_eq!(title(&Delivery { relay_keeps: false, ..delivery(Line::Offline) }), Key::SyncTitleOffline);
        assert_eq!(title(&Delivery { refused: 1, on_device: 1, ..delivery(Line::Offline) }), Key::SyncTitleOffline);
        assert_eq!(title(&Delivery { refused: 1, ..delivery(Line::Offline) }), Key::SyncTitleNotTaken);
    }

    #[test]
    fn a_full_board_is_told_from_a_thing_that_it_cannot_take() {
        let delivery = Delivery { refused: 2, ..delivery(Line::Online) };
        let why = |code: &str| {
            let refused = BTreeMap::from([("note".to_owned(), code.to_owned())]);
            words(&delivery, SchemaState::Current, StorageState::Lasting, &refused).1[0]
        };
        assert_eq!(why("document-full"), Key::SyncTextBoardFull);
        assert_eq!(why("invalid"), Key::SyncTextNotTaken);
    }

    #[test]
    fn what_is_not_kept_here_is_never_said_to_be() {
        let closed = || delivery(Line::Closed("deleted".into()));
        assert_eq!(said(&closed(), StorageState::Lasting).1, [Key::SyncClosedDeleted, Key::SyncClosedHere]);
        let unkept = |line| Delivery { stored: false, ..delivery(line) };
        assert_eq!(
            said(&unkept(Line::Closed("deleted".into())), StorageState::Full).1,
            [Key::SyncClosedDeleted, Key::SyncClosedUnsaved]
        );
        let refused = unkept(Line::Refused("revoked".into()));
        assert_eq!(said(&refused, StorageState::Full).1, [Key::SyncRefusedSecret, Key::SyncTextUnsaved]);
        let local = |stored| said(&Delivery { stored, ..delivery(Line::LocalOnly) }, StorageState::Full);
        assert_eq!(local(true), (Key::SyncLocalOnly, vec![Key::SyncTextLocalOnly]));
        assert_eq!(local(false), (Key::SyncTitleFull, vec![Key::SyncClosedUnsaved]));
        for (storage, title) in [
            (StorageState::Unavailable, Key::StoragePrivateTitle),
            (StorageState::Full, Key::SyncTitleFull),
            (StorageState::Evictable, Key::SyncTitleUnkept),
        ] {
            assert_eq!(said(&unkept(Line::Offline), storage), (title, vec![Key::SyncTextUnsaved]));
        }
    }

    #[test]
    fn each_code_that_the_line_stops_for_has_words_of_its_own() {
        for (code, key) in [
            ("unknown-link", Key::SyncRefusedSecret),
            ("revoked", Key::SyncRefusedSecret),
            ("create-refused", Key::SyncRefusedCreate),
            ("too-many", Key::SyncRefusedFull),
            ("rate", Key::SyncRefusedRate),
            ("version", Key::SyncRefusedVersion),
            ("malformed", Key::SyncRefusedVersion),
            ("frame-too-long", Key::SyncRefusedTooLong),
            ("from-tomorrow", Key::SyncRefusedOther),
        ] {
            let refused = delivery(Line::Refused(code.into()));
            assert_eq!(said(&refused, StorageState::Lasting).1[0], key, "{code}");
        }
    }
}
