//! `import`: a site of another kind taken over into this project.

use super::Failure;
use super::project::Project;
use crate::site::Report;
use crate::site::jekyll::{self, Places};
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
    let conflicts = plan.conflicts();
    if !args.force && !conflicts.is_empty() {
        return Err(Failure::Input(refusal(&conflicts)));
    }
    plan.apply()?;
    print!("{}", plan.report());
    Ok(())
}

/// Why nothing was copied.
fn refusal(conflicts: &[PathBuf]) -> String {
    let mut text = "these files are there already with other content, so nothing was copied; \
                    move them away, or replace them with --force"
        .to_owned();
    for path in conflicts {
        let _ = write!(text, "\n  {}", path.display());
    }
    text
}
