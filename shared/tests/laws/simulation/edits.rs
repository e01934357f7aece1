//! The document that everyone begins with, and edits of every kind to it.

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, ObjType, ROOT, ReadDoc};

use super::random::Random;

/// The first change, the same on every device.
pub(crate) fn genesis() -> Vec<u8> {
    let mut doc = Automerge::new().with_actor(ActorId::from([0_u8; 16]));
    let mut tx = doc.transaction();
    tx.put_object(ROOT, "text", ObjType::Text).unwrap();
    tx.put_object(ROOT, "marks", ObjType::Map).unwrap();
    tx.put_object(ROOT, "rows", ObjType::List).unwrap();
    tx.commit_with(CommitOptions::default().with_time(0));
    doc.save()
}

/// One edit of a random kind, which is always a change.
pub(crate) fn any_edit(tx: &mut impl Transactable, random: &mut Random) {
    let object = |tx: &_, key: &str| ReadDoc::get(tx, ROOT, key).unwrap().unwrap().1;
    match random.below(5) {
        0 | 1 => {
            let text = object(tx, "text");
            let length = tx.length(&text) as u64;
            let at = random.below(length + 1) as usize;
            let delete = random.below(length - at as u64 + 1).min(3) as isize;
            let words = ["ø", "en makker ", "🙂", if delete > 0 { "" } else { "å" }][random.below(4) as usize];
            tx.splice_text(&text, at, delete, words).unwrap();
        }
        2 => {
            let marks = object(tx, "marks");
            tx.put(&marks, format!("p{}", random.below(6)), random.below(5) as i64).unwrap();
        }
        3 => {
            let marks = object(tx, "marks");
            let entry = tx.put_object(&marks, format!("{:x}", random.next()), ObjType::Map).unwrap();
            tx.put(&entry, "level", random.below(5) as i64).unwrap();
        }
        _ => {
            let rows = object(tx, "rows");
            let length = tx.length(&rows) as u64;
            if length > 0 && random.chance(30) {
                tx.delete(&rows, random.below(length) as usize).unwrap();
            } else {
                tx.insert(&rows, random.below(length + 1) as usize, "row").unwrap();
            }
        }
    }
}
