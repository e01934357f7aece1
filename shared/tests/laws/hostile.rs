//! Peers that lie: whatever they send, only they lose by it.

use std::num::NonZeroU64;

use automerge::legacy::{ElementId, Key, ObjectId, Op, OpId, OpType};
use automerge::sync::{self, ChunkList, MessageVersion, SyncDoc};
use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, Change, ExpandedChange, ObjId, ObjType, ROOT, ReadDoc, ScalarValue};
use proptest::collection::vec;
use proptest::prelude::*;
use shared::sync::document_sync::{BrokenReason, Input, LinkOptions, Output, Rights};
use shared::sync::message::RefusedReason;
use shared::sync::{DocumentSync, LinkId, Millis};

use crate::core::{actor, batch_of, beginning, carrying, receive, refused, relay, up};
use crate::line::{carry_out, say, text_of};
use crate::simulation::{Random, any_edit, genesis};

const NOW: Millis = Millis(0);

/// What a first change of actor 7 on the genesis looks like, for a test to spoil.
fn template() -> ExpandedChange {
    let mut doc = beginning(7);
    let text = doc.get(ROOT, "text").unwrap().unwrap().1;
    let mut tx = doc.transaction();
    tx.splice_text(&text, 0, 0, "ab").unwrap();
    tx.commit_with(CommitOptions::default().with_time(0));
    doc.get_last_local_change().unwrap().decode()
}

fn spoiled(spoil: impl FnOnce(&mut ExpandedChange)) -> Change {
    let mut change = template();
    spoil(&mut change);
    Change::from(change)
}

fn object_of(doc: &Automerge, key: &str) -> OpId {
    let ObjId::Id(counter, actor, _) = doc.get(ROOT, key).unwrap().unwrap().1 else { panic!() };
    OpId(counter, actor)
}

fn put(obj: ObjectId, key: Key) -> Op {
    Op { action: OpType::Put(ScalarValue::Null), obj, key, pred: Vec::new().into(), insert: false }
}

/// Sends `change` to a relay beside an honest link, and returns why it was refused. The honest link goes on.
fn refusal(change: &Change) -> Vec<RefusedReason> {
    let mut relay = relay();
    up(&mut relay, 0, Rights::ALL);
    up(&mut relay, 1, Rights::ALL);
    let before = relay.heads();
    let outputs = receive(&mut relay, 0, &carrying(std::slice::from_ref(change)));
    assert_eq!(batch_of(&outputs), None, "{outputs:?}");
    assert_eq!(relay.heads(), before);
    let honest = Change::from(ExpandedChange { actor_id: actor(8), ..template_with_actor(8) });
    assert!(batch_of(&receive(&mut relay, 1, &carrying(&[honest]))).is_some());
    refused(&outputs).into_iter().map(|(reason, _)| reason).collect()
}

fn template_with_actor(number: u8) -> ExpandedChange {
    let mut change = template();
    for operation in &mut change.operations {
        if let Key::Seq(ElementId::Id(OpId(_, actor_id))) = &mut operation.key
            && *actor_id == actor(7)
        {
            *actor_id = actor(number);
        }
    }
    change
}

#[test]
fn the_template_itself_is_taken() {
    let mut relay = relay();
    up(&mut relay, 0, Rights::ALL);
    assert!(batch_of(&receive(&mut relay, 0, &carrying(&[Change::from(template())]))).is_some());
}

