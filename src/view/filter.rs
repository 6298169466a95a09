//! The filter of a list: tags, categories and years to choose from, each with what it would give.

use std::sync::Arc;

use super::markup::{Element, Markup, element, text};
use super::state::button;
use super::{Ask, Scene};
use crate::filter::{Filter, Match};
use crate::page::Panel;
use crate::route::Route;
use crate::tag::{self, Kind};
use crate::words;

/// Tags that are shown before the reader asks for all.
const FIRST: usize = 24;

/// Everything there is to choose from; hidden by the style sheet where there is no script. Nothing
/// where there is nothing to choose. `total`: how many posts are shown, where that is known, unless
/// something else on the page says it.
pub fn filter(scene: &Scene, panel: &Panel, total: Option<Option<usize>>) -> Option<Markup> {
    let words = scene.words;
    if !has_choices(scene) && panel.filter.is_open() {
        return None;
    }
    let title = element("h2", vec![text(words.filter)]).with("id", "filter-title");
    let hint = element("p", vec![text(words.filter_hint)]).with("class", "filter-hint");
    let head = element("div", vec![title.done(), hint.done()]).with("class", "filter-head");
    let parts =
        vec![head.done(), tags(scene, panel), more(scene, panel), foot(scene, panel, total)];
    let filter = element("section", parts).with("class", "filter");
    Some(filter.with("aria-labelledby", "filter-title").done())
}

/// Whether there is anything to choose from: terms, or more than one year.
pub fn has_choices(scene: &Scene) -> bool {
    let catalogue = &scene.catalogue;
    let year = |month: Option<&(u32, u32)>| month.map(|(month, _)| month / 100);
    let several = year(catalogue.months.first()) != year(catalogue.months.last());
    several || !(catalogue.tags.is_empty() && catalogue.categories.is_empty())
}

fn tags(scene: &Scene, panel: &Panel) -> Markup {
    let Panel { filter, counts, every_tag, .. } = panel;
    let all = &scene.catalogue.tags;
    let is_shown = |at: usize, key: &String| *every_tag || at < FIRST || filter.tags.contains(key);
    let shown = all.iter().zip(&counts.tags).enumerate();
    let shown = shown.filter(|(at, (term, _))| is_shown(*at, &term.key));
    let mut toggles: Vec<Markup> = shown
        .map(|(_, (term, count))| {
            let chosen = filter.tags.contains(&term.key);
            toggle(scene, &term.label, *count, chosen, filter.toggled(&term.key))
        })
        .collect();
    if all.len() > FIRST && !every_tag {
        let label = words::with(scene.words.every_tag, all.len());
        let ask = Arc::clone(&scene.actions.ask);
        let every = element("button", vec![text(label)]).with("type", "button");
        toggles.push(
            every.with("class", "toggle more").on("click", move || ask(Ask::EveryTag)).done(),
        );
    }
    group("filter-tags", scene.words.tags, toggles)
}

/// Categories and years, which fewer readers choose by; open where one of them is chosen.
fn more(scene: &Scene, panel: &Panel) -> Markup {
    let Panel { filter, counts, more, .. } = panel;
    let words = scene.words;
    let categories = scene.catalogue.categories.iter().zip(&counts.categories);
    let categories = categories.map(|(term, count)| {
        let chosen = filter.category.as_ref() == Some(&term.key);
        toggle(scene, &term.label, *count, chosen, filter.with_category(&term.key))
    });
    let years = counts.years.iter().map(|(year, count)| {
        let chosen = filter.year == Some(*year);
        toggle(scene, &year.to_string(), *count, chosen, filter.with_year(*year))
    });
    let summary = element("summary", vec![text(words.filter_more)]).done();
    let parts = vec![
        summary,
        group("filter-row", words.categories, categories.collect()),
        group("filter-row", words.year, years.collect()),
    ];
    let details = element("details", parts).with("class", "filter-more");
    // Only ever opened by us; closing it is the reader's.
    details.maybe("open", more.then_some("")).done()
}

fn group(class: &'static str, label: &'static str, toggles: Vec<Markup>) -> Markup {
    let group = element("div", toggles).with("class", class).with("role", "group");
    group.with("aria-label", label).done()
}

