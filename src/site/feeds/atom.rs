//! A feed as Atom (RFC 4287), with the whole text of every post.

use super::date::{self, Moment};
use super::xml::Xml;
use super::{Feed, Item, language, media_type};

/// The namespace (RFC 4287, section 1.2).
pub(super) const NAMESPACE: &str = "http://www.w3.org/2005/Atom";

/// The file. The newest change of a feed without posts is a fixed one, since the format asks for
/// one and the clock is no part of what the site says.
pub fn atom(feed: &Feed<'_>) -> String {
    let site = feed.site;
    let mut xml = Xml::new();
    let mut attributes = vec![("xmlns", NAMESPACE)];
    attributes.extend(language(&site.language).map(|tag| ("xml:lang", tag)));
    xml.open("feed", &attributes);
    xml.text("id", &[], &site.id(feed.page()));
    xml.text("title", &[], &feed.title());
    xml.some("subtitle", &[], &site.description);
    let changed = feed.changed().map_or_else(|| date::UNKNOWN.to_owned(), Moment::rfc3339);
    xml.text("updated", &[], &changed);
    author(&mut xml, site.writer());
    let own = [("rel", "self"), ("type", "application/atom+xml"), ("href", &feed.address())];
    xml.empty("link", &own);
    alternate(&mut xml, &site.address(feed.page()));
    xml.text("icon", &[], &site.address(&site.icon));
    xml.text("logo", &[], &site.address(&site.logo));
    for item in feed.items {
        entry(&mut xml, feed, item);
    }
    xml.finish()
}

fn entry(xml: &mut Xml, feed: &Feed<'_>, item: &Item) {
    let site = feed.site;
    let address = site.address(&item.path);
    let tag = item.language.as_deref().and_then(language);
    xml.open("entry", tag.map(|tag| ("xml:lang", tag)).as_slice());
    xml.text("id", &[], &site.id(&item.path));
    xml.text("title", &[], &item.title);
    alternate(xml, &address);
    xml.text("published", &[], &date::required(&item.published));
    xml.text("updated", &[], &date::required(item.changed()));
    // Without one of its own an entry has the feed's (section 4.2.1).
    if let Some(name) = item.author.as_deref().filter(|name| !name.trim().is_empty()) {
        author(xml, name);
    }
    for tag in item.tags.iter().filter(|tag| !tag.trim().is_empty()) {
        xml.empty("category", &[("term", tag)]);
    }
    if let Some((path, length)) = &item.image {
        let (href, length) = (site.address(path), length.to_string());
        let kind = media_type(path);
        let link = [("rel", "enclosure"), ("type", kind), ("length", &length), ("href", &href)];
        xml.empty("link", &link);
    }
    xml.some("summary", &[("type", "text")], &item.summary);
    xml.text("content", &[("type", "html"), ("xml:base", &address)], &feed.content(item));
    xml.close();
}

fn author(xml: &mut Xml, name: &str) {
    xml.open("author", &[]);
    xml.text("name", &[], name);
    xml.close();
}

fn alternate(xml: &mut Xml, href: &str) {
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", href)]);
}
