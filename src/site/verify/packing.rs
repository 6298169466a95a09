//! Content-Encoding: what was sent is unpacked, and what is still packed after that is found out.

use std::io::Read;

use super::answer::Answer;

/// A body after its Content-Encoding was undone.
#[derive(Debug)]
pub(super) struct Unpacked {
    pub(super) bytes: Vec<u8>,
    /// What the header names, without `identity`.
    pub(super) codings: Vec<String>,
}

/// Why a body can't be unpacked.
#[derive(Debug, PartialEq)]
pub(super) enum Fault {
    /// It has a coding that was not asked for.
    NotAsked(String),
    /// It is not what the header says.
    Broken(String),
}

/// Undoes the Content-Encoding, up to `limit` bytes.
pub(super) fn unpack(answer: &Answer, limit: u64) -> Result<Unpacked, Fault> {
    let codings = codings(answer);
    let mut bytes = answer.body.clone();
    // The last one named was put on last (RFC 9110, section 8.4). Nobody packs more than thrice.
    for coding in codings.iter().rev().take(3) {
        bytes = match coding.as_str() {
            "gzip" | "x-gzip" => gunzip(&bytes, limit),
            "br" => unbrotli(&bytes, limit),
            other => return Err(Fault::NotAsked(other.to_owned())),
        }
        .ok_or_else(|| Fault::Broken(coding.clone()))?;
    }
    Ok(Unpacked { bytes, codings })
}

/// What Content-Encoding names, in lower case, without `identity`.
pub(super) fn codings(answer: &Answer) -> Vec<String> {
    let value = answer.headers.get("content-encoding").unwrap_or_default();
    let names = value.split(',').map(|name| name.trim().to_ascii_lowercase());
    names.filter(|name| !name.is_empty() && name != "identity").collect()
}

/// What the bytes are when they are unpacked once more, by each method that takes them.
pub(super) fn still_packed(bytes: &[u8], limit: u64) -> Vec<(&'static str, Vec<u8>)> {
    let by_gzip = bytes.starts_with(&[0x1F, 0x8B]).then(|| gunzip(bytes, limit)).flatten();
    let found = [("gzip", by_gzip), ("br", unbrotli(bytes, limit))];
    found.into_iter().filter_map(|(name, bytes)| Some((name, bytes?))).collect()
}

/// `None` where it is not gzip, or unpacks to more than `limit` bytes.
pub(super) fn gunzip(bytes: &[u8], limit: u64) -> Option<Vec<u8>> {
    read(flate2::read::MultiGzDecoder::new(bytes), limit)
}

/// `None` where it is not Brotli, or unpacks to more than `limit` bytes.
pub(super) fn unbrotli(bytes: &[u8], limit: u64) -> Option<Vec<u8>> {
    read(brotli::Decompressor::new(bytes, 4096), limit)
}

fn read(reader: impl Read, limit: u64) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    reader.take(limit.saturating_add(1)).read_to_end(&mut out).ok()?;
    (out.len() as u64 <= limit).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::super::made::{brotli, gzip};
    use super::*;

    fn answer(encoding: &str, body: Vec<u8>) -> Answer {
        let mut answer = Answer { status: 200, body, ..Answer::default() };
        answer.headers.push("Content-Encoding", encoding.as_bytes());
        answer
    }

    #[test]
    fn codings_are_undone_in_turn() {
        let text = b"text text text".as_slice();
        for (encoding, body) in [
            ("", text.to_vec()),
            ("identity", text.to_vec()),
            ("GZIP", gzip(text)),
            ("br", brotli(text)),
            ("gzip, br", brotli(&gzip(text))),
        ] {
            let unpacked = unpack(&answer(encoding, body), 100).unwrap();
            assert_eq!(unpacked.bytes, text, "{encoding}");
        }
    }

    #[test]
    fn faults_are_told_apart() {
        let fault =
            |encoding: &str, body: Vec<u8>| unpack(&answer(encoding, body), 100).unwrap_err();
        assert_eq!(fault("br", b"plain text".to_vec()), Fault::Broken("br".into()));
        assert_eq!(fault("gzip", b"plain text".to_vec()), Fault::Broken("gzip".into()));
        assert_eq!(fault("zstd", Vec::new()), Fault::NotAsked("zstd".into()));
        // A body that would fill the memory is none that was built.
        assert_eq!(fault("gzip", gzip(&vec![0; 1 << 20])), Fault::Broken("gzip".into()));
    }
}
