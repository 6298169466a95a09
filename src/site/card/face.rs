//! One font file: its characters, and words as positioned outlines.
//!
//! All lengths are in em, so that a text is measured once for every size.

use anyhow::{Context, anyhow};
use harfrust::font::glyph::outline::{DrawMemory, DrawOptions, PathSink};
use harfrust::{
    Buffer, BufferFlags, Direction, Feature, Font, GlyphId, GlyphInfo, GlyphPosition, ShapeOptions,
    ShaperFont,
};

use super::outline::Outline;

/// How heavy letters are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

/// A font at both weights.
pub(super) struct Face {
    regular: Font,
    bold: Font,
}

/// One glyph of a text.
#[derive(Clone, Copy)]
pub(super) struct Glyph<'f> {
    font: &'f Font,
    id: GlyphId,
    /// Size of the font's em in the em of the text.
    scale: f32,
    /// From the start of its piece.
    pub(super) x: f32,
    /// Above the baseline.
    y: f32,
    pub(super) advance: f32,
    /// Byte in the piece's text where the signs it stands for begin.
    pub(super) cluster: usize,
}

impl Face {
    /// From the bytes of a variable font, and the weight that is its bold.
    pub(super) fn variable(bytes: Vec<u8>, bold: f32) -> anyhow::Result<Self> {
        let font = Font::new(bytes, 0).context("not a font that can be read")?;
        let at = |weight: f32| font.instance_builder().variations([("wght", weight)]).build();
        Ok(Face { regular: at(400.0), bold: at(bold) })
    }

    /// From the bytes of two files and the places of the fonts in them.
    pub(super) fn pair(regular: (Vec<u8>, u32), bold: (Vec<u8>, u32)) -> Option<Self> {
        let regular = Font::new(regular.0, regular.1)?;
        Some(Face { regular, bold: Font::new(bold.0, bold.1)? })
    }

    fn font(&self, weight: Weight) -> &Font {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }

    /// Whether there is a glyph for the character.
    pub(super) fn has(&self, c: char) -> bool {
        let glyph = |font: &Font| font.charmap().map_unicode(c).is_some();
        glyph(&self.regular) && glyph(&self.bold)
    }

    /// The glyphs of a text in one direction and one script, with kerning and ligatures; the
    /// features are for more than that.
    pub(super) fn shape(
        &self,
        text: &str,
        weight: Weight,
        scale: f32,
        features: &[Feature],
    ) -> anyhow::Result<Vec<Glyph<'_>>> {
        let font = self.font(weight);
        let mut chars = text.chars();
        // Nothing is beside a lone character, so nothing changes its shape or its place.
        if let (Some(c), None) = (chars.next(), chars.next()) {
            return Ok(vec![lone(font, c, scale)]);
        }
        let mut buffer = Buffer::new();
        buffer.push_str(text);
        buffer.set_direction(Direction::LeftToRight);
        buffer.guess_segment_properties();
        buffer.set_flags(BufferFlags::DO_NOT_INSERT_DOTTED_CIRCLE);
        let options = ShapeOptions::new().features(features);
        harfrust::shape(&ShaperFont::new(font), &mut buffer, options)
            .map_err(|error| anyhow!("can't set “{text}”: {error}"))?;
        let em = em(font, scale);
        let mut x = 0.0;
        let shaped = buffer.glyph_infos().iter().zip(buffer.glyph_positions());
        let glyph = |(info, position): (&GlyphInfo, &GlyphPosition)| {
            let advance = position.x_advance as f32 * em;
            let start = x + position.x_offset as f32 * em;
            x += advance;
            let (id, cluster) = (GlyphId::new(info.glyph_id), info.cluster as usize);
            Glyph { font, id, scale, x: start, y: position.y_offset as f32 * em, advance, cluster }
        };
        Ok(shaped.map(glyph).collect())
    }
}

/// The glyph of a text of one character.
fn lone(font: &Font, c: char, scale: f32) -> Glyph<'_> {
    let id = font.charmap().map_unicode(c).unwrap_or_default();
    let advance = font.glyph_metrics().h_advance(id) * em(font, scale);
    Glyph { font, id, scale, x: 0.0, y: 0.0, advance, cluster: 0 }
}

/// A unit of the font in the em of the text.
fn em(font: &Font, scale: f32) -> f32 {
    scale / f32::from(font.units_per_em().max(1))
}

impl Glyph<'_> {
    /// The outline, the piece's start at `x` on the `baseline`; `size` is the length of an em, all
    /// in pixels.
    pub(super) fn outline(&self, x: f32, baseline: f32, size: f32) -> Outline {
        let mut outline = Outline::new(x + self.x * size, baseline - self.y * size);
        // The first glyph of a font is a box for what is missing.
        let glyph = Some(self.id).filter(|id| *id != GlyphId::NOTDEF);
        if let Some(glyph) = glyph.and_then(|id| self.font.outline_glyphs().get(id)) {
            let options = DrawOptions::new().with_ppem(Some(size * self.scale));
            // As much of a damaged one as can be read, as in a browser.
            let _ = glyph.draw(&options, DrawMemory::Scratch, &mut outline);
            outline.close();
        }
        outline
    }
}