#[test]
fn s21_a_change_that_names_what_is_not_there_is_refused() {
    let doc = beginning(1);
    let (text, marks) = (object_of(&doc, "text"), object_of(&doc, "marks"));
    let nowhere = OpId(77, actor(3));
    let key = || Key::Map("k".into());
    let spoils: Vec<(&str, Op)> = vec![
        ("an unknown object", put(ObjectId::Id(nowhere.clone()), key())),
        ("an unknown element", put(ObjectId::Id(text.clone()), Key::Seq(ElementId::Id(nowhere)))),
        ("a map's key in a text", put(ObjectId::Id(text.clone()), key())),
        ("a text's element in a map", put(ObjectId::Id(marks), Key::Seq(ElementId::Head))),
        ("the head of a text overwritten", put(ObjectId::Id(text.clone()), Key::Seq(ElementId::Head))),
        (
            "an element of its own that comes later",
            put(ObjectId::Id(text), Key::Seq(ElementId::Id(OpId(99, actor(7))))),
        ),
    ];
    for (what, operation) in spoils {
        let change = spoiled(|change| change.operations.push(operation));
        assert_eq!(refusal(&change), [RefusedReason::Invalid], "{what}");
    }
}

#[test]
fn s19_a_change_out_of_its_sequence_is_refused() {
    let start = |start| move |change: &mut ExpandedChange| change.start_op = NonZeroU64::new(start).unwrap();
    let plain = |change: &mut ExpandedChange| {
        change.operations = vec![put(ObjectId::Root, Key::Map("k".into()))];
    };
    let spoils: Vec<(&str, Change)> = vec![
        ("a gap before it", spoiled(|change| change.seq = 2)),
        ("no number at all", spoiled(|change| change.seq = 0)),
        (
            "counters that were used",
            spoiled(|change| {
                plain(change);
                start(1)(change);
            }),
        ),
        (
            "counters that leap",
            spoiled(|change| {
                plain(change);
                start(4_000_000_000)(change);
            }),
        ),
    ];
    for (what, change) in spoils {
        let reasons = refusal(&change);
        assert!(matches!(reasons[..], [RefusedReason::Invalid]), "{what}: {reasons:?}");
    }
}

#[test]
fn s19_a_second_change_that_does_not_follow_the_first_is_refused() {
    let first = Change::from(template());
    let second = spoiled(|change| {
        change.seq = 2;
        change.start_op = NonZeroU64::new(first.max_op() + 1).unwrap();
        change.operations = vec![put(ObjectId::Root, Key::Map("k".into()))];
    });
    let mut relay = relay();
    up(&mut relay, 0, Rights::ALL);
    let outputs = receive(&mut relay, 0, &carrying(&[first, second.clone()]));
    assert_eq!(refused(&outputs), [(RefusedReason::Invalid, vec![second.hash()])]);
}

#[test]
fn s19_two_first_changes_of_one_actor_in_one_message_do_not_both_come_in() {
    let first = Change::from(template());
    let other = spoiled(|change| change.message = Some("another".into()));
    let mut relay = relay();
    up(&mut relay, 0, Rights::ALL);
    let outputs = receive(&mut relay, 0, &carrying(&[first.clone(), other.clone()]));
    assert_eq!(refused(&outputs), [(RefusedReason::Forked, vec![other.hash()])]);
    carry_out(&mut relay, LinkId(0), outputs, &mut Vec::new());
    assert_eq!(relay.heads(), [first.hash()]);
}

#[test]
fn s19_a_document_has_no_more_heads_than_every_message_can_name() {
    let alone = |number: u16| {
        spoiled(|change| {
            change.actor_id = ActorId::from(&number.to_be_bytes()[..]);
            change.deps = Vec::new();
            change.operations = vec![put(ObjectId::Root, Key::Map("k".into()))];
        })
    };
    // The genesis is a head too, since none of them stands on it.
    let changes: Vec<Change> = (0..4_096).map(alone).collect();
    let mut relay = relay();
    up(&mut relay, 0, Rights::ALL);
    let outputs = receive(&mut relay, 0, &carrying(&changes));
    let [(RefusedReason::Invalid, too_many)] = &refused(&outputs)[..] else { panic!("{outputs:?}") };
    assert_eq!(too_many.len(), 1);
    carry_out(&mut relay, LinkId(0), outputs, &mut Vec::new());
    assert_eq!(relay.heads().len(), 4_096);
    // Whoever joins some of them is let in.
    let heads = relay.heads();
    let joining = spoiled(|change| {
        change.deps = heads[..2].to_vec();
        change.operations = vec![put(ObjectId::Root, Key::Map("k".into()))];
        change.start_op = NonZeroU64::new(changes[1].max_op() + 1).unwrap();
    });
    assert!(refused(&receive(&mut relay, 0, &carrying(&[joining]))).is_empty());
}

