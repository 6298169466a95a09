//! What each post is about: its tags, its categories, and the terms that mark its text.
//!
//! 1. Every post's terms are counted, those of the title as if they stood there several times.
//! 2. Over all posts: how many carry a tag or a category, and how many of a language have a term.
//! 3. The heaviest terms of each post are kept, with all its tags and categories.
//!
//! Weights are whole numbers of powers of two, so that they change seldom.

use std::cmp::Reverse;
use std::sync::Arc;

use rayon::prelude::*;

use super::Source;
use super::terms::{self, Key};
use crate::site::memo::{self, Memo};

/// A tag, a category or a term.
pub(super) struct Topic {
    /// Which one it is.
    pub(super) key: u64,
    /// How much a post is about it, at least 1.
    pub(super) weight: u32,
}

/// The weight of a tag for each time that it halves the number of posts: an author's word.
const TAG: u32 = 8;

/// The same for a category, which is wider.
const CATEGORY: u32 = 4;

/// How many terms mark a post.
const TERMS: usize = 24;

/// How often a term in the title counts.
const TITLE: usize = 6;

/// The most that a term weighs, as halvings of the number of posts: misspelt or chance words are
/// the rarest, what posts have in common is not as rare.
const RAREST: u32 = 5;

/// The most that a term weighs, as doublings of how often a post has it.
const OFTENEST: u32 = 3;

/// As few posts can't show that a topic is common, so it is weighed as if there were more.
const FEW: u32 = 16;

/// The topics of each post.
pub(super) fn of(sources: &[Source<'_>], memo: &Memo<Counted>) -> Vec<Vec<Topic>> {
    let counted: Vec<Arc<Counted>> = sources.par_iter().map(|post| counted(post, memo)).collect();
    let tags = Frequencies::new(sources.iter().flat_map(|post| keys("tag", post.tags)).collect());
    let categories = sources.iter().flat_map(|post| keys("category", post.category)).collect();
    let categories = Frequencies::new(categories);
    let languages = Frequencies::new(counted.iter().map(|post| post.language).collect());
    let mut all = Vec::with_capacity(counted.iter().map(|post| post.terms.len()).sum());
    all.extend(counted.iter().flat_map(|post| post.terms.iter().map(|(term, _)| *term)));
    let terms = Frequencies::new(all);
    let topics = |(source, counted): (&Source<'_>, &Arc<Counted>)| {
        let posts = sources.len() as u32;
        let mut topics = marking(counted, languages.of(counted.language), &terms);
        for (keys, frequencies, weight) in [
            (keys("tag", source.tags), &tags, TAG),
            (keys("category", source.category), &categories, CATEGORY),
        ] {
            let weigh = |key| Topic { key, weight: weight * rarity(frequencies.of(key), posts) };
            topics.extend(keys.into_iter().map(weigh));
        }
        topics.retain(|topic| topic.weight > 0);
        topics
    };
    sources.par_iter().zip(&counted).map(topics).collect()
}

/// How many times the number of posts is halved by a topic that `with` of them have; 0 where about
/// half or more have it.
fn rarity(with: u32, posts: u32) -> u32 {
    posts.max(FEW).ilog2().saturating_sub(with.ilog2())
}

/// The keys of tags or categories, each once.
fn keys(kind: &str, places: &[u32]) -> Vec<u64> {
    let mut keys: Vec<u64> = places.iter().map(|at| Key::new(kind).with(*at).value()).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn counted(post: &Source<'_>, memo: &Memo<Counted>) -> Arc<Counted> {
    let inputs = || memo::key(&[post.text, post.title, post.language].map(str::as_bytes));
    memo.get(inputs, || Counted::new(post))
}

/// The terms of one post.
pub struct Counted {
    /// The key of its language, without its region.
    language: u64,
    /// Each term and how often it is there, in order of the keys.
    terms: Vec<(u64, u32)>,
}

impl Counted {
    fn new(post: &Source<'_>) -> Self {
        let language = post.language.split(['-', '_']).next().unwrap_or_default();
        let language = Key::new(&language.to_ascii_lowercase());
        let mut found = Vec::new();
        terms::each(post.text, language, |term| found.push(term));
        terms::each(post.title, language, |term| found.extend([term; TITLE]));
        found.sort_unstable();
        let terms = found.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as u32));
        Counted { language: language.value(), terms: terms.collect() }
    }
}

/// The terms that mark a post: often in it, and in few others of the `posts` of its language.
fn marking(counted: &Counted, posts: u32, frequencies: &Frequencies) -> Vec<Topic> {
    let weigh = |&(key, times): &(u64, u32)| {
        // A term of a quarter of all posts is the first that says anything.
        let rarity = rarity(frequencies.of(key), posts).saturating_sub(1);
        Topic { key, weight: rarity.min(RAREST) * (times + 1).ilog2().min(OFTENEST) }
    };
    // What one post alone has relates it to none, and would take the place of another term.
    let shared = counted.terms.iter().filter(|(key, _)| frequencies.of(*key) > 1);
    let mut topics: Vec<Topic> = shared.map(weigh).filter(|topic| topic.weight > 0).collect();
    topics.sort_unstable_by_key(|topic| (Reverse(topic.weight), topic.key));
    topics.truncate(TERMS);
    topics
}

/// How many posts have each key, for keys that more than one has, in order of the keys.
struct Frequencies(Vec<(u64, u32)>);

impl Frequencies {
    /// Counts keys, of which each post brought each once.
    fn new(mut keys: Vec<u64>) -> Self {
        keys.par_sort_unstable();
        let runs = keys.chunk_by(|a, b| a == b).filter(|run| run.len() > 1);
        Frequencies(runs.map(|run| (run[0], run.len() as u32)).collect())
    }

    /// How many posts have a key that at least one has.
    fn of(&self, key: u64) -> u32 {
        self.0.binary_search_by_key(&key, |(key, _)| *key).map_or(1, |at| self.0[at].1)
    }
}
