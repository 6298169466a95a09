//! Whole sites from folders of posts, through the steps that the command line calls.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says so by failing")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use inkstone::site::{self, Options};

/// A folder with a configuration, posts and a stand-in for the compiled app.
struct Folder {
    root: tempfile::TempDir,
}

const CONFIG: &str = "title = \"试\"\ntimezone = \"Asia/Shanghai\"\n";

impl Folder {
    fn new(posts: &[(&str, &[u8])]) -> Self {
        let folder = Folder { root: tempfile::tempdir().unwrap() };
        folder.write("inkstone.toml", CONFIG.as_bytes());
        folder.write(
            "app/index.html",
            b"<!doctype html>\n<html>\n<head>\n<link rel=\"stylesheet\" href=\"/a-1.css\"/>\n\
              <!-- inkstone:head -->\n</head>\n<body>\n<!-- inkstone:body -->\n</body>\n</html>\n",
        );
        folder.write("app/a-1.css", b"body{}");
        folder.write("app/app-1.js", b"export default 1");
        folder.write("app/app-1_bg.wasm", b"\0asm");
        fs::create_dir_all(folder.path("posts")).unwrap();
        for (name, bytes) in posts {
            folder.write(&format!("posts/{name}"), bytes);
        }
        folder
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn options(&self) -> Options {
        Options {
            posts: self.path("posts"),
            config: self.path("inkstone.toml"),
            public: self.path("public"),
            base: None,
            drafts: false,
            future: false,
            strict: false,
            live: false,
        }
    }

    /// Builds; the report without the folder's own path, and the release.
    fn build(&self) -> (String, String) {
        let (app, out, cache) = (self.path("app"), self.path("dist"), self.path("cache"));
        let built = site::build(&self.options(), &app, &out, &cache).unwrap();
        let root = format!("{}/", self.root.path().display());
        (built.report.to_string().replace(&root, ""), built.release)
    }

    fn output(&self) -> BTreeMap<String, Vec<u8>> {
        site::file::read(&self.path("dist")).unwrap()
    }

    fn text(&self, path: &str) -> String {
        String::from_utf8(fs::read(self.path("dist").join(path)).unwrap()).unwrap()
    }
}

const GOOD: &[u8] = "---\ntitle: 好\ntags: [AI, 云]\n---\n正文。\n".as_bytes();

#[test]
fn every_bad_post_is_named_in_one_run_and_the_old_site_stays() {
    let folder = Folder::new(&[("2026-01-01-good.md", GOOD)]);
    assert!(folder.build().0.ends_with("0 errors, 0 warnings"));
    let before = folder.output();
    folder.write("posts/2026-01-02-open.md", b"---\ntitle: x\n");
    folder.write("posts/2026-01-03-date.md", b"---\ntitle: x\ndate: 2026-02-30\n---\nx\n");
    folder.write("posts/2026-01-04-yaml.md", b"---\ntitle: \"x\ntags: [a\n---\nx\n");
    folder.write("posts/2026-01-05-latin.md", b"---\ntitle: caf\xe9\n---\nx\n");
    folder.write(
        "posts/2026-01-06-good.md",
        &String::from_utf8_lossy(GOOD).replace("好", "好好").into_bytes(),
    );
    folder.write("posts/2026-01-07-image.md", b"---\ntitle: x\n---\n\n![a](/no.png)\n");
    let (report, release) = folder.build();
    let expected = [
        "posts/2026-01-01-good.md:1:1: error: the address /posts/good/ is taken by",
        "posts/2026-01-02-open.md:1:1: error: the front matter that opens here is never closed",
        "posts/2026-01-03-date.md:3:7: error: there is no 2026-02-30",
        "posts/2026-01-04-yaml.md:",
        "posts/2026-01-05-latin.md:2:11: error: not UTF-8: byte 14 is 0xe9",
        "posts/2026-01-07-image.md:5:1: error: there is no image `/no.png`",
        "6 errors, 0 warnings",
    ];
    let mut rest = report.as_str();
    for want in expected {
        let at = rest.find(want).unwrap_or_else(|| panic!("{want}, in this order, in\n{report}"));
        rest = &rest[at + want.len()..];
    }
    assert_eq!(release, "");
    assert_eq!(folder.output(), before, "nothing of the old site was touched");
}

#[test]
fn the_same_input_gives_the_same_bytes_and_line_ends_do_not_matter() {
    let windows = String::from_utf8_lossy(GOOD).replace('\n', "\r\n");
    let (a, b) = (
        Folder::new(&[("2026-01-01-a.md", GOOD), ("2026-01-02-b.md", GOOD)]),
        Folder::new(&[
            ("2026-01-02-b.md", format!("\u{FEFF}{windows}").as_bytes()),
            ("2026-01-01-a.md", windows.as_bytes()),
        ]),
    );
    assert_eq!(a.build().1, b.build().1);
    assert_eq!(a.output(), b.output());
}

#[test]
fn a_changed_post_changes_its_own_data_and_the_release() {
    let folder = Folder::new(&[("2026-01-01-a.md", GOOD), ("2026-01-02-b.md", GOOD)]);
    let (_, first) = folder.build();
    let data = |folder: &Folder| -> Vec<String> {
        folder.output().into_keys().filter(|path| path.starts_with("data/posts/")).collect()
    };
    let before = data(&folder);
    folder.write("posts/2026-01-01-a.md", "---\ntitle: 好\n---\n改过。\n".as_bytes());
    let (_, second) = folder.build();
    assert_ne!(first, second);
    let after = data(&folder);
    assert_eq!(before.iter().filter(|path| after.contains(path)).count(), before.len() / 2);
}

#[test]
fn the_release_manifest_names_every_file_as_it_is() {
    let folder = Folder::new(&[("2026-01-01-a.md", GOOD)]);
    let (_, release) = folder.build();
    let output = folder.output();
    let manifest =
        output.keys().find(|path| path.starts_with("release-") && path.ends_with(".json"));
    let manifest: serde_json::Value = serde_json::from_slice(&output[manifest.unwrap()]).unwrap();
    assert_eq!(manifest["release"], release);
    let files = manifest["files"].as_object().unwrap();
    let unlisted = |path: &str| {
        path.ends_with(".br")
            || path.ends_with(".gz")
            || path.starts_with("release-")
            || ["sw.js", "_headers", ".nojekyll"].contains(&path)
    };
    for (path, bytes) in output.iter().filter(|(path, _)| !unlisted(path)) {
        let entry = &files[path];
        assert_eq!(entry["sha256"], site::file::sha256(bytes), "{path}");
        assert_eq!(entry["size"], bytes.len(), "{path}");
        assert_eq!(entry["type"], site::content_type(path), "{path}");
    }
    assert_eq!(files.len(), output.keys().filter(|path| !unlisted(path)).count());
    assert!(folder.text("index.html").contains(&format!("data-release=\"{release}\"")));
}

#[test]
fn the_base_reaches_every_url() {
    let folder = Folder::new(&[("2026-01-01-a.md", GOOD)]);
    folder.write("inkstone.toml", format!("{CONFIG}url = \"https://a.example/sub\"\n").as_bytes());
    folder.build();
    let page = folder.text("posts/a/index.html");
    for attribute in ["href=\"/", "src=\"/", "data-wasm=\"/", "data-module=\"/"] {
        for (at, _) in page.match_indices(attribute) {
            let url = &page[at + attribute.len() - 1..];
            assert!(url.starts_with("/sub/"), "{}", &url[..40.min(url.len())]);
        }
    }
    assert!(page.contains("<link rel=\"canonical\" href=\"https://a.example/sub/posts/a/\">"));
    assert!(folder.text("manifest.webmanifest").contains("\"scope\": \"/sub/\""));
}

#[test]
fn text_of_authors_is_text_in_the_page() {
    let post = "---\ntitle: '</title><script>alert(1)</script>'\ndescription: '\"><script>'\n\
                tags: ['<b>', \"constructor\", \"__proto__\"]\n---\n<script>alert(1)</script>\n\n\
                [x](javascript:alert(1)) <img src=x onerror=alert(1)>\n";
    let folder = Folder::new(&[("2026-01-01-a.md", post.as_bytes())]);
    assert!(folder.build().0.contains("; 0 errors"));
    for page in ["index.html", "posts/a/index.html", "tags/index.html"] {
        let html = folder.text(page);
        let scripts = html.matches("<script").count();
        assert_eq!(scripts, 2, "{page}: only the theme's and the app's own");
        assert!(!html.contains("<img src=x") && !html.contains("javascript:"), "{page}");
    }
}

/// Builds a folder and compares what is said, without the excerpts, with what is wanted.
fn check_report(folder: &Folder, want: &[&str]) {
    let (report, _) = folder.build();
    let said: Vec<&str> = report
        .lines()
        .filter(|line| line.contains(": error: ") || line.contains(": warning: "))
        .collect();
    assert_eq!(said.len(), want.len(), "{report}");
    for (said, want) in said.iter().zip(want) {
        assert!(said.contains(want), "{said}\nshould contain\n{want}");
    }
}

fn post(yaml: &str, body: &str) -> Vec<u8> {
    format!("---\n{yaml}\n---\n{body}\n").into_bytes()
}

#[test]
fn old_addresses_lead_on_without_script_and_keep_the_fragment_with_it() {
    let folder = Folder::new(&[(
        "2026-01-01-a.md",
        &post("redirect_from: [/old/, /2019/a.html, /云]", "x"),
    )]);
    check_report(&folder, &[]);
    for file in ["old/index.html", "2019/a.html", "云/index.html"] {
        let page = folder.text(file);
        assert!(
            page.contains("<meta http-equiv=\"refresh\" content=\"0; url=/posts/a/\">"),
            "{page}"
        );
        assert!(page.contains("data-to=\"/posts/a/\"") && page.contains("<a href=\"/posts/a/\">"));
    }
    let taken = Folder::new(&[
        ("2026-01-01-a.md", &post("redirect_from: /posts/b/", "x")),
        ("2026-01-02-b.md", &post("redirect_from: /old/", "x")),
        ("2026-01-03-c.md", &post("redirect_from: /old", "x")),
    ]);
    check_report(
        &taken,
        &["a.md:2:16: error: the old address /posts/b/", "b.md:2:16: error: the old address /old/"],
    );
}

#[test]
fn images_and_files_beside_a_post_are_published_by_their_content() {
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'/>";
    let body = "![a](./pic%20one.svg)\n\n[pdf](sub/x.pdf#page=2) [b](2026-01-02-b.md#二)";
    let folder = Folder::new(&[
        ("deep/2026-01-01-a.md", &post("title: a\nimage: pic one.svg", body)),
        ("deep/2026-01-02-b.md", &post("title: b", "## 二\n\nx")),
        ("deep/pic one.svg", svg),
        ("deep/sub/x.pdf", b"pdf"),
        ("deep/unused.bin", b"?"),
    ]);
    check_report(&folder, &["deep/unused.bin:1:1: warning: not a post, and no post shows it"]);
    let page = folder.text("posts/a/index.html");
    let output = folder.output();
    let media: Vec<&String> =
        output.keys().filter(|path| path.starts_with("data/media/")).collect();
    let media: Vec<&&String> =
        media.iter().filter(|path| path.ends_with(".svg") || path.ends_with(".pdf")).collect();
    assert_eq!(media.len(), 2, "{media:?}");
    for path in media {
        assert!(page.contains(&format!("\"/{path}")), "{path}: {page}");
    }
    assert!(
        page.contains("width=\"40\" height=\"20\"") && page.contains("href=\"/posts/b/#二\""),
        "{page}"
    );
    let missing = Folder::new(&[(
        "2026-01-01-a.md",
        &post("title: a", "![x](no.png) ![y](../../../etc/x.png)"),
    )]);
    check_report(
        &missing,
        &["a.md:4:1: error: there is no image `no.png`", "a.md:4:14: error: there is no image"],
    );
}

#[test]
fn links_within_the_site_are_followed() {
    let body = "## 一\n\n[ok](#一) [ok](/posts/a/) [ok](/posts/b/#二) [ok](/tags/t/) [ok](/x.pdf) [ok](../b/)\n\n\
                [no](#二) [no](/posts/c/) [no](/posts/b/#一) [no](../../../x) [no](example.org/x)";
    let folder = Folder::new(&[
        ("2026-01-01-a.md", &post("title: a\ntags: t", body)),
        ("2026-01-02-b.md", &post("title: b", "## 二\n\nx")),
    ]);
    folder.write("public/x.pdf", b"x");
    check_report(
        &folder,
        &[
            "a.md:9:1: warning: `#二` names a heading that is not there",
            "a.md:9:10: warning: the link `/posts/c/` leads nowhere",
            "a.md:9:26: warning: `/posts/b/#一` names a heading",
            "a.md:9:44: warning: the link `../../../x` leads out of the site",
            "a.md:9:61: warning: the link `example.org/x` leads nowhere",
        ],
    );
}

#[test]
fn spellings_look_alikes_and_titles_that_are_one_are_said() {
    let folder = Folder::new(&[
        ("2026-01-01-a.md", &post("title: 同\ntags: [AI, scope]", "x")),
        ("2026-01-02-b.md", &post("title: 同\ntags: [AI, ѕсоре]", "x")),
        ("2026-01-03-c.md", &post("title: 异\ntags: [ai]", "x")),
    ]);
    check_report(
        &folder,
        &[
            "b.md:2:8: warning: the title `同` is that of",
            "b.md:3:12: warning: `ѕсоре` looks like `scope`",
            "c.md:3:8: warning: `ai` and `AI` are one, shown as `AI`",
        ],
    );
    folder.write("inkstone.toml", format!("{CONFIG}tag_labels = [\"ai\", \"scope\"]\n").as_bytes());
    assert!(!folder.build().0.contains("are one"));
}

#[test]
fn what_is_hidden_is_listed_with_the_reason() {
    let folder = Folder::new(&[
        ("_drafts/idea.md", &post("title: d", "x")),
        ("2026-01-02-b.md", &post("published: false", "x")),
        ("2999-01-03-c.md", &post("title: c", "x")),
        ("2026-01-04-d.md", &post("title: d2", "[x](/posts/c/)")),
    ]);
    let report = site::check(&folder.options()).unwrap();
    let hidden: Vec<String> = report.hidden.iter().map(|hidden| hidden.why.clone()).collect();
    assert_eq!(
        hidden,
        [
            "`published: false`",
            "dated 2999-01-02T16:00:00Z, which has not come; --future shows it",
            "a draft; --drafts shows it",
        ]
    );
    assert!(
        report.to_string().contains("4 files read: 1 post, 0 pages, 3 hidden; 0 errors, 1 warning")
    );
    let all = site::check(&Options { drafts: true, future: true, ..folder.options() }).unwrap();
    assert_eq!((all.counts.posts, all.hidden.len()), (3, 1));
}

#[test]
fn addresses_of_jekylls_default_style_are_files() {
    let folder = Folder::new(&[
        ("2026-01-01-Hello.md", &post("categories: 云", "[b](/2026/01/02/b.html)")),
        ("2026-01-02-b.md", &post("title: b", "x")),
    ]);
    folder.write("inkstone.toml", format!("{CONFIG}permalink = \"date\"\n").as_bytes());
    check_report(&folder, &[]);
    assert!(folder.text("云/2026/01/01/Hello.html").contains("<h1>Hello</h1>"));
    assert!(folder.text("index.html").contains("href=\"/2026/01/02/b.html\""));
}

#[test]
fn pinned_posts_stand_first_and_series_know_their_parts() {
    let folder = Folder::new(&[
        ("2026-01-01-a.md", &post("title: 甲\npin: true\nseries: 系", "x")),
        ("2026-01-02-b.md", &post("title: 乙\nseries: 系", "x")),
    ]);
    check_report(&folder, &[]);
    let home = folder.text("index.html");
    let at = |title: &str| home.find(&format!("<bdi>{title}</bdi>")).unwrap();
    assert!(at("甲") < at("乙") && home.contains("class=\"pinned\""));
    let second = folder.text("posts/b/index.html");
    assert!(second.contains("第 2/2 篇") && second.contains("aria-current=\"page\""), "{second}");
}

#[test]
fn files_that_differ_by_case_or_composition_clash() {
    for (first, second) in [("Cafe\u{301}", "CAFÉ"), ("a", "A")] {
        let folder = Folder::new(&[
            (&format!("x/2026-01-01-{first}.md"), &post("title: a", "x")),
            (&format!("y/2026-01-01-{second}.md"), &post("title: b", "x")),
        ]);
        let (report, _) = folder.build();
        assert!(report.contains("is taken by"), "{report}");
    }
}

#[test]
fn what_no_post_may_be_is_refused() {
    let folder = Folder::new(&[
        ("2026-01-01-big.md", &[b"---\ntitle: x\n---\n".as_slice(), &vec![b'x'; 6 << 20]].concat()),
        ("2026-01-02-deep.md", &post("title: y", &"> ".repeat(300))),
        (
            "2026-01-03-list.md",
            &post(
                "title: z",
                &(0..300).map(|n| format!("{}- x\n", "  ".repeat(n))).collect::<String>(),
            ),
        ),
        ("2026-01-04-bomb.md", &post("a: &a [x]\nb: [*a, *a]", "x")),
        ("2026-01-05-open.md", &post(&format!("a: {}", "[".repeat(100_000)), "x")),
        ("2026-01-06-empty.md", b""),
        ("2026-01-07-nobody.md", b"---\ntitle: w\n---\n"),
        ("2026-01-08-folder.md/x.txt", b"x"),
        ("2026-01-09-nul.md", b"---\ntitle: a\0b\n---\nx\n"),
    ]);
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/hostname", folder.path("posts/2026-01-10-link.md")).unwrap();
    check_report(
        &folder,
        &[
            "big.md:1:1: error: 6291473 bytes; a post has at most 5242880",
            "deep.md:4:201: error: nested deeper than 100 levels",
            "list.md:",
            "bomb.md:3:5: error: aliases are not allowed",
            "open.md:2:259: error: bad YAML: recursion limit exceeded",
            "empty.md:1:1: error: the file is empty",
            "nobody.md:1:1: warning: the post has no text",
            "2026-01-08-folder.md:1:1: error: a folder with the name of a post",
            "x.txt:1:1: warning: not a post",
            "nul.md:2:9: error: the front matter holds the control character",
            "link.md:1:1: error: a link out of the folder",
        ],
    );
}

#[test]
fn the_order_in_which_files_come_changes_nothing() {
    let posts: Vec<(String, Vec<u8>)> = (1..=20)
        .map(|n| {
            (
                format!("2026-01-{n:02}-p{n}.md"),
                post(&format!("title: t{n}\ntags: [a{}, b]", n % 3), "正文 [x](/posts/p1/)"),
            )
        })
        .collect();
    let mut shuffled: Vec<(&str, &[u8])> =
        posts.iter().map(|(name, text)| (&**name, &**text)).collect();
    let first = Folder::new(&shuffled);
    shuffled.reverse();
    shuffled.rotate_left(7);
    let second = Folder::new(&shuffled);
    assert_eq!(first.build().1, second.build().1);
    assert_eq!(first.output(), second.output());
}

#[test]
fn the_five_seeds_build_unchanged() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    if !seeds.is_dir() {
        return;
    }
    let folder = Folder::new(&[]);
    let options = Options { posts: seeds, ..folder.options() };
    let built =
        site::build(&options, &folder.path("app"), &folder.path("dist"), &folder.path("cache"));
    let report = built.unwrap().report.to_string();
    assert!(report.contains("warning: `ai` and `AI` are one, shown as `AI`"), "{report}");
    assert!(report.ends_with("5 files read: 5 posts, 0 pages; 0 errors, 1 warning"), "{report}");
    let tags = folder.text("tags/index.html");
    assert_eq!(tags.matches("href=\"/tags/ai/\"").count(), 1);
}
