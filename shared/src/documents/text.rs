//! Shared text: fields that several people write in at once. Offsets are UTF-16 code units everywhere.

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, ChangeHash, Cursor, ObjId, ObjType, ReadDoc};

use crate::limits::{TooLong, utf16_len};

use super::change::change;
use super::genesis::genesis_hash;
use super::{Kind, WriteError, read};

const CONTEXT: &str = "dialogtavle 2026-11 shared text actor";

/// Which text of a workshop's documents is meant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextTarget {
    /// The text of a note on the board.
    Note(super::EntryId),
    /// A shared field of a tool, on the board; or one person's words, where the key names a person.
    Field(super::AnswerKey),
    /// The words in a column of a row, on the board.
    Cell(super::EntryId, String),
    /// The sentence why beside a decision, in control.
    Reason(super::AnswerKey),
}

impl TextTarget {
    /// The document that holds the text.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Note(_) | Self::Field(_) | Self::Cell(..) => Kind::Board,
            Self::Reason(_) => Kind::Control,
        }
    }

    /// Longest text that may stand here, in UTF-16 code units.
    #[must_use]
    pub fn limit(&self) -> usize {
        match self {
            Self::Note(_) | Self::Cell(..) => crate::limits::NOTE,
            Self::Field(_) | Self::Reason(_) => crate::limits::LONG_TEXT,
        }
    }

    /// The text object, if it is in `doc`.
    #[must_use]
    pub fn find(&self, doc: &Automerge) -> Option<ObjId> {
        match self {
            Self::Note(id) => {
                let notes = read::container(doc, self.kind(), "notes")?;
                let note = read::object(doc, &notes, &id.to_string(), ObjType::Map)?;
                read::object(doc, &note, "text", ObjType::Text)
            }
            Self::Cell(id, column) => {
                let rows = read::container(doc, self.kind(), "rows")?;
                let row = read::object(doc, &rows, &id.to_string(), ObjType::Map)?;
                read::object(doc, &row, &super::board::text_key(column), ObjType::Text)
            }
            Self::Field(key) | Self::Reason(key) => {
                let texts = read::container(doc, self.kind(), "texts")?;
                read::object(doc, &texts, &key.to_string(), ObjType::Text)
            }
        }
    }

    /// Finds the text object, or makes it where it is a shared field that nobody has written in yet.
    ///
    /// # Errors
    /// [`WriteError::NoEntry`] for a note or a row's cell that is not there; [`WriteError::NoContainer`] in a document of another kind.
    pub fn ensure(&self, doc: &mut Automerge) -> Result<ObjId, WriteError> {
        if let Some(text) = self.find(doc) {
            return Ok(text);
        }
        match self {
            Self::Note(id) | Self::Cell(id, _) => Err(WriteError::NoEntry { id: *id }),
            Self::Field(key) | Self::Reason(key) => ensure(doc, self.kind(), &key.to_string()),
        }
    }
}

/// Makes the text under `key` of the container `texts`, by a change that is the same bytes on every device.
///
/// Two devices that made it each in their own way would hide one side's words: the change depends on the genesis alone
/// and its actor is the hash of its path, so making it twice is making it once. The change may be by an actor other than
/// the document's own.
///
/// Anyone can compute that actor. Where somebody has used it for something else, or written over the key, the text is
/// made by the document's own actor: the field must not be blocked for ever.
///
/// # Errors
/// [`WriteError::NoContainer`] if `doc` does not begin with the genesis of `kind`.
fn ensure(doc: &mut Automerge, kind: Kind, key: &str) -> Result<ObjId, WriteError> {
    let missing = || WriteError::NoContainer { container: "texts" };
    let genesis = genesis_hash(doc, kind).ok_or_else(missing)?;
    let texts = read::container(doc, kind, "texts").ok_or_else(missing)?;
    let mut fork = doc.fork_at(&[genesis])?;
    fork.set_actor(text_actor(key));
    let mut transaction = fork.transaction();
    transaction.put_object(&texts, key, ObjType::Text)?;
    transaction.commit_with(CommitOptions::default().with_time(0));
    // Refused where the actor's first change is another already.
    let _ = doc.merge(&mut fork);
    match read::object(doc, &texts, key, ObjType::Text) {
        Some(text) => Ok(text),
        None => change(doc, "text", |transaction| Ok(transaction.put_object(&texts, key, ObjType::Text)?)),
    }
}

