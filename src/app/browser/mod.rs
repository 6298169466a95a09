//! Everything that touches the browser's globals. Absent things are `None` or do nothing: no
//! call here may panic, whatever the browser lacks or forbids.

pub mod device;
mod keep;
mod page;
mod prefetch;
mod reading;
mod transition;
mod typing;
pub mod worker;

pub use page::{
    announce, back, focus_heading, has_focus, is_shell, is_standalone, pause, release_focus,
    rest_focus, retry, scroll_to, scroll_to_fragment, set_head, set_title, take_over,
    wait_for_release,
};
pub use prefetch::{look_around, on_intent};
pub use transition::in_transition;

pub use reading::{help_reading, mark_place};
pub use typing::{
    Key, focus_search, is_in_results, on_scroll, on_search_key, on_typing, search_text,
    write_search,
};

use wasm_bindgen::prelude::*;
use web_sys::{AbortController, AbortSignal, Document, Element, Event, MouseEvent, Window};

/// The parts of an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Location {
    /// Percent-encoded, beginning with `/`.
    pub path: String,
    /// Without `?`.
    pub query: String,
    /// Without `#`, percent-encoded.
    pub fragment: Option<String>,
}

fn window() -> Option<Window> {
    web_sys::window()
}

fn document() -> Option<Document> {
    window()?.document()
}

fn root_element() -> Option<Element> {
    document()?.document_element()
}

/// An attribute of `<html>`.
pub fn root(name: &str) -> Option<String> {
    root_element()?.get_attribute(name)
}

/// Takes an attribute from `<html>`.
pub fn take_root(name: &str) -> Option<String> {
    let value = root(name);
    if let Some(root) = root_element() {
        let _ = root.remove_attribute(name);
    }
    value
}

/// Sets an attribute of `<html>`.
pub fn set_root(name: &str, value: &str) {
    if let Some(root) = root_element() {
        let _ = root.set_attribute(name, value);
    }
}

/// Reports what should never happen.
pub fn log_error(message: &str) {
    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = console)]
        fn error(message: &str);
    }
    error(message);
}

/// A value of local storage; `None` where there is none or storage is forbidden.
pub fn stored(key: &str) -> Option<String> {
    window()?.local_storage().ok()??.get_item(key).ok()?
}

/// Stores a value, where storage is allowed.
pub fn store(key: &str, value: &str) {
    if let Some(Ok(Some(storage))) = window().map(|window| window.local_storage()) {
        let _ = storage.set_item(key, value);
    }
}

/// A value that the tab stores for as long as it lives.
pub fn session(key: &str) -> Option<String> {
    window()?.session_storage().ok()??.get_item(key).ok()?
}

/// Stores a value for as long as the tab lives, where storage is allowed.
pub fn set_session(key: &str, value: &str) {
    if let Some(Ok(Some(storage))) = window().map(|window| window.session_storage()) {
        let _ = storage.set_item(key, value);
    }
}

/// Asks the reader whether they mean it.
pub fn confirm(question: &str) -> bool {
    window().is_some_and(|window| window.confirm_with_message(question).unwrap_or(false))
}

/// The current address.
pub fn location() -> Location {
    let read = || -> Option<Location> {
        let location = window()?.location();
        Some(Location {
            path: location.pathname().ok()?,
            query: location.search().ok()?.trim_start_matches('?').to_owned(),
            fragment: fragment(&location.hash().ok()?),
        })
    };
    read().unwrap_or_default()
}

fn fragment(hash: &str) -> Option<String> {
    Some(hash.trim_start_matches('#').to_owned()).filter(|fragment| !fragment.is_empty())
}

/// Enters an address into the history; the position on the page that is left stays with it.
pub fn push(url: &str) {
    save_scroll();
    if let Some(Ok(history)) = window().map(|window| window.history()) {
        let _ = history.push_state_with_url(&JsValue::from_f64(0.0), "", Some(url));
    }
}

/// Puts an address in the place of the current one, in the history as well.
pub fn replace(url: &str) {
    if let Some(Ok(history)) = window().map(|window| window.history()) {
        let _ = history.replace_state_with_url(&JsValue::from_f64(0.0), "", Some(url));
    }
}

