//! Short ways to ask a tree of settings.

use crate::site::tree::{Node, Value};

/// The value of a key; `None` where it is not there or says nothing.
pub fn child<'a>(node: &'a Node, key: &str) -> Option<&'a Node> {
    let Value::Map(entries) = &node.value else { return None };
    let entry = entries.iter().find(|entry| entry.key == key)?;
    (entry.node.value != Value::Null).then_some(&entry.node)
}

/// A text as written.
pub fn raw(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Scalar { text, .. } => Some(text),
        _ => None,
    }
}

/// A text on one line with single spaces; `None` where that is empty.
pub fn line(node: &Node) -> Option<String> {
    let text = raw(node)?.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// The texts of a list; a single text is a list of one.
pub fn lines(node: &Node) -> Vec<String> {
    match &node.value {
        Value::List(items) => items.iter().filter_map(line).collect(),
        _ => line(node).into_iter().collect(),
    }
}

/// Whether a value is `true`, or one of YAML 1.1's words for it.
pub fn flag(node: &Node) -> bool {
    let yes = |text: &str| ["true", "yes", "on"].contains(&text.to_ascii_lowercase().as_str());
    matches!(&node.value, Value::Scalar { text, quoted: false } if yes(text))
}
