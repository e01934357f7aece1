//! What a starting relay tells in the terminal: links, a QR code, and how phones reach it.

use std::fmt::Write as _;

use qrcodegen::{QrCode, QrCodeEcc};
use shared::access::Role;

use crate::relay::Relay;
use crate::settings::Create;
use crate::words::{both, fill, words};
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
    use shared::access::FacilitatorSecret;

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
