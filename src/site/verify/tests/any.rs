//! Whatever comes, it is judged without a panic.

use proptest::prelude::*;
use url::Url;

use super::super::answer::{Answer, End, Headers, Lead, Visit};
use super::super::release::{Build, Entry, Release};
use super::super::served::{Expected, Releases};
use super::super::{made, names, routes, served, worker};
use crate::site::file::Files;

fn any_headers() -> impl Strategy<Value = Vec<(String, Vec<u8>)>> {
    let names = prop::sample::select(vec![
        "content-type",
        "content-encoding",
        "content-length",
        "cache-control",
        "cdn-cache-control",
        "vary",
        "etag",
        "age",
        "location",
        "retry-after",
        "content-security-policy",
        "server",
    ]);
    let known = prop::sample::select(vec![
        "gzip",
        "br",
        "gzip, br, gzip, br",
        "text/html; charset=",
        ";",
        "max-age=",
        "max-age=9, ,=",
        "s-maxage=99999999999999999999",
        "-1",
        "immutable",
        "\"",
        "charset=\"",
        "",
    ]);
    let value = prop_oneof![
        known.prop_map(|text| text.as_bytes().to_vec()),
        prop::collection::vec(any::<u8>(), 0..20),
    ];
    prop::collection::vec((names.prop_map(str::to_owned), value), 0..8)
}

/// Bytes that look like something now and then.
fn any_body() -> impl Strategy<Value = Vec<u8>> {
    let pieces = prop::sample::select(vec![
        "<!doctype html>",
        "<html data-base=",
        " data-release=\"",
        "<title",
        "<title>云",
        "</title>",
        "<script",
        "</script>",
        "<!--",
        "-->",
        "/cdn-cgi/",
        "\u{FEFF}",
        "\r\n",
        "İ",
        "ß<STYLE",
        "const BUILD = {\"schema\":1",
        "\u{1F}\u{8B}",
        "é",
    ]);
    let piece = prop_oneof![
        3 => pieces.prop_map(|text| text.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..12),
        1 => prop::collection::vec(any::<u8>(), 0..40).prop_map(|bytes| made::gzip(&bytes)),
    ];
    prop::collection::vec(piece, 0..10).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_answer_is_judged(
        status in 0..1000u16,
        headers in any_headers(),
        body in any_body(),
        built in any_body(),
        html in any::<bool>(),
        known in any::<bool>(),
    ) {
        let (_, release) = Release::of_folder(&made_once()).unwrap();
        let mut list = Headers::default();
        headers.iter().for_each(|(name, value)| list.push(name, value));
        let asked = Url::parse("https://a.example/sub/x").unwrap();
        let answer = Answer { status, headers: list, body, end: End::Whole };
        let visit = Visit { asked: asked.clone(), hops: Vec::new(), reply: Ok(answer) };
        let entry = Entry::of(&built, if html { "text/html; charset=utf-8" } else { "image/png" });
        let bytes = known.then_some(built.as_slice());
        let expected = Expected { path: "x.html", entry: &entry, bytes };
        let releases = Releases { wanted: &release, deployed: Some(&release) };
        served::check(&expected, &visit, &releases);
        let _ = worker::read(&visit);
        routes::wrong_address("x/", &visit, Some(&entry));
        routes::wrong_file("x.js", &visit);
        routes::without_slash("x", &visit, &entry);
        routes::mount(&asked, &visit);
        routes::unpacked("x", &visit);
        routes::private("x", &visit);
        routes::plain_http(&visit);
    }

    #[test]
    fn any_text_is_no_release_or_one(json in ".{0,200}", path in ".{0,30}") {
        let _ = Build::parse(json.as_bytes());
        names::alternatives(&path);
        let base = Url::parse("https://a.example/sub/").unwrap();
        Lead::of(&base, &base, &path);
        let (build, _) = Release::of_folder(&made_once()).unwrap();
        prop_assert!(Release::parse(&build, json.as_bytes()).is_err());
    }
}

/// Made once, as it is packed.
fn made_once() -> Files {
    static SITE: std::sync::OnceLock<Files> = std::sync::OnceLock::new();
    SITE.get_or_init(|| made::site("/")).clone()
}
