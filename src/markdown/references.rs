//! What a body refers to, and how deep it nests; only the build asks.

use pulldown_cmark::{Event, LinkType, Parser, Tag};

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
