//! What the app knows: the catalogue, what is shown, and the reader's choices.

use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use leptos::prelude::*;

use super::saves::{self, Saves};
use super::{browser, navigate, offline, search};
use crate::known::{Address, Known, Part};
use crate::model::{Catalogue, Document};
use crate::page::{self, Page, Panel, Plan, Save};
use crate::route::{Base, Route};
use crate::view::{Actions, Ask, Scene, Theme, notices::Notices};
use crate::words::Words;

/// A handle to the state; copies share it.
#[derive(Clone, Copy)]
pub struct Store {
    fixed: StoredValue<Fixed>,
    known: StoredValue<Known>,
    shown: RwSignal<Shown>,
    visits: StoredValue<Visits>,
    /// Documents that are on their way for a search.
    fetching: StoredValue<Vec<Part>>,
    /// Files that are on their way, each with those who wait for it.
    loading: StoredValue<Vec<(String, Vec<Waker>)>>,
    /// Files that others waited for and that came.
    loaded: StoredValue<Vec<String>>,
    /// The paths of documents that were fetched before they were asked for.
    ahead: StoredValue<Vec<String>>,
    /// The reader's colours.
    pub theme: RwSignal<Theme>,
    /// What the app has to say.
    pub notices: RwSignal<Notices>,
    /// What is being saved.
    pub saves: Saves,
    /// The release that was offered last.
    pub offered: StoredValue<String>,
    /// How many of what is kept are listed.
    pub listed: StoredValue<usize>,
}

/// What never changes while the app runs.
struct Fixed {
    catalogue: Arc<Catalogue>,
    base: Base,
    words: &'static Words,
}

/// Visits are numbered; only the last one counts.
#[derive(Default)]
struct Visits {
    last: u64,
    /// Whether its page is still to come.
    loading: bool,
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

/// As many of what is kept are listed, and as many more on demand.
pub const LISTED: usize = 50;

impl Store {
    /// The state of an app that shows nothing yet.
    pub fn new(catalogue: Catalogue, base: Base, words: &'static Words) -> Self {
        let theme = browser::stored(THEME_KEY).map_or(Theme::System, |name| Theme::parse(&name));
        let known = Known::new(catalogue);
        let catalogue = Arc::clone(&known.catalogue);
        let nothing = Shown { route: None, page: Page::Loading { title: None } };
        Store {
            fixed: StoredValue::new(Fixed { catalogue, base, words }),
            known: StoredValue::new(known),
            shown: RwSignal::new(nothing),
            visits: StoredValue::new(Visits::default()),
            fetching: StoredValue::new(Vec::new()),
            loading: StoredValue::new(Vec::new()),
            loaded: StoredValue::new(Vec::new()),
            ahead: StoredValue::new(Vec::new()),
            theme: RwSignal::new(theme),
            notices: RwSignal::new(Notices::default()),
            saves: Saves::new(),
            offered: StoredValue::new(String::new()),
            listed: StoredValue::new(LISTED),
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
                ask: Arc::new(move |ask| match ask {
                    Ask::Back => browser::back(),
                    Ask::CheckUpdate => offline::check(self),
                    Ask::Install => offline::install(self),
                    Ask::Save => saves::save(self),
                    Ask::Pause => saves::pause(self),
                    Ask::MoreKept => offline::list_more(self),
                    Ask::ForgetAll => offline::forget_all(self),
                    Ask::Persist => offline::persist(self),
                    other => search::answer(self, other),
                }),
            },
            save: Save::default(),
            searching: false,
            standalone: browser::is_standalone(),
        }
    }

    /// What a route shows, or which parts it needs first.
    pub fn plan(&self, route: &Route) -> Plan {
        self.known.with_value(|known| page::plan(known, route))
    }

    /// The files of all posts of a tag or a category, or which parts say so.
    pub fn files_of_term(&self, route: &Route) -> Result<Vec<String>, Vec<Part>> {
        self.known.with_value(|known| page::files_of_term(known, route))
    }

    /// The file of a part.
    pub fn file(&self, part: &Part) -> Option<String> {
        self.known.with_value(|known| known.file(part))
    }

    /// Takes in a part that has come.
    pub fn add(&self, part: &Part, bytes: &[u8]) -> Result<(), String> {
        let mut added = Ok(());
        self.known.update_value(|known| added = known.add(part, bytes));
        added
    }

    /// Takes in which document stands at a path.
    pub fn add_document_at(&self, path: &str, file: String) {
        self.known.update_value(|known| known.add_address(path, Address::Document(file)));
    }

    /// Says what stands at a path, or that it is not known; returns what was known before.
    pub fn set_address(&self, path: &str, address: Option<Address>) -> Option<Address> {
        let mut before = None;
        self.known.update_value(|known| before = known.set_address(path, address));
        before
    }

    /// What stands at a path.
    pub fn address(&self, path: &str) -> Address {
        self.known.with_value(|known| known.address(path))
    }

    /// A document that has come.
    pub fn document(&self, data: &str) -> Option<Arc<Document>> {
        self.known.with_value(|known| known.document(data).ok())
    }

