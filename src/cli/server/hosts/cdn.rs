//! What static hosts have in common.

use super::settings::REVALIDATE;
use crate::cli::server::rules::*;

/// A folder redirects to its slash, compressed files beside a file are used, `_headers` counts in
/// full, and what it says nothing about is revalidated.
pub const RULES: Rules = Rules {
    html: Html::Named,
    folder: Folder::WithPage(308),
    file_with_slash: None,
    merges_slashes: false,
    missing: Missing::AtRoot,
    missing_has_tag: false,
    missing_cache: None,
    hidden: &["_headers", "_redirects"],
    redirects: None,
    headers: Headers::File(Limits::NONE),
    own: &[("cache-control", REVALIDATE, When::Always)],
    types: &[],
    packing: Packing::Siblings,
    ranges: Ranges::OfFile,
    dates: Dates::Unused,
    other_method: 405,
    names_methods: true,
};
