//! Where an element of raw HTML may stand, by the HTML standard's tree construction (section
//! 13.2.6): what it ends by beginning, what must be around it, and what goes elsewhere.

use super::allow::{self, Allowed, Kind};
use super::build::Builder;
use super::open::Open;
use super::{Element, MAX_DEPTH, Node};

/// Containers that hold only their own parts; a browser moves anything else out of them.
pub(super) const HOLLOW: [&str; 5] = ["table", "thead", "tbody", "tfoot", "tr"];

/// Elements of MathML that hold text only.
const TOKENS: [&str; 5] = ["mi", "mn", "mo", "ms", "mtext"];

impl Builder<'_> {
    /// Ends what the element ends by beginning, and opens what must be around it; whether it may
    /// stand here then.
    pub(super) fn make_room(&mut self, known: &Allowed) -> bool {
        if self.stack.len() + 2 >= MAX_DEPTH || (known.name == "a" && self.links > 0) {
            return false;
        }
        match known.kind {
            // To a parser of HTML what stands in one of these is not MathML any more.
            Kind::Math => {
                return self.in_math()
                    && !self.nearest().is_some_and(|name| TOKENS.contains(&name));
            }
            _ if self.in_math() => return false,
            Kind::Inline | Kind::Void => {
                if !matches!(known.name, "rt" | "rp") {
                    return true;
                }
                // Anywhere else it would end what stands around it.
                self.end_raw(&["rt", "rp"], &["ruby"]);
                return self.nearest() == Some("ruby");
            }
            Kind::Block => self.end_paragraph(),
            Kind::Part(_) => match known.name {
                "li" => self.end_raw(&["li"], &["ul", "ol"]),
                "dt" | "dd" => self.end_raw(&["dt", "dd"], &["dl"]),
                "td" | "th" => self.end_raw(&["td", "th"], &["table"]),
                "tr" => self.end_raw(&["tr"], &["table"]),
                "thead" | "tbody" | "tfoot" | "caption" => {
                    self.end_raw(&["thead", "tbody", "tfoot", "caption"], &["table"]);
                }
                _ => self.end_paragraph(),
            },
        }
        let Kind::Part(parents) = known.kind else {
            let hollow = |name| HOLLOW.contains(&name);
            return !(known.name == "table" && self.nearest().is_some_and(hollow));
        };
        for missing in ["tbody", "tr"] {
            let nearest = self.nearest().unwrap_or_default();
            let parent = if missing == "tbody" { "table" } else { "tbody" };
            let wanted = match known.name {
                "tr" => missing == "tbody",
                "td" | "th" => true,
                _ => false,
            };
            if wanted && nearest == parent {
                self.open(Open::Raw(Element { name: missing, ..Element::default() }));
            }
        }
        self.nearest().is_some_and(|name| allow::lists(parents, name))
    }

    /// Whether a formula is open, which holds text and its own elements only.
    pub(super) fn in_math(&self) -> bool {
        let mut names = self.stack.iter().rev().map_while(|(open, _)| open.raw());
        names.any(|name| name == "math")
    }

    /// Ends a formula that is open.
    pub(super) fn end_math(&mut self) {
        self.end_raw(&["math"], &[]);
    }

    /// The element of raw HTML that is open innermost, with no container of Markdown inside.
    pub(super) fn nearest(&self) -> Option<&'static str> {
        self.stack.last()?.0.raw()
    }

    /// A block ends the paragraph or the heading that is open.
    pub(super) fn end_paragraph(&mut self) {
        self.end_raw(&["p", "h1", "h2", "h3", "h4", "h5", "h6"], &["table", "td", "th"]);
    }

    /// Ends the innermost element of a name in `ends`, unless one of `bounds` stands between.
    pub(super) fn end_raw(&mut self, ends: &[&str], bounds: &[&str]) {
        let mut names = self.stack.iter().rev().map_while(|(open, _)| open.raw());
        let found = names.position(|name| ends.contains(&name) || bounds.contains(&name));
        let Some(above) = found else { return };
        let at = self.stack.len() - 1 - above;
        if self.stack[at].0.raw().is_some_and(|name| ends.contains(&name)) {
            while self.stack.len() > at {
                self.close();
            }
        }
    }

    /// Whether a node may stand in the container at a place on the stack.
    pub(super) fn fits(&self, at: usize, node: &Node) -> bool {
        let hollow = self.stack[at].0.raw().is_some_and(|name| HOLLOW.contains(&name));
        let part = matches!(node, Node::Element(element)
            if HOLLOW[1..].contains(&element.name) || lists_part(element.name));
        !hollow || part
    }
}

fn lists_part(name: &str) -> bool {
    matches!(name, "td" | "th" | "caption")
}
