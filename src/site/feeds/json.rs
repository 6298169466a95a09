//! A feed as JSON Feed 1.1, with the whole text of every post. Written by hand so that the version
//! comes first, as the specification asks, and the posts come last.

use serde_json::Value;

use super::date::Moment;
use super::{Feed, Item, language, xml};

/// The file.
pub fn json_feed(feed: &Feed<'_>) -> String {
    let site = feed.site;
    let mut object = Object::new();
    object.text("version", "https://jsonfeed.org/version/1.1");
    object.text("title", &feed.title());
    object.text("home_page_url", &site.address(feed.page()));
    object.text("feed_url", &feed.address());
    object.some("description", &site.description);
    object.text("icon", &site.address(&site.logo));
    object.text("favicon", &site.address(&site.icon));
    object.authors(site.writer());
    object.some("language", language(&site.language).unwrap_or_default());
    let items: Vec<String> = feed.items.iter().map(|item| write_item(feed, item)).collect();
    object.list("items", &items);
    object.finish() + "\n"
}

fn write_item(feed: &Feed<'_>, item: &Item) -> String {
    let site = feed.site;
    let mut object = Object::new();
    object.text("id", &site.id(&item.path));
    object.text("url", &site.address(&item.path));
    object.some("title", &item.title);
    object.some("summary", &item.summary);
    object.text("content_html", &feed.content(item));
    if let Some((path, _)) = &item.image {
        object.text("image", &site.address(path));
    }
    object.date("date_published", &item.published);
    item.updated.iter().for_each(|updated| object.date("date_modified", updated));
    if let Some(name) = item.author.as_deref().filter(|name| !name.trim().is_empty()) {
        object.authors(name);
    }
    let tags: Vec<String> =
        item.tags.iter().filter(|tag| !tag.trim().is_empty()).map(|tag| string(tag)).collect();
    if !tags.is_empty() {
        object.list("tags", &tags);
    }
    object.some("language", item.language.as_deref().and_then(language).unwrap_or_default());
    object.finish()
}

/// An object whose fields stay in the order they were written in.
struct Object(String);

impl Object {
    fn new() -> Self {
        Object(String::new())
    }

    fn field(&mut self, name: &str, json: &str) {
        self.0.push_str(if self.0.is_empty() { "{" } else { ",\n" });
        self.0.push_str(&format!("\"{name}\": "));
        self.0.push_str(json);
    }

    fn text(&mut self, name: &str, text: &str) {
        self.field(name, &string(text));
    }

    fn some(&mut self, name: &str, text: &str) {
        if !text.trim().is_empty() {
            self.text(name, text);
        }
    }

    fn date(&mut self, name: &str, text: &str) {
        if let Some(moment) = Moment::parse(text) {
            self.text(name, &moment.rfc3339());
        }
    }

    fn list(&mut self, name: &str, values: &[String]) {
        self.field(name, &format!("[{}]", values.join(",\n")));
    }

    fn authors(&mut self, name: &str) {
        let mut author = Object::new();
        author.text("name", name);
        self.list("authors", &[author.finish()]);
    }

    fn finish(self) -> String {
        self.0 + "}"
    }
}

/// A string without what the other formats can't hold either, so that all three say the same.
fn string(text: &str) -> String {
    Value::from(text.chars().filter(|c| xml::is_allowed(*c)).collect::<String>()).to_string()
}
