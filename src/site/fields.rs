//! Reading keys off a table, with every mistake reported where it stands.

use super::diagnostic::{Diagnostic, Source};
use super::tree::{Entry, Node, Value};

/// A table that is being read. Keys that nobody asked for are reported by [`Fields::finish`].
pub struct Fields<'a, 'p> {
    source: &'a Source,
    /// Where the table begins.
    pub at: usize,
    entries: &'a [Entry],
    known: Vec<&'static str>,
    problems: &'p mut Vec<Diagnostic>,
}

/// A text and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The text, trimmed.
    pub value: String,
    /// Its byte offset.
    pub at: usize,
}

impl<'a, 'p> Fields<'a, 'p> {
    /// Reads a table; anything else is reported and read as an empty one.
    pub fn new(source: &'a Source, node: &'a Node, problems: &'p mut Vec<Diagnostic>) -> Self {
        let entries: &[Entry] = match &node.value {
            Value::Map(entries) => entries,
            Value::Null => &[],
            other => {
                let message = format!("expected `key: value` lines, found {}", other.kind());
                problems.push(source.error(node.span.start, message));
                &[]
            }
        };
        Fields { source, at: node.span.start, entries, known: Vec::new(), problems }
    }

    /// The value of a key, whatever it is.
    pub fn entry(&mut self, key: &'static str) -> Option<&'a Entry> {
        self.known.push(key);
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// Reports an error at a byte offset, with what to do about it unless that is empty.
    pub fn error(&mut self, at: usize, message: impl Into<String>, help: &str) {
        let error = self.source.error(at, message);
        self.problems.push(if help.is_empty() { error } else { error.help(help) });
    }

    /// A text; nothing and an empty text are as if the key were not there.
    pub fn text(&mut self, key: &'static str) -> Option<Text> {
        let entry = self.entry(key)?;
        let text = self.scalar(key, &entry.node)?;
        (!text.value.is_empty()).then_some(text)
    }

    /// `true` or `false`, and YAML 1.1's `yes`, `no`, `on`, `off`.
    pub fn flag(&mut self, key: &'static str) -> Option<bool> {
        let text = self.text(key)?;
        match text.value.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" => Some(true),
            "false" | "no" | "off" => Some(false),
            other => {
                let message = format!("`{key}` must be true or false, found `{other}`");
                self.error(text.at, message, "write true or false without quotes");
                None
            }
        }
    }

    /// A whole number within bounds.
    pub fn number(
        &mut self,
        key: &'static str,
        bounds: std::ops::RangeInclusive<u32>,
    ) -> Option<u32> {
        let text = self.text(key)?;
        let number = text.value.parse().ok().filter(|number| bounds.contains(number));
        if number.is_none() {
            let (low, high) = (bounds.start(), bounds.end());
            let message = format!("`{key}` must be a number from {low} to {high}");
            self.error(text.at, message, &format!("found `{}`", text.value));
        }
        number
    }

    /// A list of texts; a single text is split at commas, or else at white space, as Jekyll
    /// splits it (`Utils.pluralized_array_from_hash`).
    pub fn texts(&mut self, key: &'static str) -> Vec<Text> {
        let Some(entry) = self.entry(key) else { return Vec::new() };
        match &entry.node.value {
            Value::List(items) => items
                .iter()
                .filter_map(|item| self.scalar(key, item))
                .filter(|text| !text.value.is_empty())
                .collect(),
            _ => self.scalar(key, &entry.node).map(split).unwrap_or_default(),
        }
    }

    /// The nodes of a list.
    pub fn nodes(&mut self, key: &'static str) -> &'a [Node] {
        match self.entry(key) {
            None => &[],
            Some(Entry { node: Node { value: Value::List(items), .. }, .. }) => items,
            Some(entry) => {
                let message = format!("`{key}` must be a list, found {}", entry.node.value.kind());
                self.error(entry.at, message, "");
                &[]
            }
        }
    }

    fn scalar(&mut self, key: &str, node: &Node) -> Option<Text> {
        match &node.value {
            Value::Null => None,
            Value::Scalar { text, .. } => {
                if let Some(bad) = text.chars().find(|c| c.is_control() && *c != '\n') {
                    let message = format!("`{key}` holds the control character {bad:?}");
                    self.error(node.span.start, message, "delete it");
                }
                Some(Text { value: text.trim().to_owned(), at: node.span.start })
            }
            other => {
                let message = format!("`{key}` must be a text, found {}", other.kind());
                self.error(node.span.start, message, &format!("write `{key}: …` on one line"));
                None
            }
        }
    }

    /// Warns of keys that nobody asked for, and of those that are known but not done yet.
    pub fn finish(self, later: &[&'static str]) {
        for entry in self.entries.iter().filter(|entry| !self.known.contains(&&*entry.key)) {
            let warning = if later.contains(&&*entry.key) {
                let message = format!("`{}` has no effect yet", entry.key);
                self.source.warning(entry.at, message)
            } else {
                let message = format!("unknown key `{}`", entry.key);
                let near = nearest(&entry.key, self.known.iter().chain(later));
                let help = near.map_or_else(
                    || "it is ignored; delete it, or see the guide for the keys there are".into(),
                    |near| format!("did you mean `{near}`?"),
                );
                self.source.warning(entry.at, message).help(help)
            };
            self.problems.push(warning);
        }
    }
}

fn split(text: Text) -> Vec<Text> {
    let comma = |c: char| matches!(c, ',' | '，' | '、');
    let by_comma = text.value.contains(comma);
    let parts = text.value.split(|c: char| if by_comma { comma(c) } else { c.is_whitespace() });
    parts
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| Text { value: part.to_owned(), at: text.at })
        .collect()
}

/// The known key that a misspelt one most likely stands for.
pub fn nearest<'a>(
    key: &str,
    known: impl Iterator<Item = &'a &'static str>,
) -> Option<&'static str> {
    let distance = |known: &str| strsim::damerau_levenshtein(&key.to_lowercase(), known);
    let limit = (key.chars().count() / 3).max(1);
    known
        .map(|known| (distance(known), *known))
        .filter(|near| near.0 <= limit)
        .min()
        .map(|near| near.1)
}
