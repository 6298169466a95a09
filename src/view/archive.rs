//! All posts by year.

use leptos::prelude::*;

use super::{Scene, heading};
use crate::model::Entry;
use crate::route::Route;
use crate::words;

/// Every post, newest first, under its year.
pub fn archive(scene: &Scene) -> impl IntoView + use<> {
    let catalogue = &scene.catalogue;
    let words = scene.words;
    let years: Vec<_> = catalogue
        .posts
        .chunk_by(|a, b| a.date.year == b.date.year)
        .map(|posts| year(scene, posts))
        .collect();
    view! {
        <header class="page-head">
            {heading(words.archive.to_owned())}
            <p class="lead">{words::with(words.results, catalogue.posts.len())}</p>
        </header>
        {years}
    }
}

fn year(scene: &Scene, posts: &[Entry]) -> impl IntoView + use<> {
    let year = posts.first().map(|post| post.date.year);
    let count = words::with(scene.words.posts, posts.len());
    let rows: Vec<_> = posts.iter().map(|post| row(scene, post)).collect();
    view! {
        <section class="archive-year">
            <h2>{year}" "<span class="archive-count">{count}</span></h2>
            <ol class="archive-list">{rows}</ol>
        </section>
    }
}

fn row(scene: &Scene, post: &Entry) -> impl IntoView + use<> {
    let href = scene.href(&Route::Document { path: post.path.clone() });
    let day = format!("{:02}.{:02}", post.date.month, post.date.day);
    view! {
        <li>
            <time datetime=post.date.to_string()>{day}</time>
            <a href=href lang=post.language.clone()><bdi>{post.title.clone()}</bdi></a>
        </li>
    }
}
