//! The picture of a post that chats and feeds show with its link (Open Graph), as PNG.
//!
//! 1. [`Fonts`] finds the fonts: pinned packages, else one of the system.
//! 2. [`Painter::new`] draws what all pictures share: paper, icon, rules.
//! 3. [`Painter::paint`] takes each text apart into `pieces` of a `text`, ends its `lines`, puts
//!    them in their places (`layout`) and fills the `outline` of each glyph on the `canvas`.
//!
//! Equal input gives equal bytes. What no font can show, emoji among them, is left out; where that
//! is a third of a title or more, the site's name stands in its place.

mod canvas;
mod face;
mod fonts;
mod icon;
mod layout;
mod lines;
mod outline;
mod palette;
mod pieces;
mod signs;
mod slices;
mod system;
#[cfg(test)]
mod test_font;
mod text;

use anyhow::Context;

use canvas::Canvas;
pub use fonts::{Fonts, PACKAGES};
use layout::{ICON, ICON_TOP, MARGIN, MEASURE, RULE_TOP};
use palette::{Ink, Palette};

/// Width of a picture in pixels.
pub const WIDTH: u32 = 1200;
/// Height of a picture in pixels.
pub const HEIGHT: u32 = 630;

/// Colours as `#rrggbb`.
#[derive(Clone, Debug)]
pub struct Design {
    /// Of the signs before tags.
    pub accent: String,
    /// Behind everything.
    pub paper: String,
    /// Of the letters.
    pub ink: String,
}

/// What a picture says.
#[derive(Clone, Copy, Debug)]
pub struct Card<'a> {
    /// Of the post, as plain text.
    pub title: &'a str,
    /// As readers see it: `2026年1月4日`; empty for none.
    pub date: &'a str,
    /// The first of them, as many as there is room for, are shown.
    pub tags: &'a [&'a str],
    /// The site's name.
    pub site: &'a str,
    /// Empty for none.
    pub author: &'a str,
}

/// Paints pictures, from any number of threads.
pub struct Painter {
    fonts: Fonts,
    palette: Palette,
    ink: Ink,
    soft: Ink,
    accent: Ink,
    background: Canvas,
}

impl Painter {
    /// Draws what all pictures share.
    pub fn new(fonts: Fonts, design: &Design, icon_svg: &[u8]) -> anyhow::Result<Self> {
        let mut palette = Palette::new(palette::parse(&design.paper).context("the paper")?);
        let ink = palette.ink(palette::parse(&design.ink).context("the ink")?);
        let accent = palette.ink(palette::parse(&design.accent).context("the accent")?);
        let mut background = Canvas::new(WIDTH, HEIGHT);
        let icon = palette.add_all(&icon::draw(icon_svg, ICON, palette.paper())?, ICON_COLOURS);
        background.copy(&icon, (MARGIN, ICON_TOP), ICON);
        background.rectangle((MARGIN, RULE_TOP), (MEASURE, 3), ink);
        background.rectangle((MARGIN, RULE_TOP + 6), (MEASURE, 1), ink);
        Ok(Painter { fonts, palette, ink, soft: ink.pale(0.75), accent, background })
    }

    /// The picture of a post, as PNG. Fails where a file of the fonts can't be read.
    pub fn paint(&self, card: &Card<'_>) -> anyhow::Result<Vec<u8>> {
        let mut canvas = self.background.clone();
        self.masthead(&mut canvas, card)?;
        self.title(&mut canvas, card)?;
        self.meta(&mut canvas, card)?;
        canvas.png(&self.palette)
    }
}

