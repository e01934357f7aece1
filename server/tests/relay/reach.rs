//! Under which addresses a relay says that it is reached.

use std::net::SocketAddr;

use server::{Config, announce};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::hall::Hall;

#[tokio::test]
async fn every_address_of_the_machine_is_named_and_answers() {
    let hall = Hall::open_with(Config { listen: SocketAddr::from(([0, 0, 0, 0], 0)), ..Config::on_loopback() }).await;
    let (relay, port) = (hall.relay(), hall.address().port());
    let own = if_addrs::get_if_addrs().unwrap().into_iter().map(|interface| interface.ip());
    let mut own: Vec<_> = own.filter(|ip| ip.is_ipv4() && !ip.is_loopback()).collect();
    own.sort();
    own.dedup();
    assert_eq!(relay.is_on_network(), !own.is_empty());
    let told = announce::reach(relay);
    for ip in &own {
        assert!(told.contains(&format!("http://{ip}:{port}")), "{told}");
        let mut line = TcpStream::connect((*ip, port)).await.unwrap();
        line.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.unwrap();
        let mut answer = String::new();
        line.read_to_string(&mut answer).await.unwrap();
        assert!(answer.ends_with("ok\n"), "{answer}");
    }
    assert_eq!(relay.origins().len(), own.len().max(1));
    assert!(told.contains(relay.origin()) || own.is_empty(), "{told}");
}

#[tokio::test]
async fn the_public_address_is_the_only_one() {
    let listen = SocketAddr::from(([0, 0, 0, 0], 0));
    let public_url = Some("https://tavle.example".to_owned());
    let hall = Hall::open_with(Config { listen, public_url, ..Config::on_loopback() }).await;
    assert_eq!(hall.relay().origins(), ["https://tavle.example"]);
}