/// How several tags combine, what is chosen, how many posts are left, and the way back to all.
fn foot(scene: &Scene, panel: &Panel, total: Option<Option<usize>>) -> Markup {
    let Panel { filter, counts, .. } = panel;
    let words = scene.words;
    let several = filter.tags.len() > 1 || filter.mode == Match::Any;
    let legend = element("legend", vec![text(words.match_legend)]).with("class", "visually-hidden");
    let all = mode(scene, filter, Match::All, (words.match_all, counts.all));
    let any = mode(scene, filter, Match::Any, (words.match_any, counts.any));
    let modes = element("fieldset", vec![legend.done(), all, any]).with("class", "filter-mode");
    let mut parts = vec![modes.flag("hidden", !several).done()];
    parts.extend(total.map(|total| {
        let line = match total.filter(|_| !panel.busy) {
            Some(total) => words::with(words.results, total),
            None if panel.busy => words.loading.to_owned() + "…",
            None => String::new(),
        };
        let result = element("p", vec![text(line)]);
        result.with("class", "filter-result").with("role", "status").done()
    }));
    let active = !filter.is_open() || filter.mode == Match::Any;
    let (choose, open) = (Arc::clone(&scene.actions.choose), route(scene, filter.opened()));
    let clear = button("filter-clear", words.clear)
        .flag("hidden", !active)
        .on("click", move || choose(open.clone()));
    parts.push(chosen(scene, filter));
    parts.push(clear.done());
    element("div", parts).with("class", "filter-foot").done()
}

/// What is chosen, each with a button that takes it away again.
fn chosen(scene: &Scene, filter: &Filter) -> Markup {
    let catalogue = &scene.catalogue;
    let label = |kind: Kind, key: &String| {
        let terms = kind.terms(catalogue);
        tag::find(terms, key).map_or_else(|| key.clone(), |at| terms[at].label.clone())
    };
    let tags = filter.tags.iter();
    let mut all: Vec<(String, Filter)> =
        tags.map(|key| (label(Kind::Tag, key), filter.toggled(key))).collect();
    let category = filter.category.iter();
    all.extend(category.map(|key| (label(Kind::Category, key), filter.with_category(key))));
    all.extend(filter.year.map(|year| (year.to_string(), filter.with_year(year))));
    let item = |(label, without): (String, Filter)| {
        let (choose, next) = (Arc::clone(&scene.actions.choose), route(scene, without));
        let name = words::with(scene.words.remove, &label);
        let label = element("bdi", vec![text(label)]).done();
        let cross = element("span", vec![text("×")]).with("aria-hidden", "true").done();
        let button = element("button", vec![label, text(" "), cross])
            .with("type", "button")
            .with("class", "chip")
            .with("aria-label", name)
            .on("click", move || choose(next.clone()));
        element("li", vec![button.done()]).done()
    };
    let empty = all.is_empty();
    let chosen = element("ul", all.into_iter().map(item).collect()).with("class", "filter-chosen");
    chosen.with("aria-label", scene.words.chosen).flag("hidden", empty).done()
}

fn toggle(scene: &Scene, label: &str, count: u32, chosen: bool, next: Filter) -> Markup {
    let (choose, next) = (Arc::clone(&scene.actions.choose), route(scene, next));
    let label = element("bdi", vec![text(label)]).with("class", "toggle-label");
    let count_left = element("span", vec![text(count.to_string())]).with("class", "toggle-count");
    element("button", vec![label.done(), text(" "), count_left.done()])
        .with("type", "button")
        .with("class", if count == 0 && !chosen { "toggle dim" } else { "toggle" })
        .with("aria-pressed", if chosen { "true" } else { "false" })
        .on("click", move || choose(next.clone()))
        .done()
}

fn mode(scene: &Scene, filter: &Filter, mode: Match, (label, count): (&str, u32)) -> Markup {
    let (choose, next) = (Arc::clone(&scene.actions.choose), route(scene, filter.with_mode(mode)));
    let input = element("input", Vec::new())
        .with("type", "radio")
        .with("name", "match")
        .flag("checked", filter.mode == mode)
        .on("change", move || choose(next.clone()));
    let count = element("span", vec![text(count.to_string())]).with("class", "toggle-count");
    let label = element("span", vec![text(label), text(" "), count.done()]).done();
    element("label", vec![input.done(), label]).with("class", "filter-mode-choice").done()
}

/// Where a choice leads: the search stays the search, however much of it is cleared.
fn route(scene: &Scene, filter: Filter) -> Route {
    match scene.searching {
        true => Route::Search { page: 1, filter },
        false => Route::filtered(filter),
    }
}

/// A button that brings the filter of a search, whose data is not there yet.
pub fn narrow(scene: &Scene) -> Element {
    let ask = Arc::clone(&scene.actions.ask);
    button("button quiet", scene.words.narrow).on("click", move || ask(Ask::Narrow))
}
