//! Code line by line, for numbers, marks and patches.

use super::Piece;

/// The pieces of each line, without its line feed. A line feed at the end begins no line.
pub fn lines(pieces: Vec<Piece<'_>>) -> Vec<Vec<Piece<'_>>> {
    let mut lines = Vec::new();
    let mut line = Vec::new();
    for (token, text) in pieces {
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('\n') {
            if !before.is_empty() {
                line.push((token, before));
            }
            lines.push(std::mem::take(&mut line));
            rest = after;
        }
        if !rest.is_empty() {
            line.push((token, rest));
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// What a patch does with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// The line is new.
    Inserted,
    /// The line goes.
    Deleted,
}

impl Sign {
    /// The class in the page.
    pub fn class(self) -> &'static str {
        match self {
            Sign::Inserted => "inserted",
            Sign::Deleted => "deleted",
        }
    }

    /// What a line of code does. Where the code is a patch as a whole, the names of its files are
    /// neither new nor gone.
    pub fn in_code(line: &str, language: &str) -> Option<Self> {
        let patch =
            ["diff", "patch", "udiff"].iter().any(|name| language.eq_ignore_ascii_case(name));
        let name = patch && ["--- ", "+++ "].iter().any(|name| line.starts_with(name));
        Sign::of(line).filter(|_| !name)
    }

    /// The sign a line of a patch begins with.
    pub fn of(line: &str) -> Option<Self> {
        match line.as_bytes().first() {
            Some(b'+') => Some(Sign::Inserted),
            Some(b'-') => Some(Sign::Deleted),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Token, pieces};
    use super::*;

    #[test]
    fn lines_split_tokens() {
        let (c, k) = (Some(Token::Comment), Some(Token::Keyword));
        let check = |text, runs, want: &[&[Piece<'_>]]| assert_eq!(lines(pieces(text, runs)), want);
        check("a\n", "k", &[&[(k, "a")]]);
        check("a\n\nb", "", &[&[(None, "a")], &[], &[(None, "b")]]);
        check(
            "// a\n// b\nx y",
            "cck",
            &[&[(c, "// a")], &[(c, "// b")], &[(k, "x"), (None, " y")]],
        );
        check("", "", &[]);
        check("\n\n", "", &[&[], &[]]);
    }

    #[test]
    fn signs_stand_first() {
        let check = |line, want| assert_eq!(Sign::of(line), want, "{line:?}");
        check("+a", Some(Sign::Inserted));
        check("-", Some(Sign::Deleted));
        check(" -a", None);
        check("", None);
    }

    #[test]
    fn the_files_of_a_patch_are_neither_new_nor_gone() {
        let check = |line: &str, language: &str, want: Option<Sign>| {
            assert_eq!(Sign::in_code(line, language), want, "{language} {line}");
        };
        check("+a", "diff", Some(Sign::Inserted));
        check("--- a/x", "diff", None);
        check("--- a comment", "sql", Some(Sign::Deleted));
        check(" +", "diff", None);
        check("", "diff", None);
    }
}
