//! Which font a character is taken from.
//!
//! Latin letters come from Source Serif 4, from which those of Source Han Serif were made, but
//! where the pairs of letters keep their kerning; all else comes from Source Han Serif. Both are
//! under the SIL Open Font License. They are packages of npm, at the versions stated here, so that
//! a picture is the same on every machine. Where they can't be had, a font of the system serves.

use std::path::Path;

use super::face::Face;
use super::slices::Slices;
use super::system;

/// The packages of npm with the fonts: name and version.
pub const PACKAGES: [(&str, &str); 2] =
    [("@chinese-fonts/syst", "3.0.0"), ("@fontsource-variable/source-serif-4", "5.3.1")];

/// The style sheets of [`PACKAGES`], inside the package's folder.
const SHEETS: [&str; 2] = ["dist/SourceHanSerifCN/result.css", "wght.css"];

/// The capitals of Source Han Serif are 0.729 em high, those of Source Serif 0.670 em. A little
/// less than that makes up for their being darker than Chinese characters.
const LATIN_SCALE: f32 = 1.06;
/// The weights at which Chinese and Latin look equally bold.
const BOLD: [f32; 2] = [700.0, 640.0];

/// The fonts of all pictures.
pub struct Fonts(Source);

enum Source {
    Pinned { han: Slices, latin: Slices },
    System { face: Face, family: &'static str },
}

impl Fonts {
    /// From a `node_modules` folder with [`PACKAGES`]. Fails where one of them isn't there.
    pub fn pinned(node_modules: &Path) -> anyhow::Result<Self> {
        let open =
            |at: usize| Slices::open(&node_modules.join(PACKAGES[at].0).join(SHEETS[at]), BOLD[at]);
        Ok(Fonts(Source::Pinned { han: open(0)?, latin: open(1)? }))
    }

    /// The best font for Chinese that the system has; `None` where it has none.
    pub fn system() -> Option<Self> {
        system::face().map(|(family, face)| Self::from_face(family, face))
    }

    /// What a cache and a note to the author call them: pinned fonts of one name draw equal
    /// pictures.
    pub fn name(&self) -> String {
        match &self.0 {
            Source::Pinned { .. } => {
                PACKAGES.map(|(package, version)| format!("{package}@{version}")).join(" ")
            }
            Source::System { family, .. } => (*family).to_owned(),
        }
    }

    /// All characters from one font.
    pub(super) fn from_face(family: &'static str, face: Face) -> Self {
        Fonts(Source::System { face, family })
    }

    /// The font with the character, and the size of its em in that of the text. In a `wide`
    /// place, quotation marks, dashes and dots are as wide as a Chinese character.
    pub(super) fn find(&self, c: char, wide: bool) -> anyhow::Result<Option<(&Face, f32)>> {
        let (han, latin) = match &self.0 {
            Source::Pinned { han, latin } => (han, latin),
            Source::System { face, .. } => return Ok(face.has(c).then_some((face, 1.0))),
        };
        let han = || Ok(han.face(c)?.map(|face| (face, 1.0)));
        if wide && let Some(found) = han()? {
            return Ok(Some(found));
        }
        match latin.face(c)? {
            Some(face) => Ok(Some((face, LATIN_SCALE))),
            None => han(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_font;
    use super::*;

    #[test]
    fn latin_and_chinese_come_from_their_own_packages() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Fonts::pinned(folder.path()).is_err());
        test_font::install(folder.path());
        let fonts = Fonts::pinned(folder.path()).unwrap();
        let scale = |c, wide| fonts.find(c, wide).unwrap().map(|(_, scale)| scale);
        assert!(fonts.name().starts_with("@chinese-fonts/syst@"), "{}", fonts.name());
        assert_eq!(test_font::fonts().name(), "boxes");
        assert_eq!(scale('a', false), Some(LATIN_SCALE));
        assert_eq!(scale('字', true), Some(1.0));
        assert_eq!(scale('“', true), Some(1.0));
        assert_eq!(scale('“', false), Some(LATIN_SCALE));
        // The style sheet names it, but its font lacks it.
        assert_eq!(scale('龘', true), None);
        assert_eq!(scale('🎉', false), None);
    }
}
