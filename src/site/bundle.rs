//! The bundle: the catalogue and one file per post, as JSON under names that carry their hash.

use anyhow::Context;

use super::file::{Files, hashed_name};
use super::library::Library;

/// The bundle's files, and the name of the catalogue among them.
pub struct Bundle {
    /// All files under `data/`.
    pub files: Files,
    /// The catalogue's file.
    pub catalogue: String,
}

/// Names the documents by their content, enters the names into the catalogue, and writes both.
pub fn bundle(library: &mut Library) -> anyhow::Result<Bundle> {
    let mut files = Files::new();
    let mut names = std::collections::BTreeMap::new();
    for (path, document) in &library.documents {
        let json = serde_json::to_vec(document).context("can't write a post as JSON")?;
        let bare = path.trim_end_matches('/').trim_end_matches(".html");
        let name = hashed_name(&format!("data/{bare}"), &json, "json");
        names.insert(path.clone(), name.clone());
        files.insert(name, json);
    }
    let name = |path: &str| names.get(path).cloned().unwrap_or_default();
    for post in &mut library.catalogue.posts {
        post.data = name(&post.path);
    }
    for page in &mut library.catalogue.pages {
        page.data = name(&page.path);
    }
    let json = serde_json::to_vec(&library.catalogue).context("can't write the catalogue")?;
    let catalogue = hashed_name("data/catalogue", &json, "json");
    files.insert(catalogue.clone(), json);
    Ok(Bundle { files, catalogue })
}
