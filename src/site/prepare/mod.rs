//! stub
#![allow(missing_docs)]
use std::collections::BTreeMap;
use std::ops::Range;
pub struct Context<'a> {
    pub liquid: bool,
    pub site: SiteFacts<'a>,
    pub page: PageFacts<'a>,
    pub post: &'a (dyn Fn(&str) -> Option<String> + Sync),
    pub file: &'a (dyn Fn(&str) -> Option<String> + Sync),
}
pub struct SiteFacts<'a> {
    pub title: &'a str,
    pub description: &'a str,
    pub author: &'a str,
    pub url: Option<&'a str>,
}
pub struct PageFacts<'a> {
    pub title: &'a str,
    pub path: &'a str,
    pub date: &'a str,
}
pub struct Finding {
    pub range: Range<usize>,
    pub message: String,
    pub help: String,
}
pub struct Prepared {
    pub markdown: String,
    pub sizes: BTreeMap<String, (Option<u32>, Option<u32>)>,
    pub toc_at: Option<usize>,
}
impl Prepared {
    pub fn origin(&self, o: usize) -> usize {
        o
    }
}
pub const UNKNOWN: &str = "unknown:";
pub fn prepare(body: &str, _c: &Context<'_>) -> (Prepared, Vec<Finding>) {
    (Prepared { markdown: body.to_owned(), sizes: BTreeMap::new(), toc_at: None }, Vec::new())
}
