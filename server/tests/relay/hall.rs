//! A relay of one's own, on a free port, with a workshop in it.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use server::content::Content;
use server::examine::Examination;
use server::store::sqlite::{FILE, SqliteStore, examine};
use server::store::{
    Answer, Kept, ListedWorkshop, Position, Snapshot, Store, StoreError, StoredDocument, WorkshopRecord,
};
use server::workshop::WorkshopAnswer;
use server::{Config, Relay};
use shared::access::{Capability, SignedCheckpoint, WorkshopId, link};
use shared::sync::DocumentId;
use shared::sync::document_sync::StoredChange;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::watch;

use crate::device::Device;

/// Longest wait for anything; a relay that needs longer has hung.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// A relay with its store.
pub(crate) struct Hall {
    folder: tempfile::TempDir,
    config: Config,
    /// Where the work-place's own packs are, if it has any.
    pub(crate) own_packs: Option<PathBuf>,
    relay: Option<Relay>,
    pub(crate) store: Arc<FailingStore>,
}

impl Hall {
    pub(crate) async fn open() -> Self {
        Self::open_with(Config::on_loopback()).await
    }

    pub(crate) async fn open_with(config: Config) -> Self {
        Self::open_beside(config, None).await
    }

    /// With the packs of a work-place's own in a folder.
    pub(crate) async fn open_with_packs(own_packs: &Path) -> Self {
        Self::open_beside(Config::on_loopback(), Some(own_packs.to_path_buf())).await
    }

    async fn open_beside(config: Config, own_packs: Option<PathBuf>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = store_in(&folder);
        let mut hall = Self { folder, config, own_packs, relay: None, store };
        hall.start().await;
        hall
    }

    async fn start(&mut self) {
        let store = Arc::clone(&self.store) as Arc<dyn Store>;
        let (content, _) = Content::with_own(self.own_packs.as_deref()).unwrap();
        let relay = Relay::start(self.config.clone(), store, content).await.unwrap();
        // After the first time at the port it had.
        self.config.listen = relay.local_addr();
        self.relay = Some(relay);
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.config.listen
    }

    /// Changes the store's file behind its back.
    pub(crate) fn with_file(&self, sql: &str) {
        rusqlite::Connection::open(self.folder.path().join(FILE)).unwrap().execute_batch(sql).unwrap();
    }

    pub(crate) fn examined(&self) -> Examination {
        examine(self.folder.path()).unwrap()
    }

    pub(crate) fn relay(&self) -> &Relay {
        self.relay.as_ref().unwrap()
    }

    pub(crate) async fn stop(&mut self) {
        self.relay.take().unwrap().stop().await;
    }

    /// Stops the relay and starts it again on the same files.
    pub(crate) async fn restart(&mut self) {
        self.stop().await;
        self.store = store_in(&self.folder);
        self.start().await;
    }

    /// Loses everything that was stored, as a machine that was replaced.
    pub(crate) async fn wipe(&mut self) {
        self.stop().await;
        self.folder = tempfile::tempdir().unwrap();
        self.store = store_in(&self.folder);
        self.start().await;
    }

    /// Makes a workshop over HTTP.
    pub(crate) async fn workshop(&self) -> Workshop {
        let body = r#"{"tools":["A1"],"title":"Hverdagen","lang":"da"}"#;
        let response = self.post("/api/workshops", body).await;
        assert_eq!(response.status, 201, "{}", response.body);
        Workshop { answer: serde_json::from_str(&response.body).unwrap() }
    }

    pub(crate) async fn post(&self, path: &str, body: &str) -> Response {
        self.request("POST", path, &[("content-type", "application/json")], body).await
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.request("GET", path, &[], "").await
    }

