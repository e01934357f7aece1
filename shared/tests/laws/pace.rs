//! The fast way (S27 to S29): one relay, stock peers and ours in any mixture, on lines that keep their order, delay as
//! they like, double a message now and then, and break.

use std::collections::VecDeque;
use std::sync::Arc;

use automerge::sync::{self, SyncDoc};
use automerge::transaction::CommitOptions;
use automerge::{Automerge, Change, ChangeHash};
use proptest::prelude::*;
use shared::sync::document_sync::{COMPARE_EVERY, Input, LinkOptions, Output, PaceCounts, Rights};
use shared::sync::{BatchId, DocumentSync, LinkId, Millis};

use crate::core::{actor, beginning, receive, relay, up};
use crate::line::{carry_out, say};
use crate::simulation::{Random, any_edit};

fn edit(doc: &mut Automerge, random: &mut Random) {
    let mut tx = doc.transaction();
    any_edit(&mut tx, random);
    tx.commit_with(CommitOptions::default().with_time(0));
}

/// What a peer runs.
enum Copy {
    /// Automerge's own sync, as in every automerge-repo client.
    Stock(Box<Automerge>, Box<sync::State>),
    /// The core of ours.
    Ours(Box<DocumentSync>),
}

struct Peer {
    copy: Copy,
    link: Option<LinkId>,
    to_relay: VecDeque<Arc<[u8]>>,
    to_peer: VecDeque<Arc<[u8]>>,
    /// Answers only every so many turns.
    slowness: u64,
    /// What is sent to it is lost, which no line does.
    deaf: bool,
}

impl Peer {
    fn heads(&self) -> Vec<ChangeHash> {
        match &self.copy {
            Copy::Stock(doc, _) => doc.get_heads(),
            Copy::Ours(sync) => sync.heads(),
        }
    }

    fn speak(&mut self) {
        let Copy::Stock(doc, state) = &mut self.copy else { return };
        if self.link.is_some() {
            self.to_relay.extend(doc.generate_sync_message(state).map(|message| message.encode().into()));
        }
    }

    fn carry_out(&mut self, outputs: Vec<Output>) {
        let Copy::Ours(sync) = &mut self.copy else { return };
        let mut open = VecDeque::from(outputs);
        while let Some(output) = open.pop_front() {
            match output {
                Output::Store { batch, .. } => open.extend(sync.handle(Millis(0), Input::Stored { batch })),
                Output::Send { data, .. } => self.to_relay.push_back(data),
                Output::Applied { .. } => {}
                other => panic!("{other:?}"),
            }
        }
    }

    fn edit(&mut self, random: &mut Random) {
        match &mut self.copy {
            Copy::Stock(doc, _) => {
                edit(doc, random);
                self.speak();
            }
            Copy::Ours(sync) => {
                let ((), outputs) = sync.edit(Millis(0), |doc| edit(doc, random));
                self.carry_out(outputs);
            }
        }
    }

    fn hear(&mut self, data: &[u8]) {
        match &mut self.copy {
            Copy::Stock(doc, state) => {
                doc.receive_sync_message(state, sync::Message::decode(data).unwrap()).unwrap();
                self.speak();
            }
            Copy::Ours(sync) => {
                let outputs = sync.handle(Millis(0), Input::Received { link: self.link.unwrap(), data });
                self.carry_out(outputs);
            }
        }
    }
}

/// One relay with its store, and the peers.
struct Net {
    now: Millis,
    relay: DocumentSync,
    storing: Option<BatchId>,
    peers: Vec<Peer>,
    links: u64,
    random: Random,
    quiet: bool,
}

impl Net {
    fn new(seed: u64, stock: u8, ours: u8) -> Self {
        let mut random = Random::new(seed);
        let peers = (1..=stock + ours).map(|number| {
            let doc = beginning(number).with_actor(actor(number));
            let copy = if number <= stock {
                Copy::Stock(Box::new(doc), Box::default())
            } else {
                Copy::Ours(Box::new(DocumentSync::from_stored(doc)))
            };
            let slowness = [1, 1, 1, 9][random.below(4) as usize];
            Peer { copy, link: None, to_relay: VecDeque::new(), to_peer: VecDeque::new(), slowness, deaf: false }
        });
        let peers = peers.collect();
        let mut net = Self { now: Millis(0), relay: relay(), storing: None, peers, links: 0, random, quiet: false };
        for peer in 0..net.peers.len() {
            net.dial(peer);
        }
        net
    }

