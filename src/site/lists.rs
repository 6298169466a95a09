//! The lists of a large blog's files. The release manifest comes with every release, so it names
//! only what every reader needs: the core, what is fetched ahead, the pages of that. All other
//! files are in lists with a hash in their names, which the worker fetches when one of their files
//! is asked for; so a change costs the manifest and the few lists that it concerns.
//!
//! A list holds the full SHA-256 of each file. The 64 bits in a file's name would do against
//! accidents, but for 32 bytes a file nobody has to ask whether they do against more.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context;
use serde::Serialize;

use super::file::{Files, content_type, hashed_name, sha256};
use super::release::{Entry, Set};
use crate::route::page_file;

/// Up to so many files a manifest names all.
const SMALL: usize = 128;

/// Files in a list, at most on average.
const LISTED: usize = 128;

/// How paths begin that have lists of their own. Pages of lists change with nearly every post, so
/// they stand apart from posts, which don't. The last one is for all others.
const STARTS: [&str; 7] =
    ["page/", "tags/", "categories/", "archive/", "data/entries/", "data/search/", ""];

/// Digits of the hash in a name.
const DIGITS: usize = 16;

/// SHA-256 and size of a list.
pub type Listed = (String, usize);

/// What a manifest says of the files that it does not name.
#[derive(Debug, Default)]
pub struct Lists {
    /// The lists by how the paths in them begin; the first that fits counts.
    pub of: Vec<(&'static str, Vec<Listed>)>,
    /// How the names in them end.
    pub endings: BTreeSet<String>,
    /// The bundles of what the manifest itself names.
    pub bundles: Vec<Bundle>,
    /// The lists and all bundles.
    pub files: Files,
}

/// Files in one, so that many are had with one request: a byte before each, one at the end.
#[derive(Clone, Debug, Serialize)]
pub struct Bundle {
    path: String,
    sha256: String,
    size: usize,
    #[serde(rename = "type")]
    media_type: &'static str,
}

#[derive(Serialize)]
struct List<'a> {
    files: BTreeMap<String, &'a Entry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    bundles: Vec<Bundle>,
}

/// The path of the list with this hash.
pub fn path(sha256: &str) -> String {
    format!("data/list-{}.json", &sha256[..DIGITS])
}

/// Splits a release's files into those that the manifest names and the lists of the others, and
/// bundles both.
pub fn split(
    entries: BTreeMap<String, Entry>,
    files: &Files,
) -> anyhow::Result<(BTreeMap<String, Entry>, Lists)> {
    let (named, mut lists) = listed(entries, files)?;
    lists.bundles = lists.bundle(named.iter(), files);
    Ok((named, lists))
}

fn listed(
    entries: BTreeMap<String, Entry>,
    files: &Files,
) -> anyhow::Result<(BTreeMap<String, Entry>, Lists)> {
    let ahead = entries.values().filter(|entry| entry.set == Set::Ahead);
    let pages: BTreeSet<String> =
        ahead.filter_map(|entry| entry.doc.as_deref()).map(page_file).collect();
    let is_listed = |path: &str, entry: &Entry| {
        entry.set == Set::Demand && !pages.contains(path) && is_found_by_document(path, entry)
    };
    let (rest, named): (BTreeMap<_, _>, BTreeMap<_, _>) =
        entries.into_iter().partition(|(path, entry)| is_listed(path, entry));
    if rest.len() <= SMALL {
        return Ok((rest.into_iter().chain(named).collect(), Lists::default()));
    }
    let endings = rest.keys().map(|path| ending(path).to_owned()).collect();
    let mut lists = Lists { endings, ..Lists::default() };
    for start in STARTS {
        let mine: Vec<_> = rest.iter().filter(|(path, _)| start_of(path) == start).collect();
        if !mine.is_empty() {
            let listed = lists.write(&mine, files)?;
            lists.of.push((start, listed));
        }
    }
    Ok((named, lists))
}

