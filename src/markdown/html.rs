//! Raw HTML as tokens, by the tokenization rules of the HTML standard (section 13.2.5) as far as
//! tags, attributes, comments and character references go. It says what is written; `allow` says
//! what of it may be shown.

use pulldown_cmark::{Event, Parser};

/// A piece of raw HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// Characters between tags, references not resolved.
    Text(&'a str),
    /// `<name …>` or `<name … />`.
    Start(RawTag<'a>),
    /// `</name>`: the name as written.
    End(&'a str),
}

/// A start tag as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawTag<'a> {
    /// The name, in the case it was written in.
    pub name: &'a str,
    /// Names as written and values with their references resolved; the first of a name counts.
    pub attributes: Vec<(&'a str, String)>,
    /// Whether it ends in `/>`.
    pub closed: bool,
}

impl RawTag<'_> {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(own, _)| own.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

/// Elements whose content is not markup; it is left out together with them.
const OPAQUE: [&str; 11] = [
    "script",
    "style",
    "textarea",
    "title",
    "xmp",
    "iframe",
    "noembed",
    "noframes",
    "noscript",
    "template",
    "plaintext",
];

/// The tokens of a piece of HTML with their offsets. Comments and declarations are not among them.
pub fn tokens(html: &str) -> Vec<(usize, Token<'_>)> {
    let mut tokens = Vec::new();
    let (mut at, mut text) = (0, 0);
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        let Some((token, end)) = markup(html, start) else {
            at = start + 1;
            continue;
        };
        if text < start {
            tokens.push((text, Token::Text(&html[text..start])));
        }
        at = end;
        if let Some(token) = token {
            if let Token::Start(tag) = &token
                && !tag.closed
                && is_one_of(&OPAQUE, tag.name)
            {
                at = end_of(html, end, tag.name);
            }
            tokens.push((start, token));
        }
        text = at;
    }
    if text < html.len() {
        tokens.push((text, Token::Text(&html[text..])));
    }
    tokens
}

fn is_one_of(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// What begins with the `<` at `start`, and where it ends; `None` where that is only a sign.
fn markup(html: &str, start: usize) -> Option<(Option<Token<'_>>, usize)> {
    let rest = &html[start + 1..];
    let skip = |end: &str| rest.find(end).map_or(html.len(), |at| start + 1 + at + end.len());
    if rest.starts_with("!--") {
        return Some((None, skip("-->")));
    }
    if rest.starts_with(['!', '?']) {
        return Some((None, skip(">")));
    }
    let end_tag = rest.starts_with('/');
    let name_at = start + 1 + usize::from(end_tag);
    if !html[name_at..].starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let name = word(html, name_at, &['/', '>']);
    let (tag, end) = attributes(html, name_at + name.len(), name);
    Some((Some(if end_tag { Token::End(name) } else { Token::Start(tag) }), end))
}

/// What stands from `at` to white space or one of `ends`.
fn word<'a>(html: &'a str, at: usize, ends: &[char]) -> &'a str {
    let rest = &html[at..];
    let end = rest.find(|c: char| c.is_ascii_whitespace() || ends.contains(&c));
    &rest[..end.unwrap_or(rest.len())]
}

/// The attributes from `at`, and where the tag ends.
fn attributes<'a>(html: &'a str, mut at: usize, name: &'a str) -> (RawTag<'a>, usize) {
    let mut tag = RawTag { name, attributes: Vec::new(), closed: false };
    let skip = |at: usize, signs: &[char]| {
        let rest = &html[at..];
        html.len()
            - rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || signs.contains(&c)).len()
    };
    loop {
        let before = at;
        at = skip(at, &['/']);
        if html[at..].is_empty() {
            return (tag, at);
        }
        if html[at..].starts_with('>') {
            tag.closed = html[before..at].ends_with('/');
            return (tag, at + 1);
        }
        // A `=` where a name should begin is a part of that name.
        let sign = usize::from(html[at..].starts_with('='));
        let own = &html[at..at + sign + word(html, at + sign, &['/', '>', '=']).len()];
        at = skip(at + own.len(), &[]);
        let mut value = "";
        if html[at..].starts_with('=') {
            at = skip(at + 1, &[]);
            let quote = html[at..].chars().next().filter(|c| matches!(c, '"' | '\''));
            value = match quote {
                Some(quote) => {
                    let inside = &html[at + 1..];
                    &inside[..inside.find(quote).unwrap_or(inside.len())]
                }
                None => word(html, at, &['>']),
            };
            at = (at + value.len() + 2 * usize::from(quote.is_some())).min(html.len());
        }
        if tag.attributes.len() < MOST_ATTRIBUTES && tag.get(own).is_none() {
            tag.attributes.push((own, resolve(value)));
        }
    }
}

