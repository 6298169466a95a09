//! A picture of each post for the previews of chats and feeds, drawn once and kept in the cache.

use std::path::{Path, PathBuf};

use anyhow::Context;
use rayon::prelude::*;

use super::card::{Card, Design, Fonts, Painter};
use super::compress;
use super::config::Config;
use super::file::{Files, hashed_name, sha256};
use super::library::Library;
use crate::model::{Document, Site};
use crate::tag::{self, Kind};
use crate::words;

/// Changes with how pictures look, so that none of before is taken.
const LOOK: &str = "1";

/// The pictures, and what there is to say about them.
#[derive(Default)]
pub struct Cards {
    /// By their paths.
    pub files: Files,
    /// Why there are none, where there are none.
    pub note: Option<String>,
}

/// Draws a picture for every post and page, and one for the site; enters their paths into the
/// documents and the catalogue. `fonts`: the folder of the pinned ones.
pub fn draw(
    config: &Config,
    library: &mut Library,
    (fonts, icon): (Option<&PathBuf>, &[u8]),
    cache: &Path,
) -> anyhow::Result<Cards> {
    let pinned = fonts.and_then(|folder| Fonts::pinned(folder).ok());
    let Some(fonts) = pinned.or_else(Fonts::system) else {
        let note = "no pictures for previews: there is no font with Chinese characters";
        return Ok(Cards { note: Some(note.to_owned()), ..Cards::default() });
    };
    let design = Design {
        accent: config.theme.accent.clone(),
        paper: config.theme.background.clone(),
        ink: "#2a2622".to_owned(),
    };
    let look = format!("{LOOK}{}{design:?}{}", fonts.name(), sha256(icon));
    let studio = Studio { painter: Painter::new(fonts, &design, icon)?, look, cache };
    std::fs::create_dir_all(cache).with_context(|| format!("can't make {}", cache.display()))?;
    let site = &library.catalogue.site;
    let own = studio.picture(&Card { title: &site.title, ..blank(site) })?;
    let drawn: Vec<(String, Vec<u8>)> = library
        .documents
        .par_iter()
        .map(|(path, document)| Ok((path.clone(), studio.document(library, document)?)))
        .collect::<anyhow::Result<_>>()?;
    let mut files = Files::new();
    let name = hashed_name("og/site", &own, "png");
    library.catalogue.site.card = Some(name.clone());
    files.insert(name, own);
    for (path, picture) in drawn {
        let name = hashed_name(&format!("og/{}", slug(&path)), &picture, "png");
        if let Some(document) = library.documents.get_mut(&path) {
            document.card = Some(crate::text::encode_path(&name));
        }
        files.insert(name, picture);
    }
    Ok(Cards { files, note: None })
}

/// The last part of a path, by which people know a picture among others.
fn slug(path: &str) -> &str {
    let path = path.trim_end_matches('/').trim_end_matches(".html");
    path.rsplit('/').next().unwrap_or(path)
}

fn blank(site: &Site) -> Card<'_> {
    Card { title: "", date: "", tags: &[], site: &site.title, author: &site.author }
}

struct Studio<'a> {
    painter: Painter,
    /// What all pictures have in common.
    look: String,
    cache: &'a Path,
}

impl Studio<'_> {
    fn document(&self, library: &Library, document: &Document) -> anyhow::Result<Vec<u8>> {
        let site = &library.catalogue.site;
        let date = document.date.map(|date| words::of(&site.language).day(date));
        let terms = Kind::Tag.terms(&library.catalogue);
        let label = |key: &String| tag::find(terms, key).map(|at| &*terms[at].label);
        let tags: Vec<&str> = document.tags.iter().filter_map(label).collect();
        self.picture(&Card {
            title: &document.title,
            date: date.as_deref().unwrap_or_default(),
            tags: &tags,
            author: document.author.as_ref().unwrap_or(&site.author),
            ..blank(site)
        })
    }

    /// What was drawn before, else drawn now.
    fn picture(&self, card: &Card<'_>) -> anyhow::Result<Vec<u8>> {
        let key = sha256(format!("{}{card:?}", self.look).as_bytes());
        let path = self.cache.join(format!("{key}.png"));
        compress::cached(&path, || self.painter.paint(card))
    }
}
