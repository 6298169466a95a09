//! Formulas within a line of text: `$…$`, `` $`…`$ ``, `$$…$$`, `\\(…\\)` and `\\[…\\]`.
//!
//! Prices and shell variables stay text:
//!
//! - The first `$` of `$…$` has no white space after it, and no ASCII letter or digit or backslash
//!   before it: `US$5`. The last has no white space before it and no digit after it.
//! - An ASCII letter, `_` or `{` after the last `$` makes it text, as in `$HOME/$USER`, unless it
//!   is the suffix of an English word (`$n$th`, `$k$s`) or the formula has a `^` or a command.
//! - Nothing with Chinese, Japanese or Korean in it is a formula, but for commands of text such as
//!   `\text{…}`. In `价格$5，公式 $x^2$` the search goes on at the next sign.
//! - A sign within braces doesn't end a formula: `$\text{where $x$ is}$`.
//! - `\$` is never a sign, and neither are three or more in a row.
//! - A formula holds no code and no raw HTML, and doesn't reach into or out of a link.

use std::ops::Range;

use super::page::{Opaque, Run};
use super::{Formula, source};

/// Signs within braces that a formula may have; a bound, so that a body takes linear time.
const MAX_INNER: usize = 16;

/// The formulas of a run, in order of their starts; some may overlap.
pub(super) fn formulas(text: &str, run: &Run) -> Vec<Formula> {
    let mut found = Vec::new();
    let signs = signs(text, run, &mut found);
    let (dollars, brackets): (Vec<Sign>, Vec<Sign>) =
        signs.into_iter().partition(|sign| matches!(sign.kind, Kind::Dollar | Kind::Dollars));
    let mut put = |open: &Sign, close: &Sign, display: bool| {
        let tex = source(&text[open.range.end..close.range.start], run.quotes, run.is_cell);
        found.push(Formula { range: open.range.start..close.range.end, tex, display });
    };
    let mut at = 0;
    while let Some(open) = dollars.get(at) {
        let close =
            partner(&dollars[at..]).filter(|next| is_formula(text, open, &dollars[at + next]));
        if let Some(next) = close {
            put(open, &dollars[at + next], false);
        }
        at += close.unwrap_or(0) + 1;
    }
    for pair in brackets.windows(2) {
        let (open, close) = (&pair[0], &pair[1]);
        let display = open.kind == Kind::Open(b'[');
        let is_pair = display && close.kind == Kind::Close(b']')
            || open.kind == Kind::Open(b'(') && close.kind == Kind::Close(b')');
        let inside = &text[open.range.end..close.range.start];
        if is_pair && open.is_beside(close) && !has_cjk(inside) {
            put(open, close, display);
        }
    }
    found.sort_by_key(|formula| formula.range.start);
    found
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Dollar,
    Dollars,
    Open(u8),
    Close(u8),
}

/// A sign that may start or end a formula.
struct Sign {
    range: Range<usize>,
    kind: Kind,
    /// How many braces are open.
    depth: usize,
    /// How many codes and tags come before it.
    hard: usize,
    /// The start of the link in which it stands.
    link: Option<usize>,
}

impl Sign {
    /// Whether no code or tag is between two signs, and both are in the same link.
    fn is_beside(&self, other: &Sign) -> bool {
        self.hard == other.hard && self.link == other.link
    }
}

/// All signs of a run. Formulas that are written as code are found on the way.
fn signs(text: &str, run: &Run, found: &mut Vec<Formula>) -> Vec<Sign> {
    let bytes = &text.as_bytes()[..run.range.end];
    let mut signs = Vec::new();
    let mut opaque = run.opaque.iter().peekable();
    let mut links = run.links.iter().peekable();
    let (mut at, mut depth, mut hard) = (run.range.start, 0_usize, 0);
    while at < bytes.len() {
        while opaque.next_if(|next| next.range.end <= at).is_some() {}
        if let Some(next) = opaque.next_if(|next| next.range.start <= at) {
            hard += usize::from(next.is_hard);
            at = next.range.end;
            continue;
        }
        while links.next_if(|link| link.end <= at).is_some() {}
        let link = links.peek().filter(|link| link.start <= at).map(|link| link.start);
        let (length, kind) = sign(&bytes[at..]);
        if let Some(formula) = opaque.peek().and_then(|next| code(text, at, next, run)) {
            hard += 1;
            at = formula.range.end;
            found.push(formula);
            continue;
        }
        if let Some(kind) = kind {
            signs.push(Sign { range: at..at + length, kind, depth, hard, link });
        } else if bytes[at] == b'{' {
            depth += 1;
        } else if bytes[at] == b'}' {
            depth = depth.saturating_sub(1);
        }
        at += length;
    }
    signs
}