#[test]
fn s22_a_stock_peer_with_a_forked_change_is_not_answered_for_ever() {
    let mut relay = relay();
    up(&mut relay, 0, Rights::ALL);
    let outputs = receive(&mut relay, 0, &carrying(&[Change::from(template())]));
    carry_out(&mut relay, LinkId(0), outputs, &mut Vec::new());
    let mut stock = beginning(7);
    stock.apply_changes([spoiled(|change| change.message = Some("forked".into()))]).unwrap();
    // Its own next words, under a fork that nobody takes.
    let text = stock.get(ROOT, "text").unwrap().unwrap().1;
    stock.transact::<_, _, automerge::AutomergeError>(|tx| tx.splice_text(&text, 0, 0, "more")).unwrap();
    up(&mut relay, 1, Rights::ALL);
    let mut state = sync::State::new();
    let mut rounds = 0;
    let mut refused = Vec::new();
    while let Some(message) = stock.generate_sync_message(&mut state) {
        rounds += 1;
        assert!(rounds < 12, "S22: the two do not fall silent");
        let mut sent = Vec::new();
        let outputs = receive(&mut relay, 1, &message.encode());
        let told = carry_out(&mut relay, LinkId(1), outputs, &mut sent);
        refused.extend(told.into_iter().flat_map(|(_, hashes)| hashes));
        for data in sent {
            let mut message = sync::Message::decode(&data).unwrap();
            assert!(message.need.iter().all(|hash| !refused.contains(hash)), "S22: what was refused is asked for");
            // The relay's own change of that number is as unwelcome there; a stock peer would end with an error.
            message.changes = ChunkList::empty();
            stock.receive_sync_message(&mut state, message).unwrap();
        }
    }
    assert_eq!(refused.len(), 2, "the fork and what follows it: {refused:?}");
}

#[test]
fn s12_a_damaged_change_ends_its_link() {
    let good = carrying(&[Change::from(template())]);
    let magic = good.windows(4).position(|bytes| bytes == [0x85, 0x6f, 0x4a, 0x83]).unwrap();
    for (what, at) in [("its checksum", magic + 5), ("its content", good.len() - 3)] {
        let mut relay = relay();
        up(&mut relay, 0, Rights::ALL);
        let mut bad = good.clone();
        bad[at] ^= 1;
        let outputs = receive(&mut relay, 0, &bad);
        let [Output::Broken { reason: BrokenReason::DamagedChange(_), .. }] = &outputs[..] else {
            panic!("{what}: {outputs:?}")
        };
    }
}

#[test]
fn s13_a_whole_document_is_taken_from_ones_own_relay_only() {
    let mut doc = beginning(1);
    let text = doc.get(ROOT, "text").unwrap().unwrap().1;
    doc.transact::<_, _, automerge::AutomergeError>(|tx| tx.splice_text(&text, 0, 0, "whole")).unwrap();
    let changes = ChunkList::from(doc.save());
    let (heads, version) = (doc.get_heads(), MessageVersion::V2);
    let data = sync::Message { heads, need: vec![], have: vec![], changes, flags: None, version }.encode();
    let mut relay = relay();
    up(&mut relay, 0, Rights::ALL);
    let outputs = receive(&mut relay, 0, &data);
    assert_eq!(outputs, [Output::Broken { link: LinkId(0), reason: BrokenReason::DocumentChunk }]);
    let mut phone = DocumentSync::new();
    let (link, options) = (LinkId(0), LinkOptions::dialled());
    phone.handle(NOW, Input::LinkUp { link, rights: Rights::ALL, options });
    let outputs = receive(&mut phone, 0, &data);
    carry_out(&mut phone, link, outputs, &mut Vec::new());
    assert_eq!(text_of(phone.doc()), "whole");
}

