//! What `dialogtavle workshop` does, on a store of its own or through the relay that runs on the folder.
//!
//! [`mod@line`] carries requests to a running relay, through a socket in the data folder that its owner alone can open.

pub mod line;

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use shared::access::{FacilitatorSecret, SignedCheckpoint, WorkshopId};
use shared::content::Language;
use shared::documents::Kind;
use shared::documents::board::BoardView;
use shared::documents::control::ControlView;
use shared::sync::DocumentSync;
use tracing::info;

use crate::content::Content;
use crate::folder::{Folder, FolderError};
use crate::hub::Hub;
use crate::store::{Store, StoreError};
use crate::words::{error, words};
use crate::workshop::{MakeError, Summary, Wanted, WorkshopAnswer, make};

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Request {
    /// Make a workshop.
    New(Wanted),
    /// List all.
    List,
    /// Show one.
    Show(String),
    /// Delete one.
    Delete(String),
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reply {
    /// To [`Request::New`].
    Made(Box<WorkshopAnswer>),
    /// To [`Request::List`].
    Listed(Vec<Summary>),
    /// To [`Request::Show`].
    Shown(Box<Summary>),
    /// To [`Request::Delete`].
    Deleted,
    /// It could not be done.
    Failed(String),
}

/// Why it could not be done.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// There is no such workshop.
    #[error("no workshop {0} here; `dialogtavle workshop list` names those that there are")]
    NoWorkshop(String),
    /// It was deleted before.
    #[error("the workshop {0} is deleted already")]
    AlreadyDeleted(String),
    /// It could not be made.
    #[error(transparent)]
    Make(#[from] MakeError),
    /// The data folder failed.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The deletion could not be signed.
    #[error("the deletion could not be signed")]
    Checkpoint(#[from] shared::access::CheckpointError),
}

impl DeskError {
    /// What it says to whoever runs the command, in both languages.
    #[must_use]
    pub fn told(&self) -> String {
        match self {
            Self::NoWorkshop(workshop) => error("no-workshop", &[("workshop", workshop)]),
            Self::AlreadyDeleted(workshop) => error("already-deleted", &[("workshop", workshop)]),
            Self::Make(made) => made.told(),
            Self::Folder(folder) => folder.told(),
            Self::Store(store) => store.told(),
            Self::Checkpoint(cause) => error("not-signed", &[("detail", cause)]),
        }
    }
}

/// Does what is asked.
#[derive(Debug)]
pub struct Desk {
    /// The store.
    pub(crate) store: Arc<dyn Store>,
    /// The data folder.
    pub(crate) folder: Folder,
    /// The tools.
    pub(crate) content: Arc<Content>,
    /// What links begin with.
    pub(crate) origin: String,
    /// The workshops in use, if a relay runs.
    pub(crate) hub: Option<Arc<Hub>>,
}

impl Desk {
    /// A desk for a folder on which no relay runs.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, folder: Folder, content: Arc<Content>, origin: String) -> Self {
        Self { store, folder, content, origin, hub: None }
    }

    /// Answers one request; what could not be done is told in words.
    pub async fn answer(&self, request: Request) -> Reply {
        let reply = match request {
            Request::New(wanted) => self.make(&wanted, false).await.map(|answer| Reply::Made(Box::new(answer))),
            Request::List => self.list().await.map(Reply::Listed),
            Request::Show(id) => self.show(&id).await.map(|summary| Reply::Shown(Box::new(summary))),
            Request::Delete(id) => self.delete(&id).await.map(|()| Reply::Deleted),
        };
        reply.unwrap_or_else(|failed| Reply::Failed(failed.told()))
    }

    /// Makes a workshop and keeps its links.
    pub(crate) async fn make(&self, wanted: &Wanted, is_demo: bool) -> Result<WorkshopAnswer, DeskError> {
        let made = make(&self.content, wanted)?;
        // First the links: a workshop without them leads nowhere, links without a workshop harm nobody.
        self.folder.keep_links(made.secret, is_demo)?;
        info!(workshop = %made.id(), "made a workshop");
        self.store.add_workshop(made.record, made.documents).await?;
        Ok(self.links(made.secret))
    }

    /// The demo workshop's links; made on the first call, and again after it was deleted.
    ///
    /// # Errors
    /// [`DeskError`] if it cannot be made or kept.
    pub async fn demo(&self) -> Result<WorkshopAnswer, DeskError> {
        if let Some(secret) = self.folder.demo()? {
            let record = self.store.workshop(secret.identity().workshop_id()).await?;
            if record.is_some_and(|record| !record.deleted) {
                return Ok(self.links(secret));
            }
        }
        let planned = self.content.demo().map(|programme| programme.tools.as_slice()).unwrap_or_default();
        let tools = planned.iter().map(|planned| planned.tool.to_string()).collect();
        let title = words().terminal.demo_title.da.clone();
        self.make(&Wanted { tools, title, lang: Language::Danish }, true).await
    }

    /// Forgets the links of workshops that are deleted: also by a facilitator in the app, who does not come by here.
    ///
    /// # Errors
    /// [`DeskError`] if the kept links cannot be read or written, or the store cannot be read.
    pub(crate) async fn forget_deleted(&self) -> Result<(), DeskError> {
        for workshop in self.folder.kept()? {
            if self.store.workshop(workshop).await?.is_some_and(|record| record.deleted) {
                self.folder.forget_links(workshop)?;
            }
        }
        Ok(())
    }

    fn links(&self, secret: FacilitatorSecret) -> WorkshopAnswer {
        WorkshopAnswer::new(secret, &self.origin)
    }

    async fn list(&self) -> Result<Vec<Summary>, DeskError> {
        let mut all = Vec::new();
        for listed in self.store.workshops().await? {
            let mut summary = Summary::new(&listed);
            self.read_control(listed.record.id(), &mut summary).await?;
            all.push(summary);
        }
        Ok(all)
    }

    async fn show(&self, id: &str) -> Result<Summary, DeskError> {
        let listed = self.store.workshops().await?;
        let found = listed.iter().find(|listed| listed.record.id().to_string() == id);
        let found = found.ok_or_else(|| DeskError::NoWorkshop(id.to_owned()))?;
        let workshop = found.record.id();
        let mut summary = Summary::new(found);
        self.read_control(workshop, &mut summary).await?;
        if !summary.deleted {
            let stored = self.store.load(workshop.document(Kind::Board)).await?;
            let board = BoardView::read(DocumentSync::load(stored.all()).sync.doc());
            summary.people = Some(board.people.len());
            summary.notes = Some(board.notes.len());
            summary.links = self.folder.secret(workshop)?.map(|secret| self.links(secret).links);
        }
        Ok(summary)
    }

    async fn read_control(&self, workshop: WorkshopId, summary: &mut Summary) -> Result<(), DeskError> {
        if summary.deleted {
            return Ok(());
        }
        let stored = self.store.load(workshop.document(Kind::Control)).await?;
        let control = ControlView::read(DocumentSync::load(stored.all()).sync.doc());
        summary.title = Some(control.title_text());
        summary.tools = control.tools.iter().map(|instance| instance.tool.id.to_string()).collect();
        Ok(())
    }

    async fn delete(&self, id: &str) -> Result<(), DeskError> {
        let unknown = || DeskError::NoWorkshop(id.to_owned());
        let workshop: WorkshopId = id.parse().map_err(|_| unknown())?;
        let record = self.store.workshop(workshop).await?.ok_or_else(unknown)?;
        if record.deleted {
            // A process that ended between the two left the secret behind.
            self.folder.forget_links(workshop)?;
            return Err(DeskError::AlreadyDeleted(id.to_owned()));
        }
        // Where the facilitator's secret is kept the deletion is signed, and reaches devices and other relays.
        let signed = match self.folder.secret(workshop)? {
            Some(secret) => Some(SignedCheckpoint::sign(secret, record.number() + 1, true, Vec::new())?),
            None => None,
        };
        match (&self.hub, signed) {
            (Some(hub), signed) => hub.delete(workshop, signed).await?,
            (None, Some(signed)) => drop(self.store.keep_checkpoint(signed).await?),
            (None, None) => self.store.delete_workshop(workshop).await?,
        }
        info!(%workshop, "deleted a workshop");
        self.folder.forget_links(workshop)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::MemoryStore;

    fn desk(folder: &tempfile::TempDir) -> Desk {
        Desk::new(
            Arc::new(MemoryStore::default()),
            Folder::take(folder.path()).unwrap(),
            Arc::new(Content::embedded().unwrap()),
            "http://127.0.0.1:8080".to_owned(),
        )
    }

    fn wanted() -> Wanted {
        Wanted { tools: vec!["A1".to_owned()], title: "Hverdagen".to_owned(), lang: Default::default() }
    }

    #[tokio::test]
    async fn a_workshop_is_made_listed_shown_and_deleted() {
        let folder = tempfile::tempdir().unwrap();
        let desk = desk(&folder);
        let Reply::Made(made) = desk.answer(Request::New(wanted())).await else { panic!("not made") };
        let Reply::Listed(listed) = desk.answer(Request::List).await else { panic!("not listed") };
        assert_eq!(listed.len(), 1);
        assert_eq!(listed[0].title.as_deref(), Some("Hverdagen"));
        let Reply::Shown(shown) = desk.answer(Request::Show(made.workshop.clone())).await else { panic!("not shown") };
        assert_eq!(shown.links, Some(made.links));
        assert_eq!(shown.tools, ["A1"]);
        assert_eq!(desk.answer(Request::Delete(made.workshop.clone())).await, Reply::Deleted);
        let Reply::Shown(shown) = desk.answer(Request::Show(made.workshop.clone())).await else {
            panic!("no tombstone")
        };
        assert!(shown.deleted && shown.title.is_none() && shown.links.is_none());
        let Reply::Failed(words) = desk.answer(Request::Delete(made.workshop)).await else { panic!("deleted twice") };
        assert!(words.contains("allerede slettet") && words.contains("deleted already"), "{words}");
    }

    #[tokio::test]
    async fn a_secret_that_a_deletion_left_behind_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let desk = desk(&folder);
        for again in [true, false] {
            let Reply::Made(made) = desk.answer(Request::New(wanted())).await else { panic!("not made") };
            let workshop: WorkshopId = made.workshop.parse().unwrap();
            // As by a process that ended right after it, or by a facilitator in the app.
            desk.store.delete_workshop(workshop).await.unwrap();
            assert!(desk.folder.secret(workshop).unwrap().is_some());
            if again {
                assert!(matches!(desk.answer(Request::Delete(made.workshop)).await, Reply::Failed(_)));
            } else {
                desk.forget_deleted().await.unwrap();
            }
            assert_eq!(desk.folder.secret(workshop).unwrap(), None);
        }
    }

    #[tokio::test]
    async fn the_demo_is_made_once_and_again_after_its_deletion() {
        let folder = tempfile::tempdir().unwrap();
        let desk = desk(&folder);
        let first = desk.demo().await.unwrap();
        assert_eq!(desk.demo().await.unwrap(), first);
        let Reply::Shown(shown) = desk.answer(Request::Show(first.workshop.clone())).await else { panic!("not shown") };
        let planned = &desk.content.demo().unwrap().tools;
        assert_eq!(shown.tools, planned.iter().map(|planned| planned.tool.to_string()).collect::<Vec<_>>());
        desk.delete(&first.workshop).await.unwrap();
        assert_ne!(desk.demo().await.unwrap(), first);
    }

    #[tokio::test]
    async fn an_unknown_workshop_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let reply = desk(&folder).answer(Request::Show("nothing".to_owned())).await;
        assert!(matches!(reply, Reply::Failed(words) if words.contains("workshop list")));
    }
}
