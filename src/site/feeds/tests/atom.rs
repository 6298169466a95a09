//! Atom by a grammar of what RFC 4287 asks.

use super::super::atom;
use super::schema::Checker;
use super::{Feed, broken, every_feed, feed, fixture};

const SCHEMA: &str = include_str!("atom.rnc");

#[test]
fn every_feed_is_valid() {
    let checker = Checker::new(SCHEMA);
    every_feed("feed.xml", |feed| checker.accepts(&atom(feed)));
}

#[test]
fn a_feed_says_what_its_posts_say() {
    let (site, full, plain) = (fixture::site(), fixture::full(), fixture::plain(1));
    let xml = atom(&feed(&site, &[&full, &plain], "feed.xml"));
    let (head, entries) = xml.split_once("<entry").unwrap();
    let (first, second) = entries.split_once("<entry").unwrap();
    assert_eq!(head, HEAD);
    let (first, content) = first.split_once("<content").unwrap();
    assert_eq!(first, FIRST);
    assert_eq!(content, CONTENT);
    assert!(second.contains("<updated>2025-12-31T23:59:59+00:00</updated>"), "{second}");
}

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-Hans">
<id>https://blog.example/sub/</id>
<title>Ink &amp; &lt;Stone&gt;</title>
<subtitle>Notes on Rust &amp; “the web”, 云里的博客</subtitle>
<updated>2026-01-14T09:30:00+08:00</updated>
<author>
<name>Ada 云</name>
</author>
<link rel="self" type="application/atom+xml" href="https://blog.example/sub/feed.xml"/>
<link rel="alternate" type="text/html" href="https://blog.example/sub/"/>
<icon>https://blog.example/sub/icons/192.png</icon>
<logo>https://blog.example/sub/icons/512.png</logo>
"#;

const FIRST: &str = " xml:lang=\"en-GB\">
<id>https://blog.example/sub/posts/%E4%BA%91-and-stone/</id>
<title>云 &lt;b&gt; &amp; \"stone\" 🦀 \u{202E}abc\u{202C} ]]&gt;</title>
<link rel=\"alternate\" type=\"text/html\" href=\"https://blog.example/sub/posts/%E4%BA%91-and-stone/\"/>
<published>2026-01-04T09:30:00+08:00</published>
<updated>2026-01-14T09:30:00+08:00</updated>
<author>
<name>Bob &lt;b@c.example&gt;</name>
</author>
<category term=\"C++ &amp; Rust\"/>
<category term=\"云\"/>
<link rel=\"enclosure\" type=\"image/webp\" length=\"12345\" href=\"https://blog.example/sub/images/%E4%BA%91.webp\"/>
<summary type=\"text\">1 &lt; 2 &amp; so on</summary>
";

const CONTENT: &str = r##" type="html" xml:base="https://blog.example/sub/posts/%E4%BA%91-and-stone/">&lt;h2&gt;A&lt;/h2&gt;&lt;p&gt;1 &amp;lt; 2 ]]&amp;gt; &lt;a href="https://blog.example/sub/posts/b/?x=1&amp;amp;y=2"&gt;b&lt;/a&gt; &lt;a href="https://blog.example/sub/posts/%E4%BA%91-and-stone/#a"&gt;A&lt;/a&gt; &lt;img src="https://blog.example/sub/images/%E4%BA%91.png" alt="云 &amp;quot;"&gt;&lt;br&gt;&lt;/p&gt;&lt;pre&gt;&lt;code&gt;fn x
&lt;/code&gt;&lt;/pre&gt;</content>
</entry>
"##;

#[test]
fn a_feed_without_posts_has_a_fixed_moment() {
    let site = fixture::bare();
    let xml = atom(&feed(&site, &[], "feed.xml"));
    assert!(xml.contains("<updated>1970-01-01T00:00:00Z</updated>"), "{xml}");
    assert!(xml.contains("<id>tag:inkstone.invalid,2026:/</id>"), "{xml}");
}

#[test]
fn the_feed_of_a_list_is_another_one() {
    let site = fixture::site();
    let list = Some(("tags/c%2B%2B/", "C++ & 云"));
    let xml = atom(&Feed { list, ..feed(&site, &[], "tags/c%2B%2B/feed.xml") });
    for part in [
        "<id>https://blog.example/sub/tags/c%2B%2B/</id>",
        "<title>C++ &amp; 云 – Ink &amp; &lt;Stone&gt;</title>",
        r#"rel="self" type="application/atom+xml" href="https://blog.example/sub/tags/c%2B%2B/feed.xml""#,
        r#"rel="alternate" type="text/html" href="https://blog.example/sub/tags/c%2B%2B/""#,
    ] {
        assert!(xml.contains(part), "{part}: {xml}");
    }
}

#[test]
fn a_broken_feed_is_rejected() {
    let checker = Checker::new(SCHEMA);
    let (site, full) = (fixture::site(), fixture::full());
    let xml = atom(&feed(&site, &[&full], "feed.xml"));
    checker.accepts(&xml);
    for (old, new) in [
        ("<id>https://blog.example/sub/</id>", ""),
        ("<id>https://blog.example/sub/</id>", "<id>/sub/</id>"),
        ("<title>Ink &amp; &lt;Stone&gt;</title>", "<title></title>"),
        ("<updated>2026-01-14T09:30:00+08:00</updated>", ""),
        ("<updated>2026-01-14T09:30:00+08:00", "<updated>2026-01-14"),
        ("<published>2026-01-04T09:30:00+08:00", "<published>2026-01-04T09:30:00"),
        ("<published>2026-01-04T09:30:00+08:00", "<published>2026-13-04T09:30:00Z"),
        ("<published>2026-01-04T09:30:00+08:00", "<published>Sun, 4 Jan 2026 09:30:00 +0800"),
        ("<name>Ada 云</name>", ""),
        ("<name>Ada 云</name>", "<email>ada</email>"),
        ("rel=\"self\"", "rel=\"own\""),
        ("length=\"12345\"", "length=\"many\""),
        ("xml:lang=\"zh-Hans\"", "xml:lang=\"zh Hans\""),
        ("type=\"html\"", "type=\"text/markdown\""),
        ("term=\"云\"", "label=\"云\""),
        ("</summary>", "</summary><summary type=\"text\">again</summary>"),
        ("http://www.w3.org/2005/Atom", "http://www.w3.org/2006/Atom"),
        ("&amp;", "&"),
    ] {
        checker.rejects(&broken(&xml, old, new));
    }
}
