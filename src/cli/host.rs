//! `host`: what a host needs to serve the built site, made from that site.
//!
//! The settings go to the standard output, so that they can be kept in a file; what else is to be
//! known goes to the standard error. The domain, the path and the certificate are marked with HERE
//! where they can't be known.

mod built;
mod caddy;
mod cloudflare;
mod github;
mod netlify;
mod nginx;
mod s3;
mod types;

#[cfg(test)]
mod tests;

pub use built::Built;

use super::project::Project;
use super::server::Host;
use super::{Failure, build};
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Args {
    /// Whose settings
    #[arg(value_name = "HOST", value_enum)]
    name: Host,
    /// Folder that `build` has written
    #[arg(long, value_name = "DIR", default_value = "dist")]
    out: PathBuf,
    /// For nginx and Caddy: the folder on the server that holds what addresses begin with
    #[arg(long, value_name = "DIR", default_value = "/srv/inkstone")]
    root: String,
}

/// Prints the settings and the notes; fails where the host would not take the site.
pub fn run(args: &Args, project: &Project) -> Result<(), Failure> {
    if args.name == Host::Cdn {
        return Err(Failure::Usage(
            "`cdn` is no host in particular; choose another one".to_owned(),
        ));
    }
    let built = Built::read(&project.root.join(build::out_folder(project, &args.out)), &args.root)?;
    check(args.name, &built)?;
    print!("{}", snippet(args.name, &built));
    for note in notes(args.name, &built) {
        eprintln!("note: {note}");
    }
    Ok(())
}

/// The settings, complete; nothing for [`Host::Cdn`].
pub fn snippet(host: Host, built: &Built) -> String {
    match host {
        Host::Cdn => String::new(),
        Host::Github => github::workflow(),
        Host::Cloudflare => cloudflare::wrangler(built),
        Host::Netlify => netlify::toml(),
        Host::S3 => s3::script(built),
        Host::Nginx => nginx::server(built),
        Host::Caddy => caddy::caddyfile(built),
    }
}

/// What else is to be known, a sentence each.
pub fn notes(host: Host, built: &Built) -> Vec<String> {
    let mut notes = match host {
        Host::Cdn => Vec::new(),
        Host::Github => github::notes(built),
        Host::Cloudflare => cloudflare::notes(built),
        Host::Netlify => netlify::notes(built),
        Host::S3 => s3::notes(built),
        Host::Nginx | Host::Caddy => vec![format!(
            "the content of the built folder goes to {}{}, so that its index.html is there",
            built.root, built.base
        )],
    };
    notes.push(format!("see how it answers: cargo inkstone preview --host {}", name(host)));
    notes
}

/// What would make the host drop a part of `_headers` without a word.
fn check(host: Host, built: &Built) -> Result<(), Failure> {
    match host {
        Host::Cloudflare => cloudflare::check(built).map_err(Failure::Input),
        _ => Ok(()),
    }
}

fn name(host: Host) -> String {
    use clap::ValueEnum;
    host.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
}
