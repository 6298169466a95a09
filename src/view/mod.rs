//! Pages as markup: data in, elements out. The same functions make the prerendered files and the
//! app's live pages, so both are the same markup. Nothing here fetches, routes or touches a
//! browser; what a control does is an [`Actions`] entry that the caller brings.

mod archive;
mod contents;
mod filter;
mod frame;
mod head;
mod home;
mod icon;
mod list;
pub(crate) mod markup;
pub mod notices;
mod post;
mod prose;
mod save;
mod saved;
mod search;
mod state;
mod terms;

use std::sync::Arc;

use crate::model::{Catalogue, Document};
use crate::page::{Page, Save};
use crate::route::{Base, Route};
use crate::words::Words;

pub use frame::{Theme, frame};
pub use head::{OWN as OWN_HEAD, head, head_html};
pub use markup::Tree;
use markup::{Markup, element, text};

/// What every view may look at.
#[derive(Clone)]
pub struct Scene {
    /// The whole blog.
    pub catalogue: Arc<Catalogue>,
    /// Where it is mounted.
    pub base: Base,
    /// The words of its language.
    pub words: &'static Words,
    /// What controls do.
    pub actions: Actions,
    /// How far the save of what is shown is.
    pub save: Save,
    /// Whether the page is the search, so that a filter stays there.
    pub searching: bool,
    /// Whether the blog is an app of the device, without the buttons of a browser.
    pub standalone: bool,
}

/// What controls do. Prerendered pages have controls that do nothing until the app starts.
#[derive(Clone)]
pub struct Actions {
    /// Shows a route, as if a link to it had been followed, but keeps focus where it is.
    pub choose: Arc<dyn Fn(Route) + Send + Sync>,
    /// Loads the current page again.
    pub retry: Arc<dyn Fn() + Send + Sync>,
    /// Removes a document from what is kept, by its path.
    pub forget: Arc<dyn Fn(String) + Send + Sync>,
    /// Shows more of the page, or less.
    pub ask: Arc<dyn Fn(Ask) + Send + Sync>,
}

/// What a reader may ask of a page without leaving it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// The page before this one.
    Back,
    /// Look for a new release.
    CheckUpdate,
    /// Save what is shown, or go on with it.
    Save,
    /// Wait with that.
    Pause,
    /// More of what is kept.
    MoreKept,
    /// That nothing is kept but what always is.
    ForgetAll,
    /// That the browser never deletes what is kept.
    Persist,
    /// Install the blog on the device.
    Install,
    /// All tags to choose from.
    EveryTag,
    /// The filter of a search.
    Narrow,
    /// That earlier searches are forgotten.
    ForgetSearches,
}

impl Actions {
    /// For prerendering.
    pub fn none() -> Self {
        Actions {
            choose: Arc::new(|_| ()),
            retry: Arc::new(|| ()),
            forget: Arc::new(|_| ()),
            ask: Arc::new(|_| ()),
        }
    }
}

impl Scene {
    fn href(&self, route: &Route) -> String {
        route.href(&self.base)
    }
}

/// The content of `<main>` for a page.
pub fn page(scene: &Scene, page: &Page) -> Tree {
    Tree::new(match page {
        Page::Home { panel, list } => home::home(scene, panel, list),
        Page::Document(document) => post::post(scene, document),
        Page::Terms(kind) => terms::terms(scene, *kind),
        Page::Term { kind, term, list } => terms::term(scene, *kind, term, list),
        Page::Archive(list) => archive::archive(scene, list),
        Page::Search { panel, filter, search, busy } => {
            let scene = Scene { searching: true, ..scene.clone() };
            search::search(&scene, panel.as_ref(), filter, (search, *busy))
        }
        Page::Saved(kept) => saved::saved(scene, kept),
        Page::NotFound => state::not_found(scene),
        Page::Loading { title } => state::loading(scene, title.as_deref()),
        Page::Failed { title, failure, instead } => {
            state::failed(scene, title.as_deref(), failure, instead)
        }
    })
}

/// A document's text as HTML, for readers that are no browser of ours.
pub fn text_html(scene: &Scene, title: &str, language: &str, document: &Document) -> String {
    let article = crate::markdown::parse(&document.markdown, title, language);
    let mut html = String::new();
    prose::prose(scene, article, document).iter().for_each(|part| part.write(&mut html));
    html
}

/// What stands above the content of a page.
fn page_head(parts: Vec<Markup>) -> Markup {
    element("header", parts).with("class", "page-head").done()
}

/// The heading of a page; the app moves the focus to it after a navigation.
fn heading(title: &str) -> Markup {
    element("h1", vec![text(title)]).done()
}

/// The line below the heading of a page.
fn lead(line: impl Into<String>) -> Markup {
    element("p", vec![text(line)]).with("class", "lead").done()
}
