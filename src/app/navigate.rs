//! Moving between pages: links, the back button, filters; where focus and scrolling go.

use wasm_bindgen_futures::spawn_local;

use super::browser::{self, Location};
use super::load::{self, Load};
use super::store::Store;
use super::{offline, search};
use crate::known::Address;
use crate::page::{Page, Plan};
use crate::route::Route;
use crate::view;
use leptos::tachys::view::{Mountable, Render};

/// How the reader got to an address.
#[derive(Clone, Debug, PartialEq)]
pub enum How {
    /// By a link: to its top, or to the heading it names.
    Link(Option<String>),
    /// By the back or forward button: to where it was left, in CSS pixels from the top.
    Back(f64),
    /// By a control of the page: focus and scroll position stay.
    Control,
    /// By typing into the search; `more`: the next letter is likely to follow at once.
    Typed {
        /// Whether it is.
        more: bool,
    },
}

impl How {
    /// Whether the reader stays where they are, with focus and scroll position.
    fn stays(&self) -> bool {
        matches!(self, How::Control | How::Typed { .. })
    }
}

/// After this many milliseconds without an answer the page says that it is loading.
const LOADING_AFTER: u32 = 150;

/// Where a letter needs something from the network, it waits so many milliseconds for the next
/// one, which asks for something else.
const TYPING: u32 = 100;

/// The route of the current address.
pub fn here(store: &Store) -> Option<Route> {
    let Location { path, query, .. } = browser::location();
    Route::parse(&store.base(), &path, &query)
}

/// Puts the address of what is shown in the place of an old one.
pub fn correct(store: &Store, shown: Option<&Route>) {
    if let Some(shown) = shown.filter(|shown| here(store).as_ref() != Some(shown)) {
        let fragment = browser::location().fragment.map(|fragment| format!("#{fragment}"));
        browser::replace(&(shown.href(&store.base()) + &fragment.unwrap_or_default()));
    }
}

/// Follows links and the back button from now on.
pub fn listen(store: Store) {
    browser::on_link(move |link| {
        let Some(route) = own_route(&store, &link) else { return false };
        if Some(&route) == store.route_now().as_ref() && link.fragment.is_some() {
            return false;
        }
        let mut url = route.href(&store.base());
        if let Some(fragment) = &link.fragment {
            url = format!("{url}#{fragment}");
        }
        search::remember(store);
        browser::push(&url);
        visit(store, Some(route), How::Link(link.fragment));
        true
    });
    browser::on_back(move |scroll| {
        let route = here(&store);
        // A fragment of the page that is shown: the browser has scrolled already.
        if route != store.route_now() {
            visit(store, route, How::Back(scroll));
        } else {
            // What was on its way is no longer wanted.
            store.end_visit();
            browser::scroll_to(scroll);
        }
    });
    browser::remember_scroll();
    browser::on_intent(move |link| {
        if let Some(route) = own_route(&store, &link)
            && matches!(route, Route::Document { .. })
            && matches!(store.plan(&route), Plan::Needs(_))
            && store.begin_ahead(&route)
        {
            spawn_local(async move { load::ahead(&store, route).await });
        }
    });
}

/// The route of a link that the app can show; other files and other apps are the browser's.
fn own_route(store: &Store, link: &Location) -> Option<Route> {
    let route = Route::parse(&store.base(), &link.path, &link.query)?;
    let Route::Document { path } = &route else { return Some(route) };
    match store.address(path) {
        Address::Document(_) => Some(route),
        Address::Moved(path) => Some(Route::Document { path }),
        Address::Nothing => None,
        // A file with another ending is no page of ours.
        Address::Unknown(_) => {
            let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
            (!name.contains('.') || name.ends_with(".html")).then_some(route)
        }
    }
}

/// A control of the page leads to a route.
pub fn choose(store: Store, route: Route) {
    browser::push(&route.href(&store.base()));
    visit(store, Some(route), How::Control);
}

/// The reader types what to look for; the address follows, without a step back for each letter.
pub fn typed(store: Store, route: Route) {
    let text = |route: &Route| match route {
        Route::Search { filter, .. } => filter.text.chars().count(),
        _ => 0,
    };
    // A letter, and not what an input method or the clipboard brings as a whole.
    let step = store.route_now().is_some_and(|before| text(&before).abs_diff(text(&route)) == 1);
    browser::replace(&route.href(&store.base()));
    visit(store, Some(route), How::Typed { more: step });
}

/// Goes to a route, as if a link to it had been followed.
pub fn follow(store: Store, route: Route) {
    browser::push(&route.href(&store.base()));
    visit(store, Some(route), How::Link(None));
}

