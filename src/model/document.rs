//! One post or page with its text: all that its own page shows.

use serde::Serialize;

use super::is_false;
use crate::date::Date;
use crate::json::{Json, Read, Wrong};

/// One post or page with its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Document {
    /// [`SCHEMA`] of the writer.
    pub schema: u32,
    /// Where it stands; the same as its entry's path.
    pub path: String,
    /// The title as plain text.
    pub title: String,
    /// The day of publication in the site's time zone; `None` for a page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// The language where it is not the site's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The keys of its tags, in the author's order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The keys of its categories, in the author's order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// Reading time.
    pub minutes: u32,
    /// The series it is a part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub series: Option<Series>,
    /// The post before it in time, and the one after it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub older: Option<Link>,
    /// See `older`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub newer: Option<Link>,
    /// Posts on the same things, nearest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Link>,
    /// Who wrote it; `None` for the site's author.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// What it reports on: an `https:` or `http:` URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The day of the last change, where the author states one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<Date>,
    /// One sentence for search engines and previews: the author's, else the excerpt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Words for search engines.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// The same text in other languages.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub translations: Vec<Link>,
    /// The picture of its previews: a path below the base, encoded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub card: Option<String>,
    /// The body as CommonMark with additions: Liquid and kramdown's attributes are resolved, line
    /// ends are `\n`.
    pub markdown: String,
    /// What is known of the links and images of the text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<Target>,
    /// What the build knows of each block of code, in their order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub code: Vec<CodeBlock>,
    /// Han characters and words of the text.
    pub length: u32,
    /// Whether a table of contents stands beside the text.
    #[serde(skip_serializing_if = "is_false")]
    pub contents: bool,
    /// The picture above the text: its path below the base, encoded, and what it shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture: Option<(String, String)>,
}

/// Another post, as a link shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Link {
    /// Where it stands.
    pub path: String,
    /// Its title as plain text.
    pub title: String,
    /// Its language where it is not the site's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// A series of posts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// Its parts, the oldest first.
    pub parts: Vec<Link>,
}

/// What is known of a URL of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Target {
    /// As written; a URL from the site's root begins with `/`.
    pub url: String,
    /// Where a relative URL leads: a path below the base, encoded, with query and fragment;
    /// `None` where the URL says it itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Width and height of an image in CSS pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<(u32, u32)>,
    /// Whether an image of another site is shown all the same.
    #[serde(skip_serializing_if = "is_false")]
    pub remote: bool,
}

/// What the build knows of a block of code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Drawing {
    /// The picture for light colours: a path below the base, encoded.
    pub light: String,
    /// The picture for dark colours.
    pub dark: String,
    /// Width and height in CSS pixels.
    pub size: (u32, u32),
    /// What it shows, where its source says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

impl Target {
    /// Whether anything is known.
    pub fn says_something(&self) -> bool {
        self.path.is_some() || self.size.is_some() || self.remote
    }
}

impl Read for Document {
    fn read(json: &Json) -> Result<Self, Wrong> {
        Ok(Document {
            schema: json.get("schema")?,
            path: json.get("path")?,
            title: json.get("title")?,
            date: json.get("date")?,
            language: json.get("language")?,
            tags: json.maybe("tags")?,
            categories: json.maybe("categories")?,
            minutes: json.maybe("minutes")?,
            series: json.get("series")?,
            older: json.get("older")?,
            newer: json.get("newer")?,
            related: json.maybe("related")?,
            author: json.get("author")?,
            source: json.get("source")?,
            updated: json.get("updated")?,
            description: json.get("description")?,
            keywords: json.maybe("keywords")?,
            translations: json.maybe("translations")?,
            card: json.get("card")?,
            markdown: json.get("markdown")?,
            targets: json.maybe("targets")?,
            code: json.maybe("code")?,
            length: json.maybe("length")?,
            contents: json.maybe("contents")?,
            picture: json.get("picture")?,
        })
    }
}

impl Read for Link {
    fn read(json: &Json) -> Result<Self, Wrong> {
        let (path, title) = (json.get("path")?, json.get("title")?);
        Ok(Link { path, title, language: json.get("language")? })
    }
}

impl Read for Series {
    fn read(json: &Json) -> Result<Self, Wrong> {
        Ok(Series { name: json.get("name")?, parts: json.get("parts")? })
    }
}

impl Read for Target {
    fn read(json: &Json) -> Result<Self, Wrong> {
        Ok(Target {
            url: json.get("url")?,
            path: json.get("path")?,
            size: json.get("size")?,
            remote: json.maybe("remote")?,
        })
    }
}

impl Read for CodeBlock {
    fn read(json: &Json) -> Result<Self, Wrong> {
        Ok(CodeBlock {
            language: json.maybe("language")?,
            title: json.get("title")?,
            numbers: json.get("numbers")?,
            marked: json.maybe("marked")?,
            diff: json.maybe("diff")?,
            runs: json.maybe("runs")?,
            drawing: json.get("drawing")?,
        })
    }
}

impl Read for Drawing {
    fn read(json: &Json) -> Result<Self, Wrong> {
        Ok(Drawing {
            light: json.get("light")?,
            dark: json.get("dark")?,
            size: json.get("size")?,
            title: json.get("title")?,
        })
    }
}
