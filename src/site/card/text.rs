//! A text in one endless line of pieces that no line may cut: Chinese characters and their
//! punctuation, and words of all other scripts.
//!
//! Full-width punctuation fills half of its square; beside other punctuation, and where a line
//! begins or ends, the blank half is taken away (W3C: Requirements for Chinese Text Layout).
//! Between Chinese and other letters stands a little space, as in the site itself.

use super::face::Glyph;
use super::signs;

/// What no line may cut; lengths in em.
pub(super) struct Piece<'f> {
    pub(super) glyphs: Vec<Glyph<'f>>,
    pub(super) width: f32,
    pub(super) first: char,
    pub(super) last: char,
    /// Whether a space stands before it.
    pub(super) spaced: bool,
    /// Which half of a full-width sign is blank.
    pub(super) blank: Blank,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Blank {
    None,
    Left,
    Right,
}

/// A text, set in one endless line.
pub(super) struct Text<'f> {
    pub(super) pieces: Vec<Piece<'f>>,
    /// Where each piece begins, in em.
    pub(super) places: Vec<f32>,
    /// Whether Chinese characters or Japanese syllables are in it.
    pub(super) chinese: bool,
    /// Letters and digits that it shows, and those that no font has.
    pub(super) shown: usize,
    pub(super) lost: usize,
}

/// Between words.
const SPACE: f32 = 0.25;
/// Between Chinese and other letters where the author put no space.
const THIN_SPACE: f32 = 0.1;
/// Half of a full-width sign.
const HALF: f32 = 0.5;

impl<'f> Text<'f> {
    pub(super) fn new(pieces: Vec<Piece<'f>>, chinese: bool, shown: usize, lost: usize) -> Self {
        Text { places: places(&pieces), pieces, chinese, shown, lost }
    }

    /// Where a line of these pieces begins and how wide it is, in em.
    pub(super) fn extent(&self, first: usize, end: usize) -> (f32, f32) {
        let (Some(start), Some(last)) = (self.pieces.get(first), self.pieces.get(end.max(1) - 1))
        else {
            return (0.0, 0.0);
        };
        let lead = if start.blank == Blank::Left { HALF } else { 0.0 };
        let trail = if last.blank == Blank::Right { HALF } else { 0.0 };
        let from = self.places[first] + lead;
        (from, (self.places[end - 1] + last.width - trail - from).max(0.0))
    }

    /// Puts another text's pieces in place of all from this one on.
    pub(super) fn cut(&mut self, end: usize, tail: Text<'f>) {
        self.pieces.truncate(end);
        self.pieces.extend(tail.pieces);
        self.places = places(&self.pieces);
    }

    /// Takes the pieces that are wider than a line apart, between the signs.
    pub(super) fn shatter(&mut self, measure: f32) {
        let pieces = std::mem::take(&mut self.pieces);
        let parts = |piece: Piece<'f>| match piece.width > measure {
            true => piece.parts(),
            false => vec![piece],
        };
        self.pieces = pieces.into_iter().flat_map(parts).collect();
        self.places = places(&self.pieces);
    }
}

impl<'f> Piece<'f> {
    /// The piece as one for each sign. No other rule keeps a line from ending between two of them.
    fn parts(self) -> Vec<Piece<'f>> {
        let end = char::REPLACEMENT_CHARACTER;
        let mut parts: Vec<Piece<'f>> = Vec::new();
        let (mut cluster, mut part_start) = (0, 0.0);
        for mut glyph in self.glyphs {
            if glyph.cluster != cluster || parts.is_empty() {
                (cluster, part_start) = (glyph.cluster, glyph.x);
                let spaced = self.spaced && parts.is_empty();
                let (glyphs, blank) = (Vec::new(), Blank::None);
                parts.push(Piece { glyphs, width: 0.0, first: end, last: end, spaced, blank });
            }
            if let Some(part) = parts.last_mut() {
                part.width += glyph.advance;
                glyph.x -= part_start;
                part.glyphs.push(glyph);
            }
        }
        parts
    }
}

fn places(pieces: &[Piece<'_>]) -> Vec<f32> {
    let mut x = 0.0;
    let mut places = Vec::with_capacity(pieces.len());
    for (at, piece) in pieces.iter().enumerate() {
        x += at.checked_sub(1).map_or(0.0, |before| gap(&pieces[before], piece));
        places.push(x);
        x += piece.width;
    }
    places
}

/// What stands between two pieces of a line.
fn gap(before: &Piece<'_>, after: &Piece<'_>) -> f32 {
    match (before.blank, after.blank) {
        (Blank::Right, Blank::Left | Blank::Right) | (Blank::Left, Blank::Left) => -HALF,
        (Blank::Right, Blank::None) | (Blank::None, Blank::Left) if after.spaced => 0.0,
        _ if after.spaced => SPACE,
        _ if signs::is_han(before.last) != signs::is_han(after.first)
            && before.last.is_alphanumeric()
            && after.first.is_alphanumeric() =>
        {
            THIN_SPACE
        }
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::super::face::Weight;
    use super::super::{pieces, test_font};

    /// The width of a line, in em. ASCII is half an em wide, all else one.
    fn check(text: &str, want: f32) {
        let fonts = test_font::fonts();
        let text = pieces::read(&fonts, text, Weight::Regular).unwrap();
        let width = text.extent(0, text.pieces.len()).1;
        assert!((width - want).abs() < 1e-4, "{width} is not {want}");
    }

    #[test]
    fn punctuation_is_as_wide_as_its_neighbours_allow() {
        check("中文", 2.0);
        check("中，文", 3.0);
        check("中文，", 2.5);
        check("《中文》", 3.0);
        check("中“文”，中", 5.5);
        check("中（《文》）中", 6.0);
        check("：", 0.5);
    }

    #[test]
    fn letters_keep_off_chinese_characters() {
        check("中ab文", 3.2);
        check("中 ab 文", 3.5);
        check("中，ab", 3.0);
        check("中， ab", 3.0);
        check("ab cd", 2.25);
    }

    #[test]
    fn what_no_font_has_leaves_no_gap() {
        check("中🎉文", 2.0);
        check("ab 🎉 cd", 2.25);
        check("ab 🎉!", 1.5);
        check("中 🎉！", 1.5);
        check("🎉", 0.0);
        check("שלום ab", 1.0);
    }
}
