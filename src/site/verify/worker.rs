//! `sw.js`: browsers refuse a worker that is redirected, is no JavaScript or is empty, and one that
//! is kept by a network hides every deploy.

use super::answer::Visit;
use super::finding::Finding;
use super::html;
use super::packing;
use super::release::{Build, Entry};
use super::served::{self, Expected, Releases};
use super::status;

/// The path of the worker's script.
pub const PATH: &str = "sw.js";
/// More than the script ever has, in bytes.
pub const LIMIT: u64 = 4 << 20;

/// The script that came, and what it is built for.
#[derive(Clone, Debug)]
pub struct Script {
    /// Unpacked.
    pub bytes: Vec<u8>,
    /// Its first line.
    pub build: Build,
}

/// Reads the answer; the error says why it is no worker of the site.
pub fn read(visit: &Visit) -> Result<Script, Finding> {
    let answer = visit.reply.as_ref().map_err(|trouble| status::trouble(PATH, trouble))?;
    if let Some(hop) = visit.hops.last() {
        if matches!(answer.status, 300..=399) {
            return Err(status::leads_out(PATH, hop));
        }
        let got = format!("status {}, location: {}", hop.status, hop.location);
        return Err(Finding::error("worker-redirect", PATH, "the service worker is redirected")
            .between("status 200", got)
            .help("browsers refuse a redirected worker: let the host answer at /sw.js itself"));
    }
    if answer.status != 200 {
        let found = status::status(PATH, answer, None);
        let help = found.help.clone().unwrap_or_default();
        return Err(found.help(format!(
            "{help}; or the site stands at another path: give the address of its home page"
        )));
    }
    let unpacked = packing::unpack(answer, LIMIT).map(|unpacked| unpacked.bytes);
    let bytes = unpacked.unwrap_or_else(|_| answer.body.clone());
    let build = Build::parse(&bytes).map_err(|why| unreadable(&bytes, &why))?;
    Ok(Script { bytes, build })
}

fn unreadable(bytes: &[u8], why: &str) -> Finding {
    if bytes.is_empty() {
        return Finding::error("empty", PATH, "the service worker is empty").help(
            "the upload was cut short: upload it again; browsers keep the old worker till then",
        );
    }
    if html::is_html(bytes) {
        let text = String::from_utf8_lossy(bytes);
        let title = html::title(&text).map_or(String::new(), |title| format!(" titled “{title}”"));
        let message = format!("a page came in place of the service worker{title}");
        return Finding::error("worker-is-html", PATH, message).help(
            "SPA fallback is on and sw.js is missing, the site stands at another path, or a login \
             page stands before it: upload sw.js, and give the address of the home page",
        );
    }
    let packed = packing::still_packed(bytes, LIMIT).into_iter();
    if let Some((coding, _)) = packed.into_iter().find(|(_, inner)| Build::parse(inner).is_ok()) {
        let message =
            format!("the service worker is packed with {coding} in a way that browsers can't see");
        return Finding::error("packed-without-header", PATH, message).help(
            "the packed file is served without its Content-Encoding, or packed twice: set the \
             header, or leave `.br` and `.gz` files out of the upload",
        );
    }
    Finding::error("worker-unreadable", PATH, format!("it is no service worker of Inkstone: {why}"))
        .help("another file stands in its place: upload what `cargo inkstone build` wrote")
}

/// What is wrong with the script, of which `built` are the bytes of the same release, if at hand.
pub fn check(
    visit: &Visit,
    script: &Script,
    built: Option<&[u8]>,
    releases: &Releases<'_>,
) -> Vec<Finding> {
    let entry = Entry::of(built.unwrap_or(&script.bytes), "text/javascript; charset=utf-8");
    let want = Expected { path: PATH, entry: &entry, bytes: built };
    let mut found = served::check(&want, visit, releases);
    if built.is_none() && !script.build.is_as_written {
        let message = "it does not begin as it was built";
        found.push(Finding::error("changed", PATH, message).help(
            "something on the way minifies scripts or puts a byte order mark in front: turn it off",
        ));
    }
    found.extend(mode(&script.build));
    found
}

/// A worker that only removes itself was meant, or it is worth knowing.
pub(super) fn mode(build: &Build) -> Option<Finding> {
    (build.mode == "remove").then(|| {
        let message = "this worker removes itself and all that readers keep offline";
        Finding::note("worker-removes", PATH, message).help(
            "normal after `build --remove-worker`; to let the blog be read offline again, build \
             without it",
        )
    })
}
