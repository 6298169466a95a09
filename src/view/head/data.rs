//! Structured data: JSON-LD in the words of schema.org. Search engines run no part of it, and the
//! policy takes it for data (CSP 3, section 6.7.1: only scripts that would run are checked).

use std::fmt::Write;

use super::{absolute, picture_url};
use crate::model::Document;
use crate::page::Page;
use crate::route::Route;
use crate::tag::Kind;
use crate::view::Scene;

/// An object of JSON while it is written.
struct Object(String);

impl Object {
    fn new(kind: &str) -> Self {
        Object(String::from("{")).text("@type", kind)
    }

    /// With a member whose value is JSON already.
    fn with(mut self, name: &str, json: &str) -> Self {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        self.0 += "\"";
        self.0 += name;
        self.0 += "\":";
        self.0 += json;
        self
    }

    fn text(self, name: &str, text: &str) -> Self {
        self.with(name, &string(text))
    }

    fn maybe(self, name: &str, text: Option<&str>) -> Self {
        match text.filter(|text| !text.is_empty()) {
            Some(text) => self.text(name, text),
            None => self,
        }
    }

    fn done(mut self) -> String {
        self.0.push('}');
        self.0
    }
}

fn array(items: &[String]) -> String {
    String::from("[") + &items.join(",") + "]"
}

/// A string of JSON in which nothing means anything to a parser of HTML.
fn string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out += "\\\"",
            '\\' => out += "\\\\",
            // Writing to a string can't fail.
            '\0'..'\x20' | '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// What a page at an address is; `None` for one that says nothing.
pub fn data(scene: &Scene, url: &str, page: &Page, title: &str) -> Option<String> {
    let graph = match page {
        Page::Home { .. } => vec![web_site(scene)],
        Page::Document(document) if document.date.is_some() => {
            vec![posting(scene, url, document), crumbs(scene, url, title, Some(document))]
        }
        Page::Document(_) | Page::Terms(_) | Page::Term { .. } | Page::Archive(_) => {
            vec![crumbs(scene, url, title, None)]
        }
        _ => return None,
    };
    let graph = array(&graph);
    let object = Object(String::from("{")).text("@context", "https://schema.org");
    Some(object.with("@graph", &graph).done())
}

fn web_site(scene: &Scene) -> String {
    let site = &scene.catalogue.site;
    let home = absolute(scene, "");
    let search = absolute(scene, &Route::search().path());
    let action = Object::new("SearchAction")
        .text("target", &(search + "?q={search_term_string}"))
        .text("query-input", "required name=search_term_string")
        .done();
    Object::new("WebSite")
        .text("url", &home)
        .text("name", &site.title)
        .maybe("description", Some(&site.description))
        .text("inLanguage", &site.language)
        .with("potentialAction", &action)
        .done()
}

fn posting(scene: &Scene, url: &str, document: &Document) -> String {
    let site = &scene.catalogue.site;
    let author = document.author.as_ref().unwrap_or(&site.author);
    let day = |day: Option<crate::date::Date>| day.map(|day| day.to_string());
    let posting = Object::new("BlogPosting")
        .text("headline", &document.title)
        .text("url", url)
        .text("mainEntityOfPage", url)
        .maybe("description", document.description.as_deref())
        .maybe("datePublished", day(document.date).as_deref())
        .maybe("dateModified", day(document.updated.or(document.date)).as_deref())
        .text("inLanguage", document.language.as_ref().unwrap_or(&site.language))
        .maybe("image", Some(&picture_url(scene, document)));
    let posting = match author.is_empty() {
        true => posting,
        false => posting.with("author", &Object::new("Person").text("name", author).done()),
    };
    posting.done()
}

/// The way from the home page to a page, by the list that it belongs to.
fn crumbs(scene: &Scene, url: &str, title: &str, document: Option<&Document>) -> String {
    let site = &scene.catalogue.site;
    let mut way = vec![(site.title.clone(), absolute(scene, ""))];
    let categories = &scene.catalogue.categories;
    let category = document.and_then(|document| document.categories.first());
    if let Some(at) = category.and_then(|key| crate::tag::find(categories, key)) {
        let path = Kind::Category.route(&categories[at].slug).path();
        way.push((categories[at].label.clone(), absolute(scene, &path)));
    }
    way.push((title.to_owned(), url.to_owned()));
    let item = |(at, (name, url)): (usize, &(String, String))| {
        let item = Object::new("ListItem").with("position", &(at + 1).to_string());
        item.text("name", name).text("item", url).done()
    };
    let items: Vec<String> = way.iter().enumerate().map(item).collect();
    Object::new("BreadcrumbList").with("itemListElement", &format!("[{}]", items.join(","))).done()
}

#[cfg(test)]
mod tests {
    use super::string;

    #[test]
    fn a_string_is_json_and_cannot_end_the_script() {
        let text = "</script><!-- \"a\\b\" & \u{2028}\n\u{1}云";
        let written = string(text);
        assert!(!written.contains(['<', '>', '&', '\u{2028}', '\n']), "{written}");
        assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
    }
}
