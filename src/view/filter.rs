//! The tag filter of the home page.

use std::sync::Arc;

use leptos::prelude::*;

use super::Scene;
use crate::filter::{Filter, Match};
use crate::model::Term;
use crate::route::Route;
use crate::words;

/// Tags as toggles, each with what choosing it would leave; hidden by the style sheet where
/// there is no script.
pub fn filter(
    scene: &Scene,
    filter: &Filter,
    counts: &[u32],
    total: usize,
) -> impl IntoView + use<> {
    let words = scene.words;
    let tags = &scene.catalogue.tags;
    let toggles: Vec<_> =
        tags.iter().zip(counts).map(|(term, count)| toggle(scene, filter, term, *count)).collect();
    let several = filter.tags.len() > 1 || filter.mode == Match::Any;
    let active = !filter.is_empty() || filter.mode == Match::Any;
    let choose = Arc::clone(&scene.actions.choose);
    (!tags.is_empty()).then(|| {
        view! {
            <section class="filter" aria-labelledby="filter-title">
                <div class="filter-head">
                    <h2 id="filter-title">{words.filter}</h2>
                    <p class="filter-hint">{words.filter_hint}</p>
                </div>
                <div class="filter-tags" role="group" aria-labelledby="filter-title">{toggles}</div>
                <div class="filter-foot">
                    <fieldset class="filter-mode" hidden=!several>
                        <legend class="visually-hidden">{words.match_legend}</legend>
                        {mode(scene, filter, Match::All, words.match_all)}
                        {mode(scene, filter, Match::Any, words.match_any)}
                    </fieldset>
                    <p class="filter-result" role="status">{words::with(words.results, total)}</p>
                    <button type="button" class="filter-clear" hidden=!active
                        on:click=move |_| choose(Route::home())>{words.clear}</button>
                </div>
            </section>
        }
    })
}

fn toggle(scene: &Scene, filter: &Filter, term: &Term, count: u32) -> impl IntoView + use<> {
    let chosen = filter.tags.contains(&term.key);
    let next = Route::filtered(filter.toggled(&term.key));
    let choose = Arc::clone(&scene.actions.choose);
    let pressed = if chosen { "true" } else { "false" };
    let class = if count == 0 && !chosen { "toggle dim" } else { "toggle" };
    view! {
        <button type="button" class=class aria-pressed=pressed on:click=move |_| choose(next.clone())>
            <bdi class="toggle-label">{term.label.clone()}</bdi>
            " "<span class="toggle-count">{count}</span>
        </button>
    }
}

fn mode(scene: &Scene, filter: &Filter, mode: Match, label: &'static str) -> impl IntoView + use<> {
    let next = Route::filtered(filter.with_mode(mode));
    let choose = Arc::clone(&scene.actions.choose);
    let checked = filter.mode == mode;
    view! {
        <label class="filter-mode-choice">
            <input type="radio" name="match" prop:checked=checked checked=checked
                on:change=move |_| choose(next.clone()) />
            <span>{label}</span>
        </label>
    }
}