/// The actor that makes the text under `key`, on every device.
fn text_actor(key: &str) -> ActorId {
    ActorId::from(&blake3::derive_key(CONTEXT, key.as_bytes())[..16])
}

/// One edit of one's own in a text, with what is needed to take it back and nothing else.
#[derive(Debug, Clone)]
pub struct TextEdit {
    /// Cursors of every code unit that was put in.
    inserted: Vec<Cursor>,
    /// What was taken out.
    deleted: String,
    /// The code unit before the edit; `None` at the beginning of the text.
    before: Option<Cursor>,
}

/// Where `offset` of the text as it stood at `shown` lies now: after the code unit that it came after.
///
/// `shown` are heads that `doc` knows; `None` means the present.
#[must_use]
pub fn map_offset(doc: &Automerge, text: &ObjId, offset: usize, shown: Option<&[ChangeHash]>) -> usize {
    let now = doc.length(text);
    let Some(before) = offset.checked_sub(1) else { return 0 };
    match doc.get_cursor(text, before, shown) {
        Ok(cursor) => after(doc, text, &cursor),
        // Past the end of the text as it was shown: past the end of the text as it is.
        Err(_) => offset.min(now),
    }
}

/// The offset after the code unit that `cursor` names, or where it stood if it was deleted.
fn after(doc: &Automerge, text: &ObjId, cursor: &Cursor) -> usize {
    let at = doc.get_cursor_position(text, cursor, None).unwrap_or(0);
    if is_alive(doc, text, cursor, at) { at + 1 } else { at }
}

fn is_alive(doc: &Automerge, text: &ObjId, cursor: &Cursor, at: usize) -> bool {
    doc.get_cursor(text, at, None).is_ok_and(|found| found == *cursor)
}

/// Replaces `delete` code units at `at` by `insert`, where both count in the text as it stood at `shown`.
///
/// What others wrote since then inside the deleted range stays. `shown` are heads that `doc` knows; `None` means the
/// present. `at` and `delete` beyond the text are taken as its end.
///
/// # Errors
/// [`WriteError::TooLong`] if the text would pass `limit`; nothing is changed then.
pub fn splice(
    doc: &mut Automerge,
    text: &ObjId,
    shown: Option<&[ChangeHash]>,
    at: usize,
    delete: usize,
    insert: &str,
    limit: usize,
) -> Result<TextEdit, WriteError> {
    let shown_length = shown.map_or_else(|| doc.length(text), |heads| doc.length_at(text, heads));
    let at = at.min(shown_length);
    let delete = delete.min(shown_length - at);
    let length = doc.length(text) + utf16_len(insert);
    if !insert.is_empty() && length.saturating_sub(delete) > limit {
        return Err(TooLong { length: length - delete, limit }.into());
    }
    let doomed: Vec<Cursor> = (at..at + delete).filter_map(|offset| doc.get_cursor(text, offset, shown).ok()).collect();
    let start = map_offset(doc, text, at, shown);
    let before = start.checked_sub(1).and_then(|offset| doc.get_cursor(text, offset, None).ok());

    let shown_text = doc.text(text)?;
    let mut offsets: Vec<usize> = positions(doc, text, &doomed);
    let deleted = slice(&shown_text, &offsets);
    change(doc, "text", |transaction| {
        if offsets.len() == delete && offsets.windows(2).all(|pair| pair[1] == pair[0] + 1) {
            let first = offsets.first().copied().unwrap_or(start);
            transaction.splice_text(text, first, isize::try_from(delete).unwrap_or(isize::MAX), insert)?;
        } else {
            transaction.splice_text(text, start, 0, insert)?;
            let shift = utf16_len(insert);
            for offset in &mut offsets {
                *offset += if *offset >= start { shift } else { 0 };
            }
            for offset in offsets.iter().rev() {
                transaction.splice_text(text, *offset, 1, "")?;
            }
        }
        Ok(())
    })?;
    let begin = before.as_ref().map_or(0, |cursor| after(doc, text, cursor));
    let inserted =
        (begin..begin + utf16_len(insert)).filter_map(|offset| doc.get_cursor(text, offset, None).ok()).collect();
    Ok(TextEdit { inserted, deleted, before })
}

