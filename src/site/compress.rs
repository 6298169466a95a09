//! `.br` and `.gz` siblings for hosts that serve them, kept between builds by content.

use std::io::Write;
use std::path::Path;

use anyhow::Context;
use rayon::prelude::*;

use super::file::{Files, is_compressible, sha256};

/// Below this many bytes a compressed file saves no packet.
const LEAST: usize = 512;

/// The size of each file after Brotli, for those that have a sibling.
pub type Sizes = std::collections::BTreeMap<String, usize>;

/// Adds the siblings; what is compressed once is read from `cache` the next time.
pub fn compress(files: &mut Files, cache: &Path) -> anyhow::Result<Sizes> {
    std::fs::create_dir_all(cache).with_context(|| format!("can't make {}", cache.display()))?;
    let made: Vec<(String, Vec<u8>, Vec<u8>)> = files
        .par_iter()
        .filter(|(path, bytes)| is_compressible(path) && bytes.len() >= LEAST)
        .map(|(path, bytes)| {
            let hash = sha256(bytes);
            let br = cached(&cache.join(format!("{hash}.br")), || brotli(bytes))?;
            let gz = cached(&cache.join(format!("{hash}.gz")), || gzip(bytes))?;
            Ok((path.clone(), br, gz))
        })
        .collect::<anyhow::Result<_>>()?;
    let mut sizes = Sizes::new();
    for (path, br, gz) in made {
        sizes.insert(path.clone(), br.len());
        let plain = files.get(&path).map_or(0, Vec::len);
        for (sibling, bytes) in [(format!("{path}.br"), br), (format!("{path}.gz"), gz)] {
            if bytes.len() < plain {
                files.insert(sibling, bytes);
            }
        }
    }
    Ok(sizes)
}

fn cached(path: &Path, make: impl FnOnce() -> std::io::Result<Vec<u8>>) -> anyhow::Result<Vec<u8>> {
    if let Ok(bytes) = std::fs::read(path) {
        return Ok(bytes);
    }
    let bytes = make().context("can't compress")?;
    // Written beside and renamed, so that a build that is cut short leaves no half of a file.
    let part = path.with_extension(format!("part{}", std::process::id()));
    std::fs::write(&part, &bytes)
        .and_then(|()| std::fs::rename(&part, path))
        .with_context(|| format!("can't write {}", path.display()))?;
    Ok(bytes)
}

/// Brotli at its best, which is slow.
pub fn brotli(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut out, &params)?;
    Ok(out)
}

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}
