//! What one address shows, as data: the catalogue and a route in, a [`Page`] out. Pure, so that
//! the prerenderer and the browser show the same.

use std::sync::Arc;

use crate::filter::Filter;
use crate::model::{Catalogue, Document, Entry, PageEntry, Term};
use crate::route::Route;
use crate::text;
use crate::words::Words;

/// What the reader is to see.
#[derive(Clone, Debug, PartialEq)]
pub enum Page {
    /// The list of posts with its filter.
    Home {
        /// Which posts.
        filter: Filter,
        /// The posts and the pager.
        list: List,
        /// For each tag, what choosing it would leave.
        counts: Vec<u32>,
    },
    /// A post with its text.
    Post {
        /// Its position in the catalogue.
        index: usize,
        /// Its text.
        document: Arc<Document>,
    },
    /// A page with its text.
    Text {
        /// What the catalogue says of it.
        entry: PageEntry,
        /// Its text.
        document: Arc<Document>,
    },
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
    /// All posts by year.
    Archive,
    /// What is kept for offline reading.
    Saved(Kept),
    /// Nothing stands at the address.
    NotFound,
    /// The text is on its way.
    Loading {
        /// What is coming, where the catalogue knows.
        title: Option<String>,
    },
    /// The text did not come.
    Failed {
        /// What should have come, where the catalogue knows.
        title: Option<String>,
        /// Why, for people.
        failure: Failure,
    },
}

/// What the device keeps, as far as is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Kept {
    /// Not asked yet; also what is prerendered.
    #[default]
    Unknown,
    /// The browser can't keep anything.
    Unsupported,
    /// These posts and pages.
    Documents {
        /// Their paths, in the order of the catalogue.
        paths: Vec<String>,
        /// What all that is kept takes, in bytes.
        bytes: u64,
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

/// Tags or categories: one engine, two names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Tags.
    Tag,
    /// Categories.
    Category,
}

/// One page of a list of posts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// Indices into the catalogue.
    pub posts: Vec<usize>,
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
#[derive(Clone, Debug, PartialEq)]
pub enum Plan {
    /// Nothing: the catalogue was enough.
    Ready(Page),
    /// The text of a post or page; then [`with_document`] makes the page.
    Needs {
        /// The data file to load.
        data: String,
        /// The title to show meanwhile.
        title: String,
    },
}

/// What a route shows, or what must be loaded first.
pub fn plan(catalogue: &Catalogue, route: &Route) -> Plan {
    match route {
        Route::Document { path } => match find(catalogue, path) {
            Some((title, data)) => Plan::Needs { data: data.to_owned(), title: title.to_owned() },
            None => Plan::Ready(Page::NotFound),
        },
        _ => Plan::Ready(of_catalogue(catalogue, route)),
    }
}

/// The page of a route whose text has come.
pub fn with_document(catalogue: &Catalogue, document: Arc<Document>) -> Page {
    if let Some((index, _)) = catalogue.post(&document.path) {
        return Page::Post { index, document };
    }
    match catalogue.page(&document.path) {
        Some(entry) => Page::Text { entry: entry.clone(), document },
        None => Page::NotFound,
    }
}

fn find<'a>(catalogue: &'a Catalogue, path: &str) -> Option<(&'a str, &'a str)> {
    match catalogue.post(path) {
        Some((_, Entry { title, data, .. })) => Some((title, data)),
        None => catalogue.page(path).map(|page| (&*page.title, &*page.data)),
    }
}

fn of_catalogue(catalogue: &Catalogue, route: &Route) -> Page {
    match route {
        Route::Home { page, filter } => {
            let mut posts = filter.apply(catalogue);
            if *filter == Filter::default() {
                let is_pinned = |at: &usize| catalogue.posts.get(*at).is_some_and(|p| p.pinned);
                let (mut first, rest): (Vec<_>, Vec<_>) = posts.into_iter().partition(is_pinned);
                first.extend(rest);
                posts = first;
            }
            list(catalogue, posts, *page, route).map_or(Page::NotFound, |list| Page::Home {
                filter: filter.clone(),
                list,
                counts: filter.counts(catalogue),
            })
        }
        Route::Tags => Page::Terms(Kind::Tag),
        Route::Categories => Page::Terms(Kind::Category),
        Route::Tag { slug, page } => term(catalogue, Kind::Tag, slug, *page, route),
        Route::Category { slug, page } => term(catalogue, Kind::Category, slug, *page, route),
        Route::Archive => Page::Archive,
        Route::Saved => Page::Saved(Kept::Unknown),
        Route::Document { .. } => Page::NotFound,
    }
}

fn term(catalogue: &Catalogue, kind: Kind, slug: &str, page: u32, route: &Route) -> Page {
    let Some(term) = kind.terms(catalogue).iter().find(|term| term.slug == slug) else {
        return Page::NotFound;
    };
    let mut filter = Filter::default();
    match kind {
        Kind::Tag => filter.tags.push(term.key.clone()),
        Kind::Category => filter.category = Some(term.key.clone()),
    }
    list(catalogue, filter.apply(catalogue), page, route)
        .map_or(Page::NotFound, |list| Page::Term { kind, term: term.clone(), list })
}

/// One page of the posts; `None` past the last page.
fn list(catalogue: &Catalogue, posts: Vec<usize>, page: u32, route: &Route) -> Option<List> {
    let size = catalogue.site.page_size.max(1) as usize;
    let (total, pages) = (posts.len(), posts.len().div_ceil(size).max(1));
    let at = (page as usize).checked_sub(1).filter(|at| *at < pages)?;
    let posts = posts.into_iter().skip(at * size).take(size).collect();
    Some(List { posts, page, pages: pages as u32, total, route: route.clone() })
}

impl Kind {
    /// All terms of this kind.
    pub fn terms(self, catalogue: &Catalogue) -> &[Term] {
        match self {
            Kind::Tag => &catalogue.tags,
            Kind::Category => &catalogue.categories,
        }
    }

    /// The address of one term.
    pub fn route(self, slug: &str) -> Route {
        let slug = slug.to_owned();
        match self {
            Kind::Tag => Route::Tag { slug, page: 1 },
            Kind::Category => Route::Category { slug, page: 1 },
        }
    }
}

impl Page {
    /// The title of the page, without the site's name; `None` on the home page.
    pub fn title(&self, catalogue: &Catalogue, words: &Words) -> Option<String> {
        let title = match self {
            Page::Home { .. } => return None,
            Page::Post { index, .. } => catalogue.posts.get(*index)?.title.clone(),
            Page::Text { entry, .. } => entry.title.clone(),
            Page::Terms(Kind::Tag) => words.tags.to_owned(),
            Page::Terms(Kind::Category) => words.categories.to_owned(),
            Page::Term { term, .. } => term.label.clone(),
            Page::Archive => words.archive.to_owned(),
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
        match self.title(catalogue, words) {
            None => site.clone(),
            // A title that turns the direction must not turn the site's name.
            Some(title) => format!("{} · {site}", title.replace(text::is_directional, "")),
        }
    }
}
