//! Splitting a file into its front matter and its body.

use std::ops::Range;

use super::diagnostic::{Diagnostic, Source};

/// The two parts of a file, as byte ranges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The YAML between the fences.
    pub yaml: Range<usize>,
    /// What follows the closing fence.
    pub body: Range<usize>,
}

const HELP: &str = "begin the file with a line `---`, then `title: …` and `date: …`, then `---`";

/// Front matter begins with `---` at the first byte and ends with a line `---` or `...`.
pub fn split(source: &Source) -> Result<Parts, Diagnostic> {
    let text = &source.text;
    if text.trim().is_empty() {
        return Err(source.error(0, "the file is empty").help(HELP));
    }
    let mut lines = text.split_inclusive('\n');
    let opening = lines.next().unwrap_or_default();
    if opening.trim_end() != "---" {
        return Err(source.error(0, "no front matter").help(HELP));
    }
    let start = opening.len();
    let mut at = start;
    for line in lines {
        if matches!(line.trim_end(), "---" | "...") {
            check_characters(source, start..at)?;
            return Ok(Parts { yaml: start..at, body: at + line.len()..text.len() });
        }
        at += line.len();
    }
    let error = source.error(0, "the front matter that opens here is never closed");
    Err(error.help("add a line `---` after its last key"))
}

/// Control characters mean nothing in YAML, and are seldom seen in an editor (FAULTS row 12).
fn check_characters(source: &Source, yaml: Range<usize>) -> Result<(), Diagnostic> {
    let control = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    let Some(at) = source.text[yaml.clone()].find(control) else { return Ok(()) };
    let at = yaml.start + at;
    let bad = source.text[at..].chars().next().unwrap_or_default();
    let range = at..at + bad.len_utf8();
    let message = format!("the front matter holds the control character {bad:?}");
    Err(source.error_in(range, message).help("delete it"))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn files_are_split_or_the_fault_is_named() {
        let check = |text: &str, want: Result<(&str, &str), &str>| {
            let source = Source::new(Path::new("a.md"), text.into()).unwrap();
            let got = split(&source);
            match want {
                Ok((yaml, body)) => {
                    let parts = got.unwrap();
                    assert_eq!((&source.text[parts.yaml], &source.text[parts.body]), (yaml, body));
                }
                Err(message) => assert!(got.unwrap_err().to_string().contains(message), "{text}"),
            }
        };
        check("---\na: 1\n---\nbody\n", Ok(("a: 1\n", "body\n")));
        check("\u{FEFF}---\r\na: 1\r\n...\r\nbody", Ok(("a: 1\n", "body")));
        check("---\n---\n", Ok(("", "")));
        check("---\na: 1\n", Err("a.md:1:1: error: the front matter that opens here"));
        check("# x\n", Err("a.md:1:1: error: no front matter"));
        check(" \n", Err("the file is empty"));
    }
}
