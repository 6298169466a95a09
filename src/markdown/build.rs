//! From pulldown-cmark's events to nodes: a stack of open containers, closed as they end.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, Tag};

use super::node::{Align, Cell};
use super::{Alert, Article, Definition, Footnote, Href, Item, Node};
use super::{FREE_PARTS, MAX_DEPTH, PARTS_PER_BYTE};
use super::{cjk, script};
use crate::text::is_cjk;

/// A container that is still open.
enum Open {
    /// Its children become one node.
    Inline(fn(Vec<Node>) -> Node),
    Heading(u8),
    Link {
        href: Option<Href>,
        title: String,
    },
    Image {
        src: Option<Href>,
        title: String,
    },
    List(Option<u64>, Vec<Item>),
    Item(Option<bool>),
    Quote(Option<Alert>),
    Code(String),
    Raw,
    Table(Vec<Align>, Vec<Cell>, Vec<Vec<Cell>>),
    Row(Vec<Cell>),
    Cell,
    Definitions(Vec<Definition>),
    Term,
    Detail,
    Footnote(String),
    /// Its children go to its parent: too deep, or nothing of its own.
    Flat,
}

#[derive(Default)]
struct Builder<'a> {
    source: &'a str,
    article: Article,
    /// Open containers, each with the children it has so far; the root is below all.
    stack: Vec<(Open, Vec<Node>)>,
    /// For each open container, the one in `stack` that takes its children: itself, or for a flat
    /// one the next further out, so that deep nesting moves no node twice; `None` for the root.
    homes: Vec<Option<usize>>,
    root: Vec<Node>,
    /// Images that are open.
    images: usize,
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
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(_) => self.end(),
            Event::Text(text) if self.in_code() => self.text(&text),
            Event::Text(text) => {
                let marked = script::mark(&clean(&text), self.source, offset);
                let marked = cjk::unmark(&marked).into_owned();
                if !marked.is_empty() {
                    self.push(Node::Text(marked));
                }
            }
            Event::Code(code) => self.push(Node::Code(visible(&code))),
            Event::InlineHtml(html) | Event::Html(html) => self.html(&html),
            Event::SoftBreak => self.push(Node::SoftBreak),
            Event::HardBreak => self.push(Node::HardBreak),
            Event::Rule => self.push(Node::Rule),
            Event::TaskListMarker(done) => self.task(done),
            Event::FootnoteReference(label) => self.reference(&label),
            // Not enabled: shown as written.
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        let open = match tag {
            // An image in the text of another one is only text.
            Tag::Image { .. } if self.images > 0 => Open::Flat,
            // These carry the text of a table, an item or an image, so they stay at any depth.
            Tag::Image { dest_url, title, .. } => {
                self.images += 1;
                Open::Image { src: Href::image(&cjk::unmark(&dest_url)), title: visible(&title) }
            }
            Tag::FootnoteDefinition(label) => Open::Footnote(label.into_string()),
            tag if self.stack.len() >= MAX_DEPTH => shallow(tag),
            tag => open(tag),
        };
        let home = match open {
            Open::Flat => self.homes.last().copied().flatten(),
            _ => Some(self.stack.len()),
        };
        self.homes.push(home);
        self.stack.push((open, Vec::new()));
    }

    fn end(&mut self) {
        let Some((open, children)) = self.stack.pop() else { return };
        self.homes.pop();
        self.images -= usize::from(matches!(open, Open::Image { .. }));
        let children = script::resolve(children);
        match open {
            Open::Inline(node) => self.push(node(children)),
            Open::Heading(level) => {
                self.push(Node::Heading { level, id: String::new(), children });
            }
            Open::Link { href: Some(href), title } => {
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
            Open::Code(language) => {
                self.push(Node::CodeBlock { language, text: super::plain_text(&children) });
            }
            Open::Raw => self.raw(children),
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

    fn push(&mut self, node: Node) {
        let home = self.homes.last().copied().flatten();
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
        self.images > 0 || matches!(self.stack.last(), Some((Open::Code(_) | Open::Raw, _)))
    }

    fn text(&mut self, text: &str) {
        self.push(Node::Text(visible(text)));
    }

    /// Raw HTML is shown as text; comments, `<!--more-->` among them, are not shown.
    fn html(&mut self, html: &str) {
        let comment = html.trim().starts_with("<!--") && html.trim().ends_with("-->");
        if !comment {
            self.text(html);
        }
    }

    fn raw(&mut self, children: Vec<Node>) {
        let text = super::plain_text(&children);
        let text = text.trim();
        let comment = text.starts_with("<!--") && text.ends_with("-->");
        if !(text.is_empty() || comment) {
            self.push(Node::RawBlock(text.to_owned()));
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
fn visible(text: &str) -> String {
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

/// What a container becomes below [`MAX_DEPTH`]: only what its parent must have.
fn shallow(tag: Tag<'_>) -> Open {
    match tag {
        Tag::Item => Open::Item(None),
        Tag::TableHead | Tag::TableRow => Open::Row(Vec::new()),
        Tag::TableCell => Open::Cell,
        Tag::DefinitionListTitle => Open::Term,
        Tag::DefinitionListDefinition => Open::Detail,
        _ => Open::Flat,
    }
}

fn open(tag: Tag<'_>) -> Open {
    match tag {
        Tag::Paragraph => Open::Inline(Node::Paragraph),
        Tag::Emphasis => Open::Inline(Node::Emphasis),
        Tag::Strong => Open::Inline(Node::Strong),
        Tag::Strikethrough => Open::Inline(Node::Strikethrough),
        Tag::Superscript => Open::Inline(Node::Superscript),
        Tag::Subscript => Open::Inline(Node::Subscript),
        Tag::Heading { level, .. } => Open::Heading(heading_level(level)),
        Tag::Link { dest_url, title, link_type, .. } => {
            let mail = link_type == pulldown_cmark::LinkType::Email;
            let url = if mail { format!("mailto:{dest_url}") } else { dest_url.into_string() };
            let url = cjk::unmark(&url);
            Open::Link { href: Href::new(&url), title: visible(&title) }
        }
        Tag::List(start) => Open::List(start, Vec::new()),
        Tag::Item => Open::Item(None),
        Tag::BlockQuote(kind) => Open::Quote(kind.map(alert)),
        Tag::CodeBlock(CodeBlockKind::Fenced(info)) => Open::Code(language(&info)),
        Tag::CodeBlock(CodeBlockKind::Indented) => Open::Code(String::new()),
        Tag::HtmlBlock => Open::Raw,
        Tag::Table(alignments) => {
            Open::Table(alignments.iter().map(align).collect(), Vec::new(), Vec::new())
        }
        Tag::TableHead | Tag::TableRow => Open::Row(Vec::new()),
        Tag::TableCell => Open::Cell,
        Tag::DefinitionList => Open::Definitions(Vec::new()),
        Tag::DefinitionListTitle => Open::Term,
        Tag::DefinitionListDefinition => Open::Detail,
        Tag::Image { .. } | Tag::FootnoteDefinition(_) | Tag::MetadataBlock(_) => Open::Flat,
    }
}

/// The first word of a fence's info string.
fn language(info: &str) -> String {
    visible(info.split([' ', ',', '{', '\t']).next().unwrap_or_default())
}

fn heading_level(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

fn alert(kind: BlockQuoteKind) -> Alert {
    match kind {
        BlockQuoteKind::Note => Alert::Note,
        BlockQuoteKind::Tip => Alert::Tip,
        BlockQuoteKind::Important => Alert::Important,
        BlockQuoteKind::Warning => Alert::Warning,
        BlockQuoteKind::Caution => Alert::Caution,
    }
}

fn align(alignment: &Alignment) -> Align {
    match alignment {
        Alignment::None => Align::Start,
        Alignment::Left => Align::Left,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::Right,
    }
}
