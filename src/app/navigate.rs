//! Moving between pages: links, the back button, filters; where focus and scrolling go.

use wasm_bindgen_futures::spawn_local;

use super::browser::{self, Location};
use super::load;
use super::offline;
use super::store::Store;
use crate::page::{Page, Plan};
use crate::route::Route;

/// How the reader got to an address.
#[derive(Clone, Debug, PartialEq)]
pub enum How {
    /// By a link: to its top, or to the heading it names.
    Link(Option<String>),
    /// By the back or forward button: to where it was left, in CSS pixels from the top.
    Back(f64),
    /// By a control of the page: focus and scroll position stay.
    Control,
}

/// After this many milliseconds without an answer the page says that it is loading.
const LOADING_AFTER: u32 = 150;

/// The route of the current address. An old address is replaced by the one it leads to.
pub fn current(store: &Store) -> Option<Route> {
    let Location { path, query, fragment } = browser::location();
    let route = Route::parse(&store.base(), &path, &query)?;
    let now = resolved(store, &route).unwrap_or_else(|| route.clone());
    if now != route {
        let fragment = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
        browser::replace(&format!("{}{fragment}", now.href(&store.base())));
    }
    Some(now)
}

/// The route of what stands at an address, or took its place; `None` for a text there is not.
fn resolved(store: &Store, route: &Route) -> Option<Route> {
    match route {
        Route::Document { path } => {
            let path = store.catalogue().resolve(path)?.to_owned();
            Some(Route::Document { path })
        }
        route => Some(route.clone()),
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
        browser::push(&url);
        visit(store, Some(route), How::Link(link.fragment));
        true
    });
    browser::on_back(move |scroll| {
        let route = current(&store);
        // A fragment of the page that is shown: the browser has scrolled already.
        if route != store.route_now() {
            visit(store, route, How::Back(scroll));
        } else {
            browser::scroll_to(scroll);
        }
    });
    browser::remember_scroll();
}

/// The route of a link that the app can show; other files and other apps are the browser's.
fn own_route(store: &Store, link: &Location) -> Option<Route> {
    resolved(store, &Route::parse(&store.base(), &link.path, &link.query)?)
}

/// A control of the page leads to a route.
pub fn choose(store: Store, route: Route) {
    browser::push(&route.href(&store.base()));
    visit(store, Some(route), How::Control);
}

/// Loads the current page again.
pub fn retry(store: Store) {
    visit(store, store.route_now(), How::Link(None));
}

fn visit(store: Store, route: Option<Route>, how: How) {
    let visit = store.begin_visit();
    spawn_local(async move {
        let Some(route) = route else {
            return arrive(store, None, Page::NotFound, how).await;
        };
        let plan = crate::page::plan(&store.catalogue(), &route);
        if let Plan::Needs { data, title } = &plan
            && store.document(data).is_none()
        {
            say_loading(store, visit, route.clone(), title.clone());
        }
        let page = load::page(&store, &route).await.page();
        if store.is_current(visit) {
            store.begin_visit();
            arrive(store, Some(route), page, how).await;
        }
    });
}

/// Shows that a text is coming, unless it came quickly.
fn say_loading(store: Store, visit: u64, route: Route, title: String) {
    spawn_local(async move {
        gloo_timers::future::TimeoutFuture::new(LOADING_AFTER).await;
        if store.is_current(visit) {
            store.show(Some(route), Page::Loading { title: Some(title) });
            leptos::task::tick().await;
            browser::scroll_to(0.0);
        }
    });
}

/// Shows a page, then moves focus and scroll position to where the reader expects them.
async fn arrive(store: Store, route: Option<Route>, page: Page, how: How) {
    let (catalogue, words) = (store.catalogue(), store.words());
    browser::set_title(&page.tab_title(&catalogue, words));
    let title = page.title(&catalogue, words).unwrap_or_else(|| catalogue.site.title.clone());
    if how != How::Control {
        browser::release_focus();
    }
    store.show(route, page);
    offline::page_shown(store);
    leptos::task::tick().await;
    match how {
        How::Control => return,
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
    browser::mark_place();
    browser::announce(&title);
}
