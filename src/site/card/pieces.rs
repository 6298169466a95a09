//! From words to pieces: what no line may cut, the glyphs of which come from one font or more.

use harfrust::{Feature, Tag};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::face::{Face, Weight};
use super::fonts::Fonts;
use super::signs;
use super::text::{Blank, Piece, Text};

/// More than any line of a picture holds; what comes after isn't looked at.
const LONGEST: usize = 400;

/// Takes a text apart. Characters that no font has are left out, and so are scripts that run from
/// right to left, which the fonts lack.
pub(super) fn read<'f>(fonts: &'f Fonts, text: &str, weight: Weight) -> anyhow::Result<Text<'f>> {
    let clean: String = text.trim().nfc().take(LONGEST).map(signs::plain).collect();
    let mut reader = Reader::new(fonts, weight, clean.chars().any(signs::is_han));
    for word in clean.split_whitespace() {
        reader.word(word)?;
    }
    let Reader { pieces, chinese, shown, lost, .. } = reader;
    Ok(Text::new(pieces, chinese, shown, lost))
}

/// What stands for the rest of a text: in Chinese it is as wide as a character.
pub(super) fn ellipsis(fonts: &Fonts, weight: Weight, chinese: bool) -> anyhow::Result<Text<'_>> {
    let mut reader = Reader::new(fonts, weight, chinese);
    reader.word("…")?;
    Ok(Text::new(reader.pieces, chinese, 0, 0))
}

/// Makes pieces of words.
struct Reader<'f> {
    fonts: &'f Fonts,
    weight: Weight,
    /// Whether the text is Chinese, so that its quotation marks are wide.
    chinese: bool,
    pieces: Vec<Piece<'f>>,
    shown: usize,
    lost: usize,
    /// Whether a space stands before the next piece.
    spaced: bool,
    /// Whether a character of the word is left out.
    gap: bool,
}

impl<'f> Reader<'f> {
    fn new(fonts: &'f Fonts, weight: Weight, chinese: bool) -> Self {
        let pieces = Vec::new();
        Reader { fonts, weight, chinese, pieces, shown: 0, lost: 0, spaced: false, gap: false }
    }

    /// Adds the pieces of what stands between two spaces.
    fn word(&mut self, word: &str) -> anyhow::Result<()> {
        let chars: Vec<char> = word.chars().collect();
        (self.spaced, self.gap) = (!self.pieces.is_empty(), false);
        let (mut start, mut at) = (0, 0);
        while at < chars.len() {
            let mut end = at + 1;
            if signs::is_wide(&chars, at, self.chinese) {
                end = at + signs::same(&chars[at..]);
                self.piece(&chars[start..at], false)?;
                self.piece(&chars[at..end], true)?;
                start = end;
            } else if signs::parts_word(&chars, at) {
                self.piece(&chars[start..end], false)?;
                start = end;
            }
            at = end;
        }
        self.piece(&chars[start..], false)
    }

    /// Adds one piece, if there is anything to be seen of it.
    fn piece(&mut self, chars: &[char], wide: bool) -> anyhow::Result<()> {
        let runs = self.runs(chars, wide)?;
        let mut signs = runs.iter().flat_map(|run| run.text.chars());
        let Some(first) = signs.next() else { return Ok(()) };
        let last = signs.next_back().unwrap_or(first);
        let (mut glyphs, mut width, mut offset) = (Vec::new(), 0.0, 0);
        // In Chinese fonts, quotation marks and dashes are wide unless they are asked not to be.
        let narrow = [Feature::new(Tag::new(b"pwid"), 1, ..)];
        let features = if wide { &[][..] } else { &narrow };
        for run in &runs {
            let start = width;
            for mut glyph in run.face.shape(&run.text, self.weight, run.scale, features)? {
                width += glyph.advance;
                glyph.x += start;
                glyph.cluster += offset;
                glyphs.push(glyph);
            }
            offset += run.text.len();
        }
        // A font of the system may have narrow ones.
        let full = wide && width > 0.9;
        let blank = if full { signs::blank(first) } else { Blank::None };
        let spaced = self.spaced && !signs::hangs(first, self.gap);
        self.pieces.push(Piece { glyphs, width, first, last, spaced, blank });
        self.spaced = false;
        Ok(())
    }

    /// The parts of a piece that have one font each.
    fn runs(&mut self, chars: &[char], wide: bool) -> anyhow::Result<Vec<Run<'f>>> {
        let mut runs: Vec<Run<'f>> = Vec::new();
        let mut marks = 0;
        for c in chars {
            marks = if is_combining_mark(*c) { marks + 1 } else { 0 };
            let found = self.fonts.find(*c, wide)?.filter(|_| !signs::is_rtl(*c));
            match (found, runs.last_mut()) {
                (None, _) => {
                    self.lost += usize::from(c.is_alphanumeric());
                    self.gap = true;
                    continue;
                }
                // A heap of marks would reach into the line above.
                _ if marks > 2 => continue,
                (Some((face, _)), Some(run)) if std::ptr::eq(face, run.face) => run.text.push(*c),
                // A mark of another font than its letter's would stand beside it.
                _ if marks > 0 => continue,
                (Some((face, scale)), _) => runs.push(Run { face, scale, text: c.to_string() }),
            }
            self.shown += usize::from(c.is_alphanumeric());
        }
        Ok(runs)
    }
}

/// A text of one font.
struct Run<'f> {
    face: &'f Face,
    scale: f32,
    text: String,
}
