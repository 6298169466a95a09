//! What this device keeps for offline reading.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Scene, heading};
use crate::page::Kept;
use crate::route::Route;
use crate::words;

/// The list of kept documents, or why there is none.
pub fn saved(scene: &Scene, kept: Kept) -> impl IntoView + use<> {
    let words = scene.words;
    let content = match kept {
        Kept::Unknown => {
            let needs_script = view! { <p class="empty needs-script">{words.saved_script}</p> };
            view! { {needs_script}<p class="empty needs-app" aria-busy="true">{words.loading}</p> }
                .into_any()
        }
        Kept::Unsupported => view! { <p class="empty">{words.saved_unsupported}</p> }.into_any(),
        Kept::Documents { paths, .. } if paths.is_empty() => {
            view! { <p class="empty">{words.saved_none}</p> }.into_any()
        }
        Kept::Documents { paths, bytes } => documents(scene, &paths, bytes).into_any(),
    };
    view! {
        <header class="page-head">
            {heading(words.saved.to_owned())}
            <p class="lead">{words.saved_text}</p>
        </header>
        {content}
    }
}

fn documents(scene: &Scene, paths: &[String], bytes: u64) -> impl IntoView + use<> {
    let rows: Vec<_> = paths.iter().filter_map(|path| row(scene, path)).collect();
    let used = words::with(scene.words.saved_size, size(bytes));
    let count = words::with(scene.words.results, rows.len());
    view! {
        <p class="saved-summary">{count}" · "{used}</p>
        <ol class="saved-list">{rows}</ol>
    }
}

fn row(scene: &Scene, path: &str) -> Option<impl IntoView + use<>> {
    let catalogue = &scene.catalogue;
    let post = catalogue.post(path).map(|(_, post)| post);
    let title = match post {
        Some(post) => post.title.clone(),
        None => catalogue.page(path)?.title.clone(),
    };
    let date = post.map(|post| scene.words.day(post.date));
    let language = post.and_then(|post| post.language.clone());
    let href = scene.href(&Route::Document { path: path.to_owned() });
    let label = words::with(scene.words.saved_remove, &title);
    let (forget, path) = (Arc::clone(&scene.actions.forget), path.to_owned());
    Some(view! {
        <li>
            <a href=href lang=language><bdi>{title}</bdi></a>
            <span class="saved-date">{date}</span>
            <button type="button" class="saved-remove" aria-label=label.clone() title=label
                on:click=move |_| forget(path.clone())>"×"</button>
        </li>
    })
}

/// A number of bytes as people read it, in powers of 1,000.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} KB", bytes.div_ceil(1_000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}
