//! A feed as RSS 2.0, with the whole text of every post in `content:encoded`. For readers that know
//! no Atom.

use super::date::Moment;
use super::xml::{Attributes, Xml};
use super::{Feed, Item, atom, language, media_type};

/// Elements that RSS itself has not: the whole text, authors without a mail address, and the feed's
/// own address.
const NAMESPACES: Attributes<'static> = &[
    ("version", "2.0"),
    ("xmlns:atom", atom::NAMESPACE),
    ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
];

/// The file.
pub fn rss(feed: &Feed<'_>) -> String {
    let site = feed.site;
    let (title, link) = (feed.title(), site.address(feed.page()));
    let mut xml = Xml::new();
    xml.open("rss", NAMESPACES);
    xml.open("channel", &[]);
    xml.text("title", &[], &title);
    xml.text("link", &[], &link);
    // The format asks for a description.
    let description = Some(&site.description).filter(|text| !text.trim().is_empty());
    xml.text("description", &[], &html(description.unwrap_or(&title)));
    xml.some("language", &[], language(&site.language).unwrap_or_default());
    date(&mut xml, "lastBuildDate", feed.changed());
    let own = [("rel", "self"), ("type", "application/rss+xml"), ("href", &feed.address())];
    xml.empty("atom:link", &own);
    // Readers take what is in it for the channel's own where the texts differ.
    xml.open("image", &[]);
    xml.text("url", &[], &site.address(&site.icon));
    xml.text("title", &[], &title);
    xml.text("link", &[], &link);
    xml.close();
    for item in feed.items {
        write_item(&mut xml, feed, item);
    }
    xml.finish()
}

fn write_item(xml: &mut Xml, feed: &Feed<'_>, item: &Item) {
    let site = feed.site;
    xml.open("item", &[]);
    xml.text("title", &[], &item.title);
    xml.text("link", &[], &site.address(&item.path));
    // A permalink must be an address; a name that isn't one must say so.
    let permanent = if site.url.is_some() { "true" } else { "false" };
    xml.text("guid", &[("isPermaLink", permanent)], &site.id(&item.path));
    date(xml, "pubDate", Moment::parse(&item.published));
    let own = item.author.as_deref().filter(|name| !name.trim().is_empty());
    xml.text("dc:creator", &[], own.unwrap_or(site.writer()));
    for tag in item.tags.iter().filter(|tag| !tag.trim().is_empty()) {
        xml.text("category", &[], tag);
    }
    if let Some((path, length)) = &item.image {
        let (url, length) = (site.address(path), length.to_string());
        let picture = [("url", &*url), ("length", &length), ("type", media_type(path))];
        xml.empty("enclosure", &picture);
    }
    xml.some("description", &[], &html(&item.summary));
    xml.text("content:encoded", &[], &feed.content(item));
    xml.close();
}

fn date(xml: &mut Xml, name: &'static str, moment: Option<Moment>) {
    if let Some(date) = moment.and_then(Moment::rfc822) {
        xml.text(name, &[], &date);
    }
}

/// Plain text as HTML: what a description holds is read as that (RSS 2.0, elements of `item`).
fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
