//! Hosts that answer with another release, with pages of their own, or not at all.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::super::client::Client;
use super::*;
use crate::site::verify::answer::Trouble;

#[test]
fn another_release_is_deployed() {
    let older = Host::new(made::release("/sub/", "older"));
    let change = move |_: &Host, request: &Request, _: Raw| older.answer(request);
    let verdict = crawl(&server(change), With::Dist);
    let text = print::text("", &verdict);
    let (new, old) = (made::site("/sub/"), made::release("/sub/", "older"));
    let id = |files: &crate::site::file::Files| {
        crate::site::verify::release::Release::of_folder(files).unwrap().1.id
    };
    let want = format!(
        "sw.js: error: release `{}` is deployed, the local one is `{}`",
        id(&old),
        id(&new)
    );
    assert!(text.contains(&want), "{text}");
    assert!(text.contains(&format!("it is of release `{}`", id(&old))), "{text}");
    assert!(
        text.contains(&format!("it is not there, and release `{}` has it not", id(&old))),
        "{text}"
    );
    assert!(text.contains("the deploy has not happened, or a stale edge answers"), "{text}");
    // By itself it is whole.
    let older = Host::new(old);
    check(With::Nothing, move |_, request, _| older.answer(request), &[], &[]);
}

#[test]
fn a_stale_edge() {
    let older = Host::new(made::release("/sub/", "older"));
    let change = move |_: &Host, request: &Request, raw: Raw| match &*request.path {
        "posts/a/" | "2019/old.html" => older.answer(request).set("Age", "86400"),
        _ => raw,
    };
    let words = [
        "2019/old.html, posts/a/index.html: error: it is of another release",
        "age: 86400",
        "purge",
    ];
    check(With::Nothing, change, &["stale"], &words);
}

#[test]
fn a_manifest_that_does_not_fit() {
    let older = made::release("/sub/", "older");
    let old = older[&made::path_of(&older, "release-", ".json")].clone();
    let change =
        move |_: &Host, request: &Request, raw: Raw| match request.path.starts_with("release-") {
            true => raw.plain(old.clone()),
            false => raw,
        };
    let words = [
        "the manifest that sw.js names can't be read: it is of release `",
        "the deploy is unfinished",
    ];
    check(With::Nothing, change, &["manifest"], &words);
}

/// Answers `sw.js` so.
fn worker(answer: fn(Raw) -> Raw) -> impl Fn(&Host, &Request, Raw) -> Raw + Send + Sync {
    move |_, request, raw| if request.path == "sw.js" { answer(raw) } else { raw }
}

#[test]
fn workers_that_browsers_refuse() {
    let empty = worker(|raw| raw.plain(""));
    check(With::Nothing, empty, &["empty"], &["sw.js: error: the service worker is empty"]);
    // What was built is compared all the same.
    let empty = worker(|raw| raw.plain(""));
    check(With::Dist, empty, &["empty"], &["15 of 15 files compared", "1 error, 0 warnings"]);
    let page = worker(|raw| raw.plain("<!doctype html><title>登录</title>"));
    let words = ["a page came in place of the service worker titled “登录”"];
    check(With::Nothing, page, &["worker-is-html"], &words);
    let other = worker(|raw| raw.plain("self.skipWaiting()"));
    check(With::Nothing, other, &["worker-unreadable"], &["it is no service worker of Inkstone"]);
    let missing = worker(|_| Raw::new(404, ""));
    check(With::Nothing, missing, &["missing"], &["give the address of its home page"]);
    let packed = worker(|raw| raw.unset("Content-Encoding"));
    check(With::Nothing, packed, &["packed-without-header"], &["in a way that browsers can't see"]);
    let redirected = |host: &Host, request: &Request, raw: Raw| match &*request.path {
        "sw.js" => Raw::to(301, "/sub/worker.js"),
        "worker.js" => host.file("sw.js", 200, request),
        _ => raw,
    };
    check(
        With::Nothing,
        redirected,
        &["worker-redirect"],
        &["browsers refuse a redirected worker"],
    );
    let removes = worker(|raw| {
        let script = crate::site::verify::made::site("/sub/")["sw.js"].clone();
        let script = String::from_utf8(script).unwrap();
        raw.plain(script.replace("\"serve\"", "\"remove\""))
    });
    check(
        With::Nothing,
        removes,
        &["not-packed"],
        &["this worker removes itself and all that readers keep offline"],
    );
}

#[test]
fn login_pages() {
    let change = |_: &Host, _: &Request, _: Raw| Raw::to(302, "https://login.example/?next=x");
    let words =
        ["it is redirected to another host, `https://login.example`", "a login page stands before"];
    check(With::Nothing, change, &["redirect"], &words);
    let change = |_: &Host, request: &Request, raw: Raw| match request.path.starts_with("data/") {
        true => raw.plain("<html><title>Just a moment...</title>"),
        false => raw,
    };
    let words = ["a page that is not of this site came titled “Just a moment...”", "bot check"];
    check(With::Nothing, change, &["foreign-page"], &words);
    let change = |_: &Host, request: &Request, raw: Raw| match request.path.starts_with("2019/") {
        true => Raw::new(401, ""),
        false => raw,
    };
    check(
        With::Nothing,
        change,
        &["password"],
        &["status 401 came", "the site asks for a password"],
    );
}

