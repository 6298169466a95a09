//! The few colours of a picture, so that each pixel is one byte.

use anyhow::Context;

/// Red, green and blue.
pub(super) type Colour = [u8; 3];

/// How many steps lead from the paper to a colour of letters. More of them can't be told apart.
pub(super) const STEPS: u8 = 8;

/// The colours of a picture; the first is the paper.
pub(super) struct Palette {
    colours: Vec<Colour>,
}

/// A colour of letters: where in the palette the steps to it begin, and how much of it is used.
#[derive(Clone, Copy)]
pub(super) struct Ink {
    start: u8,
    share: f32,
}

impl Ink {
    /// The place of the colour for a pixel of which this share is covered; `None` for the paper.
    pub(super) fn at(self, cover: f32) -> Option<u8> {
        let step = (cover.clamp(0.0, 1.0) * self.share * f32::from(STEPS)).round() as u8;
        (step > 0).then(|| self.start + step - 1)
    }

    /// The same colour, paler.
    pub(super) fn pale(self, share: f32) -> Self {
        Ink { share, ..self }
    }
}

impl Palette {
    pub(super) fn new(paper: Colour) -> Self {
        Palette { colours: vec![paper] }
    }

    /// The colour behind everything.
    pub(super) fn paper(&self) -> Colour {
        self.colours[0]
    }

    /// Adds the steps from the paper to a colour.
    pub(super) fn ink(&mut self, colour: Colour) -> Ink {
        let start = self.colours.len() as u8;
        let paper = self.colours[0];
        let step = |step| mix(colour, paper, f32::from(step) / f32::from(STEPS));
        self.colours.extend((1..=STEPS).map(step));
        Ink { start, share: 1.0 }
    }

    /// Adds the colours of a drawing, with as few as are left bits per channel as is needed for
    /// them to fit, and gives the place of each of its pixels' colour.
    pub(super) fn add_all(&mut self, pixels: &[Colour], most: usize) -> Vec<u8> {
        for lost in 0..8 {
            let key = |colour: &Colour| colour.map(|channel| channel >> lost);
            let mut keys: Vec<Colour> = pixels.iter().map(key).collect();
            keys.sort_unstable();
            keys.dedup();
            if keys.len() > most {
                continue;
            }
            let start = self.colours.len();
            self.colours.extend(
                keys.iter()
                    .map(|wanted| mean(pixels.iter().filter(|colour| key(colour) == *wanted))),
            );
            let place = |colour| keys.binary_search(&key(colour)).unwrap_or_default();
            return pixels.iter().map(|colour| (start + place(colour)) as u8).collect();
        }
        vec![0; pixels.len()]
    }

    /// All colours, one after another.
    pub(super) fn bytes(&self) -> Vec<u8> {
        self.colours.concat()
    }
}

/// The mean of some colours.
fn mean<'c>(colours: impl Iterator<Item = &'c Colour>) -> Colour {
    let mut sums = [0u32; 3];
    let mut count = 0;
    for colour in colours {
        count += 1;
        for (sum, channel) in sums.iter_mut().zip(colour) {
            *sum += u32::from(*channel);
        }
    }
    sums.map(|sum| (sum / count.max(1)) as u8)
}

/// This share of one colour in another.
fn mix(colour: Colour, paper: Colour, share: f32) -> Colour {
    let channel = |at: usize| {
        let (colour, paper) = (f32::from(colour[at]), f32::from(paper[at]));
        (paper + (colour - paper) * share).round() as u8
    };
    [channel(0), channel(1), channel(2)]
}

/// `#rrggbb` or `#rgb`.
pub(super) fn parse(text: &str) -> anyhow::Result<Colour> {
    let read = || {
        let digits = text.trim().strip_prefix('#')?;
        let digits: Vec<u8> =
            digits.chars().map(|c| c.to_digit(16).map(|d| d as u8)).collect::<Option<_>>()?;
        match digits[..] {
            [r, g, b] => Some([r * 17, g * 17, b * 17]),
            [r, s, g, h, b, c] => Some([r * 16 + s, g * 16 + h, b * 16 + c]),
            _ => None,
        }
    };
    read().with_context(|| format!("“{text}” is not a colour such as #a63d2f"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read() {
        assert_eq!(parse("#a63d2f").unwrap(), [0xA6, 0x3D, 0x2F]);
        assert_eq!(parse("#fA0").unwrap(), [0xFF, 0xAA, 0]);
        for text in ["", "a63d2f", "#a63d2", "#a63d2g", "#红红红"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn steps_lead_from_the_paper_to_the_ink() {
        let mut palette = Palette::new([250, 248, 243]);
        palette.ink([1, 2, 3]);
        let ink = palette.ink([10, 20, 30]);
        let colour = |ink: Ink, cover| ink.at(cover).map(|at| palette.colours[usize::from(at)]);
        assert_eq!(colour(ink, 0.0), None);
        assert_eq!(colour(ink, 1.0), Some([10, 20, 30]));
        assert_eq!(colour(ink, 7.0), Some([10, 20, 30]));
        assert_eq!(colour(ink, 0.5), Some([130, 134, 137]));
        assert_eq!(colour(ink.pale(0.5), 1.0), Some([130, 134, 137]));
        assert_eq!(colour(ink.pale(0.5), 0.01), None);
    }

    #[test]
    fn a_drawing_keeps_its_colours_or_comes_near() {
        let mut palette = Palette::new([0; 3]);
        let few = [[1, 2, 3], [200, 100, 50], [1, 2, 3]];
        let places = palette.add_all(&few, 96);
        let colours = |palette: &Palette, places: Vec<u8>| -> Vec<Colour> {
            places.iter().map(|place| palette.colours[usize::from(*place)]).collect()
        };
        assert_eq!(colours(&palette, places), few);
        let many: Vec<Colour> = (0..=255).map(|c| [c, 255 - c, c / 2]).collect();
        let places = palette.add_all(&many, 96);
        assert!(palette.colours.len() <= 3 + 96);
        for (colour, wanted) in colours(&palette, places).iter().zip(&many) {
            let far = |at: usize| colour[at].abs_diff(wanted[at]);
            assert!((0..3).all(|at| far(at) <= 16), "{colour:?} for {wanted:?}");
        }
    }
}
