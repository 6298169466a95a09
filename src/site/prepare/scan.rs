//! Finds Liquid's tokens outside code: `{% tag %}`, `{{ output }}` and Hugo's shortcodes.
//!
//! As in Liquid (lib/liquid/tokenizer.rb) a token ends at the first closing mark, quoted or not.
//! Stricter than Liquid: it never reaches over an empty line or into code, so that one forgotten
//! mark can't swallow a page.

use std::ops::Range;

use super::code::Code;
use super::edits::Origins;
use super::lines::Lines;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Tag,
    Output,
    /// `{{< name >}}` and `{{% name %}}` of Hugo.
    Shortcode,
    /// A `{%` without its `%}`.
    Unclosed,
}

/// One token.
#[derive(Clone, Debug)]
pub(super) struct Token<'t> {
    pub(super) kind: Kind,
    /// With its marks, and with the blanks on its line that `-` takes away.
    pub(super) range: Range<usize>,
    /// With its marks, as people know it.
    pub(super) written: &'t str,
    /// What it says, without marks and white space around.
    pub(super) inner: &'t str,
}

impl<'t> Token<'t> {
    /// A tag's name and the rest of it.
    pub(super) fn tag(&self) -> (&'t str, &'t str) {
        let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        let end = self.inner.find(|c| !word(c)).unwrap_or(self.inner.len());
        (&self.inner[..end], self.inner[end..].trim())
    }
}

/// Goes through a text.
pub(super) struct Scanner<'t> {
    text: &'t str,
    code: &'t Code,
    lines: &'t Lines<'t>,
    /// Stretches of `{% raw %}` in the body as written, and the way back to there.
    raw: &'t [Range<usize>],
    origins: &'t Origins,
    at: usize,
    /// Where the token before ends.
    end: usize,
    /// The closing marks found last; they serve all tokens before them.
    closes: [(&'static str, usize); 2],
}

impl<'t> Scanner<'t> {
    pub(super) fn new(
        text: &'t str,
        code: &'t Code,
        lines: &'t Lines<'t>,
        raw: &'t [Range<usize>],
        origins: &'t Origins,
    ) -> Self {
        Scanner { text, code, lines, raw, origins, at: 0, end: 0, closes: [("}}", 0), ("%}", 0)] }
    }

    /// Goes on from an offset.
    pub(super) fn jump(&mut self, offset: usize) {
        self.at = self.at.max(offset);
    }

    /// The token that begins exactly at an offset, for a look ahead.
    pub(super) fn peek(&mut self, offset: usize) -> Option<Token<'t>> {
        let at = std::mem::replace(&mut self.at, offset);
        let opens = self.text[offset..].starts_with("{{") || self.text[offset..].starts_with("{%");
        let end = std::mem::replace(&mut self.end, offset);
        let token = if opens { self.token(offset) } else { None };
        (self.at, self.end) = (at, end);
        token.filter(|token| token.kind != Kind::Unclosed)
    }

    /// The first closing mark at or after an offset.
    fn close(&mut self, which: usize, from: usize) -> Option<usize> {
        let (mark, known) = &mut self.closes[which];
        if *known < from {
            *known = self.text[from..].find(*mark).map_or(usize::MAX, |found| from + found);
        }
        (*known != usize::MAX).then_some(*known)
    }

    /// Whether a token from one offset to another is of one block and outside code.
    fn whole(&self, start: usize, close: usize) -> bool {
        !self.lines.blank_in(start..close)
            && self.code.at(close).is_none()
            && !self.code.block_in(start..close)
    }

    fn is_raw(&self, offset: usize) -> bool {
        let offset = self.origins.of(offset);
        let next = self.raw.partition_point(|range| range.end <= offset);
        self.raw.get(next).is_some_and(|range| range.start <= offset)
    }

    /// The token that begins at an offset; moves on behind its first mark if there is none.
    fn token(&mut self, start: usize) -> Option<Token<'t>> {
        let braces = self.text.as_bytes()[start..].iter().take_while(|b| **b == b'{').count();
        if braces == 1 {
            return self.delimited(start, Kind::Tag);
        }
        let inner = start + braces - 2;
        match self.text.as_bytes().get(start + braces) {
            Some(b'<' | b'%') => {
                if let Some(token) = self.delimited(inner, Kind::Shortcode) {
                    return Some(token);
                }
                // `{{%` may also be a brace before a tag.
                self.at = start + braces - 1;
                None
            }
            _ => {
                let token = self.delimited(inner, Kind::Output)?;
                Some(self.with_more_braces(token, braces - 2))
            }
        }
    }

    /// Takes further braces along, as in Handlebars' `{{{ x }}}`.
    fn with_more_braces(&mut self, token: Token<'t>, before: usize) -> Token<'t> {
        let after = self.text[token.range.end..].bytes().take(before).take_while(|b| *b == b'}');
        let more = after.count();
        if more == 0 || token.written.len() != token.range.len() {
            return token;
        }
        let range = token.range.start - more..token.range.end + more;
        self.at = range.end;
        Token { written: &self.text[range.clone()], range, ..token }
    }

    fn delimited(&mut self, start: usize, kind: Kind) -> Option<Token<'t>> {
        self.at = start + 2;
        let unclosed = Token {
            kind: Kind::Unclosed,
            range: start..start + 2,
            written: &self.text[start..start + 2],
            inner: "",
        };
        let missing = (kind == Kind::Tag).then_some(unclosed);
        let Some(close) = self.close(usize::from(kind == Kind::Tag), start + 2) else {
            return missing;
        };
        let inside = &self.text[start + 2..close];
        let (nested, own) = match kind {
            Kind::Tag => (inside.contains("{%"), inside),
            Kind::Shortcode => {
                let sign = if inside.starts_with('%') { '%' } else { '>' };
                let own = inside[1..].strip_suffix(sign);
                (own.is_none() || inside.contains("{{"), own.unwrap_or(inside))
            }
            _ => (inside.contains("{{") || inside.contains("{%"), inside),
        };
        if nested || !self.whole(start, close) {
            return missing;
        }
        let range = self.trimmed(start..close + 2, own);
        self.at = range.end;
        let own = own.strip_prefix('-').unwrap_or(own);
        let inner = own.strip_suffix('-').unwrap_or(own).trim();
        Some(Token { kind, range, written: &self.text[start..close + 2], inner })
    }

    /// Widens a token that has `-` by the blanks beside it, but not by line ends, which separate
    /// blocks, nor by indentation, which belongs to lists.
    fn trimmed(&self, range: Range<usize>, own: &str) -> Range<usize> {
        let blank = [' ', '\t'];
        let mut range = range;
        if own.starts_with('-') && !self.lines.prefix(range.start).1 {
            let before = &self.text[self.end.min(range.start)..range.start];
            range.start -= before.len() - before.trim_end_matches(blank).len();
        }
        if own.ends_with('-') && own.len() > 1 {
            let after = &self.text[range.end..];
            range.end += after.len() - after.trim_start_matches(blank).len();
        }
        range
    }
}

impl<'t> Iterator for Scanner<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        loop {
            let start = self.at + self.text.get(self.at..)?.find('{')?;
            if let Some(code) = self.code.at(start) {
                self.at = code.range.end;
                continue;
            }
            self.at = start + 1;
            let second = self.text.as_bytes().get(start + 1);
            if !matches!(second, Some(b'{' | b'%')) || self.is_raw(start) {
                continue;
            }
            if let Some(token) = self.token(start) {
                self.end = token.range.end;
                return Some(token);
            }
        }
    }
}
