//! How a report reaches the person, the editor or CI.

use super::Failure;
use std::time::Duration;

use crate::site::Report;
use crate::site::clock::Timings;

/// How to report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people, with colours on a terminal.
    #[default]
    Text,
    /// One JSON object on the standard output.
    Json,
}

/// The report's text, if it has no errors.
pub fn accepted(report: &Report) -> Result<String, Failure> {
    let text = report.styled();
    match report.has_errors() {
        true => Err(Failure::Report(text)),
        false => Ok(text),
    }
}

/// Prints the report as JSON; errors still fail the command.
pub fn print_json(report: &Report) -> Result<(), Failure> {
    println!("{}", report.json());
    match report.has_errors() {
        true => Err(Failure::Told),
        false => Ok(()),
    }
}

/// A line for each step with what it took, and the most memory that was in use.
pub fn timings(timings: &Timings) -> String {
    let total = timings.iter().map(|(_, time)| *time).sum();
    let line = |name: &str, time: Duration| format!("{name:<14} {:>8} ms\n", time.as_millis());
    let mut text: String = timings.iter().map(|(name, time)| line(name, *time)).collect();
    text += &line("all", total);
    text + &most_memory().map_or_else(String::new, |kilobytes| {
        format!("{:<14} {:>8} MB", "memory", kilobytes / 1024)
    })
}

/// The most memory that this process has had, in KiB; only Linux tells.
fn most_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}
