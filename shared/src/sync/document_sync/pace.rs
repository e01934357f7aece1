//! The fast way: links that are in pace are told each step of the document, in the same bytes (S27, S28, S31).
//!
//! A link is in pace once its peer has proved, by its heads, that it holds everything up to one of the latest steps.
//! From then on everything that follows is sent to it in order on a line that loses nothing, so that no comparison is
//! needed to know what it lacks, and an acknowledgement says nothing that must be answered. Whatever is unusual goes
//! back to stock sync, which the link's `State` is kept fit for.

use std::collections::BTreeSet;
use std::sync::{Arc, Weak};

use automerge::sync::{Capability, Have, Message, MessageFlags, State, SyncDoc};
use automerge::{Automerge, ChangeHash};

use super::history::is_in;
use super::link::{Held, Link};
use super::outgoing::{self, PART_BYTES, Wording};
use super::queue::Batch;
use super::rights::Write;
use super::steps::{Memory, Step, StepNumber, Told};
use super::{DocumentSync, Output};
use crate::sync::identity::LinkId;
use crate::sync::measure::Millis;

/// Bytes of later changes with which a snapshot is still sent.
const SNAPSHOT_STALE: usize = 64 << 10;

/// How often those in pace are told what is durable, beside what they brought themselves (S20), and how long an
/// acknowledgement waits between two of ours (S30).
const NAME_DURABLE_EVERY: Millis = Millis::from_secs(1);

/// Whether many may come back at once. A phone has one link, and does not fetch what only a relay needs.
const HAS_REUNIONS: bool = cfg!(not(target_family = "wasm"));

/// With so many changes since both had the same, stock sync is asked for its word but once.
const MUCH: usize = 256;

/// Bytes of changes in one piece of what a device lacks that was away.
const PIECE_BYTES: usize = 64 << 10;

/// So many changes of one link wait only while a device that was away brings what it has.
const UPLOAD: u64 = 256;

/// How far a link is that is in pace.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    /// The latest step that the peer proved to hold.
    pub(super) proven: StepNumber,
    /// The latest step that it was told of; `None` while it has not been told the heads of any.
    pub(super) told: Option<StepNumber>,
    /// It was in pace when the time began after which all are compared, and so has had all of it for its proof.
    pub(super) is_due: bool,
}

/// How far a link is when a message has been heard; with nothing proven, it is sent all that it lacks.
#[derive(Debug, Clone, Copy)]
struct Begun {
    proven: Option<StepNumber>,
    told: Option<StepNumber>,
}

/// The messages that whoever had nothing was sent last, as long as somebody holds them.
#[derive(Debug)]
pub(super) struct Welcome {
    at: StepNumber,
    wording: Wording,
    messages: Vec<Weak<[u8]>>,
}

/// One piece of what devices lack that were away, as long as somebody holds it.
#[derive(Debug)]
pub(super) struct ToldPiece {
    name: PieceName,
    messages: Vec<Weak<[u8]>>,
}

/// Which piece of what a link brought after the step `from`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct PieceName {
    from: StepNumber,
    link: Option<LinkId>,
    place: usize,
    first: Option<ChangeHash>,
    /// So many are in it by now: one that is not full may grow.
    changes: usize,
    wording: Wording,
}

/// How the fast way has fared since the document was loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PaceCounts {
    /// Messages that were sent without a comparison.
    pub fast: u64,
    /// Links that went back to stock sync.
    pub fallen_back: u64,
    /// Full comparisons that were asked for.
    pub compared: u64,
    /// Changes that a full comparison found to be missing though they had been told. Never anything but 0, unless a peer
    /// loses what it has said that it has.
    pub mended: u64,
}

impl DocumentSync {
    /// How the fast way has fared.
    #[must_use]
    pub fn pace_counts(&self) -> PaceCounts {
        self.counts
    }

