//! `_config.yml`: what Inkstone has a key for, what the import itself needs, and what is left.
//!
//! Names and defaults are those of Jekyll's `lib/jekyll/configuration.rb`.

use std::path::{Path, PathBuf};

use super::node;
use super::reasons;
use super::report::Left;
use super::site_keys::{self, Site};
use crate::site::diagnostic::{Diagnostic, Source};
use crate::site::tree::{Entry, Node, Value};

/// The settings of a Jekyll site.
#[derive(Debug, Default)]
pub struct Settings {
    /// The name of the file, such as `_config.yml`; `None` if there is none.
    pub file: Option<String>,
    /// What goes to `inkstone.toml`.
    pub site: Site,
    /// Jekyll's `permalink`, which pages follow as well.
    pub permalink: String,
    /// Globs of what Jekyll publishes though its name begins with `_` or `.`.
    pub include: Vec<String>,
    /// Globs of what Jekyll does not read.
    pub exclude: Vec<String>,
    /// Where the content stands below the file of settings; mostly empty.
    pub source: String,
    /// Where Jekyll writes, relative to the site.
    pub destination: String,
    /// The folder of all collections, posts among them; mostly empty.
    pub collections_dir: String,
    /// Collections other than posts.
    pub collections: Vec<Collection>,
    /// Front matter by scope, in the order of the file.
    pub defaults: Vec<Set>,
    /// What is not taken.
    pub left: Vec<Left>,
}

/// A collection of Jekyll's.
#[derive(Debug, Default)]
pub struct Collection {
    /// Its name; the files stand in `_<label>`.
    pub label: String,
    /// Whether its documents have addresses.
    pub output: bool,
    /// The pattern of its addresses.
    pub permalink: Option<String>,
}

/// Front matter that files have unless they say otherwise.
#[derive(Debug)]
pub struct Set {
    /// A prefix of paths in the site; empty for all.
    pub path: String,
    /// `posts`, `pages`, `drafts`, or the label of a collection.
    pub kind: Option<String>,
    /// The front matter.
    pub values: Vec<Entry>,
}

/// Keys that the import reads and that need no counterpart.
const USED: [&str; 11] = [
    "title",
    "permalink",
    "include",
    "exclude",
    "source",
    "destination",
    "collections_dir",
    "collections",
    "defaults",
    "url",
    "baseurl",
];

/// The name of the file of settings, as Jekyll looks for it; `None` if there is none.
pub fn find(folder: &Path) -> Option<PathBuf> {
    let names = ["_config.yml", "_config.yaml", "_config.toml"];
    names.iter().map(|name| folder.join(name)).find(|path| path.is_file())
}

/// Reads the settings of a site; `None` stands for a site without.
pub fn read(file: Option<&Path>) -> Result<Settings, Vec<Diagnostic>> {
    let Some(path) = file else {
        return Ok(settings(&Node { span: 0..0, value: Value::Null }));
    };
    let bytes = std::fs::read(path).map_err(|error| {
        vec![Diagnostic::file_error(path, format!("the settings can't be read: {error}"))]
    })?;
    let source = Source::new(path, bytes).map_err(|problem| vec![problem])?;
    let toml = path.extension().is_some_and(|extension| extension == "toml");
    let root = if toml {
        crate::site::toml::parse(&source)?
    } else {
        crate::site::yaml::parse(&source, 0..source.text.len())?
    };
    if !matches!(root.value, Value::Map(_) | Value::Null) {
        let message = format!("expected `key: value` lines, found {}", root.value.kind());
        return Err(vec![source.error(root.span.start, message)]);
    }
    let mut settings = settings(&root);
    settings.file = path.file_name().map(|name| name.to_string_lossy().into_owned());
    Ok(settings)
}

fn settings(root: &Node) -> Settings {
    let mut left = Vec::new();
    let line = |key: &str| node::child(root, key).and_then(node::line);
    let lines = |key: &str| node::child(root, key).map(node::lines).unwrap_or_default();
    let permalink = line("permalink").unwrap_or_else(|| "date".to_owned());
    let collections = node::child(root, "collections");
    let defaults = defaults(root);
    let posts = posts_permalink(collections, &defaults).unwrap_or_else(|| permalink.clone());
    let site = site_keys::read(root, posts, &mut left);
    left.extend(rest(root, &site));
    let folder = |key: &str| line(key).map(|path| inner_folder(&path)).unwrap_or_default();
    let mut include = lines("include");
    include.push(".htaccess".to_owned());
    Settings {
        file: None,
        site,
        permalink,
        include,
        exclude: lines("exclude"),
        source: folder("source"),
        destination: folder("destination"),
        collections_dir: folder("collections_dir"),
        collections: collections.map(read_collections).unwrap_or_default(),
        defaults,
        left,
    }
}

