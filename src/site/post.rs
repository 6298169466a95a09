//! One file to one post: front matter, file name and configuration put together.
//!
//! 1. `front_matter` and `yaml` find the keys; `[[defaults]]` fill in those that lack.
//! 2. `keys` reads each key, `address` decides where the post stands.
//! 3. The body stays as written; `content` prepares it once all posts are known.

mod address;
mod keys;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::config::Config;
use super::diagnostic::{Diagnostic, Severity, Source};
use super::fields::{Fields, Text};
use super::front_matter;
use super::tree::{Entry, Node, Value};
use super::when::When;
use crate::date::Date;

pub use address::name_parts;

/// A post or a page as its author wrote it.
#[derive(Clone, Debug)]
pub struct Post {
    /// The file, as people know it.
    pub file: PathBuf,
    /// A post of the lists, or a page outside them.
    pub kind: Kind,
    /// Where it stands, relative to the base, as `route::document_path` makes it.
    pub path: String,
    /// Plain text.
    pub title: String,
    /// Where the title stands in the file, in bytes; the file's beginning where it has none.
    pub title_at: usize,
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
    /// Words for search engines.
    pub keywords: Vec<String>,
    /// BCP 47, where it is not the site's.
    pub language: Option<String>,
    /// Tags as written.
    pub tags: Vec<Text>,
    /// Categories: those of the folder, then those written.
    pub categories: Vec<Text>,
    /// Whether it stands first on the home page.
    pub pinned: bool,
    /// The series it is a part of.
    pub series: Option<String>,
    /// What this text and its translations have in common.
    pub translation_key: Option<Text>,
    /// The picture above the text.
    pub image: Option<Picture>,
    /// Old addresses, decoded, relative to the base.
    pub redirects: Vec<Text>,
    /// What lists show of it, where its author wrote that.
    pub excerpt: Option<String>,
    /// What ends the excerpt in the body, where it is not the site's.
    pub excerpt_separator: Option<String>,
    /// Where relative images stand, from the site's root (Chirpy's `media_subpath`).
    pub media_subpath: Option<String>,
    /// Whether Liquid in the body means anything.
    pub liquid: bool,
    /// Whether dollar signs may mean formulas.
    pub math: bool,
    /// Whether diagrams are drawn.
    pub mermaid: bool,
    /// Whether a table of contents may stand beside the text.
    pub contents: bool,
    /// The body as written.
    pub body: String,
    /// Where the body begins in the file, in bytes.
    pub body_at: usize,
    /// Why it is not shown.
    pub hidden: Option<Hidden>,
}

/// The picture above a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// As written.
    pub src: Text,
    /// What it shows, for those who don't see it.
    pub alt: String,
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

/// What every file is read with.
#[derive(Clone, Copy)]
pub struct Inputs<'a> {
    /// The site's configuration.
    pub config: &'a Config,
    /// The folder of posts, as people know it.
    pub folder: &'a Path,
    /// What counts as the future comes after it.
    pub now: Timestamp,
}

/// Larger files are refused, in bytes.
pub const MAX_BYTES: u64 = 5 * 1024 * 1024;

/// Every key of front matter that is known.
pub const KEYS: [&str; 35] = [
    "layout",
    "title",
    "date",
    "last_modified_at",
    "updated",
    "author",
    "authors",
    "source",
    "description",
    "categories",
    "category",
    "tags",
    "tag",
    "keywords",
    "permalink",
    "slug",
    "redirect_from",
    "published",
    "draft",
    "pin",
    "toc",
    "math",
    "mathjax",
    "hidden",
    "mermaid",
    "comments",
    "image",
    "excerpt",
    "excerpt_separator",
    "lang",
    "translation_key",
    "series",
    "media_subpath",
    "img_path",
    "render_with_liquid",
];

