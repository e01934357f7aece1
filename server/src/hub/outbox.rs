//! What waits to be sent on one socket, bounded.
//!
//! Documents put messages in and never wait. A peer that does not drain a document's queue loses the queue, not its
//! sync: the document is told, and begins anew with it once the socket is drained.

mod budget;

pub(crate) use budget::{Budget, Weight};

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::future::poll_fn;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;

use automerge::ChangeHash;
use futures_util::task::AtomicWaker;
use shared::sync::message::{CloseReason, Durable, Message};
use shared::sync::{ByteLen, DocumentId};

/// Most bytes of one document that wait on one socket, beyond the document's own size: whoever joins, or begins anew, is
/// sent all of it at once, and must not lose that to the next small message.
const BYTES: ByteLen = ByteLen(8 << 20);

/// With more messages of a document than this waiting on a socket, its ephemeral messages are dropped: they would come
/// late, and whoever sent one soon sends the next (S9).
const EPHEMERAL_BEHIND: usize = 64;

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pushed {
    /// It waits for the socket.
    Queued,
    /// The queue was given up. Send nothing of this document before the socket asks to begin anew.
    Overflowed,
    /// The socket is gone.
    Gone,
}

#[derive(Debug, Default)]
struct Waiting {
    queue: VecDeque<Queued>,
    sizes: BTreeMap<DocumentId, Size>,
    /// Only the latest heads of a document say anything.
    durable: BTreeMap<DocumentId, Vec<ChangeHash>>,
    /// Only the latest checkpoint says anything.
    checkpoint: Option<Message>,
    overflowed: BTreeSet<DocumentId>,
    close: Option<CloseReason>,
    gone: bool,
}

/// A message that waits.
#[derive(Debug)]
struct Queued {
    document: DocumentId,
    message: Message,
    weight: Option<Arc<Weight>>,
}

/// How much of one document waits.
#[derive(Debug, Default)]
struct Size {
    messages: usize,
    bytes: usize,
}

/// The end that documents and the workshop hold.
#[derive(Debug, Clone)]
pub(crate) struct Outbox {
    waiting: Arc<Mutex<Waiting>>,
    /// Most messages of one document.
    most: usize,
    changed: Arc<Changed>,
}

/// Wakes the one reader. Every message to every socket passes here, and a list of those who wait would be made and
/// taken apart for each.
#[derive(Debug, Default)]
struct Changed {
    is_set: AtomicBool,
    reader: AtomicWaker,
}

impl Changed {
    fn tell(&self) {
        self.is_set.store(true, Ordering::Release);
        self.reader.wake();
    }
}

/// The end that the socket holds; dropping it tells the others that it is gone.
#[derive(Debug)]
pub(crate) struct OutboxReader {
    outbox: Outbox,
}

/// What the socket does next.
#[derive(Debug, PartialEq)]
pub(crate) enum Next {
    /// Send this; the weight goes once it is written.
    Send(Box<Message>, Option<Arc<Weight>>),
    /// Close, for this reason.
    Close(CloseReason),
    /// Everything is sent; these documents lost messages and must begin anew.
    BeginAnew(BTreeSet<DocumentId>),
    /// Nothing, until [`OutboxReader::changed`].
    Wait,
}

impl Waiting {
    fn give_up(&mut self, document: DocumentId) {
        self.queue.retain(|queued| queued.document != document);
        self.sizes.remove(&document);
        self.overflowed.insert(document);
    }
}

fn bytes(message: &Message) -> usize {
    match message {
        Message::Sync(data) => data.data.len(),
        Message::Ephemeral(ephemeral) => ephemeral.data.len(),
        Message::Refused(refused) => refused.hashes.len() * 32,
        _ => 0,
    }
}

