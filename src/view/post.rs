//! A post with its text, and a page outside the lists.

use super::markup::{Element, Markup, element, text};
use super::{Scene, contents, heading, list, prose, save};
use crate::date::Date;
use crate::markdown::{self, Article};
use crate::model::{Document, Link, Series};
use crate::route::Route;
use crate::tag::Kind;
use crate::words;

/// A post: its head, its text, where it comes from, and its neighbours. A page: its title and its
/// text.
pub fn post(scene: &Scene, document: &Document) -> Vec<Markup> {
    let language = document.language.as_ref().unwrap_or(&scene.catalogue.site.language);
    let article = markdown::parse(&document.markdown, &document.title, language);
    let Some(date) = document.date else {
        let head = element("header", vec![heading(&document.title)]).with("class", "post-head");
        let mut parts = vec![head.done()];
        parts.extend(body(scene, article, document));
        return vec![element("article", parts).with("class", "post").done()];
    };
    let mut parts = vec![head(scene, date, document)];
    parts.extend(body(scene, article, document));
    parts.extend(document.series.as_ref().map(|of| series(scene, &document.path, of)));
    let foot = document.source.as_ref().map(|url| source(scene, url));
    let foot = foot.into_iter().chain(list::term_links(scene, Kind::Tag, &document.tags));
    parts.push(element("footer", foot.collect()).with("class", "post-foot").done());
    let mut parts = vec![element("article", parts).with("class", "post").done()];
    parts.extend(related(scene, &document.related));
    parts.extend(adjacent(scene, document.newer.as_ref(), document.older.as_ref()));
    parts
}

/// The picture, the table of contents, and the text in its language.
fn body(scene: &Scene, article: Article, document: &Document) -> Vec<Markup> {
    let mut parts = Vec::new();
    parts.extend(picture(scene, document));
    if document.contents {
        parts.extend(contents::contents(scene, &article.headings));
    }
    let prose = element("div", prose::prose(scene, article, document)).with("class", "prose");
    parts.push(prose.maybe("lang", document.language.clone()).whole().done());
    parts
}

fn head(scene: &Scene, date: Date, document: &Document) -> Markup {
    let words = scene.words;
    let day = |day: Date, label: String| {
        element("time", vec![text(label)]).with("datetime", day.to_string()).done()
    };
    let author = document.author.as_ref().unwrap_or(&scene.catalogue.site.author);
    let mut meta = vec![day(date, words.day(date))];
    if !author.is_empty() {
        meta.push(element("span", vec![text(author)]).with("class", "post-author").done());
    }
    let length = words::with(words.length, document.length) + " · ";
    let length = length + &words::with(words.minutes, document.minutes);
    meta.push(element("span", vec![text(length)]).done());
    let updated = document.updated.filter(|day| *day != date);
    meta.extend(updated.map(|at| day(at, words::with(words.updated, words.day(at)))));
    meta.push(save::save(scene, words.save_post.to_owned()));
    let title = element("div", vec![heading(&document.title)]);
    let title = title.maybe("lang", document.language.clone());
    let mut parts = Vec::new();
    parts.extend(list::term_links(scene, Kind::Category, &document.categories));
    parts.push(title.done());
    parts.push(element("div", meta).with("class", "post-meta").done());
    parts.extend(translations(scene, &document.translations));
    element("header", parts).with("class", "post-head").done()
}

/// The same text in other languages; nothing where there are none.
fn translations(scene: &Scene, others: &[Link]) -> Option<Markup> {
    let mut parts = vec![text(scene.words.translations)];
    for other in others {
        let language = other.language.as_ref().unwrap_or(&scene.catalogue.site.language);
        let link = link(scene, other, vec![list::title(&other.title)]);
        parts.extend([text(" "), link.with("hreflang", language.clone()).done()]);
    }
    let line = element("p", parts).with("class", "post-translations");
    (!others.is_empty()).then(|| line.done())
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
fn series(scene: &Scene, here: &str, series: &Series) -> Markup {
    let words = scene.words;
    let position = series.parts.iter().position(|part| part.path == here).unwrap_or(0) + 1;
    let position = words::with(words.series_part, format!("{position}/{}", series.parts.len()));
    let part = |part: &Link| {
        let link = link(scene, part, vec![list::title(&part.title)]);
        let link = link.maybe("aria-current", (part.path == here).then_some("page"));
        element("li", vec![link.done()]).done()
    };
    let position = element("span", vec![text(position)]).done();
    let name = list::title(&series.name);
    let name = vec![text(words.series), text(" "), name, text(" "), position];
    let name = element("p", name).with("class", "series-name").done();
    let parts = element("ol", series.parts.iter().map(part).collect()).done();
    let series = element("nav", vec![name, parts]).with("class", "series");
    series.with("aria-label", words.series).done()
}

/// Posts on the same things; nothing where there are none.
fn related(scene: &Scene, related: &[Link]) -> Option<Markup> {
    let item = |post: &Link| {
        let title = list::title(&post.title);
        element("li", vec![link(scene, post, vec![title]).done()]).done()
    };
    let title = element("h2", vec![text(scene.words.related)]).with("id", "related").done();
    let posts = element("ul", related.iter().map(item).collect()).done();
    let section = element("section", vec![title, posts]).with("class", "related");
    (!related.is_empty()).then(|| section.with("aria-labelledby", "related").done())
}

fn link(scene: &Scene, to: &Link, parts: Vec<Markup>) -> Element {
    let href = scene.href(&Route::Document { path: to.path.clone() });
    element("a", parts).with("href", href).maybe("lang", to.language.clone())
}

fn source(scene: &Scene, url: &str) -> Markup {
    let host = url.split("://").nth(1).and_then(|rest| rest.split('/').next());
    let host = host.unwrap_or(url).trim_start_matches("www.");
    let link = element("a", vec![text(host)]).with("href", url.to_owned());
    let link = link.with("rel", "noopener external").done();
    let parts = vec![text(scene.words.source), text(" "), link];
    element("p", parts).with("class", "post-source").done()
}

fn adjacent(scene: &Scene, newer: Option<&Link>, older: Option<&Link>) -> Option<Markup> {
    let words = scene.words;
    let link = |to: &Link, label: &'static str, rel: &'static str| {
        let label = element("span", vec![text(label)]).with("class", "adjacent-label").done();
        let title = element("bdi", vec![text(&to.title)]).with("class", "adjacent-title");
        let title = title.maybe("lang", to.language.clone()).done();
        let href = scene.href(&Route::Document { path: to.path.clone() });
        let link = element("a", vec![label, title]).with("class", "adjacent-link");
        link.with("href", href).with("rel", rel).done()
    };
    let mut links = Vec::new();
    links.extend(older.map(|to| link(to, words.previous_post, "prev")));
    links.extend(newer.map(|to| link(to, words.next_post, "next")));
    let nav = element("nav", links).with("class", "adjacent").with("aria-label", words.adjacent);
    (older.is_some() || newer.is_some()).then(|| nav.done())
}
