//! A site like Chirpy's own starter: `_config.yml` shortened, its keys kept.

use super::check;

const CONFIG: &str = r#"theme: jekyll-theme-chirpy
lang: zh-CN
timezone: Asia/Shanghai
title: 云上札记 # the main title
tagline: 记下数字
description: >- # used by seo meta and the atom feed
  读公开的云原生新闻，
  记下数字。
url: "https://you.github.io"
github:
  username: you
social:
  name: 云原生观察
  email: you@example.org
  links:
    - https://github.com/you
webmaster_verifications:
  google:
analytics:
  google:
    id:
theme_mode: # [light | dark]
cdn:
avatar: /assets/img/me.jpg
toc: true
comments:
  provider:
pwa:
  enabled: true
paginate: 10
baseurl: ""
kramdown:
  syntax_highlighter: rouge
collections:
  tabs:
    output: true
    sort_by: order
defaults:
  - scope:
      path: ""
      type: posts
    values:
      layout: post
      comments: true
      toc: true
      permalink: /posts/:title/
  - scope:
      path: _drafts
    values:
      comments: false
  - scope:
      path: ""
      type: tabs
    values:
      layout: page
      permalink: /:title/
  - scope:
      path: assets/js/dist
    values:
      swcache: true
sass:
  style: compressed
exclude:
  - "*.gem"
  - docs
  - tools
  - README.md
  - LICENSE
  - package*.json
jekyll-archives:
  enabled: [categories, tags]
"#;

const FILES: [(&str, &str); 21] = [
    ("_config.yml", CONFIG),
    ("_posts/2026-01-14-hello.md", "---\ntitle: 你好\n---\n正文\n"),
    ("_posts/k8s/2026-01-15-pods.markdown", "---\ntitle: Pods\n---\nx\n"),
    ("_drafts/idea.md", "---\ntitle: 想法\n---\nx\n"),
    (
        "_tabs/about.md",
        "---\n# the default layout is 'page'\nicon: fas fa-info-circle\norder: 4\n---\n\n关于我\n",
    ),
    ("_tabs/archives.md", "---\nlayout: archives\nicon: fas fa-archive\norder: 3\n---\n"),
    ("_tabs/categories.md", "---\nlayout: categories\norder: 1\n---\n"),
    ("_tabs/tags.md", "---\nlayout: tags\norder: 2\n---\n"),
    ("_data/contact.yml", "- type: github\n"),
    ("_data/share.yml", "x: 1\n"),
    ("_plugins/posts-lastmod-hook.rb", "x\n"),
    ("assets/img/me.jpg", "jpg"),
    ("assets/img/favicons/favicon.ico", "ico"),
    ("assets/css/jekyll-theme-chirpy.scss", "---\n---\n@import 'main';\n"),
    ("index.html", "---\nlayout: home\n---\n"),
    ("Gemfile", "source\n"),
    ("README.md", "# Starter\n"),
    ("LICENSE", "MIT\n"),
    ("tools/run.sh", "x\n"),
    (".github/workflows/pages-deploy.yml", "x\n"),
    ("_site/index.html", "built\n"),
];

#[test]
fn a_chirpy_site_is_taken_over() {
    let sandbox = check(&FILES, TREE, SETTINGS, REPORT);
    assert!(sandbox.is_copy("_posts/2026-01-14-hello.md", "posts/2026-01-14-hello.md"));
    let about = "---\nlayout: page\n# the default layout is 'page'\nicon: fas fa-info-circle\norder: 4\n---\n\n关于我\n";
    assert_eq!(sandbox.read("new/posts/pages/_tabs/about.md"), about);
}

const TREE: &str = r"inkstone.toml
posts/2026-01-14-hello.md
posts/_drafts/idea.md
posts/k8s/2026-01-15-pods.markdown
posts/pages/_tabs/about.md
public/assets/img/favicons/favicon.ico
public/assets/img/me.jpg
";

const SETTINGS: &str = r#"# Made from _config.yml by `cargo inkstone import`.
# docs/configuration.md explains these keys and the others.

title = "云上札记"
description = "读公开的云原生新闻， 记下数字。"
author = "云原生观察"
language = "zh-CN"

# The whole address; its path is where the site is mounted.
url = "https://you.github.io/"

# Dates without an offset are read in this time zone.
timezone = "Asia/Shanghai"

# The addresses of posts, as they were.
permalink = "/posts/:title/"

# Posts on one page of a list.
page_size = 10

# Front matter that files have unless they say otherwise.
[[defaults]]
path = ""
kind = "post"
[defaults.values]
comments = true
toc = true

[[defaults]]
path = "_drafts"
kind = "post"
[defaults.values]
comments = false
"#;

const REPORT: &str = r"taken
  2 posts -> new/posts/
  1 draft -> new/posts/
  1 page -> new/posts/pages/
  2 other files -> new/public/
  the settings of _config.yml -> new/inkstone.toml
changed
  new/posts/pages/_tabs/about.md: layout: page
left
  `theme`, `avatar`, `toc`: Inkstone has a look of its own; colours and links are set in `[theme]` and `[[navigation]]`
  `tagline`: Inkstone has no such setting
  `github`, `social`: the theme's; write such links into a page, or into `[[navigation]]`
  `webmaster_verifications`, `analytics`, `comments`: reading a page asks no third party
  `pwa`, `jekyll-archives`: Ruby plug-ins don't run; lists, redirects and offline reading are built in
  `kramdown`: Markdown is read in one way, see docs/writing.md
  `sass`: only for Jekyll's own build
  .github/: Jekyll does not publish names that begin with `.`, `_`, `#` or `~`
  Gemfile: belongs to the repository, not to the site
  LICENSE, README.md, tools/: in `exclude` of the settings
  _data/ (2 files): data for templates; Inkstone has none
  _plugins/ (1 file): Ruby plug-ins don't run
  _site/: what Jekyll built
  _tabs/archives.md, _tabs/categories.md, _tabs/tags.md, index.html: Inkstone has a page of its own there; text of yours belongs into another page
  assets/css/jekyll-theme-chirpy.scss: style sheets and scripts of the theme, which need Jekyll's compilers
  defaults of `assets/js/dist`: no folder of posts or pages that are taken
next: cargo inkstone check --posts new/posts --config new/inkstone.toml --public new/public
";
