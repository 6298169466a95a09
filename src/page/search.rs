//! What the search shows: the posts that have a text, best first, each with the place where.
//!
//! 1. The directory of the index, then the shards that the text needs: candidates with a rank.
//! 2. The rest of the filter narrows them, as it narrows every list.
//! 3. The index knows pairs of characters, not whether they stand in a row. Where a candidate's
//!    document has come, its text is looked at: it goes, or it shows the place. Until then its
//!    excerpt stands there.

use std::sync::Arc;

use super::{Failure, Page, Panel, Planned, entries};
use crate::filter::{self, Filter};
use crate::known::{Known, Part};
use crate::model::Entry;
use crate::search::{self, Broken, Query, Section};
use crate::tag;

/// Text in parts; the marked ones are what was looked for.
pub type Marked = Vec<(bool, String)>;

/// What was found.
#[derive(Clone, Debug)]
pub enum Search {
    /// There is nothing to look for yet.
    Idle {
        /// Earlier searches, the latest first.
        recent: Vec<String>,
    },
    /// These posts.
    Found {
        /// Those of this page.
        posts: Vec<Found>,
        /// Those of all pages.
        total: usize,
        /// Whether some of them may still turn out not to have the text.
        about: bool,
        /// This page, from 1, and all pages.
        page: (u32, u32),
    },
    /// No post.
    Nothing {
        /// Tags whose names are near, by their place in the catalogue.
        near: Vec<usize>,
    },
    /// What it needs did not come.
    Failed(Failure),
}

/// A post that was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// The post.
    pub entry: Arc<Entry>,
    /// Its title.
    pub title: Marked,
    /// The place.
    pub snippet: Snippet,
    /// The document that would show the place, where it has not come.
    pub wanted: Option<Part>,
}

/// The place in a post where the text stands.
#[derive(Clone, Debug, Default)]
pub struct Snippet {
    /// The heading above it: its id and its text.
    pub heading: Option<(String, Marked)>,
    /// What stands there.
    pub text: Marked,
}

/// Posts on one page of what was found.
const SIZE: usize = 10;

/// Characters of a snippet.
const LENGTH: usize = 90;

/// The page of a search.
pub fn search(known: &Known, filter: &Filter, page: u32) -> Planned<Page> {
    let query = Query::parse(&filter.text);
    let page_of = |panel, search| {
        let filter = filter.clone();
        Page::Search { panel, filter, search, busy: false }
    };
    if filter.text.trim().is_empty() {
        // Nothing is looked for yet, but what was chosen must be seen, and can be taken away.
        let panel = match filter.is_open() {
            true => None,
            false => narrowed(known, filter, None)?.1,
        };
        let recent = known.recent.clone();
        return Ok(page_of(panel, Search::Idle { recent }));
    }
    if query.is_empty() || known.catalogue.search.is_empty() {
        return Ok(page_of(None, Search::Nothing { near: Vec::new() }));
    }
    let ids = match candidates(known, &query)? {
        Ok(ids) => ids,
        Err(broken) => {
            let failure = Failure::Broken(broken.to_string());
            return Ok(page_of(None, Search::Failed(failure)));
        }
    };
    let (ids, panel) = narrowed(known, filter, Some(ids))?;
    let search = found(known, &query, &ids, page)?;
    Ok(page_of(panel, search))
}

/// The posts that may have the text, best first.
fn candidates(known: &Known, query: &Query) -> Planned<Result<Vec<u32>, Broken>> {
    let index = known.index().map_err(|part| vec![part])?;
    let shards = index.shards_of(query);
    let lacking: Vec<Part> =
        shards.iter().filter_map(|number| known.shard(*number).err()).collect();
    if !lacking.is_empty() {
        return Err(lacking);
    }
    let hits = query.run(index, &|number| known.shard(number).ok());
    Ok(hits.map(|hits| hits.into_iter().map(|hit| hit.id).collect()))
}

