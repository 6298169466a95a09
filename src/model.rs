//! The content model and its JSON form: one definition for the build and the browser.
//!
//! `data/catalogue-<hash>.json` is a [`Catalogue`]: all that lists, filters and links need.
//! `data/<path>-<hash>.json` is a [`Document`]: one post or page with its Markdown.
//! Paths are relative to the site's base, decoded, and end with `/` where they name a page.

use serde::{Deserialize, Serialize};

use crate::date::Date;

/// The version of the JSON format; a reader refuses any other.
pub const SCHEMA: u32 = 1;

/// What every list, filter and link needs to know of the whole blog.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Catalogue {
    /// [`SCHEMA`] of the writer.
    pub schema: u32,
    /// What the site says about itself.
    pub site: Site,
    /// Every tag in use, most used first.
    pub tags: Vec<Term>,
    /// Every category in use, most used first.
    pub categories: Vec<Term>,
    /// Every post, newest first.
    pub posts: Vec<Entry>,
    /// Every `layout: page` file, by path.
    pub pages: Vec<PageEntry>,
    /// Old paths of posts and pages, each with the one that took its place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub redirects: Vec<(String, String)>,
}

/// What the site says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
}

/// A link at the top of every page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NavigationItem {
    /// What the link says.
    pub label: String,
    /// A path relative to the base (`tags/`), or an absolute `https:` URL.
    pub target: String,
}

/// A tag or a category: everything that is shown or linked of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// The folded form, by which spellings are compared; also what a filter in the URL says.
    pub key: String,
    /// The one spelling that is shown.
    pub label: String,
    /// The path segment of its page.
    pub slug: String,
    /// Posts that carry it.
    pub count: u32,
}

/// A post as lists show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Where the post stands, such as `posts/hello/`.
    pub path: String,
    /// The title as plain text.
    pub title: String,
    /// The day of publication in the site's time zone.
    pub date: Date,
    /// Plain text of the excerpt.
    pub excerpt: String,
    /// Indices into [`Catalogue::tags`], in the author's order.
    pub tags: Vec<u32>,
    /// Indices into [`Catalogue::categories`], in the author's order.
    pub categories: Vec<u32>,
    /// Reading time.
    pub minutes: u32,
    /// The file of the [`Document`].
    pub data: String,
    /// The language of the post where it is not the site's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Whether it stands first on the home page.
    #[serde(default, skip_serializing_if = "is_false")]
    pub pinned: bool,
    /// The name of the series it is a part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub series: Option<String>,
}

fn is_false(flag: &bool) -> bool {
    !flag
}

/// A page outside the lists, such as `about/`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageEntry {
    /// Where the page stands, such as `about/`.
    pub path: String,
    /// The title as plain text.
    pub title: String,
    /// The file of the [`Document`].
    pub data: String,
}

/// One post or page with its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// [`SCHEMA`] of the writer.
    pub schema: u32,
    /// Where it stands; the same as its entry's path.
    pub path: String,
    /// Who wrote it; `None` for the site's author.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// What it reports on: an `https:` or `http:` URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The day of the last change, where the author states one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated: Option<Date>,
    /// One sentence for search engines and previews.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The body as CommonMark with additions: Liquid and kramdown's attributes are resolved, line
    /// ends are `\n`.
    pub markdown: String,
    /// What is known of the links and images of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<Target>,
    /// What the build knows of each block of code, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub code: Vec<CodeBlock>,
    /// Han characters and words of the text.
    #[serde(default)]
    pub length: u32,
    /// Whether a table of contents stands beside the text.
    #[serde(default, skip_serializing_if = "is_false")]
    pub contents: bool,
    /// The picture above the text: its path below the base, encoded, and what it shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<(String, String)>,
}

/// What is known of a URL of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// As written; a URL from the site's root begins with `/`.
    pub url: String,
    /// Where a relative URL leads: a path below the base, encoded, with query and fragment;
    /// `None` where the URL says it itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Width and height of an image in CSS pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<(u32, u32)>,
    /// Whether an image of another site is shown all the same.
    #[serde(default, skip_serializing_if = "is_false")]
    pub remote: bool,
}

/// What the build knows of a block of code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CodeBlock {
    /// The language as the author spells it; empty without one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub language: String,
    /// What stands above the block, mostly a file's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The number of the first line; `None` without line numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub numbers: Option<u32>,
    /// Lines to mark, from 1 and inclusive.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub marked: Vec<(u32, u32)>,
    /// Whether a `+` or `-` at the beginning of a line says what a patch does with it.
    #[serde(skip_serializing_if = "is_false")]
    pub diff: bool,
    /// The colours, as `markdown::code` reads them; empty for plain text.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub runs: String,
    /// The diagram that the block describes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drawing: Option<Drawing>,
}