/// Writes the scroll position into the current entry of the history.
fn save_scroll() {
    let save = || -> Option<()> {
        let window = window()?;
        let y = window.scroll_y().ok()?;
        window.history().ok()?.replace_state(&JsValue::from_f64(y), "").ok()
    };
    save();
}

/// Keeps the scroll position of each entry of the history, also across a reload.
pub fn remember_scroll() {
    let Some(window) = window() else { return };
    let restore = |mode| {
        if let Some(Ok(history)) = self::window().map(|window| window.history()) {
            let _ = history.set_scroll_restoration(mode);
        }
    };
    restore(web_sys::ScrollRestoration::Manual);
    let timer = std::cell::RefCell::new(None);
    listen(&window, "scroll", move |_: Event| {
        // Browsers limit how often the history may be written.
        *timer.borrow_mut() = Some(gloo_timers::callback::Timeout::new(120, save_scroll));
    });
    // A page that is left for good is restored by the browser itself.
    listen(&window, "pagehide", move |_: Event| restore(web_sys::ScrollRestoration::Auto));
    listen(&window, "pageshow", move |_: Event| restore(web_sys::ScrollRestoration::Manual));
}

/// Calls `go` for every plain click on a link of this origin; where it answers `true`, the
/// browser does not follow the link.
pub fn on_link(go: impl Fn(Location) -> bool + 'static) {
    let Some(document) = document() else { return };
    listen(&document, "click", move |event: MouseEvent| {
        let plain = event.button() == 0
            && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key())
            && !event.default_prevented();
        if let Some(link) = plain.then(|| clicked(&event)).flatten()
            && go(link)
        {
            event.prevent_default();
        }
    });
}

/// The link that was clicked.
fn clicked(event: &MouseEvent) -> Option<Location> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    link_of(&target.closest("a[href]").ok()??.dyn_into().ok()?)
}

/// The address of a link, unless it opens elsewhere.
fn link_of(link: &web_sys::HtmlAnchorElement) -> Option<Location> {
    let elsewhere = link.has_attribute("download")
        || link.get_attribute("target").is_some_and(|target| target != "_self")
        || link.origin() != window()?.location().origin().ok()?;
    (!elsewhere).then(|| Location {
        path: link.pathname(),
        query: link.search().trim_start_matches('?').to_owned(),
        fragment: fragment(&link.hash()),
    })
}

/// Calls `go` with the stored scroll position when the reader moves through the history.
pub fn on_back(go: impl Fn(f64) + 'static) {
    if let Some(window) = window() {
        listen(&window, "popstate", move |event: web_sys::PopStateEvent| {
            go(event.state().as_f64().unwrap_or(0.0));
        });
    }
}

/// Calls `say` when the connection goes or comes; also now, where there is none.
pub fn on_connection(say: impl Fn(bool) + Clone + 'static) {
    let Some(window) = window() else { return };
    if !window.navigator().on_line() {
        say(false);
    }
    let again = say.clone();
    listen(&window, "online", move |_: Event| say(true));
    listen(&window, "offline", move |_: Event| again(false));
}

/// Has the browser load another page.
pub fn leave_for(url: &str) {
    if let Some(window) = window() {
        let _ = window.location().assign(url);
    }
}

/// Loads the page anew.
pub fn reload() {
    if let Some(window) = window() {
        let _ = window.location().reload();
    }
}

/// Listens for as long as the page lives.
fn listen<E: wasm_bindgen::convert::FromWasmAbi + 'static>(
    target: &web_sys::EventTarget,
    event: &str,
    handler: impl FnMut(E) + 'static,
) {
    let closure = Closure::<dyn FnMut(E)>::new(handler);
    let _ = target.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
    closure.forget();
}

/// Ends a request that takes too long; dropped, it lets the request be.
pub struct Deadline {
    controller: AbortController,
    _timer: gloo_timers::callback::Timeout,
}

impl Deadline {
    /// A deadline in milliseconds from now; `None` where the browser can't end requests.
    pub fn new(milliseconds: u32) -> Option<Self> {
        let controller = AbortController::new().ok()?;
        let abort = controller.clone();
        let timer = gloo_timers::callback::Timeout::new(milliseconds, move || abort.abort());
        Some(Deadline { controller, _timer: timer })
    }

    /// What a request listens to.
    pub fn signal(&self) -> AbortSignal {
        self.controller.signal()
    }
}
