//! The table of contents of a text: beside it where there is room, else a sheet that a button
//! opens. A popover needs no script for that.

use super::Scene;
use super::markup::{Markup, element, text};
use super::prose::encode_fragment;
use crate::markdown::Heading;

/// Levels of headings that are listed, from the highest one of the text.
const LEVELS: u8 = 3;

/// The button and the list.
pub fn contents(scene: &Scene, headings: &[Heading]) -> Vec<Markup> {
    let words = scene.words;
    let top = headings.iter().map(|heading| heading.level).min().unwrap_or(2);
    let headings: Vec<&Heading> =
        headings.iter().filter(|heading| heading.level < top + LEVELS).collect();
    let mut rest = &headings[..];
    let list = list(&mut rest, top);
    let button = element("button", vec![text(words.contents)])
        .with("class", "contents-open")
        .with("type", "button")
        .with("popovertarget", "contents");
    let title = element("p", vec![text(words.contents)]).with("class", "contents-title").done();
    let sheet = element("nav", vec![title, list])
        .with("id", "contents")
        .with("class", "contents")
        .with("popover", "")
        .with("aria-label", words.contents);
    vec![button.done(), sheet.done()]
}

/// A list of the headings of a level and, within each, of those below it.
fn list(rest: &mut &[&Heading], level: u8) -> Markup {
    let mut items = Vec::new();
    while let Some((heading, after)) = rest.split_first() {
        if heading.level < level {
            break;
        }
        let mut parts = Vec::new();
        // A level may be left out; its list is there all the same.
        if heading.level == level {
            *rest = after;
            let href = format!("#{}", encode_fragment(&heading.id));
            parts.push(element("a", vec![text(heading.text.clone())]).with("href", href).done());
        }
        if rest.first().is_some_and(|next| next.level > level) {
            parts.push(list(rest, level + 1));
        }
        items.push(element("li", parts).done());
    }
    element("ol", items).done()
}
