//! The service worker's other half: what it keeps, what it says, and a new release.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use super::browser::{self, device, worker};
use super::load;
use super::store::{LISTED, Store};
use crate::json::{Json, Read};
use crate::known::{Address, Known, Part};
use crate::model::Document;
use crate::page::{Device, Failure, Kept, KeptDocument, Page, Shelf};
use crate::route::Route;
use crate::view::notices::{Event, News};

/// The name under which a tab stores for which release it was loaded anew without being asked.
const MOVED: &str = "inkstone:moved";

/// So many documents are offered in the place of one that is not there.
const INSTEAD: usize = 5;

/// Registers the worker and listens to it and to the connection.
pub fn listen(store: Store) {
    browser::on_connection(move |online| {
        store.notices.update(|notices| notices.offline = !online);
        if online {
            store.ask(Known::try_again);
            // What was interrupted goes on.
            spawn_local(fetch_ahead(store));
        }
        let words = store.words();
        browser::announce(if online { words.now_online } else { words.now_offline });
    });
    let base = store.base();
    if !worker::is_expected() {
        // Nothing is offered then that needs one.
        browser::set_root("data-worker", "off");
        return page_shown(store);
    }
    worker::on_message(move |kind, message| match kind {
        "inkstone:ready" => {
            browser::set_root("data-offline", "ready");
            page_shown(store);
        }
        "inkstone:progress" => {
            let ended = store.saves.hear(store, &message);
            if ended && store.route_now() == Some(Route::Saved) {
                list_kept(store);
            }
        }
        "inkstone:release" => {
            let release = message.get::<String>("release").unwrap_or_default();
            compare(store, &release, News::read(&message).ok());
        }
        _ => {}
    });
    device::on_offer(move || page_shown(store));
    worker::on_takeover(move || spawn_local(fetch_ahead(store)));
    // Neither waits for the other: a worker may be at work, and the network may hang.
    spawn_local(fetch_ahead(store));
    spawn_local(async move {
        let fail = move || {
            browser::set_root("data-worker", "failed");
            page_shown(store);
        };
        worker::register(&base.href("sw.js"), base.as_str(), fail).await;
        device::check_regularly().await;
    });
}

/// Has the worker fetch the newest posts, or finish doing so, and hears how things are; a message
/// keeps it alive meanwhile.
async fn fetch_ahead(store: Store) {
    if let Some(status) = worker::status(false).await {
        compare(store, &status.release, status.news);
        store.saves.set(store, status.saves);
    }
    if worker::ask("inkstone:ahead", &[]).await.is_some_and(|answer| is_ok(&answer)) {
        browser::set_root("data-offline", "ready");
    }
    page_shown(store);
}

fn is_ok(answer: &Json) -> bool {
    answer.get("ok") == Ok(true)
}

/// The worker is of a release; another than the page's is offered.
fn compare(store: Store, release: &str, news: Option<News>) {
    if Some(release) == browser::root("data-release").as_deref() {
        if store.notices.with_untracked(|notices| notices.update.is_some()) {
            store.notices.update(|notices| notices.update = None);
        }
        return;
    }
    // Nothing is known of a page that came past the worker: it may be the newer one.
    let Some(news) = news.filter(|_| worker::is_in_control()) else { return };
    // What was put off is not offered once more. It may be told twice, and known at one of the
    // times how much is new.
    let offered = store.offered.with_value(|offered| offered == release);
    let up = store.notices.with_untracked(|notices| notices.update);
    if !offered || up.is_some_and(|up| up == News::default() && up != news) {
        store.offered.set_value(release.to_owned());
        store.notices.update(|notices| notices.update = Some(news));
    }
    // What this page needs may be gone with its release; loading it anew is tried once for each.
    let failed = store.look(|page| matches!(page, Page::Failed { .. }));
    if failed && browser::session(MOVED).is_none_or(|moved| !moved.ends_with(release)) {
        browser::set_session(MOVED, release);
        browser::reload();
    }
}

/// Tells the reader why the page was loaded anew, if it was.
pub fn say_moved(store: Store) {
    let release = browser::root("data-release").unwrap_or_default();
    if browser::session(MOVED).is_some_and(|moved| moved == release) {
        // Told once.
        browser::set_session(MOVED, &format!("told {release}"));
        store.notices.update(|notices| notices.event = Some(Event::Moved));
    }
}

