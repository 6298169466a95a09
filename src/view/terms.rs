//! All tags or categories, and the posts of one.

use super::markup::{Markup, element, text};
use super::{Scene, heading, lead, list, page_head, save};
use crate::filter::Filter;
use crate::page::{List, Save, SaveState};
use crate::route::Route;
use crate::tag::{Kind, Term};
use crate::words::{self, Words};

/// All tags or all categories, most used first.
pub fn terms(scene: &Scene, kind: Kind) -> Vec<Markup> {
    let words = scene.words;
    let item = |term: &Term| {
        let href = scene.href(&kind.route(&term.slug));
        let count = words::with(words.posts, term.count);
        let name = element("bdi", vec![text(&term.label)]).with("class", "term-name").done();
        let count = element("span", vec![text(count)]).with("class", "term-count").done();
        let link = element("a", vec![name, text(" "), count]).with("href", href);
        element("li", vec![link.done()]).done()
    };
    let items: Vec<_> = kind.terms(&scene.catalogue).iter().map(item).collect();
    let mut parts = vec![page_head(vec![heading(name(words, kind))])];
    if items.is_empty() {
        parts.push(list::empty(words.no_posts));
    }
    parts.push(element("ul", items).with("class", "term-list").done());
    parts
}

/// The posts of one tag or category.
pub fn term(scene: &Scene, kind: Kind, term: &Term, list: &List) -> Vec<Markup> {
    let words = scene.words;
    let overline = element("p", vec![text(name(words, kind))]).with("class", "overline").done();
    let total = lead(words::with(words.results, list.total));
    let mut parts = vec![page_head(vec![overline, heading(&term.label), total])];
    parts.push(narrow(scene, kind, term, list.total));
    parts.extend(list::posts(scene, list));
    parts
}

/// A link to the filter with this term chosen, and the control that saves its posts.
fn narrow(scene: &Scene, kind: Kind, term: &Term, total: usize) -> Markup {
    let filter = match kind {
        Kind::Tag => Filter::default().toggled(&term.key),
        Kind::Category => Filter::default().with_category(&term.key),
    };
    let link = element("a", vec![text(scene.words.narrow)]).with("class", "button quiet");
    let link = link.with("href", scene.href(&Route::filtered(filter))).done();
    // A post that came later is still to be saved.
    let grown = scene.save.state == SaveState::Saved && scene.save.documents < total;
    let save = if grown { Save::default() } else { scene.save };
    let scene = &Scene { save, ..scene.clone() };
    let save = save::save(scene, words::with(scene.words.save_term, total));
    element("p", vec![link, save]).with("class", "narrow needs-app").done()
}

fn name(words: &Words, kind: Kind) -> &'static str {
    match kind {
        Kind::Tag => words.tags,
        Kind::Category => words.categories,
    }
}
