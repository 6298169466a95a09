//! From pulldown-cmark's events to nodes: a stack of open containers, closed as they end.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::node::Definition;
use super::open::{self, Open};
use super::{Article, Footnote, Href, Item, Node};
use super::{FREE_PARTS, MAX_DEPTH, PARTS_PER_BYTE};
use super::{cjk, script};
use crate::text::is_cjk;

#[derive(Default)]
pub(super) struct Builder<'a> {
    source: &'a str,
    pub(super) article: Article,
    /// Open containers, each with the children it has so far; the root is below all.
    pub(super) stack: Vec<(Open, Vec<Node>)>,
    /// For each open container, the one in `stack` that takes its children: itself, or for a flat
    /// one the next further out, so that deep nesting moves no node twice; `None` for the root.
    homes: Vec<Option<usize>>,
    root: Vec<Node>,
    /// Images that are open.
    pub(super) images: usize,
    /// Links that are open; a link in a link is only text.
    pub(super) links: usize,
    /// Columns times rows of cells of more than one.
    pub(super) spans: usize,
    /// Blocks of code so far.
    blocks: usize,
    /// The place of a footnote in `notes`, by label.
    numbers: HashMap<String, usize>,
    /// Label and references of each footnote, from number 1.
    notes: Vec<(String, u32)>,
    definitions: HashMap<String, Vec<Node>>,
}