    /// Notes what a stored batch adds; it is one step together with what waited for an own edit to be stored (S15).
    pub(super) fn note_step(&mut self, now: Millis, batch: &Batch) {
        self.untold.extend(batch.changes.iter().map(|pending| Told {
            hash: pending.change.hash(),
            deps: pending.change.deps().to_vec(),
            bytes: pending.change.raw_bytes().to_vec(),
            from: pending.from,
        }));
        if self.holds_back() {
            return;
        }
        let changes = std::mem::take(&mut self.untold);
        let is_reunion = HAS_REUNIONS && self.links.values().any(Link::may_have_been_away);
        let most = if is_reunion { Memory::OF_REUNION } else { Memory::USUAL };
        self.steps.push(Step { heads: self.doc.get_heads(), changes }, most);
        self.tell_at.get_or_insert(now + NAME_DURABLE_EVERY);
        if self.compare_at.is_none() {
            self.compare_later(now);
        }
    }

    /// Tells everyone what is new: those in pace by the same bytes, the others by stock sync.
    pub(super) fn tell(&mut self, outputs: &mut Vec<Output>) {
        if self.holds_back() {
            return;
        }
        // S17: readers are told in every message that nothing is taken from them.
        let mut shared: Vec<(Wording, Vec<Arc<[u8]>>)> = Vec::new();
        let ids: Vec<_> = self.links.keys().copied().collect();
        for id in ids {
            let Some(link) = self.links.get(&id) else { continue };
            let wording = Wording::of(link);
            match link.pace {
                // S31: it is answered when all of it is here; stock sync walks the history for every word before.
                None if link.accepted - link.applied > UPLOAD => {}
                None if HAS_REUNIONS && link.owes_an_answer() && self.has_much_for(link) => {}
                None => self.speak(id, false, outputs),
                Some(pace) if self.is_latest_step_for(id, pace) => {
                    // S27: the same bytes for all who were told everything before.
                    let known = shared.iter().position(|(known, _)| *known == wording);
                    let place = known.unwrap_or_else(|| {
                        shared.push((wording, outgoing::news(&self.steps, |_| true, pace.next(), wording)));
                        shared.len() - 1
                    });
                    let (_, messages) = &shared[place];
                    outputs.extend(messages.iter().map(|data| Output::Send { link: id, data: Arc::clone(data) }));
                    self.counts.fast += 1;
                    if let Some(link) = self.links.get_mut(&id) {
                        link.pace = Some(Pace { told: Some(self.steps.last()), ..pace });
                    }
                }
                Some(_) => self.catch_up(id, outputs),
            }
        }
    }

    /// Whether stock sync would sum up many changes for a link: all since both had the same.
    fn has_much_for(&self, link: &Link) -> bool {
        let since = self.steps.with_heads(&link.state.shared_heads);
        let is_more = |told: &mut dyn Iterator<Item = &Told>| told.nth(MUCH).is_some();
        since.map_or_else(|| is_more(&mut self.steps.told()), |at| is_more(&mut self.steps.told_after(at)))
    }

    /// Whether nothing but the latest step is new to the link, and nothing of it came from there.
    fn is_latest_step_for(&self, id: LinkId, pace: Pace) -> bool {
        // By what it is known to hold, also where it was not told: whoever has proved the latest step lacks nothing of it.
        let is_next = pace.told.is_some() && pace.next().is_before(self.steps.last());
        let brought = |step: &Step| step.changes.iter().any(|told| told.from == Some(id));
        is_next && self.steps.last_step().is_some_and(|step| !brought(step))
    }

    /// Tells a link in pace all steps that it was not told of; its own changes are acknowledged by the heads alone.
    fn catch_up(&mut self, id: LinkId, outputs: &mut Vec<Output>) {
        let Some(link) = self.links.get(&id) else { return };
        let Some(pace) = link.pace.filter(|pace| pace.told != Some(self.steps.last())) else { return };
        let says_more = || self.steps.told_after(pace.next()).any(|told| told.from != Some(id));
        // S30: what waits here is said by the next step, or in time by `tell_in_time`, which the step asked for.
        if !link.options.compact || pace.told.is_none() || says_more() {
            self.tell_all(id, pace, outputs);
        }
    }

