//! What happened to the bytes of a file on their way. Where a change can be undone, it is undone
//! and the hash compared, so that the cause is certain without the built file at hand.

use super::html;
use super::packing;
use super::release::{Entry, Release};
use crate::site::file::{is_hashed, sha256};

/// What should have come.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// Below the base.
    pub path: &'a str,
    /// Its hash, size and type.
    pub entry: &'a Entry,
    /// The bytes that were built, where they are at hand.
    pub bytes: Option<&'a [u8]>,
}

/// The releases that play a part.
#[derive(Clone, Copy, Debug)]
pub struct Releases<'a> {
    /// What should be there.
    pub wanted: &'a Release,
    /// What `sw.js` names, where it is another one.
    pub deployed: Option<&'a Release>,
}

/// How the bytes differ from those that were built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Difference {
    /// Nothing came.
    Empty,
    /// A byte order mark was put in front.
    ByteOrderMark,
    /// Line ends were turned into `\r\n`, or into `\n`.
    LineEnds(&'static str),
    /// The bytes are packed with gzip or Brotli; whether the header says that they were packed.
    Packed { coding: &'static str, declared: bool },
    /// UTF-8 was read as Latin-1 and written as UTF-8 again.
    Recoded,
    /// They are those of another file of the release.
    Swapped(String),
    /// They are of another release, of which the id may be known.
    OtherRelease(Option<String>),
    /// They are a page of somebody else, with its title.
    ForeignPage(Option<String>),
    /// The end is missing.
    Cut,
    /// Something was added at the end.
    Appended(String),
    /// Something was put in: by whom and the mend, where known.
    Injected(Option<(&'static str, &'static str)>),
    /// White space, comments or quotes were taken out.
    Minified,
    /// It is an image, but another one.
    Image,
    /// A page of the site that is another one than was built.
    Changed,
    /// None of these.
    Unknown,
}

/// How bytes differ; `None` where they are those that were built.
pub(super) fn difference(
    want: &Expected<'_>,
    got: &[u8],
    declared: bool,
    releases: &Releases<'_>,
) -> Option<Difference> {
    let hash = sha256(got);
    if hash == want.entry.sha256 {
        return None;
    }
    if got.is_empty() {
        return Some(Difference::Empty);
    }
    let found = undone(want, got, declared)
        .or_else(|| elsewhere(want, &hash, releases))
        .or_else(|| page(want, got, releases))
        .or_else(|| length(want, got))
        .or_else(|| inserted(want, got))
        .or_else(|| rewritten(want, got))
        .unwrap_or(Difference::Unknown);
    Some(found)
}

fn is_wanted(want: &Expected<'_>, bytes: &[u8]) -> bool {
    bytes.len() as u64 == want.entry.size && sha256(bytes) == want.entry.sha256
}

/// Changes that can be undone, which proves them.
fn undone(want: &Expected<'_>, got: &[u8], declared: bool) -> Option<Difference> {
    const MARK: &[u8] = &[0xEF, 0xBB, 0xBF];
    if got.strip_prefix(MARK).is_some_and(|rest| is_wanted(want, rest)) {
        return Some(Difference::ByteOrderMark);
    }
    let short = replaced(got.strip_prefix(MARK).unwrap_or(got), b"\r\n", b"\n");
    if is_wanted(want, &short) {
        return Some(Difference::LineEnds("\\r\\n"));
    }
    if is_wanted(want, &replaced(&short, b"\n", b"\r\n")) {
        return Some(Difference::LineEnds("\\n"));
    }
    let packed = packing::still_packed(got, want.entry.size);
    if let Some((coding, _)) = packed.into_iter().find(|(_, bytes)| is_wanted(want, bytes)) {
        return Some(Difference::Packed { coding, declared });
    }
    let text = std::str::from_utf8(got).ok()?;
    let single: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    single.filter(|bytes| is_wanted(want, bytes)).map(|_| Difference::Recoded)
}

fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(byte) = rest.first() {
        if let Some(after) = rest.strip_prefix(from) {
            out.extend_from_slice(to);
            rest = after;
        } else {
            out.push(*byte);
            rest = &rest[1..];
        }
    }
    out
}

/// Bytes that belong to another file, or to the same one of another release.
fn elsewhere(want: &Expected<'_>, hash: &str, releases: &Releases<'_>) -> Option<Difference> {
    if let Some(deployed) = releases.deployed
        && deployed.files.get(want.path).is_some_and(|entry| entry.sha256 == hash)
    {
        return Some(Difference::OtherRelease(Some(deployed.id.clone())));
    }
    let in_wanted = releases.wanted.path_of(hash);
    let path = in_wanted.or_else(|| releases.deployed.and_then(|deployed| deployed.path_of(hash)));
    path.map(|path| Difference::Swapped(path.to_owned()))
}

