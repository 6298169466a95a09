//! The formula as one line of inline HTML, in which neither Markdown nor the rules of the site find
//! any sign: all punctuation in its texts is written as character references.

use super::tree::{Element, Node};

/// The whole line.
pub(super) fn line(root: &Element, tex: &str, display: bool) -> String {
    let mut out = String::from("<math");
    if display {
        out.push_str(" display=\"block\"");
    }
    out.push_str(" alttext=\"");
    escaped(&mut out, &tex.split_whitespace().collect::<Vec<_>>().join(" "));
    out.push_str("\">");
    children(&mut out, root);
    out.push_str("</math>");
    out
}

fn children(out: &mut String, parent: &Element) {
    for child in &parent.children {
        match child {
            Node::Text(text) => escaped(out, &edged(text)),
            Node::Element(element) => {
                out.push('<');
                out.push_str(&element.name);
                for (name, value) in &element.attributes {
                    out.push_str(&format!(" {name}=\"{value}\""));
                }
                out.push('>');
                children(out, element);
                out.push_str(&format!("</{}>", element.name));
            }
        }
    }
}

/// A text whose white space at its edges the browser doesn't drop.
fn edged(text: &str) -> String {
    let inside = text.trim();
    let start = text.len() - text.trim_start().len();
    let end = if inside.is_empty() { 0 } else { text.len() - text.trim_end().len() };
    let space = |length: usize| if length > 0 { "\u{A0}" } else { "" };
    format!("{}{inside}{}", space(start), space(end))
}

fn escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            c if c.is_ascii_punctuation() || c == '\u{A0}' => {
                out.push_str(&format!("&#{};", u32::from(c)));
            }
            '\t' | '\n' | '\r' => out.push(' '),
            c if c.is_control() || is_noncharacter(c) => {}
            c => out.push(c),
        }
    }
}

/// Code points that no text may hold.
fn is_noncharacter(c: char) -> bool {
    u32::from(c) & 0xFFFE == 0xFFFE || matches!(c, '\u{FDD0}'..='\u{FDEF}')
}
