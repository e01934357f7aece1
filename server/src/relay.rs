//! Starting a relay and ending it in good order.

mod addresses;
mod connections;
mod listen;

use std::fmt::Display;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum_server::Handle;
use shared::sync::PeerId;
use tokio::sync::{Notify, Semaphore, watch};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::{info, warn};

use crate::content::Content;
use crate::desk::{Desk, line::Line};
use crate::folder::Folder;
use crate::http::{self, AppState, CreateRule, OpenLines, OwnPacks, app};
use crate::hub::{Common, Hub};
use crate::memory::{Memory, Pressure};
use crate::random;
use crate::settings::{Create, Limits};
use crate::store::Store;
use crate::words::error;

/// How long sockets may take to say goodbye.
const SOCKETS_END: Duration = Duration::from_millis(2_500);
/// How long documents may take to store what is on its way.
const DOCUMENTS_END: Duration = Duration::from_millis(1_500);
/// How long the store may take to close.
const STORE_ENDS: Duration = Duration::from_millis(500);

/// What a relay is started with.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where it listens; port 0 takes a free one.
    pub listen: SocketAddr,
    /// What links begin with; else the address that was asked for.
    pub public_url: Option<String>,
    /// Certificate chain and key for https, as PEM files.
    pub tls: Option<(PathBuf, PathBuf)>,
    /// Where it tells numbers for Prometheus; nowhere without it.
    pub metrics: Option<SocketAddr>,
    /// Who may make workshops.
    pub create: Create,
    /// The token of [`Create::Token`].
    pub token: String,
    /// Whether anyone may read and write any document that is no workshop's, as on a plain automerge-repo sync server.
    pub open_documents: bool,
    /// What the store goes by to peers that keep, by that name, what both had when they last met.
    pub storage_id: Option<String>,
    /// How much memory it may use; as much as there is where nothing is said.
    pub memory: Option<Memory>,
    /// What it allows.
    pub limits: Limits,
}

impl Config {
    /// A relay on a free port of loopback where everyone may make workshops.
    #[must_use]
    pub fn on_loopback() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            public_url: None,
            tls: None,
            metrics: None,
            create: Create::Open,
            token: String::new(),
            open_documents: false,
            storage_id: None,
            memory: None,
            limits: Limits::default(),
        }
    }
}

