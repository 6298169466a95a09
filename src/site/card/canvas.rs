//! The pixels of a picture, each a place in its palette.

use anyhow::{Context, anyhow};

use super::outline::Outline;
use super::palette::{Ink, Palette};

/// A picture in the making.
#[derive(Clone)]
pub(super) struct Canvas {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
}

impl Canvas {
    /// Blank paper.
    pub(super) fn new(width: u32, height: u32) -> Self {
        Canvas { width, height, pixels: vec![0; width as usize * height as usize] }
    }

    /// Fills a rectangle with a colour of the palette.
    pub(super) fn rectangle(&mut self, at: (u32, u32), size: (u32, u32), ink: Ink) {
        let Some(colour) = ink.at(1.0) else { return };
        let row = vec![colour; size.0 as usize];
        self.copy(&row.repeat(size.1 as usize), at, size.0);
    }

    /// Copies a picture onto this one, line by line of `width` pixels.
    pub(super) fn copy(&mut self, pixels: &[u8], at: (u32, u32), width: u32) {
        for (y, row) in (at.1..self.height).zip(pixels.chunks_exact(width.max(1) as usize)) {
            let start = (y * self.width + at.0) as usize;
            let room = self.width.saturating_sub(at.0).min(width) as usize;
            self.pixels[start..start + room].copy_from_slice(&row[..room]);
        }
    }

    /// Fills an outline on blank paper.
    pub(super) fn fill(&mut self, outline: &Outline, ink: Ink) {
        let (width, height) = (self.width as i32, self.height as i32);
        outline.cover(|x, y, cover| {
            if let Some(colour) = ink.at(cover)
                && (0..width).contains(&x)
                && (0..height).contains(&y)
            {
                // Where two letters touch, the darker of them shows.
                let pixel = &mut self.pixels[(y * width + x) as usize];
                *pixel = colour.max(*pixel);
            }
        });
    }

    /// The picture as a PNG file.
    pub(super) fn png(&self, palette: &Palette) -> anyhow::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width, self.height);
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_palette(palette.bytes());
        // The neighbours of a place in a palette say nothing about it.
        encoder.set_filter(png::Filter::NoFilter);
        encoder.set_deflate_compression(png::DeflateCompression::Level(LEVEL));
        let mut writer = encoder.write_header().context("can't write the picture's head")?;
        writer.write_image_data(&self.pixels).map_err(|e| anyhow!("can't write a picture: {e}"))?;
        writer.finish().context("can't write the picture's end")?;
        Ok(bytes)
    }
}

/// Of 9.
const LEVEL: u8 = 5;
