//! The budget for what a phone downloads on its first visit.

use std::cmp::Reverse;
use std::path::PathBuf;

use anyhow::{Result, bail};

use super::dist_folder;
use super::pages::{is_first, is_needed};
use crate::process::say;
use crate::tree;

/// All that a participant's phone fetches before it is interactive, in its smallest form: what it should take.
const BUDGET_BYTES: u64 = 500_000;
/// What it may take until the budget is reached, to be lowered with each saving: so that it does not grow unnoticed.
/// BENCHMARKS.md says what the bytes are spent on.
const CEILING_BYTES: u64 = 681_500;

/// A file, and what it takes.
struct Row {
    brotli: u64,
    plain: u64,
    path: String,
}

/// Prints rows under a title, and gives what they take together.
fn table(title: &str, rows: &[Row]) -> u64 {
    eprintln!("{:>10} {:>10}  {title}", "brotli", "plain");
    for Row { brotli, plain, path } in rows {
        eprintln!("{brotli:>10} {plain:>10}  {path}");
    }
    let sum = rows.iter().map(|row| row.brotli).sum();
    eprintln!("{sum:>10} {:>10}  in all", "");
    sum
}

/// Whether a file is a pack: content comes after the app, and the first screen does not wait for it.
fn is_content(path: &str) -> bool {
    path.starts_with("packs/")
}

/// Notes whether the client that is about to be built must keep under the ceiling; for [`check`], which may run later.
pub(crate) fn hold_to_ceiling(is_held: bool) -> Result<()> {
    tree::write(&note(), if is_held { b"held" } else { b"free" })
}

fn note() -> PathBuf {
    tree::target().join("client/ceiling")
}

/// Prints what each file takes, and fails when they take more than the ceiling and are held to it.
pub(crate) fn check() -> Result<()> {
    let folder = dist_folder();
    let mut rows = Vec::new();
    for file in tree::files(&folder)? {
        let path = file.strip_prefix(&folder)?.to_string_lossy().replace('\\', "/");
        if path.ends_with(".br") || path.ends_with(".gz") || !is_needed(&path) || is_content(&path) {
            continue;
        }
        let plain = file.metadata()?.len();
        let brotli = folder.join(format!("{path}.br")).metadata().map_or(plain, |metadata| metadata.len());
        rows.push(Row { brotli, plain, path });
    }
    if rows.is_empty() {
        bail!("{} holds nothing\n\nmend: cargo xtask build", folder.display());
    }
    rows.sort_by_key(|row| Reverse(row.brotli));
    let (first, later): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| is_first(&row.path));
    let sum = table("first load, bytes", &first);
    eprintln!("{:>10} {:>10}  the ceiling is {CEILING_BYTES}, the budget {BUDGET_BYTES}\n", "", "");
    table("fetched once the first screen is there", &later);
    if tree::read(&note())? != b"held" {
        say("not held to the ceiling: this client was not built as small as it gets");
    } else if sum > CEILING_BYTES {
        bail!("the first load is {sum} bytes, {} over its ceiling", sum - CEILING_BYTES);
    }
    Ok(())
}
