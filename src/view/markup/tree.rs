//! Markup as a view: made once, one element after another and never by parsing HTML; made again,
//! changed where it differs. What stays keeps its focus, its scroll position and whether it is
//! open.

use std::cell::RefCell;

use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::no_attrs;
use leptos::tachys::renderer::types::{Element as DomElement, Node as DomNode, Text as DomText};
use leptos::tachys::renderer::{CastFrom, RemoveEventHandler, Rndr};
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};
use leptos::wasm_bindgen::JsValue;

use super::{Element, Markup, Str, Value, text};

/// Markup that stands side by side, as a view.
pub struct Tree {
    parts: Vec<Markup>,
    place: String,
}

impl Tree {
    /// A view of the parts; there is a place for it in the document even where there are none.
    pub fn new(mut parts: Vec<Markup>) -> Self {
        if parts.is_empty() {
            parts.push(text(""));
        }
        Tree { parts, place: String::new() }
    }

    /// As what is seen at a place: trees of two places share no elements.
    pub fn at(mut self, place: String) -> Self {
        self.place = place;
        self
    }
}

/// A [`Tree`] in the document.
pub struct Shown {
    parts: Vec<Part>,
    place: String,
}

/// A part of the document, and what it was made of.
struct Part {
    node: DomNode,
    /// Without its children.
    made_of: Markup,
    children: Vec<Part>,
    /// Dropped, they listen no more.
    listeners: Vec<RemoveEventHandler<DomElement>>,
}

impl Part {
    fn new(markup: Markup) -> Self {
        match markup {
            Markup::Text(text) => {
                let node = Rndr::create_text_node(&text).into();
                let (children, listeners) = (Vec::new(), Vec::new());
                Part { node, made_of: Markup::Text(text), children, listeners }
            }
            Markup::Element(mut element) => {
                let node = Rndr::create_element(element.name, element.namespace);
                let children = std::mem::take(&mut element.children);
                if element.whole {
                    children.iter().for_each(|child| Rndr::insert_node(&node, &whole(child), None));
                    let listeners = set(&node, &element.attributes, &[]);
                    let made_of = element.done();
                    return Part { node: node.into(), made_of, children: Vec::new(), listeners };
                }
                let children = children.into_iter().map(Part::new).collect::<Vec<_>>();
                children.iter().for_each(|child| Rndr::insert_node(&node, &child.node, None));
                let listeners = set(&node, &element.attributes, &[]);
                Part { node: node.into(), made_of: element.done(), children, listeners }
            }
        }
    }

    /// Shows something else in the same node, or gives it back where that needs another node.
    fn change(&mut self, fresh: Markup) -> Option<Markup> {
        match (&mut self.made_of, fresh) {
            (Markup::Text(old), Markup::Text(new)) => {
                if *old != new
                    && let Some(node) = DomText::cast_from(self.node.clone())
                {
                    Rndr::set_text(&node, &new);
                    *old = new;
                }
                None
            }
            (Markup::Element(old), Markup::Element(mut new))
                if (old.name, old.namespace) == (new.name, new.namespace)
                    && !(old.whole || new.whole) =>
            {
                let Some(node) = DomElement::cast_from(self.node.clone()) else {
                    return Some(new.done());
                };
                change_all(&node, &mut self.children, std::mem::take(&mut new.children));
                self.listeners.clear();
                self.listeners = set(&node, &new.attributes, &old.attributes);
                *old = new;
                None
            }
            (_, fresh) => Some(fresh),
        }
    }
}

/// A part of a whole, with all that is in it.
fn whole(markup: &Markup) -> DomNode {
    let element = match markup {
        Markup::Text(text) => return Rndr::create_text_node(text).into(),
        Markup::Element(element) => element,
    };
    let node = copy(element).unwrap_or_else(|| make(element));
    element.children.iter().for_each(|child| Rndr::insert_node(&node, &whole(child), None));
    node.into()
}

