//! The renderer's SVG, copied into a file that holds what a picture needs and nothing else.

use std::fmt::Write;

use roxmltree::{Document, Node};

use super::theme::Paper;

/// What browsers still draw as one picture, in CSS pixels.
const LARGEST: f64 = 16_384.0;

/// A picture and its size in CSS pixels.
pub(super) struct Picture {
    pub(super) svg: String,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// Copies the elements and attributes that draw. An error names an element that is not among
/// them, because the picture would lack something without it.
pub(super) fn clean(svg: &str, paper: &Paper<'_>) -> Result<Picture, String> {
    let document = Document::parse(svg).map_err(|error| format!("the SVG is no XML: {error}"))?;
    let root = document.root_element();
    let view_box = root.attribute("viewBox").unwrap_or_default();
    let (width, height) = size(view_box)?;
    let mut copy = String::with_capacity(svg.len());
    let _ = write!(
        copy,
        r#"<svg xmlns="http://www.w3.org/2000/svg" id="d" color="{}" width="{width}" height="{height}" viewBox="{view_box}""#,
        paper.grid
    );
    if let Some(class) = root.attribute("class") {
        attribute(&mut copy, "class", class);
    }
    copy.push('>');
    children(&mut copy, root)?;
    let _ = writeln!(copy, "<style>{}</style></svg>", style(paper));
    Ok(Picture { svg: copy, width, height })
}

/// What the renderer's own style gets wrong: it comes last, so it wins.
fn style(paper: &Paper<'_>) -> String {
    let Paper { paper, line, .. } = paper;
    format!(
        // The renderer loses the unit, and the milestone of a Gantt chart stays a square.
        "#d .milestone{{transform:rotate(45deg) scale(.8)}}\
         #d .edgeLabel .label rect{{fill:{paper}}}\
         #d .eventWrapper{{filter:none}}\
         #d .node-line--1{{stroke:{line}}}\
         #d svg{{overflow:visible!important}}"
    )
}

fn size(view_box: &str) -> Result<(u32, u32), String> {
    let numbers: Result<Vec<f64>, _> = view_box.split_whitespace().map(str::parse).collect();
    let Some([_, _, width, height]) = numbers.as_deref().ok() else {
        return Err("the diagram is empty".to_owned());
    };
    let (width, height) = (width.ceil(), height.ceil());
    if !(width >= 1.0 && height >= 1.0) {
        return Err("the diagram is empty".to_owned());
    }
    if width > LARGEST || height > LARGEST {
        return Err(format!(
            "the diagram would be {width} x {height} px large, the most are {LARGEST}; split it"
        ));
    }
    Ok((width as u32, height as u32))
}

fn children(copy: &mut String, parent: Node<'_, '_>) -> Result<(), String> {
    for child in parent.children() {
        if child.is_element() {
            element(copy, child)?;
        } else if let Some(text) = child.text().filter(|_| child.is_text()) {
            escape(copy, text);
        }
    }
    Ok(())
}

fn element(copy: &mut String, element: Node<'_, '_>) -> Result<(), String> {
    let name = match element.tag_name().name() {
        // A link can't be followed in an `<img>`; what it holds is drawn, where it stands.
        "a" | "switch" => "g",
        name => name,
    };
    match name {
        "title" | "desc" => return Ok(()),
        "svg" | "g" | "path" | "rect" | "circle" | "ellipse" | "line" | "polygon" | "polyline"
        | "text" | "tspan" | "marker" | "defs" | "style" | "symbol" | "use" | "clipPath"
        | "filter" | "feDropShadow" | "feGaussianBlur" | "feOffset" | "feFlood" | "feComposite"
        | "feMerge" | "feMergeNode" | "linearGradient" | "radialGradient" | "stop" | "mask"
        | "pattern" => {}
        _ => return Err(format!("the diagram needs `<{name}>`, which is not drawn")),
    }
    let _ = write!(copy, "<{name}");
    for found in element.attributes() {
        let inward = found.name() != "href" || found.value().starts_with('#');
        if inward && draws(found.name()) {
            attribute(copy, found.name(), found.value());
        }
    }
    if !element.has_children() {
        copy.push_str("/>");
        return Ok(());
    }
    copy.push('>');
    children(copy, element)?;
    let _ = write!(copy, "</{name}>");
    Ok(())
}

/// Whether an attribute can change the picture.
fn draws(name: &str) -> bool {
    let inert = ["data-", "aria-", "on"].iter().any(|prefix| name.starts_with(prefix));
    !inert && !matches!(name, "role" | "tabindex" | "target" | "rel" | "title" | "space" | "lang")
}

fn attribute(copy: &mut String, name: &str, value: &str) {
    let _ = write!(copy, " {name}=\"");
    escape(copy, value);
    copy.push('"');
}

fn escape(copy: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => copy.push_str("&amp;"),
            '<' => copy.push_str("&lt;"),
            '>' => copy.push_str("&gt;"),
            '"' => copy.push_str("&quot;"),
            c => copy.push(c),
        }
    }
}
