//! What is asked, in its order.
//!
//! 1. `sw.js`, which says the release; then its manifest and the list of other files.
//! 2. Every file, or a sample, several at a time; pages by their clean address.
//! 3. What is asked besides: core pages by their file name, addresses without a slash, wrong
//!    ones, plain HTTP.
//! 4. Files that were not found, by names that an upload may have given them.

use std::collections::BTreeSet;

use rayon::prelude::*;
use url::Url;

use super::client::{Client, PACKED, PLAIN, Patience};
use crate::site::file::{Files, sha256};
use crate::site::verify::answer::{Trouble, Visit};
use crate::site::verify::finding::{Finding, Severity, Verdict};
use crate::site::verify::names;
use crate::site::verify::release::{Build, Entry, Release, clean_address};
use crate::site::verify::routes;
use crate::site::verify::sample;
use crate::site::verify::served::{self, Expected, Releases};
use crate::site::verify::worker::{self, Script};
use crate::text;

/// Requests under way at once.
const AT_ONCE: usize = 8;
/// Pages that are also asked without the slash at their end.
const SLASHES: usize = 16;
/// Missing files that are looked for under other names.
const LOOKED_FOR: usize = 4;
/// More than a manifest of any blog has, in bytes.
const LIST_LIMIT: u64 = 64 << 20;

/// The release that should be there.
pub struct Local {
    files: Files,
    release: Release,
}

impl Local {
    /// Of what a folder holds; the error says why it is no release.
    pub fn new(files: Files) -> Result<Self, String> {
        let (_, release) = Release::of_folder(&files)?;
        Ok(Local { files, release })
    }
}

/// There is no network, no such host, or nobody answers.
#[derive(Debug)]
pub struct Unreached(pub Finding);

/// One look at a deployed site.
pub struct Crawl {
    client: Client,
    base: Url,
    local: Option<Local>,
    sample: usize,
    patience: Patience,
}

impl Crawl {
    /// Of the site at `base`, which ends with a slash.
    pub fn new(base: Url, local: Option<Local>, sample: usize, patience: Patience) -> Self {
        let client = Client::new(base.clone(), patience);
        Crawl { client, base, local, sample, patience }
    }

    /// Asks for everything.
    pub fn run(&self) -> Result<Verdict, Unreached> {
        let visit = self.client.visit(&self.url(worker::PATH), PACKED, worker::LIMIT);
        let script = worker::read(&visit);
        if let (Err(trouble), Err(found)) = (&visit.reply, &script)
            && !matches!(trouble, Trouble::Tls(_) | Trouble::Protocol(_))
        {
            return Err(Unreached(found.clone()));
        }
        let mut verdict = Verdict::default();
        let deployed = match &script {
            Ok(script) => self.release(&script.build, &mut verdict.findings),
            Err(found) => {
                verdict.findings.push(found.clone());
                None
            }
        };
        let leads_away =
            visit.hops.iter().any(|_| visit.reply.as_ref().is_ok_and(|a| a.status >= 300));
        let local = self.local.as_ref().map(|local| &local.release);
        let Some(wanted) =
            local.or(deployed.as_ref()).filter(|_| !leads_away && visit.reply.is_ok())
        else {
            verdict.findings.extend(self.mount());
            return Ok(verdict);
        };
        let other = deployed.as_ref().filter(|deployed| deployed.id != wanted.id);
        let releases = Releases { wanted, deployed: other };
        verdict.release = Some(wanted.id.clone());
        if let Ok(script) = &script {
            verdict.findings.extend(self.worker(&visit, script, &releases));
        }
        self.files(&releases, &mut verdict);
        let bad = verdict.findings.iter().filter(|found| found.severity == Severity::Error);
        let bad: BTreeSet<String> = bad.flat_map(|found| found.paths.clone()).collect();
        verdict.findings.extend(self.besides(wanted, &bad));
        Ok(verdict)
    }

    fn url(&self, path: &str) -> Url {
        self.join(&text::encode_path(path))
    }

    /// An encoded path below the base.
    fn join(&self, encoded: &str) -> Url {
        let mut url = self.base.clone();
        url.set_path(&format!("{}{encoded}", self.base.path()));
        url
    }

    fn visit(&self, path: &str, size: u64) -> Visit {
        self.client.visit(&self.url(path), PACKED, served::limit(size))
    }

    /// The release that `sw.js` names, where its manifest can be read.
    fn release(&self, build: &Build, findings: &mut Vec<Finding>) -> Option<Release> {
        let json = self.list(&build.manifest)?;
        let mut release = match Release::parse(build, &json) {
            Ok(release) => release,
            Err(why) => {
                let message = format!("the manifest that sw.js names can't be read: {why}");
                findings.push(Finding::error("manifest", &build.manifest, message).help(
                    "the deploy is unfinished, or a stale edge gives the file of another release: \
                     upload it again, then purge the cache",
                ));
                return None;
            }
        };
        for list in release.lists.clone() {
            if let Some(json) = self.list(&list.path)
                && let Err(why) = release.add(&json)
            {
                let message = format!("a list of files can't be read: {why}");
                findings
                    .push(Finding::error("manifest", &list.path, message).help("upload it again"));
            }
        }
        Some(release)
    }

    /// The unpacked bytes of a list; whether they are right is found out with all other files.
    fn list(&self, path: &str) -> Option<Vec<u8>> {
        let visit = self.client.visit(&self.url(path), PACKED, LIST_LIMIT);
        let answer = visit.reply.ok().filter(|answer| answer.status == 200)?;
        served::plain(&answer, LIST_LIMIT)
    }