/// Consumes a parser's events.
pub(super) fn build<'a>(
    events: impl Iterator<Item = (Event<'a>, Range<usize>)>,
    source: &'a str,
) -> Article {
    let mut builder = Builder { source, ..Builder::default() };
    let most = FREE_PARTS + source.len() * PARTS_PER_BYTE;
    for (count, (event, range)) in events.enumerate() {
        if count >= most {
            builder.article.cut = Some(range.start);
            break;
        }
        builder.event(event, range.start);
    }
    builder.finish()
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, offset: usize) {
        use Event::{Code, FootnoteReference, HardBreak, Rule, Start};
        if matches!(event, Start(_) | Code(_) | HardBreak | Rule | FootnoteReference(_)) {
            self.end_math();
        }
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(_) => self.end(),
            Event::Text(text) | Event::Html(text) if self.in_code() => {
                self.piece(offset);
                self.push(Node::Text(clean(&text)));
            }
            Event::Text(text) if self.in_math() => self.push(Node::Text(visible(&text))),
            Event::Text(text) => {
                let marked = script::mark(&clean(&text), self.source, offset);
                let marked = cjk::unmark(&marked).into_owned();
                if !marked.is_empty() {
                    self.push(Node::Text(marked));
                }
            }
            Event::Code(code) => self.push(Node::Code(visible(&code))),
            Event::InlineHtml(html) | Event::Html(html) => {
                self.raw_html(&html, &[(0, offset)], true);
            }
            Event::SoftBreak => self.push(Node::SoftBreak),
            Event::HardBreak => self.push(Node::element("br", Vec::new())),
            Event::Rule => {
                self.end_paragraph();
                self.push(Node::element("hr", Vec::new()));
            }
            Event::TaskListMarker(done) => self.task(done),
            Event::FootnoteReference(label) => self.reference(&label),
            // Not enabled: shown as written.
            Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.push(Node::Text(visible(&text)));
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        if open::is_block(&tag) {
            self.end_paragraph();
        }
        let open = match tag {
            // An image in the text of another one is only text.
            Tag::Image { .. } if self.images > 0 => Open::Flat,
            // These carry the text of a table, an item or an image, so they stay at any depth.
            Tag::Image { dest_url, title, .. } => {
                self.images += 1;
                Open::Image { src: Href::image(&cjk::unmark(&dest_url)), title: visible(&title) }
            }
            Tag::FootnoteDefinition(label) => Open::Footnote(label.into_string()),
            Tag::Link { .. } if self.links > 0 => Open::Flat,
            tag if self.stack.len() >= MAX_DEPTH => open::shallow(tag),
            tag => open::open(tag),
        };
        self.links += usize::from(matches!(open, Open::Link { .. }));
        self.open(open);
    }

    pub(super) fn open(&mut self, open: Open) {
        let home = match open {
            Open::Flat => self.homes.last().copied().flatten(),
            _ => Some(self.stack.len()),
        };
        self.homes.push(home);
        self.stack.push((open, Vec::new()));
    }

    /// Ends a container of the parser, and the raw HTML that was left open within.
    fn end(&mut self) {
        while self.stack.last().is_some_and(|(open, _)| open.raw().is_some()) {
            self.close();
        }
        self.close();
    }

    /// Ends the innermost container.
    pub(super) fn close(&mut self) {
        let Some((open, children)) = self.stack.pop() else { return };
        self.homes.pop();
        self.images -= usize::from(matches!(open, Open::Image { .. }));
        self.links -= usize::from(matches!(open, Open::Link { .. } | Open::RawLink(..)));
        if let Open::Html(pieces) = &open {
            return self.raw_html(&super::plain_text(&children), pieces, false);
        }
        let children = script::resolve(children);
        match open {
            Open::Inline(name) => self.push(Node::element(name, children)),
            Open::Raw(element) => self.push(open::raw_node(element, children)),
            Open::Paragraph => self.push(Node::Paragraph(children)),
            Open::Heading(level) => {
                self.push(Node::Heading { level, id: String::new(), children });
            }
            Open::Link { href: Some(href), title } | Open::RawLink(href, title) => {
                self.push(Node::Link { href, title, children });
            }
            Open::Image { src: Some(src), title } => {
                let alt = super::plain_text(&children);
                self.push(Node::Image { src, alt, title });
            }
            Open::Link { href: None, .. } | Open::Image { src: None, .. } | Open::Flat => {
                children.into_iter().for_each(|node| self.push(node));
            }
            Open::List(start, items) => self.push(Node::List { start, items }),
            Open::Quote(alert) => self.push(Node::Quote { alert, children }),
            Open::Code(info) => {
                let index = self.blocks;
                self.blocks += 1;
                let text = cjk::unmark(&super::plain_text(&children)).into_owned();
                self.push(Node::CodeBlock { info, text, index });
            }
            Open::Table(alignments, head, rows) => {
                self.push(Node::Table { alignments, head, rows });
            }
            Open::Definitions(list) => self.push(Node::Definitions(list)),
            Open::Footnote(label) => drop(self.definitions.entry(label).or_insert(children)),
            open => self.end_part(open, children),
        }
    }

    /// Ends what belongs to a list, a table or a definition list rather than to the text.
    fn end_part(&mut self, open: Open, children: Vec<Node>) {
        let parent = self.stack.last_mut().map(|(open, _)| open);
        match (open, parent) {
            (Open::Item(task), Some(Open::List(_, items))) => items.push(Item { task, children }),
            (Open::Cell, Some(Open::Row(cells))) => cells.push(children),
            (Open::Row(cells), Some(Open::Table(_, head, rows))) => {
                if head.is_empty() {
                    *head = cells
                } else {
                    rows.push(cells)
                }
            }
            (Open::Term, Some(Open::Definitions(list))) => list.push(Definition::Term(children)),
            (Open::Detail, Some(Open::Definitions(list))) => {
                list.push(Definition::Detail(children));
            }
            (_, _) => children.into_iter().for_each(|node| self.push(node)),
        }
    }

    pub(super) fn push(&mut self, node: Node) {
        let mut home = self.homes.last().copied().flatten();
        while let Some(at) = home.filter(|at| !self.fits(*at, &node)) {
            home = at.checked_sub(1).and_then(|below| self.homes[below]);
        }
        let siblings = match home.and_then(|home| self.stack.get_mut(home)) {
            Some((_, children)) => children,
            None => &mut self.root,
        };
        // A line end between two Chinese characters is not a space (CSS Text 3, section 4.1.3).
        if let (Node::Text(next), Some(Node::SoftBreak)) = (&node, siblings.last())
            && let Some(Node::Text(before)) = siblings.iter().rev().nth(1)
            && before.chars().next_back().is_some_and(is_cjk)
            && next.chars().next().is_some_and(is_cjk)
        {
            siblings.pop();
        }
        if let (Node::Text(next), Some(Node::Text(before))) = (&node, siblings.last_mut()) {
            before.push_str(next);
        } else {
            siblings.push(node);
        }
    }

    /// Whether text is to stay as it is: in code, raw HTML and the alt text of images.
    fn in_code(&self) -> bool {
        self.images > 0 || matches!(self.stack.last(), Some((Open::Code(_) | Open::Html(_), _)))
    }

    /// Remembers where a piece of raw HTML stands in the body.
    fn piece(&mut self, offset: usize) {
        if let Some((Open::Html(pieces), children)) = self.stack.last_mut() {
            let before = children.iter().map(|node| match node {
                Node::Text(text) => text.len(),
                _ => 0,
            });
            pieces.push((before.sum(), offset));
        }
    }

    fn task(&mut self, done: bool) {
        let item = self.stack.iter_mut().rev().find_map(|(open, _)| match open {
            Open::Item(task) => Some(task),
            _ => None,
        });
        if let Some(task) = item {
            *task = Some(done);
        }
    }

    fn reference(&mut self, label: &str) {
        let next = self.notes.len();
        let at = *self.numbers.entry(label.to_owned()).or_insert(next);
        if at == next {
            self.notes.push((label.to_owned(), 0));
        }
        if let Some((_, references)) = self.notes.get_mut(at) {
            *references += 1;
            let occurrence = *references;
            self.push(Node::FootnoteReference { number: at as u32 + 1, occurrence });
        }
    }

    fn finish(mut self) -> Article {
        while !self.stack.is_empty() {
            self.end();
        }
        for (label, references) in self.notes {
            let children = self.definitions.remove(&label).unwrap_or_default();
            self.article.footnotes.push(Footnote { children, references });
        }
        self.article.nodes = script::resolve(self.root);
        self.article
    }
}

/// NUL and other control characters can't stand in HTML; U+FFFD is CommonMark's own replacement.
pub(super) fn visible(text: &str) -> String {
    clean(&cjk::unmark(text))
}

/// The same with the letters that `cjk` put in, so that offsets stay.
fn clean(text: &str) -> String {
    let control = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    let no_character = |c: char| matches!(c, '\u{FDD0}'..='\u{FDEF}');
    text.chars()
        .filter(|c| *c != '\r')
        .map(|c| if control(c) || no_character(c) { '\u{FFFD}' } else { c })
        .collect()
}
