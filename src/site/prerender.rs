//! Every route as a whole page, by the views that the app uses, so that reading needs no script.

use std::sync::Arc;

use leptos::prelude::*;
use rayon::prelude::*;

use super::app_files::AppFiles;
use super::bundle::Bundle;
use super::document::{Head, Shared, document};
use super::file::Files;
use super::library::Library;
use super::memo::{self, Key, Memo, owned};
use crate::known::{Known, Part};
use crate::model::{Catalogue, PageEntry};
use crate::page::{self, Page, Plan, Save};
use crate::route::{self, Base, Route};
use crate::tag::Kind;
use crate::view::{self, Actions, Scene, Theme};
use crate::words;

/// What a prerendered page needs besides the catalogue once the app takes over.
pub struct Prerendered {
    /// The pages by path.
    pub files: Files,
    /// For each page the files besides the catalogue, where there are any.
    pub needs: std::collections::BTreeMap<String, Vec<String>>,
    /// What they show of the blog around them.
    pub scene: Scene,
    /// All that they have in common.
    pub common: Key,
}

/// Pages that stand at no address: the app's shell and the page of a wrong address.
const SHELL: &str = "shell.html";
const NOT_FOUND: &str = "404.html";

/// Makes all pages, in parallel.
pub fn prerender(
    shared: &Shared<'_>,
    library: &Library,
    bundle: &Bundle,
    memo: &Memo<String>,
) -> Prerendered {
    let known = known(library, bundle);
    let bare = Known::new(bundle.shipped.clone());
    let scene = scene(shared.base, frame_of(&bundle.shipped));
    let common = common(shared, &scene);
    let pages: Vec<(String, Vec<u8>, Vec<String>)> = routes(&library.catalogue)
        .par_iter()
        .map(|route| {
            let path = route::page_file(&route.path());
            let (html, needs) = if let Route::Document { path } = route {
                let needs: Vec<String> = bundle.documents.get(path).cloned().into_iter().collect();
                let inputs = || key(common, route, &[], &needs);
                let page = || page_of(library, &known, route);
                let make = || render(shared, &scene, Some(route), (page(), needs.clone()));
                (memo.get(inputs, make), needs)
            } else {
                let page = page_of(library, &known, route);
                let needs = needs(&bare, &known, &page, route);
                let inputs = || key(common, route, &shown(&page), &needs);
                let make = || render(shared, &scene, Some(route), (page.clone(), needs.clone()));
                (memo.get(inputs, make), needs)
            };
            (path, owned(html).into_bytes(), needs)
        })
        .collect();
    let loading = Page::Loading { title: None };
    let mut files = Files::new();
    for (path, page) in [(SHELL, loading), (NOT_FOUND, Page::NotFound)] {
        let html = render(shared, &scene, None, (page, Vec::new()));
        files.insert(path.to_owned(), html.into_bytes());
    }
    let mut all_needs = std::collections::BTreeMap::new();
    for (path, html, needs) in pages {
        if !needs.is_empty() {
            all_needs.insert(path.clone(), needs);
        }
        files.insert(path, html);
    }
    Prerendered { files, needs: all_needs, scene, common }
}

/// What a page shows of the blog around it. Not posts, search and the names of files, which change
/// with every word: a page that shows some of that has it from its [`Page`].
fn frame_of(catalogue: &Catalogue) -> Arc<Catalogue> {
    let Catalogue { schema, site, tags, categories, total, months, .. } = catalogue.clone();
    let pages = catalogue.pages.iter().cloned();
    let pages = pages.map(|page| PageEntry { data: String::new(), ..page }).collect();
    let frame =
        Catalogue { schema, site, tags, categories, total, months, pages, ..Catalogue::default() };
    Arc::new(frame)
}

/// All that pages have in common.
fn common(shared: &Shared<'_>, scene: &Scene) -> Key {
    let Shared { config, base, app, icons, manifest, styles, worker, live_script } = shared;
    // Of the app and the icons only the names, which are of their content.
    let AppFiles { template, inline_scripts, module, wasm, style, styles: groups, boot, files: _ } =
        app;
    let app = (template, inline_scripts, module, wasm, style, groups, boot);
    let icons = (&icons.small, &icons.large, &icons.maskable, &icons.apple, &icons.svg);
    let settings =
        format!("{:?}", (config, base, app, icons, manifest, styles, worker, live_script));
    // The words are those of the site's language.
    let around = format!("{:?}", (&*scene.catalogue, &scene.base, scene.searching));
    memo::key(&[settings.as_bytes(), around.as_bytes()])
}