    fn dial(&mut self, index: usize) {
        let link = LinkId(self.links);
        self.links += 1;
        let compact = matches!(self.peers[index].copy, Copy::Ours(_));
        let options = LinkOptions { compact, ..LinkOptions::accepted(false) };
        let outputs = self.relay.handle(self.now, Input::LinkUp { link, rights: Rights::ALL, options });
        self.perform(outputs);
        let peer = &mut self.peers[index];
        peer.link = Some(link);
        match &mut peer.copy {
            Copy::Stock(_, state) => {
                **state = sync::State::new();
                peer.speak();
            }
            Copy::Ours(sync) => {
                let input = Input::LinkUp { link, rights: Rights::ALL, options: LinkOptions::dialled() };
                let outputs = sync.handle(Millis(0), input);
                peer.carry_out(outputs);
            }
        }
    }

    fn drop_line(&mut self, index: usize) {
        let peer = &mut self.peers[index];
        let Some(link) = peer.link.take() else { return };
        peer.to_relay.clear();
        peer.to_peer.clear();
        if let Copy::Ours(sync) = &mut peer.copy {
            sync.handle(Millis(0), Input::LinkDown { link });
        }
        self.relay.handle(self.now, Input::LinkDown { link });
    }

    fn perform(&mut self, outputs: Vec<Output>) {
        for output in outputs {
            match output {
                Output::Store { batch, .. } => assert_eq!(self.storing.replace(batch), None, "S14: one at a time"),
                Output::Send { link, data } => {
                    if let Some(peer) = self.peers.iter_mut().find(|peer| peer.link == Some(link)) {
                        peer.to_peer.push_back(data);
                    }
                }
                Output::Applied { .. } => {}
                other => panic!("{other:?}"),
            }
        }
    }

    /// Something happens. False when nothing is left to happen.
    fn turn(&mut self) -> bool {
        self.now = self.now + Millis(5);
        if let Some(batch) = self.storing.take_if(|_| self.quiet || self.random.chance(50)) {
            let outputs = self.relay.handle(self.now, Input::Stored { batch });
            self.perform(outputs);
        }
        let outputs = self.relay.handle(self.now, Input::Tick);
        self.perform(outputs);
        let mut any = self.storing.is_some();
        for index in 0..self.peers.len() {
            if !self.quiet {
                match self.random.below(1_000) {
                    0..30 => self.peers[index].edit(&mut self.random),
                    30..33 => self.drop_line(index),
                    _ => {}
                }
                if self.peers[index].link.is_none() && self.random.chance(10) {
                    self.dial(index);
                }
            } else if self.peers[index].link.is_none() {
                self.dial(index);
            }
            let is_due = self.quiet || self.random.below(self.peers[index].slowness) == 0;
            let peer = &mut self.peers[index];
            any |= !peer.to_relay.is_empty() || !peer.to_peer.is_empty();
            if let Some(data) = peer.to_peer.pop_front_if(|_| is_due).filter(|_| !peer.deaf) {
                peer.hear(&data);
            }
            let peer = &mut self.peers[index];
            if let Some((link, data)) = peer.link.zip(peer.to_relay.pop_front_if(|_| is_due)) {
                for _ in 0..1 + u64::from(self.random.chance(2)) {
                    let outputs = self.relay.handle(self.now, Input::Received { link, data: &data });
                    self.perform(outputs);
                }
            }
        }
        if self.quiet && !any {
            self.now = self.now + Millis(500);
        }
        any
    }

    /// Lets everything come to rest.
    fn settle(&mut self) {
        self.quiet = true;
        let rest = self.now + COMPARE_EVERY + COMPARE_EVERY;
        let mut turns = 0;
        while self.turn() || self.now < rest {
            turns += 1;
            assert!(turns < 10_000, "they do not fall silent");
        }
        assert_eq!(self.relay.heads(), self.relay.durable_heads());
        for (index, peer) in self.peers.iter().enumerate() {
            assert_eq!(peer.heads(), self.relay.heads(), "peer {index} has not converged");
        }
    }

