//! What can be seen of HTML without parsing it: the release that a page says it is of, and what
//! hosts and networks are known to put into pages.

use std::ops::Range;

/// Whether the bytes begin as HTML does.
pub(super) fn is_html(bytes: &[u8]) -> bool {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(512)]).to_ascii_lowercase();
    let start = start.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']);
    ["<!doctype html", "<html", "<head", "<!--"].iter().any(|sign| start.starts_with(sign))
}

/// The value of an attribute such as `data-release`, at its first place.
pub(super) fn attribute<'a>(html: &'a str, name: &str) -> Option<&'a str> {
    let at = html.match_indices(name).find_map(|(at, _)| {
        let rest = html[at + name.len()..].strip_prefix('=')?;
        html[..at].ends_with([' ', '\n', '\t']).then_some(rest)
    })?;
    match at.chars().next()? {
        quote @ ('"' | '\'') => at[1..].split(quote).next(),
        _ => at.split([' ', '>', '\n']).next(),
    }
}

/// The text of `<title>`, shortened.
pub(super) fn title(html: &str) -> Option<String> {
    let lower = html.to_ascii_lowercase();
    let start = lower.find("<title")?;
    let start = start + lower[start..].find('>')? + 1;
    let end = start + lower[start..].find("</title")?;
    Some(crate::text::shorten(html[start..end].trim(), 60))
}

/// Scripts, styles, frames and comments: what is put into pages on their way.
pub(super) fn insertions(html: &str) -> Vec<Range<usize>> {
    const KINDS: [(&str, &str); 5] = [
        ("<script", "</script>"),
        ("<style", "</style>"),
        ("<iframe", "</iframe>"),
        ("<noscript", "</noscript>"),
        ("<!--", "-->"),
    ];
    const MOST: usize = 100;
    let lower = html.to_ascii_lowercase();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = lower[at..].find('<').map(|start| at + start) {
        let kind = KINDS.iter().find(|(open, _)| lower[start..].starts_with(open));
        at = start + 1;
        if let Some((open, close)) = kind
            && let Some(length) = lower[start + open.len()..].find(close)
        {
            at = start + open.len() + length + close.len();
            found.push(start..at);
        }
        if found.len() == MOST {
            break;
        }
    }
    found
}

/// The page without some of its parts, which are in order.
pub(super) fn without(html: &str, parts: &[Range<usize>]) -> String {
    let mut out = String::new();
    let mut at = 0;
    for part in parts {
        out.push_str(&html[at..part.start]);
        at = part.end;
    }
    out + &html[at..]
}

/// What is known to change pages, by what it leaves in them, and where it is turned off.
const CHANGERS: [(&str, &str, &str); 14] = [
    (
        "email-protection",
        "Cloudflare's e-mail obfuscation",
        "turn off “Email Address Obfuscation” in Scrape Shield",
    ),
    ("email-decode.min.js", "Cloudflare's e-mail obfuscation", "turn it off in Scrape Shield"),
    ("rocket-loader", "Cloudflare's Rocket Loader", "turn it off under Speed, Optimization"),
    (
        "cloudflareinsights.com",
        "Cloudflare Web Analytics",
        "turn off its automatic set-up for this site",
    ),
    (
        "/cdn-cgi/challenge-platform",
        "Cloudflare's JavaScript detections",
        "turn them off under Security, Bots",
    ),
    ("/cdn-cgi/", "Cloudflare", "turn off what changes pages for this site"),
    ("/.netlify/scripts/", "Netlify's Real User Metrics", "turn them off for this site"),
    ("netlify-cdp", "Netlify's preview drawer", "verify the production address"),
    ("vercel.live/", "Vercel's toolbar", "turn it off for this deployment"),
    ("/_vercel/", "Vercel's analytics", "turn it off for this site"),
    ("pagespeed", "the PageSpeed module of the server", "turn it off for this site"),
    ("googletagmanager.com", "a tag manager", "turn it off where the host puts it in"),
    ("google-analytics.com", "an analytics script", "turn it off where the host puts it in"),
    ("livereload", "a development server", "upload what `cargo inkstone build` wrote"),
];

/// Who changed a text, by the signs it leaves: its name, and what to turn off.
pub(super) fn changer(text: &str) -> Option<(&'static str, &'static str)> {
    let found = CHANGERS.iter().find(|(sign, _, _)| text.contains(sign));
    found.map(|(_, name, mend)| (*name, *mend))
}

/// The text without comments, white space and quotes: the same before and after minifying.
pub(super) fn squeezed(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<!--") {
        out.push_str(before);
        rest = after.split_once("-->").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out.retain(|c| !c.is_ascii_whitespace() && !matches!(c, '"' | '\'' | ';'));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_found_with_any_quotes() {
        let html = "<html lang=\"zh\" data-base=\"/sub/\" data-release=abc data-x='1'>";
        assert_eq!(attribute(html, "data-base"), Some("/sub/"));
        assert_eq!(attribute(html, "data-release"), Some("abc"));
        assert_eq!(attribute(html, "data-x"), Some("1"));
        assert_eq!(attribute(html, "base"), None);
        assert_eq!(attribute("<html data-base=", "data-base"), None);
    }

    #[test]
    fn pages_are_told_from_other_files() {
        assert!(is_html(b"\xEF\xBB\xBF\n<!DOCTYPE html><title>x"));
        assert!(!is_html(b"{\"a\":\"<html>\"}"));
        assert_eq!(title("<TITLE a> 登录 </title>").as_deref(), Some("登录"));
    }

    #[test]
    fn what_was_put_in_can_be_taken_out() {
        let html = "<p>a</p><script src=x></SCRIPT><p>b</p><!-- c --><script>unclosed";
        let parts = insertions(html);
        let shown: Vec<&str> = parts.iter().map(|part| &html[part.clone()]).collect();
        assert_eq!(shown, ["<script src=x></SCRIPT>", "<!-- c -->"]);
        assert_eq!(without(html, &parts), "<p>a</p><p>b</p><script>unclosed");
    }

    #[test]
    fn minifying_is_seen_through() {
        let built = "<p class=\"a\">\n  x <!-- y -->\n</p>";
        assert_eq!(squeezed(built), squeezed("<p class=a>x</p>"));
        assert_ne!(squeezed(built), squeezed("<p class=a>y</p>"));
    }
}