impl Outbox {
    /// A new outbox, for at most `most` messages of each document, and its reader.
    pub(crate) fn new(most: usize) -> (Self, OutboxReader) {
        let outbox = Self { waiting: Arc::default(), most, changed: Arc::default() };
        (outbox.clone(), OutboxReader { outbox })
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the socket is gone.
    pub(crate) fn is_gone(&self) -> bool {
        self.lock().gone
    }

    /// Puts a message of `document`, which is this large, into the queue.
    pub(crate) fn push(
        &self,
        document: DocumentId,
        document_size: ByteLen,
        message: Message,
        weight: Option<Arc<Weight>>,
    ) -> Pushed {
        let mut waiting = self.lock();
        if waiting.gone {
            return Pushed::Gone;
        }
        if waiting.overflowed.contains(&document) {
            return Pushed::Overflowed;
        }
        let size = waiting.sizes.entry(document).or_default();
        if matches!(message, Message::Ephemeral(_)) && size.messages >= EPHEMERAL_BEHIND {
            return Pushed::Queued;
        }
        size.messages += 1;
        size.bytes += bytes(&message);
        let pushed = if size.messages > self.most || size.bytes > document_size.0 + BYTES.0 {
            waiting.give_up(document);
            Pushed::Overflowed
        } else {
            waiting.queue.push_back(Queued { document, message, weight });
            Pushed::Queued
        };
        drop(waiting);
        self.changed.tell();
        pushed
    }

    /// Bytes of a document that wait.
    pub(crate) fn waiting_bytes(&self, document: DocumentId) -> usize {
        self.lock().sizes.get(&document).map_or(0, |size| size.bytes)
    }

    /// Gives the queue of a document up, as if it had become too long.
    pub(crate) fn give_up(&self, document: DocumentId) {
        self.lock().give_up(document);
        self.changed.tell();
    }

    /// Says which heads of `document` are durable.
    pub(crate) fn durable(&self, document: DocumentId, heads: Vec<ChangeHash>) {
        self.lock().durable.insert(document, heads);
        self.changed.tell();
    }

    /// Hands over the newest checkpoint.
    pub(crate) fn checkpoint(&self, message: Message) {
        self.lock().checkpoint = Some(message);
        self.changed.tell();
    }

    /// Closes the socket; the first reason stands.
    pub(crate) fn close(&self, reason: CloseReason) {
        self.lock().close.get_or_insert(reason);
        self.changed.tell();
    }
}

impl OutboxReader {
    /// Waits until there may be something to do.
    pub(crate) async fn changed(&self) {
        let changed = &self.outbox.changed;
        poll_fn(|cx| {
            changed.reader.register(cx.waker());
            if changed.is_set.swap(false, Ordering::AcqRel) { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    }

    /// Whether the socket is to be closed, which does not wait until the peer reads.
    pub(crate) fn is_closing(&self) -> bool {
        self.outbox.lock().close.is_some()
    }

    /// Takes what comes next.
    pub(crate) fn next(&mut self) -> Next {
        let mut waiting = self.outbox.lock();
        if let Some(message) = waiting.checkpoint.take() {
            return Next::Send(Box::new(message), None);
        }
        if let Some(reason) = waiting.close.clone() {
            return Next::Close(reason);
        }
        if let Some(Queued { document, message, weight }) = waiting.queue.pop_front() {
            if let Some(size) = waiting.sizes.get_mut(&document) {
                size.messages -= 1;
                size.bytes -= bytes(&message);
            }
            return Next::Send(Box::new(message), weight);
        }
        if let Some((document, heads)) = waiting.durable.pop_first() {
            return Next::Send(Box::new(Message::Durable(Durable { document, heads })), None);
        }
        if !waiting.overflowed.is_empty() {
            return Next::BeginAnew(std::mem::take(&mut waiting.overflowed));
        }
        Next::Wait
    }
}

impl Drop for OutboxReader {
    fn drop(&mut self) {
        let mut waiting = self.outbox.lock();
        *waiting = Waiting { gone: true, ..Waiting::default() };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::sync::PeerId;
    use shared::sync::message::{DocumentData, Ephemeral};

    const A: DocumentId = DocumentId::from_bytes([1; 16]);
    const B: DocumentId = DocumentId::from_bytes([2; 16]);

    fn sync(document: DocumentId, bytes: usize) -> Message {
        let peer = PeerId::new("relay").unwrap();
        Message::Sync(DocumentData { sender: peer.clone(), target: peer, document, data: vec![0; bytes].into() })
    }

    const MOST: usize = 100;
    const SMALL: ByteLen = ByteLen(1_000);

    #[test]
    fn a_peer_that_does_not_drain_a_document_loses_its_queue_and_begins_anew() {
        let (outbox, mut reader) = Outbox::new(MOST);
        outbox.push(B, SMALL, sync(B, 10), None);
        while outbox.push(A, SMALL, sync(A, 1 << 20), None) == Pushed::Queued {}
        assert_eq!(outbox.push(A, SMALL, sync(A, 1), None), Pushed::Overflowed);
        assert_eq!(reader.next(), Next::Send(Box::new(sync(B, 10)), None), "the other document is untouched");
        assert_eq!(reader.next(), Next::BeginAnew([A].into()));
        assert_eq!(outbox.push(A, SMALL, sync(A, 10), None), Pushed::Queued);
        assert_eq!(reader.next(), Next::Send(Box::new(sync(A, 10)), None));
        assert_eq!(reader.next(), Next::Wait);
    }

    #[test]
    fn many_small_messages_are_bounded_too() {
        let (outbox, mut reader) = Outbox::new(MOST);
        let push = || outbox.push(A, SMALL, sync(A, 1), None);
        assert_eq!((0..10_000).take_while(|_| push() == Pushed::Queued).count(), MOST);
        assert_eq!(reader.next(), Next::BeginAnew([A].into()));
        assert_eq!((0..10_000).take_while(|_| push() == Pushed::Queued).count(), MOST);
    }

    #[test]
    fn a_whole_document_and_the_news_after_it_fit() {
        let (outbox, _reader) = Outbox::new(MOST);
        let large = ByteLen(BYTES.0 * 5);
        for _ in 0..5 {
            assert_eq!(outbox.push(A, large, sync(A, BYTES.0), None), Pushed::Queued);
        }
        assert_eq!(outbox.push(A, large, sync(A, 1), None), Pushed::Queued);
    }

    #[test]
    fn only_the_latest_durable_heads_are_told() {
        let (outbox, mut reader) = Outbox::new(MOST);
        outbox.durable(A, vec![ChangeHash([1; 32])]);
        outbox.durable(A, vec![ChangeHash([2; 32])]);
        assert_eq!(
            reader.next(),
            Next::Send(Box::new(Message::Durable(Durable { document: A, heads: vec![ChangeHash([2; 32])] })), None)
        );
        assert_eq!(reader.next(), Next::Wait);
    }

    #[test]
    fn a_socket_that_ended_is_seen() {
        let (outbox, reader) = Outbox::new(MOST);
        drop(reader);
        assert_eq!(outbox.push(A, SMALL, sync(A, 1), None), Pushed::Gone);
        assert!(outbox.is_gone());
    }

    #[test]
    fn s9_ephemeral_messages_do_not_queue_up() {
        let (outbox, mut reader) = Outbox::new(MOST);
        let peer = PeerId::new("ann").unwrap();
        let session = shared::sync::SessionId::new("1").unwrap();
        for count in 0..10_000 {
            let (sender, target, session) = (peer.clone(), peer.clone(), session.clone());
            let message = Ephemeral { sender, target, document: A, session, count, data: vec![0; 1_000] };
            assert_eq!(outbox.push(A, SMALL, Message::Ephemeral(message), None), Pushed::Queued);
        }
        outbox.push(A, SMALL, sync(A, 10), None);
        let mut sent = 0;
        while let Next::Send(message, _) = reader.next() {
            sent += 1;
            assert!(sent <= EPHEMERAL_BEHIND || *message == sync(A, 10));
        }
        assert_eq!(sent, EPHEMERAL_BEHIND + 1);
    }

    #[test]
    fn what_many_wait_for_together_is_counted_once_and_until_the_last_has_it() {
        let budget = Budget::new(ByteLen(100));
        let (first, mut reader) = Outbox::new(MOST);
        let (second, _other) = Outbox::new(MOST);
        let weight = budget.weigh(101);
        for outbox in [&first, &second] {
            outbox.push(A, SMALL, sync(A, 101), Some(Arc::clone(&weight)));
        }
        drop(weight);
        assert!(budget.is_exceeded());
        assert_eq!(first.waiting_bytes(A), 101);
        assert!(matches!(reader.next(), Next::Send(..)));
        assert!(budget.is_exceeded());
        second.give_up(A);
        assert!(!budget.is_exceeded());
    }
}
