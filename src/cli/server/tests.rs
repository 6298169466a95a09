//! A whole request to a whole response, and once over a real connection.

use super::respond::{Site, respond};
use axum::http::{Request, Response, StatusCode};
use std::fs;
use std::path::Path;

const HEADERS: &str = "/*\n  X-Content-Type-Options: nosniff\n/app-*\n  Cache-Control: public, max-age=31536000, immutable\n/posts/*\n  Cache-Control: no-cache\n";

fn dist() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in [
        ("index.html", "home"),
        ("404.html", "not here"),
        ("_headers", HEADERS),
        ("app-1.js", "0123456789"),
        ("app-1.js.br", "br"),
        ("app-1.js.gz", "gz"),
        ("posts/中文/index.html", "post"),
        ("posts/中文/index.html.gz", "gz"),
    ] {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn site(folder: &Path, base: &str) -> Site {
    Site { folder: folder.to_path_buf(), base: base.to_owned(), rules: super::Host::Cdn.rules() }
}

/// A request such as `GET /app-1.js` with headers such as `Range: bytes=0-1`.
fn ask(base: &str, line: &str, headers: &[&str]) -> Response<Vec<u8>> {
    let folder = dist();
    let (method, path) = line.split_once(' ').unwrap();
    let mut request = Request::builder().method(method).uri(path);
    for header in headers {
        let (name, value) = header.split_once(": ").unwrap();
        request = request.header(name, value);
    }
    respond(&site(folder.path(), base), &request.body(()).unwrap())
}

/// The status, the body and one header, `-` when it is missing.
fn check(line: &str, headers: &[&str], name: &str, expected: &str) {
    check_at("/", line, headers, name, expected);
}

fn check_at(base: &str, line: &str, headers: &[&str], name: &str, expected: &str) {
    let response = ask(base, line, headers);
    let header = response.headers().get(name).map_or("-", |value| value.to_str().unwrap());
    let body = String::from_utf8_lossy(response.body()).trim().to_owned();
    let shown = format!("{} {body:?} {header}", response.status().as_u16());
    assert_eq!(shown, expected, "{line} {headers:?} {name}");
}

#[test]
fn types_and_lengths() {
    check("GET /", &[], "content-type", "200 \"home\" text/html; charset=utf-8");
    check("GET /app-1.js", &[], "content-length", "200 \"0123456789\" 10");
    check("HEAD /app-1.js", &[], "content-length", "200 \"\" 10");
}

#[test]
fn compressed_siblings() {
    let path = "GET /app-1.js";
    check(path, &["Accept-Encoding: gzip, br"], "content-encoding", "200 \"br\" br");
    check(path, &["Accept-Encoding: gzip"], "content-encoding", "200 \"gz\" gzip");
    check(path, &["Accept-Encoding: br;q=0"], "content-encoding", "200 \"0123456789\" -");
    check(path, &[], "vary", "200 \"0123456789\" Accept-Encoding");
    check("GET /", &["Accept-Encoding: br"], "vary", "200 \"home\" -");
    let response = ask("/", path, &["Accept-Encoding: br"]);
    let kind = response.headers()["content-type"].to_str().unwrap();
    assert!(kind.contains("javascript"), "the type is that of the original: {kind}");
}

#[test]
fn tags_differ_by_packing_and_save_the_bytes() {
    let tag = |headers: &[&str]| {
        let response = ask("/", "GET /app-1.js", headers);
        response.headers()["etag"].to_str().unwrap().to_owned()
    };
    let (whole, brotli) = (tag(&[]), tag(&["Accept-Encoding: br"]));
    assert_ne!(whole, brotli);
    let known = format!("If-None-Match: {whole}");
    check("GET /app-1.js", &[&known], "content-type", "304 \"\" -");
    check("GET /app-1.js", &[&known], "etag", &format!("304 \"\" {whole}"));
    check(
        "GET /app-1.js",
        &[&known],
        "cache-control",
        "304 \"\" public, max-age=31536000, immutable",
    );
    check("GET /app-1.js", &[&known, "Accept-Encoding: br"], "content-encoding", "200 \"br\" br");
}

#[test]
fn the_headers_file() {
    check("GET /", &[], "x-content-type-options", "200 \"home\" nosniff");
    check("GET /", &[], "cache-control", "200 \"home\" public, max-age=0, must-revalidate");
    check("GET /none", &[], "x-content-type-options", "404 \"not here\" nosniff");
    check(
        "GET /_headers",
        &[],
        "cache-control",
        "404 \"not here\" public, max-age=0, must-revalidate",
    );
}

#[test]
fn folders() {
    let post = "/posts/%E4%B8%AD%E6%96%87";
    check(&format!("GET {post}/"), &[], "cache-control", "200 \"post\" no-cache");
    let to = format!("308 \"Permanent Redirect\" {post}/?q=1");
    check(&format!("GET {post}?q=1"), &[], "location", &to);
    check("GET //posts/%E4%B8%AD%E6%96%87", &[], "location", "404 \"not here\" -");
}

#[test]
fn missing_pages_and_other_methods() {
    check("GET /none/", &[], "content-type", "404 \"not here\" text/html; charset=utf-8");
    check("GET /%2e%2e%2fsecret", &[], "etag", "404 \"not here\" -");
    check("POST /", &[], "allow", "405 \"Method Not Allowed\" GET, HEAD");
    check("POST /", &[], "x-content-type-options", "405 \"Method Not Allowed\" nosniff");
    check("DELETE /app-1.js", &[], "allow", "405 \"Method Not Allowed\" GET, HEAD");
}

#[test]
fn ranges() {
    let path = "GET /app-1.js";
    check(path, &["Range: bytes=2-4"], "content-range", "206 \"234\" bytes 2-4/10");
    check(path, &["Range: bytes=2-4"], "content-length", "206 \"234\" 3");
    check(path, &["Range: bytes=50-"], "content-range", "416 \"Range Not Satisfiable\" bytes */10");
    let packed = ["Range: bytes=0-0", "Accept-Encoding: br"];
    check(path, &packed, "content-encoding", "206 \"0\" -");
    check(path, &["Range: bytes=0-0", "If-Range: \"x\""], "content-range", "200 \"0123456789\" -");
}

#[test]
fn below_a_base() {
    let check =
        |line: &str, name: &str, expected: &str| check_at("/sub/", line, &[], name, expected);
    check("GET /sub/", "etag", &format!("200 \"home\" {}", super::conditional::tag(b"home")));
    check("GET /sub", "location", "307 \"Temporary Redirect\" /sub/");
    check("GET /", "location", "307 \"Temporary Redirect\" /sub/");
    check(
        "GET /sub/app-1.js",
        "cache-control",
        "200 \"0123456789\" public, max-age=31536000, immutable",
    );
    check(
        "GET /sub/posts/%E4%B8%AD%E6%96%87",
        "location",
        "308 \"Permanent Redirect\" /sub/posts/%E4%B8%AD%E6%96%87/",
    );
    check("GET /app-1.js", "etag", "404 \"Not Found\" -");
    check("GET /subway/", "etag", "404 \"Not Found\" -");
}

/// What goes over the wire for a request, through the router.
fn over_the_wire(router: axum::Router, request: &str) -> String {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let listener = super::bind(0).unwrap();
    let address = listener.local_addr().unwrap();
    listener.set_nonblocking(true).unwrap();
    runtime.spawn(async move {
        let listener = tokio::net::TcpListener::from_std(listener).unwrap();
        axum::serve(listener, router).await
    });
    use std::io::{Read, Write};
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(std::time::Duration::from_secs(2))).unwrap();
    stream
        .write_all(format!("{request}\r\nHost: x\r\nConnection: close\r\n\r\n").as_bytes())
        .unwrap();
    let (mut answer, mut buffer) = (Vec::new(), [0; 4096]);
    while let Ok(count @ 1..) = stream.read(&mut buffer) {
        answer.extend_from_slice(&buffer[..count]);
        if answer.windows(7).any(|window| window == b"\ndata: ") {
            break;
        }
    }
    runtime.shutdown_background();
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn a_head_request_keeps_its_length_over_the_wire() {
    let folder = dist();
    let router = super::router(std::sync::Arc::new(site(folder.path(), "/")));
    let answer = over_the_wire(router, "HEAD /app-1.js HTTP/1.1");
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.contains("content-length: 10\r\n"), "{answer}");
    assert!(answer.ends_with("\r\n\r\n"), "{answer}");
}

