//! What the app has to say beside the page: a new release, no connection, a failed start.

use leptos::prelude::*;

use super::markup::{Element, Markup, Tree, element, text};
use super::state::button;
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
        let now = button("button", words.update_now).on("click", accept);
        let later = button("button quiet", words.update_later).on("click", dismiss);
        let up = notice("notice", "status", words.update_ready, vec![now, later]);
        Tree::new(state().update.then_some(up).into_iter().collect())
    };
    let offline = move || {
        let up = notice("notice slim", "status", words.now_offline, Vec::new());
        Tree::new(state().offline.then_some(up).into_iter().collect())
    };
    (update, offline)
}

/// The notice of a start that failed, with its retry.
pub fn failed_start(words: &'static Words, retry: impl Fn() + Send + Sync + 'static) -> Tree {
    let retry = button("button", words.retry).on("click", retry);
    Tree::new(vec![notice("notice", "alert", words.failed_start, vec![retry])])
}

fn notice(
    class: &'static str,
    role: &'static str,
    line: &'static str,
    buttons: Vec<Element>,
) -> Markup {
    let mut parts = vec![element("p", vec![text(line)]).done()];
    parts.extend(buttons.into_iter().map(Element::done));
    element("div", parts).with("class", class).with("role", role).done()
}
