//! Hosts that send other headers.

use super::*;

/// Sets a header where the path ends so; an empty value takes it away.
fn header(
    end: &'static str,
    name: &'static str,
    value: &'static str,
) -> impl Fn(&Host, &Request, Raw) -> Raw + Send + Sync + 'static {
    move |_, request, raw| match request.path.ends_with(end) && raw.status == 200 {
        true if value.is_empty() => raw.unset(name),
        true => raw.set(name, value),
        false => raw,
    }
}

#[test]
fn wrong_types() {
    let change = header(".wasm", "Content-Type", "application/octet-stream");
    let words =
        ["served as `application/octet-stream`, which is not `application/wasm`", "add the type"];
    check(With::Nothing, change, &["type"], &words);
    let change = header(".css", "Content-Type", "");
    check(With::Nothing, change, &["no-type"], &["it has no Content-Type", "browsers refuse it"]);
    let change = header("old.html", "Content-Type", "text/html; charset=gbk");
    check(With::Nothing, change, &["charset"], &["its charset is `gbk`, not `utf-8`"]);
    let change = header("sw.js", "Content-Type", "text/plain");
    check(With::Nothing, change, &["type"], &["sw.js: error: served as `text/plain`"]);
}

#[test]
fn wrong_cache_rules() {
    let change = header("/", "Cache-Control", "public, max-age=86400");
    let words = ["browsers and networks may keep it for 24 hours", "max-age=0, must-revalidate"];
    check(With::Nothing, change, &["cached-long"], &words);
    let change = header("sw.js", "Cache-Control", "max-age=0, s-maxage=604800");
    check(
        With::Nothing,
        change,
        &["cached-long"],
        &["sw.js: error: networks (s-maxage) may keep it for 7 days"],
    );
    let change = header("shell.html", "Cache-Control", "max-age=31536000, immutable");
    check(
        With::Nothing,
        change,
        &["cached-for-ever"],
        &["carries no hash, but it is said to be immutable"],
    );
    let change = header(".wasm", "Cache-Control", "max-age=600");
    check(With::Nothing, change, &["cached-briefly"], &["not kept for long"]);
    let change = header("shell.html", "Cache-Control", "max-age=0, max-age=31536000");
    check(With::Nothing, change, &["cache-rules-joined"], &["contradict each other"]);
    let change = header("shell.html", "Cache-Control", "");
    check(
        With::Nothing,
        change,
        &["no-cache-rule"],
        &["it has no Cache-Control", "browsers guess"],
    );
}

#[test]
fn missing_files_that_are_cached() {
    let change = |_: &Host, _: &Request, raw: Raw| match raw.status {
        404 => raw.set("Cache-Control", "public, max-age=31536000, immutable"),
        _ => raw,
    };
    check(With::Nothing, change, &["404-cached"], &["its status 404 may be kept for 365 days"]);
}

#[test]
fn security_headers() {
    let change = |_: &Host, _: &Request, raw: Raw| {
        raw.unset("Content-Security-Policy").unset("X-Content-Type-Options")
    };
    let words = ["it has none of the security headers", "the service worker adds"];
    check(With::Nothing, change, &["no-header"], &words);
    let change = header("old.html", "X-Content-Type-Options", "");
    check(With::Nothing, change, &["no-header"], &["it lacks `X-Content-Type-Options`"]);
    let change = header("old.html", "Content-Security-Policy", "default-src *");
    let words = [
        "its `Content-Security-Policy` is not the one that was built",
        "expected: default-src 'none'; script-src 'self'",
        "got: default-src *",
    ];
    check(With::Nothing, change, &["header"], &words);
}

#[test]
fn compression_and_what_belongs_to_it() {
    let change = |host: &Host, request: &Request, _: Raw| {
        host.answer(&Request { path: request.path.clone(), accept: String::new() })
    };
    let words = [" more: warning: it is sent without compression", "several times as much"];
    check(With::Nothing, change, &["not-packed"], &words);
    let change = header(".css", "Vary", "Origin");
    check(
        With::Nothing,
        change,
        &["no-vary"],
        &["it is packed, but has no `Vary: Accept-Encoding`"],
    );
    let change = header("old.html", "ETag", "");
    check(With::Nothing, change, &["no-validator"], &["neither ETag nor Last-Modified"]);
}
