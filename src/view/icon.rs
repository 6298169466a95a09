//! Small drawings, all of one stroke and in the colour of the text.

use super::markup::{Element, Markup, svg};

// The outlines of the mark, from the outer to the inner.
const STONE: &str = "M4.3 2.3c7.6-.5 15.8-.4 23.4 0 1.2.1 1.9.8 2 2 .4 7.6.4 15.7 0 23.3-.1 1.3-.8 2-2 2.1-7.7.4-15.7.4-23.4 0-1.2-.1-2-.8-2-2.1-.4-7.7-.4-15.7 0-23.3.1-1.2.8-1.9 2-2z";
const RIM: &str = "M10 5.8h12c1.7 0 2.6.9 2.7 2.6.2 5 .2 10.1 0 15.1-.1 1.8-1 2.7-2.7 2.7H10c-1.7 0-2.6-.9-2.7-2.7-.2-5-.2-10.1 0-15.1.1-1.7 1-2.6 2.7-2.6z";
const POOL: &str = "M9.9 14.2c-.1-3.9.3-5.9 2.2-5.9h7.8c1.9 0 2.3 2 2.2 5.9-.9-1.8-3.1-2.9-6.1-2.9s-5.2 1.1-6.1 2.9z";

/// The site's mark: an inkstone with its pool.
pub fn mark() -> Markup {
    let path = |d: &'static str, fill: &'static str| {
        svg("path", Vec::new()).with("fill", fill).with("d", d)
    };
    let parts = vec![
        path(STONE, "currentColor").done(),
        path(RIM, "none").with("stroke", "var(--paper)").with("stroke-width", "1.7").done(),
        path(POOL, "var(--paper)").done(),
    ];
    drawing(parts, "0 0 32 32", "32").with("class", "mark").done()
}

/// A half-filled disc: the colours of the page.
pub fn contrast() -> Markup {
    let circle = svg("circle", Vec::new())
        .with("cx", "12")
        .with("cy", "12")
        .with("r", "8.5")
        .with("fill", "none")
        .with("stroke", "currentColor")
        .with("stroke-width", "1.6");
    let half = svg("path", Vec::new()).with("d", "M12 3.5a8.5 8.5 0 0 1 0 17z");
    let parts = vec![circle.done(), half.with("fill", "currentColor").done()];
    drawing(parts, "0 0 24 24", "20").done()
}

/// An arrow to the left: back.
pub fn back() -> Markup {
    line("M14.5 5 7.5 12l7 7").done()
}

/// A lens: the search.
pub fn lens() -> Markup {
    line("M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zm4.8 11.3L20 20").done()
}

fn line(path: &'static str) -> Element {
    let path = svg("path", Vec::new())
        .with("d", path)
        .with("fill", "none")
        .with("stroke", "currentColor")
        .with("stroke-width", "1.6")
        .with("stroke-linecap", "round");
    drawing(vec![path.done()], "0 0 24 24", "20")
}

fn drawing(parts: Vec<Markup>, area: &'static str, size: &'static str) -> Element {
    let drawing = svg("svg", parts).with("viewBox", area);
    drawing.with("width", size).with("height", size).with("aria-hidden", "true")
}