    fn counts(&self) -> PaceCounts {
        self.relay.pace_counts()
    }
}

fn run(seed: u64, stock: u8, ours: u8) -> PaceCounts {
    let mut net = Net::new(seed, stock, ours);
    for _ in 0..1_000 {
        net.turn();
    }
    net.settle();
    net.counts()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn s27_stock_peers_and_ours_converge_by_the_fast_way(seed: u64, stock in 0..4_u8, ours in 0..4_u8) {
        prop_assume!(stock + ours > 1);
        let counts = run(seed, stock, ours);
        prop_assert_eq!(counts.mended, 0, "S29: {:?}", counts);
        prop_assert!(counts.fast > 20, "the fast way is hardly taken: {:?}", counts);
    }
}

/// A relay with `peers` stock peers that have everything and are in pace.
fn in_pace(peers: u8) -> Net {
    let mut net = Net::new(1, peers, 0);
    net.peers.iter_mut().for_each(|peer| peer.slowness = 1);
    net.quiet = true;
    for round in 0..2 {
        net.peers[0].edit(&mut Random::new(round));
        while net.turn() {}
    }
    net
}

fn sent(outputs: &[Output]) -> Vec<(LinkId, Arc<[u8]>)> {
    let send = |output: &Output| match output {
        Output::Send { link, data } => Some((*link, Arc::clone(data))),
        _ => None,
    };
    outputs.iter().filter_map(send).collect()
}

#[test]
fn s27_the_same_bytes_go_to_all_but_the_author() {
    let mut net = in_pace(5);
    net.peers[0].edit(&mut Random::new(7));
    let data = net.peers[0].to_relay.pop_front().unwrap();
    let outputs = receive(&mut net.relay, net.peers[0].link.unwrap().0, &data);
    let [Output::Store { batch, .. }] = outputs[..] else { panic!("{outputs:?}") };
    let sent = sent(&net.relay.handle(net.now, Input::Stored { batch }));
    assert_eq!(sent.len(), 5);
    let (author, others): (Vec<_>, Vec<_>) = sent.iter().partition(|(link, _)| Some(*link) == net.peers[0].link);
    assert!(others.iter().all(|(_, data)| Arc::ptr_eq(data, &others[0].1)), "S27: encoded once");
    let message = sync::Message::decode(&author[0].1).unwrap();
    assert!(message.changes.is_empty() && message.heads == net.relay.heads(), "its own change does not come back");
}

#[test]
fn s28_an_acknowledgement_is_not_answered() {
    let mut net = in_pace(3);
    let before = net.counts().fallen_back;
    net.peers[0].edit(&mut Random::new(7));
    let data = net.peers[0].to_relay.pop_front().unwrap();
    let outputs = receive(&mut net.relay, net.peers[0].link.unwrap().0, &data);
    let [Output::Store { batch, .. }] = outputs[..] else { panic!("{outputs:?}") };
    let outputs = net.relay.handle(net.now, Input::Stored { batch });
    net.perform(outputs);
    for index in 1..3 {
        let data = net.peers[index].to_peer.pop_front().unwrap();
        net.peers[index].hear(&data);
        let acknowledgement = net.peers[index].to_relay.pop_front().expect("a stock peer acknowledges every message");
        assert_eq!(receive(&mut net.relay, net.peers[index].link.unwrap().0, &acknowledgement), []);
    }
    assert_eq!(net.counts().fallen_back, before);
}

/// A peer that loses what it has said that it has, and goes on as if nothing were.
#[test]
fn s29_a_comparison_finds_what_a_peer_lost() {
    let mut net = in_pace(2);
    let before = net.peers[1].heads();
    net.peers[0].edit(&mut Random::new(8));
    net.peers[0].edit(&mut Random::new(9));
    net.peers[1].deaf = true;
    while net.turn() {}
    net.peers[1].deaf = false;
    assert_eq!(net.peers[1].heads(), before);
    assert_ne!(net.relay.heads(), before);
    let until = net.now + COMPARE_EVERY + COMPARE_EVERY;
    while net.turn() || net.now < until {}
    assert_eq!(net.peers[1].heads(), net.relay.heads());
    assert_eq!((net.counts().mended, net.counts().compared), (2, 1));
}

