//! What a starting relay tells in the terminal: links, a QR code, and how phones reach it.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use qrcodegen::{QrCode, QrCodeEcc};
use shared::access::Role;
use shared::content::{Language, Localized, Pack, PackError};

use crate::content::ContentError;
use crate::content::skeleton::NewPackError;
use crate::desk::DeskError;
use crate::folder::FolderError;
use crate::relay::{Relay, StartError};
use crate::settings::Create;
use crate::store::StoreError;
use crate::store::sqlite::Compacted;
use crate::words::{both, error, fill, words};
use crate::workshop::{ByRole, WorkshopAnswer};

/// Who may make workshops here, in both languages; with the token, where one is needed.
#[must_use]
pub fn create_rule(create: Create, token: &str) -> String {
    let words = &words().terminal;
    match create {
        Create::Open => both(&words.create_open),
        Create::Token => format!("{}: {token}\n{}", both(&words.create_token), both(&words.not_taken_up)),
        Create::None => format!("{}\n{}", both(&words.create_none), both(&words.not_taken_up)),
    }
}

/// What stopped a command, out of the chain of its causes.
pub fn stopped<'a>(chain: impl Iterator<Item = &'a (dyn Error + 'static)> + Clone) -> String {
    let known = chain.clone().find_map(told);
    let text = known.unwrap_or_else(|| chain.map(ToString::to_string).collect::<Vec<_>>().join(": "));
    format!("{}: {text}", both(&words().terminal.error))
}

