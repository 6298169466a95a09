//! HTML as texts and tags: a small part of the HTML standard's section 13.2.5, enough for what our
//! own views write (section 13.3), and without surprises for anything else. Every character is
//! looked at once.

use std::borrow::Cow;

/// A part of a fragment.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A text as it is written, or a single `<` that begins no tag.
    Text(&'a str),
    /// A start tag.
    Start(Tag<'a>),
    /// The name in an end tag.
    End(&'a str),
}

/// A start tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// As written.
    pub(super) name: &'a str,
    /// Names and values as written.
    pub(super) attributes: Vec<(&'a str, &'a str)>,
}

impl<'a> Tag<'a> {
    /// The value as written of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a str> {
        let mut all = self.attributes.iter();
        all.find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
    }

    /// Whether it has a class.
    pub(super) fn has(&self, class: &str) -> bool {
        let classes = self.attribute("class").unwrap_or_default();
        classes.split_ascii_whitespace().any(|own| own == class)
    }
}

/// Elements without content or end (HTML, section 13.1.2).
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "source",
    "track", "wbr",
];

/// Elements whose content is no HTML (HTML, section 13.2.5.2 and 13.2.5.3).
const RAW: [&str; 9] =
    ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript"];

/// Whether an element has neither content nor an end tag.
pub(super) fn is_void(name: &str) -> bool {
    VOID.iter().any(|void| void.eq_ignore_ascii_case(name))
}

/// The tokens of a fragment. What a browser would drop at its end, a tag or a comment that is never
/// ended, is no token.
pub(super) struct Tokens<'a> {
    rest: &'a str,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(html: &'a str) -> Self {
        Tokens { rest: html }
    }

    /// The next token.
    pub(super) fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let after = match self.rest.strip_prefix('<') {
                Some(after) => after,
                None if self.rest.is_empty() => return None,
                None => {
                    let end = self.rest.find('<').unwrap_or(self.rest.len());
                    return Some(Token::Text(self.take(end)));
                }
            };
            let is_name = |text: &str| text.starts_with(|c: char| c.is_ascii_alphabetic());
            match after.as_bytes().first() {
                Some(b'!' | b'?') => self.comment(after),
                Some(b'/') if is_name(&after[1..]) => {
                    let inside = &after[1..after.find('>').unwrap_or(after.len())];
                    self.past(">");
                    return Some(Token::End(inside.split(ends_name).next().unwrap_or(inside)));
                }
                _ if is_name(after) => return self.start().map(Token::Start),
                _ => return Some(Token::Text(self.take(1))),
            }
        }
    }

    /// Goes past all that an element holds, whose start tag was the last token.
    pub(super) fn skip(&mut self, name: &str) {
        if is_void(name) {
            return;
        }
        if RAW.iter().any(|raw| raw.eq_ignore_ascii_case(name)) {
            return self.skip_raw(name);
        }
        let mut depth = 1;
        while depth > 0 {
            match self.next() {
                None => return,
                Some(Token::Start(tag)) if tag.name.eq_ignore_ascii_case(name) => depth += 1,
                Some(Token::End(end)) if end.eq_ignore_ascii_case(name) => depth -= 1,
                Some(_) => {}
            }
        }
    }

    /// Up to the first end tag of that name, whatever stands before.
    fn skip_raw(&mut self, name: &str) {
        let mut ends = self.rest.match_indices("</");
        let ours = |after: &str| {
            after.get(..name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name))
                && after[name.len()..].starts_with(|c| c == '>' || ends_name(c))
        };
        let end = ends.find(|(at, _)| ours(&self.rest[at + 2..])).map(|(at, _)| at);
        self.take(end.unwrap_or(self.rest.len()));
        self.past(">");
    }

    fn comment(&mut self, after: &str) {
        self.past(if after.starts_with("!--") { "-->" } else { ">" });
    }

    /// A start tag; `None` where it has no end.
    fn start(&mut self) -> Option<Tag<'a>> {
        self.take(1);
        let name = self.until(|c| c == '>' || ends_name(c));
        let mut attributes = Vec::new();
        loop {
            self.until(|c| !ends_name(c));
            if self.rest.is_empty() {
                return None;
            }
            if self.rest.starts_with('>') {
                self.take(1);
                return Some(Tag { name, attributes });
            }
            // A sign that can only be a mistake is taken for a name, so that there is progress.
            let first = self.rest.chars().next().map_or(0, char::len_utf8);
            let rest = &self.rest[first..];
            let end = rest.find(|c| matches!(c, '=' | '>') || ends_name(c)).unwrap_or(rest.len());
            let name = self.take(first + end);
            attributes.push((name, self.value()?));
        }
    }

    /// What follows the name of an attribute: nothing, or its value. `None` where it has no end.
    fn value(&mut self) -> Option<&'a str> {
        let after = self.rest.trim_start_matches(is_space);
        let Some(value) = after.strip_prefix('=') else { return Some("") };
        self.rest = value.trim_start_matches(is_space);
        let quote = match self.rest.as_bytes().first() {
            Some(b'"') => "\"",
            Some(b'\'') => "'",
            _ => return Some(self.until(|c| c == '>' || is_space(c))),
        };
        self.take(1);
        let end = self.rest.find(quote);
        let value = self.take(end.unwrap_or(self.rest.len()));
        self.past(quote);
        end.map(|_| value)
    }

    fn until(&mut self, ends: impl Fn(char) -> bool) -> &'a str {
        self.take(self.rest.find(ends).unwrap_or(self.rest.len()))
    }

    /// Goes past a sign, or to the end where there is none.
    fn past(&mut self, sign: &str) {
        let end = self.rest.find(sign).map_or(self.rest.len(), |at| at + sign.len());
        self.take(end);
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }
}