/// At most so many for the icon, of the 256 that a palette holds.
const ICON_COLOURS: usize = 96;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ICON_SVG: &[u8] = br##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#a63d2f"/></svg>"##;

    fn painter(fonts: Fonts) -> Painter {
        let [accent, paper, ink] = ["#a63d2f", "#faf8f3", "#2a2622"].map(str::to_owned);
        Painter::new(fonts, &Design { accent, paper, ink }, ICON_SVG).unwrap()
    }

    fn card<'a>(title: &'a str, tags: &'a [&'a str]) -> Card<'a> {
        Card { title, date: "2026年1月4日", tags, site: "云上札记", author: "ab" }
    }

    /// The colours of a PNG, three bytes each.
    fn colours(png: &[u8]) -> Vec<[u8; 3]> {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        assert_eq!((info.width, info.height), (WIDTH, HEIGHT));
        pixels.chunks_exact(3).map(|colour| [colour[0], colour[1], colour[2]]).collect()
    }

    #[test]
    fn everything_has_its_place() {
        let painter = painter(test_font::fonts());
        let picture = colours(&painter.paint(&card("中文标题", &["ab"])).unwrap());
        let at = |x: u32, y: u32| picture[(y * WIDTH + x) as usize];
        let (paper, ink, accent) = ([0xFA, 0xF8, 0xF3], [0x2A, 0x26, 0x22], [0xA6, 0x3D, 0x2F]);
        assert_eq!(at(0, 0), paper);
        assert_eq!(at(MARGIN + ICON / 2, ICON_TOP + ICON / 2), accent);
        assert_eq!(at(MARGIN, ICON_TOP), paper, "the icon's corner is round");
        assert_eq!(at(WIDTH - MARGIN - 1, RULE_TOP), ink);
        assert_eq!(at(WIDTH - MARGIN, RULE_TOP), paper);
        let some = |colour, rows: std::ops::Range<u32>| {
            rows.into_iter().any(|y| (0..WIDTH).any(|x| at(x, y) == colour))
        };
        assert!(some(ink, 200..480), "the title is there");
        assert!(!some(ink, 530..HEIGHT), "the last line is paler");
        assert!(some(accent, 530..HEIGHT), "a tag has its sign");
    }

    #[test]
    fn equal_input_gives_equal_bytes_on_all_threads() {
        let folder = tempfile::tempdir().unwrap();
        test_font::install(folder.path());
        let painter = painter(Fonts::pinned(folder.path()).unwrap());
        let paint = || painter.paint(&card("中文ab标题", &["字"])).unwrap();
        let first = paint();
        std::thread::scope(|scope| {
            for thread in [scope.spawn(paint), scope.spawn(paint)] {
                assert!(thread.join().unwrap() == first);
            }
        });
        assert!(painter.paint(&card("中文ab", &["字"])).unwrap() != first);
    }

    #[test]
    fn what_no_font_has_leaves_no_box() {
        let painter = painter(test_font::fonts());
        let check = |title: &str, same: &str| {
            let paint = |title| painter.paint(&card(title, &[])).unwrap();
            assert!(paint(title) == paint(same), "{title} is not {same}");
        };
        check("🎉中文标题🎉", "中文标题");
        check("中\u{200B}文标题\u{FE0F}", "中文标题");
        check("", "云上札记");
        check("🎉", "云上札记");
        check("שלום עולם ab", "云上札记");
    }

    #[test]
    fn colours_and_icons_that_cannot_be_read_are_errors() {
        let design = |paper: &str| {
            let [accent, ink] = ["#a63d2f", "#2a2622"].map(str::to_owned);
            Design { accent, paper: paper.to_owned(), ink }
        };
        let error = |paper, icon| {
            let painter = Painter::new(test_font::fonts(), &design(paper), icon);
            format!("{:#}", painter.err().unwrap())
        };
        assert!(error("white", ICON_SVG).contains("“white” is not a colour"));
        assert!(error("#fff", b"<svg").contains("the icon is not a drawing"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn no_text_is_too_strange(
            title in "(\\PC|[中文，。《》“”（）…— a-z-]|[\u{300}-\u{36F}]|\\s){0,90}",
            tags in prop::collection::vec("\\PC{0,12}", 0..4),
            site in any::<String>(),
        ) {
            let painter = painter(test_font::fonts());
            let tags: Vec<&str> = tags.iter().map(String::as_str).collect();
            let card = Card { title: &title, date: &site, tags: &tags, site: &site, author: &title };
            prop_assert!(painter.paint(&card).is_ok());
        }
    }
}
