//! Opening the port, with or without https, and naming the address.

use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr, TcpListener, UdpSocket};
use std::time::Duration;

use axum::Router;
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use hyper_util::rt::TokioTimer;
use hyper_util::server::conn::auto::Builder;
use tracing::debug;

use super::{Config, StartError};

/// A connection that does not send a whole request within this time is closed, also while it is kept open for more.
const REQUEST: Duration = Duration::from_secs(15);

/// An open port.
pub(super) struct Listening {
    listener: TcpListener,
    address: SocketAddr,
    tls: Option<RustlsConfig>,
}

/// Opens the port and reads the certificate.
pub(super) async fn open(config: &Config) -> Result<Listening, StartError> {
    let tls = match &config.tls {
        None => None,
        Some((cert, key)) => {
            // It may have been set before, in a test; it is the same one then.
            let _ = rustls::crypto::ring::default_provider().install_default();
            let read = RustlsConfig::from_pem_file(cert, key).await;
            Some(read.map_err(|source| StartError::Certificate { cert: cert.clone(), key: key.clone(), source })?)
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
    Ok(Listening { listener, address, tls })
}

impl Listening {
    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(super) async fn serve(self, app: Router, handle: Handle<SocketAddr>) -> std::io::Result<()> {
        let service = app.into_make_service();
        // Without the address of whoever failed: it is nobody's business.
        let failed = |_: Option<&SocketAddr>, error: &std::io::Error| debug!(%error, "a connection failed: {error}");
        match self.tls {
            None => {
                let mut server = axum_server::from_tcp(self.listener)?.handle(handle).accept_error_handler(failed);
                give_little_time(server.http_builder());
                server.first_request_timeout(REQUEST).serve(service).await
            }
            Some(tls) => {
                let server = axum_server::from_tcp_rustls(self.listener, tls)?.handle(handle);
                let mut server = server.accept_error_handler(failed);
                give_little_time(server.http_builder());
                server.first_request_timeout(REQUEST).serve(service).await
            }
        }
    }
}

/// Bounds how long a connection may stay open without asking for anything, or in the middle of asking.
fn give_little_time<E>(builder: &mut Builder<E>) {
    builder.http1().timer(TokioTimer::new()).header_read_timeout(REQUEST);
}

/// The address under which this machine is reached, where it listens on all.
pub(super) fn reachable(address: SocketAddr) -> SocketAddr {
    if !address.ip().is_unspecified() {
        return address;
    }
    let loopback: IpAddr = if address.is_ipv4() { [127, 0, 0, 1].into() } else { [0, 0, 0, 0, 0, 0, 0, 1].into() };
    SocketAddr::new(on_network().unwrap_or(loopback), address.port())
}

/// The address that this machine has on its network. Nothing is sent: the system only says from where it would.
fn on_network() -> Option<IpAddr> {
    let socket = UdpSocket::bind(("0.0.0.0", 0)).ok()?;
    // An address that is kept for documents: it is nobody's.
    socket.connect(("192.0.2.1", 9)).ok()?;
    let address = socket.local_addr().ok()?.ip();
    (!address.is_loopback() && !address.is_unspecified()).then_some(address)
}

/// How the relay is called, as clients show it.
pub(super) fn name(public_url: Option<&str>, address: SocketAddr) -> String {
    let host = public_url.and_then(|url| url.split_once("://")).map(|(_, host)| host.to_owned());
    host.unwrap_or_else(|| reachable(address).to_string())
}
