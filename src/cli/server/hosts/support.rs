//! A table of requests and answers for one host.

use crate::cli::server::{Host, Site, respond};
use axum::http::Request;
use std::fs;

const HEADERS: &str = "/*\n  X-Content-Type-Options: nosniff\n  X-Joined: one\n/assets/app-0123456789abcdef.js\n  Cache-Control: public, max-age=31536000, immutable\n/assets/none.css\n  Cache-Control: public, max-age=60\n/images/*\n  X-Joined: two\n  ! Access-Control-Allow-Origin\n  Server: mine\n";

const REDIRECTS: &str = "/old/* /posts/:splat 301\n/sw.js/moved /sw.js\n/taken /posts/a/\n/forced /posts/a/ 302!\n/gone /about 404\n";

/// A site with a file of each kind.
fn files() -> Vec<(&'static str, String)> {
    let small = [
        ("index.html", "home"),
        ("404.html", "not here"),
        ("deep/404.html", "not here in deep"),
        ("about.html", "about"),
        ("both.html", "both page"),
        ("both/index.html", "both folder"),
        ("posts/a/index.html", "post"),
        ("images/a.png", "image"),
        ("taken.html", "taken"),
        ("forced.html", "forced"),
        ("_headers", HEADERS),
        ("_redirects", REDIRECTS),
        ("sw.js", "worker"),
        ("sw.js.br", "br"),
        ("assets/app-0123456789abcdef.js", "app"),
        ("manifest.webmanifest", "{}"),
        ("feed.xml", "<feed/>"),
        ("rss.xml", "<rss/>"),
        ("feed.json", "{}"),
        ("opensearch.xml", "<OpenSearchDescription/>"),
        ("tags/x/feed.xml", "<feed/>"),
    ];
    let mut files: Vec<_> = small.map(|(path, text)| (path, text.to_owned())).into();
    files.push(("large.css", "a { color: red }\n".repeat(100)));
    files.push(("large.webmanifest", "{}\n".repeat(1000)));
    files
}

/// Sends requests such as `GET / [Range: bytes=0-1]`, one a line, and compares the answers after
/// ` => `: the status, the body if one is given, and headers after ` | `, `-` for a missing one. `…`
/// ends a value of which only the beginning counts; a line that begins with `#` is a comment.
pub fn check(host: Host, table: &str) {
    let files = files();
    let files: Vec<_> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    check_with(host, &files, table);
}

/// As `check`, with a site of these files.
pub fn check_with(host: Host, files: &[(&str, &str)], table: &str) {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let site =
        Site { folder: folder.path().to_path_buf(), base: "/".to_owned(), rules: host.rules() };
    let lines = table.lines().map(str::trim);
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (request, expected) = line.split_once(" => ").unwrap();
        assert_eq!(answer(&site, request, expected), expected, "{host:?} {request}");
    }
}

/// The answer in the words of the expectation.
fn answer(site: &Site, request: &str, expected: &str) -> String {
    let mut parts = request.split(" [");
    let (method, path) = parts.next().unwrap().split_once(' ').unwrap();
    let mut request = Request::builder().method(method).uri(path);
    for header in parts {
        let (name, value) = header.trim_end_matches(']').split_once(": ").unwrap();
        request = request.header(name, value);
    }
    let response = respond::respond(site, &request.body(()).unwrap());
    let mut expected = expected.split(" | ");
    let mut shown = response.status().as_u16().to_string();
    if expected.next().is_some_and(|first| first.contains(' ')) {
        shown += &format!(" {}", String::from_utf8_lossy(response.body()));
    }
    for (name, start) in expected.map(|header| header.split_once('=').unwrap()) {
        let value = response.headers().get(name).map_or("-", |value| value.to_str().unwrap());
        let value = match start.strip_suffix('…') {
            Some(start) if value.starts_with(start) => format!("{start}…"),
            _ => value.to_owned(),
        };
        shown += &format!(" | {name}={value}");
    }
    shown
}
