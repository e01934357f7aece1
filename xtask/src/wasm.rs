//! Three ways to compile for wasm32, and which of them this machine has.
//!
//! The target is not named in `rust-toolchain.toml`: where rustup cannot fetch it, every cargo call would fail.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::apt;
use crate::process::{Program, is_found, say};

/// What the client is compiled for.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

const BY_HAND: &str = "install the target with `rustup target add wasm32-unknown-unknown`, or on Debian or Ubuntu \
                       `apt-get install --no-install-recommends rustc-web rust-web-src`";

/// Flags that make a panic a bare trap and leave out the texts that only a panic message or `{:?}` would say: 47 kB of
/// brotli. The guard in `client/boot.js` takes the place of a trap from its stack, whichever way the client was built.
///
/// They are not yet stable, and only a standard library built with them has anything to leave out.
const SMALL: &str = "-Zunstable-options -Cpanic=immediate-abort -Zfmt-debug=none -Zlocation-detail=none";

/// A way to compile the client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Way {
    /// The toolchain in use has the target.
    Installed,
    /// Debian's compiler builds the target's standard library from its sources; linked by `linker`.
    Debian {
        /// A linker for wasm: the toolchain's own rust-lld, else Debian's.
        linker: PathBuf,
    },
}

impl Way {
    /// Finds a way, and installs what it takes. `DIALOGTAVLE_WASM` = installed, rustup or debian picks one of them.
    pub(crate) fn set_up() -> Result<Self> {
        match std::env::var("DIALOGTAVLE_WASM").unwrap_or_default().as_str() {
            "" => {
                if has_target()? || added_by_rustup() {
                    return Ok(Self::Installed);
                }
                Self::debian()
            }
            "installed" => {
                if !has_target()? {
                    bail!("DIALOGTAVLE_WASM is installed, but the toolchain lacks {TARGET}\n\nmend: {BY_HAND}");
                }
                Ok(Self::Installed)
            }
            "rustup" => {
                if !added_by_rustup() {
                    bail!("rustup could not add {TARGET}\n\nmend: {BY_HAND}");
                }
                Ok(Self::Installed)
            }
            "debian" => Self::debian(),
            other => bail!("DIALOGTAVLE_WASM is `{other}`; it can be installed, rustup or debian, or be left unset"),
        }
    }

    /// Whether this way builds a standard library as small as the ceiling of the first load takes for granted.
    pub(crate) fn is_small(&self) -> bool {
        matches!(self, Self::Debian { .. })
    }

    /// Adds to a `cargo build` for [`TARGET`] what this way takes.
    pub(crate) fn apply(&self, cargo: Program) -> Program {
        // Flags meant for the host's compiler would reach this one too, and invalidate all that it built.
        let cargo = cargo.without(&["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "RUSTDOCFLAGS"]);
        match self {
            Self::Installed => cargo,
            Self::Debian { linker } => cargo
                .env("RUSTC", "/usr/bin/rustc")
                .env("RUSTC_BOOTSTRAP", "1")
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker)
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", SMALL)
                // The standard library's own switch for small code, above all in sorting.
                .args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"]),
        }
    }

    /// A line that differs when another compiler would be used.
    pub(crate) fn describe(&self) -> Result<String> {
        let rustc = match self {
            Self::Installed => "rustc",
            Self::Debian { .. } => "/usr/bin/rustc",
        };
        Program::new(rustc, BY_HAND).args(["--version", "--verbose"]).output()
    }

    fn debian() -> Result<Self> {
        let rustc = Path::new("/usr/bin/rustc");
        if !rustc.exists() || !debian_sources()?.exists() {
            apt::install(&["rustc-web", "rust-web-src"], "the compiler of the client (wasm32)", BY_HAND)?;
        }
        Ok(Self::Debian { linker: linker()? })
    }
}

/// The sources of Debian's standard library, where `-Zbuild-std` looks for them.
fn debian_sources() -> Result<PathBuf> {
    let sysroot = Program::new("/usr/bin/rustc", BY_HAND).args(["--print", "sysroot"]).output()?;
    Ok(Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library/std"))
}

/// A linker for wasm.
fn linker() -> Result<PathBuf> {
    let sysroot = Program::new("rustc", "install a Rust toolchain: https://rustup.rs").args(["--print", "sysroot"]);
    let host = Program::new("rustc", "install a Rust toolchain: https://rustup.rs").args(["--print", "host-tuple"]);
    let own = Path::new(sysroot.output()?.trim()).join("lib/rustlib").join(host.output()?.trim()).join("bin/rust-lld");
    if own.exists() {
        return Ok(own);
    }
    if !is_found("wasm-ld") {
        apt::install(&["lld"], "the linker of the client (wasm-ld)", BY_HAND)?;
    }
    Ok(PathBuf::from("wasm-ld"))
}

/// Whether the toolchain in use holds a standard library for the target.
fn has_target() -> Result<bool> {
    let folder = Program::new("rustc", "install a Rust toolchain: https://rustup.rs")
        .args(["--print", "target-libdir", "--target", TARGET])
        .output()?;
    let Ok(entries) = std::fs::read_dir(folder.trim()) else { return Ok(false) };
    Ok(entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("libstd-")))
}

/// Whether rustup adds the target within a minute.
///
/// It is given no longer: behind a network that drops packets it would try for many minutes before it gives up.
fn added_by_rustup() -> bool {
    say(format!("adding {TARGET} with rustup"));
    match try_rustup(Duration::from_secs(60)) {
        Ok(()) => true,
        Err(error) => {
            say(format!("rustup did not: {error:#}"));
            false
        }
    }
}

fn try_rustup(limit: Duration) -> Result<()> {
    let mut rustup = Command::new("rustup")
        .args(["target", "add", TARGET])
        .current_dir(crate::tree::root())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .context("cannot start rustup")?;
    let end = Instant::now() + limit;
    while Instant::now() < end {
        if let Some(status) = rustup.try_wait()? {
            if status.success() && has_target()? {
                return Ok(());
            }
            bail!("it failed ({status})");
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    rustup.kill()?;
    rustup.wait()?;
    bail!("it took longer than {} s", limit.as_secs())
}
