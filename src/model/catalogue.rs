//! The catalogue: what every page needs to know of the blog, and where the rest of it is.
//!
//! A small blog is here as a whole. Of a larger one the posts of the first page are, and the rest
//! comes in parts when it is asked for: [`Entry`]s a few at a time, by which lists are made; for
//! each tag, category and year which posts it has (`facets`); the files of paths ([`Paths`]); and
//! the search index.
//!
//! A post's *id* counts from the oldest, 0, so that a new post changes the last part alone.

use serde::Serialize;

use super::{PageEntry, Site, is_false};
use crate::date::Date;
use crate::json::{Json, Read, Wrong};
use crate::tag::Term;

/// What every page needs to know of the whole blog.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Catalogue {
    /// [`super::SCHEMA`] of the writer.
    pub schema: u32,
    /// What the site says about itself.
    pub site: Site,
    /// Every tag in use, most used first.
    pub tags: Vec<Term>,
    /// Every category in use, most used first.
    pub categories: Vec<Term>,
    /// The number of posts.
    pub total: u32,
    /// Months with posts, newest first: year and month as `202601`, and how many.
    pub months: Vec<(u32, u32)>,
    /// The ids of posts that stand first on the home page, newest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pinned: Vec<u32>,
    /// Every post of a small blog; of others those of the first page. Newest first.
    pub posts: Vec<Entry>,
    /// Every `layout: page` file, by path.
    pub pages: Vec<PageEntry>,
    /// Old paths of a small blog, each with the one that took its place.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub redirects: Vec<(String, String)>,
    /// The file of the search index's directory; empty where there is no post.
    pub search: String,
    /// Where the rest is; `None` for a small blog.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parts: Option<Parts>,
}

/// Where the parts of a large blog are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Parts {
    /// Posts in one file of entries.
    pub size: u32,
    /// For each file of entries the hash in its name, [`HASH`] digits each, without separator.
    pub entries: String,
    /// The same for the files of paths.
    pub paths: String,
    /// The file of the facets.
    pub facets: String,
}

/// A post as lists show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Its position among all posts, from the oldest.
    pub id: u32,
    /// Where the post stands, such as `posts/hello/`.
    pub path: String,
    /// The title as plain text.
    pub title: String,
    /// The day of publication in the site's time zone.
    pub date: Date,
    /// Plain text of the excerpt.
    pub excerpt: String,
    /// The keys of its tags, in the author's order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The keys of its categories, in the author's order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// Reading time.
    pub minutes: u32,
    /// The file of the document.
    pub data: String,
    /// The language of the post where it is not the site's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Whether it stands first on the home page.
    #[serde(skip_serializing_if = "is_false")]
    pub pinned: bool,
}

/// The posts of one file of entries.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Entries {
    /// [`super::SCHEMA`] of the writer.
    pub schema: u32,
    /// By id.
    pub posts: Vec<Entry>,
}

/// The files of some paths.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Paths {
    /// [`super::SCHEMA`] of the writer.
    pub schema: u32,
    /// Paths of posts, each with the file of its document.
    pub posts: Vec<(String, String)>,
    /// Old paths, each with the one that took its place.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub redirects: Vec<(String, String)>,
}

/// Digits of the hash in the names of parts. The release manifest holds the whole hash; this one
/// only tells the versions of one part.
pub const HASH: usize = 10;

/// Up to so many posts a blog is small, and its catalogue is all of it.
pub const SMALL: usize = 48;

impl Read for Catalogue {
    fn read(json: &Json) -> Result<Self, Wrong> {
        Ok(Catalogue {
            schema: json.get("schema")?,
            site: json.get("site")?,
            tags: json.get("tags")?,
            categories: json.get("categories")?,
            total: json.get("total")?,
            months: json.get("months")?,
            pinned: json.maybe("pinned")?,
            posts: json.get("posts")?,
            pages: json.get("pages")?,
            redirects: json.maybe("redirects")?,
            search: json.get("search")?,
            parts: json.get("parts")?,
        })
    }
}

