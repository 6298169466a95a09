//! Lists of posts, and the links to their further pages.

use super::Scene;
use super::markup::{Markup, element, text};
use crate::model::{Entry, Term};
use crate::page::{Kind, List};
use crate::route::Route;
use crate::words;

/// One page of posts with its pager; a line that says so where there are none.
pub fn posts(scene: &Scene, list: &List) -> Vec<Markup> {
    let entries = list.posts.iter().filter_map(|index| scene.catalogue.posts.get(*index));
    let entries = entries.map(|entry| post(scene, entry)).collect();
    let mut parts = Vec::new();
    if list.total == 0 {
        parts.push(empty(scene.words.no_posts));
    }
    parts.push(element("ol", entries).with("class", "post-list").done());
    parts.extend((list.pages > 1).then(|| pager(scene, list)));
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
    let href = scene.href(&Route::Document { path: entry.path.clone() });
    let date = entry.date;
    let span = |class: &'static str, value: String| {
        element("span", vec![text(value)]).with("class", class).done()
    };
    let day = span("day", format!("{:02}.{:02}", date.month, date.day));
    let day = vec![day, span("year", date.year.to_string())];
    let link = element("a", vec![title(&entry.title)]).with("href", href).done();
    let mut meta = Vec::new();
    if entry.pinned {
        meta.push(span("pinned", scene.words.pinned.to_owned()));
    }
    let minutes = words::with(scene.words.minutes, entry.minutes);
    meta.push(element("span", vec![text(minutes)]).done());
    meta.extend(term_links(scene, Kind::Tag, &entry.tags));
    let body = vec![
        element("h2", vec![link]).maybe("lang", entry.language.clone()).done(),
        element("p", vec![text(&entry.excerpt)])
            .with("class", "post-card-excerpt")
            .maybe("lang", entry.language.clone())
            .done(),
        element("div", meta).with("class", "post-card-meta").done(),
    ];
    let date =
        element("time", day).with("class", "post-card-date").with("datetime", date.to_string());
    let body = element("div", body).with("class", "post-card-body");
    element("li", vec![date.done(), body.done()]).with("class", "post-card").done()
}

/// Links to the pages of tags or categories, by index; nothing where there are none.
pub fn term_links(scene: &Scene, kind: Kind, indices: &[u32]) -> Option<Markup> {
    let terms = kind.terms(&scene.catalogue);
    let link = |term: &Term| {
        let href = scene.href(&kind.route(&term.slug));
        let link = element("a", vec![title(&term.label)]).with("href", href).with("rel", "tag");
        element("li", vec![link.done()]).done()
    };
    let links: Vec<_> =
        indices.iter().filter_map(|index| terms.get(*index as usize)).map(link).collect();
    let class = match kind {
        Kind::Tag => "term-links tags",
        Kind::Category => "term-links categories",
    };
    (!links.is_empty()).then(|| element("ul", links).with("class", class).done())
}

fn pager(scene: &Scene, list: &List) -> Markup {
    let words = scene.words;
    let link = |page: u32, label: &'static str, rel: &'static str| {
        let href = scene.href(&list.route.at_page(page));
        let link = element("a", vec![text(label)]).with("class", "pager-link");
        link.with("href", href).with("rel", rel).done()
    };
    let position = words::with(words.page_of, format!("{}/{}", list.page, list.pages));
    let mut parts = Vec::new();
    if list.page > 1 {
        parts.push(link(list.page - 1, words.newer, "prev"));
    }
    parts.push(element("span", vec![text(position)]).with("class", "pager-position").done());
    if list.page < list.pages {
        parts.push(link(list.page + 1, words.older, "next"));
    }
    element("nav", parts).with("class", "pager").with("aria-label", words.pager).done()
}
