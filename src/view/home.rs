//! The home page: the filter and the newest posts.

use super::markup::{Markup, element};
use super::{Scene, filter, heading, lead, list, state};
use crate::page::{Failure, List, Panel};

/// The list of posts with its filter.
pub fn home(scene: &Scene, panel: &Panel, list: &Result<List, Failure>) -> Vec<Markup> {
    let site = &scene.catalogue.site;
    let words = scene.words;
    let posts = match list {
        Ok(list) if list.total == 0 && !panel.filter.is_open() => {
            vec![list::empty(words.no_results)]
        }
        Ok(list) => list::posts(scene, list),
        Err(failure) => state::failure(scene, failure, words.failed_part).into(),
    };
    let total = list.as_ref().ok().map(|list| list.total);
    let head = element("header", vec![heading(&site.title), lead(site.description.clone())]);
    let mut parts = vec![head.with("class", "page-head home-head").done()];
    parts.extend(filter::filter(scene, panel, Some(total)));
    let latest = element("section", posts).with("class", "latest");
    let latest = latest.maybe("aria-busy", panel.busy.then_some("true"));
    parts.push(latest.with("aria-label", words.latest).done());
    parts
}