/// All that a page is made of. `shown` is nothing for a document, since the file that it needs is
/// named by its content.
fn key(common: Key, route: &Route, shown: &[u8], needs: &[String]) -> Key {
    let (route, needs) = (format!("{route:?}"), format!("{needs:?}"));
    memo::key(&[common.as_ref(), route.as_bytes(), shown, needs.as_bytes()])
}

/// What a list or another page shows. Posts as JSON, which is written much faster.
fn shown(page: &Page) -> Vec<u8> {
    let (around, list) = match page {
        Page::Home { panel, list: Ok(list) } => (format!("{panel:?}"), list),
        Page::Term { kind, term, list } => (format!("{:?}", (kind, term)), list),
        Page::Archive(list) => (String::new(), list),
        other => return format!("{other:?}").into_bytes(),
    };
    let page::List { posts, page, pages, total, route } = list;
    let around = format!("{:?}", (around, page, pages, total, route));
    // Writing into memory does not fail.
    let posts = serde_json::to_vec(posts).unwrap_or_default();
    [around.into_bytes(), posts].concat()
}

/// What the views look at, with controls that do nothing.
fn scene(base: &Base, catalogue: Arc<Catalogue>) -> Scene {
    Scene {
        words: words::of(&catalogue.site.language),
        base: base.clone(),
        actions: Actions::none(),
        searching: false,
        save: Save::default(),
        standalone: false,
        catalogue,
    }
}

/// The blog as a browser would know it that had loaded all lists.
fn known(library: &Library, bundle: &Bundle) -> Known {
    let mut known = Known::new(bundle.shipped.clone());
    known.add_facets(bundle.facets.clone());
    known.add_listed(library.catalogue.posts.iter().rev().cloned());
    known
}

/// Every address of the site, lists with all their pages.
pub fn routes(catalogue: &Catalogue) -> Vec<Route> {
    let mut routes = vec![Route::Tags, Route::Categories, Route::Saved, Route::search()];
    let mut list = |route: Route, posts: u32, size: u32| {
        let pages = posts.div_ceil(size.max(1)).max(1);
        routes.extend((1..=pages).map(|page| route.at_page(page)));
    };
    let size = catalogue.site.page_size;
    list(Route::home(), catalogue.total, size);
    list(Route::Archive { page: 1 }, catalogue.total, page::ARCHIVE_SIZE as u32);
    for kind in [Kind::Tag, Kind::Category] {
        for term in kind.terms(catalogue) {
            list(kind.route(&term.slug), term.count, size);
        }
    }
    let paths = catalogue.posts.iter().map(|post| &post.path);
    let paths = paths.chain(catalogue.pages.iter().map(|page| &page.path));
    routes.extend(paths.map(|path| Route::Document { path: path.clone() }));
    routes
}

fn page_of(library: &Library, known: &Known, route: &Route) -> Page {
    if let Route::Document { path } = route {
        let document = library.documents.get(path).cloned();
        return document.map_or(Page::NotFound, |document| Page::Document(Arc::new(document)));
    }
    match page::plan(known, route) {
        Plan::Ready(page) => page,
        Plan::Needs(_) | Plan::Moved(_) => Page::NotFound,
    }
}

/// The files besides the catalogue that the app needs to show a list again.
fn needs(bare: &Known, known: &Known, page: &Page, route: &Route) -> Vec<String> {
    let (Page::Home { list: Ok(list), .. } | Page::Term { list, .. } | Page::Archive(list)) = page
    else {
        return Vec::new();
    };
    let mut parts: Vec<Part> = Vec::new();
    if matches!(route, Route::Tag { .. } | Route::Category { .. }) {
        parts.extend(bare.facets().err());
    }
    for post in &list.posts {
        parts.extend(bare.entry(post.id).err().filter(|part| !parts.contains(part)));
    }
    parts.iter().filter_map(|part| known.file(part)).collect()
}

fn render(
    shared: &Shared<'_>,
    scene: &Scene,
    route: Option<&Route>,
    (page, needs): (Page, Vec<String>),
) -> String {
    let (markup, data) = view::head_html(scene, route, &page);
    let head = Head {
        title: page.tab_title(&scene.catalogue, scene.words),
        markup,
        data,
        document: matches!(page, Page::Document(_)).then(|| needs.first().cloned()).flatten(),
        needs,
        alone: None,
    };
    let (scene, route) = (scene.clone(), route.cloned());
    let body = Owner::new().with(|| {
        let main = view::page(&scene, &page);
        let route = move || route.clone();
        view::frame(&scene, route, || Theme::System, || (), main, ()).to_html()
    });
    document(shared, &head, &body)
}
