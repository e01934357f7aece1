//! What a line hands to documents, in order, without waiting for any: while one is busy, its lines still write, beat, and
//! notice that they ended (S26). Nothing more is read meanwhile.

use std::collections::VecDeque;
use std::fmt;

use futures_util::future::BoxFuture;
use tokio::sync::mpsc::error::{SendError, TrySendError};
use tokio::sync::mpsc::{OwnedPermit, Sender};

/// The other end has gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Gone;

type Room<T> = BoxFuture<'static, Result<OwnedPermit<T>, SendError<()>>>;

/// What waits to be taken.
pub(super) struct Handover<T> {
    waiting: VecDeque<(Sender<T>, T)>,
    /// Room for the first of it. Kept while something else happens, so that it keeps its place among those who wait.
    room: Option<Room<T>>,
}

impl<T> Default for Handover<T> {
    fn default() -> Self {
        Self { waiting: VecDeque::new(), room: None }
    }
}

impl<T> fmt::Debug for Handover<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handover").field("waiting", &self.waiting.len()).finish_non_exhaustive()
    }
}

impl<T: Send + 'static> Handover<T> {
    /// Whether all of it was taken.
    pub(super) fn is_done(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Hands `item` over, now if there is room and nothing is before it.
    pub(super) fn push(&mut self, to: &Sender<T>, item: T) -> Result<(), Gone> {
        let item = if self.waiting.is_empty() {
            match to.try_send(item) {
                Ok(()) => return Ok(()),
                Err(TrySendError::Closed(_)) => return Err(Gone),
                Err(TrySendError::Full(item)) => item,
            }
        } else {
            item
        };
        self.waiting.push_back((to.clone(), item));
        Ok(())
    }

    /// Waits until the first of it is taken; for ever if there is nothing. Safe to drop and call again.
    pub(super) async fn next(&mut self) -> Result<(), Gone> {
        let Some((to, _)) = self.waiting.front() else { return std::future::pending().await };
        let room = self.room.get_or_insert_with(|| Box::pin(to.clone().reserve_owned()));
        let room = room.await;
        self.room = None;
        let Some((_, item)) = self.waiting.pop_front() else { return Ok(()) };
        room.map_err(|_| Gone)?.send(item);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;
    use tokio::sync::mpsc;

    use super::*;

    #[tokio::test]
    async fn s26_nobody_waits_for_who_is_busy_and_the_order_is_kept() {
        let (to, mut taken) = mpsc::channel(1);
        let (other, mut others) = mpsc::channel(1);
        let mut handover = Handover::default();
        for number in 1..=3 {
            assert_eq!(handover.push(&to, number), Ok(()));
        }
        // It has room, but stands behind the others.
        assert_eq!(handover.push(&other, 4), Ok(()));
        assert_eq!(handover.next().now_or_never(), None);
        for number in 1..=3 {
            assert_eq!(taken.recv().await, Some(number));
            assert_eq!(others.try_recv().ok(), None);
            assert_eq!(handover.next().now_or_never(), Some(Ok(())));
        }
        assert!(handover.is_done());
        assert_eq!((taken.try_recv().ok(), others.try_recv().ok()), (None, Some(4)));
        assert_eq!(handover.next().now_or_never(), None);
    }

    #[tokio::test]
    async fn that_the_other_end_has_gone_is_told() {
        let (to, taken) = mpsc::channel(1);
        let mut handover = Handover::default();
        for number in 1..=2 {
            assert_eq!(handover.push(&to, number), Ok(()));
        }
        drop(taken);
        assert_eq!(handover.next().await, Err(Gone));
        assert_eq!(handover.push(&to, 3), Err(Gone));
    }

    #[tokio::test]
    async fn a_place_among_those_who_wait_is_kept() {
        let (to, mut taken) = mpsc::channel(1);
        to.try_send(0).unwrap();
        let (mut first, mut second) = (Handover::default(), Handover::default());
        first.push(&to, 1).unwrap();
        second.push(&to, 2).unwrap();
        for _ in 0..2 {
            assert_eq!(first.next().now_or_never(), None);
            assert_eq!(second.next().now_or_never(), None);
        }
        assert_eq!(taken.recv().await, Some(0));
        assert_eq!(second.next().now_or_never(), None);
        assert_eq!(first.next().now_or_never(), Some(Ok(())));
    }
}
