//! A built site in a folder, beside its own manifest.

use std::collections::BTreeSet;

use super::answer::Answer;
use super::cause;
use super::difference::{Expected, Releases, difference};
use super::finding::{Finding, Verdict};
use super::packing::{gunzip, unbrotli};
use super::release::Release;
use super::worker;
use crate::site::file::{Files, is_hashed, sha256};
use crate::text;

/// What is wrong with the files of a folder.
pub fn check(files: &Files) -> Verdict {
    let (build, release) = match Release::of_folder(files) {
        Ok(read) => read,
        Err(why) => {
            let help =
                "it is no whole site: run `cargo inkstone build`, or give the folder it wrote";
            let found = Finding::error("no-release", worker::PATH, why).help(help);
            return Verdict { findings: vec![found], ..Verdict::default() };
        }
    };
    let mut findings: Vec<Finding> = worker::mode(&build).into_iter().collect();
    for (path, entry) in &release.files {
        let want = Expected { path, entry, bytes: None };
        findings.extend(file(&want, files, &release));
    }
    findings.extend(headers(files, &release));
    findings.extend(siblings(files, &release));
    findings.extend(unlisted(files, &release));
    let count = release.files.len();
    Verdict { findings, release: Some(release.id), files: count, checked: count }
}

fn file(want: &Expected<'_>, files: &Files, release: &Release) -> Option<Finding> {
    let Some(bytes) = files.get(want.path) else {
        return Some(missing(want.path, files));
    };
    let releases = Releases { wanted: release, deployed: None };
    let why = difference(want, bytes, false, &releases)?;
    Some(cause::finding(want, bytes, &why, &Answer::default()))
}

/// Compared without case and normal form, a file of another name may be meant.
fn missing(path: &str, files: &Files) -> Finding {
    let folded = text::fold(path);
    match files.keys().find(|other| text::fold(other) == folded) {
        Some(other) => {
            let how = match other.to_lowercase() == path.to_lowercase() {
                true => "in other case",
                false => "in another Unicode form (NFC beside NFD)",
            };
            Finding::error("renamed", path, format!("it is there under another name: {how}"))
                .between(path, other)
                .help("a copy changed the names: copy with a tool that keeps them, or build again")
        }
        None => Finding::error("missing", path, "it is not there")
            .help("the copy is not whole: copy again, or run `cargo inkstone build`"),
    }
}

/// The file of headers, which should name those of the manifest.
fn headers(files: &Files, release: &Release) -> Option<Finding> {
    const PATH: &str = "_headers";
    let Some(bytes) = files.get(PATH) else {
        return Some(Finding::warning("no-headers-file", PATH, "it is not there").help(
            "hosts that read it (Cloudflare Pages, Netlify) send no security headers and no cache \
             rules without it; some copies leave out names that begin with `_`",
        ));
    };
    let content = String::from_utf8_lossy(bytes);
    let lines: BTreeSet<&str> = content.lines().map(str::trim).collect();
    let lacking: Vec<&str> = release
        .headers
        .iter()
        .filter(|(name, value)| !lines.contains(format!("{name}: {value}").as_str()))
        .map(|(name, _)| name.as_str())
        .collect();
    (!lacking.is_empty()).then(|| {
        let message = format!("it has not this release's `{}`", lacking.join("`, `"));
        Finding::warning("headers-file", PATH, message)
            .help("it is of another release or was changed: build again")
    })
}

/// Packed files beside files that they don't hold.
fn siblings(files: &Files, release: &Release) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, packed) in files.iter().filter(|(path, _)| !release.files.contains_key(*path)) {
        let Some((plain, is_brotli)) = packed_name(path) else { continue };
        let Some(bytes) = files.get(plain) else {
            found.push(
                Finding::warning(
                    "sibling-alone",
                    path,
                    "it is packed, but the plain file is missing",
                )
                .help("a host that looks for the plain file does not find it: build again"),
            );
            continue;
        };
        let limit = bytes.len() as u64;
        let inner = if is_brotli { unbrotli(packed, limit) } else { gunzip(packed, limit) };
        if inner.as_ref() != Some(bytes) {
            let got =
                inner.map_or("nothing that can be unpacked".to_owned(), |inner| sha256(&inner));
            found.push(
                Finding::error("sibling", path, "it does not unpack to the file beside it")
                    .between(sha256(bytes), got)
                    .help(
                        "readers get it, and it is of another build or was cut short: build again",
                    ),
            );
        }
    }
    found
}

/// The plain file of a packed one, and whether it is by Brotli.
fn packed_name(path: &str) -> Option<(&str, bool)> {
    let brotli = path.strip_suffix(".br").map(|plain| (plain, true));
    brotli.or_else(|| path.strip_suffix(".gz").map(|plain| (plain, false)))
}

/// Files that no list names.
fn unlisted(files: &Files, release: &Release) -> Vec<Finding> {
    const OWN: [&str; 4] = [worker::PATH, "_headers", "_redirects", ".nojekyll"];
    let is_listed = |path: &str| release.files.contains_key(path) || OWN.contains(&path);
    let mut found = Vec::new();
    for path in files.keys() {
        let plain = packed_name(path).map_or(path.as_str(), |(plain, _)| plain);
        if is_listed(path) || is_listed(plain) {
            continue;
        }
        found.push(match is_hashed(plain) || plain.starts_with("data/") {
            true => Finding::note("kept", path, "it is of an older release")
                .help("normal: open tabs still use it; delete it after some days"),
            false => Finding::note("unlisted", path, "no list of the release names it").help(
                "readers can load it, but it is not kept offline; delete it if nobody needs it",
            ),
        });
    }
    found
}
