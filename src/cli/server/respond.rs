//! From a request to a response.

use super::conditional;
use super::encoding::{self, Encoding};
use super::headers::Rules;
use super::path::{self, Target};
use super::range::{self, Part};
use crate::site;
use axum::http::{
    HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, header,
};
use std::path::{Path, PathBuf};

/// A folder that is served.
#[derive(Clone, Debug)]
pub struct Site {
    pub folder: PathBuf,
    /// Where the site stands on its host; starts and ends with a slash.
    pub base: String,
}

/// A file in the chosen packing.
struct Packed {
    bytes: Vec<u8>,
    encoding: Encoding,
    /// Whether another request could get another packing.
    varies: bool,
}

impl super::Source for Site {
    fn respond(&self, request: &Request<()>) -> Response<Vec<u8>> {
        respond(self, request)
    }
}

/// The answer to a request.
pub fn respond(site: &Site, request: &Request<()>) -> Response<Vec<u8>> {
    if ![Method::GET, Method::HEAD].contains(request.method()) {
        let mut response = plain(StatusCode::METHOD_NOT_ALLOWED);
        set(&mut response, header::ALLOW, "GET, HEAD");
        return response;
    }
    let asked = request.uri().path();
    let Some(path) = below(asked, &site.base) else {
        return outside(site, asked);
    };
    let mut response = match path::find(&site.folder, &path) {
        Target::File(file, name) => file_response(&file, &name, request.headers()),
        Target::FolderWithoutSlash => redirect(asked, request.uri().query()),
        Target::Missing => missing(&site.folder, request.headers()),
    };
    add_headers(&mut response, site, &path, asked);
    if request.method() == Method::HEAD {
        response.body_mut().clear();
    }
    response
}

/// The path inside the site, with its leading slash.
fn below(asked: &str, base: &str) -> Option<String> {
    asked.strip_prefix(base).map(|rest| format!("/{rest}"))
}

/// A host has other things beside the site; here only the way in.
fn outside(site: &Site, asked: &str) -> Response<Vec<u8>> {
    if asked == "/" || format!("{asked}/") == site.base {
        let mut response = plain(StatusCode::TEMPORARY_REDIRECT);
        set(&mut response, header::LOCATION, &site.base);
        return response;
    }
    plain(StatusCode::NOT_FOUND)
}

fn redirect(asked: &str, query: Option<&str>) -> Response<Vec<u8>> {
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    let mut response = plain(StatusCode::PERMANENT_REDIRECT);
    set(&mut response, header::LOCATION, &format!("{asked}/{query}"));
    response
}

fn missing(folder: &Path, request: &HeaderMap) -> Response<Vec<u8>> {
    let Target::File(file, name) = path::find(folder, "/404.html") else {
        return plain(StatusCode::NOT_FOUND);
    };
    let Some(packed) = read(&file, request) else {
        return plain(StatusCode::NOT_FOUND);
    };
    let mut response = whole(packed, &name);
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

fn file_response(file: &Path, name: &str, request: &HeaderMap) -> Response<Vec<u8>> {
    let Some(packed) = read(file, request) else {
        return plain(StatusCode::NOT_FOUND);
    };
    let tag = conditional::tag(&packed.bytes);
    let mut response = whole(packed, name);
    set(&mut response, header::ETAG, &tag);
    set(&mut response, header::ACCEPT_RANGES, "bytes");
    if conditional::is_known(request, &tag) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response.headers_mut().remove(header::CONTENT_LENGTH);
        response.body_mut().clear();
    } else if let Some(value) = request.get(header::RANGE).and_then(|value| value.to_str().ok())
        && conditional::allows_range(request, &tag)
    {
        cut(&mut response, value);
    }
    response
}

/// Leaves one range of a whole response.
fn cut(response: &mut Response<Vec<u8>>, value: &str) {
    let length = response.body().len();
    let (status, range) = match range::parse(value, length) {
        Part::Whole => return,
        Part::Bytes(range) => {
            let described = format!("bytes {}-{}/{length}", range.start, range.end - 1);
            *response.body_mut() = response.body()[range].to_vec();
            (StatusCode::PARTIAL_CONTENT, described)
        }
        Part::Unsatisfiable => {
            response.body_mut().clear();
            (StatusCode::RANGE_NOT_SATISFIABLE, format!("bytes */{length}"))
        }
    };
    *response.status_mut() = status;
    set(response, header::CONTENT_RANGE, &range);
    let length = response.body().len();
    response.headers_mut().insert(header::CONTENT_LENGTH, length.into());
}

/// Reads the packing that suits the request; for a range, always the file itself.
fn read(file: &Path, request: &HeaderMap) -> Option<Packed> {
    let sibling = |encoding: Encoding| match encoding.suffix() {
        Some(suffix) => {
            let mut name = file.as_os_str().to_owned();
            name.push(suffix);
            PathBuf::from(name)
        }
        None => file.to_path_buf(),
    };
    let mut available = vec![Encoding::Identity];
    let packings = [Encoding::Brotli, Encoding::Gzip];
    available.extend(packings.into_iter().filter(|&packing| is_plain_file(&sibling(packing))));
    let values = request.get_all(header::ACCEPT_ENCODING).iter().filter_map(|v| v.to_str().ok());
    let accept = values.collect::<Vec<_>>().join(",");
    let encoding = match request.contains_key(header::RANGE) {
        true => Encoding::Identity,
        false => encoding::choose(&accept, &available),
    };
    let bytes = std::fs::read(sibling(encoding)).ok()?;
    Some(Packed { bytes, encoding, varies: available.len() > 1 })
}

/// A file and no link, which could lead out of the folder.
fn is_plain_file(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|data| data.is_file())
}

fn whole(packed: Packed, name: &str) -> Response<Vec<u8>> {
    let length = packed.bytes.len();
    let mut response = Response::new(packed.bytes);
    set(&mut response, header::CONTENT_TYPE, site::content_type(name));
    response.headers_mut().insert(header::CONTENT_LENGTH, length.into());
    if packed.varies {
        set(&mut response, header::VARY, "Accept-Encoding");
    }
    if packed.encoding != Encoding::Identity {
        set(&mut response, header::CONTENT_ENCODING, packed.encoding.name());
    }
    response
}

/// The headers of the site's own `_headers`, whose paths may be meant with or without the base.
fn add_headers(response: &mut Response<Vec<u8>>, site: &Site, path: &str, asked: &str) {
    let text = std::fs::read_to_string(site.folder.join("_headers")).unwrap_or_default();
    let rules = Rules::parse(&text);
    let mut headers = rules.of(path);
    if path != asked {
        let known: Vec<HeaderName> = headers.iter().map(|(name, _)| name.clone()).collect();
        headers.extend(rules.of(asked).into_iter().filter(|(name, _)| !known.contains(name)));
    }
    for (name, value) in headers {
        response.headers_mut().insert(name, value);
    }
    // What hosts that read such a file send by themselves.
    let revalidate = HeaderValue::from_static("public, max-age=0, must-revalidate");
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(revalidate);
}

/// A short answer without a page.
fn plain(status: StatusCode) -> Response<Vec<u8>> {
    let text = format!("{}\n", status.canonical_reason().unwrap_or_default());
    let mut response = Response::new(text.into_bytes());
    *response.status_mut() = status;
    set(&mut response, header::CONTENT_TYPE, "text/plain; charset=utf-8");
    response
}

fn set(response: &mut Response<Vec<u8>>, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}
