//! What is wrong with the input: every problem with its file, line, column and mend.

use std::fmt;
use std::path::{Path, PathBuf};

/// A text file with the positions of its lines. Line ends are `\n`, a byte order mark is gone.
#[derive(Debug, Clone)]
pub struct Source {
    /// The path as people know it, such as `posts/a.md`.
    pub path: PathBuf,
    /// The text.
    pub text: String,
}

/// A line and a column, both from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// The site is built all the same; an error with `--strict`.
    Warning,
}

/// One problem of the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file, as people know it.
    pub path: PathBuf,
    /// Where in the file.
    pub position: Position,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong: lower case, no full stop, the value quoted.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Source {
    /// Takes a file's bytes; the error names the first byte that is not UTF-8.
    pub fn new(path: &Path, bytes: Vec<u8>) -> Result<Self, Diagnostic> {
        let text = String::from_utf8(bytes).map_err(|error| not_utf8(path, &error))?;
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text).replace("\r\n", "\n");
        Ok(Source { path: path.to_owned(), text })
    }

    /// The line and column of a byte offset.
    pub fn position(&self, offset: usize) -> Position {
        position(self.text.as_bytes(), offset)
    }

    /// An error at a byte offset.
    pub fn error(&self, offset: usize, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            path: self.path.clone(),
            position: self.position(offset),
            severity: Severity::Error,
            message: message.into(),
            help: None,
        }
    }

    /// A warning at a byte offset.
    pub fn warning(&self, offset: usize, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..self.error(offset, message) }
    }
}

/// Counts lines, and the characters of the last one: every byte but UTF-8 continuations.
fn position(bytes: &[u8], offset: usize) -> Position {
    let before = &bytes[..offset.min(bytes.len())];
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let characters = before[line_start..].iter().filter(|byte| **byte & 0xC0 != 0x80).count();
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    Position { line, column: characters + 1 }
}

fn not_utf8(path: &Path, error: &std::string::FromUtf8Error) -> Diagnostic {
    let bytes = error.as_bytes();
    let offset = error.utf8_error().valid_up_to();
    let guess = match bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => " (it looks like UTF-16)",
        _ => "",
    };
    Diagnostic {
        path: path.to_owned(),
        position: position(bytes, offset),
        severity: Severity::Error,
        message: format!("not UTF-8: byte {offset} is 0x{:02x}{guess}", bytes[offset]),
        help: Some("save the file as UTF-8 in your editor".to_owned()),
    }
}

impl Diagnostic {
    /// A problem of a whole file, shown at its beginning.
    pub fn file_error(path: &Path, message: impl Into<String>) -> Self {
        Diagnostic {
            path: path.to_owned(),
            position: Position { line: 1, column: 1 },
            severity: Severity::Error,
            message: message.into(),
            help: None,
        }
    }

    /// The same with what to do about it.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let Position { line, column } = self.position;
        write!(f, "{}:{line}:{column}: {severity}: {}", self.path.display(), self.message)?;
        match &self.help {
            Some(help) => write!(f, "\n  help: {help}"),
            None => Ok(()),
        }
    }
}

/// Everything found in one run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Sorted by file, then position, once [`Report::finish`] ran.
    pub diagnostics: Vec<Diagnostic>,
    /// One line on what was read.
    pub summary: String,
}

impl Report {
    /// Adds one problem.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Whether anything must be mended before the site can be written.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// Problems of one severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// Sorts; with `strict`, warnings become errors.
    pub fn finish(&mut self, strict: bool) {
        if strict {
            self.diagnostics.iter_mut().for_each(|found| found.severity = Severity::Error);
        }
        self.diagnostics.sort_by(|a, b| {
            (&a.path, a.position, &a.message).cmp(&(&b.path, b.position, &b.message))
        });
        self.diagnostics.dedup();
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for diagnostic in &self.diagnostics {
            writeln!(f, "{diagnostic}")?;
        }
        let (errors, warnings) = (self.count(Severity::Error), self.count(Severity::Warning));
        if !self.summary.is_empty() {
            write!(f, "{}; ", self.summary)?;
        }
        write!(f, "{errors} error{}, {warnings} warning{}", plural(errors), plural(warnings))
    }
}

/// The ending of an English plural.
pub fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters() {
        let source = Source::new(Path::new("a.md"), "一二\r\n三四".into()).unwrap();
        assert_eq!(source.position(0), Position { line: 1, column: 1 });
        assert_eq!(source.position("一二\n三".len()), Position { line: 2, column: 2 });
        assert_eq!(source.position(10_000), Position { line: 2, column: 3 });
    }

    #[test]
    fn other_encodings_are_named_by_byte() {
        let check = |bytes: &[u8], want: &str| {
            let error = Source::new(Path::new("a.md"), bytes.to_vec()).unwrap_err();
            assert_eq!(error.message, want);
        };
        check(b"ab\nc\xE9d", "not UTF-8: byte 4 is 0xe9");
        check(b"\xFF\xFEa\0", "not UTF-8: byte 0 is 0xff (it looks like UTF-16)");
    }
}
