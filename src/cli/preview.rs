//! `preview`: a built site the way its host would serve it.

use super::project::{Project, parse_base};
use super::server::{self, Host, Site};
use super::{Failure, build};
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[derive(clap::Args)]
pub struct Args {
    /// Folder that `build` has written
    #[arg(long, value_name = "DIR", default_value = "dist")]
    out: PathBuf,
    /// Port on this machine; 0 takes a free one
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Path of the site on its host; by default what the site was built for
    #[arg(long, value_name = "PATH", value_parser = parse_base)]
    base: Option<String>,
    /// Whose rules to play: addresses, headers, compression, missing pages
    #[arg(long, value_name = "HOST", value_enum, default_value_t)]
    host: Host,
}

/// Serves until it is interrupted.
pub fn run(args: &Args, project: &Project) -> Result<(), Failure> {
    let folder = project.root.join(build::out_folder(project, &args.out));
    if !folder.join("index.html").is_file() {
        return Err(Failure::Input(format!(
            "`{}` holds no site: run `cargo inkstone build` first",
            args.out.display()
        )));
    }
    let listener = server::bind(args.port)?;
    let base = args.base.clone().or_else(|| built_for(&folder)).unwrap_or_else(|| "/".to_owned());
    println!("listening on {}", server::address(&listener, &base)?);
    let site = Site { folder, base, rules: args.host.rules() };
    server::run(listener, server::router(Arc::new(site)))
}

/// The base that a site was built for, as its web manifest says.
pub fn built_for(folder: &Path) -> Option<String> {
    let manifest = std::fs::read(folder.join("manifest.webmanifest")).ok()?;
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).ok()?;
    parse_base(manifest["scope"].as_str()?).ok()
}
