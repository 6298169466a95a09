//! Running other programs.

use super::Failure;
use std::path::Path;
use std::process::{Command, Stdio};

/// Runs to the end with our own input and output; `true` when it exited with 0.
pub fn succeeds(command: &mut Command) -> Result<bool, Failure> {
    for (name, _) in std::env::vars_os() {
        if is_of_cargo_run(&name.to_string_lossy()) {
            command.env_remove(name);
        }
    }
    match command.status() {
        Ok(status) => Ok(status.success()),
        Err(error) => Err(Failure::Environment(cannot_run(command, &error))),
    }
}

/// Whether `cargo run` sets a variable for the program that it starts. Crates that ask for one while
/// they are built (ring does) would be built again by every cargo that inherits them, and once more
/// by the next that doesn't.
fn is_of_cargo_run(name: &str) -> bool {
    ["CARGO_MANIFEST_", "CARGO_PKG_", "CARGO_BIN_", "CARGO_CRATE_"]
        .iter()
        .any(|start| name.starts_with(start))
}

/// As `succeeds`, with a failure that says what was being done.
pub fn run(command: &mut Command, doing: &str) -> Result<(), Failure> {
    match succeeds(command)? {
        true => Ok(()),
        false => Err(Failure::Input(format!("{doing} failed, see above"))),
    }
}

/// What a program prints to stdout, trimmed; `None` when it is missing or fails.
pub fn output(program: impl AsRef<Path>, arguments: &[&str]) -> Option<String> {
    let mut command = Command::new(program.as_ref());
    let output =
        command.args(arguments).stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

/// A program from npm and friends; on Windows these are scripts with another ending.
pub fn script(name: &str) -> Command {
    Command::new(if cfg!(windows) { format!("{name}.cmd") } else { name.to_owned() })
}

fn cannot_run(command: &Command, error: &std::io::Error) -> String {
    let program = command.get_program().to_string_lossy();
    match error.kind() {
        std::io::ErrorKind::NotFound => format!("`{program}` is not installed or not on the PATH"),
        _ => format!("cannot run `{program}`: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cargo_run_sets_is_known() {
        assert!(is_of_cargo_run("CARGO_MANIFEST_DIR") && is_of_cargo_run("CARGO_PKG_VERSION"));
        assert!(!["CARGO_HOME", "CARGO_TARGET_DIR", "PATH"].into_iter().any(is_of_cargo_run));
    }

    #[test]
    fn a_missing_program_is_named() {
        let failure = succeeds(&mut Command::new("inkstone-no-such-tool")).unwrap_err();
        assert!(matches!(&failure, Failure::Environment(text) if text.contains("no-such-tool")));
        assert_eq!(output("inkstone-no-such-tool", &[]), None);
    }
}
