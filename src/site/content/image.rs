//! Following a post's images to files, and their sizes.

use std::collections::BTreeMap;
use std::ops::Range;

use super::reader::{Reader, folder, join, split};
use crate::markdown::Href;
use crate::model::Target;
use crate::site::diagnostic::Severity;
use crate::text;

impl Reader<'_> {
    pub(super) fn image(&mut self, href: &Href, written: &str, range: Range<usize>) {
        match self.find_image(href) {
            Ok((path, size)) => {
                self.image_target(href, &path, size);
                self.media.insert(path);
            }
            Err(help) => {
                let message = format!("there is no image `{written}`");
                self.say(Severity::Error, range, message, help);
            }
        }
    }

    pub(super) fn target(&mut self, url: &str) -> &mut Target {
        let new = || Target { url: url.to_owned(), path: None, size: None, remote: false };
        self.targets.entry(url.to_owned()).or_insert_with(new)
    }

    fn image_target(&mut self, href: &Href, path: &str, size: Option<(u32, u32)>) {
        match href {
            Href::Relative(url) => {
                let target = self.target(url);
                // The fragment may say for which colours it is made.
                let fragment = url.find('#').map_or("", |at| &url[at..]);
                target.path = Some(text::encode_path(path) + fragment);
                target.size = size;
            }
            Href::Site(path) if size.is_some() => self.target(&format!("/{path}")).size = size,
            _ => {}
        }
    }

    /// The path of an image below the base, and its size; else what to do.
    fn find_image(&self, href: &Href) -> Result<(String, Option<(u32, u32)>), String> {
        let (Href::Site(path) | Href::Relative(path)) = href else { return Err(String::new()) };
        let decoded = text::decode(split(path).0);
        let decoded = decoded.ok_or("write its letters as they are, without `%`")?;
        let leaves = || "the path leads out of the site; copy the image into public/".to_owned();
        let public = |path: &str| {
            let size = self.index.public.get(path)?;
            Some((path.to_owned(), *size))
        };
        if let Href::Site(_) = href {
            let path = join("", &decoded).ok_or_else(leaves)?;
            return public(&path).ok_or_else(|| self.index.nearest_image(&path, None));
        }
        if let Some(target) = self.index.beside(&self.post.file, &decoded) {
            let size = self.index.media.get(&target).copied().flatten();
            return Ok((target, size));
        }
        let base = self.post.media_subpath.clone().unwrap_or_else(|| folder(&self.post.path));
        let from_page = join(base.trim_matches('/'), &decoded);
        let from_page = from_page.ok_or_else(leaves)?;
        public(&from_page).ok_or_else(|| self.index.nearest_image(&decoded, Some(&self.post.file)))
    }

    /// The `image` of the front matter.
    pub(super) fn picture(&mut self) -> Option<(String, String)> {
        let picture = self.post.image.as_ref()?;
        let range = picture.src.range();
        let href = Href::image(&picture.src.value);
        if !matches!(href, Some(Href::Site(_) | Href::Relative(_))) {
            let message = format!("the image `{}` is not shown", picture.src.value);
            let help = "reading a post asks no other site; copy the image into public/";
            self.say(Severity::Warning, range, message, help);
            return None;
        }
        match self.find_image(&href?) {
            Ok((path, size)) => {
                self.media.insert(path.clone());
                let path = text::encode_path(&path);
                self.target(&format!("/{path}")).size = size;
                Some((path, picture.alt.clone()))
            }
            Err(help) => {
                let message = format!("there is no image `{}`", picture.src.value);
                self.say(Severity::Error, range, message, help);
                None
            }
        }
    }

    /// Sizes that the author set, in proportion where one side is missing.
    pub(super) fn scale(&mut self, written: &BTreeMap<String, (Option<u32>, Option<u32>)>) {
        for (url, wanted) in written {
            let key = match Href::image(url) {
                Some(Href::Site(path)) => format!("/{path}"),
                Some(Href::Relative(url)) => url,
                _ => continue,
            };
            let target = self.target(&key);
            target.size = match (*wanted, target.size) {
                ((Some(width), Some(height)), _) => Some((width, height)),
                ((Some(width), None), Some((w, h))) => Some((width, scaled(h, width, w))),
                ((None, Some(height)), Some((w, h))) => Some((scaled(w, height, h), height)),
                (_, known) => known,
            };
        }
    }
}

fn scaled(side: u32, wanted: u32, known: u32) -> u32 {
    let scaled = u64::from(side) * u64::from(wanted) / u64::from(known.max(1));
    u32::try_from(scaled).unwrap_or(side).max(1)
}
