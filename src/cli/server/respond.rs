//! From a request to a response.

use super::address::{self, Found};
use super::encoding::Encoding;
use super::packing::{self, Packed};
use super::range::{self, Part};
use super::redirects::{Redirects, Sent};
use super::rules::{Dates, Ranges, Rules};
use super::{conditional, fields};
use axum::http::{
    HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, header,
};
use std::path::{Path, PathBuf};

/// A folder that is served.
#[derive(Clone, Debug)]
pub struct Site {
    /// What `build` has written.
    pub folder: PathBuf,
    /// Where the site stands on its host; starts and ends with a slash.
    pub base: String,
    /// How the host answers.
    pub rules: &'static Rules,
}

/// A response, and the path of the file that it holds; `None` for redirects and short answers.
struct Answer {
    response: Response<Vec<u8>>,
    name: Option<String>,
}

impl super::Source for Site {
    fn respond(&self, request: &Request<()>) -> Response<Vec<u8>> {
        respond(self, request)
    }
}

/// The answer to a request.
pub fn respond(site: &Site, request: &Request<()>) -> Response<Vec<u8>> {
    let asked = request.uri().path();
    let Some(path) = below(asked, &site.base) else {
        return outside(site, asked);
    };
    let Answer { mut response, name } = match *request.method() {
        Method::GET | Method::HEAD => read(site, asked, &path, request),
        _ => Answer { response: other_method(site.rules), name: None },
    };
    fields::add(&mut response, site, &path, asked, name.as_deref());
    if request.method() == Method::HEAD {
        response.body_mut().clear();
    }
    response
}

/// The answer to a request that changes nothing.
fn read(site: &Site, asked: &str, path: &str, request: &Request<()>) -> Answer {
    let found = address::find(&site.folder, site.rules, path);
    match sent(site, asked, &found) {
        Some(sent) => follow(site, &sent, request),
        None => show(site, found, path, request),
    }
}

/// The path inside the site, with its leading slash.
fn below(asked: &str, base: &str) -> Option<String> {
    asked.strip_prefix(base).map(|rest| format!("/{rest}"))
}

/// A host has other things beside the site; here only the way in.
fn outside(site: &Site, asked: &str) -> Response<Vec<u8>> {
    if asked == "/" || format!("{asked}/") == site.base {
        return redirect(StatusCode::TEMPORARY_REDIRECT.as_u16(), &site.base);
    }
    plain(StatusCode::NOT_FOUND)
}

fn other_method(rules: &Rules) -> Response<Vec<u8>> {
    let status = StatusCode::from_u16(rules.other_method);
    let mut response = plain(status.unwrap_or(StatusCode::METHOD_NOT_ALLOWED));
    if rules.names_methods {
        set(&mut response, header::ALLOW, "GET, HEAD");
    }
    response
}

/// What a rule of `_redirects` does with the address, where the host reads that file.
fn sent(site: &Site, asked: &str, found: &Found) -> Option<Sent> {
    let redirection = site.rules.redirects?;
    let text = std::fs::read_to_string(site.folder.join("_redirects")).ok()?;
    let sent = Redirects::parse(&text, &redirection).of(asked)?;
    (!redirection.file_first || sent.force || *found == Found::Nothing).then_some(sent)
}

fn follow(site: &Site, sent: &Sent, request: &Request<()>) -> Answer {
    if !matches!(sent.status, 200 | 404) {
        let to = match sent.to.contains('?') {
            true => sent.to.clone(),
            false => with_query(&sent.to, request.uri().query()),
        };
        return Answer { response: redirect(sent.status, &to), name: None };
    }
    // Other sites would be fetched by the host; here they are missing.
    let path = below(&sent.to, &site.base).unwrap_or_default();
    let found = address::find(&site.folder, site.rules, &path);
    let mut answer = show(site, found, &path, request);
    if answer.response.status() == StatusCode::OK
        && let Ok(status) = StatusCode::from_u16(sent.status)
    {
        *answer.response.status_mut() = status;
    }
    answer
}

fn show(site: &Site, found: Found, path: &str, request: &Request<()>) -> Answer {
    match found {
        Found::File(file, name) => file_answer(&file, name, site.rules, request.headers()),
        Found::Elsewhere(path, status) => {
            // Two slashes at the start would name another site.
            let to = format!("{}{path}", site.base.trim_end_matches('/'));
            let to = format!("/{}", to.trim_start_matches(['/', '\\']));
            let to = with_query(&to, request.uri().query());
            Answer { response: redirect(status, &to), name: None }
        }
        Found::Nothing => missing(site, path, request.headers()),
    }
}

fn with_query(path: &str, query: Option<&str>) -> String {
    query.map_or_else(|| path.to_owned(), |query| format!("{path}?{query}"))
}

