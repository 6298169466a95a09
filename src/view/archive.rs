//! All posts by year.

use super::markup::{Markup, element, text};
use super::{Scene, heading, lead, list, page_head};
use crate::model::Entry;
use crate::route::Route;
use crate::words;

/// Every post, newest first, under its year.
pub fn archive(scene: &Scene) -> Vec<Markup> {
    let posts = &scene.catalogue.posts;
    let words = scene.words;
    let total = lead(words::with(words.results, posts.len()));
    let mut parts = vec![page_head(vec![heading(words.archive), total])];
    let years = posts.chunk_by(|a, b| a.date.year == b.date.year);
    parts.extend(years.map(|posts| year(scene, posts)));
    parts
}

fn year(scene: &Scene, posts: &[Entry]) -> Markup {
    let year = posts.first().map(|post| post.date.year.to_string());
    let count = words::with(scene.words.posts, posts.len());
    let count = element("span", vec![text(count)]).with("class", "archive-count").done();
    let title = element("h2", vec![text(year.unwrap_or_default()), text(" "), count]).done();
    let rows = element("ol", posts.iter().map(|post| row(scene, post)).collect());
    let parts = vec![title, rows.with("class", "archive-list").done()];
    element("section", parts).with("class", "archive-year").done()
}

fn row(scene: &Scene, post: &Entry) -> Markup {
    let href = scene.href(&Route::Document { path: post.path.clone() });
    let day = format!("{:02}.{:02}", post.date.month, post.date.day);
    let date = element("time", vec![text(day)]).with("datetime", post.date.to_string());
    let link = element("a", vec![list::title(&post.title)]).with("href", href);
    element("li", vec![date.done(), link.maybe("lang", post.language.clone()).done()]).done()
}
