//! What the reader has done with the prerendered page, carried over to the app's own: focus,
//! selection, what is open, scrolled or playing, and clicks that nobody answered yet.
//!
//! Elements are found again by their way from the top, which counts siblings of the same name: what
//! something else put into the page seldom leads astray, and what is not found again is left alone.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Element, FocusOptions, HtmlDetailsElement, HtmlElement, HtmlInputElement, HtmlMediaElement,
    Node,
};

use super::{document, window};

/// The way to an element, as a selector that counts siblings of the same name, and its class.
type Way = (String, String);

/// A place in a text: its element, and UTF-16 units from the beginning of the element's own texts.
type Place = (Way, u32);

/// What may be open, scroll, play, be chosen or have been clicked.
const STATEFUL: &str = "details,pre,ul,.table,.calendar-box,.drawing-picture,video,audio,\
    input,[data-clicked]";

/// See the module.
pub struct Kept {
    focus: Option<Way>,
    /// In an input that has the focus: where the selection begins and ends.
    caret: Option<(u32, u32)>,
    selection: Option<(Place, Place)>,
    states: Vec<(Way, State)>,
}

/// What the reader did with an element.
enum State {
    /// Opened or closed details.
    Open(bool),
    /// Scrolled it, in CSS pixels.
    Scrolled(i32, i32),
    /// Heard or saw so many seconds of it, and whether it plays.
    Played(f64, bool),
    /// Opened a popover.
    Popover,
    /// Clicked it so many times, or chose it.
    Clicked(u32),
}

impl Kept {
    /// Looks at the page.
    pub fn of(app: &Element) -> Self {
        let active = document().and_then(|document| document.active_element());
        let caret = active.as_ref().and_then(|active| {
            let input = active.dyn_ref::<HtmlInputElement>()?;
            Some((input.selection_start().ok()??, input.selection_end().ok()??))
        });
        let mut states = Vec::new();
        for element in all(app, STATEFUL) {
            if let Some((state, way)) = State::of(&element).zip(way(app, &element)) {
                states.push((way, state));
            }
        }
        // Not every browser knows the selector.
        for element in all(app, ":popover-open") {
            states.extend(way(app, &element).map(|way| (way, State::Popover)));
        }
        let focus = active.and_then(|active| way(app, &active));
        Kept { focus, caret, selection: selection(app), states }
    }

    /// Does the same to the page that took its place.
    pub fn restore(self, app: &Element) {
        if let Some(element) = self.focus.and_then(|way| follow(app, &way)) {
            focus_quietly(element.unchecked_ref());
            if let (Some((start, end)), Some(input)) = (self.caret, element.dyn_ref()) {
                let input: &HtmlInputElement = input;
                let _ = input.set_selection_range(start, end);
            }
        }
        if let Some((anchor, focus)) = &self.selection {
            select(app, anchor, focus);
        }
        for (way, state) in &self.states {
            if let Some(element) = follow(app, way) {
                state.apply(&element);
            }
        }
    }
}

impl State {
    /// `None` where nothing was done.
    fn of(element: &Element) -> Option<Self> {
        if let Some(times) = element.get_attribute("data-clicked") {
            return Some(State::Clicked(times.parse().unwrap_or(1)));
        }
        if let Some(details) = element.dyn_ref::<HtmlDetailsElement>() {
            // Outside of a text the app may know better what is to be open.
            let in_text = matches!(element.closest(".prose"), Ok(Some(_)));
            return (details.open() || in_text).then(|| State::Open(details.open()));
        }
        if let Some(media) = element.dyn_ref::<HtmlMediaElement>() {
            let (time, plays) = (media.current_time(), !media.paused());
            return (plays || time > 0.0).then_some(State::Played(time, plays));
        }
        if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
            let chosen = input.checked() && !input.has_attribute("checked");
            return chosen.then_some(State::Clicked(1));
        }
        let (left, top) = (element.scroll_left(), element.scroll_top());
        ((left, top) != (0, 0)).then_some(State::Scrolled(left, top))
    }

    fn apply(&self, element: &Element) {
        match self {
            State::Open(open) => element.unchecked_ref::<HtmlDetailsElement>().set_open(*open),
            State::Scrolled(left, top) => {
                element.set_scroll_left(*left);
                element.set_scroll_top(*top);
            }
            State::Played(time, plays) => {
                element.unchecked_ref::<HtmlMediaElement>().set_current_time(*time);
                if *plays {
                    call(element, "play");
                }
            }
            State::Popover => call(element, "showPopover"),
            State::Clicked(times) => {
                (0..*times).for_each(|_| element.unchecked_ref::<HtmlElement>().click());
            }
        }
    }
}

