//! What files become, and what is said of the mistakes in them. Each rule names where it is from.

use super::*;

const CONFIG: &str = "title='x'\ntimezone='Asia/Shanghai'\n";

fn parse_with(config: &str, name: &str, text: &str) -> (Option<Post>, Vec<String>) {
    let config = Source::new(Path::new("i"), format!("{CONFIG}{config}").into());
    let mut problems = Vec::new();
    let config = super::super::config::parse(&config.unwrap(), &mut problems);
    let source = Source::new(Path::new(name), text.into()).unwrap();
    let now: Timestamp = "2026-03-01T00:00:00Z".parse().unwrap();
    let inputs = Inputs { config: &config, folder: Path::new("posts"), now };
    let post = parse(&source, inputs, &mut problems);
    (post, problems.iter().map(ToString::to_string).collect())
}

fn post_with(config: &str, name: &str, yaml: &str) -> Post {
    let (post, problems) = parse_with(config, name, &format!("---\n{yaml}\n---\ntext\n"));
    post.unwrap_or_else(|| panic!("{name}: {yaml}: {problems:#?}"))
}

/// A file with the usual name and these keys.
fn post(yaml: &str) -> Post {
    post_with("", "posts/2026-01-14-x.md", yaml)
}

fn check_problem(name: &str, yaml: &str, want: &str) {
    let (post, problems) = parse_with("", name, &format!("---\n{yaml}\n---\ntext\n"));
    assert!(problems.iter().any(|problem| problem.contains(want)), "{want}: {problems:#?}");
    assert!(post.is_none() || want.contains("warning"), "{want}");
}

fn values(texts: &[Text]) -> Vec<&str> {
    texts.iter().map(|text| &*text.value).collect()
}

#[test]
fn a_post_of_the_usual_kind_is_read_whole() {
    let yaml = "layout: post\ntitle: 1.10\ndate: 2026-01-14\nauthor: a\nsource: https://s.example/\n\
         categories:\n  - cloud-native\ntags: [AI, ai, k8s]\nupdated: 2026-01-15";
    let (post, problems) =
        parse_with("", "posts/2026-01-14-x.md", &format!("---\n{yaml}\n---\n# 1.10\n\ntext"));
    assert_eq!(problems, Vec::<String>::new());
    let post = post.unwrap();
    assert_eq!((&*post.title, &*post.path), ("1.10", "posts/x/"));
    assert_eq!(values(&post.tags), ["AI", "k8s"]);
    assert_eq!(post.updated, "2026-01-15".parse().ok());
}

/// Jekyll: lib/jekyll/document.rb, DATE_FILENAME_MATCHER and DATELESS_FILENAME_MATCHER.
#[test]
fn file_names_give_date_and_title() {
    for (name, title, date) in [
        ("2026-01-14-hello-world.md", "Hello World", "2026-01-14"),
        ("2026-01-14-GPU-news.md", "GPU News", "2026-01-14"),
        ("2026-1-4-x.markdown", "X", "2026-01-04"),
        ("2026-01-14-云_原生.mkdn", "云 原生", "2026-01-14"),
    ] {
        let post = post_with("", &format!("posts/{name}"), "tags: a");
        assert_eq!(post.title, title);
        assert_eq!(post.when.map(|when| when.date.to_string()).as_deref(), Some(date));
    }
    let dateless = post_with("", "posts/hello.md", "date: 2026-01-02");
    assert_eq!((&*dateless.title, &*dateless.path), ("Hello", "posts/hello/"));
    check_problem("posts/x.md", "title: x", "no `date`, and none in the file's name");
    check_problem("posts/2026-01-14-.md", "tags: a", "no `title`, and none in the file's name");
}

