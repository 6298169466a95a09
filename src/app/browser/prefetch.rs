//! Where the reader is about to go: links that are pointed at, touched, or in view for a while.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use js_sys::Reflect;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlAnchorElement};

use super::{Location, document, link_of, listen, window};

/// How long a pointer rests on a link before that means something, in milliseconds.
const REST: u32 = 65;

/// How long the page stays where it is before links in view count, in milliseconds.
const STILL: u32 = 400;

/// Links in view that count, from the top.
const IN_VIEW: usize = 6;

type Look = Rc<dyn Fn()>;

thread_local! {
    static LOOK: RefCell<Option<Look>> = const { RefCell::new(None) };
    static STILLNESS: RefCell<Option<Timeout>> = const { RefCell::new(None) };
}

/// Calls `go` for each link that the reader may follow next; more than once, perhaps. Without need
/// it asks for nothing where the reader saves data or the network is slow.
pub fn on_intent(go: impl Fn(Location) + Clone + 'static) {
    let Some(document) = document() else { return };
    let rest = Rc::new(RefCell::new(None));
    let pointed = go.clone();
    listen(&document, "mouseover", move |event: Event| {
        let link = anchor(&event).and_then(|link| link_of(&link));
        let pointed = pointed.clone();
        *rest.borrow_mut() = link.map(|link| Timeout::new(REST, move || pointed(link)));
    });
    for event in ["touchstart", "mousedown", "focusin"] {
        let touched = go.clone();
        listen(&document, event, move |event: Event| {
            if let Some(link) = anchor(&event).and_then(|link| link_of(&link)) {
                touched(link);
            }
        });
    }
    LOOK.set(Some(Rc::new(move || {
        if !saves_data() {
            in_view().into_iter().for_each(&go);
        }
    })));
}

/// Looks for links in view once the page, which is another or at another place now, stays so.
pub fn look_around() {
    let look = LOOK.with_borrow(Clone::clone);
    STILLNESS.set(look.map(|look| Timeout::new(STILL, move || look())));
}

fn anchor(event: &Event) -> Option<HtmlAnchorElement> {
    event.target()?.dyn_into::<Element>().ok()?.closest("a[href]").ok()??.dyn_into().ok()
}

/// The links to posts in view.
fn in_view() -> Vec<Location> {
    let links = document().and_then(|document| {
        document
            .query_selector_all("#main :is(h2, .adjacent, .related, .archive-list) a[href]")
            .ok()
    });
    let Some((links, window)) = links.zip(window()) else { return Vec::new() };
    let height = window.inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(0.0);
    let links = (0..links.length()).filter_map(|at| links.item(at)?.dyn_into().ok());
    links
        .filter(|link: &HtmlAnchorElement| {
            let place = link.get_bounding_client_rect();
            place.bottom() > 0.0 && place.top() < height
        })
        .filter_map(|link| link_of(&link))
        .take(IN_VIEW)
        .collect()
}

/// Whether the reader pays for data or waits for it (Network Information API).
fn saves_data() -> bool {
    let Some(window) = window() else { return true };
    let get = |from: &wasm_bindgen::JsValue, name: &str| Reflect::get(from, &name.into()).ok();
    let Some(connection) = get(window.navigator().as_ref(), "connection") else { return false };
    if connection.is_undefined() {
        return false;
    }
    let saves = get(&connection, "saveData").is_some_and(|saves| saves.is_truthy());
    let kind = get(&connection, "effectiveType").and_then(|kind| kind.as_string());
    saves || kind.is_some_and(|kind| kind.ends_with("2g"))
}
