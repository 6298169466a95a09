//! A typeface as packages for the web bring it: a style sheet, and the characters spread over many
//! WOFF2 files, of which only those are read that a text needs.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use anyhow::{Context, anyhow};

use super::face::Face;

/// The files of a typeface.
pub(super) struct Slices {
    files: Vec<Slice>,
    /// Which file holds a character, sorted by character.
    index: Vec<(u32, u16)>,
    /// The weight that is taken for bold.
    bold: f32,
}

struct Slice {
    path: PathBuf,
    /// What reading it gave, or the reason why that failed.
    face: OnceLock<Result<Face, String>>,
}

/// No range of a style sheet may make the index larger than the characters that exist.
const LAST: u32 = 0x10FFFF;

impl Slices {
    /// Reads the style sheet; its files are read when they are needed.
    pub(super) fn open(sheet: &Path, bold: f32) -> anyhow::Result<Self> {
        let css = std::fs::read_to_string(sheet)
            .with_context(|| format!("can't read {}", sheet.display()))?;
        let folder = sheet.parent().unwrap_or(Path::new(""));
        let mut slices = Slices { files: Vec::new(), index: Vec::new(), bold };
        for rule in css.split("@font-face").skip(1) {
            let Some((file, ranges)) = rule_parts(rule) else { continue };
            let number = u16::try_from(slices.files.len()).context("too many files")?;
            slices.files.push(Slice { path: folder.join(file), face: OnceLock::new() });
            for (first, last) in ranges.split(',').filter_map(range) {
                slices.index.extend((first..=last).map(|c| (c, number)));
            }
        }
        // A later rule comes before an earlier one (W3C: CSS Fonts, `unicode-range`).
        slices.index.sort_unstable_by_key(|(c, file)| (*c, u16::MAX - file));
        slices.index.dedup_by_key(|(c, _)| *c);
        anyhow::ensure!(!slices.index.is_empty(), "{} names no font", sheet.display());
        Ok(slices)
    }

    /// The font that holds the character; `None` where the typeface lacks it.
    pub(super) fn face(&self, c: char) -> anyhow::Result<Option<&Face>> {
        let Ok(at) = self.index.binary_search_by_key(&u32::from(c), |(c, _)| *c) else {
            return Ok(None);
        };
        let slice = &self.files[usize::from(self.index[at].1)];
        let read = || read(&slice.path, self.bold).map_err(|error| format!("{error:#}"));
        let face = slice.face.get_or_init(read);
        let face = face.as_ref().map_err(|error| anyhow!("{error}"))?;
        Ok(face.has(c).then_some(face))
    }
}

/// The file and the ranges of characters of one `@font-face`.
fn rule_parts(rule: &str) -> Option<(&str, &str)> {
    let (_, url) = rule.split_once("url(")?;
    let (file, _) = url.split_once(')')?;
    let (_, ranges) = rule.split_once("unicode-range:")?;
    let ranges = ranges.split([';', '}']).next()?;
    Some((file.trim_matches(['"', '\'', ' ']), ranges))
}

/// `U+4e00` or `U+4e00-4eff`.
fn range(text: &str) -> Option<(u32, u32)> {
    let text = text.trim();
    let text = text.strip_prefix("U+").or_else(|| text.strip_prefix("u+"))?;
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let number = |text: &str| u32::from_str_radix(text, 16).ok().filter(|c| *c <= LAST);
    Some((number(first)?, number(last)?))
}

fn read(path: &Path, bold: f32) -> anyhow::Result<Face> {
    let woff = std::fs::read(path).with_context(|| format!("can't read {}", path.display()))?;
    wuff::decompress_woff2_with_custom_brotli(&woff, &mut |packed, size| {
        let mut bytes = Vec::with_capacity(size);
        let unpacked = brotli::Decompressor::new(packed, packed.len().max(1));
        std::io::Read::read_to_end(&mut std::io::Read::take(unpacked, size as u64), &mut bytes)?;
        Ok(bytes)
    })
    .map_err(|error| anyhow!("{error}"))
    .and_then(|bytes| Face::variable(bytes, bold))
    .with_context(|| format!("{} is damaged", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(css: &str, want: &[(char, Option<&str>)]) {
        let folder = tempfile::tempdir().unwrap();
        let sheet = folder.path().join("x.css");
        std::fs::write(&sheet, css).unwrap();
        let slices = Slices::open(&sheet, 700.0).unwrap();
        for (c, want) in want {
            let error = slices.face(*c).err().map(|error| error.to_string());
            // No file is there, so the one that is looked for is in the message.
            let found = error.as_deref().and_then(|e| e.rsplit('/').next()?.split(':').next());
            assert_eq!(found, *want, "{c}");
        }
    }

    #[test]
    fn style_sheets_of_both_makers_are_read() {
        check(
            r#"/* notes */ @font-face{src:local("X"),url("./a.woff2")format("woff2");font-weight:250 900;unicode-range:U+41,U+4E00-4E02;}@font-face{src:local("X"),url("./b.woff2")format("woff2");unicode-range:U+61;}"#,
            &[
                ('A', Some("a.woff2")),
                ('a', Some("b.woff2")),
                ('\u{4E02}', Some("a.woff2")),
                ('b', None),
            ],
        );
        check(
            "@font-face {\n  src: url(./files/a.woff2) format('woff2-variations');\n  \
             unicode-range: U+0041-0043,U+1f1e9;\n}\n",
            &[('B', Some("a.woff2")), ('🇩', Some("a.woff2")), ('\u{4E00}', None)],
        );
    }

    #[test]
    fn a_later_rule_comes_first() {
        check(
            "@font-face{src:url(a);unicode-range:U+41-45}@font-face{src:url(b);unicode-range:U+42}",
            &[('A', Some("a")), ('B', Some("b")), ('C', Some("a"))],
        );
    }

    #[test]
    fn a_sheet_without_fonts_and_a_damaged_font_are_errors() {
        let folder = tempfile::tempdir().unwrap();
        let sheet = folder.path().join("x.css");
        std::fs::write(&sheet, "p{}").unwrap();
        assert!(Slices::open(&sheet, 700.0).is_err());
        std::fs::write(&sheet, "@font-face{src:url(a);unicode-range:U+41}").unwrap();
        for bytes in [&b""[..], b"wOF2", b"wOF2\0\x01\0\0\0\0\0\x20\0\x01\0\0 nonsense beyond that"]
        {
            std::fs::write(folder.path().join("a"), bytes).unwrap();
            let error = Slices::open(&sheet, 700.0).unwrap().face('A').err().unwrap().to_string();
            assert!(error.contains("is damaged"), "{error}");
        }
    }
}
