//! Talking to the service worker. `src/worker/messages.js` is the other end.

use std::cell::Cell;

use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    MessageChannel, MessageEvent, RegistrationOptions, ServiceWorker, ServiceWorkerContainer,
    ServiceWorkerRegistration, ServiceWorkerState, ServiceWorkerUpdateViaCache,
};

use super::{Deadline, listen, root, window};
use crate::json::{self, Json, Read, Wrong};

/// What the worker answers to `inkstone:status`.
#[derive(Clone, Debug, Default)]
pub struct Status {
    /// Whether everything the release promises offline is there.
    pub ready: bool,
    /// The documents that are kept.
    pub kept: Vec<KeptDocument>,
    /// What all that is kept takes, in bytes.
    pub bytes: u32,
}

/// A document that is kept.
#[derive(Clone, Debug)]
pub struct KeptDocument {
    /// Its path, relative to the base.
    pub doc: String,
    /// The file of it that is current.
    pub path: String,
}

/// A worker that has not answered for this long is not there, in milliseconds.
const PATIENCE: u32 = 10_000;

/// The browser's container; `None` where it has none (an insecure origin, an old browser).
fn container() -> Option<ServiceWorkerContainer> {
    let navigator = window()?.navigator();
    let there = Reflect::has(&navigator, &"serviceWorker".into()).unwrap_or(false);
    there.then(|| navigator.service_worker())
}

/// Whether a worker is to be expected here at all.
pub fn is_expected() -> bool {
    container().is_some() && root("data-worker").as_deref() == Some("on")
}

/// Registers the worker; `update` is called when a new release waits.
pub async fn register(url: &str, scope: &str, update: impl Fn() + Clone + 'static) {
    let Some(container) = container() else { return };
    let options = RegistrationOptions::new();
    options.set_scope(scope);
    options.set_update_via_cache(ServiceWorkerUpdateViaCache::None);
    let registered = JsFuture::from(container.register_with_options(url, &options)).await;
    let registration = registered.ok().and_then(|value| value.dyn_into().ok());
    let Some(registration): Option<ServiceWorkerRegistration> = registration else {
        // No connection, say, or storage is forbidden: asked for again at the next visit.
        return super::set_root("data-worker", "failed");
    };
    if registration.waiting().is_some() && container.controller().is_some() {
        update();
    }
    let target = registration.clone();
    listen(&target, "updatefound", move |_: web_sys::Event| {
        if let Some(worker) = registration.installing() {
            watch(worker, update.clone());
        }
    });
}

/// Calls `update` once a new worker is installed beside one that is at work.
fn watch(worker: ServiceWorker, update: impl Fn() + 'static) {
    let target = worker.clone();
    listen(&target, "statechange", move |_: web_sys::Event| {
        let controlled = container().is_some_and(|container| container.controller().is_some());
        if worker.state() == ServiceWorkerState::Installed && controlled {
            update();
        }
    });
}

/// Calls `hear` when a worker takes over this page.
pub fn on_takeover(hear: impl Fn() + 'static) {
    if let Some(container) = container() {
        listen(&container, "controllerchange", move |_: web_sys::Event| hear());
    }
}

thread_local! {
    /// Messages that have not been answered yet.
    static PENDING: Cell<u32> = const { Cell::new(0) };
    /// Whether a new release is taking over, so that the old one is left alone.
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Between two looks at the worker, in milliseconds, and how many are taken.
const TAKEOVER_PAUSE: u32 = 100;
const TAKEOVER_LOOKS: u32 = 600;

/// Lets the waiting release take over, then loads the page anew.
///
/// A browser activates a worker only when the old one has nothing to do, and Chromium notices
/// that for certain only if it was so when it was asked. So nothing more is sent to the old
/// worker, its answers are waited for, and where that was not enough it is given an empty
/// message, after which it is idle once more.
pub fn activate_waiting() {
    let Some(container) = container() else { return };
    listen(&container, "controllerchange", move |_: web_sys::Event| super::reload());
    QUIET.set(true);
    wasm_bindgen_futures::spawn_local(async move {
        for look in 0..TAKEOVER_LOOKS {
            let Some(registration) = registration().await else { return };
            let Some(waiting) = registration.waiting() else { return };
            if look % 10 == 0 && (PENDING.get() == 0 || look > 0) {
                let _ = waiting.post_message(&message("inkstone:activate", None));
            } else if look % 10 == 5
                && let Some(active) = registration.active()
            {
                let _ = active.post_message(&message("inkstone:idle", None));
            }
            gloo_timers::future::TimeoutFuture::new(TAKEOVER_PAUSE).await;
        }
    });
}

pub(super) async fn registration() -> Option<ServiceWorkerRegistration> {
    let scope = root("data-base")?;
    let found = JsFuture::from(container()?.get_registration_with_document_url(&scope)).await;
    found.ok()?.dyn_into().ok()
}

/// Calls `hear` with the type of each message of the worker.
pub fn on_message(hear: impl Fn(String) + 'static) {
    let Some(container) = container() else { return };
    listen(&container, "message", move |event: MessageEvent| {
        let kind = Reflect::get(&event.data(), &"type".into()).ok();
        if let Some(kind) = kind.and_then(|kind| kind.as_string()) {
            hear(kind);
        }
    });
}

/// What the worker keeps; `None` where there is no worker at work.
pub async fn status() -> Option<Status> {
    let answer = post("inkstone:status", None).await?;
    let json = js_sys::JSON::stringify(&answer).ok()?.as_string()?;
    Status::read(&json::parse(&json).ok()?).ok()
}

impl Read for Status {
    fn read(json: &Json) -> Result<Self, Wrong> {
        Ok(Status {
            ready: json.get("ready")?,
            kept: json.get("kept")?,
            bytes: json.get("bytes").unwrap_or(u32::MAX),
        })
    }
}

impl Read for KeptDocument {
    fn read(json: &Json) -> Result<Self, Wrong> {
        Ok(KeptDocument { doc: json.get("doc")?, path: json.get("path")? })
    }
}

/// Sends a message to the worker at work and waits for its answer; nothing while another
/// release takes over.
pub async fn post(kind: &str, path: Option<&str>) -> Option<JsValue> {
    if QUIET.get() {
        return None;
    }
    PENDING.set(PENDING.get() + 1);
    let answer = ask(kind, path).await;
    PENDING.set(PENDING.get() - 1);
    answer
}

async fn ask(kind: &str, path: Option<&str>) -> Option<JsValue> {
    let worker = registration().await?.active()?;
    let channel = MessageChannel::new().ok()?;
    let port = channel.port1();
    let answer = js_sys::Promise::new(&mut |resolve, _| {
        let on_message = Closure::once_into_js(move |event: MessageEvent| {
            let _ = resolve.call1(&JsValue::UNDEFINED, &event.data());
        });
        port.set_onmessage(Some(on_message.unchecked_ref()));
    });
    let ports = js_sys::Array::of1(&channel.port2());
    worker.post_message_with_transferable(&message(kind, path), &ports).ok()?;
    let timeout = Deadline::new(PATIENCE)?;
    let gone = js_sys::Promise::new(&mut |_, reject| timeout.signal().set_onabort(Some(&reject)));
    let either = js_sys::Promise::race(&js_sys::Array::of2(&answer, &gone));
    JsFuture::from(either).await.ok()
}

fn message(kind: &str, path: Option<&str>) -> JsValue {
    let message = js_sys::Object::new();
    let _ = Reflect::set(&message, &"type".into(), &kind.into());
    if let Some(path) = path {
        let _ = Reflect::set(&message, &"path".into(), &path.into());
    }
    message.into()
}
