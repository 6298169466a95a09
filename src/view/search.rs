//! The search: a field, what was found as it is typed, and ways on where nothing was.

use std::sync::Arc;

use super::filter::{self, narrow};
use super::markup::{Markup, element, text};
use super::state::button;
use super::{Ask, Scene, heading, list, page_head, state};
use crate::filter::Filter;
use crate::page::{Found, Marked, Panel, Search};
use crate::route::Route;
use crate::tag::{Kind, Term};
use crate::words;

/// Tags that are offered before anything is typed.
const POPULAR: usize = 16;

/// The field, the filter, and what was found.
pub fn search(
    scene: &Scene,
    panel: Option<&Panel>,
    filter: &Filter,
    (search, busy): (&Search, bool),
) -> Vec<Markup> {
    let mut parts = vec![page_head(vec![heading(scene.words.search)]), field(scene, filter)];
    let mut bar = vec![status(scene, filter, (!busy).then_some(search))];
    let has_more =
        matches!(search, Search::Found { .. }) && panel.is_none() && filter::has_choices(scene);
    bar.extend(has_more.then(|| narrow(scene).done()));
    parts.push(element("div", bar).with("class", "search-bar").done());
    let panel = panel.and_then(|panel| filter::filter(scene, panel, None));
    parts.push(element("div", panel.into_iter().collect()).done());
    let found = match search {
        Search::Idle { recent } => idle(scene, filter, recent),
        Search::Found { posts, page, .. } => results(scene, filter, posts, *page),
        Search::Nothing { near } => nothing(scene, filter, near),
        Search::Failed(failure) => state::failure(scene, failure, scene.words.failed_part).into(),
    };
    let found = element("div", found).with("class", "found");
    let found = found.maybe("aria-busy", busy.then_some("true"));
    parts.push(found.done());
    parts
}

fn field(scene: &Scene, filter: &Filter) -> Markup {
    let words = scene.words;
    let input = element("input", Vec::new())
        .with("id", "search-input")
        .with("type", "search")
        .with("name", "q")
        .with("value", filter.text.clone())
        .with("aria-label", words.search_label)
        .with("aria-describedby", "search-help")
        .with("placeholder", words.search_label)
        .with("autocomplete", "off")
        .with("autocapitalize", "off")
        .with("spellcheck", "false")
        .with("enterkeyhint", "search");
    let keys = element("span", vec![text(words.search_keys)]).with("class", "search-keys").done();
    let help = element("p", vec![text(words.search_help), text(" "), keys]);
    let help = help.with("id", "search-help").with("class", "search-help needs-app").done();
    let script = element("p", vec![text(words.search_script)]).with("class", "empty needs-script");
    element("form", vec![input.done(), help, script.done()])
        .with("class", "search")
        .with("role", "search")
        .with("action", scene.href(&Route::search()))
        .done()
}

/// How much was found, `None` while that is not known; tools read it from the attributes.
fn status(scene: &Scene, filter: &Filter, search: Option<&Search>) -> Markup {
    let words = scene.words;
    let asked = filter.text.trim();
    let (line, total) = match search {
        None => (words.loading.to_owned() + "…", None),
        Some(Search::Idle { .. } | Search::Failed(_)) => (String::new(), None),
        Some(Search::Found { total, about, .. }) => {
            let line = if *about { words.found_about } else { words.results };
            (words::with(line, total), Some(*total))
        }
        Some(Search::Nothing { .. }) => (words::with(words.found_none, asked), Some(0)),
    };
    element("p", vec![text(line)])
        .with("class", "search-count")
        .with("role", "status")
        .maybe("data-total", total.map(|total| total.to_string()))
        .maybe("data-query", total.map(|_| filter.text.clone()))
        .done()
}

fn results(
    scene: &Scene,
    filter: &Filter,
    posts: &[Found],
    (page, pages): (u32, u32),
) -> Vec<Markup> {
    let items = posts.iter().map(|found| result(scene, found)).collect();
    let mut parts = vec![element("ol", items).with("class", "post-list results").done()];
    let route = Route::Search { page, filter: filter.clone() };
    parts.extend((pages > 1).then(|| list::pager(scene, &route, page, pages)));
    parts
}

/// A post that was found; below it the place, with a link to the heading above that.
fn result(scene: &Scene, found: &Found) -> Markup {
    let Found { entry, title, snippet, .. } = found;
    let href = scene.href(&Route::Document { path: entry.path.clone() });
    let language = entry.language.clone();
    let mut parts = Vec::new();
    parts.extend(snippet.heading.as_ref().map(|(id, heading)| {
        let fragment = super::prose::encode_fragment(id);
        let link = element("a", marked(heading)).with("href", format!("{href}#{fragment}"));
        element("p", vec![link.done()]).with("class", "result-heading").done()
    }));
    let place = element("p", marked(&snippet.text)).with("class", "result-text");
    parts.push(place.maybe("lang", language).done());
    parts.extend(list::term_links(scene, Kind::Tag, &entry.tags));
    let title = element("bdi", marked(title)).done();
    list::card(entry, href, vec![title], parts)
}

fn marked(parts: &Marked) -> Vec<Markup> {
    let part = |(marked, part): &(bool, String)| match marked {
        true => element("mark", vec![text(part)]).done(),
        false => text(part),
    };
    parts.iter().map(part).collect()
}

/// What to look for: earlier searches, and the most used tags.
fn idle(scene: &Scene, filter: &Filter, recent: &[String]) -> Vec<Markup> {
    let words = scene.words;
    let mut parts = Vec::new();
    if !recent.is_empty() {
        let again = |asked: &String| {
            let href = scene.href(&Route::searched(filter, asked));
            let link = element("a", vec![list::title(asked)]).with("href", href);
            element("li", vec![link.done()]).done()
        };
        let title = element("h2", vec![text(words.recent)]).done();
        let ask = Arc::clone(&scene.actions.ask);
        let forget = button("filter-clear", words.recent_forget);
        let forget = forget.on("click", move || ask(Ask::ForgetSearches)).done();
        let head = element("div", vec![title, forget]).with("class", "filter-head").done();
        let searches = element("ul", recent.iter().map(again).collect());
        let searches = searches.with("class", "term-links").done();
        parts.push(element("section", vec![head, searches]).with("class", "recent").done());
    }
    let tags = scene.catalogue.tags.iter().take(POPULAR);
    parts.extend(terms(scene, words.popular, tags));
    parts
}

fn nothing(scene: &Scene, filter: &Filter, near: &[usize]) -> Vec<Markup> {
    let words = scene.words;
    let line = element("p", vec![text(words.found_help)]).with("class", "empty");
    let mut parts = vec![line.done()];
    if !filter.is_open() {
        let choose = Arc::clone(&scene.actions.choose);
        let open = Route::Search { page: 1, filter: filter.opened() };
        let all = button("button", words.search_all).on("click", move || choose(open.clone()));
        parts.push(element("p", vec![all.done()]).done());
    }
    let tags = near.iter().filter_map(|at| scene.catalogue.tags.get(*at));
    parts.extend(terms(scene, words.near, tags));
    parts
}

/// Links to the pages of some tags, under a title; nothing for none.
fn terms<'a>(
    scene: &Scene,
    title: &'static str,
    terms: impl Iterator<Item = &'a Term>,
) -> Option<Markup> {
    let keys: Vec<String> = terms.map(|term| term.key.clone()).collect();
    let links = list::term_links(scene, Kind::Tag, &keys)?;
    let title = element("h2", vec![text(title)]).done();
    Some(element("section", vec![title, links]).with("class", "near").done())
}
