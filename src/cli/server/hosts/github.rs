//! GitHub Pages.
//!
//! - docs.github.com/en/pages/getting-started-with-github-pages/creating-a-custom-404-page-for-your-github-pages-site:
//!   `404.html`.
//! - …/creating-a-github-pages-site, "MIME types on GitHub Pages": types come from mime-db and
//!   can't be set; `.nojekyll` turns Jekyll off where a branch is published.
//! - docs.github.com/en/pages/configuring-a-custom-domain-for-your-github-pages-site/troubleshooting-custom-domains-and-github-pages,
//!   "CNAME errors": `CNAME` is a file of the branch; a published workflow ignores it.
//! - github.com/slorber/trailing-slash-guide, `docs/Hosting-Providers.md`: `/file` is found without
//!   its ending, `/file/` is not, `/folder` redirects.
//!
//! The ten minutes of cache time, gzip without Brotli, `Access-Control-Allow-Origin` and the answers
//! to conditions and parts are what others report. No page of GitHub says them, and they were not
//! tried.

use crate::cli::server::encoding::Encoding;
use crate::cli::server::rules::*;

/// No headers of the site, ten minutes of cache time, `_headers` itself is a file like any other.
pub const RULES: Rules = Rules {
    html: Html::Short,
    folder: Folder::WithPage(301),
    file_with_slash: None,
    merges_slashes: false,
    missing: Missing::AtRoot,
    missing_has_tag: true,
    missing_cache: None,
    hidden: &[],
    redirects: None,
    headers: Headers::None,
    own: &[
        ("access-control-allow-origin", "*", When::Always),
        ("cache-control", "max-age=600", When::NoError),
    ],
    types: &[
        (".js", "application/javascript; charset=utf-8"),
        (".mjs", "application/javascript; charset=utf-8"),
        (".json", "application/json; charset=utf-8"),
    ],
    packing: Packing::Dynamic {
        encodings: &[Encoding::Gzip],
        types: &["*", "application/javascript"],
        least: 1,
        most: usize::MAX,
        weak: true,
    },
    ranges: Ranges::OfFile,
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
            Host::Github,
            r#"
            # The trailing-slash guide.
            GET /about => 200 about
            GET /about/ => 404 not here
            GET /about.html => 200 about
            GET /posts/a?q=1 => 301 | location=/posts/a/?q=1
            GET /posts/a/ => 200 post | cache-control=max-age=600
            GET /posts/a/index.html => 200 post
            GET /both => 200 both page
            GET /both/ => 200 both folder
            GET /images/ => 404 not here
            GET /Posts/a/ => 404 not here
            # "Creating a custom 404 page": at the root only.
            GET /deep/none => 404 not here | cache-control=-
            # No headers of the site; files that begin with an underscore are files.
            GET / => 200 home | x-content-type-options=-
            GET /_headers => 200 | cache-control=max-age=600
            GET /assets/app-0123456789abcdef.js => 200 | cache-control=max-age=600
            # "MIME types on GitHub Pages".
            GET /sw.js => 200 | content-type=application/javascript; charset=utf-8
            GET /manifest.webmanifest => 200 | content-type=application/manifest+json
            GET /feed.xml => 200 | content-type=application/xml
            GET /large.css [Accept-Encoding: br] => 200 | content-encoding=- | vary=Accept-Encoding
            GET /large.css [Accept-Encoding: gzip, br] => 200 | content-encoding=gzip | etag=W/…
            GET /sw.js [Range: bytes=0-1] => 206 | content-range=bytes 0-1/6
            POST / => 405 | allow=-
            "#,
        );
    }
}