#[test]
fn raw_paths_over_the_wire_stay_inside() {
    let outer = tempfile::tempdir().unwrap();
    fs::write(outer.path().join("secret"), "secret text").unwrap();
    fs::create_dir(outer.path().join("dist")).unwrap();
    for path in ["/../secret", "/..%2fsecret", "/%2e%2e/secret", "/..\\secret"] {
        let site = site(&outer.path().join("dist"), "/");
        let answer = over_the_wire(super::router(site.into()), &format!("GET {path} HTTP/1.1"));
        assert!(!answer.contains("secret text") && !answer.contains(" 200 "), "{path}: {answer}");
    }
}

#[test]
fn live_reload() {
    let folder = dist();
    let live = std::sync::Arc::new(super::Live::new());
    live.explain("posts/a.md:1:1: <bad>".to_owned());
    let problem = over_the_wire(live.clone().router(), "GET / HTTP/1.1");
    assert!(problem.starts_with("HTTP/1.1 503") && problem.contains("&lt;bad>"), "{problem}");

    live.show(site(folder.path(), "/"), "r1".to_owned());
    live.explain("a later error".to_owned());
    let home = over_the_wire(live.clone().router(), "GET / HTTP/1.1");
    assert!(home.starts_with("HTTP/1.1 200") && home.contains("cache-control: no-cache"), "{home}");
    let events = over_the_wire(live.clone().router(), "GET /__inkstone/live HTTP/1.1");
    assert!(events.contains("event: hello\ndata: r1"), "{events}");
    let script = over_the_wire(live.router(), "GET /__inkstone/live.js HTTP/1.1");
    assert!(script.contains("text/javascript") && script.contains("EventSource"), "{script}");
}

#[test]
fn a_taken_port_is_named() {
    let taken = super::bind(0).unwrap();
    let port = taken.local_addr().unwrap().port();
    let message = super::bind(port).unwrap_err().to_string();
    assert!(message.contains(&format!("port {port} is taken")) && message.contains("--port"));
}

#[test]
fn statuses_are_those_of_the_standard() {
    assert_eq!(ask("/", "GET /none", &[]).status(), StatusCode::NOT_FOUND);
}