/// Calls a method that not every browser has.
fn call(element: &Element, method: &str) {
    let function = Reflect::get(element, &JsValue::from_str(method)).ok();
    if let Some(function) = function.and_then(|function| function.dyn_into::<Function>().ok()) {
        let _ = function.call0(element);
    }
}

/// Focuses without scrolling.
pub fn focus_quietly(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// All elements of a selector; none where the browser does not know it.
fn all(app: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = app.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}

fn way(from: &Element, to: &Element) -> Option<Way> {
    let mut way = String::new();
    let mut at = to.clone();
    while !at.is_same_node(Some(from.as_ref())) {
        let name = at.local_name();
        let mut position = 1;
        let mut before = at.previous_element_sibling();
        while let Some(sibling) = before {
            position += u32::from(sibling.local_name() == name);
            before = sibling.previous_element_sibling();
        }
        way = format!(">{name}:nth-of-type({position}){way}");
        at = at.parent_element()?;
    }
    Some((format!(":scope{way}"), to.class_name()))
}

fn follow(from: &Element, (way, class): &Way) -> Option<Element> {
    let found = from.query_selector(way).ok()??;
    (found.class_name() == *class).then_some(found)
}

/// The selection, where there is text in it.
fn selection(app: &Element) -> Option<(Place, Place)> {
    let selection = window()?.get_selection().ok()??;
    if selection.is_collapsed() {
        return None;
    }
    let anchor = place(app, &selection.anchor_node()?, selection.anchor_offset())?;
    Some((anchor, place(app, &selection.focus_node()?, selection.focus_offset())?))
}

/// In an element the offset counts nodes; here it counts the text of those before it.
fn place(app: &Element, node: &Node, offset: u32) -> Option<Place> {
    if let Some(element) = node.dyn_ref::<Element>() {
        let mut units = 0;
        let mut child = element.first_child();
        for _ in 0..offset {
            let Some(node) = child else { break };
            units += own_length(&node);
            child = node.next_sibling();
        }
        return Some((way(app, element)?, units));
    }
    let mut units = offset;
    let mut before = node.previous_sibling();
    while let Some(sibling) = before {
        units += own_length(&sibling);
        before = sibling.previous_sibling();
    }
    Some((way(app, &node.parent_element()?)?, units))
}

/// The length of a text; 0 for an element.
fn own_length(node: &Node) -> u32 {
    match node.node_type() {
        Node::TEXT_NODE => node.node_value().map_or(0, |text| text.encode_utf16().count() as u32),
        _ => 0,
    }
}

fn select(app: &Element, anchor: &Place, focus: &Place) -> Option<()> {
    let (anchor, anchor_offset) = find(app, anchor)?;
    let (focus, focus_offset) = find(app, focus)?;
    let selection = window()?.get_selection().ok()??;
    selection.set_base_and_extent(&anchor, anchor_offset, &focus, focus_offset).ok()
}

/// The node of a place, and the offset in it.
fn find(app: &Element, (way, units): &Place) -> Option<(Node, u32)> {
    let element = follow(app, way)?;
    let mut left = *units;
    let mut child = element.first_child();
    while let Some(node) = child {
        let length = own_length(&node);
        if node.node_type() == Node::TEXT_NODE && left <= length {
            return Some((node, left));
        }
        left -= length.min(left);
        child = node.next_sibling();
    }
    Some((element.into(), 0))
}
