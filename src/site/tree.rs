//! YAML and TOML as one tree of values that know where they stand.

use std::ops::Range;

/// A value and its byte range in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Byte range in the file.
    pub span: Range<usize>,
    /// What stands there.
    pub value: Value,
}

/// A value as written: numbers, dates and booleans stay text, so that `1.10` keeps its zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// `~`, `null`, or nothing.
    Null,
    /// Anything that is not a collection.
    Scalar {
        /// As written, escapes resolved.
        text: String,
        /// Whether it stood in quotes.
        quoted: bool,
    },
    /// A list.
    List(Vec<Node>),
    /// Keys and values in their order; keys are different.
    Map(Vec<Entry>),
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key as written.
    pub key: String,
    /// Where the key begins.
    pub at: usize,
    /// The value.
    pub node: Node,
}

impl Value {
    /// What to call it in a message.
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Null => "nothing",
            Value::Scalar { .. } => "a text",
            Value::List(_) => "a list",
            Value::Map(_) => "a table",
        }
    }
}
