//! A small release behind a host that misbehaves in one way each time.

mod bytes;
mod headers;
mod host;
mod paths;
mod run;

use std::time::Duration;

use super::client::Patience;
use super::crawl::{Crawl, Local};
use super::print;
use super::server::{Host, Raw, Request, Server};
use crate::site::verify::finding::{Severity, Verdict};
use crate::site::verify::{made, sample};

/// Whether the built folder is at hand.
#[derive(Clone, Copy, PartialEq)]
enum With {
    Dist,
    Nothing,
}

/// Patient with a busy machine, but not with a host that asks to wait.
fn quick() -> Patience {
    let (start, short) = (Duration::from_secs(20), Duration::from_millis(5));
    Patience { start, whole: start * 2, tries: 3, pause: short, longest_pause: short }
}

fn crawl(server: &Server, with: With) -> Verdict {
    let local = (with == With::Dist).then(|| Local::new(made::site("/sub/")).unwrap());
    let mut verdict = Crawl::new(server.url(), local, sample::DEFAULT, quick()).run().unwrap();
    verdict.finish(false);
    verdict
}

/// A host of the release whose answers are changed.
fn server(change: impl Fn(&Host, &Request, Raw) -> Raw + Send + Sync + 'static) -> Server {
    let host = Host::new(made::site("/sub/"));
    Server::start("/sub/", move |request| change(&host, request, host.answer(request)))
}

/// The errors and warnings are exactly these, by their codes; the text has each of `words`.
fn check(
    with: With,
    change: impl Fn(&Host, &Request, Raw) -> Raw + Send + Sync + 'static,
    codes: &[&str],
    words: &[&str],
) {
    let verdict = crawl(&server(change), with);
    let text = print::text("the site", &verdict);
    let serious = verdict.findings.iter().filter(|found| found.severity != Severity::Note);
    let mut found: Vec<&str> = serious.map(|found| found.code).collect();
    found.sort_unstable();
    found.dedup();
    assert_eq!(found, codes, "{text}");
    for words in words {
        assert!(text.contains(words), "no `{words}` in:\n{text}");
    }
}

#[test]
fn a_good_host_gives_no_finding() {
    for with in [With::Dist, With::Nothing] {
        let verdict = crawl(&server(|_, _, raw| raw), with);
        assert_eq!(verdict.findings, [], "{}", print::text("", &verdict));
        assert!(verdict.checked == verdict.files && verdict.files > 12);
    }
}

#[test]
fn a_host_with_its_own_ways_is_fine_too() {
    // As Cloudflare Pages: pages without `.html`, and status 404 for the page of that name.
    let change = |host: &Host, request: &Request, raw: Raw| match &*request.path {
        "index.html" => Raw::to(308, "./"),
        "shell.html" => Raw::to(308, "shell"),
        "shell" => host.file("shell.html", 200, request),
        "2019/old.html" => Raw::to(308, "/sub/2019/old"),
        "2019/old" => host.file("2019/old.html", 200, request),
        "404.html" => host.file("404.html", 404, request),
        "posts/a" => host.file("posts/a/index.html", 200, request),
        _ => raw,
    };
    check(With::Dist, change, &[], &["0 errors, 0 warnings, 0 notes"]);
}