/// JEKYLL.md, Keys: front matter beats the file name; jekyll#4010 on offsets.
#[test]
fn the_date_of_the_front_matter_wins_in_every_form() {
    for (date, want) in [
        ("2026-02-01", "2026-01-31T16:00:00Z"),
        ("2026-02-01 09:30", "2026-02-01T01:30:00Z"),
        ("2026-02-01 09:30:00 +0800", "2026-02-01T01:30:00Z"),
        ("2026-02-01T09:30:00-05:00", "2026-02-01T14:30:00Z"),
        ("\"2026-02-01 09:30:00\"", "2026-02-01T01:30:00Z"),
    ] {
        let when = post(&format!("date: {date}")).when.map(|when| when.instant.to_string());
        assert_eq!(when.as_deref(), Some(want), "{date}");
    }
    assert_eq!(post("last_modified_at: 2026-02-02").updated, "2026-02-02".parse().ok());
}

/// Jekyll: lib/jekyll/utils.rb, pluralized_array_from_hash; commas are what people write.
#[test]
fn tags_and_categories_are_lists_or_strings() {
    for yaml in
        ["tags: [a, b]", "tags: a b", "tags: a, b", "tags: a，b", "tags:\n- a\n- b", "tag: a, b"]
    {
        assert_eq!(values(&post(yaml).tags), ["a", "b"], "{yaml}");
    }
    assert_eq!(values(&post("tags: [cloud native]").tags), ["cloud native"]);
    assert_eq!(values(&post("tags: a\ntag: b").tags), ["a", "b"]);
    assert_eq!(values(&post("category: Machine Learning").categories), ["Machine Learning"]);
    assert_eq!(values(&post("categories: 云 原生\ncategory: 云").categories), ["云", "原生"]);
    assert_eq!(values(&post("tags: [2026, 1.10, yes]").tags), ["2026", "1.10", "yes"]);
}

/// Jekyll: lib/jekyll/document.rb, categories_from_path.
#[test]
fn folders_above_a_nested_posts_folder_are_categories() {
    let categories = |name: &str, yaml: &str| -> Vec<String> {
        values(&post_with("", name, yaml).categories).into_iter().map(str::to_owned).collect()
    };
    assert_eq!(categories("posts/云/k8s/_posts/2026-01-14-x.md", "title: x"), ["云", "k8s"]);
    assert_eq!(categories("posts/云/_posts/2026-01-14-x.md", "categories: a 云"), ["云", "a"]);
    assert_eq!(categories("posts/sub/2026-01-14-x.md", "title: x"), Vec::<String>::new());
}

/// JEKYLL.md: YAML 1.1's booleans for boolean keys, text as written for texts.
#[test]
fn scalars_are_what_their_keys_want() {
    for (word, want) in [("yes", true), ("on", true), ("True", true), ("no", false), ("off", false)]
    {
        assert_eq!(post(&format!("pin: {word}")).pinned, want, "{word}");
    }
    for title in ["1.10", "2026", "yes", "2026-01-14", "0x10", "\"~\"", "'a: b'"] {
        let want = title.trim_matches(['"', '\'']);
        assert_eq!(post(&format!("title: {title}")).title, want);
    }
    check_problem("posts/2026-01-14-x.md", "draft: maybe", "must be true or false");
}

/// JEKYLL.md and lib/jekyll/publisher.rb.
#[test]
fn drafts_and_the_future_are_hidden() {
    let hidden = |name: &str, yaml: &str| post_with("", name, &format!("title: x\n{yaml}")).hidden;
    assert_eq!(hidden("posts/2026-01-14-x.md", "draft: yes"), Some(Hidden::Draft));
    assert_eq!(hidden("posts/_drafts/2026-01-14-x.md", ""), Some(Hidden::Draft));
    assert_eq!(hidden("posts/_drafts/x.md", ""), Some(Hidden::Draft));
    assert_eq!(hidden("posts/_drafts/2026-01-14-x.md", "draft: false"), None);
    assert_eq!(hidden("posts/2026-01-14-x.md", "published: false"), Some(Hidden::Unpublished));
    assert_eq!(hidden("posts/2026-03-02-x.md", ""), Some(Hidden::Future));
    assert_eq!(hidden("posts/2026-01-14-x.md", ""), None);
}

