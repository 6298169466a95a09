//! A folder with a site's input, and what every test of it needs.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use inkstone::site::{self, Options};

/// A folder with a configuration, posts and a stand-in for the compiled app.
pub struct Folder {
    root: tempfile::TempDir,
}

/// The configuration that a folder begins with.
pub const CONFIG: &str = "title = \"试\"\ntimezone = \"Asia/Shanghai\"\n";

/// A post with nothing wrong.
pub const GOOD: &[u8] = "---\ntitle: 好\ntags: [AI, 云]\n---\n正文。\n".as_bytes();

impl Folder {
    /// A folder with these posts.
    pub fn new(posts: &[(&str, &[u8])]) -> Self {
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

    /// A folder with everything of another one: its configuration, its posts, its public files.
    pub fn copy_of(input: &Path) -> Self {
        let folder = Folder::new(&[]);
        for (path, bytes) in site::file::read(input).unwrap() {
            folder.write(&path, &bytes);
        }
        folder
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    pub fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub fn options(&self) -> Options {
        Options {
            posts: self.path("posts"),
            config: self.path("inkstone.toml"),
            public: self.path("public"),
            base: None,
            drafts: false,
            future: false,
            strict: false,
            live: false,
            remove_worker: false,
            compress: true,
            cards: false,
            previous: None,
            fonts: None,
            number: Some(1_700_000_000),
        }
    }

    /// Where it is built.
    pub fn out(&self) -> PathBuf {
        self.path("dist")
    }

    /// Builds; the report without the folder's own path, and the release.
    pub fn build(&self) -> (String, String) {
        self.build_with(&self.options())
    }

    /// The same with other options.
    pub fn build_with(&self, options: &Options) -> (String, String) {
        let (app, out, cache) = (self.path("app"), self.out(), self.path("cache"));
        let built = site::build(options, &app, &out, &cache).unwrap();
        (self.relative(&built.report.to_string()), built.release)
    }

    /// The report of a check.
    pub fn check(&self, options: &Options) -> String {
        self.relative(&site::check(options).unwrap().to_string())
    }

    /// A text without the folder's own path.
    fn relative(&self, text: &str) -> String {
        text.replace(&format!("{}/", self.root.path().display()), "")
    }

    pub fn output(&self) -> BTreeMap<String, Vec<u8>> {
        site::file::read(&self.path("dist")).unwrap()
    }

    pub fn text(&self, path: &str) -> String {
        String::from_utf8(fs::read(self.path("dist").join(path)).unwrap()).unwrap()
    }
}

/// The beginning of a PNG: as much as its size is read from.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    let size = [width, height].map(u32::to_be_bytes).concat();
    [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &size, b"\x08\x06\0\0\0"].concat()
}

/// Builds a folder and compares what is said, without the excerpts, with what is wanted.
pub fn check_report(folder: &Folder, want: &[&str]) {
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

/// The bytes of a post.
pub fn post(yaml: &str, body: &str) -> Vec<u8> {
    format!("---\n{yaml}\n---\n{body}\n").into_bytes()
}
