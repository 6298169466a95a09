//! The text of one post, once all posts are known: prepared Markdown, and what it refers to.
//!
//! 1. `prepare` turns Liquid and kramdown's attributes into plain Markdown.
//! 2. Images and files are found, beside the post or in the folder of public files.
//! 3. A `{:toc}` is filled in, and the excerpt and the reading time are taken.
//!
//! Pure; links within the site are gathered here and checked by `links`.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::config::Config;
use super::diagnostic::{Diagnostic, MOST_LISTED, Severity, Source};
use super::index::Index;
use super::post::Post;
use super::prepare::{self, Context, Finding, PageFacts, Prepared, SiteFacts};
use super::when::day_in;
use crate::markdown::{self, Heading, Href};
use crate::model::{Document, SCHEMA, Target};
use crate::text;

/// A post's text and all that was found in it.
#[derive(Clone, Debug)]
pub struct Content {
    /// What the browser loads.
    pub document: Document,
    /// Plain text for lists.
    pub excerpt: String,
    /// Reading time.
    pub minutes: u32,
    /// The ids of headings and footnotes.
    pub anchors: BTreeSet<String>,
    /// Links within the site, to be checked.
    pub links: Vec<Link>,
    /// The files of the site that the text shows, as paths below the base.
    pub media: BTreeSet<String>,
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

/// Prepares a post's text. Every mistake goes to the result's problems.
pub fn content(post: &Post, source: &Source, config: &Config, index: &Index<'_>) -> Content {
    let (prepared, findings) = prepare(post, config, index);
    let mut reader = Reader {
        post,
        source,
        index,
        targets: BTreeMap::new(),
        found: Vec::new(),
        media: BTreeSet::new(),
        problems: Vec::new(),
        counts: [0; 2],
    };
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
    let mut seen = BTreeSet::new();
    for (what, at) in markdown::plain(&prepared.markdown) {
        if seen.insert(what.clone()) {
            reader.plain(&what, origin(at));
        }
    }
    for reference in markdown::references(&prepared.markdown) {
        // The end lies behind the last byte, which may be followed by what was taken out.
        let last = reference.range.end.saturating_sub(1);
        let range = origin(reference.range.start)..origin(last) + 1;
        reader.reference(&reference, range);
    }
    let picture = reader.picture();
    reader.scale(&prepared.sizes);
    reader.end();
    let article = markdown::parse(&prepared.markdown, &post.title);
    reader.size(article.cut.map(origin));
    let body = with_contents(&prepared, &article.headings);
    let separator = post.excerpt_separator.as_deref().or(config.excerpt_separator.as_deref());
    let excerpt = match &post.excerpt {
        Some(written) => written.clone(),
        None => markdown::excerpt(&prepared.markdown, &post.title, separator),
    };
    Content {
        excerpt: text::shorten(&excerpt, EXCERPT),
        minutes: text::reading_minutes(&article.text()),
        anchors: anchors(&article),
        document: Document {
            schema: SCHEMA,
            path: post.path.clone(),
            author: post.author.clone(),
            source: post.source.clone(),
            updated: post.updated,
            description: post.description.clone(),
            markdown: body,
            targets: reader.targets.into_values().filter(Target::says_something).collect(),
            picture,
        },
        links: reader.found,
        media: reader.media,
        problems: reader.problems,
    }
}

fn prepare(post: &Post, config: &Config, index: &Index<'_>) -> (Prepared, Vec<Finding>) {
    let site = &config.site;
    let date = date(post, config);
    let context = Context {
        liquid: post.liquid,
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
        article.headings.iter().map(|heading| heading.id.clone()).collect();
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

/// Follows a post's references to what they mean.
struct Reader<'a> {
    post: &'a Post,
    source: &'a Source,
    index: &'a Index<'a>,
    /// By URL as written.
    targets: BTreeMap<String, Target>,
    found: Vec<Link>,
    media: BTreeSet<String>,
    problems: Vec<Diagnostic>,
    /// Errors and warnings so far, also those that are not listed.
    counts: [usize; 2],
}

impl Reader<'_> {
    /// Notes a problem, unless there are enough of its severity.
    fn say(
        &mut self,
        severity: Severity,
        range: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let count = &mut self.counts[usize::from(severity == Severity::Warning)];
        *count += 1;
        if *count <= MOST_LISTED {
            let found = Diagnostic { severity, ..self.source.error_in(range, message) };
            self.problems.push(found.help(help));
        }
    }

    /// Says that there is more than what is listed.
    fn end(&mut self) {
        if self.counts.iter().any(|count| *count > MOST_LISTED) {
            self.problems.push(self.source.and_more());
        }
    }

    fn depth(&mut self, at: Option<usize>) {
        if let Some(at) = at {
            let message = format!("nested deeper than {} levels", markdown::MAX_DEPTH);
            let help = "browsers can't show it; take some of the `>` or of the indentation away";
            self.say(Severity::Error, at..at, message, help);
        }
    }

    fn size(&mut self, at: Option<usize>) {
        if let Some(at) = at {
            let message = "the text makes far more elements than it has characters";
            let help = "split the table: each of its rows gets as many cells as the first";
            self.say(Severity::Error, at..at, message, help);
        }
    }

    /// What is shown as it is written, said once for all posts.
    fn plain(&mut self, what: &markdown::Plain, at: usize) {
        let (message, help, length) = match what {
            markdown::Plain::Html(name) => (
                format!("`<{name}>` is shown as text"),
                "posts are Markdown; write it in Markdown, or delete it",
                name.len() + 1,
            ),
            markdown::Plain::Formula => (
                "a formula is shown as it is written".to_owned(),
                "formulas between `$$` are not set yet",
                2,
            ),
        };
        let warning = self.source.warning_in(at..at + length, &*message).help(help);
        self.problems.push(warning.grouped(message));
    }

    fn reference(&mut self, reference: &markdown::Reference, range: Range<usize>) {
        match &reference.href {
            None if is_deliberate(&reference.url) => {}
            None => {
                let message = format!("`{}` is not a safe address", reference.url);
                let help =
                    "only the text is kept; links begin with https:, http:, mailto:, tel: or xmpp:";
                self.say(Severity::Warning, range, message, help);
            }
            Some(Href::External(_)) => {}
            Some(href) if reference.image => self.image(href, &reference.url, range),
            Some(Href::Fragment(fragment)) => self.link("", Some(fragment), &reference.url, range),
            Some(Href::Site(path)) => self.site_link(path, &reference.url, range),
            Some(Href::Relative(path)) => self.relative_link(path, &reference.url, range),
        }
    }

    fn site_link(&mut self, path: &str, written: &str, range: Range<usize>) {
        let (file, fragment) = split(path);
        match text::decode(file) {
            Some(path) => self.link(&format!("/{path}"), fragment, written, range),
            None => self.undecodable(written, range),
        }
    }

    /// A file beside the post, another post's file, or a path from the page's own address.
    fn relative_link(&mut self, written_path: &str, written: &str, range: Range<usize>) {
        let (file, fragment) = split(written_path);
        let Some(decoded) = text::decode(file) else { return self.undecodable(written, range) };
        if let Some(target) = self.index.beside(&self.post.file, &decoded) {
            let path = format!("{}{}", text::encode_path(&target), suffix(written_path));
            self.target(written_path).path = Some(path);
            match self.index.media.contains_key(&target) {
                true => drop(self.media.insert(target)),
                false => self.link(&format!("/{target}"), fragment, written, range),
            }
            return;
        }
        // Chirpy's video and audio are looked for where the post's images are.
        let media = self.post.media_subpath.as_deref().and_then(|base| join(base, &decoded));
        if let Some(target) = media.filter(|path| self.index.public.contains_key(path)) {
            let path = format!("{}{}", text::encode_path(&target), suffix(written_path));
            self.target(written_path).path = Some(path);
            self.media.insert(target);
            return;
        }
        match join(&folder(&self.post.path), &decoded) {
            Some(path) => self.link(&format!("/{path}"), fragment, written, range),
            None => self.broken(written, range),
        }
    }

    /// `path` is empty for the page itself, else it begins with `/`.
    fn link(&mut self, path: &str, fragment: Option<&str>, written: &str, range: Range<usize>) {
        let fragment = fragment.map(|text| text::decode(text).unwrap_or_else(|| text.to_owned()));
        let path = path.strip_prefix('/').map(str::to_owned);
        self.found.push(Link { path, fragment, written: written.to_owned(), range });
    }

    fn broken(&mut self, written: &str, range: Range<usize>) {
        let message = format!("the link `{written}` leads out of the site");
        let help = "take a `..` away; a path from the root begins with `/`";
        self.say(Severity::Warning, range, message, help);
    }

    fn undecodable(&mut self, written: &str, range: Range<usize>) {
        let message = format!("the link `{written}` is no UTF-8 where it is percent-encoded");
        let help = "write its letters as they are, without `%`";
        self.say(Severity::Warning, range, message, help);
    }

    fn image(&mut self, href: &Href, written: &str, range: Range<usize>) {
        match self.find_image(href) {
            Ok((path, size)) => {
                self.image_target(href, &path, size);
                self.media.insert(path);
            }
            Err(help) => {
                let message = format!("there is no image `{written}`");
                self.say(Severity::Error, range, message, help);
            }
        }
    }

    fn target(&mut self, url: &str) -> &mut Target {
        let new = || Target { url: url.to_owned(), path: None, size: None };
        self.targets.entry(url.to_owned()).or_insert_with(new)
    }

    fn image_target(&mut self, href: &Href, path: &str, size: Option<(u32, u32)>) {
        match href {
            Href::Relative(url) => {
                let target = self.target(url);
                target.path = Some(text::encode_path(path));
                target.size = size;
            }
            Href::Site(path) if size.is_some() => self.target(&format!("/{path}")).size = size,
            _ => {}
        }
    }

    /// The path of an image below the base, and its size; else what to do.
    fn find_image(&self, href: &Href) -> Result<(String, Option<(u32, u32)>), String> {
        let (Href::Site(path) | Href::Relative(path)) = href else { return Err(String::new()) };
        let decoded = text::decode(split(path).0);
        let decoded = decoded.ok_or("write its letters as they are, without `%`")?;
        let leaves = || "the path leads out of the site; copy the image into public/".to_owned();
        let public = |path: &str| {
            let size = self.index.public.get(path)?;
            Some((path.to_owned(), *size))
        };
        if let Href::Site(_) = href {
            let path = join("", &decoded).ok_or_else(leaves)?;
            return public(&path).ok_or_else(|| self.index.nearest_image(&path, None));
        }
        if let Some(target) = self.index.beside(&self.post.file, &decoded) {
            let size = self.index.media.get(&target).copied().flatten();
            return Ok((target, size));
        }
        let base = self.post.media_subpath.clone().unwrap_or_else(|| folder(&self.post.path));
        let from_page = join(base.trim_matches('/'), &decoded);
        let from_page = from_page.ok_or_else(leaves)?;
        public(&from_page).ok_or_else(|| self.index.nearest_image(&decoded, Some(&self.post.file)))
    }

    /// The `image` of the front matter.
    fn picture(&mut self) -> Option<(String, String)> {
        let picture = self.post.image.as_ref()?;
        let range = picture.src.range();
        let href = Href::image(&picture.src.value);
        if !matches!(href, Some(Href::Site(_) | Href::Relative(_))) {
            let message = format!("the image `{}` is not shown", picture.src.value);
            let help = "reading a post asks no other site; copy the image into public/";
            self.say(Severity::Warning, range, message, help);
            return None;
        }
        match self.find_image(&href?) {
            Ok((path, size)) => {
                self.media.insert(path.clone());
                let path = text::encode_path(&path);
                self.target(&format!("/{path}")).size = size;
                Some((path, picture.alt.clone()))
            }
            Err(help) => {
                let message = format!("there is no image `{}`", picture.src.value);
                self.say(Severity::Error, range, message, help);
                None
            }
        }
    }

    /// Sizes that the author set, in proportion where one side is missing.
    fn scale(&mut self, written: &BTreeMap<String, (Option<u32>, Option<u32>)>) {
        for (url, wanted) in written {
            let key = match Href::image(url) {
                Some(Href::Site(path)) => format!("/{path}"),
                Some(Href::Relative(url)) => url,
                _ => continue,
            };
            let target = self.target(&key);
            target.size = match (*wanted, target.size) {
                ((Some(width), Some(height)), _) => Some((width, height)),
                ((Some(width), None), Some((w, h))) => Some((width, scaled(h, width, w))),
                ((None, Some(height)), Some((w, h))) => Some((scaled(w, height, h), height)),
                (_, known) => known,
            };
        }
    }
}

fn scaled(side: u32, wanted: u32, known: u32) -> u32 {
    let scaled = u64::from(side) * u64::from(wanted) / u64::from(known.max(1));
    u32::try_from(scaled).unwrap_or(side).max(1)
}

/// What `prepare` wrote where it has said already that there is no such post.
fn is_deliberate(url: &str) -> bool {
    url.starts_with(prepare::UNKNOWN)
}

/// A URL's path, and its fragment.
fn split(url: &str) -> (&str, Option<&str>) {
    let (rest, fragment) = match url.split_once('#') {
        Some((rest, fragment)) => (rest, Some(fragment)),
        None => (url, None),
    };
    (rest.split('?').next().unwrap_or_default(), fragment)
}

/// A URL's query and fragment, with their signs.
fn suffix(url: &str) -> &str {
    url.find(['?', '#']).map_or("", |at| &url[at..])
}

/// The folder of a page's address, with `/`.
fn folder(path: &str) -> String {
    path.rfind('/').map_or_else(String::new, |at| path[..=at].to_owned())
}

/// A path below another, its dots resolved; `None` where it leads above the root.
pub fn join(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    let slash = if path.ends_with('/') && !parts.is_empty() { "/" } else { "" };
    Some(parts.join("/") + slash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined_and_stay_inside() {
        let check = |folder: &str, path: &str, want: Option<&str>| {
            assert_eq!(join(folder, path).as_deref(), want, "{folder} + {path}");
        };
        check("posts/x/", "a.png", Some("posts/x/a.png"));
        check("posts/x/", "../y/", Some("posts/y/"));
        check("posts/x/", "../../../y", None);
        check("", "./a//b", Some("a/b"));
        check("", "..", None);
    }

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
