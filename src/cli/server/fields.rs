//! The header fields that a host adds to an answer: its own, and those that the site asks for in
//! `_headers`.

use super::headers::HeaderRules;
use super::hosts::settings;
use super::respond::{Site, set};
use super::rules::{Headers, Limits};
use axum::http::{HeaderName, HeaderValue, Response, header};

/// The fields for an answer to `path`, below the base, and `asked`, with it. `name` is the path of
/// the file that is sent; `None` for redirects and answers without a page.
pub fn add(
    response: &mut Response<Vec<u8>>,
    site: &Site,
    path: &str,
    asked: &str,
    name: Option<&str>,
) {
    let status = response.status().as_u16();
    for (own, value, _) in site.rules.own.iter().filter(|(_, _, when)| when.holds(status)) {
        set(response, HeaderName::from_static(own), value);
    }
    let text = || std::fs::read_to_string(site.folder.join("_headers")).unwrap_or_default();
    match &site.rules.headers {
        Headers::None => {}
        Headers::File(limits) => from_file(response, &text(), limits, path, asked),
        Headers::Settings { without_file } => {
            for (field, value) in security(&text(), &site.base) {
                response.headers_mut().insert(field, value);
            }
            if *without_file || name.is_some() {
                set(
                    response,
                    header::CACHE_CONTROL,
                    settings::cache_time(name.unwrap_or_default()),
                );
            }
        }
    }
    if let Some(time) = site.rules.missing_cache.filter(|_| status == 404) {
        set(response, header::CACHE_CONTROL, time);
    }
}

/// As the host reads `_headers`, whose paths may be meant with or without the base.
fn from_file(
    response: &mut Response<Vec<u8>>,
    text: &str,
    limits: &Limits,
    path: &str,
    asked: &str,
) {
    let rules = HeaderRules::parse(text, limits);
    let mut headers = rules.of(path);
    if path != asked {
        let known: Vec<HeaderName> = headers.iter().map(|(name, _)| name.clone()).collect();
        headers.extend(rules.of(asked).into_iter().filter(|(name, _)| !known.contains(name)));
    }
    if limits.removes_own {
        for name in rules.removed(asked) {
            response.headers_mut().remove(name);
        }
    }
    for (name, value) in headers {
        response.headers_mut().insert(name, value);
    }
}

/// What `_headers` asks for everywhere: the headers of the home page but its cache time.
pub fn security(text: &str, base: &str) -> Vec<(HeaderName, HeaderValue)> {
    let mut headers = HeaderRules::parse(text, &Limits::NONE).of(base);
    headers.retain(|(name, _)| name != header::CACHE_CONTROL);
    headers
}
