//! Where code is: Liquid and kramdown syntax in it is shown, not used.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use crate::markdown::options;

/// A stretch to leave alone.
#[derive(Debug)]
pub(super) struct Stretch {
    pub(super) range: Range<usize>,
    /// A block, which no tag reaches across; inline code may stand within a tag.
    pub(super) block: bool,
}

/// All code of a text and its HTML comments, which nobody sees, in order.
#[derive(Debug, Default)]
pub(super) struct Code(Vec<Stretch>);

impl Code {
    pub(super) fn of(text: &str) -> Self {
        let mut code = Code::default();
        for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
            code.event(&event, range, text);
        }
        code
    }

    /// Notes an event of the parser; for callers that look for more in the same run.
    pub(super) fn event(&mut self, event: &Event<'_>, range: Range<usize>, text: &str) {
        match event {
            Event::Code(_) => self.push(range, false),
            Event::Start(Tag::CodeBlock(_)) => self.push(range, true),
            Event::InlineHtml(html) if html.starts_with("<!--") => self.push(range, false),
            Event::Start(Tag::HtmlBlock) => {
                let html = &text[range.clone()];
                let comment = html.trim_start().starts_with("<!--");
                if comment && let Some(end) = html.find("-->") {
                    self.push(range.start..range.start + end + 3, true);
                }
            }
            _ => {}
        }
    }

    fn push(&mut self, range: Range<usize>, block: bool) {
        if self.0.last().is_none_or(|last| last.range.end <= range.start) {
            self.0.push(Stretch { range, block });
        }
    }

    /// The first stretch that ends after an offset.
    pub(super) fn next(&self, offset: usize) -> Option<&Stretch> {
        self.0.get(self.0.partition_point(|stretch| stretch.range.end <= offset))
    }

    /// The stretch an offset is in.
    pub(super) fn at(&self, offset: usize) -> Option<&Stretch> {
        self.next(offset).filter(|stretch| stretch.range.start <= offset)
    }

    /// Whether a block of code begins between two offsets.
    pub(super) fn block_in(&self, range: Range<usize>) -> bool {
        let first = self.0.partition_point(|stretch| stretch.range.end <= range.start);
        let mut inside = self.0[first..].iter().take_while(|next| next.range.start < range.end);
        inside.any(|stretch| stretch.block)
    }
}
