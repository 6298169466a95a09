//! Builds again and again with what the builds before left: each gives what a build from nothing
//! gives, whatever has changed in between.

use std::fs;

use inkstone::site::memo::Memory;
use inkstone::site::{self, Options};

use crate::support::{CONFIG, Folder, post};

const SVG: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"6\"></svg>";

const WIDE: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"80\" height=\"6\"></svg>";

/// A blog in which posts refer to each other in every way, large enough for its lists to be parts.
fn blog() -> Folder {
    let folder = Folder::new(&[]);
    folder.write("public/images/x.svg", SVG);
    folder.write("public/icon.svg", SVG);
    folder.write("posts/a/pic.svg", SVG);
    folder.write("posts/about.md", &post("layout: page\ntitle: 关于", "我。"));
    folder.write("posts/a/2026-01-01-a.md", &first("正文。"));
    folder.write(
        "posts/2026-01-02-b.md",
        &post(
            "title: 乙\ntags: [云, Rust]\nseries: 连载\ntranslation_key: t",
            "## 标题\n\n容器技术 ![x](/images/x.svg)",
        ),
    );
    folder.write(
        "posts/2026-01-03-c.md",
        &post(
            "title: C\nlang: en\ntranslation_key: t\nimage: /images/x.svg",
            "Text of containers.",
        ),
    );
    folder.write("posts/2026-01-04-d.md", &post("title: 丁\nseries: 连载", "容器技术，容器。"));
    folder.write("posts/2026-01-05-e.md", &post("title: 戊\ndraft: true", "草稿。"));
    for n in 10..60 {
        let front = format!("title: 第{n}篇\ntags: [t{}, 云]\ncategories: [c{}]", n % 7, n % 3);
        folder
            .write(&format!("posts/2025-02-01-p{n}.md"), &post(&front, "容器技术 [a](/posts/a/)"));
    }
    folder
}

/// The post that refers to the others.
fn first(text: &str) -> Vec<u8> {
    let body = "{text}\n\n![图](pic.svg) [标](../2026-01-02-b.md#标题) {% post_url 2026-01-02-b %} $x^2$\n\n\
                ```rust\nlet a = 1;\n```\n\n```mermaid\nflowchart LR\n  a --> b\n```\n";
    post("title: 甲\ntags: [AI, 云]", &body.replace("{text}", text))
}

type Change = (&'static str, fn(&Folder, &mut Options));

const CHANGES: [Change; 26] = [
    ("nothing", |_, _| {}),
    ("a body", |folder, _| folder.write("posts/a/2026-01-01-a.md", &first("改过。"))),
    ("nothing after it", |_, _| {}),
    ("a body as it was", |folder, _| folder.write("posts/a/2026-01-01-a.md", &first("正文。"))),
    ("a title", |folder, _| replace(folder, "posts/2026-01-04-d.md", "丁", "新丁")),
    ("tags", |folder, _| replace(folder, "posts/2026-01-02-b.md", "Rust", "Go")),
    ("a heading that a link names", |folder, _| {
        replace(folder, "posts/2026-01-02-b.md", "## 标题", "## 改名");
    }),
    ("a series", |folder, _| replace(folder, "posts/2026-01-04-d.md", "连载", "别的")),
    ("a translation", |folder, _| {
        replace(folder, "posts/2026-01-03-c.md", "translation_key: t\n", "");
    }),
    ("a new post", |folder, _| {
        folder.write("posts/2026-03-01-new.md", &post("title: 新\ntags: [云]", "容器。"));
    }),
    ("a post that is deleted", |folder, _| {
        fs::remove_file(folder.path("posts/2025-02-01-p30.md")).unwrap();
    }),
    ("a post at another address", |folder, _| {
        replace(folder, "posts/2026-01-02-b.md", "title:", "slug: bb\nredirect_from: /b/\ntitle:");
    }),
    ("a file beside a post", |folder, _| folder.write("posts/a/pic.svg", WIDE)),
    ("a public file", |folder, _| folder.write("public/images/x.svg", WIDE)),
    ("a public file more", |folder, _| folder.write("public/posts.txt", b"x")),
    ("the icon", |folder, _| folder.write("public/icon.svg", WIDE)),
    ("an error", |folder, _| folder.write("posts/2026-03-02-bad.md", b"---\ntitle: x\n")),
    ("an error mended", |folder, _| {
        fs::remove_file(folder.path("posts/2026-03-02-bad.md")).unwrap();
    }),
    ("drafts", |_, options| options.drafts = true),
    ("the title of the site", |folder, _| {
        replace(folder, "inkstone.toml", "试", "站");
    }),
    ("its address", |folder, _| {
        let config = format!("{CONFIG}url = \"https://a.example/sub/\"\n");
        folder.write("inkstone.toml", config.as_bytes());
    }),
    ("its language", |folder, _| {
        folder.write("inkstone.toml", format!("{CONFIG}language = \"en\"\n").as_bytes());
    }),
    ("its base", |_, options| options.base = Some("/a/b/".to_owned())),
    ("the kill switch", |_, options| options.remove_worker = true),
    ("the local server", |_, options| options.live = true),
    ("the app", |folder, _| folder.write("app/a-1.css", b"body{margin:0}")),
];

fn replace(folder: &Folder, path: &str, old: &str, new: &str) {
    let text = fs::read_to_string(folder.path(path)).unwrap();
    assert!(text.contains(old), "{path} has no {old}");
    folder.write(path, text.replace(old, new).as_bytes());
}

#[test]
fn a_build_with_a_memory_gives_what_one_without_gives() {
    let folder = blog();
    let mut options = Options { compress: false, ..folder.options() };
    let (mut memory, mut before) = (Memory::new(), String::new());
    let (app, cache) = (folder.path("app"), folder.path("cache"));
    for (what, change) in CHANGES {
        change(&folder, &mut options);
        let again =
            site::rebuild(&options, &app, &folder.path("again"), &cache, &mut memory).unwrap();
        // Nor may the colours of code that are kept on disk hide anything.
        let anew = folder.path("cache of nothing");
        let fresh = site::build(&options, &app, &folder.path("dist"), &anew).unwrap();
        fs::remove_dir_all(&anew).ok();
        assert_eq!(again.report.to_string(), fresh.report.to_string(), "{what}");
        assert_eq!(again.release, fresh.release, "{what}");
        let (files, want) = (site::file::read(&folder.path("again")).unwrap(), folder.output());
        for (path, bytes) in &want {
            assert!(files.get(path) == Some(bytes), "{what}: {path} differs");
        }
        assert_eq!(files.len(), want.len(), "{what}");
        let changed = !what.starts_with("nothing") && what != "an error";
        assert_eq!(
            again.release != before && !again.release.is_empty(),
            changed || before.is_empty(),
            "{what}"
        );
        before = again.release;
    }
}
