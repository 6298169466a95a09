//! The few file-system calls of the command line, with errors that name the path.

use super::Failure;
use anyhow::Context;
use std::fs::{self, File};
use std::path::Path;

/// Makes a folder and those above it.
pub fn make_folder(folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))
}

/// Removes a folder if it is there.
pub fn remove_folder(folder: &Path) -> anyhow::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}

/// Puts a finished folder in the place of an older one.
pub fn replace_folder(finished: &Path, place: &Path) -> anyhow::Result<()> {
    remove_folder(place)?;
    fs::rename(finished, place)
        .with_context(|| format!("cannot rename {} to {}", finished.display(), place.display()))
}

/// Keeps other processes out until the file is dropped, or this process ends in any way.
pub fn lock(path: &Path, others: &str) -> Result<File, Failure> {
    let file = File::create(path).with_context(|| format!("cannot make {}", path.display()))?;
    if file.try_lock().is_err() {
        eprintln!("waiting for another inkstone that is {others}");
        file.lock().with_context(|| format!("cannot lock {}", path.display()))?;
    }
    Ok(file)
}
