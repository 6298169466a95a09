//! Live reload: a source that can be exchanged, and the channel that tells browsers so.

use super::{Site, Source};
use axum::Router;
use axum::http::{HeaderValue, Request, Response, StatusCode, header};
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::routing::get;
use futures_util::stream;
use std::convert::Infallible;
use std::sync::{Arc, PoisonError, RwLock};
use tokio::sync::watch;

/// The script that the site's pages load; it reloads the page when another release is there.
const SCRIPT: &str = include_str!("live.js");

/// A site that is rebuilt while it is served.
pub struct Live {
    shown: RwLock<Shown>,
    /// The release that browsers should have.
    release: watch::Sender<String>,
}

enum Shown {
    Site(Site),
    /// There has been no good build yet: the diagnostics.
    Problem(String),
}

impl Live {
    /// With nothing to show yet.
    pub fn new() -> Self {
        Self {
            shown: RwLock::new(Shown::Problem(String::new())),
            release: watch::Sender::default(),
        }
    }

    /// Serves this folder from now on, and reloads open pages if the release is another one.
    pub fn show(&self, site: Site, release: String) {
        *self.shown.write().unwrap_or_else(PoisonError::into_inner) = Shown::Site(site);
        self.release.send_if_modified(|current| {
            let differs = *current != release;
            *current = release;
            differs
        });
    }

    /// Shows the diagnostics unless there is a good site, which stays.
    pub fn explain(&self, report: String) {
        let mut shown = self.shown.write().unwrap_or_else(PoisonError::into_inner);
        if let Shown::Problem(problem) = &mut *shown {
            *problem = report;
            self.release.send_modify(|release| release.push('-'));
        }
    }

    /// The routes of the site and of the reload.
    pub fn router(self: Arc<Self>) -> Router {
        let release = self.release.clone();
        super::router(self)
            .route("/__inkstone/live", get(move || std::future::ready(events(&release))))
            .route("/__inkstone/live.js", get(script))
    }
}

impl Source for Live {
    fn respond(&self, request: &Request<()>) -> Response<Vec<u8>> {
        let shown = self.shown.read().unwrap_or_else(PoisonError::into_inner);
        let mut response = match &*shown {
            Shown::Site(site) => super::respond::respond(site, request),
            Shown::Problem(report) => problem_page(report),
        };
        // Nothing may be kept while its author is changing it; the tag still saves the bytes.
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        response
    }
}

fn problem_page(report: &str) -> Response<Vec<u8>> {
    let report = report.replace('&', "&amp;").replace('<', "&lt;");
    let page = format!(
        "<!doctype html><meta charset=\"utf-8\"><title>Not built yet</title>\
         <script src=\"/__inkstone/live.js\" defer></script>\
         <h1>Not built yet</h1><pre>{report}</pre>\n"
    );
    let mut response = Response::new(page.into_bytes());
    *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    let html = HeaderValue::from_static("text/html; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, html);
    response
}

/// First `hello` with the current release, then `reload` with each later one.
fn events(release: &watch::Sender<String>) -> impl IntoResponse + use<> {
    let events =
        stream::unfold((release.subscribe(), "hello"), |(mut receiver, name)| async move {
            if name == "reload" {
                receiver.changed().await.ok()?;
            }
            let data = receiver.borrow_and_update().clone();
            let event = Event::default().event(name).data(data);
            Some((Ok::<_, Infallible>(event), (receiver, "reload")))
        });
    Sse::new(events).keep_alive(KeepAlive::default())
}

async fn script() -> impl IntoResponse {
    let kind = "text/javascript; charset=utf-8";
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")], SCRIPT)
}
