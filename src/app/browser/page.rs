//! The document: taking over from the prerendered page, title, focus, scrolling, announcements.

use leptos::mount::UnmountHandle;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement};

use super::keep::{Kept, focus_quietly};
use super::{document, window};

/// The id of the element that holds the whole body.
const APP: &str = "app";

/// How often a press is looked at, in milliseconds, and how many times.
const PRESS: u32 = 40;
const PRESSES: u32 = 250;

/// Whether the page is the empty shell, which has no text of its own.
pub fn is_shell() -> bool {
    document().and_then(|document| document.query_selector("#main .state").ok().flatten()).is_some()
}

/// Mounts the app apart from the page, then puts it in the place of the prerendered markup in
/// one step, so that nothing flashes and scrolling stays; what the reader has done with the page
/// stays done.
pub fn take_over(mount: impl FnOnce(HtmlElement)) {
    let swap = || -> Option<()> {
        let document = document()?;
        let fresh: HtmlElement = document.create_element("div").ok()?.dyn_into().ok()?;
        mount(fresh.clone());
        let old = document.get_element_by_id(APP)?;
        let kept = Kept::of(&old);
        fresh.set_id(APP);
        old.replace_with_with_node_1(&fresh).ok()?;
        kept.restore(&fresh);
        Some(())
    };
    swap();
}

/// Lets the browser do what else it has to: scroll, paint, answer the reader.
pub async fn pause() {
    gloo_timers::future::TimeoutFuture::new(0).await;
}

/// Waits while the reader presses on the page: between press and release of a click, or while text
/// is being selected, nothing may change under the pointer.
pub async fn wait_for_release() {
    let pressed = || {
        let pressed =
            document().and_then(|document| document.query_selector("#app :active").ok()?);
        pressed.is_some()
    };
    let mut patience = PRESSES;
    while pressed() && patience > 0 {
        gloo_timers::future::TimeoutFuture::new(PRESS).await;
        patience -= 1;
    }
}

/// Sets the title of the tab.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Puts elements in the place of those that say what the page is: all stand in the head then, also
/// what the prerendered page had at its end.
pub fn set_head(own: &str, mount: impl FnOnce(&Element)) {
    let set = || -> Option<()> {
        let document = document()?;
        let old = document.query_selector_all(own).ok()?;
        for at in 0..old.length() {
            if let Some(element) = old.item(at).and_then(|node| node.dyn_into::<Element>().ok()) {
                element.remove();
            }
        }
        mount(&document.query_selector("head").ok()??);
        Some(())
    };
    set();
}

/// Moves focus to the heading of the page, without scrolling.
pub fn focus_heading() {
    let heading = document().and_then(|document| document.query_selector("#main h1").ok()?);
    if let Some(heading) = heading.and_then(|heading| heading.dyn_into::<HtmlElement>().ok()) {
        // Not in the view: only a heading that is to have the focus takes it, and a view that is
        // made again leaves alone what it did not set.
        let _ = heading.set_attribute("tabindex", "-1");
        focus_quietly(&heading);
    }
}

/// Takes the focus from what is about to go. Were it removed with the focus, the browser would lay
/// out the old page and the new one together first.
pub fn release_focus() {
    let active = document().and_then(|document| document.active_element());
    if let Some(active) = active.and_then(|active| active.dyn_into::<HtmlElement>().ok()) {
        let _ = active.blur();
    }
}

/// Whether something on the page has the focus.
pub fn has_focus() -> bool {
    let active = document().and_then(|document| document.active_element());
    active.is_some_and(|active| active.tag_name() != "BODY")
}

/// Gives the focus a place where the control that had it is gone: the title of the filter.
pub fn rest_focus() {
    let rest = document().and_then(|document| document.get_element_by_id("filter-title"));
    if let Some(rest) = rest.and_then(|rest| rest.dyn_into::<HtmlElement>().ok()) {
        let _ = rest.set_attribute("tabindex", "-1");
        focus_quietly(&rest);
    }
}

/// Has a screen reader say something.
pub fn announce(text: &str) {
    let announcer = document().and_then(|document| document.get_element_by_id("announcer"));
    if let Some(announcer) = announcer {
        announcer.set_text_content(Some(text));
    }
}

/// Scrolls at once to a position in CSS pixels from the top.
pub fn scroll_to(y: f64) {
    if let Some(window) = window() {
        window.scroll_to_with_x_and_y(0.0, y);
    }
}

/// Scrolls to the element a fragment names; whether there is one.
pub fn scroll_to_fragment(fragment: &str) -> bool {
    let find = || {
        let id = crate::text::decode(fragment)?;
        document()?.get_element_by_id(&id)
    };
    let found = find();
    if let Some(element) = &found {
        element.scroll_into_view();
        let _ = element.set_attribute("tabindex", "-1");
        if let Some(element) = element.dyn_ref::<HtmlElement>() {
            focus_quietly(element);
        }
    }
    found.is_some()
}

/// Mounts a notice and waits until the reader asks to try again.
pub async fn retry<V>(
    mount: impl FnOnce(HtmlElement, Box<dyn Fn() + Send + Sync>) -> UnmountHandle<V>,
) where
    V: leptos::tachys::view::Mountable,
{
    let place = document().and_then(|document| document.get_element_by_id("notices"));
    let Some(place) = place.and_then(|place| place.dyn_into::<HtmlElement>().ok()) else { return };
    let mut handle = None;
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let resolve = send_wrapper::SendWrapper::new(resolve);
        let retry = Box::new(move || {
            let _ = resolve.call0(&wasm_bindgen::JsValue::UNDEFINED);
        });
        if handle.is_none() {
            handle = Some(retry);
        }
    });
    let Some(retry) = handle else { return };
    let mounted = mount(place, retry);
    let _ = JsFuture::from(promise).await;
    drop(mounted);
}
