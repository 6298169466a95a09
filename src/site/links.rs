//! Links within the site: each must lead to a page or a file, and its fragment to a heading
//! (FAULTS row 20).

use std::collections::{BTreeMap, BTreeSet};

use super::content::{Content, Link};
use super::diagnostic::{Diagnostic, MOST_LISTED, Source};
use super::fields::{nearest, nearest_within};
use crate::route;

/// Everything that a link can lead to.
pub struct Targets<'a> {
    /// Pages with their anchors; `None` where those are not known.
    pages: BTreeMap<String, Option<&'a BTreeSet<String>>>,
    files: BTreeSet<String>,
}

/// Files that the build writes besides pages.
const OWN_FILES: [&str; 7] = [
    "feed.xml",
    "rss.xml",
    "feed.json",
    "sitemap.xml",
    "robots.txt",
    "manifest.webmanifest",
    "404.html",
];

impl<'a> Targets<'a> {
    /// `routes`: the paths of all pages; `old`: paths that lead on; `files`: all other files.
    pub fn new(
        contents: &'a [Content],
        routes: impl Iterator<Item = String>,
        old: impl Iterator<Item = String>,
        files: impl Iterator<Item = String>,
    ) -> Self {
        let mut pages: BTreeMap<String, Option<&BTreeSet<String>>> =
            routes.chain(old).map(|path| (bare(&path), None)).collect();
        for content in contents {
            pages.insert(bare(&content.document.path), Some(&content.anchors));
        }
        let files = files.chain(OWN_FILES.map(str::to_owned)).collect();
        Targets { pages, files }
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
            Some(path) => match self.pages.get(&bare(path)) {
                Some(anchors) => *anchors,
                None => {
                    let message = format!("the link `{}` leads nowhere", link.written);
                    let wanted = bare(path);
                    let name = wanted.rsplit('/').next().unwrap_or_default().chars().count();
                    let pages = self.pages.keys().map(String::as_str);
                    let near = nearest_within(&wanted, pages, (name / 3).max(1));
                    let help = match near {
                        Some(near) => format!("did you mean `/{}`?", route::document_path(near)),
                        None if is_domain(&link.written) => {
                            format!("for another site write https://{}", link.written)
                        }
                        None => "write the path of a page or of a file in public/".to_owned(),
                    };
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

/// A path without its end, which hosts treat in different ways.
fn bare(path: &str) -> String {
    let path = path.trim_matches('/');
    let path = path.strip_suffix("index.html").unwrap_or(path).trim_end_matches('/');
    path.strip_suffix(".html").unwrap_or(path).to_owned()
}
