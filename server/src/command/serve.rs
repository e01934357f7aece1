//! `dialogtavle serve`.

use std::io::IsTerminal as _;
use std::sync::Arc;

use anyhow::Result;
use server::folder::Folder;
use server::settings::{Create, Serve};
use server::store::sqlite::SqliteStore;
use server::{Config, Memory, Relay, announce};
use tokio::signal::unix::{SignalKind, signal};
use tracing::{info, warn};

use super::{content, say};

pub(crate) async fn run(settings: Serve) -> Result<()> {
    let (mut terminated, mut interrupted) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    // Each socket is an open file, and most systems begin with room for a thousand.
    if let Err(error) = rlimit::increase_nofile_limit(2 * settings.sockets as u64 + 1_000) {
        warn!(%error, "the number of open files stays as it is ({error}): fewer sockets may fit than --sockets says");
    }
    let content = content::open(&settings.own)?;
    let folder = Folder::take(&settings.data.data)?;
    let store = SqliteStore::open(folder.path(), settings.largest_store())?;
    let create = settings.create();
    let token = if create == Create::Token { folder.create_token()? } else { String::new() };
    let config = Config {
        listen: settings.listen,
        public_url: settings.public_url.clone(),
        metrics: settings.metrics,
        tls: settings.tls_cert.clone().zip(settings.tls_key.clone()),
        create,
        token: token.clone(),
        storage_id: Some(folder.storage_id()?),
        open_documents: settings.open_documents,
        memory: settings.most_memory().map(|most| Memory { most, used: crate::bytes_in_use }),
        limits: settings.limits(),
    };
    let relay = Relay::start(config, Arc::new(store), content).await?;
    let (desk, opened) = relay.open_desk(folder);
    if let Err(error) = opened {
        warn!(%error, "commands cannot reach this relay ({error}): give --data a shorter path");
    }
    // One line that programs wait for; all else is for people.
    say(&format!("listening on {}", relay.listening_on()));
    if let Some(address) = relay.metrics_addr() {
        info!(%address, "numbers are told on http://{address}/metrics");
    }
    let is_terminal = std::io::stdout().is_terminal();
    if settings.demo || is_terminal || create == Create::Token {
        say(&announce::create_rule(create, &token));
        say(&announce::reach(&relay));
    }
    if settings.demo {
        say(&announce::demo(&desk.demo().await?, is_terminal));
    }
    drop(desk);
    tokio::select! {
        _ = terminated.recv() => {}
        _ = interrupted.recv() => {}
    }
    relay.stop().await;
    Ok(())
}