/// A relay with an author on link 1, its changes, and on link 2 a peer in pace that has only the beginning.
fn author_and_reader(edits: u64) -> (DocumentSync, Vec<Change>, Automerge, sync::State) {
    let (mut relay, mut phone, mut state) = (relay(), beginning(2), sync::State::new());
    let author = with_edits(1, edits);
    up(&mut relay, 1, Rights::ALL);
    relay.handle(Millis(0), Input::LinkUp { link: LinkId(2), rights: Rights::ALL, options: LinkOptions::default() });
    let hello = phone.generate_sync_message(&mut state).unwrap();
    for (_, data) in sent(&receive(&mut relay, 2, &hello.encode())) {
        phone.receive_sync_message(&mut state, sync::Message::decode(&data).unwrap()).unwrap();
    }
    (relay, author.get_changes(&phone.get_heads()), phone, state)
}

/// What link 2 says in a message of its own.
fn says(heads: Vec<ChangeHash>, need: Vec<ChangeHash>, last_sync: Vec<ChangeHash>, changes: &[Change]) -> Vec<u8> {
    let changes = sync::ChunkList::from(changes.iter().map(|change| change.raw_bytes().to_vec()).collect::<Vec<_>>());
    let have = vec![sync::Have { last_sync, ..Default::default() }];
    sync::Message { heads, need, have, changes, flags: None, version: sync::MessageVersion::V1 }.encode()
}

#[test]
fn s29_who_came_into_pace_lately_has_time_to_prove_what_it_was_told() {
    let (mut relay, changes, phone, _) = author_and_reader(2);
    relay.handle(Millis(0), Input::LinkDown { link: LinkId(2) });
    bring(&mut relay, 1, &changes[0]);
    assert!(!join(&mut relay, 3, &phone, LinkOptions::accepted(false)).is_empty());
    relay.handle(COMPARE_EVERY, Input::Tick);
    assert_eq!(relay.pace_counts().compared, 0);
    bring(&mut relay, 1, &changes[1]);
    relay.handle(COMPARE_EVERY, Input::Tick);
    assert_eq!(relay.pace_counts().compared, 1);
}

/// Much that came after the question makes stock sync send the whole document, also what the peer has.
#[test]
fn s29_what_a_peer_has_is_not_counted_as_missing_in_a_whole_document() {
    let (mut relay, changes, ..) = author_and_reader(4);
    bring(&mut relay, 1, &changes[0]);
    relay.handle(COMPARE_EVERY, Input::Tick);
    changes[1..].iter().for_each(|change| drop(bring(&mut relay, 1, change)));
    let has = vec![changes[0].hash()];
    let sent = sent(&receive(&mut relay, 2, &says(has.clone(), vec![changes[3].hash()], has, &[])));
    assert_eq!(sync::Message::decode(&sent[0].1).unwrap().version, sync::MessageVersion::V2);
    assert_eq!((relay.pace_counts().compared, relay.pace_counts().mended), (1, 0));
}

/// What is lost is found all the same, once the peer has heard the question.
#[test]
fn s29_what_was_said_before_the_question_came_is_no_answer_to_it() {
    for is_lost in [false, true] {
        let (mut relay, changes, mut phone, mut state) = author_and_reader(1);
        let beginning = phone.get_heads();
        let told = bring(&mut relay, 1, &changes[0]).into_iter().filter(|(link, _)| *link == LinkId(2) && !is_lost);
        let asked = sent(&relay.handle(COMPARE_EVERY, Input::Tick));
        let orphan = with_edits(3, 2).get_last_local_change().unwrap();
        let crossing = says(vec![orphan.hash()], vec![], beginning, &[orphan]);
        let answered = sent(&receive(&mut relay, 2, &crossing));
        assert_eq!((relay.pace_counts().compared, relay.pace_counts().mended), (1, 0));
        for (_, data) in told.chain(asked).chain(answered) {
            phone.receive_sync_message(&mut state, sync::Message::decode(&data).unwrap()).unwrap();
            if let Some(answer) = phone.generate_sync_message(&mut state) {
                receive(&mut relay, 2, &answer.encode());
            }
        }
        assert_eq!(phone.get_heads(), relay.heads());
        assert_eq!(relay.pace_counts().mended, u64::from(is_lost));
    }
}

