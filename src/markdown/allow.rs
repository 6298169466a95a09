//! Which elements and attributes raw HTML may bring into a page: the one list for both sides.
//!
//! What is not here is left out, its text kept: scripts, frames, forms, styles, and every handler
//! and name that could reach the page's own code (FAULTS rows 21 to 24). The kinds say where an
//! element may stand, so that a browser that reads the prerendered page builds the same tree that
//! the app makes of the nodes.

/// Where an element may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Within text.
    Inline,
    /// Within text, without content.
    Void,
    /// Between paragraphs.
    Block,
    /// Only directly within one of these, by name.
    Part(&'static str),
    /// Of MathML, only within `<math>`.
    Math,
}

/// An element that may be shown.
#[derive(Debug, PartialEq, Eq)]
pub struct Allowed {
    /// The name it is shown by.
    pub name: &'static str,
    /// Where it may stand.
    pub kind: Kind,
    /// Its own attributes, besides those of all elements.
    attributes: &'static str,
}

/// Attributes of all elements of HTML.
const EVERYWHERE: &str = "title lang dir id";

/// Attributes of all elements of MathML.
const MATH: &str = "displaystyle scriptlevel mathvariant dir";

/// An element, by the names it is written with; the first is the one it is shown by.
type Row = (&'static str, Kind, &'static str);

use Kind::{Block, Inline, Math, Part, Void};

const TABLE: &[Row] = &[
    ("em", Inline, ""),
    ("strong", Inline, ""),
    ("b", Inline, ""),
    ("i", Inline, ""),
    ("u", Inline, ""),
    ("s", Inline, ""),
    ("del strike", Inline, "datetime"),
    ("ins", Inline, "datetime"),
    ("mark", Inline, ""),
    ("small", Inline, ""),
    ("sub", Inline, ""),
    ("sup", Inline, ""),
    ("code tt", Inline, ""),
    ("kbd", Inline, ""),
    ("samp", Inline, ""),
    ("var", Inline, ""),
    ("abbr acronym", Inline, ""),
    ("cite", Inline, ""),
    ("dfn", Inline, ""),
    ("q", Inline, ""),
    ("span font big", Inline, ""),
    ("bdi", Inline, ""),
    ("bdo", Inline, ""),
    ("time", Inline, "datetime"),
    ("ruby", Inline, ""),
    ("rt", Inline, ""),
    ("rp", Inline, ""),
    ("a", Inline, "href"),
    ("br", Void, ""),
    ("wbr", Void, ""),
    ("img", Void, "src alt"),
    ("video", Inline, "src loop muted"),
    ("audio", Inline, "src loop muted"),
    ("p", Block, "align"),
    ("div center section article header footer main aside", Block, "align"),
    ("hr", Block, ""),
    ("pre", Block, ""),
    ("blockquote", Block, ""),
    ("details", Block, "open"),
    ("summary", Part("details"), ""),
    ("figure", Block, ""),
    ("figcaption", Part("figure"), ""),
    ("h1", Block, ""),
    ("h2", Block, ""),
    ("h3", Block, ""),
    ("h4", Block, ""),
    ("h5", Block, ""),
    ("h6", Block, ""),
    ("ul", Block, ""),
    ("ol", Block, "start reversed type"),
    ("li", Part("ul ol"), "value"),
    ("dl", Block, ""),
    ("dt", Part("dl"), ""),
    ("dd", Part("dl"), ""),
    ("table", Block, ""),
    ("caption", Part("table"), ""),
    ("thead", Part("table"), ""),
    ("tbody", Part("table"), ""),
    ("tfoot", Part("table"), ""),
    ("tr", Part("thead tbody tfoot"), ""),
    ("th", Part("tr"), "colspan rowspan scope align"),
    ("td", Part("tr"), "colspan rowspan align"),
    ("math", Inline, "display alttext"),
    ("mrow", Math, ""),
    ("mi", Math, ""),
    ("mn", Math, ""),
    (
        "mo",
        Math,
        "stretchy fence separator form lspace rspace minsize maxsize symmetric largeop movablelimits accent",
    ),
    ("mtext", Math, ""),
    ("ms", Math, ""),
    ("mspace", Math, "width height depth"),
    ("mfrac", Math, "linethickness"),
    ("msqrt", Math, ""),
    ("mroot", Math, ""),
    ("msup", Math, ""),
    ("msub", Math, ""),
    ("msubsup", Math, ""),
    ("munder", Math, "accentunder"),
    ("mover", Math, "accent"),
    ("munderover", Math, "accent accentunder"),
    ("mmultiscripts", Math, ""),
    ("mprescripts", Math, ""),
    ("mtable", Math, "columnalign"),
    ("mtr", Math, ""),
    ("mtd", Math, "columnalign columnspan rowspan"),
    ("mstyle", Math, ""),
    ("mpadded", Math, "width height depth lspace voffset"),
    ("mphantom", Math, ""),
];

/// The element of a name, in any case.
pub fn element(name: &str) -> Option<Allowed> {
    let is_named = |row: &&Row| row.0.split(' ').any(|own| own.eq_ignore_ascii_case(name));
    let (names, kind, attributes) = TABLE.iter().find(is_named)?;
    let name = names.split(' ').next().unwrap_or(names);
    Some(Allowed { name, kind: *kind, attributes })
}

/// Whether an element stands within text.
pub fn is_inline(name: &str) -> bool {
    element(name).is_some_and(|known| known.kind == Inline)
}

/// Whether a name stands in a list of names.
pub fn lists(names: &str, name: &str) -> bool {
    names.split(' ').any(|own| own == name)
}

impl Allowed {
    /// The attribute as it may be shown; `None` where it may not.
    pub fn attribute(&self, name: &str, value: &str) -> Option<(&'static str, String)> {
        let shared = if self.is_math() { MATH } else { EVERYWHERE };
        let mut known = self.attributes.split(' ').chain(shared.split(' '));
        let name = known.find(|known| known.eq_ignore_ascii_case(name))?;
        let value = value.trim();
        let fits = match name {
            "colspan" | "rowspan" | "start" | "value" | "columnspan" => {
                value.len() <= 3
                    && !value.is_empty()
                    && value.bytes().all(|byte| byte.is_ascii_digit())
            }
            "dir" => lists("ltr rtl auto", value),
            "align" => lists("left center right", value),
            "scope" => lists("row col rowgroup colgroup", value),
            "type" => lists("1 a A i I", value),
            "display" => lists("block inline", value),
            "title" | "alttext" | "id" | "alt" => true,
            "href" | "src" => true,
            // Words, numbers and lengths.
            _ => {
                value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" .-+:%".contains(&byte))
            }
        };
        fits.then(|| (name, value.to_owned()))
    }

    /// Whether it is of MathML.
    pub fn is_math(&self) -> bool {
        self.kind == Math || self.name == "math"
    }
}