    fn worker(&self, visit: &Visit, script: &Script, releases: &Releases<'_>) -> Vec<Finding> {
        let wanted = releases.wanted;
        let local = self.local.as_ref();
        let (here, there) = (&wanted.id, &script.build.release);
        let is_same = local.is_some() && here == there;
        let built = local.filter(|_| is_same).and_then(|local| local.files.get(worker::PATH));
        let mut found = worker::check(visit, script, built.map(Vec::as_slice), releases);
        if local.is_some() && !is_same {
            let message = format!("release `{there}` is deployed, the local one is `{here}`");
            found.push(Finding::error("other-release", worker::PATH, message).help(
                "the deploy has not happened, or a stale edge answers: deploy, then purge the \
                 cache of the CDN; to look at the deployed release by itself, add `--alone`",
            ));
        }
        found
    }

    /// Every file that is chosen.
    fn files(&self, releases: &Releases<'_>, verdict: &mut Verdict) {
        let chosen = sample::choose(releases.wanted, self.sample);
        verdict.files = releases.wanted.files.len();
        verdict.checked = chosen.len();
        let ask = |path: &&str| -> Vec<Finding> {
            let Some(entry) = releases.wanted.files.get(*path) else { return Vec::new() };
            self.file(path, entry, clean_address(path), releases)
        };
        let found: Vec<Finding> = at_once(|| chosen.par_iter().flat_map_iter(ask).collect());
        let missing: Vec<&str> = found
            .iter()
            .filter(|found| found.code == "missing")
            .flat_map(|found| found.paths.iter().map(String::as_str))
            .collect();
        let renamed = self.renamed(&missing, releases.wanted);
        let is_renamed = |found: &Finding| {
            found.code == "missing" && renamed.iter().any(|other| other.paths == found.paths)
        };
        verdict.findings.extend(found.iter().filter(|found| !is_renamed(found)).cloned());
        verdict.findings.extend(renamed);
    }

    fn file(&self, path: &str, entry: &Entry, address: &str, all: &Releases<'_>) -> Vec<Finding> {
        let bytes = self.local.as_ref().and_then(|local| local.files.get(path));
        let want = Expected { path, entry, bytes: bytes.map(Vec::as_slice) };
        served::check(&want, &self.visit(address, entry.size), all)
    }

    /// Looks for some of the missing files under the names that an upload may have given them.
    fn renamed(&self, missing: &[&str], wanted: &Release) -> Vec<Finding> {
        let tried =
            missing.iter().filter(|path| !names::alternatives(clean_address(path)).is_empty());
        let mut found = Vec::new();
        for path in tried.take(LOOKED_FOR) {
            let Some(entry) = wanted.files.get(*path) else { continue };
            for (change, address) in names::alternatives(clean_address(path)) {
                let visit =
                    self.client.visit(&self.join(&address), PACKED, served::limit(entry.size));
                if served::is_file(entry, &visit) {
                    found.push(names::finding(path, change));
                    break;
                }
            }
        }
        found
    }

    /// What is asked besides files; pages that are `bad` would only say so again.
    fn besides(&self, wanted: &Release, bad: &BTreeSet<String>) -> Vec<Finding> {
        let not_found = wanted.files.get("404.html").filter(|_| !bad.contains("404.html"));
        let hash = &sha256(wanted.id.as_bytes())[..8];
        let wrong = format!("no-such-{hash}/");
        let wrong_visit = self.visit(&wrong, 1 << 16);
        let mut found = routes::wrong_address(&wrong, &wrong_visit, not_found);
        let wrong = "assets/none-0123456789abcdef.js";
        found.extend(routes::wrong_file(wrong, &self.visit(wrong, 1 << 16)));
        let releases = Releases { wanted, deployed: None };
        for path in ["index.html", "shell.html"].into_iter().filter(|path| !bad.contains(*path)) {
            if let Some(entry) = wanted.files.get(path) {
                found.extend(self.named(path, entry, &releases));
            }
        }
        let mut pages = sample::pages(wanted, SLASHES);
        pages.retain(|path| !bad.contains(*path));
        let slash = |path: &&str| {
            let entry = wanted.files.get(*path)?;
            let address = path.strip_suffix("/index.html")?;
            routes::without_slash(address, &self.visit(address, entry.size), entry)
        };
        found.extend(at_once(|| pages.par_iter().filter_map(slash).collect::<Vec<_>>()));
        let home = self.client.visit(&self.base, PLAIN, served::limit(1 << 20));
        found.extend(routes::unpacked("index.html", &home));
        found.extend(routes::private("_headers", &self.visit("_headers", 1 << 16)));
        found.extend(self.mount());
        found.extend(self.plain_http());
        found
    }

    /// A page of the core by the name of its file, as the service worker asks for it. What is
    /// wrong with its bytes is said already; only what is wrong with the address is new.
    fn named(&self, path: &str, entry: &Entry, releases: &Releases<'_>) -> Vec<Finding> {
        let found = self.file(path, entry, path, releases).into_iter();
        found.filter(|found| matches!(found.code, "redirect" | "missing" | "status")).collect()
    }

    fn mount(&self) -> Option<Finding> {
        routes::mount(&self.base, &self.client.visit(&self.base, PACKED, served::limit(1 << 20)))
    }

    /// Only where the site is at the usual port of HTTPS, so that the other one is known.
    fn plain_http(&self) -> Option<Finding> {
        let mut url = self.base.clone();
        if url.scheme() != "https" || url.port().is_some() || url.set_scheme("http").is_err() {
            return None;
        }
        let client = Client::new(url.clone(), Patience { tries: 1, ..self.patience });
        routes::plain_http(&client.visit(&url, PACKED, 1 << 16))
    }
}

/// Runs on threads that wait for the network, not on those that compute.
fn at_once<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    match rayon::ThreadPoolBuilder::new().num_threads(AT_ONCE).build() {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}
