//! The document's sync: what must hold whatever arrives, and in whatever order.

use std::collections::BTreeSet;

use automerge::sync::{self, ChunkList, MessageVersion, SyncDoc};
use automerge::transaction::CommitOptions;
use automerge::{ActorId, Automerge, Change, ChangeHash};
use proptest::prelude::*;
use shared::sync::document_sync::{BrokenReason, Input, LinkOptions, Output, Rights, STORE_RETRY};
use shared::sync::message::RefusedReason;
use shared::sync::{BatchId, DocumentSync, LinkId, Millis};

use crate::line::{carry_out, meet, say, text_of};
use crate::simulation::{Random, any_edit, genesis};

const NOW: Millis = Millis(0);

pub(crate) fn actor(number: u8) -> ActorId {
    ActorId::from([number; 16])
}

pub(crate) fn beginning(number: u8) -> Automerge {
    Automerge::load(&genesis()).unwrap().with_actor(actor(number))
}

pub(crate) fn relay() -> DocumentSync {
    DocumentSync::load([genesis()]).sync
}

fn edit(doc: &mut Automerge, random: &mut Random) {
    let mut tx = doc.transaction();
    any_edit(&mut tx, random);
    tx.commit_with(CommitOptions::default().with_time(0));
}

/// Several devices that now and then hear of each other, and everything they wrote.
fn history(seed: u64, devices: u8, edits: usize) -> (Automerge, Vec<Change>) {
    let mut random = Random::new(seed);
    let mut docs: Vec<_> = (1..=devices).map(beginning).collect();
    for _ in 0..edits {
        let at = random.below(u64::from(devices)) as usize;
        if random.chance(30) {
            let mut other = docs[random.below(u64::from(devices)) as usize].clone();
            docs[at].merge(&mut other).unwrap();
        }
        edit(&mut docs[at], &mut random);
    }
    let mut whole = beginning(99);
    for doc in &mut docs {
        whole.merge(doc).unwrap();
    }
    let changes = whole.get_changes(&beginning(1).get_heads());
    (whole, changes)
}

fn shuffled(mut changes: Vec<Change>, random: &mut Random) -> Vec<Change> {
    for at in (1..changes.len()).rev() {
        changes.swap(at, random.below(at as u64 + 1) as usize);
    }
    changes
}

/// A sync message that carries `changes` and says nothing else.
pub(crate) fn carrying(changes: &[Change]) -> Vec<u8> {
    let chunks: Vec<_> = changes.iter().map(|change| change.raw_bytes().to_vec()).collect();
    let mut heads: Vec<_> = changes.last().map(Change::hash).into_iter().collect();
    heads.sort_unstable();
    let changes = ChunkList::from(chunks);
    sync::Message { heads, need: vec![], have: vec![], changes, flags: None, version: MessageVersion::V1 }.encode()
}

pub(crate) fn up(sync: &mut DocumentSync, link: u64, rights: Rights) -> Vec<Output> {
    sync.handle(NOW, Input::LinkUp { link: LinkId(link), rights, options: LinkOptions::accepted(true) })
}

pub(crate) fn receive(sync: &mut DocumentSync, link: u64, data: &[u8]) -> Vec<Output> {
    sync.handle(NOW, Input::Received { link: LinkId(link), data })
}

pub(crate) fn batch_of(outputs: &[Output]) -> Option<BatchId> {
    outputs.iter().find_map(|output| if let Output::Store { batch, .. } = output { Some(*batch) } else { None })
}

pub(crate) fn refused(outputs: &[Output]) -> Vec<(RefusedReason, Vec<ChangeHash>)> {
    outputs
        .iter()
        .filter_map(|output| match output {
            Output::Refused { hashes, reason, .. } => Some((reason.clone(), hashes.clone())),
            _ => None,
        })
        .collect()
}

