//! Netlify with the `netlify.toml` that `host netlify` prints.
//!
//! - github.com/slorber/trailing-slash-guide, `docs/Hosting-Providers.md`: with Pretty URLs `/about/`
//!   is redirected to `/about`; "Pretty URLs disabled" finds a page at each of its addresses. The
//!   setting also rewrites links in pages, and so bytes that the service worker compares:
//!   `netlify.toml` turns it off.
//! - docs.netlify.com/routing/redirects/redirect-options: `404.html` ("Custom 404 page handling"), 301
//!   where a rule names no status, 307 not supported.
//! - docs.netlify.com/routing/redirects/rewrites-proxies, "Shadowing": files go before rules without
//!   `!`.
//! - docs.netlify.com/routing/headers: `_headers`, and the names that can't be set.
//!
//! That values of several rules are joined, that 303 and 308 are known, the types, compression and
//! the cache time of pages are what others report; they were not tried.

use crate::cli::server::encoding::Encoding;
use crate::cli::server::rules::*;

/// Pages at each of their addresses, `_headers` but for names of the transport.
pub const RULES: Rules = Rules {
    html: Html::Any,
    folder: Folder::Shown,
    file_with_slash: None,
    merges_slashes: false,
    missing: Missing::AtRoot,
    missing_has_tag: true,
    missing_cache: None,
    hidden: &["_headers", "_redirects"],
    redirects: Some(Redirection {
        usual_status: 301,
        statuses: &[200, 301, 302, 303, 308, 404],
        marks: true,
        file_first: true,
    }),
    headers: Headers::File(Limits {
        fixed: &[
            "accept-ranges",
            "age",
            "allow",
            "alt-svc",
            "connection",
            "content-encoding",
            "content-length",
            "content-range",
            "date",
            "location",
            "server",
            "set-cookie",
            "trailer",
            "transfer-encoding",
            "upgrade",
        ],
        ..Limits::NONE
    }),
    own: &[("cache-control", "public,max-age=0,must-revalidate", When::NoError)],
    types: &[
        (".html", "text/html; charset=UTF-8"),
        (".css", "text/css; charset=UTF-8"),
        (".js", "application/javascript; charset=UTF-8"),
    ],
    packing: Packing::Dynamic {
        encodings: &[Encoding::Brotli, Encoding::Gzip],
        types: &["*", "application/javascript"],
        least: 1,
        most: usize::MAX,
        weak: false,
    },
    ranges: Ranges::OfFile,
    dates: Dates::Unused,
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
            Host::Netlify,
            r#"
            # "Trailing slash", Pretty URLs off.
            GET /about => 200 about
            GET /about/ => 200 about
            GET /about.html => 200 about
            GET /posts/a => 200 post
            GET /posts/a/ => 200 post
            GET /posts/a/index.html => 200 post
            GET /both => 200 both page
            GET /both/ => 200 both folder
            GET /images => 404 not here
            # "Custom 404 page handling": the root only.
            GET /deep/none => 404 not here
            # "Custom headers".
            GET /posts/a/ => 200 | cache-control=public,max-age=0,must-revalidate
            GET /assets/app-0123456789abcdef.js => 200 | cache-control=public, max-age=31536000, immutable
            GET /images/a.png => 200 | x-joined=one, two | server=-
            GET /_headers => 404 not here
            # "Redirects": a file goes first, unless the rule is forced.
            GET /old/x => 301 | location=/posts/x
            GET /taken => 200 taken
            GET /forced => 302 | location=/posts/a/
            GET /gone => 404 about
            GET /large.css [Accept-Encoding: gzip, br] => 200 | content-encoding=br
            GET /sw.js [Range: bytes=0-1] => 206 | content-range=bytes 0-1/6
            "#,
        );
    }
}
