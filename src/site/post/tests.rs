//! What files become, and what is said of the mistakes in them.

use super::*;

fn parse_file(name: &str, text: &str) -> (Option<Post>, Vec<String>) {
    let config = Source::new(Path::new("i"), "title='x'\ntimezone='Asia/Shanghai'".into());
    let mut problems = Vec::new();
    let config = super::super::config::parse(&config.unwrap(), &mut problems);
    let source = Source::new(Path::new(name), text.into()).unwrap();
    let now: Timestamp = "2026-03-01T00:00:00Z".parse().unwrap();
    let post = parse(&source, &config, now, &mut problems);
    (post, problems.iter().map(ToString::to_string).collect())
}

fn check(name: &str, yaml: &str, want: &str) {
    let (post, problems) = parse_file(name, &format!("---\n{yaml}\n---\ntext\n"));
    assert!(problems.iter().any(|problem| problem.contains(want)), "{want}: {problems:#?}");
    assert!(post.is_none() || want.contains("warning"), "{want}");
}

#[test]
fn a_post_of_the_usual_kind_is_read_whole() {
    let yaml = "layout: post\ntitle: 1.10\ndate: 2026-01-14\nauthor: a\nsource: https://s.example/\n\
         categories:\n  - cloud-native\ntags: [AI, ai, k8s]\nupdated: 2026-01-15";
    let (post, problems) =
        parse_file("posts/2026-01-14-x.md", &format!("---\n{yaml}\n---\n# 1.10\n\ntext"));
    assert_eq!(problems, Vec::<String>::new());
    let post = post.unwrap();
    assert_eq!((&*post.title, &*post.path, &*post.excerpt), ("1.10", "posts/x/", "text"));
    let tags: Vec<&str> = post.tags.iter().map(|tag| &*tag.value).collect();
    assert_eq!(tags, ["AI", "k8s"]);
    assert_eq!(post.updated, "2026-01-15".parse().ok());
}

#[test]
fn names_and_strings_fill_in_for_missing_keys() {
    let (post, _) = parse_file("p/2026-1-4-hello-world.md", "---\ntags: a, b c\n---\nx");
    let post = post.unwrap();
    assert_eq!(post.title, "hello world");
    assert_eq!(post.when.map(|when| when.date), "2026-01-04".parse().ok());
    assert_eq!(post.tags.len(), 2);
    let (post, _) = parse_file("p/about.md", "---\nlayout: page\ntitle: 关于\n---\nx");
    assert_eq!(post.map(|post| post.path).as_deref(), Some("about/"));
}

#[test]
fn mistakes_are_named_where_they_stand() {
    let dated = "2026-01-14-x.md";
    check(dated, "date: 2026-02-30", "2026-01-14-x.md:2:7: error: there is no 2026-02-30");
    check("x.md", "title: x", "no `date`");
    check(dated, "title: ~", "`title` is empty");
    check(dated, "title: [a]", "`title` must be a text, found a list");
    check(dated, "source: example", "`source` is not a web address");
    check(dated, "slug: ../x", "`../x` is not a slug");
    check(dated, "permalink: /sw/../x", "begins or ends with a dot");
    check(dated, "permalink: /tags/", "`tags` is a path of the site itself");
    check(dated, "draft: maybe", "must be true or false");
    check(dated, "titel: x", "2:1: warning: unknown key `titel`\n  help: did you mean `title`?");
    check(dated, "pin: true", "warning: `pin` has no effect yet");
    check(dated, "title: \"a\\0b\"", "control character");
}

#[test]
fn drafts_and_the_future_are_hidden() {
    let hidden = |name: &str, yaml: &str| {
        parse_file(name, &format!("---\ntitle: x\n{yaml}\n---\nx")).0.and_then(|post| post.hidden)
    };
    assert_eq!(hidden("2026-01-14-x.md", "draft: yes"), Some(Hidden::Draft));
    assert_eq!(hidden("_drafts/2026-01-14-x.md", ""), Some(Hidden::Draft));
    assert_eq!(hidden("2026-01-14-x.md", "published: false"), Some(Hidden::Unpublished));
    assert_eq!(hidden("2026-03-02-x.md", ""), Some(Hidden::Future));
    assert_eq!(hidden("2026-01-14-x.md", ""), None);
}
