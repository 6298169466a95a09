//! Superscript and subscript inside words: `x^2^`, `H~2~O`; and marked text: `==so==`.
//!
//! pulldown-cmark opens the first two at the edge of a word only, so what it left as text is
//! looked at once more, by pandoc's rule: what stands between two marks and holds no white space.
//! Nor any Han or sign of a sentence, since `2~3天，20:00~22:00` is two ranges of numbers, which
//! Jekyll shows as they are written. Marked text may hold other elements; the signs stand close to
//! it, as in pandoc's extension `mark`.

use super::Node;
use crate::text::is_cjk;

/// Stand for `^` and `~` that were not escaped; noncharacters, which no text may hold.
const MARKS: [(char, char); 2] = [('^', '\u{FDD0}'), ('~', '\u{FDD1}')];

/// Stands for two `=`, neither more nor escaped.
const EQUALS: char = '\u{FDD2}';

/// Marks the unescaped signs of a text that begins at `offset` of the source.
pub(super) fn mark(text: &str, source: &str, offset: usize) -> String {
    let mut at = offset;
    let mut marked = String::with_capacity(text.len());
    for c in text.chars() {
        // A reference such as `&#94;` is a sign that means nothing more.
        let written = source.get(at..).is_some_and(|rest| rest.starts_with(c));
        let sign = MARKS.iter().find(|(sign, _)| *sign == c && written && is_single(source, at, c));
        marked.push(sign.map_or(c, |(_, mark)| *mark));
        at += c.len_utf8();
        let pair = c == '=' && written && source[..at].ends_with("==");
        let alone = pair
            && !source[..at - 2].ends_with('=')
            && !is_escaped(source, at - 2)
            && !source[at..].starts_with('=');
        if alone && marked.ends_with("==") {
            marked.truncate(marked.len() - 2);
            marked.push(EQUALS);
        }
    }
    marked
}

/// Whether a sign is neither escaped nor one of several in a row, which mean something else or
/// nothing (`~~`, `~~~`).
fn is_single(source: &str, at: usize, sign: char) -> bool {
    let in_row = source[..at].ends_with(sign) || source[at + sign.len_utf8()..].starts_with(sign);
    !in_row && !is_escaped(source, at)
}

/// Whether an odd number of backslashes stands before an offset.
fn is_escaped(source: &str, at: usize) -> bool {
    source[..at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}

/// Makes elements of the marked texts among siblings; signs without a partner become text again.
pub(super) fn resolve(nodes: Vec<Node>) -> Vec<Node> {
    let mut texts = Texts { out: Vec::with_capacity(nodes.len()), open: None };
    for node in nodes {
        match node {
            Node::Text(text) => texts.text(&text),
            node => texts.out.push(node),
        }
    }
    texts.unmark();
    texts.out
}

struct Texts {
    out: Vec<Node>,
    /// Where in `out` the text begins that a `==` may mark.
    open: Option<usize>,
}

impl Texts {
    fn text(&mut self, text: &str) {
        let mut parts = text.split(EQUALS).peekable();
        while let Some(part) = parts.next() {
            self.part(part);
            let Some(next) = parts.peek() else { break };
            let close = self.open.filter(|from| *from < self.out.len());
            match close.filter(|_| !part.ends_with(char::is_whitespace)) {
                Some(from) => {
                    let children = self.out.split_off(from);
                    self.out.push(Node::element("mark", children));
                    self.open = None;
                }
                None if !next.starts_with(char::is_whitespace) => {
                    self.unmark();
                    self.open = Some(self.out.len());
                }
                None => self.push("=="),
            }
        }
    }

    /// Puts the sign that opened nothing back into its text.
    fn unmark(&mut self) {
        let Some(from) = self.open.take() else { return };
        let rest = self.out.split_off(from);
        self.push("==");
        for node in rest {
            match node {
                Node::Text(text) => self.push(&text),
                node => self.out.push(node),
            }
        }
    }

    /// Adds text, to the one before where there is one.
    fn push(&mut self, text: &str) {
        let first = self.open.unwrap_or(0);
        match self.out[first..].last_mut() {
            _ if text.is_empty() => {}
            Some(Node::Text(before)) => before.push_str(text),
            _ => self.out.push(Node::Text(text.to_owned())),
        }
    }

    /// Adds text in which there may be superscripts and subscripts.
    fn part(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.find(MARKS.map(|(_, mark)| mark)) {
            self.push(&rest[..at]);
            rest = &rest[at..];
            let Some(mark) = rest.chars().next() else { break };
            let inner = &rest[mark.len_utf8()..];
            let pair = inner.find(mark).map(|end| &inner[..end]);
            match pair.filter(|inside| !inside.is_empty() && !inside.contains(ends_script)) {
                Some(inside) => {
                    let child = vec![Node::Text(restore(inside))];
                    let raised = mark == MARKS[0].1;
                    self.out.push(Node::element(if raised { "sup" } else { "sub" }, child));
                    rest = &inner[inside.len() + mark.len_utf8()..];
                }
                None => {
                    self.push(&restore(&rest[..mark.len_utf8()]));
                    rest = inner;
                }
            }
        }
        self.push(rest);
    }
}

/// What no superscript or subscript holds.
fn ends_script(c: char) -> bool {
    c.is_whitespace() || is_cjk(c) || matches!(c, ',' | ';' | ':')
}

/// The signs for the marks, for text that is no superscript after all.
fn restore(text: &str) -> String {
    let text = text.replace(EQUALS, "==");
    MARKS.iter().fold(text, |text, (sign, mark)| text.replace(*mark, sign.encode_utf8(&mut [0; 4])))
}