/// How long the sign or the escape at the start is, and what it may be.
fn sign(bytes: &[u8]) -> (usize, Option<Kind>) {
    match bytes {
        [b'\\', b'\\', c @ (b'(' | b'['), ..] => (3, Some(Kind::Open(*c))),
        [b'\\', b'\\', c @ (b')' | b']'), ..] => (3, Some(Kind::Close(*c))),
        [b'\\', c, ..] if c.is_ascii_punctuation() => (2, None),
        [b'$', ..] => match bytes.iter().take_while(|byte| **byte == b'$').count() {
            1 => (1, Some(Kind::Dollar)),
            2 => (2, Some(Kind::Dollars)),
            many => (many, None),
        },
        _ => (1, None),
    }
}

/// GitHub's form: a code span between two signs.
fn code(text: &str, at: usize, next: &Opaque, run: &Run) -> Option<Formula> {
    let is_open = text.as_bytes()[at] == b'$' && next.is_code && next.range.start == at + 1;
    let end = next.range.end;
    if !is_open || !text[end..].starts_with('$') {
        return None;
    }
    let tex = source(text[at + 1..end].trim_matches('`'), run.quotes, run.is_cell);
    Some(Formula { range: at..end + 1, tex, display: false })
}

/// How far the sign is that ends the formula of the first one: the next that isn't within braces.
fn partner(signs: &[Sign]) -> Option<usize> {
    let depth = signs.first()?.depth;
    let next = signs.iter().skip(1).take(MAX_INNER).position(|sign| sign.depth <= depth)?;
    Some(next + 1)
}

fn is_formula(text: &str, open: &Sign, close: &Sign) -> bool {
    if open.kind != close.kind || open.depth != close.depth || !open.is_beside(close) {
        return false;
    }
    let inside = &text[open.range.end..close.range.start];
    if open.kind == Kind::Dollars {
        return !inside.trim().is_empty();
    }
    let before = text[..open.range.start].chars().next_back();
    let is_word = before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '\\');
    let is_spaced =
        inside.starts_with(char::is_whitespace) || inside.ends_with(char::is_whitespace);
    let ends = ends_before(&text[close.range.end..], inside);
    !is_word && !is_spaced && !inside.is_empty() && ends && !has_cjk(inside)
}

/// Whether a formula may end where this text follows.
fn ends_before(after: &str, inside: &str) -> bool {
    let word = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(after.len());
    match after.chars().next() {
        Some(c) if c.is_ascii_digit() => false,
        Some(c) if c.is_ascii_alphabetic() || matches!(c, '_' | '{') => {
            matches!(&after[..word], "th" | "st" | "nd" | "rd" | "s")
                || inside.contains('^')
                || inside.split('\\').skip(1).any(|name| name.starts_with(char::is_alphabetic))
        }
        _ => true,
    }
}

/// Whether there is Chinese, Japanese or Korean outside the commands of text.
fn has_cjk(inside: &str) -> bool {
    let mut rest = inside;
    while let Some(at) = rest.find(|c: char| c == '\\' || is_cjk(c)) {
        let Some(command) = rest[at..].strip_prefix('\\') else { return true };
        let end = command.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(command.len());
        let (name, after) = command.split_at(end);
        let is_text = name.starts_with("text")
            || matches!(name, "mbox" | "hbox" | "mathrm" | "mathbf" | "operatorname" | "tag");
        let group = after.strip_prefix('*').unwrap_or(after);
        rest = match group.strip_prefix('{').filter(|_| is_text) {
            Some(group) => &group[super::tex::group_end(group)..],
            // A sign that is escaped is no sign: `\\text` is a new line and a word.
            None if name.is_empty() => after.strip_prefix(|c: char| c.is_ascii()).unwrap_or(after),
            None => after,
        };
    }
    false
}

/// Letters and punctuation of East Asian writing.
fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{11FF}' | '\u{2E80}'..='\u{A4CF}' | '\u{A960}'..='\u{A97F}'
        | '\u{AC00}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE10}'..='\u{FE19}'
        | '\u{FE30}'..='\u{FE6B}' | '\u{FF01}'..='\u{FFEE}' | '\u{1AFF0}'..='\u{1B2FF}'
        | '\u{20000}'..='\u{3FFFD}' | '“' | '”')
}
