//! What the compiled app depends on, as one hash: when it is unchanged, nothing is compiled.

use anyhow::Context;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Single files that the app is built from, besides `src`.
pub const FILES: [&str; 6] = [
    "index.html",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    ".cargo/config.toml",
];

/// Parts of `src` that are native only, so that a change in them leaves the app as it is.
const NATIVE: [&str; 3] = ["src/cli", "src/site", "src/bin/inkstone.rs"];

/// Whether the app has to be built again when this file, relative to the root, changes.
pub fn concerns_app(path: &Path) -> bool {
    let native = NATIVE.iter().any(|native| path.starts_with(native));
    (path.starts_with("src") && !native) || FILES.iter().any(|file| path == Path::new(file))
}

/// The hash over every file that concerns the app, and over `versions`, the tools that build it.
pub fn of(root: &Path, versions: &str) -> anyhow::Result<String> {
    let mut hash = Sha256::new();
    add(&mut hash, versions.as_bytes());
    for path in files(root)? {
        let whole = root.join(&path);
        let bytes =
            std::fs::read(&whole).with_context(|| format!("cannot read {}", whole.display()))?;
        add(&mut hash, path.to_string_lossy().replace('\\', "/").as_bytes());
        add(&mut hash, &bytes);
    }
    Ok(hex(&hash.finalize()))
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// With its length first, so that two neighbours cannot be taken for one another.
fn add(hash: &mut Sha256, bytes: &[u8]) {
    hash.update((bytes.len() as u64).to_le_bytes());
    hash.update(bytes);
}

/// Sorted, relative to the root.
fn files(root: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> =
        FILES.iter().map(PathBuf::from).filter(|file| root.join(file).is_file()).collect();
    for entry in WalkDir::new(root.join("src")) {
        let entry = entry.context("cannot list the folder src")?;
        let path = entry.path().strip_prefix(root).unwrap_or(entry.path());
        if entry.file_type().is_file() && concerns_app(path) {
            files.push(path.to_path_buf());
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn project() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for path in ["src/lib.rs", "src/cli/mod.rs", "src/style/tokens.css", "index.html"] {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "one").unwrap();
        }
        folder
    }

    /// Whether changing (or adding) a file changes the hash.
    fn check(path: &str, changes: bool) {
        let folder = project();
        let before = of(folder.path(), "trunk 1").unwrap();
        fs::write(folder.path().join(path), "two").unwrap();
        assert_eq!(of(folder.path(), "trunk 1").unwrap() != before, changes, "{path}");
    }

    #[test]
    fn what_the_app_is_made_of_counts() {
        check("src/lib.rs", true);
        check("src/new.rs", true);
        check("src/style/tokens.css", true);
        check("index.html", true);
        check("Trunk.toml", true);
    }

    #[test]
    fn native_code_and_content_do_not() {
        check("src/cli/mod.rs", false);
        check("README.md", false);
    }

    #[test]
    fn tools_count_and_the_hash_is_stable() {
        let folder = project();
        assert_eq!(of(folder.path(), "a").unwrap(), of(folder.path(), "a").unwrap());
        assert_ne!(of(folder.path(), "a").unwrap(), of(folder.path(), "b").unwrap());
    }

    #[test]
    fn a_rename_counts() {
        let folder = project();
        let before = of(folder.path(), "").unwrap();
        fs::rename(folder.path().join("src/lib.rs"), folder.path().join("src/lia.rs")).unwrap();
        assert_ne!(of(folder.path(), "").unwrap(), before);
    }
}
