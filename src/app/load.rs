//! Loading the site's JSON, by name, each file once.

use std::sync::Arc;

use gloo_net::http::Request;

use super::Catalogued;
use super::browser;
use super::store::Store;
use crate::model::{Catalogue, Document};
use crate::page::{self, Failure, Page, Plan};
use crate::route::{Base, Route};

/// A page, or why there is none.
pub enum Load {
    /// Everything came.
    Ready(Page),
    /// The title of what should have come, and why it did not.
    Failed(Option<String>, Failure),
}

impl Load {
    /// The page to show either way.
    pub fn page(self) -> Page {
        match self {
            Load::Ready(page) => page,
            Load::Failed(title, failure) => Page::Failed { title, failure },
        }
    }
}

/// A request that has not answered for this long has failed, in milliseconds.
const PATIENCE: u32 = 20_000;

/// Loads the catalogue.
pub async fn catalogue(base: &Base, file: &str) -> Catalogued {
    let text = text(&base.href(file)).await?;
    Catalogue::from_json(&text).map_err(Failure::Broken)
}

/// The page of a route, with its text where it has one.
pub async fn page(store: &Store, route: &Route) -> Load {
    let catalogue = store.catalogue();
    let (data, title) = match page::plan(&catalogue, route) {
        Plan::Ready(page) => return Load::Ready(page),
        Plan::Needs { data, title } => (data, title),
    };
    match document(store, &data).await {
        Ok(document) => Load::Ready(page::with_document(&catalogue, document)),
        Err(failure) => Load::Failed(Some(title), failure),
    }
}

async fn document(store: &Store, data: &str) -> Result<Arc<Document>, Failure> {
    if let Some(document) = store.document(data) {
        return Ok(document);
    }
    let text = text(&store.base().href(data)).await?;
    let document = Arc::new(Document::from_json(&text).map_err(Failure::Broken)?);
    store.remember(data, Arc::clone(&document));
    Ok(document)
}

async fn text(url: &str) -> Result<String, Failure> {
    let deadline = browser::Deadline::new(PATIENCE);
    let request = Request::get(url).abort_signal(deadline.as_ref().map(|d| d.signal()).as_ref());
    let response = request.send().await.map_err(|_| Failure::Offline)?;
    if !response.ok() {
        return Err(Failure::Broken(format!("HTTP {}", response.status())));
    }
    response.text().await.map_err(|_| Failure::Offline)
}
