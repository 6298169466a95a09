//! Plain text of nodes, and the excerpt of a body.

use super::{Article, Definition, Element, Node};
use crate::text::is_cjk;

/// The separator authors write where the excerpt ends.
const MORE: &str = "<!--more-->";

/// The text of nodes without marks; blocks are separated by a line end.
pub fn plain_text(nodes: &[Node]) -> String {
    let mut text = String::new();
    write(nodes, &mut text);
    text
}

fn write(nodes: &[Node], text: &mut String) {
    for node in nodes {
        match node {
            Node::Text(part) | Node::Code(part) => text.push_str(part),
            Node::CodeBlock { text: part, .. } | Node::Embed { title: part, .. } => {
                block(text, |text| text.push_str(part));
            }
            Node::SoftBreak => text.push(' '),
            Node::Image { alt, .. } => text.push_str(alt),
            Node::Element(element) => self::element(element, text),
            Node::List { items, .. } => {
                items.iter().for_each(|item| block(text, |text| write(&item.children, text)));
            }
            Node::Table { head, rows, .. } => {
                let rows = std::iter::once(head).chain(rows);
                rows.flatten().for_each(|cell| block(text, |text| write(cell, text)));
            }
            Node::Definitions(list) => list.iter().for_each(|definition| {
                let (Definition::Term(children) | Definition::Detail(children)) = definition;
                block(text, |text| write(children, text));
            }),
            Node::Paragraph(children)
            | Node::Heading { children, .. }
            | Node::Quote { children, .. } => block(text, |text| write(children, text)),
            Node::FootnoteReference { .. } => {}
            inline => write(inline.children(), text),
        }
    }
}

/// A formula is its source; what stands by itself in HTML is a block.
fn element(element: &Element, text: &mut String) {
    let source = element.attributes.iter().find(|(name, _)| *name == "alttext");
    match source {
        Some((_, source)) => text.push_str(source),
        None if super::allow::is_inline(element.name) => write(&element.children, text),
        None => block(text, |text| write(&element.children, text)),
    }
}

fn block(text: &mut String, inside: impl FnOnce(&mut String)) {
    if !text.is_empty() && !text.ends_with(char::is_whitespace) {
        text.push('\n');
    }
    inside(text);
}

/// The plain text before the separator where a body has one outside code, else its first paragraph
/// that has text; empty for a body without any. `separator` is the author's own, besides
/// `<!--more-->`; `article` is what the body was parsed to.
pub fn excerpt(
    article: &Article,
    markdown: &str,
    (title, language): (&str, &str),
    separator: Option<&str>,
) -> String {
    let own = separator.and_then(|separator| outside_code(markdown, separator));
    let text = match own.or_else(|| more(markdown)) {
        Some(end) => plain_text(&super::parse(&head(markdown, end), title, language).nodes),
        None => plain_text(first_paragraph(&article.nodes)),
    };
    joined(&text)
}

/// What comes before the separator, with the link definitions that come after it, which Jekyll
/// adds as well (`lib/jekyll/excerpt.rb`).
fn head(markdown: &str, end: usize) -> String {
    let parser = pulldown_cmark::Parser::new_ext(markdown, super::options());
    let mut spans: Vec<_> =
        parser.reference_definitions().iter().map(|(_, found)| found.span.clone()).collect();
    spans.retain(|span| span.start >= end);
    spans.sort_unstable_by_key(|span| span.start);
    let mut head = format!("{}\n", &markdown[..end]);
    for definition in spans.into_iter().filter_map(|span| markdown.get(span)) {
        head.push('\n');
        head.push_str(definition);
    }
    head
}

/// Where an author's own separator first stands outside code.
fn outside_code(markdown: &str, separator: &str) -> Option<usize> {
    use pulldown_cmark::{Event, Parser, Tag};
    if !markdown.contains(separator) {
        return None;
    }
    let parser = Parser::new_ext(markdown, super::options()).into_offset_iter();
    let code: Vec<_> = parser
        .filter(|(event, _)| matches!(event, Event::Start(Tag::CodeBlock(_)) | Event::Code(_)))
        .map(|(_, range)| range)
        .collect();
    let mut found = markdown.match_indices(separator).map(|(at, _)| at);
    // Code comes in order and is in no other code.
    let next = |at: usize| code.get(code.partition_point(|range| range.end <= at));
    found.find(|at| !next(*at).is_some_and(|range| range.contains(at)))
}

/// White space as single spaces, and none between two Chinese characters.
pub(super) fn joined(text: &str) -> String {
    let mut out = String::new();
    for word in text.split_whitespace() {
        let chinese =
            out.chars().next_back().is_some_and(is_cjk) && word.chars().next().is_some_and(is_cjk);
        if !(out.is_empty() || chinese) {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Where the first separator outside code begins.
fn more(markdown: &str) -> Option<usize> {
    use pulldown_cmark::{Event, Parser};
    if !markdown.contains(MORE) {
        return None;
    }
    let mut events = Parser::new_ext(markdown, super::options()).into_offset_iter();
    events.find_map(|(event, range)| match event {
        Event::Html(html) | Event::InlineHtml(html) => html.find(MORE).map(|at| range.start + at),
        _ => None,
    })
}

fn first_paragraph(nodes: &[Node]) -> &[Node] {
    let text = |node: &Node| {
        matches!(node, Node::Paragraph(children)
            if children.iter().any(|child| !matches!(child, Node::Image { .. })))
    };
    nodes.iter().find(|node| text(node)).map_or(&[], std::slice::from_ref)
}
