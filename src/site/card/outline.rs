//! The outline of a glyph in the pixels of a picture.

use ab_glyph_rasterizer::{Point, Rasterizer, point};
use harfrust::font::glyph::outline::PathSink;

/// An outline, moved to its place; the picture's `y` points down.
pub(super) struct Outline {
    /// Where the glyph's own zero is.
    origin: Point,
    /// The first point of the contour, and the last one so far.
    first: Point,
    last: Point,
    lines: Vec<Line>,
    /// The corners of a box around all points.
    low: Point,
    high: Point,
}

enum Line {
    Straight(Point, Point),
    Quadratic(Point, Point, Point),
    Cubic(Point, Point, Point, Point),
}

/// In pixels. A larger glyph is one of a damaged font.
const LARGEST: f32 = 4096.0;

impl Outline {
    pub(super) fn new(x: f32, baseline: f32) -> Self {
        let none = point(0.0, 0.0);
        let (low, high) = (point(f32::MAX, f32::MAX), point(f32::MIN, f32::MIN));
        Outline { origin: point(x, baseline), first: none, last: none, lines: vec![], low, high }
    }

    /// How much of each pixel it covers, from 0 to 1: the pixels' `x`, `y`, and the cover.
    pub(super) fn cover(&self, mut pixel: impl FnMut(i32, i32, f32)) {
        let (left, top) = (self.low.x.floor(), self.low.y.floor());
        let (width, height) = (self.high.x.ceil() - left, self.high.y.ceil() - top);
        let fits = |length: f32| (0.0..LARGEST).contains(&length);
        if !fits(width) || !fits(height) {
            return;
        }
        let mut raster = Rasterizer::new(width as usize + 1, height as usize + 1);
        let near = |at: &Point| point(at.x - left, at.y - top);
        for line in &self.lines {
            match line {
                Line::Straight(a, b) => raster.draw_line(near(a), near(b)),
                Line::Quadratic(a, b, c) => raster.draw_quad(near(a), near(b), near(c)),
                Line::Cubic(a, b, c, d) => raster.draw_cubic(near(a), near(b), near(c), near(d)),
            }
        }
        let (left, top) = (left as i32, top as i32);
        raster.for_each_pixel_2d(|x, y, cover| pixel(left + x as i32, top + y as i32, cover));
    }

    /// A point of the glyph at its place in the picture.
    fn place(&mut self, x: f32, y: f32) -> Point {
        let at = point(self.origin.x + x, self.origin.y - y);
        self.low = point(self.low.x.min(at.x), self.low.y.min(at.y));
        self.high = point(self.high.x.max(at.x), self.high.y.max(at.y));
        at
    }
}

impl PathSink for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.close();
        self.first = self.place(x, y);
        self.last = self.first;
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let end = self.place(x, y);
        self.lines.push(Line::Straight(self.last, end));
        self.last = end;
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let (bend, end) = (self.place(cx, cy), self.place(x, y));
        self.lines.push(Line::Quadratic(self.last, bend, end));
        self.last = end;
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        let (a, b, end) = (self.place(ax, ay), self.place(bx, by), self.place(x, y));
        self.lines.push(Line::Cubic(self.last, a, b, end));
        self.last = end;
    }

    fn close(&mut self) {
        if self.last != self.first {
            self.lines.push(Line::Straight(self.last, self.first));
            self.last = self.first;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sum of what a box covers.
    fn area(left: f32, low: f32, right: f32, high: f32) -> f32 {
        let mut outline = Outline::new(10.0, 20.0);
        outline.move_to(left, low);
        outline.line_to(left, high);
        outline.line_to(right, high);
        outline.line_to(right, low);
        outline.close();
        let mut sum = 0.0;
        outline.cover(|x, y, cover| {
            let within = (9 + left as i32..=11 + right as i32).contains(&x);
            assert!(cover == 0.0 || within && (0..=21).contains(&y), "{x} {y} {cover}");
            sum += cover;
        });
        sum
    }

    #[test]
    fn pixels_are_covered_by_their_share() {
        assert!((area(0.0, 0.0, 4.0, 5.0) - 20.0).abs() < 1e-3);
        assert!((area(0.25, -0.5, 1.5, 1.25) - 2.1875).abs() < 1e-3);
        assert!((area(-5.5, 0.0, -5.0, 8.0) - 4.0).abs() < 1e-3);
    }

    #[test]
    fn an_outline_beyond_measure_is_left_out() {
        assert_eq!(area(0.0, 0.0, 1e9, 5.0), 0.0);
        assert_eq!(area(0.0, 0.0, f32::NAN, f32::INFINITY), 0.0);
        let mut empty = 0;
        Outline::new(1.0, 1.0).cover(|_, _, _| empty += 1);
        assert_eq!(empty, 0);
    }
}
