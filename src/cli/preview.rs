//! `preview`: a built site the way a CDN would serve it.

use super::project::{Project, parse_base};
use super::server::{self, Site};
use super::{Failure, build};
use std::path::PathBuf;
use std::sync::Arc;

#[derive(clap::Args)]
pub struct Args {
    /// Folder that `build` has written
    #[arg(long, value_name = "DIR", default_value = "dist")]
    out: PathBuf,
    /// Port on this machine; 0 takes a free one
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Path of the site on its host, as given to `build`
    #[arg(long, value_name = "PATH", default_value = "/", value_parser = parse_base)]
    base: String,
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
    println!("listening on {}", server::address(&listener, &args.base)?);
    let site = Site { folder, base: args.base.clone() };
    server::run(listener, server::router(Arc::new(site)))
}
