//! The tree that a body becomes. Each node is one element, or text.

use super::url::Href;

/// A block or an inline of the document.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the variants are CommonMark's and GFM's own terms")]
pub enum Node {
    Text(String),
    /// A word with what it means.
    Abbreviation {
        text: String,
        title: String,
    },
    Code(String),
    SoftBreak,
    HardBreak,
    Emphasis(Vec<Node>),
    Strong(Vec<Node>),
    Strikethrough(Vec<Node>),
    Superscript(Vec<Node>),
    Subscript(Vec<Node>),
    Link {
        href: Href,
        title: String,
        children: Vec<Node>,
    },
    Image {
        src: Href,
        alt: String,
        title: String,
    },
    Paragraph(Vec<Node>),
    Heading {
        level: u8,
        id: String,
        children: Vec<Node>,
    },
    List {
        start: Option<u64>,
        items: Vec<Item>,
    },
    Quote {
        alert: Option<Alert>,
        children: Vec<Node>,
    },
    CodeBlock {
        language: String,
        text: String,
    },
    Table {
        alignments: Vec<Align>,
        head: Vec<Cell>,
        rows: Vec<Vec<Cell>>,
    },
    Definitions(Vec<Definition>),
    Rule,
    /// Raw HTML of a block, shown as text.
    RawBlock(String),
    /// A reference to footnote `number`; `occurrence` counts the references to it from 1.
    FootnoteReference {
        number: u32,
        occurrence: u32,
    },
}

/// The inline content of a table's cell.
pub type Cell = Vec<Node>;

/// How a column is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Align {
    Start,
    Left,
    Center,
    Right,
}

impl Align {
    /// The class of a cell; none for the script's own start.
    pub fn class(self) -> Option<&'static str> {
        match self {
            Align::Start => None,
            Align::Left => Some("left"),
            Align::Center => Some("center"),
            Align::Right => Some("right"),
        }
    }
}

/// An item of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// Whether it is done, for a task.
    pub task: Option<bool>,
    /// What it says.
    pub children: Vec<Node>,
}

/// A line of a definition list.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Definition {
    Term(Vec<Node>),
    Detail(Vec<Node>),
}

/// GitHub's kinds of alerts: `> [!NOTE]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Alert {
    Note,
    Tip,
    Important,
    Warning,
    Caution,
}

impl Node {
    /// The nodes directly inside, for those that hold a plain list of them.
    pub fn children(&self) -> &[Node] {
        match self {
            Node::Emphasis(children)
            | Node::Strong(children)
            | Node::Strikethrough(children)
            | Node::Superscript(children)
            | Node::Subscript(children)
            | Node::Paragraph(children)
            | Node::Link { children, .. }
            | Node::Heading { children, .. }
            | Node::Quote { children, .. } => children,
            _ => &[],
        }
    }
}
