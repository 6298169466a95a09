//! Which other posts a post's page leads on to: those that are about the same things. Pure.
//!
//! 1. `topics` says what each post is about: its tags, its categories and the terms that mark its
//!    text (`terms`), each with a weight that grows as fewer posts have it.
//! 2. An inverted index leads from a topic to its posts, so that no post is held against all.
//! 3. Two posts score the topics they share. The best are listed, and none below a threshold.
//!
//! # Why a list stays as it is
//!
//! A list that changes is a page that readers download again. So all counts are taken in powers of
//! two, and scores in steps; within a step the fresher post comes first.
//!
//! - A word that is edited seldom changes a list: the post's own, those of posts that share much
//!   with it, and those of posts with a term whose number of posts comes to a power of two.
//! - A post that is added enters the lists where it belongs. Others change where the number of
//!   posts with a tag or a term comes to a power of two (2, 4, 8 and so on).
//! - When the number of all posts comes to a power of two, from 32 on, all that is rare counts a
//!   step more, and most lists may change at once. The next such time is twice as many posts away.

mod terms;
mod topics;

use std::cmp::Reverse;
use std::ops::Range;

use rayon::prelude::*;

use super::memo::Memo;
use topics::Topic;

pub use topics::Counted;

/// What is known of a post.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Its tags, as places in the site's list; a tag may be there twice.
    pub tags: &'a [u32],
    /// Its categories, as places in the site's list.
    pub category: &'a [u32],
    /// The series it is a part of. The page shows the other parts elsewhere, so they aren't
    /// related; `None` for a post that stands alone.
    pub series: Option<&'a str>,
    /// Its title.
    pub title: &'a str,
    /// Its text without markup.
    pub text: &'a str,
    /// Its language, such as `zh-CN`. Texts of two languages share no terms, their tags do.
    pub language: &'a str,
}

/// How far two scores must be apart for certain to count as different.
const STEP: u32 = 8;

/// From how many steps on a post is listed. One tag in common is enough where at most one post in
/// 16 has it (of few posts, up to three), and never where one in four has; no single term of a text
/// is enough. Lower, posts come in that share no more than a programming language.
const LEAST: u32 = 3;

/// How many entries of the index are read for a post at most, so that the work stays in proportion
/// to the number of posts: the rarest topics first, and of the last only posts near in time.
const BUDGET: usize = 16_384;

/// For each post the places of up to `count` others, best first. `sources` begins with the newest.
pub fn related(sources: &[Source<'_>], count: usize, memo: &Memo<Counted>) -> Vec<Vec<usize>> {
    let index = Index::new(topics::of(sources, memo));
    let list = |scores: &mut Vec<u32>, post: usize| {
        let series = sources[post].series;
        let is_apart = |other: usize| series.is_none() || series != sources[other].series;
        let mut found = index.scored(post, scores);
        found.retain(|(other, score)| *score >= LEAST * STEP && is_apart(*other));
        best(found, count)
    };
    (0..sources.len()).into_par_iter().map_init(|| vec![0; sources.len()], list).collect()
}

/// The posts of the highest scores, in order.
fn best(mut found: Vec<(usize, u32)>, count: usize) -> Vec<usize> {
    let order = |(post, score): &(usize, u32)| (Reverse(score / STEP), *post);
    if count < found.len() {
        found.select_nth_unstable_by_key(count, order);
        found.truncate(count);
    }
    found.sort_unstable_by_key(order);
    // Borrowed, since the places would else be kept in the room of all that was found.
    found.iter().map(|(post, _)| *post).collect()
}

/// From topics to posts.
struct Index {
    /// The posts of one topic stand together, the newest first.
    entries: Vec<IndexEntry>,
    /// The topics of each post that others have as well, the rarest first: where their entries
    /// are, and the weight that they have for this post.
    topics: Vec<Vec<(Range<usize>, u32)>>,
}

/// That a post is about a topic.
struct IndexEntry {
    topic: u64,
    post: usize,
    weight: u32,
}

impl Index {
    fn new(posts: Vec<Vec<Topic>>) -> Self {
        let mut topics = vec![Vec::new(); posts.len()];
        let entry =
            |post, topic: Topic| IndexEntry { topic: topic.key, post, weight: topic.weight };
        let entries = posts.into_par_iter().enumerate();
        let mut entries: Vec<IndexEntry> = entries
            .flat_map_iter(|(post, topics)| topics.into_iter().map(move |topic| entry(post, topic)))
            .collect();
        entries.par_sort_unstable_by_key(|entry| (entry.topic, entry.post));
        let mut end = 0;
        for shared in entries.chunk_by(|a, b| a.topic == b.topic) {
            let range = end..end + shared.len();
            end = range.end;
            for entry in shared.iter().filter(|_| shared.len() > 1) {
                topics[entry.post].push((range.clone(), entry.weight));
            }
        }
        topics.iter_mut().for_each(|topics| topics.sort_by_key(|(range, _)| range.len()));
        Index { entries, topics }
    }

    /// The posts that share a topic with a post, each with its score. `scores` has a zero for each
    /// post of the site, and has so again afterwards.
    fn scored(&self, post: usize, scores: &mut [u32]) -> Vec<(usize, u32)> {
        let mut found = Vec::new();
        let mut budget = BUDGET;
        for (range, weight) in &self.topics[post] {
            let entries = nearest(&self.entries[range.clone()], post, budget);
            budget -= entries.len();
            for entry in entries.iter().filter(|entry| entry.post != post) {
                let score = &mut scores[entry.post];
                if *score == 0 {
                    found.push(entry.post);
                }
                *score += entry.weight.min(*weight);
            }
        }
        found.into_iter().map(|other| (other, std::mem::take(&mut scores[other]))).collect()
    }
}

/// A topic's entries, or where they are more than `limit`, those nearest in time to a post.
fn nearest(entries: &[IndexEntry], post: usize, limit: usize) -> &[IndexEntry] {
    if entries.len() <= limit {
        return entries;
    }
    let at = entries.partition_point(|entry| entry.post < post);
    let start = at.saturating_sub(limit / 2).min(entries.len() - limit);
    &entries[start..start + limit]
}

#[cfg(test)]
mod tests;
