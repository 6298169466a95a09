//! The home page: the filter and the newest posts.

use super::markup::{Markup, element};
use super::{Scene, filter, heading, lead, list};
use crate::page::{List, Panel};

/// The list of posts with its filter.
pub fn home(scene: &Scene, panel: &Panel, list: &List) -> Vec<Markup> {
    let site = &scene.catalogue.site;
    let words = scene.words;
    let posts = if list.total == 0 && !panel.filter.is_open() {
        vec![list::empty(words.no_results)]
    } else {
        list::posts(scene, list)
    };
    let head = element("header", vec![heading(&site.title), lead(site.description.clone())]);
    let mut parts = vec![head.with("class", "page-head home-head").done()];
    parts.extend(filter::filter(scene, panel, Some(list.total)));
    let latest = element("section", posts).with("class", "latest");
    parts.push(latest.with("aria-label", words.latest).done());
    parts
}
