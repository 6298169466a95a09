//! What kramdown's attributes can belong to: the blocks and the inline elements of a text by
//! their ends.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::code::Code;
use crate::markdown::options;

/// The structure of a text.
#[derive(Default)]
pub(super) struct Blocks {
    pub(super) code: Code,
    pub(super) quotes: Vec<Quote>,
    pub(super) headings: Vec<Range<usize>>,
    pub(super) fences: Vec<Range<usize>>,
    /// Lists and the ends of the items in them.
    pub(super) lists: Vec<(Range<usize>, HashSet<usize>)>,
    pub(super) images: Vec<Image>,
    /// Ends of elements within paragraphs.
    pub(super) spans: HashSet<usize>,
    quotes_by_end: HashMap<usize, Vec<usize>>,
    images_by_end: HashMap<usize, usize>,
}

/// A block quote.
pub(super) struct Quote {
    pub(super) range: Range<usize>,
    /// How many quotes it is in.
    pub(super) depth: usize,
}

/// An image.
pub(super) struct Image {
    pub(super) range: Range<usize>,
    pub(super) destination: String,
    /// The end of the paragraph that it is the only image of.
    paragraph: usize,
}

impl Blocks {
    pub(super) fn of(text: &str) -> Self {
        let mut blocks = Blocks::default();
        let (mut depth, mut open, mut first_image) = (0_usize, Vec::new(), 0);
        for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
            blocks.code.event(&event, range.clone(), text);
            let end = range.start + text[range.clone()].trim_end().len();
            match event {
                Event::Start(Tag::BlockQuote(_)) => {
                    blocks.quotes_by_end.entry(end).or_default().push(blocks.quotes.len());
                    blocks.quotes.push(Quote { range: range.start..end, depth });
                    depth += 1;
                }
                Event::End(TagEnd::BlockQuote(_)) => depth = depth.saturating_sub(1),
                Event::Start(Tag::Heading { .. }) => blocks.headings.push(range.start..end),
                Event::Start(Tag::CodeBlock(pulldown_cmark::CodeBlockKind::Fenced(_))) => {
                    blocks.fences.push(range.start..end);
                }
                Event::Start(Tag::List(_)) => {
                    open.push(blocks.lists.len());
                    blocks.lists.push((range.start..end, HashSet::new()));
                }
                Event::End(TagEnd::List(_)) => drop(open.pop()),
                Event::Start(Tag::Item) => {
                    if let Some(list) = open.last() {
                        blocks.lists[*list].1.insert(end);
                    }
                }
                Event::Start(Tag::Paragraph) => first_image = blocks.images.len(),
                Event::End(TagEnd::Paragraph) => {
                    if let [image] = &mut blocks.images[first_image..] {
                        image.paragraph = end;
                    }
                }
                event => blocks.inline(event, range),
            }
        }
        blocks.index_images();
        blocks
    }

    fn inline(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::Image { dest_url, .. }) => {
                self.spans.insert(range.end);
                let (destination, paragraph) = (dest_url.into_string(), range.end);
                self.images.push(Image { range, destination, paragraph });
            }
            Event::Start(
                Tag::Link { .. }
                | Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Superscript
                | Tag::Subscript,
            )
            | Event::Code(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_) => {
                self.spans.insert(range.end);
            }
            _ => {}
        }
    }

    fn index_images(&mut self) {
        for (index, image) in self.images.iter().enumerate() {
            self.images_by_end.insert(image.paragraph, index);
            self.images_by_end.insert(image.range.end, index);
        }
    }

    /// The image that ends at an offset, or that is the only one of a paragraph that does.
    pub(super) fn image_before(&self, end: usize) -> Option<&Image> {
        self.images_by_end.get(&end).map(|index| &self.images[*index])
    }

    /// The quotes that end at an offset, the outermost first.
    pub(super) fn quotes_before(&self, end: usize) -> impl DoubleEndedIterator<Item = &Quote> {
        let indices = self.quotes_by_end.get(&end).into_iter().flatten();
        indices.map(|index| &self.quotes[*index])
    }

    /// The quotes that begin at an offset or further in on the same line.
    pub(super) fn quotes_after(&self, start: usize, line_end: usize) -> &[Quote] {
        let by_start = |at| self.quotes.partition_point(|quote| quote.range.start < at);
        &self.quotes[by_start(start)..by_start(line_end).max(by_start(start))]
    }
}

/// The range of some in order that ends at an offset.
pub(super) fn ending(ranges: &[Range<usize>], end: usize) -> Option<&Range<usize>> {
    let index = ranges.partition_point(|range| range.end < end);
    ranges.get(index).filter(|range| range.end == end)
}

/// The range of some in order that begins at an offset or further in on its line.
pub(super) fn beginning(
    ranges: &[Range<usize>],
    start: usize,
    line_end: usize,
) -> Option<&Range<usize>> {
    let index = ranges.partition_point(|range| range.start < start);
    ranges.get(index).filter(|range| range.start <= line_end)
}
