//! Installs Debian's packages where something is missing, and says that it does.

use anyhow::{Result, bail};

use crate::process::{Program, is_found, say};

/// Installs packages with apt-get, as root or through sudo.
///
/// `what_for` is told to the person before anything is changed; `by_hand` is what to do on another system.
pub(crate) fn install(packages: &[&str], what_for: &str, by_hand: &str) -> Result<()> {
    if !is_found("apt-get") {
        bail!("{what_for} is missing, and this system has no apt-get\n\nmend: {by_hand}");
    }
    say(format!("installing {} with apt-get, for {what_for}", packages.join(", ")));
    // The lists of a fresh machine are empty or old; updating them takes seconds and is harmless.
    apt_get(&["update"], by_hand)?;
    let mut arguments = vec!["install", "--yes", "--no-install-recommends"];
    arguments.extend(packages);
    apt_get(&arguments, by_hand)
}

fn apt_get(arguments: &[&str], by_hand: &str) -> Result<()> {
    let program = if is_root()? {
        Program::new("apt-get", by_hand)
    } else {
        Program::new("sudo", &format!("run this as root, or {by_hand}")).args(["apt-get"])
    };
    program.env("DEBIAN_FRONTEND", "noninteractive").args(arguments).output().map(drop)
}

fn is_root() -> Result<bool> {
    Ok(Program::new("id", "install coreutils").args(["-u"]).output()?.trim() == "0")
}
