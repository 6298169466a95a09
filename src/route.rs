//! The addresses of the site. [`Route`] is the only maker and the only reader of URLs.

use crate::filter::Filter;
use crate::text;

/// Where the site is mounted: `/`, or a path such as `/blog/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base(String);

impl Base {
    /// A base from a path; slashes at its ends are added where they lack.
    pub fn new(path: &str) -> Self {
        let inner = path.trim_matches('/');
        Base(if inner.is_empty() { "/".to_owned() } else { format!("/{inner}/") })
    }

    /// The path with its slashes, such as `/blog/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The URL of a decoded path below the base.
    pub fn href(&self, path: &str) -> String {
        format!("{}{}", self.0, text::encode_path(path))
    }
}

/// Every address that shows a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The list of posts, newest first: `/`, `/page/2/`, `/?tag=ai`.
    Home {
        /// From 1.
        page: u32,
        /// Which posts.
        filter: Filter,
    },
    /// All tags: `/tags/`.
    Tags,
    /// The posts of one tag: `/tags/<slug>/`, `/tags/<slug>/page/2/`.
    Tag {
        /// The decoded path segment of the tag.
        slug: String,
        /// From 1.
        page: u32,
    },
    /// All categories: `/categories/`.
    Categories,
    /// The posts of one category: `/categories/<slug>/`, and its further pages.
    Category {
        /// The decoded path segment of the category.
        slug: String,
        /// From 1.
        page: u32,
    },
    /// All posts by month: `/archive/`, `/archive/page/2/`.
    Archive {
        /// From 1.
        page: u32,
    },
    /// What has a text: `/search/?q=云`, narrowed like every list; `&page=2`.
    Search {
        /// Which posts; its text may still be empty.
        filter: Filter,
        /// From 1.
        page: u32,
    },
    /// What is kept for offline reading: `/saved/`.
    Saved,
    /// A post or a page at its own path, or nothing.
    Document {
        /// Decoded, relative to the base, as [`document_path`] makes it.
        path: String,
    },
}

/// The path of the page of the offline state, which is a file of its own and none of the app's.
pub const STATE: &str = "sw-state/";

/// First path segments that posts and pages can't have, in lower case and without `.html` (FAULTS
/// row 17).
pub const RESERVED: [&str; 24] = [
    "page",
    "tags",
    "categories",
    "archive",
    "saved",
    "sw-state",
    "search",
    "data",
    "assets",
    "og",
    "index",
    "404",
    "shell",
    "release.json",
    "sw.js",
    "manifest.webmanifest",
    "_headers",
    "_redirects",
    "feed.xml",
    "rss.xml",
    "feed.json",
    "sitemap.xml",
    "robots.txt",
    "opensearch.xml",
];

/// The path of a document: it ends with `/`, or with `.html` where its address does (Jekyll's
/// permalink style `date` and others).
pub fn document_path(path: &str) -> String {
    let inner = path.trim_matches('/');
    match inner.ends_with(".html") || inner.is_empty() {
        true => inner.to_owned(),
        false => format!("{inner}/"),
    }
}

/// The file of the page at a path.
pub fn page_file(path: &str) -> String {
    match path.ends_with(".html") {
        true => path.to_owned(),
        false => format!("{path}index.html"),
    }
}

impl Route {
    /// The home page without a filter.
    pub fn home() -> Self {
        Route::Home { page: 1, filter: Filter::default() }
    }

    /// The posts of a filter: the home page, or the search where there is a text.
    pub fn filtered(filter: Filter) -> Self {
        match filter.text.is_empty() {
            true => Route::Home { page: 1, filter },
            false => Route::Search { page: 1, filter },
        }
    }

    /// The search, with nothing to look for yet.
    pub fn search() -> Self {
        Route::Search { page: 1, filter: Filter::default() }
    }

    /// The search with another text and the rest of a filter.
    pub fn searched(filter: &Filter, text: &str) -> Self {
        Route::Search { page: 1, filter: Filter { text: text.to_owned(), ..filter.clone() } }
    }

