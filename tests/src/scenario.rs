//! The scenarios by name, and how large each is.

use std::path::PathBuf;

use anyhow::Result;
use clap::ValueEnum;

use crate::baseline::Baseline;
use crate::measured::{Measured, Speaks};
use crate::process::Kind;
use crate::report::Report;
use crate::{fan_out, hostile, joining, reunion, storage, typing, workshops};

/// What can be measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Scenario {
    /// Five clients write four edits a second each, to 10 to 500 clients
    FanOut,
    /// The same on 100 to 100,000 changes of history
    History,
    /// A newcomer joins a board of 10,000 and 100,000 edits
    Joining,
    /// 10 and 50 devices come back with 5,000 edits each
    Reunion,
    /// Four people type six characters a second each into one text
    Typing,
    /// 200 and 10,000 workshops, one in a hundred of them active
    Workshops,
    /// Durable edits a second, and bytes on the disk
    Storage,
    /// Attacks, while two people type in a workshop of their own
    Hostile,
}

/// How large the scenarios are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Size {
    /// Seconds, for trying out
    Quick,
    /// What the figures are of
    Full,
    /// Also what takes ten minutes
    Long,
}

impl Size {
    /// The small one for trying out.
    pub(crate) fn of<T>(self, quick: T, full: T) -> T {
        if self == Self::Quick { quick } else { full }
    }

    /// How long a steady load is measured.
    pub(crate) fn seconds(self) -> u64 {
        self.of(2, 10)
    }
}

/// A run: what it measures, and on what.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) relay: PathBuf,
    /// Somebody else's servers, instead of our baselines: the folder of their scripts.
    pub(crate) peers: Option<PathBuf>,
    pub(crate) size: Size,
}

impl Run {
    /// Measures a scenario.
    pub(crate) async fn measure(&self, scenario: Scenario, report: &mut Report) -> Result<()> {
        report.begin(&scenario.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default());
        match scenario {
            Scenario::FanOut => fan_out::clients(self, report).await?,
            Scenario::History => fan_out::history(self, report).await?,
            Scenario::Joining => joining::measure(self, report).await?,
            Scenario::Reunion => reunion::measure(self, report).await?,
            Scenario::Typing => typing::measure(self, report).await?,
            Scenario::Workshops => workshops::measure(self, report).await?,
            Scenario::Storage => storage::measure(self, report).await?,
            Scenario::Hostile => hostile::measure(self, report).await?,
        }
        report.write()
    }

    /// The scenarios of this run, where none is named.
    pub(crate) fn all(&self) -> &'static [Scenario] {
        if self.peers.is_some() {
            &[Scenario::FanOut, Scenario::Joining, Scenario::Reunion]
        } else {
            Scenario::value_variants()
        }
    }

    /// The relay; beside other people's servers it serves any document, as they do.
    pub(crate) fn relay(&self, speaks: Speaks) -> Measured {
        let name = if speaks == Speaks::Own { "relay, own clients" } else { "relay" };
        let binary = self.relay.clone();
        let kind = if self.peers.is_some() { Kind::OpenRelay(binary) } else { Kind::Relay(binary) };
        Measured { name, kind, speaks }
    }

    /// The relay, beside what meets it in a scenario of many edits.
    pub(crate) fn fan_out(&self) -> Vec<Measured> {
        let baseline = |name, baseline, speaks| Measured { name, kind: Kind::Baseline(baseline), speaks };
        let mut servers = self.relays();
        match &self.peers {
            Some(_) => servers.extend(self.others()),
            // First, since the relay is held against it.
            None => {
                servers.insert(0, baseline("broadcast", Baseline::Broadcast, Speaks::Bare));
                servers.push(baseline("naive", Baseline::Naive, Speaks::Stock));
            }
        }
        servers
    }

    /// The relay, beside somebody else's servers if they are measured.
    pub(crate) fn servers(&self) -> Vec<Measured> {
        let mut servers = self.relays();
        servers.extend(self.others());
        servers
    }

    fn relays(&self) -> Vec<Measured> {
        vec![self.relay(Speaks::Stock), self.relay(Speaks::Own)]
    }

    fn others(&self) -> Vec<Measured> {
        let Some(folder) = &self.peers else { return Vec::new() };
        let script = |name: &'static str, speaks| {
            let kind = Kind::Script(folder.join(name).with_extension("js"));
            Measured { name, kind, speaks }
        };
        vec![
            script("automerge-repo", Speaks::Stock),
            script("y-websocket", Speaks::Yjs),
            script("hocuspocus", Speaks::Hocuspocus),
        ]
    }
}
