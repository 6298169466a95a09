//! Helps for reading a text: copying code, where in the contents the reader is, footnotes shown
//! beside their numbers. All of it listens on the document, so it goes for every page to come.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, Event, HtmlElement};

use super::{document, listen, page, window};
use crate::words::Words;

/// How long a button says what it did, in milliseconds.
const SAID: u32 = 2000;

/// How long the pointer may take from a number to its note, in milliseconds.
const LEAVING: u32 = 250;

/// How long after the last scrolling the place in the contents is looked for, in milliseconds.
const SETTLED: u32 = 60;

/// Helps from now on.
pub fn help_reading(words: &'static Words) {
    let (Some(window), Some(document)) = (window(), document()) else { return };
    listen(&document, "click", move |event: Event| {
        if let Some(button) = within(&event, ".copy") {
            spawn_local(copy(button, words));
        } else if within(&event, "#contents a").is_some() {
            close("#contents:popover-open");
        }
    });
    let timer = RefCell::new(None);
    listen(&window, "scroll", move |_: Event| {
        *timer.borrow_mut() = Some(Timeout::new(SETTLED, mark_place));
    });
    // Dropped, a timer does nothing, so whatever comes next decides anew.
    let leaving = Rc::new(RefCell::new(None));
    for event in ["mouseover", "focusin"] {
        let leaving = Rc::clone(&leaving);
        listen(&document, event, move |event: Event| {
            *leaving.borrow_mut() = None;
            if let Some(link) = within(&event, ".footnote-ref a") {
                show_note(&link);
            } else if within(&event, "#footnote-preview").is_none() {
                *leaving.borrow_mut() = Some(Timeout::new(LEAVING, leave_note));
            }
            if event.type_() == "focusin" && within(&event, ".lightbox").is_none() {
                close(".lightbox:popover-open");
            }
        });
    }
    listen(&document, "keydown", |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" {
            hide_note();
        }
    });
}

/// The element that an event is about, or one around it, that fits a selector.
fn within(event: &Event, selector: &str) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(selector).ok()?
}

fn find(selector: &str) -> Option<Element> {
    document()?.query_selector(selector).ok()?
}

/// Copies the code that a button belongs to, and has the button say so.
async fn copy(button: Element, words: &'static Words) {
    let code = button.closest(".code").ok().flatten();
    let code = code.and_then(|block| block.query_selector("code").ok().flatten());
    let Some(code) = code else { return };
    let done = write(&code.text_content().unwrap_or_default()).await.is_some();
    if !done {
        select(&code);
    }
    let said = if done { words.copied } else { words.not_copied };
    button.set_text_content(Some(said));
    page::announce(said);
    gloo_timers::future::TimeoutFuture::new(SAID).await;
    button.set_text_content(Some(words.copy));
}

/// Puts a text on the clipboard; `None` where the browser doesn't let us.
async fn write(text: &str) -> Option<()> {
    let clipboard = window()?.navigator().clipboard();
    let there: &JsValue = clipboard.as_ref();
    if there.is_undefined() {
        return None;
    }
    JsFuture::from(clipboard.write_text(text)).await.ok().map(drop)
}

/// Selects a text, so that the reader can copy it.
fn select(element: &Element) {
    if let Some(Ok(Some(selection))) = window().map(|window| window.get_selection()) {
        let _ = selection.select_all_children(element);
    }
}

/// Closes a popover that is open.
fn close(selector: &str) {
    if let Some(open) = find(selector).and_then(|open| open.dyn_into::<HtmlElement>().ok()) {
        let _ = open.hide_popover();
    }
}

/// Marks in the contents the heading that was passed last.
pub fn mark_place() {
    let mark = || -> Option<()> {
        let document = document()?;
        let edge = window()?.inner_height().ok()?.as_f64()? / 3.0;
        let links = document.query_selector_all("#contents a").ok()?;
        let mut current = None;
        for at in 0..links.length() {
            let link: Element = links.item(at)?.dyn_into().ok()?;
            let _ = link.remove_attribute("aria-current");
            let id = link.get_attribute("href")?;
            let id = crate::text::decode(id.trim_start_matches('#'))?;
            let top = document.get_element_by_id(&id)?.get_bounding_client_rect().top();
            if top < edge {
                current = Some(link);
            }
        }
        let current = current?;
        let _ = current.set_attribute("aria-current", "location");
        Some(())
    };
    mark();
    super::look_around();
}

/// Shows a footnote beside its number. Screen readers follow the link instead.
fn show_note(link: &Element) -> Option<()> {
    hide_note();
    let document = document()?;
    let id = link.get_attribute("href")?;
    let note = document.get_element_by_id(id.trim_start_matches('#'))?;
    let box_: HtmlElement = document.create_element("div").ok()?.dyn_into().ok()?;
    box_.set_id("footnote-preview");
    box_.set_attribute("aria-hidden", "true").ok()?;
    let copy: Element = note.clone_node_with_deep(true).ok()?.dyn_into().ok()?;
    let found = copy.query_selector_all("[id], a").ok()?;
    for at in 0..found.length() {
        let found: Element = found.item(at)?.dyn_into().ok()?;
        let _ = found.remove_attribute("id");
        // The keyboard is not to stop at what is read elsewhere.
        let _ = found.remove_attribute("href");
        if found.class_name() == "footnote-back" {
            found.remove();
        }
    }
    while let Some(child) = copy.first_child() {
        box_.append_child(&child).ok()?;
    }
    find("main")?.append_child(&box_).ok()?;
    let (place, size) = (link.get_bounding_client_rect(), box_.get_bounding_client_rect());
    let window = window()?;
    let most = window.inner_width().ok()?.as_f64()? - size.width() - EDGE;
    let left = (place.left() - size.width() / 2.0).min(most).max(EDGE);
    let above = place.top() - size.height() - GAP;
    let top = if above > 0.0 { above } else { place.bottom() + GAP };
    let top = top + window.scroll_y().ok()?;
    let style = box_.style();
    // Whole pixels: to write fractions takes 5 KB of the wasm.
    style.set_property("left", &format!("{}px", left as i32)).ok()?;
    style.set_property("top", &format!("{}px", top as i32)).ok()
}

/// From the edge of the window and from the number, in CSS pixels.
const EDGE: f64 = 12.0;
const GAP: f64 = 8.0;

/// Hides the note, unless the keyboard is at its number: the page may move below a pointer that
/// rests.
fn leave_note() {
    if find(".footnote-ref a:focus-visible").is_none() {
        hide_note();
    }
}

fn hide_note() {
    if let Some(note) = find("#footnote-preview") {
        note.remove();
    }
}