#[test]
fn s28_what_is_asked_for_goes_back_to_stock_sync_and_comes_again() {
    let mut net = in_pace(2);
    let link = net.peers[1].link.unwrap().0;
    let heads = net.relay.heads();
    let before = net.counts().fallen_back;
    let all: Vec<_> = net.relay.doc().get_changes(&[]).iter().map(Change::hash).collect();
    let message = sync::Message {
        heads: heads.clone(),
        need: vec![all[1]],
        have: vec![],
        changes: sync::ChunkList::empty(),
        flags: None,
        version: sync::MessageVersion::V1,
    };
    let sent = sent(&receive(&mut net.relay, link, &message.encode()));
    assert_eq!(net.counts().fallen_back, before + 1);
    let answer = sync::Message::decode(&sent[0].1).unwrap();
    assert_eq!(answer.changes.len(), 1);
}

/// A new link is not in pace before its peer has proved anything.
#[test]
fn s28_a_link_that_has_said_nothing_is_told_nothing() {
    let mut net = in_pace(2);
    assert_eq!(up(&mut net.relay, 77, Rights::ALL).iter().filter(|o| matches!(o, Output::Send { .. })).count(), 0);
    net.peers[0].edit(&mut Random::new(7));
    let data = net.peers[0].to_relay.pop_front().unwrap();
    let outputs = receive(&mut net.relay, net.peers[0].link.unwrap().0, &data);
    let [Output::Store { batch, .. }] = outputs[..] else { panic!("{outputs:?}") };
    let sent = sent(&net.relay.handle(net.now, Input::Stored { batch }));
    assert!(sent.iter().all(|(link, _)| *link != LinkId(77)));
}

/// A relay in which `length` changes were made, and what a peer with `has` is answered when it comes.
fn join(relay: &mut DocumentSync, link: u64, has: &Automerge, options: LinkOptions) -> Vec<Arc<[u8]>> {
    relay.handle(Millis(0), Input::LinkUp { link: LinkId(link), rights: Rights::ALL, options });
    let hello = has.generate_sync_message(&mut sync::State::new()).unwrap();
    sent(&receive(relay, link, &hello.encode())).into_iter().map(|(_, data)| data).collect()
}

fn with_edits(number: u8, edits: u64) -> Automerge {
    let mut doc = beginning(number);
    (0..edits).for_each(|seed| edit(&mut doc, &mut Random::new(seed)));
    doc
}

/// Brings a change into the relay; returns what it sends then.
fn bring(relay: &mut DocumentSync, link: u64, change: &Change) -> Vec<(LinkId, Arc<[u8]>)> {
    let outputs = receive(relay, link, &crate::core::carrying(std::slice::from_ref(change)));
    let [Output::Store { batch, .. }] = outputs[..] else { panic!("{outputs:?}") };
    sent(&relay.handle(Millis(0), Input::Stored { batch }))
}

#[test]
fn s31_who_comes_again_with_new_edits_says_what_both_had_and_neither_sums_up_the_rest() {
    let doc = with_edits(1, 3_000);
    let met = doc.get_heads();
    let mut answers = Vec::new();
    for shared in [vec![], met] {
        let mut relay = DocumentSync::from_stored(doc.clone());
        let mut phone = DocumentSync::from_stored(doc.clone().with_actor(actor(2)));
        let edited = say(&mut phone, "new ");
        let (now, link) = (Millis(0), LinkId(1));
        let options = LinkOptions { shared, ..LinkOptions::dialled() };
        let mut sent = phone.handle(now, Input::LinkUp { link, rights: Rights::ALL, options });
        relay.handle(now, Input::LinkUp { link, rights: Rights::ALL, options: LinkOptions::accepted(false) });
        let mut bytes = 0;
        for _ in 0..20 {
            let mut to_relay = Vec::new();
            carry_out(&mut phone, link, std::mem::take(&mut sent), &mut to_relay);
            for data in to_relay {
                bytes += data.len();
                let mut to_phone = Vec::new();
                let outputs = relay.handle(now, Input::Received { link, data: &data });
                carry_out(&mut relay, link, outputs, &mut to_phone);
                for data in to_phone {
                    bytes += data.len();
                    sent.extend(phone.handle(now, Input::Received { link, data: &data }));
                }
            }
        }
        assert_eq!(relay.heads(), [edited]);
        answers.push(bytes);
    }
    assert!(answers[1] < 1_500 && answers[0] > 5 * answers[1], "{answers:?}");
}