#[test]
fn s12_more_heads_than_a_document_may_have_end_their_link() {
    let heads = |count: u16| {
        let mut bytes = vec![0x42];
        bytes.extend([(count & 127) as u8 | 128, (count >> 7) as u8]);
        bytes.extend((0..count).flat_map(|number| [[0; 30].as_slice(), &number.to_be_bytes()].concat()));
        bytes.extend([0, 0, 0]);
        bytes
    };
    for (count, breaks) in [(4_096, false), (4_097, true)] {
        let mut relay = relay();
        up(&mut relay, 0, Rights::ALL);
        let outputs = receive(&mut relay, 0, &heads(count));
        let is_broken = outputs.iter().any(|output| matches!(output, Output::Broken { .. }));
        assert_eq!(is_broken, breaks, "{count}");
    }
}

#[test]
fn s12_a_bloom_filter_with_impossible_numbers_ends_its_link() {
    // One head-less message with one `have`, whose filter is what each case says.
    let message = |bloom: &[u8]| {
        let mut bytes = vec![0x42, 0, 0, 1, 0, bloom.len() as u8];
        bytes.extend(bloom);
        bytes.push(0);
        bytes
    };
    let cases: [(&str, &[u8]); 3] = [
        ("no bits", &[1, 0, 7]),
        ("four billion probes", &[1, 10, 0xff, 0xff, 0xff, 0xff, 0x0f, 1, 1]),
        ("no probes", &[1, 10, 0, 1, 1]),
    ];
    for (what, bloom) in cases {
        let mut relay = relay();
        up(&mut relay, 0, Rights::ALL);
        let outputs = receive(&mut relay, 0, &message(bloom));
        assert!(
            matches!(&outputs[..], [Output::Broken { reason: BrokenReason::Malformed(_), .. }]),
            "{what}: {outputs:?}"
        );
    }
    let mut relay = relay();
    up(&mut relay, 0, Rights::ALL);
    let outputs = receive(&mut relay, 0, &message(&[1, 10, 7, 1, 1]));
    assert!(matches!(&outputs[..], [Output::Send { .. }]), "{outputs:?}");
}

/// A change that names an element of another text: Automerge panics on it once it is stored.
fn poison() -> (Automerge, Change) {
    let mut doc = beginning(7);
    doc.transact::<_, _, automerge::AutomergeError>(|tx| {
        let one = tx.put_object(ROOT, "one", ObjType::Text)?;
        tx.put_object(ROOT, "two", ObjType::Text)?;
        tx.splice_text(&one, 0, 0, "x")
    })
    .unwrap();
    let base = doc.clone();
    let elsewhere = OpId(doc.get_last_local_change().unwrap().max_op(), actor(7));
    let two = object_of(&doc, "two");
    let mut change = template();
    change.actor_id = ActorId::from([6; 16]);
    change.deps = doc.get_heads();
    change.start_op = NonZeroU64::new(elsewhere.0 + 1).unwrap();
    let insert = Op { insert: true, ..put(ObjectId::Id(two), Key::Seq(ElementId::Id(elsewhere))) };
    change.operations = vec![insert];
    (base, Change::from(change))
}

