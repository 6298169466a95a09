//! The core without a network: folders and single answers.

mod any;

use url::Url;

use super::answer::{Answer, End, Hop, Lead, Trouble, Visit};
use super::finding::{Severity, Verdict};
use super::release::{Entry, Release};
use super::served::{Expected, Releases};
use super::{folder, made, routes, served, worker};
use crate::site::file::Files;

fn folder_of(change: impl Fn(&mut Files)) -> Verdict {
    let mut files = made::site("/");
    change(&mut files);
    let mut verdict = folder::check(&files);
    verdict.finish(false);
    verdict
}

/// The findings of a changed folder, as `severity path: message`.
fn check_folder(change: impl Fn(&mut Files), want: &[&str]) {
    let verdict = folder_of(change);
    let shown = verdict.findings.iter().map(|found| {
        let severity = format!("{:?}", found.severity).to_lowercase();
        format!("{severity} {}: {}", found.paths.join(" "), found.message)
    });
    assert_eq!(shown.collect::<Vec<_>>(), want);
}

#[test]
fn a_whole_folder_has_no_findings() {
    check_folder(|_| {}, &[]);
}

#[test]
fn folders_that_are_not_whole() {
    check_folder(|files| files.clear(), &["error sw.js: there is no sw.js"]);
    check_folder(
        |files| drop(files.insert("sw.js".into(), Vec::new())),
        &["error sw.js: sw.js: it is empty"],
    );
    let gone = |files: &mut Files| {
        let manifest = made::path_of(files, "release-", ".json");
        files.remove(&manifest);
    };
    let found = folder_of(gone).findings.remove(0);
    assert!(found.message.ends_with(".json, which sw.js names"), "{}", found.message);
    check_folder(
        |files| drop(files.remove("images/Photo.png")),
        &["error images/Photo.png: it is not there"],
    );
    check_folder(|files| drop(files.remove("_headers")), &["warning _headers: it is not there"]);
    check_folder(
        |files| {
            drop(
                files
                    .insert("_headers".into(), b"/*\n  X-Content-Type-Options: nosniff\n".to_vec()),
            )
        },
        &["warning _headers: it has not this release's `Content-Security-Policy`"],
    );
}

#[test]
fn the_list_of_others_counts() {
    check_folder(
        |files| drop(files.insert("feed.xml".into(), Vec::new())),
        &[
            "error feed.xml.br feed.xml.gz: it does not unpack to the file beside it",
            "error feed.xml: it is empty",
        ],
    );
    let gone = |files: &mut Files| {
        let list = made::path_of(files, "others-", ".json");
        files.retain(|path, _| !path.starts_with(&list));
    };
    let found = folder_of(gone).findings.remove(0);
    assert!(found.paths[0].starts_with("others-") && found.message == "it is not there");
}

#[test]
fn folders_that_a_copy_changed() {
    let rename = |files: &mut Files| {
        let bytes = files.remove("images/Photo.png").unwrap();
        files.insert("images/photo.PNG".into(), bytes);
    };
    check_folder(
        rename,
        &[
            "error images/Photo.png: it is there under another name: in other case",
            "note images/photo.PNG: no list of the release names it",
        ],
    );
    let line_ends = |files: &mut Files| {
        let text = String::from_utf8(files["2019/old.html"].clone()).unwrap();
        files.insert("2019/old.html".into(), text.replace('\n', "\r\n").into_bytes());
        files.retain(|path, _| !path.starts_with("2019/old.html."));
    };
    check_folder(line_ends, &["error 2019/old.html: its line ends were turned into `\\r\\n`"]);
}

#[test]
fn packed_files_are_unpacked() {
    check_folder(
        |files| drop(files.insert("shell.html.br".into(), made::brotli(b"other"))),
        &["error shell.html.br: it does not unpack to the file beside it"],
    );
    check_folder(
        |files| drop(files.insert("shell.html.gz".into(), b"no gzip".to_vec())),
        &["error shell.html.gz: it does not unpack to the file beside it"],
    );
    check_folder(
        |files| drop(files.insert("lone.html.gz".into(), made::gzip(b"x"))),
        &[
            "warning lone.html.gz: it is packed, but the plain file is missing",
            "note lone.html.gz: no list of the release names it",
        ],
    );
}

#[test]
fn files_that_no_list_names_are_noted() {
    let older = "assets/app-0123456789abcdef.js";
    check_folder(
        |files| {
            files.insert(older.into(), b"x".to_vec());
            files.insert(format!("{older}.br"), made::brotli(b"x"));
            files.insert("notes.txt".into(), b"x".to_vec());
        },
        &[
            "note assets/app-0123456789abcdef.js assets/app-0123456789abcdef.js.br: it is of an older release",
            "note notes.txt: no list of the release names it",
        ],
    );
}