fn redirect(status: u16, to: &str) -> Response<Vec<u8>> {
    let mut response = plain(StatusCode::from_u16(status).unwrap_or(StatusCode::FOUND));
    set(&mut response, header::LOCATION, to);
    response
}

fn missing(site: &Site, path: &str, request: &HeaderMap) -> Answer {
    let nothing = || Answer { response: plain(StatusCode::NOT_FOUND), name: None };
    let Some((file, name, status)) = address::missing(&site.folder, site.rules, path) else {
        return nothing();
    };
    if status == StatusCode::OK.as_u16() {
        return file_answer(&file, name, site.rules, request);
    }
    let Some(packed) = packing::read(&file, &name, site.rules, request) else {
        return nothing();
    };
    let tag = packed.tag.clone();
    let mut response = whole(packed, &name, site.rules);
    if site.rules.missing_has_tag {
        set(&mut response, header::ETAG, &tag);
    }
    *response.status_mut() = StatusCode::NOT_FOUND;
    Answer { response, name: Some(name) }
}

fn file_answer(file: &Path, name: String, rules: &Rules, request: &HeaderMap) -> Answer {
    let Some(packed) = packing::read(file, &name, rules, request) else {
        return Answer { response: plain(StatusCode::NOT_FOUND), name: None };
    };
    let (tag, date) = (packed.tag.clone(), packed.date.clone());
    let cuts = match rules.ranges {
        Ranges::Ignored => false,
        Ranges::UnlessPacked => packed.encoding == Encoding::Identity,
        Ranges::OfFile | Ranges::OfPacked => true,
    };
    let mut response = whole(packed, &name, rules);
    set(&mut response, header::ETAG, &tag);
    if let Some(date) = date.as_deref().filter(|_| rules.dates != Dates::Unused) {
        set(&mut response, header::LAST_MODIFIED, date);
    }
    if cuts {
        set(&mut response, header::ACCEPT_RANGES, "bytes");
    }
    if conditional::is_known(request, &tag, date.as_deref(), rules.dates) {
        forget_content(&mut response);
    } else if let Some(value) = request.get(header::RANGE).and_then(|value| value.to_str().ok())
        && conditional::allows_range(request, &tag)
        && cuts
    {
        cut(&mut response, value);
    }
    Answer { response, name: Some(name) }
}

/// Leaves what a cache needs of a response whose content the browser has (RFC 9110, section
/// 15.4.5).
fn forget_content(response: &mut Response<Vec<u8>>) {
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    response.body_mut().clear();
    for name in [
        header::CONTENT_LENGTH,
        header::CONTENT_TYPE,
        header::CONTENT_ENCODING,
        header::ACCEPT_RANGES,
    ] {
        response.headers_mut().remove(name);
    }
}

/// Leaves one range of a whole response, or says that there is none.
fn cut(response: &mut Response<Vec<u8>>, value: &str) {
    let length = response.body().len();
    let (status, range, body) = match range::parse(value, length) {
        Part::Whole => return,
        Part::Bytes(range) => {
            let described = format!("bytes {}-{}/{length}", range.start, range.end - 1);
            (StatusCode::PARTIAL_CONTENT, described, response.body()[range].to_vec())
        }
        Part::Unsatisfiable => {
            let refused = plain(StatusCode::RANGE_NOT_SATISFIABLE);
            response.headers_mut().remove(header::ACCEPT_RANGES);
            response.headers_mut().extend(refused.headers().clone());
            (refused.status(), format!("bytes */{length}"), refused.into_body())
        }
    };
    *response.status_mut() = status;
    set(response, header::CONTENT_RANGE, &range);
    response.headers_mut().insert(header::CONTENT_LENGTH, body.len().into());
    *response.body_mut() = body;
}

fn whole(packed: Packed, name: &str, rules: &Rules) -> Response<Vec<u8>> {
    let length = packed.bytes.len();
    let mut response = Response::new(packed.bytes);
    set(&mut response, header::CONTENT_TYPE, rules.content_type(name));
    response.headers_mut().insert(header::CONTENT_LENGTH, length.into());
    if packed.varies {
        set(&mut response, header::VARY, "Accept-Encoding");
    }
    if packed.encoding != Encoding::Identity {
        set(&mut response, header::CONTENT_ENCODING, packed.encoding.name());
    }
    response
}

/// A short answer without a page.
fn plain(status: StatusCode) -> Response<Vec<u8>> {
    let text = format!("{}\n", status.canonical_reason().unwrap_or_default());
    let mut response = Response::new(text.into_bytes());
    *response.status_mut() = status;
    set(&mut response, header::CONTENT_TYPE, "text/plain; charset=utf-8");
    response
}

/// Sets a header; a value that can't stand in one is left out.
pub fn set(response: &mut Response<Vec<u8>>, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}
