//! The Chromium of the browser tests: the system's own, or from its package manager.

use crate::cli::{Failure, process};
use std::path::{Path, PathBuf};
use std::process::Command;

const USUAL: [&str; 5] = [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
const PACKAGES: [&str; 2] = ["chromium", "fonts-noto-cjk"];
const ADVICE: &str = "run `apt-get install -y --no-install-recommends chromium fonts-noto-cjk` \
                      as root, or set CHROME to the path of a Chromium";

/// The browser's executable, installed if it is missing and the system lets us.
pub fn ensure() -> Result<PathBuf, Failure> {
    let chosen = std::env::var_os("CHROME").filter(|path| !path.is_empty()).map(PathBuf::from);
    let usual = USUAL.map(PathBuf::from);
    if let Some(browser) = find(chosen, &usual)? {
        return Ok(browser);
    }
    let missing = || Failure::Environment(format!("Chromium is missing: {ADVICE}"));
    let become_root: &[&str] = if process::output("id", &["-u"]).as_deref() == Some("0") {
        &[]
    } else if process::output("sudo", &["-n", "true"]).is_some() {
        &["sudo", "-n"]
    } else {
        return Err(missing());
    };
    if process::output("apt-get", &["--version"]).is_none() {
        return Err(missing());
    }
    eprintln!("installing Chromium for the browser tests, usually about 2 minutes");
    let mut install = vec!["install", "-y", "--no-install-recommends"];
    install.extend(PACKAGES);
    let done = apt(become_root, &["update"])? && apt(become_root, &install)?;
    find(None, &usual)?.filter(|_| done).ok_or_else(missing)
}

/// The browser that CHROME names, which must be there, or the first usual one.
fn find(chosen: Option<PathBuf>, usual: &[PathBuf]) -> Result<Option<PathBuf>, Failure> {
    let is_there = |path: &Path| path.is_file();
    match chosen {
        Some(path) if is_there(&path) => Ok(Some(path)),
        Some(path) => Err(Failure::Environment(format!(
            "CHROME names `{}`, which is no file: {ADVICE}",
            path.display()
        ))),
        None => Ok(usual.iter().find(|path| is_there(path)).cloned()),
    }
}

fn apt(become_root: &[&str], arguments: &[&str]) -> Result<bool, Failure> {
    let mut words = become_root.iter().copied().chain(["apt-get"]);
    let mut command = Command::new(words.next().unwrap_or("apt-get"));
    command.args(words).args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
    process::succeeds(&mut command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chosen_browser_must_exist() {
        assert!(find(Some("/no/such/browser".into()), &[]).is_err());
        assert!(matches!(find(None, &["/no/such/browser".into()]), Ok(None)));
        let here = std::env::current_exe().unwrap();
        assert_eq!(find(None, &["/no".into(), here.clone()]).unwrap(), Some(here.clone()));
        assert_eq!(find(Some(here.clone()), &[]).unwrap(), Some(here));
    }
}
