//! Hosts that answer addresses in other ways.

use super::*;

#[test]
fn spa_fallback() {
    let change = |host: &Host, request: &Request, raw: Raw| match raw.status {
        404 => host.file("shell.html", 200, request),
        _ => raw,
    };
    let words = ["a wrong address gets a page with status 200", "SPA fallback is on: turn it off"];
    check(With::Nothing, change, &["spa-fallback"], &words);
    let change = |host: &Host, request: &Request, raw: Raw| match raw.status {
        404 => host.file("shell.html", 200, request),
        _ if request.path.ends_with(".css") => host.file("index.html", 200, request),
        _ => raw,
    };
    let words = ["`index.html` came in its place", "the file is missing there"];
    check(With::Nothing, change, &["spa-fallback"], &words);
}

#[test]
fn wrong_addresses() {
    let wrong = |raw: Raw, answer: Raw| if raw.status == 404 { answer } else { raw };
    let change = move |_: &Host, _: &Request, raw: Raw| wrong(raw, Raw::to(302, "/sub/"));
    check(With::Nothing, change, &["404-redirected"], &["a wrong address is redirected"]);
    let change = move |_: &Host, _: &Request, raw: Raw| wrong(raw, Raw::new(404, "nginx"));
    check(With::Nothing, change, &["404-page"], &["another page than 404.html", "error_page 404"]);
    let change = move |_: &Host, _: &Request, raw: Raw| wrong(raw, Raw::new(200, "none"));
    check(With::Nothing, change, &["soft-404"], &["a wrong address gets status 200"]);
    let change = move |_: &Host, _: &Request, raw: Raw| wrong(raw, Raw::new(403, "<Error/>"));
    check(With::Nothing, change, &["404-forbidden"], &["s3:ListBucket"]);
}

#[test]
fn addresses_without_a_slash() {
    let at = |answer: fn() -> Raw| {
        move |_: &Host, request: &Request, raw: Raw| {
            if request.path == "posts/a" { answer() } else { raw }
        }
    };
    let temporary = at(|| Raw::to(302, "/sub/posts/a/"));
    check(
        With::Nothing,
        temporary,
        &["temporary"],
        &["added by a temporary redirect", "301 or 308"],
    );
    let outside = at(|| Raw::to(301, "/posts/a/"));
    check(
        With::Nothing,
        outside,
        &["redirect"],
        &["posts/a: error: it is redirected out of the site's path"],
    );
    let insecure = at(|| Raw::to(301, "http://127.0.0.1:1/sub/posts/a/"));
    let words = ["it is redirected to `http://127.0.0.1:1`", "absolute_redirect off"];
    check(With::Nothing, insecure, &["redirect"], &words);
    let missing = at(|| Raw::new(404, ""));
    check(With::Nothing, missing, &["no-slash"], &["the address without a slash is not answered"]);
    let elsewhere = at(|| Raw::to(301, "/sub/"));
    check(
        With::Nothing,
        elsewhere,
        &["no-slash"],
        &["the address without a slash leads elsewhere"],
    );
    let nowhere = at(|| Raw::to(301, "/sub/none/"));
    check(With::Nothing, nowhere, &["no-slash"], &["the address without a slash leads nowhere"]);
}

#[test]
fn pages_that_are_redirected() {
    let change = |host: &Host, request: &Request, raw: Raw| match &*request.path {
        "posts/a/" => Raw::to(301, "/sub/posts/a"),
        "posts/a" => host.file("posts/a/index.html", 200, request),
        _ => raw,
    };
    check(
        With::Nothing,
        change,
        &["redirected"],
        &["posts/a/index.html: warning: it is redirected within"],
    );
    let change = |_: &Host, request: &Request, raw: Raw| match &*request.path {
        "2019/old.html" => Raw::to(301, "/sub/2019/old.html/"),
        "2019/old.html/" => Raw::to(301, "/sub/2019/old.html"),
        _ => raw,
    };
    check(With::Nothing, change, &["redirect"], &["it is redirected in a circle"]);
}

#[test]
fn names_that_the_upload_changed() {
    let change = |host: &Host, request: &Request, raw: Raw| match &*request.path {
        "posts/%E4%BA%91/" => {
            Raw::new(404, host.bytes("404.html")).set("Content-Type", "text/html")
        }
        "posts/%25E4%25BA%2591/" => host.file("posts/云/index.html", 200, request),
        _ => raw,
    };
    let words =
        ["posts/云/index.html: error: it is there under another name: percent-encoded once more"];
    check(With::Nothing, change, &["renamed"], &words);
    let change = |host: &Host, request: &Request, raw: Raw| match &*request.path {
        "images/Photo.png" => Raw::new(404, ""),
        "images/photo.png" => host.file("images/Photo.png", 200, request),
        _ => raw,
    };
    check(With::Nothing, change, &["renamed"], &["another name: in lower case"]);
    let change = |_: &Host, request: &Request, raw: Raw| match request.path.contains('%') {
        true => Raw::new(404, ""),
        false => raw,
    };
    let words =
        ["posts/云/index.html: error: it is not there", "its name is not ASCII", "NFC to NFD"];
    check(With::Nothing, change, &["missing"], &words);
}

#[test]
fn a_site_at_the_wrong_place() {
    let host = Host::new(made::site("/sub/"));
    let server = Server::start("/", move |request| host.answer(request));
    let verdict = crawl(&server, With::Nothing);
    let text = print::text("", &verdict);
    let want = "index.html: error: the site was built for `/sub/`, but is served at `/`";
    assert!(text.contains(want) && text.contains("`--base /`"), "{text}");
}

#[test]
fn files_for_the_host_are_noted() {
    let change = |host: &Host, request: &Request, raw: Raw| match &*request.path {
        "_headers" => host.file("_headers", 200, request),
        _ => raw,
    };
    check(With::Nothing, change, &[], &["_headers: note: it is meant for the host", "1 note"]);
}
