//! The text of a body in which formulas may stand, by the events of the browser's parser: never
//! code, raw HTML or the address of a link.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Parser, Tag, TagEnd};

use super::{Formula, Found};
use crate::markdown::options;

/// What a body has for formulas.
#[derive(Default)]
pub(super) struct Page {
    /// The texts in order.
    pub runs: Vec<Run>,
    /// Code fences that are marked as `math`.
    pub fences: Vec<Found>,
}

/// The inline content of one block.
#[derive(Default)]
pub(super) struct Run {
    /// From its first sign to its last; later lines with their `>`.
    pub range: Range<usize>,
    /// Where the content of each line starts.
    pub lines: Vec<usize>,
    /// What is no text, in order.
    pub opaque: Vec<Opaque>,
    /// The outermost links, in order.
    pub links: Vec<Range<usize>>,
    /// How many `>` stand before each line.
    pub quotes: usize,
    /// Whether it is a table's cell.
    pub is_cell: bool,
    /// Whether the block is a single line by its nature: a cell or a `#` heading.
    pub is_line: bool,
}

/// A part of a run that is no text.
pub(super) struct Opaque {
    /// Where it is.
    pub range: Range<usize>,
    /// Code, raw HTML and bare addresses stand in no formula. The brackets of a link may: `f[x](y)`
    /// is one to Markdown.
    pub is_hard: bool,
    /// Whether it is a code span.
    pub is_code: bool,
}

/// Reads a body.
pub(super) fn read(text: &str) -> Page {
    let mut reader = Reader { text, ..Reader::default() };
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        reader.event(event, range);
    }
    reader.finish_run();
    reader.page
}

impl Page {
    /// Whether there is text at an offset, and no code, tag or address.
    pub fn is_text(&self, at: usize) -> bool {
        let run = self.runs.get(self.runs.partition_point(|run| run.range.end <= at));
        run.is_some_and(|run| {
            let next = run.opaque.partition_point(|opaque| opaque.range.end <= at);
            let is_opaque = run.opaque.get(next).is_some_and(|opaque| opaque.range.start <= at);
            run.range.start <= at && !is_opaque
        })
    }
}

/// How many `>` stand before an offset in its line. `seen` has the last answer with its offset, so
/// that many cells of one line are counted once.
fn quotes(text: &str, at: usize, seen: &mut (usize, usize)) -> usize {
    let (before, count) = if seen.0 <= at { *seen } else { (0, 0) };
    let new = &text[before..at];
    let count = match new.rfind('\n') {
        Some(line) => new[line..].matches('>').count(),
        None => count + new.matches('>').count(),
    };
    *seen = (at, count);
    count
}

/// Where the content of a line starts: after white space and at most `quotes` signs `>`.
pub(super) fn content(text: &str, line: usize, mut quotes: usize) -> usize {
    let bytes = &text.as_bytes()[line..];
    let prefix = bytes.iter().take_while(|byte| match byte {
        b'>' if quotes > 0 => {
            quotes -= 1;
            true
        }
        byte => matches!(byte, b' ' | b'\t'),
    });
    line + prefix.count()
}

#[derive(Default)]
struct Reader<'a> {
    text: &'a str,
    page: Page,
    run: Option<Run>,
    /// The fence that is being read.
    fence: Option<Found>,
    /// The offset at which `>` were counted last in their line, and their number.
    seen: (usize, usize),
    /// Links and images that are open.
    open: Vec<Range<usize>>,
    /// Where the text of the innermost link ends.
    inner: usize,
    is_new_line: bool,
    is_code: bool,
    is_cell: bool,
    is_line: bool,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Text(text) if self.is_code => {
                if let Some(fence) = &mut self.fence {
                    fence.formula.tex.push_str(&text);
                }
            }
            Event::Start(Tag::Link { link_type, .. } | Tag::Image { link_type, .. }) => {
                self.extend(&range);
                if matches!(link_type, LinkType::Autolink | LinkType::Email) {
                    self.put(range.clone(), true, false);
                }
                self.inner = range.start + 1;
                self.open.push(range);
            }
            Event::End(TagEnd::Link | TagEnd::Image) => self.finish_link(range),
            Event::Code(_) => self.opaque(range, true),
            Event::InlineHtml(_) | Event::FootnoteReference(_) => self.opaque(range, false),
            Event::SoftBreak | Event::HardBreak => {
                self.extend(&range);
                self.is_new_line = true;
            }
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Html(_) | Event::Rule => self.finish_run(),
            _ => {
                self.extend(&range);
                self.inner = range.end;
            }
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => return self.extend(&range),
            Tag::Superscript | Tag::Subscript => return self.extend(&range),
            _ => self.finish_run(),
        }
        self.is_code = matches!(tag, Tag::CodeBlock(_));
        match tag {
            Tag::CodeBlock(CodeBlockKind::Fenced(name)) if &**name == "math" => {
                let quotes = quotes(self.text, range.start, &mut self.seen);
                let formula = Formula { range, tex: String::new(), display: true };
                self.fence = Some(Found { formula, quotes });
            }
            Tag::TableCell => self.is_cell = true,
            Tag::Heading { .. } => self.is_line = self.text[range.start..].starts_with('#'),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => self.inner = range.end,
            TagEnd::Superscript | TagEnd::Subscript => self.inner = range.end,
            _ => {
                self.finish_run();
                (self.is_code, self.is_cell, self.is_line) = (false, false, false);
                if let Some(mut fence) = self.fence.take() {
                    let formula = &mut fence.formula;
                    formula.tex = formula.tex.trim().to_owned();
                    let end = self.text[..formula.range.end].trim_end().len();
                    formula.range.end = end.max(formula.range.start);
                    self.page.fences.push(fence);
                }
            }
        }
    }

    /// Makes the run reach to the end of an event.
    fn extend(&mut self, range: &Range<usize>) {
        // The events of `\*` leave its backslash out.
        let is_escaped = self.text[..range.start].ends_with('\\');
        let start = range.start - usize::from(is_escaped);
        let (is_cell, is_line) = (self.is_cell, self.is_cell || self.is_line);
        let is_first = self.run.is_none();
        let (text, seen) = (self.text, &mut self.seen);
        let run = self.run.get_or_insert_with(|| {
            let quotes = quotes(text, start, seen);
            Run { range: start..range.end, quotes, is_cell, is_line, ..Run::default() }
        });
        if is_first || self.is_new_line {
            run.lines.push(start);
            self.is_new_line = false;
        }
        run.range.end = run.range.end.max(range.end);
    }

    fn opaque(&mut self, range: Range<usize>, is_code: bool) {
        self.extend(&range);
        self.inner = range.end;
        self.put(range, true, is_code);
    }

    fn put(&mut self, range: Range<usize>, is_hard: bool, is_code: bool) {
        if let Some(run) = &mut self.run {
            run.opaque.push(Opaque { range, is_hard, is_code });
        }
    }

    fn finish_link(&mut self, range: Range<usize>) {
        self.put(self.inner.min(range.end)..range.end, false, false);
        self.inner = range.end;
        self.open.pop();
        if let Some(run) = self.run.as_mut().filter(|_| self.open.is_empty()) {
            run.links.push(range);
        }
    }

    fn finish_run(&mut self) {
        self.page.runs.extend(self.run.take());
        self.open.clear();
        self.is_new_line = false;
    }
}
