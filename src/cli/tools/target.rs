//! The compiler's wasm32 target.

use crate::cli::{Failure, process};
use std::path::Path;
use std::process::Command;

const TARGET: &str = "wasm32-unknown-unknown";

/// Adds the target to the toolchain of this project unless it is there.
pub fn ensure() -> Result<(), Failure> {
    if installed() {
        return Ok(());
    }
    let command = format!("`rustup target add {TARGET}`");
    if process::output("rustup", &["--version"]).is_none() {
        return Err(Failure::Environment(format!(
            "the compiler has no {TARGET} target: install rustup from https://rustup.rs, \
             then run {command}"
        )));
    }
    eprintln!("installing the {TARGET} target, usually a few seconds, once per toolchain");
    let added = process::succeeds(Command::new("rustup").args(["target", "add", TARGET]))?;
    match added && installed() {
        true => Ok(()),
        false => Err(Failure::Environment(format!("the target is still missing: run {command}"))),
    }
}

fn installed() -> bool {
    process::output("rustc", &["--print", "sysroot"])
        .is_some_and(|root| Path::new(&root).join("lib/rustlib").join(TARGET).join("lib").is_dir())
}
