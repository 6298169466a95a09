//! `new`: an empty post with its front matter.

use super::Failure;
use super::project::Project;
use crate::site::Report;
use crate::site::config;
use crate::site::diagnostic::Source;
use crate::site::new_post;
use anyhow::Context;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::io::{ErrorKind, Write};
use std::path::Path;

#[derive(clap::Args)]
pub struct Args {
    /// Title of the post
    title: String,
    /// Tags, separated by commas
    #[arg(long, value_name = "A,B", value_parser = tags, default_value = "")]
    tags: Tags,
    /// Mark it as a draft; drafts are shown with --drafts only
    #[arg(long)]
    draft: bool,
}

/// The words between the commas of `--tags`.
#[derive(Clone)]
struct Tags(Vec<String>);

/// Splits at the commas that front matter splits at as well.
fn tags(text: &str) -> Result<Tags, std::convert::Infallible> {
    let parts = text.split([',', '，', '、']).map(str::trim).filter(|part| !part.is_empty());
    Ok(Tags(parts.map(str::to_owned).collect()))
}

/// Writes the file, unless there is one of its name.
pub fn run(args: &Args, project: &Project) -> Result<(), Failure> {
    let options = project.options();
    let now = Timestamp::now().to_zoned(time_zone(&options.config)?);
    let post =
        new_post::new_post(&args.title, &args.tags.0, args.draft, &now).map_err(Failure::Usage)?;
    let path = options.posts.join(&post.file_name);
    std::fs::create_dir_all(&options.posts)
        .with_context(|| format!("can't make the folder {}", options.posts.display()))?;
    let file = std::fs::File::create_new(&path);
    if file.as_ref().is_err_and(|error| error.kind() == ErrorKind::AlreadyExists) {
        let message = format!("{} is there already; choose another title", path.display());
        return Err(Failure::Input(message));
    }
    file.and_then(|mut file| file.write_all(post.text.as_bytes()))
        .with_context(|| format!("can't write {}", path.display()))?;
    println!("wrote {}", path.display());
    Ok(())
}

/// The time zone of the site; without a file of settings it is UTC, as in a build. Settings with
/// errors would be a guess.
fn time_zone(path: &Path) -> Result<TimeZone, Failure> {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(TimeZone::UTC),
        Err(error) => {
            return Err(Failure::Input(format!("can't read {}: {error}", path.display())));
        }
    };
    let source =
        Source::new(path, bytes).map_err(|problem| Failure::Report(problem.to_string()))?;
    let mut report = Report::default();
    let timezone = config::parse(&source, &mut report.diagnostics).timezone;
    report.finish(false);
    match report.has_errors() {
        true => Err(Failure::Report(report.problems())),
        false => Ok(timezone),
    }
}
