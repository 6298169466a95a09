//! A document's nodes as elements: one node, one element, text only ever as text.

mod code;
mod image;

use std::cell::Cell;

use super::Scene;
use super::markup::{Markup, Str, element, text};
use crate::markdown::{Alert, Align, Article, Definition, Footnote, Href, Item, Node};
use crate::model::{Document, Target};
use crate::text::{decode, encode_query};
use crate::words;

/// What the elements of one document share.
struct Prose<'a> {
    scene: &'a Scene,
    document: &'a Document,
    /// Images so far that can be seen large.
    images: Cell<u32>,
    /// Links that are open; in one there is no other.
    links: Cell<u32>,
}

/// The whole text with its footnotes.
pub fn prose(scene: &Scene, article: Article, document: &Document) -> Vec<Markup> {
    let prose = Prose { scene, document, images: Cell::new(0), links: Cell::new(0) };
    let mut parts = prose.nodes(article.nodes);
    if !article.footnotes.is_empty() {
        parts.push(prose.footnotes(article.footnotes));
    }
    parts
}

impl Prose<'_> {
    fn nodes(&self, nodes: Vec<Node>) -> Vec<Markup> {
        nodes.into_iter().map(|node| self.node(node)).collect()
    }

    fn node(&self, node: Node) -> Markup {
        match node {
            Node::Text(value) => text(value),
            Node::SoftBreak => text("\n"),
            Node::Code(value) => element("code", vec![text(value)]).done(),
            Node::Element(element) => self.element(element),
            Node::Paragraph(children) => self.paragraph(children),
            Node::Link { href, title, children } => self.link(href, title, children),
            Node::Image { src, alt, title } => self.image(src, alt, title),
            Node::Embed { href, title } => self.card(&href, title),
            Node::Heading { level, id, children } => self.heading(level, id, children),
            Node::List { start, items } => self.list(start, items),
            Node::Quote { alert, children } => self.quote(alert, children),
            Node::CodeBlock { text, index, .. } => self.code(&text, index),
            Node::Table { alignments, head, rows } => self.table(&alignments, head, rows),
            Node::Definitions(list) => self.definitions(list),
            Node::FootnoteReference { number, occurrence } => self.reference(number, occurrence),
        }
    }

    /// An element of raw HTML or of a formula.
    fn element(&self, node: crate::markdown::Element) -> Markup {
        let table = node.name == "table";
        let mut made = element(node.name, self.nodes(node.children)).in_math(node.math);
        if let Some(src) = node.src {
            made =
                made.with("src", self.url(&src)).with("controls", "").with("preload", "metadata");
        }
        for (name, value) in node.attributes {
            // Old HTML's way to set text; styles can't be had.
            made = made.with(if name == "align" { "data-align" } else { name }, value);
        }
        if table { self.scrolling(made.done()) } else { made.done() }
    }

    /// A paragraph of nothing but an image with a title, or images with a line of emphasis below, is
    /// a figure with its caption.
    fn paragraph(&self, mut children: Vec<Node>) -> Markup {
        let caption = match &mut children[..] {
            [Node::Image { title, .. }] if !title.is_empty() => {
                Some(vec![text(std::mem::take(title))])
            }
            [Node::Image { .. }, rest @ .., Node::SoftBreak, Node::Element(line)]
                if line.name == "em" && rest.iter().all(is_image_or_break) =>
            {
                let caption = self.nodes(std::mem::take(&mut line.children));
                children.truncate(children.len() - 2);
                Some(caption)
            }
            _ => None,
        };
        let mut parts = self.nodes(children);
        let Some(caption) = caption else { return element("p", parts).done() };
        parts.push(element("figcaption", caption).done());
        element("figure", parts).done()
    }

    fn url(&self, href: &Href) -> String {
        let base = self.scene.base.as_str();
        match href {
            Href::External(url) => url.clone(),
            Href::Relative(url) => {
                let path = self.target("", url).and_then(|target| target.path.as_ref());
                path.map_or_else(|| url.clone(), |path| format!("{base}{path}"))
            }
            Href::Site(path) => format!("{base}{path}"),
            Href::Fragment(id) => format!("#{}", encode_fragment(id)),
        }
    }

    /// What the document knows of a URL, which begins with `root` where it is one from the root.
    fn target(&self, root: &str, url: &str) -> Option<&Target> {
        target(self.document, root, url)
    }

    fn link(&self, href: Href, title: String, children: Vec<Node>) -> Markup {
        self.links.set(self.links.get() + 1);
        let children = self.nodes(children);
        self.links.set(self.links.get() - 1);
        let rel = matches!(href, Href::External(_)).then_some("noopener external");
        element("a", children)
            .with("href", self.url(&href))
            .maybe("rel", rel)
            .maybe("title", (!title.is_empty()).then_some(title))
            .done()
    }

    fn heading(&self, level: u8, id: String, children: Vec<Node>) -> Markup {
        let words = self.scene.words;
        let label = words::with(words.heading_link, crate::markdown::plain_text(&children));
        let anchor = element("a", Vec::new())
            .with("class", "anchor")
            .with("href", format!("#{}", encode_fragment(&id)))
            .with("aria-label", label);
        let mut parts = self.nodes(children);
        parts.push(anchor.done());
        let name = ["h2", "h3", "h4", "h5"].get(usize::from(level).wrapping_sub(2));
        element(name.unwrap_or(&"h6"), parts).with("id", id).done()
    }

    fn list(&self, start: Option<u64>, items: Vec<Item>) -> Markup {
        let tasks = items.iter().any(|item| item.task.is_some());
        let items = items.into_iter().map(|item| self.item(item)).collect();
        match start {
            None => element("ul", items).maybe("class", tasks.then_some("tasks")).done(),
            Some(start) => {
                let start = (start != 1).then(|| start.to_string());
                element("ol", items).maybe("start", start).done()
            }
        }
    }

    fn item(&self, item: Item) -> Markup {
        let words = self.scene.words;
        let mut parts = self.nodes(item.children);
        if let Some(done) = item.task {
            let (class, label) =
                if done { ("task done", words.task_done) } else { ("task", words.task_open) };
            let mark = element("span", Vec::new()).with("class", class).with("role", "img");
            parts.insert(0, mark.with("aria-label", label).done());
        }
        element("li", parts).done()
    }

    fn quote(&self, alert: Option<Alert>, children: Vec<Node>) -> Markup {
        let mut parts = self.nodes(children);
        let words = self.scene.words;
        let (class, label) = match alert {
            None => return element("blockquote", parts).done(),
            Some(Alert::Note) => ("alert note", words.alert_note),
            Some(Alert::Tip) => ("alert tip", words.alert_tip),
            Some(Alert::Important) => ("alert important", words.alert_important),
            Some(Alert::Warning) => ("alert warning", words.alert_warning),
            Some(Alert::Caution) => ("alert caution", words.alert_caution),
        };
        let title = element("p", vec![text(label)]).with("class", "alert-title");
        parts.insert(0, title.done());
        element("div", parts).with("class", class).with("role", "note").done()
    }

    fn table(&self, aligns: &[Align], head: Vec<Vec<Node>>, rows: Vec<Vec<Vec<Node>>>) -> Markup {
        let cells = |name: &'static str, cells: Vec<Vec<Node>>| {
            let cell = |(at, cell): (usize, Vec<Node>)| {
                let align = aligns.get(at).and_then(|align| align.class());
                let scope = (name == "th").then_some("col");
                element(name, self.nodes(cell))
                    .maybe("scope", scope)
                    .maybe("data-align", align)
                    .done()
            };
            element("tr", cells.into_iter().enumerate().map(cell).collect()).done()
        };
        let head = element("thead", vec![cells("th", head)]).done();
        let rows = rows.into_iter().map(|row| cells("td", row)).collect();
        self.scrolling(element("table", vec![head, element("tbody", rows).done()]).done())
    }

    /// A box that scrolls sideways, also by keyboard.
    fn scrolling(&self, table: Markup) -> Markup {
        let scrolling = element("div", vec![table]).with("class", "table").with("tabindex", "0");
        scrolling.with("role", "group").with("aria-label", self.scene.words.table).done()
    }

    fn definitions(&self, list: Vec<Definition>) -> Markup {
        let item = |definition| match definition {
            Definition::Term(nodes) => element("dt", self.nodes(nodes)).done(),
            Definition::Detail(nodes) => element("dd", self.nodes(nodes)).done(),
        };
        element("dl", list.into_iter().map(item).collect()).done()
    }

    fn footnotes(&self, notes: Vec<Footnote>) -> Markup {
        let words = self.scene.words;
        let note = |(index, note): (usize, Footnote)| {
            let number = index + 1;
            let mut parts = self.nodes(note.children);
            parts.extend((1..=note.references).map(|occurrence| {
                element("a", vec![text("↩")])
                    .with("class", "footnote-back")
                    .with("href", format!("#fnref-{number}-{occurrence}"))
                    .with("aria-label", words::with(words.footnote_back, occurrence))
                    .done()
            }));
            element("li", parts).with("id", format!("fn-{number}")).done()
        };
        let items = notes.into_iter().enumerate().map(note).collect();
        element("section", vec![element("ol", items).done()])
            .with("class", "footnotes")
            .with("aria-label", words.footnotes)
            .done()
    }

    fn reference(&self, number: u32, occurrence: u32) -> Markup {
        let link = match self.links.get() {
            0 => element("a", vec![text(number.to_string())])
                .with("href", format!("#fn-{number}"))
                .done(),
            _ => text(number.to_string()),
        };
        element("sup", vec![link])
            .with("class", "footnote-ref")
            .with("id", format!("fnref-{number}-{occurrence}"))
            .done()
    }
}

fn is_image_or_break(node: &Node) -> bool {
    matches!(node, Node::Image { .. } | Node::SoftBreak)
}

fn target<'a>(document: &'a Document, root: &str, url: &str) -> Option<&'a Target> {
    document.targets.iter().find(|target| target.url.strip_prefix(root) == Some(url))
}

/// The size of an image, where it is known.
pub fn size(document: &Document, root: &str, url: &str) -> Option<(u32, u32)> {
    target(document, root, url)?.size
}

/// A fragment that every browser finds: percent-encoded once.
pub fn encode_fragment(id: &str) -> String {
    let decoded = decode(id).unwrap_or_else(|| id.to_owned());
    encode_query(&decoded)
}

/// A number as the value of an attribute.
pub fn number(value: u32) -> Str {
    value.to_string().into()
}
