//! A font of the system, where the pinned ones can't be had.

use fontdb::{Database, Family, Query, Weight};

use super::face::Face;

/// Families with Chinese characters: serifs first, as the site has them in its headings.
const FAMILIES: [&str; 15] = [
    "Source Han Serif CN",
    "Source Han Serif SC",
    "Noto Serif CJK SC",
    "Noto Serif SC",
    "Songti SC",
    "STSong",
    "PingFang SC",
    "Hiragino Sans GB",
    "Source Han Sans SC",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Microsoft YaHei",
    "SimSun",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
];

/// The first of the families that is there and can be read, with its name.
pub(super) fn face() -> Option<(&'static str, Face)> {
    let mut fonts = Database::new();
    fonts.load_system_fonts();
    FAMILIES.iter().find_map(|family| {
        let file = |weight| {
            let families = &[Family::Name(family)];
            let id = fonts.query(&Query { families, weight, ..Query::default() })?;
            fonts.with_face_data(id, |bytes, index| (bytes.to_vec(), index))
        };
        let face = Face::pair(file(Weight::NORMAL)?, file(Weight::BOLD)?)?;
        face.has('文').then_some((*family, face))
    })
}
