//! What the load wrote of several servers: read, set beside another run, and as tables.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::report::{amount, read, word};

/// The figures of one run, with what they were taken of and on.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SideBySide {
    commit: String,
    machine: String,
    figures: Vec<Figure>,
}

/// One thing that was measured of one server.
#[derive(Debug, Clone, PartialEq)]
struct Figure {
    scenario: String,
    case: String,
    measure: String,
    server: String,
    unit: String,
    /// `None` when it was not reached within its time.
    value: Option<f64>,
    /// What it should be at most.
    aim: Option<f64>,
    /// Programs that wanted a processor meanwhile.
    load: f64,
}

impl SideBySide {
    /// Reads the JSON that a run wrote.
    pub(super) fn read(path: &Path) -> Result<Self> {
        read(path, Self::parse)
    }

    fn parse(text: &str) -> Result<Self> {
        let json: Value = serde_json::from_str(text)?;
        let figures = json["figures"].as_array().context("no `figures`")?.iter().map(|figure| {
            Ok(Figure {
                scenario: word(figure, "scenario")?,
                case: word(figure, "case")?,
                measure: word(figure, "measure")?,
                server: word(figure, "server")?,
                unit: word(figure, "unit")?,
                value: figure["value"].as_f64(),
                aim: figure["aim"].as_f64(),
                load: figure["load"].as_f64().context("no `load`")?,
            })
        });
        Ok(Self {
            commit: word(&json, "commit")?,
            machine: word(&json, "machine")?,
            figures: figures.collect::<Result<_>>()?,
        })
    }

    /// This report, with what `later` says of the scenarios that it measured.
    pub(super) fn renewed_by(mut self, later: &Self) -> Self {
        let renewed = distinct(later.figures.iter().map(|figure| figure.scenario.clone()));
        if later.commit != self.commit {
            self.commit = format!("{}, {} of {}", self.commit, renewed.join(" and "), later.commit);
        }
        for scenario in renewed {
            let place = self.figures.iter().position(|figure| figure.scenario == scenario);
            self.figures.retain(|figure| figure.scenario != scenario);
            let place = place.unwrap_or(self.figures.len());
            let figures = later.figures.iter().filter(|figure| figure.scenario == scenario).cloned();
            self.figures.splice(place..place, figures);
        }
        self
    }

    /// A table in Markdown for each scenario: a column for each server, and the aim for the relay.
    pub(super) fn tables(&self) -> String {
        let mut tables = String::new();
        for scenario in distinct(self.figures.iter().map(|figure| figure.scenario.as_str())) {
            self.table(scenario, &mut tables);
        }
        let _ = writeln!(tables, "Commit {}, {}.", self.commit, self.machine);
        tables
    }

    // Writing to a string does not fail.
    fn table(&self, scenario: &str, into: &mut String) {
        let figures: Vec<_> = self.figures.iter().filter(|figure| figure.scenario == scenario).collect();
        let servers = distinct(figures.iter().map(|figure| figure.server.as_str()));
        let _ = writeln!(into, "| {scenario} | {} | aim | load |", servers.join(" | "));
        let _ = writeln!(into, "|---|{}---|---|", "---|".repeat(servers.len()));
        for (case, measure) in distinct(figures.iter().map(|figure| (figure.case.as_str(), figure.measure.as_str()))) {
            let row: Vec<_> =
                figures.iter().filter(|figure| figure.case == case && figure.measure == measure).collect();
            let cells: Vec<_> = servers
                .iter()
                .map(|server| {
                    let figure = row.iter().find(|figure| figure.server == *server);
                    figure.map(|figure| figure.cell()).unwrap_or_default()
                })
                .collect();
            let aims = distinct(row.iter().filter_map(|figure| Some(figure.with_unit(figure.aim?))));
            let load = row.iter().map(|figure| figure.load).fold(0.0, f64::max);
            let (cells, aims) = (cells.join(" | "), aims.join("; "));
            let _ = writeln!(into, "| {case}: {measure} | {cells} | {aims} | {load:.1} |");
        }
        into.push('\n');
    }

