//! Pictures that browsers show before they install the blog: the images in `public/screenshots/`,
//! named for what they show (W3C Web App Manifest, `screenshots`).

use std::ops::RangeInclusive;
use std::path::Path;

use serde_json::{Value, json};

use super::diagnostic::Diagnostic;
use super::file::content_type;
use super::library::PublicFiles;
use crate::route::Base;

/// Where they stand in the folder of public files.
const FOLDER: &str = "screenshots/";

/// The types that browsers take.
const TYPES: [&str; 3] = ["image/png", "image/jpeg", "image/webp"];

/// Pixels that each side may have. Chromium leaves out what is smaller or larger, and what is more
/// than 2.3 times as long as it is wide.
const SIDE: RangeInclusive<u32> = 320..=3840;

/// A picture that browsers will show.
#[derive(Debug, PartialEq, Eq)]
pub struct Screenshot {
    /// Below the base.
    pub path: String,
    width: u32,
    height: u32,
}

impl Screenshot {
    /// The picture, or why browsers would not show it.
    fn new(path: &str, size: Option<(u32, u32)>) -> Result<Self, String> {
        if !TYPES.contains(&content_type(path)) {
            return Err("browsers take PNG, JPEG and WebP here".to_owned());
        }
        let Some((width, height)) = size else {
            return Err("it is no image that can be read".to_owned());
        };
        let size = format!("it has {width} × {height} pixels");
        if !SIDE.contains(&width) || !SIDE.contains(&height) {
            let (least, most) = (SIDE.start(), SIDE.end());
            return Err(format!("{size}; browsers take from {least} to {most} for each side"));
        }
        if u64::from(width.max(height)) * 10 > u64::from(width.min(height)) * 23 {
            return Err(format!("{size}; one side may be at most 2.3 times the other"));
        }
        Ok(Screenshot { path: path.to_owned(), width, height })
    }

    /// For desktops or for phones.
    fn form(&self) -> &'static str {
        if self.width > self.height { "wide" } else { "narrow" }
    }

    /// Whether both have the same ratio of sides.
    fn is_alike(&self, other: &Screenshot) -> bool {
        let product = |width: u32, height: u32| u64::from(width) * u64::from(height);
        product(self.width, other.height) == product(other.width, self.height)
    }

    /// The name of the file without what only orders it: `2 文章.png` is 文章.
    fn label(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let label = stem.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-' || c == ' ');
        if label.is_empty() { stem } else { label }
    }

    /// The entry in the web manifest.
    pub fn entry(&self, base: &Base) -> Value {
        json!({
            "src": base.href(&self.path),
            "sizes": format!("{}x{}", self.width, self.height),
            "type": content_type(&self.path),
            "form_factor": self.form(),
            "label": self.label(),
        })
    }
}

/// Those that browsers will show, in the order of their names.
pub fn of(public: &PublicFiles) -> Vec<Screenshot> {
    judged(public).filter_map(|(_, found)| found.ok()).collect()
}

/// What browsers would not show, or show only in part.
pub fn check(folder: &Path, public: &PublicFiles) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut first: Vec<Screenshot> = Vec::new();
    for (path, found) in judged(public) {
        let file = folder.join(path);
        match found {
            Err(why) => problems.push(
                Diagnostic::file_warning(&file, format!("no browser shows this screenshot: {why}"))
                    .help("replace it, or move it out of `screenshots/`"),
            ),
            Ok(one) => match first.iter().find(|other| other.form() == one.form()) {
                None => first.push(one),
                Some(other) if other.is_alike(&one) => {}
                Some(other) => {
                    let message = format!(
                        "browsers leave out this screenshot: its ratio of sides is not that of `{}`",
                        other.path
                    );
                    let help = format!("{} × {} pixels, say", other.width, other.height);
                    problems.push(Diagnostic::file_warning(&file, message).help(help));
                }
            },
        }
    }
    problems
}

fn judged(public: &PublicFiles) -> impl Iterator<Item = (&str, Result<Screenshot, String>)> {
    let mine = public.iter().filter(|(path, _)| path.starts_with(FOLDER));
    mine.map(|(path, size)| (path.as_str(), Screenshot::new(path, *size)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn public(files: &[(&str, Option<(u32, u32)>)]) -> PublicFiles {
        files.iter().map(|(path, size)| ((*path).to_owned(), *size)).collect()
    }

    #[test]
    fn entries_say_what_browsers_ask() {
        let found = of(&public(&[
            ("images/a.png", Some((400, 800))),
            ("screenshots/1 首页.png", Some((390, 844))),
            ("screenshots/wide.webp", Some((1280, 800))),
        ]));
        let entries: Vec<Value> = found.iter().map(|one| one.entry(&Base::new("/blog/"))).collect();
        let narrow = json!({
            "src": "/blog/screenshots/1%20%E9%A6%96%E9%A1%B5.png", "sizes": "390x844",
            "type": "image/png", "form_factor": "narrow", "label": "首页",
        });
        let wide = json!({
            "src": "/blog/screenshots/wide.webp", "sizes": "1280x800",
            "type": "image/webp", "form_factor": "wide", "label": "wide",
        });
        assert_eq!(entries, [narrow, wide]);
    }

    #[test]
    fn what_browsers_leave_out_is_told() {
        let files = public(&[
            ("screenshots/a.svg", Some((400, 800))),
            ("screenshots/b.png", None),
            ("screenshots/c.png", Some((100, 200))),
            ("screenshots/d.png", Some((400, 1000))),
            ("screenshots/e.png", Some((400, 800))),
            ("screenshots/f.png", Some((800, 1600))),
            ("screenshots/g.png", Some((400, 801))),
            ("screenshots/h.png", Some((800, 400))),
        ]);
        let told: Vec<String> =
            check(Path::new("public"), &files).iter().map(|one| one.message.clone()).collect();
        let expected = [
            "no browser shows this screenshot: browsers take PNG, JPEG and WebP here",
            "no browser shows this screenshot: it is no image that can be read",
            "no browser shows this screenshot: it has 100 × 200 pixels; browsers take from 320 to 3840 for each side",
            "no browser shows this screenshot: it has 400 × 1000 pixels; one side may be at most 2.3 times the other",
            "browsers leave out this screenshot: its ratio of sides is not that of `screenshots/e.png`",
        ];
        assert_eq!(told, expected);
        let shown: Vec<_> = of(&files).into_iter().map(|one| one.path).collect();
        assert_eq!(shown, ["e", "f", "g", "h"].map(|name| format!("screenshots/{name}.png")));
    }
}
