//! What is asked besides files: wrong addresses, addresses without a slash, plain HTTP, a client
//! that can't unpack.

use url::Url;

use super::answer::{Answer, Hop, Lead, Visit};
use super::cache;
use super::finding::Finding;
use super::html;
use super::packing;
use super::release::Entry;
use super::served;
use super::status;
use crate::site::file::sha256;
use crate::text;

/// A wrong address: status 404 with the page for that, of which `page` is the entry.
pub fn wrong_address(path: &str, visit: &Visit, page: Option<&Entry>) -> Vec<Finding> {
    let answer = match missing(path, visit) {
        Ok(answer) => answer,
        Err(found) => return vec![found],
    };
    let mut found: Vec<Finding> = cache::check_missing(path, &answer.headers).into_iter().collect();
    let Some(page) = page else { return found };
    let bytes = packing::unpack(answer, served::limit(page.size)).map(|unpacked| unpacked.bytes);
    let is_page = bytes.as_ref().is_ok_and(|bytes| sha256(bytes) == page.sha256);
    if !is_page {
        let title = bytes.ok().and_then(|bytes| html::title(&String::from_utf8_lossy(&bytes)));
        let got =
            title.map_or("another text".to_owned(), |title| format!("a page titled “{title}”"));
        found.push(
            Finding::warning("404-page", path, "a wrong address gets another page than 404.html")
                .between("the bytes of 404.html", got)
                .help(
                    "set 404.html as the host's page for errors, with status 404 (nginx: \
                       `error_page 404 /404.html`); or it is of another release: purge the cache",
                ),
        );
    }
    found
}

/// A wrong file: status 404, whatever its text.
pub fn wrong_file(path: &str, visit: &Visit) -> Vec<Finding> {
    match missing(path, visit) {
        Ok(answer) => cache::check_missing(path, &answer.headers).into_iter().collect(),
        Err(found) => vec![found],
    }
}

/// The answer of status 404, or what came instead.
fn missing<'a>(path: &str, visit: &'a Visit) -> Result<&'a Answer, Finding> {
    let answer = visit.reply.as_ref().map_err(|trouble| status::trouble(path, trouble))?;
    let error = |code, message: &str| Finding::error(code, path, message);
    let kind = answer.headers.shown("content-type");
    let got = format!("status {}, Content-Type {kind}", answer.status);
    if let Some(hop) = visit.hops.first() {
        let got = format!("status {}, location: {}", hop.status, hop.location);
        return Err(error("404-redirected", "a wrong address is redirected")
            .between("status 404", got)
            .help(
                "search engines and offline reading take it for a page: let the host answer wrong \
             addresses with status 404",
            ));
    }
    match answer.status {
        404 | 410 => Ok(answer),
        200 if kind.starts_with("text/html") || html::is_html(&answer.body) => {
            Err(error("spa-fallback", "a wrong address gets a page with status 200")
                .between("status 404", got)
                .help(
                    "SPA fallback is on: turn it off, since every page of the site is a file, and \
                       set 404.html as the page for errors",
                ))
        }
        200 => Err(error("soft-404", "a wrong address gets status 200")
            .between("status 404", got)
            .help("let the host answer wrong addresses with status 404")),
        403 => Err(Finding::warning("404-forbidden", path, "a wrong address gets status 403")
            .between("status 404", got)
            .help(
                "S3 says so where listing is not allowed: allow `s3:ListBucket`, or map 403 to \
                   404.html with status 404 in CloudFront",
            )),
        _ => Err(status::status(path, answer, None)),
    }
}

/// An address of a page without its slash at the end: it leads to the one with it, or has the page.
pub fn without_slash(path: &str, visit: &Visit, page: &Entry) -> Option<Finding> {
    let answer = match &visit.reply {
        Ok(answer) => answer,
        Err(trouble) => return Some(status::trouble(path, trouble)),
    };
    let Some(hop) = visit.hops.first() else {
        return at_once(path, answer, page);
    };
    let want = format!("status 301 or 308, location: /…{path}/");
    let got = format!("status {}, location: {}", hop.status, hop.location);
    if !matches!(hop.lead, Lead::Inside(_)) {
        return Some(status::leads_out(path, hop));
    }
    if answer.status != 200 {
        return Some(
            Finding::error("no-slash", path, "the address without a slash leads nowhere")
                .between(want, format!("{got}, then status {}", answer.status))
                .help("mend the host's redirect for folders"),
        );
    }
    if !leads_to_slash(visit, hop) {
        return Some(
            Finding::warning("no-slash", path, "the address without a slash leads elsewhere")
                .between(want, got)
                .help("let the host add the slash and nothing else"),
        );
    }
    (!matches!(hop.status, 301 | 308)).then(|| {
        Finding::warning("temporary", path, "the slash is added by a temporary redirect")
            .between(want, got)
            .help("search engines keep both addresses: let the host answer with 301 or 308")
    })
}

