//! The compiler's wasm32 target, and the source of its standard library.

use crate::cli::{Failure, process};
use std::path::{Path, PathBuf};
use std::process::Command;

const TARGET: &str = "wasm32-unknown-unknown";

/// Adds the target to the toolchain of this project unless it is there.
pub fn ensure() -> Result<(), Failure> {
    ensure_part("target", TARGET, &Path::new(TARGET).join("lib"))
}

/// Adds the source of the standard library, which the app compiles anew, without the texts of
/// panics.
pub fn ensure_source() -> Result<(), Failure> {
    ensure_part("component", "rust-src", Path::new("src/rust/library/std"))
}

/// A part of the toolchain: what rustup calls it, and the folder below `lib/rustlib` where it is.
fn ensure_part(kind: &str, name: &str, folder: &Path) -> Result<(), Failure> {
    let installed = || rustlib().is_some_and(|rustlib| rustlib.join(folder).is_dir());
    if installed() {
        return Ok(());
    }
    let command = format!("`rustup {kind} add {name}`");
    if process::output("rustup", &["--version"]).is_none() {
        return Err(Failure::Environment(format!(
            "the compiler lacks the {kind} {name}: install rustup from https://rustup.rs, \
             then run {command}"
        )));
    }
    eprintln!("installing the {kind} {name}, usually a few seconds, once per toolchain");
    let added = process::succeeds(Command::new("rustup").args([kind, "add", name]))?;
    match added && installed() {
        true => Ok(()),
        false => {
            Err(Failure::Environment(format!("the {kind} {name} is still missing: run {command}")))
        }
    }
}

fn rustlib() -> Option<PathBuf> {
    let root = process::output("rustc", &["--print", "sysroot"])?;
    Some(Path::new(&root).join("lib/rustlib"))
}
