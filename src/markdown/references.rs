//! What a body refers to, and how deep it nests; only the build asks.

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use super::{Href, MAX_DEPTH};

/// A link or an image of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Where it leads; `None` where its scheme is not allowed.
    pub href: Option<Href>,
    /// The URL as written.
    pub url: String,
    /// Whether it is an image.
    pub image: bool,
    /// Its byte range in the body.
    pub range: std::ops::Range<usize>,
}

/// All links and images in their order.
pub fn references(markdown: &str) -> Vec<Reference> {
    let events = Parser::new_ext(markdown, super::options()).into_offset_iter();
    let found = events.filter_map(|(event, range)| match event {
        Event::Start(Tag::Image { dest_url, .. }) => {
            let href = Href::image(&dest_url);
            Some(Reference { href, url: dest_url.into_string(), image: true, range })
        }
        Event::Start(Tag::Link { dest_url, link_type, .. }) => {
            let mail = link_type == LinkType::Email;
            let url = if mail { format!("mailto:{dest_url}") } else { dest_url.to_string() };
            let href = Href::new(&url);
            Some(Reference { href, url: dest_url.into_string(), image: false, range })
        }
        _ => None,
    });
    found.collect()
}

/// What a body has that is shown as it is written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Plain {
    /// An HTML tag: its name.
    Html(String),
    /// A formula between `$$`.
    Formula,
}

/// HTML tags and formulas with their byte offsets in the body; comments and code are not among
/// them.
pub fn plain(markdown: &str) -> Vec<(Plain, usize)> {
    let mut found = Vec::new();
    let mut code = false;
    for (event, range) in Parser::new_ext(markdown, super::options()).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code = true,
            Event::End(TagEnd::CodeBlock) => code = false,
            Event::Html(html) | Event::InlineHtml(html) => {
                tags(&html, |name, at| found.push((Plain::Html(name), range.start + at)));
            }
            Event::Text(text) if !code => {
                found.extend(text.find("$$").map(|at| (Plain::Formula, range.start + at)));
            }
            _ => {}
        }
    }
    found
}

/// Opening tags of a piece of HTML.
fn tags(html: &str, mut found: impl FnMut(String, usize)) {
    if html.trim_start().starts_with("<!--") {
        return;
    }
    for (at, _) in html.match_indices('<') {
        let name: String = html[at + 1..].chars().take_while(char::is_ascii_alphanumeric).collect();
        if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            found(name.to_ascii_lowercase(), at);
        }
    }
}

/// Where elements nest deeper than a browser bears (FAULTS row 28).
pub fn too_deep(markdown: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (event, range) in Parser::new_ext(markdown, super::options()).into_offset_iter() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Some(range.start);
        }
    }
    None
}
