//! Loading the blog's parts, by name, each file once.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

use gloo_net::http::Request;

use super::browser;
use super::store::Store;
use crate::json;
use crate::known::Part;
use crate::model::{self, Catalogue};
use crate::page::{Failure, Page, Plan, Search};
use crate::route::{Base, Route};

/// A page, or why there is none.
pub enum Load {
    /// Everything came.
    Ready(Page),
    /// Something did not.
    Failed(Failure),
}

/// A request that has not answered for this long has failed, in milliseconds.
const PATIENCE: u32 = 20_000;

/// A page that asks for parts more often than this asks for what is not there.
const ROUNDS: usize = 12;

/// Which file the current catalogue is, by `release.json`.
pub async fn release(base: &Base) -> Result<String, Failure> {
    let bytes = bytes(&base.href("release.json")).await?;
    let broken = |reason: &str| Failure::Broken(reason.to_owned());
    let text = std::str::from_utf8(&bytes).map_err(|_| broken("not UTF-8"))?;
    let json = json::parse(text).map_err(Failure::Broken)?;
    let text = |key: &'static str| json.get::<String>(key).map_err(|_| broken(key));
    browser::set_root("data-release", &text("release")?);
    text("catalogue")
}

/// Loads the catalogue.
pub async fn catalogue(base: &Base, file: &str) -> Result<Catalogue, Failure> {
    model::read(&bytes(&base.href(file)).await?).map_err(Failure::Broken)
}

/// The page of a route with all that it needs. Where something else took the place of what stood
/// there, the route is changed.
pub async fn page(store: &Store, route: &mut Route) -> Load {
    for _ in 0..ROUNDS {
        match store.plan(route) {
            Plan::Ready(page) => return Load::Ready(page),
            Plan::Moved(path) => *route = Route::Document { path },
            Plan::Needs(parts) => {
                if let Err(failure) = all(store, &parts).await {
                    return Load::Failed(failure);
                }
            }
        }
    }
    Load::Failed(Failure::Broken("?".to_owned()))
}

/// The files of all posts of a tag or a category; `None` where not all are known.
pub async fn files_of_term(store: &Store, route: &Route) -> Option<Vec<String>> {
    for _ in 0..ROUNDS {
        match store.files_of_term(route) {
            Ok(files) => return Some(files),
            Err(parts) => all(store, &parts).await.ok()?,
        }
    }
    None
}

/// Fetches what a page needs before anybody asks for it. Whether it came is no matter.
pub async fn ahead(store: &Store, mut route: Route) {
    let _ = page(store, &mut route).await;
}

/// What is shown where a page did not come.
pub fn failed(store: &Store, route: &Route, failure: Failure) -> Page {
    let failing = store.look(|page| page.failing(route, &failure));
    failing.unwrap_or_else(|| match route {
        Route::Search { filter, .. } => {
            let (filter, search) = (filter.clone(), Search::Failed(failure));
            Page::Search { panel: None, filter, search, busy: false }
        }
        _ => Page::Failed { title: store.title_of(route), failure, instead: Vec::new() },
    })
}

/// Loads parts side by side; all that came are kept, whatever did not.
pub async fn all(store: &Store, parts: &[Part]) -> Result<(), Failure> {
    let mut failure = Ok(());
    let mut waiting: Vec<Loading<'_>> =
        parts.iter().map(|part| Box::pin(one(store, part)) as Loading<'_>).collect();
    poll_fn(|context| {
        waiting.retain_mut(|loading| match loading.as_mut().poll(context) {
            Poll::Ready(Ok(())) => false,
            Poll::Ready(Err(why)) => {
                failure = Err(why);
                false
            }
            Poll::Pending => true,
        });
        if waiting.is_empty() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    failure
}

type Loading<'a> = Pin<Box<dyn Future<Output = Result<(), Failure>> + 'a>>;

async fn one(store: &Store, part: &Part) -> Result<(), Failure> {
    let Some(file) = store.file(part) else {
        return Err(Failure::Broken("404".to_owned()));
    };
    // What is on its way already is not asked for twice.
    if poll_fn(|context| store.poll_loaded(&file, context)).await {
        return Ok(());
    }
    let bytes = bytes(&store.base().href(&file)).await;
    let added = bytes.and_then(|bytes| store.add(part, &bytes).map_err(Failure::Broken));
    store.end_load(&file, added.is_ok());
    added
}

async fn bytes(url: &str) -> Result<Vec<u8>, Failure> {
    let deadline = browser::Deadline::new(PATIENCE);
    let request = Request::get(url).abort_signal(deadline.as_ref().map(|d| d.signal()).as_ref());
    let response = request.send().await.map_err(|_| Failure::Offline)?;
    if !response.ok() {
        return Err(Failure::Broken(format!("HTTP {}", response.status())));
    }
    response.binary().await.map_err(|_| Failure::Offline)
}
