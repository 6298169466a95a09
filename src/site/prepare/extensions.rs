//! kramdown's extensions (kramdown: syntax, Extensions): `{::comment}` and what is in it goes,
//! `{::nomarkdown}` and `{::options /}` go and leave what is between them.

use std::ops::Range;

use super::attributes;
use super::code::Code;
use super::edits::Marks;
use super::lines::{self, Lines};

/// Marks every extension outside code.
pub(super) fn extensions(text: &str, lines: &Lines<'_>, code: &Code) -> Marks {
    let mut marks = Marks::default();
    let mut at = 0;
    // Whether the rest may have an end of a comment within a line or on a line of its own, so
    // that it isn't looked for again and again.
    let mut may_end = [true; 2];
    while let Some(start) = text[at..].find("{:").map(|found| at + found) {
        at = start + 2;
        if let Some(stretch) = code.at(start) {
            at = stretch.range.end;
            continue;
        }
        let Some((end, name)) = mark(text, start) else { continue };
        at = end;
        let opens_comment = name == Some("comment") && !text[..end].ends_with("/}");
        if !opens_comment {
            remove(&mut marks, lines, start..end);
            continue;
        }
        let alone = lines.prefix(start).1 && lines.ends(end);
        let may_end = &mut may_end[usize::from(alone)];
        let stop = if *may_end { comment_end(text, lines, end, alone) } else { None };
        match stop {
            Some(stop) => {
                at = stop;
                remove(&mut marks, lines, start..stop);
            }
            None => {
                *may_end = false;
                let help = "close it with `{:/comment}`";
                let message = "`{::comment}` is never closed, only the mark is left out".to_owned();
                marks.warn(start..end, message, help);
                remove(&mut marks, lines, start..end);
            }
        }
    }
    marks
}

/// The end of an extension's mark, with its name if it is a first one.
fn mark(text: &str, start: usize) -> Option<(usize, Option<&str>)> {
    let rest = &text[start + 2..];
    if text[..start].ends_with('\\') {
        return None;
    }
    if let Some(stop) = rest.strip_prefix('/') {
        let name = stop.split_once('}')?.0;
        let known = matches!(name, "" | "comment" | "nomarkdown" | "options");
        return known.then_some((start + 2 + 1 + name.len() + 1, None));
    }
    let opening = rest.strip_prefix(':')?;
    let name = ["comment", "nomarkdown", "options"].into_iter().find(|name| {
        let rest = opening.strip_prefix(name);
        rest.is_some_and(|rest| rest.starts_with([' ', '\n', '/', '}']))
    })?;
    Some((attributes::end(text, start)?, Some(name)))
}

/// Where a comment's end mark ends. For a block it must be alone on its line, too.
fn comment_end(text: &str, lines: &Lines<'_>, from: usize, alone: bool) -> Option<usize> {
    let marks = text[from..].match_indices("{:/").map(|(at, _)| from + at);
    let ends = marks.filter_map(|at| {
        let end = ["{:/}", "{:/comment}"].into_iter().find(|end| text[at..].starts_with(end))?;
        Some((at, at + end.len()))
    });
    let mut fitting =
        ends.filter(|(start, end)| !alone || (lines.prefix(*start).1 && lines.ends(*end)));
    fitting.next().map(|(_, end)| end)
}

/// Takes a stretch away. One of whole lines ends a block and leaves an empty line only where one
/// is needed.
fn remove(marks: &mut Marks, lines: &Lines<'_>, range: Range<usize>) {
    let (first, last) = (lines.number(range.start), lines.number(range.end));
    let (prefix, starts) = lines.prefix(range.start);
    let whole = starts && prefix.len() == lines::quote_prefix(prefix) && lines.ends(range.end);
    match whole {
        true => remove_lines(marks, lines, first, last),
        false => marks.replace(range, ""),
    }
}

/// Takes whole lines away. An empty line stays where the blocks around would become one; not
/// between the items of a list, which would drift apart.
pub(super) fn remove_lines(marks: &mut Marks, lines: &Lines<'_>, first: usize, last: usize) {
    let (start, end) = (lines.range(first).start, lines.range(last).end);
    let before = lines.before(first).filter(|line| !lines::is_blank(line));
    let after = lines.get(last + 1);
    let next = after.filter(|line| !lines::is_blank(line));
    let keep = match (before, next) {
        (Some(before), Some(next)) => {
            let mark = |line: &str| lines::item_prefix(line) != lines::quote_prefix(line);
            let in_list = mark(before) || before.starts_with([' ', '\t']);
            // kramdown's caption is a paragraph of its own; themes want it in the image's.
            let caption = before.trim().starts_with("![") && next.trim().starts_with(['_', '*']);
            !(caption && !mark(next) || in_list && mark(next))
        }
        _ => false,
    };
    if keep {
        let line = lines.get(first).unwrap_or_default();
        let prefix = &line[..lines::quote_prefix(line)];
        let common = before.map_or(0, |before| lines::quote_prefix(before).min(prefix.len()));
        marks.replace(start..end, prefix[..common].trim_end());
    } else if after.is_some() {
        marks.replace(start..end + 1, "");
    } else {
        marks.replace(start..end, "");
    }
}
