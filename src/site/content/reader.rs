//! Following a post's links: what each means, and what is wrong with it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Link;
use crate::markdown::{self, Href};
use crate::model::Target;
use crate::site::config::{Config, Theme};
use crate::site::diagnostic::{Diagnostic, MOST_LISTED, Severity, Source};
use crate::site::index::Index;
use crate::site::post::Post;
use crate::site::prepare;
use crate::text;

/// Follows a post's references to what they mean.
pub(super) struct Reader<'a> {
    pub(super) post: &'a Post,
    source: &'a Source,
    pub(super) index: &'a Index<'a>,
    /// Other hosts whose images are shown.
    hosts: &'a [String],
    /// The colours that diagrams have.
    pub(super) theme: &'a Theme,
    /// By URL as written.
    pub(super) targets: BTreeMap<String, Target>,
    pub(super) found: Vec<Link>,
    pub(super) media: BTreeSet<String>,
    pub(super) made: BTreeMap<String, Vec<u8>>,
    pub(super) problems: Vec<Diagnostic>,
    /// Errors and warnings so far, also those that are not listed.
    counts: [usize; 2],
}

impl<'a> Reader<'a> {
    /// Nothing is read yet.
    pub(super) fn new(
        post: &'a Post,
        source: &'a Source,
        config: &'a Config,
        index: &'a Index<'a>,
    ) -> Self {
        Reader {
            post,
            source,
            index,
            hosts: &config.remote_images,
            theme: &config.theme,
            targets: BTreeMap::new(),
            found: Vec::new(),
            media: BTreeSet::new(),
            made: BTreeMap::new(),
            problems: Vec::new(),
            counts: [0; 2],
        }
    }

    /// Notes a problem, unless there are enough of its severity.
    pub(super) fn say(
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
    pub(super) fn end(&mut self) {
        if self.counts.iter().any(|count| *count > MOST_LISTED) {
            self.problems.push(self.source.and_more());
        }
    }

    pub(super) fn depth(&mut self, at: Option<usize>) {
        if let Some(at) = at {
            let message = format!("nested deeper than {} levels", markdown::MAX_DEPTH);
            let help = "browsers can't show it; take some of the `>` or of the indentation away";
            self.say(Severity::Error, at..at, message, help);
        }
    }

    pub(super) fn size(&mut self, at: Option<usize>) {
        if let Some(at) = at {
            let message = "the text makes far more elements than it has characters";
            let help = "split the table: each of its rows gets as many cells as the first";
            self.say(Severity::Error, at..at, message, help);
        }
    }

    /// Raw HTML that is left out, said once for all posts.
    pub(super) fn removed(&mut self, removed: &markdown::Removed, at: usize) {
        let tag = &removed.tag;
        let (message, help) = match &removed.attribute {
            Some(name) => (
                format!("`{name}` of `<{tag}>` is left out"),
                "only what can't change the page around it stays; docs/writing.md lists it",
            ),
            None if removed.shown => (
                format!("`<{tag}>` is shown as text"),
                "it is no element that may stand here; put it in backticks, or `\\` before its `<`",
            ),
            None => (
                format!("`<{tag}>` is left out"),
                "text in it stays, code goes; to show the tag itself, put `\\` before its `<`",
            ),
        };
        let warning = self.source.warning_in(at..at + tag.len() + 1, &*message).help(help);
        self.problems.push(warning.grouped(message));
    }

    pub(super) fn reference(&mut self, reference: &markdown::Reference, range: Range<usize>) {
        match &reference.href {
            None if is_deliberate(&reference.url) => {}
            None => {
                let message = format!("`{}` is not a safe address", reference.url);
                let help =
                    "only the text is kept; links begin with https:, http:, mailto:, tel: or xmpp:";
                self.say(Severity::Warning, range, message, help);
            }
            Some(Href::External(url)) if reference.image => self.remote(url),
            Some(Href::External(_)) => {}
            Some(href) if reference.image => self.image(href, &reference.url, range),
            Some(Href::Fragment(fragment)) => self.link("", Some(fragment), &reference.url, range),
            Some(Href::Site(path)) => self.site_link(path, &reference.url, range),
            Some(Href::Relative(path)) => self.relative_link(path, &reference.url, range),
        }
    }

    /// An image of a host that the site allows is shown where it stands.
    fn remote(&mut self, url: &str) {
        let host =
            url::Url::parse(url).ok().filter(|url| url.scheme() == "https" && url.port().is_none());
        let host = host.and_then(|url| url.host_str().map(str::to_owned));
        if host.is_some_and(|host| self.hosts.contains(&host)) {
            self.target(url).remote = true;
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
        // Chirpy's videos and sounds stand where the post's images are.
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
}

/// What `prepare` wrote where it has said already that there is no such post.
fn is_deliberate(url: &str) -> bool {
    url.starts_with(prepare::UNKNOWN)
}

/// A URL's path, and its fragment.
pub(super) fn split(url: &str) -> (&str, Option<&str>) {
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
pub(super) fn folder(path: &str) -> String {
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
}
