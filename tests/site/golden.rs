//! Small whole blogs as their authors wrote them, with everything that is made of them: Chirpy's
//! world, plain Jekyll's, and a Chinese one of mixed habits.
//!
//! `tests/golden/<name>/input` is a site, `expected` what it becomes. `INKSTONE_UPDATE=1` writes
//! `expected` anew; read what it changed before it is committed. A file there that nothing
//! makes any more fails the test.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use inkstone::model::{self, Catalogue, Document};
use inkstone::site::file;

use crate::support::Folder;

/// A folder of golden files.
pub fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

/// Compares what was made with the files of a folder, or writes them.
pub fn compare(folder: &Path, made: &BTreeMap<String, String>) {
    if std::env::var_os("INKSTONE_UPDATE").is_some_and(|value| value == "1") {
        let _ = fs::remove_dir_all(folder);
        let bytes = made.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes()));
        return file::write(folder, &bytes.collect()).unwrap();
    }
    let kept = file::read(folder).unwrap();
    let mut wrong = Vec::new();
    for (path, text) in made {
        match kept.get(path).map(|bytes| String::from_utf8_lossy(bytes)) {
            None => wrong.push(format!("{path} is new:\n{text}")),
            Some(kept) if kept != *text => wrong.push(difference(path, &kept, text)),
            Some(_) => {}
        }
    }
    wrong.extend(
        kept.keys()
            .filter(|path| !made.contains_key(*path))
            .map(|path| format!("{path} is not made any more")),
    );
    let hint = "if this is as it should be, run the tests once with INKSTONE_UPDATE=1";
    assert!(wrong.is_empty(), "{}:\n{}\n{hint}", folder.display(), wrong.join("\n"));
}

/// The first line that differs.
fn difference(path: &str, kept: &str, made: &str) -> String {
    let (mut old, mut new) = (kept.lines(), made.lines());
    for number in 1.. {
        match (old.next(), new.next()) {
            (None, None) => break,
            (old, new) if old == new => {}
            (old, new) => {
                let show = |line: Option<&str>| line.unwrap_or("(no line)").to_owned();
                return format!("{path}:{number}:\n  - {}\n  + {}", show(old), show(new));
            }
        }
    }
    format!("{path} differs in its line ends")
}

/// A text without the hashes in the names of files.
fn without_hashes(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('-') {
        let hash = after.bytes().take_while(u8::is_ascii_hexdigit).count();
        out += before;
        out.push('-');
        rest = match hash == 16 && after[hash..].starts_with('.') {
            true => {
                out += "HASH";
                &after[hash..]
            }
            false => after,
        };
    }
    out + rest
}

fn pretty(value: &impl serde::Serialize) -> String {
    without_hashes(&serde_json::to_string_pretty(value).unwrap()) + "\n"
}

/// Builds a site and compares all that is of its author.
fn check(name: &str) {
    let folder = folder(name);
    let site = Folder::copy_of(&folder.join("input"));
    let (report, release) = site.build();
    assert!(!release.is_empty(), "{report}");
    let output = site.output();
    let found = output.keys().find(|path| without_hashes(path) == "data/catalogue-HASH.json");
    let catalogue: Catalogue = model::read(&output[found.unwrap()]).unwrap();
    let mut made = BTreeMap::from([
        ("report.txt".to_owned(), report + "\n"),
        ("files.txt".to_owned(), files(output.keys())),
        ("redirects.json".to_owned(), pretty(&catalogue.redirects)),
    ]);
    let posts = catalogue.posts.iter().map(|post| (&post.path, &post.data));
    for (path, data) in posts.chain(catalogue.pages.iter().map(|page| (&page.path, &page.data))) {
        let mut document: Document = model::read(&output[data]).unwrap();
        let stem = format!("documents/{}", path.trim_end_matches('/').replace('/', "+"));
        made.insert(format!("{stem}.md"), std::mem::take(&mut document.markdown));
        made.insert(format!("{stem}.json"), pretty(&document));
    }
    made.insert("catalogue.json".to_owned(), pretty(&catalogue));
    compare(&folder.join("expected"), &made);
}

/// What is served, one path a line; compressed copies are left out.
fn files<'a>(paths: impl Iterator<Item = &'a String>) -> String {
    let own = paths.filter(|path| !path.ends_with(".br") && !path.ends_with(".gz"));
    let names: std::collections::BTreeSet<String> =
        own.map(|path| without_hashes(path) + "\n").collect();
    names.into_iter().collect()
}

#[test]
fn a_blog_of_chirpy() {
    check("chirpy");
}

#[test]
fn a_blog_of_plain_jekyll() {
    check("jekyll");
}

#[test]
fn a_chinese_blog_of_mixed_habits() {
    check("chinese");
}

#[test]
fn hashes_are_left_out_of_names_only() {
    let text = "data/a-0123456789abcdef.json a-b-0123456789abcdef b-01234567.js";
    assert_eq!(without_hashes(text), "data/a-HASH.json a-b-0123456789abcdef b-01234567.js");
}
