//! The release: every file with its hash, size, type and place in offline reading, and the
//! service worker that keeps it. `src/worker/` says what the worker does with it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use anyhow::Context;
use rayon::prelude::*;
use serde::Serialize;

use super::file::{Files, content_type, hashed_name, own_type, sha256};
use super::lists::{self, Bundle, Listed};
use super::minify::minify;
use super::number::Numbers;

/// The version of the manifest's format, which `src/worker/manifest.js` reads.
const SCHEMA: u32 = 2;

/// When a file is fetched for offline reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Set {
    /// With the release, all or nothing.
    Core,
    /// Soon after: the newest posts.
    Ahead,
    /// When it is used.
    Demand,
}

/// The headers that every file is served with.
pub type Headers = BTreeMap<&'static str, String>;

/// A file of the release.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// Of its bytes, in hexadecimal.
    pub sha256: String,
    /// In bytes.
    pub size: usize,
    /// The Content-Type it is served with.
    #[serde(rename = "type")]
    pub media_type: &'static str,
    /// When it is fetched.
    pub set: Set,
    /// For a post or page: its path, which stays when the content changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doc: Option<String>,
    /// For a post or page: what tells its text from another, so that news are counted without those
    /// whose neighbours changed. Few digits do: a text that is missed is only not counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// For a page: the data files it needs besides the catalogue; for a document: its images.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<String>,
}

