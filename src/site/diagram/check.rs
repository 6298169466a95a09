//! Whether a finished picture is self-contained and inert.

use roxmltree::{Document, Node};

/// An error that names what a picture must not have: scripts, event attributes, HTML, or
/// anything that is loaded from elsewhere.
pub(super) fn check(svg: &str) -> Result<(), String> {
    let document = Document::parse(svg).map_err(|error| format!("the SVG is no XML: {error}"))?;
    if document.root_element().tag_name().name() != "svg" {
        return Err("the root is not `<svg>`".to_owned());
    }
    document.descendants().filter(Node::is_element).try_for_each(check_element)
}

fn check_element(element: Node<'_, '_>) -> Result<(), String> {
    let name = element.tag_name().name();
    if matches!(name, "script" | "foreignObject" | "image" | "iframe" | "a" | "animate" | "set") {
        return Err(format!("the SVG has `<{name}>`"));
    }
    for attribute in element.attributes() {
        let (name, value) = (attribute.name(), attribute.value());
        let outward = matches!(name, "href" | "src") && !value.starts_with('#');
        if outward || name.starts_with("on") || loads(value) {
            return Err(format!("the SVG has the attribute `{name}=\"{value}\"`"));
        }
    }
    match name == "style" && element.descendants().filter_map(|node| node.text()).any(loads) {
        true => Err("the style of the SVG loads from elsewhere".to_owned()),
        false => Ok(()),
    }
}

/// Whether CSS names anything outside the file. An escape could spell it in a way that isn't
/// seen here, and the renderer writes none.
fn loads(css: &str) -> bool {
    let css = css.to_ascii_lowercase();
    let mut urls = css.split("url(").skip(1);
    css.contains("@import")
        || css.contains("javascript:")
        || (css.contains('\\') && css.contains('{'))
        || urls.any(|url| !url.trim_start_matches([' ', '"', '\'']).starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_that_load_or_run_are_refused() {
        for inner in [
            "<script/>",
            "<foreignObject/>",
            "<image/>",
            r#"<g onload="x"/>"#,
            r#"<use href="https://a.example/#b"/>"#,
            r#"<use xmlns:x="http://www.w3.org/1999/xlink" x:href="other.svg#b"/>"#,
            r#"<rect fill="url(https://a.example/#b)"/>"#,
            r#"<rect style="fill:URL( 'https://a.example/')"/>"#,
            "<style>@import 'x';</style>",
            "<style>a{fill:url(x.svg#a)}</style>",
            r"<style>a{fill:u\72l(x)}</style>",
        ] {
            let svg = format!(r#"<svg xmlns="http://www.w3.org/2000/svg">{inner}</svg>"#);
            assert!(check(&svg).is_err(), "{inner}");
        }
        assert!(check("<html/>").is_err());
        assert!(check("<svg").is_err());
    }

    #[test]
    fn references_within_the_picture_are_allowed() {
        let inner = r##"<use href="#b"/><path marker-end="url(#arrow)" style="fill:url('#f')"/>"##;
        assert_eq!(check(&format!("<svg>{inner}<style>a{{fill:red}}</style></svg>")), Ok(()));
    }
}
