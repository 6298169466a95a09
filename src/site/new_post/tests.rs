use std::path::Path;

use super::*;
use crate::site::diagnostic::Source;
use crate::site::tree::Value;
use crate::site::{front_matter, yaml};

fn make(title: &str, tags: &[&str], draft: bool) -> Result<NewPost, String> {
    let now: jiff::Zoned = "2026-11-21T20:31:00+08:00[Asia/Shanghai]".parse().unwrap();
    let tags: Vec<String> = tags.iter().map(|tag| (*tag).to_owned()).collect();
    new_post(title, &tags, draft, &now)
}

/// What the front matter of a new post says, read with Inkstone's own reader.
fn read_back(post: &NewPost) -> Vec<(String, Value)> {
    let source = Source::new(Path::new("a.md"), post.text.clone().into()).unwrap();
    let parts = front_matter::split(&source).unwrap();
    let Value::Map(entries) = yaml::parse(&source, parts.yaml).unwrap().value else { panic!() };
    entries.into_iter().map(|entry| (entry.key, entry.node.value)).collect()
}

#[test]
fn a_post_is_named_by_day_and_title() {
    let post = make("标题", &["云原生", "AI"], true).unwrap();
    assert_eq!(post.file_name, "2026-11-21-标题.md");
    let want = "---\ntitle: \"标题\"\ndate: 2026-11-21 20:31:00 +0800\ntags: [云原生, AI]\n\
                draft: true\n---\n\n";
    assert_eq!(post.text, want);
    let plain = make("Hello, World!", &[], false).unwrap();
    assert_eq!(plain.file_name, "2026-11-21-hello-world.md");
    assert_eq!(
        plain.text,
        "---\ntitle: \"Hello, World!\"\ndate: 2026-11-21 20:31:00 +0800\n---\n\n"
    );
}

#[test]
fn any_title_reads_back_equal() {
    for title in [
        "say \"hi\"",
        "C:\\new\\table",
        "a: b",
        "# a #b",
        "火箭 🚀 到月球",
        "- a",
        "{a}",
        "[a, b]",
        "&a *b !c %d @e `f`",
        "'a'",
        "null a",
        "2026-11-21",
        "1.10",
        "yes",
        "---a",
        "a\u{2028}b\u{FEFF}\u{FFFE}",
        "“引号”：冒号",
    ] {
        let post = make(title, &[title], false).unwrap_or_else(|error| panic!("{title}: {error}"));
        let read = read_back(&post);
        let want = title.split_whitespace().collect::<Vec<_>>().join(" ");
        let Value::Scalar { text, .. } = &read[0].1 else { panic!("{title}") };
        assert_eq!(*text, want);
        let Value::List(items) = &read[2].1 else { panic!("{title}") };
        let Value::Scalar { text, .. } = &items[0].value else { panic!("{title}") };
        assert_eq!((items.len(), text), (1, &want));
    }
}

#[test]
fn tags_are_quoted_where_needed() {
    let tags = ["a", "service mesh", "C#", "a, b", "true", "2026", " ", "x: y", "甲，乙", "C++"];
    let post = make("x", &tags, false).unwrap();
    let line = post.text.lines().nth(3).unwrap();
    let want = r#"tags: [a, service mesh, "C#", "a, b", "true", "2026", "x: y", "甲，乙", C++]"#;
    assert_eq!(line, want);
}

#[test]
fn white_space_of_a_title_is_folded() {
    let post = make("  a\n b\t c ", &[], false).unwrap();
    assert!(post.text.contains("title: \"a b c\"\n"));
}

#[test]
fn long_titles_are_cut_at_a_character() {
    let post = make(&"字".repeat(100), &[], false).unwrap();
    assert_eq!(post.file_name, format!("2026-11-21-{}.md", "字".repeat(66)));
    let post = make(&format!("{} b", "a".repeat(199)), &[], false).unwrap();
    assert_eq!(post.file_name, format!("2026-11-21-{}.md", "a".repeat(199)));
}

#[test]
fn titles_without_a_name_are_refused() {
    let check = |title: &str, want: &str| assert_eq!(make(title, &[], false).unwrap_err(), want);
    check("", "the title is empty");
    check(" \n ", "the title is empty");
    check("？！", "`？！` has no letter or digit that a file can be named by");
    check("🚀", "`🚀` has no letter or digit that a file can be named by");
    check("a\u{7}b", "`a\\u{7}b` holds the control character '\\u{7}'");
    check(&"a".repeat(301), "the title has 301 characters, at most 300 work");
}

#[test]
fn names_that_no_file_may_have_are_refused() {
    assert!(make("CON", &[], false).unwrap_err().contains("a device on Windows"));
}
