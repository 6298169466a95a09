//! `import`: a site of another kind taken over into this project.

use super::Failure;
use super::project::Project;
use crate::site::Report;
use crate::site::jekyll::{self, Places};
use crate::site::report::printable;
use std::fmt::Write;
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Args {
    /// Folder of a Jekyll site, with its `_config.yml`
    #[arg(long, value_name = "DIR")]
    jekyll: PathBuf,
    /// Replace files of this project that have other content
    #[arg(long)]
    force: bool,
}

/// Copies everything or, where that would replace something, nothing.
pub fn run(args: &Args, project: &Project) -> Result<(), Failure> {
    let options = project.options();
    let places = Places { posts: options.posts, config: options.config, public: options.public };
    let plan = jekyll::plan(&project.path(&args.jekyll), &places).map_err(|problems| {
        let mut report = Report { diagnostics: problems, ..Report::default() };
        report.finish(false);
        Failure::Report(report.problems())
    })?;
    let obstacles = plan.obstacles();
    if !obstacles.is_empty() {
        let why = "a folder stands where a file is to be, or a file where a folder is to be, so \
                   nothing was copied; move them away";
        return Err(Failure::Input(refusal(why, &obstacles)));
    }
    let conflicts = plan.conflicts();
    if !args.force && !conflicts.is_empty() {
        let why = "these files are there already with other content, so nothing was copied; \
                   move them away, or replace them with --force";
        return Err(Failure::Input(refusal(why, &conflicts)));
    }
    plan.apply()?;
    print!("{}", plan.report());
    Ok(())
}

/// Why nothing was copied.
fn refusal(why: &str, paths: &[PathBuf]) -> String {
    let mut text = why.to_owned();
    for path in paths {
        let _ = write!(text, "\n  {}", printable(&path.display().to_string()));
    }
    text
}
