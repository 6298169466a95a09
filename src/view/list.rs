//! Lists of posts, and the links to their further pages.

use leptos::prelude::*;

use super::Scene;
use crate::model::{Entry, Term};
use crate::page::{Kind, List};
use crate::route::Route;
use crate::words;

/// One page of posts with its pager; a line that says so where there are none.
pub fn posts(scene: &Scene, list: &List) -> impl IntoView + use<> {
    let entries: Vec<_> = list
        .posts
        .iter()
        .filter_map(|index| scene.catalogue.posts.get(*index))
        .map(|entry| post(scene, entry))
        .collect();
    let empty = list.total == 0;
    view! {
        {empty.then(|| view! { <p class="empty">{scene.words.no_posts}</p> })}
        <ol class="post-list">{entries}</ol>
        {pager(scene, list)}
    }
}

fn post(scene: &Scene, entry: &Entry) -> impl IntoView + use<> {
    let href = scene.href(&Route::Document { path: entry.path.clone() });
    let date = entry.date;
    let (year, day) = (date.year, format!("{:02}.{:02}", date.month, date.day));
    let language = entry.language.clone();
    view! {
        <li class="post-card">
            <time class="post-card-date" datetime=date.to_string()>
                <span class="day">{day}</span><span class="year">{year}</span>
            </time>
            <div class="post-card-body">
                <h2 lang=language.clone()><a href=href><bdi>{entry.title.clone()}</bdi></a></h2>
                <p class="post-card-excerpt" lang=language>{entry.excerpt.clone()}</p>
                <div class="post-card-meta">
                    {entry.pinned.then(|| view! { <span class="pinned">{scene.words.pinned}</span> })}
                    <span>{words::with(scene.words.minutes, entry.minutes)}</span>
                    {term_links(scene, Kind::Tag, &entry.tags)}
                </div>
            </div>
        </li>
    }
}

/// Links to the pages of tags or categories, by index.
pub fn term_links(scene: &Scene, kind: Kind, indices: &[u32]) -> impl IntoView + use<> {
    let terms = kind.terms(&scene.catalogue);
    let link = |term: &Term| {
        let href = scene.href(&kind.route(&term.slug));
        view! { <li><a href=href rel="tag"><bdi>{term.label.clone()}</bdi></a></li> }
    };
    let links: Vec<_> =
        indices.iter().filter_map(|index| terms.get(*index as usize)).map(link).collect();
    let class = match kind {
        Kind::Tag => "term-links tags",
        Kind::Category => "term-links categories",
    };
    (!links.is_empty()).then(|| view! { <ul class=class>{links}</ul> })
}

fn pager(scene: &Scene, list: &List) -> impl IntoView + use<> {
    let words = scene.words;
    let link = |page: u32, label: &'static str, rel: &'static str| {
        let href = scene.href(&list.route.at_page(page));
        view! { <a class="pager-link" href=href rel=rel>{label}</a> }
    };
    let newer = (list.page > 1).then(|| link(list.page - 1, words.newer, "prev"));
    let older = (list.page < list.pages).then(|| link(list.page + 1, words.older, "next"));
    let position = words::with(words.page_of, format!("{}/{}", list.page, list.pages));
    (list.pages > 1).then(|| {
        view! {
            <nav class="pager" aria-label=words.pager>
                {newer}<span class="pager-position">{position}</span>{older}
            </nav>
        }
    })
}
