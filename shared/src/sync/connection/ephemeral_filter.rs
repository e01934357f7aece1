//! Which ephemeral messages were seen before.

use std::collections::VecDeque;

use crate::sync::identity::{PeerId, SessionId};

/// Senders that one line remembers; a line of a relay with 500 sockets sees no more.
const REMEMBERED: usize = 512;

/// Remembers the highest count of each sender's session (S9). Bounded: the sender longest unheard is forgotten first.
#[derive(Debug, Default)]
pub(super) struct EphemeralFilter {
    /// In the order last heard, the latest at the end.
    seen: VecDeque<(PeerId, SessionId, u64)>,
}

impl EphemeralFilter {
    /// Whether `count` is higher than all before it from this sender and session; remembers it if so.
    pub(super) fn is_new(&mut self, sender: &PeerId, session: &SessionId, count: u64) -> bool {
        let known = self.seen.iter().position(|(peer, known, _)| peer == sender && known == session);
        match known.map(|index| (index, self.seen[index].2)) {
            Some((_, highest)) if count <= highest => return false,
            Some((index, _)) => {
                self.seen.remove(index);
            }
            None if self.seen.len() == REMEMBERED => {
                self.seen.pop_front();
            }
            None => {}
        }
        self.seen.push_back((sender.clone(), session.clone(), count));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s9_a_count_is_new_once_for_each_session() {
        let mut filter = EphemeralFilter::default();
        let (ann, session) = (PeerId::new("ann").unwrap(), SessionId::new("1").unwrap());
        assert!(filter.is_new(&ann, &session, 1));
        assert!(!filter.is_new(&ann, &session, 1));
        assert!(filter.is_new(&ann, &session, 3));
        assert!(!filter.is_new(&ann, &session, 2));
        assert!(filter.is_new(&ann, &SessionId::new("2").unwrap(), 1));
    }

    #[test]
    fn the_memory_is_bounded() {
        let mut filter = EphemeralFilter::default();
        let session = SessionId::new("1").unwrap();
        for peer in 0..2_000 {
            filter.is_new(&PeerId::new(&format!("p{peer}")).unwrap(), &session, 1);
        }
        assert_eq!(filter.seen.len(), REMEMBERED);
    }
}
