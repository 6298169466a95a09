//! Content-Type: what came beside what is listed.

use super::finding::Finding;

/// Types that mean the same to browsers (WHATWG MIME Sniffing, section 4.6), and older names.
const SAME: [&[&str]; 5] = [
    &["text/javascript", "application/javascript", "application/x-javascript"],
    &[
        "application/xml",
        "text/xml",
        "application/rss+xml",
        "application/atom+xml",
        "application/opensearchdescription+xml",
    ],
    &["image/x-icon", "image/vnd.microsoft.icon"],
    &["font/woff2", "application/font-woff2"],
    &["application/json", "text/json", "application/feed+json"],
];

/// Types without which browsers refuse the file, or show it as something else.
const NEEDED: [&str; 5] =
    ["text/html", "text/css", "text/javascript", "application/wasm", "image/svg+xml"];

/// What is wrong with a Content-Type.
pub(super) fn check(path: &str, wanted: &str, got: Option<&str>) -> Option<Finding> {
    let (essence, charset) = split(wanted);
    let Some(got) = got else {
        return Some(
            Finding::error("no-type", path, "it has no Content-Type")
                .between(wanted, "none")
                .help(mend(&essence)),
        );
    };
    let (got_essence, got_charset) = split(got);
    if !is_same(&essence, &got_essence) {
        let message = format!("served as `{got_essence}`, which is not `{essence}`");
        let found = match NEEDED.contains(&essence.as_str()) {
            true => Finding::error("type", path, message),
            false => Finding::warning("type", path, message),
        };
        return Some(found.between(wanted, got).help(mend(&essence)));
    }
    charset_of(path, &essence, charset.as_deref(), got_charset.as_deref())
        .map(|found| found.between(wanted, got))
}

fn charset_of(path: &str, essence: &str, want: Option<&str>, got: Option<&str>) -> Option<Finding> {
    match (want, got) {
        (_, Some("utf-8" | "utf8")) => None,
        (_, Some(other)) if essence.starts_with("text/") || essence.contains("xml") => Some(
            Finding::error("charset", path, format!("its charset is `{other}`, not `utf-8`")).help(
                "the header wins over the page's own <meta>: set the host's charset to utf-8",
            ),
        ),
        // Pages have a <meta>, and what they load takes their charset.
        (Some(_), None) if essence == "text/plain" => {
            Some(Finding::warning("charset", path, "its Content-Type names no charset").help(
                "browsers guess, and guess Chinese wrong: add `charset=utf-8` for text/plain",
            ))
        }
        _ => None,
    }
}

fn is_same(one: &str, other: &str) -> bool {
    one == other || SAME.iter().any(|group| group.contains(&one) && group.contains(&other))
}

/// Essence and charset in lower case.
pub(super) fn split(value: &str) -> (String, Option<String>) {
    let mut parts = value.split(';').map(|part| part.trim().to_ascii_lowercase());
    let essence = parts.next().unwrap_or_default();
    let charset = parts.find_map(|part| {
        part.strip_prefix("charset=").map(|value| value.trim_matches('"').to_owned())
    });
    (essence, charset)
}

fn mend(essence: &str) -> String {
    let why = match essence {
        "application/wasm" => "browsers can't compile it while it loads",
        "text/css" | "text/javascript" => "browsers refuse it, as the site forbids guessing",
        "text/html" => "browsers offer it as a download",
        "image/svg+xml" => "browsers don't show it",
        "application/octet-stream" => return "let the host send it as it is".to_owned(),
        _ => "programs that read it may refuse it",
    };
    format!(
        "{why}: add the type `{essence}` to the host's list of types (docs/deploy.md shows how)"
    )
}

#[cfg(test)]
mod tests {
    use super::super::finding::Severity;
    use super::*;

    fn check_type(wanted: &str, got: &str, want: Option<(Severity, &str)>) {
        let found = check("f", wanted, Some(got));
        let shown = found.as_ref().map(|found| (found.severity, found.message.as_str()));
        assert_eq!(shown, want, "{wanted} {got}");
    }

    #[test]
    fn types_that_mean_the_same_are_fine() {
        check_type("text/html; charset=utf-8", "text/html;charset=UTF-8", None);
        check_type("text/html; charset=utf-8", "TEXT/HTML", None);
        check_type("text/javascript; charset=utf-8", "application/javascript", None);
        check_type("application/json", "application/json; charset=\"utf-8\"", None);
        check_type("image/x-icon", "image/vnd.microsoft.icon", None);
    }

    #[test]
    fn wrong_types_are_named() {
        let wasm = "served as `application/octet-stream`, which is not `application/wasm`";
        check_type("application/wasm", "application/octet-stream", Some((Severity::Error, wasm)));
        let png = "served as `text/plain`, which is not `image/png`";
        check_type("image/png", "text/plain", Some((Severity::Warning, png)));
        let latin = "its charset is `iso-8859-1`, not `utf-8`";
        check_type(
            "text/html; charset=utf-8",
            "text/html; charset=ISO-8859-1",
            Some((Severity::Error, latin)),
        );
        let none = "its Content-Type names no charset";
        check_type("text/plain; charset=utf-8", "text/plain", Some((Severity::Warning, none)));
        assert_eq!(check("f", "image/png", None).unwrap().code, "no-type");
    }
}
