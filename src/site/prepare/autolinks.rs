//! Addresses that stand in the text become links, by GFM's extended autolinks (section 6.9) with
//! one difference: an address ends where Chinese begins, which has no spaces between words.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::edits::Marks;
use crate::markdown::options;
use crate::text::is_cjk;

/// What an address may begin with, and what is put before it to make it one.
const STARTS: [(&str, &str); 4] =
    [("https://", ""), ("http://", ""), ("www.", "https://"), ("@", "mailto:")];

/// Marks every address outside code, links and raw HTML.
pub(super) fn autolinks(text: &str) -> Marks {
    let mut marks = Marks::default();
    if !STARTS.iter().any(|(start, _)| text.contains(start)) {
        return marks;
    }
    // Links of raw HTML are counted apart: an `</a>` may stand where none was opened.
    let (mut inside, mut raw, mut done) = (0usize, 0usize, 0);
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => inside += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => inside -= 1,
            Event::InlineHtml(html) if is_link(&html, "<a") => raw += 1,
            Event::InlineHtml(html) if is_link(&html, "</a") => raw = raw.saturating_sub(1),
            // What explains an abbreviation is no text.
            Event::Text(_) if inside == 0 && raw == 0 && !text[range.start..].starts_with("*[") => {
                for (found, link) in links(text, range.start.max(done)..range.end) {
                    done = found.end;
                    marks.replace(found, link);
                }
            }
            _ => {}
        }
    }
    marks
}

fn is_link(html: &str, start: &str) -> bool {
    let name = html.get(..start.len()).is_some_and(|name| name.eq_ignore_ascii_case(start));
    name && !html[start.len()..].starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// The addresses that begin within a range, and their links.
fn links(text: &str, range: Range<usize>) -> Vec<(Range<usize>, String)> {
    let Some(part) = text.get(range.clone()) else { return Vec::new() };
    let mut starts: Vec<(usize, &str, &str)> = Vec::new();
    for (start, before) in STARTS {
        starts.extend(part.match_indices(start).map(|(at, _)| (range.start + at, start, before)));
    }
    starts.sort_unstable();
    let (mut found, mut done) = (Vec::new(), range.start);
    for (at, start, before) in starts {
        let address = match start {
            _ if at < done => None,
            "@" => mail(text, at, done),
            start => web(text, at, start),
        };
        let Some(address) = address else { continue };
        let url = &text[address.clone()];
        let link = match before {
            "https://" => format!("[{}](<https://{url}>)", escaped(url)),
            _ => format!("<{url}>"),
        };
        done = address.end;
        found.push((address, link));
    }
    found
}

/// An address as text.
fn escaped(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        if matches!(c, '_' | '*' | '~' | '^' | '[' | ']' | '&' | '=') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// An address of the web that begins at `at`.
fn web(text: &str, at: usize, start: &str) -> Option<Range<usize>> {
    let before = text[..at].chars().next_back();
    if before
        .is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '<' | '\\' | '=' | '"'))
    {
        return None;
    }
    let rest = &text[at..];
    // The domain comes first: only an address that is one is read to its end, so that many that
    // are none take no quadratic time.
    let host = if start == "www." { 0 } else { start.len() };
    domain(&rest[host..])?;
    let stop = |c: char| {
        c.is_whitespace() || c.is_control() || "<>`\"|\\".contains(c) || is_cjk(c) || is_quote(c)
    };
    let end = rest.find(stop).unwrap_or(rest.len());
    Some(at..at + trimmed(&rest[..end]).len())
}

/// A domain has at most so many bytes (RFC 1035, section 2.3.4).
const LONGEST_DOMAIN: usize = 255;

/// The domain at the beginning of a text: two segments at least, no underscores in the last two
/// (GFM, section 6.9). What stands before an `@` is no domain.
fn domain(text: &str) -> Option<&str> {
    let inside = |c: char| c.is_alphanumeric() && !is_cjk(c) || matches!(c, '.' | '-' | '_');
    let end = text.char_indices().find(|(at, c)| !inside(*c) || *at > LONGEST_DOMAIN);
    let end = end.map_or(text.len(), |(at, _)| at);
    let domain = text[..end].trim_end_matches(['.', '_']);
    let labels: Vec<&str> = domain.split('.').collect();
    let named = labels.len() > 1 && !labels.contains(&"") && end <= LONGEST_DOMAIN;
    let plain = labels.iter().rev().take(2).all(|label| !label.contains('_'));
    (named && plain && !text[end..].starts_with('@')).then_some(domain)
}

