//! RSS by a grammar of what its specification asks, and by the validator of the crate `rss`.

use ::rss::Channel;
use ::rss::validation::Validate;

use super::super::rss;
use super::schema::Checker;
use super::{broken, every_feed, feed, fixture};

const SCHEMA: &str = include_str!("rss.rnc");

/// What the crate says; it takes absolute addresses only.
fn validate(xml: &str) -> Result<Channel, String> {
    let channel = Channel::read_from(xml.as_bytes()).map_err(|error| error.to_string())?;
    channel.validate().map_err(|error| error.to_string())?;
    Ok(channel)
}

#[test]
fn every_feed_is_valid() {
    let checker = Checker::new(SCHEMA);
    every_feed("rss.xml", |feed| {
        let xml = rss(feed);
        checker.accepts(&xml);
        if feed.site.url.is_some() {
            validate(&xml).unwrap();
        }
    });
}

#[test]
fn a_feed_says_what_its_posts_say() {
    let (site, full) = (fixture::site(), fixture::full());
    let channel = validate(&rss(&feed(&site, &[&full], "rss.xml"))).unwrap();
    assert_eq!(channel.title(), "Ink & <Stone>");
    assert_eq!(channel.last_build_date(), Some("Wed, 14 Jan 2026 09:30:00 +0800"));
    let item = &channel.items()[0];
    let address = "https://blog.example/sub/posts/%E4%BA%91-and-stone/";
    assert_eq!(item.title(), Some(&*full.title));
    assert_eq!(item.link(), Some(address));
    let guid = item.guid().unwrap();
    assert_eq!((guid.value(), guid.is_permalink()), (address, true));
    assert_eq!(item.pub_date(), Some("Sun, 4 Jan 2026 09:30:00 +0800"));
    assert_eq!(item.dublin_core_ext().unwrap().creators(), ["Bob <b@c.example>"]);
    // A description is HTML.
    assert_eq!(item.description(), Some("1 &lt; 2 &amp; so on"));
    let labels: Vec<&str> = item.categories().iter().map(|tag| tag.name()).collect();
    assert_eq!(labels, ["C++ & Rust", "云"]);
    assert_eq!(item.enclosure().unwrap().mime_type(), "image/webp");
    assert!(item.content().unwrap().starts_with("<h2>A</h2><p>1 &lt; 2 ]]&gt; <a href=\"https:"));
}

#[test]
fn a_name_that_is_no_address_says_so() {
    let (site, plain) = (fixture::bare(), fixture::plain(1));
    let xml = rss(&feed(&site, &[&plain], "rss.xml"));
    let channel = Channel::read_from(xml.as_bytes()).unwrap();
    let guid = channel.items()[0].guid().unwrap();
    assert_eq!(guid.value(), "tag:inkstone.invalid,2026:/posts/plain-1/");
    assert!(!guid.is_permalink());
}

#[test]
fn a_broken_feed_is_rejected() {
    let checker = Checker::new(SCHEMA);
    let (site, full) = (fixture::site(), fixture::full());
    let xml = rss(&feed(&site, &[&full], "rss.xml"));
    let link = "<link>https://blog.example/sub/</link>";
    for (old, new) in [
        (link, "<link>/sub/</link>"),
        (link, ""),
        ("Sun, 4 Jan 2026 09:30:00 +0800", "2026-01-04T09:30:00+08:00"),
        ("Wed, 14 Jan", "Wed, 34 Jan"),
        ("length=\"12345\"", "length=\"0\""),
        ("url=\"https:", "url=\""),
        ("type=\"image/webp\"", "type=\"picture\""),
        ("</channel>", ""),
    ] {
        let xml = broken(&xml, old, new);
        assert!(validate(&xml).is_err(), "{xml}");
    }
    for (old, new) in [
        ("version=\"2.0\"", "version=\"2\""),
        (link, ""),
        ("<title>Ink &amp; &lt;Stone&gt;</title>", ""),
        ("<title>云", "<titel>云"),
        ("<pubDate>Sun, 4 Jan", "<pubDate>4. Jan"),
        ("isPermaLink=\"true\"", "isPermaLink=\"yes\""),
        ("<dc:creator>Bob", "<dc:creator>Bob</dc:creator><dc:creator>"),
        ("purl.org/dc/", "purl.org/cd/"),
        ("length=\"12345\" ", ""),
    ] {
        checker.rejects(&broken(&xml, old, new));
    }
}
