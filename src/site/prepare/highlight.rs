//! Liquid blocks whose inside is no Markdown: `{% highlight %}` becomes a fenced block, a
//! `{% comment %}` goes.
//!
//! This comes before the other tags, since only then it is known what all is code.

use std::ops::Range;

use super::edits::Marks;
use super::lines::{self, Lines};
use super::raw::bare;
use super::scan::{Kind, Scanner};

const NAMES: [&str; 2] = ["highlight", "comment"];
const ENDS: [&str; 2] = ["endhighlight", "endcomment"];

/// Marks every such block. The scanner must be at the beginning of the text.
pub(super) fn blocks(
    text: &str,
    lines: &Lines<'_>,
    mut scanner: Scanner<'_>,
    is_raw: impl Fn(usize) -> bool,
) -> Marks {
    let mut marks = Marks::default();
    let ends = ends(text, is_raw);
    while let Some(token) = scanner.next() {
        let (name, rest) = token.tag();
        let Some(which) = NAMES.iter().position(|known| *known == name) else { continue };
        if token.kind != Kind::Tag {
            continue;
        }
        let ends = &ends[which];
        let next = ends.partition_point(|end| end.start < token.range.end);
        let Some(end) = ends.get(next) else { continue };
        scanner.jump(end.end);
        if name == "comment" {
            marks.replace(token.range.start..end.end, "");
        } else {
            let code = &text[token.range.end..end.start];
            let fenced = fenced(code, rest, token.range.start, end.end, lines);
            marks.replace(token.range.start..end.end, fenced);
        }
    }
    marks
}

/// Where the end tags of each kind are.
fn ends(text: &str, is_raw: impl Fn(usize) -> bool) -> [Vec<Range<usize>>; 2] {
    let mut found = [Vec::new(), Vec::new()];
    for (start, _) in text.match_indices("{%") {
        if let Some((end, name)) = bare(text, start, &ENDS)
            && !is_raw(start)
        {
            found[usize::from(name == ENDS[1])].push(start..end);
        }
    }
    found
}

/// The code as a fenced block that stands where its tags were.
fn fenced(code: &str, arguments: &str, start: usize, end: usize, lines: &Lines<'_>) -> String {
    let (before, first) = lines.prefix(start);
    let indent = lines::continuation(before);
    // Jekyll takes the empty lines around the code away (lib/jekyll/tags/highlight.rb); the
    // first line's indentation is code, unless the line is the tag's own.
    let code = match code.rsplit_once('\n') {
        Some((code, last)) if lines::is_blank(last) => code.trim_end(),
        _ => code.trim_end(),
    };
    let content = code.len() - code.trim_start().len();
    let line_start = code[..content].rfind('\n').map(|at| at + 1);
    let code = &code[line_start.unwrap_or(content)..];
    let skipped = usize::from(line_start.is_none());
    let fence = "`".repeat(longest_run(code).max(2) + 1);
    let indented = code.lines().skip(skipped).all(|line| has_indent(line, &indent));
    // A block of HTML would take the fence in.
    let above = lines.before(lines.number(start)).map(str::trim).unwrap_or_default();
    let html = above.starts_with('<') || above.len() > 1 && above.ends_with('>');
    let mut out = if first && !html { String::new() } else { format!("\n{indent}") };
    out += &format!("{fence}{}\n", language(arguments));
    for (number, line) in code.lines().enumerate() {
        let keep = indented && number >= skipped;
        if !keep && (indent.contains('>') || !line.trim().is_empty()) {
            out += &indent;
        }
        out += line;
        out.push('\n');
    }
    out += &format!("{indent}{fence}");
    if !lines.ends(end) {
        out += &format!("\n{indent}");
    }
    out
}

fn has_indent(line: &str, indent: &str) -> bool {
    let wanted = indent.trim_end();
    (line.trim().is_empty() && wanted.is_empty())
        || line.starts_with(indent)
        || (line.starts_with(wanted) && line.len() == wanted.len())
}

/// The first word, in lower case as Jekyll has it; only what may be the name of a language.
fn language(arguments: &str) -> String {
    let known = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '.' | '+' | '#' | '_' | '-');
    arguments.chars().take_while(known).collect::<String>().to_ascii_lowercase()
}

/// The longest run of backticks.
fn longest_run(code: &str) -> usize {
    code.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}
