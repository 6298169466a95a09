//! Formulas of a post: TeX in the Markdown, MathML in the page. Native: the build does it all, the
//! browser makes elements of an allow-list ([`ELEMENTS`], [`ATTRIBUTES`]).
//!
//! 1. [`formulas`]: where the Markdown has formulas. `page` finds the text in which one may stand,
//!    `display` those with lines of their own, `inline` the others, by the rules told there.
//! 2. [`mathml`]: `tex` rewrites what the converter doesn't know, `convert` runs it, `tree` reads
//!    its answer, `clean` keeps what the lists of `allow` have, `write` makes one line of inline HTML.

mod allow;
mod clean;
mod convert;
mod display;
mod inline;
mod page;
mod tex;
mod tree;
mod write;

pub use allow::{ATTRIBUTES, ELEMENTS, LAYOUTS, is_allowed};
pub use convert::{MAX_COMMANDS, MAX_DEPTH, MAX_LENGTH, mathml};

use std::ops::Range;

/// A formula as it stands in Markdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula {
    /// Where it is, in bytes, with its dollar signs, brackets or fence.
    pub range: Range<usize>,
    /// What is between the signs, without the `>` of a quote and the white space around it.
    pub tex: String,
    /// Whether it has lines of its own.
    pub display: bool,
}

/// The formulas of a body, in order, none within another.
pub fn formulas(markdown: &str) -> Vec<Formula> {
    if !["$", "\\\\(", "\\\\[", "math"].iter().any(|sign| markdown.contains(sign)) {
        return Vec::new();
    }
    let page = page::read(markdown);
    let mut found = display::blocks(markdown, &page.runs);
    // Markdown may take a line of a formula for a list; without them what follows reads right.
    let masked = (!found.is_empty()).then(|| masked(markdown, &found));
    let (text, page) = match &masked {
        Some(masked) => (masked.as_str(), page::read(masked)),
        None => (markdown, page),
    };
    for run in &page.runs {
        let inside = inline::formulas(text, run).into_iter();
        found.extend(inside.map(|formula| Found { formula, quotes: run.quotes }));
    }
    found.extend(page.fences);
    found.sort_by_key(|found| found.formula.range.start);
    let mut end = front_matter(markdown);
    found.retain(|Found { formula, .. }| {
        let apart = formula.range.start >= end && !formula.tex.is_empty();
        end = if apart { formula.range.end } else { end };
        apart
    });
    settled(markdown, found).into_iter().map(|found| found.formula).collect()
}

/// A formula and how many `>` stand before each of its lines.
struct Found {
    formula: Formula,
    quotes: usize,
}

/// The formulas whose places are text once all of them are one word each: where a formula parted
/// two paragraphs, a code span may now reach over it.
fn settled(markdown: &str, mut found: Vec<Found>) -> Vec<Found> {
    for _ in 0..3 {
        let (mut text, mut places, mut done) = (String::new(), Vec::new(), 0);
        for Found { formula, .. } in &found {
            text.push_str(&markdown[done..formula.range.start]);
            places.push(text.len());
            text.push('x');
            done = formula.range.end;
        }
        text.push_str(&markdown[done..]);
        let page = page::read(&text);
        let mut kept = places.iter().map(|place| page.is_text(*place));
        let count = found.len();
        found.retain(|_| kept.next().unwrap_or(false));
        if found.len() == count {
            break;
        }
    }
    found
}

/// The text with letters in place of the formulas, each byte where it was.
fn masked(text: &str, all: &[Found]) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut done = 0;
    for Found { formula, quotes } in all {
        masked.push_str(&text[done..formula.range.start]);
        done = formula.range.start;
        for line in text[formula.range.clone()].split_inclusive('\n') {
            let is_first = done == formula.range.start;
            let prefix = if is_first { 0 } else { page::content(line, 0, *quotes) };
            let end = line.trim_end_matches(['\n', '\r']).len().max(prefix);
            masked.push_str(&line[..prefix]);
            masked.extend(std::iter::repeat_n('x', end - prefix));
            masked.push_str(&line[end..]);
            done += line.len();
        }
    }
    masked.push_str(&text[done..]);
    masked
}

/// Where the front matter ends, should the text have one; 0 otherwise.
fn front_matter(markdown: &str) -> usize {
    let mut lines = markdown.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else { return 0 };
    let mut end = first.len();
    for (number, line) in lines.enumerate() {
        let key = line.split_once(':').map_or("", |(key, _)| key);
        let is_key =
            !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || "_-".contains(c));
        if number == 0 && !is_key {
            return 0;
        }
        end += line.len();
        if line.trim_end() == "---" {
            return end;
        }
    }
    0
}

/// A formula's source without the `>` of the quotes around it. In a table `\|` is `|`.
fn source(text: &str, quotes: usize, is_cell: bool) -> String {
    let mut lines = text.split('\n');
    let mut source = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        source.push('\n');
        source.push_str(&line[page::content(line, 0, quotes)..]);
    }
    let source = source.trim();
    if is_cell { source.replace("\\|", "|") } else { source.to_owned() }
}

#[cfg(test)]
mod tests;
