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
    folder.write("posts/2026-01-06-good.md", GOOD);
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
    assert!(folder.build().0.ends_with("0 errors, 0 warnings"));
    for page in ["index.html", "posts/a/index.html", "tags/index.html"] {
        let html = folder.text(page);
        let scripts = html.matches("<script").count();
        assert_eq!(scripts, 2, "{page}: only the theme's and the app's own");
        assert!(!html.contains("<img src=x") && !html.contains("javascript:"), "{page}");
    }
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
    assert!(report.ends_with("5 files read: 5 posts, 0 pages; 0 errors, 0 warnings"), "{report}");
    let tags = folder.text("tags/index.html");
    assert_eq!(tags.matches("href=\"/tags/ai/\"").count(), 1);
}
