//! How a command fails, and with which exit code.

use std::fmt;
use std::process::ExitCode;

/// Why a command ended early. `Display` is the whole text for the person, as it goes to stderr.
#[derive(Debug)]
pub enum Failure {
    /// The diagnostics of the posts and the settings, in colours; exit code 1.
    Report(String),
    /// The input is wrong, and the person has been told; exit code 1.
    Told,
    /// The input is wrong in a way that one sentence says; exit code 1.
    Input(String),
    /// The arguments fit together badly; exit code 2.
    Usage(String),
    /// The machine lacks something: what, and the command that helps; exit code 3.
    Environment(String),
}

impl Failure {
    /// The exit code of the process.
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(self.code())
    }

    fn code(&self) -> u8 {
        match self {
            Self::Report(_) | Self::Told | Self::Input(_) => 1,
            Self::Usage(_) => 2,
            Self::Environment(_) => 3,
        }
    }

    /// For a step that reads what the author wrote.
    pub fn input(error: anyhow::Error) -> Self {
        Self::Input(format!("{error:#}"))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Report(report) => f.write_str(report.trim_end()),
            Self::Told => Ok(()),
            Self::Input(message) | Self::Usage(message) | Self::Environment(message) => {
                write!(f, "error: {message}")
            }
        }
    }
}

impl std::error::Error for Failure {}

/// An error with no better home is one of the machine: a disk, a folder, a process.
impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Environment(format!("{error:#}"))
    }
}

#[cfg(test)]
mod tests {
    use super::Failure;

    #[test]
    fn codes_follow_the_contract() {
        assert_eq!(Failure::Report(String::new()).code(), 1);
        assert_eq!(Failure::Input(String::new()).code(), 1);
        assert_eq!(Failure::Usage(String::new()).code(), 2);
        assert_eq!(Failure::from(anyhow::anyhow!("x")).code(), 3);
    }

    #[test]
    fn a_report_stands_alone_and_a_sentence_is_marked() {
        assert_eq!(
            Failure::Report("posts/a.md:1:1: bad\n".into()).to_string(),
            "posts/a.md:1:1: bad"
        );
        assert_eq!(Failure::Usage("no".into()).to_string(), "error: no");
    }
}
