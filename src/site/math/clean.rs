//! What of MathML goes into a page: elements and attributes of fixed lists, with values of fixed
//! forms. The converter's inline styles become words of `data-math`, which the style sheet knows.

use super::allow::{ELEMENTS, is_allowed};
use super::tree::{Element, Node};

/// The colour that the converter is told to give to what is boxed.
const BOX: &str = "color:#b0bed1";

/// The formula with what the lists allow.
pub(super) fn root(mut math: Element) -> Element {
    math.attributes.clear();
    math.children = math.children.into_iter().flat_map(node).collect();
    math
}

fn node(node: Node) -> Vec<Node> {
    match node {
        Node::Text(_) => vec![node],
        Node::Element(element) => element_of(element),
    }
}

/// An element as it goes into the page: one element, or several in its place.
fn element_of(mut element: Element) -> Vec<Node> {
    let style = element.attribute("style").unwrap_or_default().to_owned();
    match element.name.as_str() {
        "mspace" if style.starts_with("margin-left:-") => return back(&style),
        "mtext" => return vec![Node::Element(text(&element))],
        "mtable" if style == "width: 100%" && !has_numbers(&element) => {
            element.attributes.retain(|(name, _)| name != "style");
            element.children.iter_mut().for_each(without_margins);
            return element_of(element);
        }
        _ => {}
    }
    let mut layouts = layouts(&style);
    let mut children: Vec<Node> = element.children.into_iter().flat_map(node).collect();
    if element.name == "mtable" {
        close_below(&mut children);
    }
    if element.name == "mpadded" {
        children = padded(&style, children);
    }
    if element.name == "menclose" {
        let notation = element.attributes.first().map_or("", |(_, value)| value.as_str());
        layouts.extend(notation.split(' ').filter_map(strike));
        // The empty rows after the content are for style sheets that draw the lines with them.
        children.truncate(children.len() - layouts.len().min(children.len()));
        element.name = "mrow".to_owned();
    }
    if !ELEMENTS.contains(&element.name.as_str()) {
        return children;
    }
    if !layouts.is_empty() {
        element.attributes.push(("data-math".to_owned(), layouts.join(" ")));
    }
    let attributes = attributes(&element.name, element.attributes);
    vec![Node::Element(Element { name: element.name, attributes, children })]
}

/// The attributes that the lists allow, each once.
fn attributes(element: &str, all: Vec<(String, String)>) -> Vec<(String, String)> {
    let mut attributes: Vec<(String, String)> = Vec::new();
    for (name, value) in all {
        // Browsers differ in `rem` here, and the converter takes 1rem for 10pt.
        let value = match value.strip_suffix("rem") {
            Some(number) if name == "width" => format!("{number}em"),
            _ => value,
        };
        // The converter may say one thing twice; the browser takes the first.
        let is_new = attributes.iter().all(|(known, _)| *known != name);
        if is_new && is_allowed(element, &name, &value) {
            attributes.push((name, value));
        }
    }
    attributes
}

/// The words for an inline style; what has none is lost, such as colours.
fn layouts(style: &str) -> Vec<&'static str> {
    let words = style.split(';').filter_map(|rule| {
        let (property, value) = rule.split_once(':')?;
        Some(match (property.trim(), value.trim()) {
            ("text-align", "left") => "left",
            ("text-align", "right") => "right",
            ("padding-left", "0") => "tight-left",
            ("padding-right", "0") => "tight-right",
            ("padding-left", "1em") => "gap",
            ("padding-left", "0.1em") => "rule",
            ("padding-top", "0") => "flat",
            ("border-left", line) => dashed_or(line, "dash-left", "line-left"),
            ("border-right", line) => dashed_or(line, "dash-right", "line-right"),
            ("border-top", line) => dashed_or(line, "dash-top", "line-top"),
            ("width", "100%") => "wide",
            ("width", "50%") => "margin",
            ("width", "7.5%") => "narrow",
            ("color", _) if rule.eq_ignore_ascii_case(BOX) => "box",
            _ => return None,
        })
    });
    words.collect()
}

fn dashed_or(line: &str, dash: &'static str, solid: &'static str) -> &'static str {
    if line.contains("dashed") { dash } else { solid }
}