fn one_change(number: u8) -> Change {
    let mut doc = beginning(number);
    edit(&mut doc, &mut Random::new(u64::from(number)));
    doc.get_last_local_change().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn s14_any_arrival_order_over_any_links_converges(seed: u64, edits in 1..40_usize) {
        let (whole, changes) = history(seed, 3, edits);
        let mut random = Random::new(seed ^ 1);
        let mut relay = relay();
        for link in 0..3 {
            up(&mut relay, link, Rights::ALL);
        }
        let mut stores = Vec::new();
        let mut rest = shuffled(changes.clone(), &mut random);
        // A change may wait for another on its own link only so long; every link brings everything in the end.
        let rounds = [rest.clone(), std::mem::take(&mut rest)];
        for change in rounds.into_iter().flatten() {
            let link = random.below(3);
            stores.extend(batch_of(&receive(&mut relay, link, &carrying(&[change]))));
            if random.chance(40) && let Some(batch) = stores.pop() {
                stores.extend(batch_of(&relay.handle(NOW, Input::Stored { batch })));
            }
        }
        while let Some(batch) = stores.pop() {
            stores.extend(batch_of(&relay.handle(NOW, Input::Stored { batch })));
        }
        prop_assert_eq!(relay.heads(), whole.get_heads());
        prop_assert_eq!(relay.durable_heads(), whole.get_heads());
        prop_assert_eq!(relay.doc().hydrate(None), whole.hydrate(None));
    }

    #[test]
    fn s14_replays_are_harmless(seed: u64, edits in 1..20_usize) {
        let (whole, changes) = history(seed, 3, edits);
        let mut relay = relay();
        up(&mut relay, 0, Rights::ALL);
        let outputs = receive(&mut relay, 0, &carrying(&changes));
        carry_out(&mut relay, LinkId(0), outputs, &mut Vec::new());
        for data in [carrying(&changes), carrying(&changes[..1]), carrying(&shuffled(changes, &mut Random::new(seed)))] {
            let outputs = receive(&mut relay, 0, &data);
            prop_assert_eq!(batch_of(&outputs), None);
            prop_assert_eq!(refused(&outputs), vec![]);
        }
        prop_assert_eq!(relay.heads(), whole.get_heads());
    }

    /// A stock peer is Automerge's own sync, with a state of its own and no knowledge of ours.
    #[test]
    fn s13_a_stock_peer_and_a_relay_converge_and_fall_silent(seed: u64, here in 0..20_usize, there in 0..20_usize) {
        let (relay_doc, _) = history(seed, 2, here);
        let mut relay = DocumentSync::from_stored(relay_doc);
        let mut stock = beginning(50);
        let mut random = Random::new(seed);
        for _ in 0..there {
            edit(&mut stock, &mut random);
        }
        let mut state = sync::State::new();
        up(&mut relay, 0, Rights::ALL);
        let mut rounds = 0;
        while let Some(message) = stock.generate_sync_message(&mut state) {
            // S13: it never sends a whole document, since it never saw that we would take one.
            prop_assert_eq!(&message.version, &MessageVersion::V1);
            rounds += 1;
            prop_assert!(rounds < 20, "S22: they do not fall silent");
            let mut sent = Vec::new();
            let outputs = receive(&mut relay, 0, &message.encode());
            carry_out(&mut relay, LinkId(0), outputs, &mut sent);
            for data in sent {
                stock.receive_sync_message(&mut state, sync::Message::decode(&data).unwrap()).unwrap();
            }
        }
        prop_assert_eq!(relay.heads(), stock.get_heads());
    }

    #[test]
    fn s17_a_reader_changes_nothing_whatever_it_sends(seed: u64, edits in 1..20_usize) {
        let (_, changes) = history(seed, 2, edits);
        let mut relay = relay();
        let before = relay.heads();
        up(&mut relay, 0, Rights::READ);
        let mut told = 0;
        for data in [carrying(&changes), carrying(&changes[..1]), carrying(&changes)] {
            let outputs = receive(&mut relay, 0, &data);
            prop_assert_eq!(batch_of(&outputs), None);
            told += refused(&outputs).len();
        }
        prop_assert_eq!(told, 1);
        prop_assert_eq!(relay.heads(), before);
    }

    #[test]
    fn s18_control_changes_only_under_a_facilitator_or_a_checkpoint(seed: u64, edits in 2..25_usize, signed in 0..25_usize) {
        let (whole, changes) = history(seed, 2, edits);
        let signed = changes[signed % changes.len()].hash();
        let mut relay = relay();
        up(&mut relay, 0, Rights::CARRY);
        let outputs = receive(&mut relay, 0, &carrying(&changes));
        prop_assert_eq!(batch_of(&outputs), None);
        prop_assert!(refused(&outputs).iter().all(|(reason, _)| *reason == RefusedReason::NotCovered));
        // A checkpoint lets in what it covers, though that came before it, and nothing more.
        let outputs = relay.cover(&[signed]);
        carry_out(&mut relay, LinkId(0), outputs, &mut Vec::new());
        let expected = whole.fork_at(&[signed]).unwrap();
        prop_assert_eq!(relay.heads(), vec![signed]);
        prop_assert_eq!(relay.doc().hydrate(None), expected.hydrate(None));
        // The rest comes with the facilitator.
        up(&mut relay, 1, Rights::ALL);
        let outputs = receive(&mut relay, 1, &carrying(&changes));
        carry_out(&mut relay, LinkId(1), outputs, &mut Vec::new());
        prop_assert_eq!(relay.heads(), whole.get_heads());
    }

    #[test]
    fn s24_loading_takes_chunks_in_any_order_and_names_the_damaged(seed: u64, edits in 1..25_usize, bad in 0..25_usize) {
        let (whole, changes) = history(seed, 3, edits);
        let mut random = Random::new(seed);
        let mut chunks = vec![genesis(), genesis()];
        chunks.extend(shuffled(changes.clone(), &mut random).into_iter().map(|mut change| change.bytes().into_owned()));
        let loaded = DocumentSync::load(&chunks);
        prop_assert_eq!(loaded.damaged, vec![]);
        prop_assert_eq!(loaded.sync.durable_heads(), whole.get_heads());
        let again = DocumentSync::load([loaded.sync.save(), chunks[2].clone()]);
        prop_assert_eq!(again.sync.heads(), whole.get_heads());
        // One flipped bit costs that change and what depends on it, no more.
        let bad = 2 + bad % changes.len();
        let middle = chunks[bad].len() / 2;
        chunks[bad][middle] ^= 1;
        let loaded = DocumentSync::load(&chunks);
        prop_assert!(loaded.damaged.iter().any(|damaged| damaged.index == bad));
        let there = loaded.sync.doc().get_changes(&[]).len();
        prop_assert_eq!(there + loaded.damaged.len(), changes.len() + 1);
    }
}

