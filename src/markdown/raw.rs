//! Raw HTML on the builder's stack: allowed elements are opened and closed like the parser's own
//! containers, balanced, and only where a browser that reads them as HTML would keep them.
//!
//! The rules are those of the HTML standard's tree construction (section 13.2.6) for what ends
//! what: a block ends a `<p>`, an `<li>` the one before, and so on.

use super::allow::{self, Allowed, Kind};
use super::build::{Builder, visible};
use super::cjk;
use super::html::{self, RawTag, Token};
use super::open::Open;
use super::room::HOLLOW;
use super::{Element, Href, Node};

/// Raw HTML that is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    /// The tag: its name as written.
    pub tag: String,
    /// The attribute of it; `None` where the tag itself is left out.
    pub attribute: Option<String>,
    /// Whether the tag is shown as text.
    pub shown: bool,
    /// Where it stands in the body, in bytes.
    pub at: usize,
}

/// Attributes whose absence changes nothing for a reader, so nobody has to hear of it.
const QUIET: &str = "rel target loading decoding width height class role border controls playsinline preload valign \
     cellpadding cellspacing";

/// Containers whose white space is not seen.
const GAPS: [&str; 5] = ["ul", "ol", "dl", "details", "figure"];

/// Columns times rows of all cells of more than one, in a text.
const MOST_SPANS: usize = 10_000;

/// More than this is not noted.
const MOST_REMOVED: usize = 1000;

