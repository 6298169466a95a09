//! What a reader downloads of a blog's data, in bytes after Brotli.

use std::fmt::Write;

use crate::site::compress::brotli;
use crate::site::file::Files;

/// Kinds of files: a name, and what their paths begin with.
const KINDS: [(&str, &str); 7] = [
    ("catalogue", "data/catalogue-"),
    ("facets", "data/facets-"),
    ("entries", "data/entries/"),
    ("paths", "data/paths/"),
    ("documents", "data/posts/"),
    ("search directory", "data/search/index-"),
    ("search shards", "data/search/"),
];

/// Of a kind with many files, so many are compressed.
const SAMPLE: usize = 50;

/// A line for each kind: how many files, their bytes as they are, and the mean after Brotli.
pub fn table(site: &Files) -> anyhow::Result<String> {
    let mut table = format!("{:<18} {:>7} {:>12} {:>16}\n", "", "files", "bytes", "mean, brotli");
    for (name, start) in KINDS {
        let is_kind = |path: &&String| {
            let first = KINDS.iter().find(|(_, start)| path.starts_with(start));
            first.is_some_and(|(first, _)| *first == name) && path.starts_with(start)
        };
        let paths: Vec<&String> = site.keys().filter(is_kind).collect();
        let bytes: usize = paths.iter().map(|path| site[*path].len()).sum();
        let step = paths.len().div_ceil(SAMPLE).max(1);
        let sample: Vec<usize> = paths
            .iter()
            .step_by(step)
            .map(|path| brotli(&site[*path]).map(|bytes| bytes.len()))
            .collect::<std::io::Result<_>>()?;
        let mean = sample.iter().sum::<usize>() / sample.len().max(1);
        // Writing to a string can't fail.
        let _ = writeln!(table, "{name:<18} {:>7} {bytes:>12} {mean:>16}", paths.len());
    }
    Ok(table)
}
