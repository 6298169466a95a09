//! Lists of posts, and the links to their further pages.

use super::Scene;
use super::markup::{Markup, element, text};
use crate::date::Date;
use crate::model::Entry;
use crate::page::List;
use crate::route::Route;
use crate::tag::{self, Kind, Term};
use crate::words;

/// One page of posts with its pager; a line that says so where there are none.
pub fn posts(scene: &Scene, list: &List) -> Vec<Markup> {
    let entries = list.posts.iter().map(|entry| post(scene, entry)).collect();
    let mut parts = Vec::new();
    if list.total == 0 {
        parts.push(empty(scene.words.no_posts));
    }
    parts.push(element("ol", entries).with("class", "post-list").done());
    let pager = || pager(scene, &list.route, list.page, list.pages);
    parts.extend((list.pages > 1).then(pager));
    parts
}

/// The line in the place of a list without entries.
pub fn empty(line: &'static str) -> Markup {
    element("p", vec![text(line)]).with("class", "empty").done()
}

/// A title, whichever way it is written.
pub fn title(title: &str) -> Markup {
    element("bdi", vec![text(title)]).done()
}

fn post(scene: &Scene, entry: &Entry) -> Markup {
    let mut meta = Vec::new();
    if entry.pinned {
        let pinned = element("span", vec![text(scene.words.pinned)]).with("class", "pinned");
        meta.push(pinned.done());
    }
    let minutes = words::with(scene.words.minutes, entry.minutes);
    meta.push(element("span", vec![text(minutes)]).done());
    meta.extend(term_links(scene, Kind::Tag, &entry.tags));
    let href = scene.href(&Route::Document { path: entry.path.clone() });
    let excerpt = element("p", vec![text(&entry.excerpt)])
        .with("class", "post-card-excerpt")
        .maybe("lang", entry.language.clone());
    let parts = vec![excerpt.done(), element("div", meta).with("class", "post-card-meta").done()];
    card(entry, href, vec![title(&entry.title)], parts)
}

/// A post in a list: its date, its title as a link, and what else is said of it.
pub fn card(entry: &Entry, href: String, title: Vec<Markup>, parts: Vec<Markup>) -> Markup {
    let link = element("a", title).with("href", href).done();
    let title = element("h2", vec![link]).maybe("lang", entry.language.clone());
    let mut body = vec![title.done()];
    body.extend(parts);
    let body = element("div", body).with("class", "post-card-body");
    element("li", vec![day(entry.date), body.done()]).with("class", "post-card").done()
}

fn day(date: Date) -> Markup {
    let span = |class: &'static str, value: String| {
        element("span", vec![text(value)]).with("class", class).done()
    };
    let day = span("day", format!("{:02}.{:02}", date.month, date.day));
    let day = element("time", vec![day, span("year", date.year.to_string())]);
    day.with("class", "post-card-date").with("datetime", date.to_string()).done()
}

/// Links to the pages of tags or categories, by key; nothing where there are none.
pub fn term_links(scene: &Scene, kind: Kind, keys: &[String]) -> Option<Markup> {
    let terms = kind.terms(&scene.catalogue);
    let link = |term: &Term| {
        let href = scene.href(&kind.route(&term.slug));
        let link = element("a", vec![title(&term.label)]).with("href", href).with("rel", "tag");
        element("li", vec![link.done()]).done()
    };
    let found = keys.iter().filter_map(|key| terms.get(tag::find(terms, key)?));
    let links: Vec<_> = found.map(link).collect();
    let class = match kind {
        Kind::Tag => "term-links tags",
        Kind::Category => "term-links categories",
    };
    (!links.is_empty()).then(|| element("ul", links).with("class", class).done())
}

/// Links to the pages before and after one of a list.
pub fn pager(scene: &Scene, route: &Route, page: u32, pages: u32) -> Markup {
    let words = scene.words;
    let link = |page: u32, label: &'static str, rel: &'static str| {
        let href = scene.href(&route.at_page(page));
        let link = element("a", vec![text(label)]).with("class", "pager-link");
        link.with("href", href).with("rel", rel).done()
    };
    let position = words::with(words.page_of, format!("{page}/{pages}"));
    let mut parts = Vec::new();
    if page > 1 {
        parts.push(link(page - 1, words.newer, "prev"));
    }
    parts.push(element("span", vec![text(position)]).with("class", "pager-position").done());
    if page < pages {
        parts.push(link(page + 1, words.older, "next"));
    }
    element("nav", parts).with("class", "pager").with("aria-label", words.pager).done()
}
