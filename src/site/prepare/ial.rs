//! kramdown's lines that say something on the block beside them (kramdown: syntax, Block IAL,
//! Attribute List Definitions, EOB marker). They go; what they say is noted for `apply`.

use super::attributes::{self, Attributes, Definitions};
use super::code::Code;
use super::edits::Marks;
use super::extensions::remove_lines;
use super::lines::{self, Lines};

/// Where the block is that a line belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// It ends here, but for white space.
    Before(usize),
    /// It begins here.
    After(usize),
}

/// What a line says on a block.
#[derive(Debug)]
pub(super) struct Note {
    pub(super) place: Place,
    pub(super) attributes: Attributes,
    /// The quote signs before the line: the block is in as many quotes.
    pub(super) depth: usize,
}

/// What a line of its own is.
enum Line {
    Definition(String, Attributes),
    Attributes(Attributes),
    EndOfBlock,
}

/// Lines of attributes of one block that count: what they say is looked up once for each.
const MOST_LINES: usize = 16;

/// What a definition says is repeated wherever it is named, so a line longer than this, in bytes,
/// defines nothing.
const LONGEST_DEFINITION: usize = 300;

/// Marks all such lines, collects the definitions, and notes what the others say.
pub(super) fn lines_alone(
    text: &str,
    lines: &Lines<'_>,
    code: &Code,
    definitions: &mut Definitions,
) -> (Marks, Vec<Note>) {
    let (mut marks, mut notes) = (Marks::default(), Vec::new());
    let mut done = 0;
    for (at, _) in text.match_indices(['{', '^']) {
        let first = lines.number(at);
        if at < done {
            continue;
        }
        let found = run(text, lines, code, first);
        let last = first + found.len().saturating_sub(1);
        done = lines.range(last).end + 1;
        if found.is_empty() {
            continue;
        }
        remove_lines(&mut marks, lines, first, last);
        let place = place(lines, first, last);
        for (number, line) in found {
            match line {
                Line::Definition(name, attributes) => {
                    if lines.range(number).len() <= LONGEST_DEFINITION {
                        definitions.insert(name, attributes);
                    }
                }
                Line::Attributes(attributes) => {
                    warn_if_unknown(&mut marks, lines, number, &attributes);
                    let depth = depth(lines, number);
                    let place = place.filter(|_| number < first + MOST_LINES);
                    notes.extend(place.map(|place| Note { place, attributes, depth }));
                }
                Line::EndOfBlock => {}
            }
        }
    }
    (marks, notes)
}

/// Such lines in a row, which are of one block, by their numbers.
fn run(text: &str, lines: &Lines<'_>, code: &Code, first: usize) -> Vec<(usize, Line)> {
    let rest = (first..).map(|number| (number, line(text, lines, code, number)));
    rest.map_while(|(number, line)| Some((number, line?))).collect()
}

/// The quote signs before a line's attributes.
fn depth(lines: &Lines<'_>, number: usize) -> usize {
    let line = lines.get(number).unwrap_or_default();
    line[..lines::quote_prefix(line)].bytes().filter(|byte| *byte == b'>').count()
}

/// What a line is, if it is nothing but a list of attributes, a definition or an EOB marker.
fn line(text: &str, lines: &Lines<'_>, code: &Code, number: usize) -> Option<Line> {
    let line = lines.get(number)?;
    let prefix = lines::quote_prefix(line);
    let start = lines.range(number).start + prefix;
    let content = line[prefix..].trim_end();
    if content == "^" {
        // Not further in: a sign below a line of text points at something.
        let indented = line[..prefix].replace("> ", "").replace('>', "");
        return (indented.is_empty() && code.at(start).is_none()).then_some(Line::EndOfBlock);
    }
    let inner = content.strip_prefix("{:")?.strip_suffix('}')?;
    let whole = attributes::end(text, start) == Some(start + content.len());
    if !whole || inner.starts_with([':', '/']) || code.at(start).is_some() {
        return None;
    }
    if let Some((name, list)) = inner.split_once(':')
        && !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
    {
        return Some(Line::Definition(name.to_owned(), attributes::parse(list)));
    }
    let attributes = attributes::parse(inner);
    let known = !attributes.is_empty() || (attributes.valid && !inner.is_empty());
    known.then_some(Line::Attributes(attributes))
}

/// The block before the lines, unless an empty line parts them; else the one after.
fn place(lines: &Lines<'_>, first: usize, last: usize) -> Option<Place> {
    if let Some(before) = lines.before(first).filter(|line| !line.trim().is_empty()) {
        return Some(Place::Before(lines.range(first - 1).start + before.trim_end().len()));
    }
    let after = lines.get(last + 1).filter(|line| !line.trim().is_empty())?;
    let indent = after.len() - after.trim_start().len();
    Some(Place::After(lines.range(last + 1).start + indent))
}

/// Words alone may be a sentence that was meant to be read.
fn warn_if_unknown(marks: &mut Marks, lines: &Lines<'_>, number: usize, list: &Attributes) {
    let known = |name: &String| matches!(name.as_str(), "toc" | "footnotes");
    if list.valid && (list.is_certain() || list.names.len() < 2 || list.names.iter().any(known)) {
        return;
    }
    let range = lines.range(number);
    let line = lines.get(number).unwrap_or_default();
    let range = range.start + lines::quote_prefix(line)..range.start + line.trim_end().len();
    let message = format!("kramdown attributes `{}` can't be read, they are left out", line.trim());
    marks.warn(
        range,
        message,
        "write them as `{: #id .class key=\"value\" }`, or escape the brace",
    );
}