#[test]
fn s14_nothing_is_applied_sent_or_named_before_it_is_stored() {
    let mut relay = relay();
    let before = relay.heads();
    up(&mut relay, 0, Rights::ALL);
    up(&mut relay, 1, Rights::ALL);
    receive(&mut relay, 1, &carrying(&[]));
    let change = one_change(1);
    let outputs = receive(&mut relay, 0, &carrying(std::slice::from_ref(&change)));
    let [Output::Store { batch, changes }] = &outputs[..] else { panic!("{outputs:?}") };
    assert_eq!(changes.iter().map(|stored| stored.hash).collect::<Vec<_>>(), [change.hash()]);
    assert_eq!((relay.heads(), relay.durable_heads()), (before.clone(), before));
    let outputs = relay.handle(NOW, Input::Stored { batch: *batch });
    let sends = outputs.iter().filter(|output| matches!(output, Output::Send { .. })).count();
    assert_eq!(sends, 2, "its author and the other hear of it: {outputs:?}");
    let named = Output::Durable { link: LinkId(0), heads: vec![change.hash()] };
    assert!(outputs.contains(&named) && outputs.contains(&Output::Applied { changes: 1 }));
}

#[test]
fn s14_what_arrives_during_a_write_is_the_next_batch() {
    let mut relay = relay();
    up(&mut relay, 0, Rights::ALL);
    let first = batch_of(&receive(&mut relay, 0, &carrying(&[one_change(1)]))).unwrap();
    assert_eq!(batch_of(&receive(&mut relay, 0, &carrying(&[one_change(2)]))), None);
    assert_eq!(batch_of(&receive(&mut relay, 0, &carrying(&[one_change(3)]))), None);
    let outputs = relay.handle(NOW, Input::Stored { batch: first });
    let stored = outputs.iter().find_map(|output| match output {
        Output::Store { changes, .. } => Some(changes.len()),
        _ => None,
    });
    assert_eq!(stored, Some(2));
    // An answer that comes twice, or for a batch that is not on its way, does nothing.
    assert_eq!(relay.handle(NOW, Input::Stored { batch: first }), []);
}

