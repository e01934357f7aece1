//! A relay with a certificate.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use server::Config;

use crate::hall::Hall;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/relay/fixtures").join(name)
}

fn get(address: std::net::SocketAddr, path: &str) -> String {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(fixture("test_authority.pem")).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").unwrap();
    let connection = ClientConnection::new(Arc::new(config), name).unwrap();
    let mut line = StreamOwned::new(connection, std::net::TcpStream::connect(address).unwrap());
    let request = format!("GET {path} HTTP/1.1\r\nhost: localhost:{}\r\nconnection: close\r\n\r\n", address.port());
    line.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    // A server may close without the last word of the protocol.
    let _ = line.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn a_relay_with_a_certificate_serves_https_and_says_so() {
    let tls = Some((fixture("localhost.pem"), fixture("localhost_key.pem")));
    let hall = Hall::open_with(Config { tls, ..Config::on_loopback() }).await;
    assert!(hall.relay().listening_on().starts_with("https://127.0.0.1:"));
    assert!(hall.relay().origin().starts_with("https://"));
    let address = hall.address();
    let answer = tokio::task::spawn_blocking(move || get(address, "/healthz")).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.contains("strict-transport-security: max-age="), "{answer}");
    assert!(answer.ends_with("ok\n"), "{answer}");
}
