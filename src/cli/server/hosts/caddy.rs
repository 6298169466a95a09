//! Caddy with the settings that `host caddy` prints; compared with Caddy 2.11.7 and 2.6.2 by
//! `tests/hosts.mjs`.
//!
//! - caddyserver.com/docs/caddyfile/directives/file_server: `precompressed`, `hide`, and the redirect
//!   to the slash of a folder, or away from the slash of a file.
//! - caddyserver.com/docs/caddyfile/directives/handle_errors and …/header.
//!
//! Seen rather than read: a folder is redirected only if it has a page; a path is cleaned before it
//! is looked up; a part of what is compressed is cut from the compressed bytes.

use crate::cli::server::rules::*;
use crate::site::file::OWN_TYPES;

/// Slashes are merged, parts are those of the compressed bytes.
pub const RULES: Rules = Rules {
    html: Html::Named,
    folder: Folder::WithPage(308),
    file_with_slash: Some(308),
    merges_slashes: true,
    missing: Missing::AtRoot,
    missing_has_tag: true,
    missing_cache: None,
    hidden: &["_headers", "_redirects"],
    redirects: None,
    headers: Headers::Settings { without_file: true },
    own: &[("vary", "Accept-Encoding", When::Always)],
    types: &OWN_TYPES,
    packing: Packing::Siblings,
    ranges: Ranges::OfPacked,
    dates: Dates::Since,
    other_method: 405,
    names_methods: true,
};

#[cfg(test)]
mod tests {
    use crate::cli::server::Host;
    use crate::cli::server::hosts::support::check;

    #[test]
    fn requests() {
        check(
            Host::Caddy,
            "
            GET /posts/a?q=1 => 308 | location=/posts/a/?q=1
            GET //posts//a => 308 | location=/posts/a/
            GET /images => 404 not here
            GET /sw.js/?q=1 => 308 | location=/sw.js?q=1
            GET / => 200 home | x-content-type-options=nosniff | vary=Accept-Encoding
            GET /rss.xml => 200 | content-type=application/rss+xml
            GET /sw.js [Accept-Encoding: gzip, br] => 200 br | content-encoding=br
            GET /sw.js [Range: bytes=0-0] [Accept-Encoding: br] => 206 b | content-range=bytes 0-0/2
            POST / => 405 | allow=GET, HEAD
            ",
        );
    }
}
