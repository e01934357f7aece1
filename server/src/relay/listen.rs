//! Opening the port, with or without https.

use std::io::ErrorKind;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use axum::Router;
use axum_server::Handle;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use hyper_util::rt::TokioTimer;
use hyper_util::server::conn::auto::Builder;
use tracing::debug;

use super::connections::Connections;
use super::{Config, StartError};
use crate::settings::Limits;

/// An open port.
pub(super) struct Listening {
    listener: TcpListener,
    address: SocketAddr,
    tls: Option<RustlsConfig>,
    limits: Limits,
}

/// Most connections of those who read numbers.
const READERS: usize = 16;

/// Opens the port on which numbers are told, without https and for few.
pub(super) async fn open_metrics(config: &Config) -> Result<Option<Listening>, StartError> {
    let Some(listen) = config.metrics else { return Ok(None) };
    let limits = Limits { sockets: 0, connections: READERS, ..config.limits };
    open(&Config { listen, tls: None, limits, ..config.clone() }).await.map(Some)
}

/// Opens the port and reads the certificate.
pub(super) async fn open(config: &Config) -> Result<Listening, StartError> {
    let tls = match &config.tls {
        None => None,
        Some((cert, key)) => {
            // It may have been set before, in a test; it is the same one then.
            let _ = rustls::crypto::ring::default_provider().install_default();
            let read = RustlsConfig::from_pem_file(cert, key).await;
            let read =
                read.map_err(|source| StartError::Certificate { cert: cert.clone(), key: key.clone(), source })?;
            // HTTP/2 is offered otherwise, which has no `Host` and no time limit while it stands idle.
            let mut server = rustls::ServerConfig::clone(&read.get_inner());
            server.alpn_protocols = vec![b"http/1.1".to_vec()];
            Some(RustlsConfig::from_config(Arc::new(server)))
        }
    };
    let address = config.listen;
    let explain = |source: std::io::Error| match source.kind() {
        ErrorKind::AddrInUse => StartError::PortInUse(address),
        ErrorKind::PermissionDenied => StartError::PortForbidden(address),
        _ => StartError::Listen { address, source },
    };
    let listener = TcpListener::bind(address).map_err(explain)?;
    let address = listener.local_addr().map_err(explain)?;
    Ok(Listening { listener, address, tls, limits: config.limits })
}

impl Listening {
    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(super) async fn serve(self, app: Router, handle: Handle<SocketAddr>) -> std::io::Result<()> {
        let service = app.into_make_service();
        // Without the address of whoever failed: it is nobody's business.
        let failed = |_: Option<&SocketAddr>, error: &std::io::Error| debug!(%error, "a connection failed: {error}");
        let Limits { sockets, connections, standstill, request_time, .. } = self.limits;
        let connections = Connections::new(sockets.saturating_add(connections), standstill, self.tls.is_some());
        match self.tls {
            None => {
                let server = axum_server::from_tcp(self.listener)?.acceptor(connections);
                let mut server = server.handle(handle).accept_error_handler(failed);
                give_little_time(server.http_builder(), &self.limits);
                server.first_request_timeout(request_time).serve(service).await
            }
            Some(tls) => {
                let acceptor = RustlsAcceptor::new(tls).acceptor(connections);
                let server = axum_server::from_tcp(self.listener)?.acceptor(acceptor);
                let mut server = server.handle(handle).accept_error_handler(failed);
                give_little_time(server.http_builder(), &self.limits);
                server.first_request_timeout(request_time).serve(service).await
            }
        }
    }
}

/// Bounds how long a connection may stay open without asking for anything, or in the middle of asking.
fn give_little_time<E>(builder: &mut Builder<E>, limits: &Limits) {
    builder.http1().timer(TokioTimer::new()).header_read_timeout(limits.request_time);
    // Whoever speaks HTTP/2 unasked gets no stream, and so never makes a first request in time.
    builder.http2().max_concurrent_streams(0);
}

/// How the relay is called, as clients show it: its public host, else the address that reaches it.
pub(super) fn name(public_url: Option<&str>, address: SocketAddr) -> String {
    let host = public_url.and_then(|url| url.split_once("://")).map(|(_, host)| host.to_owned());
    host.unwrap_or_else(|| address.to_string())
}
