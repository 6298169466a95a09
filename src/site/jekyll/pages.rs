//! A page of Jekyll's as a page of Inkstone's: `layout: page`, and a `permalink` where the address
//! would not be the same. All other bytes stay.

use std::ops::Range;
use std::path::Path;

use super::address::{self, Page};
use super::defaults;
use super::node;
use super::settings::{Collection, Settings};
use crate::site::diagnostic::Source;
use crate::site::front_matter;
use crate::site::new_post::quoted;
use crate::site::tree::{Entry, Value};
use crate::site::yaml;
use crate::text;

/// What becomes of a page.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Inkstone makes such a page itself.
    Own,
    /// Copied with these bytes.
    Taken {
        /// The whole file.
        bytes: Vec<u8>,
        /// What is different; empty for a copy.
        changes: Vec<String>,
    },
    /// Copied as it is, though it is no page of Inkstone's yet: the author has to mend it.
    Unclear {
        /// The whole file.
        bytes: Vec<u8>,
        /// What to mend.
        why: String,
    },
}

/// Layouts of pages that Inkstone makes itself, as Chirpy, minima and Minimal Mistakes call them.
const LAYOUTS: [&str; 11] = [
    "404",
    "archive",
    "archives",
    "categories",
    "category",
    "home",
    "posts",
    "search",
    "tag",
    "tags",
    "post-list",
];

/// Addresses of such pages, without `/` and `.html`.
const NAMES: [&str; 16] = [
    "",
    "404",
    "archive",
    "archives",
    "atom",
    "categories",
    "category",
    "feed",
    "index",
    "offline",
    "rss",
    "saved",
    "search",
    "sitemap",
    "tag",
    "tags",
];

/// Turns one page. `path` is the path in the site.
pub fn turn(
    path: &str,
    collection: Option<&Collection>,
    bytes: Vec<u8>,
    settings: &Settings,
) -> Outcome {
    let unclear = |bytes, why: String| Outcome::Unclear { bytes, why };
    let Ok(source) = Source::new(Path::new(path), bytes.clone()) else {
        return unclear(bytes, "not UTF-8, copied as it is".to_owned());
    };
    let Ok(parts) = front_matter::split(&source) else {
        return unclear(bytes, "its front matter is never closed, copied as it is".to_owned());
    };
    let root = yaml::parse(&source, parts.yaml.clone());
    let braces = root.as_ref().is_ok_and(|root| source.text[root.span.start..].starts_with('{'));
    let entries = match root.map(|root| root.value) {
        Ok(Value::Map(entries)) => entries,
        Ok(Value::Null) => Vec::new(),
        _ => return unclear(bytes, "its front matter is not valid, copied as it is".to_owned()),
    };
    let kind = collection.map_or("pages", |collection| &*collection.label);
    let front = Front { entries: &entries, path, kind, settings };
    let address = front.address(collection);
    let names_own = |address: &String| is_own(address, front.line("layout").as_deref());
    if address.as_ref().is_ok_and(names_own) {
        return Outcome::Own;
    }
    let edit = Edit::new(&source, &entries, parts.yaml.start).filter(|_| !braces);
    let Some(edit) = edit else {
        let why = "its front matter stands in braces; write `layout: page` into it";
        return unclear(bytes, why.to_owned());
    };
    front.edited(address, edit, bytes)
}

/// Whether Inkstone makes the page at an address, or of a layout, itself.
pub fn is_own(address: &str, layout: Option<&str>) -> bool {
    let name = address.trim_matches('/');
    let name = name.strip_suffix(".html").unwrap_or(name);
    layout.is_some_and(|layout| LAYOUTS.contains(&layout)) || NAMES.contains(&name)
}

/// The front matter of a page, with the defaults behind it.
struct Front<'a> {
    entries: &'a [Entry],
    path: &'a str,
    kind: &'a str,
    settings: &'a Settings,
}

