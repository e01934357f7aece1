//! A relay with a certificate.

use std::io::{Read as _, Write as _};
use std::net::SocketAddr;
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

/// Asks as a browser does, which would rather speak HTTP/2; returns what was agreed on, and the answer.
fn ask(address: SocketAddr, request: &str) -> (Option<Vec<u8>>, String) {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(fixture("test_authority.pem")).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let name = ServerName::try_from("localhost").unwrap();
    let connection = ClientConnection::new(Arc::new(config), name).unwrap();
    let mut line = StreamOwned::new(connection, std::net::TcpStream::connect(address).unwrap());
    line.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    // A server may close without the last word of the protocol.
    let _ = line.read_to_end(&mut answer);
    (line.conn.alpn_protocol().map(<[u8]>::to_vec), String::from_utf8_lossy(&answer).into_owned())
}

async fn hall() -> Hall {
    let tls = Some((fixture("localhost.pem"), fixture("localhost_key.pem")));
    Hall::open_with(Config { tls, ..Config::on_loopback() }).await
}

#[tokio::test]
async fn a_relay_with_a_certificate_serves_https_and_says_so() {
    let hall = hall().await;
    assert!(hall.relay().listening_on().starts_with("https://127.0.0.1:"));
    assert!(hall.relay().origin().starts_with("https://"));
    let address = hall.address();
    let request = format!("GET /healthz HTTP/1.1\r\nhost: localhost:{}\r\nconnection: close\r\n\r\n", address.port());
    let (_, answer) = tokio::task::spawn_blocking(move || ask(address, &request)).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.contains("strict-transport-security: max-age="), "{answer}");
    assert!(answer.ends_with("ok\n"), "{answer}");
}

#[tokio::test]
async fn a_browser_makes_a_workshop_whose_links_lead_back() {
    let hall = hall().await;
    let address = hall.address();
    let own = format!("localhost:{}", address.port());
    let body = r#"{"tools":["A1"],"title":"Hverdagen","lang":"da"}"#;
    let request = format!(
        "POST /api/workshops HTTP/1.1\r\nhost: {own}\r\norigin: https://{own}\r\ncontent-type: application/json\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    let (agreed, answer) = tokio::task::spawn_blocking(move || ask(address, &request)).await.unwrap();
    // HTTP/2 has no `Host`, by which own pages and links are known.
    assert_eq!(agreed.as_deref(), Some(b"http/1.1".as_slice()));
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    assert!(answer.contains(&format!("https://{own}/#/w/")), "{answer}");
}
