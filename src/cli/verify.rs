//! `verify`: whether a deployed site is, byte for byte, the release that was built.
//!
//! `crawl` asks and hands each answer to `site::verify`, which judges it; `client` is all that
//! touches the network; `print` words the verdict for people and for programs.
//!
//! Exit codes: 0 no errors, 1 errors (with `--strict` also warnings), 2 wrong usage, 3 nobody could
//! be reached.

mod client;
mod crawl;
mod print;

#[cfg(test)]
mod server;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use anyhow::Context;
use url::Url;

use super::Failure;
use super::project::Project;
use super::report::Format;
use crate::site::file;
use crate::site::report::printable;
use crate::site::verify::finding::{Severity, Verdict};
use crate::site::verify::folder;
use crate::site::verify::sample;
use crawl::{Crawl, Local, Unreached};

/// What to compare, and with what.
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    /// Address of the site's home page, or the folder that `build` has written
    #[arg(value_name = "URL|DIR")]
    site: String,
    /// Folder of the release that should be there [default: dist, where it exists]
    #[arg(long, value_name = "DIR")]
    against: Option<PathBuf>,
    /// Compare with what the site says of itself, also where `dist` exists
    #[arg(long, conflicts_with = "against")]
    alone: bool,
    /// Compare the files of the core and N others
    #[arg(long, value_name = "N", default_value_t = sample::DEFAULT)]
    sample: usize,
    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,
    /// How to report: text for people, json for programs
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Compares a folder or a site, and prints what differs.
pub fn run(args: &Args, project: &Project) -> Result<(), Failure> {
    let mut verdict = match address(&args.site)? {
        Some(url) => deployed(args, project, url)?,
        None => built(&project.root.join(project.path(Path::new(&args.site))), args)?,
    };
    verdict.finish(args.strict);
    let failed = verdict.count(Severity::Error) > 0;
    match args.format {
        Format::Json => println!("{}", print::json(&args.site, &verdict)),
        Format::Text if failed => return Err(Failure::Report(print::text(&args.site, &verdict))),
        Format::Text => anstream::println!("{}", print::text(&args.site, &verdict)),
    }
    if failed { Err(Failure::Told) } else { Ok(()) }
}

/// The address of the home page, with a slash at its end; `None` for a folder.
fn address(site: &str) -> Result<Option<Url>, Failure> {
    if !site.contains("://") {
        return Ok(None);
    }
    let usage = |why: &str| Failure::Usage(format!("`{site}` {why}"));
    let mut url = Url::parse(site).map_err(|error| usage(&format!("is no address: {error}")))?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
        return Err(usage("is no address of the web: give one with https://"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(usage(
            "holds a password, which is not sent: verify the site once it is public",
        ));
    }
    url.set_query(None);
    url.set_fragment(None);
    let path = url.path().strip_suffix("index.html").unwrap_or(url.path()).to_owned();
    url.set_path(if path.ends_with('/') { path } else { path + "/" }.as_str());
    Ok(Some(url))
}

fn built(folder: &Path, args: &Args) -> Result<Verdict, Failure> {
    if args.against.is_some() {
        let why = "`--against` is for addresses: a folder is compared with its own manifest";
        return Err(Failure::Usage(why.to_owned()));
    }
    if !folder.is_dir() {
        let shown = &args.site;
        return Err(Failure::Usage(format!(
            "`{shown}` is no folder: run `cargo inkstone build`, or give an address with https://"
        )));
    }
    Ok(folder::check(&file::read(folder)?))
}

fn deployed(args: &Args, project: &Project, url: Url) -> Result<Verdict, Failure> {
    let local = local(args, project)?;
    let crawl = Crawl::new(url, local, args.sample, client::Patience::default());
    crawl.run().map_err(|Unreached(found)| {
        let message = format!("`{}` can't be reached: {}", args.site, found.message);
        let help = found.help.unwrap_or_default();
        Failure::Environment(format!("{}\n  help: {}", printable(&message), printable(&help)))
    })
}

/// The release that should be there.
fn local(args: &Args, project: &Project) -> Result<Option<Local>, Failure> {
    let folder = match &args.against {
        _ if args.alone => return Ok(None),
        Some(given) => project.root.join(project.path(given)),
        None => {
            let dist = project.root.join("dist");
            if !dist.join("sw.js").is_file() {
                return Ok(None);
            }
            dist
        }
    };
    if !folder.is_dir() {
        return Err(Failure::Usage(format!("`--against {}` is no folder", folder.display())));
    }
    let files = file::read(&folder)?;
    let local = Local::new(files)
        .map_err(anyhow::Error::msg)
        .with_context(|| format!("{} holds no release", folder.display()))
        .map_err(Failure::input)?;
    Ok(Some(local))
}
