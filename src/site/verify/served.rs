//! The answer for one file of the release.
//!
//! 1. No answer, a redirect out of the site, another status: that is all there is to say.
//! 2. The body is unpacked and compared.
//! 3. Where it is the file, or the file with a change, its headers are looked at too.

pub use super::difference::{Expected, Releases};

use super::answer::{Answer, End, Lead, Visit};
use super::cache;
use super::cause;
use super::difference::{Difference, difference};
use super::finding::Finding;
use super::media_type;
use super::packing::{self, Fault};
use super::release::Entry;
use super::security;
use super::status;
use crate::site::file::{is_compressible, sha256};

/// Below so many bytes hosts leave a text as it is.
const LEAST_PACKED: u64 = 2048;
/// What may be put into a file on its way before nobody wants to read it any more, in bytes.
const ROOM: u64 = 1 << 20;

/// How many bytes of an answer are worth reading where `size` are expected.
pub fn limit(size: u64) -> u64 {
    size.saturating_mul(2).saturating_add(ROOM)
}

/// What is wrong with the answer for a file.
pub fn check(want: &Expected<'_>, visit: &Visit, releases: &Releases<'_>) -> Vec<Finding> {
    let answer = match arrived(want.path, visit, releases) {
        Ok(answer) => answer,
        Err(found) => return vec![found],
    };
    let mut found: Vec<Finding> = redirected(want, visit).into_iter().collect();
    let (bytes, codings) = match content(want, answer) {
        Ok(unpacked) => unpacked,
        Err(fault) => {
            found.push(fault);
            return found;
        }
    };
    if let Some(why) = difference(want, &bytes, !codings.is_empty(), releases) {
        found.push(cause::finding(want, &bytes, &why, answer));
        if is_something_else(&why) {
            return found;
        }
    }
    let content_type = answer.headers.get("content-type");
    found.extend(media_type::check(want.path, &want.entry.media_type, content_type.as_deref()));
    found.extend(transfer(want, answer, &codings));
    found.extend(match answer.status {
        404 => cache::check_missing(want.path, &answer.headers),
        _ => cache::check(want.path, &answer.headers),
    });
    found.extend(security::check(want.path, &releases.wanted.headers, &answer.headers));
    found
}

/// The answer that holds the file.
fn arrived<'a>(
    path: &str,
    visit: &'a Visit,
    releases: &Releases<'_>,
) -> Result<&'a Answer, Finding> {
    let answer = visit.reply.as_ref().map_err(|trouble| status::trouble(path, trouble))?;
    if let Some(hop) = visit.hops.last()
        && matches!(answer.status, 300..=399)
    {
        return Err(status::leads_out(path, hop));
    }
    // Hosts that know the page for wrong addresses may give it that status here too.
    let is_fine = answer.status == 200 || (answer.status == 404 && path == "404.html");
    match is_fine {
        true => Ok(answer),
        false => Err(status::status(path, answer, releases.deployed)),
    }
}

/// A redirect within the site, which offline reading follows.
fn redirected(want: &Expected<'_>, visit: &Visit) -> Option<Finding> {
    let hop = visit.hops.first()?;
    // From `/shell.html` to `/shell`.
    if want.entry.is_html() && !visit.asked.path().ends_with('/') {
        return None;
    }
    let Lead::Inside(_) = &hop.lead else { return None };
    let help = "links of the site lead to this address, so each costs a round trip: let the host \
                answer here (its setting for slashes at the end, or its rewrite rules)";
    let got = format!("status {}, location: {}", hop.status, hop.location);
    Some(
        Finding::warning("redirected", want.path, "it is redirected within the site")
            .between("status 200", got)
            .help(help),
    )
}

