//! What this device keeps for offline reading.

use std::sync::Arc;

use super::markup::{Markup, element, text};
use super::{Scene, heading, lead, list, page_head};
use crate::page::Kept;
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
        Kept::Documents { paths, .. } if paths.is_empty() => {
            parts.push(list::empty(words.saved_none));
        }
        Kept::Documents { paths, bytes } => parts.extend(documents(scene, paths, *bytes)),
    }
    parts
}

fn documents(scene: &Scene, paths: &[String], bytes: u64) -> [Markup; 2] {
    let rows: Vec<_> = paths.iter().filter_map(|path| row(scene, path)).collect();
    let used = words::with(scene.words.saved_size, size(bytes));
    let count = words::with(scene.words.results, rows.len());
    let summary = element("p", vec![text(format!("{count} · {used}"))]);
    let rows = element("ol", rows).with("class", "saved-list");
    [summary.with("class", "saved-summary").done(), rows.done()]
}

fn row(scene: &Scene, path: &str) -> Option<Markup> {
    let catalogue = &scene.catalogue;
    let post = catalogue.post(path).map(|(_, post)| post);
    let title = match post {
        Some(post) => &post.title,
        None => &catalogue.page(path)?.title,
    };
    let date = post.map(|post| scene.words.day(post.date));
    let language = post.and_then(|post| post.language.clone());
    let href = scene.href(&Route::Document { path: path.to_owned() });
    let label = words::with(scene.words.saved_remove, title);
    let (forget, path) = (Arc::clone(&scene.actions.forget), path.to_owned());
    let link = element("a", vec![list::title(title)]).with("href", href).maybe("lang", language);
    let date = element("span", date.map(text).into_iter().collect()).with("class", "saved-date");
    let remove = element("button", vec![text("×")])
        .with("type", "button")
        .with("class", "saved-remove")
        .with("aria-label", label.clone())
        .with("title", label)
        .on("click", move || forget(path.clone()));
    Some(element("li", vec![link.done(), date.done(), remove.done()]).done())
}

/// A number of bytes as people read it, in powers of 1,000.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} KB", bytes.div_ceil(1_000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}
