//! Pages that are not there yet, or not at all.

use std::sync::Arc;

use super::markup::{Element, Markup, element, text};
use super::{Scene, heading, saved};
use crate::model::Document;
use crate::page::Failure;
use crate::route::Route;
use crate::words;

/// Nothing stands at the address.
pub fn not_found(scene: &Scene) -> Vec<Markup> {
    let words = scene.words;
    let home = link(scene, "button", &Route::home(), words.to_home);
    let archive = link(scene, "button quiet", &Route::Archive { page: 1 }, words.archive);
    let search = link(scene, "button quiet", &Route::search(), words.search);
    let line = element("p", vec![text(words.not_found_text)]).done();
    let parts = vec![heading(words.not_found), line, actions(vec![home, archive, search])];
    vec![section("state", parts).done()]
}

/// The text is on its way.
pub fn loading(scene: &Scene, title: Option<&str>) -> Vec<Markup> {
    let words = scene.words;
    let line = element("p", vec![text(words.loading), text("…")]).done();
    let bones = (0..3).map(|_| element("span", Vec::new()).done()).collect();
    let bones = element("div", bones).with("class", "skeleton").with("aria-hidden", "true").done();
    let parts = vec![heading(title.unwrap_or(words.loading)), line, bones];
    vec![section("state loading", parts).with("aria-busy", "true").done()]
}

/// The text did not come; says why, tries again on demand, and offers what can be read instead.
pub fn failed(
    scene: &Scene,
    title: Option<&str>,
    failure: &Failure,
    instead: &[Arc<Document>],
) -> Vec<Markup> {
    let mut parts = vec![heading(title.unwrap_or(scene.words.failed))];
    parts.extend(self::failure(scene, failure, scene.words.failed_offline));
    if !instead.is_empty() {
        let item =
            |document: &Arc<Document>| element("li", vec![saved::link(scene, document)]).done();
        parts.push(element("h2", vec![text(scene.words.saved_instead)]).done());
        let items = instead.iter().map(item).collect();
        parts.push(element("ul", items).with("class", "saved-list").done());
    }
    vec![section("state failed", parts).done()]
}

/// Why something did not come, and what can be done. `offline` says what lacks without a network.
pub fn failure(scene: &Scene, failure: &Failure, offline: &'static str) -> [Markup; 2] {
    let words = scene.words;
    let reason = match failure {
        Failure::Offline => offline.to_owned(),
        Failure::Broken(what) => words::with(words.failed_broken, what),
    };
    let reason = element("p", vec![text(reason)]).with("role", "alert").done();
    let retry = Arc::clone(&scene.actions.retry);
    let retry = button("button", words.retry).on("click", move || retry()).done();
    let saved = link(scene, "button quiet", &Route::Saved, words.saved);
    [reason, actions(vec![retry, saved])]
}

/// A button that says what it does.
pub fn button(class: &'static str, label: &'static str) -> Element {
    element("button", vec![text(label)]).with("type", "button").with("class", class)
}

fn section(class: &'static str, parts: Vec<Markup>) -> Element {
    element("section", parts).with("class", class)
}

fn actions(actions: Vec<Markup>) -> Markup {
    element("p", actions).with("class", "state-actions").done()
}

fn link(scene: &Scene, class: &'static str, route: &Route, label: &'static str) -> Markup {
    let link = element("a", vec![text(label)]).with("class", class);
    link.with("href", scene.href(route)).done()
}