/// The unpacked bytes and what was undone.
fn content(want: &Expected<'_>, answer: &Answer) -> Result<(Vec<u8>, Vec<String>), Finding> {
    if let End::Early(why) = &answer.end {
        let got = format!("{} bytes, then: {why}", answer.body.len());
        let announced = answer.headers.shown("content-length");
        return Err(Finding::error("broken-off", want.path, "the answer broke off")
            .between(format!("Content-Length {announced}"), got)
            .help(
                "the server or a proxy ends connections early, or Content-Length is that of \
                 another form of the file (unpacked beside packed): look into its log",
            ));
    }
    let unpacked = packing::unpack(answer, limit(want.entry.size));
    unpacked.map(|unpacked| (unpacked.bytes, unpacked.codings)).map_err(|fault| {
        let header = format!("Content-Encoding {}", answer.headers.shown("content-encoding"));
        let found = |code, message: String| {
            Finding::error(code, want.path, message).between("br, gzip or none", header.clone())
        };
        match fault {
            Fault::NotAsked(coding) => found(
                "unasked-coding",
                format!("it is packed with `{coding}`, which was not asked for"),
            )
            .help("a cache ignores Accept-Encoding: let the host send `Vary: Accept-Encoding`"),
            Fault::Broken(coding) => found("coding", format!("it can't be unpacked as `{coding}`"))
                .help(
                    "the header is set for files that are not packed, or a proxy changed packed \
                     bytes: set Content-Encoding only where the packed file is served",
                ),
        }
    })
}

/// Whether there is no use in looking at the headers, as they are of something else.
fn is_something_else(why: &Difference) -> bool {
    matches!(
        why,
        Difference::Empty | Difference::Swapped(_) | Difference::ForeignPage(_) | Difference::Image
    )
}

/// How it was sent.
fn transfer(want: &Expected<'_>, answer: &Answer, codings: &[String]) -> Vec<Finding> {
    let (path, headers) = (want.path, &answer.headers);
    let mut found = Vec::new();
    if codings.len() > 1 {
        let message = format!("it is packed {} times: `{}`", codings.len(), codings.join(", "));
        let help = "the host compresses files that are compressed already: serve `.br` and `.gz` \
                    as they are, or leave them out of the upload";
        found.push(Finding::warning("packed-twice", path, message).help(help));
    }
    let vary = headers.get("vary").unwrap_or_default().to_ascii_lowercase();
    let varies = vary.split(',').any(|name| matches!(name.trim(), "accept-encoding" | "*"));
    if !codings.is_empty() && !varies {
        found.push(
            Finding::warning("no-vary", path, "it is packed, but has no `Vary: Accept-Encoding`")
                .help(
                    "a cache on the way may give packed bytes to who can't unpack them: add the \
                     header (nginx: `gzip_vary on`)",
                ),
        );
    }
    if codings.is_empty() && is_compressible(path) && want.entry.size >= LEAST_PACKED {
        found.push(Finding::warning("not-packed", path, "it is sent without compression").help(
            "readers load several times as much: turn compression on for texts and wasm, or \
                 serve the `.br` and `.gz` files",
        ));
    }
    found.extend(length(path, answer));
    if !cache::is_fixed(path)
        && headers.get("etag").is_none()
        && headers.get("last-modified").is_none()
    {
        found.push(
            Finding::warning("no-validator", path, "it has neither ETag nor Last-Modified")
                .help("browsers load it again each time: let the host send one of them"),
        );
    }
    found
}

fn length(path: &str, answer: &Answer) -> Option<Finding> {
    let said: u64 = answer.headers.values("content-length").first()?.parse().ok()?;
    let came = answer.body.len() as u64;
    (answer.end == End::Whole && said != came).then(|| {
        Finding::error("length", path, "Content-Length is not the number of bytes that came")
            .between(format!("{said} bytes"), format!("{came} bytes"))
            .help(
                "a proxy changes the body and leaves the header: turn off what changes files there",
            )
    })
}

/// The unpacked body, up to `limit` bytes.
pub fn plain(answer: &Answer, limit: u64) -> Option<Vec<u8>> {
    packing::unpack(answer, limit).ok().map(|unpacked| unpacked.bytes)
}

/// Whether the answer is this very file.
pub fn is_file(entry: &Entry, visit: &Visit) -> bool {
    let answer = visit.reply.as_ref().ok().filter(|answer| answer.status == 200);
    let bytes = answer.and_then(|answer| plain(answer, limit(entry.size)));
    bytes.is_some_and(|bytes| sha256(&bytes) == entry.sha256)
}
