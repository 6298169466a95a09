//! The content model and its JSON form: one definition for the build and the browser.
//!
//! `data/catalogue-<hash>.json` is a [`Catalogue`]: what every page needs, and where the rest is.
//! `data/<path>-<hash>.json` is a [`Document`]: one post or page with its Markdown.
//! Paths are relative to the site's base, decoded, and end with `/` where they name a page.

pub mod catalogue;
mod document;

use serde::Serialize;

use crate::json::{self, Json, Read, Wrong};

pub use catalogue::{Catalogue, Entries, Entry, Parts, Paths};
pub use document::{CodeBlock, Document, Drawing, Link, Series, Target};

/// The version of the JSON format; a reader refuses any other.
pub const SCHEMA: u32 = 2;

/// What the site says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Site {
    /// The name of the blog.
    pub title: String,
    /// One sentence below the name.
    pub description: String,
    /// Who writes, where a post does not say.
    pub author: String,
    /// BCP 47, such as `zh-CN`; chooses the words of the interface as well.
    pub language: String,
    /// Posts on one page of a list; at least 1.
    pub page_size: u32,
    /// The links at the top of every page, in order.
    pub navigation: Vec<NavigationItem>,
    /// The origin of its address, such as `https://blog.example`; `None` where the author did not
    /// say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// The picture of its previews: a path below the base, encoded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub card: Option<String>,
}

/// A link at the top of every page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NavigationItem {
    /// What the link says.
    pub label: String,
    /// A path relative to the base (`tags/`), or an absolute `https:` URL.
    pub target: String,
}

/// A page outside the lists, such as `about/`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PageEntry {
    /// Where the page stands, such as `about/`.
    pub path: String,
    /// The title as plain text.
    pub title: String,
    /// The file of the [`Document`].
    pub data: String,
}

fn is_false(flag: &bool) -> bool {
    !flag
}

impl Read for Site {
    fn read(json: &Json) -> Result<Self, Wrong> {
        Ok(Site {
            title: json.get("title")?,
            description: json.get("description")?,
            author: json.get("author")?,
            language: json.get("language")?,
            page_size: json.get("page_size")?,
            navigation: json.get("navigation")?,
            origin: json.get("origin")?,
            card: json.get("card")?,
        })
    }
}

impl Read for NavigationItem {
    fn read(json: &Json) -> Result<Self, Wrong> {
        Ok(NavigationItem { label: json.get("label")?, target: json.get("target")? })
    }
}

impl Read for PageEntry {
    fn read(json: &Json) -> Result<Self, Wrong> {
        let (path, title) = (json.get("path")?, json.get("title")?);
        Ok(PageEntry { path, title, data: json.get("data")? })
    }
}

/// Reads a file of this format; the error says what is wrong with it. Another format is named as
/// such, whatever else it says.
pub fn read<T: Read>(bytes: &[u8]) -> Result<T, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "not UTF-8".to_owned())?;
    let json = json::parse(text)?;
    match json.get::<u32>("schema") {
        Ok(SCHEMA) => {
            T::read(&json).map_err(|Wrong(field)| format!("`{field}` is not as it should be"))
        }
        Ok(schema) => Err(format!("format {schema}, this app reads format {SCHEMA}")),
        Err(_) => Err("no format".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newer_schema_and_broken_json_are_refused_with_a_reason() {
        let check = |json: &str, want: &str| {
            let error = read::<Document>(json.as_bytes()).unwrap_err();
            assert!(error.contains(want), "{error}");
        };
        check(r#"{"schema":1,"other":true}"#, "format 1");
        check(r#"{"schema":2,"pa"#, "EOF");
        check("<!doctype html>", "expected value");
        check(r#"{"schema":2}"#, "`path`");
    }
}
