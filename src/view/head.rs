//! What a page says of itself to search engines, chat previews and feed readers: the part of
//! `<head>` that is a page's own. The build writes it, and the app puts it in place on the way to
//! another page.
//!
//! Sources: the Open Graph protocol (ogp.me), X's cards, Google's structured data (BlogPosting,
//! BreadcrumbList, WebSite), RFC 6596 (canonical), HTML's metadata names.

mod data;

use super::markup::{Element, Markup, element, text};
use super::{Scene, Tree};
use crate::model::Document;
use crate::page::Page;
use crate::route::Route;
use crate::tag::Kind;

/// Width and height of the pictures for previews, in pixels.
pub const CARD: (u32, u32) = (1200, 630);

/// Finds every element that [`head`] makes.
pub const OWN: &str = "meta[name=description],meta[name=keywords],meta[name=robots],\
    meta[property],meta[name='twitter:card'],link[rel=canonical],link[rel=alternate][hreflang],\
    link[rel=alternate][title],script[type='application/ld+json']";

/// The elements for a page; `route` is where it stands, `None` where nothing should.
pub fn head(scene: &Scene, route: Option<&Route>, page: &Page) -> Tree {
    Tree::new(parts(scene, route, page))
}

/// The same as HTML.
pub fn head_html(scene: &Scene, route: Option<&Route>, page: &Page) -> String {
    let mut html = String::new();
    for part in parts(scene, route, page) {
        part.write(&mut html);
        html.push('\n');
    }
    html
}

/// One sentence on a page; empty where there is none.
fn description<'a>(scene: &'a Scene, page: &'a Page) -> &'a str {
    match page {
        Page::Home { .. } => &scene.catalogue.site.description,
        Page::Document(document) => document.description.as_deref().unwrap_or_default(),
        _ => "",
    }
}

fn parts(scene: &Scene, route: Option<&Route>, page: &Page) -> Vec<Markup> {
    let site = &scene.catalogue.site;
    let url = route.and_then(|route| absolute(scene, &canonical(route)));
    let document = match page {
        Page::Document(document) => Some(&**document),
        _ => None,
    };
    let mut parts = Vec::new();
    let description = description(scene, page);
    if !description.is_empty() {
        parts.push(meta("description", description));
    }
    let keywords = document.map_or(&[][..], |document| &document.keywords);
    if !keywords.is_empty() {
        parts.push(meta("keywords", &keywords.join(", ")));
    }
    // Neither of them is a page to be found.
    if !is_indexed(page) {
        parts.push(meta("robots", "noindex"));
    }
    parts.extend(url.as_ref().map(|url| link("canonical", url).done()));
    if let Some(document) = document {
        parts.extend(translations(scene, document));
    }
    parts.extend(feeds(scene, page));
    let title = page.title(scene.words).unwrap_or_else(|| site.title.clone());
    parts.push(property("og:site_name", &site.title));
    parts.push(property("og:type", if has_date(document) { "article" } else { "website" }));
    parts.push(property("og:title", &title));
    if !description.is_empty() {
        parts.push(property("og:description", description));
    }
    let language = document.and_then(|document| document.language.as_ref());
    parts.push(property("og:locale", &language.unwrap_or(&site.language).replace('-', "_")));
    parts.extend(url.as_ref().map(|url| property("og:url", url)));
    parts.extend(picture(scene, document, &title));
    if let Some(document) = document.filter(|document| document.date.is_some()) {
        parts.extend(article(scene, document));
    }
    let data = data::data(scene, url.as_deref(), page, &title);
    let data = data.map(|data| element("script", vec![text(data)]));
    parts.extend(data.map(|data| data.with("type", "application/ld+json").done()));
    parts
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

fn has_date(document: Option<&Document>) -> bool {
    document.is_some_and(|document| document.date.is_some())
}

/// The one address of what many show: a list without its filter, the search without its text.
fn canonical(route: &Route) -> String {
    route.path()
}

/// A path below the base as a whole address; `None` where the author did not say the site's.
fn absolute(scene: &Scene, path: &str) -> Option<String> {
    let origin = scene.catalogue.site.origin.as_ref()?;
    Some(format!("{origin}{}", scene.base.href(path)))
}

/// Every language that a text is there in, itself among them, as each page must say of all.
fn translations(scene: &Scene, document: &Document) -> Vec<Markup> {
    if document.translations.is_empty() {
        return Vec::new();
    }
    let site = &scene.catalogue.site.language;
    let own = (document.language.as_ref(), &document.path);
    let others = document.translations.iter().map(|other| (other.language.as_ref(), &other.path));
    let one = |(language, path): (Option<&String>, &String)| {
        let href = absolute(scene, path).unwrap_or_else(|| scene.base.href(path));
        link("alternate", &href).with("hreflang", language.unwrap_or(site).clone()).done()
    };
    std::iter::once(own).chain(others).map(one).collect()
}

/// The feeds of the site, and that of a tag on its pages.
fn feeds(scene: &Scene, page: &Page) -> Vec<Markup> {
    let title = &scene.catalogue.site.title;
    let feed = |path: &str, kind: &'static str, title: &str| {
        let link = link("alternate", &scene.base.href(path));
        link.with("type", kind).with("title", title.to_owned()).done()
    };
    let atom = "application/atom+xml";
    let mut feeds = vec![
        feed("feed.xml", atom, title),
        feed("rss.xml", "application/rss+xml", &format!("{title} (RSS)")),
        feed("feed.json", "application/feed+json", &format!("{title} (JSON)")),
    ];
    if let Page::Term { kind: Kind::Tag, term, .. } = page {
        let path = format!("tags/{}/feed.xml", term.slug);
        feeds.push(feed(&path, atom, &format!("{} · {title}", term.label)));
    }
    feeds
}

