//! The home page: the filter and the newest posts.

use leptos::prelude::*;

use super::{Scene, filter, heading, list};
use crate::filter::Filter;
use crate::page::List;

/// The list of posts with its filter.
pub fn home(scene: &Scene, filter: &Filter, list: &List, counts: &[u32]) -> impl IntoView + use<> {
    let site = &scene.catalogue.site;
    let words = scene.words;
    let nothing = list.total == 0 && !filter.is_empty();
    let posts = if nothing {
        view! { <p class="empty">{words.no_results}</p> }.into_any()
    } else {
        list::posts(scene, list).into_any()
    };
    view! {
        <header class="page-head home-head">
            {heading(site.title.clone())}
            <p class="lead">{site.description.clone()}</p>
        </header>
        {filter::filter(scene, filter, counts, list.total)}
        <section class="latest" aria-label=words.latest>{posts}</section>
    }
}
