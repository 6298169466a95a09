//! Finding a tool of the right version.

use super::Failure;
use super::list::Tool;
use crate::cli::process;
use std::env;
use std::path::{Path, PathBuf};

/// Where tools may be.
pub struct Places {
    /// Ours; made when something is installed.
    pub cache: PathBuf,
    /// The folders of the PATH.
    pub path: Vec<PathBuf>,
}

impl Places {
    /// The cache folder by this system's custom, and the PATH.
    pub fn of_this_machine() -> Result<Self, Failure> {
        let cache =
            cache_folder(|name| env::var_os(name).filter(|v| !v.is_empty()).map(Into::into))
                .ok_or_else(|| {
                    Failure::Environment(
                        "no folder for tools: set INKSTONE_CACHE to one".to_owned(),
                    )
                })?;
        let path = env::var_os("PATH").unwrap_or_default();
        Ok(Self { cache, path: env::split_paths(&path).collect() })
    }
}

/// The folder with the tool's executable: in the cache, or the first one on the PATH if that is
/// exactly of the wanted version. A later one on the PATH would not be the one that runs.
pub fn find(tool: &Tool, places: &Places) -> Option<PathBuf> {
    let cached = places.cache.join(tool.folder()).join(tool.bin());
    if executable_in(&cached, tool.name).is_some() {
        return Some(cached);
    }
    let folder = places.path.iter().find(|folder| executable_in(folder, tool.name).is_some())?;
    let stated = process::output(executable_in(folder, tool.name)?, &["--version"])?;
    states_version(&stated, &tool.version).then(|| folder.clone())
}

/// The path of an executable in a folder, if it is there.
pub fn executable_in(folder: &Path, name: &str) -> Option<PathBuf> {
    let endings: &[&str] = if cfg!(windows) { &[".exe", ".cmd"] } else { &[""] };
    endings.iter().map(|ending| folder.join(format!("{name}{ending}"))).find(|path| path.is_file())
}

fn states_version(stated: &str, version: &str) -> bool {
    stated.split_whitespace().any(|word| word == version)
}

/// `INKSTONE_CACHE`, else `inkstone` in the system's cache folder.
fn cache_folder(variable: impl Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    if let Some(own) = variable("INKSTONE_CACHE") {
        return Some(own);
    }
    let system = if cfg!(windows) {
        variable("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        variable("HOME").map(|home| home.join("Library/Caches"))
    } else {
        variable("XDG_CACHE_HOME").or_else(|| variable("HOME").map(|home| home.join(".cache")))
    };
    system.map(|folder| folder.join("inkstone"))
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use crate::cli::tools::list::Source;
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    fn tool() -> Tool {
        Tool {
            name: "hammer",
            version: "1.2.3".to_owned(),
            purpose: "hits",
            usual: "no time",
            source: Source::Crate("hammer-cli"),
        }
    }

    /// An executable that states a version.
    fn put(folder: &Path, version: &str) {
        fs::create_dir_all(folder).unwrap();
        let path = folder.join("hammer");
        fs::write(&path, format!("#!/bin/sh\necho hammer {version}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn places(folder: &Path) -> Places {
        let path = vec![folder.join("empty"), folder.join("first"), folder.join("second")];
        Places { cache: folder.join("cache"), path }
    }

    #[test]
    fn the_cache_comes_first() {
        let folder = tempfile::tempdir().unwrap();
        put(&folder.path().join("cache/hammer-1.2.3/bin"), "1.2.3");
        put(&folder.path().join("first"), "1.2.3");
        let found = find(&tool(), &places(folder.path()));
        assert_eq!(found, Some(folder.path().join("cache/hammer-1.2.3/bin")));
    }

    #[test]
    fn the_path_counts_with_exactly_the_version() {
        let folder = tempfile::tempdir().unwrap();
        put(&folder.path().join("first"), "1.2.3");
        let places = places(folder.path());
        assert_eq!(find(&tool(), &places), Some(folder.path().join("first")));
        put(&folder.path().join("first"), "1.2.30");
        assert_eq!(find(&tool(), &places), None);
        put(&folder.path().join("second"), "1.2.3");
        assert_eq!(find(&tool(), &places), None, "the first one on the PATH is what would run");
    }

    #[test]
    fn the_cache_folder_follows_the_environment() {
        let own = cache_folder(|name| (name == "INKSTONE_CACHE").then(|| "/c".into()));
        assert_eq!(own, Some("/c".into()));
        let home = cache_folder(|name| (name == "HOME").then(|| "/home/me".into()));
        assert!(home.unwrap().starts_with("/home/me"));
        assert_eq!(cache_folder(|_| None), None);
    }
}
