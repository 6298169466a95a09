//! The site's icon, small and with round corners, as its installed app has them.

use anyhow::Context;
use resvg::tiny_skia::{Color, FillRule, Mask, PathBuilder, Pixmap, PixmapPaint, Transform};
use resvg::usvg;

use super::palette::Colour;

/// How far the corner's curve is bent: the usual approach of a quarter of a circle by a cubic.
const BEND: f32 = 0.552_284_8;

/// The pixels of the icon on the paper, line by line.
pub(super) fn draw(svg: &[u8], size: u32, paper: Colour) -> anyhow::Result<Vec<Colour>> {
    let tree = usvg::Tree::from_data(svg, &usvg::Options::default())
        .context("the icon is not a drawing that can be read")?;
    let pixmap = || Pixmap::new(size, size).context("no memory for the icon");
    let (mut icon, mut picture) = (pixmap()?, pixmap()?);
    let (width, height) = (tree.size().width(), tree.size().height());
    let scale = size as f32 / width.max(height);
    let shift = |length: f32| (size as f32 - length * scale) / 2.0;
    let fit = Transform::from_scale(scale, scale).post_translate(shift(width), shift(height));
    resvg::render(&tree, fit, &mut icon.as_mut());
    let mut mask = Mask::new(size, size).context("no memory for the icon")?;
    let corners = round_square(size as f32, size as f32 * 0.17).context("the icon is too small")?;
    mask.fill_path(&corners, FillRule::Winding, true, Transform::identity());
    picture.fill(Color::from_rgba8(paper[0], paper[1], paper[2], u8::MAX));
    let (paint, here) = (PixmapPaint::default(), Transform::identity());
    picture.draw_pixmap(0, 0, icon.as_ref(), &paint, here, Some(&mask));
    Ok(picture.pixels().iter().map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]).collect())
}

fn round_square(size: f32, radius: f32) -> Option<resvg::tiny_skia::Path> {
    let mut path = PathBuilder::new();
    let (near, far, bend) = (radius, size - radius, radius * (1.0 - BEND));
    path.move_to(near, 0.0);
    path.line_to(far, 0.0);
    path.cubic_to(size - bend, 0.0, size, bend, size, near);
    path.line_to(size, far);
    path.cubic_to(size, size - bend, size - bend, size, far, size);
    path.line_to(near, size);
    path.cubic_to(bend, size, 0.0, size - bend, 0.0, far);
    path.line_to(0.0, near);
    path.cubic_to(0.0, bend, bend, 0.0, near, 0.0);
    path.close();
    path.finish()
}