thread_local! {
    /// Elements with at most a class, by name and class. A copy takes half the time of making one,
    /// because no text goes over to the browser.
    static MODELS: RefCell<Vec<(&'static str, Str, DomElement)>> = const { RefCell::new(Vec::new()) };
}

/// An element as a copy of one like it, without its children; `None` where that can't be had.
fn copy(element: &Element) -> Option<DomElement> {
    let (class, rest) = match &element.attributes[..] {
        [("class", Value::Text(class)), rest @ ..] => (class.clone(), rest),
        rest => (Str::default(), rest),
    };
    let node = MODELS.with_borrow_mut(|models| {
        let known = models.iter().position(|(name, own, _)| (*name, own) == (element.name, &class));
        let at = known.unwrap_or_else(|| {
            let model = Rndr::create_element(element.name, element.namespace);
            if !class.is_empty() {
                Rndr::set_attribute(&model, "class", &class);
            }
            models.push((element.name, class, model));
            models.len() - 1
        });
        models.get(at)?.2.clone_node().ok()
    });
    let node = DomElement::cast_from(node?)?;
    drop(set(&node, rest, &[]));
    Some(node)
}

/// An element in the document without its children.
pub fn make(element: &Element) -> DomElement {
    let node = Rndr::create_element(element.name, element.namespace);
    drop(set(&node, &element.attributes, &[]));
    node
}

/// Gives an element the attributes it does not have yet, takes those that are gone, and listens.
fn set(
    node: &DomElement,
    new: &[(&'static str, Value)],
    old: &[(&'static str, Value)],
) -> Vec<RemoveEventHandler<DomElement>> {
    let mut listeners = Vec::new();
    let before = |name: &str| old.iter().find(|(old, _)| *old == name).map(|(_, value)| value);
    for (name, value) in new {
        match (value, before(name)) {
            (Value::Text(new), Some(Value::Text(old))) if new == old => {}
            (Value::Text(new), _) => Rndr::set_attribute(node, name, new),
            (Value::Flag(on), _) => {
                if *on {
                    Rndr::set_attribute(node, name, "");
                } else {
                    Rndr::remove_attribute(node, name);
                }
                Rndr::set_property(node, name, &JsValue::from_bool(*on));
            }
            (Value::Handler(handler), _) => {
                let handler = handler.clone();
                listeners.push(Rndr::add_event_listener(node, name, Box::new(move |_| handler())));
            }
        }
    }
    let is_gone = |name: &&str| new.iter().all(|(new, _)| new != name);
    let gone = old.iter().map(|(name, _)| *name).filter(is_gone);
    gone.for_each(|name| Rndr::remove_attribute(node, name));
    listeners
}

/// Makes the parts within an element show something else, place by place.
fn change_all(parent: &DomElement, parts: &mut Vec<Part>, fresh: Vec<Markup>) {
    let after = parts.last().and_then(|part| Rndr::next_sibling(&part.node));
    let kept = fresh.len();
    for (at, fresh) in fresh.into_iter().enumerate() {
        match parts.get_mut(at) {
            Some(part) => {
                if let Some(fresh) = part.change(fresh) {
                    let old = std::mem::replace(part, Part::new(fresh));
                    Rndr::insert_node(parent, &part.node, Some(&old.node));
                    Rndr::remove(&old.node);
                }
            }
            None => {
                let part = Part::new(fresh);
                Rndr::insert_node(parent, &part.node, after.as_ref());
                parts.push(part);
            }
        }
    }
    parts.iter().skip(kept).for_each(|part| Rndr::remove(&part.node));
    parts.truncate(kept);
}

impl Shown {
    fn parent(&self) -> Option<DomElement> {
        self.parts
            .first()
            .and_then(|part| Rndr::get_parent(&part.node))
            .and_then(CastFrom::cast_from)
    }
}

impl Render for Tree {
    type State = Shown;

    fn build(self) -> Shown {
        let parts = self.parts.into_iter().map(Part::new).collect();
        Shown { parts, place: self.place }
    }

    fn rebuild(self, state: &mut Shown) {
        match state.parent() {
            Some(parent) if state.place == self.place => {
                change_all(&parent, &mut state.parts, self.parts);
            }
            _ => {
                let mut fresh = self.build();
                state.insert_before_this(&mut fresh);
                state.unmount();
                *state = fresh;
            }
        }
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
        self.parts.iter().for_each(|part| part.write(buf));
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
        self.parts.iter().for_each(|part| Rndr::remove(&part.node));
    }

    fn mount(&mut self, parent: &DomElement, marker: Option<&DomNode>) {
        self.parts.iter().for_each(|part| Rndr::insert_node(parent, &part.node, marker));
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let parent = self.parent();
        if let Some(parent) = &parent {
            child.mount(parent, self.parts.first().map(|part| &part.node));
        }
        parent.is_some()
    }

    fn elements(&self) -> Vec<DomElement> {
        let nodes = self.parts.iter().map(|part| part.node.clone());
        nodes.filter_map(DomElement::cast_from).collect()
    }
}
