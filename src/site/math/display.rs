//! Formulas with lines of their own: `$$…$$` and `\\[…\\]` where nothing else stands on the first
//! and the last line. They are found in the source and not in the events, as Markdown takes a line
//! such as `+ b` for a list and `=` for a heading's rule. A blank line ends the search.

use std::ops::Range;

use super::page::{Run, content};
use super::{Formula, Found, source};

/// The display formulas of all texts, in order.
pub(super) fn blocks(text: &str, runs: &[Run]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut done = 0;
    for run in runs.iter().filter(|run| !run.is_line) {
        for line in &run.lines {
            if *line < done {
                continue;
            }
            if let Some((range, inside)) = block(text, *line, run.quotes) {
                let tex = source(&text[inside], run.quotes, false);
                done = range.end;
                let formula = Formula { range, tex, display: true };
                found.push(Found { formula, quotes: run.quotes });
            }
        }
    }
    found
}

/// The formula that starts here: with its signs, and what is between them.
fn block(text: &str, start: usize, quotes: usize) -> Option<(Range<usize>, Range<usize>)> {
    let (open, close) = match &text[start..] {
        rest if rest.starts_with("$$") && !rest.starts_with("$$$") => ("$$", "$$"),
        rest if rest.starts_with("\\\\[") => ("\\\\[", "\\\\]"),
        _ => return None,
    };
    let inside = start + open.len();
    let mut at = inside;
    loop {
        let length = text[at..].find('\n').unwrap_or(text.len() - at);
        let line = &text[at..at + length];
        let is_first = at == inside;
        if !is_first && (line.trim().is_empty() || line.starts_with(open) && open != close) {
            return None;
        }
        if let Some(found) = find(line, close) {
            let end = at + found + close.len();
            let is_alone = text[end..at + length].trim().is_empty();
            return is_alone.then_some((start..end, inside..at + found));
        }
        let next = at + length + 1;
        if next > text.len() {
            return None;
        }
        at = content(text, next, quotes);
    }
}

/// Where a sign is that no backslash stands before.
fn find(line: &str, sign: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(rest) = line.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with(sign) {
            return Some(at);
        }
        let mut chars = rest.chars();
        let first = chars.next().map_or(1, char::len_utf8);
        let escaped = rest.starts_with('\\').then(|| chars.next().map_or(0, char::len_utf8));
        at += first + escaped.unwrap_or(0);
    }
    None
}
