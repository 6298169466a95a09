//! `.br` and `.gz` siblings for hosts that serve them; like drawn pictures they are kept between
//! builds by content. What no build has used for a month is forgotten.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use anyhow::Context;
use rayon::prelude::*;

use super::file::{Files, is_compressible, sha256};

/// Below this many bytes a compressed file saves no packet.
const LEAST: usize = 512;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// How long what is not used is kept.
const KEPT: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// The file whose time says when the cache was last looked through.
const LOOKED: &str = "looked-through";

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
            let br = cached(&cache.join(format!("{hash}.br")), || Ok(brotli(bytes)?))?;
            let gz = cached(&cache.join(format!("{hash}.gz")), || Ok(gzip(bytes)?))?;
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
    // A cache that can't be tidied is still of use.
    tidy(cache, SystemTime::now()).ok();
    Ok(sizes)
}

/// What stands in the cache, else what is made now.
pub fn cached(
    path: &Path,
    make: impl FnOnce() -> anyhow::Result<Vec<u8>>,
) -> anyhow::Result<Vec<u8>> {
    if let Ok(bytes) = std::fs::read(path) {
        if age(path, SystemTime::now()).is_some_and(|age| age > DAY) {
            touch(path).ok();
        }
        return Ok(bytes);
    }
    let bytes = make()?;
    keep(path, &bytes)?;
    Ok(bytes)
}

/// Writes a file of the cache: beside and renamed, so that a build that is cut short, or another
/// thread that writes the same, leaves no half of it.
fn keep(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let (process, count) = (std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let part = path.with_extension(format!("part{process}-{count}"));
    std::fs::write(&part, bytes)
        .and_then(|()| std::fs::rename(&part, path))
        .with_context(|| format!("can't write {}", path.display()))
}

/// How long ago a file was used, to the day.
fn age(path: &Path, now: SystemTime) -> Option<Duration> {
    let used = std::fs::metadata(path).ok()?.modified().ok()?;
    Some(now.duration_since(used).unwrap_or_default())
}

/// Notes that a file is in use.
fn touch(path: &Path) -> std::io::Result<()> {
    File::options().append(true).create(true).open(path)?.set_modified(SystemTime::now())
}

/// Once a day, removes what was not used for long, and what a build that was cut short left.
fn tidy(cache: &Path, now: SystemTime) -> std::io::Result<()> {
    let looked = cache.join(LOOKED);
    if age(&looked, now).is_some_and(|age| age < DAY) {
        return Ok(());
    }
    for entry in std::fs::read_dir(cache)? {
        let path = entry?.path();
        let end = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        let ours = matches!(&*end, "br" | "gz" | "png") || end.starts_with("part");
        if ours && age(&path, now).is_some_and(|age| age > KEPT) {
            std::fs::remove_file(&path)?;
        }
    }
    touch(&looked)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_build_uses_is_forgotten_after_a_month() {
        let folder = tempfile::tempdir().unwrap();
        let cache = folder.path();
        let old = |name: &str, days: u32| {
            let file = File::create(cache.join(name)).unwrap();
            file.set_modified(SystemTime::now() - days * DAY).unwrap();
        };
        let text = "text ".repeat(200).into_bytes();
        let build = || {
            compress(&mut Files::from([("a.txt".to_owned(), text.clone())]), cache).unwrap();
            let names = std::fs::read_dir(cache).unwrap().map(|entry| entry.unwrap().file_name());
            let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
            names.sort();
            names
        };
        let (br, gz) = (format!("{}.br", sha256(&text)), format!("{}.gz", sha256(&text)));
        let mut want = [&*br, &gz, LOOKED].map(str::to_owned).to_vec();
        want.sort();
        assert_eq!(build(), want);
        for (name, days) in [("b.br", 31), ("c.gz", 29), ("d.part1", 31), ("e.txt", 99)] {
            old(name, days);
        }
        assert_eq!(build().len(), 7, "it was looked through today");
        old(LOOKED, 2);
        old(&br, 40);
        want.extend(["c.gz", "e.txt"].map(str::to_owned));
        want.sort();
        assert_eq!(build(), want);
    }
}