/// A page of another release, of this site in place of a file, or of somebody else.
fn page(want: &Expected<'_>, got: &[u8], releases: &Releases<'_>) -> Option<Difference> {
    if !html::is_html(got) {
        return None;
    }
    let text = String::from_utf8_lossy(got);
    match html::attribute(&text, "data-base") {
        Some(_) if !want.entry.is_html() => {
            Some(Difference::Swapped("a page of the site".to_owned()))
        }
        Some(base) if names_others(&text, base, releases.wanted) => {
            Some(Difference::OtherRelease(None))
        }
        None if !is_like(want, got) => Some(Difference::ForeignPage(html::title(&text))),
        _ => None,
    }
}

/// Whether a page of the site loads a file with a hash in its name that the release has not. Pages
/// don't say of which release they are.
fn names_others(page: &str, base: &str, release: &Release) -> bool {
    let mut words = page.split([' ', '\n', '"', '\'', '=', '>']);
    words.any(|word| {
        let path = word.strip_prefix(base).filter(|path| path.starts_with("assets/"));
        path.is_some_and(|path| is_hashed(path) && !release.files.contains_key(path))
    })
}

/// Whether a page may be the wanted one, changed. An author's own pages and those at old addresses
/// don't say that they are of the site.
fn is_like(want: &Expected<'_>, got: &[u8]) -> bool {
    let Some(built) = want.bytes else {
        let (size, length) = (want.entry.size, got.len() as u64);
        return want.entry.is_html() && size.abs_diff(length) * 5 <= size;
    };
    let same = built.iter().zip(got).take_while(|(a, b)| a == b).count();
    same * 4 > built.len().min(got.len())
}

/// What is missing or added at the end.
fn length(want: &Expected<'_>, got: &[u8]) -> Option<Difference> {
    let size = usize::try_from(want.entry.size).ok()?;
    if let Some((start, end)) = got.split_at_checked(size)
        && is_wanted(want, start)
    {
        let added = String::from_utf8_lossy(&end[..end.len().min(400)]).into_owned();
        return Some(Difference::Appended(added));
    }
    let is_cut = match want.bytes {
        Some(bytes) => bytes.starts_with(got),
        None => want.entry.is_html() && !String::from_utf8_lossy(got).contains("</html"),
    };
    (got.len() < size && is_cut).then_some(Difference::Cut)
}

/// Scripts and the like that the built page has not.
fn inserted(want: &Expected<'_>, got: &[u8]) -> Option<Difference> {
    let text = std::str::from_utf8(got).ok()?;
    let built = want.bytes.map(String::from_utf8_lossy);
    let changer = html::changer(text)
        .filter(|_| built.as_ref().is_none_or(|built| html::changer(built).is_none()));
    let parts = match want.entry.is_html() {
        true => html::insertions(text),
        false => Vec::new(),
    };
    let strange = |part: &std::ops::Range<usize>| match &built {
        Some(built) => !built.contains(&text[part.clone()]),
        None => html::changer(&text[part.clone()]).is_some(),
    };
    let strangers: Vec<_> = parts.iter().filter(|part| strange(part)).cloned().collect();
    let is_whole = |parts: &[std::ops::Range<usize>]| {
        let rest = html::without(text, parts);
        is_wanted(want, rest.as_bytes()) || is_wanted(want, rest.trim_end().as_bytes())
    };
    let proven =
        is_whole(&strangers) || parts.iter().any(|part| is_whole(std::slice::from_ref(part)));
    let scripts = strangers.iter().any(|part| text[part.clone()].starts_with("<script"));
    (proven || changer.is_some() || (built.is_some() && scripts))
        .then_some(Difference::Injected(changer))
}

/// Texts and images that somebody made smaller or otherwise wrote anew.
fn rewritten(want: &Expected<'_>, got: &[u8]) -> Option<Difference> {
    const SIGNS: [&[u8]; 5] = [b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8", b"RIFF", b"\0\0\0"];
    if want.entry.media_type.starts_with("image/") && SIGNS.iter().any(|sign| got.starts_with(sign))
    {
        return Some(Difference::Image);
    }
    let text = std::str::from_utf8(got).ok()?;
    if let Some(built) = want.bytes.and_then(|bytes| std::str::from_utf8(bytes).ok()) {
        let same = html::squeezed(built) == html::squeezed(text);
        return same.then_some(Difference::Minified);
    }
    (want.entry.is_html() && html::is_html(got)).then_some(Difference::Changed)
}