    fn tell_all(&mut self, id: LinkId, pace: Pace, outputs: &mut Vec<Output>) {
        let Some(link) = self.links.get(&id) else { return };
        let wording = Wording::of(link);
        let keep = |told: &Told| told.from != Some(id);
        let bytes: usize = self.steps.told_after(pace.next()).map(|told| told.bytes.len()).sum();
        let messages = if HAS_REUNIONS && bytes > PART_BYTES {
            self.much_news(id, pace.next(), wording)
        } else {
            outgoing::news(&self.steps, keep, pace.next(), wording)
        };
        outputs.extend(messages.into_iter().map(|data| Output::Send { link: id, data }));
        if let Some(link) = self.links.get_mut(&id) {
            link.pace = Some(Pace { told: Some(self.steps.last()), ..pace });
        }
        self.counts.fast += 1;
    }

    /// S31: what a device lacks that was away is what the others brought, and they lack of each other the same. So it goes by who
    /// brought it, each piece in the same bytes to all who come from the step `from`.
    fn much_news(&mut self, id: LinkId, from: StepNumber, wording: Wording) -> Vec<Arc<[u8]>> {
        let before = self.steps.heads_of(from).unwrap_or_default();
        let by_link = self.steps.pieces_after(from, PIECE_BYTES);
        let others = by_link.into_iter().filter(|(link, _)| *link != Some(id));
        let named = |(link, pieces): (Option<LinkId>, Vec<_>)| {
            (0..).zip(pieces).map(move |(place, piece)| (link, place, piece))
        };
        let mut pieces: Vec<(_, usize, _)> = others.flat_map(named).collect();
        let last = pieces.pop();
        self.told_pieces.retain(|kept| kept.messages.iter().any(|message| message.strong_count() > 0));
        let mut messages = Vec::new();
        for (link, place, piece) in pieces {
            let first = piece.changes.first().map(|told| told.hash);
            let name = PieceName { from, link, place, first, changes: piece.changes.len(), wording };
            let kept = self.told_pieces.iter().find(|kept| kept.name == name);
            let kept = kept.and_then(|kept| kept.messages.iter().map(Weak::upgrade).collect::<Option<Vec<_>>>());
            messages.extend(kept.unwrap_or_else(|| {
                let made = outgoing::piece(&self.steps, before, piece.changes.into_iter(), false, wording);
                self.told_pieces.push(ToldPiece { name, messages: made.iter().map(Arc::downgrade).collect() });
                made
            }));
        }
        let changes = last.map(|(_, _, piece)| piece.changes).unwrap_or_default();
        messages.extend(outgoing::piece(&self.steps, before, changes.into_iter(), true, wording));
        messages
    }

    /// Lets a message count whose changes are all applied. True when stock sync must answer it.
    pub(super) fn hear(&mut self, id: LinkId, held: Held, outputs: &mut Vec<Output>) -> bool {
        let Held { message, had_changes, .. } = held;
        let Some(link) = self.links.get(&id) else { return false };
        if let Some(pace) = self.pace_after(id, link, &message) {
            let was_in_pace = link.pace.is_some();
            let is_due = link.pace.is_some_and(|pace| pace.is_due);
            let heads = message.heads.clone();
            if pace.proven.is_none() {
                self.welcome(id, &heads, outputs);
            }
            let proven = pace.proven.unwrap_or(self.steps.last());
            let told = if pace.proven.is_none() { Some(proven) } else { pace.told };
            if let Some(link) = self.links.get_mut(&id) {
                link.hear_plain(&message);
                link.pace = Some(Pace { proven, told, is_due });
                link.comparison = None;
            }
            if !was_in_pace {
                // S20: it is sent all of it now, and perhaps no step follows of which it would hear.
                self.name_durable(id, self.history.durable_heads(), outputs);
            } else if had_changes {
                // Heads that it knows itself, so that it need not wait for any to come in.
                self.name_durable(id, heads, outputs);
            }
            self.catch_up(id, outputs);
            return false;
        }
        self.fall_back(id);
        self.hear_stock(id, message, had_changes);
        true
    }

