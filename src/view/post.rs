//! A post with its text, and a page outside the lists.

use super::markup::{Markup, element, text};
use super::{Scene, contents, heading, list, prose};
use crate::markdown::{self, Article};
use crate::model::{Document, Entry, PageEntry};
use crate::page::Kind;
use crate::route::Route;
use crate::words;

/// A post: its head, its text, where it comes from, and its neighbours.
pub fn post(scene: &Scene, index: usize, document: &Document) -> Vec<Markup> {
    let posts = &scene.catalogue.posts;
    let Some(entry) = posts.get(index) else { return Vec::new() };
    let newer = index.checked_sub(1).and_then(|at| posts.get(at));
    let older = posts.get(index + 1);
    let language = entry.language.as_ref().unwrap_or(&scene.catalogue.site.language);
    let article = markdown::parse(&document.markdown, &entry.title, language);
    let mut parts = vec![head(scene, entry, document)];
    parts.extend(body(scene, article, document, entry.language.clone()));
    parts.extend(entry.series.as_ref().map(|name| series(scene, index, name)));
    let foot = document.source.as_ref().map(|url| source(scene, url));
    let foot = foot.into_iter().chain(list::term_links(scene, Kind::Tag, &entry.tags));
    parts.push(element("footer", foot.collect()).with("class", "post-foot").done());
    let article = element("article", parts).with("class", "post").done();
    let mut parts = vec![article];
    parts.extend(adjacent(scene, newer, older));
    parts
}

/// A page: its title and its text.
pub fn text_page(scene: &Scene, entry: &PageEntry, document: &Document) -> Vec<Markup> {
    let language = &scene.catalogue.site.language;
    let article = markdown::parse(&document.markdown, &entry.title, language);
    let head = element("header", vec![heading(&entry.title)]).with("class", "post-head");
    let mut parts = vec![head.done()];
    parts.extend(body(scene, article, document, None));
    vec![element("article", parts).with("class", "post").done()]
}

/// The picture, the table of contents, and the text in its language.
fn body(
    scene: &Scene,
    article: Article,
    document: &Document,
    language: Option<String>,
) -> Vec<Markup> {
    let mut parts = Vec::new();
    parts.extend(picture(scene, document));
    if document.contents {
        parts.extend(contents::contents(scene, &article.headings));
    }
    let prose = element("div", prose::prose(scene, article, document));
    parts.push(prose.with("class", "prose").maybe("lang", language).whole().done());
    parts
}

fn head(scene: &Scene, entry: &Entry, document: &Document) -> Markup {
    let words = scene.words;
    let day = |day: crate::date::Date, label: String| {
        element("time", vec![text(label)]).with("datetime", day.to_string()).done()
    };
    let author = document.author.as_ref().unwrap_or(&scene.catalogue.site.author);
    let mut meta = vec![day(entry.date, words.day(entry.date))];
    if !author.is_empty() {
        meta.push(element("span", vec![text(author)]).with("class", "post-author").done());
    }
    let length = words::with(words.length, document.length) + " · ";
    let length = length + &words::with(words.minutes, entry.minutes);
    meta.push(element("span", vec![text(length)]).done());
    let updated = document.updated.filter(|day| *day != entry.date);
    meta.extend(updated.map(|at| day(at, words::with(words.updated, words.day(at)))));
    let title = element("div", vec![heading(&entry.title)]).maybe("lang", entry.language.clone());
    let mut parts = Vec::new();
    parts.extend(list::term_links(scene, Kind::Category, &entry.categories));
    parts.push(title.done());
    parts.push(element("div", meta).with("class", "post-meta").done());
    element("header", parts).with("class", "post-head").done()
}

/// The picture above the text; it is seen first, so it loads at once.
fn picture(scene: &Scene, document: &Document) -> Option<Markup> {
    let (path, alt) = document.picture.as_ref()?;
    let (width, height) = prose::size(document, "/", path).unzip();
    let picture = element("img", Vec::new())
        .with("class", "post-picture")
        .with("src", format!("{}{path}", scene.base.as_str()))
        .with("alt", alt.clone())
        .maybe("width", width.map(prose::number))
        .maybe("height", height.map(prose::number));
    Some(picture.done())
}

/// All parts of the series of a post, in the order in which they came.
fn series(scene: &Scene, index: usize, name: &str) -> Markup {
    let words = scene.words;
    let posts = scene.catalogue.posts.iter().enumerate().rev();
    let parts: Vec<_> = posts.filter(|(_, post)| post.series.as_deref() == Some(name)).collect();
    let position = parts.iter().position(|(at, _)| *at == index).unwrap_or(0) + 1;
    let position = words::with(words.series_part, format!("{position}/{}", parts.len()));
    let part = |(at, post): (usize, &Entry)| {
        let href = scene.href(&Route::Document { path: post.path.clone() });
        let link = element("a", vec![list::title(&post.title)]).with("href", href);
        let link = link.maybe("aria-current", (at == index).then_some("page"));
        element("li", vec![link.done()]).done()
    };
    let position = element("span", vec![text(position)]).done();
    let name = vec![text(words.series), text(" "), list::title(name), text(" "), position];
    let name = element("p", name).with("class", "series-name").done();
    let parts = element("ol", parts.into_iter().map(part).collect()).done();
    let series = element("nav", vec![name, parts]).with("class", "series");
    series.with("aria-label", words.series).done()
}

fn source(scene: &Scene, url: &str) -> Markup {
    let host = url.split("://").nth(1).and_then(|rest| rest.split('/').next());
    let host = host.unwrap_or(url).trim_start_matches("www.");
    let link = element("a", vec![text(host)]).with("href", url.to_owned());
    let link = link.with("rel", "noopener external").done();
    let parts = vec![text(scene.words.source), text(" "), link];
    element("p", parts).with("class", "post-source").done()
}

fn adjacent(scene: &Scene, newer: Option<&Entry>, older: Option<&Entry>) -> Option<Markup> {
    let words = scene.words;
    let link = |entry: &Entry, label: &'static str, rel: &'static str| {
        let href = scene.href(&Route::Document { path: entry.path.clone() });
        let label = element("span", vec![text(label)]).with("class", "adjacent-label").done();
        let title = element("bdi", vec![text(&entry.title)]).with("class", "adjacent-title");
        let title = title.maybe("lang", entry.language.clone()).done();
        let link = element("a", vec![label, title]).with("class", "adjacent-link");
        link.with("href", href).with("rel", rel).done()
    };
    let mut links = Vec::new();
    links.extend(older.map(|entry| link(entry, words.previous_post, "prev")));
    links.extend(newer.map(|entry| link(entry, words.next_post, "next")));
    let nav = || element("nav", links).with("class", "adjacent").with("aria-label", words.adjacent);
    (older.is_some() || newer.is_some()).then(|| nav().done())
}
