//! Superscript and subscript inside words: `x^2^`, `H~2~O`. pulldown-cmark opens them at the
//! edge of a word only, so what it left as text is looked at once more, by pandoc's rule: what
//! stands between two marks and holds no white space. Nor any Han or sign of a sentence, since
//! `2~3天，20:00~22:00` is two ranges of numbers, which Jekyll shows as they are written.

use super::Node;
use crate::text::is_cjk;

/// Stand for `^` and `~` that were not escaped; noncharacters, which no text may hold.
const MARKS: [(char, char); 2] = [('^', '\u{FDD0}'), ('~', '\u{FDD1}')];

/// Marks the unescaped signs of a text that begins at `offset` of the source.
pub(super) fn mark(text: &str, source: &str, offset: usize) -> String {
    let mut at = offset;
    let mut marked = String::with_capacity(text.len());
    for c in text.chars() {
        let escaped = source[..at.min(source.len())].ends_with('\\');
        let sign = MARKS.iter().find(|(sign, _)| *sign == c && !escaped);
        marked.push(sign.map_or(c, |(_, mark)| *mark));
        at += c.len_utf8();
        if !source.is_char_boundary(at.min(source.len())) {
            at = source.len();
        }
    }
    marked
}

/// Splits the marked texts among siblings; marks without a partner become signs again.
pub(super) fn resolve(nodes: Vec<Node>) -> Vec<Node> {
    let mut out = Vec::with_capacity(nodes.len());
    for node in nodes {
        match node {
            Node::Text(text) if text.contains(MARKS.map(|(_, mark)| mark)) => {
                split(&text, &mut out)
            }
            node => out.push(node),
        }
    }
    out
}

fn split(text: &str, out: &mut Vec<Node>) {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(MARKS.map(|(_, mark)| mark)) {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(mark) = rest.chars().next() else { break };
        let inner = &rest[mark.len_utf8()..];
        let pair = inner.find(mark).map(|end| &inner[..end]);
        match pair.filter(|inside| !inside.is_empty() && !inside.contains(ends_script)) {
            Some(inside) => {
                if !plain.is_empty() {
                    out.push(Node::Text(std::mem::take(&mut plain)));
                }
                let child = vec![Node::Text(restore(inside))];
                let raised = mark == MARKS[0].1;
                out.push(Node::element(if raised { "sup" } else { "sub" }, child));
                rest = &inner[inside.len() + mark.len_utf8()..];
            }
            None => {
                plain.push_str(&restore(&rest[..mark.len_utf8()]));
                rest = inner;
            }
        }
    }
    plain.push_str(rest);
    if !plain.is_empty() {
        out.push(Node::Text(plain));
    }
}

/// What no superscript or subscript holds.
fn ends_script(c: char) -> bool {
    c.is_whitespace() || is_cjk(c) || matches!(c, ',' | ';' | ':')
}

/// The signs for the marks, for text that is no superscript after all.
pub(super) fn restore(text: &str) -> String {
    MARKS.iter().fold(text.to_owned(), |text, (sign, mark)| {
        text.replace(*mark, sign.encode_utf8(&mut [0; 4]))
    })
}
