//! A plain site as `jekyll new` makes it, with the default addresses.

use super::check;

const FILES: [(&str, &str); 19] = [
    (
        "_config.yml",
        "title: My blog\nemail: me@example.org\ndescription: \"Notes: on # things\"\nauthor:\n  name: Ann \"A\" B\ntheme: minima\nplugins:\n  - jekyll-feed\nmystery: 1\n",
    ),
    ("_posts/2026-01-14-hello.md", "---\ntitle: Hello\n---\nx\n"),
    ("_posts/2026-01-15-old.html", "---\n---\n<p>x\n"),
    ("_posts/2026-01-16-old.textile", "---\n---\nh1. x\n"),
    ("_posts/template.md", "---\n---\nx\n"),
    ("_posts/.obsidian/x.md", "x\n"),
    ("about.markdown", "---\nlayout: page\ntitle: About\n---\nme\n"),
    ("docs/usage.md", "---\nlayout: docs\ntitle: Usage\n---\nuse\n"),
    ("docs/index.md", "---\ntitle: Docs\n---\nall\n"),
    ("notes.md", "no front matter\n"),
    ("broken.md", "---\ntitle: Broken\n"),
    ("contact.html", "---\nlayout: page\n---\n<form>\n"),
    ("tags/index.html", "---\n---\nx\n"),
    ("404.html", "---\npermalink: /404.html\n---\n"),
    ("index.markdown", "---\nlayout: home\n---\n"),
    ("feed.xml", "---\n---\n<feed>\n"),
    ("robots.txt", "User-agent: *\n"),
    ("CNAME", "blog.example\n"),
    ("Gemfile.lock", "x\n"),
];

#[test]
fn a_plain_site_keeps_its_addresses() {
    let sandbox = check(&FILES, TREE, SETTINGS, REPORT);
    let usage = "---\npermalink: /docs/usage.html\nlayout: page\ntitle: Usage\n---\nuse\n";
    assert_eq!(sandbox.read("new/posts/pages/docs/usage.md"), usage);
    assert!(sandbox.is_copy("broken.md", "posts/pages/broken.md"));
}

const TREE: &str = r"inkstone.toml
posts/2026-01-14-hello.md
posts/pages/about.markdown
posts/pages/broken.md
posts/pages/docs/index.md
posts/pages/docs/usage.md
public/CNAME
public/notes.md
public/robots.txt
";

const SETTINGS: &str = r#"# Made from _config.yml by `cargo inkstone import`.
# docs/configuration.md explains these keys and the others.

title = "My blog"
description = "Notes: on # things"
author = "Ann \"A\" B"

# The addresses of posts, as they were.
permalink = "date"
"#;

const REPORT: &str = r"taken
  1 post -> new/posts/
  4 pages -> new/posts/pages/
  3 other files -> new/public/
  the settings of _config.yml -> new/inkstone.toml
changed
  new/posts/pages/about.markdown: permalink: /about.html
  new/posts/pages/broken.md: its front matter is never closed, copied as it is
  new/posts/pages/docs/index.md: layout: page, permalink: /docs/
  new/posts/pages/docs/usage.md: layout: page, permalink: /docs/usage.html
left
  `email`: the theme's; write such links into a page, or into `[[navigation]]`
  `theme`: Inkstone has a look of its own; colours and links are set in `[theme]` and `[[navigation]]`
  `plugins`: Ruby plug-ins don't run; lists, redirects and offline reading are built in
  `mystery`: Inkstone has no such setting
  Gemfile.lock: belongs to the repository, not to the site
  _posts/.obsidian/: Jekyll does not publish names that begin with `.`, `_`, `#` or `~`
  404.html, feed.xml, index.markdown, tags/index.html: Inkstone has a page of its own there; text of yours belongs into another page
  _posts/ (2 files): not Markdown
  _posts/template.md: no date in its name, so Jekyll does not publish it as a post
  contact.html: pages in HTML are not taken; write the content in Markdown
next: cargo inkstone check --posts new/posts --config new/inkstone.toml --public new/public
";
