//! `check`: what is wrong in the posts and the settings.

use super::project::Project;
use super::{Failure, build};
use crate::site::{self, Options};

#[derive(clap::Args)]
pub struct Args {
    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,
}

/// Reads everything and builds nothing.
pub fn run(args: &Args, project: &Project) -> Result<(), Failure> {
    let options = Options { strict: args.strict, ..project.options() };
    let report = site::check(&options).map_err(Failure::input)?;
    let good = build::accepted(report)?;
    println!("{good}");
    Ok(())
}
