//! Links within the site: each must lead to a page or a file, and its fragment to a heading
//! (FAULTS row 20).

use std::collections::{BTreeMap, BTreeSet};

use super::content::{Content, Link};
use super::diagnostic::{Diagnostic, MOST_LISTED, Source};
use super::fields::nearest;

/// Everything that a link can lead to.
pub struct Targets<'a> {
    /// Pages with their anchors; `None` where those are not known.
    pages: BTreeMap<String, Option<&'a BTreeSet<String>>>,
    /// A page for each last part of a path.
    by_name: BTreeMap<String, String>,
    files: BTreeSet<String>,
}

/// A link is compared with at most so many pages of its folder.
const MOST_COMPARED: usize = 300;

/// Files that the build writes besides pages.
const OWN_FILES: [&str; 2] = ["manifest.webmanifest", "404.html"];

impl<'a> Targets<'a> {
    /// `routes`: the paths of all pages; `old`: paths that lead on; `files`: all other files.
    pub fn new(
        contents: &'a [Content],
        routes: impl Iterator<Item = String>,
        old: impl Iterator<Item = String>,
        files: impl Iterator<Item = String>,
    ) -> Self {
        let mut pages: BTreeMap<String, Option<&BTreeSet<String>>> =
            routes.chain(old).map(|path| (path, None)).collect();
        for content in contents {
            pages.insert(content.document.path.clone(), Some(&content.anchors));
        }
        let mut by_name: BTreeMap<String, String> = BTreeMap::new();
        for path in pages.keys().filter(|path| !path.is_empty()) {
            by_name.entry(name(path).to_owned()).or_insert_with(|| path.clone());
        }
        let files = files.chain(OWN_FILES.map(str::to_owned)).collect();
        Targets { pages, by_name, files }
    }

    /// What is wrong with the links of one post.
    pub fn check(&self, content: &Content, source: &Source) -> Vec<Diagnostic> {
        let problems = content.links.iter().filter_map(|link| self.problem(link, content, source));
        let mut listed: Vec<Diagnostic> = problems.take(MOST_LISTED + 1).collect();
        if listed.len() > MOST_LISTED {
            listed.truncate(MOST_LISTED);
            listed.push(source.and_more());
        }
        listed
    }

    fn problem(&self, link: &Link, content: &Content, source: &Source) -> Option<Diagnostic> {
        let anchors = match &link.path {
            None => Some(&content.anchors),
            Some(path) if self.files.contains(path) => return None,
            Some(path) => match self.page(path) {
                Some(anchors) => *anchors,
                None => {
                    let message = format!("the link `{}` leads nowhere", link.written);
                    let help = self.help(path, &link.written);
                    return Some(source.warning_in(link.range.clone(), message).help(help));
                }
            },
        };
        let (anchors, fragment) = (anchors?, link.fragment.as_ref()?);
        if anchors.contains(fragment) || matches!(&**fragment, "" | "top" | "main") {
            return None;
        }
        let message = format!("`{}` names a heading that is not there", link.written);
        let near = nearest(fragment, anchors.iter().map(String::as_str));
        let help = near.map_or_else(
            || match anchors.len() {
                0 => "link to the page alone, it has no headings".to_owned(),
                _ => format!("choose one of the page: {}", some(anchors)),
            },
            |near| format!("did you mean `#{near}`?"),
        );
        Some(source.warning_in(link.range.clone(), message).help(help))
    }

    /// The page at a path. Every host adds a slash that lacks, and none adds `.html`.
    fn page(&self, path: &str) -> Option<&Option<&'a BTreeSet<String>>> {
        let path = path.strip_suffix("index.html").unwrap_or(path);
        self.pages.get(path).or_else(|| self.pages.get(&format!("{path}/")))
    }

    /// A page of the same name elsewhere, or one of a similar name in the same folder.
    fn help(&self, path: &str, written: &str) -> String {
        if is_domain(written) {
            return format!("for another site write https://{written}");
        }
        if let Some(same) = self.by_name.get(name(path)) {
            return format!("did you mean `/{same}`?");
        }
        let parent = |path: &str| path.trim_end_matches('/').rfind('/').unwrap_or(0);
        let folder = &path[..parent(path)];
        let beside = self.pages.keys().filter(|page| &page[..parent(page)] == folder);
        // Among very many pages a guess takes long and means little.
        let few = beside.clone().count() <= MOST_COMPARED;
        let names = beside.clone().filter(|_| few).map(|page| name(page));
        let near = nearest(name(path), names);
        let near = near.and_then(|near| beside.into_iter().find(|page| name(page) == near));
        match near {
            Some(near) => format!("did you mean `/{near}`?"),
            None => "there is no such page or file".to_owned(),
        }
    }
}

/// The last part of a path, without its end.
fn name(path: &str) -> &str {
    let path = path.trim_end_matches('/');
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".html").unwrap_or(name)
}

/// The first few of a page's anchors.
fn some(anchors: &BTreeSet<String>) -> String {
    let shown: Vec<String> = anchors
        .iter()
        .filter(|id| !id.starts_with("fn"))
        .take(5)
        .map(|id| format!("#{id}"))
        .collect();
    shown.join(", ")
}

/// Whether a link was meant for another site: `example.org/x`.
fn is_domain(written: &str) -> bool {
    let host = written.split(['/', '?', '#']).next().unwrap_or_default();
    let top = host.rsplit_once('.').map_or("", |(_, top)| top);
    let endings = ["md", "html", "htm", "png", "jpg", "jpeg", "gif", "svg", "webp", "pdf", "zip"];
    (2..=10).contains(&top.len())
        && top.bytes().all(|byte| byte.is_ascii_lowercase())
        && !endings.contains(&top)
}