/// Where those of `cursors` that are still there stand, in rising order.
fn positions(doc: &Automerge, text: &ObjId, cursors: &[Cursor]) -> Vec<usize> {
    let mut offsets: Vec<usize> = cursors
        .iter()
        .filter_map(|cursor| {
            let at = doc.get_cursor_position(text, cursor, None).ok()?;
            is_alive(doc, text, cursor, at).then_some(at)
        })
        .collect();
    offsets.sort_unstable();
    offsets.dedup();
    offsets
}

/// The code units of `text` at `offsets`.
fn slice(text: &str, offsets: &[usize]) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    let picked: Vec<u16> = offsets.iter().filter_map(|offset| units.get(*offset).copied()).collect();
    String::from_utf16_lossy(&picked)
}

/// Takes back one own edit: what it put in goes, what it took out comes back, and everyone else's words stay.
///
/// Returns the edit that takes this back again.
///
/// # Errors
/// [`WriteError::Automerge`] if the text is no longer there.
pub fn undo(doc: &mut Automerge, text: &ObjId, edit: &TextEdit) -> Result<TextEdit, WriteError> {
    let offsets = positions(doc, text, &edit.inserted);
    let now = doc.text(text)?;
    let deleted = slice(&now, &offsets);
    change(doc, "undo", |transaction| {
        for offset in offsets.iter().rev() {
            transaction.splice_text(text, *offset, 1, "")?;
        }
        Ok(())
    })?;
    let start = edit.before.as_ref().map_or(0, |cursor| after(doc, text, cursor));
    change(doc, "undo", |transaction| Ok(transaction.splice_text(text, start, 0, &edit.deleted)?))?;
    let inserted = (start..start + utf16_len(&edit.deleted))
        .filter_map(|offset| doc.get_cursor(text, offset, None).ok())
        .collect();
    Ok(TextEdit { inserted, deleted, before: edit.before.clone() })
}

#[cfg(test)]
mod tests {
    use super::super::{AnswerKey, EntryId, FieldId, board};
    use super::*;

    fn board_with(actor: u8, like: Option<&mut Automerge>) -> Automerge {
        let mut doc = board::genesis();
        if let Some(other) = like {
            doc.merge(other).unwrap();
        }
        doc.with_actor(ActorId::from([actor; 16]))
    }

    fn target() -> TextTarget {
        TextTarget::Field(AnswerKey::shared(EntryId::from_random([1; 16]), FieldId::new("levels", "time-frame")))
    }

    fn write(doc: &mut Automerge, at: usize, delete: usize, insert: &str) -> TextEdit {
        let text = target().ensure(doc).unwrap();
        splice(doc, &text, None, at, delete, insert, 20_000).unwrap()
    }

    fn text(doc: &Automerge) -> String {
        doc.text(target().find(doc).unwrap()).unwrap()
    }

    #[test]
    fn three_devices_that_make_the_same_text_while_apart_keep_everyones_words() {
        let mut devices: Vec<Automerge> = (1..=3).map(|actor| board_with(actor, None)).collect();
        for (device, word) in devices.iter_mut().zip(["nat ", "dag ", "aften "]) {
            write(device, 0, 0, word);
        }
        let (first, others) = devices.split_at_mut(1);
        for other in others {
            first[0].merge(other).unwrap();
        }
        let merged = text(&first[0]);
        for word in ["nat ", "dag ", "aften "] {
            assert!(merged.contains(word), "{merged}");
        }
        let texts = read::container(&first[0], Kind::Board, "texts").unwrap();
        let TextTarget::Field(key) = target() else { unreachable!() };
        assert_eq!(first[0].get_all(&texts, key.to_string()).unwrap().len(), 1);
        let before = first[0].get_heads();
        target().ensure(&mut first[0]).unwrap();
        assert_eq!(first[0].get_heads(), before, "making it again adds no change");
    }