#[derive(Serialize)]
struct Manifest {
    schema: u32,
    release: String,
    shell: &'static str,
    headers: Headers,
    files: BTreeMap<String, Entry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    bundles: Vec<Bundle>,
    lists: Vec<(&'static str, Vec<Listed>)>,
    endings: BTreeSet<String>,
    others: Others,
}

/// Where the list of the files is that the worker does not serve.
#[derive(Serialize)]
struct Others {
    path: String,
    sha256: String,
    size: usize,
}

/// What decides the place of each file.
pub struct Roles {
    /// Files that the app can't do without.
    pub core: BTreeSet<String>,
    /// Files to fetch ahead.
    pub ahead: BTreeSet<String>,
    /// The document of each data file.
    pub docs: BTreeMap<String, String>,
    /// The data file of each page, and the images of each document.
    pub needs: BTreeMap<String, Vec<String>>,
    /// Files that are for others than readers: feeds, the sitemap, pictures of previews. The worker
    /// leaves them to the network, so it need not hear of them.
    pub others: BTreeSet<String>,
}

/// The scripts of the worker, in the order in which they are joined.
const WORKER: [&str; 16] = [
    include_str!("../worker/manifest.js"),
    include_str!("../worker/find.js"),
    include_str!("../worker/store.js"),
    include_str!("../worker/control.js"),
    include_str!("../worker/fetch.js"),
    include_str!("../worker/pins.js"),
    include_str!("../worker/collect.js"),
    include_str!("../worker/release.js"),
    include_str!("../worker/ready.js"),
    include_str!("../worker/serve.js"),
    include_str!("../worker/respond.js"),
    include_str!("../worker/save.js"),
    include_str!("../worker/repair.js"),
    include_str!("../worker/news.js"),
    include_str!("../worker/messages.js"),
    include_str!("../worker/main.js"),
];

/// The worker as short as it gets: every reader downloads it with every release.
pub static SCRIPT: LazyLock<String> =
    LazyLock::new(|| minify(&WORKER.concat(), &["BUILD"], &INNER));

/// Properties of the worker that nobody else reads.
const INNER: [&str; 13] = [
    "entry",
    "manifest",
    "isBestEffort",
    "others",
    "keepAlive",
    "parts",
    "isStopped",
    "onStored",
    "completion",
    "content",
    "offset",
    "hasNewerWorker",
    "setBadge",
];

/// What says which release is the current one: its id and number, and the catalogue that everything
/// begins with. Pages don't say it, so that they need not change with each release.
pub const CURRENT: &str = "release.json";

/// Adds [`CURRENT`], the release manifest and `sw.js`. The id is the hash of all files, so that
/// equal sites have equal ids.
pub fn finish(
    files: &mut Files,
    roles: &Roles,
    headers: &Headers,
    (removes, catalogue): (bool, &str),
    numbers: &Numbers,
) -> anyhow::Result<String> {
    let mut entries: BTreeMap<String, Entry> =
        files.par_iter().map(|(path, bytes)| (path.clone(), entry(path, bytes, roles))).collect();
    let release = id(&entries, headers);
    let number = numbers.of(&release);
    let current =
        serde_json::json!({ "release": release, "number": number, "catalogue": catalogue });
    let current = format!("{current}\n").into_bytes();
    entries.insert(CURRENT.to_owned(), Entry { set: Set::Core, ..entry(CURRENT, &current, roles) });
    files.insert(CURRENT.to_owned(), current);
    let (others, entries) = entries.into_iter().partition(|(path, _)| roles.others.contains(path));
    let (entries, lists) = lists::split(entries, files)?;
    files.extend(lists.files);
    let manifest = Manifest {
        others: list_others(files, others)?,
        schema: SCHEMA,
        release: release.clone(),
        shell: "shell.html",
        headers: headers.clone(),
        files: entries,
        bundles: lists.bundles,
        lists: lists.of,
        endings: lists.endings,
    };
    let json = serde_json::to_vec(&manifest).context("can't write the release manifest")?;
    let name = hashed_name("release", &json, "json");
    files
        .insert("sw.js".to_owned(), worker((&release, number), &name, &json, removes).into_bytes());
    files.insert(name, json);
    Ok(release)
}

/// Writes the list of the files that the worker does not serve; `verify` reads it.
fn list_others(files: &mut Files, others: BTreeMap<String, Entry>) -> anyhow::Result<Others> {
    let list = serde_json::json!({ "schema": SCHEMA, "files": others });
    let json = serde_json::to_vec(&list).context("can't write the list of other files")?;
    let path = hashed_name("others", &json, "json");
    let listed = Others { path: path.clone(), sha256: sha256(&json), size: json.len() };
    files.insert(path, json);
    Ok(listed)
}

fn id(entries: &BTreeMap<String, Entry>, headers: &Headers) -> String {
    let list: String =
        entries.iter().map(|(path, entry)| format!("{path}\0{}\n", entry.sha256)).collect();
    // The worker and the policy are part of what a reader gets.
    let extra = format!("{}{headers:?}", *SCRIPT);
    sha256(format!("{list}{extra}").as_bytes())[..16].to_owned()
}

fn entry(path: &str, bytes: &[u8], roles: &Roles) -> Entry {
    let set = if roles.core.contains(path) {
        Set::Core
    } else if roles.ahead.contains(path) {
        Set::Ahead
    } else {
        Set::Demand
    };
    Entry {
        sha256: sha256(bytes),
        size: bytes.len(),
        media_type: own_type(path).unwrap_or_else(|| content_type(path)),
        set,
        doc: roles.docs.get(path).cloned(),
        text: roles.docs.get(path).and_then(|_| text_of(bytes)),
        needs: roles.needs.get(path).cloned().unwrap_or_default(),
    }
}

/// Four digits of the hash of a document's title and text.
fn text_of(document: &[u8]) -> Option<String> {
    #[derive(serde::Deserialize, Serialize)]
    struct Text {
        title: String,
        markdown: String,
    }
    let text: Text = serde_json::from_slice(document).ok()?;
    let mut digits = sha256(&serde_json::to_vec(&text).ok()?);
    digits.truncate(4);
    Some(digits)
}

/// The worker with what it is built for; with `removes` it only removes itself and what it kept.
fn worker((release, number): (&str, u64), manifest: &str, json: &[u8], removes: bool) -> String {
    let build = serde_json::json!({
        "schema": SCHEMA,
        "release": release,
        "number": number,
        "path": manifest,
        "sha256": sha256(json),
        "size": json.len(),
        "mode": if removes { "remove" } else { "serve" },
    });
    format!("const BUILD = {build};\n{}\n", *SCRIPT)
}