#[test]
fn s31_a_peer_with_nothing_gets_the_kept_snapshot_and_what_came_since() {
    let mut doc = with_edits(1, 200);
    let mut relay = DocumentSync::from_stored(doc.clone());
    let first = join(&mut relay, 1, &Automerge::new(), LinkOptions::accepted(false));
    edit(&mut doc, &mut Random::new(77));
    up(&mut relay, 9, Rights::ALL);
    bring(&mut relay, 9, &doc.get_last_local_change().unwrap());
    let second = join(&mut relay, 2, &Automerge::new(), LinkOptions::accepted(false));
    let chunk = |data: &[u8]| sync::Message::decode(data).unwrap().changes.iter().next().unwrap().to_vec();
    assert!(chunk(&second[0]).starts_with(&chunk(&first[0])), "the snapshot is made once");
    assert_eq!(first.len() + second.len(), 2);
    let mut stock = Automerge::new();
    let mut state = sync::State::new();
    stock.generate_sync_message(&mut state).unwrap();
    stock.receive_sync_message(&mut state, sync::Message::decode(&second[0]).unwrap()).unwrap();
    assert_eq!(stock.get_heads(), relay.heads());
    let answer = stock.generate_sync_message(&mut state).unwrap().encode();
    assert_eq!(sent(&receive(&mut relay, 2, &answer)), [], "S28: it is in pace already");
}

#[test]
fn s31_a_peer_that_has_some_gets_only_what_it_lacks() {
    let old = with_edits(1, 50);
    let mut doc = old.clone();
    (100..103).for_each(|seed| edit(&mut doc, &mut Random::new(seed)));
    let mut relay = DocumentSync::from_stored(doc.clone());
    let answer = join(&mut relay, 1, &old, LinkOptions::accepted(false));
    let message = sync::Message::decode(&answer[0]).unwrap();
    assert_eq!((answer.len(), message.changes.len()), (1, 3));
    assert_eq!(relay.pace_counts().fallen_back, 0);
    edit(&mut doc, &mut Random::new(9));
    up(&mut relay, 9, Rights::ALL);
    let news = bring(&mut relay, 9, &doc.get_last_local_change().unwrap());
    let news = news.iter().find(|(link, _)| *link == LinkId(1)).unwrap();
    assert_eq!(sync::Message::decode(&news.1).unwrap().changes.len(), 1);
}

#[test]
fn s31_what_devices_lack_that_were_away_goes_to_all_of_them_in_the_same_bytes() {
    let base = with_edits(1, 20);
    let mut relay = DocumentSync::from_stored(base.clone());
    let mut away: Vec<(Automerge, sync::State)> = (0..4)
        .map(|number| {
            let mut doc = base.clone().with_actor(actor(10 + number));
            let mut random = Random::new(u64::from(number));
            (0..1_500).for_each(|_| edit(&mut doc, &mut random));
            (doc, sync::State::new())
        })
        .collect();
    let mut to_relay: VecDeque<(LinkId, Vec<u8>)> = VecDeque::new();
    for (link, (doc, state)) in (0..).zip(&mut away) {
        up(&mut relay, link, Rights::ALL);
        to_relay.push_back((LinkId(link), doc.generate_sync_message(state).unwrap().encode()));
    }
    let mut large: Vec<Arc<[u8]>> = Vec::new();
    let mut storing: Option<BatchId> = None;
    loop {
        // The store is slow: all that is on its way has come before it answers.
        let outputs = match (to_relay.pop_front(), storing) {
            (Some((link, data)), _) => relay.handle(Millis(0), Input::Received { link, data: &data }),
            (None, Some(batch)) => {
                storing = None;
                relay.handle(Millis(0), Input::Stored { batch })
            }
            (None, None) => break,
        };
        for output in outputs {
            match output {
                Output::Store { batch, .. } => storing = Some(batch),
                Output::Send { link, data } => {
                    let (doc, state) = &mut away[usize::try_from(link.0).unwrap()];
                    doc.receive_sync_message(state, sync::Message::decode(&data).unwrap()).unwrap();
                    to_relay.extend(doc.generate_sync_message(state).map(|message| (link, message.encode())));
                    large.extend(Some(data).filter(|data| data.len() > 10_000));
                }
                _ => {}
            }
        }
    }
    for (doc, _) in &away {
        assert_eq!(doc.get_heads(), relay.heads());
    }
    let distinct: std::collections::BTreeSet<_> =
        large.iter().map(Arc::as_ptr).map(<*const [u8]>::cast::<u8>).collect();
    let (sent, made): (usize, usize) = (large.len(), distinct.len());
    assert!(made * 3 / 2 <= sent, "{made} messages were made for {sent}");
    assert_eq!((relay.pace_counts().fallen_back, relay.pace_counts().mended), (0, 0));
}

