//! A line without delays, and stores that answer at once: for tests of what two sides agree on, not of when.

use std::sync::Arc;

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{Automerge, ChangeHash, ROOT, ReadDoc};
use shared::sync::document_sync::{Input, LinkOptions, Output, Rights};
use shared::sync::message::RefusedReason;
use shared::sync::{DocumentSync, LinkId, Millis};

/// More messages than any two honest sides need.
const TOO_MANY: usize = 60;

/// Connects a phone to a relay until both are silent, and takes the line down again. Returns what the relay refused.
pub(crate) fn meet(
    relay: &mut DocumentSync,
    phone: &mut DocumentSync,
    rights: Rights,
) -> Vec<(RefusedReason, Vec<ChangeHash>)> {
    let (now, link) = (Millis(0), LinkId(1_000));
    let mut refused = Vec::new();
    let mut to_relay = Vec::new();
    let mut to_phone = Vec::new();
    let options = LinkOptions::accepted(true);
    let outputs = relay.handle(now, Input::LinkUp { link, rights, options });
    refused.extend(carry_out(relay, link, outputs, &mut to_phone));
    let options = LinkOptions::dialled();
    let outputs = phone.handle(now, Input::LinkUp { link, rights: Rights::ALL, options });
    carry_out(phone, link, outputs, &mut to_relay);
    for _ in 0..TOO_MANY {
        if to_relay.is_empty() && to_phone.is_empty() {
            relay.handle(now, Input::LinkDown { link });
            phone.handle(now, Input::LinkDown { link });
            return refused;
        }
        for data in std::mem::take(&mut to_relay) {
            let outputs = relay.handle(now, Input::Received { link, data: &data });
            refused.extend(carry_out(relay, link, outputs, &mut to_phone));
        }
        for data in std::mem::take(&mut to_phone) {
            let outputs = phone.handle(now, Input::Received { link, data: &data });
            carry_out(phone, link, outputs, &mut to_relay);
        }
    }
    panic!("S22: the two sides do not fall silent");
}

/// Carries out what a side asks for: its store answers at once, and what it sends on `link` is gathered.
pub(crate) fn carry_out(
    side: &mut DocumentSync,
    link: LinkId,
    outputs: Vec<Output>,
    sent: &mut Vec<Arc<[u8]>>,
) -> Vec<(RefusedReason, Vec<ChangeHash>)> {
    let mut refused = Vec::new();
    let mut open = std::collections::VecDeque::from(outputs);
    while let Some(output) = open.pop_front() {
        match output {
            Output::Store { batch, .. } => open.extend(side.handle(Millis(0), Input::Stored { batch })),
            Output::Send { link: to, data } if to == link => sent.push(data),
            Output::Refused { link: to, hashes, reason } if to == link => refused.push((reason, hashes)),
            Output::Broken { .. } | Output::Reload { .. } => panic!("{output:?}"),
            Output::Send { .. } | Output::Refused { .. } | Output::Durable { .. } | Output::Applied { .. } => {}
        }
    }
    refused
}

/// An own edit that is stored at once: `words` at the beginning of the text.
pub(crate) fn say(side: &mut DocumentSync, words: &str) -> ChangeHash {
    let (hash, outputs) = side.edit(Millis(0), |doc| {
        let text = doc.get(ROOT, "text").unwrap().unwrap().1;
        let mut tx = doc.transaction();
        tx.splice_text(&text, 0, 0, words).unwrap();
        tx.commit_with(CommitOptions::default().with_time(0)).0.unwrap()
    });
    carry_out(side, LinkId(1_000), outputs, &mut Vec::new());
    hash
}

pub(crate) fn text_of(doc: &Automerge) -> String {
    let text = doc.get(ROOT, "text").unwrap().unwrap().1;
    doc.text(&text).unwrap()
}