/// Loads the current page again.
pub fn retry(store: Store) {
    visit(store, store.route_now(), How::Link(None));
}

/// Makes the current page again of what is known by now, unless another is on its way.
pub fn refresh(store: Store) {
    if !store.is_visiting() {
        visit(store, store.route_now(), How::Control);
    }
}

fn visit(store: Store, route: Option<Route>, how: How) {
    let visit = store.begin_visit();
    spawn_local(async move {
        let Some(mut route) = route else {
            return arrive(store, visit, None, Page::NotFound, how).await;
        };
        if matches!(store.plan(&route), Plan::Needs(_)) {
            if how == How::Control
                && let Some(page) = store.look(|page| page.waiting(&route))
            {
                store.show(Some(route.clone()), page);
            } else {
                say_loading(store, visit, route.clone(), how.stays());
            }
            if how == (How::Typed { more: true }) {
                gloo_timers::future::TimeoutFuture::new(TYPING).await;
            }
        }
        if !store.is_current(visit) {
            return;
        }
        let before = route.clone();
        let page = match load::page(&store, &mut route).await {
            Load::Ready(page) => page,
            Load::Failed(failure) => load::failed(&store, &route, failure),
        };
        if !store.is_current(visit) {
            return;
        }
        if matches!(page, Page::NotFound) && matches!(route, Route::Document { .. }) {
            // Another app of this host, perhaps; its server knows.
            store.end_visit();
            return browser::leave_for(&route.href(&store.base()));
        }
        if route != before {
            correct(&store, Some(&route));
        }
        arrive(store, visit, Some(route), page, how).await;
    });
}

/// Shows that a page is coming, unless it came quickly. Another choice or another search keeps what
/// is there until then, and says that it is at work.
fn say_loading(store: Store, visit: u64, route: Route, stays: bool) {
    spawn_local(async move {
        gloo_timers::future::TimeoutFuture::new(LOADING_AFTER).await;
        if !store.is_current(visit) {
            return;
        }
        if let Some(page) = store.look(|page| page.waiting(&route)) {
            store.show(Some(route), page);
        } else if !stays {
            let title = store.title_of(&route);
            store.show(Some(route), Page::Loading { title });
            leptos::task::tick().await;
            browser::scroll_to(0.0);
        }
    });
}

/// Shows a page, then moves focus and scroll position to where the reader expects them.
async fn arrive(store: Store, visit: u64, route: Option<Route>, page: Page, how: How) {
    let (catalogue, words) = (store.catalogue(), store.words());
    let tab_title = page.tab_title(&catalogue, words);
    let title = page.title(words).unwrap_or_else(|| catalogue.site.title.clone());
    let stays = how.stays();
    if !stays {
        browser::release_focus();
    }
    let change = async move {
        // A transition begins some frames after it was asked for.
        if store.is_current(visit) {
            browser::set_title(&tab_title);
            place(store, route, page, how).await;
        }
    };
    browser::in_transition(!stays, change).await;
    if !store.has_arrived(visit) {
        return;
    }
    store.look(|page| set_head(&store, store.route_now().as_ref(), page));
    if !stays {
        browser::mark_place();
        browser::announce(&title);
    }
}

/// Says in the head what the page is.
pub fn set_head(store: &Store, route: Option<&Route>, page: &Page) {
    let head = view::head(&store.scene(), route, page);
    browser::set_head(view::OWN_HEAD, |head_element| head.build().mount(head_element, None));
}

/// Puts the page on the screen, with focus and scroll position.
async fn place(store: Store, route: Option<Route>, page: Page, how: How) {
    let asked = match &page {
        Page::Search { filter, .. } => Some(filter.text.clone()),
        _ => None,
    };
    let focused = browser::has_focus();
    let was_search = matches!(store.route_now(), Some(Route::Search { .. }));
    store.show(route, page);
    store.end_visit();
    offline::page_shown(store);
    leptos::task::tick().await;
    if let Some(asked) = asked.filter(|_| !how.stays()) {
        browser::write_search(&asked);
    }
    search::show_places(store);
    match how {
        How::Control if focused && !browser::has_focus() => browser::rest_focus(),
        How::Control | How::Typed { .. } => {}
        How::Link(None) if !was_search && browser::focus_search() => browser::scroll_to(0.0),
        How::Back(scroll) => {
            browser::focus_heading();
            browser::scroll_to(scroll);
        }
        How::Link(fragment) => {
            let found = fragment.is_some_and(|fragment| browser::scroll_to_fragment(&fragment));
            if !found {
                browser::focus_heading();
                browser::scroll_to(0.0);
            }
        }
    }
}
