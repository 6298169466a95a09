//! `check`: what is wrong in the posts and the settings.

use super::Failure;
use super::project::Project;
use super::report::{Format, accepted};
use crate::site::report::printable;
use crate::site::{self, Options};

#[derive(clap::Args)]
pub struct Args {
    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,
    /// How to report: text for people, json for editors and CI
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Reads everything and builds nothing.
pub fn run(args: &Args, project: &Project) -> Result<(), Failure> {
    let options = Options { strict: args.strict, ..project.options() };
    let report = site::check(&options).map_err(Failure::input)?;
    if args.format == Format::Json {
        return super::report::print_json(&report);
    }
    for hidden in &report.hidden {
        println!("{}: hidden: {}", printable(&hidden.file), printable(&hidden.why));
    }
    let good = accepted(&report)?;
    anstream::println!("{good}");
    Ok(())
}
