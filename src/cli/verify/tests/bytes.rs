//! Hosts that change bytes.

use super::*;

/// Changes the unpacked bytes of the files that a sign of their path picks out.
fn bytes(
    picked: &'static str,
    change: impl Fn(Vec<u8>) -> Vec<u8> + Send + Sync + 'static,
) -> impl Fn(&Host, &Request, Raw) -> Raw + Send + Sync + 'static {
    move |host, request, raw| {
        let path = crate::text::decode(&request.path).unwrap_or_default();
        let file = if path.is_empty() || path.ends_with('/') { path + "index.html" } else { path };
        match raw.status == 200 && file.contains(picked) {
            true => raw.plain(change(host.bytes(&file))),
            false => raw,
        }
    }
}

fn replaced(from: &'static str, to: &'static str) -> impl Fn(Vec<u8>) -> Vec<u8> {
    move |bytes| String::from_utf8(bytes).unwrap().replace(from, to).into_bytes()
}

#[test]
fn minified_pages() {
    let minify = || bytes("posts/a/", replaced("\n", " "));
    let words = ["only its white space", "minifying, Rocket Loader"];
    check(With::Dist, minify(), &["minified", "not-packed"], &words);
    let words = ["it is not as it was built", "minifying, Rocket Loader"];
    check(With::Nothing, minify(), &["changed", "not-packed"], &words);
    // With a change near the start, as when ends of elements are left out.
    for (with, code) in [(With::Dist, "different"), (With::Nothing, "changed")] {
        let minify = bytes("posts/a/", replaced("<head>\n", ""));
        check(with, minify, &[code, "not-packed"], &["posts/a/index.html: error"]);
    }
}

const BEACON: &str =
    "<script defer src='https://static.cloudflareinsights.com/beacon.min.js'></script></body>";

#[test]
fn scripts_that_are_put_in() {
    for with in [With::Dist, With::Nothing] {
        let change = bytes("2019/", replaced("</body>", BEACON));
        let words = [
            "2019/old.html: error: it was changed by Cloudflare Web Analytics",
            "automatic set-up",
        ];
        check(with, change, &["injected", "not-packed"], &words);
        let change = bytes("2019/", replaced("</head>", "<script>spy()</script></head>"));
        check(with, change, &["injected", "not-packed"], &["a script or the like was put in"]);
    }
    let mail = "<a href=\"/cdn-cgi/l/email-protection#6e04\">mail</a></p>";
    let change = bytes("2019/", replaced("</p>", mail));
    check(
        With::Dist,
        change,
        &["injected", "not-packed"],
        &["Cloudflare's e-mail obfuscation", "Scrape Shield"],
    );
}

#[test]
fn text_that_is_added_at_the_end() {
    let change = bytes("assets/style", |bytes| [&bytes[..], b"/* /cdn-cgi/ */"].concat());
    let words = ["something was added at its end by Cloudflare"];
    check(With::Nothing, change, &["injected", "not-packed"], &words);
}

#[test]
fn line_ends_and_marks() {
    let change = bytes("assets/app", replaced("\n", "\r\n"));
    let words = ["line ends were turned into `\\r\\n`", "autocrlf", "binary mode"];
    check(With::Nothing, change, &["line-ends", "not-packed"], &words);
    let change = bytes("data/", |bytes| [b"\xEF\xBB\xBF", &bytes[..]].concat());
    check(
        With::Nothing,
        change,
        &["byte-order-mark", "not-packed"],
        &["a byte order mark was put in front"],
    );
}

#[test]
fn texts_that_are_encoded_twice() {
    let change =
        bytes("2019/", |bytes| bytes.iter().map(|b| char::from(*b)).collect::<String>().into());
    check(With::Nothing, change, &["not-packed", "recoded"], &["read as Latin-1"]);
}

#[test]
fn files_that_are_cut_or_empty() {
    let half = || bytes("2019/", |bytes| bytes[..bytes.len() / 2].to_vec());
    for with in [With::Dist, With::Nothing] {
        check(
            with,
            half(),
            &["cut", "not-packed"],
            &["its end is missing", "upload was cut short"],
        );
    }
    let change = bytes("assets/style", |_| Vec::new());
    check(With::Nothing, change, &["empty"], &["error: it is empty"]);
}

#[test]
fn images_that_are_made_smaller() {
    let change = bytes("images/", |_| b"\x89PNG\r\n\x1a\nsmaller".to_vec());
    check(With::Dist, change, &["image-optimised"], &["another image came", "Polish"]);
}

#[test]
fn a_file_in_place_of_another() {
    let shell = made::site("/sub/")["manifest.webmanifest"].clone();
    let change = bytes("images/", move |_| shell.clone());
    check(With::Dist, change, &["swapped"], &["bytes of `manifest.webmanifest` came"]);
}

#[test]
fn unknown_bytes() {
    let change = bytes("assets/app", |bytes| bytes.iter().map(|byte| byte ^ 1).collect());
    check(
        With::Nothing,
        change,
        &["different", "not-packed"],
        &["other bytes came", "--against DIR"],
    );
}

#[test]
fn packed_twice() {
    let change = |_: &Host, request: &Request, raw: Raw| match request.path.ends_with(".css") {
        true => Raw { body: made::gzip(&raw.body), ..raw }.set("Content-Encoding", "gzip"),
        false => raw,
    };
    let words =
        ["it is packed twice: after its Content-Encoding is undone, it is still br", "as they are"];
    check(With::Nothing, change, &["packed-twice"], &words);
    // Said in the header, so that browsers undo both.
    let change = |_: &Host, request: &Request, raw: Raw| match request.path.ends_with(".css") {
        true => Raw { body: made::gzip(&raw.body), ..raw }.set("Content-Encoding", "br, gzip"),
        false => raw,
    };
    check(With::Nothing, change, &["packed-twice"], &["it is packed 2 times: `br, gzip`"]);
}

#[test]
fn packed_without_a_header_or_a_header_without_packing() {
    let change = |_: &Host, request: &Request, raw: Raw| match request.path.ends_with(".css") {
        true => raw.unset("Content-Encoding"),
        false => raw,
    };
    let words = ["packed with br, but has no Content-Encoding", "Content-Encoding: br"];
    check(With::Nothing, change, &["not-packed", "packed-without-header"], &words);
    let change = |host: &Host, request: &Request, raw: Raw| match request.path.ends_with(".css") {
        true => raw.plain(host.bytes(&request.path)).set("Content-Encoding", "gzip"),
        false => raw,
    };
    check(With::Nothing, change, &["coding"], &["it can't be unpacked as `gzip`"]);
    let change = |_: &Host, request: &Request, raw: Raw| match request.path.ends_with(".css") {
        true => raw.set("Content-Encoding", "zstd"),
        false => raw,
    };
    check(With::Nothing, change, &["unasked-coding"], &["`zstd`, which was not asked for"]);
}

#[test]
fn packed_for_who_can_not_unpack() {
    let change = |host: &Host, request: &Request, _: Raw| {
        host.answer(&Request { path: request.path.clone(), accept: "br".into() })
    };
    check(
        With::Nothing,
        change,
        &["packed-unasked"],
        &["index.html: error: it is packed for clients"],
    );
}
