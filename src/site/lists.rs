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
mod tests {
    use super::*;

    fn entry(path: &str, set: Set, doc: Option<&str>) -> (String, Entry) {
        let (doc, needs) = (doc.map(str::to_owned), Vec::new());
        let entry =
            Entry { sha256: sha256(path.as_bytes()), size: 1, media_type: "t", set, doc, needs };
        (path.to_owned(), entry)
    }

    /// A blog of so many posts, of which the first is fetched ahead.
    fn blog(posts: usize) -> BTreeMap<String, Entry> {
        let mut entries: BTreeMap<_, _> = [entry("shell.html", Set::Core, None)].into();
        for n in 0..posts {
            let set = if n == 0 { Set::Ahead } else { Set::Demand };
            let (id, data) = (format!("posts/{n}/"), format!("data/posts/{n}"));
            let data = hashed_name(&data, data.as_bytes(), "json");
            entries.extend([
                entry(&data, set, Some(&id)),
                entry(&format!("{id}index.html"), Set::Demand, None),
            ]);
        }
        entries.extend((2..9).map(|n| entry(&format!("page/{n}/index.html"), Set::Demand, None)));
        entries
    }

    /// Files are their own paths, as their hashes say.
    fn files() -> Files {
        blog(1000).into_keys().map(|path| (path.clone(), path.into_bytes())).collect()
    }

    #[test]
    fn a_small_blog_has_no_lists() {
        let (named, lists) = split(blog(60), &files()).unwrap();
        assert_eq!((named.len(), lists.of.len(), lists.files.len()), (128, 0, 1));
        assert_eq!(lists.bundles.len(), 1);
    }

    #[test]
    fn bundles_hold_documents_in_the_order_of_their_list() {
        let (_, lists) = split(blog(1000), &files()).unwrap();
        let mut documents = 0;
        for json in
            lists.files.iter().filter(|(path, _)| path.contains("list")).map(|(_, json)| json)
        {
            let list: serde_json::Value = serde_json::from_slice(json).unwrap();
            let Some(bundle) = list["bundles"].get(0) else { continue };
            let bytes = &lists.files[bundle["path"].as_str().unwrap()];
            assert_eq!(bundle["sha256"], sha256(bytes));
            let mut at = 1;
            for (short, entry) in list["files"].as_object().unwrap() {
                let (hash, size) =
                    (entry["sha256"].as_str().unwrap(), whole(short, "").len() + DIGITS);
                if entry["doc"].is_null() {
                    continue;
                }
                assert_eq!(sha256(&bytes[at..at + size]), hash, "{short}");
                at += size + 1;
                documents += 1;
            }
            assert_eq!((at, bytes[0], bytes[at - 1]), (bytes.len(), b'[', b']'));
        }
        assert_eq!(documents, 999, "all but the one that the manifest names");
    }

    #[test]
    fn every_file_is_in_the_manifest_or_in_the_list_that_its_path_leads_to() {
        let all = blog(1000);
        let (named, lists) = split(all.clone(), &files()).unwrap();
        assert_eq!(named.len(), 3, "the shell, the newest post and its page");
        assert_eq!(lists.endings.iter().collect::<Vec<_>>(), ["html", "json"]);
        let starts: Vec<(&str, usize)> =
            lists.of.iter().map(|(start, of)| (*start, of.len())).collect();
        assert_eq!(starts, [("page/", 1), ("", 16)]);
        for (path, entry) in all.iter().filter(|(path, _)| !named.contains_key(*path)) {
            let (_, of) = lists.of.iter().find(|(start, _)| path.starts_with(start)).unwrap();
            for key in [Some(path), entry.doc.as_ref()].into_iter().flatten() {
                let (hash, size) = &of[fnv(subject(key)) as usize % of.len()];
                let json = &lists.files[&super::path(hash)];
                assert_eq!((sha256(json), json.len()), (hash.clone(), *size));
                let list: serde_json::Value = serde_json::from_slice(json).unwrap();
                let found = &list["files"][shortened(path, &entry.sha256)];
                assert_eq!(found["sha256"], entry.sha256, "{key}");
            }
        }
    }

    #[test]
    fn a_changed_post_changes_one_list() {
        let before = split(blog(1000), &files()).unwrap().1;
        let mut changed = blog(1000);
        changed.get_mut("posts/7/index.html").unwrap().size = 2;
        let after = split(changed, &files()).unwrap().1;
        assert_eq!(after.files.keys().filter(|path| !before.files.contains_key(*path)).count(), 1);
    }

    #[test]
    fn the_worker_finds_the_same_subjects() {
        for (path, want) in [
            ("posts/云/", "posts/云"),
            ("posts/云/index.html", "posts/云"),
            ("data/posts/云-0123456789abcdef.json", "posts/云"),
            ("2019/old.html", "2019/old"),
            ("data/2019/old-0123456789abcdef.json", "2019/old"),
            ("posts/v1.2/", "posts/v1.2"),
            ("images/a b.svg", "images/a b"),
            ("LICENSE", "LICENSE"),
        ] {
            assert_eq!(subject(path), want, "{path}");
        }
        assert_eq!((fnv(""), fnv("a"), fnv("云")), (0x811C_9DC5, 0xE40C_292C, 0x9460_AD3C));
    }

    #[test]
    fn names_are_shortened_and_back() {
        let hash = sha256(b"x");
        let path = hashed_name("data/posts/a", b"x", "json");
        assert_eq!(shortened(&path, &hash), "data/posts/a-//.json");
        assert_eq!(whole("data/posts/a-//.json", &hash), path);
        assert_eq!(whole(&shortened("a.svg", &hash), &hash), "a.svg");
    }
}
