//! How a report reaches the person, the editor or CI.

use super::Failure;
use crate::site::Report;

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
