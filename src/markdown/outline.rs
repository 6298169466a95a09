//! Headings: the one that repeats the title goes, the others get their level and their anchor.

use std::collections::HashMap;

use super::{Article, Node, plain_text};
use crate::text;

/// A heading of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 2 to 6; the page's own heading is level 1.
    pub level: u8,
    /// The id of the element: unique in the document, stable for the same headings.
    pub id: String,
    /// Plain text.
    pub text: String,
}

/// Ids that the page itself uses; a heading of that name gets a number.
const OWN_IDS: [&str; 8] =
    ["app", "main", "announcer", "notices", "contents", "footnote-preview", "boot", "related"];

/// What begins like this is the page's own as well.
const OWN_STARTS: [&str; 3] = ["fn-", "fnref-", "image-"];

/// Drops the repeated title, then numbers, levels and anchors all headings.
pub(super) fn finish(article: &mut Article, title: &str) {
    if let Some(Node::Heading { level: 1, children, .. }) = article.nodes.first()
        && text::fold(without_id(&plain_text(children))) == text::fold(title)
    {
        article.nodes.remove(0);
    }
    let shift = u8::from(has_level_one(&mut article.nodes));
    let mut outline = Outline { shift, ..Outline::default() };
    outline.walk(&mut article.nodes);
    for footnote in &mut article.footnotes {
        outline.walk(&mut footnote.children);
    }
    article.headings = outline.headings;
    article.ids = outline.ids;
}

/// Takes `{#id}` off the end of a heading, and whatever else stands in those braces (kramdown's
/// header IDs; FAULTS row 23).
fn own_id(children: &mut [Node]) -> Option<String> {
    let Some(Node::Text(text)) = children.last_mut() else { return None };
    let kept = without_id(text).len();
    let inside = text.get(kept..)?.trim().strip_prefix("{#")?.strip_suffix('}')?;
    let id = inside.split(char::is_whitespace).next().map(str::to_owned);
    text.truncate(kept);
    id.filter(|id| !id.is_empty())
}

/// A heading's text before its `{#id}`.
fn without_id(text: &str) -> &str {
    match text.rfind('{') {
        Some(at) if text[at..].starts_with("{#") && text.trim_end().ends_with('}') => {
            text[..at].trim_end()
        }
        _ => text,
    }
}

fn has_level_one(nodes: &mut [Node]) -> bool {
    nodes.iter_mut().any(|node| {
        let mut found = matches!(node, Node::Heading { level: 1, .. });
        node.each_list(|children| found |= has_level_one(children));
        found
    })
}

/// An id that the author chose, with its case, where nothing in it needs another form.
fn anchor_of(id: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    let own = OWN_IDS.iter().any(|own| own.eq_ignore_ascii_case(id));
    if id.chars().all(plain) && !own { id.to_owned() } else { text::anchor(id) }
}

#[derive(Default)]
struct Outline {
    shift: u8,
    /// Each id that was taken, with the number that comes next for headings of that name, so that
    /// many of them take no quadratic time.
    used: HashMap<String, u32>,
    headings: Vec<Heading>,
    ids: Vec<String>,
}

impl Outline {
    fn walk(&mut self, nodes: &mut [Node]) {
        for node in nodes {
            match node {
                Node::Heading { level, id, children } => {
                    *level = (*level + self.shift).clamp(2, 6);
                    let own = own_id(children).or(Some(std::mem::take(id)));
                    let own = own.filter(|own| !own.is_empty());
                    let text = plain_text(children);
                    *id = match own {
                        Some(own) => self.unique(&anchor_of(&own)),
                        None => self.unique(&text::anchor(&text)),
                    };
                    self.headings.push(Heading { level: *level, id: id.clone(), text });
                }
                Node::Element(element) if !element.math => {
                    let own = element.attributes.iter_mut().find(|(name, _)| *name == "id");
                    if let Some((_, id)) = own {
                        *id = self.unique(&anchor_of(id));
                        self.ids.push(id.clone());
                    }
                }
                _ => {}
            }
            node.each_list(|children| self.walk(children));
        }
    }

    fn unique(&mut self, anchor: &str) -> String {
        let anchor = match anchor.trim_matches('-').is_empty() {
            true => "section".to_owned(),
            false => anchor.to_owned(),
        };
        let mut candidate = anchor.clone();
        let mut number = self.used.get(&anchor).copied().unwrap_or(1);
        while OWN_IDS.contains(&&*candidate)
            || OWN_STARTS.iter().any(|own| candidate.starts_with(own))
            || self.used.contains_key(&candidate)
        {
            let own = OWN_STARTS.iter().any(|own| anchor.starts_with(own));
            let stem = if own { format!("note-{anchor}") } else { anchor.clone() };
            candidate = format!("{stem}-{number}");
            number += 1;
        }
        self.used.insert(candidate.clone(), 1);
        self.used.insert(anchor, number);
        candidate
    }
}
