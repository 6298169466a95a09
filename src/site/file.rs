//! Files of the output, in memory until all of them are right.

use std::collections::BTreeMap;

use anyhow::Context;
use sha2::{Digest, Sha256};

/// The files of a site by their path below the base, decoded, with `/`.
pub type Files = BTreeMap<String, Vec<u8>>;

/// SHA-256 in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `name-<hash>.ext`: the hash is of the content, 16 hexadecimal digits.
pub fn hashed_name(stem: &str, bytes: &[u8], extension: &str) -> String {
    format!("{stem}-{}.{extension}", &sha256(bytes)[..16])
}

/// Whether a name carries a content hash, so that its bytes never change.
pub fn is_hashed(path: &str) -> bool {
    let stem = path.rsplit('/').next().unwrap_or(path);
    let stem = stem.split('.').next().unwrap_or(stem);
    stem.rsplit_once('-').is_some_and(|(_, hash)| {
        hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

/// The media type that a file is served with, by its extension.
pub fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "xml" => "application/xml",
        "txt" => "text/plain; charset=utf-8",
        "pdf" => "application/pdf",
        "woff2" => "font/woff2",
        "mp3" => "audio/mpeg",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        _ => "application/octet-stream",
    }
}

/// Names of files whose media types hosts have to be told, since their endings say less.
pub const OWN_TYPES: [(&str, &str); 4] = [
    ("feed.xml", "application/atom+xml"),
    ("rss.xml", "application/rss+xml"),
    ("feed.json", "application/feed+json"),
    ("opensearch.xml", "application/opensearchdescription+xml"),
];

/// The media type of a file that hosts have to be told.
pub fn own_type(path: &str) -> Option<&'static str> {
    let name = path.rsplit('/').next().unwrap_or(path);
    OWN_TYPES.iter().find(|(own, _)| *own == name).map(|(_, media_type)| *media_type)
}

/// Whether compression pays for files of this type.
pub fn is_compressible(path: &str) -> bool {
    let essence = content_type(path).split(';').next().unwrap_or_default();
    essence.starts_with("text/")
        || matches!(
            essence,
            "application/json"
                | "application/wasm"
                | "application/manifest+json"
                | "application/xml"
                | "image/svg+xml"
        )
}

/// Writes files below a folder.
pub fn write(folder: &std::path::Path, files: &Files) -> anyhow::Result<()> {
    for (path, bytes) in files {
        let target = folder.join(path);
        if let Some(parent) = target.parent() {
            std::fs::create_dir_all(parent)
                .with_context(|| format!("can't make the folder {}", parent.display()))?;
        }
        write_one(&target, bytes)?;
    }
    Ok(())
}

/// Writes a file into a folder that is there.
pub fn write_one(file: &std::path::Path, bytes: &[u8]) -> anyhow::Result<()> {
    std::fs::write(file, bytes).with_context(|| format!("can't write {}", file.display()))
}

/// Reads every file below a folder; a folder that is not there has none.
pub fn read(folder: &std::path::Path) -> anyhow::Result<Files> {
    let mut files = Files::new();
    if !folder.exists() {
        return Ok(files);
    }
    for entry in walkdir::WalkDir::new(folder).follow_links(true) {
        let entry = entry.map_err(|error| unreadable(folder, error))?;
        let hidden = entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with(".DS_");
        if !entry.file_type().is_file() || hidden {
            continue;
        }
        let path = super::load::relative(folder, entry.path())
            .with_context(|| format!("the name of {} is not UTF-8", entry.path().display()))?;
        let bytes = std::fs::read(entry.path())
            .with_context(|| format!("can't read {}", entry.path().display()))?;
        files.insert(path, bytes);
    }
    Ok(files)
}

/// Names the file rather than the folder, and the cause once.
fn unreadable(folder: &std::path::Path, error: walkdir::Error) -> anyhow::Error {
    let what = format!("can't read {}", error.path().unwrap_or(folder).display());
    match error.into_io_error() {
        Some(cause) => anyhow::Error::new(cause).context(what),
        None => anyhow::anyhow!("{what}: it is a link to a folder that holds it"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_nowhere_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let link = |name: &str, to: &str| {
            std::os::unix::fs::symlink(to, folder.path().join(name)).unwrap();
            let error = format!("{:#}", read(folder.path()).unwrap_err());
            std::fs::remove_file(folder.path().join(name)).unwrap();
            error
        };
        let nowhere = link("a", "nowhere");
        assert!(nowhere.contains("/a: No such file"), "{nowhere}");
        assert_eq!(nowhere.matches("No such file").count(), 1, "{nowhere}");
        assert!(link("b", ".").contains("/b: it is a link to a folder"));
    }

    #[test]
    fn hashed_names_are_recognised() {
        assert!(is_hashed(&hashed_name("data/posts/云", b"x", "json")));
        assert!(is_hashed("app-0123456789abcdef.wasm"));
        for path in ["index.html", "posts/a-b/index.html", "sw.js", "images/a-2026.png"] {
            assert!(!is_hashed(path), "{path}");
        }
    }
}
