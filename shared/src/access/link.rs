//! Links: how a capability travels by mail, chat and QR code.
//!
//! `https://host/#/w/<workshop>/<secret>`: the secret stands in the fragment, which no server sees. Workshop and secret
//! are base58 with a checksum, so that a cut-off or mistyped link is told from a wrong one; the secret's checksum also
//! covers the role.

use super::{Capability, Role, Secret, WorkshopId};
use crate::base58::{decode_check, encode_check};

/// Why a text is no link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// There is nothing in it that looks like one of our links.
    #[error("not a link to a workshop")]
    NotALink,
    /// It looks like a link, but something is missing or changed.
    #[error("the link is cut off or changed; copy the whole of it")]
    Damaged,
}

/// The fragment of a link, without `#`.
#[must_use]
pub fn fragment(capability: &Capability) -> String {
    let mut payload = vec![capability.role.number()];
    payload.extend(capability.secret.to_bytes());
    format!("/w/{}/{}", capability.workshop, encode_check(&payload))
}

/// The whole link at `origin`, which is a scheme and host without a slash at the end.
#[must_use]
pub fn to_url(origin: &str, capability: &Capability) -> String {
    format!("{origin}/#{}", fragment(capability))
}

/// Reads a link, its fragment, or a text with a link somewhere in it, as people paste them.
///
/// # Errors
/// [`LinkError`], told apart so that the person can be told what to do.
pub fn parse(text: &str) -> Result<Capability, LinkError> {
    let start = text.find("/w/").ok_or(LinkError::NotALink)? + 3;
    let rest = &text[start..];
    let is_base58 = |c: char| c.is_ascii_alphanumeric();
    let (workshop, rest) = rest.split_once('/').ok_or(LinkError::Damaged)?;
    let secret = rest.split(|c: char| !is_base58(c)).next().unwrap_or_default();
    if workshop.len() > 40 || secret.len() > 40 {
        return Err(LinkError::Damaged);
    }
    let workshop: WorkshopId = workshop.parse().map_err(|_| LinkError::Damaged)?;
    let bytes = decode_check(secret).ok_or(LinkError::Damaged)?;
    let (number, secret) = bytes.split_first().ok_or(LinkError::Damaged)?;
    let role = Role::from_number(*number).ok_or(LinkError::Damaged)?;
    let secret = Secret::from_bytes(secret.try_into().map_err(|_| LinkError::Damaged)?);
    Ok(Capability { workshop, role, secret })
}

#[cfg(test)]
mod tests {
    use super::super::FacilitatorSecret;
    use super::*;

    #[test]
    fn a_link_reads_back_also_out_of_a_sentence() {
        for role in Role::ALL {
            let capability = FacilitatorSecret::from_random([4; 16]).capability(role);
            let url = to_url("https://tavle.example", &capability);
            assert_eq!(parse(&url), Ok(capability));
            assert_eq!(parse(&format!("Kom med her: {url}. Vi ses")), Ok(capability));
        }
    }

    #[test]
    fn a_cut_off_link_is_told_from_something_else() {
        let url = to_url("https://tavle.example", &FacilitatorSecret::from_random([4; 16]).capability(Role::Site));
        assert_eq!(parse("https://tavle.example/"), Err(LinkError::NotALink));
        let start = url.find("/w/").unwrap() + 3;
        for length in start..url.len() {
            assert_eq!(parse(&url[..length]), Err(LinkError::Damaged), "{length}");
        }
    }

    #[test]
    fn a_changed_letter_is_found() {
        let url = to_url("https://tavle.example", &FacilitatorSecret::from_random([4; 16]).capability(Role::Site));
        let mut changed = url.clone();
        let last = changed.pop().unwrap();
        changed.push(if last == '2' { '3' } else { '2' });
        assert_eq!(parse(&changed), Err(LinkError::Damaged));
    }
}
