//! A disk that can be full, and that keeps only what was synced when its power is cut.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::Dice;

/// The store's files. The shared memory beside them is made anew at each start.
pub(super) const FILES: [&str; 3] = ["dialogtavle.sqlite", "dialogtavle.sqlite-wal", "dialogtavle.sqlite-shm"];

const SECTOR: usize = 512;

pub(super) struct Disk {
    folder: PathBuf,
    /// What was synced, and the library that keeps it.
    kept: tempfile::TempDir,
    /// Whether syncs are not heard.
    pub(super) is_deaf: bool,
}

impl Disk {
    pub(super) fn new(folder: &Path) -> Self {
        let kept = tempfile::tempdir().unwrap();
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/relay/torture/power_cut.c");
        let library = kept.path().join("power_cut.so");
        let mut compiler = Command::new("cc");
        compiler.args(["-shared", "-fPIC", "-O1", "-o"]).arg(&library).arg(source).arg("-ldl");
        assert!(compiler.status().expect("a C compiler, which SQLite needs too").success());
        Self { folder: folder.canonicalize().unwrap(), kept, is_deaf: false }
    }

    /// What lies there now counts as synced.
    pub(super) fn begin(&self) {
        for file in &FILES[..2] {
            let (from, to) = (self.folder.join(file), self.kept.path().join(file));
            if from.exists() {
                std::fs::copy(from, to).unwrap();
            } else {
                let _ = std::fs::remove_file(to);
            }
        }
    }

    pub(super) fn environment(&self) -> Vec<(&'static str, PathBuf)> {
        let mut all = vec![
            ("LD_PRELOAD", self.kept.path().join("power_cut.so")),
            ("POWER_CUT_FOLDER", self.folder.clone()),
            ("POWER_CUT_SYNCED", self.kept.path().to_owned()),
        ];
        if self.is_deaf {
            all.push(("POWER_CUT_DEAF", PathBuf::from("yes")));
        }
        all
    }

    /// While this file is there, the disk is full.
    pub(super) fn full_flag(&self) -> PathBuf {
        self.folder.join("disk-is-full")
    }

    /// The power is cut: each sector that was not synced is as it was, or as it was to be.
    pub(super) fn cut_power(&self, dice: &mut Dice) {
        self.restore(|| dice.below(2) == 0);
    }

    /// The power is cut, and nothing that was not synced is there.
    pub(super) fn forget(&self) {
        self.restore(|| false);
    }

    fn restore(&self, mut is_written: impl FnMut() -> bool) {
        for file in &FILES[..2] {
            let read = |path: PathBuf| std::fs::read(path).unwrap_or_default();
            let (now, mut left) = (read(self.folder.join(file)), read(self.kept.path().join(file)));
            if now.len() > left.len() && is_written() {
                left.resize(now.len(), 0);
            }
            for at in (0..left.len().min(now.len())).step_by(SECTOR) {
                let end = (at + SECTOR).min(left.len()).min(now.len());
                if left[at..end] != now[at..end] && is_written() {
                    left[at..end].copy_from_slice(&now[at..end]);
                }
            }
            std::fs::write(self.folder.join(file), left).unwrap();
        }
        let _ = std::fs::remove_file(self.folder.join(FILES[2]));
    }
}

/// Cuts off the tail of one of the store's files, or writes over it.
pub(super) fn damage_tail(folder: &Path, dice: &mut Dice) {
    let file = folder.join(FILES[usize::try_from(dice.below(2)).unwrap()]);
    let Ok(mut bytes) = std::fs::read(&file) else { return };
    let tail = usize::try_from(dice.below(20_000)).unwrap().min(bytes.len() / 3);
    let at = bytes.len() - tail;
    if dice.below(2) == 0 {
        bytes.truncate(at);
    } else {
        bytes[at..].iter_mut().for_each(|byte| *byte = u8::try_from(dice.below(256)).unwrap());
    }
    std::fs::write(&file, bytes).unwrap();
    let _ = std::fs::remove_file(folder.join(FILES[2]));
}
