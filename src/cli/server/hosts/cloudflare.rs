//! Cloudflare Pages.
//!
//! - developers.cloudflare.com/pages/configuration/serving-pages: `/contact.html` is redirected to
//!   `/contact`, `/about/index.html` to `/about/`; the closest `404.html` upwards, and the home page
//!   where there is none at the root; `200` for range requests; the headers that are always added.
//! - …/pages/configuration/headers: `_headers`, 100 rules, lines of 2,000 characters, joined values,
//!   `!`, and that the file overrides what the host sends.
//! - …/pages/configuration/redirects: `_redirects`, which goes before files; 302 where a rule names
//!   no status; 404 and conditions are not supported.
//! - developers.cloudflare.com/speed/optimization/content/compression: types and least sizes. A
//!   free plan uses Zstandard where the browser takes it; here it is Brotli.
//! - github.com/cloudflare/workers-sdk, `packages/pages-shared/asset-server/handler.ts`: the status
//!   308, that `/about/` redirects to `/about` where only `about.html` exists, that several slashes
//!   at the start of a redirect become one, and `no-store` with every 404 (npm's
//!   `@cloudflare/pages-shared` 0.13.189; older versions lack that). The rules were also seen in
//!   `wrangler pages dev` 4.86.0, but for compression, which it doesn't do.
//! - The same repository, `packages/pages-shared/metadata-generator`: a rule of `_redirects` with a
//!   comment, `!` or an unknown status is left out.

use super::settings::REVALIDATE;
use crate::cli::server::encoding::Encoding;
use crate::cli::server::rules::*;

/// How many rules of `_headers` count.
pub const MOST_RULES: usize = 100;

/// The longest line of `_headers` that counts.
pub const LONGEST_LINE: usize = 2000;

/// Addresses without `.html`, `_headers` within limits, no ranges.
pub const RULES: Rules = Rules {
    html: Html::Clean(308),
    folder: Folder::WithPage(308),
    file_with_slash: None,
    merges_slashes: false,
    missing: Missing::NearestOrHome,
    missing_has_tag: false,
    missing_cache: Some("no-store"),
    hidden: &["_headers", "_redirects"],
    redirects: Some(Redirection {
        usual_status: 302,
        statuses: &[200, 301, 302, 303, 307, 308],
        marks: false,
        file_first: false,
    }),
    headers: Headers::File(Limits {
        rules: MOST_RULES,
        line: LONGEST_LINE,
        removes_own: true,
        fixed: &[],
    }),
    own: &[
        ("access-control-allow-origin", "*", When::Always),
        ("referrer-policy", "strict-origin-when-cross-origin", When::Always),
        ("x-content-type-options", "nosniff", When::Always),
        ("cache-control", REVALIDATE, When::Found),
    ],
    types: &[(".js", "application/javascript"), (".mjs", "application/javascript")],
    packing: Packing::Dynamic {
        encodings: &[Encoding::Brotli, Encoding::Gzip],
        types: &[
            "text/html",
            "text/plain",
            "text/css",
            "text/javascript",
            "application/javascript",
            "application/json",
            "application/xml",
            "application/rss+xml",
            "application/wasm",
            "application/manifest+json",
            "image/svg+xml",
            "image/x-icon",
        ],
        least: 50,
        most: usize::MAX,
        weak: true,
    },
    ranges: Ranges::Ignored,
    dates: Dates::Unused,
    other_method: 405,
    names_methods: false,
};

#[cfg(test)]
mod tests {
    use crate::cli::server::Host;
    use crate::cli::server::hosts::support::{check, check_with};

    #[test]
    fn addresses() {
        check(
            Host::Cloudflare,
            r#"
            # "Serving Pages": route matching.
            GET /about => 200 about
            GET /about.html?q=1 => 308 | location=/about?q=1
            GET /about/ => 308 | location=/about
            GET /index.html => 308 | location=/
            GET /posts/a/index.html => 308 | location=/posts/a/
            GET /posts/a/index => 308 | location=/posts/a/
            GET /posts/a => 308 | location=/posts/a/
            GET /both => 200 both page
            GET /both/ => 200 both folder
            GET /images => 404 not here
            GET //posts/a/ => 404 not here
            GET /About => 404 not here
            GET //other.example/index => 308 | location=/other.example/
            # "Not Found behavior".
            GET /deep/none => 404 not here in deep | etag=- | cache-control=no-store
            GET /none => 404 not here
            GET /assets/none.css => 404 not here | cache-control=no-store
            "#,
        );
    }

    #[test]
    fn headers_redirects_and_bytes() {
        check(
            Host::Cloudflare,
            r#"
            # "Headers": always added, sometimes added, overridden, removed, joined.
            GET / => 200 home | x-content-type-options=nosniff | access-control-allow-origin=*
            GET / => 200 home | cache-control=public, max-age=0, must-revalidate
            GET /assets/app-0123456789abcdef.js => 200 | cache-control=public, max-age=31536000, immutable
            GET /images/a.png => 200 | access-control-allow-origin=- | x-joined=one, two
            GET /_headers => 404 not here
            # "Redirects".
            GET /old/x => 301 | location=/posts/x
            GET /sw.js/moved => 302 | location=/sw.js
            GET /forced => 200 forced
            GET /gone => 404 not here
            # "Behavior": etag, ranges, compression.
            GET /sw.js [Range: bytes=0-1] => 200 | content-range=- | accept-ranges=-
            GET /large.css [Accept-Encoding: gzip, br] => 200 | content-encoding=br | etag=W/…
            GET /sw.js [Accept-Encoding: br] => 200 | content-encoding=- | vary=Accept-Encoding
            GET /feed.json [Accept-Encoding: br] => 200 | content-type=application/json
            "#,
        );
    }

    #[test]
    fn without_a_page_for_what_is_missing_the_site_is_one_page() {
        let files = &[("index.html", "home"), ("_headers", "/*\n  X-A: a\n")];
        check_with(
            Host::Cloudflare,
            files,
            "
            GET /any/where => 200 home | x-a=a
            ",
        );
    }

    #[test]
    fn limits_of_the_headers_file() {
        let rules: String = (0..101).map(|n| format!("/{n}\n  X-N: {n}\n")).collect();
        let long = format!("/*\n  X-Long: {}\n", "x".repeat(2000));
        let files = &[("0", ""), ("99", ""), ("100", ""), ("_headers", &*(rules + &long))];
        check_with(
            Host::Cloudflare,
            files,
            "
            GET /0 => 200 | x-n=0 | x-long=-
            GET /99 => 200 | x-n=99
            GET /100 => 200 | x-n=-
            ",
        );
    }
}
