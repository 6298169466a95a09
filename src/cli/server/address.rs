//! From an address to a file of the site by the host's rules: short addresses, slashes, hidden
//! files, and the page that says that nothing was found.

use super::path::{self, Target};
use super::rules::{Folder, Html, Missing, Rules};
use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// What an address of the site leads to.
#[derive(Debug, PartialEq)]
pub enum Found {
    /// A file, and its path in the site with slashes.
    File(PathBuf, String),
    /// Another address of the site, with its first slash, and the status that says so.
    Elsewhere(String, u16),
    /// Nothing.
    Nothing,
}

/// Finds what a path leads to; it is percent-encoded and begins with a slash.
pub fn find(folder: &Path, rules: &Rules, path: &str) -> Found {
    let path = match rules.merges_slashes {
        true => merge_slashes(path),
        false => Cow::Borrowed(path),
    };
    let found = match rules.folder {
        Folder::Undotted(status) if is_undotted(&path) => {
            Found::Elsewhere(format!("{path}/"), status)
        }
        _ => by_name(folder, rules, &path),
    };
    match found {
        Found::File(_, name) if rules.hides(&name) => Found::Nothing,
        found => found,
    }
}

/// The page for what was not found, and its status.
pub fn missing(folder: &Path, rules: &Rules, path: &str) -> Option<(PathBuf, String, u16)> {
    let file = |page: &str, status: u16| match path::find(folder, page) {
        Target::File(file, name) => Some((file, name, status)),
        _ => None,
    };
    match rules.missing {
        Missing::AtRoot => file("/404.html", 404),
        Missing::NearestOrHome => {
            let ends = path.match_indices('/').map(|(at, _)| at).rev();
            let mut upwards = ends.map(|end| format!("{}/404.html", &path[..end]));
            upwards.find_map(|page| file(&page, 404)).or_else(|| file("/index.html", 200))
        }
    }
}

fn by_name(folder: &Path, rules: &Rules, path: &str) -> Found {
    let exact = path::find(folder, path);
    if let (Html::Clean(status), Some(short)) = (rules.html, shorter(folder, path, &exact)) {
        return Found::Elsewhere(short, status);
    }
    if let Target::File(file, name) = exact {
        return Found::File(file, name);
    }
    let page = match (rules.html, path.strip_suffix('/')) {
        (Html::Named, _) | (Html::Short | Html::Clean(_), Some(_)) => None,
        (Html::Any, Some(inner)) => Some(inner),
        (Html::Short | Html::Any | Html::Clean(_), None) => Some(path),
    };
    if let Some(page) = page
        && let Target::File(file, name) = path::find(folder, &format!("{page}.html"))
    {
        return Found::File(file, name);
    }
    if let (Some(status), Some(inner)) = (rules.file_with_slash, path.strip_suffix('/'))
        && let Target::File(..) = path::find(folder, inner)
    {
        return Found::Elsewhere(inner.to_owned(), status);
    }
    in_folder(folder, rules.folder, path, exact)
}

/// The address without `.html`, `index.html` or the slash after a page, on hosts that insist.
fn shorter(folder: &Path, path: &str, exact: &Target) -> Option<String> {
    let is_file = |path: &str| matches!(path::find(folder, path), Target::File(..));
    let found = matches!(exact, Target::File(..));
    if let Some(inner) = path.strip_suffix("/index.html").filter(|_| found) {
        return Some(format!("{inner}/"));
    }
    if let Some(inner) = path.strip_suffix(".html").filter(|_| found) {
        return (!inner.ends_with('/') && !is_file(inner)).then(|| inner.to_owned());
    }
    if found {
        return None;
    }
    let inner = path.strip_suffix('/').unwrap_or(path);
    match inner.strip_suffix("/index") {
        Some(inner) => Some(format!("{inner}/")),
        None => (inner != path && is_file(&format!("{inner}.html"))).then(|| inner.to_owned()),
    }
}

fn in_folder(folder: &Path, rule: Folder, path: &str, exact: Target) -> Found {
    match (exact, rule) {
        (Target::FolderWithoutSlash, Folder::WithPage(status) | Folder::Exists(status))
        | (Target::EmptyFolderWithoutSlash, Folder::Exists(status)) => {
            Found::Elsewhere(format!("{path}/"), status)
        }
        (Target::FolderWithoutSlash, Folder::Shown) => {
            match path::find(folder, &format!("{path}/")) {
                Target::File(file, name) => Found::File(file, name),
                _ => Found::Nothing,
            }
        }
        _ => Found::Nothing,
    }
}

/// Whether the last name is there and has no dot.
fn is_undotted(path: &str) -> bool {
    let last = path.rsplit('/').next().unwrap_or_default();
    !last.is_empty() && !last.contains('.')
}

fn merge_slashes(path: &str) -> Cow<'_, str> {
    if !path.contains("//") {
        return Cow::Borrowed(path);
    }
    let mut merged = String::new();
    for c in path.chars() {
        if c != '/' || !merged.ends_with('/') {
            merged.push(c);
        }
    }
    Cow::Owned(merged)
}
