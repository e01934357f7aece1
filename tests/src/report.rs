//! Figures, as a person reads them and as JSON.

use std::fmt;
use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use serde::Serialize;
use serde_json::json;

/// What was measured of one server under one load.
#[derive(Debug, Serialize)]
pub(crate) struct Figure {
    pub(crate) server: String,
    pub(crate) peers: usize,
    pub(crate) history_changes: usize,
    pub(crate) edits: usize,
    pub(crate) cpu_ms_per_edit: f64,
    pub(crate) latency_p50_ms: f64,
    pub(crate) latency_p99_ms: f64,
    pub(crate) bytes_down_per_edit_and_peer: f64,
    pub(crate) frames_down_per_edit_and_peer: f64,
    /// Of all deliveries that should have been, those that were not there at the end.
    pub(crate) missing_percent: f64,
    pub(crate) resident_mb: f64,
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:<10} {:>4} peers, {:>6} changes before: {:>7.2} ms CPU per edit, {:>7.1} / {:>8.1} ms p50 / p99, {:>6.0} \
             bytes in {:.2} frames down, {:.1} % missing, {:.0} MB",
            self.server,
            self.peers,
            self.history_changes,
            self.cpu_ms_per_edit,
            self.latency_p50_ms,
            self.latency_p99_ms,
            self.bytes_down_per_edit_and_peer,
            self.frames_down_per_edit_and_peer,
            self.missing_percent,
            self.resident_mb,
        )
    }
}

/// The value that `percent` of the sorted `times` do not pass, in milliseconds.
pub(crate) fn percentile(times: &[Duration], percent: usize) -> f64 {
    let Some(last) = times.len().checked_sub(1) else { return f64::NAN };
    times[last * percent / 100].as_secs_f64() * 1_000.0
}

pub(crate) fn write(path: &Path, commit: &str, figures: &[Figure]) -> Result<()> {
    let report = json!({
        "commit": commit,
        "machine": machine(),
        "units": { "cpu": "ms", "latency": "ms", "bytes_down": "bytes", "resident": "10^6 bytes" },
        "fan_out": figures,
    });
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, serde_json::to_string_pretty(&report)?)?;
    Ok(())
}

fn machine() -> String {
    let cpus = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = cpus.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or_default();
    let count = cpus.lines().filter(|line| line.starts_with("processor")).count();
    format!("{count} × {}", name.trim_start_matches(['\t', ' ', ':']))
}
