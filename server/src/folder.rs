//! The data folder: who holds it, and the small files beside the store.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use shared::access::{FacilitatorSecret, Role, WorkshopId, link};

use crate::random;
use crate::words::error;

/// Why the folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// It cannot be made or written.
    #[error("cannot write to the data folder {}: {source}; make it writable, or name another with --data", path.display())]
    NotWritable {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Another process works on it.
    #[error(
        "another dialogtavle works on the data folder {}; stop that one, or name another folder with --data",
        path.display()
    )]
    Taken {
        /// The folder.
        path: PathBuf,
    },
    /// A small file in it does not read.
    #[error("cannot read {}: {detail}; move it away to begin a new one", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        detail: String,
    },
}

impl FolderError {
    /// What it says to whoever named the folder, in both languages.
    #[must_use]
    pub fn told(&self) -> String {
        match self {
            Self::NotWritable { path, source } => {
                error("folder-not-writable", &[("path", &path.display()), ("detail", source)])
            }
            Self::Taken { path } => error("folder-taken", &[("path", &path.display())]),
            Self::Unreadable { path, detail } => {
                error("folder-unreadable", &[("path", &path.display()), ("detail", detail)])
            }
        }
    }
}

/// A data folder that this process holds alone, until it is dropped.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    _lock: File,
    /// Held from reading a small file to writing it: commands come side by side.
    files: Mutex<()>,
}

/// Links that the folder keeps: those of the demo, and of workshops made by the command.
#[derive(Debug, Default, Serialize, Deserialize)]
struct KeptLinks {
    /// The demo workshop.
    #[serde(default)]
    demo: Option<String>,
    /// The facilitator's link of each workshop, as a fragment; the others come from it.
    #[serde(default)]
    workshops: BTreeMap<String, String>,
}

impl Folder {
    /// Makes the folder if it is not there, with rights for its owner alone, and takes it.
    ///
    /// # Errors
    /// [`FolderError`], each with what to do.
    pub fn take(path: &Path) -> Result<Self, FolderError> {
        let not_writable = |source| FolderError::NotWritable { path: path.to_owned(), source };
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(path).map_err(not_writable)?;
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path.join("lock"))
            .map_err(not_writable)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { path: path.to_owned(), _lock: lock, files: Mutex::default() }),
            Err(TryLockError::WouldBlock) => Err(FolderError::Taken { path: path.to_owned() }),
            Err(TryLockError::Error(source)) => Err(not_writable(source)),
        }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The token that makes workshops with `--create token`; a random one, made once.
    ///
    /// # Errors
    /// [`FolderError`] if it can be neither read nor written.
    pub fn create_token(&self) -> Result<String, FolderError> {
        self.made_once("create-token")
    }

    /// What the store in this folder goes by to its peers; random, made once, and another one after the folder was lost.
    ///
    /// # Errors
    /// [`FolderError`] if it can be neither read nor written.
    pub fn storage_id(&self) -> Result<String, FolderError> {
        self.made_once("storage-id")
    }

    /// A random word in a file of its own.
    fn made_once(&self, name: &str) -> Result<String, FolderError> {
        let path = self.path.join(name);
        let _held = self.hold();
        match std::fs::read_to_string(&path) {
            Ok(token) if !token.trim().is_empty() => Ok(token.trim().to_owned()),
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(FolderError::Unreadable { path, detail: error.to_string() })
            }
            _ => {
                let token = random::hex::<16>();
                self.write_private(&path, token.as_bytes())?;
                Ok(token)
            }
        }
    }

    /// The secret of the demo workshop, if one was made.
    ///
    /// # Errors
    /// [`FolderError`] if the kept links cannot be read.
    pub fn demo(&self) -> Result<Option<FacilitatorSecret>, FolderError> {
        let links = self.links()?;
        Ok(links.demo.and_then(|id| links.workshops.get(&id).and_then(|fragment| secret_in(fragment))))
    }

    /// The secret of a workshop whose links are kept here.
    ///
    /// # Errors
    /// [`FolderError`] if the kept links cannot be read.
    pub fn secret(&self, workshop: WorkshopId) -> Result<Option<FacilitatorSecret>, FolderError> {
        Ok(self.links()?.workshops.get(&workshop.to_string()).and_then(|fragment| secret_in(fragment)))
    }

    /// Keeps a workshop's links, in a file that its owner alone can read.
    ///
    /// # Errors
    /// [`FolderError`] if it cannot be written.
    pub fn keep_links(&self, secret: FacilitatorSecret, is_demo: bool) -> Result<(), FolderError> {
        let _held = self.hold();
        let mut links = self.links()?;
        let id = secret.identity().workshop_id().to_string();
        links.workshops.insert(id.clone(), link::fragment(&secret.capability(Role::Facilitator)));
        if is_demo {
            links.demo = Some(id);
        }
        self.write_links(&links)
    }

    /// The workshops whose links are kept here.
    ///
    /// # Errors
    /// [`FolderError`] if the kept links cannot be read.
    pub fn kept(&self) -> Result<Vec<WorkshopId>, FolderError> {
        Ok(self.links()?.workshops.keys().filter_map(|id| id.parse().ok()).collect())
    }

    /// Forgets a workshop's links.
    ///
    /// # Errors
    /// [`FolderError`] if it cannot be written.
    pub fn forget_links(&self, workshop: WorkshopId) -> Result<(), FolderError> {
        let _held = self.hold();
        let mut links = self.links()?;
        let id = workshop.to_string();
        let was_demo = links.demo.as_ref() == Some(&id);
        if links.workshops.remove(&id).is_none() && !was_demo {
            return Ok(());
        }
        if was_demo {
            links.demo = None;
        }
        self.write_links(&links)
    }

    fn hold(&self) -> MutexGuard<'_, ()> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn links_path(&self) -> PathBuf {
        self.path.join("links.json")
    }

    fn links(&self) -> Result<KeptLinks, FolderError> {
        let path = self.links_path();
        match std::fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .map_err(|error| FolderError::Unreadable { path, detail: format!("not the links: {error}") }),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(KeptLinks::default()),
            Err(error) => Err(FolderError::Unreadable { path, detail: error.to_string() }),
        }
    }

    fn write_links(&self, links: &KeptLinks) -> Result<(), FolderError> {
        let path = self.links_path();
        let bytes = serde_json::to_vec_pretty(links)
            .map_err(|error| FolderError::Unreadable { path: path.clone(), detail: error.to_string() })?;
        self.write_private(&path, &bytes)
    }

    /// Writes a file that its owner alone can read, whole or not at all.
    fn write_private(&self, path: &Path, bytes: &[u8]) -> Result<(), FolderError> {
        let new = path.with_extension("new");
        let write = || {
            let mut options = OpenOptions::new();
            options.write(true).create(true).truncate(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let mut file = options.open(&new)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            std::fs::rename(&new, path)?;
            // The name too must outlive a cut of the power.
            File::open(&self.path)?.sync_all()
        };
        write().map_err(|source| FolderError::NotWritable { path: self.path.clone(), source })
    }
}

