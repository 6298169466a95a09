//! Whether others read our files as they were meant: validators and readers from third parties.

mod atom;
pub(super) mod fixture;
mod json;
mod open_search;
mod readers;
mod rss;
mod schema;

use super::{Feed, Item, Place, Site};

/// A feed of the site's own.
fn feed<'a>(site: &'a Site, items: &'a [&'a Item], path: &'a str) -> Feed<'a> {
    Feed { site, list: None, path, items }
}

/// Calls with every feed that is to be valid.
fn every_feed(path: &str, test: impl Fn(&Feed<'_>)) {
    let (full, plain) = (fixture::full(), fixture::plain(1));
    let lists: [&[&Item]; 3] = [&[], &[&plain], &[&full, &plain]];
    let nameless = Site { title: String::new(), ..fixture::bare() };
    for site in [fixture::site(), fixture::bare(), nameless] {
        for items in lists {
            test(&feed(&site, items, path));
            test(&Feed { list: Some(("tags/c++/", "C++ & 云")), ..feed(&site, items, path) });
        }
    }
}

/// A text with one change, which must be one.
fn broken(text: &str, old: &str, new: &str) -> String {
    let broken = text.replacen(old, new, 1);
    assert_ne!(broken, text, "{old}");
    broken
}
