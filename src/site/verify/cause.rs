//! The words for what happened to a file's bytes: the likely cause, and what to do.

use super::answer::Answer;
use super::difference::{Difference, Expected};
use super::finding::Finding;
use super::html;
use crate::text;

const TURN_OFF: &str = "a host or network changes files on their way (minifying, Rocket Loader, \
     e-mail obfuscation, analytics): turn it off for this site; offline reading \
     refuses changed files";
const PURGE: &str = "a stale edge: purge the cache of the CDN; if that changes nothing, the deploy \
     has not happened or left files out";

/// The finding for bytes that differ.
pub(super) fn finding(
    want: &Expected<'_>,
    got: &[u8],
    why: &Difference,
    answer: &Answer,
) -> Finding {
    let (code, message, help) = words(why, want);
    let got = format!("{}{}", described(got), age(answer));
    let size = want.entry.size;
    let wanted = format!("{size} bytes with sha256 {}", short(&want.entry.sha256));
    Finding::error(code, want.path, message).between(wanted, got).help(help)
}

fn described(bytes: &[u8]) -> String {
    let hash = crate::site::file::sha256(bytes);
    format!("{} bytes with sha256 {}", bytes.len(), short(&hash))
}

fn short(hash: &str) -> &str {
    hash.get(..16).unwrap_or(hash)
}

/// How long a cache has had it, where it says so.
fn age(answer: &Answer) -> String {
    let said: String = ["age", "etag", "last-modified", "x-cache", "cf-cache-status"]
        .iter()
        .filter_map(|name| Some(format!(", {name}: {}", answer.headers.get(name)?)))
        .collect();
    text::shorten(&said, 200)
}

fn words(why: &Difference, want: &Expected<'_>) -> (&'static str, String, String) {
    let own = |code, message: &str, help: &str| (code, message.to_owned(), help.to_owned());
    match why {
        Difference::Empty => own(
            "empty",
            "it is empty",
            "the upload was cut short or the disk was full: upload it again",
        ),
        Difference::ByteOrderMark => own(
            "byte-order-mark",
            "a byte order mark was put in front",
            "an editor or a script wrote the file again: upload what `cargo inkstone build` wrote",
        ),
        Difference::LineEnds(now) => (
            "line-ends",
            format!("its line ends were turned into `{now}`"),
            "git's autocrlf or FTP in text mode: put `* -text` into .gitattributes of what is \
             deployed, or transfer in binary mode"
                .to_owned(),
        ),
        Difference::Packed { coding, declared } => packed(coding, *declared),
        Difference::Recoded => own(
            "recoded",
            "its UTF-8 was read as Latin-1 and encoded again",
            "a tool of the upload or a filter of the server converts texts: turn that off",
        ),
        Difference::Swapped(path) => swapped(path, want),
        Difference::OtherRelease(id) => other_release(id.as_deref()),
        Difference::ForeignPage(title) => foreign(title.as_deref(), want),
        _ => changed(why, want),
    }
}

fn packed(coding: &str, declared: bool) -> (&'static str, String, String) {
    let extension = if coding == "gzip" { ".gz" } else { ".br" };
    match declared {
        true => (
            "packed-twice",
            format!(
                "it is packed twice: after its Content-Encoding is undone, it is still {coding}"
            ),
            format!(
                "files that are compressed already are compressed again: serve the `{extension}` \
                 files as they are, or leave them out of the upload and let the host compress"
            ),
        ),
        false => (
            "packed-without-header",
            format!("it is packed with {coding}, but has no Content-Encoding"),
            format!(
                "the `{extension}` file is served in its place without the header: set \
                 `Content-Encoding: {coding}` for it, or leave these files out of the upload"
            ),
        ),
    }
}

fn swapped(path: &str, want: &Expected<'_>) -> (&'static str, String, String) {
    if path == "404.html" {
        let help = "the file is missing there: upload it; and give 404.html with status 404";
        return (
            "soft-404",
            "the page for wrong addresses came, with status 200".into(),
            help.into(),
        );
    }
    let is_page = path.ends_with(".html") || path == "a page of the site";
    if is_page && (!want.entry.is_html() || matches!(path, "index.html" | "shell.html")) {
        let help = "SPA fallback is on and the file is missing there: turn the fallback off (every \
             page of the site is a file) and upload the file";
        return ("spa-fallback", format!("`{path}` came in its place"), help.into());
    }
    let help = "a rewrite rule of the host leads to the wrong file, or the upload mixed files up";
    ("swapped", format!("the bytes of `{path}` came in its place"), help.into())
}

fn other_release(id: Option<&str>) -> (&'static str, String, String) {
    let whose = id.map_or("another release".to_owned(), |id| format!("release `{id}`"));
    ("stale", format!("it is of {whose}"), PURGE.to_owned())
}

fn foreign(title: Option<&str>, want: &Expected<'_>) -> (&'static str, String, String) {
    let title = title.map_or(String::new(), |title| format!(" titled “{title}”"));
    let help = match want.entry.is_html() {
        true => {
            "a login page, a consent page or a bot check of the host stands before the site, \
             or another site answers at this address: turn that off or check the address"
        }
        false => {
            "the host answers with a page of its own where a file should be: a login page, a \
             bot check or an error page with status 200; turn that off and look whether the file \
             was uploaded"
        }
    };
    ("foreign-page", format!("a page that is not of this site came{title}"), help.to_owned())
}

fn changed(why: &Difference, want: &Expected<'_>) -> (&'static str, String, String) {
    match why {
        Difference::Cut => (
            "cut",
            "its end is missing".to_owned(),
            "the upload was cut short: upload it again; a proxy may also cap the size".to_owned(),
        ),
        Difference::Appended(text) => ("injected", appended(text), mend(text)),
        Difference::Injected(Some((who, mend))) => (
            "injected",
            format!("it was changed by {who}"),
            format!("{mend}; offline reading refuses changed files"),
        ),
        Difference::Injected(None) => {
            ("injected", "a script or the like was put in".to_owned(), TURN_OFF.to_owned())
        }
        Difference::Minified => (
            "minified",
            "only its white space, comments or quotes differ".to_owned(),
            format!("it was minified: {TURN_OFF}"),
        ),
        Difference::Image => (
            "image-optimised",
            "another image came".to_owned(),
            "a host or network makes images smaller or converts them (Polish, Mirage, image \
             optimisation): turn it off; else it is of another release: purge and deploy again"
                .to_owned(),
        ),
        Difference::Changed => (
            "changed",
            "it is not as it was built".to_owned(),
            format!("{TURN_OFF}; or an older one came from {PURGE}"),
        ),
        _ => ("different", "other bytes came".to_owned(), unknown(want)),
    }
}

fn appended(text: &str) -> String {
    let who = html::changer(text).map_or(String::new(), |(who, _)| format!(" by {who}"));
    match text.trim().is_empty() {
        true => "white space was added at its end".to_owned(),
        false => format!("something was added at its end{who}"),
    }
}

fn mend(text: &str) -> String {
    match html::changer(text) {
        Some((_, mend)) => format!("{mend}; offline reading refuses changed files"),
        None => TURN_OFF.to_owned(),
    }
}

fn unknown(want: &Expected<'_>) -> String {
    let more = match want.bytes {
        Some(_) => "",
        None => "; with `--against DIR` the cause can be told more exactly",
    };
    format!(
        "a stale edge (purge the cache), an unfinished upload, or a host that changes files{more}"
    )
}
