//! The service worker's other half: what it keeps, what it says, and a new release that waits.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::browser::{self, device, worker};
use super::load;
use super::store::Store;
use crate::known::{Address, Known, Part};
use crate::model::Document;
use crate::page::{Device, Kept, Page};
use crate::route::Route;

/// Registers the worker and listens to it and to the connection.
pub fn listen(store: Store) {
    browser::on_connection(move |online| {
        store.notices.update(|notices| notices.offline = !online);
        if online {
            store.ask(Known::try_again);
        }
        let words = store.words();
        browser::announce(if online { words.now_online } else { words.now_offline });
    });
    if browser::root("data-worker").as_deref() != Some("on") {
        return page_shown(store);
    }
    worker::on_message(move |kind| {
        if kind == "inkstone:ready" {
            browser::set_root("data-offline", "ready");
            page_shown(store);
        }
    });
    spawn_local(async move {
        let base = store.base();
        let update = move || store.notices.update(|notices| notices.update = true);
        worker::register(&base.href("sw.js"), base.as_str(), update).await;
        fetch_ahead(store).await;
        device::check_regularly().await;
    });
    device::on_offer(move || page_shown(store));
    worker::on_takeover(move || spawn_local(fetch_ahead(store)));
}

/// Has the worker fetch the newest posts, or finish doing so; a message keeps it alive meanwhile.
async fn fetch_ahead(store: Store) {
    worker::post("inkstone:ahead", None).await;
    if worker::status().await.is_some_and(|status| status.ready) {
        browser::set_root("data-offline", "ready");
    }
    page_shown(store);
}

/// A page is on the screen: its text is kept, and the list of what is kept is made.
pub fn page_shown(store: Store) {
    let path = store.look(|page| match page {
        Page::Document(document) => Some(document.path.clone()),
        _ => None,
    });
    if let Some(Address::Document(data)) = path.map(|path| store.address(&path)) {
        spawn_local(async move {
            worker::post("inkstone:keep", Some(&data)).await;
        });
    } else if store.look(|page| matches!(page, Page::Saved(_))) {
        list_kept(store);
    }
}

fn list_kept(store: Store) {
    spawn_local(async move {
        let kept = match worker::status().await {
            Some(status) => documents(store, status).await,
            None if worker::is_expected() => Kept::Unknown,
            None => Kept::Unsupported,
        };
        if store.route_now() == Some(Route::Saved) {
            store.show(Some(Route::Saved), Page::Saved(kept));
        }
    });
}

/// The documents that are kept, which say their titles themselves: the lists of a large blog may
/// not be at hand.
async fn documents(store: Store, status: worker::Status) -> Kept {
    for kept in &status.kept {
        store.add_document_at(&kept.doc, kept.path.clone());
    }
    let parts: Vec<Part> =
        status.kept.iter().map(|kept| Part::Document(kept.path.clone())).collect();
    let missing: Vec<Part> = parts.into_iter().filter(|part| store.lacks(part)).collect();
    // What can't be read is not listed.
    let _ = load::all(&store, &missing).await;
    let mut documents: Vec<Arc<Document>> = Vec::new();
    for document in status.kept.iter().filter_map(|kept| store.document(&kept.path)) {
        let at = documents.partition_point(|other| other.date >= document.date);
        documents.insert(at, document);
    }
    let device = Device { install: device::install_offer(), checked: device::checked() };
    Kept::Documents { documents, bytes: status.bytes, device }
}

/// The reader wants to know whether there is something new.
pub fn check(store: Store) {
    spawn_local(async move {
        if device::check().await == Some(false) {
            browser::announce(store.words().up_to_date);
        }
        list_kept(store);
    });
}

/// The reader wants the blog as an app.
pub fn install(store: Store) {
    spawn_local(async move {
        device::install().await;
        list_kept(store);
    });
}

/// Removes one document from what is kept.
pub fn forget(store: Store, path: String) {
    let Address::Document(data) = store.address(&path) else { return };
    spawn_local(async move {
        worker::post("inkstone:forget", Some(&data)).await;
        list_kept(store);
        browser::focus_heading();
    });
}

/// The reader takes the new release: it takes over, and the page is loaded anew.
pub fn accept_update(store: Store) {
    store.notices.update(|notices| notices.update = false);
    worker::activate_waiting();
}
