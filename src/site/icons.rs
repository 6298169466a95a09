//! The icons of the installed app, all drawn from one SVG.

use anyhow::{Context, anyhow};
use resvg::{tiny_skia, usvg};

use super::file::{Files, hashed_name};

/// Where the icons stand.
#[derive(Clone, Debug)]
pub struct Icons {
    /// 192 pixels.
    pub small: String,
    /// 512 pixels.
    pub large: String,
    /// 512 pixels, its content within the middle 80 % (W3C Manifest, safe zone of `maskable`).
    pub maskable: String,
    /// 180 pixels, for Apple's home screen.
    pub apple: String,
    /// The drawing itself.
    pub svg: String,
    /// All of them.
    pub files: Files,
}

/// Draws the icons. The drawing should fill its square and keep its content in the middle 80 %.
pub fn draw(svg: &[u8]) -> anyhow::Result<Icons> {
    let tree = usvg::Tree::from_data(svg, &usvg::Options::default())
        .context("public/icon.svg is not a drawing that can be read")?;
    let mut files = Files::new();
    let mut add = |stem: &str, bytes: Vec<u8>, extension: &str| {
        let path = hashed_name(&format!("assets/{stem}"), &bytes, extension);
        files.insert(path.clone(), bytes);
        path
    };
    Ok(Icons {
        small: add("icon-192", png(&tree, 192)?, "png"),
        large: add("icon-512", png(&tree, 512)?, "png"),
        maskable: add("icon-maskable", png(&tree, 512)?, "png"),
        apple: add("icon-apple", png(&tree, 180)?, "png"),
        svg: add("icon", svg.to_vec(), "svg"),
        files,
    })
}

fn png(tree: &usvg::Tree, size: u32) -> anyhow::Result<Vec<u8>> {
    let mut pixels = tiny_skia::Pixmap::new(size, size).context("no memory for an icon")?;
    let (width, height) = (tree.size().width(), tree.size().height());
    let scale = size as f32 / width.max(height);
    let shift = |length: f32| (size as f32 - length * scale) / 2.0;
    let transform =
        tiny_skia::Transform::from_scale(scale, scale).post_translate(shift(width), shift(height));
    resvg::render(tree, transform, &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| anyhow!("can't encode an icon: {error}"))
}
