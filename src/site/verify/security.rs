//! The security headers beside those of the manifest.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::Headers;
use super::finding::Finding;

/// What is wrong with the security headers of an answer.
pub(super) fn check(path: &str, wanted: &BTreeMap<String, String>, got: &Headers) -> Vec<Finding> {
    let values = |name: &str| got.values(&name.to_ascii_lowercase());
    let missing: Vec<&str> =
        wanted.keys().filter(|name| values(name).is_empty()).map(String::as_str).collect();
    let mut found = Vec::new();
    if !missing.is_empty() {
        found.push(absent(path, &missing, missing.len() == wanted.len()));
    }
    for (name, want) in wanted {
        let values = values(name);
        let same = |value: &String| is_same(name, want, value);
        if !values.is_empty() && !values.iter().all(same) && !same(&values.join(", ")) {
            let message = format!("its `{name}` is not the one that was built");
            let help = "the host sets it too, or has the one of an older release: copy the values \
                        of this release's `_headers`, and let nothing else set it";
            let shown = values.join(", ");
            found.push(Finding::error("header", path, message).between(want, shown).help(help));
        }
    }
    found
}

fn absent(path: &str, missing: &[&str], all: bool) -> Finding {
    let message = match all {
        true => "it has none of the security headers".to_owned(),
        false => format!("it lacks `{}`", missing.join("`, `")),
    };
    Finding::warning("no-header", path, message).help(
        "pages carry the policy as <meta>, and the service worker adds all headers once it is at \
         work; where the host can send headers, copy them from `_headers` (some uploads leave out \
         names that begin with `_`), also for errors",
    )
}

/// Whether two values mean the same: in a policy the order of its rules doesn't count.
fn is_same(name: &str, one: &str, other: &str) -> bool {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    if !name.eq_ignore_ascii_case("content-security-policy") {
        return words(one) == words(other);
    }
    let rules = |text: &str| -> BTreeSet<String> {
        text.split(';').map(words).filter(|rule| !rule.is_empty()).collect()
    };
    rules(one) == rules(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_headers(got: &[(&str, &str)], want: &[&str]) {
        let wanted = [("Content-Security-Policy", "a 'b'; c"), ("X-A", "camera=(), b=()")];
        let wanted = wanted.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let mut headers = Headers::default();
        got.iter().for_each(|(name, value)| headers.push(name, value.as_bytes()));
        let found: Vec<String> =
            check("p", &wanted, &headers).into_iter().map(|found| found.message).collect();
        assert_eq!(found, want, "{got:?}");
    }

    #[test]
    fn the_same_in_other_words_is_fine() {
        check_headers(
            &[("content-security-policy", "c;  a 'b';"), ("x-a", "camera=(),  b=()")],
            &[],
        );
        let twice = [("X-A", "camera=(), b=()"), ("X-A", "camera=(), b=()")];
        check_headers(&[twice[0], twice[1], ("Content-Security-Policy", "a 'b'; c")], &[]);
    }

    #[test]
    fn what_differs_or_lacks_is_named() {
        check_headers(&[], &["it has none of the security headers"]);
        check_headers(&[("X-A", "camera=(), b=()")], &["it lacks `Content-Security-Policy`"]);
        let other = "its `Content-Security-Policy` is not the one that was built";
        check_headers(&[("X-A", "camera=(), b=()"), ("Content-Security-Policy", "a")], &[other]);
    }
}
