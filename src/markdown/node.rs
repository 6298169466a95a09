//! The tree that a body becomes. Each node is one element, or text.

use super::url::Href;

/// A block or an inline of the document.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the variants are CommonMark's and GFM's own terms")]
pub enum Node {
    Text(String),
    Code(String),
    SoftBreak,
    /// An element that says all by its name: emphasis, what raw HTML may bring (`allow`), MathML.
    Element(Element),
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
    /// What another site would show in a frame; a link leads to it.
    Embed {
        href: Href,
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
    /// Code with the info string of its fence; `index` counts the blocks of the document from 0.
    CodeBlock {
        info: String,
        text: String,
        index: usize,
    },
    Table {
        alignments: Vec<Align>,
        head: Vec<Cell>,
        rows: Vec<Vec<Cell>>,
    },
    Definitions(Vec<Definition>),
    /// A reference to footnote `number`; `occurrence` counts the references to it from 1.
    FootnoteReference {
        number: u32,
        occurrence: u32,
    },
}

/// An element of HTML or MathML with safe attributes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Element {
    /// The name, in lower case; one of the allow-list.
    pub name: &'static str,
    /// Whether it is of MathML.
    pub math: bool,
    /// Attributes by name; URLs are not among them.
    pub attributes: Vec<(&'static str, String)>,
    /// Where a medium comes from.
    pub src: Option<Href>,
    /// What is inside.
    pub children: Vec<Node>,
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
    /// An element of HTML without attributes.
    pub fn element(name: &'static str, children: Vec<Node>) -> Self {
        Node::Element(Element { name, children, ..Element::default() })
    }

    /// The nodes directly inside, for those that hold a plain list of them.
    pub fn children(&self) -> &[Node] {
        match self {
            Node::Element(Element { children, .. })
            | Node::Paragraph(children)
            | Node::Link { children, .. }
            | Node::Heading { children, .. }
            | Node::Quote { children, .. } => children,
            _ => &[],
        }
    }

    /// Calls `each` for every list of nodes directly inside.
    pub fn each_list(&mut self, mut each: impl FnMut(&mut Vec<Node>)) {
        match self {
            Node::Element(Element { children, .. })
            | Node::Paragraph(children)
            | Node::Link { children, .. }
            | Node::Heading { children, .. }
            | Node::Quote { children, .. } => each(children),
            Node::List { items, .. } => items.iter_mut().for_each(|item| each(&mut item.children)),
            Node::Table { head, rows, .. } => {
                head.iter_mut().chain(rows.iter_mut().flatten()).for_each(each);
            }
            Node::Definitions(list) => list.iter_mut().for_each(|definition| {
                let (Definition::Term(children) | Definition::Detail(children)) = definition;
                each(children);
            }),
            _ => {}
        }
    }
}
