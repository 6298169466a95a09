//! All tags or categories, and the posts of one.

use leptos::prelude::*;

use super::{Scene, heading, list};
use crate::model::Term;
use crate::page::{Kind, List};
use crate::words;

/// All tags or all categories, most used first.
pub fn terms(scene: &Scene, kind: Kind) -> impl IntoView + use<> {
    let words = scene.words;
    let title = match kind {
        Kind::Tag => words.tags,
        Kind::Category => words.categories,
    };
    let item = |term: &Term| {
        let href = scene.href(&kind.route(&term.slug));
        let count = words::with(words.posts, term.count);
        view! {
            <li><a href=href><bdi class="term-name">{term.label.clone()}</bdi>" "<span class="term-count">{count}</span></a></li>
        }
    };
    let items: Vec<_> = kind.terms(&scene.catalogue).iter().map(item).collect();
    let empty = items.is_empty().then(|| view! { <p class="empty">{words.no_posts}</p> });
    view! {
        <header class="page-head">{heading(title.to_owned())}</header>
        {empty}
        <ul class="term-list">{items}</ul>
    }
}

/// The posts of one tag or category.
pub fn term(scene: &Scene, kind: Kind, term: &Term, list: &List) -> impl IntoView + use<> {
    let words = scene.words;
    let overline = match kind {
        Kind::Tag => words.tags,
        Kind::Category => words.categories,
    };
    view! {
        <header class="page-head">
            <p class="overline">{overline}</p>
            {heading(term.label.clone())}
            <p class="lead">{words::with(words.results, list.total)}</p>
        </header>
        {list::posts(scene, list)}
    }
}
