//! What a container of the parser's events becomes while it is open.

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, HeadingLevel, LinkType, Tag};

use super::build::visible;
use super::cjk;
use super::node::{Align, Cell};
use super::{Alert, Definition, Element, Href, Item, Node};

/// A container that is still open.
pub(super) enum Open {
    /// Its children become an element of this name.
    Inline(&'static str),
    Paragraph,
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
    /// A block of raw HTML, with its pieces so far: where each begins in the text, and in the body.
    Html(Vec<(usize, usize)>),
    /// An element of raw HTML. It may be left open, so whatever ends around it ends it as well.
    Raw(Element),
    /// A link of raw HTML.
    RawLink(Href, String),
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

impl Open {
    /// The name, for an element of raw HTML.
    pub(super) fn raw(&self) -> Option<&'static str> {
        match self {
            Open::Raw(element) => Some(element.name),
            Open::RawLink(..) => Some("a"),
            _ => None,
        }
    }
}

/// What a container becomes below the greatest depth: only what its parent must have.
pub(super) fn shallow(tag: Tag<'_>) -> Open {
    match tag {
        Tag::Item => Open::Item(None),
        Tag::TableHead | Tag::TableRow => Open::Row(Vec::new()),
        Tag::TableCell => Open::Cell,
        Tag::DefinitionListTitle => Open::Term,
        Tag::DefinitionListDefinition => Open::Detail,
        // Code is counted, so that each block finds what the build knows of it.
        Tag::CodeBlock(kind) => code(kind),
        _ => Open::Flat,
    }
}

/// What a container becomes.
pub(super) fn open(tag: Tag<'_>) -> Open {
    match tag {
        Tag::Paragraph => Open::Paragraph,
        Tag::Emphasis => Open::Inline("em"),
        Tag::Strong => Open::Inline("strong"),
        Tag::Strikethrough => Open::Inline("del"),
        Tag::Superscript => Open::Inline("sup"),
        Tag::Subscript => Open::Inline("sub"),
        Tag::Heading { level, .. } => Open::Heading(heading_level(level)),
        Tag::Link { dest_url, title, link_type, .. } => {
            let mail = link_type == LinkType::Email;
            let url = if mail { format!("mailto:{dest_url}") } else { dest_url.into_string() };
            let url = cjk::unmark(&url);
            Open::Link { href: Href::new(&url), title: visible(&title) }
        }
        Tag::List(start) => Open::List(start, Vec::new()),
        Tag::Item => Open::Item(None),
        Tag::BlockQuote(kind) => Open::Quote(kind.map(alert)),
        Tag::CodeBlock(kind) => code(kind),
        Tag::HtmlBlock => Open::Html(Vec::new()),
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

fn code(kind: CodeBlockKind<'_>) -> Open {
    match kind {
        CodeBlockKind::Fenced(info) => Open::Code(visible(&info)),
        CodeBlockKind::Indented => Open::Code(String::new()),
    }
}

/// Whether a container stands between paragraphs.
pub(super) fn is_block(tag: &Tag<'_>) -> bool {
    use Tag::*;
    !matches!(
        tag,
        Emphasis
            | Strong
            | Strikethrough
            | Superscript
            | Subscript
            | Link { .. }
            | Image { .. }
            | HtmlBlock
    )
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

/// A node that ends with its container, where it is a node of its own.
pub(super) fn raw_node(mut element: Element, children: Vec<Node>) -> Node {
    match element.name {
        "p" if element.attributes.is_empty() => Node::Paragraph(children),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            let level = element.name.as_bytes().get(1).map_or(6, |digit| digit - b'0');
            let own = element.attributes.iter().position(|(name, _)| *name == "id");
            let id = own.map(|at| element.attributes.swap_remove(at).1).unwrap_or_default();
            Node::Heading { level, id, children }
        }
        // Nothing to play: what is written instead.
        "video" | "audio" if element.src.is_none() => Node::element("span", children),
        "video" | "audio" if matches!(element.src, Some(Href::External(_))) => {
            let title = element.attributes.iter().position(|(name, _)| *name == "title");
            let title = title.map(|at| element.attributes.swap_remove(at).1).unwrap_or_default();
            match element.src {
                Some(href) => Node::Embed { href, title },
                None => Node::element("span", children),
            }
        }
        _ => {
            element.children = children;
            Node::Element(element)
        }
    }
}
