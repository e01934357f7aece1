//! What a run of measurements wrote: read, set beside another, and put into BENCHMARKS.md.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::tree;

/// Reads the JSON that a run wrote, as `parse` understands it.
pub(super) fn read<T>(path: &Path, parse: impl FnOnce(&str) -> Result<T>) -> Result<T> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    parse(&text).with_context(|| format!("{}: not a report of `cargo xtask bench`", path.display()))
}

/// The text under a key.
pub(super) fn word(value: &Value, key: &str) -> Result<String> {
    Ok(value[key].as_str().with_context(|| format!("no `{key}`"))?.to_owned())
}

/// The figures of one run, with what they were taken of and on.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Report {
    commit: String,
    machine: String,
    figures: Vec<Figure>,
}

/// One thing that was measured.
#[derive(Debug, Clone, PartialEq)]
struct Figure {
    name: String,
    unit: String,
    budget: Option<f64>,
    median: f64,
    p95: f64,
    samples: u64,
    /// Programs that wanted a processor meanwhile.
    load: Option<f64>,
}

impl Report {
    /// Reads the JSON that a run wrote.
    pub(super) fn read(path: &Path) -> Result<Self> {
        read(path, Self::parse)
    }

    fn parse(text: &str) -> Result<Self> {
        let json: Value = serde_json::from_str(text)?;
        let figures = json["figures"].as_array().context("no `figures`")?;
        let figures = figures.iter().map(|figure| {
            let number = |key: &str| figure[key].as_f64().with_context(|| format!("no `{key}`"));
            Ok(Figure {
                name: word(figure, "name")?,
                unit: word(figure, "unit")?,
                budget: figure["budget"].as_f64(),
                median: number("median")?,
                p95: number("p95")?,
                samples: figure["samples"].as_u64().context("no `samples`")?,
                load: figure["load"].as_f64(),
            })
        });
        Ok(Self {
            commit: word(&json, "commit")?,
            machine: word(&json, "machine")?,
            figures: figures.collect::<Result<_>>()?,
        })
    }

    /// The figures as a table in Markdown, each with its budget.
    pub(super) fn table(&self) -> String {
        let mut table = String::from("| what | p50 | p95 | budget for p95 | of | load |\n|---|---|---|---|---|---|\n");
        for figure in &self.figures {
            let Figure { name, unit, budget, median, p95, samples, load } = figure;
            let budget = budget.map(|budget| {
                let verdict = if figure.is_within(budget) { "" } else { ": **not reached**" };
                format!("{} {unit}{verdict}", amount(budget))
            });
            let (budget, load) = (budget.unwrap_or_default(), load.map(amount).unwrap_or_default());
            // Writing to a string does not fail.
            let _ = writeln!(
                table,
                "| {name} | {} {unit} | {} {unit} | {budget} | {samples} | {load} |",
                amount(*median),
                amount(*p95)
            );
        }
        let _ = write!(table, "\nCommit {}, {}.\n", self.commit, self.machine);
        table
    }

    /// Both runs side by side, and by how much each median and p95 changed.
    pub(super) fn beside(&self, after: &Self) -> String {
        let mut lines =
            format!("before: {}, {}\nafter:  {}, {}\n\n", self.commit, self.machine, after.commit, after.machine);
        let before = |name: &str| self.figures.iter().find(|figure| figure.name == name);
        for now in &after.figures {
            let _ = writeln!(lines, "{}", now.name);
            match before(&now.name) {
                None => {
                    let _ = writeln!(
                        lines,
                        "  p50 {} {1}, p95 {2} {1}: new",
                        amount(now.median),
                        now.unit,
                        amount(now.p95)
                    );
                }
                Some(then) => {
                    for (name, then, now_value) in [("p50", then.median, now.median), ("p95", then.p95, now.p95)] {
                        let change = if then == 0.0 { 0.0 } else { 100.0 * (now_value - then) / then };
                        let _ = writeln!(
                            lines,
                            "  {name} {} -> {} {} ({change:+.0} %)",
                            amount(then),
                            amount(now_value),
                            now.unit
                        );
                    }
                }
            }
        }
        for gone in self.figures.iter().filter(|then| after.figures.iter().all(|now| now.name != then.name)) {
            let _ = writeln!(lines, "{}\n  not measured any more", gone.name);
        }
        lines
    }
}

impl Figure {
    /// Every budget is on the 95th percentile.
    fn is_within(&self, budget: f64) -> bool {
        self.p95 <= budget
    }
}

/// A figure as it is read: whole from a hundred up, with one decimal from ten up, and at most two below.
pub(super) fn amount(value: f64) -> String {
    match value.abs() {
        _ if value.fract() == 0.0 => format!("{value:.0}"),
        size if size < 10.0 => format!("{value:.2}").trim_end_matches('0').trim_end_matches('.').to_owned(),
        size if size < 100.0 => format!("{value:.1}"),
        _ => format!("{value:.0}"),
    }
}

/// Puts `table` into BENCHMARKS.md, between the marks that name `subject`.
pub(super) fn publish(subject: &str, table: &str) -> Result<()> {
    let path = tree::root().join("BENCHMARKS.md");
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let text = between_marks(&text, subject, table)
        .with_context(|| format!("{} has no marks for `{subject}`", path.display()))?;
    fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
}

fn between_marks(text: &str, subject: &str, table: &str) -> Option<String> {
    let (begin, end) = (format!("<!-- bench {subject} -->\n"), format!("<!-- end of bench {subject} -->"));
    let (before, rest) = text.split_once(&begin)?;
    let (_, after) = rest.split_once(&end)?;
    Some(format!("{before}{begin}\n{table}\n{end}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(median: f64) -> Report {
        let text = format!(
            r#"{{"commit": "abc", "machine": "2 × one", "figures": [
                {{"name": "join", "unit": "ms", "budget": 50, "median": {median}, "p95": 51.25, "samples": 7, "load": 1.5}}
            ]}}"#
        );
        Report::parse(&text).unwrap()
    }

    #[test]
    fn a_figure_stands_beside_its_budget_which_holds_for_the_p95() {
        let table = report(12.5).table();
        assert!(table.contains("| join | 12.5 ms | 51.2 ms | 50 ms: **not reached** | 7 | 1.5 |"), "{table}");
        assert!(table.contains("Commit abc, 2 × one."), "{table}");
    }

    #[test]
    fn two_runs_show_both_and_the_change() {
        let both = report(100.0).beside(&report(150.0));
        assert!(both.contains("p50 100 -> 150 ms (+50 %)") && both.contains("p95 51.2 -> 51.2 ms (+0 %)"), "{both}");
    }

    #[test]
    fn a_table_takes_the_place_of_the_one_before_and_leaves_the_rest() {
        let text = "head\n<!-- bench client -->\nold\n<!-- end of bench client -->\ntail\n";
        let once = between_marks(text, "client", "new\n").unwrap();
        assert_eq!(once, "head\n<!-- bench client -->\n\nnew\n\n<!-- end of bench client -->\ntail\n");
        assert_eq!(between_marks(&once, "client", "new\n"), Some(once));
        assert_eq!(between_marks(text, "server", "new\n"), None);
    }
}
