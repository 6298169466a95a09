//! The tag filter of the home page.

use std::sync::Arc;

use super::Scene;
use super::markup::{Markup, element, text};
use super::state::button;
use crate::filter::{Filter, Match};
use crate::model::Term;
use crate::route::Route;
use crate::words;

/// Tags as toggles, each with what choosing it would leave; hidden by the style sheet where
/// there is no script. Nothing where there are no tags.
pub fn filter(scene: &Scene, filter: &Filter, counts: &[u32], total: usize) -> Option<Markup> {
    let words = scene.words;
    let tags = &scene.catalogue.tags;
    if tags.is_empty() {
        return None;
    }
    let toggles = tags.iter().zip(counts);
    let toggles = toggles.map(|(term, count)| toggle(scene, filter, term, *count)).collect();
    let toggles = element("div", toggles)
        .with("class", "filter-tags")
        .with("role", "group")
        .with("aria-labelledby", "filter-title");
    let title = element("h2", vec![text(words.filter)]).with("id", "filter-title");
    let hint = element("p", vec![text(words.filter_hint)]).with("class", "filter-hint");
    let head = element("div", vec![title.done(), hint.done()]).with("class", "filter-head");
    let parts = vec![head.done(), toggles.done(), foot(scene, filter, total)];
    let filter = element("section", parts).with("class", "filter");
    Some(filter.with("aria-labelledby", "filter-title").done())
}

/// Which of the two ways to match, how many posts are left, and the way back to all.
fn foot(scene: &Scene, filter: &Filter, total: usize) -> Markup {
    let words = scene.words;
    let several = filter.tags.len() > 1 || filter.mode == Match::Any;
    let active = !filter.is_empty() || filter.mode == Match::Any;
    let legend = element("legend", vec![text(words.match_legend)]).with("class", "visually-hidden");
    let all = mode(scene, filter, Match::All, words.match_all);
    let any = mode(scene, filter, Match::Any, words.match_any);
    let modes = element("fieldset", vec![legend.done(), all, any]).with("class", "filter-mode");
    let result = element("p", vec![text(words::with(words.results, total))])
        .with("class", "filter-result")
        .with("role", "status");
    let choose = Arc::clone(&scene.actions.choose);
    let clear = button("filter-clear", words.clear)
        .flag("hidden", !active)
        .on("click", move || choose(Route::home()));
    let parts = vec![modes.flag("hidden", !several).done(), result.done(), clear.done()];
    element("div", parts).with("class", "filter-foot").done()
}

fn toggle(scene: &Scene, filter: &Filter, term: &Term, count: u32) -> Markup {
    let chosen = filter.tags.contains(&term.key);
    let next = Route::filtered(filter.toggled(&term.key));
    let choose = Arc::clone(&scene.actions.choose);
    let label = element("bdi", vec![text(&term.label)]).with("class", "toggle-label");
    let count_left = element("span", vec![text(count.to_string())]).with("class", "toggle-count");
    element("button", vec![label.done(), text(" "), count_left.done()])
        .with("type", "button")
        .with("class", if count == 0 && !chosen { "toggle dim" } else { "toggle" })
        .with("aria-pressed", if chosen { "true" } else { "false" })
        .on("click", move || choose(next.clone()))
        .done()
}

fn mode(scene: &Scene, filter: &Filter, mode: Match, label: &'static str) -> Markup {
    let next = Route::filtered(filter.with_mode(mode));
    let choose = Arc::clone(&scene.actions.choose);
    let input = element("input", Vec::new())
        .with("type", "radio")
        .with("name", "match")
        .flag("checked", filter.mode == mode)
        .on("change", move || choose(next.clone()));
    let label = element("span", vec![text(label)]).done();
    element("label", vec![input.done(), label]).with("class", "filter-mode-choice").done()
}
