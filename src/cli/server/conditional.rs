//! Entity tags: what the browser has already need not be sent again.

use crate::cli::fingerprint::hex;
use axum::http::{HeaderMap, header};
use sha2::{Digest, Sha256};

/// A strong tag of these very bytes, with its quotes.
pub fn tag(bytes: &[u8]) -> String {
    let hash = hex(&Sha256::digest(bytes));
    format!("\"{}\"", &hash[..32])
}

/// Whether `If-None-Match` says that the browser has it.
pub fn is_known(request: &HeaderMap, tag: &str) -> bool {
    let mut values = request.get_all(header::IF_NONE_MATCH).iter().filter_map(|v| v.to_str().ok());
    values.any(|value| {
        value.split(',').map(str::trim).any(|known| known == "*" || opaque(known) == tag)
    })
}

/// Whether a range may be cut from what this tag names: `If-Range` compares strongly.
pub fn allows_range(request: &HeaderMap, tag: &str) -> bool {
    match request.get(header::IF_RANGE) {
        None => true,
        Some(value) => value.to_str().is_ok_and(|value| value.trim() == tag),
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
        assert_eq!(is_known(&headers, "\"a\""), expected, "{value}");
    }

    #[test]
    fn lists_weak_tags_and_the_star() {
        check("\"a\"", true);
        check("\"b\", W/\"a\"", true);
        check("*", true);
        check("\"b\"", false);
        check("a", false);
        assert!(!is_known(&HeaderMap::new(), "\"a\""));
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
}