/// Why a relay could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Something else listens there.
    #[error(
        "{0} is in use; stop what listens there, or choose another with --listen or --metrics, such as --listen 127.0.0.1:8081"
    )]
    PortInUse(SocketAddr),
    /// The port is for the system alone.
    #[error("no right to listen on {0}; ports below 1024 are the system's, choose another with --listen or --metrics")]
    PortForbidden(SocketAddr),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {source}; choose an address of this machine with --listen or --metrics")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        source: std::io::Error,
    },
    /// The certificate or its key cannot be used.
    #[error(
        "cannot use the certificate {} with the key {}: {source}; both must be PEM, the key unencrypted and the \
         certificate's own", cert.display(), key.display()
    )]
    Certificate {
        /// The certificate's file.
        cert: PathBuf,
        /// The key's file.
        key: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl StartError {
    /// What it says to whoever starts the relay, in both languages.
    #[must_use]
    pub fn told(&self) -> String {
        match self {
            Self::PortInUse(address) => error("port-in-use", &[("address", address)]),
            Self::PortForbidden(address) => error("port-forbidden", &[("address", address)]),
            Self::Listen { address, source } => error("cannot-listen", &[("address", address), ("detail", source)]),
            Self::Certificate { cert, key, source } => {
                let values: [(&str, &dyn Display); 3] =
                    [("cert", &cert.display()), ("key", &key.display()), ("detail", source)];
                error("certificate", &values)
            }
        }
    }
}

/// A running relay. Dropping it leaves it running until the runtime ends; [`Relay::stop`] ends it in good order.
#[derive(Debug)]
pub struct Relay {
    address: SocketAddr,
    is_https: bool,
    origins: Vec<String>,
    is_on_network: bool,
    hub: Arc<Hub>,
    content: Arc<Content>,
    metrics: Option<(SocketAddr, JoinHandle<std::io::Result<()>>)>,
    server: JoinHandle<std::io::Result<()>>,
    handle: Handle<SocketAddr>,
    shutdown: CancellationToken,
}

impl Relay {
    /// Starts a relay on `store`; it serves when this returns.
    ///
    /// # Errors
    /// [`StartError`], each with what to do.
    pub async fn start(config: Config, store: Arc<dyn Store>, content: Content) -> Result<Self, StartError> {
        let listening = listen::open(&config).await?;
        let telling = listen::open_metrics(&config).await?;
        let address = listening.address();
        let is_https = config.tls.is_some();
        let public_url = config.public_url;
        let reached_at = addresses::reached_at(address);
        let name = listen::name(public_url.as_deref(), reached_at[0]);
        let is_on_network = public_url.is_some() || !reached_at[0].ip().is_loopback();
        let scheme = if is_https { "https" } else { "http" };
        let origins = match &public_url {
            Some(url) => vec![url.clone()],
            None => reached_at.iter().map(|address| format!("{scheme}://{address}")).collect(),
        };
        let (press, pressure) = watch::channel(Pressure::None);
        let hub = Hub::new(Common {
            store,
            relay: PeerId::new(&format!("dialogtavle-{}", random::hex::<8>())).expect("it is short"),
            limits: config.limits,
            admits_unknown: config.create == Create::Open,
            tasks: TaskTracker::new(),
            socket_tasks: TaskTracker::new(),
            has_open_documents: config.open_documents,
            memory: config.memory,
            pressure,
            storage_id: config.storage_id,
            metrics: Arc::default(),
            deleted: Notify::new(),
        });
        let content = Arc::new(content);
        let shutdown = CancellationToken::new();
        let state = AppState {
            hub: Arc::clone(&hub),
            own_packs: Arc::new(OwnPacks::new(&content)),
            content: Arc::clone(&content),
            create: match config.create {
                Create::Open => CreateRule::Open,
                Create::Token => CreateRule::token(&config.token),
                Create::None => CreateRule::None,
            },
            public_origin: public_url.as_deref().map(Arc::from),
            is_https,
            name: name.into(),
            sockets: Arc::new(Semaphore::new(config.limits.sockets.min(Semaphore::MAX_PERMITS))),
            lines: OpenLines::beside(config.limits.sockets),
            shutdown: shutdown.clone(),
        };
        let handle = Handle::new();
        let metrics = telling.map(|telling| {
            let (address, router) = (telling.address(), http::metrics(Arc::clone(&hub.common().metrics)));
            (address, tokio::spawn(telling.serve(router, Handle::new())))
        });
        let server = tokio::spawn(listening.serve(app(state), handle.clone()));
        info!(create = ?config.create, is_https, "the relay serves");
        if let Some(memory) = config.memory {
            tokio::spawn(memory.watch(press, shutdown.clone()));
        }
        if config.open_documents {
            warn!("open documents: whoever reaches /sync reads and writes every document whose id they know");
            let (hub, shutdown) = (Arc::clone(&hub), shutdown.clone());
            tokio::spawn(async move { hub.tend(shutdown).await });
        }
        if config.create != Create::Open {
            info!("a workshop that is not known here is not taken up, nor one that this relay lost");
        }
        Ok(Self { address, is_https, origins, is_on_network, hub, content, metrics, server, handle, shutdown })
    }

    /// Where it listens.
    #[must_use]
    pub fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// Where it tells numbers, at `/metrics`.
    #[must_use]
    pub fn metrics_addr(&self) -> Option<SocketAddr> {
        self.metrics.as_ref().map(|(address, _)| *address)
    }

    /// Scheme, address and port, as `listening on` names them.
    #[must_use]
    pub fn listening_on(&self) -> String {
        let scheme = if self.is_https { "https" } else { "http" };
        format!("{scheme}://{}", self.address)
    }

    /// What links begin with: the public address, else the likeliest of those that reach this machine.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origins[0]
    }

    /// Every address that reaches this relay, the likeliest first; the public one alone, if it was said.
    #[must_use]
    pub fn origins(&self) -> &[String] {
        &self.origins
    }

    /// Whether other machines reach it, as far as this one can tell.
    #[must_use]
    pub fn is_on_network(&self) -> bool {
        self.is_on_network
    }

    /// Lets commands act on this relay, through a socket in the data folder.
    ///
    /// # Errors
    /// If the socket cannot be opened; its path may be too long for the system.
    pub fn open_desk(&self, folder: Folder) -> (Arc<Desk>, std::io::Result<()>) {
        let line = Line::open(folder.path());
        let desk = Arc::new(Desk {
            store: Arc::clone(&self.hub.common().store),
            folder,
            content: Arc::clone(&self.content),
            origin: self.origin().to_owned(),
            hub: Some(Arc::clone(&self.hub)),
        });
        let opened = line.map(|line| {
            tokio::spawn(line.serve(Arc::clone(&desk), self.shutdown.clone()));
        });
        tokio::spawn(forget_deleted(Arc::clone(&desk), Arc::clone(&self.hub), self.shutdown.clone()));
        (desk, opened)
    }

    /// Stops accepting, tells the sockets, stores what is on its way, and closes the store. Takes at most 5 s.
    pub async fn stop(self) {
        info!("the relay is shutting down");
        self.shutdown.cancel();
        self.handle.graceful_shutdown(Some(SOCKETS_END));
        let common = self.hub.common();
        common.socket_tasks.close();
        if tokio::time::timeout(SOCKETS_END, common.socket_tasks.wait()).await.is_err() {
            warn!("some sockets did not close in time");
        }
        self.handle.shutdown();
        self.server.abort();
        if let Some((_, telling)) = &self.metrics {
            telling.abort();
        }
        self.hub.end();
        common.tasks.close();
        if tokio::time::timeout(DOCUMENTS_END, common.tasks.wait()).await.is_err() {
            warn!("some documents did not end in time; what was acknowledged is stored");
        }
        match tokio::time::timeout(STORE_ENDS, common.store.close()).await {
            Ok(Ok(())) => info!("the relay has ended"),
            Ok(Err(error)) => warn!(%error, "the store did not close: {error}"),
            Err(_) => warn!("the store did not close in time; what was acknowledged is stored"),
        }
    }
}

/// Forgets the links of what is deleted, at the start and whenever something is.
async fn forget_deleted(desk: Arc<Desk>, hub: Arc<Hub>, shutdown: CancellationToken) {
    loop {
        if let Err(error) = desk.forget_deleted().await {
            warn!(%error, "links of deleted workshops may still be kept: {error}");
        }
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = hub.common().deleted.notified() => {}
        }
    }
}
