//! The text of one post, once all posts are known: prepared Markdown, and what it refers to.
//!
//! 1. `prepare` turns Liquid and kramdown's attributes into plain Markdown.
//! 2. Images and files are found, beside the post or in the folder of public files.
//! 3. A `{:toc}` is filled in, and the excerpt and the reading time are taken.
//!
//! Pure; links within the site are gathered here (`reader`, `image`) and checked by `links`.

mod code;
mod image;
mod reader;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::config::Config;
use super::diagnostic::{Diagnostic, Severity, Source};
use super::fields::Text;
use super::index::Index;
use super::memo::{self, Key};
use super::post::{Kind, Post};
use super::prepare::{self, Context, Finding, PageFacts, Prepared, SiteFacts};
use super::when::day_in;
use crate::markdown::{self, Heading};
use crate::model::{Document, SCHEMA, Target};
use crate::search::Section;
use crate::tag;
use crate::text;
use reader::Reader;

pub use reader::join;

/// A post's text and all that was found in it.
#[derive(Clone, Debug)]
pub struct Content {
    /// What the browser loads.
    pub document: Document,
    /// Plain text for lists.
    pub excerpt: String,
    /// Its text by headings.
    pub sections: Vec<Section>,
    /// The ids of headings and footnotes.
    pub anchors: BTreeSet<String>,
    /// Links within the site, to be checked.
    pub links: Vec<Link>,
    /// The files of the site that the text shows, as paths below the base.
    pub media: BTreeSet<String>,
    /// Files that were made of the text, by path below the base; `media` has them as well.
    pub made: BTreeMap<String, Vec<u8>>,
    /// What is wrong with the text.
    pub problems: Vec<Diagnostic>,
}

/// A link within the site.
#[derive(Clone, Debug)]
pub struct Link {
    /// Decoded path below the base; `None` for the page itself.
    pub path: Option<String>,
    /// Decoded, without `#`.
    pub fragment: Option<String>,
    /// As written.
    pub written: String,
    /// Its byte range in the file.
    pub range: Range<usize>,
}

/// The longest excerpt in lists, in characters.
const EXCERPT: usize = 160;

/// A table of contents is worth its place from so many headings on.
const CONTENTS: usize = 3;

/// What texts depend on besides their own files.
pub fn surroundings(config: &Config, index: &Index<'_>) -> Key {
    memo::key(&[format!("{config:?}").as_bytes(), index.written().as_bytes()])
}

/// All that [`content`] depends on: the post is read from its file, with the configuration and,
/// for its date, the clock.
pub fn key(post: &Post, source: &Source, surroundings: Key) -> Key {
    let (file, when) = (format!("{:?}", source.path), format!("{:?}", post.when));
    let text = source.text.as_bytes();
    memo::key(&[surroundings.as_ref(), file.as_bytes(), when.as_bytes(), text])
}

/// Prepares a post's text. Every mistake goes to the result's problems.
pub fn content(post: &Post, source: &Source, config: &Config, index: &Index<'_>) -> Content {
    let (prepared, findings) = prepare(post, config, index);
    let mut reader = Reader::new(post, source, config, index);
    for finding in findings {
        let range = post.body_at + finding.range.start..post.body_at + finding.range.end;
        let liquid = finding.message.starts_with("Liquid `{{");
        reader.say(Severity::Warning, range, finding.message, finding.help);
        // A template's loop says the same of each of its outputs.
        if let Some(said) = reader.problems.last_mut().filter(|said| said.group.is_none() && liquid)
        {
            said.group = Some(format!("Liquid in {}", post.file.display()).into_boxed_str());
        }
    }
    let origin = |offset: usize| post.body_at + prepared.origin(offset);
    reader.depth(markdown::too_deep(&prepared.markdown).map(origin));
    for reference in markdown::references(&prepared.markdown) {
        // The end lies behind the last byte, which may be followed by what was taken out.
        let last = reference.range.end.saturating_sub(1);
        let range = origin(reference.range.start)..origin(last) + 1;
        reader.reference(&reference, range);
    }
    let picture = reader.picture();
    reader.scale(&prepared.sizes);
    let language = post.language.as_ref().unwrap_or(&config.site.language);
    let article = markdown::parse(&prepared.markdown, &post.title, language);
    reader.size(article.cut.map(origin));
    let mut seen = BTreeSet::new();
    for removed in &article.removed {
        if seen.insert((&removed.tag, &removed.attribute)) {
            reader.removed(removed, origin(removed.at));
        }
    }
    let code = code::blocks(&prepared.markdown, &mut reader, origin);
    reader.end();
    let body = with_contents(&prepared, &article.headings);
    let separator = post.excerpt_separator.as_deref().or(config.excerpt_separator.as_deref());
    let excerpt = match &post.excerpt {
        Some(written) => written.clone(),
        None => {
            let context = (&*post.title, &**language);
            markdown::excerpt(&article, &prepared.markdown, context, separator)
        }
    };
    let text = article.text();
    let contents = post.contents && article.headings.len() >= CONTENTS;
    let excerpt = text::shorten(&excerpt, EXCERPT);
    let summary = Some(excerpt.clone()).filter(|text| post.kind == Kind::Post && !text.is_empty());
    Content {
        excerpt,
        sections: article.sections(),
        anchors: anchors(&article),
        document: Document {
            schema: SCHEMA,
            path: post.path.clone(),
            title: post.title.clone(),
            date: post.when.as_ref().filter(|_| post.kind == Kind::Post).map(|when| when.date),
            language: post.language.clone(),
            tags: keys(&post.tags),
            categories: keys(&post.categories),
            minutes: text::reading_minutes(&text),
            author: post.author.clone(),
            source: post.source.clone(),
            updated: post.updated,
            description: post.description.clone().or(summary),
            keywords: post.keywords.clone(),
            markdown: body,
            code,
            length: text::length(&text),
            contents,
            targets: reader.targets.into_values().filter(Target::says_something).collect(),
            picture,
            ..Document::default()
        },
        links: reader.found,
        media: reader.media,
        made: reader.made,
        problems: reader.problems,
    }
}