impl Read for Parts {
    fn read(json: &Json) -> Result<Self, Wrong> {
        Ok(Parts {
            size: json.get("size")?,
            entries: json.get("entries")?,
            paths: json.get("paths")?,
            facets: json.get("facets")?,
        })
    }
}

impl Read for Entry {
    fn read(json: &Json) -> Result<Self, Wrong> {
        Ok(Entry {
            id: json.get("id")?,
            path: json.get("path")?,
            title: json.get("title")?,
            date: json.get("date")?,
            excerpt: json.get("excerpt")?,
            tags: json.maybe("tags")?,
            categories: json.maybe("categories")?,
            minutes: json.get("minutes")?,
            data: json.get("data")?,
            language: json.get("language")?,
            pinned: json.maybe("pinned")?,
        })
    }
}

impl Read for Entries {
    fn read(json: &Json) -> Result<Self, Wrong> {
        Ok(Entries { schema: json.get("schema")?, posts: json.get("posts")? })
    }
}

impl Read for Paths {
    fn read(json: &Json) -> Result<Self, Wrong> {
        Ok(Paths {
            schema: json.get("schema")?,
            posts: json.get("posts")?,
            redirects: json.maybe("redirects")?,
        })
    }
}

impl Catalogue {
    /// The page at a path.
    pub fn page(&self, path: &str) -> Option<&PageEntry> {
        self.pages.iter().find(|page| page.path == path)
    }
}

impl Parts {
    /// The file that has the entry of a post, by number.
    pub fn entries_of(&self, id: u32) -> u32 {
        id / self.size.max(1)
    }

    /// The name of a file of entries.
    pub fn entries_file(&self, number: u32) -> Option<String> {
        Some(format!("data/entries/{number}-{}.json", hash(&self.entries, number)?))
    }

    /// The file that would know a path, by number. `path` as [`bare`] makes it.
    pub fn paths_of(&self, path: &str) -> u32 {
        let files = (self.paths.len() / HASH).max(1) as u32;
        fnv(path) % files
    }

    /// The name of a file of paths.
    pub fn paths_file(&self, number: u32) -> Option<String> {
        Some(format!("data/paths/{number}-{}.json", hash(&self.paths, number)?))
    }
}

fn hash(hashes: &str, number: u32) -> Option<&str> {
    let at = number as usize * HASH;
    hashes.get(at..at + HASH)
}

/// What two spellings of one address have in common: some hosts serve `a.html` at `/a`.
pub fn bare(path: &str) -> &str {
    let path = path.strip_suffix('/').unwrap_or(path);
    path.strip_suffix(".html").unwrap_or(path)
}

/// FNV-1a with 32 bits; spreads paths evenly over files.
pub fn fnv(text: &str) -> u32 {
    text.bytes().fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_parts_are_named_by_their_number() {
        let parts = Parts {
            size: 8,
            entries: "00000000010000000002".to_owned(),
            paths: "000000000a".to_owned(),
            facets: String::new(),
        };
        let name = parts.entries_file(parts.entries_of(15));
        assert_eq!(name.as_deref(), Some("data/entries/1-0000000002.json"));
        assert_eq!(parts.entries_file(2), None);
        assert_eq!(parts.entries_file(u32::MAX), None);
        let name = parts.paths_file(parts.paths_of("posts/云"));
        assert_eq!(name.as_deref(), Some("data/paths/0-000000000a.json"));
        assert_eq!(Parts::default().entries_of(7), 7);
        assert_eq!(Parts::default().paths_of("x"), 0);
    }

    #[test]
    fn spellings_of_one_address_are_one() {
        for path in ["a/b", "a/b/", "a/b.html"] {
            assert_eq!(bare(path), "a/b");
        }
        // The published value of FNV-1a for this text.
        assert_eq!(fnv("foobar"), 0xBF9C_F968);
    }
}
