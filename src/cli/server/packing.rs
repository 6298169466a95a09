//! The bytes of a file as a request gets them: as they are, from a compressed file beside it, or
//! compressed now.

use super::conditional;
use super::encoding::{self, Encoding};
use super::rules::{Packing, Ranges, Rules};
use crate::site;
use axum::http::{HeaderMap, header};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// A file in the chosen packing.
pub struct Packed {
    /// What is sent.
    pub bytes: Vec<u8>,
    /// How it is packed.
    pub encoding: Encoding,
    /// Whether another request could get another packing.
    pub varies: bool,
    /// The entity tag.
    pub tag: String,
    /// `Last-Modified`; `None` where it can't be read.
    pub date: Option<String>,
}

/// Reads the packing that suits the request.
pub fn read(file: &Path, name: &str, rules: &Rules, request: &HeaderMap) -> Option<Packed> {
    let wanted = Wanted::of(rules, request);
    match rules.packing {
        Packing::Siblings => beside(file, &wanted),
        Packing::Dynamic { encodings, types, least, most, weak } => {
            let bytes = std::fs::read(file).ok()?;
            let kind = rules.content_type(name);
            let varies = is_listed(types, kind, name);
            let fits = varies && (least..=most).contains(&bytes.len());
            let encoding = wanted.best(if fits { encodings } else { &[] });
            let mut packed = plain(file, bytes, varies);
            if encoding != Encoding::Identity {
                let bytes = compress(&packed.bytes, encoding)?;
                packed.tag = match weak {
                    true => format!("W/{}", packed.tag),
                    false => conditional::tag(&bytes),
                };
                (packed.bytes, packed.encoding) = (bytes, encoding);
            }
            Some(packed)
        }
    }
}

/// What a request accepts.
struct Wanted {
    accept: String,
    /// Never packed, since a part of the file itself is asked for.
    as_it_is: bool,
}

impl Wanted {
    fn of(rules: &Rules, request: &HeaderMap) -> Self {
        let values = request.get_all(header::ACCEPT_ENCODING).iter();
        let accept = values.filter_map(|value| value.to_str().ok()).collect::<Vec<_>>().join(",");
        let part = request.contains_key(header::RANGE);
        Self { accept, as_it_is: part && rules.ranges == Ranges::OfFile }
    }

    fn best(&self, packings: &[Encoding]) -> Encoding {
        if self.as_it_is {
            return Encoding::Identity;
        }
        encoding::choose(&self.accept, &[packings, &[Encoding::Identity]].concat())
    }
}

fn beside(file: &Path, wanted: &Wanted) -> Option<Packed> {
    let sibling = |encoding: Encoding| match encoding.suffix() {
        Some(suffix) => {
            let mut name = file.as_os_str().to_owned();
            name.push(suffix);
            PathBuf::from(name)
        }
        None => file.to_path_buf(),
    };
    let mut packings = vec![Encoding::Brotli, Encoding::Gzip];
    packings.retain(|&packing| is_plain_file(&sibling(packing)));
    let encoding = wanted.best(&packings);
    let bytes = std::fs::read(sibling(encoding)).ok()?;
    Some(Packed { encoding, ..plain(file, bytes, !packings.is_empty()) })
}

fn plain(file: &Path, bytes: Vec<u8>, varies: bool) -> Packed {
    let modified = file.metadata().and_then(|data| data.modified()).ok();
    let (tag, date) = (conditional::tag(&bytes), modified.and_then(conditional::date));
    Packed { bytes, encoding: Encoding::Identity, varies, tag, date }
}

/// Whether a host compresses this type.
fn is_listed(types: &[&str], kind: &str, name: &str) -> bool {
    let essence = kind.split(';').next().unwrap_or_default();
    types.contains(&essence) || (types.contains(&"*") && site::is_compressible(name))
}

/// A file and no link, which could lead out of the folder.
fn is_plain_file(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|data| data.is_file())
}

/// Quick rather than small: hosts do so too.
fn compress(bytes: &[u8], encoding: Encoding) -> Option<Vec<u8>> {
    let mut packed = Vec::new();
    match encoding {
        Encoding::Brotli => {
            let mut writer = brotli::CompressorWriter::new(&mut packed, 4096, 5, 22);
            writer.write_all(bytes).ok()?;
        }
        Encoding::Gzip => {
            let level = flate2::Compression::default();
            flate2::read::GzEncoder::new(bytes, level).read_to_end(&mut packed).ok()?;
        }
        Encoding::Identity => packed.extend_from_slice(bytes),
    }
    Some(packed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_compressed_comes_back() {
        let text = "云上札记 ".repeat(1000).into_bytes();
        let brotli = compress(&text, Encoding::Brotli).unwrap();
        let gzip = compress(&text, Encoding::Gzip).unwrap();
        assert!(brotli.len() < 200 && gzip.len() < 500, "{} {}", brotli.len(), gzip.len());
        let (mut a, mut b) = (Vec::new(), Vec::new());
        brotli::Decompressor::new(&brotli[..], 4096).read_to_end(&mut a).unwrap();
        flate2::read::GzDecoder::new(&gzip[..]).read_to_end(&mut b).unwrap();
        assert!(a == text && b == text);
    }
}