/// Those that the rest of the filter lets through, and what else can be chosen. Without a text,
/// `None`, all posts.
fn narrowed(
    known: &Known,
    filter: &Filter,
    ids: Option<Vec<u32>>,
) -> Planned<(Vec<u32>, Option<Panel>)> {
    if filter.is_open() && !known.narrowing {
        return Ok((ids.unwrap_or_default(), None));
    }
    let facets = known.facets().map_err(|part| vec![part])?;
    let selection = filter::select(filter, &known.catalogue, facets, ids.as_deref());
    let panel = Panel::new(known, filter, selection.counts);
    // They come newest first.
    let has = |id: &u32| selection.posts.binary_search_by(|other| id.cmp(other)).is_ok();
    Ok((ids.unwrap_or_default().into_iter().filter(has).collect(), Some(panel)))
}

fn found(known: &Known, query: &Query, ids: &[u32], page: u32) -> Planned<Search> {
    // An address may name a page past the last.
    let page = page.clamp(1, (ids.len().div_ceil(SIZE) as u32).max(1));
    let first = (page as usize - 1) * SIZE;
    let mut posts = Vec::new();
    let (mut dropped, mut unseen, mut at) = (0, 0, 0);
    while posts.len() < first + SIZE && at < ids.len() {
        // As many at once as there is room for, so that all their parts are asked for together.
        let next = &ids[at..ids.len().min(at + first + SIZE - posts.len())];
        at += next.len();
        for entry in entries(known, next.iter().copied())? {
            match known.sections(&entry.data) {
                Some(sections) if !is_in(known, query, &entry, sections) => dropped += 1,
                Some(sections) => posts.push(with_place(query, entry, sections)),
                None => {
                    unseen += 1;
                    let wanted = (!known.is_missing(&entry.data))
                        .then(|| Part::Document(entry.data.clone()));
                    posts.push(without_place(query, entry, wanted));
                }
            }
        }
    }
    let total = ids.len() - dropped;
    if total == 0 {
        let labels: Vec<&str> = known.catalogue.tags.iter().map(|tag| &*tag.label).collect();
        return Ok(Search::Nothing { near: search::near(query, &labels) });
    }
    let unseen = unseen + ids.len() - at;
    let pages = (total.div_ceil(SIZE) as u32).max(page);
    let posts: Vec<Found> = posts.into_iter().skip(first).collect();
    let about = unseen > 0 && !query.is_sure();
    Ok(Search::Found { posts, total, about, page: (page, pages) })
}

/// Whether a post really has the text.
fn is_in(known: &Known, query: &Query, entry: &Entry, sections: &[Section]) -> bool {
    let tags = entry.tags.iter().filter_map(|key| tag::find(&known.catalogue.tags, key));
    let tags = tags.map(|at| &*known.catalogue.tags[at].label);
    let text = sections.iter().flat_map(|section| [&*section.heading, &*section.text]);
    let texts: Vec<&str> = std::iter::once(&*entry.title).chain(tags).chain(text).collect();
    query.is_in(&texts)
}

fn with_place(query: &Query, entry: Arc<Entry>, sections: &[Section]) -> Found {
    let place = search::snippet(query, sections, LENGTH);
    let heading = place.section.and_then(|at| sections.get(at)).and_then(|section| {
        let id = section.id.clone()?;
        Some((id, marked(query, &section.heading)))
    });
    let snippet = Snippet { heading, text: place.parts };
    Found { title: marked(query, &entry.title), entry, snippet, wanted: None }
}

fn without_place(query: &Query, entry: Arc<Entry>, wanted: Option<Part>) -> Found {
    let snippet = Snippet { heading: None, text: marked(query, &entry.excerpt) };
    Found { title: marked(query, &entry.title), entry, snippet, wanted }
}

fn marked(query: &Query, text: &str) -> Marked {
    let (mut parts, mut at) = (Vec::new(), 0);
    for mark in query.marks(text) {
        if mark.start > at {
            parts.push((false, text[at..mark.start].to_owned()));
        }
        at = mark.end;
        parts.push((true, text[mark].to_owned()));
    }
    if at < text.len() {
        parts.push((false, text[at..].to_owned()));
    }
    parts
}
