//! What this device keeps for offline reading.

use std::sync::Arc;

use super::markup::{Element, Markup, element, text};
use super::save::{save, size};
use super::state::button;
use super::{Ask, Scene, heading, lead, list, page_head};
use crate::model::Document;
use crate::page::{Device, Install, Kept, KeptDocument, Persistence, Shelf};
use crate::route::Route;
use crate::words;

/// The list of kept documents, or why there is none.
pub fn saved(scene: &Scene, kept: &Kept) -> Vec<Markup> {
    let words = scene.words;
    let mut parts = vec![page_head(vec![heading(words.saved), lead(words.saved_text)])];
    match kept {
        Kept::Unknown => {
            let line = |class: &'static str, line: &'static str| {
                element("p", vec![text(line)]).with("class", class)
            };
            parts.push(line("empty needs-script", words.saved_script).done());
            let loading = line("empty needs-app", words.loading);
            parts.push(loading.with("aria-busy", "true").done());
        }
        Kept::Unsupported => parts.push(list::empty(words.saved_unsupported)),
        Kept::Failed => parts.push(list::empty(words.saved_failed)),
        Kept::Documents(shelf) => {
            let all = words::with(words.save_all, scene.catalogue.total);
            parts.push(element("p", vec![save(scene, all)]).with("class", "saved-save").done());
            match shelf.documents.is_empty() {
                true => parts.push(list::empty(words.saved_none)),
                false => parts.extend(rows(scene, shelf)),
            }
            parts.push(of_device(scene, &shelf.device));
        }
    }
    parts
}

fn asks(scene: &Scene, label: &'static str, what: Ask) -> Element {
    let ask = Arc::clone(&scene.actions.ask);
    button("button quiet", label).on("click", move || ask(what))
}

/// Looking for news, installing, and what the browser does with what is kept.
fn of_device(scene: &Scene, device: &Device) -> Markup {
    let words = scene.words;
    let line = |line: &'static str| element("p", vec![text(line)]).done();
    let mut parts = vec![asks(scene, words.check_now, Ask::CheckUpdate).done()];
    parts.extend(device.checked.as_ref().map(|time| text(words::with(words.checked_at, time))));
    match device.install {
        Install::No => {}
        Install::Button => parts.push(asks(scene, words.install, Ask::Install).done()),
        Install::Share => parts.push(line(words.install_share)),
    }
    match device.persistence {
        Persistence::Unknown => {}
        Persistence::BestEffort => parts.push(asks(scene, words.persist, Ask::Persist).done()),
        Persistence::Refused => parts
            .extend([asks(scene, words.persist, Ask::Persist).done(), line(words.persist_refused)]),
        Persistence::Granted => parts.push(line(words.persist_granted)),
    }
    let state = element("a", vec![text(words.saved_help)]);
    let state = state.with("href", format!("{}sw-state/", scene.base.as_str())).done();
    parts.push(element("p", vec![state]).done());
    element("div", parts).with("class", "saved-device").done()
}

fn rows(scene: &Scene, shelf: &Shelf) -> Vec<Markup> {
    let words = scene.words;
    let ready = shelf.ready.then(|| words.saved_ready.to_owned());
    let count = words::with(words.results, shelf.total);
    let used = words::with(words.saved_size, size(shelf.bytes));
    let line: Vec<String> = ready.into_iter().chain([count, used]).collect();
    let clear = asks(scene, words.saved_clear, Ask::ForgetAll);
    let summary = element("div", vec![text(line.join(" · ")), clear.done()]);
    let rows = shelf.documents.iter().map(|kept| row(scene, kept)).collect();
    let mut parts = vec![
        summary.with("class", "saved-summary").done(),
        element("ol", rows).with("class", "saved-list").done(),
    ];
    if shelf.documents.len() < shelf.total {
        parts.push(asks(scene, words.saved_more, Ask::MoreKept).done());
    }
    parts
}

fn row(scene: &Scene, kept: &KeptDocument) -> Markup {
    let document = &kept.document;
    let label = words::with(scene.words.saved_remove, &document.title);
    let (forget, path) = (Arc::clone(&scene.actions.forget), document.path.clone());
    let mut facts = size(kept.size);
    if let Some(day) = &kept.day {
        facts = format!("{day} · {facts}");
    }
    let facts = element("span", vec![text(facts)]).with("class", "saved-date").done();
    let remove = element("button", vec![text("×")])
        .with("type", "button")
        .with("class", "saved-remove")
        .with("aria-label", label.clone())
        .with("title", label)
        .on("click", move || forget(path.clone()));
    let mut parts = vec![link(scene, document), facts];
    if !kept.fixed {
        parts.push(remove.done());
    }
    element("li", parts).done()
}

/// A link to a document that is kept.
pub fn link(scene: &Scene, document: &Document) -> Markup {
    let href = scene.href(&Route::Document { path: document.path.clone() });
    let link = element("a", vec![list::title(&document.title)]).with("href", href);
    link.maybe("lang", document.language.clone()).done()
}