    /// How far the link is in pace after a message; `None` when stock sync must take it.
    fn pace_after(&self, id: LinkId, link: &Link, message: &Message) -> Option<Begun> {
        if !is_plain(&self.doc, link, message) {
            return None;
        }
        let proof = self.steps.with_heads(&message.heads);
        let is_empty = self.steps.last_step().is_none_or(|step| step.heads.is_empty());
        match (link.pace, proof) {
            _ if is_empty => None,
            (Some(_), _) if message.heads.is_empty() => None,
            (Some(pace), proof) => {
                Some(Begun { proven: Some(proof.map_or(pace.proven, |at| at.max(pace.proven))), told: pace.told })
            }
            (None, Some(proven)) => {
                let told = self.steps.with_heads(&link.state.last_sent_heads).filter(|told| *told == proven);
                Some(Begun { proven: Some(proven), told })
            }
            // S31: what it lacks is found once, from its heads alone.
            (None, None) if self.holds_back() || !self.untold.is_empty() => None,
            (None, None) => {
                let met = if HAS_REUNIONS { self.met_at(id, message) } else { None };
                Some(Begun { proven: met, told: met })
            }
        }
    }

    /// S31: the step that a device was last at before it was away, if it has nothing else but what it brought since. It says
    /// so itself, or the first change that it brought follows from that step's heads.
    fn met_at(&self, id: LinkId, message: &Message) -> Option<StepNumber> {
        let [have] = &message.have[..] else { return None };
        let first = || self.steps.told().find(|told| told.from == Some(id));
        let before_first = || {
            let mut deps = first()?.deps.clone();
            deps.sort_unstable();
            self.steps.with_heads(&deps)
        };
        let met = self.steps.with_heads(&have.last_sync).or_else(before_first)?;
        let mut heads: BTreeSet<_> = message.heads.iter().collect();
        for known in self.steps.heads_of(met)? {
            heads.remove(known);
        }
        for told in self.steps.told_after(met).filter(|told| told.from == Some(id)) {
            heads.remove(&told.hash);
        }
        heads.is_empty().then_some(met)
    }

    /// S31: sends a peer whose heads are no step all that it lacks: the kept snapshot to one that has nothing, the changes
    /// after its heads to any other.
    fn welcome(&mut self, id: LinkId, heads: &[ChangeHash], outputs: &mut Vec<Output>) {
        let Some(wording) = self.links.get(&id).map(Wording::of) else { return };
        let messages = if heads.is_empty() {
            self.whole(wording)
        } else {
            let changes = self.doc.get_changes(heads);
            let chunks = changes.iter().map(|change| change.raw_bytes().to_vec()).collect();
            outgoing::welcome(&self.steps, heads, chunks, wording)
        };
        outputs.extend(messages.into_iter().map(|data| Output::Send { link: id, data }));
        self.counts.fast += 1;
    }

    /// The messages with the whole document: the same bytes for all who come between two steps.
    fn whole(&mut self, wording: Wording) -> Vec<Arc<[u8]>> {
        let at = self.steps.last();
        if let Some(kept) = self.welcome.as_ref().filter(|kept| (kept.at, kept.wording) == (at, wording)) {
            let whole: Option<Vec<_>> = kept.messages.iter().map(Weak::upgrade).collect();
            if let Some(whole) = whole {
                return whole;
            }
        }
        let chunks = self.snapshot();
        let messages = outgoing::welcome(&self.steps, &[], chunks, wording);
        self.welcome = Some(Welcome { at, wording, messages: messages.iter().map(Arc::downgrade).collect() });
        messages
    }

