//! One file to one post: front matter, file name and configuration put together.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::config::Config;
use super::diagnostic::{Diagnostic, Source};
use super::fields::{Fields, Text};
use super::front_matter;
use super::permalink::{self, Parts};
use super::when::{self, When};
use crate::date::Date;
use crate::markdown;
use crate::text;

/// A post or a page as its author wrote it.
#[derive(Clone, Debug)]
pub struct Post {
    /// The file, as people know it.
    pub file: PathBuf,
    /// A post of the lists, or a page outside them.
    pub kind: Kind,
    /// Where it stands, relative to the base, ending with `/`.
    pub path: String,
    /// Plain text.
    pub title: String,
    /// When it was published; pages may have none.
    pub when: Option<When>,
    /// The day of the last change, where stated.
    pub updated: Option<Date>,
    /// Who wrote it, where it is not the site's author.
    pub author: Option<String>,
    /// What it reports on.
    pub source: Option<String>,
    /// One sentence for previews.
    pub description: Option<String>,
    /// BCP 47, where it is not the site's.
    pub language: Option<String>,
    /// Plain text for lists.
    pub excerpt: String,
    /// Tags as written.
    pub tags: Vec<Text>,
    /// Categories as written.
    pub categories: Vec<Text>,
    /// The body.
    pub markdown: String,
    /// Where the body begins in the file, in bytes.
    pub body_at: usize,
    /// Why it is not shown.
    pub hidden: Option<Hidden>,
}

/// `layout: post`, the default, or `layout: page`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Listed by date.
    Post,
    /// Not listed.
    Page,
}

/// Why a post is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hidden {
    /// `draft: true`, or in a `_drafts` folder.
    Draft,
    /// Its date has not come.
    Future,
    /// `published: false`.
    Unpublished,
}

/// Larger files are refused, in bytes.
pub const MAX_BYTES: u64 = 5 * 1024 * 1024;

/// The longest excerpt in lists, in characters.
const EXCERPT: usize = 160;

/// Keys of Jekyll and its themes that have no effect yet.
const LATER: [&str; 11] = [
    "pin",
    "toc",
    "math",
    "mermaid",
    "comments",
    "image",
    "series",
    "redirect_from",
    "keywords",
    "excerpt_separator",
    "render_with_liquid",
];

/// The date and slug that a file's name carries: `2026-01-14-slug.md`.
fn name_parts(file: &Path) -> (Option<String>, String) {
    let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let mut parts = stem.splitn(4, '-');
    let mut number = |lengths: std::ops::RangeInclusive<usize>| {
        let part = parts.next()?;
        (lengths.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())).then_some(part)
    };
    if let (Some(year), Some(month), Some(day)) = (number(4..=4), number(1..=2), number(1..=2))
        && let Some(slug) = parts.next()
    {
        return (Some(format!("{year}-{month}-{day}")), slug.to_owned());
    }
    (None, stem)
}

/// Reads one file. Every mistake goes to `problems`; `None` where there is nothing to show.
pub fn parse(
    source: &Source,
    config: &Config,
    now: Timestamp,
    problems: &mut Vec<Diagnostic>,
) -> Option<Post> {
    let parts = match front_matter::split(source) {
        Ok(parts) => parts,
        Err(error) => {
            problems.push(error);
            return None;
        }
    };
    let root = match super::yaml::parse(source, parts.yaml) {
        Ok(root) => root,
        Err(errors) => {
            problems.extend(errors);
            return None;
        }
    };
    let before = problems.len();
    let mut fields = Fields::new(source, &root, problems);
    let markdown = source.text[parts.body.clone()].to_owned();
    let post = read(&mut fields, source, config, now, (markdown, parts.body.start));
    fields.finish(&LATER);
    if post.as_ref().is_some_and(|post| post.markdown.trim().is_empty()) {
        problems.push(source.warning(0, "the post has no text"));
    }
    let failed =
        problems[before..].iter().any(|p| p.severity == super::diagnostic::Severity::Error);
    post.filter(|_| !failed)
}

fn read(
    fields: &mut Fields<'_, '_>,
    source: &Source,
    config: &Config,
    now: Timestamp,
    (markdown, body_at): (String, usize),
) -> Option<Post> {
    let (name_date, name_slug) = name_parts(&source.path);
    let kind = kind(fields);
    let title = title(fields, &name_slug);
    let when = when(fields, config, kind, name_date.as_deref());
    let updated = updated(fields, config);
    let categories = terms(fields, "categories", "category");
    let tags = terms(fields, "tags", "tag");
    let address = address(fields, config, kind, (&name_slug, when.as_ref(), &categories));
    let hidden = hidden(fields, source, when.as_ref(), now);
    let text = |fields: &mut Fields<'_, '_>, key| fields.text(key).map(|text| text.value);
    let written = text(fields, "excerpt");
    let post = Post {
        file: source.path.clone(),
        kind,
        author: text(fields, "author").or_else(|| text(fields, "authors")),
        source: web_address(fields, "source"),
        description: text(fields, "description"),
        language: language(fields),
        excerpt: String::new(),
        title: title?,
        path: address?,
        when: if kind == Kind::Post { Some(when?) } else { when },
        updated,
        tags,
        categories,
        markdown,
        body_at,
        hidden,
    };
    let excerpt = written.unwrap_or_else(|| markdown::excerpt(&post.markdown, &post.title));
    Some(Post { excerpt: text::shorten(&excerpt, EXCERPT), ..post })
}

