//! Installing a tool into the cache.
//!
//! A tool is made under another name and then renamed, so that an interrupted installation is
//! never taken for a finished one. A lock file keeps two processes apart.

use super::find::{self, Places};
use super::list::{Source, Tool};
use crate::cli::{Failure, files, process};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Installs the tool and gives the folder with its executable.
pub fn install(tool: &Tool, places: &Places) -> Result<PathBuf, Failure> {
    install_with(tool, places, |staging| match &tool.source {
        Source::Crate(name) => from_crates(name, &tool.version, staging, places),
        Source::Npm(name, version) => from_npm(&[(name, version)], staging),
    })
}

/// The folder of packages of npm that are data and no programs, installed if need be.
pub fn packages(
    name: &str,
    packages: &[(&str, &str)],
    places: &Places,
) -> Result<PathBuf, Failure> {
    let versions: Vec<&str> = packages.iter().map(|(_, version)| *version).collect();
    let folder = places.cache.join(format!("{name}-{}", versions.join("-")));
    let inside = folder.join("node_modules");
    if inside.is_dir() {
        return Ok(inside);
    }
    files::make_folder(&places.cache)?;
    let _lock = files::lock(&places.cache.join("lock"), "installing tools")?;
    if !inside.is_dir() {
        eprintln!("installing {name} (about 20 MB), usually a few seconds, once per machine");
        let staging = folder.with_extension("part");
        files::remove_folder(&staging)?;
        from_npm(packages, &staging)?;
        files::replace_folder(&staging, &folder)?;
    }
    Ok(inside)
}

/// Everything but the making itself, which a test replaces.
fn install_with(
    tool: &Tool,
    places: &Places,
    make: impl FnOnce(&Path) -> Result<(), Failure>,
) -> Result<PathBuf, Failure> {
    files::make_folder(&places.cache)?;
    let _lock = files::lock(&places.cache.join("lock"), "installing tools")?;
    if let Some(folder) = find::find(tool, places) {
        return Ok(folder);
    }
    eprintln!(
        "installing {} {} ({}), usually {}, once per machine",
        tool.name, tool.version, tool.purpose, tool.usual
    );
    let staging = places.cache.join(format!("{}.part", tool.folder()));
    files::remove_folder(&staging)?;
    let made = make(&staging).and_then(|()| {
        match find::executable_in(&staging.join(tool.bin()), tool.name) {
            Some(_) => Ok(()),
            None => Err(Failure::Environment(format!("the installation gave no `{}`", tool.name))),
        }
    });
    if let Err(failure) = made {
        files::remove_folder(&staging)?;
        return Err(failure);
    }
    let folder = places.cache.join(tool.folder());
    files::replace_folder(&staging, &folder)?;
    Ok(folder.join(tool.bin()))
}

/// A ready-made binary if `cargo binstall` is there and finds one, else compiled from source.
fn from_crates(name: &str, version: &str, staging: &Path, places: &Places) -> Result<(), Failure> {
    let what = format!("{name}@{version}");
    if process::output("cargo", &["binstall", "-V"]).is_some() {
        let mut binstall = Command::new("cargo");
        binstall.args(["binstall", "--no-confirm", "--locked"]);
        binstall.args(["--disable-strategies", "quick-install,compile", "--root"]);
        if process::succeeds(binstall.arg(staging).arg(&what))? {
            return Ok(());
        }
        files::remove_folder(staging)?;
    }
    // Shared by the tools, and removed with the last step of each installation.
    let target = places.cache.join("build.part");
    let mut install = Command::new("cargo");
    install.args(["install", "--locked", &what, "--root"]).arg(staging);
    install.current_dir(&places.cache).env("CARGO_TARGET_DIR", &target);
    let installed = process::succeeds(&mut install)?;
    files::remove_folder(&target)?;
    match installed {
        true => Ok(()),
        false => Err(Failure::Environment(format!(
            "cannot install {name}: try `cargo install --locked {what}`, see above for the reason"
        ))),
    }
}

fn from_npm(packages: &[(&str, &str)], staging: &Path) -> Result<(), Failure> {
    node()?;
    files::make_folder(staging)?;
    let packages: Vec<String> =
        packages.iter().map(|(name, version)| format!("{name}@{version}")).collect();
    let mut npm = process::script("npm");
    npm.arg("install").arg("--prefix").arg(staging);
    npm.args(["--no-save", "--no-audit", "--no-fund", "--ignore-scripts"]);
    npm.args(&packages).stdout(Stdio::null());
    match process::succeeds(&mut npm)? {
        true => Ok(()),
        false => Err(Failure::Environment(format!(
            "cannot install: try `npm install {}`, see above for the reason",
            packages.join(" ")
        ))),
    }
}

/// Fails unless Node 20 or newer and npm are there.
pub fn node() -> Result<(), Failure> {
    let needed = "install Node.js 20 or newer with npm from https://nodejs.org \
                  (Debian: `apt-get install -y nodejs npm`)";
    let Some(version) = process::output("node", &["--version"]) else {
        return Err(Failure::Environment(format!("Node.js is missing: {needed}")));
    };
    if major(&version) < 20 {
        return Err(Failure::Environment(format!("Node.js {version} is too old: {needed}")));
    }
    Ok(())
}

/// The 20 of `v20.1.2`; 0 when it is not a version.
fn major(version: &str) -> u32 {
    let number = version.trim_start_matches('v').split('.').next();
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::tools::list::executable;
    use std::fs;

    fn tool() -> Tool {
        Tool {
            name: "inkstone-test-tool",
            version: "1".to_owned(),
            purpose: "tests",
            usual: "no time",
            source: Source::Crate("none"),
        }
    }

    fn make(staging: &Path) -> Result<(), Failure> {
        fs::create_dir_all(staging.join("bin")).unwrap();
        fs::write(staging.join("bin").join(executable("inkstone-test-tool")), "").unwrap();
        Ok(())
    }

    #[test]
    fn a_finished_installation_is_found_and_not_repeated() {
        let folder = tempfile::tempdir().unwrap();
        let places = Places { cache: folder.path().join("cache"), path: vec![] };
        let first = install_with(&tool(), &places, make).unwrap();
        assert_eq!(find::find(&tool(), &places), Some(first.clone()));
        let second = install_with(&tool(), &places, |_| panic!("made twice")).unwrap();
        assert_eq!(first, second);
    }

    #[test]
    fn an_interrupted_installation_does_not_count() {
        let folder = tempfile::tempdir().unwrap();
        let places = Places { cache: folder.path().join("cache"), path: vec![] };
        // As a process that was killed in the middle leaves it.
        make(&places.cache.join("inkstone-test-tool-1.part")).unwrap();
        assert_eq!(find::find(&tool(), &places), None);
        let failed = install_with(&tool(), &places, |staging| {
            assert!(!staging.exists());
            Err(Failure::Environment("no network".to_owned()))
        });
        assert!(failed.is_err());
        assert_eq!(find::find(&tool(), &places), None);
        assert!(install_with(&tool(), &places, make).is_ok());
    }

    #[test]
    fn an_installation_without_the_executable_fails() {
        let folder = tempfile::tempdir().unwrap();
        let places = Places { cache: folder.path().join("cache"), path: vec![] };
        assert!(install_with(&tool(), &places, |_| Ok(())).is_err());
    }

    #[test]
    fn the_major_version_of_node() {
        assert_eq!((major("v20.11.1"), major("18.0.0"), major("?")), (20, 18, 0));
    }
}
