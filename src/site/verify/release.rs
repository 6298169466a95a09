//! What a release holds: the first line of `sw.js`, the manifest it names, and the list of files
//! that the worker need not know. All of it may come from a stranger, so every path is looked at.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::site::file::{Files, sha256};
use crate::site::lists;

/// The version of the formats that are read here.
const SCHEMA: u32 = 2;
/// How the worker's script begins.
const START: &str = "const BUILD = {";

/// What the worker is built for: the first line of `sw.js`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Build {
    schema: u32,
    /// The id of the release.
    pub release: String,
    /// The path of the manifest.
    #[serde(rename = "path")]
    pub manifest: String,
    /// Of the manifest, in hexadecimal.
    pub sha256: String,
    /// Of the manifest, in bytes.
    pub size: u64,
    /// `serve`, or `remove` after the kill switch and while authors write.
    #[serde(default)]
    pub mode: String,
    /// Whether the script begins as the build writes it; a minifier leaves other spaces.
    #[serde(skip)]
    pub is_as_written: bool,
}

impl Build {
    /// Reads the start of the worker's script; the error says what is there instead.
    pub fn parse(script: &[u8]) -> Result<Self, String> {
        if script.is_empty() {
            return Err("it is empty".to_owned());
        }
        let text = String::from_utf8_lossy(&script[..script.len().min(4096)]);
        let value = text
            .split_once("BUILD")
            .and_then(|(_, rest)| rest.trim_start().strip_prefix('='))
            .ok_or("there is no `const BUILD = {…}` at its start")?;
        let mut json = serde_json::Deserializer::from_str(value);
        let build = Build::deserialize(&mut json)
            .map_err(|error| format!("its `const BUILD` can't be read: {error}"))?;
        if build.schema != SCHEMA {
            return Err(format!("it is of schema {}, known is {SCHEMA}", build.schema));
        }
        if !is_plain(&build.manifest) || !is_hash(&build.sha256) {
            return Err("its `const BUILD` names no manifest".to_owned());
        }
        Ok(Build { is_as_written: text.starts_with(START), ..build })
    }

    /// The manifest as a file.
    pub fn entry(&self) -> Entry {
        Entry { sha256: self.sha256.clone(), size: self.size, ..Entry::json() }
    }
}

/// When the worker fetches a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Set {
    /// With the release, all or nothing.
    Core,
    /// Soon after.
    Ahead,
    /// When it is used.
    Demand,
    /// Never: feeds, pictures for other sites.
    #[default]
    #[serde(other)]
    Other,
}

/// A file of the release.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Entry {
    /// Of its bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// In bytes.
    pub size: u64,
    /// The Content-Type it should have.
    #[serde(rename = "type")]
    pub media_type: String,
    /// When it is fetched.
    #[serde(default)]
    pub set: Set,
}

impl Entry {
    fn json() -> Self {
        let media_type = "application/json".to_owned();
        Entry { sha256: String::new(), size: 0, media_type, set: Set::Core }
    }

    /// What these bytes would be entered as.
    pub fn of(bytes: &[u8], media_type: &str) -> Self {
        let (sha256, media_type) = (sha256(bytes), media_type.to_owned());
        Entry { sha256, size: bytes.len() as u64, media_type, set: Set::Core }
    }

    /// Whether it is a page.
    pub fn is_html(&self) -> bool {
        self.media_type.starts_with("text/html")
    }
}

/// Where a list of more files is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct More {
    /// Below the base.
    pub path: String,
    sha256: String,
    size: u64,
}

impl More {
    /// One that the worker reads, by its hash.
    fn listed((sha256, size): (String, u64)) -> Result<Self, String> {
        match is_hash(&sha256) {
            true => Ok(More { path: lists::path(&sha256), sha256, size }),
            false => Err(format!("its list `{sha256}` is no hash")),
        }
    }

    /// The list as a file.
    pub fn entry(&self) -> Entry {
        Entry { sha256: self.sha256.clone(), size: self.size, ..Entry::json() }
    }
}

#[derive(Deserialize)]
struct Manifest {
    schema: u32,
    release: String,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    files: BTreeMap<String, Entry>,
    #[serde(default)]
    lists: Vec<(String, Vec<(String, u64)>)>,
    #[serde(default)]
    bundles: Vec<Bundle>,
    #[serde(default)]
    others: Option<More>,
}

/// Many files in one.
#[derive(Deserialize)]
struct Bundle {
    path: String,
    #[serde(flatten)]
    entry: Entry,
}

#[derive(Deserialize)]
struct List {
    #[serde(default)]
    bundles: Vec<Bundle>,
    files: BTreeMap<String, Entry>,
}

/// All files of a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// Its id.
    pub id: String,
    /// The headers that every file should be served with.
    pub headers: BTreeMap<String, String>,
    /// By path below the base, the manifests included.
    pub files: BTreeMap<String, Entry>,
    /// Where more files are listed: those that the worker asks for on demand, and those that it
    /// need not know.
    pub lists: Vec<More>,
}

