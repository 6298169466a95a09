//! What becomes of each element our views write (`view/prose`).

use super::token::Tag;

/// What becomes of an element.
#[derive(Clone, Copy, Debug)]
pub(super) enum Rule {
    /// It stays.
    Keep(&'static Known),
    /// Only what it holds stays.
    Unwrap,
    /// What it holds stays, between these.
    Put {
        /// For the start tag.
        before: &'static str,
        /// For the end tag.
        after: &'static str,
    },
    /// It goes with all it holds.
    Drop,
}

/// An element that means the same everywhere.
#[derive(Debug)]
pub(super) struct Known {
    /// Its name.
    pub(super) name: &'static str,
    /// Its own attributes, besides those of all elements.
    attributes: &'static str,
}

/// What becomes of an attribute: left out, or kept under its name as a text, an address, or a
/// list of images (`srcset`).
pub(super) enum Kept {
    No,
    Text(&'static str),
    Address(&'static str),
    Addresses(&'static str),
}

const fn known(name: &'static str, attributes: &'static str) -> Known {
    Known { name, attributes }
}

/// Elements with attributes of their own.
const SPECIAL: [Known; 28] = [
    known("a", "href"),
    known("audio", "src controls loop muted"),
    known("blockquote", "cite"),
    known("col", "span"),
    known("colgroup", "span"),
    known("del", "cite datetime"),
    known("details", "open"),
    known("img", "src srcset sizes alt width height"),
    known("ins", "cite datetime"),
    known("li", "value"),
    known("ol", "start reversed type"),
    known("q", "cite"),
    known("source", "src srcset sizes type media"),
    known("td", "colspan rowspan"),
    known("th", "colspan rowspan scope"),
    known("time", "datetime"),
    known("video", "src poster controls loop muted width height"),
    known("math", "display alttext"),
    known("mfrac", "linethickness"),
    known("mi", "mathvariant"),
    known(
        "mo",
        "form largeop lspace maxsize minsize movablelimits rspace stretchy symmetric fence \
            separator",
    ),
    known("mover", "accent"),
    known("mpadded", "height width"),
    known("mspace", "height width"),
    known("mtd", "columnspan rowspan"),
    known("munder", "accentunder"),
    known("munderover", "accent accentunder"),
    known("span", ""),
];

/// Elements with the attributes of all only.
const PLAIN: [Known; 70] = plain([
    "abbr",
    "address",
    "article",
    "aside",
    "b",
    "bdi",
    "bdo",
    "br",
    "caption",
    "cite",
    "code",
    "dd",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "kbd",
    "main",
    "mark",
    "p",
    "picture",
    "pre",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
    "mmultiscripts",
    "mn",
    "mphantom",
    "mprescripts",
    "mroot",
    "mrow",
    "ms",
    "msqrt",
    "mstyle",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtext",
    "mtr",
]);

const fn plain<const N: usize>(names: [&'static str; N]) -> [Known; N] {
    let mut all = [const { known("", "") }; N];
    let mut at = 0;
    while at < N {
        all[at] = known(names[at], "");
        at += 1;
    }
    all
}

/// Attributes of all elements.
const EVERYWHERE: &str = "lang dir title displaystyle scriptlevel";

/// Attributes that hold an address.
const ADDRESSES: &str = "href src poster cite";

/// Elements that go with all they hold: programs, controls, and what is another document.
const DROPPED: &str = "script style template noscript iframe frame frameset noframes object embed \
    noembed applet button input select option textarea datalist dialog nav svg canvas head title \
    link meta base xmp plaintext map area";

/// The rule of an element.
pub(super) fn of(tag: &Tag<'_>) -> Rule {
    // What opens over the page, and what is there for dark colours: readers get the light ones.
    if tag.attribute("popover").is_some() || tag.has("only-dark") {
        return Rule::Drop;
    }
    let name = tag.name.to_ascii_lowercase();
    if let Some(rule) = by_class(&name, tag) {
        return rule;
    }
    if lists(DROPPED, &name).is_some() {
        return Rule::Drop;
    }
    match SPECIAL.iter().chain(&PLAIN).find(|known| known.name == name) {
        Some(known) if name != "span" || has_any(known, tag) => Rule::Keep(known),
        _ => Rule::Unwrap,
    }
}

/// The rule of an element that is something by our style sheet.
fn by_class(name: &str, tag: &Tag<'_>) -> Option<Rule> {
    let put = |before, after| Some(Rule::Put { before, after });
    match name {
        // The link beside a heading.
        "a" if tag.has("anchor") => Some(Rule::Drop),
        // An image that can be seen large; its copy is a popover.
        "button" if tag.has("zoom") => Some(Rule::Unwrap),
        // A coloured word of code; one of the author's has no class.
        "i" if tag.attribute("class").is_some() => Some(Rule::Unwrap),
        "div" if ["code", "code-head", "table", "drawing-picture"].iter().any(|c| tag.has(c)) => {
            Some(Rule::Unwrap)
        }
        "div" if tag.has("alert") => put("<blockquote>", "</blockquote>"),
        "p" if tag.has("alert-title") => put("<p><strong>", "</strong></p>"),
        "section" if tag.has("footnotes") => put("<hr><section>", "</section>"),
        "span" => match tag {
            tag if tag.has("code-title") => put("<p><strong>", "</strong></p>"),
            tag if tag.has("code-language") => Some(Rule::Drop),
            tag if tag.has("line") && tag.has("marked") => put("<mark>", "</mark>"),
            tag if tag.has("card-host") => put("(", ")"),
            tag if tag.has("task") && tag.has("done") => put("☑ ", ""),
            tag if tag.has("task") => put("☐ ", ""),
            _ => None,
        },
        _ => None,
    }
}

fn has_any(known: &Known, tag: &Tag<'_>) -> bool {
    let mut all = tag.attributes.iter();
    all.any(|(name, value)| !matches!(known.attribute(name, value), Kept::No))
}

impl Known {
    /// What becomes of one of its attributes.
    pub(super) fn attribute(&self, name: &str, value: &str) -> Kept {
        let name = name.to_ascii_lowercase();
        match &*name {
            // Where a footnote leads, and back.
            "id" if value.starts_with("fn-") || value.starts_with("fnref-") => Kept::Text("id"),
            // Styles are what many readers take out, and this old attribute is not.
            "data-align" if lists("left center right", value).is_some() => Kept::Text("align"),
            "srcset" if lists(self.attributes, &name).is_some() => Kept::Addresses("srcset"),
            _ => match lists(self.attributes, &name).or(lists(EVERYWHERE, &name)) {
                Some(known) if lists(ADDRESSES, known).is_some() => Kept::Address(known),
                Some(known) => Kept::Text(known),
                None => Kept::No,
            },
        }
    }
}

/// A name as it stands in a list of names.
fn lists(names: &'static str, name: &str) -> Option<&'static str> {
    names.split_ascii_whitespace().find(|own| *own == name)
}