#[test]
fn s14_the_author_of_every_change_is_answered() {
    let mut relay = relay();
    up(&mut relay, 0, Rights::ALL);
    let mut stock = beginning(1);
    let mut state = sync::State::new();
    for seed in 0..3 {
        edit(&mut stock, &mut Random::new(seed));
        while let Some(message) = stock.generate_sync_message(&mut state) {
            let mut sent = Vec::new();
            let outputs = receive(&mut relay, 0, &message.encode());
            carry_out(&mut relay, LinkId(0), outputs, &mut sent);
            for data in sent {
                stock.receive_sync_message(&mut state, sync::Message::decode(&data).unwrap()).unwrap();
            }
        }
        assert_eq!(state.their_heads, Some(stock.get_heads()));
    }
}

#[test]
fn s15_an_own_edit_is_seen_at_once_and_sent_once_stored() {
    let mut phone = relay();
    let link = LinkId(0);
    let options = LinkOptions::dialled();
    phone.handle(NOW, Input::LinkUp { link, rights: Rights::ALL, options });
    let ((), outputs) = phone.edit(NOW, |doc| edit(doc.set_actor(actor(1)), &mut Random::new(3)));
    let [Output::Store { batch, .. }] = &outputs[..] else { panic!("{outputs:?}") };
    assert_eq!(phone.unstored(), phone.heads());
    assert_ne!(phone.durable_heads(), phone.heads());
    let asked = receive(&mut phone, 0, &relay_hello());
    assert!(!asked.iter().any(|output| matches!(output, Output::Send { .. })), "{asked:?}");
    let outputs = phone.handle(NOW, Input::Stored { batch: *batch });
    assert!(outputs.iter().any(|output| matches!(output, Output::Send { .. })));
    assert_eq!(phone.durable_heads(), phone.heads());
    assert_eq!(phone.unstored(), []);
}

/// What a relay with nothing but the genesis says.
fn relay_hello() -> Vec<u8> {
    beginning(90).generate_sync_message(&mut sync::State::new()).unwrap().encode()
}

#[test]
fn s16_a_failing_store_loses_nothing_and_the_peer_is_asked_again() {
    let mut relay = relay();
    let before = relay.heads();
    let mut stock = beginning(1);
    edit(&mut stock, &mut Random::new(5));
    let mut state = sync::State::new();
    up(&mut relay, 0, Rights::ALL);
    let mut batch = None;
    for _ in 0..4 {
        let Some(message) = stock.generate_sync_message(&mut state) else { break };
        let outputs = receive(&mut relay, 0, &message.encode());
        batch = batch.or(batch_of(&outputs));
        for output in outputs {
            if let Output::Send { data, .. } = output {
                stock.receive_sync_message(&mut state, sync::Message::decode(&data).unwrap()).unwrap();
            }
        }
    }
    let outputs = relay.handle(NOW, Input::StoreFailed { batch: batch.unwrap() });
    // Its author by name; and everyone, that nothing is kept.
    let told = refused(&outputs);
    assert_eq!(told, [(RefusedReason::StoreFailed, stock.get_heads()), (RefusedReason::StoreFailed, vec![])]);
    let outputs = up(&mut relay, 7, Rights::READ);
    assert_eq!(refused(&outputs), [(RefusedReason::StoreFailed, vec![])], "whoever comes now is told, too");
    assert_eq!(relay.heads(), before);
    assert!(relay.is_store_failing());
    assert_eq!(relay.next_deadline(), Some(NOW + STORE_RETRY));
    let mut outputs = relay.handle(NOW + STORE_RETRY, Input::Tick);
    for _ in 0..10 {
        let mut sent = Vec::new();
        carry_out(&mut relay, LinkId(0), std::mem::take(&mut outputs), &mut sent);
        for data in sent {
            stock.receive_sync_message(&mut state, sync::Message::decode(&data).unwrap()).unwrap();
        }
        let Some(message) = stock.generate_sync_message(&mut state) else { break };
        outputs = receive(&mut relay, 0, &message.encode());
    }
    assert_eq!(relay.durable_heads(), stock.get_heads());
    assert!(!relay.is_store_failing());
}

