//! Everything about tags and categories: which spellings are one term; its label, its slug, its
//! address and how often it is used.
//!
//! 1. [`Tally::add`] counts spellings under their folded key.
//! 2. [`Tally::finish`] picks one label a key and orders the terms, most used first.
//! 3. [`find`] looks a term up by its key; [`Kind::route`] is the address of its page.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::json::{Json, Read, Wrong};
use crate::model::Catalogue;
use crate::route::Route;
use crate::text;

/// A tag or a category: everything that is shown or linked of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Term {
    /// The folded form, by which spellings are compared; also what a filter in the URL says.
    pub key: String,
    /// The one spelling that is shown.
    pub label: String,
    /// The path segment of its page.
    pub slug: String,
    /// Posts that carry it.
    pub count: u32,
}

impl Read for Term {
    fn read(json: &Json) -> Result<Self, Wrong> {
        Ok(Term {
            key: json.get("key")?,
            label: json.get("label")?,
            slug: json.get("slug")?,
            count: json.get("count")?,
        })
    }
}

/// Tags or categories: one engine, two names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Tags.
    Tag,
    /// Categories.
    Category,
}

impl Kind {
    /// All terms of this kind, most used first.
    pub fn terms(self, catalogue: &Catalogue) -> &[Term] {
        match self {
            Kind::Tag => &catalogue.tags,
            Kind::Category => &catalogue.categories,
        }
    }

    /// The address of one term.
    pub fn route(self, slug: &str) -> Route {
        let slug = slug.to_owned();
        match self {
            Kind::Tag => Route::Tag { slug, page: 1 },
            Kind::Category => Route::Category { slug, page: 1 },
        }
    }
}

/// The place of a key among terms.
pub fn find(terms: &[Term], key: &str) -> Option<usize> {
    terms.iter().position(|term| term.key == key)
}

/// Counts the spellings of terms over all posts.
#[derive(Default)]
pub struct Tally {
    spellings: BTreeMap<String, BTreeMap<String, u32>>,
}

/// Two terms whose pages would stand at one address.
#[derive(Debug, PartialEq, Eq)]
pub struct Collision {
    /// The path segment both would have.
    pub slug: String,
    /// The labels, in order of their keys.
    pub labels: [String; 2],
}

/// The form by which spellings are compared.
pub fn key(name: &str) -> String {
    text::fold(name)
}

/// A name as it is written, with single spaces.
pub fn spelling(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Tally {
    /// Counts one post's use of a spelling.
    pub fn add(&mut self, name: &str) {
        *self.spellings.entry(key(name)).or_default().entry(spelling(name)).or_default() += 1;
    }

    /// The spellings of a key, in Unicode order.
    pub fn spellings(&self, key: &str) -> impl Iterator<Item = &String> {
        self.spellings.get(key).into_iter().flat_map(BTreeMap::keys)
    }

    /// Every term, most used first, then by key; `labels` (spellings the site prefers) win over
    /// the most used spelling, and among equals the first in Unicode order wins.
    pub fn finish(&self, labels: &[String]) -> (Vec<Term>, Vec<Collision>) {
        let preferred: BTreeMap<String, &String> =
            labels.iter().map(|label| (key(label), label)).collect();
        let mut terms: Vec<Term> = self
            .spellings
            .iter()
            .map(|(key, spellings)| {
                let label = preferred
                    .get(key)
                    .map_or_else(|| most_used(spellings).to_owned(), |label| (*label).clone());
                let count = spellings.values().sum();
                Term { slug: slug(key), key: key.clone(), label, count }
            })
            .collect();
        let collisions = collisions(&terms);
        terms.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.key.cmp(&b.key)));
        (terms, collisions)
    }
}

/// The path segment of a term's page; a name of nothing but signs gets their code points.
fn slug(key: &str) -> String {
    let slug = text::slug(key);
    if !slug.is_empty() {
        return slug;
    }
    key.chars().map(|c| format!("u{:x}", u32::from(c))).collect::<Vec<_>>().join("-")
}

fn most_used(spellings: &BTreeMap<String, u32>) -> &str {
    let best = spellings.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
    best.map_or("", |(spelling, _)| spelling)
}

fn collisions(terms: &[Term]) -> Vec<Collision> {
    let mut by_slug: BTreeMap<&str, &Term> = BTreeMap::new();
    let mut found = Vec::new();
    for term in terms {
        if let Some(other) = by_slug.insert(&term.slug, term) {
            let labels = [other.label.clone(), term.label.clone()];
            found.push(Collision { slug: term.slug.clone(), labels });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(names: &[&str], labels: &[&str]) -> Vec<(String, String, u32)> {
        let mut tally = Tally::default();
        names.iter().for_each(|name| tally.add(name));
        let labels: Vec<String> = labels.iter().map(|label| (*label).to_owned()).collect();
        let (terms, _) = tally.finish(&labels);
        terms.into_iter().map(|term| (term.label, term.slug, term.count)).collect()
    }

    #[test]
    fn spellings_of_one_tag_are_one_term_under_the_most_used_label() {
        let want = vec![("AI".to_owned(), "ai".to_owned(), 4)];
        assert_eq!(terms(&["AI", "ai", "ＡＩ", "AI"], &[]), want);
    }

    #[test]
    fn the_sites_label_wins() {
        let want = vec![("Kubernetes".to_owned(), "kubernetes".to_owned(), 2)];
        assert_eq!(terms(&["kubernetes", "kubernetes"], &["Kubernetes"]), want);
    }

    #[test]
    fn hostile_names_get_safe_and_different_slugs() {
        let names = ["constructor", "__proto__", "C#", "C++", "C", "../x", "？？", "!!"];
        let slugs: Vec<String> = terms(&names, &[]).into_iter().map(|term| term.1).collect();
        assert!(slugs.iter().all(|slug| !slug.is_empty() && !slug.contains('/')), "{slugs:?}");
        let different: std::collections::BTreeSet<_> = slugs.iter().collect();
        assert_eq!(different.len(), names.len(), "{slugs:?}");
    }

    #[test]
    fn two_names_for_one_address_are_reported() {
        let mut tally = Tally::default();
        ["a b", "a-b"].iter().for_each(|name| tally.add(name));
        let (_, collisions) = tally.finish(&[]);
        assert_eq!(collisions.len(), 1);
        assert_eq!(collisions[0].slug, "a-b");
    }
}
