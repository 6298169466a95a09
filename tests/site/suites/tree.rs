//! HTML in one form, whoever wrote it: attributes in order, white space and entities alike, URLs
//! encoded alike, levels of headings and footnotes as a page of the blog has them.

use std::collections::HashMap;
use std::fmt::Write;

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, QualName, local_name, ns, parse_fragment};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// Elements around which white space is nothing.
const BLOCKS: &str = " address article blockquote br caption center dd details div dl dt figure form \
    h1 h2 h3 h4 h5 h6 hr iframe li ol p pre section summary table tbody td tfoot th thead tr ul ";

/// Elements of the suites that are none of HTML, or none of a text.
const UNKNOWN: &str = " foo bar bab c2c b2 warning responsive-image ";

/// Attributes of the suites that mean the same here.
const KNOWN: &str = " href src alt title id align start ";

/// How a piece of HTML is read.
#[derive(Clone, Copy, Default, PartialEq)]
pub enum Reading {
    /// As it is.
    #[default]
    Ours,
    /// As others publish it. The page's own heading is level 1: headings of a body that has a
    /// level 1 go down one level.
    Theirs,
    /// The same without what no post may bring: comments, elements that are no text, and others
    /// that are not known, but for their text; attributes that are not known; `<a>` without an
    /// address, which is a `<span>`.
    Harmless,
}

/// The form of a piece of HTML.
pub fn form(html: &str, reading: Reading) -> String {
    let dom = parsed(html);
    let root = dom.document.children.borrow()[0].clone();
    let shift = reading != Reading::Ours && has_level_one(&root);
    let mut writer = Writer { shift, reading, ..Writer::default() };
    writer.references(&root);
    writer.inside(&root);
    let notes = std::mem::take(&mut writer.notes);
    for number in 1..=writer.numbers.len().max(notes.len()) {
        let note = notes.get(&number).map_or("", |note| note.trim());
        writer.edge(&format!("<footnote {number}>"));
        writer.out.push_str(note);
        writer.edge("</footnote>");
    }
    writer.out.trim().to_owned()
}

fn parsed(html: &str) -> RcDom {
    let name = QualName::new(None, ns!(html), local_name!("body"));
    parse_fragment(RcDom::default(), ParseOpts::default(), name, Vec::new(), false).one(html)
}

fn has_level_one(node: &Handle) -> bool {
    node.children.borrow().iter().any(|child| name(child) == "h1" || has_level_one(child))
}

fn name(node: &Handle) -> String {
    match &node.data {
        NodeData::Element { name, .. } => name.local.to_string(),
        _ => String::new(),
    }
}

fn value(node: &Handle, name: &str) -> Option<String> {
    let NodeData::Element { attrs, .. } = &node.data else { return None };
    let attributes = attrs.borrow();
    let found = attributes.iter().find(|attribute| &*attribute.name.local == name)?;
    Some(found.value.to_string())
}

#[derive(Default)]
struct Writer {
    out: String,
    reading: Reading,
    shift: bool,
    preformatted: usize,
    /// The number of each footnote, by what leads to it.
    numbers: HashMap<String, usize>,
    notes: HashMap<usize, String>,
}

impl Writer {
    /// Numbers the footnotes in the order in which they are first referred to.
    fn references(&mut self, node: &Handle) {
        for child in node.children.borrow().iter() {
            if let Some(label) = reference(child) {
                let next = self.numbers.len() + 1;
                self.numbers.entry(label).or_insert(next);
            }
            self.references(child);
        }
    }

    fn inside(&mut self, node: &Handle) {
        node.children.borrow().iter().for_each(|child| self.node(child));
    }

