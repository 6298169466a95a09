//! The control that saves what is shown: a post, the posts of a tag, everything. It is in the
//! prerendered page already, unseen until the app can act, so that nothing moves when it comes.

use std::sync::Arc;

use super::markup::{Markup, element, text};
use super::{Ask, Scene};
use crate::page::{Save, SaveState};

/// The control; `label` says what it saves.
pub fn save(scene: &Scene, label: String) -> Markup {
    let words = scene.words;
    let Save { state, done, total, waiting, .. } = scene.save;
    let ask = |label: String, what: Ask| {
        let ask = Arc::clone(&scene.actions.ask);
        element("button", vec![text(label)])
            .with("type", "button")
            .with("class", "save-button")
            .on("click", move || ask(what))
            .done()
    };
    let said = |line: &'static str| element("span", vec![text(line)]).done();
    let bar = || {
        let bar = element("progress", Vec::new()).with("max", total.max(1).to_string());
        let bar = bar.with("value", done.to_string()).with("aria-label", words.save_progress);
        let sizes = format!("{} / {}", size(done), size(total));
        let sizes = if waiting { words.save_waiting.to_owned() } else { sizes };
        [bar.done(), element("span", vec![text(sizes)]).done()]
    };
    // The button is the first part, so that it stays the same element and keeps the focus.
    let mut parts = Vec::new();
    match state {
        SaveState::None => parts.push(ask(label, Ask::Save)),
        SaveState::Running => parts.push(ask(words.save_pause.to_owned(), Ask::Pause)),
        SaveState::Paused => parts.push(ask(words.save_resume.to_owned(), Ask::Save)),
        SaveState::Saved => parts.push(said(words.save_done)),
        SaveState::Full => parts.extend([ask(label, Ask::Save), said(words.save_full)]),
    }
    if matches!(state, SaveState::Running | SaveState::Paused) {
        parts.extend(bar());
    }
    element("span", parts).with("class", "save").done()
}

/// A number of bytes as people read it, in powers of 1,000.
pub fn size(bytes: u32) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} KB", bytes.div_ceil(1_000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_rounded_up_below_a_megabyte_and_down_above() {
        let sizes = [0, 999, 1_000, 1_001, 999_999, 1_000_000, 3_128_000, u32::MAX];
        let sizes = sizes.map(size);
        let shown = ["0 B", "999 B", "1 KB", "2 KB", "1000 KB", "1.0 MB", "3.1 MB", "4294.9 MB"];
        assert_eq!(sizes, shown);
    }
}
