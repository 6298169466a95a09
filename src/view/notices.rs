//! What the app has to say beside the page: a new release, no connection, a failed start.

use leptos::prelude::*;

use crate::words::Words;

/// The notices that are up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Notices {
    /// A new release waits.
    pub update: bool,
    /// There is no connection.
    pub offline: bool,
}

/// The content of the section of notices.
pub fn notices(
    words: &'static Words,
    state: impl Fn() -> Notices + Copy + Send + Sync + 'static,
    accept: impl Fn() + Clone + Send + Sync + 'static,
    dismiss: impl Fn() + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let update = move || {
        let (accept, dismiss) = (accept.clone(), dismiss.clone());
        state().update.then(|| {
            view! {
                <div class="notice" role="status">
                    <p>{words.update_ready}</p>
                    <button type="button" class="button" on:click=move |_| accept()>{words.update_now}</button>
                    <button type="button" class="button quiet" on:click=move |_| dismiss()>{words.update_later}</button>
                </div>
            }
        })
    };
    let offline = move || {
        let up = state().offline;
        up.then(
            || view! { <div class="notice slim" role="status"><p>{words.now_offline}</p></div> },
        )
    };
    view! { {update}{offline} }
}

/// The notice of a start that failed, with its retry.
pub fn failed_start(
    words: &'static Words,
    retry: impl Fn() + Send + Sync + 'static,
) -> impl IntoView {
    view! {
        <div class="notice" role="alert">
            <p>{words.failed_start}</p>
            <button type="button" class="button" on:click=move |_| retry()>{words.retry}</button>
        </div>
    }
}