    /// The whole document: the snapshot that was made last, and what was told since.
    fn snapshot(&mut self) -> Vec<Vec<u8>> {
        let since = |at| self.steps.told_after(at).map(|told| told.bytes.len()).sum::<usize>();
        let is_fresh = |(at, bytes): &(StepNumber, Arc<[u8]>)| {
            self.steps.heads_of(*at).is_some() && since(*at) <= SNAPSHOT_STALE.max(bytes.len() / 2)
        };
        let (at, bytes) = match self.snapshot.take().filter(is_fresh) {
            Some(kept) => kept,
            None => (self.steps.last(), self.doc.save().into()),
        };
        let whole = bytes.iter().copied().chain(self.steps.told_after(at).flat_map(|told| told.bytes.iter().copied()));
        let whole = whole.collect();
        self.snapshot = Some((at, bytes));
        vec![whole]
    }

    /// Goes back to stock sync, with what the link was told as what it was sent (S28).
    pub(super) fn fall_back(&mut self, id: LinkId) {
        let Some(link) = self.links.get_mut(&id) else { return };
        let Some(pace) = link.pace.take() else { return };
        self.counts.fallen_back += 1;
        // The latest step may not have been told here yet: what it brings is still to be sent.
        let later: BTreeSet<_> = self.steps.told_after(pace.next()).map(|told| told.hash).collect();
        let since_proven = self.steps.told_after(pace.proven).map(|told| told.hash);
        link.state.sent_hashes = since_proven.filter(|hash| !later.contains(hash)).collect();
        if let Some(heads) = pace.told.and_then(|told| self.steps.heads_of(told)) {
            link.state.last_sent_heads = heads.to_vec();
        }
        link.state.have_responded = true;
    }

    /// Stock sync has spoken: a peer that has told that it holds everything is in pace from here on.
    pub(super) fn keep_pace(&mut self, id: LinkId, outputs: &mut Vec<Output>) {
        let Some(link) = self.links.get_mut(&id) else { return };
        let state = &link.state;
        let (Some(heads), Some(have), Some(need)) = (&state.their_heads, &state.their_have, &state.their_need) else {
            return;
        };
        let proof = self.steps.with_heads(heads).filter(|proof| *proof == self.steps.last());
        let told_it = self.steps.with_heads(&state.last_sent_heads) == proof;
        if let Some(proven) = proof.filter(|_| told_it && state.have_responded)
            && is_quiet(&self.doc, link, need, have)
        {
            let heads = heads.clone();
            link.comparison = None;
            link.pace = Some(Pace { proven, told: Some(proven), is_due: false });
            self.name_durable(id, heads, outputs);
        }
    }

    /// S20, S30: names what is durable to those in pace, at most so often, and acknowledges what was not yet.
    pub(super) fn tell_in_time(&mut self, now: Millis, outputs: &mut Vec<Output>) {
        if self.tell_at.take_if(|at| *at <= now).is_none() {
            return;
        }
        let in_pace = self.links.iter().filter_map(|(id, link)| link.pace.map(|pace| (*id, pace)));
        for (id, pace) in in_pace.collect::<Vec<_>>() {
            self.name_durable(id, self.history.durable_heads(), outputs);
            // S15: once the own edit that holds it back is stored, there is a step that says it.
            if pace.told != Some(self.steps.last()) && !self.holds_back() {
                self.tell_all(id, pace, outputs);
            }
        }
    }
}

impl Pace {
    /// The step after which everything is new to the peer.
    fn next(self) -> StepNumber {
        self.told.map_or(self.proven, |told| told.max(self.proven))
    }
}

impl Link {
    /// What stock sync would note of an acknowledgement, without its walk of the history.
    pub(super) fn hear_plain(&mut self, message: &Message) {
        if message.flags.is_some() && self.state.their_capabilities.is_none() {
            self.state.their_capabilities = Some(vec![Capability::MessageV2, Capability::SyncReset]);
        }
        self.state.in_flight = false;
        self.state.shared_heads.clone_from(&message.heads);
        self.state.their_heads.get_or_insert_default().clone_from(&message.heads);
        self.state.their_need.get_or_insert_default().clone_from(&message.need);
        self.state.their_have.get_or_insert_default().clone_from(&message.have);
        self.state.sent_hashes.clear();
        self.last_out = None;
    }

