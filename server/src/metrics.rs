//! What the relay counts of itself, as text for Prometheus.
//!
//! Numbers alone: no workshop, no address, nothing that a person wrote; each label has few values, all of them ours.

use std::time::Duration;

use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use shared::sync::document_sync::PaceCounts;
use shared::sync::message::{CloseReason, RefusedReason};

/// The media type of [`Metrics::text`].
pub(crate) const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Upper ends of the histogram's buckets, in seconds: a fast disk, a slow one, and one that somebody should look at.
const DURABLE_SECONDS: [f64; 12] = [0.000_5, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

type Labels<const N: usize> = [(&'static str, String); N];

/// What is counted, from the relay's start on.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    /// Changes that became durable and were applied.
    pub(crate) edits: Counter,
    /// Bytes of frames that came in.
    pub(crate) bytes_in: Counter,
    /// Bytes of frames that were handed to lines.
    pub(crate) bytes_out: Counter,
    /// Sync messages that were queued for lines.
    pub(crate) fan_out: Counter,
    /// Queues of slow peers that were given up.
    pub(crate) queue_drops: Counter,
    durable: Histogram,
    documents: Gauge,
    lines: Family<Labels<1>, Gauge>,
    lines_opened: Family<Labels<1>, Counter>,
    fallen_back: Counter,
    mended: Counter,
    rejected: Family<Labels<2>, Counter>,
}

/// Counts one of something for as long as it is held.
#[derive(Debug)]
pub(crate) struct Held(Gauge);

impl Held {
    fn of(gauge: Gauge) -> Self {
        gauge.inc();
        Self(gauge)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Default for Metrics {
    fn default() -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix("dialogtavle"),
            edits: Counter::default(),
            bytes_in: Counter::default(),
            bytes_out: Counter::default(),
            fan_out: Counter::default(),
            queue_drops: Counter::default(),
            durable: Histogram::new(DURABLE_SECONDS),
            documents: Gauge::default(),
            lines: Family::default(),
            lines_opened: Family::default(),
            fallen_back: Counter::default(),
            mended: Counter::default(),
            rejected: Family::default(),
        };
        metrics.register();
        metrics
    }
}

impl Metrics {
    fn register(&mut self) {
        let registry = &mut self.registry;
        registry.register("edits", "Changes that became durable and were applied", self.edits.clone());
        registry.register("bytes_in", "Bytes of frames that came in", self.bytes_in.clone());
        registry.register("bytes_out", "Bytes of frames that went out", self.bytes_out.clone());
        registry.register("fan_out", "Sync messages that were queued for lines", self.fan_out.clone());
        registry.register("queue_drops", "Queues of slow peers that were given up", self.queue_drops.clone());
        let help = "Time from handing changes to the store to their being durable";
        registry.register_with_unit("durable", help, Unit::Seconds, self.durable.clone());
        registry.register("documents", "Documents that are loaded", self.documents.clone());
        registry.register("lines", "Lines that are open, by way: websocket or http", self.lines.clone());
        registry.register("lines_opened", "Lines that were opened, by way", self.lines_opened.clone());
        let help = "Links that went back from the fast way to stock sync";
        registry.register("fallen_back", help, self.fallen_back.clone());
        let help =
            "Changes that a comparison found missing though they had been told; 0 unless a peer loses what it has";
        registry.register("mended", help, self.mended.clone());
        let help = "What was not taken, by what it was (line, change, request) and why";
        registry.register("rejected", help, self.rejected.clone());
    }

    /// A line was opened, and is there for as long as the answer is held.
    pub(crate) fn line(&self, way: &'static str) -> Held {
        let labels = [("way", way.to_owned())];
        self.lines_opened.get_or_create(&labels).inc();
        let open = self.lines.get_or_create(&labels).clone();
        Held::of(open)
    }

    /// A document is loaded for as long as the answer is held.
    pub(crate) fn document(&self) -> Held {
        Held::of(self.documents.clone())
    }

    /// Changes became durable after this time.
    pub(crate) fn durable_after(&self, time: Duration) {
        self.durable.observe(time.as_secs_f64());
    }

    /// Notes how the fast way fares in a document, where `seen` is what was noted before.
    pub(crate) fn pace(&self, seen: &mut PaceCounts, now: PaceCounts) {
        // A document that was loaded anew counts from 0 again.
        let since = |now: u64, before: u64| if now < before { now } else { now - before };
        self.fallen_back.inc_by(since(now.fallen_back, seen.fallen_back));
        self.mended.inc_by(since(now.mended, seen.mended));
        *seen = now;
    }

    /// A line was closed; counted where that was the peer's doing.
    pub(crate) fn closed(&self, reason: &CloseReason) {
        let code = match reason {
            CloseReason::Left
            | CloseReason::Done
            | CloseReason::ShuttingDown
            | CloseReason::Replaced
            | CloseReason::Deleted
            | CloseReason::Silent => return,
            // Whatever a peer may have written there is no label.
            CloseReason::Other(_) => "other",
            known => known.code(),
        };
        self.reject("line", code, 1);
    }

    /// Changes were not taken.
    pub(crate) fn refused(&self, reason: &RefusedReason, changes: usize) {
        let code = if let RefusedReason::Other(_) = reason { "other" } else { reason.code() };
        self.reject("change", code, changes);
    }

    /// A request over HTTP was answered with a problem.
    pub(crate) fn problem(&self, code: &'static str) {
        self.reject("request", code, 1);
    }

    fn reject(&self, what: &'static str, reason: &str, count: usize) {
        let labels = [("what", what.to_owned()), ("reason", reason.to_owned())];
        self.rejected.get_or_create(&labels).inc_by(count as u64);
    }

    /// Everything, as OpenMetrics text.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        encode(&mut text, &self.registry).expect("writing into a string cannot fail");
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_peer_wrote_is_no_label() {
        let metrics = Metrics::default();
        metrics.closed(&CloseReason::Other("hello from Nordhallen".to_owned()));
        metrics.refused(&RefusedReason::from_code("hello from Nordhallen"), 2);
        let text = metrics.text();
        assert!(!text.contains("Nordhallen"), "{text}");
        assert!(text.contains("dialogtavle_rejected_total{what=\"change\",reason=\"other\"} 2"), "{text}");
    }

    #[test]
    fn a_document_that_is_loaded_anew_counts_on() {
        let (metrics, mut seen) = (Metrics::default(), PaceCounts::default());
        for fallen_back in [3, 5, 1] {
            metrics.pace(&mut seen, PaceCounts { fallen_back, ..PaceCounts::default() });
        }
        assert!(metrics.text().contains("dialogtavle_fallen_back_total 6\n"));
    }
}
