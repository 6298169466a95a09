//! nginx with the settings that `host nginx` prints; compared with nginx 1.22.1 by
//! `tests/hosts.mjs`.
//!
//! - nginx.org/en/docs/http/ngx_http_core_module.html: `merge_slashes`, `error_page`, `try_files`,
//!   `if_modified_since exact`, `etag`.
//! - nginx.org/en/docs/http/ngx_http_gzip_static_module.html, and ngx_brotli's `brotli_static`: the
//!   files beside a file.
//! - nginx.org/en/docs/http/ngx_http_headers_module.html: `add_header … always`.
//!
//! Seen rather than read: a folder without its slash is a 301, page or not; a part of what is
//! compressed is not sent, but all of it.

use crate::cli::server::rules::*;
use crate::site::file::OWN_TYPES;

/// Slashes are merged, folders redirect always, tags also for what is missing.
pub const RULES: Rules = Rules {
    html: Html::Named,
    folder: Folder::Exists(301),
    file_with_slash: None,
    merges_slashes: true,
    missing: Missing::AtRoot,
    missing_has_tag: true,
    missing_cache: None,
    hidden: &["_headers", "_redirects"],
    redirects: None,
    headers: Headers::Settings { without_file: true },
    own: &[],
    types: &OWN_TYPES,
    packing: Packing::Siblings,
    ranges: Ranges::UnlessPacked,
    dates: Dates::Exact,
    other_method: 405,
    names_methods: false,
};

#[cfg(test)]
mod tests {
    use crate::cli::server::Host;
    use crate::cli::server::hosts::support::check;

    #[test]
    fn requests() {
        check(
            Host::Nginx,
            "
            GET /posts/a?q=1 => 301 | location=/posts/a/?q=1
            GET //posts//a => 301 | location=/posts/a/
            GET /images => 301 | location=/images/
            GET /images/ => 404 not here
            GET /sw.js/ => 404 not here
            GET /about.html => 200 about
            GET / => 200 home | x-content-type-options=nosniff
            GET /tags/x/feed.xml => 200 | content-type=application/atom+xml
            GET /sw.js [Accept-Encoding: gzip, br] => 200 br | content-encoding=br | vary=Accept-Encoding
            GET /sw.js [Range: bytes=0-1] [Accept-Encoding: br] => 200 br | accept-ranges=-
            GET /sw.js [Range: bytes=0-1] => 206 wo | content-range=bytes 0-1/6
            POST / => 405 | allow=-
            ",
        );
    }
}
