//! What one address shows, as data: what is known of the blog and a route in, a [`Page`] out, or
//! the parts that it needs first. Pure, so that the prerenderer and the browser show the same.

mod kept;
mod panel;
mod search;

use std::sync::Arc;

use crate::filter::{self, Counts, Filter};
use crate::known::{Address, Known, Part};
use crate::model::{Catalogue, Document, Entry};
use crate::route::Route;
use crate::tag::{Kind, Term};
use crate::text;
use crate::words::Words;

pub use kept::{Device, Install, Kept, KeptDocument, Persistence, Save, SaveState, Shelf};
pub use panel::Panel;
pub use search::{Found, Marked, Search, Snippet};

/// What the reader is to see.
#[derive(Clone, Debug)]
pub enum Page {
    /// The list of posts with its filter.
    Home {
        /// What can be chosen.
        panel: Panel,
        /// The posts and the pager, or why they did not come.
        list: Result<List, Failure>,
    },
    /// A post or a page with its text.
    Document(Arc<Document>),
    /// All tags or all categories.
    Terms(Kind),
    /// The posts of one tag or category.
    Term {
        /// Which of the two.
        kind: Kind,
        /// The tag or category.
        term: Term,
        /// Its posts and the pager.
        list: List,
    },
    /// All posts by month.
    Archive(List),
    /// What has a text.
    Search {
        /// What can be chosen; `None` until the reader asks for it.
        panel: Option<Panel>,
        /// The choice, with its text.
        filter: Filter,
        /// What was found.
        search: Search,
        /// Whether that is of before, and something else is on its way.
        busy: bool,
    },
    /// What is kept for offline reading.
    Saved(Kept),
    /// Nothing stands at the address.
    NotFound,
    /// The text is on its way.
    Loading {
        /// What is coming, where that is known.
        title: Option<String>,
    },
    /// The text did not come.
    Failed {
        /// What should have come, where that is known.
        title: Option<String>,
        /// Why, for people.
        failure: Failure,
        /// What can be read instead: some of what is kept.
        instead: Vec<Arc<Document>>,
    },
}

/// Why a text did not come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// There is no connection, and the text was not kept.
    Offline,
    /// The server answered with something else; the text says what.
    Broken(String),
}

/// One page of a list of posts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// The posts of this page.
    pub posts: Vec<Arc<Entry>>,
    /// This page, from 1.
    pub page: u32,
    /// All pages, at least 1.
    pub pages: u32,
    /// Posts over all pages.
    pub total: usize,
    /// The address of the list; the pager makes its links of it.
    pub route: Route,
}

/// What a route needs before it can be shown.
#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant, reason = "it is taken apart as soon as it is made")]
pub enum Plan {
    /// Nothing more.
    Ready(Page),
    /// These parts; then there may be others.
    Needs(Vec<Part>),
    /// What stood there stands at this path now.
    Moved(String),
}

/// Titles on one page of the archive.
pub const ARCHIVE_SIZE: usize = 100;

/// What a route shows, or what must be loaded first.
pub fn plan(known: &Known, route: &Route) -> Plan {
    let page = match route {
        Route::Home { filter, .. } => home(known, filter, route),
        Route::Tags => Ok(Page::Terms(Kind::Tag)),
        Route::Categories => Ok(Page::Terms(Kind::Category)),
        Route::Tag { slug, .. } => term(known, Kind::Tag, slug, route),
        Route::Category { slug, .. } => term(known, Kind::Category, slug, route),
        Route::Archive { .. } => {
            let posts = (0..known.catalogue.total).rev();
            let list = list(known, posts, known.catalogue.total as usize, ARCHIVE_SIZE, route);
            list.map(|list| list.map_or(Page::NotFound, Page::Archive))
        }
        Route::Search { filter, page } => search::search(known, filter, *page),
        Route::Saved => Ok(Page::Saved(Kept::Unknown)),
        Route::Document { path } => match known.address(path) {
            Address::Document(data) => {
                known.document(&data).map(Page::Document).map_err(|part| vec![part])
            }
            Address::Moved(path) => return Plan::Moved(path),
            Address::Nothing => Ok(Page::NotFound),
            Address::Unknown(part) => Err(vec![part]),
        },
    };
    match page {
        Ok(page) => Plan::Ready(page),
        Err(parts) => Plan::Needs(parts),
    }
}

/// A page, or the parts it needs.
type Planned<T> = Result<T, Vec<Part>>;

