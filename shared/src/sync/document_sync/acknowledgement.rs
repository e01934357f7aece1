//! Acknowledgements, which all peers in pace say in the same words (S28): what the first of them said is read once.

use automerge::sync::Message;

use super::DocumentSync;
use super::steps::StepNumber;
use crate::sync::identity::LinkId;

/// The acknowledgement that was read last.
#[derive(Debug)]
pub(super) struct Acknowledged {
    data: Vec<u8>,
    message: Message,
    /// The step that it proves.
    step: StepNumber,
}

impl DocumentSync {
    /// Hears a message that only acknowledges, in the words in which another peer did last. False if it must be looked
    /// into, by [`super::Input::Received`]; nothing is done then.
    ///
    /// Costs no more than comparing the bytes, and is done by [`DocumentSync::handle`] too: a shell calls it to know that
    /// nothing else came of the message.
    pub fn hear_again(&mut self, id: LinkId, data: &[u8]) -> bool {
        let Some(known) = self.acknowledged.as_ref().filter(|known| known.data == data) else { return false };
        let Some(link) = self.links.get_mut(&id) else { return false };
        let is_plain = link.held.is_empty() && link.is_at_rest() && !self.given_up;
        let Some(pace) = link.pace.as_mut().filter(|pace| is_plain && pace.told == Some(self.steps.last())) else {
            return false;
        };
        pace.proven = pace.proven.max(known.step);
        link.comparison = None;
        // Whatever comes next is looked into, also if it says what the one before this did.
        link.answered_at = None;
        link.hear_plain(&known.message);
        true
    }

    /// Notes what a link in pace has just acknowledged by `data`, which brought no changes and was not answered.
    pub(super) fn note_acknowledged(&mut self, id: LinkId, data: &[u8], message: Message) {
        let proven = self.steps.with_heads(&message.heads);
        let is_in_pace = self.links.get(&id).is_some_and(|link| link.pace.is_some());
        self.acknowledged =
            proven.filter(|_| is_in_pace).map(|step| Acknowledged { data: data.to_vec(), message, step });
    }
}