impl Release {
    /// Reads a manifest; the error says why it is none.
    pub fn parse(build: &Build, json: &[u8]) -> Result<Self, String> {
        let manifest: Manifest = serde_json::from_slice(json).map_err(|error| error.to_string())?;
        known_schema(manifest.schema)?;
        if manifest.release != build.release {
            let (got, want) = (&manifest.release, &build.release);
            return Err(format!("it is of release `{got}`, but sw.js of release `{want}`"));
        }
        let mut files = checked(manifest.files, manifest.bundles)?;
        files.insert(build.manifest.clone(), build.entry());
        let Manifest { release, headers, others, lists, .. } = manifest;
        let listed = lists.into_iter().flat_map(|(_, lists)| lists).map(More::listed);
        let mut lists = listed.collect::<Result<Vec<_>, _>>()?;
        if let Some(others) = others {
            if !is_plain(&others.path) || !is_hash(&others.sha256) {
                return Err("its `others` names no file".to_owned());
            }
            lists.push(others);
        }
        files.extend(lists.iter().map(|list| (list.path.clone(), list.entry())));
        Ok(Release { id: release, headers, files, lists })
    }

    /// Adds the files of a list that the manifest names.
    pub fn add(&mut self, json: &[u8]) -> Result<(), String> {
        let list: List = serde_json::from_slice(json).map_err(|error| error.to_string())?;
        for (path, entry) in checked(list.files, list.bundles)? {
            self.files.entry(path).or_insert(entry);
        }
        Ok(())
    }

    /// Reads the release of a folder; the error names the file that is wrong.
    pub fn of_folder(files: &Files) -> Result<(Build, Self), String> {
        let script = files.get("sw.js").ok_or("there is no sw.js")?;
        let build = Build::parse(script).map_err(|error| format!("sw.js: {error}"))?;
        let named = |path: &str| format!("{path}, which sw.js names");
        let json = files
            .get(&build.manifest)
            .ok_or_else(|| format!("there is no {}", named(&build.manifest)))?;
        let mut release =
            Release::parse(&build, json).map_err(|error| format!("{}: {error}", build.manifest))?;
        for More { path, .. } in release.lists.clone() {
            if let Some(json) = files.get(&path) {
                release.add(json).map_err(|error| format!("{path}: {error}"))?;
            }
        }
        Ok((build, release))
    }

    /// The path of a file with these bytes.
    pub fn path_of(&self, sha256: &str) -> Option<&str> {
        self.files.iter().find(|(_, entry)| entry.sha256 == sha256).map(|(path, _)| path.as_str())
    }
}

fn known_schema(schema: u32) -> Result<(), String> {
    match schema {
        SCHEMA => Ok(()),
        _ => Err(format!("it is of schema {schema}, known is {SCHEMA}")),
    }
}

fn checked(
    files: BTreeMap<String, Entry>,
    bundles: Vec<Bundle>,
) -> Result<BTreeMap<String, Entry>, String> {
    let bundles = bundles.into_iter().map(|Bundle { path, entry }| (path, entry));
    let files =
        files.into_iter().map(|(short, entry)| (lists::whole(&short, &entry.sha256), entry));
    let files: BTreeMap<String, Entry> = files.chain(bundles).collect();
    match files.iter().find(|(path, entry)| !is_plain(path) || !is_hash(&entry.sha256)) {
        Some((path, _)) => Err(format!("its entry `{path}` is not one of a file")),
        None => Ok(files),
    }
}

/// A path that stays below the base, whatever joins it to an address.
fn is_plain(path: &str) -> bool {
    let bad = |part: &str| matches!(part, "" | "." | "..") || part.contains(['\\', '\0']);
    !path.split('/').any(bad)
}

fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// What a page that should be at this path is asked by: `posts/a/` for `posts/a/index.html`.
pub fn clean_address(path: &str) -> &str {
    match path.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
        _ => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_start_of_the_worker_is_read() {
        let hash = "0".repeat(64);
        let json = format!(
            r#"{{"schema":2,"release":"r","path":"release-1.json","sha256":"{hash}","size":9,"mode":"serve"}}"#
        );
        let build = Build::parse(format!("const BUILD = {json};\nrest").as_bytes()).unwrap();
        assert_eq!((build.release.as_str(), build.size, build.is_as_written), ("r", 9, true));
        let packed = Build::parse(format!("const BUILD={json};rest").as_bytes()).unwrap();
        assert!(!packed.is_as_written);
        for (script, want) in [
            (String::new(), "empty"),
            ("<!doctype html>".to_owned(), "no `const BUILD"),
            ("const BUILD = {".to_owned(), "can't be read"),
            (format!("const BUILD = {}", json.replace(":2,", ":3,")), "schema 3"),
            (format!("const BUILD = {}", json.replace("release-1", "../x")), "no manifest"),
        ] {
            let error = Build::parse(script.as_bytes()).unwrap_err();
            assert!(error.contains(want), "{script}: {error}");
        }
    }

    #[test]
    fn paths_stay_below_the_base() {
        for path in ["index.html", "posts/云/a b.html", "a..b"] {
            assert!(is_plain(path), "{path}");
        }
        for path in ["", "/a", "a//b", "../a", "a/./b", "a/", "a\\b", "a\0"] {
            assert!(!is_plain(path), "{path}");
        }
    }

    #[test]
    fn pages_have_clean_addresses() {
        for (path, want) in [
            ("index.html", ""),
            ("posts/a/index.html", "posts/a/"),
            ("2019/old.html", "2019/old.html"),
            ("posts/myindex.html", "posts/myindex.html"),
            ("a.js", "a.js"),
        ] {
            assert_eq!(clean_address(path), want);
        }
    }
}
