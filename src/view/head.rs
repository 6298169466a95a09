//! What a page says of itself to search engines, chat previews and feed readers: the part of
//! `<head>` that is a page's own. The build writes it, and the app puts it in place on the way to
//! another page.
//!
//! Sources: the Open Graph protocol (ogp.me), X's cards, Google's structured data (BlogPosting,
//! BreadcrumbList, WebSite), RFC 6596 (canonical), HTML's metadata names.

mod data;

use super::markup::{Markup, element, text};
use super::{Scene, Tree};
use crate::model::Document;
use crate::page::Page;
use crate::route::Route;
use crate::tag::Kind;

/// Width and height of the pictures for previews, in pixels.
const CARD: (&str, &str) = ("1200", "630");

/// Finds every element that [`head`] makes.
pub const OWN: &str = "meta[name=description],meta[name=keywords],meta[name=robots],\
    meta[property],meta[name='twitter:card'],link[rel=canonical],link[rel=alternate][hreflang],\
    link[rel=alternate][title],script[type='application/ld+json']";

/// The elements for a page; `route` is where it stands, `None` where nothing should.
pub fn head(scene: &Scene, route: Option<&Route>, page: &Page) -> Tree {
    let mut all = parts(scene, route, page);
    all.extend(structured(scene, route, page));
    Tree::new(all)
}

/// The same as HTML: what belongs into the head, and the data for search engines, which may stand
/// at the end of the body, where nobody waits for them.
pub fn head_html(scene: &Scene, route: Option<&Route>, page: &Page) -> (String, String) {
    let html = |parts: Vec<Markup>| {
        let mut html = String::new();
        for part in parts {
            part.write(&mut html);
            html.push('\n');
        }
        html
    };
    let data = structured(scene, route, page);
    (html(parts(scene, route, page)), html(data.into_iter().collect()))
}

/// The elements while they are gathered; an empty value adds none.
struct Head(Vec<Markup>);

impl Head {
    /// Open Graph's names are properties (RDFa), all others names.
    fn meta(&mut self, name: &'static str, content: &str) {
        if !content.is_empty() {
            let kind = if name.starts_with(['o', 'a']) { "property" } else { "name" };
            let meta = element("meta", Vec::new()).with(kind, name);
            self.0.push(meta.with("content", content.to_owned()).done());
        }
    }

    fn link(&mut self, rel: &'static str, href: &str, more: &[(&'static str, &str)]) {
        if !href.is_empty() {
            let mut link = element("link", Vec::new()).with("rel", rel);
            for (name, value) in more {
                link = link.with(name, (*value).to_owned());
            }
            self.0.push(link.with("href", href.to_owned()).done());
        }
    }
}

fn parts(scene: &Scene, route: Option<&Route>, page: &Page) -> Vec<Markup> {
    let site = &scene.catalogue.site;
    let none = Document::default();
    let document = match page {
        Page::Document(document) => &**document,
        _ => &none,
    };
    let (url, title) = (address(scene, route), title(scene, page));
    // A list says whose it is.
    let mut list = vec![&*title, &*site.title, &*site.description];
    list.retain(|part| !part.is_empty());
    let list = list.join(" · ");
    let description = match page {
        Page::Home { .. } => &site.description,
        Page::Document(_) => document.description.as_ref().unwrap_or(&none.title),
        _ => &list,
    };
    let mut head = Head(Vec::new());
    head.meta("description", description);
    head.meta("keywords", &document.keywords.join(", "));
    head.meta("robots", if is_indexed(page) { "" } else { "noindex" });
    head.link("canonical", &url, &[]);
    translations(scene, document, &mut head);
    feeds(scene, page, &mut head);
    head.meta("og:site_name", &site.title);
    head.meta("og:type", if document.date.is_some() { "article" } else { "website" });
    head.meta("og:title", &title);
    head.meta("og:description", description);
    let language = document.language.as_ref().unwrap_or(&site.language);
    head.meta("og:locale", &language.replace('-', "_"));
    head.meta("og:url", &url);
    picture(scene, document, &title, &mut head);
    article(scene, document, &mut head);
    head.0
}

fn title(scene: &Scene, page: &Page) -> String {
    page.title(scene.words).unwrap_or_else(|| scene.catalogue.site.title.clone())
}

/// Where a page stands: a list without its filter, the search without its text.
fn address(scene: &Scene, route: Option<&Route>) -> String {
    route.map_or_else(String::new, |route| absolute(scene, &route.path()))
}

