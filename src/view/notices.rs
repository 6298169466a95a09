//! What the app has to say beside the page: a new release, no connection, a failed start.

use leptos::prelude::*;

use super::markup::{Element, Markup, Tree, element, text};
use super::state::button;
use crate::words::{self, Words};

/// The notices that are up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Notices {
    /// A new release can be had.
    pub update: Option<News>,
    /// There is no connection.
    pub offline: bool,
    /// Something that the reader did not ask for happened.
    pub event: Option<Event>,
}

/// What a new release brings, as far as that is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// Posts and pages that were not there.
    pub added: u32,
    /// Posts and pages with another text.
    pub changed: u32,
}

/// What the reader is told once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A text could not be kept for want of room.
    Full,
    /// A save could not even begin.
    Unsaved,
    /// The page was loaded anew, because what it needed was of an older release and gone.
    Moved,
}

/// The content of the section of notices.
pub fn notices(
    words: &'static Words,
    state: impl Fn() -> Notices + Copy + Send + Sync + 'static,
    accept: impl Fn() + Clone + Send + Sync + 'static,
    dismiss: impl Fn() + Clone + Send + Sync + 'static,
) -> impl IntoView {
    move || {
        let state = state();
        let later = || button("button quiet", words.update_later).on("click", dismiss.clone());
        let mut up = Vec::new();
        if let Some(news) = state.update {
            let now = button("button", words.update_now).on("click", accept.clone());
            up.push(notice("notice", "status", news.line(words), vec![now, later()]));
        }
        let line = state.event.map(|event| match event {
            Event::Full => words.save_full,
            Event::Unsaved => words.save_failed,
            Event::Moved => words.update_moved,
        });
        let line = line.or(state.offline.then_some(words.now_offline));
        up.extend(line.map(|line| notice("notice slim", "status", line.to_owned(), Vec::new())));
        Tree::new(up)
    }
}

impl News {
    fn line(self, words: &Words) -> String {
        let count = |phrase, count| (count > 0).then(|| words::with(phrase, count));
        let counts = [(words.update_added, self.added), (words.update_changed, self.changed)];
        let counts = counts.into_iter().filter_map(|(phrase, number)| count(phrase, number));
        let counts = counts.collect::<Vec<_>>().join(words.comma);
        if counts.is_empty() {
            return words.update_ready.to_owned();
        }
        words::with(words.update_counts, counts)
    }
}

/// The notice of a start that failed, with its retry.
pub fn failed_start(words: &'static Words, retry: impl Fn() + Send + Sync + 'static) -> Tree {
    let retry = button("button", words.retry).on("click", retry);
    Tree::new(vec![notice("notice", "alert", words.failed_start.to_owned(), vec![retry])])
}

fn notice(class: &'static str, role: &'static str, line: String, buttons: Vec<Element>) -> Markup {
    let mut parts = vec![element("p", vec![text(line)]).done()];
    parts.extend(buttons.into_iter().map(Element::done));
    element("div", parts).with("class", class).with("role", role).done()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn news_are_counted_where_they_are_known() {
        let line = |added, changed| News { added, changed }.line(words::of("zh"));
        assert_eq!(line(0, 0), "有新内容可用。");
        assert_eq!(line(3, 0), "有新内容：3 篇新文章。");
        assert_eq!(line(0, 1), "有新内容：1 篇有更新。");
        assert_eq!(line(3, 1), "有新内容：3 篇新文章，1 篇有更新。");
        let english = News { added: 3, changed: 1 }.line(words::of("en"));
        assert_eq!(english, "Posts: 3 new, 1 changed.");
    }
}
