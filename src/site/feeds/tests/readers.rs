//! What a feed reader reads: the crate `feed-rs` on all three formats, which must say the same.

use feed_rs::model;
use feed_rs::parser::parse;

use super::super::{atom, json_feed, rss};
use super::{Item, feed, fixture};

fn text(text: &Option<model::Text>) -> Option<&str> {
    text.as_ref().map(|text| &*text.content)
}

/// What one of the formats says of a post.
fn said(entry: &model::Entry) -> Vec<String> {
    let body = entry.content.as_ref().and_then(|content| content.body.clone());
    let link = entry.links.iter().find(|link| link.rel.as_deref() != Some("enclosure"));
    let mut all = vec![entry.id.clone(), link.unwrap().href.clone(), body.unwrap()];
    all.push(text(&entry.title).unwrap().to_owned());
    all.push(entry.published.unwrap().to_rfc3339());
    all.extend(entry.categories.iter().map(|tag| tag.term.clone()));
    all
}

#[test]
fn readers_read_the_same_from_all_formats() {
    for site in [fixture::site(), fixture::bare()] {
        let (full, plain) = (fixture::full(), fixture::plain(1));
        let items: [&Item; 2] = [&full, &plain];
        let read = |text: String| parse(text.as_bytes()).unwrap();
        let feeds = [
            read(atom(&feed(&site, &items, "feed.xml"))),
            read(rss(&feed(&site, &items, "rss.xml"))),
            read(json_feed(&feed(&site, &items, "feed.json"))),
        ];
        for feed in &feeds {
            assert_eq!(text(&feed.title), Some(&*site.title));
            assert_eq!(feed.entries.len(), 2);
        }
        for at in 0..2 {
            let all: Vec<_> = feeds.iter().map(|feed| said(&feed.entries[at])).collect();
            assert_eq!(all[0], all[1]);
            assert_eq!(all[0], all[2]);
        }
        assert_eq!(text(&feeds[0].entries[0].title), Some(&*full.title));
        assert_eq!(feeds[0].entries[0].id, site.id(&full.path));
    }
}

#[test]
fn a_long_feed_takes_time_by_its_length() {
    let site = fixture::site();
    let items: Vec<Item> = (0..10_000).map(fixture::plain).collect();
    let items: Vec<&Item> = items.iter().collect();
    let start = std::time::Instant::now();
    for text in [
        atom(&feed(&site, &items, "feed.xml")),
        rss(&feed(&site, &items, "rss.xml")),
        json_feed(&feed(&site, &items, "feed.json")),
    ] {
        assert!(text.contains("posts/plain-9999/"));
    }
    // What grows with the square takes minutes for this.
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}
