//! Pages as data: elements that a view returns and that nothing has drawn yet. One type for all of
//! them keeps the wasm small, where a type for each would be code for each; and both sides make
//! them of the same tree: the build a string (`write`), the browser elements (`tree`).

mod around;
mod tree;
mod write;

use std::borrow::Cow;
use std::sync::Arc;

pub use tree::Tree;

/// Text that may be a part of the program.
pub type Str = Cow<'static, str>;

/// What happens on an event.
pub type Handler = Arc<dyn Fn() + Send + Sync>;

/// An element or a text.
pub enum Markup {
    /// Only ever text.
    Text(String),
    /// An element.
    Element(Element),
}

/// An element; its name and the names of its attributes are the program's own.
pub struct Element {
    name: &'static str,
    /// `None` for HTML.
    namespace: Option<&'static str>,
    attributes: Vec<(&'static str, Value)>,
    children: Vec<Markup>,
    /// Whether what is inside is put in place of the old as a whole.
    whole: bool,
}

/// What an element has under a name.
enum Value {
    /// An attribute.
    Text(Str),
    /// A boolean attribute, and the property by which a browser goes once a reader has used the
    /// control.
    Flag(bool),
    /// What happens on the event of that name.
    Handler(Handler),
}

/// The namespace of formulas (MathML Core, section 2.1.1).
const MATHML: &str = "http://www.w3.org/1998/Math/MathML";

/// The namespace of drawings (SVG 2, section 5.1.1).
const SVG: &str = "http://www.w3.org/2000/svg";

/// An element of HTML.
pub fn element(name: &'static str, children: Vec<Markup>) -> Element {
    Element { name, namespace: None, attributes: Vec::new(), children, whole: false }
}

/// An element of SVG.
pub fn svg(name: &'static str, children: Vec<Markup>) -> Element {
    Element { namespace: Some(SVG), ..element(name, children) }
}

/// A text.
pub fn text(text: impl Into<String>) -> Markup {
    Markup::Text(text.into())
}

impl Element {
    /// With an attribute.
    pub fn with(self, name: &'static str, value: impl Into<Str>) -> Self {
        self.having(name, Value::Text(value.into()))
    }

    /// With an attribute, where there is a value.
    pub fn maybe(self, name: &'static str, value: Option<impl Into<Str>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// With a boolean attribute whose property has the same name.
    pub fn flag(self, name: &'static str, on: bool) -> Self {
        self.having(name, Value::Flag(on))
    }

    /// With what happens on an event, by the event's name.
    pub fn on(self, event: &'static str, handler: impl Fn() + Send + Sync + 'static) -> Self {
        self.having(event, Value::Handler(Arc::new(handler)))
    }

    fn having(mut self, name: &'static str, value: Value) -> Self {
        self.attributes.push((name, value));
        self
    }

    /// As an element of MathML.
    pub fn in_math(mut self, math: bool) -> Self {
        self.namespace = math.then_some(MATHML);
        self
    }

    /// As one whole: what is inside is long and never changes while it is shown, so nothing is
    /// remembered of its parts.
    pub fn whole(mut self) -> Self {
        self.whole = true;
        self
    }

    /// As markup.
    pub fn done(self) -> Markup {
        Markup::Element(self)
    }
}
