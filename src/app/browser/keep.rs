//! What the reader has done with the prerendered page, carried over to the app's own: focus,
//! selection, what is open, scrolled or playing, and clicks that nobody answered yet.
//!
//! Elements are found again by their way from the top, so it does not matter what they are; where
//! something else changed the page, what is not found again is left alone.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Element, FocusOptions, HtmlDetailsElement, HtmlElement, HtmlInputElement, HtmlMediaElement,
    Node, NodeList,
};

use super::{document, window};

/// The way to an element, as positions among element siblings.
type Way = Vec<u32>;

/// A place in a text: its element, and UTF-16 units from the beginning of the element's own texts.
type Place = (Way, u32);

/// What may scroll by itself.
const BOXES: &str = "pre,ul,nav,.table,.calendar-box,.drawing-picture,#contents";

/// See the module.
pub struct Kept {
    focus: Option<Way>,
    /// In an input that has the focus: where the selection begins and ends.
    caret: Option<(u32, u32)>,
    selection: Option<(Place, Place)>,
    details: Vec<(Way, bool)>,
    scrolled: Vec<(Way, i32, i32)>,
    popovers: Vec<Way>,
    playing: Vec<(Way, f64, bool)>,
    choices: Vec<(Way, bool)>,
    clicked: Vec<Way>,
}

impl Kept {
    /// Looks at the page.
    pub fn of(app: &Element) -> Self {
        let active = document().and_then(|document| document.active_element());
        let caret = active.as_ref().and_then(|active| {
            let input = active.dyn_ref::<HtmlInputElement>()?;
            Some((input.selection_start().ok()??, input.selection_end().ok()??))
        });
        let ways = |selector: &str| all(app, selector).filter_map(|found| way(app, &found));
        Kept {
            focus: active.and_then(|active| way(app, &active)),
            caret,
            selection: selection(app),
            details: all(app, "details")
                .filter_map(|found| {
                    Some((way(app, &found)?, found.dyn_into::<HtmlDetailsElement>().ok()?.open()))
                })
                .collect(),
            scrolled: all(app, BOXES)
                .map(|found| (found.scroll_left(), found.scroll_top(), found))
                .filter(|(left, top, _)| (*left, *top) != (0, 0))
                .filter_map(|(left, top, found)| Some((way(app, &found)?, left, top)))
                .collect(),
            popovers: ways(":popover-open").collect(),
            playing: all(app, "video,audio")
                .filter_map(|found| {
                    let media: HtmlMediaElement = found.clone().dyn_into().ok()?;
                    Some((way(app, &found)?, media.current_time(), !media.paused()))
                })
                .filter(|(_, time, plays)| *plays || *time > 0.0)
                .collect(),
            choices: all(app, "input[type=radio],input[type=checkbox]")
                .filter_map(|found| {
                    Some((way(app, &found)?, found.dyn_into::<HtmlInputElement>().ok()?.checked()))
                })
                .collect(),
            clicked: ways("[data-clicked]").collect(),
        }
    }

    /// Does the same to the page that took its place. Clicks come last.
    pub fn restore(self, app: &Element) {
        for (way, open) in &self.details {
            if let Some(details) = follow::<HtmlDetailsElement>(app, way) {
                details.set_open(*open);
            }
        }
        for (way, left, top) in &self.scrolled {
            if let Some(element) = follow::<Element>(app, way) {
                element.set_scroll_left(*left);
                element.set_scroll_top(*top);
            }
        }
        for way in &self.popovers {
            if let Some(element) = follow::<HtmlElement>(app, way) {
                call(&element, "showPopover");
            }
        }
        for (way, time, plays) in &self.playing {
            if let Some(media) = follow::<HtmlMediaElement>(app, way) {
                media.set_current_time(*time);
                if *plays {
                    call(&media, "play");
                }
            }
        }
        if let Some(element) = self.focus.and_then(|way| follow::<HtmlElement>(app, &way)) {
            focus_quietly(&element);
            if let (Some((start, end)), Some(input)) = (self.caret, element.dyn_ref()) {
                let input: &HtmlInputElement = input;
                let _ = input.set_selection_range(start, end);
            }
        }
        if let Some((anchor, focus)) = &self.selection {
            select(app, anchor, focus);
        }
        for (way, checked) in &self.choices {
            if let Some(input) = follow::<HtmlInputElement>(app, way).filter(|input| input.checked() != *checked)
                && *checked
            {
                input.click();
            }
        }
        for way in &self.clicked {
            if let Some(element) = follow::<HtmlElement>(app, way) {
                element.click();
            }
        }
    }
}

/// Calls a method that not every browser has.
fn call(element: &HtmlElement, method: &str) {
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
fn all(app: &Element, selector: &str) -> impl Iterator<Item = Element> + use<> {
    let found: Option<NodeList> = app.query_selector_all(selector).ok();
    let length = found.as_ref().map_or(0, NodeList::length);
    (0..length).filter_map(move |at| found.as_ref()?.item(at)?.dyn_into().ok())
}

fn way(from: &Element, to: &Element) -> Option<Way> {
    let mut way = Vec::new();
    let mut at = to.clone();
    while !at.is_same_node(Some(from.as_ref())) {
        let mut position = 0;
        let mut before = at.previous_element_sibling();
        while let Some(sibling) = before {
            position += 1;
            before = sibling.previous_element_sibling();
        }
        way.push(position);
        at = at.parent_element()?;
    }
    way.reverse();
    Some(way)
}

fn follow<T: JsCast>(from: &Element, way: &[u32]) -> Option<T> {
    let end = way.iter().try_fold(from.clone(), |at, position| at.children().item(*position))?;
    end.dyn_into().ok()
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
        Node::TEXT_NODE => {
            node.node_value().map_or(0, |text| text.encode_utf16().count() as u32)
        }
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
    let element: Element = follow(app, way)?;
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
