//! Front matter defaults: what applies to a page (Jekyll's `lib/jekyll/frontmatter_defaults.rb`),
//! and how the scopes look in Inkstone's folder of posts.

use super::filter;
use super::report::Left;
use super::settings::{Set, Settings};
use crate::site::tree::{Entry, Node, Value};

/// The value of a key by the most specific set: the longest path, then one with a type, then the
/// last one (`has_precedence?`).
pub fn find<'a>(sets: &'a [Set], path: &str, kind: &str, key: &str) -> Option<&'a Node> {
    let value = |set: &'a Set| set.values.iter().find(|entry| entry.key == key);
    let applying = sets.iter().filter(|set| applies(set, path, kind));
    let found = applying.filter_map(|set| Some((set, value(set)?)));
    let best = found.max_by_key(|(set, _)| (set.path.len(), set.kind.is_some()));
    best.map(|(_, entry)| &entry.node).filter(|node| node.value != Value::Null)
}

/// A path is a prefix, whether of folders or of letters; a glob is one of the files below it.
fn applies(set: &Set, path: &str, kind: &str) -> bool {
    let below = |scope: &str| {
        let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
        folders.chain([path]).any(|folder| filter::matches(scope, folder))
    };
    let scope = &set.path;
    set.kind.as_deref().is_none_or(|wanted| wanted == kind)
        && if scope.contains('*') { below(scope) } else { path.starts_with(scope.as_str()) }
}

/// A `[[defaults]]` of `inkstone.toml`.
#[derive(Debug)]
pub struct Mapped<'a> {
    /// A folder below that of posts; empty for all.
    pub path: String,
    /// `post` or `page`; `None` for both.
    pub kind: Option<&'static str>,
    /// The front matter.
    pub values: Vec<&'a Entry>,
}

/// The sets in Inkstone's terms. `posts` are the paths of what is taken, below the folder of posts.
pub fn map<'a>(settings: &'a Settings, posts: &[String], left: &mut Vec<Left>) -> Vec<Mapped<'a>> {
    let mut mapped = Vec::new();
    for set in &settings.defaults {
        let keep = |entry: &&Entry| {
            let lifted = entry.key == "permalink" && set.is_of_all_posts();
            entry.key != "layout" && entry.node.value != Value::Null && !lifted
        };
        let values: Vec<&Entry> = set.values.iter().filter(keep).collect();
        if values.is_empty() {
            continue;
        }
        match scopes(set, settings, posts) {
            Ok(scopes) => {
                for (path, kind) in scopes {
                    mapped.extend(with_kind(path, kind, &values));
                }
            }
            Err(why) => left.push(Left::new(shown(set), why)),
        }
    }
    mapped
}

/// The address of each page is in its own front matter by now; a pattern must not replace it.
fn with_kind<'a>(
    path: String,
    kind: Option<&'static str>,
    values: &[&'a Entry],
) -> Vec<Mapped<'a>> {
    let pattern = values.iter().any(|entry| entry.key == "permalink");
    let rest = || values.iter().copied().filter(|entry| entry.key != "permalink").collect();
    let of = |kind, values: Vec<&'a Entry>| Mapped { path: path.clone(), kind, values };
    let sets = match kind {
        None if pattern => vec![of(Some("post"), values.to_vec()), of(Some("page"), rest())],
        Some("page") => vec![of(kind, rest())],
        kind => vec![of(kind, values.to_vec())],
    };
    sets.into_iter().filter(|set| !set.values.is_empty()).collect()
}

fn shown(set: &Set) -> String {
    match (&*set.path, &set.kind) {
        ("", Some(kind)) => format!("defaults of all {kind}"),
        (path, Some(kind)) => format!("defaults of {kind} in `{path}`"),
        (path, None) => format!("defaults of `{path}`"),
    }
}

type Scope = (String, Option<&'static str>);

/// Where the files of a scope stand below the folder of posts. The error says why nowhere.
fn scopes(set: &Set, settings: &Settings, posts: &[String]) -> Result<Vec<Scope>, String> {
    if set.path.contains('*') {
        return Err("globs are not known; write the folder".to_owned());
    }
    let home = format!("{}/", settings.collections_dir);
    let path = set.path.strip_prefix(&home).unwrap_or(&set.path);
    let post = (path.strip_prefix("_posts").map_or(path, |p| p.trim_start_matches('/')), "post");
    let page = format!("pages/{path}");
    let page = (page.trim_end_matches('/'), "page");
    let known = |label: &str| settings.collections.iter().any(|c| c.output && c.label == label);
    let candidates = match (set.kind.as_deref(), path) {
        (Some("posts"), _) => vec![post],
        (Some("drafts"), _) => vec![("_drafts", "post")],
        (Some("pages"), "") => vec![("", "page")],
        (Some("pages"), _) => vec![page],
        (None, "") => return Ok(vec![(String::new(), None)]),
        (None, _) if path.starts_with("_posts") || path.starts_with("_drafts") => vec![post],
        (None, _) => vec![post, page],
        (Some(label), "") if known(label) => {
            return Ok(vec![(format!("pages/_{label}"), Some("page"))]);
        }
        (Some(label), _) if known(label) => vec![page],
        (Some(label), _) => return Err(format!("the collection `{label}` is not taken")),
    };
    let holds = |folder: &str| {
        folder.is_empty() || posts.iter().any(|post| post.starts_with(&format!("{folder}/")))
    };
    let scopes: Vec<Scope> = candidates
        .into_iter()
        .filter(|(folder, _)| holds(folder))
        .map(|(folder, kind)| (folder.to_owned(), Some(kind)))
        .collect();
    if scopes.is_empty() {
        return Err("no folder of posts or pages that are taken".to_owned());
    }
    Ok(scopes)
}