/// A diagram, drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawing {
    /// The picture for light colours: a path below the base, encoded.
    pub light: String,
    /// The picture for dark colours.
    pub dark: String,
    /// Width and height in CSS pixels.
    pub size: (u32, u32),
    /// What it shows, where its source says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

impl Target {
    /// Whether anything is known.
    pub fn says_something(&self) -> bool {
        self.path.is_some() || self.size.is_some() || self.remote
    }
}

impl Catalogue {
    /// Reads the JSON form; the error says what is wrong with it.
    pub fn from_json(json: &str) -> Result<Self, String> {
        let catalogue: Catalogue = read(json)?;
        catalogue.check()?;
        Ok(catalogue)
    }

    /// Every index must lead somewhere, so that no view has to ask.
    fn check(&self) -> Result<(), String> {
        let inside = |indices: &[u32], terms: &[Term]| {
            indices.iter().all(|index| (*index as usize) < terms.len())
        };
        let whole = self.posts.iter().all(|post| {
            inside(&post.tags, &self.tags) && inside(&post.categories, &self.categories)
        });
        if whole { Ok(()) } else { Err("a post names a tag that is not listed".to_owned()) }
    }

    /// The post at a path, with its position in the list.
    pub fn post(&self, path: &str) -> Option<(usize, &Entry)> {
        self.posts.iter().enumerate().find(|(_, post)| post.path == path)
    }

    /// The page at a path.
    pub fn page(&self, path: &str) -> Option<&PageEntry> {
        self.pages.iter().find(|page| page.path == path)
    }

    /// The path of the post or page that a path means: its own, one that differs only in its end
    /// (some hosts serve `a.html` at `/a`), or the one that took the place of an old one.
    pub fn resolve(&self, path: &str) -> Option<&str> {
        fn bare(path: &str) -> &str {
            let path = path.strip_suffix('/').unwrap_or(path);
            path.strip_suffix(".html").unwrap_or(path)
        }
        let wanted = bare(path);
        let posts = self.posts.iter().map(|post| &post.path);
        let mut paths = posts.chain(self.pages.iter().map(|page| &page.path));
        let same = paths.find(|path| bare(path) == wanted);
        let old = || self.redirects.iter().find(|(old, _)| bare(old) == wanted).map(|(_, new)| new);
        same.or_else(old).map(String::as_str)
    }

    /// The file that holds the text at a path, where the path names a post or a page.
    pub fn data_file(&self, path: &str) -> Option<&str> {
        self.post(path)
            .map(|(_, post)| post.data.as_str())
            .or_else(|| self.page(path).map(|page| page.data.as_str()))
    }
}

impl Document {
    /// Reads the JSON form; the error says what is wrong with it.
    pub fn from_json(json: &str) -> Result<Self, String> {
        read(json)
    }
}

/// Reads a file of this format; another format is named as such, whatever else it says.
fn read<T: for<'de> Deserialize<'de>>(json: &str) -> Result<T, String> {
    match written_schema(json) {
        Some(schema) if schema != SCHEMA => {
            Err(format!("format {schema}, this app reads format {SCHEMA}"))
        }
        _ => serde_json::from_str(json).map_err(|error| error.to_string()),
    }
}

/// The format's number; it is the first key of every file.
fn written_schema(json: &str) -> Option<u32> {
    let rest = json.trim_start().strip_prefix('{')?.trim_start();
    let rest = rest.strip_prefix("\"schema\"")?.trim_start().strip_prefix(':')?.trim_start();
    let end = rest.find(|c: char| !c.is_ascii_digit())?;
    rest[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newer_schema_and_broken_json_are_refused_with_a_reason() {
        let check = |json: &str, want: &str| {
            let error = Document::from_json(json).unwrap_err();
            assert!(error.contains(want), "{error}");
        };
        check(r#"{"schema":2,"other":true}"#, "format 2");
        check(r#"{"schema":1,"pa"#, "EOF");
        check("<!doctype html>", "expected value");
        check(r#"{"schema":1}"#, "missing field `path`");
    }

    #[test]
    fn an_index_out_of_range_is_refused() {
        let json = r#"{"schema":1,"site":{"title":"t","description":"","author":"","language":"en",
            "page_size":10,"navigation":[]},"tags":[],"categories":[],"pages":[],"posts":[
            {"path":"posts/a/","title":"a","date":"2026-01-14","excerpt":"","tags":[0],
             "categories":[],"minutes":1,"data":"data/a.json"}]}"#;
        assert!(Catalogue::from_json(json).unwrap_err().contains("not listed"));
    }
}
