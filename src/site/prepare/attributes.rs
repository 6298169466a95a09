//! kramdown's attribute lists, `{: #id .class key="value" name}` (kramdown: syntax, Attribute
//! List Definitions; lib/kramdown/parser/kramdown/extensions.rb).
//!
//! More lenient than kramdown where authors mean well: `}` may stand in quotes, and values may
//! do without quotes.

use std::collections::BTreeMap;

/// What a list says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Attributes {
    pub(super) id: Option<String>,
    pub(super) classes: Vec<String>,
    pub(super) pairs: Vec<(String, String)>,
    /// Names of lists that are defined elsewhere, and `toc`.
    pub(super) names: Vec<String>,
    /// Whether all of it is of a known form.
    pub(super) valid: bool,
}

/// Names of other lists that one list may use; more are overlooked.
const MOST_NAMES: usize = 16;

/// Lists that are defined by `{:name: …}`.
pub(super) type Definitions = BTreeMap<String, Attributes>;

/// The end of a list that begins with `{:` at an offset: behind its `}`, in the same paragraph.
pub(super) fn end(text: &str, start: usize) -> Option<usize> {
    let mut quote = None;
    let mut before = b'=';
    let from = start + 2;
    for (index, byte) in text.as_bytes().get(from..)?.iter().copied().enumerate() {
        match (quote, byte) {
            (_, b'\n') if before == b'\n' => return None,
            (Some(open), _) if byte == open && before != b'\\' => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (None, b'{') => return None,
            (None, b'}') if before != b'\\' => return Some(from + index + 1),
            _ => {}
        }
        before = byte;
    }
    None
}

/// The list between `{:` and `}`.
pub(super) fn parse(inner: &str) -> Attributes {
    let mut attributes = Attributes { valid: true, ..Attributes::default() };
    let mut rest = inner.trim_start();
    while !rest.is_empty() {
        let length = attributes.take(rest);
        rest = rest[length..].trim_start();
    }
    attributes
}

impl Attributes {
    /// Takes the first word of a text; returns its length.
    fn take(&mut self, text: &str) -> usize {
        let word = text.find(char::is_whitespace).unwrap_or(text.len());
        if text.starts_with(['.', '#']) {
            self.take_chain(&text[..word]);
            return word;
        }
        let name = text.bytes().take_while(|b| b.is_ascii_alphanumeric() || b"_-".contains(b));
        let name = &text[..name.count()];
        let Some(value) = text[name.len()..].strip_prefix('=').filter(|_| !name.is_empty()) else {
            match !name.is_empty() && name.len() == word {
                true => self.names.push(name.to_owned()),
                false => self.valid = false,
            }
            return word;
        };
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let quoted = quote.and_then(|quote| {
            let ends = value.match_indices(quote).skip(1);
            let mut ends = ends.filter(|(at, _)| !value[..*at].ends_with('\\'));
            ends.next().map(|(at, _)| (&value[1..at], at + 1))
        });
        let (content, length) = quoted.unwrap_or_else(|| {
            let end = value.find(char::is_whitespace).unwrap_or(value.len());
            (&value[..end], end)
        });
        self.pairs.push((name.to_owned(), unescaped(content)));
        name.len() + 1 + length
    }

    /// Takes `.class#id.class`.
    fn take_chain(&mut self, word: &str) {
        let mut rest = word;
        while let Some(sign) = rest.chars().next() {
            let end = rest[1..].find(['.', '#']).map_or(rest.len(), |end| end + 1);
            let name = &rest[1..end];
            match sign {
                _ if name.is_empty() => self.valid = false,
                '.' => self.classes.push(name.to_owned()),
                _ => self.id = Some(name.to_owned()),
            }
            rest = &rest[end..];
        }
    }

    /// Adds what the lists it names say; those may name further ones, these are not followed.
    pub(super) fn resolve(&mut self, definitions: &Definitions) {
        for name in self.names.iter().take(MOST_NAMES) {
            let Some(definition) = definitions.get(name) else { continue };
            self.classes.extend_from_slice(&definition.classes);
            self.pairs.extend_from_slice(&definition.pairs);
            self.id = self.id.take().or_else(|| definition.id.clone());
        }
    }

    /// Whether it has anything but names, which any words could be.
    pub(super) fn is_certain(&self) -> bool {
        self.valid && !(self.id.is_none() && self.classes.is_empty() && self.pairs.is_empty())
    }

    /// Whether it has anything at all.
    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty()
            && self.id.is_none()
            && self.classes.is_empty()
            && self.pairs.is_empty()
    }

    /// The value of the first of some keys.
    pub(super) fn get(&self, keys: &[&str]) -> Option<&str> {
        let mut found = self.pairs.iter().filter(|(key, _)| keys.contains(&&**key));
        found.next().map(|(_, value)| value.as_str())
    }

    /// The size of an image (Chirpy: `w` and `h` are `width` and `height`), in pixels.
    pub(super) fn size(&self) -> (Option<u32>, Option<u32>) {
        let pixels = |keys: &[&str]| {
            let value = self.get(keys)?.trim();
            value.strip_suffix("px").unwrap_or(value).trim().parse().ok()
        };
        (pixels(&["width", "w"]), pixels(&["height", "h"]))
    }
}

/// A value without the backslashes before quotes and braces.
fn unescaped(value: &str) -> String {
    value.replace("\\}", "}").replace("\\\"", "\"").replace("\\'", "'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_all_forms() {
        let text = r#"{: .a.b#c key="v }" w='1' h=2px TOC data-x='it\'s'}rest"#;
        let end = end(text, 0).unwrap();
        assert_eq!(&text[end..], "rest");
        let list = parse(&text[2..end - 1]);
        assert_eq!(list.classes, ["a", "b"]);
        assert_eq!(list.id.as_deref(), Some("c"));
        assert_eq!(list.names, ["TOC"]);
        assert_eq!(list.get(&["key"]), Some("v }"));
        assert_eq!(list.get(&["data-x"]), Some("it's"));
        assert_eq!(list.size(), (Some(1), Some(2)));
        assert!(list.valid);
    }

    #[test]
    fn what_is_no_list() {
        for text in ["{: a", "{: a\n\n}", "{: {}", "{:"] {
            assert_eq!(end(text, 0), None, "{text}");
        }
        assert!(!parse("\"hello\"").valid);
        assert!(!parse("这是").valid);
        assert_eq!(parse("width=\"50%\"").size(), (None, None));
    }
}