/// A reader whose store fails again and again asks for the same in the same words, by the reset flag.
#[test]
fn s16_whoever_asks_for_all_anew_is_answered_each_time() {
    let (mut relay, mut phone) = (relay(), relay());
    let (link, mut now) = (LinkId(0), NOW);
    up(&mut relay, link.0, Rights::READ);
    let outputs = phone.handle(now, Input::LinkUp { link, rights: Rights::ALL, options: LinkOptions::dialled() });
    exchange(&mut relay, &mut phone, outputs);
    // The filter of the second takes the third for one of its own, as filters do now and then.
    for (edits, failures) in [(1, 0), (2, 3), (5, 3)] {
        let ((), outputs) = relay.edit(now, |doc| edit(doc.set_actor(actor(1)), &mut Random::new(edits)));
        let mut sent = Vec::new();
        carry_out(&mut relay, link, outputs, &mut sent);
        let mut outputs = sent.iter().flat_map(|data| receive(&mut phone, link.0, data)).collect();
        for _ in 0..failures {
            let batch = exchange(&mut relay, &mut phone, outputs).expect("the relay sends again what was lost");
            phone.handle(now, Input::StoreFailed { batch });
            now = now + STORE_RETRY;
            outputs = phone.handle(now, Input::Tick);
        }
        let batch = exchange(&mut relay, &mut phone, outputs).expect("the relay sends again what was lost");
        let outputs = phone.handle(now, Input::Stored { batch });
        exchange(&mut relay, &mut phone, outputs);
        assert_eq!(phone.durable_heads(), relay.heads());
    }
}

/// Carries what the phone says to the relay, and what that answers back; returns the batch that the phone is to store.
fn exchange(relay: &mut DocumentSync, phone: &mut DocumentSync, outputs: Vec<Output>) -> Option<BatchId> {
    let mut open = outputs;
    let mut batch = None;
    while let Some(output) = open.pop() {
        batch = batch.or(batch_of(std::slice::from_ref(&output)));
        if let Output::Send { link, data } = output {
            let mut sent = Vec::new();
            let outputs = receive(relay, link.0, &data);
            carry_out(relay, link, outputs, &mut sent);
            open.extend(sent.iter().flat_map(|data| receive(phone, link.0, data)));
        }
    }
    batch
}

#[test]
fn s16_everyone_is_told_that_the_store_fails_and_that_it_works_again() {
    let mut relay = relay();
    for link in 0..3 {
        up(&mut relay, link, Rights::ALL);
    }
    let batch = batch_of(&receive(&mut relay, 0, &carrying(&[one_change(1)]))).unwrap();
    let outputs = relay.handle(NOW, Input::StoreFailed { batch });
    let told = |outputs: &[Output], link| {
        outputs.iter().any(|output| match output {
            Output::Refused { link: to, hashes, .. } => *to == LinkId(link) && hashes.is_empty(),
            _ => false,
        })
    };
    assert!((0..3).all(|link| told(&outputs, link)), "{outputs:?}");
    // Whoever could try it again has gone: after a while it counts as working until it shows otherwise.
    relay.handle(NOW, Input::LinkDown { link: LinkId(0) });
    let outputs = relay.handle(NOW + STORE_RETRY, Input::Tick);
    let named = |link| outputs.iter().any(|out| matches!(out, Output::Durable { link: to, .. } if *to == LinkId(link)));
    assert!(named(1) && named(2) && !relay.is_store_failing(), "{outputs:?}");
}

