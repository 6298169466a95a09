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
    use super::super::support;
    use super::*;
    use crate::cli::server::Host;

    #[test]
    fn what_nginx_and_caddy_have_in_common() {
        for host in [Host::Nginx, Host::Caddy] {
            support::check(
                host,
                "
                GET //posts//a/ => 200 post
                GET /about => 404 not here
                GET /about.html => 200 about
                GET /index.html => 200 home
                GET /_headers => 404 not here
                GET /assets/none-0123456789abcdef.js => 404 not here | cache-control=public, max-age=0, must-revalidate
                GET /assets/app-0123456789abcdef.js => 200 | cache-control=public, max-age=31536000, immutable
                GET /opensearch.xml => 200 | content-type=application/opensearchdescription+xml
                POST / => 405 | cache-control=public, max-age=0, must-revalidate | x-content-type-options=nosniff
                ",
            );
        }
    }

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
