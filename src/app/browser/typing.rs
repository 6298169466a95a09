//! The search field, and the keys that lead to it, from it, and through what was found.

use js_sys::Reflect;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::{document, listen, window};

/// The id of the field.
const FIELD: &str = "search-input";

/// What leads from one result to the next.
const RESULTS: &str = ".results h2 a";

/// A key of the search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// `/` or Ctrl-K: open it.
    Open,
    /// Enter in the field: this is what was looked for.
    Finish,
}

fn field() -> Option<HtmlInputElement> {
    document()?.get_element_by_id(FIELD)?.dyn_into().ok()
}

/// What stands in the field; `None` where there is none.
pub fn search_text() -> Option<String> {
    field().map(|field| field.value())
}

/// Writes into the field, unless that stands there already.
pub fn write_search(text: &str) {
    if let Some(field) = field().filter(|field| field.value() != text) {
        field.set_value(text);
    }
}

/// Moves the focus to the field and selects what stands there; whether there is one.
pub fn focus_search() -> bool {
    let field = field();
    if let Some(field) = &field {
        let _ = field.focus();
        field.select();
    }
    field.is_some()
}

/// Calls `hear` with the text of the field whenever it changed and no input method composes.
pub fn on_typing(hear: impl Fn(String) + Clone + 'static) {
    let Some(document) = document() else { return };
    for event in ["input", "compositionend"] {
        let hear = hear.clone();
        listen(&document, event, move |event: Event| {
            let typed = target(&event).filter(|target| target.id() == FIELD);
            if let Some(text) = search_text().filter(|_| typed.is_some() && !composes(&event)) {
                hear(text);
            }
        });
    }
    listen(&document, "submit", move |event: Event| {
        let form = target(&event).and_then(|form| form.query_selector("#search-input").ok()?);
        if form.is_some() {
            event.prevent_default();
        }
    });
}

/// Calls `hear` for the keys of the search. Up and down move between the field and the results.
pub fn on_search_key(hear: impl Fn(Key) + 'static) {
    let Some(document) = document() else { return };
    listen(&document, "keydown", move |event: KeyboardEvent| {
        if event.default_prevented() || composes(&event) {
            return;
        }
        let target = target(&event);
        let in_field = target.as_ref().is_some_and(|target| target.id() == FIELD);
        let command = event.ctrl_key() || event.meta_key();
        let plain = !command && !event.alt_key();
        // What fills in forms sends events without a key.
        let key = Reflect::get(&event, &"key".into()).ok().and_then(|key| key.as_string());
        let done = match key.as_deref().unwrap_or_default() {
            "k" | "K" if command && !event.alt_key() && !event.shift_key() => {
                hear(Key::Open);
                true
            }
            "/" if plain && !target.as_ref().is_some_and(is_editable) => {
                hear(Key::Open);
                true
            }
            "Enter" if plain && in_field => {
                hear(Key::Finish);
                step(None, 1);
                true
            }
            "ArrowDown" if plain && in_field => step(None, 1),
            "ArrowDown" if plain => target.is_some_and(|target| step(Some(&target), 1)),
            "ArrowUp" if plain && !in_field => target.is_some_and(|target| step(Some(&target), -1)),
            _ => false,
        };
        if done {
            event.prevent_default();
        }
    });
}

/// Whether the focus is on one of the results.
pub fn is_in_results() -> bool {
    let active = document().and_then(|document| document.active_element());
    active.is_some_and(|active| active.closest(".results").ok().flatten().is_some())
}

/// Moves the focus from a result to the next or to the one before it, from the field to the first
/// and back; whether it moved.
fn step(from: Option<&Element>, by: i32) -> bool {
    let step = || -> Option<bool> {
        let results = document()?.query_selector_all(RESULTS).ok()?;
        let at = match from {
            None => -1,
            Some(from) => (0..results.length() as i32).find(|at| {
                let node = results.item(*at as u32);
                node.is_some_and(|node| node.is_same_node(Some(from.as_ref())))
            })?,
        };
        if at + by < 0 {
            return Some(focus_search());
        }
        let next: HtmlElement = results.item((at + by) as u32)?.dyn_into().ok()?;
        next.focus().ok()?;
        Some(true)
    };
    step().unwrap_or(false)
}

/// Calls `hear` when the page was scrolled.
pub fn on_scroll(hear: impl Fn() + 'static) {
    if let Some(window) = window() {
        listen(&window, "scroll", move |_: Event| hear());
    }
}

fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// Whether an input method is at work: what it shows is not meant yet. Some browsers say so with
/// the key code 229 alone (UI Events, section 6.3.1).
fn composes(event: &Event) -> bool {
    let of = |name: &str| Reflect::get(event, &name.into()).ok();
    let composing = of("isComposing").is_some_and(|value| value.is_truthy());
    composing || of("keyCode").and_then(|code| code.as_f64()) == Some(229.0)
}

fn is_editable(element: &Element) -> bool {
    element.closest("input, textarea, select, [contenteditable]").ok().flatten().is_some()
}
