//! The settings of a Jekyll site that Inkstone has keys for.

use super::node;
use super::report::Left;
use crate::site::config::is_language;
use crate::site::tree::Node;

/// What goes to `inkstone.toml`; `None` where Jekyll's settings say nothing.
#[derive(Debug, Default)]
pub struct Site {
    /// The name of the site.
    pub title: Option<String>,
    /// One sentence.
    pub description: Option<String>,
    /// The author of posts that name none.
    pub author: Option<String>,
    /// The whole address, with Jekyll's `baseurl`.
    pub url: Option<String>,
    /// A language tag.
    pub language: Option<String>,
    /// An IANA name.
    pub timezone: Option<String>,
    /// The addresses of posts: a pattern or one of Jekyll's styles.
    pub permalink: String,
    /// Posts on a page of a list.
    pub page_size: Option<u32>,
    /// What ends the excerpt in a post.
    pub excerpt_separator: Option<String>,
}

/// Reads them. `permalink` is that of posts.
pub fn read(root: &Node, permalink: String, left: &mut Vec<Left>) -> Site {
    let line = |key| node::child(root, key).and_then(node::line);
    Site {
        // As jekyll-seo-tag reads it.
        title: line("title").or_else(|| line("name")),
        description: line("description").or_else(|| line("tagline")),
        author: author(root),
        url: url(root, left),
        language: language(root, left),
        timezone: timezone(root, left),
        permalink,
        page_size: page_size(root, left),
        excerpt_separator: excerpt_separator(root),
    }
}

/// `author` as a text or a table, else Chirpy's `social.name`.
fn author(root: &Node) -> Option<String> {
    let name = |node: &Node| node::child(node, "name").and_then(node::line);
    let author = node::child(root, "author");
    author
        .and_then(|node| node::line(node).or_else(|| name(node)))
        .or_else(|| node::child(root, "social").and_then(name))
}

fn url(root: &Node, left: &mut Vec<Left>) -> Option<String> {
    let line = |key| node::child(root, key).and_then(node::line).unwrap_or_default();
    let (url, base) = (line("url"), line("baseurl"));
    let (origin, base) = (url.trim_end_matches('/'), base.trim_matches('/'));
    let whole = if base.is_empty() { format!("{origin}/") } else { format!("{origin}/{base}/") };
    if origin.is_empty() {
        if !base.is_empty() {
            let why = format!("there is no `url` before it; build with --base /{base}/");
            left.push(Left::key("baseurl", why));
        }
        return None;
    }
    let good = url::Url::parse(&whole)
        .is_ok_and(|url| matches!(url.scheme(), "https" | "http") && url.query().is_none());
    if !good {
        let why = format!("`{whole}` is not the address of a site, such as https://blog.example/");
        left.push(Left::key("url", why));
    }
    good.then_some(whole)
}

/// `lang`, as Chirpy has it, or the `locale` of other themes, which may be written `zh_CN`.
fn language(root: &Node, left: &mut Vec<Left>) -> Option<String> {
    let line = |key| node::child(root, key).and_then(node::line);
    let (key, written) =
        line("lang").map(|lang| ("lang", lang)).or(line("locale").map(|l| ("locale", l)))?;
    let tag = written.split('.').next().unwrap_or_default().replace('_', "-");
    if !is_language(&tag) {
        let why = format!("`{written}` is not a language tag, such as zh-CN");
        left.push(Left::key(key, why));
        return None;
    }
    Some(tag)
}

fn timezone(root: &Node, left: &mut Vec<Left>) -> Option<String> {
    let name = node::child(root, "timezone").and_then(node::line)?;
    if jiff::tz::TimeZone::get(&name).is_err() {
        let why = format!("there is no time zone `{name}`; write a name such as Asia/Shanghai");
        left.push(Left::key("timezone", why));
        return None;
    }
    Some(name)
}

fn page_size(root: &Node, left: &mut Vec<Left>) -> Option<u32> {
    let written = node::child(root, "paginate").and_then(node::line)?;
    let size = written.parse().ok().filter(|size| (1..=100).contains(size));
    if size.is_none() {
        let why = format!("a page lists 1 to 100 posts, found `{written}`");
        left.push(Left::key("paginate", why));
    }
    size
}

/// Jekyll's own default, an empty line, is Inkstone's too: the first paragraph.
fn excerpt_separator(root: &Node) -> Option<String> {
    let text = node::child(root, "excerpt_separator").and_then(node::raw)?;
    (!text.trim().is_empty()).then(|| text.trim().to_owned())
}