/// Quotation marks and dashes of Chinese text that count as neither.
fn is_quote(c: char) -> bool {
    matches!(c, '‘' | '’' | '“' | '”' | '…' | '—')
}

/// Without the signs that end the sentence rather than the address (GFM, section 6.9).
fn trimmed(url: &str) -> &str {
    let mut unpaired = url.matches(')').count().saturating_sub(url.matches('(').count());
    let mut url = url;
    loop {
        let shorter = url.trim_end_matches(['?', '!', '.', ',', ':', '*', '_', '~', '\'', ']']);
        let shorter = match shorter.chars().next_back() {
            Some(')') if unpaired > 0 => {
                unpaired -= 1;
                &shorter[..shorter.len() - 1]
            }
            Some(';') => without_reference(&shorter[..shorter.len() - 1]),
            _ => shorter,
        };
        if shorter.len() == url.len() {
            return url;
        }
        url = shorter;
    }
}

/// Without what may be a reference such as `&copy`, to which the `;` behind belonged.
fn without_reference(url: &str) -> &str {
    let before = url.trim_end_matches(|c: char| c.is_ascii_alphanumeric());
    if before.len() == url.len() { url } else { before.strip_suffix('&').unwrap_or(url) }
}

/// A mail address around the `@` at `at`, not beginning before `from`.
fn mail(text: &str, at: usize, from: usize) -> Option<Range<usize>> {
    let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
    let before = &text[from..at];
    let start = at - before.chars().rev().take_while(|c| name(*c)).count();
    if text[..start].ends_with(['/', '<', ':', '\\']) {
        return None;
    }
    let after = &text[at + 1..];
    let host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let length = after.chars().take_while(|c| host(*c)).count();
    let domain = after[..length].trim_end_matches('.');
    let dots = domain.contains('.') && !domain.split('.').any(str::is_empty);
    let fits = dots && !domain.ends_with(['-', '_']) && !after[domain.len()..].starts_with('/');
    (start < at && fits).then(|| start..at + 1 + domain.len())
}

#[cfg(test)]
mod tests {
    use super::super::edits::Draft;
    use super::*;

    fn check(body: &str, want: &str) {
        let mut draft = Draft::new(body);
        draft.apply(autolinks(body));
        assert_eq!(draft.text, want, "{body}");
    }

    fn check_same(body: &str) {
        check(body, body);
    }

    #[test]
    fn addresses_become_links() {
        check("见 https://a.example/b?c=d#e 后", "见 <https://a.example/b?c=d#e> 后");
        check("见https://a.example/b_c_d，后文", "见<https://a.example/b_c_d>，后文");
        check("访问https://a.example即可", "访问<https://a.example>即可");
        check("www.a.example/x", "[www.a.example/x](<https://www.a.example/x>)");
        check("ann@a.example。", "<ann@a.example>。");
        check("**https://a.example/x**", "**<https://a.example/x>**");
        check("- http://a.example\n- b", "- <http://a.example>\n- b");
        check("|a|\n|-|\n|https://a.example|", "|a|\n|-|\n|<https://a.example>|");
    }

    /// GFM, section 6.9.
    #[test]
    fn the_end_of_a_sentence_is_no_part_of_it() {
        check("(see https://a.example/x)", "(see <https://a.example/x>)");
        check("https://a.example/x_(y).", "<https://a.example/x_(y)>.");
        check("https://a.example/?q=1!?", "<https://a.example/?q=1>!?");
        check("“https://a.example/x”", "“<https://a.example/x>”");
        check("https://a.example/?b&c;", "<https://a.example/?b>&c;");
        check("https://a.example/))?].", "<https://a.example/>))?].");
        check("https://a.example/(b;);", "<https://a.example/(b;)>;");
    }

    #[test]
    fn what_is_a_link_already_or_no_address_stays() {
        for body in [
            "<https://a.example>",
            "[https://a.example](https://b.example)",
            "`https://a.example`",
            "    https://a.example",
            "<a href=\"https://a.example\">https://a.example</a>",
            "[a]: https://a.example",
            "![https://a.example](x.png)",
            "https://",
            "https://localhost:1313/",
            "https://a.example@b.example/",
            "https://a..b/",
            "http://_a_.b_c",
            "xhttps://a.example",
            "a@b",
            "@name and a@",
            "\\https://a.example",
        ] {
            check_same(body);
        }
    }

    #[test]
    fn an_end_tag_alone_ends_no_link_of_markdown() {
        let link = "[</a> https://a.example](b)";
        check(&format!("{link} https://c.example"), &format!("{link} <https://c.example>"));
    }
}
