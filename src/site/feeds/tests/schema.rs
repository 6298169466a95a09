//! The crate `relax-ng` on what the crate `roxmltree` reads.

use relax_ng::{
    Content, DatatypeRegistry, Element, ExpandedName, ResolveError, Schema, SchemaResolver,
    SchemaSource, SchemaSyntax,
};
use roxmltree::{Document, Node};

/// A schema in the compact syntax.
pub(super) struct Checker(Schema);

impl Checker {
    pub(super) fn new(schema: &str) -> Self {
        let source = SchemaSource::new(schema, "memory:/schema.rnc", SchemaSyntax::Compact);
        Checker(Schema::compile(&source, &Alone).unwrap())
    }

    /// What is wrong with a document; empty where nothing is.
    pub(super) fn faults(&self, xml: &str) -> String {
        match Document::parse(xml) {
            Ok(document) => {
                let root = Tree(document.root_element());
                let faults = self.0.validate(&DatatypeRegistry::new(), &root).unwrap();
                faults.iter().map(|fault| format!("{fault}\n")).collect()
            }
            Err(error) => error.to_string(),
        }
    }

    pub(super) fn accepts(&self, xml: &str) {
        assert_eq!(self.faults(xml), "", "{xml}");
    }

    pub(super) fn rejects(&self, xml: &str) {
        assert_ne!(self.faults(xml), "", "{xml}");
    }
}

struct Alone;

impl SchemaResolver for Alone {
    fn resolve(&self, href: &str, _: &str) -> Result<SchemaSource, ResolveError> {
        Err(ResolveError::new(format!("no such schema: {href}")))
    }
}

struct Tree<'a, 'b>(Node<'a, 'b>);

fn name(namespace: Option<&str>, local: &str) -> ExpandedName {
    ExpandedName::new(namespace, local)
}

impl Element for Tree<'_, '_> {
    type Location = String;

    fn name(&self) -> ExpandedName {
        let name_of = self.0.tag_name();
        name(name_of.namespace(), name_of.name())
    }

    fn attributes(&self) -> impl Iterator<Item = (ExpandedName, String)> {
        self.0.attributes().map(|own| (name(own.namespace(), own.name()), own.value().to_owned()))
    }

    fn children(&self) -> impl Iterator<Item = Content<Self>> {
        self.0.children().filter_map(|child| match child.text() {
            Some(text) if child.is_text() => Some(Content::Text(text.to_owned())),
            _ if child.is_element() => Some(Content::Element(Tree(child))),
            _ => None,
        })
    }

    fn location(&self) -> Option<String> {
        let at = self.0.document().text_pos_at(self.0.range().start);
        Some(format!("line {}, `{}`", at.row, self.0.tag_name().name()))
    }
}
