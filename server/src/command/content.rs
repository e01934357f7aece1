//! `dialogtavle content`.

use std::path::Path;

use anyhow::Result;
use server::announce;
use server::content::{Content, listing, skeleton};
use server::settings::{ContentCommand, OwnContent};

use super::say;

/// False when a pack has a fault.
pub(crate) fn run(command: &ContentCommand) -> Result<bool> {
    match command {
        ContentCommand::Check { folder, shipped } => return check(folder, *shipped),
        ContentCommand::List { own, json } => {
            let tools = open(own)?.listed();
            say(&if *json { serde_json::to_string_pretty(&tools)? } else { listing::table(&tools) });
        }
        ContentCommand::New { name, content } => say(&announce::pack_begun(&skeleton::write(content, name)?)),
    }
    Ok(true)
}

/// The packs that come along and the work-place's own; what is wrong with one of those is told on stderr.
pub(crate) fn open(own: &OwnContent) -> Result<Content> {
    let (content, faults) = Content::with_own(own.content.as_deref())?;
    if !faults.is_empty() {
        eprintln!("{}", announce::packs_left_out(&faults));
    }
    Ok(content)
}

fn check(folder: &Path, are_shipped: bool) -> Result<bool> {
    let (packs, faults) = Content::check(folder, are_shipped)?;
    faults.iter().for_each(|fault| say(&announce::fault(fault)));
    say(&announce::checked(folder, &packs, &faults));
    Ok(faults.is_empty() && !packs.is_empty())
}
