//! The home page: the filter and the newest posts.

use super::markup::{Markup, element};
use super::{Scene, filter, heading, lead, list};
use crate::filter::Filter;
use crate::page::List;

/// The list of posts with its filter.
pub fn home(scene: &Scene, filter: &Filter, list: &List, counts: &[u32]) -> Vec<Markup> {
    let site = &scene.catalogue.site;
    let words = scene.words;
    let posts = if list.total == 0 && !filter.is_empty() {
        vec![list::empty(words.no_results)]
    } else {
        list::posts(scene, list)
    };
    let head = element("header", vec![heading(&site.title), lead(site.description.clone())]);
    let mut parts = vec![head.with("class", "page-head home-head").done()];
    parts.extend(filter::filter(scene, filter, counts, list.total));
    let latest = element("section", posts).with("class", "latest");
    parts.push(latest.with("aria-label", words.latest).done());
    parts
}