fn leads_to_slash(visit: &Visit, hop: &Hop) -> bool {
    let Lead::Inside(to) = &hop.lead else { return false };
    let decoded = |url: &Url| text::decode(url.path());
    decoded(to) == decoded(&visit.asked).map(|path| format!("{path}/"))
}

/// It was answered without a redirect.
fn at_once(path: &str, answer: &Answer, page: &Entry) -> Option<Finding> {
    let bytes = packing::unpack(answer, served::limit(page.size)).map(|unpacked| unpacked.bytes);
    if answer.status == 200 && bytes.is_ok_and(|bytes| sha256(&bytes) == page.sha256) {
        return None;
    }
    let found = match answer.status {
        200 => Finding::error("no-slash", path, "the address without a slash gets another page")
            .help(
                "SPA fallback or a rewrite rule is on: let the host redirect to the address with \
                 a slash",
            ),
        _ => Finding::warning("no-slash", path, "the address without a slash is not answered")
            .help("people type and share it so: let the host redirect to the address with a slash"),
    };
    let got = format!("status {}", answer.status);
    Some(found.between("a redirect to the address with a slash, or its page", got))
}

/// The same address by plain HTTP, which should lead to the secure one.
pub fn plain_http(visit: &Visit) -> Option<Finding> {
    let answer = visit.reply.as_ref().ok()?;
    let leads = visit.hops.first().is_some_and(|hop| match &hop.lead {
        Lead::OtherOrigin(url) | Lead::OtherHost(url) | Lead::Inside(url) => {
            url.scheme() == "https"
        }
        _ => false,
    });
    (!leads && answer.status < 400).then(|| {
        Finding::note("plain-http", "", "plain HTTP is answered without a redirect to HTTPS")
            .between("a redirect to https://", format!("status {}", answer.status))
            .help("browsers keep nothing offline there: let the host redirect")
    })
}

/// The home page for a client that can't unpack anything.
pub fn unpacked(path: &str, visit: &Visit) -> Option<Finding> {
    let answer = visit.reply.as_ref().ok().filter(|answer| answer.status == 200)?;
    let codings = packing::codings(answer);
    (!codings.is_empty()).then(|| {
        let got = format!("Content-Encoding {}", codings.join(", "));
        Finding::error("packed-unasked", path, "it is packed for clients that can't unpack it")
            .between("no Content-Encoding, as `Accept-Encoding: identity` asks", got)
            .help(
                "only the packed file was uploaded, or a cache ignores Accept-Encoding: upload the \
                   plain file too, and send `Vary: Accept-Encoding`",
            )
    })
}

/// A file that is meant for the host.
pub fn private(path: &str, visit: &Visit) -> Option<Finding> {
    let answer = visit.reply.as_ref().ok()?;
    // A fallback may answer with a page of the site.
    let bytes = served::plain(answer, served::limit(1 << 20))?;
    (answer.status == 200 && visit.hops.is_empty() && !bytes.is_empty() && !html::is_html(&bytes))
        .then(|| {
            Finding::note("private", path, "it is meant for the host, but readers can load it")
                .help("it holds no secret; hide it where the host lets you (nginx: `return 404`)")
        })
}

/// Whether the home page was built for the path that it is served at.
pub fn mount(base: &Url, visit: &Visit) -> Option<Finding> {
    let answer = visit.reply.as_ref().ok()?;
    let bytes = packing::unpack(answer, served::limit(1 << 20)).ok()?.bytes;
    let page = String::from_utf8_lossy(&bytes);
    let built = html::attribute(&page, "data-base")?;
    let decoded = |path: &str| text::decode(path);
    (decoded(built) != decoded(base.path())).then(|| {
        let message =
            format!("the site was built for `{built}`, but is served at `{}`", base.path());
        let help = format!(
            "its links and files lead nowhere: put it at `{built}`, or build with `--base {}`",
            base.path()
        );
        Finding::error("mount", "index.html", message).help(help)
    })
}