fn secret_in(fragment: &str) -> Option<FacilitatorSecret> {
    FacilitatorSecret::from_capability(&link::parse(fragment).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_do_not_work_on_one_folder() {
        let folder = tempfile::tempdir().unwrap();
        let first = Folder::take(folder.path()).unwrap();
        let second = Folder::take(folder.path()).unwrap_err();
        assert!(matches!(second, FolderError::Taken { .. }), "{second}");
        drop(first);
        Folder::take(folder.path()).unwrap();
    }

    #[test]
    fn kept_links_read_back_and_are_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let folder = Folder::take(folder.path()).unwrap();
        let secret = FacilitatorSecret::from_random([1; 16]);
        let id = secret.identity().workshop_id();
        folder.keep_links(secret, true).unwrap();
        assert_eq!(folder.demo().unwrap(), Some(secret));
        assert_eq!(folder.secret(id).unwrap(), Some(secret));
        folder.forget_links(id).unwrap();
        assert_eq!((folder.demo().unwrap(), folder.secret(id).unwrap()), (None, None));
    }

    #[test]
    fn the_token_stays_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let folder = Folder::take(folder.path()).unwrap();
        let token = folder.create_token().unwrap();
        assert_eq!(token.len(), 32);
        assert_eq!(folder.create_token().unwrap(), token);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_secret_is_for_the_owner_alone() {
        use std::os::unix::fs::PermissionsExt as _;

        let outer = tempfile::tempdir().unwrap();
        let folder = Folder::take(&outer.path().join("data")).unwrap();
        folder.create_token().unwrap();
        folder.keep_links(FacilitatorSecret::from_random([1; 16]), false).unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(folder.path()), 0o700);
        for file in ["create-token", "links.json"] {
            assert_eq!(mode(&folder.path().join(file)), 0o600, "{file}");
        }
    }
}