/// One typed letter on a board that somebody else had before: what the frame and the message take.
#[test]
fn s30_a_letter_takes_150_bytes_to_a_peer_that_understands_it_compactly() {
    let mut doc = with_edits(1, 50);
    let mut relay = DocumentSync::from_stored(doc.clone());
    let compact = LinkOptions { compact: true, ..LinkOptions::accepted(false) };
    join(&mut relay, 1, &doc, compact);
    join(&mut relay, 2, &doc, LinkOptions::accepted(false));
    up(&mut relay, 9, Rights::ALL);
    let text = automerge::ReadDoc::get(&doc, automerge::ROOT, "text").unwrap().unwrap().1;
    let mut tx = doc.transaction();
    automerge::transaction::Transactable::splice_text(&mut tx, &text, 0, 0, "e").unwrap();
    tx.commit_with(CommitOptions::default().with_time(0));
    let news = bring(&mut relay, 9, &doc.get_last_local_change().unwrap());
    let to = |link| news.iter().find(|(to, _)| *to == LinkId(link)).unwrap().1.clone();
    let frame = 31;
    assert!(to(1).len() + frame <= 150, "{} bytes", to(1).len() + frame);
    // Both say the same.
    for data in [to(1), to(2)] {
        let mut peer = DocumentSync::from_stored(with_edits(1, 50));
        let link = LinkId(0);
        peer.handle(Millis(0), Input::LinkUp { link, rights: Rights::ALL, options: LinkOptions::dialled() });
        let outputs = peer.handle(Millis(0), Input::Received { link, data: &data });
        let Some(Output::Store { batch, .. }) = outputs.first() else { panic!("{outputs:?}") };
        peer.handle(Millis(0), Input::Stored { batch: *batch });
        assert_eq!(peer.heads(), relay.heads());
    }
}

/// A relay with peers in pace that have all of a board, on the compact links 1 to 3 and the stock links 8 and 9.
fn board_in_pace() -> (DocumentSync, Automerge) {
    let doc = with_edits(1, 5);
    let mut relay = DocumentSync::from_stored(doc.clone());
    for link in [1, 2, 3, 8, 9] {
        join(&mut relay, link, &doc, LinkOptions { compact: link < 8, ..LinkOptions::accepted(false) });
    }
    (relay, doc)
}

fn next_change(doc: &mut Automerge, seed: u64) -> Change {
    edit(doc, &mut Random::new(seed));
    doc.get_last_local_change().unwrap()
}

/// Lets a link in pace bring the document's last change, as stock peers and ours do; returns what is sent then.
fn edits(relay: &mut DocumentSync, link: u64, doc: &Automerge) -> Vec<(LinkId, Arc<[u8]>)> {
    let change = doc.get_last_local_change().unwrap();
    let outputs = receive(relay, link, &says(doc.get_heads(), vec![], doc.get_heads(), &[change]));
    let [Output::Store { batch, .. }] = outputs[..] else { panic!("{outputs:?}") };
    sent(&relay.handle(Millis(0), Input::Stored { batch }))
}