#[test]
fn a_folder_whose_worker_removes_itself_is_accepted_and_it_is_said() {
    check_folder(
        |files| {
            let script = String::from_utf8(files["sw.js"].clone())
                .unwrap()
                .replace("\"serve\"", "\"remove\"");
            files.insert("sw.js".into(), script.into_bytes());
            files.retain(|path, _| !path.starts_with("sw.js."));
        },
        &["note sw.js: this worker removes itself and all that readers keep offline"],
    );
}

fn visit(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Visit {
    let mut answer = Answer { status, body: body.to_vec(), ..Answer::default() };
    headers.iter().for_each(|(name, value)| answer.headers.push(name, value.as_bytes()));
    let asked = Url::parse("https://a.example/x").unwrap();
    Visit { asked, hops: Vec::new(), reply: Ok(answer) }
}

/// The codes of what is found in an answer for a small text.
fn check_answer(visit: &Visit, want: &[&str]) {
    let (_, release) = Release::of_folder(&made::site("/")).unwrap();
    let release = Release { headers: Default::default(), ..release };
    let entry = Entry::of(b"text", "text/plain; charset=utf-8");
    let expected = Expected { path: "a.txt", entry: &entry, bytes: None };
    let releases = Releases { wanted: &release, deployed: None };
    let found = served::check(&expected, visit, &releases);
    let codes: Vec<&str> = found.iter().map(|found| found.code).collect();
    assert_eq!(codes, want, "{found:?}");
}

const GOOD: [(&str, &str); 3] = [
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Cache-Control", "no-cache"),
    ("ETag", "\"a\""),
];

#[test]
fn content_length_is_that_of_what_came() {
    let with = |length: &'static str| {
        let headers = [&GOOD[..], &[("Content-Length", length)]].concat();
        visit(200, &headers, b"text")
    };
    check_answer(&with("4"), &[]);
    check_answer(&with("5"), &["length"]);
    check_answer(&with("many"), &[]);
}

#[test]
fn endless_and_broken_answers() {
    let ending = |end: End| {
        let mut visit = visit(200, &GOOD, b"tex");
        visit.reply.as_mut().unwrap().end = end;
        visit
    };
    check_answer(&ending(End::Early("gone".into())), &["broken-off"]);
    check_answer(&ending(End::TooLong), &["different"]);
}

#[test]
fn statuses_and_troubles_have_their_own_words() {
    for (status, code) in [
        (401, "password"),
        (403, "forbidden"),
        (404, "missing"),
        (407, "proxy"),
        (410, "missing"),
        (418, "status"),
        (429, "rate-limit"),
        (503, "server-error"),
    ] {
        check_answer(&visit(status, &[], b""), &[code]);
    }
    for (trouble, words) in [
        (Trouble::Tls("invalid peer certificate: Expired".into()), "renew it"),
        (
            Trouble::Tls("invalid peer certificate: certificate not valid for name \"a\"".into()),
            "another name",
        ),
        (Trouble::Tls("invalid peer certificate: UnknownIssuer".into()), "full chain"),
        (
            Trouble::Tls("invalid peer certificate: Other(OtherError(CaUsedAsEndEntity))".into()),
            "full chain",
        ),
        (Trouble::Tls("invalid peer certificate: BadEncoding".into()), "public authority"),
        (Trouble::Tls("received corrupt message".into()), "does not speak TLS"),
        (Trouble::UnknownHost, "DNS"),
        (Trouble::Timeout, "overloaded"),
        (Trouble::NotAsked, "verify again"),
    ] {
        let mut visit = visit(200, &[], b"");
        visit.reply = Err(trouble);
        let found = worker::read(&visit).unwrap_err();
        assert!(found.help.as_ref().unwrap().contains(words), "{found:?}");
    }
}

#[test]
fn hosts_that_are_known_have_their_own_help() {
    let iis = visit(404, &[("Server", "Microsoft-IIS/10.0")], b"");
    let entry = Entry::of(b"x", "application/wasm");
    let (_, release) = Release::of_folder(&made::site("/")).unwrap();
    let expected = Expected { path: "a.wasm", entry: &entry, bytes: None };
    let found = served::check(&expected, &iis, &Releases { wanted: &release, deployed: None });
    assert!(found[0].help.as_ref().unwrap().contains("mimeMap"), "{found:?}");
    let challenge = visit(403, &[("cf-mitigated", "challenge")], b"");
    let found =
        served::check(&expected, &challenge, &Releases { wanted: &release, deployed: None });
    assert!(found[0].help.as_ref().unwrap().contains("Cloudflare challenges"), "{found:?}");
}

#[test]
fn plain_http_should_lead_to_the_secure_address() {
    let mut leads = visit(301, &[], b"");
    let url = Url::parse("https://a.example/").unwrap();
    leads.hops.push(Hop { status: 301, location: url.to_string(), lead: Lead::OtherOrigin(url) });
    assert_eq!(routes::plain_http(&leads), None);
    let found = routes::plain_http(&visit(200, &[], b"page")).unwrap();
    assert_eq!((found.severity, found.code), (Severity::Note, "plain-http"));
    assert_eq!(routes::plain_http(&visit(404, &[], b"")), None);
}