/// Jekyll: lib/jekyll/drops/url_drop.rb; the named styles are tested in `permalink`.
#[test]
fn addresses_come_from_permalink_slug_and_name() {
    assert_eq!(post("title: x").path, "posts/x/");
    assert_eq!(post("slug: 云 Hello").path, "posts/云-Hello/");
    assert_eq!(post("permalink: /a/b").path, "a/b/");
    assert_eq!(post("permalink: /a/b.html").path, "a/b.html");
    assert_eq!(post("permalink: /:year/:title/").path, "2026/x/");
    let upper = post_with("permalink='date'", "posts/2026-01-14-Hello.md", "category: 云");
    assert_eq!(upper.path, "云/2026/01/14/Hello.html");
    assert_eq!(post_with("", "posts/pages/About.md", "layout: page").path, "About/");
    assert_eq!(post_with("", "posts/x.md", "layout: page\npermalink: /y.html").path, "y.html");
    // The day in an address is the day in the site's time zone.
    let late = post_with(
        "permalink='/:day/:title/'",
        "posts/2026-01-14-x.md",
        "date: 2026-01-14T20:00:00Z",
    );
    assert_eq!(late.path, "15/x/");
}

/// jekyll-redirect-from: one path or a list.
#[test]
fn old_addresses_are_paths() {
    let paths = |yaml: &str| -> Vec<String> {
        values(&post(yaml).redirects).into_iter().map(str::to_owned).collect()
    };
    assert_eq!(paths("redirect_from: /old/"), ["old/"]);
    assert_eq!(
        paths("redirect_from:\n - /a b/\n - /2019/x.html\n - /%E4%BA%91"),
        ["a b/", "2019/x.html", "云/"]
    );
    check_problem(
        "posts/2026-01-14-x.md",
        "redirect_from: https://a.example/",
        "is not a path of this site",
    );
    check_problem("posts/2026-01-14-x.md", "redirect_from: /a/../b", "begins or ends with a dot");
    check_problem("posts/2026-01-14-x.md", "redirect_from: /", "the home page can't be");
}

/// Chirpy: docs "Write a new post"; jekyll-seo-tag: image as a table.
#[test]
fn a_picture_is_a_path_or_a_table() {
    let picture = |yaml: &str| post(yaml).image.map(|image| (image.src.value, image.alt));
    let pair = |src: &str, alt: &str| Some((src.to_owned(), alt.to_owned()));
    assert_eq!(picture("image: /a.png"), pair("/a.png", ""));
    assert_eq!(picture("image:\n  path: /a.png\n  alt: 图"), pair("/a.png", "图"));
    assert_eq!(picture("image: {src: a.png}"), pair("a.png", ""));
    check_problem("posts/2026-01-14-x.md", "image: {alt: x}", "2:1: error: `image` has no `path`");
}

/// JEKYLL.md, Keys: `author`/`authors`.
#[test]
fn authors_are_one_or_many() {
    let author = |yaml: &str| post(yaml).author;
    assert_eq!(author("author: 甲").as_deref(), Some("甲"));
    assert_eq!(author("authors: [甲, 乙]").as_deref(), Some("甲、乙"));
    assert_eq!(author("author: {name: 甲, url: x}").as_deref(), Some("甲"));
    assert_eq!(author("title: x"), None);
}

#[test]
fn the_other_keys_are_read() {
    let post = post(
        "excerpt: 摘要\nexcerpt_separator: <!--end-->\nlang: zh_CN\nseries: 系列\nkeywords: a, b\n\
         description: 一句\nmedia_subpath: /assets/x/\nrender_with_liquid: false\ntoc: false\ncomments: true",
    );
    assert_eq!(post.excerpt.as_deref(), Some("摘要"));
    assert_eq!(post.excerpt_separator.as_deref(), Some("<!--end-->"));
    assert_eq!((post.language.as_deref(), post.series.as_deref()), (Some("zh-CN"), Some("系列")));
    assert_eq!(post.keywords, ["a", "b"]);
    assert_eq!(post.media_subpath.as_deref(), Some("/assets/x/"));
    assert!(!post.liquid);
}

