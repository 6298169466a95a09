//! The filter of a page as data, and what the page is while a choice is on its way.

use super::{Failure, Page, Search};
use crate::filter::{Counts, Filter};
use crate::known::Known;
use crate::route::Route;

/// What can be chosen, with what each choice would give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panel {
    /// What is chosen.
    pub filter: Filter,
    /// What each choice would give.
    pub counts: Counts,
    /// Whether all tags are shown; else the most used ones.
    pub every_tag: bool,
    /// Whether categories and years are shown, and not only offered.
    pub more: bool,
    /// Whether what was chosen is still on its way; the counts are those of before.
    pub busy: bool,
}

impl Panel {
    /// The filter with its counts, as far as the reader has opened it.
    pub(super) fn new(known: &Known, filter: &Filter, counts: Counts) -> Self {
        let more = known.more || filter.category.is_some() || filter.year.is_some();
        Panel { filter: filter.clone(), counts, every_tag: known.every_tag, more, busy: false }
    }

    /// The same with another choice, whose counts are still to come.
    fn waiting(&self, filter: &Filter) -> Self {
        Panel { filter: filter.clone(), busy: true, ..self.clone() }
    }
}

impl Page {
    /// What stands there while a choice in its filter is on its way: the choice is seen at once,
    /// so that the next one adds to it. `None` for a page without a filter, or for another page.
    pub fn waiting(&self, route: &Route) -> Option<Page> {
        match (self, route) {
            (Page::Home { panel, list }, Route::Home { filter, .. }) => {
                Some(Page::Home { panel: panel.waiting(filter), list: list.clone() })
            }
            (Page::Search { panel, search, .. }, Route::Search { filter, .. }) => {
                let panel = panel.as_ref().map(|panel| panel.waiting(filter));
                let (filter, search) = (filter.clone(), search.clone());
                Some(Page::Search { panel, filter, search, busy: true })
            }
            _ => None,
        }
    }

    /// What stands there where a choice did not come. `None` as for [`Page::waiting`].
    pub fn failing(&self, route: &Route, failure: &Failure) -> Option<Page> {
        let mut page = self.waiting(route)?;
        match &mut page {
            Page::Home { panel, list } => {
                panel.busy = false;
                *list = Err(failure.clone());
            }
            Page::Search { panel, search, busy, .. } => {
                panel.iter_mut().for_each(|panel| panel.busy = false);
                *search = Search::Failed(failure.clone());
                *busy = false;
            }
            _ => {}
        }
        Some(page)
    }
}