/// A path below the site without `./` and the last `/`; empty where it leads elsewhere.
fn inner_folder(path: &str) -> String {
    let path = path.strip_prefix("./").unwrap_or(path).trim_end_matches('/');
    let inside = !path.starts_with('/') && path.split('/').all(|part| part != "." && part != "..");
    if inside { path.to_owned() } else { String::new() }
}

/// Posts follow their collection's `permalink` before the site's (`add_default_collections`), and
/// the front matter defaults of all posts before both.
fn posts_permalink(collections: Option<&Node>, defaults: &[Set]) -> Option<String> {
    let of_all = defaults.iter().rev().filter(|set| set.is_of_all_posts());
    let by_default = of_all.flat_map(|set| &set.values).find(|entry| entry.key == "permalink");
    by_default.and_then(|entry| node::line(&entry.node)).or_else(|| {
        let posts = node::child(collections?, "posts")?;
        node::child(posts, "permalink").and_then(node::line)
    })
}

impl Set {
    /// Whether it says something of every post and nothing of any page.
    pub fn is_of_all_posts(&self) -> bool {
        match self.kind.as_deref() {
            Some("posts") => matches!(&*self.path, "" | "_posts"),
            None => self.path == "_posts",
            _ => false,
        }
    }
}

/// A list of labels, or a table by label (`Configuration#add_default_collections`).
fn read_collections(node: &Node) -> Vec<Collection> {
    let labels: Vec<(String, Option<&Node>)> = match &node.value {
        Value::Map(entries) => {
            entries.iter().map(|entry| (entry.key.clone(), Some(&entry.node))).collect()
        }
        _ => node::lines(node).into_iter().map(|label| (label, None)).collect(),
    };
    let others = labels.into_iter().filter(|(label, _)| label != "posts" && label != "data");
    others
        .map(|(label, node)| {
            let child = |key| node.and_then(|node| node::child(node, key));
            Collection {
                output: child("output").is_some_and(node::flag),
                permalink: child("permalink").and_then(node::line),
                label,
            }
        })
        .collect()
}

/// Sets without a table of values count as absent (`FrontmatterDefaults#valid?`).
fn defaults(root: &Node) -> Vec<Set> {
    let Some(Node { value: Value::List(sets), .. }) = node::child(root, "defaults") else {
        return Vec::new();
    };
    let set = |node: &Node| {
        let Value::Map(values) = &node::child(node, "values")?.value else { return None };
        let scope = node::child(node, "scope");
        let line = |key| scope.and_then(|scope| node::child(scope, key)).and_then(node::line);
        // The singular forms are deprecated, not gone (`update_deprecated_types`).
        let kind = line("type").map(|kind| match &*kind {
            "post" | "page" | "draft" => format!("{kind}s"),
            _ => kind,
        });
        let path = line("path").unwrap_or_default().trim_matches('/').to_owned();
        Some(Set { path, kind, values: values.clone() })
    };
    sets.iter().filter_map(set).collect()
}

/// Every key that says something and is not taken.
fn rest(root: &Node, site: &Site) -> Vec<Left> {
    let Value::Map(entries) = &root.value else { return Vec::new() };
    let has = |key: &str| node::child(root, key).is_some();
    let taken = |key: &str| match key {
        "description" => site.description.is_some(),
        // As jekyll-seo-tag reads it.
        "name" => !has("title"),
        "tagline" => !has("description") && site.description.is_some(),
        "author" => site.author.is_some(),
        "lang" | "timezone" | "paginate" | "excerpt_separator" => true,
        "locale" => !has("lang"),
        key => USED.contains(&key),
    };
    let others = entries.iter().filter(|entry| entry.node.value != Value::Null);
    let others = others.filter(|entry| !taken(&entry.key));
    others.map(|entry| Left::key(&entry.key, reasons::of_key(&entry.key))).collect()
}