fn kind(fields: &mut Fields<'_, '_>) -> Kind {
    match fields.text("layout") {
        Some(layout) if layout.value == "page" => Kind::Page,
        _ => Kind::Post,
    }
}

/// The `title`, else one made of the file's name. A title that says nothing is a mistake.
fn title(fields: &mut Fields<'_, '_>, slug: &str) -> Option<String> {
    if let Some(entry) = fields.entry("title")
        && entry.node.value == super::tree::Value::Null
    {
        fields.error(entry.at, "`title` is empty", "write the title, or delete the line");
        return None;
    }
    let written = fields.text("title");
    if written.is_none() && slug.is_empty() {
        let at = fields.at;
        fields.error(at, "no `title`, and none in the file's name", "add a line `title: …`");
    }
    if let Some(title) = written {
        return Some(title.value);
    }
    (!slug.is_empty()).then(|| slug.replace(['-', '_'], " "))
}

fn when(
    fields: &mut Fields<'_, '_>,
    config: &Config,
    kind: Kind,
    name_date: Option<&str>,
) -> Option<When> {
    let written = fields.text("date");
    let at = written.as_ref().map_or(fields.at, |text| text.at);
    let Some(text) = written.map(|text| text.value).or_else(|| name_date.map(str::to_owned)) else {
        if kind == Kind::Post {
            let help = "add a line `date: 2026-01-14`, or name the file 2026-01-14-title.md";
            fields.error(at, "no `date`, and none in the file's name", help);
        }
        return None;
    };
    match when::parse(&text, &config.timezone) {
        Ok(when) => Some(when),
        Err(message) => {
            fields.error(at, message, "the form is 2026-01-14 09:30:00 +0800");
            None
        }
    }
}

fn updated(fields: &mut Fields<'_, '_>, config: &Config) -> Option<Date> {
    let text = fields.text("last_modified_at").or_else(|| fields.text("updated"))?;
    fields.entry("updated");
    match when::parse(&text.value, &config.timezone) {
        Ok(when) => Some(when.date),
        Err(message) => {
            fields.error(text.at, message, "the form is 2026-01-14 09:30:00 +0800");
            None
        }
    }
}

/// Both spellings of a key, each term once.
fn terms(fields: &mut Fields<'_, '_>, many: &'static str, one: &'static str) -> Vec<Text> {
    let mut terms: Vec<Text> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for term in fields.texts(many).into_iter().chain(fields.texts(one)) {
        let key = crate::tag::key(&term.value);
        if key.is_empty() {
            fields.error(term.at, format!("`{many}` holds an empty name"), "delete it");
        } else if seen.insert(key) {
            terms.push(term);
        }
    }
    terms
}

/// Where it stands: `permalink`, else the site's pattern with the `slug` or the file's name.
fn address(
    fields: &mut Fields<'_, '_>,
    config: &Config,
    kind: Kind,
    (name_slug, when, categories): (&str, Option<&When>, &[Text]),
) -> Option<String> {
    let (permalink, written) = (fields.text("permalink"), fields.text("slug"));
    let at = permalink.as_ref().or(written.as_ref()).map_or(fields.at, |text| text.at);
    let slug = text::slug(written.as_ref().map_or(name_slug, |text| &text.value));
    let path = match (&permalink, kind) {
        (Some(path), _) => permalink::normal(&path.value),
        (None, Kind::Page) => permalink::normal(&slug),
        (None, Kind::Post) => {
            let categories: Vec<String> =
                categories.iter().map(|category| text::slug(&category.value)).collect();
            let parts = Parts { slug: &slug, date: when?.date, categories: &categories };
            config.permalink.path(&parts)
        }
    };
    let unusable = written.as_ref().filter(|text| text.value.contains(['/', '\\', '%']));
    let verdict = match (unusable, slug.is_empty() && permalink.is_none()) {
        (Some(text), _) => Err(format!("`{}` is not a slug", text.value)),
        (None, true) => Err("the address is empty".to_owned()),
        (None, false) => permalink::check(&path),
    };
    match verdict {
        Ok(()) => Some(path),
        Err(message) => {
            fields.error(at, message, "set `slug` to letters, digits and hyphens");
            None
        }
    }
}

fn hidden(
    fields: &mut Fields<'_, '_>,
    source: &Source,
    when: Option<&When>,
    now: Timestamp,
) -> Option<Hidden> {
    let drafts = source.path.components().any(|part| part.as_os_str() == "_drafts");
    let (draft, published) = (fields.flag("draft"), fields.flag("published"));
    if draft.unwrap_or(drafts) {
        Some(Hidden::Draft)
    } else if published == Some(false) {
        Some(Hidden::Unpublished)
    } else if when.is_some_and(|when| when.instant > now) {
        Some(Hidden::Future)
    } else {
        None
    }
}

fn web_address(fields: &mut Fields<'_, '_>, key: &'static str) -> Option<String> {
    let text = fields.text(key)?;
    let parsed = url::Url::parse(&text.value).ok();
    if parsed.is_some_and(|url| matches!(url.scheme(), "https" | "http")) {
        return Some(text.value);
    }
    let message = format!("`{key}` is not a web address: `{}`", text.value);
    fields.error(text.at, message, "write it whole, such as https://…");
    None
}

fn language(fields: &mut Fields<'_, '_>) -> Option<String> {
    let text = fields.text("lang")?;
    if super::config::is_language(&text.value) {
        return Some(text.value);
    }
    let message = format!("`{}` is not a language", text.value);
    fields.error(text.at, message, "write a tag such as zh-CN or en");
    None
}

#[cfg(test)]
mod tests;
