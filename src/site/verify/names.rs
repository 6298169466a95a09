//! Names that an upload changed: what a file that is not found may be called on the host instead.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use unicode_normalization::UnicodeNormalization;

use super::finding::Finding;
use crate::text;

/// How a name may have been changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Letters were taken apart from their marks, as old file systems of the Mac do.
    Decomposed,
    /// Letters were joined with their marks.
    Composed,
    /// The percent-encoded name became the name.
    Encoded,
    /// Its UTF-8 was read as Latin-1.
    Latin1,
    /// It is in lower case.
    LowerCase,
    /// The host reads `+` as a space.
    Plus,
}

/// The addresses to try for a path, encoded.
pub fn alternatives(path: &str) -> Vec<(Change, String)> {
    let encoded = text::encode_path(path);
    let latin1: String = path.bytes().map(char::from).collect();
    let tries = [
        (Change::Decomposed, text::encode_path(&path.nfd().collect::<String>())),
        (Change::Composed, text::encode_path(&path.nfc().collect::<String>())),
        (Change::Encoded, encoded.replace('%', "%25")),
        (Change::Latin1, text::encode_path(&latin1)),
        (Change::LowerCase, text::encode_path(&path.to_lowercase())),
        (
            Change::Plus,
            encoded.replace('+', &utf8_percent_encode("+", NON_ALPHANUMERIC).to_string()),
        ),
    ];
    tries.into_iter().filter(|(_, other)| *other != encoded).collect()
}

/// The finding for a file that is there under a changed name.
pub fn finding(path: &str, change: Change) -> Finding {
    let (how, help) = match change {
        Change::Decomposed => (
            "in decomposed form (NFD)",
            "the upload came from a file system that takes letters apart: upload with a tool that \
             keeps names (rsync: `--iconv=utf-8-mac,utf-8`)",
        ),
        Change::Composed => {
            ("in composed form (NFC)", "the upload or the host joined letters and marks")
        }
        Change::Encoded => (
            "percent-encoded once more",
            "the upload stored the encoded name: upload names as they are",
        ),
        Change::Latin1 => (
            "with its UTF-8 read as Latin-1",
            "an archive or an FTP program does not know UTF-8: set its encoding, or upload by \
             another way",
        ),
        Change::LowerCase => (
            "in lower case",
            "the upload or the host does not keep the case of names: upload by another way",
        ),
        Change::Plus => (
            "with `+` as `%2B`",
            "the host reads `+` in paths as a space (S3 does): let a rule of the CDN encode it",
        ),
    };
    Finding::error("renamed", path, format!("it is there under another name: {how}")).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, want: &[Change]) {
        let found: Vec<Change> = alternatives(path).iter().map(|(change, _)| *change).collect();
        assert_eq!(found, want, "{path}");
    }

    #[test]
    fn only_names_that_can_change_have_alternatives() {
        check("posts/a/index.html", &[]);
        check("tags/云/", &[Change::Encoded, Change::Latin1]);
        check("tags/C++/", &[Change::LowerCase, Change::Plus]);
        let composed = "é";
        check(composed, &[Change::Decomposed, Change::Encoded, Change::Latin1]);
        assert_eq!(alternatives("tags/c++/")[0].1, "tags/c%2B%2B/");
        assert_eq!(alternatives("云")[0].1, "%25E4%25BA%2591");
    }
}
