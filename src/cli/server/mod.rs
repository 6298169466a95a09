//! Serving a folder the way its host would; for `preview`, and for `serve` with live reload.
//!
//! A request becomes a response in steps, and `rules` says what a host does differently in each:
//! `redirects` reads `_redirects`, `address` and `path` find the file, `packing` and `encoding`
//! choose how it is compressed, `conditional` compares what the browser has, `range` cuts a part
//! out, `fields` and `headers` add what the host and `_headers` say. `respond` puts them together
//! and is free of sockets; `hosts` holds the rules, `live` adds the reload.

mod address;
mod conditional;
mod encoding;
mod fields;
mod headers;
mod host;
pub mod hosts;
mod live;
mod packing;
mod path;
mod pattern;
mod range;
mod redirects;
mod respond;
pub mod rules;

#[cfg(test)]
mod tests;

pub use fields::security;
pub use headers::HeaderRules;
pub use host::Host;
pub use live::Live;
pub use respond::Site;

use super::Failure;
use anyhow::Context;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;

/// What a server answers with.
pub trait Source: Send + Sync + 'static {
    /// The answer to a request without a body; may read files.
    fn respond(&self, request: &Request<()>) -> Response<Vec<u8>>;
}

/// Takes the port on this machine only; 0 takes a free one.
pub fn bind(port: u16) -> Result<TcpListener, Failure> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => Failure::Environment(format!(
            "port {port} is taken: stop the other server, or choose another with --port \
             (--port 0 takes a free one)"
        )),
        _ => Failure::Environment(format!(
            "cannot listen on port {port}: {error}; choose another with --port"
        )),
    })
}

/// The address to open in a browser; `base` starts and ends with a slash.
pub fn address(listener: &TcpListener, base: &str) -> Result<String, Failure> {
    let address = listener.local_addr().context("cannot read the port")?;
    Ok(format!("http://{address}{base}"))
}

/// Serves until the process ends; an interrupt ends it at once.
pub fn run(listener: TcpListener, router: Router) -> Result<(), Failure> {
    ctrlc::set_handler(|| std::process::exit(0)).context("cannot watch for an interrupt")?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("cannot start the server")?;
    runtime.block_on(async {
        listener.set_nonblocking(true).context("cannot start the server")?;
        let listener = tokio::net::TcpListener::from_std(listener)?;
        axum::serve(listener, router).await.context("the server stopped")
    })?;
    Ok(())
}

/// A router that answers everything from the source.
pub fn router<S: Source>(source: Arc<S>) -> Router {
    Router::new().fallback(handle::<S>).with_state(source)
}

async fn handle<S: Source>(State(source): State<Arc<S>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let request = Request::from_parts(parts, ());
    let answer = tokio::task::spawn_blocking(move || source.respond(&request)).await;
    match answer {
        Ok(response) => response.map(Body::from),
        Err(_) => {
            let mut response = Response::new(Body::from("the server failed\n"));
            *response.status_mut() = axum::http::StatusCode::INTERNAL_SERVER_ERROR;
            response
        }
    }
}
