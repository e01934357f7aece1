//! Nobody can make another lose their own words: what is refused is written again under a new actor.

use std::collections::BTreeSet;

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, Change, ChangeHash, ExpandedChange, ObjType, ROOT, ReadDoc};
use proptest::prelude::*;
use shared::sync::document_sync::{Input, LinkOptions, Rights};
use shared::sync::message::RefusedReason;
use shared::sync::transplant::{TransplantError, transplant};
use shared::sync::{DocumentSync, LinkId, Millis};

use crate::line::{meet, say, text_of};
use crate::simulation::{any_edit, genesis};

fn actor(number: u8) -> ActorId {
    ActorId::from([number; 16])
}

fn write(doc: &mut Automerge, words: &str) -> ChangeHash {
    let text = doc.get(ROOT, "text").unwrap().unwrap().1;
    let mut tx = doc.transaction();
    tx.splice_text(&text, 0, 0, words).unwrap();
    tx.commit_with(CommitOptions::default().with_time(0)).0.unwrap()
}

/// The next change of an actor, as somebody else makes it up.
fn forged_next(doc: &Automerge, victim: &ActorId) -> Change {
    let mut copy = doc.fork().with_actor(victim.clone());
    write(&mut copy, "forged ");
    copy.get_last_local_change().unwrap()
}

#[test]
fn s23_what_is_written_again_comes_after_all_else_that_the_document_holds() {
    let mut before = Automerge::load(&genesis()).unwrap().with_actor(actor(1));
    write(&mut before, "ann ");
    let mut others = before.clone().with_actor(actor(9));
    let tip = write(&mut others, "others ");
    let mut ann = before;
    let own = [write(&mut ann, "one "), write(&mut ann, "two ")];
    ann.merge(&mut others).unwrap();
    let anew = transplant(&ann, &own, &actor(2)).unwrap();
    assert_eq!(anew.changes[0].deps(), [tip]);
    assert_eq!(anew.doc.get_heads(), [anew.changes[1].hash()]);
    assert_eq!(text_of(&anew.doc).len(), text_of(&ann).len());
}

#[test]
fn s23_a_device_whose_next_change_was_forged_keeps_its_words() {
    let mut before = Automerge::load(&genesis()).unwrap().with_actor(actor(1));
    write(&mut before, "ann ");
    let mut relay = DocumentSync::from_stored(before.clone());
    // Ann is away and writes; meanwhile somebody forges her next change, and others build on it.
    let mut ann = before.clone();
    let own = [write(&mut ann, "one "), write(&mut ann, "two ")];
    let mut mallory = before.clone().with_actor(actor(9));
    mallory.apply_changes([forged_next(&before, &actor(1))]).unwrap();
    write(&mut mallory, "others ");
    meet(&mut relay, &mut DocumentSync::from_stored(mallory), Rights::ALL);
    assert_eq!(text_of(relay.doc()), "others forged ann ");

    // The relay refuses hers, and names every one of them.
    let mut phone = DocumentSync::from_stored(ann);
    let refused = meet(&mut relay, &mut phone, Rights::ALL);
    let named: BTreeSet<_> = refused.iter().flat_map(|(_, hashes)| hashes).copied().collect();
    assert_eq!(named, own.into());
    assert!(refused.iter().all(|(reason, _)| *reason == RefusedReason::Forked));
    assert_eq!(text_of(phone.doc()), "two one ann ");

    let anew = transplant(phone.doc(), &own, &actor(2)).unwrap();
    assert_eq!(anew.replaced, own);
    assert_eq!(text_of(&anew.doc), "two one ann ");
    let mut phone = DocumentSync::from_stored(anew.doc);
    assert_eq!(meet(&mut relay, &mut phone, Rights::ALL), []);
    assert_eq!(phone.heads(), relay.heads());
    let text = text_of(relay.doc());
    assert!(["two one ", "others ", "forged ", "ann "].iter().all(|words| text.contains(words)), "{text}");
    say(&mut phone, "three ");
    assert_eq!(meet(&mut relay, &mut phone, Rights::ALL), []);
    assert!(text_of(relay.doc()).contains("three "));
}

#[test]
fn a_forged_change_ends_nobody_elses_sync() {
    let before = Automerge::load(&genesis()).unwrap().with_actor(actor(1));
    let mut ann = before.clone();
    write(&mut ann, "ann ");
    let mut relay = DocumentSync::from_stored(ann);
    let link = LinkId(0);
    relay.handle(Millis(0), Input::LinkUp { link, rights: Rights::ALL, options: LinkOptions::accepted(true) });
    let mut hostile = DocumentSync::from_stored(before.clone());
    let forged = forged_next(&before, &actor(1));
    hostile.edit(Millis(0), |doc| doc.apply_changes([forged.clone()]).unwrap());
    let refused = meet(&mut relay, &mut DocumentSync::from_stored(hostile.doc().clone()), Rights::ALL);
    assert_eq!(refused, [(RefusedReason::Forked, vec![forged.hash()])]);
    let mut honest = DocumentSync::from_stored(before.with_actor(actor(3)));
    say(&mut honest, "bo ");
    assert_eq!(meet(&mut relay, &mut honest, Rights::ALL), []);
    assert!(text_of(relay.doc()).contains("bo ") && !text_of(relay.doc()).contains("forged"));
    assert_eq!(relay.links().collect::<Vec<_>>(), [link]);
}

#[test]
fn a_transplant_needs_known_changes_and_a_new_actor() {
    let mut doc = Automerge::load(&genesis()).unwrap().with_actor(actor(1));
    let own = write(&mut doc, "ann ");
    let unknown = ChangeHash([7; 32]);
    assert!(matches!(transplant(&doc, &[unknown], &actor(2)), Err(TransplantError::Unknown(hash)) if hash == unknown));
    assert!(matches!(transplant(&doc, &[own], &actor(1)), Err(TransplantError::ActorInUse(_))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// One device's own edits of every kind, all refused: the document reads the same afterwards.
    #[test]
    fn s23_what_is_written_again_reads_the_same(seed: u64, edits in 1..12_usize, from in 0..12_usize) {
        let mut doc = Automerge::load(&genesis()).unwrap().with_actor(actor(1));
        doc.transact::<_, _, automerge::AutomergeError>(|tx| tx.put_object(ROOT, "own", ObjType::List)).unwrap();
        let mut random = crate::simulation::Random::new(seed);
        let mut own = Vec::new();
        for _ in 0..edits {
            let before = doc.get_heads();
            let mut tx = doc.transaction();
            any_edit(&mut tx, &mut random);
            tx.commit_with(CommitOptions::default().with_time(0));
            own.extend(doc.get_changes(&before).iter().map(Change::hash));
        }
        let refused = &own[from.min(own.len())..];
        let anew = transplant(&doc, refused, &actor(2)).unwrap();
        prop_assert_eq!(anew.replaced.len(), refused.len());
        prop_assert_eq!(anew.changes.len(), refused.len());
        prop_assert_eq!(doc.hydrate(None), anew.doc.hydrate(None));
        prop_assert!(anew.changes.iter().all(|change| *change.actor_id() == actor(2)));
        let reloaded = Automerge::load(&anew.doc.save()).unwrap();
        prop_assert_eq!(reloaded.get_heads(), anew.doc.get_heads());
        let expanded: Vec<ExpandedChange> = anew.changes.iter().map(Change::decode).collect();
        prop_assert_eq!(expanded.iter().map(|change| change.seq).collect::<Vec<_>>(), (1..=refused.len() as u64).collect::<Vec<_>>());
    }
}
