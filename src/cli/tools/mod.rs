//! The tools that building the app needs, each installed once per machine.
//!
//! 1. `list`: which tools, in which version.
//! 2. `find`: a tool of that version in the cache folder, or the first one on the PATH.
//! 3. `install`: else from the package registries, atomically and one process at a time.
//! 4. `target`: the compiler's wasm32 target and its library's source. `browser`: the Chromium of the browser tests.

pub mod browser;
mod find;
mod install;
mod list;
mod target;

pub use find::Places;
pub use install::node as ensure_node;
pub use target::{ensure as ensure_target, ensure_source};

use super::Failure;
use list::Tool;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The tools, ready to use.
pub struct Toolbox {
    /// The bundler's executable.
    pub trunk: PathBuf,
    /// Folders to put in front of the PATH, so that trunk finds the others.
    pub folders: Vec<PathBuf>,
}

impl Toolbox {
    /// The value of PATH for a child process.
    pub fn path(&self) -> anyhow::Result<OsString> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let all = self.folders.iter().cloned().chain(std::env::split_paths(&path));
        Ok(std::env::join_paths(all)?)
    }
}

/// Finds every tool, installing what is missing. Fast when nothing is.
pub fn ensure(root: &Path) -> Result<Toolbox, Failure> {
    let places = Places::of_this_machine()?;
    ensure_target()?;
    let mut trunk = PathBuf::from("trunk");
    let mut folders = Vec::new();
    for tool in list::all(root)? {
        let folder = ensure_one(&tool, &places)?;
        if tool.name == "trunk" {
            trunk = folder.join(list::executable("trunk"));
        }
        if !places.path.contains(&folder) {
            folders.push(folder);
        }
    }
    Ok(Toolbox { trunk, folders })
}

/// The folder with the fonts of the pictures for previews; `None`, and a note, where they can't be
/// had: then a font of the system is taken.
pub fn fonts() -> Option<PathBuf> {
    let installed = Places::of_this_machine()
        .and_then(|places| install::packages("fonts", &crate::site::card::PACKAGES, &places));
    match installed {
        Ok(folder) => Some(folder),
        Err(failure) => {
            eprintln!("{failure}\nnote: pictures for previews take a font of this system");
            None
        }
    }
}

/// Names and versions, for the fingerprint of what the tools make.
pub fn versions(root: &Path) -> Result<String, Failure> {
    let tools = list::all(root)?;
    Ok(tools.iter().map(Tool::folder).collect::<Vec<_>>().join(" "))
}

/// The folder that holds the tool's executable.
fn ensure_one(tool: &Tool, places: &Places) -> Result<PathBuf, Failure> {
    match find::find(tool, places) {
        Some(folder) => Ok(folder),
        None => install::install(tool, places),
    }
}
