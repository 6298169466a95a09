//! What the app knows: the catalogue, what is shown, and the reader's choices.

use std::sync::Arc;

use leptos::prelude::*;

use super::{browser, navigate, offline};
use crate::model::{Catalogue, Document};
use crate::page::Page;
use crate::route::{Base, Route};
use crate::view::{Actions, Scene, Theme, notices::Notices};
use crate::words::Words;

/// A handle to the state; copies share it.
#[derive(Clone, Copy)]
pub struct Store {
    fixed: StoredValue<Fixed>,
    /// By the names of their files; a reader opens few.
    documents: StoredValue<Vec<(String, Arc<Document>)>>,
    shown: RwSignal<Shown>,
    visits: StoredValue<u64>,
    /// The reader's colours.
    pub theme: RwSignal<Theme>,
    /// What the app has to say.
    pub notices: RwSignal<Notices>,
}

/// What never changes while the app runs.
struct Fixed {
    catalogue: Arc<Catalogue>,
    base: Base,
    words: &'static Words,
}

/// What is on the screen.
#[derive(Clone)]
struct Shown {
    /// `None` for an address outside the site's own.
    route: Option<Route>,
    page: Page,
}

/// The name under which the theme is stored; `src/boot/theme.js` reads it.
const THEME_KEY: &str = "inkstone:theme";

impl Store {
    /// The state of an app that shows nothing yet.
    pub fn new(catalogue: Catalogue, base: Base, words: &'static Words) -> Self {
        let theme = browser::stored(THEME_KEY).map_or(Theme::System, |name| Theme::parse(&name));
        let nothing = Shown { route: None, page: Page::Loading { title: None } };
        Store {
            fixed: StoredValue::new(Fixed { catalogue: Arc::new(catalogue), base, words }),
            documents: StoredValue::new(Vec::new()),
            shown: RwSignal::new(nothing),
            visits: StoredValue::new(0),
            theme: RwSignal::new(theme),
            notices: RwSignal::new(Notices::default()),
        }
    }

    /// The whole blog.
    pub fn catalogue(&self) -> Arc<Catalogue> {
        self.fixed.with_value(|fixed| Arc::clone(&fixed.catalogue))
    }

    /// Where the site is mounted.
    pub fn base(&self) -> Base {
        self.fixed.with_value(|fixed| fixed.base.clone())
    }

    /// The words of the interface.
    pub fn words(&self) -> &'static Words {
        self.fixed.with_value(|fixed| fixed.words)
    }

    /// What views look at, with controls that work.
    pub fn scene(self) -> Scene {
        Scene {
            catalogue: self.catalogue(),
            base: self.base(),
            words: self.words(),
            actions: Actions {
                choose: Arc::new(move |route| navigate::choose(self, route)),
                retry: Arc::new(move || navigate::retry(self)),
                forget: Arc::new(move |path| offline::forget(self, path)),
            },
        }
    }

    /// A text that was loaded before.
    pub fn document(&self, data: &str) -> Option<Arc<Document>> {
        let find = |documents: &Vec<(String, Arc<Document>)>| {
            let found = documents.iter().find(|(name, _)| name == data);
            found.map(|(_, document)| Arc::clone(document))
        };
        self.documents.with_value(find)
    }

    /// Keeps a text for as long as the app runs.
    pub fn remember(&self, data: &str, document: Arc<Document>) {
        self.documents.update_value(|documents| documents.push((data.to_owned(), document)));
    }

    /// Puts a page on the screen.
    pub fn show(&self, route: Option<Route>, page: Page) {
        self.shown.set(Shown { route, page });
    }

    /// The page on the screen; tracked.
    pub fn page(&self) -> Page {
        self.shown.with(|shown| shown.page.clone())
    }

    /// The route on the screen; tracked.
    pub fn route(&self) -> Option<Route> {
        self.shown.with(|shown| shown.route.clone())
    }

    /// The route on the screen, read once.
    pub fn route_now(&self) -> Option<Route> {
        self.shown.with_untracked(|shown| shown.route.clone())
    }

    /// The page on the screen, read once.
    pub fn page_now(&self) -> Page {
        self.shown.with_untracked(|shown| shown.page.clone())
    }

    /// What tells one place from another: the path without the filter. Tracked.
    pub fn place(&self) -> String {
        self.route().map_or_else(|| "?".to_owned(), |route| route.at_page(1).path())
    }

    /// Begins a visit; an older one that is still loading then knows it is stale.
    pub fn begin_visit(&self) -> u64 {
        self.visits.update_value(|visits| *visits += 1);
        self.visits.get_value()
    }

    /// Whether no later visit has begun.
    pub fn is_current(&self, visit: u64) -> bool {
        self.visits.get_value() == visit
    }

    /// The next of system, light and dark.
    pub fn switch_theme(&self) {
        let theme = self.theme.get_untracked().next();
        self.theme.set(theme);
        browser::store(THEME_KEY, theme.name());
        browser::set_root("data-theme", theme.name());
    }
}