fn home(known: &Known, filter: &Filter, route: &Route) -> Planned<Page> {
    let catalogue = &known.catalogue;
    let size = page_size(catalogue);
    let (list, counts) = if filter.is_open() {
        let pinned = &catalogue.pinned;
        let rest = (0..catalogue.total).rev().filter(|id| !pinned.contains(id));
        let posts = pinned.iter().copied().chain(rest);
        let list = list(known, posts, catalogue.total as usize, size, route)?;
        (list, Counts::open(catalogue))
    } else {
        let facets = known.facets().map_err(|part| vec![part])?;
        let selection = filter::select(filter, catalogue, facets, None);
        let total = selection.posts.len();
        (list(known, selection.posts.into_iter(), total, size, route)?, selection.counts)
    };
    let panel = Panel::new(known, filter, counts);
    Ok(list.map_or(Page::NotFound, |list| Page::Home { panel, list: Ok(list) }))
}

fn term(known: &Known, kind: Kind, slug: &str, route: &Route) -> Planned<Page> {
    let catalogue = &known.catalogue;
    let terms = kind.terms(catalogue);
    let Some(at) = terms.iter().position(|term| term.slug == slug) else {
        return Ok(Page::NotFound);
    };
    let facets = known.facets().map_err(|part| vec![part])?;
    let posts = facets.of_term(kind, at);
    let size = page_size(catalogue);
    let list = list(known, posts.iter().rev().copied(), posts.len(), size, route)?;
    let page = |list| Page::Term { kind, term: terms[at].clone(), list };
    Ok(list.map_or(Page::NotFound, page))
}

/// The files of all posts of a tag or a category; for other routes none.
pub fn files_of_term(known: &Known, route: &Route) -> Result<Vec<String>, Vec<Part>> {
    let (kind, slug) = match route {
        Route::Tag { slug, .. } => (Kind::Tag, slug),
        Route::Category { slug, .. } => (Kind::Category, slug),
        _ => return Ok(Vec::new()),
    };
    let Some(at) = kind.terms(&known.catalogue).iter().position(|term| term.slug == *slug) else {
        return Ok(Vec::new());
    };
    let facets = known.facets().map_err(|part| vec![part])?;
    let posts = entries(known, facets.of_term(kind, at).iter().copied())?;
    Ok(posts.iter().map(|post| post.data.clone()).collect())
}

fn page_size(catalogue: &Catalogue) -> usize {
    catalogue.site.page_size.max(1) as usize
}

/// One page of the posts; `None` past the last page.
fn list(
    known: &Known,
    posts: impl Iterator<Item = u32>,
    total: usize,
    size: usize,
    route: &Route,
) -> Planned<Option<List>> {
    let page = route.page();
    let pages = total.div_ceil(size).max(1);
    let Some(at) = (page as usize).checked_sub(1).filter(|at| *at < pages) else {
        return Ok(None);
    };
    let posts = entries(known, posts.skip(at * size).take(size))?;
    Ok(Some(List { posts, page, pages: pages as u32, total, route: route.clone() }))
}

/// The posts of some ids, or all parts that lack.
fn entries(known: &Known, ids: impl Iterator<Item = u32>) -> Planned<Vec<Arc<Entry>>> {
    let (mut posts, mut lacking) = (Vec::new(), Vec::new());
    for id in ids {
        match known.entry(id) {
            Ok(entry) => posts.push(entry),
            Err(part) if lacking.contains(&part) => {}
            Err(part) => lacking.push(part),
        }
    }
    if lacking.is_empty() { Ok(posts) } else { Err(lacking) }
}

/// The page of the archive on which a month begins, the place of the month among
/// [`Catalogue::months`].
pub fn archive_page(catalogue: &Catalogue, month: usize) -> u32 {
    let newer: u32 = catalogue.months.iter().take(month).map(|(_, count)| count).sum();
    newer / ARCHIVE_SIZE as u32 + 1
}

impl Page {
    /// The title of the page, without the site's name; `None` on the home page.
    pub fn title(&self, words: &Words) -> Option<String> {
        let title = match self {
            Page::Home { .. } => return None,
            Page::Document(document) => document.title.clone(),
            Page::Terms(Kind::Tag) => words.tags.to_owned(),
            Page::Terms(Kind::Category) => words.categories.to_owned(),
            Page::Term { term, .. } => term.label.clone(),
            Page::Archive(_) => words.archive.to_owned(),
            Page::Search { filter, .. } if !filter.text.trim().is_empty() => {
                crate::words::with(words.search_for, filter.text.trim())
            }
            Page::Search { .. } => words.search.to_owned(),
            Page::Saved(_) => words.saved.to_owned(),
            Page::NotFound => words.not_found.to_owned(),
            Page::Loading { title } => title.clone().unwrap_or_else(|| words.loading.to_owned()),
            Page::Failed { title, .. } => title.clone().unwrap_or_else(|| words.failed.to_owned()),
        };
        Some(title)
    }

    /// The title of the browser's tab.
    pub fn tab_title(&self, catalogue: &Catalogue, words: &Words) -> String {
        let site = &catalogue.site.title;
        match self.title(words) {
            None => site.clone(),
            // A title that turns the direction must not turn the site's name.
            Some(title) => format!("{} · {site}", title.replace(text::is_directional, "")),
        }
    }
}