/// What a page tells search engines as JSON-LD.
fn structured(scene: &Scene, route: Option<&Route>, page: &Page) -> Option<Markup> {
    let url = address(scene, route);
    let data = data::data(scene, &url, page, &title(scene, page)).filter(|_| !url.is_empty())?;
    Some(element("script", vec![text(data)]).with("type", "application/ld+json").done())
}

/// Whether a search engine should list a page.
fn is_indexed(page: &Page) -> bool {
    !matches!(
        page,
        Page::Search { .. }
            | Page::Saved(_)
            | Page::NotFound
            | Page::Loading { .. }
            | Page::Failed { .. }
    )
}

/// A path below the base as a whole address; empty where the author did not say the site's.
fn absolute(scene: &Scene, path: &str) -> String {
    let origin = scene.catalogue.site.origin.as_ref();
    origin.map_or_else(String::new, |origin| origin.clone() + &scene.base.href(path))
}

/// Every language that a text is there in, itself among them, as each page must say of all.
fn translations(scene: &Scene, document: &Document, head: &mut Head) {
    let others = document.translations.iter().map(|other| (&other.language, &other.path));
    let all = std::iter::once((&document.language, &document.path)).chain(others);
    for (language, path) in all.filter(|_| !document.translations.is_empty()) {
        let language = language.as_ref().unwrap_or(&scene.catalogue.site.language);
        head.link("alternate", &absolute(scene, path), &[("hreflang", language)]);
    }
}

/// The feeds of the site, and that of a tag on its pages.
fn feeds(scene: &Scene, page: &Page, head: &mut Head) {
    let title = &scene.catalogue.site.title;
    let mut feed = |path: &str, kind: &str, title: &str| {
        head.link("alternate", &scene.base.href(path), &[("type", kind), ("title", title)]);
    };
    let atom = "application/atom+xml";
    feed("feed.xml", atom, title);
    feed("rss.xml", "application/rss+xml", &(title.clone() + " (RSS)"));
    feed("feed.json", "application/feed+json", &(title.clone() + " (JSON)"));
    if let Page::Term { kind: Kind::Tag, term, .. } = page {
        let path = Kind::Tag.route(&term.slug).path() + "feed.xml";
        feed(&path, atom, &(term.label.clone() + " – " + title));
    }
}

/// The picture of a preview: that of the post, where previews can show its kind; else the card that
/// the build drew. Previews take whole addresses only.
fn picture(scene: &Scene, document: &Document, title: &str, head: &mut Head) {
    let own = own_picture(document);
    let url = picture_url(scene, document);
    head.meta("og:image", &url);
    if let Some((_, alt)) = own.filter(|_| !url.is_empty()) {
        head.meta("og:image:alt", alt);
    } else if !url.is_empty() {
        head.meta("og:image:width", CARD.0);
        head.meta("og:image:height", CARD.1);
        head.meta("og:image:alt", title);
    }
    head.meta("twitter:card", if url.is_empty() { "summary" } else { "summary_large_image" });
}

/// The address of a page's picture; empty where there is none.
fn picture_url(scene: &Scene, document: &Document) -> String {
    let site = &scene.catalogue.site;
    let card = || document.card.as_ref().or(site.card.as_ref()).map(|card| &**card);
    let path = own_picture(document).map(|(path, _)| path).or_else(card);
    let whole = site.origin.as_ref().zip(path);
    whole.map_or_else(String::new, |(origin, path)| origin.clone() + scene.base.as_str() + path)
}

/// The picture above a text, if it is of a kind that previews show, and what it shows.
fn own_picture(document: &Document) -> Option<(&str, &str)> {
    let (path, alt) = document.picture.as_ref()?;
    (!path.ends_with(".svg") && !path.ends_with(".avif")).then_some((&**path, &**alt))
}

fn article(scene: &Scene, document: &Document, head: &mut Head) {
    let days = [
        ("article:published_time", document.date),
        ("article:modified_time", document.updated.filter(|_| document.date.is_some())),
    ];
    for (name, day) in days {
        head.meta(name, &day.map_or_else(String::new, |day| day.to_string()));
    }
    let terms = [
        ("article:section", Kind::Category, &document.categories[..]),
        ("article:tag", Kind::Tag, &document.tags[..]),
    ];
    for (name, kind, keys) in terms {
        for key in keys.iter().take(if kind == Kind::Category { 1 } else { usize::MAX }) {
            let terms = kind.terms(&scene.catalogue);
            let label = crate::tag::find(terms, key).map_or(key, |at| &terms[at].label);
            head.meta(name, label);
        }
    }
}
