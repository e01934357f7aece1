//! What is measured: a server, and how clients speak to it.

use anyhow::Result;

use crate::process::{Kind, Server};

/// How clients speak to a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Speaks {
    /// As a stock automerge-repo client.
    Stock,
    /// As our own client.
    Own,
    /// In frames that mean nothing.
    Bare,
    /// As y-websocket's client.
    Yjs,
    /// As Hocuspocus' client.
    Hocuspocus,
}

/// A server, and how clients speak to it.
#[derive(Debug, Clone)]
pub(crate) struct Measured {
    /// What it is called in tables.
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) speaks: Speaks,
}

impl Measured {
    pub(crate) async fn start(&self) -> Result<Server> {
        Server::start(&self.kind).await
    }

    pub(crate) fn is_relay(&self) -> bool {
        matches!(self.kind, Kind::Relay(_) | Kind::OpenRelay(_))
    }
}

/// Runs `$work` with `$client` as the type of client that `$speaks` asks for.
macro_rules! with_client {
    ($speaks:expr, $client:ident => $work:expr) => {
        match $speaks {
            $crate::measured::Speaks::Stock => {
                type $client = $crate::client::stock::Peer;
                $work
            }
            $crate::measured::Speaks::Own => {
                type $client = $crate::client::own::Phone;
                $work
            }
            $crate::measured::Speaks::Bare => {
                type $client = $crate::client::bare::Bare;
                $work
            }
            $crate::measured::Speaks::Yjs => {
                type $client = $crate::client::yjs::Plain;
                $work
            }
            $crate::measured::Speaks::Hocuspocus => {
                type $client = $crate::client::yjs::Named;
                $work
            }
        }
    };
}
pub(crate) use with_client;