fn is_space(c: char) -> bool {
    c.is_ascii_whitespace()
}

fn ends_name(c: char) -> bool {
    is_space(c) || c == '/'
}

/// The references that our views write, and the signs they stand for.
const REFERENCES: [(&str, char); 5] =
    [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&#13;", '\r')];

/// The value of an attribute without references. Others than those of our views stay as they are,
/// and are then texts like any other: `encode` makes sure of that.
pub(super) fn decode(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        let (before, reference) = rest.split_at(at);
        out.push_str(before);
        let known = REFERENCES.iter().find(|(text, _)| reference.starts_with(text));
        let (length, c) = known.map_or((1, '&'), |(text, c)| (text.len(), *c));
        out.push(c);
        rest = &reference[length..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Writes the value of an attribute.
pub(super) fn encode(value: &str, out: &mut String) {
    for c in value.chars() {
        match REFERENCES.iter().find(|(_, sign)| *sign == c) {
            Some((text, _)) => out.push_str(text),
            None => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, want: &str) {
        let mut tokens = Tokens::new(html);
        let mut got = Vec::new();
        while let Some(token) = tokens.next() {
            got.push(match token {
                Token::Text(text) => format!("{text:?}"),
                Token::End(name) => format!("/{name}"),
                Token::Start(tag) => {
                    let pairs = tag.attributes.iter();
                    let pairs: String =
                        pairs.map(|(name, value)| format!(" {name}={value:?}")).collect();
                    format!("{}{pairs}", tag.name)
                }
            });
        }
        assert_eq!(got.join("|"), want, "{html}");
    }

    #[test]
    fn tags_and_texts_are_told_apart() {
        check(r#"a<b c="d>e" f>g</b>h"#, r#""a"|b c="d>e" f=""|"g"|/b|"h""#);
        check("<A B = 'c' d=e/f>", r#"A B="c" d="e/f""#);
        check("<br/><br / >", "br|br");
        check("a < b <3 </ x", r#""a "|"<"|" b "|"<"|"3 "|"<"|"/ x""#);
        check("a<!-- <b> -->c<!doctype x>d<?x?>e", r#""a"|"c"|"d"|"e""#);
        check("<云><x 云=\"云\">", r#""<"|"云>"|x 云="云""#);
    }

    #[test]
    fn what_never_ends_is_dropped() {
        for html in ["<a", "<a b", "<a b=", "<a b=\"c>", "<a b='", "<!-- a", "<!", "<a ="] {
            check(html, "");
        }
        check("</a", "/a");
    }

    #[test]
    fn references_are_read_and_written() {
        let check = |raw: &str, text: &str| {
            assert_eq!(decode(raw), text);
            let mut out = String::new();
            encode(text, &mut out);
            assert_eq!(out, raw);
        };
        check("a&amp;b&lt;&gt;&quot;&#13;&amp;amp;", "a&b<>\"\r&amp;");
        check("云", "云");
        assert_eq!(decode("&#106;&"), "&#106;&");
    }
}
