//! Cache-Control: names with a hash are kept for ever, all else is asked for again.

use super::answer::Headers;
use super::finding::Finding;
use crate::site::file::is_hashed;

/// Up to so many seconds are a host's habit that does no harm.
const SHORT: u64 = 600;
/// More than so many seconds hide a deploy.
const LONG: u64 = 3600;
/// Less than so many seconds are no use for what never changes.
const MONTH: u64 = 30 * 24 * 3600;

/// How a file should be cached.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Rule {
    /// For ever.
    Immutable,
    /// Its name has a hash, but hosts that read `_headers` have no rule for it.
    Either,
    /// Asked for again each time.
    Revalidate,
}

fn rule(path: &str) -> Rule {
    // In data/ every name has a hash, some a shorter one.
    match is_hashed(path) {
        _ if path.starts_with("data/") => Rule::Immutable,
        true if path.starts_with("assets/") => Rule::Immutable,
        true => Rule::Either,
        false => Rule::Revalidate,
    }
}

/// Whether the name says that the bytes never change.
pub(super) fn is_fixed(path: &str) -> bool {
    rule(path) != Rule::Revalidate
}

/// What Cache-Control says, and what is only for networks.
#[derive(Debug, Default)]
struct Control {
    /// Of `max-age`, each that is there.
    ages: Vec<u64>,
    /// Of `s-maxage` and of CDN-Cache-Control.
    shared: Option<u64>,
    immutable: bool,
    /// `no-store` or `no-cache`.
    never: bool,
    no_store: bool,
}

impl Control {
    fn parse(value: &str, cdn: &str) -> Self {
        let mut control = Control::default();
        for part in value.split(',').map(|part| part.trim().to_ascii_lowercase()) {
            let (name, number) = part.split_once('=').unwrap_or((&part, ""));
            let number = || number.trim_matches('"').parse().ok();
            match name.trim() {
                "max-age" => control.ages.extend(number()),
                "s-maxage" => control.shared = number(),
                "immutable" => control.immutable = true,
                "no-cache" => control.never = true,
                "no-store" => (control.never, control.no_store) = (true, true),
                _ => {}
            }
        }
        let cdn = cdn.to_ascii_lowercase();
        let age =
            cdn.split(',').find_map(|part| part.trim().strip_prefix("max-age=")?.parse().ok());
        control.shared = control.shared.max(age);
        control
    }

    /// The longest that anybody keeps it, in seconds.
    fn longest(&self) -> Option<u64> {
        let own = self.ages.iter().max().copied();
        if self.never { self.shared.or(Some(0)) } else { own.max(self.shared) }
    }
}

/// What is wrong with how a file is cached.
pub(super) fn check(path: &str, headers: &Headers) -> Option<Finding> {
    let Some(value) = headers.get("cache-control") else {
        let unsaid = headers.get("expires").is_none() && rule(path) != Rule::Either;
        return unsaid.then(|| {
            Finding::warning("no-cache-rule", path, "it has no Cache-Control")
                .between(wanted(path), "none")
                .help("browsers guess how long to keep it: set the cache rules of docs/deploy.md")
        });
    };
    let cdn = headers.get("cdn-cache-control").unwrap_or_default();
    let control = Control::parse(&value, &cdn);
    let found = joined(path, &control).or_else(|| match rule(path) {
        Rule::Immutable => fixed(path, &control),
        Rule::Either => None,
        Rule::Revalidate => fresh(path, &control),
    });
    found.map(|found| found.between(wanted(path), value))
}

fn wanted(path: &str) -> &'static str {
    match rule(path) {
        Rule::Revalidate => "public, max-age=0, must-revalidate",
        _ => "public, max-age=31536000, immutable",
    }
}

fn joined(path: &str, control: &Control) -> Option<Finding> {
    let first = control.ages.first()?;
    control.ages.iter().any(|age| age != first).then(|| {
        Finding::error(
            "cache-rules-joined",
            path,
            "it has two cache rules that contradict each other",
        )
        .help("several rules of the host match this path and are joined: let only one match")
    })
}

fn fixed(path: &str, control: &Control) -> Option<Finding> {
    if control.no_store || control.longest().is_none_or(|age| age < MONTH) {
        let message = "its name carries a hash, but it is not kept for long";
        let help = "it is only slower without the service worker; where the host lets you, set \
                    `public, max-age=31536000, immutable` for assets/ and data/";
        return Some(Finding::warning("cached-briefly", path, message).help(help));
    }
    (!control.immutable).then(|| {
        Finding::note("not-immutable", path, "it is kept for long, but not said to be immutable")
            .help("some browsers ask again when a page is reloaded: add `immutable`")
    })
}

