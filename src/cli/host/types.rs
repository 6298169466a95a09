//! The types of files, for hosts that guess otherwise, and the names that carry a hash.

use crate::cli::server::hosts::settings::{HASHED_AT_ROOT, HASHED_FOLDERS};
use crate::site;

/// Endings of what a site holds, those of one type together.
const ENDINGS: [&[&str]; 20] = [
    &["html"],
    &["css"],
    &["js", "mjs"],
    &["json"],
    &["wasm"],
    &["webmanifest"],
    &["svg"],
    &["png"],
    &["jpg", "jpeg"],
    &["gif"],
    &["webp"],
    &["avif"],
    &["ico"],
    &["xml"],
    &["txt"],
    &["pdf"],
    &["woff2"],
    &["mp3"],
    &["mp4"],
    &["webm"],
];

/// Each type, without parameters, and its endings.
pub fn by_type() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    ENDINGS.iter().map(|endings| (of(endings[0]).split(';').next().unwrap_or_default(), *endings))
}

/// Each type as it is sent, and its endings.
pub fn as_sent() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    ENDINGS.iter().map(|endings| (of(endings[0]), *endings))
}

fn of(ending: &str) -> &'static str {
    site::content_type(&format!("x.{ending}"))
}

/// A regular expression for the addresses of files whose names carry a hash.
pub fn hashed_addresses(base: &str) -> String {
    let base = escape(base);
    let (folders, roots) = (HASHED_FOLDERS.join("|"), HASHED_AT_ROOT.join("|"));
    format!(
        r"^{base}(({folders})/(.*/)?[^/.]*-[0-9a-f]{{16}}\.[^/]+|({roots})-[0-9a-f]{{16}}\.json)$"
    )
}

/// A path in a regular expression.
pub fn escape(path: &str) -> String {
    path.replace('.', r"\.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_of_the_site_is_there() {
        let known: Vec<&str> = ENDINGS.concat();
        let source = include_str!("../../site/file.rs");
        let table = source.split_once("fn content_type").unwrap().1.split_once("\n}\n").unwrap().0;
        let named = table.lines().filter_map(|line| line.split_once(" => "));
        let endings = named.flat_map(|(endings, _)| endings.split('"').skip(1).step_by(2));
        let missing: Vec<&str> = endings.filter(|ending| !known.contains(ending)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
