//! From one page to the next with the browser's own cross-fade (CSS View Transitions 1), where that
//! costs the reader no time.

use std::cell::{Cell, RefCell};
use std::pin::Pin;

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::{document, window};

/// A device that takes longer than this to begin is too slow for them, in milliseconds: two frames.
const QUICK: f64 = 34.0;

/// After so many slow ones in a row there are no others.
const MOST_SLOW: u8 = 2;

thread_local! {
    /// How many in a row were slow to begin.
    static SLOW: Cell<u8> = const { Cell::new(0) };
}

type Change = Pin<Box<dyn Future<Output = ()>>>;

/// Changes the page, in a transition where that is wanted and possible.
pub async fn in_transition(wanted: bool, change: impl Future<Output = ()> + 'static) {
    let change: Change = Box::pin(change);
    let change = match start().filter(|_| wanted) {
        Some(start) => match run(&start, change) {
            Ok(updated) => {
                let _ = JsFuture::from(updated).await;
                return;
            }
            Err(change) => change,
        },
        None => change,
    };
    change.await;
}

/// The browser's function, unless the reader wants no motion or sees nothing.
fn start() -> Option<Function> {
    let (window, document) = (window()?, document()?);
    let still = window.match_media("(prefers-reduced-motion: reduce)").ok()??.matches();
    if still || document.hidden() || SLOW.get() >= MOST_SLOW {
        return None;
    }
    Reflect::get(&document, &"startViewTransition".into()).ok()?.dyn_into().ok()
}

/// Begins a transition; what it answers with ends once the page has changed.
fn run(start: &Function, change: Change) -> Result<Promise, Change> {
    let Some(document) = document() else { return Err(change) };
    let begun = js_sys::Date::now();
    let change = std::rc::Rc::new(RefCell::new(Some(change)));
    let own = change.clone();
    let callback = Closure::once_into_js(move || -> JsValue {
        let slow = js_sys::Date::now() - begun > QUICK;
        SLOW.set(if slow { SLOW.get() + 1 } else { 0 });
        let mut change = own.borrow_mut().take();
        Promise::new(&mut |resolve, _| {
            let change = change.take();
            spawn_local(async move {
                if let Some(change) = change {
                    change.await;
                }
                let _ = resolve.call0(&JsValue::UNDEFINED);
            });
        })
        .into()
    });
    let transition = start.call1(&document, &callback).ok();
    let promise = |name: &str| -> Option<Promise> {
        Reflect::get(transition.as_ref()?, &name.into()).ok()?.dyn_into().ok()
    };
    // One that is skipped says so as a failure, which is none.
    let ignore = Closure::once_into_js(|_: JsValue| ());
    if let Some(ready) = promise("ready") {
        let _ = Reflect::get(&ready, &"catch".into())
            .ok()
            .and_then(|catch| catch.dyn_into::<Function>().ok())
            .map(|catch| catch.call1(&ready, &ignore));
    }
    match promise("updateCallbackDone") {
        Some(updated) => Ok(updated),
        None => change
            .borrow_mut()
            .take()
            .map_or_else(|| Ok(Promise::resolve(&JsValue::UNDEFINED)), Err),
    }
}
