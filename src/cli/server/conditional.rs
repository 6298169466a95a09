//! Entity tags and dates: what the browser has already need not be sent again.

use super::rules::Dates;
use crate::cli::fingerprint::hex;
use axum::http::{HeaderMap, header};
use jiff::Timestamp;
use jiff::fmt::rfc2822::{DateTimeParser, DateTimePrinter};
use sha2::{Digest, Sha256};

/// A strong tag of these very bytes, with its quotes.
pub fn tag(bytes: &[u8]) -> String {
    let hash = hex(&Sha256::digest(bytes));
    format!("\"{}\"", &hash[..32])
}

/// A time as `Last-Modified` gives it, to the second.
pub fn date(time: std::time::SystemTime) -> Option<String> {
    let time = Timestamp::try_from(time).ok()?;
    DateTimePrinter::new().timestamp_to_rfc9110_string(&time).ok()
}

/// Whether the browser has it, by its tag or else by its date.
pub fn is_known(request: &HeaderMap, tag: &str, date: Option<&str>, dates: Dates) -> bool {
    if request.contains_key(header::IF_NONE_MATCH) {
        return has_tag(request, tag);
    }
    let known = request.get(header::IF_MODIFIED_SINCE).and_then(|value| value.to_str().ok());
    let (Some(known), Some(date)) = (known.and_then(parse), date.and_then(parse)) else {
        return false;
    };
    match dates {
        Dates::Unused => false,
        Dates::Exact => date == known,
        Dates::Since => date <= known,
    }
}

fn parse(date: &str) -> Option<Timestamp> {
    DateTimeParser::new().parse_timestamp(date).ok()
}

/// Whether `If-None-Match` names it; marks of weakness don't count.
fn has_tag(request: &HeaderMap, tag: &str) -> bool {
    let mut values = request.get_all(header::IF_NONE_MATCH).iter().filter_map(|v| v.to_str().ok());
    values.any(|value| {
        value.split(',').map(str::trim).any(|known| known == "*" || opaque(known) == opaque(tag))
    })
}

/// Whether a range may be cut from what this tag names: `If-Range` compares strongly.
pub fn allows_range(request: &HeaderMap, tag: &str) -> bool {
    match request.get(header::IF_RANGE) {
        None => true,
        Some(value) => {
            value.to_str().is_ok_and(|value| value.trim() == tag && !tag.starts_with("W/"))
        }
    }
}

/// Proxies that change the packing mark a tag as weak; for a whole response that is good enough.
fn opaque(tag: &str) -> &str {
    tag.strip_prefix("W/").unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, expected: bool) {
        let mut headers = HeaderMap::new();
        headers.insert(header::IF_NONE_MATCH, value.parse().unwrap());
        for tag in ["\"a\"", "W/\"a\""] {
            assert_eq!(is_known(&headers, tag, None, Dates::Unused), expected, "{value}");
        }
    }

    #[test]
    fn lists_weak_tags_and_the_star() {
        check("\"a\"", true);
        check("\"b\", W/\"a\"", true);
        check("*", true);
        check("\"b\"", false);
        check("a", false);
        assert!(!is_known(&HeaderMap::new(), "\"a\"", None, Dates::Unused));
    }

    #[test]
    fn a_tag_follows_the_bytes() {
        assert_eq!(tag(b"one"), tag(b"one"));
        assert_ne!(tag(b"one"), tag(b"two"));
        assert_eq!(tag(b"").len(), 34);
    }

    #[test]
    fn a_range_needs_the_same_bytes() {
        let mut headers = HeaderMap::new();
        assert!(allows_range(&headers, "\"a\""));
        headers.insert(header::IF_RANGE, "\"b\"".parse().unwrap());
        assert!(!allows_range(&headers, "\"a\""));
    }

    #[test]
    fn dates_count_where_there_is_no_tag() {
        let date = date(std::time::UNIX_EPOCH + std::time::Duration::from_secs(86_400)).unwrap();
        assert_eq!(date, "Fri, 02 Jan 1970 00:00:00 GMT");
        let known = |since: &str, dates: Dates| {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_MODIFIED_SINCE, since.parse().unwrap());
            is_known(&headers, "\"a\"", Some(&date), dates)
        };
        let later = "Sat, 03 Jan 1970 00:00:00 GMT";
        assert!(known(&date, Dates::Exact) && known(&date, Dates::Since));
        assert!(!known(later, Dates::Exact) && known(later, Dates::Since));
        assert!(!known("Thu, 01 Jan 1970 00:00:00 GMT", Dates::Since));
        assert!(!known(&date, Dates::Unused) && !known("nonsense", Dates::Since));
    }
}
