//! The app in the browser (wasm32). It starts behind a page that can be read already.
//!
//! 1. `start` loads the catalogue and what the current route needs: data first.
//! 2. The prerendered markup is replaced by the same markup, alive (`mount`).
//! 3. From then on links, filters and the back button change what is shown (`navigate`), and
//!    the service worker keeps it (`offline`).
//!
//! State lives in `store`; `browser` is the only code that touches globals.

pub mod browser;
mod load;
mod navigate;
mod offline;
mod saves;
mod search;
mod store;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::known::Address;
use crate::model::Catalogue;
use crate::page::{Failure, Page};
use crate::route::{Base, Route};
use crate::view::{self, Scene, notices};
use crate::words::{self, Words};
use load::Load;
use store::Store;

/// Starts the app; called once.
pub fn start() {
    std::panic::set_hook(Box::new(|info| browser::log_error(&info.to_string())));
    spawn_local(async {
        if run().await.is_none() {
            browser::set_root("data-app", "failed");
        }
    });
}

/// `None` where the page is not one that the build made, or stays as it is.
async fn run() -> Option<()> {
    let base = Base::new(&browser::root("data-base")?);
    let words = words::of(&browser::root("lang")?);
    let catalogue = patiently(words, || catalogue(&base)).await;
    let store = Store::new(catalogue, base, words);
    let shell = browser::is_shell();
    let (route, page) = first_page(&store, navigate::here(&store)).await?;
    navigate::correct(&store, route.as_ref());
    browser::set_title(&page.tab_title(&store.catalogue(), words));
    if shell {
        navigate::set_head(&store, route.as_ref(), &page);
    }
    store.show(route, page);
    browser::pause().await;
    // Nothing waits between a press and the taking over, nor between the text of the field and it.
    browser::wait_for_release().await;
    // A prerendered field is empty until it is typed into, whatever the address asks for.
    let typed = browser::search_text().filter(|typed| !typed.is_empty());
    browser::take_over(|parent| leptos::mount::mount_to(parent, move || app(store)).forget());
    if let Some(typed) = typed {
        browser::write_search(&typed);
    }
    // The shell had no heading that the browser could have scrolled to.
    if let Some(fragment) = browser::location().fragment.filter(|_| shell) {
        browser::scroll_to_fragment(&fragment);
    }
    browser::pause().await;
    navigate::listen(store);
    search::listen(store);
    search::catch_up(store);
    offline::listen(store);
    browser::help_reading(words);
    browser::mark_place();
    offline::say_moved(store);
    browser::set_root("data-app", "ready");
    Some(())
}

/// The current catalogue: what the page has found already, else what the site says now.
async fn catalogue(base: &Base) -> Result<Catalogue, Failure> {
    let file = match browser::take_root("data-catalogue") {
        Some(file) => file,
        None => load::release(base).await?,
    };
    load::catalogue(base, &file).await
}

/// The page of the address the reader came to. A prerendered text stays up until its data is
/// there, and for good where it is gone; only the empty shell may show that loading failed.
async fn first_page(store: &Store, route: Option<Route>) -> Option<(Option<Route>, Page)> {
    let Some(route) = route else { return Some((None, Page::NotFound)) };
    let attempt = || async {
        let mut now = route.clone();
        match load::page(store, &mut now).await {
            Load::Ready(page) => Ok((Some(now), page)),
            Load::Failed(failure) => Err((now, failure)),
        }
    };
    if browser::is_shell() {
        let shown = attempt().await.unwrap_or_else(|(now, failure)| {
            let page = load::failed(store, &now, failure);
            (Some(now), page)
        });
        return Some(shown);
    }
    let (Route::Document { path }, Some(file)) = (&route, browser::root("data-document")) else {
        return Some(patiently(store.words(), attempt).await);
    };
    // What is on the screen was made of this file, also where the catalogue is of an older or a
    // newer release.
    let named = store.set_address(path, Some(Address::Document(file)));
    let shown = attempt().await;
    // A large catalogue names few; then the file stays what stands there.
    if named.is_some() || shown.is_err() {
        store.set_address(path, named);
    }
    let (now, page) = match shown {
        Ok(shown) => shown,
        Err(_) => patiently(store.words(), attempt).await,
    };
    (!matches!(page, Page::NotFound)).then_some((now, page))
}

/// Tries until it succeeds; after each failure a notice waits for the reader to try again.
async fn patiently<T, E, F>(words: &'static Words, attempt: impl Fn() -> F) -> T
where
    F: Future<Output = Result<T, E>>,
{
    loop {
        if let Ok(value) = attempt().await {
            return value;
        }
        browser::set_root("data-app", "waiting");
        browser::retry(|parent, retry| {
            let view = move || notices::failed_start(words, retry);
            leptos::mount::mount_to(parent, view)
        })
        .await;
    }
}

/// The whole body, alive.
fn app(store: Store) -> impl IntoView {
    let scene = store.scene();
    let main = main_content(store, scene.clone());
    let notices = notices::notices(
        store.words(),
        move || store.notices.get(),
        offline::accept_update,
        move || store.notices.update(|notices| notices.update = None),
    );
    view::frame(
        &scene,
        move || store.route(),
        move || store.theme.get(),
        move || store.switch_theme(),
        main,
        notices,
    )
}

/// The page, made anew for each address; while the address stays (a filter, a text that
/// arrives) its elements stay as well, and with them focus and scroll position.
fn main_content(store: Store, scene: Scene) -> impl IntoView {
    move || {
        let scene = Scene { save: store.saves.shown.get(), ..scene.clone() };
        store.with_page(|page| view::page(&scene, page)).at(store.place())
    }
}
