//! Abbreviations by kramdown's syntax: a line `*[HTML]: Hypertext Markup Language` says what the
//! word means wherever the text has it.

use super::{Article, Element, Node};

/// A word and what it means.
type Meaning = (String, String);

/// More words than this are not looked for, so that no body takes quadratic time.
const MOST: usize = 200;

/// A longer word, in bytes, is no abbreviation; every word is compared at every place.
const LONGEST: usize = 100;

/// What the words mean is repeated wherever they stand, in at most so many bytes, so that no short
/// body makes a page without end. Words further on are plain text.
const MOST_BYTES: usize = 1 << 20;

/// Takes the explaining lines out of the body and marks the words they explain.
pub(super) fn expand(article: &mut Article) {
    let mut meanings = Vec::new();
    article.nodes.retain_mut(|node| match node {
        Node::Paragraph(children) => !take(children, &mut meanings),
        _ => true,
    });
    if meanings.is_empty() {
        return;
    }
    let mut left = MOST_BYTES;
    mark_all(&mut article.nodes, &meanings, &mut left);
    for footnote in &mut article.footnotes {
        mark_all(&mut footnote.children, &meanings, &mut left);
    }
}

/// Takes the explaining lines out of a paragraph; whether nothing is left of it.
fn take(children: &mut Vec<Node>, meanings: &mut Vec<Meaning>) -> bool {
    let starts = |node: &Node| matches!(node, Node::Text(text) if text.starts_with("*["));
    if !children.iter().any(starts) {
        return false;
    }
    let mut kept = Vec::new();
    let mut rest = std::mem::take(children).into_iter().peekable();
    let mut line_start = true;
    while let Some(node) = rest.next() {
        let alone = line_start && matches!(rest.peek(), None | Some(Node::SoftBreak));
        line_start = matches!(node, Node::SoftBreak);
        match &node {
            Node::Text(text) if alone && meanings.len() < MOST => match meaning(text) {
                Some(meaning) => {
                    meanings.push(meaning);
                    rest.next();
                    line_start = true;
                }
                None => kept.push(node),
            },
            _ => kept.push(node),
        }
    }
    if let Some(Node::SoftBreak) = kept.last() {
        kept.pop();
    }
    *children = kept;
    children.is_empty()
}

fn meaning(line: &str) -> Option<Meaning> {
    let rest = line.strip_prefix("*[")?;
    let end = rest.find(']')?;
    let meaning = rest[end..].strip_prefix("]:")?;
    let word = &rest[..end];
    (!word.trim().is_empty() && word.len() <= LONGEST)
        .then(|| (word.to_owned(), meaning.trim().to_owned()))
}

fn mark_all(nodes: &mut Vec<Node>, meanings: &[Meaning], left: &mut usize) {
    let mut out = Vec::with_capacity(nodes.len());
    for mut node in nodes.drain(..) {
        match &mut node {
            Node::Text(text) => {
                mark(text, meanings, left, &mut out);
                continue;
            }
            // A formula is no text.
            Node::Element(element) if element.math => {}
            node => node.each_list(|children| mark_all(children, meanings, left)),
        }
        out.push(node);
    }
    *nodes = out;
}

/// Splits a text at the words that have a meaning and stand by themselves.
fn mark(text: &str, meanings: &[Meaning], left: &mut usize, out: &mut Vec<Node>) {
    let mut plain = 0;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let here = &text[at..];
        // Of two words that begin alike the longer one counts.
        let found = meanings.iter().filter(|(word, _)| here.starts_with(&**word));
        let found = found.max_by_key(|(word, _)| word.len());
        let found = found.filter(|(word, _)| is_whole(&text[..at], &here[word.len()..], word));
        match found.filter(|(_, meaning)| meaning.len() <= *left) {
            Some((word, meaning)) => {
                *left -= meaning.len();
                if plain < at {
                    out.push(Node::Text(text[plain..at].to_owned()));
                }
                out.push(Node::Element(Element {
                    name: "abbr",
                    attributes: vec![("title", meaning.clone())],
                    children: vec![Node::Text(word.clone())],
                    ..Element::default()
                }));
                at += word.len();
                plain = at;
            }
            None => at += c.len_utf8(),
        }
    }
    if plain < text.len() {
        out.push(Node::Text(text[plain..].to_owned()));
    }
}

/// Whether a word is not a part of a longer one; Chinese has no spaces between words.
fn is_whole(before: &str, after: &str, word: &str) -> bool {
    let joins = |a: Option<char>, b: Option<char>| {
        let part =
            |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !crate::text::is_cjk(c));
        part(a) && part(b)
    };
    !joins(before.chars().next_back(), word.chars().next())
        && !joins(word.chars().next_back(), after.chars().next())
}