/// Reads one file. Every mistake goes to `problems`; `None` where there is nothing to show.
pub fn parse(source: &Source, inputs: Inputs<'_>, problems: &mut Vec<Diagnostic>) -> Option<Post> {
    let before = problems.len();
    let (root, body) = match front(source) {
        Ok(parts) => parts,
        Err(errors) => {
            problems.extend(errors);
            return None;
        }
    };
    let folder = folder_of(source, inputs.folder);
    let mut fields = Fields::new(source, &root, problems);
    let kind = kind(&mut fields, inputs.config, &folder, name_parts(&source.path).0.is_some());
    let defaults =
        inputs.config.defaults.iter().filter(|defaults| defaults.matches(&folder, Some(kind)));
    let values: Vec<&Entry> = defaults.flat_map(|defaults| &defaults.values).collect();
    let mut fields = Fields::new(source, &root, problems).with_defaults(values);
    let post = read(&mut fields, source, inputs, (kind, &folder, body));
    fields.finish();
    if let Some(post) = post.as_ref().filter(|post| post.body.trim().is_empty()) {
        let warning = source.warning(post.body_at, "the post has no text");
        problems.push(warning.help("write it here, below the front matter"));
    }
    let failed = problems[before..].iter().any(|p| p.severity == Severity::Error);
    post.filter(|_| !failed)
}

/// The keys, and where the body begins.
fn front(source: &Source) -> Result<(Node, usize), Vec<Diagnostic>> {
    let parts = front_matter::split(source).map_err(|error| vec![error])?;
    Ok((super::yaml::parse(source, parts.yaml)?, parts.body.start))
}

/// The folders between the folder of posts and a file.
fn folder_of(source: &Source, posts: &Path) -> Vec<String> {
    let inside = source.path.strip_prefix(posts).unwrap_or(&source.path);
    let folders = inside.parent().into_iter().flat_map(Path::components);
    folders.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect()
}

/// `layout: page` makes a page, in the file or in a default for files of either kind. A file that
/// is named like a post is a post whatever its layout, as in Jekyll.
fn kind(fields: &mut Fields<'_, '_>, config: &Config, folder: &[String], dated: bool) -> Kind {
    let default = config.defaults.iter().filter(|defaults| defaults.matches(folder, None));
    let default = default.flat_map(|defaults| &defaults.values).find(|entry| entry.key == "layout");
    let layout = fields.entry("layout").or(default).map(|entry| &entry.node.value);
    match layout {
        Some(Value::Scalar { text, .. }) if text == "page" && !dated => Kind::Page,
        _ => Kind::Post,
    }
}

fn read(
    fields: &mut Fields<'_, '_>,
    source: &Source,
    inputs: Inputs<'_>,
    (kind, folder, body_at): (Kind, &[String], usize),
) -> Option<Post> {
    let Inputs { config, now, .. } = inputs;
    fields.text("layout");
    let (name_date, name) = name_parts(&source.path);
    let (draft, published) = (keys::draft(fields, folder), fields.flag("published"));
    let slug = fields.text("slug").map(|text| text.value);
    let title =
        keys::title(fields, if name.is_empty() { slug.as_deref().unwrap_or("") } else { &name });
    let written = fields.entry("title").map_or(fields.at, |entry| entry.node.span.start);
    let when = keys::when(fields, inputs, kind, (name_date.as_deref(), draft));
    let categories = keys::categories(fields, folder);
    let tags = keys::terms(fields, "tags", "tag");
    let path = address::path(fields, config, (kind, &name, when.as_ref(), &categories));
    keys::warn_invisible(fields, &tags, &categories);
    keys::without_effect(fields);
    let text = |fields: &mut Fields<'_, '_>, key| fields.text(key).map(|text| text.value);
    let media_subpath = text(fields, "media_subpath");
    let post = Post {
        file: source.path.clone(),
        kind,
        updated: keys::updated(fields, config),
        author: keys::authors(fields, &config.site.language),
        source: keys::web_address(fields, "source"),
        description: text(fields, "description"),
        keywords: fields.texts("keywords").into_iter().map(|text| text.value).collect(),
        language: keys::language(fields),
        pinned: fields.flag("pin").unwrap_or(false),
        series: text(fields, "series"),
        translation_key: fields.text("translation_key"),
        image: keys::picture(fields),
        redirects: address::redirects(fields),
        excerpt: text(fields, "excerpt"),
        excerpt_separator: text(fields, "excerpt_separator"),
        media_subpath: text(fields, "img_path").or(media_subpath),
        liquid: fields.flag("render_with_liquid").unwrap_or(true),
        math: keys::unless_off(fields, ["math", "mathjax"]),
        mermaid: fields.flag("mermaid") != Some(false),
        contents: fields.flag("toc") != Some(false),
        title: title?,
        title_at: written,
        path: path?,
        hidden: keys::hidden(draft, published, when.as_ref(), now),
        when: if kind == Kind::Post { Some(when?) } else { when },
        tags,
        categories,
        body: source.text[body_at..].to_owned(),
        body_at,
    };
    Some(post)
}