#[test]
fn s16_an_own_edit_survives_a_failing_store() {
    let mut phone = relay();
    let ((), outputs) = phone.edit(NOW, |doc| edit(doc.set_actor(actor(1)), &mut Random::new(3)));
    let outputs = phone.handle(NOW, Input::StoreFailed { batch: batch_of(&outputs).unwrap() });
    assert_eq!(outputs, []);
    assert_eq!(phone.unstored(), phone.heads());
    let outputs = phone.handle(NOW + STORE_RETRY, Input::Tick);
    phone.handle(NOW, Input::Stored { batch: batch_of(&outputs).unwrap() });
    assert_eq!(phone.durable_heads(), phone.heads());
}

#[test]
fn s19_a_change_waits_for_what_it_depends_on_and_is_not_asked_for_again() {
    let mut doc = beginning(1);
    edit(&mut doc, &mut Random::new(1));
    let parent = doc.get_last_local_change().unwrap();
    edit(&mut doc, &mut Random::new(2));
    let child = doc.get_last_local_change().unwrap();
    let mut relay = relay();
    up(&mut relay, 0, Rights::ALL);
    let outputs = receive(&mut relay, 0, &carrying(std::slice::from_ref(&child)));
    let [Output::Send { data, .. }] = &outputs[..] else { panic!("{outputs:?}") };
    assert_eq!(sync::Message::decode(data).unwrap().need, [parent.hash()]);
    let outputs = receive(&mut relay, 0, &carrying(std::slice::from_ref(&parent)));
    carry_out(&mut relay, LinkId(0), outputs, &mut Vec::new());
    assert_eq!(relay.heads(), [child.hash()]);
}

#[test]
fn s19_of_all_that_waits_only_what_waited_for_a_change_comes_with_it() {
    let mut relay = relay();
    for link in 0..2 {
        up(&mut relay, link, Rights::ALL);
    }
    let mut docs: Vec<_> = (1..=2).map(beginning).collect();
    let chains: Vec<Vec<Change>> = docs
        .iter_mut()
        .map(|doc| {
            let write = |at| {
                edit(doc, &mut Random::new(at));
                doc.get_last_local_change().unwrap()
            };
            (0..4).map(write).collect()
        })
        .collect();
    // Both links bring the ends of both chains; the beginnings come on one.
    for (link, chain) in (0..2).flat_map(|link| chains.iter().map(move |chain| (link, chain))) {
        receive(&mut relay, link, &carrying(&chain[1..]));
    }
    let before = relay.heads();
    let outputs = receive(&mut relay, 0, &carrying(&chains[1][..1]));
    carry_out(&mut relay, LinkId(0), outputs, &mut Vec::new());
    assert_eq!(relay.heads(), [chains[1][3].hash()]);
    let outputs = receive(&mut relay, 1, &carrying(&chains[0][..1]));
    carry_out(&mut relay, LinkId(0), outputs, &mut Vec::new());
    assert_eq!((relay.heads().len(), before), (2, beginning(1).get_heads()));
}

#[test]
fn s21_a_document_is_as_large_after_loading_as_it_was() {
    let mut relay = relay();
    let empty = relay.size();
    up(&mut relay, 0, Rights::ALL);
    let mut doc = beginning(1);
    let text = automerge::ReadDoc::get(&doc, automerge::ROOT, "text").unwrap().unwrap().1;
    for number in 0..20 {
        let mut tx = doc.transaction();
        automerge::transaction::Transactable::splice_text(&mut tx, &text, 0, 0, &format!("{number} ").repeat(500))
            .unwrap();
        tx.commit();
    }
    let (mut chunks, mut to_do) =
        (vec![genesis()], receive(&mut relay, 0, &carrying(&doc.get_changes(&genesis_heads()))));
    while let Some(output) = to_do.pop() {
        if let Output::Store { batch, changes } = output {
            chunks.extend(changes.into_iter().map(|change| change.bytes));
            to_do.extend(relay.handle(NOW, Input::Stored { batch }));
        }
    }
    let live = relay.size();
    assert!(live.0 > empty.0 + 20_000, "{live}");
    assert_eq!(DocumentSync::load(&chunks).sync.size(), live);
    let snapshot = relay.save();
    relay.compacted(&snapshot, live);
    assert!(relay.size() < live);
    assert_eq!(DocumentSync::load([&snapshot]).sync.size(), relay.size());
}