impl Lists {
    /// Writes so many lists that none is large; the subject of a path says which has it.
    fn write(&mut self, mine: &[(&String, &Entry)], files: &Files) -> anyhow::Result<Vec<Listed>> {
        let count = mine.len().div_ceil(LISTED).next_power_of_two();
        let mut made = vec![BTreeMap::new(); count];
        for (path, entry) in mine {
            let at = fnv(subject(path)) as usize % count;
            made[at].insert(shortened(path, &entry.sha256), (*path, *entry));
        }
        let mut listed = Vec::new();
        for found in made {
            let bundles = self.bundle(found.values().copied(), files);
            let files = found.into_iter().map(|(short, (_, entry))| (short, entry)).collect();
            let json = serde_json::to_vec(&List { files, bundles })
                .context("can't write a list of files")?;
            let hash = sha256(&json);
            listed.push((hash.clone(), json.len()));
            self.files.insert(path(&hash), json);
        }
        Ok(listed)
    }

    /// Bundles a list's data files, in its order: JSON, and the parts of the search.
    fn bundle<'a>(
        &mut self,
        mine: impl Iterator<Item = (&'a String, &'a Entry)>,
        files: &Files,
    ) -> Vec<Bundle> {
        let data: Vec<_> = mine.filter(|(path, entry)| is_data(path, entry)).collect();
        let mut bundles = Vec::new();
        for ending in ["json", "bin"] {
            let mut bytes = Vec::new();
            let members = data.iter().filter(|(path, _)| self::ending(path) == ending);
            for (path, _) in members.clone() {
                bytes.push(if bytes.is_empty() { b'[' } else { b',' });
                bytes.extend(files.get(*path).into_iter().flatten());
            }
            if members.count() < 2 {
                continue;
            }
            bytes.push(b']');
            let path = hashed_name("data/bundle", &bytes, ending);
            let media_type = content_type(&path);
            let (sha256, size) = (sha256(&bytes), bytes.len());
            bundles.push(Bundle { path: path.clone(), sha256, size, media_type });
            self.files.insert(path, bytes);
        }
        bundles
    }
}

/// What the worker bundles (`dataFiles`).
fn is_data(path: &str, entry: &Entry) -> bool {
    entry.set != Set::Core && path.starts_with("data/") && !path.starts_with("data/media/")
}

/// The worker looks for a document in the list that its id leads to.
fn is_found_by_document(path: &str, entry: &Entry) -> bool {
    let is_same = |id: &str| start_of(id) == start_of(path) && subject(id) == subject(path);
    entry.doc.as_deref().is_none_or(is_same)
}

fn start_of(path: &str) -> &'static str {
    STARTS.into_iter().find(|start| path.starts_with(start)).unwrap_or_default()
}

/// What a document, its page and its id have in common, so that one list has them all. The worker
/// does the same (`subjectOf`).
fn subject(path: &str) -> &str {
    let word = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let bare = match path.rsplit_once('.') {
        Some((stem, ending)) if !ending.is_empty() && word(ending) => without_hash(stem),
        _ => path,
    };
    let bare = bare.strip_prefix("data/").unwrap_or(bare);
    bare.strip_suffix("/index").or_else(|| bare.strip_suffix('/')).unwrap_or(bare)
}

fn without_hash(stem: &str) -> &str {
    match stem.len().checked_sub(DIGITS + 1).and_then(|at| stem.split_at_checked(at)) {
        Some((bare, hash)) if is_hash(hash) => bare,
        _ => stem,
    }
}

fn is_hash(text: &str) -> bool {
    let digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    text.strip_prefix('-').is_some_and(|digits| digits.bytes().all(digit))
}

/// What follows the last dot or slash.
fn ending(path: &str) -> &str {
    path.rsplit(['.', '/']).next().unwrap_or(path)
}

/// FNV-1a over UTF-16, which is what the worker's strings are made of.
fn fnv(text: &str) -> u32 {
    let step = |hash: u32, unit: u16| (hash ^ u32::from(unit)).wrapping_mul(0x0100_0193);
    text.encode_utf16().fold(0x811C_9DC5, step)
}

/// The path with a double slash, which no path has, in place of the hash in its name.
fn shortened(path: &str, sha256: &str) -> String {
    match path.rfind(&sha256[..DIGITS]) {
        Some(at) => format!("{}//{}", &path[..at], &path[at + DIGITS..]),
        None => path.to_owned(),
    }
}

/// Undoes what [`shortened`] did.
pub fn whole(short: &str, sha256: &str) -> String {
    short.replacen("//", sha256.get(..DIGITS).unwrap_or_default(), 1)
}

#[cfg(test)]
mod tests;
