//! Elements as data, for content that never changes while it is shown: a post's text. One type for
//! all of them keeps the wasm small, and both sides make them of the same tree: the build a
//! string, the browser elements, one by one and never by parsing HTML.

use std::borrow::Cow;

use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::no_attrs;
use leptos::tachys::renderer::types::{Element as DomElement, Node as DomNode};
use leptos::tachys::renderer::{CastFrom, Rndr};
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};

/// Text that may be a part of the program.
pub type Str = Cow<'static, str>;

/// An element or a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Markup {
    /// Only ever text.
    Text(String),
    /// An element.
    Element(Element),
}

/// An element; its name and the names of its attributes are the program's own.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    name: &'static str,
    math: bool,
    attributes: Vec<(&'static str, Str)>,
    children: Vec<Markup>,
}

/// The namespace of formulas (MathML Core, section 2.1.1).
const MATHML: &str = "http://www.w3.org/1998/Math/MathML";

/// Elements without an end tag (HTML, section 13.1.2).
const VOID: [&str; 4] = ["br", "hr", "img", "wbr"];

/// An element of HTML.
pub fn element(name: &'static str, children: Vec<Markup>) -> Element {
    Element { name, math: false, attributes: Vec::new(), children }
}

/// A text.
pub fn text(text: impl Into<String>) -> Markup {
    Markup::Text(text.into())
}

impl Element {
    /// With an attribute.
    pub fn with(mut self, name: &'static str, value: impl Into<Str>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// With an attribute, where there is a value.
    pub fn maybe(mut self, name: &'static str, value: Option<impl Into<Str>>) -> Self {
        self.attributes.extend(value.map(|value| (name, value.into())));
        self
    }

    /// As an element of MathML.
    pub fn in_math(mut self, math: bool) -> Self {
        self.math = math;
        self
    }

    /// As markup.
    pub fn done(self) -> Markup {
        Markup::Element(self)
    }
}

impl Markup {
    /// As HTML, by the HTML standard's serialisation (section 13.3).
    pub fn write(&self, out: &mut String) {
        let element = match self {
            Markup::Text(text) => return escape(text, false, out),
            Markup::Element(element) => element,
        };
        out.push('<');
        out.push_str(element.name);
        for (name, value) in &element.attributes {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            escape(value, true, out);
            out.push('"');
        }
        out.push('>');
        if !element.math && VOID.contains(&element.name) {
            return;
        }
        // A parser drops the line feed that comes first (HTML, section 13.1.2.5).
        if element.name == "pre"
            && let Some(Markup::Text(first)) = element.children.first()
            && first.starts_with('\n')
        {
            out.push('\n');
        }
        element.children.iter().for_each(|child| child.write(out));
        out.push_str("</");
        out.push_str(element.name);
        out.push('>');
    }

    /// As a part of the document.
    fn node(self) -> DomNode {
        let element = match self {
            Markup::Text(text) => return Rndr::create_text_node(&text).into(),
            Markup::Element(element) => element,
        };
        let node = Rndr::create_element(element.name, element.math.then_some(MATHML));
        for (name, value) in &element.attributes {
            Rndr::set_attribute(&node, name, value);
        }
        for child in element.children {
            Rndr::insert_node(&node, &child.node(), None);
        }
        node.into()
    }
}

fn escape(text: &str, quoted: bool, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if quoted => out.push_str("&quot;"),
            // A parser would otherwise take it for a line end or drop it.
            '\r' => out.push_str("&#13;"),
            c => out.push(c),
        }
    }
}

/// Markup that stands side by side, as a view.
#[derive(Clone, Debug, Default)]
pub struct Tree(pub Vec<Markup>);

impl Tree {
    /// Its parts, or an empty text, since a view needs a place.
    fn nodes(self) -> Vec<DomNode> {
        let parts = if self.0.is_empty() { vec![text("")] } else { self.0 };
        parts.into_iter().map(Markup::node).collect()
    }
}

/// The parts of a [`Tree`] in the document.
pub struct Shown(Vec<DomNode>);

impl Render for Tree {
    type State = Shown;

    fn build(self) -> Shown {
        Shown(self.nodes())
    }

    fn rebuild(self, state: &mut Shown) {
        let mut fresh = Shown(self.nodes());
        state.insert_before_this(&mut fresh);
        state.unmount();
        *state = fresh;
    }
}

no_attrs!(Tree);

impl RenderHtml for Tree {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        _escape: bool,
        _mark_branches: bool,
        _extra: Vec<AnyAttribute>,
    ) {
        self.0.iter().for_each(|part| part.write(buf));
        *position = Position::NextChild;
    }

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> Shown {
        // The app never hydrates (ARCHITECTURE: the taking over).
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}

impl Mountable for Shown {
    fn unmount(&mut self) {
        self.0.iter().for_each(Rndr::remove);
    }

    fn mount(&mut self, parent: &DomElement, marker: Option<&DomNode>) {
        self.0.iter().for_each(|node| Rndr::insert_node(parent, node, marker));
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let parent = self.0.first().and_then(Rndr::get_parent).and_then(DomElement::cast_from);
        if let Some(parent) = &parent {
            child.mount(parent, self.0.first());
        }
        parent.is_some()
    }

    fn elements(&self) -> Vec<DomElement> {
        self.0.iter().filter_map(|node| DomElement::cast_from(node.clone())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_written_as_parsers_read_it_back() {
        let link = element("a", vec![text("x < y & \"z\"\r")]).with("title", "\"&<>\"\r");
        let mut out = String::new();
        let parts = vec![link.done(), element("br", Vec::new()).done()];
        element("p", parts).maybe("lang", None::<String>).done().write(&mut out);
        let want =
            "<p><a title=\"&quot;&amp;&lt;&gt;&quot;&#13;\">x &lt; y &amp; \"z\"&#13;</a><br></p>";
        assert_eq!(out, want);
    }
}
