//! What this device keeps for offline reading.

use std::sync::Arc;

use super::markup::{Markup, element, text};
use super::state::button;
use super::{Ask, Scene, heading, lead, list, page_head};
use crate::model::Document;
use crate::page::{Device, Install, Kept};
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
        Kept::Documents { documents, bytes, device } => {
            match documents.is_empty() {
                true => parts.push(list::empty(words.saved_none)),
                false => parts.extend(rows(scene, documents, *bytes)),
            }
            parts.push(of_device(scene, device));
        }
    }
    parts
}

/// Looking for news, and installing.
fn of_device(scene: &Scene, device: &Device) -> Markup {
    let words = scene.words;
    let asks = |label: &'static str, what: fn() -> Ask| {
        let ask = Arc::clone(&scene.actions.ask);
        button("button quiet", label).on("click", move || ask(what())).done()
    };
    let mut parts = vec![asks(words.check_now, || Ask::CheckUpdate)];
    parts.extend(device.checked.as_ref().map(|time| text(words::with(words.checked_at, time))));
    match device.install {
        Install::No => {}
        Install::Button => parts.push(asks(words.install, || Ask::Install)),
        Install::Share => parts.push(element("p", vec![text(words.install_share)]).done()),
    }
    element("div", parts).with("class", "saved-device").done()
}

fn rows(scene: &Scene, documents: &[Arc<Document>], bytes: u32) -> [Markup; 2] {
    let used = words::with(scene.words.saved_size, size(bytes));
    let count = words::with(scene.words.results, documents.len());
    let summary = element("p", vec![text(format!("{count} · {used}"))]);
    let rows = documents.iter().map(|document| row(scene, document)).collect();
    let rows = element("ol", rows).with("class", "saved-list");
    [summary.with("class", "saved-summary").done(), rows.done()]
}

fn row(scene: &Scene, document: &Document) -> Markup {
    let title = &document.title;
    let date = document.date.map(|date| scene.words.day(date));
    let href = scene.href(&Route::Document { path: document.path.clone() });
    let label = words::with(scene.words.saved_remove, title);
    let (forget, path) = (Arc::clone(&scene.actions.forget), document.path.clone());
    let link = element("a", vec![list::title(title)]).with("href", href);
    let link = link.maybe("lang", document.language.clone());
    let date = element("span", date.map(text).into_iter().collect()).with("class", "saved-date");
    let remove = element("button", vec![text("×")])
        .with("type", "button")
        .with("class", "saved-remove")
        .with("aria-label", label.clone())
        .with("title", label)
        .on("click", move || forget(path.clone()));
    element("li", vec![link.done(), date.done(), remove.done()]).done()
}

/// A number of bytes as people read it, in powers of 1,000.
fn size(bytes: u32) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} KB", bytes.div_ceil(1_000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}
