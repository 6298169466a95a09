//! The search field and its keys: what is typed becomes the address, and the address what is
//! found. What an input method composes is looked for once it is finished.

use wasm_bindgen_futures::spawn_local;

use super::browser::{self, Key};
use super::load;
use super::navigate;
use super::store::Store;
use crate::filter::Filter;
use crate::known::Part;
use crate::page::{Page, Plan, Search};
use crate::route::Route;
use crate::view::Ask;

/// The name under which earlier searches are stored, a line for each.
const RECENT_KEY: &str = "inkstone:searches";

/// Earlier searches that are kept.
const RECENT: usize = 8;

/// Places that are fetched before the reader moves: as many as a screen shows.
const FIRST_PLACES: usize = 5;

/// Listens to the field and to the keys of the search from now on.
pub fn listen(store: Store) {
    store.ask(|known| known.recent = recent());
    browser::on_typing(move |text| {
        if let Some(filter) = filter(&store) {
            navigate::typed(store, Route::searched(&filter, &text));
        }
    });
    browser::on_search_key(move |key| match key {
        Key::Open => match filter(&store) {
            Some(_) => drop(browser::focus_search()),
            None => navigate::follow(store, Route::search()),
        },
        Key::Finish => remember(store),
    });
    browser::on_scroll(move || load_places(store, usize::MAX));
    show_places(store);
}

/// Looks for what was typed into the field before the app listened.
pub fn catch_up(store: Store) {
    let Some(filter) = filter(&store) else { return };
    let typed = browser::search_text();
    if let Some(typed) = typed.filter(|typed| !typed.is_empty() && *typed != filter.text) {
        navigate::typed(store, Route::searched(&filter, &typed));
    }
}

/// Whether making the page again would show other posts, or in another order.
fn moves(store: &Store) -> bool {
    let ids = |page: &Page| match page {
        Page::Search { search: Search::Found { posts, .. }, .. } => {
            posts.iter().map(|post| post.entry.id).collect()
        }
        _ => Vec::new(),
    };
    match store.route_now().map(|route| store.plan(&route)) {
        Some(Plan::Ready(page)) => ids(&page) != store.look(ids),
        _ => true,
    }
}

/// The filter of the search on the screen.
fn filter(store: &Store) -> Option<Filter> {
    match store.route_now() {
        Some(Route::Search { filter, .. }) => Some(filter),
        _ => None,
    }
}

/// Answers what the reader asks of a page.
pub fn answer(store: Store, ask: Ask) {
    match ask {
        Ask::EveryTag => store.ask(|known| known.every_tag = true),
        Ask::Narrow => store.ask(|known| known.narrowing = true),
        Ask::ForgetSearches => {
            browser::store(RECENT_KEY, "");
            store.ask(|known| known.recent.clear());
        }
        // Of the device, not of the search.
        _ => return,
    }
    navigate::refresh(store);
}

/// Earlier searches, those of other tabs as well.
fn recent() -> Vec<String> {
    let recent = browser::stored(RECENT_KEY).unwrap_or_default();
    recent.lines().take(RECENT).map(str::to_owned).collect()
}

/// Keeps a search that led somewhere.
pub fn remember(store: Store) {
    let found = |page: &Page| matches!(page, Page::Search { search: Search::Found { .. }, .. });
    let found = store.look(found);
    let Some(filter) = filter(&store).filter(|_| found) else { return };
    let asked = filter.text.split_whitespace().collect::<Vec<_>>().join(" ");
    store.ask(|known| {
        known.recent = recent();
        known.recent.retain(|other| *other != asked);
        known.recent.insert(0, asked);
        known.recent.truncate(RECENT);
        browser::store(RECENT_KEY, &known.recent.join("\n"));
    });
}

/// Fetches the documents of the first posts that were found, to show the places.
pub fn show_places(store: Store) {
    load_places(store, FIRST_PLACES);
}

fn load_places(store: Store, most: usize) {
    let wanted: Vec<Part> = store.look(|page| match page {
        Page::Search { search: Search::Found { posts, .. }, .. } => {
            posts.iter().take(most).filter_map(|post| post.wanted.clone()).collect()
        }
        _ => Vec::new(),
    });
    let wanted: Vec<Part> = wanted.into_iter().filter(|part| store.begin_fetch(part)).collect();
    if wanted.is_empty() {
        return;
    }
    spawn_local(async move {
        let _ = load::all(&store, &wanted).await;
        browser::wait_for_release().await;
        store.end_fetch(&wanted);
        // The reader may have typed on meanwhile; other posts show their places then. But no post
        // takes the place of another under the focus.
        if filter(&store).is_some() && !(browser::is_in_results() && moves(&store)) {
            navigate::refresh(store);
        }
    });
}