fn told(error: &(dyn Error + 'static)) -> Option<String> {
    let start = error.downcast_ref().map(StartError::told);
    start
        .or_else(|| error.downcast_ref().map(FolderError::told))
        .or_else(|| error.downcast_ref().map(StoreError::told))
        .or_else(|| error.downcast_ref().map(DeskError::told))
        .or_else(|| error.downcast_ref().map(ContentError::told))
        .or_else(|| error.downcast_ref().map(NewPackError::told))
}

/// Said when the relay that runs on the folder does not answer a command.
#[must_use]
pub fn no_answer() -> String {
    error("no-answer", &[])
}

/// How phones reach the relay, and what they lack without https.
#[must_use]
pub fn reach(relay: &Relay) -> String {
    let words = &words().terminal;
    if !relay.is_on_network() {
        let alone = if relay.local_addr().ip().is_loopback() { &words.no_network } else { &words.no_address };
        return both(alone);
    }
    let mut text = format!("{}: {}", both(&words.network), relay.origins().join("  "));
    if relay.origin().starts_with("http:") {
        let _ = write!(text, "\n{}", both(&words.no_https));
    }
    text
}

/// The demo's four links and the participant's as a QR code; `in_colour` sets black on white, whatever the terminal's own.
#[must_use]
pub fn demo(answer: &WorkshopAnswer, in_colour: bool) -> String {
    let words = words();
    let mut text = format!("{}\n", both(&words.terminal.demo));
    for role in Role::ALL {
        let name = words.role.get(role.name()).map(both).unwrap_or_default();
        let _ = writeln!(text, "  {name:<26} {}", of(&answer.links, role));
    }
    if let Some(code) = qr(&answer.links.participant, in_colour) {
        let _ = write!(text, "\n{}\n{code}", both(&words.terminal.scan));
    }
    text
}

/// The question before a workshop is deleted.
#[must_use]
pub fn ask_delete(workshop: &str) -> String {
    fill(&both(&words().terminal.ask_delete), &[("workshop", workshop)])
}

/// Said when the answer was not yes.
#[must_use]
pub fn nothing_deleted() -> String {
    both(&words().terminal.kept)
}

/// Said when a workshop is deleted.
#[must_use]
pub fn deleted() -> String {
    both(&words().terminal.deleted)
}

/// Said when the store is compacted.
#[must_use]
pub fn compacted(done: Compacted) -> String {
    let Compacted { documents, left, before, after } = done;
    let values = [("documents", documents as u64), ("left", left as u64), ("before", before), ("after", after)];
    let values = values.map(|(name, value)| (name, value.to_string()));
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    fill(&both(&words().terminal.compacted), &values)
}

/// Said when the store is to be compacted while a relay runs on it.
#[must_use]
pub fn compacts_by_itself() -> String {
    error("compacts-by-itself", &[])
}

/// One fault of a pack, in a line.
#[must_use]
pub fn fault(fault: &PackError) -> String {
    let text = |language| fault.text(language);
    let text = Localized { da: text(Language::Danish), en: text(Language::English) };
    format!("{}: {}", fault.place(), both(&text))
}

/// Said when some of a work-place's own packs are left out, with every fault of theirs.
#[must_use]
pub fn packs_left_out(faults: &[PackError]) -> String {
    let lines = faults.iter().map(|one| format!("\n  {}", fault(one)));
    both(&words().terminal.packs_left_out) + &lines.collect::<String>()
}

/// What came of checking the packs of `folder`.
#[must_use]
pub fn checked(folder: &Path, packs: &[Pack], faults: &[PackError]) -> String {
    let words = &words().terminal;
    let text = match (packs, faults) {
        ([], []) => &words.packs_none,
        (_, []) => &words.packs_sound,
        _ => &words.packs_faulty,
    };
    let tools = packs.iter().map(|pack| pack.tools.len()).sum::<usize>().to_string();
    let (packs, faults, folder) = (packs.len().to_string(), faults.len().to_string(), folder.display().to_string());
    fill(&both(text), &[("packs", &packs), ("tools", &tools), ("faults", &faults), ("folder", &folder)])
}

/// Said when a pack is begun in `folder`.
#[must_use]
pub fn pack_begun(folder: &Path) -> String {
    fill(&both(&words().terminal.pack_begun), &[("folder", &folder.display().to_string())])
}

fn of(links: &ByRole, role: Role) -> &str {
    match role {
        Role::Facilitator => &links.facilitator,
        Role::Site => &links.site,
        Role::Participant => &links.participant,
        Role::Projector => &links.projector,
    }
}

/// A QR code out of half blocks, two rows of modules in a line, with the quiet zone that scanners want.
fn qr(text: &str, in_colour: bool) -> Option<String> {
    const QUIET: i32 = 2;
    let code = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
    let mut drawn = String::new();
    for y in (-QUIET..code.size() + QUIET).step_by(2) {
        if in_colour {
            drawn.push_str("\x1b[30;107m");
        }
        for x in -QUIET..code.size() + QUIET {
            drawn.push(match (code.get_module(x, y), code.get_module(x, y + 1)) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            });
        }
        drawn.push_str(if in_colour { "\x1b[0m\n" } else { "\n" });
    }
    Some(drawn)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workshop::MakeError;
    use shared::access::{CheckpointError, FacilitatorSecret};
    use shared::documents::WriteError;

    /// What each says in the log, and at the terminal.
    fn said<E: Error + 'static>(errors: &[E]) -> Vec<(String, String)> {
        let chain = |error| std::iter::once::<&(dyn Error + 'static)>(error);
        errors.iter().map(|error| (error.to_string(), stopped(chain(error)))).collect()
    }

    #[test]
    fn every_error_is_told_in_both_languages_with_all_its_values() {
        let (path, cause) = (|| "a/folder".into(), || std::io::Error::other("the cause"));
        let detail = || "the cause".to_owned();
        let address = "127.0.0.1:80".parse().unwrap();
        let start = [
            StartError::PortInUse(address),
            StartError::PortForbidden(address),
            StartError::Listen { address, source: cause() },
            StartError::Certificate { cert: path(), key: path(), source: cause() },
        ];
        let folder = [
            FolderError::NotWritable { path: path(), source: cause() },
            FolderError::Taken { path: path() },
            FolderError::Unreadable { path: path(), detail: detail() },
        ];
        let store = [
            StoreError::Full,
            StoreError::Deleted,
            StoreError::Closed,
            StoreError::Corrupt { path: path(), detail: detail() },
            StoreError::Newer { path: path(), found: 2, known: 1 },
            StoreError::Open { path: path(), detail: detail() },
            StoreError::Failed(detail()),
        ];
        let desk = [
            DeskError::NoWorkshop(detail()),
            DeskError::AlreadyDeleted(detail()),
            MakeError::UnknownTool { tool: "Q9".to_owned(), known: "A1".to_owned() }.into(),
            MakeError::TooManyTools { count: 999 }.into(),
            MakeError::TitleTooLong { length: 999 }.into(),
            MakeError::Write(WriteError::TooMany { limit: 1 }).into(),
            DeskError::Checkpoint(CheckpointError::Malformed),
        ];
        let content = [ContentError::Folder { path: path(), source: cause() }];
        let pack = [
            NewPackError::BadName("999".to_owned()),
            NewPackError::Exists(path()),
            NewPackError::NotWritten { path: path(), source: cause() },
        ];
        let all = [said(&start), said(&folder), said(&store), said(&desk), said(&content), said(&pack)];
        for (logged, told) in all.into_iter().flatten() {
            let text = told.strip_prefix("Fejl · error: ").unwrap();
            let (danish, english) = text.split_once(" · ").unwrap_or_else(|| panic!("{logged}: {told}"));
            assert!(!danish.is_empty() && !english.is_empty() && !text.contains('{'), "{logged}: {told}");
            for value in ["a/folder", "127.0.0.1:80", "the cause", "999"] {
                let has = |text: &str| text.contains(value);
                assert!(!has(&logged) || (has(danish) && has(english)), "{logged}: {told}");
            }
        }
    }

    #[test]
    fn what_is_left_out_of_packs_is_told_with_the_place_and_both_languages() {
        let fault = shared::content::Fault::Minutes;
        let faults = [PackError { file: "own/n1.toml".to_owned(), line: Some(3), entry: String::new(), fault }];
        let told = packs_left_out(&faults);
        assert_eq!(told.lines().count(), 2);
        let (danish, english) = told.lines().last().unwrap().split_once(" · ").unwrap();
        assert!(
            danish.starts_with("  own/n1.toml:3: `minutes` mangler") && english.starts_with("there are no"),
            "{told}"
        );
        for (faults, counted) in [(&faults[..], "1 fejl · "), (&[], "ingen pakker")] {
            let told = checked(Path::new("own"), &[], faults);
            assert!(told.contains(counted) && !told.contains('{'), "{told}");
        }
    }

    #[test]
    fn a_relay_that_takes_up_no_unknown_workshop_says_so() {
        for create in [Create::Token, Create::None] {
            let rule = create_rule(create, "hemmelig");
            assert!(rule.contains("som serveren har mistet") && rule.contains("--create open"), "{rule}");
        }
        assert!(!create_rule(Create::Open, "").contains("mistet"));
    }

    #[test]
    fn the_demo_shows_all_links_and_a_code_with_a_quiet_zone() {
        let answer = WorkshopAnswer::new(FacilitatorSecret::from_random([1; 16]), "http://127.0.0.1:8080");
        let text = demo(&answer, false);
        for role in Role::ALL {
            assert!(text.contains(of(&answer.links, role)), "{role:?}");
        }
        let code: Vec<&str> = text.lines().skip_while(|line| !line.contains('█')).collect();
        assert!(code.len() > 15 && code.iter().all(|line| line.starts_with("  ")));
    }
}