/// Jekyll: lib/jekyll/frontmatter_defaults.rb: the deeper path wins, a key of the file wins most.
#[test]
fn defaults_fill_in_what_a_file_lacks() {
    let config = "[[defaults]]\n[defaults.values]\nauthor='all'\npin=true\n\
                  [[defaults]]\npath='deep'\nkind='post'\n[defaults.values]\nauthor='deep'\n\
                  [[defaults]]\npath='docs'\n[defaults.values]\nlayout='page'\n";
    let author = |name: &str, yaml: &str| post_with(config, name, yaml).author;
    assert_eq!(author("posts/2026-01-14-x.md", "title: x").as_deref(), Some("all"));
    assert_eq!(author("posts/deep/er/2026-01-14-x.md", "title: x").as_deref(), Some("deep"));
    assert_eq!(author("posts/deep/2026-01-14-x.md", "author: own").as_deref(), Some("own"));
    assert_eq!(author("posts/deeper/2026-01-14-x.md", "title: x").as_deref(), Some("all"));
    assert!(post_with(config, "posts/2026-01-14-x.md", "title: x").pinned);
    assert_eq!(post_with(config, "posts/docs/x.md", "title: x").kind, Kind::Page);
    let bad = "[[defaults]]\n[defaults.values]\npin='maybe'\n";
    let (_, problems) = parse_with(bad, "posts/2026-01-14-x.md", "---\ntitle: x\n---\nx\n");
    assert!(problems[0].contains("it stands in `[[defaults]]`"), "{problems:?}");
}

#[test]
fn mistakes_are_named_where_they_stand() {
    let dated = "posts/2026-01-14-x.md";
    for (yaml, want) in [
        ("date: 2026-02-30", "2026-01-14-x.md:2:7: error: there is no 2026-02-30"),
        ("date: 99999-01-01", "is not a date"),
        ("date: 2026-01-01 10:00 +25:00", "`+25:00` is not an offset"),
        ("title: ~", "`title` is empty"),
        ("title: [a]", "`title` must be a text, found a list"),
        ("source: example", "`source` is not a web address"),
        ("permalink: /sw/../x", "begins or ends with a dot"),
        ("permalink: /tags/", "`tags` is a path of the site itself"),
        ("permalink: /sw.js", "`sw.js` is a path of the site itself"),
        ("permalink: /:nope/", "unknown placeholder `:nope`"),
        ("titel: x", "2:1: warning: unknown key `titel`\n  help: did you mean `title`?"),
        ("hidden: true", "warning: `hidden` has no effect yet"),
        ("title: \"a\\0b\"", "control character"),
        ("title: a\u{0}b", "2:9: error: the front matter holds the control character '\\0'"),
        ("title: \"a\u{202E}b\"", "warning: `title` holds the invisible character U+202E"),
        ("tags: [a, b\u{200B}c]", "2:11: warning: `tags` holds the invisible character U+200B"),
        ("lang: chinese!", "`chinese!` is not a language"),
    ] {
        check_problem(dated, yaml, want);
    }
    for slug in ["../x", "/etc", "a%2fb", "CON", "\"\"", "~", "a\\b", &"x".repeat(300)] {
        check_problem(dated, &format!("slug: {slug}"), "slug");
    }
}

#[test]
fn emoji_joined_by_an_invisible_character_are_fine() {
    let (_, problems) =
        parse_with("", "posts/2026-01-14-x.md", "---\ntitle: 👩\u{200D}💻\n---\nx\n");
    assert_eq!(problems, Vec::<String>::new());
}
