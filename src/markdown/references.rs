//! What a body refers to, and how deep it nests; only the build asks.

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Parser, Tag, TagEnd};

use super::build::visible;
use super::html::{self, Token};
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

/// All links and images in their order, those of raw HTML among them.
pub fn references(markdown: &str) -> Vec<Reference> {
    let mut found = Vec::new();
    let mut block = None;
    for (event, range) in Parser::new_ext(markdown, super::options()).into_offset_iter() {
        match event {
            Event::Start(Tag::Image { dest_url, .. }) => {
                let href = Href::image(&dest_url);
                let url = dest_url.into_string();
                found.push(Reference { href, url, image: true, range });
            }
            Event::Start(Tag::Link { dest_url, link_type, .. }) => {
                let mail = link_type == LinkType::Email;
                let url = if mail { format!("mailto:{dest_url}") } else { dest_url.to_string() };
                let href = Href::new(&url);
                found.push(Reference { href, url: dest_url.into_string(), image: false, range });
            }
            Event::Start(Tag::HtmlBlock) => block = Some(range.start),
            Event::End(TagEnd::HtmlBlock) => {
                // Offsets of a block within a quotation are near enough.
                let start = block.take().unwrap_or(range.start);
                raw(&markdown[start..range.end], start, &mut found);
            }
            Event::InlineHtml(html) => raw(&html, range.start, &mut found),
            _ => {}
        }
    }
    found
}

/// Links and images of a piece of raw HTML that begins at `start`.
fn raw(html: &str, start: usize, found: &mut Vec<Reference>) {
    for (at, token) in html::tokens(html) {
        let Token::Start(tag) = token else { continue };
        let image =
            ["img", "video", "audio"].iter().any(|name| tag.name.eq_ignore_ascii_case(name));
        let link = tag.name.eq_ignore_ascii_case("a");
        let Some(url) = tag.get(if image { "src" } else { "href" }).filter(|_| image || link)
        else {
            continue;
        };
        let href = if image { Href::image(url) } else { Href::new(url) };
        let range = start + at..start + at + tag.name.len() + 1;
        found.push(Reference { href, url: url.to_owned(), image, range });
    }
}

/// A block of code, as the nodes have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// What stands behind the fence; empty for indented code.
    pub info: String,
    /// The code.
    pub text: String,
    /// Its byte range in the body.
    pub range: std::ops::Range<usize>,
}

/// All blocks of code in the order in which the nodes count them.
pub fn code_blocks(markdown: &str) -> Vec<Code> {
    let mut found = Vec::new();
    let mut open = None;
    for (event, range) in Parser::new_ext(markdown, super::options()).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => visible(&info),
                    CodeBlockKind::Indented => String::new(),
                };
                open = Some(Code { info, text: String::new(), range });
            }
            Event::Text(text) => {
                if let Some(code) = &mut open {
                    code.text.push_str(&visible(&text));
                }
            }
            Event::End(TagEnd::CodeBlock) => found.extend(open.take()),
            _ => {}
        }
    }
    found
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
