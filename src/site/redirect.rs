//! Pages at old addresses. They lead on with and without script; with script the fragment stays.

use super::document::{Shared, escape};
use super::file::{Files, hashed_name};
use super::headers;
use super::library::Library;
use crate::route;

const SCRIPT: &str = include_str!("../boot/redirect.js");

/// A page for each old address, and the script they share; nothing where there are none.
pub fn redirects(shared: &Shared<'_>, library: &Library) -> Files {
    let catalogue = &library.catalogue;
    let mut files = Files::new();
    if catalogue.redirects.is_empty() {
        return files;
    }
    let script = hashed_name("assets/redirect", SCRIPT.as_bytes(), "js");
    for (old, new) in &catalogue.redirects {
        let title = library.documents.get(new).map(|document| &document.title);
        let page = page(shared, new, title.map_or(new, |title| title), &script);
        files.insert(route::page_file(old), page.into_bytes());
    }
    files.insert(script, SCRIPT.as_bytes().to_vec());
    files
}

fn page(shared: &Shared<'_>, path: &str, title: &str, script: &str) -> String {
    let href = escape(&shared.base.href(path));
    let origin = shared.config.url.as_ref().map(|url| url.origin().ascii_serialization());
    let language = escape(&shared.config.site.language);
    let policy =
        escape(&headers::policy(false, headers::Sources { styles: &[], ..shared.sources() }));
    let script = shared.base.href(script);
    let title = escape(title);
    let canonical = origin.unwrap_or_default();
    format!(
        "<!doctype html>\n\
         <html lang=\"{language}\">\n\
         <head>\n\
         <meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n\
         <title>{title}</title>\n\
         <link rel=\"canonical\" href=\"{canonical}{href}\">\n\
         <script src=\"{script}\" data-to=\"{href}\"></script>\n\
         <noscript><meta http-equiv=\"refresh\" content=\"0; url={href}\"></noscript>\n\
         </head>\n\
         <body>\n\
         <main><h1>{title}</h1><p><a href=\"{href}\">{href}</a></p></main>\n\
         </body>\n\
         </html>\n"
    )
}
