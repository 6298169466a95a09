//! Running other programs.

use super::Failure;
use std::path::Path;
use std::process::{Command, Stdio};

/// Runs to the end with our own input and output; `true` when it exited with 0.
pub fn succeeds(command: &mut Command) -> Result<bool, Failure> {
    match command.status() {
        Ok(status) => Ok(status.success()),
        Err(error) => Err(Failure::Environment(cannot_run(command, &error))),
    }
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
    fn a_missing_program_is_named() {
        let failure = succeeds(&mut Command::new("inkstone-no-such-tool")).unwrap_err();
        assert!(matches!(&failure, Failure::Environment(text) if text.contains("no-such-tool")));
        assert_eq!(output("inkstone-no-such-tool", &[]), None);
    }
}
