//! Where everything stands in a picture; all lengths in pixels.

use std::ops::Range;

use super::canvas::Canvas;
use super::face::Weight;
use super::lines::{self, Lines};
use super::palette::Ink;
use super::pieces;
use super::text::Text;
use super::{Card, HEIGHT, Painter, WIDTH};

/// Free at both sides.
pub(super) const MARGIN: u32 = 88;
/// Width of what is between the margins.
pub(super) const MEASURE: u32 = WIDTH - 2 * MARGIN;
/// Length of the icon's sides.
pub(super) const ICON: u32 = 52;
pub(super) const ICON_TOP: u32 = 62;
/// The double rule below the masthead.
pub(super) const RULE_TOP: u32 = 138;

const SITE_SIZE: f32 = 34.0;
const SITE_LEFT: f32 = (MARGIN + ICON + 18) as f32;
const SITE_BASELINE: f32 = 100.0;

/// Between these lines the title stands.
const TITLE_TOP: f32 = 150.0;
const TITLE_BOTTOM: f32 = (HEIGHT - 110) as f32;
/// Sizes of the title, and how many lines it may have at each.
const TITLE_SIZES: [(f32, usize); 7] =
    [(112.0, 1), (92.0, 2), (80.0, 3), (70.0, 3), (62.0, 3), (54.0, 4), (48.0, 4)];
/// From baseline to baseline, in em.
const LEADING: f32 = 1.34;
/// From the top of a Chinese character to its baseline, in em.
const ASCENT: f32 = 0.88;
/// How bad it is to be one pixel smaller, against what [`lines::set`] calls bad.
const SMALLER: f32 = 0.8;

const META_SIZE: f32 = 29.0;
const META_BASELINE: f32 = (HEIGHT - 68) as f32;
/// Between the date and the author.
const PART_GAP: f32 = 32.0;
/// Between tags.
const TAG_GAP: f32 = 24.0;
/// No author and no tag is wider.
const WIDEST: f32 = MEASURE as f32 * 0.4;

/// Where and how a line is drawn.
#[derive(Clone, Copy)]
struct Place {
    x: f32,
    baseline: f32,
    size: f32,
    ink: Ink,
}

impl Painter {
    /// The site's name, beside its icon.
    pub(super) fn masthead(&self, canvas: &mut Canvas, card: &Card<'_>) -> anyhow::Result<()> {
        let room = (WIDTH - MARGIN) as f32 - SITE_LEFT;
        let site = self.fit(card.site, Weight::Bold, SITE_SIZE, room)?;
        let (x, baseline) = (SITE_LEFT, SITE_BASELINE);
        draw(canvas, &site, Place { x, baseline, size: SITE_SIZE, ink: self.ink });
        Ok(())
    }

    pub(super) fn title(&self, canvas: &mut Canvas, card: &Card<'_>) -> anyhow::Result<()> {
        let mut title = pieces::read(&self.fonts, card.title, Weight::Bold)?;
        // Some words out of a title would mislead more than none.
        if title.shown <= 2 * title.lost {
            title = pieces::read(&self.fonts, card.site, Weight::Bold)?;
        }
        let (size, lines) = self.title_lines(&mut title)?;
        let height = size * (1.0 + LEADING * lines.len().saturating_sub(1) as f32);
        // The eye's middle lies above the measured one.
        let top = TITLE_TOP + (TITLE_BOTTOM - TITLE_TOP - height) * 0.47;
        for (number, line) in lines.into_iter().enumerate() {
            let baseline = top + size * (ASCENT + LEADING * number as f32);
            let place = Place { x: MARGIN as f32, baseline, size, ink: self.ink };
            draw_line(canvas, &title, line, place);
        }
        Ok(())
    }

    /// The best size of a title with its lines.
    fn title_lines<'f>(&'f self, title: &mut Text<'f>) -> anyhow::Result<(f32, Lines)> {
        let ways = TITLE_SIZES.into_iter().filter_map(|(size, most)| {
            let (lines, bad) = lines::set(title, MEASURE as f32 / size, most)?;
            Some((bad - SMALLER * size, size, lines))
        });
        if let Some((_, size, lines)) = ways.min_by(|a, b| a.0.total_cmp(&b.0)) {
            return Ok((size, lines));
        }
        let (size, most) = TITLE_SIZES[TITLE_SIZES.len() - 1];
        let ellipsis = pieces::ellipsis(&self.fonts, Weight::Bold, title.chinese)?;
        Ok((size, lines::set_or_cut(title, MEASURE as f32 / size, most, ellipsis)))
    }

    /// The last line: the date and the author at the left, the tags at the right.
    pub(super) fn meta(&self, canvas: &mut Canvas, card: &Card<'_>) -> anyhow::Result<()> {
        let at = |x, ink| Place { x, baseline: META_BASELINE, size: META_SIZE, ink };
        let fit = |text| self.fit(text, Weight::Regular, META_SIZE, WIDEST);
        let mut left = MARGIN as f32;
        for part in [card.date, card.author] {
            let width = draw(canvas, &fit(part)?, at(left, self.soft));
            left += if width > 0.0 { width + PART_GAP } else { 0.0 };
        }
        let sign = fit("#")?;
        let (mut tags, mut room) = (Vec::new(), (WIDTH - MARGIN) as f32 - left);
        for tag in card.tags {
            let text = fit(tag)?;
            let width = (line_width(&sign) + line_width(&text)) * META_SIZE;
            if !text.pieces.is_empty() && width <= room {
                room -= width + TAG_GAP;
                tags.push(text);
            }
        }
        // The room after the last one is of no use.
        let mut x = left + room + TAG_GAP;
        for tag in tags {
            x += draw(canvas, &sign, at(x, self.accent));
            x += draw(canvas, &tag, at(x, self.soft)) + TAG_GAP;
        }
        Ok(())
    }

    /// A text in one line, cut where there is no more room.
    fn fit(&self, text: &str, weight: Weight, size: f32, room: f32) -> anyhow::Result<Text<'_>> {
        let mut text = pieces::read(&self.fonts, text, weight)?;
        let ellipsis = pieces::ellipsis(&self.fonts, weight, text.chinese)?;
        lines::set_or_cut(&mut text, room / size, 1, ellipsis);
        Ok(text)
    }
}

/// Width of a text in one line, in em.
fn line_width(text: &Text<'_>) -> f32 {
    text.extent(0, text.pieces.len()).1
}

/// Draws a text in one line and gives its width.
fn draw(canvas: &mut Canvas, text: &Text<'_>, place: Place) -> f32 {
    draw_line(canvas, text, 0..text.pieces.len(), place);
    line_width(text) * place.size
}

/// Draws some pieces of a text. On whole pixels, letters are sharper and the file is smaller.
fn draw_line(canvas: &mut Canvas, text: &Text<'_>, line: Range<usize>, place: Place) {
    let Place { x, baseline, size, ink } = place;
    let (start, _) = text.extent(line.start, line.end);
    for (piece, at) in text.pieces[line.clone()].iter().zip(&text.places[line]) {
        let left = (x + (at - start) * size).round();
        for glyph in &piece.glyphs {
            canvas.fill(&glyph.outline(left, baseline.round(), size), ink);
        }
    }
}