fn fresh(path: &str, control: &Control) -> Option<Finding> {
    if control.immutable {
        let message = "its name carries no hash, but it is said to be immutable";
        let help = "readers would keep an old one for ever: let the rule for ever match only names \
                    with a hash in assets/, data/ and release-*.json";
        return Some(Finding::error("cached-for-ever", path, message).help(help));
    }
    let age = control.longest()?;
    let for_all = control.ages.contains(&age) && !control.never;
    let who = if for_all { "browsers and networks" } else { "networks (s-maxage)" };
    let message = format!("{who} may keep it for {}", span(age));
    let help = "after a deploy readers get a mix of two releases: set `max-age=0, must-revalidate` \
                for pages, sw.js and the web manifest, also for the CDN";
    match age {
        0..=SHORT => None,
        _ if age <= LONG => Some(Finding::warning("cached-long", path, message).help(help)),
        // Pictures of an author are no mix of releases.
        _ if is_own_file(path) => Some(Finding::warning("cached-long", path, message).help(help)),
        _ => Some(Finding::error("cached-long", path, message).help(help)),
    }
}

fn is_own_file(path: &str) -> bool {
    !path.ends_with(".html") && !matches!(path, "sw.js" | "manifest.webmanifest")
}

/// What is wrong with how an answer of status 404 is cached.
pub(super) fn check_missing(path: &str, headers: &Headers) -> Option<Finding> {
    let value = headers.get("cache-control")?;
    let control = Control::parse(&value, &headers.get("cdn-cache-control").unwrap_or_default());
    let age = control.longest().filter(|age| *age > LONG)?;
    let message = format!("its status 404 may be kept for {}", span(age));
    let help = "a file that is uploaded later stays hidden: let the cache rule match only answers \
                with status 200";
    Some(Finding::warning("404-cached", path, message).between("a short time", value).help(help))
}

/// Seconds in words.
fn span(seconds: u64) -> String {
    let (count, unit) = match seconds {
        0..120 => (seconds, "second"),
        120..7200 => (seconds / 60, "minute"),
        7200..172_800 => (seconds / 3600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_cache(path: &str, value: &str, want: &str) {
        let mut headers = Headers::default();
        for line in value.split('|').filter(|line| !line.is_empty()) {
            let (name, value) = line.split_once(": ").unwrap_or(("cache-control", line));
            headers.push(name, value.as_bytes());
        }
        let found = check(path, &headers).map_or("", |found| found.code);
        assert_eq!(found, want, "{path} {value}");
    }

    const APP: &str = "assets/app-0123456789abcdef.js";

    #[test]
    fn names_with_a_hash_are_kept() {
        check_cache(APP, "public, max-age=31536000, immutable", "");
        check_cache(APP, "public, max-age=31536000", "not-immutable");
        check_cache(APP, "max-age=600", "cached-briefly");
        check_cache(APP, "no-store", "cached-briefly");
        check_cache(APP, "", "no-cache-rule");
        check_cache("data/entries/0-28e583d740.json", "max-age=31536000, immutable", "");
        check_cache("release-0123456789abcdef.json", "max-age=0", "");
        check_cache("release-0123456789abcdef.json", "max-age=31536000, immutable", "");
    }

    #[test]
    fn all_else_is_asked_for_again() {
        check_cache("index.html", "public, max-age=0, must-revalidate", "");
        check_cache("index.html", "no-cache", "");
        check_cache("index.html", "max-age=600", "");
        check_cache("index.html", "max-age=900", "cached-long");
        check_cache("sw.js", "max-age=86400", "cached-long");
        check_cache("sw.js", "max-age=0, s-maxage=86400", "cached-long");
        check_cache("sw.js", "no-cache|cdn-cache-control: max-age=99999", "cached-long");
        check_cache("index.html", "max-age=31536000, immutable", "cached-for-ever");
        check_cache("index.html", "max-age=0|max-age=31536000", "cache-rules-joined");
        check_cache("index.html", "max-age=99999999999999999999999, \"", "");
        check_cache("index.html", "expires: 0", "");
    }

    #[test]
    fn messages_name_who_keeps_it_and_how_long() {
        let mut headers = Headers::default();
        headers.push("Cache-Control", b"max-age=0, s-maxage=86400");
        let found = check("index.html", &headers).unwrap();
        assert_eq!(found.message, "networks (s-maxage) may keep it for 24 hours");
    }
}