    #[test]
    fn a_field_whose_actor_somebody_used_for_something_else_can_still_be_written() {
        let TextTarget::Field(key) = target() else { unreachable!() };
        let mut hostile = board_with(9, None).with_actor(text_actor(&key.to_string()));
        board::place(&mut hostile, &key, Some(1)).unwrap();
        let mut here = board_with(1, Some(&mut hostile));
        write(&mut here, 0, 0, "vi ");
        let mut there = board_with(2, Some(&mut here));
        write(&mut there, 3, 0, "ses");
        assert_eq!(text(&there), "vi ses");
    }

    #[test]
    fn a_field_that_somebody_wrote_over_can_still_be_written() {
        let TextTarget::Field(key) = target() else { unreachable!() };
        let mut here = board_with(1, None);
        write(&mut here, 0, 0, "vi");
        let texts = read::container(&here, Kind::Board, "texts").unwrap();
        let mut transaction = here.transaction();
        transaction.put(&texts, key.to_string(), 0).unwrap();
        transaction.commit();
        write(&mut here, 0, 0, "ses");
        assert_eq!(text(&here), "ses");
    }

    #[test]
    fn an_edit_counts_in_the_text_as_it_was_shown() {
        let mut here = board_with(1, None);
        write(&mut here, 0, 0, "vi hjælper hinanden");
        let shown = here.get_heads();
        let mut there = board_with(2, Some(&mut here));
        write(&mut there, 0, 0, "Om natten: ");
        here.merge(&mut there).unwrap();
        let id = target().find(&here).unwrap();
        splice(&mut here, &id, Some(&shown), 3, 7, "støtter", 20_000).unwrap();
        assert_eq!(text(&here), "Om natten: vi støtter hinanden");
    }

    #[test]
    fn undo_takes_back_ones_own_edit_and_leaves_what_others_wrote_inside_it() {
        let mut here = board_with(1, None);
        write(&mut here, 0, 0, "vi ses");
        let edit = write(&mut here, 3, 0, "aldrig ");
        let mut there = board_with(2, Some(&mut here));
        write(&mut there, 6, 0, "***");
        here.merge(&mut there).unwrap();
        assert_eq!(text(&here), "vi ald***rig ses");
        let id = target().find(&here).unwrap();
        let redo = undo(&mut here, &id, &edit).unwrap();
        assert_eq!(text(&here), "vi ***ses");
        undo(&mut here, &id, &redo).unwrap();
        assert!(text(&here).contains("aldrig "), "{}", text(&here));
    }

    #[test]
    fn undo_brings_back_what_was_deleted() {
        let mut doc = board_with(1, None);
        write(&mut doc, 0, 0, "både 👩‍🏭 og æøå");
        let edit = write(&mut doc, 0, 5, "");
        assert_eq!(text(&doc), "👩‍🏭 og æøå");
        let id = target().find(&doc).unwrap();
        undo(&mut doc, &id, &edit).unwrap();
        assert_eq!(text(&doc), "både 👩‍🏭 og æøå");
    }

    #[test]
    fn a_text_past_its_limit_is_refused_whole() {
        let mut doc = board_with(1, None);
        let id = target().ensure(&mut doc).unwrap();
        let refused = splice(&mut doc, &id, None, 0, 0, &"x".repeat(11), 10);
        assert!(matches!(refused, Err(WriteError::TooLong(TooLong { length: 11, limit: 10 }))), "{refused:?}");
        assert_eq!(text(&doc), "");
    }
}
