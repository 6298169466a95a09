//! Saving what is shown: a post, the posts of a tag, everything. The worker does it; here is what
//! it was asked for, and how far it is.

use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use super::browser::{self, worker};
use super::load;
use super::store::Store;
use crate::json::{Json, Read};
use crate::known::Address;
use crate::page::{Save, SaveState};
use crate::route::Route;
use crate::view::notices::Event;

/// What is known of saves.
#[derive(Clone, Copy)]
pub struct Saves {
    all: StoredValue<Vec<(String, Save)>>,
    /// That of what is on the screen.
    pub shown: RwSignal<Save>,
}

impl Saves {
    /// Nothing is known yet.
    pub fn new() -> Self {
        Saves { all: StoredValue::new(Vec::new()), shown: RwSignal::new(Save::default()) }
    }

    /// The worker has said how far all of them are.
    pub fn set(&self, store: Store, saves: Vec<(String, Save)>) {
        self.all.set_value(saves);
        self.show(store);
    }

    /// The worker has said how far one is; whether it has ended.
    pub fn hear(&self, store: Store, message: &Json) -> bool {
        let (Ok(id), Ok(save)) = (message.get::<String>("id"), Save::read(message)) else {
            return false;
        };
        let focused = browser::has_focus();
        self.put(store, id, save);
        let ended = matches!(save.state, SaveState::Saved | SaveState::Full);
        if ended {
            let full = save.state == SaveState::Full;
            let words = store.words();
            browser::announce(if full { words.save_full } else { words.save_done });
            // The button that was pressed may be gone.
            spawn_local(async move {
                leptos::task::tick().await;
                if focused && !browser::has_focus() {
                    browser::rest_focus();
                }
            });
        }
        ended
    }

    fn put(&self, store: Store, id: String, save: Save) {
        self.all.update_value(|all| {
            all.retain(|(other, _)| *other != id);
            all.push((id, save));
        });
        self.show(store);
    }

    /// Says how far that of the page on the screen is.
    pub fn show(&self, store: Store) {
        let id = store.route_now().and_then(|route| subject(&route));
        let save = self.all.with_value(|all| {
            all.iter().find(|(other, _)| Some(other) == id.as_ref()).map(|(_, save)| *save)
        });
        let save = save.unwrap_or_default();
        if self.shown.get_untracked() != save {
            self.shown.set(save);
        }
    }
}

/// A save may take so many milliseconds before it is no more waited for.
const PATIENCE: u32 = 3_600_000;

/// What the worker calls the save of what a route shows.
fn subject(route: &Route) -> Option<String> {
    match route {
        Route::Saved => Some("all".to_owned()),
        Route::Document { path } => Some(format!("post:{path}")),
        Route::Tag { .. } | Route::Category { .. } => {
            Some(format!("tag:{}", route.at_page(1).path()))
        }
        _ => None,
    }
}

/// The reader wants what is shown to be saved, or to go on with that.
pub fn save(store: Store) {
    let Some(route) = store.route_now() else { return };
    let Some(id) = subject(&route) else { return };
    // The press is seen at once; what the worker says comes after it.
    let shown = store.saves.shown.get_untracked();
    let running = Save { state: SaveState::Running, waiting: false, ..shown };
    store.saves.put(store, id.clone(), running);
    store.notices.update(|notices| notices.event = None);
    spawn_local(async move {
        let answer = begin(store, &route, &id).await;
        let begun = store
            .saves
            .all
            .with_value(|all| all.iter().any(|(other, save)| *other == id && *save != running));
        if answer.is_none_or(|answer| answer.get("ok") != Ok(true)) && !begun {
            store.saves.put(store, id, Save::default());
            store.notices.update(|notices| notices.event = Some(Event::Unsaved));
        }
    });
}

/// Its answer comes at the end of the save.
async fn begin(store: Store, route: &Route, id: &str) -> Option<Json> {
    let files = match route {
        Route::Saved => None,
        Route::Document { path } => match store.address(path) {
            Address::Document(file) => Some(vec![file]),
            _ => return None,
        },
        term => Some(load::files_of_term(&store, term).await?),
    };
    let paths = files.map_or(JsValue::UNDEFINED, |files| {
        files.iter().map(|file| JsValue::from_str(file)).collect::<js_sys::Array>().into()
    });
    worker::ask_for(PATIENCE, "inkstone:save", &[("id", id.into()), ("paths", paths)]).await
}

/// The reader wants the save to wait.
pub fn pause(store: Store) {
    let id = store.route_now().and_then(|route| subject(&route));
    spawn_local(async move {
        if let Some(id) = id {
            worker::tell("inkstone:pause", &[("id", id.into())]).await;
        }
    });
}
