use super::*;

fn settings() -> Settings {
    Settings { permalink: "date".to_owned(), ..Settings::default() }
}

/// The file that a page becomes, and what was changed.
fn check(path: &str, text: &str, want: &str, changes: &[&str]) {
    match turn(path, None, text.as_bytes().to_vec(), &settings()) {
        Outcome::Taken { bytes, changes: got } => {
            assert_eq!(String::from_utf8(bytes).unwrap(), want);
            assert_eq!(got, changes, "{text}");
        }
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn only_two_lines_are_touched() {
    check(
        "about.md",
        "---\ntitle: 关于\nlayout:   default   # theirs\nx: 1\n---\n\n正文  \n",
        "---\npermalink: /about.html\ntitle: 关于\nlayout: page   # theirs\nx: 1\n---\n\n正文  \n",
        &["layout: page", "permalink: /about.html"],
    );
    check(
        "a.md",
        "---\nlayout: page\npermalink: /a/\n---\n",
        "---\nlayout: page\npermalink: /a/\n---\n",
        &[],
    );
    check(
        "a.md",
        "---\nlayout:\npermalink:\nb: c\n---\n",
        "---\nlayout: page\npermalink: /a.html\nb: c\n---\n",
        &["layout: page", "permalink: /a.html"],
    );
    check(
        "x/a.md",
        "---\npermalink: /:path/:basename/\n---\n",
        "---\nlayout: page\npermalink: /x/a/\n---\n",
        &["layout: page", "permalink: /x/a/"],
    );
    check(
        "a.md",
        "---\n---\n",
        "---\nlayout: page\npermalink: /a.html\n---\n",
        &["layout: page", "permalink: /a.html"],
    );
}

#[test]
fn line_ends_and_marks_stay() {
    check(
        "a.md",
        "\u{FEFF}---\r\ntitle: 一\r\nlayout: about\r\n---\r\nx\r\n\ny",
        "\u{FEFF}---\r\npermalink: /a.html\r\ntitle: 一\r\nlayout: page\r\n---\r\nx\r\n\ny",
        &["layout: page", "permalink: /a.html"],
    );
}

#[test]
fn indented_keys_stay_one_table() {
    check(
        "a.md",
        "---\n  # c\n  title: x\n  permalink: /a/\n---\n",
        "---\n  layout: page\n  # c\n  title: x\n  permalink: /a/\n---\n",
        &["layout: page"],
    );
}

#[test]
fn values_over_several_lines_are_replaced_whole() {
    check(
        "a.md",
        "---\nlayout: >-\n  about\npermalink: /a/\n---\nx\n",
        "---\nlayout: page\npermalink: /a/\n---\nx\n",
        &["layout: page"],
    );
}

#[test]
fn an_address_of_our_own_kind_needs_no_permalink() {
    let settings = Settings { permalink: "pretty".to_owned(), ..Settings::default() };
    let check = |path: &str, text: &str, want: &[&str]| match turn(
        path,
        None,
        text.as_bytes().to_vec(),
        &settings,
    ) {
        Outcome::Taken { changes, .. } => assert_eq!(changes, want, "{path} {text}"),
        other => panic!("{other:?}"),
    };
    check("about.md", "---\nlayout: page\n---\n", &[]);
    check("关于.md", "---\nlayout: page\n---\n", &[]);
    check("About.md", "---\nlayout: page\n---\n", &["permalink: /About/"]);
    check("x/about.md", "---\nlayout: page\n---\n", &["permalink: /x/about/"]);
    check("x/index.md", "---\nlayout: page\n---\n", &["permalink: /x/"]);
    // Jekyll's pages have no slug, Inkstone's do.
    check("about.md", "---\nlayout: page\nslug: me\n---\n", &["permalink: /about/"]);
    check("2026-01-02-a.md", "---\nlayout: page\n---\n", &["permalink: /2026-01-02-a/"]);
    check("a #b.md", "---\nlayout: page\n---\n", &["permalink: \"/a #b/\""]);
}

#[test]
fn pages_that_inkstone_makes_are_left() {
    for (path, text) in [
        ("index.md", "---\n---\n"),
        ("404.md", "---\npermalink: /404.html\n---\n"),
        ("x/y.md", "---\nlayout: archives\n---\n"),
        ("x/tags.md", "---\npermalink: /tags/\n---\n"),
        ("search.md", "---\n---\n"),
    ] {
        assert_eq!(turn(path, None, text.into(), &settings()), Outcome::Own, "{path}");
    }
    assert!(matches!(
        turn("x/tags.md", None, "---\n---\n".into(), &settings()),
        Outcome::Taken { .. }
    ));
}

#[test]
fn what_is_unclear_is_copied_and_named() {
    let check = |bytes: &[u8], want: &str| match turn("a.md", None, bytes.to_vec(), &settings()) {
        Outcome::Unclear { bytes: got, why } => {
            assert!(why.contains(want), "{why}");
            assert_eq!(got, bytes);
        }
        other => panic!("{other:?}"),
    };
    check(b"---\ntitle: \xE9\n---\n", "not UTF-8");
    check(b"---\ntitle: x\n", "never closed");
    check(b"---\ntitle: a: b\n---\n", "not valid");
    check(b"---\n- a\n---\n", "not valid");
    check(b"---\n{title: a}\n---\n", "in braces");
    check(b"---\n{\n  title: a,\n  layout: b\n}\n---\n", "in braces");
    check(b"---\n# c\n{\n  title: a,\n  layout: b\n}\n---\n", "in braces");
    let outcome = turn("a.md", None, b"---\npermalink: /:foo/\n---\n".to_vec(), &settings());
    let Outcome::Unclear { bytes, why } = outcome else { panic!() };
    assert_eq!(bytes, b"---\nlayout: page\npermalink: /:foo/\n---\n");
    assert_eq!(why, "its address has `:foo`, which is not known here; set its `permalink`");
}

/// Keys and values of a file's front matter.
fn read(bytes: &[u8]) -> Vec<(String, Value)> {
    let source = Source::new(Path::new("a.md"), bytes.to_vec()).unwrap();
    let parts = front_matter::split(&source).unwrap();
    let Value::Map(entries) = yaml::parse(&source, parts.yaml).unwrap().value else { panic!() };
    // Without the places, which shift.
    let plain = |value| match value {
        Value::List(items) => Value::Scalar { text: items.len().to_string(), quoted: false },
        Value::Map(inner) => Value::Scalar { text: inner.len().to_string(), quoted: false },
        value => value,
    };
    entries.into_iter().map(|entry| (entry.key, plain(entry.node.value))).collect()
}

/// Turns a file of these keys: `layout` and `permalink` are set, the others as before.
fn check_keys(keys: &str, end: &str) {
    let text = format!("---\n{keys}---\nbody\n").replace('\n', end);
    let outcome = turn("a.md", None, text.clone().into(), &settings());
    let Outcome::Taken { bytes, .. } = outcome else { panic!("{text}") };
    let got = read(&bytes);
    let scalar = |text: &str| Value::Scalar { text: text.to_owned(), quoted: false };
    for set in [("layout", "page"), ("permalink", "/a.html")] {
        assert!(got.contains(&(set.0.to_owned(), scalar(set.1))), "{text}");
    }
    let others = |mut pairs: Vec<(String, Value)>| {
        pairs.retain(|(key, _)| key != "layout" && key != "permalink");
        pairs
    };
    let empty = keys.replace("# c\n", "").trim().is_empty();
    let want = if empty { Vec::new() } else { others(read(text.as_bytes())) };
    assert_eq!(others(got), want, "{text}");
    assert!(bytes.ends_with(format!("---{end}body{end}").as_bytes()));
}

#[test]
fn every_other_key_reads_as_before() {
    let layouts = [
        "",
        "layout: x\n",
        "layout:\n",
        "layout: ~ # c\n",
        "\"layout\": 'x'  # c\n",
        "layout: |\n  x\n  y\n",
        "layout: >-\n  x\n\n",
        "layout: [a, b]\n",
        "layout:\n  - a\n  - b\n",
        "layout: \"a\n  b\"\n",
        "layout:   # c\n",
        "layout : x\n",
        "layout: x\n\n# c\n",
    ];
    let befores = ["", "title: 云 # c\n", "tags:\n- a\n- b\n", "image:\n  path: x\n", "# c\n"];
    let afters = ["", "t: 云 # c\n", "u:\n- a\n- b\n", "v:\n  x: y\n", "w: |\n  a: b\n\n  c\n"];
    for layout in layouts {
        for (before, after) in befores.iter().flat_map(|b| afters.map(|a| (b, a))) {
            for end in ["\n", "\r\n"] {
                check_keys(&format!("{before}{layout}{after}"), end);
            }
        }
    }
}
