//! Reading keys off a table, with every mistake reported where it stands.

use std::ops::Range;

use super::diagnostic::{Diagnostic, Severity, Source};
use super::tree::{Entry, Node, Value};
use crate::text;

/// A table that is being read. Keys that nobody asked for are reported by [`Fields::finish`].
pub struct Fields<'a, 'p> {
    source: &'a Source,
    /// Where the table begins.
    pub at: usize,
    entries: &'a [Entry],
    /// Values for keys that the table lacks; they stand in another file.
    defaults: Vec<&'a Entry>,
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
    /// Where it ends.
    pub end: usize,
}

impl Text {
    /// Its byte range.
    pub fn range(&self) -> Range<usize> {
        self.at..self.end
    }
}

/// The place of a value that stands in another file.
pub const ELSEWHERE: usize = usize::MAX;

impl<'a, 'p> Fields<'a, 'p> {
    /// Reads a table; anything else is reported and read as an empty one.
    pub fn new(source: &'a Source, node: &'a Node, problems: &'p mut Vec<Diagnostic>) -> Self {
        let entries: &[Entry] = match &node.value {
            Value::Map(entries) => entries,
            Value::Null => &[],
            other => {
                let (sign, kind) = (sign(source), other.kind());
                let message = format!("expected keys with their values, found {kind}");
                let help = format!("write each on a line of its own: `key{sign} …`");
                problems.push(source.error_in(node.span.clone(), message).help(help));
                &[]
            }
        };
        let at = node.span.start;
        Fields { source, at, entries, defaults: Vec::new(), known: Vec::new(), problems }
    }

    /// The same with values for keys that the table lacks; the first of each key counts. Their
    /// places are [`ELSEWHERE`].
    pub fn with_defaults(self, defaults: Vec<&'a Entry>) -> Self {
        Fields { defaults, ..self }
    }

