//! Pages that are not there yet, or not at all.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Scene, heading};
use crate::page::Failure;
use crate::route::Route;
use crate::words;

/// Nothing stands at the address.
pub fn not_found(scene: &Scene) -> impl IntoView + use<> {
    let words = scene.words;
    let home = scene.href(&Route::home());
    let archive = scene.href(&Route::Archive);
    view! {
        <section class="state">
            {heading(words.not_found.to_owned())}
            <p>{words.not_found_text}</p>
            <p class="state-actions">
                <a class="button" href=home>{words.to_home}</a>
                <a class="button quiet" href=archive>{words.archive}</a>
            </p>
        </section>
    }
}

/// The text is on its way.
pub fn loading(scene: &Scene, title: Option<String>) -> impl IntoView + use<> {
    let words = scene.words;
    view! {
        <section class="state loading" aria-busy="true">
            {heading(title.unwrap_or_else(|| words.loading.to_owned()))}
            <p>{words.loading}"…"</p>
            <div class="skeleton" aria-hidden="true"><span></span><span></span><span></span></div>
        </section>
    }
}

/// The text did not come; says why and tries again on demand.
pub fn failed(scene: &Scene, title: Option<String>, failure: &Failure) -> impl IntoView + use<> {
    let words = scene.words;
    let reason = match failure {
        Failure::Offline => words.failed_offline.to_owned(),
        Failure::Broken(what) => words::with(words.failed_broken, what),
    };
    let retry = Arc::clone(&scene.actions.retry);
    let saved = scene.href(&Route::Saved);
    view! {
        <section class="state failed">
            {heading(title.unwrap_or_else(|| words.failed.to_owned()))}
            <p role="alert">{reason}</p>
            <p class="state-actions">
                <button type="button" class="button" on:click=move |_| retry()>{words.retry}</button>
                <a class="button quiet" href=saved>{words.saved}</a>
            </p>
        </section>
    }
}
