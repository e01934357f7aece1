//! The notebook: what never leaves the device.

use automerge::transaction::Transactable;
use automerge::{Automerge, ReadDoc, Value};

use super::change::change;
use super::genesis;
use super::{EntryId, Kind, Schema, WriteError, read};

/// Makes the notebook. The actor must be set by the caller, anew for every start.
#[must_use]
pub fn genesis() -> Automerge {
    genesis::genesis(Kind::Notebook, None)
}

/// How its schema relates to this version.
#[must_use]
pub fn schema(doc: &Automerge) -> Schema {
    genesis::schema(doc, Kind::Notebook)
}

/// Gives the notebook a board of its own, where it has none: what is written there by the writers of
/// [`board`](super::board), and read as a [`BoardView`](super::board::BoardView), never leaves the device.
///
/// # Errors
/// [`WriteError::NoContainer`] if `doc` is no notebook.
pub fn ensure_board(doc: &mut Automerge) -> Result<(), WriteError> {
    if schema(doc) == Schema::Missing {
        return Err(WriteError::NoContainer { container: "private" });
    }
    if !has_board(doc) {
        doc.merge(&mut genesis::own_board())?;
    }
    Ok(())
}

/// Whether the notebook has a board of its own.
#[must_use]
pub fn has_board(doc: &Automerge) -> bool {
    schema(doc) != Schema::Missing && genesis::all_containers(doc, Kind::Board).is_some()
}

/// Notes that `person` is somebody this device writes for: its owner, or somebody beside them without a phone.
///
/// # Errors
/// [`WriteError::NoContainer`] if `doc` is no notebook.
pub fn add_own(doc: &mut Automerge, person: EntryId) -> Result<(), WriteError> {
    let own = read::container(doc, Kind::Notebook, "own").ok_or(WriteError::NoContainer { container: "own" })?;
    change(doc, "own", |transaction| Ok(transaction.put(&own, person.to_string(), true)?))
}

/// The people this device writes for.
#[must_use]
pub fn own(doc: &Automerge) -> Vec<EntryId> {
    read::keys(doc, Kind::Notebook, "own").iter().filter_map(|key| key.parse().ok()).collect()
}

/// Keeps what someone is writing under `place` until they add it to the board; an empty `text` forgets it.
///
/// # Errors
/// [`WriteError::TooLong`] past the limit of a long text; [`WriteError::NoContainer`] if `doc` is no notebook.
pub fn set_draft(doc: &mut Automerge, place: &str, text: &str) -> Result<(), WriteError> {
    crate::limits::check(text, crate::limits::LONG_TEXT)?;
    let drafts =
        read::container(doc, Kind::Notebook, "drafts").ok_or(WriteError::NoContainer { container: "drafts" })?;
    change(doc, "draft", |transaction| Ok(transaction.put(&drafts, place, text)?))
}

/// The draft under `place`. Two tabs that wrote in it at once leave both texts, one after the other.
#[must_use]
pub fn draft(doc: &Automerge, place: &str) -> String {
    let Some(drafts) = read::container(doc, Kind::Notebook, "drafts") else { return String::new() };
    let mut texts: Vec<String> = doc
        .get_all(&drafts, place)
        .unwrap_or_default()
        .into_iter()
        .filter_map(|(value, _)| match value {
            Value::Scalar(scalar) => scalar.as_str().map(str::to_owned),
            Value::Object(_) => None,
        })
        .filter(|text| !text.is_empty())
        .collect();
    texts.sort_unstable();
    texts.dedup();
    texts.join("\n")
}

#[cfg(test)]
mod tests {
    use automerge::ActorId;

    use super::super::board::{self, BoardView, NewNote};
    use super::super::text::{TextTarget, splice};
    use super::super::{AnswerKey, FieldId};
    use super::*;

    fn id(n: u8) -> EntryId {
        EntryId::from_random([n; 16])
    }

    fn tab(n: u8) -> Automerge {
        let mut doc = genesis().with_actor(ActorId::from([n; 16]));
        ensure_board(&mut doc).unwrap();
        doc
    }

    #[test]
    fn what_two_tabs_wrote_in_the_notebooks_board_is_all_there() {
        let (mut one, mut other) = (tab(1), tab(2));
        let key = AnswerKey::personal(id(1), FieldId::new("scale", "words"), id(2));
        for (doc, n, words) in [(&mut one, 5, "en "), (&mut other, 6, "to ")] {
            let note = NewNote { place: key.clone(), level: None, author: Some(id(2)), at: 1, text: words.to_owned() };
            board::add_note(doc, id(n), &note).unwrap();
            let target = TextTarget::Field(key.clone());
            let text = target.ensure(doc).unwrap();
            splice(doc, &text, None, 0, 0, words, 100).unwrap();
        }
        one.merge(&mut other).unwrap();
        let view = BoardView::read(&one);
        assert_eq!((view.notes.len(), view.skipped()), (2, 0));
        assert!(view.texts[&key].contains("en ") && view.texts[&key].contains("to "));
    }

    #[test]
    fn drafts_and_own_people_stay_where_they_are_when_the_board_comes() {
        let mut doc = genesis().with_actor(ActorId::from([1; 16]));
        add_own(&mut doc, id(2)).unwrap();
        set_draft(&mut doc, "here", "en kladde").unwrap();
        assert!(!has_board(&doc) && BoardView::read(&doc) == BoardView::default());
        ensure_board(&mut doc).unwrap();
        let heads = doc.get_heads();
        ensure_board(&mut doc).unwrap();
        assert_eq!(doc.get_heads(), heads, "the second time changes nothing");
        assert_eq!((own(&doc), draft(&doc, "here").as_str()), (vec![id(2)], "en kladde"));
    }

    #[test]
    fn a_board_is_no_notebook() {
        let mut doc = board::genesis().with_actor(ActorId::from([1; 16]));
        assert!(ensure_board(&mut doc).is_err());
    }
}
