//! Figures, as a person reads them and as JSON.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;
use serde::{Deserialize, Serialize};

/// One thing that was measured of one server.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Figure {
    scenario: String,
    /// Under which circumstances: `50 clients`.
    case: String,
    /// What: `CPU per edit`.
    measure: String,
    server: String,
    unit: String,
    /// `None` when it was not reached within its time.
    value: Option<f64>,
    /// What it should be at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    aim: Option<f64>,
    /// Programs that wanted a processor in the last minute.
    load: f64,
}

#[derive(Debug, Serialize, Deserialize)]
struct Written {
    commit: String,
    machine: String,
    figures: Vec<Figure>,
}

/// The figures of a run.
#[derive(Debug)]
pub(crate) struct Report {
    path: PathBuf,
    written: Written,
    scenario: String,
    case: String,
    server: String,
}

impl Report {
    /// A report at `path`. What stands there of the same commit and machine stays, but for what is measured again.
    pub(crate) fn new(path: PathBuf, commit: String) -> Self {
        let machine = machine();
        let before = std::fs::read(&path).ok().and_then(|text| serde_json::from_slice::<Written>(&text).ok());
        let before = before.filter(|before| before.commit == commit && before.machine == machine);
        let written = before.unwrap_or_else(|| Written { commit, machine, figures: Vec::new() });
        Self { path, written, scenario: String::new(), case: String::new(), server: String::new() }
    }

    /// The figures that follow are of this scenario; those that it has are dropped.
    pub(crate) fn begin(&mut self, scenario: &str) {
        eprintln!("{scenario}");
        scenario.clone_into(&mut self.scenario);
        self.written.figures.retain(|figure| figure.scenario != scenario);
    }

    /// The figures that follow are of this case and server.
    pub(crate) fn of(&mut self, case: &str, server: &str) {
        case.clone_into(&mut self.case);
        server.clone_into(&mut self.server);
    }

    /// Takes a figure down.
    pub(crate) fn add(&mut self, measure: &str, unit: &str, value: f64) {
        self.push(measure, unit, Some(value), None);
    }

    /// Takes a figure down that should be `aim` at most.
    pub(crate) fn add_with_aim(&mut self, measure: &str, unit: &str, value: f64, aim: Option<f64>) {
        self.push(measure, unit, Some(value), aim);
    }

    /// Takes down that something took longer than it may.
    pub(crate) fn missed(&mut self, measure: &str, unit: &str, aim: Option<f64>) {
        self.push(measure, unit, None, aim);
    }

    /// A figure of this scenario that was taken down before.
    pub(crate) fn value(&self, case: &str, measure: &str, server: &str) -> Option<f64> {
        let is_it = |figure: &&Figure| {
            (figure.scenario == self.scenario && figure.case == case)
                && (figure.measure == measure && figure.server == server)
        };
        self.written.figures.iter().find(is_it)?.value
    }

    fn push(&mut self, measure: &str, unit: &str, value: Option<f64>, aim: Option<f64>) {
        let figure = Figure {
            scenario: self.scenario.clone(),
            case: self.case.clone(),
            measure: measure.to_owned(),
            server: self.server.clone(),
            unit: unit.to_owned(),
            value: value.filter(|value| value.is_finite()),
            aim,
            load: load(),
        };
        let value = figure.value.map_or("not reached".to_owned(), |value| format!("{value:.2} {unit}"));
        let aim = aim.map(|aim| format!(" (aim {aim:.2})")).unwrap_or_default();
        eprintln!("    {:<28} {:<20} {measure:<48} {value}{aim}", self.case, self.server);
        self.written.figures.push(figure);
    }

    /// Writes everything so far, so that a run that is broken off keeps it.
    pub(crate) fn write(&self) -> Result<()> {
        if let Some(folder) = self.path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&self.path, serde_json::to_string_pretty(&self.written)?)?;
        Ok(())
    }
}

/// The value that `percent` of the `times` do not pass, in milliseconds.
pub(crate) fn percentile(times: &mut [Duration], percent: usize) -> f64 {
    times.sort_unstable();
    let Some(last) = times.len().checked_sub(1) else { return f64::NAN };
    millis(times[last * percent / 100])
}

/// In milliseconds.
pub(crate) fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

/// A number as a person reads it.
pub(crate) fn thousands(number: usize) -> String {
    if number < 1_000 {
        return number.to_string();
    }
    format!("{},{:03}", thousands(number / 1_000), number % 1_000)
}

fn load() -> f64 {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_whitespace().next().and_then(|load| load.parse().ok()).unwrap_or_default()
}

fn machine() -> String {
    let cpus = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = cpus.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or_default();
    let count = cpus.lines().filter(|line| line.starts_with("processor")).count();
    format!("{count} × {}", name.trim_start_matches(['\t', ' ', ':']))
}
