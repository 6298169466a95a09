//! Everything that an author can be told, in one file that is read like one: each mistake once,
//! `tests/golden/messages/input`, and what is said of it, `expected/messages.txt`.
//!
//! What no file of a repository can be is made here: links, files of many bytes, deep nesting.

use std::collections::BTreeMap;

use inkstone::site::diagnostic::Severity;
use inkstone::site::{self, Options};

use crate::golden;
use crate::severities::ROWS;
use crate::support::{Folder, png, post};

/// The mistakes of posts and of public files.
fn input() -> Folder {
    let folder = Folder::copy_of(&golden::folder("messages").join("input"));
    let big = [b"---\ntitle: Big\n---\n".as_slice(), &vec![b'x'; 6 << 20]].concat();
    folder.write("posts/row-14/2024-01-01-big.md", &big);
    let open = post(&format!("a: {}", "[".repeat(100_000)), "Text.");
    folder.write("posts/row-09/2024-01-01-brackets.md", &open);
    let keys: String = (0..10_000).map(|number| format!("key{number}: x\n")).collect();
    folder.write("posts/row-09/2024-01-01-keys.md", &post(keys.trim_end(), "Text."));
    let quotes = post("title: Deep quotes", &">".repeat(50_000));
    folder.write("posts/row-28/2024-01-01-quotes.md", &quotes);
    let items: String = (0..5_000).map(|depth| format!("{}- x\n", " ".repeat(depth * 2))).collect();
    let deep = [b"---\ntitle: Deep lists\n---\n".as_slice(), &items.as_bytes()[..4 << 20]].concat();
    folder.write("posts/row-28/2024-01-01-lists.md", &deep);
    let table = format!("{}|\n{}|\n{}", "|a".repeat(5_000), "|-".repeat(5_000), "|x\n".repeat(100));
    folder.write("posts/row-29/2024-01-01-table.md", &post("title: Wide table", &table));
    folder.write("public/clash/file.html", b"x");
    folder.write("posts/row-17/2024-01-01-folder.md", &post("permalink: /clash/file.html/x/", "x"));
    folder.write("posts/row-17/2024-01-01-old.md", &post("redirect_from: /Clash/file.html", "x"));
    folder.write("public/under.html/x.txt", b"x");
    folder.write("posts/row-17/2024-01-01-under.md", &post("permalink: /under.html", "x"));
    let pictures = [("a", 390, 844), ("b", 390, 845), ("c", 300, 600), ("d", 400, 1_000)];
    for (name, width, height) in pictures {
        folder.write(&format!("public/screenshots/{name}.png"), &png(width, height));
    }
    folder.write("public/screenshots/e.png", b"no picture");
    folder.write("public/screenshots/f.svg", b"<svg/>");
    #[cfg(unix)]
    let pipe = std::process::Command::new("mkfifo").arg(folder.path("posts/row-18/pipe")).status();
    #[cfg(unix)]
    assert!(pipe.unwrap().success());
    #[cfg(unix)]
    for (name, target) in [("leads-out", "/"), ("dangles", "nothing-here.md")] {
        let link = folder.path(&format!("posts/row-18/2024-01-01-{name}.md"));
        std::os::unix::fs::symlink(target, link).unwrap();
    }
    folder
}

/// The report of each file of settings, with no posts at all.
fn settings() -> BTreeMap<String, String> {
    let folder = Folder::new(&[]);
    let mut said = BTreeMap::new();
    for (name, bytes) in site::file::read(&golden::folder("messages").join("settings")).unwrap() {
        folder.write(&name, &bytes);
        let options = Options { config: folder.path(&name), ..folder.options() };
        said.insert(name, folder.check(&options));
    }
    let nowhere = Options {
        config: folder.path("none.toml"),
        posts: folder.path("none"),
        ..folder.options()
    };
    said.insert("nothing there".to_owned(), folder.check(&nowhere));
    said
}

fn everything() -> String {
    let folder = input();
    let mut text = folder.check(&folder.options()) + "\n";
    for (name, said) in settings() {
        text += &format!("\n== {name}\n{said}\n");
    }
    text
}

#[test]
#[cfg(unix)]
fn every_message_is_as_it_was_read() {
    let made = BTreeMap::from([("messages.txt".to_owned(), everything())]);
    golden::compare(&golden::folder("messages").join("expected"), &made);
}