    /// Reads the path and query of a URL below the base; `None` for a path outside the base, one
    /// that is not UTF-8 once decoded, and the page of the offline state.
    pub fn parse(base: &Base, path: &str, query: &str) -> Option<Self> {
        let inner = match path.strip_prefix(base.as_str()) {
            Some(inner) => inner,
            None if format!("{path}/") == base.as_str() => "",
            None => return None,
        };
        let inner = match inner.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => inner,
        };
        let mut segments = Vec::new();
        for segment in inner.split('/').filter(|segment| !segment.is_empty()) {
            segments.push(text::decode(segment)?);
        }
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        if segments == [STATE.trim_end_matches('/')] {
            return None;
        }
        Some(Self::from_segments(&segments, query))
    }

    fn from_segments(segments: &[&str], query: &str) -> Self {
        let filter = || Filter::parse(query.trim_start_matches('?'));
        let number = |text: &str| text.parse().ok().filter(|page| *page > 1);
        let document = || Route::Document { path: document_path(&segments.join("/")) };
        match segments {
            [] => Route::filtered(filter()),
            ["page", page] => {
                number(page).map_or_else(document, |page| Route::filtered(filter()).at_page(page))
            }
            ["tags"] => Route::Tags,
            ["tags", slug] => Route::Tag { slug: (*slug).to_owned(), page: 1 },
            ["tags", slug, "page", page] => number(page)
                .map_or_else(document, |page| Route::Tag { slug: (*slug).to_owned(), page }),
            ["categories"] => Route::Categories,
            ["categories", slug] => Route::Category { slug: (*slug).to_owned(), page: 1 },
            ["categories", slug, "page", page] => number(page)
                .map_or_else(document, |page| Route::Category { slug: (*slug).to_owned(), page }),
            ["archive"] => Route::Archive { page: 1 },
            ["archive", "page", page] => {
                number(page).map_or_else(document, |page| Route::Archive { page })
            }
            ["search"] => Route::Search { page: page_of(query), filter: filter() },
            ["saved"] => Route::Saved,
            _ => document(),
        }
    }

    /// The decoded path below the base, which ends with `/` or `.html`, or is empty.
    pub fn path(&self) -> String {
        let paged = |path: String, page: u32| match page {
            0 | 1 => path,
            page => format!("{path}page/{page}/"),
        };
        match self {
            Route::Home { page, .. } => paged(String::new(), *page),
            Route::Tags => "tags/".to_owned(),
            Route::Tag { slug, page } => paged(format!("tags/{slug}/"), *page),
            Route::Categories => "categories/".to_owned(),
            Route::Category { slug, page } => paged(format!("categories/{slug}/"), *page),
            Route::Archive { page } => paged("archive/".to_owned(), *page),
            Route::Search { .. } => "search/".to_owned(),
            Route::Saved => "saved/".to_owned(),
            Route::Document { path } => path.clone(),
        }
    }

    /// The URL, percent-encoded, with the filter in its query.
    pub fn href(&self, base: &Base) -> String {
        let mut href = base.href(&self.path());
        let mut query = match self {
            Route::Home { filter, .. } | Route::Search { filter, .. } => filter.query(),
            _ => String::new(),
        };
        if let Route::Search { page: 2.., .. } = self {
            query = format!("{query}&page={}", self.page());
        }
        if !query.is_empty() {
            href.push('?');
            href.push_str(query.trim_start_matches('&'));
        }
        href
    }

    /// Which page of its list it is, from 1.
    pub fn page(&self) -> u32 {
        match self {
            Route::Home { page, .. }
            | Route::Tag { page, .. }
            | Route::Category { page, .. }
            | Route::Search { page, .. }
            | Route::Archive { page } => *page,
            _ => 1,
        }
    }

    /// The same list at another page; other routes stay as they are.
    pub fn at_page(&self, page: u32) -> Self {
        let mut route = self.clone();
        if let Route::Home { page: at, .. }
        | Route::Tag { page: at, .. }
        | Route::Category { page: at, .. }
        | Route::Search { page: at, .. }
        | Route::Archive { page: at } = &mut route
        {
            *at = page;
        }
        route
    }
}

