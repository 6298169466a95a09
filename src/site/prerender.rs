//! Every route as a whole page, by the views that the app uses, so that reading needs no script.

use std::sync::Arc;

use leptos::prelude::*;
use rayon::prelude::*;

use super::document::{Head, Shared, document};
use super::file::Files;
use super::library::Library;
use crate::model::Catalogue;
use crate::page::{self, Kind, Page, Plan};
use crate::route::{self, Route};
use crate::view::{self, Actions, Scene, Theme};
use crate::words;

/// What a prerendered page needs besides the catalogue once the app takes over.
pub struct Prerendered {
    /// The pages by path.
    pub files: Files,
    /// For each page of a document, its data file.
    pub needs: std::collections::BTreeMap<String, String>,
}

/// Pages that stand at no address: the app's shell and the page of a wrong address.
const SHELL: &str = "shell.html";
const NOT_FOUND: &str = "404.html";

/// Makes all pages, in parallel.
pub fn prerender(shared: &Shared<'_>, library: &Library) -> Prerendered {
    let catalogue = Arc::new(library.catalogue.clone());
    let scene = Scene {
        words: words::of(&catalogue.site.language),
        base: shared.base.clone(),
        actions: Actions::none(),
        catalogue: Arc::clone(&catalogue),
    };
    let pages: Vec<(String, String, Option<String>)> = routes(&catalogue)
        .par_iter()
        .map(|route| {
            let (page, data) = page_of(library, &catalogue, route);
            let path = route::page_file(&route.path());
            (path, render(shared, library, &scene, Some(route), (page, data.clone())), data)
        })
        .collect();
    let loading = Page::Loading { title: None };
    let mut files: Files = [
        (SHELL.to_owned(), render(shared, library, &scene, None, (loading, None)).into_bytes()),
        (
            NOT_FOUND.to_owned(),
            render(shared, library, &scene, None, (Page::NotFound, None)).into_bytes(),
        ),
    ]
    .into();
    let mut needs = std::collections::BTreeMap::new();
    for (path, html, data) in pages {
        needs.extend(data.map(|data| (path.clone(), data)));
        files.insert(path, html.into_bytes());
    }
    Prerendered { files, needs }
}

/// Every address of the site, lists with all their pages.
pub fn routes(catalogue: &Catalogue) -> Vec<Route> {
    let mut lists = vec![Route::home()];
    for kind in [Kind::Tag, Kind::Category] {
        lists.extend(kind.terms(catalogue).iter().map(|term| kind.route(&term.slug)));
    }
    let mut routes = vec![Route::Tags, Route::Categories, Route::Archive, Route::Saved];
    for list in lists {
        let pages = match page::plan(catalogue, &list) {
            Plan::Ready(Page::Home { list, .. } | Page::Term { list, .. }) => list.pages,
            _ => 1,
        };
        routes.extend((1..=pages).map(|page| list.at_page(page)));
    }
    let paths = catalogue.posts.iter().map(|post| &post.path);
    let paths = paths.chain(catalogue.pages.iter().map(|page| &page.path));
    routes.extend(paths.map(|path| Route::Document { path: path.clone() }));
    routes
}

fn page_of(library: &Library, catalogue: &Catalogue, route: &Route) -> (Page, Option<String>) {
    match (page::plan(catalogue, route), route) {
        (Plan::Ready(page), _) => (page, None),
        (Plan::Needs { data, .. }, Route::Document { path }) => {
            let document = library.documents.get(path).cloned().map(Arc::new);
            let page = document.map_or(Page::NotFound, |doc| page::with_document(catalogue, doc));
            (page, Some(data))
        }
        (Plan::Needs { .. }, _) => (Page::NotFound, None),
    }
}

fn render(
    shared: &Shared<'_>,
    library: &Library,
    scene: &Scene,
    route: Option<&Route>,
    (page, data): (Page, Option<String>),
) -> String {
    let catalogue = &scene.catalogue;
    let head = Head {
        title: page.tab_title(catalogue, scene.words),
        description: description(catalogue, &page),
        keywords: keywords(library, route),
        path: route.map(Route::path),
        data,
    };
    let (scene, route) = (scene.clone(), route.cloned());
    let body = Owner::new().with(|| {
        let main = view::page(&scene, page);
        let route = move || route.clone();
        view::frame(&scene, route, || Theme::System, || (), main, ()).to_html()
    });
    document(shared, &head, &body)
}

fn keywords(library: &Library, route: Option<&Route>) -> Vec<String> {
    match route {
        Some(Route::Document { path }) => {
            library.facts.get(path).map_or_else(Vec::new, |facts| facts.keywords.clone())
        }
        _ => Vec::new(),
    }
}

fn description(catalogue: &Catalogue, page: &Page) -> String {
    match page {
        Page::Home { .. } => catalogue.site.description.clone(),
        Page::Post { index, document } => {
            let excerpt = catalogue.posts.get(*index).map(|post| post.excerpt.clone());
            document.description.clone().or(excerpt).unwrap_or_default()
        }
        Page::Text { document, .. } => document.description.clone().unwrap_or_default(),
        _ => String::new(),
    }
}