fn strike(notation: &str) -> Option<&'static str> {
    match notation {
        "updiagonalstrike" => Some("strike-up"),
        "downdiagonalstrike" => Some("strike-down"),
        "horizontalstrike" => Some("strike"),
        _ => None,
    }
}

/// A negative space: steps back of three eighteenths of an em, which the style sheet makes.
fn back(style: &str) -> Vec<Node> {
    let width = style.trim_start_matches("margin-left:-").trim_end_matches(';');
    let number = width.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let steps = (number.parse::<f32>().unwrap_or(0.0) * 6.0).round().clamp(0.0, 24.0);
    let step = Element {
        attributes: vec![("data-math".to_owned(), "back".to_owned())],
        ..Element::new("mspace", Vec::new())
    };
    // Between 0 and 24, as told above.
    vec![Node::Element(step); steps as usize]
}

/// A text without the HTML in it, whose style becomes a word.
fn text(element: &Element) -> Element {
    let mut plain = Element::new("mtext", vec![Node::Text(text_of(element))]);
    let style = element.children.iter().find_map(|child| match child {
        Node::Element(child) => Some(child),
        Node::Text(_) => None,
    });
    let class = style.and_then(|style| style.attribute("class")).unwrap_or_default();
    let word = style.and_then(|style| match style.name.as_str() {
        "b" => Some("bold"),
        "i" | "em" => Some("italic"),
        "code" => Some("mono"),
        "s" => Some("strike"),
        "u" => Some("underline"),
        "span" if class.contains("sans") => Some("sans"),
        "span" if class.is_empty() => Some("caps"),
        _ => None,
    });
    let word = word.map(|word| ("data-math".to_owned(), word.to_owned()));
    plain.attributes.extend(word);
    plain
}

fn text_of(element: &Element) -> String {
    let texts = element.children.iter().map(|child| match child {
        Node::Text(text) => text.clone(),
        Node::Element(child) => text_of(child),
    });
    texts.collect()
}

/// What a padding stands beside, with spaces in its place.
fn padded(style: &str, mut children: Vec<Node>) -> Vec<Node> {
    let space = |side: &str| {
        let rule = style.split(';').find_map(|rule| rule.strip_prefix(side))?;
        let attributes = vec![("width".to_owned(), rule.to_owned())];
        let is_seen = rule != "0" && is_allowed("mspace", "width", rule);
        is_seen.then(|| Node::Element(Element { attributes, ..Element::new("mspace", Vec::new()) }))
    };
    if let Some(left) = space("padding-left:") {
        children.insert(0, left);
    }
    children.extend(space("padding-right:"));
    children
}

/// Whether a row of the table has a number in its last cell.
fn has_numbers(table: &Element) -> bool {
    table.children.iter().any(|row| match row {
        Node::Element(row) => {
            matches!(row.children.last(), Some(Node::Element(cell)) if !cell.children.is_empty())
        }
        Node::Text(_) => false,
    })
}

/// Takes the first and the last cell of a row, which are for numbers.
fn without_margins(row: &mut Node) {
    if let Node::Element(row) = row {
        row.children.pop();
        row.children.drain(..row.children.len().min(1));
    }
}

/// A rule below the last row comes as an empty row with a rule above; it goes to the row before.
fn close_below(rows: &mut Vec<Node>) {
    let [.., Node::Element(above), Node::Element(last)] = rows.as_mut_slice() else { return };
    let words = last.children.first().map(|cell| match cell {
        Node::Element(cell) if last.children.len() == 1 && cell.children.is_empty() => {
            cell.attribute("data-math").unwrap_or_default()
        }
        _ => "",
    });
    let line = words.unwrap_or_default().split(' ').find_map(|word| match word {
        "line-top" => Some("line-bottom"),
        "dash-top" => Some("dash-bottom"),
        _ => None,
    });
    let Some(line) = line else { return };
    for cell in &mut above.children {
        if let Node::Element(cell) = cell {
            let words = cell.attribute("data-math").map(|words| format!("{words} {line}"));
            cell.attributes.retain(|(name, _)| name != "data-math");
            let words = words.unwrap_or_else(|| line.to_owned());
            cell.attributes.push(("data-math".to_owned(), words));
        }
    }
    rows.pop();
}