/// `page=2` of a query; 1 where there is none.
fn page_of(query: &str) -> u32 {
    let pairs = query.trim_start_matches('?').split('&');
    let page = pairs.filter_map(|pair| pair.strip_prefix("page=")).next();
    page.and_then(|page| page.parse().ok()).filter(|page| *page > 0).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(base: &str, url: &str, want: Option<Route>) {
        let base = Base::new(base);
        let (path, query) = url.split_once('?').unwrap_or((url, ""));
        let route = Route::parse(&base, path, query);
        assert_eq!(route, want, "{url}");
        if let Some(route) = route {
            let href = route.href(&base);
            let (path, query) = href.split_once('?').unwrap_or((&href, ""));
            assert_eq!(Route::parse(&base, path, query), Some(route), "{url} -> {href}");
        }
    }

    #[test]
    fn urls_and_routes_round_trip() {
        let document = |path: &str| Some(Route::Document { path: path.to_owned() });
        check("/", "/", Some(Route::home()));
        check("/", "/index.html", Some(Route::home()));
        check("/", "/page/2/", Some(Route::home().at_page(2)));
        check("/", "/?tag=ai&tag=%E4%BA%91", Some(Route::filtered(Filter::parse("tag=ai&tag=云"))));
        check("/", "/?match=any", Some(Route::filtered(Filter::parse("match=any"))));
        check("/", "/tags/c%23", Some(Route::Tag { slug: "c#".to_owned(), page: 1 }));
        check(
            "/",
            "/categories/a/page/3/",
            Some(Route::Category { slug: "a".to_owned(), page: 3 }),
        );
        check("/", "/archive/", Some(Route::Archive { page: 1 }));
        check("/", "/archive/page/3/", Some(Route::Archive { page: 3 }));
        check("/", "/search/", Some(Route::search()));
        let found = Route::searched(&Filter::parse("tag=ai"), "云 \"x y\"");
        check("/", "/search/?tag=ai&q=%E4%BA%91+%22x+y%22", Some(found.clone()));
        check("/", "/?q=%E4%BA%91+%22x+y%22&tag=ai", Some(found.clone()));
        check("/", "/search/?q=云 \"x y\"&tag=ai&page=2", Some(found.at_page(2)));
        check("/", "/search/?q=&page=x", Some(Route::search()));
        check("/", "/saved", Some(Route::Saved));
        check("/", "/posts/%E4%BA%91%20x/", document("posts/云 x/"));
        check("/sub/", "/sub", Some(Route::home()));
        check("/a/b", "/a/b/tags/", Some(Route::Tags));
    }

    #[test]
    fn odd_addresses_lead_to_not_found_and_never_panic() {
        let document = |path: &str| Some(Route::Document { path: path.to_owned() });
        check("/", "/page/0/", document("page/0/"));
        check("/", "/page/x/", document("page/x/"));
        check("/", "/tags/a/b/", document("tags/a/b/"));
        check("/", "//evil.example//x", document("evil.example/x/"));
        check("/", "/%ff/", None);
        check("/sub/", "/other/", None);
        check("/sub/", "/subway/", None);
    }

    #[test]
    fn the_page_of_the_offline_state_is_left_to_the_browser() {
        check("/", "/sw-state/", None);
        check("/sub/", "/sub/sw-state/index.html", None);
        check("/sub/", "/sub/sw-state", None);
        let other = Route::Document { path: "a/sw-state/".to_owned() };
        check("/", "/a/sw-state/", Some(other));
    }

    #[test]
    fn a_base_always_has_both_slashes() {
        for base in ["sub", "/sub", "sub/", "/sub/"] {
            assert_eq!(Base::new(base).as_str(), "/sub/");
        }
        assert_eq!(Base::new("").as_str(), "/");
        assert_eq!(Base::new("/sub").href("posts/云/"), "/sub/posts/%E4%BA%91/");
    }
}
