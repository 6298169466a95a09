//! The converter's answer as a tree. It is read strictly: anything unexpected is an error.

/// Why a formula whose elements nest too deep is refused.
pub(super) const TOO_DEEP: &str = "the formula nests too deep";

/// Elements that the converter may nest; some of them go.
const MAX_DEPTH: usize = 120;

/// An element or a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    Element(Element),
    Text(String),
}

/// An element with its attributes in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
}

impl Element {
    /// An element without attributes.
    pub fn new(name: &str, children: Vec<Node>) -> Self {
        Element { name: name.to_owned(), attributes: Vec::new(), children }
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// How deep elements nest, the element itself included.
pub(super) fn depth(element: &Element) -> usize {
    let children = element.children.iter().map(|child| match child {
        Node::Element(child) => depth(child),
        Node::Text(_) => 0,
    });
    1 + children.max().unwrap_or(0)
}

/// Whether all fractions, roots and scripts have what they need. One lacks it where the TeX has `&`
/// or a new row in place of an argument.
pub(super) fn is_whole(element: &Element) -> bool {
    let wanted = match element.name.as_str() {
        "mfrac" | "mroot" | "msub" | "msup" | "mover" | "munder" => 2,
        "msubsup" | "munderover" => 3,
        _ => element.children.len(),
    };
    let mut children = element.children.iter();
    element.children.len() == wanted
        && children.all(|child| match child {
            Node::Element(child) => is_whole(child),
            Node::Text(_) => true,
        })
}

/// Reads one element and all that is in it.
pub(super) fn read(html: &str) -> Result<Element, String> {
    let unexpected = || "the formula can't be converted".to_owned();
    let mut open = vec![Element::default()];
    let mut rest = html;
    while !rest.is_empty() {
        let (text, tag) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
        let top = open.last_mut().ok_or_else(unexpected)?;
        if !text.is_empty() {
            top.children.push(Node::Text(decoded(text)));
        }
        let Some(tag) = tag.strip_prefix('<') else { break };
        let (tag, after) = tag.split_once('>').ok_or_else(unexpected)?;
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            let element = open.pop().filter(|element| element.name == name);
            let parent = open.last_mut().ok_or_else(unexpected)?;
            parent.children.push(Node::Element(element.ok_or_else(unexpected)?));
            continue;
        }
        let element = start(tag.trim_end_matches('/')).ok_or_else(unexpected)?;
        if tag.ends_with('/') {
            top.children.push(Node::Element(element));
        } else {
            open.push(element);
        }
        if open.len() > MAX_DEPTH {
            return Err(TOO_DEEP.to_owned());
        }
    }
    let root = open.pop().filter(|_| open.is_empty()).and_then(|mut top| top.children.pop());
    match root {
        Some(Node::Element(element)) => Ok(element),
        _ => Err(unexpected()),
    }
}

/// A start tag without its brackets.
fn start(tag: &str) -> Option<Element> {
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    let mut element = Element::new(name, Vec::new());
    while !rest.trim().is_empty() {
        let (name, after) = rest.split_once("=\"")?;
        let (value, after) = after.split_once('"')?;
        element.attributes.push((name.trim().to_owned(), decoded(value)));
        rest = after;
    }
    Some(element)
}

/// A text without entities.
fn decoded(text: &str) -> String {
    const ENTITIES: [(&str, char); 6] = [
        ("lt;", '<'),
        ("gt;", '>'),
        ("amp;", '&'),
        ("quot;", '"'),
        ("#39;", '\''),
        ("nbsp;", '\u{A0}'),
    ];
    let mut pieces = text.split('&');
    let mut decoded = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        // The converter leaves `&` as it is in the name of an operator.
        let entity = ENTITIES.iter().find(|(name, _)| piece.starts_with(name));
        let (name, c) = entity.copied().unwrap_or(("", '&'));
        decoded.push(c);
        decoded.push_str(&piece[name.len()..]);
    }
    decoded
}
