//! A client of a server that is measured: [`stock`] speaks automerge-repo's protocol, [`own`] is the core that phones run,
//! [`follower`] comes back with edits and keeps no copy, [`bare`] has nothing to say, and [`yjs`] speaks to the servers of another family.

pub(crate) mod bare;
pub(crate) mod follower;
pub(crate) mod own;
pub(crate) mod stock;
pub(crate) mod yjs;

use std::time::Duration;

use anyhow::{Context as _, Result};
use shared::sync::DocumentId;

use crate::document::{Document, Mark};
use crate::line::Line;

/// How long the document may take to come to the first client.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where clients dial, and what they ask for.
#[derive(Debug, Clone)]
pub(crate) struct Door {
    pub(crate) url: String,
    pub(crate) document: DocumentId,
    /// Nothing is there before the first client brings it.
    pub(crate) is_empty: bool,
}

/// One client on one document.
pub(crate) trait Client: Sized + Send + 'static {
    /// What it keeps.
    type Doc: Document;

    /// Dials and asks for the document. With `doc` it keeps a copy and may write; without, it only follows what it is
    /// told, which costs the load's core far less and tells the server the same.
    fn join(door: &Door, number: usize, doc: Option<Self::Doc>) -> impl Future<Output = Result<Self>> + Send;

    /// Waits for what comes next and handles it. Safe to drop and call again.
    fn hear(&mut self) -> impl Future<Output = Result<()>> + Send;

    /// Changes the copy and says so.
    fn edit(&mut self, change: impl FnOnce(&mut Self::Doc) -> Mark) -> Result<Mark>;

    /// The copy, if it keeps one.
    fn doc(&self) -> Option<&Self::Doc>;

    /// Whether anything of the document has come.
    fn has_document(&self) -> bool;

    /// Whether the server said that it has everything that is here; true where servers do not say.
    fn is_received(&self) -> bool;

    fn line(&self) -> &Line;

    /// Leaves with the line, and with what came over it.
    fn into_line(self) -> Line;
}

/// Hears until `is_enough`.
pub(crate) async fn hear_until<C: Client>(client: &mut C, is_enough: impl Fn(&C) -> bool) -> Result<()> {
    while !is_enough(client) {
        client.hear().await?;
    }
    Ok(())
}

/// The first client on a document, which makes the texts.
pub(crate) async fn first<C: Client>(door: &Door, texts: usize) -> Result<C> {
    let mut doc = C::Doc::new(0);
    if door.is_empty {
        doc.begin(texts);
    }
    let mut client = C::join(door, 0, Some(doc)).await?;
    let there = hear_until(&mut client, C::has_document);
    tokio::time::timeout(PATIENCE, there).await.context("the document did not come in time")??;
    if !door.is_empty {
        client.edit(|doc| doc.begin(texts))?;
    }
    Ok(client)
}
