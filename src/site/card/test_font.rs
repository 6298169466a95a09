//! A font for tests: a box for every character, half as wide for those of ASCII.

use std::io::Write;
use std::path::Path;

use super::face::Face;
use super::fonts::{Fonts, PACKAGES};

/// The signs the tests use, beside printable ASCII.
const SIGNS: &str =
    "云上札记中文标题测试字的一二三四五六七八九十年月日あ，。、：！？《》（）“”‘’…—";

/// The fonts for a text: as those of the system are.
pub(super) fn fonts() -> Fonts {
    let face = || (font(), 0);
    Fonts::from_face("boxes", Face::pair(face(), face()).unwrap())
}

/// A `node_modules` folder with packages like the pinned ones.
pub(super) fn install(folder: &Path) {
    for (package, file) in PACKAGES.iter().zip(["dist/SourceHanSerifCN/result.css", "wght.css"]) {
        let sheet = folder.join(package.0).join(file);
        std::fs::create_dir_all(sheet.parent().unwrap()).unwrap();
        let ranges = if file == "wght.css" { "U+20-7E,U+2018-2026" } else { "U+2018-FFFF" };
        let css = format!("@font-face{{src:url(\"a.woff2\");unicode-range:{ranges};}}");
        std::fs::write(&sheet, css).unwrap();
        std::fs::write(sheet.with_file_name("a.woff2"), woff2(&tables())).unwrap();
    }
}

type Table = (&'static [u8; 4], Vec<u8>);

fn font() -> Vec<u8> {
    let tables = tables();
    let mut offset = 12 + 16 * tables.len();
    let mut bytes = vec![0, 1, 0, 0, 0, tables.len() as u8, 0, 128, 0, 3, 0, 0];
    for (tag, table) in &tables {
        bytes.extend(*tag);
        bytes.extend(long(&[0, offset as u32, table.len() as u32]));
        offset += table.len().next_multiple_of(4);
    }
    for (_, mut table) in tables {
        table.resize(table.len().next_multiple_of(4), 0);
        bytes.extend(table);
    }
    bytes
}

/// The same font as WOFF2, its tables as they are (W3C: WOFF File Format 2.0).
fn woff2(tables: &[Table]) -> Vec<u8> {
    let mut directory = Vec::new();
    let mut data = Vec::new();
    for (tag, table) in tables {
        let untouched = if matches!(*tag, b"glyf" | b"loca") { 3 << 6 } else { 0 };
        directory.push(63 | untouched);
        directory.extend(*tag);
        // In base 128, no leading zero.
        let length = table.len();
        let digits = [length >> 14, length >> 7 & 127, length & 127];
        let first = digits.iter().take(2).take_while(|digit| **digit == 0).count();
        let digit = |at: usize| digits[at] as u8 | if at < 2 { 128 } else { 0 };
        directory.extend((first..3).map(digit));
        data.extend(table);
    }
    let mut packed = Vec::new();
    let mut brotli = brotli::CompressorWriter::new(&mut packed, 4096, 5, 18);
    brotli.write_all(&data).unwrap();
    drop(brotli);
    let length = (48 + directory.len() + packed.len()).next_multiple_of(4) as u32;
    let mut bytes = b"wOF2\0\x01\0\0".to_vec();
    bytes.extend(long(&[length, (tables.len() as u32) << 16]));
    bytes.extend(long(&[font().len() as u32, packed.len() as u32, 0, 0, 0, 0, 0, 0]));
    bytes.extend(directory);
    bytes.extend(packed);
    bytes.resize(length as usize, 0);
    bytes
}

/// Sorted by tag.
fn tables() -> Vec<Table> {
    let glyphs = [square(100, 400), square(50, 450), square(50, 950)];
    let length = glyphs[0].len() as u16 / 2;
    let mut head = long(&[0x1_0000, 0, 0, 0x5F0F_3CF5]);
    head.extend(short(&[0, 1000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1000, 800, 0, 8, 2, 0, 0]));
    let mut hhea = long(&[0x1_0000]);
    hhea.extend(short(&[880, 0xFF88, 0, 1000, 0, 0, 1000, 1, 0, 0, 0, 0, 0, 0, 0, 3]));
    let mut maxp = long(&[0x1_0000]);
    maxp.extend(short(&[3, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]));
    vec![
        (b"cmap", cmap()),
        (b"glyf", glyphs.concat()),
        (b"head", head),
        (b"hhea", hhea),
        (b"hmtx", short(&[500, 100, 500, 50, 1000, 50])),
        (b"loca", short(&[0, length, 2 * length, 3 * length])),
        (b"maxp", maxp),
    ]
}

/// A box from one `x` to another.
fn square(left: u16, right: u16) -> Vec<u8> {
    let mut glyph = short(&[1, left, 0, right, 800, 3, 0]);
    glyph.extend([1, 1, 1, 1]);
    let wide = right - left;
    // Each point from the one before: the `x` of all, then the `y`.
    glyph.extend(short(&[left, 0, wide, 0, 0, 800, 0, 800u16.wrapping_neg()]));
    glyph
}

/// Glyph 1 for ASCII, glyph 2 for [`SIGNS`].
fn cmap() -> Vec<u8> {
    let mut chars: Vec<u32> = (0x21..0x7F).chain(SIGNS.chars().map(u32::from)).collect();
    chars.sort_unstable();
    let groups: Vec<u32> = chars.iter().flat_map(|c| [*c, *c, 1 + u32::from(*c > 0x7E)]).collect();
    let mut table = short(&[0, 1, 3, 10, 0, 12, 12, 0]);
    table.extend(long(&[16 + 12 * chars.len() as u32, 0, chars.len() as u32]));
    table.extend(long(&groups));
    table
}

fn short(numbers: &[u16]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_be_bytes()).collect()
}

fn long(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_be_bytes()).collect()
}