fn genesis_heads() -> Vec<ChangeHash> {
    beginning(1).get_heads()
}

#[test]
fn s20_received_is_what_lies_inside_the_named_heads() {
    let mut phone = DocumentSync::from_stored(beginning(1));
    let own = [say(&mut phone, "one "), say(&mut phone, "two ")];
    assert_eq!(phone.received(&[own[0]], &own), [own[0]]);
    assert_eq!(phone.received(&[own[1]], &own), own);
    assert_eq!(phone.received(&[ChangeHash([9; 32])], &own), []);
    assert_eq!(phone.received(&[ChangeHash([9; 32]), own[0]], &own), [own[0]]);
    assert_eq!(phone.received(&[], &own), []);
}

#[test]
fn s20_a_link_that_comes_again_learns_at_once_what_is_durable() {
    let mut relay = relay();
    let outputs = up(&mut relay, 0, Rights::ALL);
    assert_eq!(outputs, [Output::Durable { link: LinkId(0), heads: relay.heads() }]);
}

#[test]
fn a_large_upload_goes_in_parts_below_the_frame_limit() {
    let mut phone = DocumentSync::from_stored(beginning(1));
    let whole: BTreeSet<_> = (0..60).map(|n| say(&mut phone, &format!("{n} {} ", incompressible(n)))).collect();
    let mut relay = relay();
    let (link, mut sent) = (LinkId(1_000), Vec::new());
    let options = LinkOptions::dialled();
    let outputs = phone.handle(NOW, Input::LinkUp { link, rights: Rights::ALL, options });
    carry_out(&mut phone, link, outputs, &mut sent);
    up(&mut relay, 1_000, Rights::ALL);
    let mut longest = 0;
    while !sent.is_empty() {
        let mut answers = Vec::new();
        for data in std::mem::take(&mut sent) {
            longest = longest.max(data.len());
            let outputs = receive(&mut relay, 1_000, &data);
            carry_out(&mut relay, link, outputs, &mut answers);
        }
        for data in answers {
            let outputs = receive(&mut phone, 1_000, &data);
            carry_out(&mut phone, link, outputs, &mut sent);
        }
    }
    assert_eq!(relay.heads(), phone.heads());
    assert!(whole.len() == 60 && (100_000..400_000).contains(&longest), "{longest} bytes");
}

fn incompressible(seed: u64) -> String {
    let mut random = Random::new(seed);
    (0..1_000).map(|_| format!("{:016x}", random.next())).collect()
}

#[test]
fn a_wiped_relay_gets_everything_back_from_a_phone_that_carries_it() {
    let mut phone = relay();
    say(&mut phone, "ann ");
    let mut first = relay();
    meet(&mut first, &mut phone, Rights::ALL);
    let mut second = DocumentSync::new();
    second.cover(&phone.heads());
    assert_eq!(meet(&mut second, &mut phone, Rights::CARRY), []);
    assert_eq!((second.heads(), text_of(second.doc())), (first.heads(), "ann ".to_owned()));
}

#[test]
fn what_is_not_a_sync_message_ends_its_link_only() {
    let mut relay = relay();
    up(&mut relay, 0, Rights::ALL);
    up(&mut relay, 1, Rights::ALL);
    let outputs = receive(&mut relay, 0, b"rubbish");
    assert!(matches!(&outputs[..], [Output::Broken { link: LinkId(0), reason: BrokenReason::Malformed(_) }]));
    assert_eq!(receive(&mut relay, 0, &carrying(&[one_change(1)])), []);
    assert!(batch_of(&receive(&mut relay, 1, &carrying(&[one_change(1)]))).is_some());
}
