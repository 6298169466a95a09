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

/// Attributes of all elements of MathML. The words of `data-math` are the build's own, for the
/// style sheet.
const MATH: &str = "data-math displaystyle scriptlevel dir";

/// The names an element is written with, of which the first is the one it is shown by; where it may
/// stand; its own attributes.
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
    ("mfrac", Math, "linethickness"),
    ("mi", Math, "mathvariant"),
    ("mmultiscripts", Math, ""),
    ("mn", Math, ""),
    (
        "mo",
        Math,
        "form largeop lspace maxsize minsize movablelimits rspace stretchy symmetric fence separator",
    ),
    ("mover", Math, "accent"),
    ("mpadded", Math, "height width"),
    ("mphantom", Math, ""),
    ("mprescripts", Math, ""),
    ("mroot", Math, ""),
    ("mrow", Math, ""),
    ("ms", Math, ""),
    ("mspace", Math, "width"),
    ("msqrt", Math, ""),
    ("mstyle", Math, ""),
    ("msub", Math, ""),
    ("msubsup", Math, ""),
    ("msup", Math, ""),
    ("mtable", Math, ""),
    ("mtd", Math, "columnspan rowspan"),
    ("mtext", Math, ""),
    ("mtr", Math, ""),
    ("munder", Math, "accentunder"),
    ("munderover", Math, "accent accentunder"),
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
            // What is longer than a page is wide hides the text around it.
            "width" | "height" | "lspace" | "rspace" | "minsize" | "maxsize" | "linethickness" => {
                let digits = value.trim_start_matches('-').bytes();
                let most = if value.ends_with('%') { 3 } else { 2 };
                digits.take_while(u8::is_ascii_digit).count() <= most && is_word(value)
            }
            _ => is_word(value),
        };
        fits.then(|| (name, value.to_owned()))
    }

    /// Whether it is of MathML.
    pub fn is_math(&self) -> bool {
        self.kind == Math || self.name == "math"
    }
}

/// Words, numbers and lengths.
fn is_word(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" .-+:%".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_build_makes_of_formulas_may_be_shown() {
        for (attribute, elements) in crate::site::math::ATTRIBUTES {
            let value = if attribute == "display" { "block" } else { "1" };
            for name in elements {
                let shown = element(name).unwrap().attribute(attribute, value);
                assert!(shown.is_some(), "{attribute} of {name}");
            }
        }
        for name in crate::site::math::ELEMENTS {
            assert!(element(name).is_some_and(|known| known.is_math()), "{name}");
        }
    }

    #[test]
    fn nothing_that_runs_or_reaches_the_page_is_on_the_list() {
        for name in
            ["script", "style", "iframe", "object", "form", "input", "base", "meta", "link", "svg"]
        {
            assert_eq!(element(name), None, "{name}");
        }
        for (names, _, _) in TABLE {
            let known = element(names.split(' ').next().unwrap()).unwrap();
            for name in ["onclick", "style", "name", "class", "srcdoc", "formaction", "xlink:href"]
            {
                assert_eq!(known.attribute(name, "x"), None, "{name} of {names}");
            }
        }
    }
}