impl Front<'_> {
    fn own(&self, key: &str) -> Option<&Entry> {
        let entry = self.entries.iter().find(|entry| entry.key == key)?;
        (entry.node.value != Value::Null).then_some(entry)
    }

    /// A text of the page, else of the defaults that apply to it.
    fn line(&self, key: &str) -> Option<String> {
        let default = || defaults::find(&self.settings.defaults, self.path, self.kind, key);
        self.own(key).map(|entry| &entry.node).or_else(default).and_then(node::line)
    }

    fn address(&self, collection: Option<&Collection>) -> Result<String, String> {
        let (permalink, slug) = (self.line("permalink"), self.line("slug"));
        let categories = self.own("categories").map(|entry| node::lines(&entry.node));
        let page = Page {
            path: self.path,
            collection,
            permalink: permalink.as_deref(),
            slug: slug.as_deref(),
            categories: &categories.unwrap_or_default(),
        };
        address::address(&page, self.settings)
    }

    /// Sets `layout`, and `permalink` where Inkstone's own address would be another. The address
    /// may be a placeholder that can't be filled.
    fn edited(&self, address: Result<String, String>, edit: Edit<'_>, bytes: Vec<u8>) -> Outcome {
        let address = match address {
            Ok(address) => address,
            Err(placeholder) => {
                let bytes = edit.keys(&[("layout", "page".to_owned())], &bytes);
                let why = "is not known here; set its `permalink`";
                return Outcome::Unclear {
                    bytes,
                    why: format!("its address has `{placeholder}`, which {why}"),
                };
            }
        };
        let mut keys = Vec::new();
        let layout = self.own("layout").and_then(|entry| node::line(&entry.node));
        if layout.as_deref() != Some("page") {
            keys.push(("layout", "page".to_owned()));
        }
        let written = self.own("permalink").and_then(|entry| node::line(&entry.node));
        let same = match &written {
            Some(written) => !written.contains(':') || *written == address,
            None => address.trim_matches('/') == self.name(),
        };
        if !same {
            keys.push(("permalink", plain_or_quoted(&address)));
        }
        let changes = keys.iter().map(|(key, value)| format!("{key}: {value}")).collect();
        Outcome::Taken { bytes: edit.keys(&keys, &bytes), changes }
    }

    /// What Inkstone's default address `/<slug>/` is made from: `slug`, else the file's name.
    fn name(&self) -> String {
        let own = self.own("slug").and_then(|entry| node::line(&entry.node));
        let name = own.unwrap_or_else(|| {
            let stem = Path::new(self.path).file_stem().unwrap_or_default().to_string_lossy();
            address::undated(&stem).map_or(stem.to_string(), |(_, name)| name.to_owned())
        });
        // A name that is its own slug, so that no rule of slugs can make another address of it.
        let slug = text::slug(&name);
        if slug == name { slug } else { String::new() }
    }
}

fn plain_or_quoted(address: &str) -> String {
    let odd = address.contains(": ") || address.contains(" #") || address.ends_with([':', ' ']);
    if odd || address.chars().any(char::is_control) { quoted(address) } else { address.to_owned() }
}

/// Where keys are written in a front matter of one key a line.
struct Edit<'a> {
    source: &'a Source,
    entries: &'a [Entry],
    start: usize,
    indent: &'a str,
}

impl<'a> Edit<'a> {
    /// `None` where keys don't begin lines.
    fn new(source: &'a Source, entries: &'a [Entry], start: usize) -> Option<Self> {
        let before = |entry: &Entry| {
            let line = source.text[..entry.at].rfind('\n').map_or(0, |at| at + 1);
            &source.text[line..entry.at]
        };
        let indents: Vec<&str> = entries.iter().map(before).collect();
        let spaces = indents.iter().all(|indent| indent.chars().all(|c| c == ' '));
        let indent = indents.first().copied().unwrap_or_default();
        spaces.then_some(Edit { source, entries, start, indent })
    }

    /// The bytes with keys set: in place where they are there, else behind the opening fence.
    fn keys(&self, keys: &[(&str, String)], bytes: &[u8]) -> Vec<u8> {
        let end = if bytes[..raw(bytes, self.start)].ends_with(b"\r\n") { "\r\n" } else { "\n" };
        let mut edits: Vec<(Range<usize>, String)> = Vec::new();
        for (key, value) in keys {
            match self.entries.iter().find(|entry| entry.key == *key) {
                Some(entry) => edits.push((self.range(entry), format!("{key}: {value}"))),
                None => {
                    let line = format!("{}{key}: {value}{end}", self.indent);
                    edits.push((self.start..self.start, line));
                }
            }
        }
        // New keys come before one that is replaced at the same place, in their own order.
        edits.sort_by_key(|(range, _)| (range.start, range.end));
        let (mut out, mut at) = (Vec::new(), 0);
        for (range, text) in edits {
            out.extend(&bytes[at..raw(bytes, range.start)]);
            out.extend(text.into_bytes());
            at = raw(bytes, range.end);
        }
        out.extend(&bytes[at..]);
        out
    }

    /// From a key to the end of its value, without a comment behind it.
    fn range(&self, entry: &Entry) -> Range<usize> {
        let text = &self.source.text;
        let end = match entry.node.value {
            // Nothing has no extent; it ends with the line.
            Value::Null => text[entry.at..].find('\n').map_or(text.len(), |line| entry.at + line),
            _ => entry.node.span.end,
        };
        entry.at..entry.at + text[entry.at..end].trim_end().len()
    }
}

/// The offset in a file of an offset in its text, which has no byte order mark and no `\r\n`.
fn raw(bytes: &[u8], offset: usize) -> usize {
    let mut at = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    for _ in 0..offset {
        at += if bytes[at..].starts_with(b"\r\n") { 2 } else { 1 };
    }
    at
}

#[cfg(test)]
mod tests;
