//! Blocks of code: coloured by the runs the build made, with what the fence asks for; and the
//! diagrams that were drawn from them.

use super::{Prose, number};
use crate::markdown::code::{Piece, Sign, lines, pieces};
use crate::model::{CodeBlock, Drawing};
use crate::view::markup::{Markup, element, text};

impl Prose<'_> {
    pub(super) fn code(&self, source: &str, index: usize) -> Markup {
        let plain = CodeBlock::default();
        let block = self.document.code.get(index).unwrap_or(&plain);
        if let Some(drawing) = &block.drawing {
            return self.drawing(drawing, source);
        }
        let pieces = pieces(source, &block.runs);
        let by_line = block.diff || block.numbers.is_some() || !block.marked.is_empty();
        let inside = if by_line { by_lines(block, pieces) } else { spans(pieces) };
        let label = block.title.clone().unwrap_or_else(|| self.scene.words.code.to_owned());
        let code = element("code", inside);
        let pre = element("pre", vec![code.done()])
            .with("tabindex", "0")
            .with("role", "group")
            .with("aria-label", label);
        let head = element("div", self.head(block)).with("class", "code-head").done();
        element("div", vec![head, pre.done()]).with("class", "code").done()
    }

    /// Title, language, and the button that copies; it shows once the app works.
    fn head(&self, block: &CodeBlock) -> Vec<Markup> {
        let span = |class: &'static str, value: &str| {
            element("span", vec![text(value)]).with("class", class).done()
        };
        let mut parts = Vec::new();
        parts.extend(block.title.as_ref().map(|title| span("code-title", title)));
        if !block.language.is_empty() {
            parts.push(span("code-language", &block.language));
        }
        let copy = element("button", vec![text(self.scene.words.copy)]);
        parts.push(copy.with("class", "copy").with("type", "button").done());
        parts
    }

    /// A diagram in the colours of both themes, with its source.
    fn drawing(&self, drawing: &Drawing, source: &str) -> Markup {
        let words = self.scene.words;
        let base = self.scene.base.as_str();
        let label = drawing.title.as_deref().unwrap_or(words.drawing);
        let image = |path: &str, class: &'static str| {
            element("img", Vec::new())
                .with("class", class)
                .with("src", format!("{base}{path}"))
                .with("alt", label.to_owned())
                .with("width", number(drawing.size.0))
                .with("height", number(drawing.size.1))
                .with("loading", "lazy")
                .with("decoding", "async")
                .done()
        };
        let pictures = vec![image(&drawing.light, "only-light"), image(&drawing.dark, "only-dark")];
        let pictures = element("div", pictures)
            .with("class", "drawing-picture")
            .with("tabindex", "0")
            .with("role", "group")
            .with("aria-label", label.to_owned());
        let pre = element("pre", vec![element("code", vec![text(source)]).done()]);
        let summary = element("summary", vec![text(words.drawing_source)]).done();
        let details = element("details", vec![summary, pre.with("tabindex", "0").done()]).done();
        element("figure", vec![pictures.done(), details]).with("class", "drawing").done()
    }
}

fn spans(pieces: Vec<Piece<'_>>) -> Vec<Markup> {
    let span = |(token, piece): Piece<'_>| match token {
        Some(token) => element("i", vec![text(piece)]).with("class", token.class()).done(),
        None => text(piece),
    };
    pieces.into_iter().map(span).collect()
}

/// Every line an element of its own, with what the fence says of it.
fn by_lines(block: &CodeBlock, pieces: Vec<Piece<'_>>) -> Vec<Markup> {
    let line = |(at, pieces): (u32, Vec<Piece<'_>>)| {
        let mut class = "line".to_owned();
        if block.marked.iter().any(|(from, to)| (*from..=*to).contains(&(at + 1))) {
            class += " marked";
        }
        let first = pieces.first().filter(|_| block.diff).map(|(_, first)| *first);
        if let Some(sign) = first.and_then(|first| Sign::in_code(first, &block.language)) {
            class += " ";
            class += sign.class();
        }
        let number = block.numbers.map(|first| number(first.saturating_add(at)));
        let mut parts = spans(pieces);
        parts.push(text("\n"));
        element("span", parts).with("class", class).maybe("data-line", number).done()
    };
    (0..).zip(lines(pieces)).map(line).collect()
}
