//! What the settings for nginx, Caddy and S3 have in common; the same is printed by `host` and
//! played by `preview`.

use crate::site;

/// Of files whose names carry a hash of their content.
pub const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// Of all other files.
pub const REVALIDATE: &str = "public, max-age=0, must-revalidate";

/// Folders whose files carry a hash, but for those that an author puts there.
pub const HASHED_FOLDERS: [&str; 3] = ["assets", "data", "og"];

/// First parts of the names with a hash at the root.
pub const HASHED_AT_ROOT: [&str; 2] = ["release", "others"];

/// Feeds, whose types follow from their whole names.
pub const FEEDS: [(&str, &str); 3] = [
    ("feed.xml", "application/atom+xml"),
    ("rss.xml", "application/rss+xml"),
    ("feed.json", "application/feed+json"),
];

/// What a service worker asks for to learn of a new release; uploaded last.
pub const LAST: [&str; 2] = ["sw.js", "release.json"];

/// The cache time of a file by its path in the site.
pub fn cache_time(name: &str) -> &'static str {
    let known = match name.rsplit_once('/') {
        Some((folders, _)) => {
            HASHED_FOLDERS.contains(&folders.split('/').next().unwrap_or_default())
        }
        None => HASHED_AT_ROOT.iter().any(|start| is_root_name(name, start)),
    };
    if known && site::is_hashed(name) { FOR_EVER } else { REVALIDATE }
}

/// `release-<hash>.json`.
fn is_root_name(name: &str, start: &str) -> bool {
    let rest = name.strip_prefix(start).and_then(|rest| rest.strip_prefix('-'));
    rest.is_some_and(|rest| rest.ends_with(".json") && rest.matches('-').count() == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, for_ever: bool) {
        assert_eq!(cache_time(name) == FOR_EVER, for_ever, "{name}");
    }

    #[test]
    fn only_names_with_a_hash_in_their_place_are_kept() {
        check("assets/app-0123456789abcdef.wasm", true);
        check("data/search/index-0123456789abcdef.bin", true);
        check("og/a-post-0123456789abcdef.png", true);
        check("release-0123456789abcdef.json", true);
        check("others-0123456789abcdef.json", true);
        for name in [
            "index.html",
            "sw.js",
            "release.json",
            "assets/photo.jpg",
            "images/a-0123456789abcdef.png",
            "posts/assets/a-0123456789abcdef.png",
            "a-0123456789abcdef.json",
            "release-notes-0123456789abcdef.json",
            "",
        ] {
            check(name, false);
        }
    }
}
