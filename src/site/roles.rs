//! What a reader needs offline: the shell and all lists with the release, the newest posts with
//! their images soon after, the rest when it is read.

use std::collections::{BTreeMap, BTreeSet};

use super::app_files::AppFiles;
use super::bundle::Bundle;
use super::config::Config;
use super::icons::Icons;
use super::library::Library;
use super::prerender::Prerendered;
use super::release::Roles;

/// Lists and the search index come with the newest posts where they are no larger than this
/// together, in bytes; else when they are used.
const LISTS: usize = 300_000;

/// The place of every file in offline reading; `lists` is what [`Bundle::lists_size`] said.
pub fn roles(
    config: &Config,
    library: &Library,
    (bundle, lists): (&Bundle, usize),
    app: &AppFiles,
    icons: &Icons,
    pages: &Prerendered,
) -> Roles {
    let core = [
        "index.html",
        "shell.html",
        "manifest.webmanifest",
        &bundle.catalogue,
        &icons.small,
        &icons.svg,
    ];
    let mut core: BTreeSet<String> = core.map(str::to_owned).into();
    core.extend(app.files.keys().cloned());
    let catalogue = &library.catalogue;
    let newest = catalogue.posts.iter().take(config.offline_newest);
    let chosen: Vec<(&String, &String)> = newest
        .map(|post| (&post.path, &post.data))
        .chain(catalogue.pages.iter().map(|page| (&page.path, &page.data)))
        .collect();
    let media = |path: &String| library.facts.get(path).map(|facts| &facts.media);
    let images = chosen.iter().filter_map(|(path, _)| media(path)).flatten().cloned();
    let docs = catalogue.posts.iter().map(|post| (post.data.clone(), post.path.clone()));
    let docs: BTreeMap<String, String> = docs
        .chain(catalogue.pages.iter().map(|page| (page.data.clone(), page.path.clone())))
        .collect();
    let page_needs = pages.needs.iter().map(|(page, needs)| (page.clone(), needs.clone()));
    let image_needs = docs.iter().filter_map(|(data, path)| {
        let media = media(path).filter(|media| !media.is_empty())?;
        Some((data.clone(), media.iter().cloned().collect()))
    });
    let parts = bundle.parts.iter().filter(|_| lists <= LISTS);
    let ahead = chosen.iter().map(|(_, data)| (*data).clone());
    Roles {
        core,
        ahead: ahead.chain(images).chain(parts.cloned()).collect(),
        needs: page_needs.chain(image_needs).collect(),
        docs,
        others: BTreeSet::new(),
    }
}
