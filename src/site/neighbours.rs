//! What a post leads on to: the posts before and after it, its series, its translations, and those
//! on the same things. All of it is in the document, so that a post's page needs no other post.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::library::Library;
use super::memo::Memo;
use super::related::{self, Counted, Source};
use crate::model::{Catalogue, Document, Entry, Link, Series};
use crate::tag;

/// Related posts below a post.
const RELATED: usize = 4;

/// Enters the neighbours of every post into its document.
pub fn connect(library: &mut Library, counts: &Memo<Counted>) {
    let posts = &library.catalogue.posts;
    let related = related_posts(library, counts);
    let series = series(library);
    let mut connected = Vec::new();
    for (at, post) in posts.iter().enumerate() {
        let newer = at.checked_sub(1).and_then(|at| posts.get(at)).map(link);
        let older = posts.get(at + 1).map(link);
        let related: Vec<Link> =
            related[at].iter().filter_map(|at| posts.get(*at)).map(link).collect();
        let series = library.series.get(&post.path).and_then(|name| series.get(name)).cloned();
        connected.push((post.path.clone(), newer, older, related, series));
    }
    for (path, newer, older, related, series) in connected {
        if let Some(document) = library.documents.get_mut(&path) {
            *document = Document { newer, older, related, series, ..std::mem::take(document) };
        }
    }
    translate(library);
}

/// Enters into each text where its translations are, in the order of their languages.
fn translate(library: &mut Library) {
    let mut groups: BTreeMap<&String, Vec<Link>> = BTreeMap::new();
    for (path, key) in &library.translations {
        let Some(document) = library.documents.get(path) else { continue };
        let (title, language) = (document.title.clone(), document.language.clone());
        groups.entry(key).or_default().push(Link { path: path.clone(), title, language });
    }
    for group in groups.values_mut() {
        group.sort_by(|a, b| a.language.cmp(&b.language));
        for own in group.iter() {
            let others = group.iter().filter(|other| other.path != own.path).cloned();
            if let Some(document) = library.documents.get_mut(&own.path) {
                document.translations = others.collect();
            }
        }
    }
}

fn link(post: &Entry) -> Link {
    let (path, title) = (post.path.clone(), post.title.clone());
    Link { path, title, language: post.language.clone() }
}

/// Every series with its parts, the oldest first.
fn series(library: &Library) -> BTreeMap<String, Series> {
    let mut all: BTreeMap<String, Series> = BTreeMap::new();
    for post in library.catalogue.posts.iter().rev() {
        if let Some(name) = library.series.get(&post.path) {
            let series = all.entry(name.clone()).or_default();
            series.name.clone_from(name);
            series.parts.push(link(post));
        }
    }
    all
}

fn related_posts(library: &Library, counts: &Memo<Counted>) -> Vec<Vec<usize>> {
    let catalogue = &library.catalogue;
    let texts: Vec<(Vec<u32>, Vec<u32>, String)> = catalogue
        .posts
        .par_iter()
        .map(|post| {
            let sections = library.sections.get(&post.path).map_or(&[] as &[_], Vec::as_slice);
            let text: Vec<&str> =
                sections.iter().flat_map(|part| [&*part.heading, &*part.text]).collect();
            let (tags, categories) =
                (places(catalogue, true, post), places(catalogue, false, post));
            (tags, categories, text.join("\n"))
        })
        .collect();
    let sources: Vec<Source<'_>> = catalogue
        .posts
        .iter()
        .zip(&texts)
        .map(|(post, (tags, categories, text))| Source {
            tags,
            category: categories,
            series: library.series.get(&post.path).map(String::as_str),
            title: &post.title,
            text,
            language: post.language.as_deref().unwrap_or(&catalogue.site.language),
        })
        .collect();
    related::related(&sources, RELATED, counts)
}

fn places(catalogue: &Catalogue, tags: bool, post: &Entry) -> Vec<u32> {
    let (terms, keys) = match tags {
        true => (&catalogue.tags, &post.tags),
        false => (&catalogue.categories, &post.categories),
    };
    keys.iter().filter_map(|key| tag::find(terms, key)).map(|at| at as u32).collect()
}