#[test]
#[cfg(unix)]
fn each_row_is_as_bad_as_it_is_said_to_be() {
    let folder = input();
    let report = site::check(&folder.options()).unwrap();
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for problem in &report.diagnostics {
        let path = problem.path.strip_prefix(folder.path("posts")).unwrap_or(&problem.path);
        let sign = if problem.severity == Severity::Error { 'E' } else { 'W' };
        found.entry(path.display().to_string().replace("2024-01-01-", "")).or_default().push(sign);
    }
    let rows = |path: &&String| path.starts_with("row-");
    let got: Vec<String> =
        found.keys().filter(rows).map(|path| format!("{path} {}", found[path])).collect();
    let mut want: Vec<String> = ROWS
        .iter()
        .filter(|(_, signs)| !signs.is_empty())
        .map(|(path, signs)| format!("{path} {signs}"))
        .collect();
    want.sort();
    assert_eq!(got, want);
    for (path, _) in ROWS {
        let (first, last) = (path.find('/').unwrap() + 1, path.rfind('/').unwrap() + 1);
        let dated = |at: usize| format!("posts/{}2024-01-01-{}", &path[..at], &path[at..]);
        let names = [format!("posts/{path}"), dated(first), dated(last)];
        let there = names.iter().any(|name| folder.path(name).symlink_metadata().is_ok());
        assert!(there, "{path} is not in the folder");
    }
    let hidden: Vec<&str> = report.hidden.iter().map(|hidden| hidden.file.as_str()).collect();
    assert!(hidden.len() == 2 && hidden.iter().all(|file| file.contains("row-06")), "{hidden:?}");
}

/// Messages that no file can bring about here, each with the reason.
const NOT_HERE: &[&str] = &[
    // Names that are not UTF-8 can't be made on every file system.
    "the name of the file is not UTF-8",
    // A folder that may not be listed; tests may run as root, who may.
    "can't be read: {io}",
    // It takes some hundred others; `hostile` has it.
    "more than {MOST_LISTED} problems of one kind, the rest is not listed",
    "mend those that are listed, then look again",
    // No message: why a post is hidden, a mistake of the machine, the text of a link.
    "dated {}, which has not come; --future shows it",
    // Other posts of the folder have errors.
    "not a post, and no post shows it",
    "can't remove {}",
    "Post on X",
];

#[test]
#[cfg(unix)]
fn no_message_of_the_source_is_missing_here() {
    let said = everything();
    let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/site");
    let mut missing = Vec::new();
    for (path, bytes) in site::file::read(&source).unwrap() {
        // The reasons of diagrams and formulas are tested beside them; what the compiler made
        // (`shorten`) is no author's, nor what hosts answer (`verify`).
        let other = [
            "jekyll",
            "new_post",
            "tests",
            "report.rs",
            "diagram",
            "math",
            "shorten.rs",
            "verify",
            "feeds",
            "card",
        ];
        if !path.ends_with(".rs") || other.iter().any(|part| path.contains(part)) {
            continue;
        }
        let text = String::from_utf8(bytes).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        let unsaid =
            |message: &&String| !is_said(message, &said) && !NOT_HERE.contains(&&***message);
        missing.extend(
            messages(code).iter().filter(unsaid).map(|message| format!("{path}: {message}")),
        );
    }
    assert!(missing.is_empty(), "add an input for each of these:\n{}", missing.join("\n"));
}

/// The literals of a source that are messages: those right behind a name that says so.
fn messages(code: &str) -> Vec<String> {
    const SIGNS: [&str; 8] =
        ["message =", "error(", "warning(", "error_in(", "warning_in(", "warn(", "Err(", "=> {"];
    let code = code.replace("'\"'", "' '");
    let mut found = Vec::new();
    let mut parts =
        code.replace("\\\"", "\u{1}").split('"').map(str::to_owned).collect::<Vec<_>>().into_iter();
    while let (Some(before), Some(literal)) = (parts.next(), parts.next()) {
        let statement = before.rsplit(';').next().unwrap_or_default();
        let near =
            statement.char_indices().rev().nth(90).map_or(statement, |(at, _)| &statement[at..]);
        if SIGNS.iter().any(|sign| near.contains(sign)) && literal.contains(' ') {
            found.push(literal.replace('\u{1}', "\"").replace("{{", "{").replace("}}", "}"));
        }
    }
    found
}

/// Whether the longest piece of a message between two values is said.
fn is_said(message: &str, said: &str) -> bool {
    let mut pieces: Vec<&str> = message.split(['{', '}']).collect();
    pieces.sort_by_key(|piece| std::cmp::Reverse(piece.len()));
    said.contains(pieces[0])
}
