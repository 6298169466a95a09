//! A post with its text, and a page outside the lists.

use leptos::prelude::*;

use super::{Scene, contents, heading, list, prose};
use crate::markdown;
use crate::model::{Document, Entry, PageEntry};
use crate::page::Kind;
use crate::route::Route;
use crate::words;

/// A post: its head, its text, where it comes from, and its neighbours.
pub fn post(scene: &Scene, index: usize, document: &Document) -> impl IntoView + use<> {
    let posts = &scene.catalogue.posts;
    posts.get(index).map(|entry| {
        let newer = index.checked_sub(1).and_then(|at| posts.get(at));
        let older = posts.get(index + 1);
        let language = entry.language.as_ref().unwrap_or(&scene.catalogue.site.language);
        let article = markdown::parse(&document.markdown, &entry.title, language);
        let contents = document.contents.then(|| contents::contents(scene, &article.headings));
        view! {
            <article class="post">
                {head(scene, entry, document)}
                {picture(scene, document)}
                {contents}
                <div class="prose" lang=entry.language.clone()>
                    {prose::prose(scene, article, document)}
                </div>
                {series(scene, index, entry)}
                <footer class="post-foot">
                    {source(scene, document)}
                    {list::term_links(scene, Kind::Tag, &entry.tags)}
                </footer>
            </article>
            {adjacent(scene, newer, older)}
        }
    })
}

/// A page: its title and its text.
pub fn text(scene: &Scene, entry: &PageEntry, document: &Document) -> impl IntoView + use<> {
    let language = &scene.catalogue.site.language;
    let article = markdown::parse(&document.markdown, &entry.title, language);
    let contents = document.contents.then(|| contents::contents(scene, &article.headings));
    view! {
        <article class="post">
            <header class="post-head">{heading(entry.title.clone())}</header>
            {picture(scene, document)}
            {contents}
            <div class="prose">{prose::prose(scene, article, document)}</div>
        </article>
    }
}

fn head(scene: &Scene, entry: &Entry, document: &Document) -> impl IntoView + use<> {
    let words = scene.words;
    let author = document.author.clone().unwrap_or_else(|| scene.catalogue.site.author.clone());
    let author = (!author.is_empty()).then(|| view! { <span class="post-author">{author}</span> });
    let updated = document.updated.filter(|day| *day != entry.date).map(|day| {
        let text = words::with(words.updated, words.day(day));
        view! { <time datetime=day.to_string()>{text}</time> }
    });
    let length = words::with(words.length, document.length) + " · ";
    view! {
        <header class="post-head">
            {list::term_links(scene, Kind::Category, &entry.categories)}
            <div lang=entry.language.clone()>{heading(entry.title.clone())}</div>
            <div class="post-meta">
                <time datetime=entry.date.to_string()>{words.day(entry.date)}</time>
                {author}
                <span>{length}{words::with(words.minutes, entry.minutes)}</span>
                {updated}
            </div>
        </header>
    }
}

/// The picture above the text; it is seen first, so it loads at once.
fn picture(scene: &Scene, document: &Document) -> impl IntoView + use<> {
    let base = scene.base.as_str().to_owned();
    document.picture.clone().map(|(path, alt)| {
        let (width, height) = prose::size(document, "/", &path).unzip();
        let src = format!("{base}{path}");
        view! { <img class="post-picture" src=src alt=alt width=width height=height /> }
    })
}

/// All parts of the series of a post, in the order in which they came.
fn series(scene: &Scene, index: usize, entry: &Entry) -> impl IntoView + use<> {
    let words = scene.words;
    entry.series.clone().map(|name| {
        let posts = scene.catalogue.posts.iter().enumerate().rev();
        let parts: Vec<_> =
            posts.filter(|(_, post)| post.series.as_ref() == Some(&name)).collect();
        let count = parts.len();
        let position = parts.iter().position(|(at, _)| *at == index).unwrap_or(0) + 1;
        let part = |(at, post): (usize, &Entry)| {
            let href = scene.href(&Route::Document { path: post.path.clone() });
            let current = (at == index).then_some("page");
            view! { <li><a href=href aria-current=current><bdi>{post.title.clone()}</bdi></a></li> }
        };
        let parts: Vec<_> = parts.into_iter().map(part).collect();
        let position = words::with(words.series_part, format!("{position}/{count}"));
        view! {
            <nav class="series" aria-label=words.series>
                <p class="series-name">{words.series}" "<bdi>{name}</bdi>" "<span>{position}</span></p>
                <ol>{parts}</ol>
            </nav>
        }
    })
}

fn source(scene: &Scene, document: &Document) -> impl IntoView + use<> {
    let label = scene.words.source;
    document.source.clone().map(|url| {
        let host = url.split("://").nth(1).and_then(|rest| rest.split('/').next());
        let host = host.unwrap_or(&url).trim_start_matches("www.").to_owned();
        view! { <p class="post-source">{label}" "<a href=url rel="noopener external">{host}</a></p> }
    })
}

fn adjacent(scene: &Scene, newer: Option<&Entry>, older: Option<&Entry>) -> impl IntoView + use<> {
    let words = scene.words;
    let link = |entry: &Entry, label: &'static str, rel: &'static str| {
        let href = scene.href(&Route::Document { path: entry.path.clone() });
        view! {
            <a class="adjacent-link" href=href rel=rel>
                <span class="adjacent-label">{label}</span>
                <bdi class="adjacent-title" lang=entry.language.clone()>{entry.title.clone()}</bdi>
            </a>
        }
    };
    let older = older.map(|entry| link(entry, words.previous_post, "prev"));
    let newer = newer.map(|entry| link(entry, words.next_post, "next"));
    (older.is_some() || newer.is_some())
        .then(|| view! { <nav class="adjacent" aria-label=words.adjacent>{older}{newer}</nav> })
}
