//! `setup`: every tool now, for those who want to run trunk themselves.

use super::project::Project;
use super::{Failure, tools};

/// Installs what is missing and prints the line that puts the tools on the PATH.
pub fn run(project: &Project) -> Result<(), Failure> {
    let toolbox = tools::ensure(&project.root)?;
    println!("every tool is there");
    if toolbox.folders.is_empty() {
        return Ok(());
    }
    let folders: Vec<_> =
        toolbox.folders.iter().map(|folder| folder.display().to_string()).collect();
    println!("to run `trunk serve` yourself, put them on the PATH:\n");
    if cfg!(windows) {
        println!("$env:PATH = \"{};$env:PATH\"", folders.join(";"));
    } else {
        println!("export PATH=\"{}:$PATH\"", folders.join(":"));
    }
    Ok(())
}
