//! The bundle: what the app reads, under names that carry a hash of their content.
//!
//! 1. Every post learns its neighbours; the documents are written.
//! 2. The search index is written (`search_index`).
//! 3. The catalogue is written, and of a large blog its parts (`parts`).

use std::collections::BTreeMap;

use anyhow::Context;
use rayon::prelude::*;

use super::file::{Files, hashed_name, sha256};
use super::library::Library;
use super::memo::{Memo, Memory};
use super::search_index::{self, Part, Source};
use super::{neighbours, parts};
use crate::facets::Facets;
use crate::model::Catalogue;
use crate::model::catalogue::{HASH, bare};
use crate::search::directory::Name;
use crate::tag;

/// The bundle's files, and what is to be known of them.
pub struct Bundle {
    /// All files under `data/`.
    pub files: Files,
    /// The catalogue's file.
    pub catalogue: String,
    /// What is in it.
    pub shipped: Catalogue,
    /// Which posts each tag has.
    pub facets: Facets,
    /// The file of each document, by path.
    pub documents: BTreeMap<String, String>,
    /// The files of lists and of the search besides the catalogue.
    pub parts: Vec<String>,
}

impl Bundle {
    /// What the lists and the search take together, in bytes; for as long as the files are here.
    pub fn lists_size(&self) -> usize {
        self.parts.iter().filter_map(|part| self.files.get(part)).map(Vec::len).sum()
    }
}

/// Names the documents by their content, enters the names into the catalogue, and writes all.
/// `done` hears of each step.
pub fn bundle(
    library: &mut Library,
    memory: &Memory,
    done: &mut dyn FnMut(&'static str),
) -> anyhow::Result<Bundle> {
    neighbours::connect(library, &memory.counts);
    done("neighbours");
    let (mut files, documents) = documents(library)?;
    done("documents");
    let (search, mut others) = search(library, &memory.terms);
    done("search index");
    let facets = Facets::of(&library.catalogue, &library.catalogue.posts);
    library.catalogue.search = search;
    let (shipped, parts) = parts::split(&library.catalogue, &facets)?;
    others.extend(parts);
    let json = serde_json::to_vec(&shipped).context("can't write the catalogue")?;
    let catalogue = hashed_name("data/catalogue", &json, "json");
    files.insert(catalogue.clone(), json);
    let parts = others.keys().cloned().collect();
    done("lists");
    files.extend(others);
    Ok(Bundle { files, catalogue, shipped, facets, documents, parts })
}

/// The files of all documents, and their names by path, which the catalogue learns.
fn documents(library: &mut Library) -> anyhow::Result<(Files, BTreeMap<String, String>)> {
    let made: Vec<(&String, String, Vec<u8>)> = library
        .documents
        .par_iter()
        .map(|(path, document)| {
            let json = serde_json::to_vec(document).context("can't write a post as JSON")?;
            Ok((path, hashed_name(&format!("data/{}", bare(path)), &json, "json"), json))
        })
        .collect::<anyhow::Result<_>>()?;
    let (mut files, mut names) = (Files::new(), BTreeMap::new());
    for (path, name, json) in made {
        names.insert(path.clone(), name.clone());
        files.insert(name, json);
    }
    let name = |path: &str| names.get(path).cloned().unwrap_or_default();
    for post in &mut library.catalogue.posts {
        post.data = name(&post.path);
    }
    for page in &mut library.catalogue.pages {
        page.data = name(&page.path);
    }
    Ok((files, names))
}

/// The search index: the name of its directory, and its files. Nothing for no posts.
fn search(library: &Library, terms: &Memo<Part>) -> (String, Files) {
    let catalogue = &library.catalogue;
    let sources: Vec<Source<'_>> = catalogue
        .posts
        .iter()
        .rev()
        .map(|post| {
            let tags = post.tags.iter().filter_map(|key| tag::find(&catalogue.tags, key));
            Source {
                title: &post.title,
                tags: tags.map(|at| &*catalogue.tags[at].label).collect(),
                sections: library.sections.get(&post.path).map_or(&[], Vec::as_slice),
            }
        })
        .collect();
    let mut files = Files::new();
    if sources.is_empty() {
        return (String::new(), files);
    }
    let built = search_index::build(&sources, terms);
    let mut names: Vec<Name> = Vec::new();
    for (number, shard) in built.shards.iter().enumerate() {
        let digits = &sha256(shard)[..HASH];
        files.insert(format!("data/search/{number}-{digits}.bin"), shard.clone());
        let byte = |at: usize| u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).unwrap_or(0);
        names.push(std::array::from_fn(byte));
    }
    let directory = built.directory(&names);
    let name = hashed_name("data/search/index", &directory, "bin");
    files.insert(name.clone(), directory);
    (name, files)
}
