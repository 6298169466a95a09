//! How a browser asks the site's own search: a description (OpenSearch 1.1, draft 6).

use super::Site;
use super::xml::Xml;

/// Characters of the short name at most.
const SHORT: usize = 16;

/// Characters of the long name at most.
const LONG: usize = 48;

/// Characters of the description at most.
const DESCRIPTION: usize = 1024;

/// Joins the characters beside it to one picture.
const JOINER: char = '\u{200D}';

/// The file; `search` is the search page's path below the base with `{searchTerms}` for the words:
/// `search/?q={searchTerms}`. Browsers want an absolute address there, so the file is of use where
/// the site says its own.
pub fn open_search(site: &Site, search: &str) -> String {
    let name = site.name();
    let mut xml = Xml::new();
    xml.open("OpenSearchDescription", &[("xmlns", "http://a9.com/-/spec/opensearch/1.1/")]);
    xml.text("ShortName", &[], cut(name, SHORT));
    if name.chars().nth(SHORT).is_some() {
        xml.text("LongName", &[], cut(name, LONG));
    }
    let description = Some(&*site.description).filter(|text| !text.trim().is_empty());
    xml.text("Description", &[], cut(description.unwrap_or(name), DESCRIPTION));
    xml.text("InputEncoding", &[], "UTF-8");
    let icon = [("width", "192"), ("height", "192"), ("type", "image/png")];
    xml.text("Image", &icon, &site.address(&site.icon));
    let template = site.address(search);
    xml.empty("Url", &[("type", "text/html"), ("method", "get"), ("template", &template)]);
    xml.finish()
}

/// The beginning of a text, without what a cut leaves of a joined picture or of a space.
fn cut(text: &str, most: usize) -> &str {
    let end = text.char_indices().nth(most).map_or(text.len(), |(at, _)| at);
    text[..end].trim_end_matches(|c: char| c == JOINER || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::super::tests::fixture::site;
    use super::*;

    #[test]
    fn a_name_is_cut_between_characters() {
        let check = |text: &str, want: &str| assert_eq!(cut(text, SHORT), want);
        check("Short", "Short");
        check("Exactly sixteen!", "Exactly sixteen!");
        check("Exactly fifteen and more", "Exactly fifteen");
        check("云里的博客云里的博客云里的博客云里的博客", "云里的博客云里的博客云里的博客云");
        check("aaaaaaaaaaaaaa👨\u{200D}👩\u{200D}👧", "aaaaaaaaaaaaaa👨");
        check("", "");
    }

    #[test]
    fn the_template_keeps_its_braces() {
        let xml = open_search(&site(), "search/?q={searchTerms}");
        let template = r#"template="https://blog.example/sub/search/?q={searchTerms}""#;
        assert!(xml.contains(template), "{xml}");
    }
}
