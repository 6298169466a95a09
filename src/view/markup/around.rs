//! An element around a view: the place in a page for what changes by itself.

use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::Rndr;
use leptos::tachys::renderer::types::{Element as DomElement, Node as DomNode};
use leptos::tachys::view::add_attr::AddAnyAttr;
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};

use super::{Element, tree};

/// A view within an element that never changes.
pub struct Around<V> {
    element: Element,
    inside: V,
}

impl Element {
    /// With a view in the place of its children.
    pub fn around<V>(self, inside: V) -> Around<V> {
        Around { element: self, inside }
    }
}

/// An [`Around`] in the document.
pub struct Held<S> {
    node: DomElement,
    inside: S,
}

impl<V: Render> Render for Around<V> {
    type State = Held<V::State>;

    fn build(self) -> Self::State {
        let node = tree::make(&self.element);
        let mut inside = self.inside.build();
        inside.mount(&node, None);
        Held { node, inside }
    }

    fn rebuild(self, state: &mut Self::State) {
        self.inside.rebuild(&mut state.inside);
    }
}

impl<V: RenderHtml> AddAnyAttr for Around<V> {
    type Output<A: Attribute> = Self;

    fn add_any_attr<A: Attribute>(self, _: A) -> Self::Output<A> {
        self
    }
}

impl<V: RenderHtml> RenderHtml for Around<V> {
    type AsyncOutput = Around<V::AsyncOutput>;
    type Owned = Around<V::Owned>;

    const MIN_LENGTH: usize = V::MIN_LENGTH;

    fn dry_resolve(&mut self) {
        self.inside.dry_resolve();
    }

    async fn resolve(self) -> Self::AsyncOutput {
        self.element.around(self.inside.resolve().await)
    }

    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra: Vec<AnyAttribute>,
    ) {
        self.element.write_start(buf);
        *position = Position::FirstChild;
        self.inside.to_html_with_buf(buf, position, escape, mark_branches, extra);
        self.element.write_end(buf);
        *position = Position::NextChild;
    }

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> Self::State {
        // The app never hydrates (ARCHITECTURE: the taking over).
        self.build()
    }

    fn into_owned(self) -> Self::Owned {
        self.element.around(self.inside.into_owned())
    }
}

impl<S: Mountable> Mountable for Held<S> {
    fn unmount(&mut self) {
        Rndr::remove(&self.node);
    }

    fn mount(&mut self, parent: &DomElement, marker: Option<&DomNode>) {
        Rndr::insert_node(parent, &self.node, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.node.insert_before_this(child)
    }

    fn elements(&self) -> Vec<DomElement> {
        vec![self.node.clone()]
    }
}