#[test]
fn s25_a_change_that_makes_automerge_panic_is_found_and_banned() {
    let (base, poison) = poison();
    let honest: Vec<Change> = (1..4)
        .map(|number| {
            let mut doc = base.clone().with_actor(actor(number));
            let mut tx = doc.transaction();
            any_edit(&mut tx, &mut Random::new(u64::from(number)));
            tx.commit_with(CommitOptions::default().with_time(0));
            doc.get_last_local_change().unwrap()
        })
        .collect();
    let offered = [&honest[..1], std::slice::from_ref(&poison), &honest[1..]].concat();
    let mut store = vec![base.save()];
    let mut relay = DocumentSync::load(&store).sync;
    let mut reloads = 0;
    for link in 0..8 {
        up(&mut relay, link, Rights::ALL);
        let mut open = receive(&mut relay, link, &carrying(&offered));
        let mut told = Vec::new();
        while let Some(output) = open.pop() {
            match output {
                Output::Store { batch, changes } => {
                    store.extend(changes.into_iter().map(|change| change.bytes));
                    open.extend(relay.handle(NOW, Input::Stored { batch }));
                }
                Output::Reload { suspects } => {
                    assert!(suspects.contains(&poison.hash()));
                    reloads += 1;
                    let is_suspect = |bytes: &Vec<u8>| {
                        Change::from_bytes(bytes.clone()).is_ok_and(|change| suspects.contains(&change.hash()))
                    };
                    store.retain(|bytes| !is_suspect(bytes));
                    assert_eq!(relay.handle(NOW, Input::Tick), []);
                    let loaded = DocumentSync::load_with(relay.quarantine(), &store);
                    assert_eq!(loaded.damaged, []);
                    relay = loaded.sync;
                    open.clear();
                }
                Output::Refused { reason, hashes, .. } => told.push((reason, hashes)),
                _ => {}
            }
        }
        if told == [(RefusedReason::Invalid, vec![poison.hash()])] {
            assert!(honest.iter().all(|change| relay.doc().get_change_by_hash(&change.hash()).is_some()));
            assert_eq!(reloads, 2, "once among others, once alone");
            return;
        }
        assert_eq!(told, []);
    }
    panic!("S25: the change was never found");
}

#[test]
fn s24_a_store_with_a_change_that_cannot_be_applied_loads_without_it() {
    let (base, poison) = poison();
    let loaded = DocumentSync::load([base.save(), poison.raw_bytes().to_vec(), genesis()]);
    assert_eq!(loaded.sync.heads(), base.get_heads());
    assert_eq!(loaded.damaged.iter().map(|damaged| damaged.index).collect::<Vec<_>>(), [1]);
}

#[test]
fn what_waits_is_bounded() {
    let mut doc = beginning(1);
    let mut relay = relay();
    up(&mut relay, 0, Rights::ALL);
    let text = doc.get(ROOT, "text").unwrap().unwrap().1;
    let mut asked_anew = 0;
    for number in 0..40 {
        doc.transact::<_, _, automerge::AutomergeError>(|tx| tx.splice_text(&text, 0, 0, "a")).unwrap();
        let long = format!("{number:08}").repeat(16_000);
        doc.transact::<_, _, automerge::AutomergeError>(|tx| tx.put(ROOT, "k", long)).unwrap();
        // Each depends on one that is never sent.
        let outputs = receive(&mut relay, 0, &carrying(&[doc.get_last_local_change().unwrap()]));
        for output in outputs {
            if let Output::Send { data, .. } = output {
                asked_anew += usize::from(sync::Message::decode(&data).unwrap().heads.is_empty());
            }
        }
    }
    assert!(asked_anew >= 2, "S16: what was dropped is asked for again");
    let mut phone = DocumentSync::from_stored(beginning(2));
    say(&mut phone, "goes on ");
    assert_eq!(crate::line::meet(&mut relay, &mut phone, Rights::ALL), []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn s12_no_sync_message_makes_the_core_panic(
        damage in vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
        noise in vec(any::<u8>(), 0..60),
        rights in prop_oneof![Just(Rights::ALL), Just(Rights::CARRY), Just(Rights::READ)],
        documents: bool,
    ) {
        let mut bytes = carrying(&[Change::from(template())]);
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let mut sync = relay();
        for (link, data) in [(0, &bytes), (1, &noise)] {
            let options = LinkOptions { documents, ..LinkOptions::accepted(true) };
            sync.handle(NOW, Input::LinkUp { link: LinkId(link), rights, options });
            let outputs = receive(&mut sync, link, data);
            for output in outputs {
                if let Output::Store { batch, .. } = output {
                    sync.handle(NOW, Input::Stored { batch });
                }
            }
        }
    }
}
