//! A Chinese site with a `baseurl`, categories as folders, drafts, defaults and collections.

use super::check;

const CONFIG: &str = r#"title: 混合
url: https://you.example/
baseurl: /博客
author: 我
locale: zh_CN
permalink: pretty
excerpt_separator: <!--more-->
paginate: 500
timezone: Beijing
destination: ./public
include: [_pages, .well-known]
exclude: ["*.psd", secret]
collections:
  notes:
    output: true
    permalink: /n/:path/
  books:
    output: false
defaults:
  - scope: {path: _posts/tech, type: posts}
    values: {layout: post, author: 技术组, tags: [a, "b"], n: 1, v: 1.10, image: {path: /x.png}}
  - scope: {path: 生活}
    values: {comments: false, permalink: "/life/:title/"}
  - scope: {path: _notes, type: notes}
    values: {toc: yes}
  - scope: {path: "", type: books}
    values: {toc: true}
  - scope: {path: "docs/*/x"}
    values: {toc: true}
  - scope: {path: _pages, type: pages}
    values: {permalink: "/:basename/", author: 页}
"#;

const FILES: [(&str, &str); 19] = [
    ("_config.yml", CONFIG),
    ("_posts/tech/2026-01-14-云.md", "---\ntitle: 云\n---\nx\n"),
    ("生活/_posts/2026-01-15-饭.md", "---\ntitle: 饭\n---\nx\n"),
    ("生活/_drafts/茶.md", "---\ntitle: 茶\n---\nx\n"),
    ("_drafts/酒.md", "---\ntitle: 酒\n---\nx\n"),
    ("_pages/关于.md", "---\r\ntitle: 关于\r\n---\r\n\r\n我\r\n"),
    ("_notes/甲/乙.md", "---\ntitle: 乙\n---\nx\n"),
    ("_notes/甲/图.png", "png"),
    ("_books/书.md", "---\n---\nx\n"),
    ("_layouts/default.html", "x\n"),
    ("_includes/head.html", "x\n"),
    ("图/云.png", "png"),
    ("图/云.psd", "psd"),
    ("secret/key.txt", "x\n"),
    (".well-known/security.txt", "x\n"),
    (".env", "x\n"),
    ("data/x.json", "{}\n"),
    ("public/index.html", "built\n"),
    ("assets/app.js", "---\n---\nx\n"),
];

#[test]
fn a_mixed_site_is_taken_over() {
    let sandbox = check(&FILES, TREE, SETTINGS, REPORT);
    let about = "---\r\nlayout: page\r\ntitle: 关于\r\n---\r\n\r\n我\r\n";
    assert_eq!(sandbox.read("new/posts/pages/_pages/关于.md"), about);
    let note = "---\nlayout: page\npermalink: /n/甲/乙/\ntitle: 乙\n---\nx\n";
    assert_eq!(sandbox.read("new/posts/pages/_notes/甲/乙.md"), note);
}

const TREE: &str = r"inkstone.toml
posts/_drafts/酒.md
posts/pages/_notes/甲/乙.md
posts/pages/_pages/关于.md
posts/tech/2026-01-14-云.md
posts/生活/_drafts/茶.md
posts/生活/_posts/2026-01-15-饭.md
public/.well-known/security.txt
public/notes/甲/图.png
public/图/云.png
";

const SETTINGS: &str = r#"# Made from _config.yml by `cargo inkstone import`.
# docs/configuration.md explains these keys and the others.

title = "混合"
author = "我"
language = "zh-CN"

# The whole address; its path is where the site is mounted.
url = "https://you.example/博客/"

# The addresses of posts, as they were.
permalink = "pretty"

# In a post, what comes before this is its excerpt.
excerpt_separator = "<!--more-->"

# Front matter that files have unless they say otherwise.
[[defaults]]
path = "tech"
kind = "post"
[defaults.values]
author = "技术组"
tags = ["a", "b"]
n = 1
v = "1.10"
image = { path = "/x.png" }

[[defaults]]
path = "生活"
kind = "post"
[defaults.values]
comments = false
permalink = "/life/:title/"

[[defaults]]
path = "pages/_notes"
kind = "page"
[defaults.values]
toc = "yes"

[[defaults]]
path = "pages/_pages"
kind = "page"
[defaults.values]
author = "页"
"#;

const REPORT: &str = r"taken
  2 posts -> new/posts/
  2 drafts -> new/posts/
  2 pages -> new/posts/pages/
  3 other files -> new/public/
  the settings of _config.yml -> new/inkstone.toml
changed
  new/posts/pages/_notes/甲/乙.md: layout: page, permalink: /n/甲/乙/
  new/posts/pages/_pages/关于.md: layout: page
left
  `timezone`: there is no time zone `Beijing`; write a name such as Asia/Shanghai
  `paginate`: a page lists 1 to 100 posts, found `500`
  .env: Jekyll does not publish names that begin with `.`, `_`, `#` or `~`
  _books/ (1 file): Jekyll does not publish it: no collection with `output: true`, not in `include`
  _includes/ (1 file), _layouts/ (1 file): templates of the theme; Inkstone has its own
  public/: what Jekyll built
  secret/, 图/云.psd: in `exclude` of the settings
  assets/app.js: style sheets and scripts of the theme, which need Jekyll's compilers
  data/x.json: Inkstone's build writes a file or folder of this name itself
  defaults of all books: the collection `books` is not taken
  defaults of `docs/*/x`: globs are not known; write the folder
next: cargo inkstone check --posts new/posts --config new/inkstone.toml --public new/public
";