    fn node(&mut self, node: &Handle) {
        match &node.data {
            NodeData::Text { contents } => self.text(&contents.borrow()),
            NodeData::Element { .. } => self.element(node),
            NodeData::Comment { contents } if self.reading != Reading::Harmless => {
                write!(self.out, "<!--{contents}-->").unwrap();
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
        if self.preformatted > 0 {
            return self.out.push_str(&escaped);
        }
        for c in escaped.chars() {
            match c {
                ' ' | '\t' | '\n' if self.out.ends_with([' ', '\n']) || self.out.is_empty() => {}
                ' ' | '\t' | '\n' => self.out.push(' '),
                c => self.out.push(c),
            }
        }
    }

    /// A tag beside which white space is nothing.
    fn edge(&mut self, tag: &str) {
        if self.preformatted == 0 {
            self.out.truncate(self.out.trim_end_matches(' ').len());
        }
        if !self.out.ends_with('\n') {
            self.out.push('\n');
        }
        self.out.push_str(tag);
        self.out.push('\n');
    }

    fn element(&mut self, node: &Handle) {
        let name = self.level(name(node));
        if let Some(label) = reference(node) {
            let number = number(&label, &self.numbers);
            return write!(self.out, "<reference {number}>").unwrap();
        }
        let class = value(node, "class").unwrap_or_default();
        match &*class {
            "footnote-definition" => return self.note(node),
            "footnote-definition-label" => return,
            _ => {}
        }
        let harmless = self.reading == Reading::Harmless;
        match &*name {
            // A table of nothing but a head.
            "tbody" if node.children.borrow().iter().all(is_blank) => return,
            "script" | "style" | "textarea" if harmless => return,
            name if harmless && UNKNOWN.contains(&format!(" {name} ")) => return self.inside(node),
            _ => {}
        }
        let name = match value(node, "href") {
            None if harmless && name == "a" => "span".to_owned(),
            _ => name,
        };
        let tag = format!("<{name}{}>", attributes(node, harmless));
        let is_block = BLOCKS.contains(&format!(" {name} "));
        let is_pre = name == "pre";
        if is_block {
            self.edge(&tag)
        } else {
            self.out.push_str(&tag)
        }
        self.preformatted += usize::from(is_pre);
        self.inside(node);
        self.preformatted -= usize::from(is_pre);
        let end = format!("</{name}>");
        if is_block && !is_pre {
            self.edge(&end)
        } else {
            self.out.push_str(&end)
        }
        if is_pre {
            self.out.push('\n');
        }
    }

    fn level(&self, name: String) -> String {
        match (&*name, self.shift) {
            ("h1", true) => "h2".to_owned(),
            ("h2", true) => "h3".to_owned(),
            ("h3", true) => "h4".to_owned(),
            ("h4", true) => "h5".to_owned(),
            ("h5", true) => "h6".to_owned(),
            _ => name,
        }
    }

    /// A footnote goes to the end; without a reference it is not shown, of two the first counts.
    fn note(&mut self, node: &Handle) {
        let label = value(node, "data-number").map(|number| format!("={number}"));
        let label = label.or_else(|| value(node, "id").map(|id| format!("#{id}")));
        let label = label.unwrap_or_default();
        let before = std::mem::take(&mut self.out);
        self.inside(node);
        let note = std::mem::replace(&mut self.out, before);
        if label.starts_with('=') || self.numbers.contains_key(&label) {
            self.notes.entry(number(&label, &self.numbers)).or_insert(note);
        }
    }
}

/// What a reference to a footnote leads to; `=` and a number where it has one.
fn reference(node: &Handle) -> Option<String> {
    value(node, "class").filter(|class| class == "footnote-reference")?;
    if let Some(number) = value(node, "data-number") {
        return Some(format!("={number}"));
    }
    node.children.borrow().first().and_then(|link| value(link, "href"))
}

fn number(label: &str, numbers: &HashMap<String, usize>) -> usize {
    let own = label.strip_prefix('=').and_then(|number| number.parse().ok());
    own.or_else(|| numbers.get(label).copied()).unwrap_or(0)
}

fn is_blank(node: &Handle) -> bool {
    matches!(&node.data, NodeData::Text { contents } if contents.borrow().trim().is_empty())
}

fn attributes(node: &Handle, harmless: bool) -> String {
    let NodeData::Element { attrs, .. } = &node.data else { return String::new() };
    let mut all = Vec::new();
    for attribute in attrs.borrow().iter() {
        let (name, value) = (&*attribute.name.local, &*attribute.value);
        if harmless && !KNOWN.contains(&format!(" {name} ")) {
            continue;
        }
        let value = match name {
            "href" | "src" if harmless => encoded(&value.replace('\n', "").replace('\\', "/")),
            "href" | "src" => encoded(value),
            "style" => value.trim_start_matches("text-align:").trim().to_owned(),
            _ => value.to_owned(),
        };
        all.push(format!(" {}={value:?}", if name == "style" { "align" } else { name }));
    }
    if harmless && name(node) == "img" && value(node, "alt").is_none() {
        all.push(" alt=\"\"".to_owned());
    }
    all.sort();
    all.concat()
}

/// A URL as the reference implementation encodes it.
fn encoded(url: &str) -> String {
    let mut out = String::new();
    for byte in url.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.+!*'(),%#@?=;:/$~&".contains(&byte) {
            out.push(byte as char);
        } else {
            write!(out, "%{byte:02X}").unwrap();
        }
    }
    out
}
