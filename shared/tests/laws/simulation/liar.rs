//! A peer that acknowledges what it never had.

use automerge::ChangeHash;
use automerge::sync::{ChunkList, Have, Message, MessageVersion};

use super::random::Random;

/// What a liar says in place of taking `message` in; `heard` are heads that it was told of before.
pub(crate) fn lie(message: &[u8], heard: &mut Vec<Vec<ChangeHash>>, random: &mut Random) -> Option<Vec<u8>> {
    let heads = Message::decode(message).ok()?.heads;
    heard.push(heads.clone());
    let say = |heads: Vec<ChangeHash>, last_sync: Vec<ChangeHash>| {
        let have = vec![Have { last_sync, ..Have::default() }];
        let changes = ChunkList::empty();
        let version = MessageVersion::V1;
        Message { heads, need: Vec::new(), have, changes, flags: None, version }.encode()
    };
    let before = heard[random.below(heard.len() as u64) as usize].clone();
    Some(match random.below(4) {
        // It has what it was just sent, and threw away.
        0 | 1 => say(heads.clone(), heads),
        // It has what it once was told of.
        2 => say(before.clone(), before),
        // It has what nobody ever had.
        _ => say(vec![ChangeHash([random.below(256) as u8; 32])], before),
    })
}
