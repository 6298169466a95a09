//! Markdown to a safe, typed document. Pure: the browser and the prerenderer share it.
//!
//! 1. [`parse`](fn@parse): pulldown-cmark's events become a tree of [`Node`]s (`build`, `open`),
//!    with URLs of allowed schemes only (`url`). Of raw HTML (`html`) what an allow-list has
//!    (`allow`) becomes elements as well, balanced (`raw`, `room`).
//! 2. The heading that repeats the title goes, the others get anchors (`outline`).
//! 3. Abbreviations that the body explains are marked wherever they stand (`abbreviation`).
//! 4. [`excerpt`] and [`Article::text`] are plain text for lists and for reading time;
//!    `Article::sections` is the text by headings, which is searched.
//!
//! Nothing here makes an HTML string; `view::prose` makes elements of the nodes.

mod abbreviation;
mod allow;
mod build;
mod cjk;
pub mod code;
mod excerpt;
mod html;
mod node;
mod open;
mod outline;
mod raw;
mod references;
mod room;
mod script;
mod sections;
mod url;

pub use excerpt::{excerpt, plain_text};
pub use node::{Alert, Align, Definition, Element, Item, Node};
pub use outline::Heading;
pub use raw::Removed;
pub use references::{Code, Reference, code_blocks, references, too_deep};
pub use url::Href;

use pulldown_cmark::{Options, Parser};

/// A post's body, ready to be shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Article {
    /// The body without footnotes.
    pub nodes: Vec<Node>,
    /// The footnotes that are referred to, in the order of their numbers, from 1.
    pub footnotes: Vec<Footnote>,
    /// Every heading in order.
    pub headings: Vec<Heading>,
    /// The ids of other elements, which raw HTML brought.
    pub ids: Vec<String>,
    /// Where in the body, in bytes, the rest was left out: it makes more elements than a page
    /// bears. `None` where all of it is here.
    pub cut: Option<usize>,
    /// Raw HTML that was left out; only the build gathers it.
    pub removed: Vec<Removed>,
}

/// A footnote and how often the text refers to it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Footnote {
    /// What it says.
    pub children: Vec<Node>,
    /// References to it; at least 1.
    pub references: u32,
}

/// Elements nest at most this deep; what is deeper is lifted (FAULTS row 28: 5,000 nested
/// elements crash a tab).
pub const MAX_DEPTH: usize = 100;

/// Parts of a document, such as elements and texts, for each byte of its body. Only tables make
/// more: the parser adds the cells that short rows lack (FAULTS row 29).
pub const PARTS_PER_BYTE: usize = 4;

/// Parts that any body may have, however short it is.
pub const FREE_PARTS: usize = 10_000;

/// What the parser understands; the build must agree with the browser on what code is.
pub(crate) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_SUPERSCRIPT
        | Options::ENABLE_SUBSCRIPT
}

/// The document of a body. `title` is the post's: a leading level-1 heading that repeats it is
/// left out, and what other headings there are start at level 2, below the title. `language` is
/// that of the text (BCP 47): straight quotation marks become typographic ones, `--` a dash and
/// `...` an ellipsis, but not in Chinese, Japanese and Korean, which have their own signs.
pub fn parse(markdown: &str, title: &str, language: &str) -> Article {
    let marked = cjk::mark(markdown);
    let smart = !["zh", "ja", "ko"].iter().any(|own| language.starts_with(own));
    let mut options = options();
    options.set(Options::ENABLE_SMART_PUNCTUATION, smart);
    let parser = Parser::new_ext(&marked, options).into_offset_iter();
    let mut article = build::build(parser, &marked);
    let letters = cjk::Letters::of(&marked);
    article.cut = article.cut.map(|at| letters.unmarked(at));
    for removed in &mut article.removed {
        removed.at = letters.unmarked(removed.at);
    }
    outline::finish(&mut article, title);
    abbreviation::expand(&mut article);
    article
}

impl Article {
    /// The whole text without marks, for counting.
    pub fn text(&self) -> String {
        plain_text(&self.nodes)
    }
}

#[cfg(test)]
mod tests;