    /// Whether it may be about to bring what was done while it was away.
    fn may_have_been_away(&self) -> bool {
        self.pace.is_none() && self.rights.write != Write::None && !self.state.peer_read_only
    }

    /// Whether stock sync has told it heads that it did not have, and has not heard of it since: the answer to what it
    /// says next brings all that came meanwhile (S31).
    fn owes_an_answer(&self) -> bool {
        let State { in_flight, last_sent_heads, their_heads, .. } = &self.state;
        *in_flight && !self.state.peer_read_only && their_heads.as_ref() != Some(last_sent_heads)
    }

    /// Whether nothing of it waits, and it takes what it is told.
    pub(super) fn is_at_rest(&self) -> bool {
        self.rights.read
            && self.room.is_empty()
            && !self.reset_due
            // It takes nothing, so that it would never have what our heads say.
            && !self.state.peer_read_only
            && !self.state.needs_reset
    }
}

/// Whether a message says no more than that its sender has what we have (S28).
fn is_plain(doc: &Automerge, link: &Link, message: &Message) -> bool {
    let is_reader = message.flags.is_some_and(|flags| flags.contains(MessageFlags::READ_ONLY));
    !is_reader
        && !is_reset(message)
        && (!message.heads.is_empty() || has_nothing(link, message))
        && message.heads.iter().all(|head| is_in(doc, head))
        && is_quiet(doc, link, &message.need, &message.have)
}

/// Whether the peer asks by the flag for that to be sent again what it has not got.
pub(super) fn is_reset(message: &Message) -> bool {
    message.flags.is_some_and(|flags| flags.contains(MessageFlags::SYNC_RESET))
}

/// Whether the peer has nothing, and takes a whole document as one (S13).
fn has_nothing(link: &Link, message: &Message) -> bool {
    let is_empty = message.have.iter().all(|have| have.last_sync.is_empty() && have.bloom.to_bytes().is_empty());
    let takes_documents = message.flags.is_some() || link.state.their_capabilities.is_some();
    message.heads.is_empty() && is_empty && takes_documents
}

/// Whether the peer asks for nothing, compares with what is known here, and nothing of it waits.
fn is_quiet(doc: &Automerge, link: &Link, need: &[ChangeHash], have: &[Have]) -> bool {
    let [have] = have else { return false };
    link.is_at_rest() && need.is_empty() && have.last_sync.iter().all(|head| is_in(doc, head))
}

impl DocumentSync {
    /// Automerge's own sync: walks the history.
    fn hear_stock(&mut self, id: LinkId, message: Message, had_changes: bool) {
        let Some(link) = self.links.get_mut(&id) else { return };
        let last_sent_heads = link.state.last_sent_heads.clone();
        let asks_by_flag = is_reset(&message);
        let has_nothing = message.heads.is_empty();
        // S31: what the peer says that both had when they last met, so that neither sums up what lies before it.
        if link.state.shared_heads.is_empty()
            && let [have] = &message.have[..]
            && have.last_sync.iter().all(|head| is_in(&self.doc, head))
        {
            link.state.shared_heads.clone_from(&have.last_sync);
        }
        // Without changes this touches the sync state alone, and fails for no reason that a peer could give.
        let _ = self.doc.receive_sync_message(&mut link.state, message);
        if asks_by_flag {
            // S16: its filter may hide what it lost. It is told the heads in any case, and asks for what is not in it.
            link.state.have_responded = false;
            link.last_out = None;
        }
        if had_changes && !has_nothing {
            // Automerge takes a message without changes at our own heads for an acknowledgement of ours. This one had
            // changes, taken out above, and its sender waits for an acknowledgement of them.
            link.state.last_sent_heads = last_sent_heads;
        }
    }
}
