//! The files of a large blog besides its catalogue: entries, paths and facets, each small, so that
//! a reader loads what is looked at and no more (`model::catalogue` says what each is for).

use anyhow::Context;
use rayon::prelude::*;

use super::file::{Files, sha256};
use crate::facets::Facets;
use crate::model::catalogue::{HASH, SMALL, bare, fnv};
use crate::model::{Catalogue, Entries, Entry, Parts, Paths, SCHEMA};

/// Posts in a file of entries, at least: a page of a filtered list, or of what a search found,
/// needs a file for nearly each of its posts.
const LEAST: u32 = 8;

/// Files of entries, at most: the catalogue holds five bytes of each.
const MOST_FILES: u32 = 4096;

/// Paths in a file of them, about.
const PATHS: usize = 128;

/// The catalogue as the browser loads it, and the files of what it leaves out. Small blogs stay
/// whole.
pub fn split(catalogue: &Catalogue, facets: &Facets) -> anyhow::Result<(Catalogue, Files)> {
    let mut files = Files::new();
    let mut shipped = catalogue.clone();
    if catalogue.posts.len() <= SMALL {
        return Ok((shipped, files));
    }
    let size = size(catalogue.total);
    let facets = facets.write();
    let facets_file = format!("data/facets-{}.bin", &sha256(&facets)[..16]);
    files.insert(facets_file.clone(), facets);
    let mut parts = Parts {
        size,
        facets: facets_file,
        entries: entries(catalogue, size, &mut files)?,
        ..Parts::default()
    };
    parts.paths = paths(catalogue, &mut files)?;
    let first = catalogue.total.saturating_sub(catalogue.site.page_size);
    shipped.posts.retain(|post| post.pinned || post.id >= first);
    shipped.redirects.clear();
    shipped.parts = Some(parts);
    Ok((shipped, files))
}

fn size(total: u32) -> u32 {
    let mut size = LEAST;
    while total.div_ceil(size) > MOST_FILES {
        size *= 2;
    }
    size
}

fn entries(catalogue: &Catalogue, size: u32, files: &mut Files) -> anyhow::Result<String> {
    let posts: Vec<&Entry> = catalogue.posts.iter().rev().collect();
    let made: Vec<Vec<u8>> = posts
        .par_chunks(size as usize)
        .map(|posts| {
            let posts = posts.iter().map(|post| (*post).clone()).collect();
            let entries = Entries { schema: SCHEMA, posts };
            serde_json::to_vec(&entries).context("can't write entries as JSON")
        })
        .collect::<anyhow::Result<_>>()?;
    Ok(named("entries", made, files))
}

fn paths(catalogue: &Catalogue, files: &mut Files) -> anyhow::Result<String> {
    let count = (catalogue.posts.len() + catalogue.redirects.len()).div_ceil(PATHS);
    let mut made = vec![Paths { schema: SCHEMA, ..Paths::default() }; count];
    let of = |path: &str| fnv(bare(path)) as usize % count;
    for post in &catalogue.posts {
        made[of(&post.path)].posts.push((post.path.clone(), post.data.clone()));
    }
    for (old, new) in &catalogue.redirects {
        made[of(old)].redirects.push((old.clone(), new.clone()));
    }
    let mut json = Vec::new();
    for mut paths in made {
        paths.posts.sort();
        json.push(serde_json::to_vec(&paths).context("can't write paths as JSON")?);
    }
    Ok(named("paths", json, files))
}

/// Enters files into the site; their hashes in a row.
fn named(kind: &str, made: Vec<Vec<u8>>, files: &mut Files) -> String {
    let mut hashes = String::new();
    for (number, bytes) in made.into_iter().enumerate() {
        let hash = sha256(&bytes)[..HASH].to_owned();
        files.insert(format!("data/{kind}/{number}-{hash}.json"), bytes);
        hashes += &hash;
    }
    hashes
}
