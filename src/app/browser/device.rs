//! What the device does for the blog besides keeping texts: looking for a new release, installing.

use js_sys::{Date, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{document, listen, store, stored, window, worker};
use crate::page::{Install, Persistence};

/// The name under which the time of the last look is stored, as ISO 8601: numbers are read and written
/// by the browser, since the code for fractions would add 19 KB to the app.
const CHECKED: &str = "inkstone:checked";

/// The name under which it is stored that the browser did not agree to keep everything.
const REFUSED: &str = "inkstone:persist-refused";

/// A page that is looked at again looks for news unless it did so within these milliseconds.
const FRESH: f64 = 5.0 * 60e3;

/// While a page stays in view it looks after so many milliseconds, then after twice as many, up to
/// the most.
const FIRST_PAUSE: f64 = 30.0 * 60e3;
const LONGEST_PAUSE: f64 = 6.0 * 3600e3;

/// How often a page that stays in view asks itself whether it is time, in milliseconds.
const TICK: u32 = 60_000;

/// Where `boot.js` keeps the browser's offer to install.
const OFFER: &str = "inkstoneOffer";

/// Looks for a new release; whether there is one, and `None` where that could not be seen.
pub async fn check() -> Option<bool> {
    let registration = worker::registration().await?;
    JsFuture::from(registration.update().ok()?).await.ok()?;
    store(CHECKED, &String::from(Date::new_0().to_iso_string()));
    // What was found is still being installed.
    Some(registration.installing().is_some() || registration.waiting().is_some())
}

/// When a look succeeded last, in milliseconds of Unix time.
fn last() -> Option<f64> {
    Some(Date::parse(&stored(CHECKED)?)).filter(|time| !time.is_nan())
}

/// The same for people: date and time where the reader is.
pub fn checked() -> Option<String> {
    let date = Date::new(&JsValue::from_f64(last()?));
    let language = super::root("lang").unwrap_or_default();
    date.to_locale_string(&language, &JsValue::UNDEFINED).as_string()
}

/// The day of a point of time that the browser knows, as people write it.
pub fn day(time: &JsValue) -> Option<String> {
    let language = super::root("lang").unwrap_or_default();
    time.as_f64()?;
    Date::new(time).to_locale_date_string(&language, &JsValue::UNDEFINED).as_string()
}

/// Looks when the reader comes back to the page, and less and less often while they stay.
pub async fn check_regularly() {
    let Some(document) = document() else { return };
    let seen = document.clone();
    listen(&document, "visibilitychange", move |_: web_sys::Event| {
        if !seen.hidden() && last().is_none_or(|last| Date::now() - last > FRESH) {
            wasm_bindgen_futures::spawn_local(async {
                check().await;
            });
        }
    });
    let (mut pause, mut next) = (FIRST_PAUSE, Date::now() + FIRST_PAUSE);
    loop {
        gloo_timers::future::TimeoutFuture::new(TICK).await;
        if Date::now() > next && !document.hidden() {
            check().await;
            pause = (pause * 2.0).min(LONGEST_PAUSE);
            next = Date::now() + pause;
        }
    }
}

/// How the blog can be installed here and now.
pub fn install_offer() -> Install {
    let Some(window) = window() else { return Install::No };
    let get = |from: &JsValue, name: &str| Reflect::get(from, &name.into()).ok();
    if get(&window, OFFER).is_some_and(|offer| offer.is_object()) {
        return Install::Button;
    }
    // Only iOS has the property; it is true once the blog stands on the home screen.
    match get(window.navigator().as_ref(), "standalone").and_then(|value| value.as_bool()) {
        Some(false) => Install::Share,
        _ => Install::No,
    }
}

/// Whether the browser may delete what is kept.
pub async fn persistence() -> Persistence {
    match storage_says("persisted").await {
        None => Persistence::Unknown,
        Some(true) => Persistence::Granted,
        Some(false) if stored(REFUSED).is_some() => Persistence::Refused,
        Some(false) => Persistence::BestEffort,
    }
}

/// Asks the browser not to delete what is kept; some ask the reader, some decide by themselves.
pub async fn persist() {
    if storage_says("persist").await == Some(false) {
        store(REFUSED, "yes");
    }
}

/// What a question to `navigator.storage` is answered with; `None` where there is no such thing.
async fn storage_says(question: &str) -> Option<bool> {
    let storage = Reflect::get(window()?.navigator().as_ref(), &"storage".into()).ok()?;
    let ask = Reflect::get(&storage, &question.into()).ok()?.dyn_into::<Function>().ok()?;
    let answer = ask.call0(&storage).ok()?.dyn_into::<Promise>().ok()?;
    JsFuture::from(answer).await.ok()?.as_bool()
}

/// Calls `hear` when the browser offers to install, or the reader has done so.
pub fn on_offer(hear: impl Fn() + Clone + 'static) {
    let Some(window) = window() else { return };
    for event in ["beforeinstallprompt", "appinstalled"] {
        let hear = hear.clone();
        listen(&window, event, move |_: web_sys::Event| hear());
    }
}

/// Shows the browser's own question, which it answers once only.
pub async fn install() {
    let Some(window) = window() else { return };
    let Ok(offer) = Reflect::get(&window, &OFFER.into()) else { return };
    let _ = Reflect::delete_property(&window, &OFFER.into());
    let prompt = Reflect::get(&offer, &"prompt".into()).ok();
    let prompt = prompt.and_then(|prompt| prompt.dyn_into::<Function>().ok());
    let asked = prompt.and_then(|prompt| prompt.call0(&offer).ok()?.dyn_into::<Promise>().ok());
    if let Some(asked) = asked {
        let _ = JsFuture::from(asked).await;
    }
}