    /// The value of a key, whatever it is.
    pub fn entry(&mut self, key: &'static str) -> Option<&'a Entry> {
        self.known.push(key);
        let own = self.entries.iter().find(|entry| entry.key == key);
        own.or_else(|| self.defaults.iter().copied().find(|entry| entry.key == key))
    }

    /// Reports an error of what stands at a byte offset, with what to do about it unless that is
    /// empty.
    pub fn error(&mut self, at: usize, message: impl Into<String>, help: &str) {
        self.problem(at, message, help, Severity::Error);
    }

    /// The same as a warning.
    pub fn warning(&mut self, at: usize, message: impl Into<String>, help: &str) {
        self.problem(at, message, help, Severity::Warning);
    }

    /// The same of what many files may have: the report says it once.
    pub fn common_warning(&mut self, at: usize, message: String, help: &str) {
        self.warning(at, message.clone(), help);
        if let Some(last) = self.problems.last_mut() {
            last.group = Some(message.into_boxed_str());
        }
    }

    /// Reports that the table lacks something, at its beginning.
    pub fn missing(&mut self, message: impl Into<String>, help: &str) {
        self.problems.push(self.source.error(self.at, message).help(help));
    }

    fn problem(&mut self, at: usize, message: impl Into<String>, help: &str, severity: Severity) {
        let (range, origin) = match at {
            ELSEWHERE => (self.at..self.at, "it stands in `[[defaults]]` of the configuration"),
            at => (range_at(self.entries, at), ""),
        };
        let parts: Vec<&str> = [help, origin].into_iter().filter(|part| !part.is_empty()).collect();
        // What stands in the configuration is wrong for every post alike.
        let message = message.into();
        let group = (at == ELSEWHERE).then(|| message.clone().into_boxed_str());
        let found = Diagnostic { severity, group, ..self.source.error_in(range, message) };
        self.problems.push(match parts.is_empty() {
            true => found,
            false => found.help(parts.join("; ")),
        });
    }

    /// A text; nothing and an empty text are as if the key were not there.
    pub fn text(&mut self, key: &'static str) -> Option<Text> {
        let entry = self.entry(key)?;
        let text = self.scalar(key, &entry.node)?;
        (!text.value.is_empty()).then_some(text)
    }

    /// The texts of a list, or one text that is not split.
    pub fn texts_unsplit(&mut self, key: &'static str) -> Vec<Text> {
        let Some(entry) = self.entry(key) else { return Vec::new() };
        let nodes = match &entry.node.value {
            Value::List(items) => items.as_slice(),
            _ => std::slice::from_ref(&entry.node),
        };
        let texts = nodes.iter().filter_map(|node| self.scalar(key, node));
        texts.filter(|text| !text.value.is_empty()).collect()
    }

    /// `true` or `false`, and YAML 1.1's `yes`, `no`, `on`, `off`.
    pub fn flag(&mut self, key: &'static str) -> Option<bool> {
        let text = self.text(key)?;
        match text.value.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" => Some(true),
            "false" | "no" | "off" => Some(false),
            other => {
                let message = format!("`{key}` must be true or false, found `{other}`");
                self.error(text.at, message, "write true or false");
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
        let node = &self.entry(key)?.node;
        let number = match &node.value {
            Value::Scalar { text, quoted: false } => text.parse().ok(),
            _ => None,
        };
        let number = number.filter(|number| bounds.contains(number));
        if number.is_none() {
            let (low, high) = (bounds.start(), bounds.end());
            let found = match &node.value {
                Value::Scalar { text, .. } => format!("`{}`", text::shorten(text, 40)),
                other => other.kind().to_owned(),
            };
            let message = format!("`{key}` must be a number from {low} to {high}, found {found}");
            self.error(node.span.start, message, "write a whole number without quotes");
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
            Value::Map(_) => {
                let message = format!("`{key}` must be a list, found a table");
                let help = format!("write `{key}{} [\"a\", \"b\"]`", sign(self.source));
                self.error(entry.node.span.start, message, &help);
                Vec::new()
            }
            _ => {
                let text = self.scalar(key, &entry.node);
                text.map(|text| split(self.source, text)).unwrap_or_default()
            }
        }
    }

    /// The same for a key that is named in the singular: one text is split at commas only, so that
    /// `category: Machine Learning` is one.
    pub fn texts_of_one(&mut self, key: &'static str) -> Vec<Text> {
        let texts = self.texts_unsplit(key);
        let source = self.source;
        let split = |text: Text| match text.value.contains(is_comma) {
            true => split(source, text),
            false => vec![text],
        };
        texts.into_iter().flat_map(split).collect()
    }

    /// The nodes of a list.
    pub fn nodes(&mut self, key: &'static str) -> &'a [Node] {
        match self.entry(key) {
            None => &[],
            Some(Entry { node: Node { value: Value::List(items), .. }, .. }) => items,
            Some(entry) => {
                let message = format!("`{key}` must be a list, found {}", entry.node.value.kind());
                let help = format!("write `[[{key}]]` on a line of its own, and its keys below");
                self.error(entry.at, message, &help);
                &[]
            }
        }
    }

    fn scalar(&mut self, key: &str, node: &Node) -> Option<Text> {
        match &node.value {
            Value::Null => None,
            // TOML tells texts from numbers and dates; YAML's are as written.
            Value::Scalar { text, quoted: false } if is_toml(self.source) => {
                let message = format!("`{key}` must be a text, found `{text}`");
                self.error(node.span.start, message, "put it into quotes");
                None
            }
            Value::Scalar { text, .. } => {
                if let Some(bad) =
                    text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t'))
                {
                    let message = format!("`{key}` holds the control character {bad:?}");
                    self.error(node.span.start, message, "delete it");
                }
                let Range { start, end } = node.span.clone();
                Some(Text { value: text.trim().to_owned(), at: start, end })
            }
            other => {
                let message = format!("`{key}` must be a text, found {}", other.kind());
                let help = format!("write `{key}{} …` on one line", sign(self.source));
                self.error(node.span.start, message, &help);
                None
            }
        }
    }

    /// Warns of keys that nobody asked for. One that is close to a known key gets a warning of its
    /// own; what a theme of Jekyll knew and this does not is said once for all files.
    pub fn finish(self) {
        for entry in self.entries.iter().filter(|entry| !self.known.contains(&&*entry.key)) {
            let range = range_at(self.entries, entry.at);
            let message = format!("unknown key `{}`", entry.key);
            let warning = self.source.warning_in(range, message);
            self.problems.push(match nearest(&entry.key, self.known.iter().copied()) {
                Some(near) => warning.help(format!("did you mean `{near}`?")),
                None => warning
                    .help("it has no effect; delete it, or see the guide for the keys there are")
                    .grouped(format!("unknown key `{}`", entry.key)),
            });
        }
    }
}

/// What stands between a key and its value in the language of a file.
fn sign(source: &Source) -> &'static str {
    if is_toml(source) { " =" } else { ":" }
}

fn is_toml(source: &Source) -> bool {
    source.path.extension().is_some_and(|extension| extension == "toml")
}

/// The byte range of the key or the value that begins at an offset.
fn range_at(entries: &[Entry], at: usize) -> Range<usize> {
    let value = |node: &Node| value_at(node, at);
    let found = entries.iter().find_map(|entry| match entry.at == at {
        true => Some(at..at + entry.key.len()),
        false => value(&entry.node),
    });
    found.unwrap_or(at..at)
}

fn value_at(node: &Node, at: usize) -> Option<Range<usize>> {
    match &node.value {
        _ if !node.span.contains(&at) => None,
        Value::List(items) => items.iter().find_map(|item| value_at(item, at)),
        Value::Map(entries) => Some(range_at(entries, at)),
        _ => None,
    }
    .or_else(|| (node.span.start == at).then(|| node.span.clone()))
}

fn is_comma(c: char) -> bool {
    matches!(c, ',' | '，' | '、')
}

/// The parts of a text, each at its own place where the text is written plainly.
fn split(source: &Source, text: Text) -> Vec<Text> {
    let by_comma = text.value.contains(is_comma);
    let written = source.text.get(text.range()).unwrap_or_default();
    let lead = written.find(&text.value);
    let parts = text.value.split(|c: char| if by_comma { is_comma(c) } else { c.is_whitespace() });
    parts
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| {
            let inside = part.as_ptr().addr() - text.value.as_ptr().addr();
            let at = lead.map_or(text.at, |lead| text.at + lead + inside);
            let end = if lead.is_some() { at + part.len() } else { text.end };
            Text { value: part.to_owned(), at, end }
        })
        .collect()
}

/// The known name that a misspelt one most likely stands for.
pub fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    nearest_within(name, known, (name.chars().count() / 3).max(1))
}

/// The same with at most so many slips of the keyboard.
pub fn nearest_within<'a>(
    name: &str,
    known: impl Iterator<Item = &'a str>,
    limit: usize,
) -> Option<&'a str> {
    let lower = name.to_lowercase();
    let length = lower.chars().count();
    // Names without end need no comparison.
    known
        .filter(|known| known.chars().count().abs_diff(length) <= limit)
        .map(|known| (strsim::damerau_levenshtein(&lower, &known.to_lowercase()), known))
        .filter(|near| near.0 <= limit)
        .min()
        .map(|near| near.1)
}