/// A page is on the screen: its text is kept, and the list of what is kept is made.
pub fn page_shown(store: Store) {
    store.saves.show(store);
    let (path, failed) = store.look(|page| match page {
        Page::Document(document) => (Some(document.path.clone()), false),
        Page::Failed { failure: Failure::Offline, instead, .. } => (None, instead.is_empty()),
        _ => (None, false),
    });
    if let Some(Address::Document(data)) = path.map(|path| store.address(&path)) {
        spawn_local(keep(store, data));
    } else if store.look(|page| matches!(page, Page::Saved(_))) {
        list_kept(store);
    } else if failed {
        spawn_local(offer_others(store));
    }
}

async fn keep(store: Store, data: String) {
    let answer = worker::ask("inkstone:keep", &[("path", data.into())]).await;
    let full = answer.is_some_and(|answer| answer.get::<String>("error").as_deref() == Ok("quota"));
    let event = full.then_some(Event::Full);
    if store.notices.with_untracked(|notices| full || notices.event == Some(Event::Full)) {
        store.notices.update(|notices| notices.event = event);
    }
}

/// Without the network, some of what is kept is offered; and perhaps the text is of an older
/// release, and there is a newer one.
async fn offer_others(store: Store) {
    let Some(status) = worker::status(true).await else { return };
    compare(store, &status.release, status.news);
    let shelf = shelf(store, status, INSTEAD).await;
    let documents: Vec<Arc<Document>> =
        shelf.documents.into_iter().map(|kept| kept.document).collect();
    let page = store.look(|page| match page {
        Page::Failed { title, failure, .. } if !documents.is_empty() => Some(Page::Failed {
            title: title.clone(),
            failure: failure.clone(),
            instead: documents,
        }),
        _ => None,
    });
    if let Some(page) = page {
        store.show(store.route_now(), page);
    }
    device::check().await;
}

fn list_kept(store: Store) {
    spawn_local(async move {
        let kept = match worker::status(true).await {
            Some(status) => {
                let listed = store.listed.get_value();
                Kept::Documents(shelf(store, status, listed).await)
            }
            None if worker::is_expected() => Kept::Unknown,
            None if browser::root("data-worker").as_deref() == Some("failed") => Kept::Failed,
            None => Kept::Unsupported,
        };
        if store.route_now() == Some(Route::Saved) {
            store.show(Some(Route::Saved), Page::Saved(kept));
        }
    });
}

/// As many of the documents that are kept as are to be shown. They say their titles themselves:
/// the lists of a large blog may not be at hand.
async fn shelf(store: Store, status: worker::Status, limit: usize) -> Shelf {
    for kept in &status.kept {
        store.add_document_at(&kept.doc, kept.path.clone());
    }
    let listed = || status.kept.iter().take(limit);
    let parts = listed().map(|kept| Part::Document(kept.path.clone()));
    let missing: Vec<Part> = parts.filter(|part| store.lacks(part)).collect();
    // What can't be read is not listed.
    let _ = load::all(&store, &missing).await;
    let kept = |kept: &worker::Stored| {
        let document = store.document(&kept.path)?;
        let day = device::day(&kept.time);
        Some(KeptDocument { document, size: kept.size, day, fixed: kept.fixed })
    };
    Shelf {
        documents: listed().filter_map(kept).collect(),
        total: status.kept.len(),
        bytes: status.bytes,
        ready: status.ready,
        device: Device {
            install: device::install_offer(),
            checked: device::checked(),
            persistence: device::persistence().await,
        },
    }
}

/// The reader wants to see more of what is kept.
pub fn list_more(store: Store) {
    store.listed.update_value(|listed| *listed += LISTED);
    list_kept(store);
}

/// The reader wants to know whether there is something new.
pub fn check(store: Store) {
    spawn_local(async move {
        match device::check().await {
            Some(false) => browser::announce(store.words().up_to_date),
            Some(true) => {}
            None => browser::announce(store.words().check_failed),
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

/// The reader wants the browser to delete nothing.
pub fn persist(store: Store) {
    spawn_local(async move {
        device::persist().await;
        list_kept(store);
    });
}

/// Removes one document from what is kept.
pub fn forget(store: Store, path: String) {
    if let Address::Document(data) = store.address(&path) {
        forget_as(store, ("path", data.into()));
    }
}

/// Removes all but what is always kept, if the reader means it.
pub fn forget_all(store: Store) {
    if browser::confirm(store.words().saved_clear_sure) {
        forget_as(store, ("all", true.into()));
    }
}

fn forget_as(store: Store, what: (&'static str, JsValue)) {
    spawn_local(async move {
        worker::ask("inkstone:forget", &[what]).await;
        if let Some(status) = worker::status(false).await {
            store.saves.set(store, status.saves);
        }
        list_kept(store);
        browser::focus_heading();
    });
}

/// The reader takes the new release: a page that is loaded gets it.
pub fn accept_update() {
    browser::reload();
}
