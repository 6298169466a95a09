//! A small made-up site for tests, with everything a release has.

use std::io::Write;

use crate::site::file::{Files, content_type, hashed_name, is_compressible, sha256};

const HEADERS: [(&str, &str); 2] = [
    ("Content-Security-Policy", "default-src 'none'; script-src 'self'"),
    ("X-Content-Type-Options", "nosniff"),
];

/// The site, built for a base.
pub(crate) fn site(base: &str) -> Files {
    release(base, "first")
}

/// One of several releases of the site: its pages differ, and so do two files with a hash.
pub(crate) fn release(base: &str, text: &str) -> Files {
    let mut files = Files::new();
    let id = &sha256(format!("{base}{text}").as_bytes())[..16];
    let style = format!("p {{ margin: 0 }} /* {text} */\n").repeat(200);
    let sheet = hashed_name("assets/style", style.as_bytes(), "css");
    let page = |title: &str| {
        format!(
            "<!doctype html>\n<html lang=\"zh-CN\" data-base=\"{base}\" data-worker=\"on\">\n\
             <head>\n<title>{title}</title>\n<script src=\"{base}boot.js\"></script>\n\
             <link rel=\"stylesheet\" href=\"{base}{sheet}\">\n</head>\n\
             <body>\n  <!-- {text} -->\n  <p class=\"lead\">{}</p>\n</body>\n</html>\n",
            format!("{title}：云原生。\n").repeat(120)
        )
    };
    for (path, title) in [
        ("index.html", "首页"),
        ("shell.html", "壳"),
        ("404.html", "没有这一页"),
        ("posts/a/index.html", "甲"),
        ("posts/云/index.html", "云"),
        ("2019/old.html", "旧文"),
    ] {
        files.insert(path.to_owned(), page(title).into_bytes());
    }
    let mut hashed = |stem: &str, text: String, extension: &str| {
        files.insert(hashed_name(stem, text.as_bytes(), extension), text.into_bytes());
    };
    hashed("assets/app", "export const a = 1;\n".repeat(200), "js");
    hashed("assets/app", "\0asm\u{1}not really\n".repeat(200), "wasm");
    hashed("assets/style", style, "css");
    hashed("data/catalogue", format!("{{\"posts\":[\"{text}\"]}}\n").repeat(200), "json");
    files.insert("manifest.webmanifest".into(), format!("{{\"scope\":\"{base}\"}}\n").into_bytes());
    files.insert("images/Photo.png".into(), b"\x89PNG\r\n\x1a\nmade up".to_vec());
    finish(files, id)
}

/// Adds the lists, the worker and what is beside a release.
fn finish(mut files: Files, id: &str) -> Files {
    let feed = "<?xml version=\"1.0\"?>\n<feed/>\n".repeat(100).into_bytes();
    let feed_entry = entry("feed.xml", &feed, None);
    let list = serde_json::json!({"schema": 2, "files": {"feed.xml": feed_entry}}).to_string();
    let list_name = hashed_name("others", list.as_bytes(), "json");
    let entries: serde_json::Map<String, serde_json::Value> = files
        .iter()
        .map(|(path, bytes)| {
            let core =
                path.starts_with("assets/") || matches!(&**path, "index.html" | "shell.html");
            (path.clone(), entry(path, bytes, Some(if core { "core" } else { "demand" })))
        })
        .collect();
    let headers: serde_json::Map<String, serde_json::Value> =
        HEADERS.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
    let manifest = serde_json::json!({
        "schema": 2, "release": id, "shell": "shell.html", "headers": headers, "files": entries,
        "others": {"path": list_name, "sha256": sha256(list.as_bytes()), "size": list.len()},
    })
    .to_string();
    let name = hashed_name("release", manifest.as_bytes(), "json");
    let build = serde_json::json!({
        "schema": 2, "release": id, "path": name, "sha256": sha256(manifest.as_bytes()),
        "size": manifest.len(), "mode": "serve",
    });
    let script = format!("const BUILD = {build};\n{}", "// the worker\n".repeat(300));
    files.insert(name, manifest.into_bytes());
    files.insert(list_name, list.into_bytes());
    files.insert("feed.xml".into(), feed);
    files.insert("sw.js".into(), script.into_bytes());
    beside(files)
}

/// Adds what is beside a release: packed files and those for the host.
fn beside(mut files: Files) -> Files {
    let lines: String =
        HEADERS.iter().map(|(name, value)| format!("  {name}: {value}\n")).collect();
    let both = |path: &str, bytes: &[u8]| {
        [(format!("{path}.br"), brotli(bytes)), (format!("{path}.gz"), gzip(bytes))]
    };
    let packed: Vec<_> = files
        .iter()
        .filter(|(path, _)| is_compressible(path))
        .flat_map(|(path, bytes)| both(path, bytes))
        .collect();
    files.extend(packed);
    files.insert("_headers".into(), format!("/*\n{lines}").into_bytes());
    files.insert(".nojekyll".into(), Vec::new());
    files
}

fn entry(path: &str, bytes: &[u8], set: Option<&str>) -> serde_json::Value {
    let mut entry = serde_json::json!({
        "sha256": sha256(bytes), "size": bytes.len(), "type": content_type(path),
    });
    if let Some(set) = set {
        entry["set"] = set.into();
    }
    entry
}

/// The headers of the manifest.
pub(crate) fn headers() -> Vec<(String, String)> {
    HEADERS.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// The path of the file with a hash that begins and ends so.
pub(crate) fn path_of(files: &Files, start: &str, end: &str) -> String {
    files.keys().find(|path| path.starts_with(start) && path.ends_with(end)).unwrap().clone()
}

/// Packs with gzip.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Packs with Brotli.
pub(crate) fn brotli(bytes: &[u8]) -> Vec<u8> {
    let params = brotli::enc::BrotliEncoderParams { quality: 4, ..Default::default() };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut out, &params).unwrap();
    out
}