/// The keys of terms, each once.
fn keys(names: &[Text]) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for key in names.iter().map(|name| tag::key(&name.value)) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

fn prepare(post: &Post, config: &Config, index: &Index<'_>) -> (Prepared, Vec<Finding>) {
    let site = &config.site;
    let date = date(post, config);
    let context = Context {
        liquid: post.liquid,
        math: post.math,
        site: SiteFacts {
            title: &site.title,
            description: &site.description,
            author: &site.author,
            url: index.origin.as_deref(),
        },
        page: PageFacts { title: &post.title, path: &post.path, date: &date },
        post: &*index.post,
        file: &*index.file,
    };
    prepare::prepare(&post.body, &context)
}

fn date(post: &Post, config: &Config) -> String {
    let day = post.when.as_ref().map(|when| day_in(when.instant, &config.timezone));
    day.map_or_else(String::new, |day| day.to_string())
}

/// Ids that a fragment can name.
fn anchors(article: &markdown::Article) -> BTreeSet<String> {
    let mut anchors: BTreeSet<String> =
        article.headings.iter().map(|heading| &heading.id).chain(&article.ids).cloned().collect();
    for (number, note) in (1..).zip(&article.footnotes) {
        anchors.insert(format!("fn-{number}"));
        anchors.extend((1..=note.references).map(|nth| format!("fnref-{number}-{nth}")));
    }
    anchors
}

/// The body with its table of contents, where it asks for one.
fn with_contents(prepared: &Prepared, headings: &[Heading]) -> String {
    let mut body = prepared.markdown.clone();
    if let Some(at) = prepared.toc_at.filter(|at| body.is_char_boundary(*at)) {
        body.insert_str(at, &contents(headings));
    }
    body
}

/// A nested list of links to headings.
fn contents(headings: &[Heading]) -> String {
    let top = headings.iter().map(|heading| heading.level).min().unwrap_or(2);
    let mut lines = String::from("\n");
    let mut depth = 0;
    for heading in headings {
        // A level that is skipped must not become code by its indentation.
        depth = usize::from(heading.level - top).min(depth + 1);
        let escaped: String = heading.text.chars().flat_map(escape).collect();
        let id = text::encode_query(&heading.id);
        lines.push_str(&format!("{}- [{escaped}](#{id})\n", "  ".repeat(depth)));
    }
    lines + "\n"
}

fn escape(c: char) -> impl Iterator<Item = char> {
    c.is_ascii_punctuation().then_some('\\').into_iter().chain([if c == '\n' { ' ' } else { c }])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_contents_nests_and_escapes() {
        let heading = |level, text: &str| Heading {
            level,
            id: crate::text::anchor(text),
            text: text.to_owned(),
        };
        let headings = [heading(2, "一 [a]"), heading(4, "*二*"), heading(2, "三")];
        let want =
            "\n- [一 \\[a\\]](#%E4%B8%80-a)\n  - [\\*二\\*](#%E4%BA%8C)\n- [三](#%E4%B8%89)\n\n";
        assert_eq!(contents(&headings), want);
    }
}
