//! What an import says: *taken*, *changed*, *left*, and what to do next.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use super::Places;
use crate::site::report::{plural, printable};

/// At most this many files and folders stand on a line of *left*; keys are all named.
const NAMES: usize = 12;

/// With more files than this, *changed* names the folders of what is changed alike.
const CHANGES: usize = 12;

/// Something that is not taken, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// A file, a folder, or a key of the settings.
    pub name: String,
    /// The folder of a file; several files of one folder become one name.
    pub folder: Option<String>,
    /// Whether it is a key of the settings.
    pub key: bool,
    /// Why; names of the same reason share a line.
    pub why: String,
}

impl Left {
    /// A key of the settings.
    pub fn key(key: &str, why: impl Into<String>) -> Self {
        Left { key: true, ..Left::new(format!("`{key}`"), why) }
    }

    /// A name that stands for itself.
    pub fn new(name: impl Into<String>, why: impl Into<String>) -> Self {
        Left { name: name.into(), folder: None, key: false, why: why.into() }
    }

    /// A file, by its path in the site.
    pub fn file(path: &str, why: impl Into<String>) -> Self {
        let folder = path.rsplit_once('/').map(|(folder, _)| folder.to_owned());
        Left { name: path.to_owned(), folder, key: false, why: why.into() }
    }

    /// A folder with all its files.
    pub fn folder(path: &str, count: usize, why: impl Into<String>) -> Self {
        Left::new(counted(path, count), why)
    }
}

fn counted(folder: &str, count: usize) -> String {
    format!("{folder}/ ({count} file{})", plural(count))
}

/// A file that is not copied byte for byte, or that the author has to mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The folder it goes to.
    pub folder: String,
    /// Its name there.
    pub name: String,
    /// What is different, or what to mend.
    pub what: String,
    /// The same without what is this file's alone; `None` where that must be read.
    pub kind: Option<String>,
}

/// All that an import says.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Counts by kind: what one is called, how many, and where they go.
    pub taken: Vec<(&'static str, usize, String)>,
    /// The name of the file of settings; `None` if the site has none.
    pub settings: Option<String>,
    /// Where the settings go.
    pub config: String,
    /// Files that are not copied byte for byte, and what is different.
    pub changed: Vec<Change>,
    /// What is not taken.
    pub left: Vec<Left>,
    /// The command to run next.
    pub next: String,
}

impl Report {
    /// The whole text; its last line says what to do next.
    pub fn text(&self) -> String {
        let mut text = String::from("taken\n");
        for (what, count, place) in self.taken.iter().filter(|(_, count, _)| *count > 0) {
            let _ = writeln!(text, "  {count} {what}{} -> {place}", plural(*count));
        }
        match &self.settings {
            Some(file) => _ = writeln!(text, "  the settings of {file} -> {}", self.config),
            None => _ = writeln!(text, "  Jekyll's default settings -> {}", self.config),
        }
        if !self.changed.is_empty() {
            text += "changed\n";
        }
        for (file, what) in changes(&self.changed) {
            let _ = writeln!(text, "  {file}: {what}");
        }
        if !self.left.is_empty() {
            text += "left\n";
        }
        for (why, names) in by_reason(&self.left) {
            let _ = writeln!(text, "  {names}: {why}");
        }
        let _ = writeln!(text, "next: {}", self.next);
        // Names are those of somebody's files, and a terminal must not act on them.
        text.lines().map(|line| printable(line) + "\n").collect()
    }
}

/// Reasons in their order, each with its names.
fn by_reason(left: &[Left]) -> Vec<(&str, String)> {
    let mut counts: BTreeMap<(&str, Option<&str>), usize> = BTreeMap::new();
    for one in left {
        *counts.entry((&one.why, one.folder.as_deref())).or_default() += 1;
    }
    let mut groups: Vec<(&str, usize, Vec<String>)> = Vec::new();
    for one in left {
        // A folder is named once, with the first of its files.
        let Some(count) = counts.get_mut(&(&*one.why, one.folder.as_deref())) else { continue };
        let name = match (&one.folder, std::mem::take(count)) {
            (Some(_), 0) => continue,
            (Some(folder), count) if count > 1 => counted(folder, count),
            _ => one.name.clone(),
        };
        let most = if one.key { usize::MAX } else { NAMES };
        match groups.iter_mut().find(|(why, ..)| *why == one.why) {
            Some((.., names)) => names.push(name),
            None => groups.push((&one.why, most, vec![name])),
        }
    }
    groups.into_iter().map(|(why, most, names)| (why, list(&names, most))).collect()
}

/// Each file and what is changed; folders, where that would be a long list.
fn changes(changed: &[Change]) -> Vec<(String, &str)> {
    let alone = |change: &Change| format!("{}/{}", change.folder, change.name);
    if changed.len() <= CHANGES {
        return changed.iter().map(|change| (alone(change), &*change.what)).collect();
    }
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for change in changed {
        if let Some(kind) = &change.kind {
            *counts.entry((&change.folder, kind)).or_default() += 1;
        }
    }
    let mut lines = Vec::new();
    for change in changed {
        let kind = change.kind.as_deref().unwrap_or_default();
        match counts.get_mut(&(&*change.folder, kind)).map(std::mem::take) {
            Some(0) => {}
            Some(count) if count > 1 => lines.push((counted(&change.folder, count), kind)),
            _ => lines.push((alone(change), &*change.what)),
        }
    }
    lines
}

fn list(names: &[String], most: usize) -> String {
    let more = names.len().saturating_sub(most);
    let shown = names.iter().take(most).cloned().collect::<Vec<_>>().join(", ");
    if more == 0 { shown } else { format!("{shown} and {more} more") }
}

/// `cargo inkstone check`, told where the files are unless they are where it looks anyway.
pub fn next(places: &Places) -> String {
    let mut command = "cargo inkstone check".to_owned();
    let options = [
        ("--posts", &places.posts, "posts"),
        ("--config", &places.config, "inkstone.toml"),
        ("--public", &places.public, "public"),
    ];
    for (option, path, default) in options {
        if path != Path::new(default) {
            let _ = write!(command, " {option} {}", for_shell(&path.display().to_string()));
        }
    }
    command
}

/// A word of a shell command.
fn for_shell(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-._/:\\+@=,".contains(c);
    if word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}