impl Builder<'_> {
    /// Takes a piece of raw HTML; `pieces` says where its parts stand in the body.
    pub(super) fn raw_html(&mut self, html: &str, pieces: &[(usize, usize)], inline: bool) {
        for (offset, token) in html::tokens(html) {
            let next = pieces.partition_point(|(start, _)| *start <= offset);
            let at = pieces[..next].last().map_or(0, |(start, at)| at + offset - start);
            // Within a line, what is no element of the list was most likely never meant as one.
            let unknown = |name: &str| inline && self.images == 0 && is_unknown(name);
            match token {
                Token::Text(text) => self.raw_text(text),
                Token::Start(tag) if unknown(tag.name) => {
                    self.removed(tag.name, None, true, at);
                    self.push(Node::Text(visible(html)));
                }
                Token::End(name) if unknown(name) => self.push(Node::Text(visible(html))),
                Token::Start(tag) => self.raw_start(&tag, at, inline),
                Token::End(name) => self.raw_end(name),
            }
        }
    }

    fn raw_text(&mut self, text: &str) {
        let mut text = visible(&html::resolve(text));
        if let Some((Open::Raw(element), children)) = self.stack.last()
            && element.name == "pre"
            && children.is_empty()
            && text.starts_with('\n')
        {
            text.remove(0);
        }
        // White space between blocks is nothing.
        let apart =
            self.nearest().is_none_or(|name| GAPS.contains(&name) || HOLLOW.contains(&name));
        let nothing = text.is_empty() || (apart && text.trim().is_empty());
        if !nothing {
            self.push(Node::Text(text));
        }
    }

    fn raw_start(&mut self, tag: &RawTag<'_>, at: usize, inline: bool) {
        if let Some(embed) = embed(tag).filter(|_| !self.in_math()) {
            return self.push(embed);
        }
        if tag.name.eq_ignore_ascii_case("source") {
            return self.source(tag);
        }
        let known = allow::element(tag.name).filter(|known| {
            let between = matches!(known.kind, Kind::Block | Kind::Part(_));
            !(inline && between) && self.images == 0
        });
        match known.filter(|known| self.make_room(known)) {
            Some(known) => self.raw_element(&known, tag, at),
            None => self.removed(tag.name, None, false, at),
        }
    }

    fn raw_element(&mut self, known: &Allowed, tag: &RawTag<'_>, at: usize) {
        let mut element = Element { name: known.name, math: known.is_math(), ..Element::default() };
        for (name, value) in &tag.attributes {
            match known.attribute(name, value) {
                Some((name @ ("href" | "src"), value)) => {
                    let url = cjk::unmark(&value);
                    let href = if name == "href" { Href::new(&url) } else { Href::image(&url) };
                    // An unsafe one is said where all addresses are judged (`references`).
                    element.src = href.or(element.src);
                }
                Some((name, value)) => element.attributes.push((name, visible(&value))),
                None if known.name == "a" && name.eq_ignore_ascii_case("name") => {
                    if tag.get("id").is_none() {
                        element.attributes.push(("id", visible(value)));
                    }
                }
                None => self.removed(tag.name, Some(name), false, at),
            }
        }
        if tag.name.eq_ignore_ascii_case("center") {
            element.attributes.push(("align", "center".to_owned()));
        }
        self.limit_spans(&mut element, tag, at);
        self.open_raw(element, known, tag.closed);
    }

    /// Cells over many columns and rows keep a browser busy for minutes, so there are so many in a
    /// text and no more; those after them are cells of one.
    fn limit_spans(&mut self, element: &mut Element, tag: &RawTag<'_>, at: usize) {
        let spans = element.attributes.iter().filter(|(name, _)| name.ends_with("span"));
        let area = spans.map(|(_, value)| value.parse().unwrap_or(1)).product::<usize>();
        if area > 1 {
            self.spans += area;
            if self.spans > MOST_SPANS {
                element.attributes.retain(|(name, _)| !name.ends_with("span"));
                self.removed(tag.name, Some("span"), false, at);
            }
        }
    }

    fn open_raw(&mut self, mut element: Element, known: &Allowed, closed: bool) {
        let mut take = |name: &str| {
            let at = element.attributes.iter().position(|(own, _)| *own == name);
            at.map(|at| element.attributes.swap_remove(at).1).unwrap_or_default()
        };
        match (known.name, element.src.take()) {
            ("br" | "hr" | "wbr", _) => self.push(Node::Element(element)),
            ("img", Some(src)) => {
                let (alt, title, id) = (take("alt"), take("title"), take("id"));
                self.place(id);
                self.push(Node::Image { src, alt, title });
            }
            ("img", None) => {}
            ("a", Some(href)) => {
                let (title, id) = (take("title"), take("id"));
                self.place(id);
                self.links += 1;
                self.open(Open::RawLink(href, title));
            }
            // What is inside is for browsers that can't play; a `<source>` may say where it comes
            // from.
            ("video" | "audio", src) => {
                element.src = src;
                self.open(Open::Raw(element));
            }
            (name, _) => {
                element.name = if name == "a" { "span" } else { name };
                let alone = closed && element.math;
                match alone {
                    true => self.push(Node::Element(element)),
                    false => self.open(Open::Raw(element)),
                }
            }
        }
    }

    /// A place that a link may name, for elements whose node has none.
    fn place(&mut self, id: String) {
        if !id.is_empty() {
            let attributes = vec![("id", id)];
            self.push(Node::Element(Element { name: "span", attributes, ..Element::default() }));
        }
    }

    /// Where the medium around comes from, unless it says so itself.
    fn source(&mut self, tag: &RawTag<'_>) {
        if let Some((Open::Raw(element), _)) = self.stack.last_mut()
            && matches!(element.name, "video" | "audio")
            && element.src.is_none()
        {
            element.src = tag.get("src").and_then(|src| Href::image(&cjk::unmark(src)));
        }
    }

    fn raw_end(&mut self, name: &str) {
        if let Some(known) = allow::element(name) {
            self.end_raw(&[known.name], &[]);
            if known.name == "a" {
                // An `<a>` without an address.
                self.end_span();
            }
        }
    }

    fn end_span(&mut self) {
        let own = |(open, _): &(Open, Vec<Node>)| match open {
            Open::Raw(element) => {
                element.name == "span" && element.attributes.iter().any(|(name, _)| *name == "id")
            }
            _ => false,
        };
        if self.stack.last().is_some_and(own) {
            self.close();
        }
    }

    /// Notes what is left out. Only the build wants to know.
    fn removed(&mut self, tag: &str, attribute: Option<&str>, shown: bool, at: usize) {
        let quiet = attribute.is_some_and(|name| {
            let name = name.to_ascii_lowercase();
            allow::lists(QUIET, &name)
                || name.starts_with("data-")
                || name.starts_with("aria-")
                || (name == "align" && tag.eq_ignore_ascii_case("img"))
        });
        let listed = self.article.removed.len() < MOST_REMOVED;
        if cfg!(not(target_arch = "wasm32")) && listed && !quiet {
            let (tag, attribute) = (tag.to_owned(), attribute.map(str::to_owned));
            self.article.removed.push(Removed { tag, attribute, shown, at });
        }
    }
}

fn is_unknown(name: &str) -> bool {
    let framed = ["iframe", "embed", "source"].iter().any(|own| own.eq_ignore_ascii_case(name));
    !framed && allow::element(name).is_none()
}

/// What a frame would show, where it comes from a safe address.
fn embed(tag: &RawTag<'_>) -> Option<Node> {
    let framed = ["iframe", "embed"].iter().any(|name| tag.name.eq_ignore_ascii_case(name));
    let medium = ["video", "audio"].iter().any(|name| tag.name.eq_ignore_ascii_case(name));
    if !(framed || medium) {
        return None;
    }
    let href = Href::new(&cjk::unmark(tag.get("src")?))?;
    let other = matches!(&href, Href::External(url) if url.starts_with("http"));
    let title = visible(tag.get("title").unwrap_or_default());
    (framed && !matches!(href, Href::Fragment(_)) || other).then_some(Node::Embed { href, title })
}