    pub(crate) async fn request(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Response {
        request(self.address(), method, path, headers, body.as_bytes()).await.unwrap()
    }

    /// A device of ours with a capability.
    pub(crate) async fn device(&self, capability: Capability) -> Device {
        Device::join(self.address(), capability).await
    }

    /// A device in a network that lets no websocket through.
    pub(crate) async fn device_over_http(&self, capability: Capability) -> Device {
        Device::join_over_http(self.address(), capability).await
    }
}

/// Sends one request on a connection of its own.
pub(crate) async fn request(
    relay: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> std::io::Result<Response> {
    let mut line = TcpStream::connect(relay).await?;
    let mut request = format!("{method} {path} HTTP/1.1\r\nhost: {relay}\r\n");
    if !headers.iter().any(|(name, _)| *name == "connection") {
        request.push_str("connection: close\r\n");
    }
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str(&format!("content-length: {}\r\n\r\n", body.len()));
    // A body that is refused for its length may not be read to its end.
    let _ = line.write_all(request.as_bytes()).await;
    let _ = line.write_all(body).await;
    let mut bytes = Vec::new();
    let reading = line.read_to_end(&mut bytes);
    tokio::time::timeout(PATIENCE, reading).await.unwrap()?;
    Response::read(&bytes).ok_or_else(|| std::io::ErrorKind::UnexpectedEof.into())
}

/// An answer over HTTP.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
    pub(crate) bytes: Vec<u8>,
}

impl Response {
    /// What came until the connection ended; `None` if that is no answer.
    fn read(bytes: &[u8]) -> Option<Self> {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let (first, rest) = head.split_once("\r\n").unwrap();
        let header = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned()));
        Some(Self {
            status: first.split(' ').nth(1).unwrap().parse().unwrap(),
            headers: rest.split("\r\n").filter_map(header).collect(),
            body: String::from_utf8_lossy(&bytes[end + 4..]).into_owned(),
            bytes: bytes[end + 4..].to_vec(),
        })
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value)
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// A workshop as it was given out.
#[derive(Debug, Clone)]
pub(crate) struct Workshop {
    pub(crate) answer: WorkshopAnswer,
}

impl Workshop {
    pub(crate) fn id(&self) -> WorkshopId {
        self.facilitator().workshop
    }

    pub(crate) fn facilitator(&self) -> Capability {
        link::parse(&self.answer.links.facilitator).unwrap()
    }

    pub(crate) fn site(&self) -> Capability {
        link::parse(&self.answer.links.site).unwrap()
    }

    pub(crate) fn participant(&self) -> Capability {
        link::parse(&self.answer.links.participant).unwrap()
    }

    pub(crate) fn projector(&self) -> Capability {
        link::parse(&self.answer.links.projector).unwrap()
    }
}

fn store_in(folder: &tempfile::TempDir) -> Arc<FailingStore> {
    Arc::new(FailingStore {
        inner: SqliteStore::open(folder.path(), None).unwrap(),
        fails: AtomicBool::new(false),
        held: watch::Sender::new(None),
    })
}

/// A store on a disk that can be full, or slow.
#[derive(Debug)]
pub(crate) struct FailingStore {
    inner: SqliteStore,
    fails: AtomicBool,
    /// The document of which nothing is stored for now.
    held: watch::Sender<Option<DocumentId>>,
}

impl FailingStore {
    pub(crate) fn fail(&self, fails: bool) {
        self.fails.store(fails, Ordering::SeqCst);
    }

    /// Lets what a document wants stored wait, as long as it is the one that is named.
    pub(crate) fn hold(&self, document: Option<DocumentId>) {
        self.held.send_replace(document);
    }
}

impl Store for FailingStore {
    fn append(&self, document: DocumentId, changes: Vec<StoredChange>) -> Answer<'_, Position> {
        if self.fails.load(Ordering::SeqCst) {
            return Box::pin(std::future::ready(Err(StoreError::Full)));
        }
        let mut held = self.held.subscribe();
        Box::pin(async move {
            held.wait_for(|held| *held != Some(document)).await.unwrap();
            self.inner.append(document, changes).await
        })
    }

    fn load(&self, document: DocumentId) -> Answer<'_, StoredDocument> {
        self.inner.load(document)
    }

    fn compact(&self, document: DocumentId, snapshot: Snapshot, through: Position) -> Answer<'_, ()> {
        self.inner.compact(document, snapshot, through)
    }

    fn remove(&self, document: DocumentId, hashes: Vec<[u8; 32]>) -> Answer<'_, ()> {
        self.inner.remove(document, hashes)
    }

    fn workshop(&self, id: WorkshopId) -> Answer<'_, Option<WorkshopRecord>> {
        self.inner.workshop(id)
    }

    fn add_workshop(&self, record: WorkshopRecord, documents: Vec<(DocumentId, Vec<StoredChange>)>) -> Answer<'_, ()> {
        self.inner.add_workshop(record, documents)
    }

    fn keep_checkpoint(&self, checkpoint: SignedCheckpoint) -> Answer<'_, Kept> {
        self.inner.keep_checkpoint(checkpoint)
    }

    fn delete_workshop(&self, id: WorkshopId) -> Answer<'_, ()> {
        self.inner.delete_workshop(id)
    }

    fn workshops(&self) -> Answer<'_, Vec<ListedWorkshop>> {
        self.inner.workshops()
    }

    fn count(&self) -> Answer<'_, u64> {
        self.inner.count()
    }

    fn close(&self) -> Answer<'_, ()> {
        self.inner.close()
    }
}
