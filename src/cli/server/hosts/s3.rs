//! Amazon S3 behind CloudFront, with what `host s3` prints.
//!
//! Of the two ways it is the bucket itself as origin, closed to all but CloudFront, which
//! docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
//! recommends; the website endpoint of S3 (…/AmazonS3/latest/userguide/WebsiteEndpoints.html) has
//! index documents, but neither HTTPS nor a way to be closed.
//!
//! - …/DeveloperGuide/example-function-add-index.html: a function finds the pages of folders. Ours
//!   redirects to the slash instead of showing the page without it.
//! - docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html: 403 for what isn't there, without
//!   the permission to list. …/DeveloperGuide/custom-error-pages.html: both become `404.html`.
//! - …/DeveloperGuide/ServingCompressedFiles.html: types, sizes from 1,000 to 10,000,000 bytes,
//!   Brotli before gzip, and weak tags. `application/wasm` is in none of the copies of its list that
//!   could be read; here it is compressed, and `verify` says so where CloudFront does not.
//! - …/DeveloperGuide/creating-response-headers-policies.html: the security headers; the cache time
//!   is that of the object.
//!
//! None of it was tried with Amazon.

use crate::cli::server::encoding::Encoding;
use crate::cli::server::rules::*;

/// Names without a dot get a slash, compressed files are not uploaded.
pub const RULES: Rules = Rules {
    html: Html::Named,
    folder: Folder::Undotted(308),
    file_with_slash: None,
    merges_slashes: false,
    missing: Missing::AtRoot,
    missing_has_tag: false,
    missing_cache: None,
    hidden: &["_headers", "_redirects", ".nojekyll", "*.br", "*.gz"],
    redirects: None,
    headers: Headers::Settings { without_file: false },
    own: &[],
    types: &[],
    packing: Packing::Dynamic {
        encodings: &[Encoding::Brotli, Encoding::Gzip],
        types: &[
            "text/html",
            "text/plain",
            "text/css",
            "text/javascript",
            "text/xml",
            "application/json",
            "application/xml",
            "application/rss+xml",
            "application/wasm",
            "image/svg+xml",
        ],
        least: 1000,
        most: 10_000_000,
        weak: true,
    },
    ranges: Ranges::OfFile,
    dates: Dates::Since,
    other_method: 403,
    names_methods: false,
};

#[cfg(test)]
mod tests {
    use crate::cli::server::Host;
    use crate::cli::server::hosts::support::check;

    #[test]
    fn addresses() {
        check(
            Host::S3,
            "
            # The function.
            GET /posts/a/ => 200 post
            GET /posts/a?q=1 => 308 | location=/posts/a/?q=1 | cache-control=-
            GET /about => 308 | location=/about/
            GET /about/ => 404 not here
            GET /about.html => 200 about
            GET /index.html => 200 home
            GET //posts/a/ => 404 not here
            GET //otherexample => 308 | location=/otherexample/
            # Custom error pages.
            GET /deep/none.png => 404 not here | cache-control=public, max-age=0, must-revalidate
            # Not uploaded.
            GET /_headers/ => 404 not here
            GET /sw.js.br => 404 not here
            ",
        );
    }

    #[test]
    fn headers_and_compression() {
        check(
            Host::S3,
            r#"
            # The policy, and the metadata of objects.
            GET / => 200 home | x-content-type-options=nosniff
            GET /assets/app-0123456789abcdef.js => 200 | cache-control=public, max-age=31536000, immutable
            GET /sw.js => 200 | cache-control=public, max-age=0, must-revalidate
            # By their endings: CloudFront compresses neither Atom nor JSON Feed.
            GET /feed.xml => 200 | content-type=application/xml
            GET /feed.json => 200 | content-type=application/json
            # "Serve compressed files".
            GET /sw.js [Accept-Encoding: br] => 200 | content-encoding=-
            GET /large.css [Accept-Encoding: gzip, br] => 200 | content-encoding=br | etag=W/…
            GET /large.webmanifest [Accept-Encoding: br] => 200 | content-encoding=- | vary=-
            GET /sw.js [Range: bytes=0-1] => 206 | content-range=bytes 0-1/6
            POST / => 403
            "#,
        );
    }
}