fn to(link: u64, sent: &[(LinkId, Arc<[u8]>)]) -> Vec<&[u8]> {
    sent.iter().filter(|(to, _)| *to == LinkId(link)).map(|(_, data)| &data[..]).collect()
}

#[test]
fn s30_an_acknowledgement_between_ours_waits_for_the_next_step_or_a_second() {
    let (mut relay, mut doc) = board_in_pace();
    next_change(&mut doc, 11);
    let first = edits(&mut relay, 1, &doc);
    assert_eq!((to(1, &first).len(), to(2, &first).len(), to(8, &first).len()), (0, 1, 1));
    let change = next_change(&mut doc, 12);
    let next = edits(&mut relay, 9, &doc);
    let [both] = to(1, &next)[..] else { panic!("one message") };
    assert!(both.ends_with(change.raw_bytes()) && to(9, &next).len() == 1);
    assert_eq!(to(1, &sent(&relay.handle(Millis(1_000), Input::Tick))), Vec::<&[u8]>::new());

    next_change(&mut doc, 13);
    edits(&mut relay, 1, &doc);
    let early = sent(&relay.handle(Millis(999), Input::Tick));
    assert_eq!(early.len(), 0);
    assert_eq!(relay.next_deadline(), Some(Millis(1_000)));
    let alone = sent(&relay.handle(Millis(1_000), Input::Tick));
    assert_eq!((to(1, &alone).len(), alone.len()), (1, 1));
    assert!(to(1, &alone)[0].ends_with(&doc.get_heads()[0].0));
}

#[test]
fn s27_what_two_tabs_bring_at_once_goes_to_all_others_whole() {
    let (mut relay, mut doc) = board_in_pace();
    let change = next_change(&mut doc, 11);
    let says = says(doc.get_heads(), vec![], doc.get_heads(), std::slice::from_ref(&change));
    let outputs = receive(&mut relay, 2, &says);
    let [Output::Store { batch, .. }] = outputs[..] else { panic!("{outputs:?}") };
    assert_eq!(receive(&mut relay, 1, &says), []);
    let news = sent(&relay.handle(Millis(0), Input::Stored { batch }));
    let [told] = to(3, &news)[..] else { panic!("one message") };
    assert!(told.ends_with(change.raw_bytes()));
}

#[test]
fn s28_an_acknowledgement_in_anothers_words_proves_as_much() {
    let (mut relay, mut doc) = board_in_pace();
    next_change(&mut doc, 11);
    edits(&mut relay, 1, &doc);
    let acknowledgement = says(doc.get_heads(), vec![], doc.get_heads(), &[]);
    assert!(!relay.hear_again(LinkId(8), &acknowledgement), "nobody has said it yet");
    assert_eq!(receive(&mut relay, 8, &acknowledgement), []);
    assert!(relay.hear_again(LinkId(9), &acknowledgement));
    assert!([2, 3].iter().all(|link| relay.hear_again(LinkId(*link), &acknowledgement)));
    // Nothing is known of a link that has not come into pace.
    up(&mut relay, 10, Rights::ALL);
    assert!(!relay.hear_again(LinkId(10), &acknowledgement));
    relay.handle(COMPARE_EVERY, Input::Tick);
    assert_eq!(relay.pace_counts().compared, 0);

    next_change(&mut doc, 12);
    edits(&mut relay, 1, &doc);
    let now = COMPARE_EVERY + COMPARE_EVERY;
    relay.handle(now, Input::Tick);
    relay.handle(now + COMPARE_EVERY, Input::Tick);
    assert_eq!(relay.pace_counts().compared, 4, "whoever says nothing more is asked");
}

proptest! {
    #[test]
    fn s30_no_bytes_make_a_compact_message_panic(mut data in proptest::collection::vec(any::<u8>(), 0..200), real: bool) {
        data.insert(0, 0x44);
        if real {
            let change = with_edits(1, 1).get_last_local_change().unwrap();
            data.truncate(3);
            data.extend(change.raw_bytes());
        }
        let mut relay = relay();
        up(&mut relay, 0, Rights::ALL);
        receive(&mut relay, 0, &data);
    }
}