    /// Begins to fetch a part, unless that has begun.
    pub fn begin_fetch(&self, part: &Part) -> bool {
        let begins = self.fetching.with_value(|fetching| !fetching.contains(part));
        if begins {
            self.fetching.update_value(|fetching| fetching.push(part.clone()));
        }
        begins
    }

    /// Ends it; what has not come is not asked for again.
    pub fn end_fetch(&self, parts: &[Part]) {
        self.fetching.update_value(|fetching| fetching.retain(|part| !parts.contains(part)));
        self.known.update_value(|known| parts.iter().for_each(|part| known.give_up(part)));
    }

    /// Waits while a file is on its way for somebody else; whether it came. `false` begins to load
    /// it.
    pub fn poll_loaded(&self, file: &str, context: &mut Context<'_>) -> Poll<bool> {
        let mut waits = None;
        self.loading.update_value(|loading| {
            match loading.iter_mut().find(|(other, _)| other == file) {
                Some((_, wakers)) => wakers.push(context.waker().clone()),
                None if self.loaded.with_value(|loaded| loaded.iter().any(|one| one == file)) => {
                    waits = Some(true);
                }
                None => {
                    loading.push((file.to_owned(), Vec::new()));
                    waits = Some(false);
                }
            }
        });
        waits.map_or(Poll::Pending, Poll::Ready)
    }

    /// A file has come, or has not.
    pub fn end_load(&self, file: &str, came: bool) {
        if came {
            self.loaded.update_value(|loaded| loaded.push(file.to_owned()));
        }
        let mut wakers = Vec::new();
        self.loading.update_value(|loading| {
            if let Some(at) = loading.iter().position(|(other, _)| other == file) {
                wakers = loading.swap_remove(at).1;
            }
        });
        wakers.into_iter().for_each(Waker::wake);
    }

    /// Begins to fetch what a route needs ahead of a visit, unless that has been tried.
    pub fn begin_ahead(&self, route: &Route) -> bool {
        let path = route.path();
        let begins = self.ahead.with_value(|ahead| !ahead.contains(&path));
        if begins {
            self.ahead.update_value(|ahead| ahead.push(path));
        }
        begins
    }

    /// Whether a document has not come yet.
    pub fn lacks(&self, part: &Part) -> bool {
        matches!(part, Part::Document(data) if self.document(data).is_none())
    }

    /// The title of what a route shows, where that is known before it comes.
    pub fn title_of(&self, route: &Route) -> Option<String> {
        let Route::Document { path } = route else { return None };
        self.known.with_value(|known| known.title(path).map(str::to_owned))
    }

    /// Changes what the reader asked for.
    pub fn ask(&self, change: impl FnOnce(&mut Known)) {
        self.known.update_value(change);
    }

    /// Puts a page on the screen.
    pub fn show(&self, route: Option<Route>, page: Page) {
        if let Page::Home { panel: Panel { more: true, .. }, .. }
        | Page::Search { panel: Some(Panel { more: true, .. }), .. } = &page
        {
            self.known.update_value(|known| known.more = true);
        }
        self.shown.set(Shown { route, page });
    }

    /// Makes something of the page on the screen; tracked.
    pub fn with_page<T>(&self, make: impl FnOnce(&Page) -> T) -> T {
        self.shown.with(|shown| make(&shown.page))
    }

    /// The route on the screen; tracked.
    pub fn route(&self) -> Option<Route> {
        self.shown.with(|shown| shown.route.clone())
    }

    /// The route on the screen, read once.
    pub fn route_now(&self) -> Option<Route> {
        self.shown.with_untracked(|shown| shown.route.clone())
    }

    /// Makes something of the page on the screen, once.
    pub fn look<T>(&self, make: impl FnOnce(&Page) -> T) -> T {
        self.shown.with_untracked(|shown| make(&shown.page))
    }

    /// What tells one place from another: the path without the filter. Tracked.
    pub fn place(&self) -> String {
        self.route().map_or_else(|| "?".to_owned(), |route| route.at_page(1).path())
    }

    /// Begins a visit; an older one that is still loading then knows it is stale.
    pub fn begin_visit(&self) -> u64 {
        self.visits.update_value(|visits| {
            visits.last += 1;
            visits.loading = true;
        });
        self.visits.with_value(|visits| visits.last)
    }

    /// The visit has brought its page.
    pub fn end_visit(&self) {
        self.visits.update_value(|visits| visits.loading = false);
    }

    /// Whether a visit is still to bring its page.
    pub fn is_visiting(&self) -> bool {
        self.visits.with_value(|visits| visits.loading)
    }

    /// Whether a visit is still to bring its page, and no later one has begun.
    pub fn is_current(&self, visit: u64) -> bool {
        self.visits.with_value(|visits| visits.loading && visits.last == visit)
    }

    /// Whether a visit has brought its page, and no later one has begun.
    pub fn has_arrived(&self, visit: u64) -> bool {
        self.visits.with_value(|visits| !visits.loading && visits.last == visit)
    }

    /// The next of system, light and dark.
    pub fn switch_theme(&self) {
        let theme = self.theme.get_untracked().next();
        self.theme.set(theme);
        browser::store(THEME_KEY, theme.name());
        browser::set_root("data-theme", theme.name());
    }
}
