//! Compiling the app: trunk's output in `target/inkstone/app-release` (or `app-dev`), made again
//! only when something it depends on has changed.

use super::project::Project;
use super::tools::{self, Toolbox};
use super::{Failure, files, fingerprint, process};
use anyhow::Context;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How the app is compiled.
#[derive(Clone, Copy, PartialEq)]
pub enum Profile {
    /// As it is deployed.
    Release,
    /// Faster to compile, larger and slower to run.
    Dev,
}

/// The standard library compiled anew so that a panic is a trap and nothing more: its texts and
/// their formatting are a tenth of the download (206.8 -> 187.2 KB after Brotli). What the compiler
/// calls unstable is the same in every build, because `rust-toolchain.toml` names one version.
const WITHOUT_PANIC_TEXTS: [(&str, &str); 4] = [
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", ""),
    (
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
        "--cfg erase_components -Zunstable-options -Cpanic=immediate-abort",
    ),
];

/// The folder with `index.html` and the app's hashed files, compiled first if need be; relative
/// to the root.
pub fn ensure(project: &Project, profile: Profile) -> Result<PathBuf, Failure> {
    files::make_folder(&project.work(""))?;
    let _lock = files::lock(&project.work("lock"), "compiling the app")?;

    let Place { folder, stamp, wanted } = place(project, profile)?;
    if is_fresh(&folder, &stamp, &wanted) {
        return Ok(folder);
    }
    let toolbox = tools::ensure(&project.root)?;
    let staging = folder.with_extension("new");
    files::remove_folder(&staging)?;
    let usual = if folder.is_dir() { "" } else { " (about 2 minutes the first time)" };
    eprintln!("compiling the app{usual}");
    trunk(project, &toolbox, profile, &staging)?;
    files::replace_folder(&staging, &folder)?;
    fs::write(&stamp, &wanted).with_context(|| format!("cannot write {}", stamp.display()))?;
    Ok(folder)
}

/// Whether it need not be compiled.
pub fn is_ready(project: &Project, profile: Profile) -> Result<bool, Failure> {
    let Place { folder, stamp, wanted } = place(project, profile)?;
    Ok(is_fresh(&folder, &stamp, &wanted))
}

/// Where a compiled app stands, and what it should be made of.
struct Place {
    folder: PathBuf,
    stamp: PathBuf,
    wanted: String,
}

fn place(project: &Project, profile: Profile) -> Result<Place, Failure> {
    let name = match profile {
        Profile::Release => "app-release",
        Profile::Dev => "app-dev",
    };
    let tools = format!("{}{WITHOUT_PANIC_TEXTS:?}", tools::versions(&project.root)?);
    Ok(Place {
        folder: project.work(name),
        stamp: project.work(&format!("{name}.fingerprint")),
        wanted: fingerprint::of(&project.root, &tools)?,
    })
}

fn is_fresh(folder: &Path, stamp: &Path, wanted: &str) -> bool {
    folder.join("index.html").is_file()
        && fs::read_to_string(stamp).is_ok_and(|stored| stored == wanted)
}

fn trunk(
    project: &Project,
    toolbox: &Toolbox,
    profile: Profile,
    staging: &Path,
) -> Result<(), Failure> {
    let config = write_config(project)?;
    let mut trunk = Command::new(&toolbox.trunk);
    trunk.arg("--config").arg(config).arg("build").arg(project.root.join("index.html"));
    trunk.arg("--dist").arg(project.root.join(staging)).args(["--public-url", "/"]);
    trunk.args(["--skip-version-check", "--quiet"]);
    if profile == Profile::Release {
        tools::ensure_source()?;
        trunk.arg("--release").envs(WITHOUT_PANIC_TEXTS);
    }
    // trunk reads NO_COLOR=1 as a wrong value and ends, and RUST_LOG against --quiet.
    if std::env::var_os("NO_COLOR").is_some() {
        trunk.args(["--color", "never"]);
    }
    for variable in ["NO_COLOR", "RUST_LOG", "RUST_BACKTRACE", "RUST_LIB_BACKTRACE"] {
        trunk.env_remove(variable);
    }
    // trunk runs cargo in the folder of its settings, so a relative folder would move.
    if let Some(target) = std::env::var_os("CARGO_TARGET_DIR") {
        trunk.env("CARGO_TARGET_DIR", project.root.join(target));
    }
    process::run(trunk.env("PATH", toolbox.path()?), "compiling the app")
}

/// `Trunk.toml` without its hook, which makes the site, and which would compile this program once
/// more in the middle of its own run.
fn write_config(project: &Project) -> Result<PathBuf, Failure> {
    let text = fs::read_to_string("Trunk.toml").context("cannot read Trunk.toml")?;
    let path = project.root.join(project.work("trunk.json"));
    fs::write(&path, without_hooks(&text).map_err(Failure::input)?)
        .with_context(|| format!("cannot write {}", path.display()))?;
    Ok(path)
}

fn without_hooks(text: &str) -> anyhow::Result<String> {
    let mut settings: toml::Table = toml::from_str(text).context("Trunk.toml is not valid")?;
    for unused in ["hooks", "watch", "serve"] {
        settings.remove(unused);
    }
    Ok(serde_json::to_string(&settings)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finished_app_with_the_same_fingerprint_is_fresh() {
        let root = tempfile::tempdir().unwrap();
        let (folder, stamp) = (root.path().join("app"), root.path().join("stamp"));
        assert!(!is_fresh(&folder, &stamp, "a"));
        fs::write(&stamp, "a").unwrap();
        assert!(!is_fresh(&folder, &stamp, "a"), "the stamp alone is not enough");
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("index.html"), "").unwrap();
        assert!(is_fresh(&folder, &stamp, "a"));
        assert!(!is_fresh(&folder, &stamp, "b"));
    }

    #[test]
    fn hooks_are_left_out_of_our_own_run() {
        let text = "trunk-version = \"=1.2.3\"\n[build]\nminify = \"never\"\n\
                    [serve]\nport = 1\n[[hooks]]\nstage = \"build\"\n";
        let json = without_hooks(text).unwrap();
        assert_eq!(json, r#"{"build":{"minify":"never"},"trunk-version":"=1.2.3"}"#);
    }
}