/// More attributes than this are not read, so that no tag takes quadratic time.
const MOST_ATTRIBUTES: usize = 40;

/// Behind the end tag of an opaque element; the end of the text where there is none.
fn end_of(html: &str, from: usize, name: &str) -> usize {
    for (at, _) in html[from..].match_indices("</") {
        let start = from + at + 2;
        if word(html, start, &['/', '>']).eq_ignore_ascii_case(name) {
            return html[start..].find('>').map_or(html.len(), |end| start + end + 1);
        }
    }
    html.len()
}

/// A reference is at most so long, in bytes: `&CounterClockwiseContourIntegral;`.
const LONGEST_REFERENCE: usize = 33;

/// A text with its character references resolved; unknown ones stay as they are written.
pub fn resolve(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.as_bytes().iter().take(LONGEST_REFERENCE).position(|byte| *byte == b';');
        match end.and_then(|end| Some((reference(&rest[..=end])?, end + 1))) {
            Some((read, length)) => {
                out.push_str(&read);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// What a reference such as `&amp;` stands for.
fn reference(source: &str) -> Option<String> {
    let name = source.strip_prefix('&')?.strip_suffix(';')?;
    let Some(number) = name.strip_prefix('#') else { return named(name, source) };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    Some(code.ok().and_then(char::from_u32).unwrap_or('\u{FFFD}').to_string())
}

/// The same by its name. The parser of Markdown knows all names, so there is no other list of them.
fn named(name: &str, source: &str) -> Option<String> {
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let texts = Parser::new(source).filter_map(|event| match event {
        Event::Text(text) => Some(text),
        _ => None,
    });
    let read: String = texts.map(|text| text.into_string()).collect();
    (read != source && !read.is_empty()).then_some(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, want: &str) {
        let show = |(at, token): (usize, Token<'_>)| match token {
            Token::Text(text) => format!("{at}:{text:?}"),
            Token::End(name) => format!("{at}:/{name}"),
            Token::Start(tag) => {
                let closed = if tag.closed { "/" } else { "" };
                let attributes: String =
                    tag.attributes.iter().map(|(name, value)| format!(" {name}={value}")).collect();
                format!("{at}:{}{attributes}{closed}", tag.name)
            }
        };
        let shown: Vec<String> = tokens(html).into_iter().map(show).collect();
        assert_eq!(shown.join(" "), want, "{html}");
    }

    #[test]
    fn tags_and_text() {
        check("a <b>c</b> d", r#"0:"a " 2:b 5:"c" 6:/b 10:" d""#);
        check("<br/><hr />", "0:br/ 5:hr/");
        check("1 < 2 <3 </ 4", r#"0:"1 < 2 <3 </ 4""#);
        check("a<!-- <b> -->c<!DOCTYPE x><?php y ?>", r#"0:"a" 13:"c""#);
        check("<DIV\n>x</DIV\n>", r#"0:DIV 6:"x" 7:/DIV"#);
    }

    #[test]
    fn attributes_as_browsers_read_them() {
        check("<a href=x title='a b' c>", "0:a href=x title=a b c=");
        check("<a x=1 X=2 y = \"&lt;&#106;\">", "0:a x=1 y=<j");
        check("<a/onclick=x/>", "0:a onclick=x/");
        check("<img src=a\"b =c ==d>", "0:img src=a\"b =c==d");
        check("<a title=\">\">b", r#"0:a title=> 13:"b""#);
    }

    #[test]
    fn what_is_cut_short_loses_nothing_else() {
        check("x <a href", r#"0:"x " 2:a href="#);
        check("x <a href=\"y", r#"0:"x " 2:a href=y"#);
        check("x <!-- y", r#"0:"x ""#);
        check("x </b", r#"0:"x " 2:/b"#);
        check("x <", r#"0:"x <""#);
    }

    #[test]
    fn what_is_no_markup_goes_with_its_element() {
        check("<script>if (a</b>) {}</script >c", r#"0:script 31:"c""#);
        check("<style>a</style", "0:style");
        check("<iframe src=x></IFRAME>y", r#"0:iframe src=x 23:"y""#);
    }

    #[test]
    fn references_are_resolved_and_unknown_ones_stay() {
        let check = |text: &str, want: &str| assert_eq!(resolve(text), want);
        check("a &amp;lt; &#x41;&#66; &nbsp;", "a &lt; AB \u{A0}");
        check("&unknown; & &; &#; &#x110000; a&b", "&unknown; & &; \u{FFFD} \u{FFFD} a&b");
        check("&云云云云云云云;", "&云云云云云云云;");
        check("&eacute;&laquo;&NotEqualTilde;&Tab;|&nbsp;", "é«≂\u{338}\t|\u{A0}");
        check("&CounterClockwiseContourIntegral;&a;", "∳&a;");
    }
}
