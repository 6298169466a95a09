//! Talking to the service worker. `src/worker/messages.js` is the other end.

use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    MessageChannel, MessageEvent, RegistrationOptions, ServiceWorker, ServiceWorkerContainer,
    ServiceWorkerRegistration, ServiceWorkerState, ServiceWorkerUpdateViaCache,
};

use super::{Deadline, listen, root, window};
use crate::json::{Json, Read, Wrong};
use crate::page::{Save, SaveState};
use crate::view::notices::News;

/// What the worker answers to `inkstone:status`.
pub struct Status {
    /// Its release.
    pub release: String,
    /// What that brings to this page's.
    pub news: Option<News>,
    /// Whether everything the release promises offline is there.
    pub ready: bool,
    /// The documents that are kept, the last one first.
    pub kept: Vec<Stored>,
    /// What all that is kept takes, in bytes.
    pub bytes: u32,
    /// By what they save.
    pub saves: Vec<(String, Save)>,
}

/// A document that is kept.
pub struct Stored {
    /// Its path, relative to the base.
    pub doc: String,
    /// The file of it that is current.
    pub path: String,
    /// With its pictures, in bytes.
    pub size: u32,
    /// When it was stored: a number of the browser's.
    pub time: JsValue,
    /// Whether the release keeps it by itself.
    pub fixed: bool,
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

/// Whether a worker answers what this page asks for.
pub fn is_in_control() -> bool {
    container().and_then(|container| container.controller()).is_some_and(|worker| is_own(&worker))
}

/// Registers the worker; calls `fail` where the first one is given up.
pub async fn register(url: &str, scope: &str, fail: impl Fn() + Clone + 'static) {
    let Some(container) = container() else { return };
    let options = RegistrationOptions::new();
    options.set_scope(scope);
    options.set_update_via_cache(ServiceWorkerUpdateViaCache::None);
    let registered = JsFuture::from(container.register_with_options(url, &options)).await;
    let registered = registered.ok().and_then(|registration| registration.dyn_into().ok());
    let Some(registration): Option<ServiceWorkerRegistration> = registered else {
        // No connection, say, or storage is forbidden: asked for again at the next visit. Tools
        // that forbid workers answer with nothing.
        return fail();
    };
    hand_over(registration.clone());
    let target = registration.clone();
    let watch = move || {
        let Some(worker) = registration.installing() else { return };
        let (target, registration, fail) = (worker.clone(), registration.clone(), fail.clone());
        listen(&target, "statechange", move |_: web_sys::Event| match worker.state() {
            ServiceWorkerState::Installed => hand_over(registration.clone()),
            ServiceWorkerState::Redundant if registration.active().is_none() => fail(),
            _ => {}
        });
    };
    watch();
    listen(&target, "updatefound", move |_: web_sys::Event| watch());
}

/// Before each look at a worker that waits, in milliseconds. The later ones are longer than the half
/// minute without a message after which Chromium ends the old worker by itself.
const HAND_OVER_PAUSES: [u32; 4] = [1_000, 40_000, 40_000, 40_000];

/// A release that is installed takes over by itself, once the old worker was ended. Chromium asks a
/// worker that runs to end; one that it was just starting, or starts again for a message that came
/// in between, is not asked, and lives on. So the new one is told to go on when the old one has
/// answered and is known to run; more messages would only keep that alive.
fn hand_over(registration: ServiceWorkerRegistration) {
    wasm_bindgen_futures::spawn_local(async move {
        for pause in HAND_OVER_PAUSES {
            gloo_timers::future::TimeoutFuture::new(pause).await;
            if registration.waiting().is_none() {
                return;
            }
            let _ = ask("inkstone:activate", &[]).await;
            if let Some(waiting) = registration.waiting() {
                post(&waiting, "inkstone:activate", &[], &js_sys::Array::new());
            }
        }
    });
}

/// Calls `hear` when a worker takes over this page.
pub fn on_takeover(hear: impl Fn() + 'static) {
    if let Some(container) = container() {
        listen(&container, "controllerchange", move |_: web_sys::Event| hear());
    }
}

/// This blog's registration, and not one of a blog above it.
pub(super) async fn registration() -> Option<ServiceWorkerRegistration> {
    let scope = root("data-base")?;
    let found = JsFuture::from(container()?.get_registration_with_document_url(&scope)).await;
    let found: ServiceWorkerRegistration = found.ok()?.dyn_into().ok()?;
    (found.scope() == origin()? + &scope).then_some(found)
}

fn origin() -> Option<String> {
    window()?.location().origin().ok()
}

/// Whether a worker is this blog's: one of a blog above it may control the page as well.
fn is_own(worker: &ServiceWorker) -> bool {
    let script = || Some(origin()? + &root("data-base")? + "sw.js");
    script().is_some_and(|script| worker.script_url() == script)
}

/// Calls `hear` with the type of each message of this blog's worker, and the message.
pub fn on_message(hear: impl Fn(&str, Json) + 'static) {
    let Some(container) = container() else { return };
    listen(&container, "message", move |event: MessageEvent| {
        let from = event.source().and_then(|from| from.dyn_into::<ServiceWorker>().ok());
        if from.is_some_and(|worker| is_own(&worker)) {
            let message = Json::of(event.data());
            if let Ok(kind) = message.get::<String>("type") {
                hear(&kind, message);
            }
        }
    });
}

/// How the worker is; `None` where there is none at work. With `list`, what it keeps as well.
pub async fn status(list: bool) -> Option<Status> {
    let release = root("data-release").unwrap_or_default();
    let fields = [("release", release.into()), ("list", list.into())];
    Status::read(&ask("inkstone:status", &fields).await?).ok()
}

impl Read for Status {
    fn read(json: &Json) -> Result<Self, Wrong> {
        Ok(Status {
            release: json.get("release")?,
            news: json.get("news")?,
            ready: json.get("ready")?,
            kept: json.get("kept")?,
            bytes: json.get("bytes").unwrap_or(u32::MAX),
            saves: saves(&json.field("saves"))?,
        })
    }
}

fn saves(json: &Json) -> Result<Vec<(String, Save)>, Wrong> {
    let saves = json.entries().into_iter();
    saves.map(|(id, save)| Save::read(&save).map(|save| (id, save))).collect()
}

impl Read for Stored {
    fn read(json: &Json) -> Result<Self, Wrong> {
        Ok(Stored {
            doc: json.get("doc")?,
            path: json.get("path")?,
            size: json.get("size").unwrap_or(u32::MAX),
            time: json.time("time"),
            fixed: json.maybe("fixed")?,
        })
    }
}

impl Read for News {
    fn read(json: &Json) -> Result<Self, Wrong> {
        Ok(News { added: json.maybe("added")?, changed: json.maybe("changed")? })
    }
}

impl Read for Save {
    fn read(json: &Json) -> Result<Self, Wrong> {
        let state = match json.get::<String>("state")?.as_str() {
            "running" => SaveState::Running,
            "paused" => SaveState::Paused,
            "saved" => SaveState::Saved,
            _ => SaveState::Full,
        };
        Ok(Save {
            state,
            done: json.maybe("done")?,
            total: json.maybe("total")?,
            waiting: json.get::<String>("error").is_ok(),
            documents: json.maybe::<Vec<String>>("docs")?.len(),
        })
    }
}

/// The fields of a message besides its type.
pub type Fields<'a> = &'a [(&'a str, JsValue)];

/// Sends a message to the worker at work and waits for its answer.
pub async fn ask(kind: &str, fields: Fields<'_>) -> Option<Json> {
    ask_for(PATIENCE, kind, fields).await
}

/// The same for an answer that may take so many milliseconds.
pub async fn ask_for(patience: u32, kind: &str, fields: Fields<'_>) -> Option<Json> {
    let channel = MessageChannel::new().ok()?;
    let port = channel.port1();
    let answer = js_sys::Promise::new(&mut |resolve, _| {
        let on_message = Closure::once_into_js(move |event: MessageEvent| {
            let _ = resolve.call1(&JsValue::UNDEFINED, &event.data());
        });
        port.set_onmessage(Some(on_message.unchecked_ref()));
    });
    send(kind, fields, &js_sys::Array::of1(&channel.port2())).await?;
    let timeout = Deadline::new(patience)?;
    let gone = js_sys::Promise::new(&mut |_, reject| timeout.signal().set_onabort(Some(&reject)));
    let either = js_sys::Promise::race(&js_sys::Array::of2(&answer, &gone));
    JsFuture::from(either).await.ok().map(Json::of)
}

/// Sends a message to the worker at work, whose answer may take minutes and is not waited for.
pub async fn tell(kind: &str, fields: Fields<'_>) -> Option<()> {
    send(kind, fields, &js_sys::Array::new()).await
}

async fn send(kind: &str, fields: Fields<'_>, ports: &js_sys::Array) -> Option<()> {
    post(&registration().await?.active()?, kind, fields, ports)
}

fn post(
    worker: &ServiceWorker,
    kind: &str,
    fields: Fields<'_>,
    ports: &js_sys::Array,
) -> Option<()> {
    let message = js_sys::Object::new();
    let _ = Reflect::set(&message, &"type".into(), &kind.into());
    for (name, value) in fields {
        let _ = Reflect::set(&message, &(*name).into(), value);
    }
    worker.post_message_with_transferable(&message, ports).ok()
}