    /// Both runs side by side, and by how much each figure changed.
    pub(super) fn beside(&self, after: &Self) -> String {
        let mut lines =
            format!("before: {}, {}\nafter:  {}, {}\n\n", self.commit, self.machine, after.commit, after.machine);
        for now in &after.figures {
            let then = self.figures.iter().find(|then| then.is_same(now));
            let change = match (then.and_then(|then| then.value), now.value) {
                (Some(then), Some(now)) if then != 0.0 => format!(" ({:+.0} %)", 100.0 * (now - then) / then),
                _ => String::new(),
            };
            let then = then.map_or("new".to_owned(), |then| then.text());
            let _ = writeln!(lines, "{}: {then} -> {}{change}", now.name(), now.text());
        }
        for gone in self.figures.iter().filter(|then| after.figures.iter().all(|now| !then.is_same(now))) {
            let _ = writeln!(lines, "{}: not measured any more", gone.name());
        }
        lines
    }
}

impl Figure {
    fn is_same(&self, other: &Self) -> bool {
        (&self.scenario, &self.case, &self.measure, &self.server)
            == (&other.scenario, &other.case, &other.measure, &other.server)
    }

    fn name(&self) -> String {
        format!("{}, {}, {}, {}", self.scenario, self.case, self.server, self.measure)
    }

    fn with_unit(&self, value: f64) -> String {
        format!("{} {}", amount(value), self.unit).trim_end().to_owned()
    }

    fn text(&self) -> String {
        self.value.map_or("not reached in time".to_owned(), |value| self.with_unit(value))
    }

    fn cell(&self) -> String {
        let misses = self.aim.is_some_and(|aim| self.value.is_none_or(|value| value > aim));
        if misses { format!("**{}**", self.text()) } else { self.text() }
    }
}

/// Each value once, in the order of its first place.
fn distinct<T: PartialEq>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut distinct = Vec::new();
    for value in values {
        if !distinct.contains(&value) {
            distinct.push(value);
        }
    }
    distinct
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(value: &str) -> SideBySide {
        let figure = |server: &str, value: &str, aim: &str| {
            format!(
                r#"{{"scenario": "fan-out", "case": "10 clients", "measure": "p99", "server": "{server}", "unit": "ms",
                    "value": {value}, {aim} "load": 1.25}}"#
            )
        };
        let (broadcast, relay) = (figure("broadcast", "2.04", ""), figure("relay", value, "\"aim\": 3.06,"));
        let text = format!(r#"{{"commit": "abc", "machine": "2 × one", "figures": [{broadcast}, {relay}]}}"#);
        SideBySide::parse(&text).unwrap()
    }

    #[test]
    fn servers_stand_side_by_side_and_what_misses_its_aim_is_bold() {
        let tables = report("4").tables();
        assert!(tables.contains("| fan-out | broadcast | relay | aim | load |\n|---|---|---|---|---|\n"), "{tables}");
        assert!(tables.contains("| 10 clients: p99 | 2.04 ms | **4 ms** | 3.06 ms | 1.2 |"), "{tables}");
        assert!(report("3").tables().contains("| 2.04 ms | 3 ms | 3.06 ms |"));
    }

    #[test]
    fn what_was_not_reached_says_so() {
        let tables = report("null").tables();
        assert!(tables.contains("| **not reached in time** |"), "{tables}");
    }

    #[test]
    fn a_scenario_that_was_measured_again_takes_the_place_of_what_was_said_of_it() {
        let mut first = report("4");
        let history = Figure { scenario: "history".to_owned(), ..first.figures[0].clone() };
        first.figures.push(history);
        let later = SideBySide { commit: "def".to_owned(), ..report("3") };
        let tables = first.renewed_by(&later).tables();
        assert!(tables.contains("| 2.04 ms | 3 ms | 3.06 ms |") && !tables.contains("**4 ms**"), "{tables}");
        assert!(tables.find("| fan-out |") < tables.find("| history |"), "{tables}");
        assert!(tables.ends_with("Commit abc, fan-out of def, 2 × one.\n"), "{tables}");
    }

    #[test]
    fn two_runs_show_both_and_the_change() {
        let both = report("4").beside(&report("3"));
        assert!(both.contains("fan-out, 10 clients, relay, p99: 4 ms -> 3 ms (-25 %)"), "{both}");
        assert!(both.contains("fan-out, 10 clients, broadcast, p99: 2.04 ms -> 2.04 ms (+0 %)"), "{both}");
    }
}