/// The picture of a preview: that of the post, where previews can show its kind; else the card that
/// the build drew. Previews take whole addresses only.
fn picture(scene: &Scene, document: Option<&Document>, title: &str) -> Vec<Markup> {
    let Some(origin) = &scene.catalogue.site.origin else { return vec![card("summary")] };
    let mut parts = Vec::new();
    let url = |path: &str| format!("{origin}{}{path}", scene.base.as_str());
    if let Some((path, alt)) = document.and_then(own_picture) {
        parts.push(property("og:image", &url(path)));
        if !alt.is_empty() {
            parts.push(property("og:image:alt", alt));
        }
    } else if let Some(path) = card_of(scene, document) {
        parts.push(property("og:image", &url(path)));
        parts.push(property("og:image:width", &CARD.0.to_string()));
        parts.push(property("og:image:height", &CARD.1.to_string()));
        parts.push(property("og:image:alt", title));
    }
    parts.push(card(if parts.is_empty() { "summary" } else { "summary_large_image" }));
    parts
}

/// The picture above a text, if it is of a kind that previews show, and what it shows.
fn own_picture(document: &Document) -> Option<(&str, &str)> {
    let (path, alt) = document.picture.as_ref()?;
    let drawn = path.rsplit('.').next().is_some_and(|ending| matches!(ending, "svg" | "avif"));
    (!drawn).then_some((&**path, &**alt))
}

fn card_of<'a>(scene: &'a Scene, document: Option<&'a Document>) -> Option<&'a String> {
    document.and_then(|document| document.card.as_ref()).or(scene.catalogue.site.card.as_ref())
}

fn card(kind: &'static str) -> Markup {
    meta("twitter:card", kind)
}

fn article(scene: &Scene, document: &Document) -> Vec<Markup> {
    let day = |name: &'static str, day: Option<crate::date::Date>| {
        day.map(|day| property(name, &day.to_string()))
    };
    let label = |kind: Kind, key: &String| -> String {
        let terms = kind.terms(&scene.catalogue);
        crate::tag::find(terms, key).map_or_else(|| key.clone(), |at| terms[at].label.clone())
    };
    let mut parts = Vec::new();
    parts.extend(day("article:published_time", document.date));
    parts.extend(day("article:modified_time", document.updated));
    let section = document.categories.first();
    parts.extend(section.map(|key| property("article:section", &label(Kind::Category, key))));
    parts.extend(document.tags.iter().map(|key| property("article:tag", &label(Kind::Tag, key))));
    parts
}

fn meta(name: &'static str, content: &str) -> Markup {
    element("meta", Vec::new()).with("name", name).with("content", content.to_owned()).done()
}

fn property(name: &'static str, content: &str) -> Markup {
    element("meta", Vec::new()).with("property", name).with("content", content.to_owned()).done()
}

fn link(rel: &'static str, href: &str) -> Element {
    element("link", Vec::new()).with("rel", rel).with("href", href.to_owned())
}
