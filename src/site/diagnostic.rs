//! What is wrong with the input: every problem with its file, line, column and mend. `report` puts
//! them together and draws them.

use std::fmt;
use std::ops::Range;
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
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
    /// The line it is about; `None` where the whole file is meant.
    pub excerpt: Option<Box<Excerpt>>,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong: lower case, no full stop, the value quoted.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// What it has in common with others, so that the first of them stands for all.
    pub group: Option<Box<str>>,
}

/// A line of the file, or a piece of a long one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The piece.
    pub text: String,
    /// What to underline, in bytes of `text`; empty for a single place.
    pub marked: Range<usize>,
}

/// Around the marked place, at most so many characters of a line are shown on each side.
const AROUND: usize = 40;

/// Of one kind at most so many problems of a file are listed: nobody reads more at once, and each
/// takes a walk through the file.
pub const MOST_LISTED: usize = 200;

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
        self.error_in(offset..offset, message)
    }

    /// An error of a byte range; one outside the file stands for its beginning.
    pub fn error_in(&self, range: Range<usize>, message: impl Into<String>) -> Diagnostic {
        let range = if range.start > self.text.len() { 0..0 } else { range };
        Diagnostic {
            path: self.path.clone(),
            position: self.position(range.start),
            excerpt: excerpt(&self.text, range).map(Box::new),
            severity: Severity::Error,
            message: message.into(),
            help: None,
            group: None,
        }
    }

    /// A warning at a byte offset.
    pub fn warning(&self, offset: usize, message: impl Into<String>) -> Diagnostic {
        self.warning_in(offset..offset, message)
    }

    /// What stands for the problems above [`MOST_LISTED`].
    pub fn and_more(&self) -> Diagnostic {
        let message =
            format!("more than {MOST_LISTED} problems of one kind, the rest is not listed");
        Diagnostic::file_warning(&self.path, message)
            .help("mend those that are listed, then look again")
    }

    /// A warning of a byte range.
    pub fn warning_in(&self, range: Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..self.error_in(range, message) }
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

/// The line of a range, cut where it is long; a range of several lines is marked on its first.
fn excerpt(text: &str, range: Range<usize>) -> Option<Excerpt> {
    let (before, after) = text.split_at_checked(range.start)?;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let line_end = range.start + after.find('\n').unwrap_or(after.len());
    let end = if text.is_char_boundary(range.end) { range.end } else { range.start };
    let end = end.clamp(range.start, line_end);
    let (left, right) = (&text[start..range.start], &text[end..line_end]);
    let left_at = left.char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
    let right_at = right.char_indices().nth(AROUND).map_or(right.len(), |(at, _)| at);
    let lead = if left_at > 0 { "…" } else { "" };
    let trail = if right_at < right.len() { "…" } else { "" };
    let marked = shown(&text[range.start..end]);
    let left = format!("{lead}{}", &left[left_at..]);
    Some(Excerpt {
        marked: left.len()..left.len() + marked.trim_end_matches('…').trim_end().len(),
        text: format!("{left}{marked}{}{trail}", &right[..right_at]),
    })
}

/// The marked part, cut where it is long itself.
fn shown(marked: &str) -> String {
    match marked.char_indices().nth(AROUND) {
        Some((at, _)) => format!("{}…", &marked[..at]),
        None => marked.to_owned(),
    }
}

fn not_utf8(path: &Path, error: &std::string::FromUtf8Error) -> Diagnostic {
    let bytes = error.as_bytes();
    let offset = error.utf8_error().valid_up_to();
    let guess = match bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => " (it looks like UTF-16)",
        _ => "",
    };
    Diagnostic {
        position: position(bytes, offset),
        message: format!("not UTF-8: byte {offset} is 0x{:02x}{guess}", bytes[offset]),
        ..Diagnostic::file_error(path, "")
    }
    .help("save the file as UTF-8 in your editor")
}

impl Diagnostic {
    /// A problem of a whole file, shown at its beginning.
    pub fn file_error(path: &Path, message: impl Into<String>) -> Self {
        Diagnostic {
            path: path.to_owned(),
            position: Position { line: 1, column: 1 },
            excerpt: None,
            severity: Severity::Error,
            message: message.into(),
            help: None,
            group: None,
        }
    }

    /// The same as a warning.
    pub fn file_warning(path: &Path, message: impl Into<String>) -> Self {
        Diagnostic { severity: Severity::Warning, ..Self::file_error(path, message) }
    }

    /// The same as one of a group, of which the report shows the first and counts the rest.
    pub fn grouped(self, group: impl Into<String>) -> Self {
        Diagnostic { group: Some(group.into().into_boxed_str()), ..self }
    }

    /// The same with what to do about it.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// On one line, with the help on the next; `report` draws the excerpt as well.
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
    fn excerpts_are_one_line_and_no_wider_than_a_screen() {
        let check = |text: &str, range: Range<usize>, want: &str, marked: &str| {
            let got = excerpt(text, range).unwrap();
            assert_eq!((&*got.text, &got.text[got.marked.clone()]), (want, marked));
        };
        check("一: 二\nb", 5..8, "一: 二", "二");
        check("a\nb: c\n  d\n", 5..10, "b: c", "c");
        let long = format!("{}x{}", "左".repeat(200), "右".repeat(200));
        let want = format!("…{}x{}…", "左".repeat(AROUND), "右".repeat(AROUND));
        check(&long, 600..601, &want, "x");
        assert_eq!(excerpt("二", 1..2), None);
        check("二", 0..99, "二", "");
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
