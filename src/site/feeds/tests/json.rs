//! JSON Feed as `serde_json` reads it back. Its schema is checked by `validate.mjs`.

use serde_json::{Value, json};

use super::super::json_feed;
use super::{every_feed, feed, fixture};

fn read(json: &str) -> Value {
    serde_json::from_str(json).unwrap()
}

#[test]
fn every_feed_is_json_and_its_version_comes_first() {
    every_feed("feed.json", |feed| {
        let text = json_feed(feed);
        assert!(
            text.starts_with("{\"version\": \"https://jsonfeed.org/version/1.1\",\n"),
            "{text}"
        );
        let items = &read(&text)["items"];
        assert_eq!(items.as_array().map(Vec::len), Some(feed.items.len()));
    });
}

#[test]
fn a_feed_says_what_its_posts_say() {
    let (site, full) = (fixture::site(), fixture::full());
    let mut read = read(&json_feed(&feed(&site, &[&full], "feed.json")));
    let content = read["items"][0]["content_html"].take();
    assert!(content.as_str().is_some_and(|html| html.starts_with("<h2>A</h2><p>1 &lt; 2")));
    let address = "https://blog.example/sub/posts/%E4%BA%91-and-stone/";
    let want = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Ink & <Stone>",
        "home_page_url": "https://blog.example/sub/",
        "feed_url": "https://blog.example/sub/feed.json",
        "description": "Notes on Rust & “the web”, 云里的博客",
        "icon": "https://blog.example/sub/icons/512.png",
        "favicon": "https://blog.example/sub/icons/192.png",
        "authors": [{ "name": "Ada 云" }],
        "language": "zh-Hans",
        "items": [{
            "id": address,
            "url": address,
            "title": full.title,
            "summary": "1 < 2 & so on",
            "content_html": null,
            "image": "https://blog.example/sub/images/%E4%BA%91.webp",
            "date_published": "2026-01-04T09:30:00+08:00",
            "date_modified": "2026-01-14T09:30:00+08:00",
            "authors": [{ "name": "Bob <b@c.example>" }],
            "tags": ["C++ & Rust", "云"],
            "language": "en-GB",
        }],
    });
    assert_eq!(read, want);
}
