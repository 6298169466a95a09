//! The steps of `test`, in their order.

use super::Group::{self, Browser, Host, Lint, Worker};
use crate::cli::fingerprint::hex;
use crate::cli::project::Project;
use crate::cli::{Failure, app, process, tools};
use crate::site::release;
use anyhow::Context;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::process::Command;
use walkdir::WalkDir;

/// One step.
pub struct Step {
    pub name: &'static str,
    /// It runs when one of these is asked for.
    pub groups: &'static [Group],
    pub run: fn(&Project) -> Result<(), Failure>,
}

/// Every step, in its order.
pub const ALL: &[Step] = &[
    Step { name: "formatting", groups: &[Lint], run: formatting },
    Step { name: "clippy, host", groups: &[Lint], run: clippy_host },
    Step { name: "clippy, wasm32", groups: &[Lint], run: clippy_wasm },
    Step { name: "host tests", groups: &[Host], run: host_tests },
    Step { name: "service worker tests", groups: &[Worker], run: worker_tests },
    Step { name: "npm packages", groups: &[Worker, Browser], run: npm_packages },
    Step { name: "types of the JavaScript", groups: &[Worker], run: types },
    Step { name: "the app", groups: &[Browser], run: the_app },
    Step { name: "browser tests", groups: &[Browser], run: browser_tests },
];

/// Folders with JavaScript whose types are checked.
const TYPED: [&str; 4] = ["src/worker", "src/boot", "src/boot/state", "tests"];

fn formatting(_: &Project) -> Result<(), Failure> {
    cargo("cargo fmt --check")
}

fn clippy_host(_: &Project) -> Result<(), Failure> {
    cargo("cargo clippy --all-targets -- -D warnings")
}

fn clippy_wasm(_: &Project) -> Result<(), Failure> {
    tools::ensure_target()?;
    cargo("cargo clippy --target wasm32-unknown-unknown --lib --bin app -- -D warnings")
}

fn host_tests(_: &Project) -> Result<(), Failure> {
    cargo("cargo test")
}

fn worker_tests(_: &Project) -> Result<(), Failure> {
    tools::ensure_node()?;
    let folder = Path::new("tests/worker");
    let files = test_files(folder);
    if files.is_empty() {
        return Err(Failure::Input(format!("`{}` has no *.test.js", folder.display())));
    }
    // Named one by one: what a folder means has changed between versions of Node.
    process::run(Command::new("node").arg("--test").args(&files), "node --test")?;
    // Once more as readers get it.
    let shipped = Path::new("target/worker-tests.js");
    std::fs::write(shipped, release::SCRIPT.as_bytes())
        .with_context(|| format!("cannot write {}", shipped.display()))
        .map_err(Failure::input)?;
    let mut node = Command::new("node");
    node.arg("--test").args(files).env("INKSTONE_WORKER", shipped);
    process::run(&mut node, "node --test, as shipped")
}

/// Only when what they are installed from has changed.
fn npm_packages(_: &Project) -> Result<(), Failure> {
    tools::ensure_node()?;
    let stamp = Path::new("tests/node_modules/.inkstone-stamp");
    let mut hash = Sha256::new();
    for name in ["tests/package.json", "tests/package-lock.json"] {
        let bytes = std::fs::read(name).with_context(|| format!("cannot read {name}"));
        hash.update(bytes.map_err(Failure::input)?);
    }
    let wanted = hex(&hash.finalize());
    if std::fs::read_to_string(stamp).is_ok_and(|stored| stored == wanted) {
        println!("unchanged");
        return Ok(());
    }
    let mut npm = process::script("npm");
    npm.args(["ci", "--no-audit", "--no-fund"]).current_dir("tests");
    process::run(npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"), "npm ci in tests")?;
    std::fs::write(stamp, wanted).context("cannot write the stamp in tests/node_modules")?;
    Ok(())
}

fn types(project: &Project) -> Result<(), Failure> {
    let configs = TYPED.map(|folder| project.root.join(folder).join("tsconfig.json"));
    let mut failed = false;
    for config in configs.iter().filter(|config| config.is_file()) {
        failed |= !process::succeeds(npx("tsc").arg("-p").arg(config))?;
    }
    match failed {
        true => Err(Failure::Input("tsc failed, see above".to_owned())),
        false => Ok(()),
    }
}

fn the_app(project: &Project) -> Result<(), Failure> {
    app::ensure(project, app::Profile::Release).map(|_| ())
}

fn browser_tests(project: &Project) -> Result<(), Failure> {
    let browser = tools::browser::ensure()?;
    let app = app::ensure(project, app::Profile::Release)?;
    let own = own_executable()?;
    let mut playwright = npx("playwright");
    playwright.arg("test").env("CHROME", browser).env("INKSTONE_BIN", own);
    playwright.env("INKSTONE_APP", project.root.join(app));
    process::run(&mut playwright, "playwright test")
}

/// Runs a command line of cargo; its words hold no spaces.
fn cargo(line: &str) -> Result<(), Failure> {
    let mut words = line.split(' ');
    let mut command = Command::new(words.next().unwrap_or("cargo"));
    process::run(command.args(words), line)
}

/// A program of `tests/node_modules`, never one from the network.
fn npx(program: &str) -> Command {
    let mut command = process::script("npx");
    command.args(["--no-install", program]).current_dir("tests");
    command
}

/// Sorted.
fn test_files(folder: &Path) -> Vec<PathBuf> {
    let is_test = |path: &Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        [".test.js", ".test.mjs"].iter().any(|ending| name.ends_with(ending))
    };
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_file()).map(|entry| entry.into_path());
    files.filter(|path| is_test(path)).collect()
}

/// This program's file. `cargo test` links it anew at the same path while it runs; Linux then
/// calls the running one deleted.
fn own_executable() -> Result<PathBuf, Failure> {
    let path = std::env::current_exe().context("cannot find this executable")?;
    let name = path.to_string_lossy();
    Ok(name.strip_suffix(" (deleted)").map_or_else(|| path.clone(), PathBuf::from))
}
