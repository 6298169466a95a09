//! Which tools, in which version, and why.

use super::Failure;
use anyhow::Context;
use std::path::Path;

/// `Trunk.toml` states the same version; a test compares them.
const TRUNK: &str = "0.21.14";
/// npm's `binaryen` is this with `.0.0`; `Trunk.toml` states `version_` and this.
const WASM_OPT: &str = "132";

/// One tool.
#[derive(Clone, Debug)]
pub struct Tool {
    /// The name of the executable, and of the folder in the cache.
    pub name: &'static str,
    /// As the executable itself states it.
    pub version: String,
    /// What it is for, in a few words.
    pub purpose: &'static str,
    /// How long an installation usually takes.
    pub usual: &'static str,
    pub source: Source,
}

/// Where a tool comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// The crate of this name on crates.io, at the tool's version.
    Crate(&'static str),
    /// The package of this name and version on npm.
    Npm(&'static str, String),
}

impl Tool {
    /// The name of its folder in the cache.
    pub fn folder(&self) -> String {
        match &self.source {
            Source::Crate(_) => format!("{}-{}", self.name, self.version),
            Source::Npm(package, version) => format!("{package}-{version}"),
        }
    }

    /// Where the executables are inside its folder.
    pub fn bin(&self) -> &'static str {
        match self.source {
            Source::Crate(_) => "bin",
            Source::Npm(..) => "node_modules/.bin",
        }
    }
}

/// Every tool, in the order of use.
pub fn all(root: &Path) -> Result<Vec<Tool>, Failure> {
    let lock = root.join("Cargo.lock");
    let lock = std::fs::read_to_string(&lock)
        .with_context(|| format!("cannot read {}", lock.display()))?;
    let wasm_bindgen = locked_version(&lock, "wasm-bindgen")
        .ok_or_else(|| Failure::Input("Cargo.lock has no package `wasm-bindgen`".to_owned()))?;
    Ok(vec![
        Tool {
            name: "trunk",
            version: TRUNK.to_owned(),
            purpose: "bundles the app",
            usual: "about 5 minutes",
            source: Source::Crate("trunk"),
        },
        Tool {
            name: "wasm-bindgen",
            version: wasm_bindgen.to_owned(),
            purpose: "connects WebAssembly and JavaScript",
            usual: "about 2 minutes",
            source: Source::Crate("wasm-bindgen-cli"),
        },
        Tool {
            name: "wasm-opt",
            version: WASM_OPT.to_owned(),
            purpose: "makes the WebAssembly smaller",
            usual: "a few seconds",
            source: Source::Npm("binaryen", format!("{WASM_OPT}.0.0")),
        },
    ])
}

/// The file name of an executable of this name.
pub fn executable(name: &str) -> String {
    format!("{name}{}", std::env::consts::EXE_SUFFIX)
}

/// The version of a package in the text of a `Cargo.lock`.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let wanted = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != wanted);
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_file_decides_the_version_of_wasm_bindgen() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.2.1\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\nsource = \"x\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.129"));
        assert_eq!(locked_version(lock, "leptos"), None);
    }

    #[test]
    fn trunk_toml_states_the_same_versions() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(root.join("Trunk.toml")).unwrap();
        assert!(text.contains(&format!("trunk-version = \"={TRUNK}\"")), "{text}");
        assert!(text.contains(&format!("wasm_opt = \"version_{WASM_OPT}\"")), "{text}");
    }

    #[test]
    fn folders_are_keyed_by_version() {
        let tools = all(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
        let folders: Vec<_> = tools.iter().map(Tool::folder).collect();
        assert_eq!(folders[0], format!("trunk-{TRUNK}"));
        assert!(folders[1].starts_with("wasm-bindgen-0.2."), "{folders:?}");
        assert_eq!(folders[2], format!("binaryen-{WASM_OPT}.0.0"));
    }
}