#[test]
fn files_that_are_refused() {
    let change = |_: &Host, request: &Request, raw: Raw| match request.path.starts_with("data/") {
        true => Raw::new(403, ""),
        false => raw,
    };
    let words = ["status 403 came", "blocks `.json` files"];
    check(With::Nothing, change, &["forbidden"], &words);
    let change = |_: &Host, request: &Request, raw: Raw| match request.path.ends_with(".css") {
        true => Raw::new(500, "").set("Server", "nginx"),
        false => raw,
    };
    check(
        With::Nothing,
        change,
        &["server-error"],
        &["status 500 came", "the server (nginx) fails"],
    );
}

#[test]
fn busy_hosts() {
    let count = AtomicUsize::new(0);
    let change =
        move |_: &Host, _: &Request, raw: Raw| match count.fetch_add(1, Ordering::Relaxed) % 2 {
            0 => Raw::new(429, "").set("Retry-After", "1"),
            _ => raw,
        };
    // Asked one after another, every second request is answered.
    let server = server(change);
    let client = Client::new(server.url(), quick());
    let visit = client.visit(&server.url(), "br", 1 << 20);
    assert_eq!(visit.reply.unwrap().status, 200);
    let change = |_: &Host, request: &Request, raw: Raw| match request.path.ends_with(".css") {
        true => Raw::new(429, "").set("Retry-After", "3600"),
        false => raw,
    };
    check(
        With::Nothing,
        change,
        &["rate-limit"],
        &["status 429 came", "retry-after: 3600", "--sample 50"],
    );
}

#[test]
fn hosts_that_break_off() {
    let change = |_: &Host, request: &Request, raw: Raw| match request.path.ends_with(".css") {
        true => raw.set("Content-Length", "99999"),
        false => raw,
    };
    let words = ["the answer broke off", "expected: Content-Length 99999"];
    check(With::Nothing, change, &["broken-off"], &words);
    let change = |_: &Host, request: &Request, raw: Raw| match request.path.ends_with(".css") {
        true => Raw { wire: Some(Vec::new()), ..raw },
        false => raw,
    };
    check(With::Nothing, change, &["connection"], &["the connection failed: "]);
    let change = |_: &Host, request: &Request, raw: Raw| match request.path.ends_with(".css") {
        true => Raw { wire: Some(b"SSH-2.0-x\r\n\r\n".to_vec()), ..raw },
        false => raw,
    };
    check(With::Nothing, change, &["protocol"], &["what came is not HTTP"]);
}

#[test]
fn a_host_that_dies_is_not_asked_for_ever() {
    let dead = || Raw { wire: Some(Vec::new()), ..Raw::new(200, "") };
    let busy = || Raw::new(429, "");
    for answer in [dead, busy] {
        let count = Arc::new(AtomicUsize::new(0));
        let inner = count.clone();
        let server = server(move |_, _, _| {
            inner.fetch_add(1, Ordering::Relaxed);
            answer()
        });
        let client = Client::new(server.url(), quick());
        let ask = || client.visit(&server.url(), "br", 1 << 20).reply;
        for _ in 0..8 {
            assert_ne!(ask(), Err(Trouble::NotAsked));
        }
        let asked = count.load(Ordering::Relaxed);
        assert_eq!(ask(), Err(Trouble::NotAsked));
        assert_eq!(count.load(Ordering::Relaxed), asked);
    }
}

#[test]
fn a_host_that_speaks_no_tls() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}/", listener.local_addr().unwrap()).parse().unwrap();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            drop(std::io::Write::write_all(&mut stream, b"HTTP/1.1 400 Bad Request\r\n\r\n"));
            drop(std::io::Read::read(&mut stream, &mut [0; 1024]));
        }
    });
    let mut verdict = Crawl::new(url, None, sample::DEFAULT, quick()).run().unwrap();
    verdict.finish(false);
    let text = print::text("", &verdict);
    assert!(text.contains("sw.js: error: the secure connection failed: "), "{text}");
    assert!(text.contains("the port does not speak TLS"), "{text}");
}

#[test]
fn a_file_that_does_not_come_in_time() {
    let server = server(|_, request, raw| match request.path.ends_with(".css") {
        true => Raw { delay: Duration::from_secs(5), ..raw },
        false => raw,
    });
    let patience = Patience { start: Duration::from_secs(2), ..quick() };
    let mut verdict = Crawl::new(server.url(), None, sample::DEFAULT, patience).run().unwrap();
    verdict.finish(false);
    let text = print::text("", &verdict);
    assert!(text.contains(".css: error: no answer came in time"), "{text}");
    assert_eq!(verdict.findings.len(), 1, "{text}");
}

#[test]
fn any_answer_is_survived() {
    let junk: [&[u8]; 8] = [
        b"HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551615\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nx",
        b"HTTP/1.1 999 \xFF\r\nContent-Encoding: br\r\n\r\n\xFF\xFF",
        b"HTTP/1.1 301 X\r\nLocation: \xFF\xFE\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Type: \"\r\nContent-Length: 3\r\n\r\n\x1F\x8B\x08",
        b"HTTP/1.1 204 X\r\n\r\n",
        b"HTTP/1.1 304 X\r\nCache-Control: max-age=-1,,=,s-maxage=\r\n\r\n",
        b"\0\0\0\0",
    ];
    for bytes in junk {
        let change = move |_: &Host, request: &Request, raw: Raw| match &*request.path {
            "sw.js" | "posts/a" => raw,
            path if path.starts_with("release-") || path.starts_with("others-") => raw,
            _ => Raw { wire: Some(bytes.to_vec()), ..raw },
        };
        let verdict = crawl(&server(change), With::Nothing);
        assert!(verdict.count(Severity::Error) > 0, "{bytes:?}");
    }
}
