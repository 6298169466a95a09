//! The terms of all posts in one order, without a map of them all.
//!
//! 1. Every posting is one number: the term in its highest 42 bits, then the post, then the class.
//!    A term of one or two characters, as most are, is its characters. A longer one is the place
//!    of its word in the vocabulary of the blog.
//! 2. Sorted, the postings of a term stand together, in the order of the posts.
//! 3. The two kinds of terms are merged as groups.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::Source;
use crate::search::postings::{BODY, HEADING, OFTEN, OFTEN_COUNT, Postings, TITLE};
use crate::search::snippet::Section;
use crate::search::token::Tokens;
use crate::site::memo::{self, Key, Memo};

/// Below the term: 20 bits of the post and 2 of the class.
const TERM_SHIFT: u32 = 22;
const CHAR_BITS: u32 = 21;
const CLASS_BITS: u32 = 2;

/// The most posts of one part.
const PART: usize = 64;

/// All terms and postings of a blog.
pub(super) struct Index {
    /// Postings of terms of one or two characters.
    short: Vec<u64>,
    /// Postings of words of the vocabulary.
    long: Vec<u64>,
    /// Longer terms, in order.
    vocabulary: Vec<Vec<char>>,
}

/// The postings of one term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    long: bool,
    start: u32,
    end: u32,
}

impl Index {
    /// Of posts, of which there are at most 2^20.
    pub(super) fn of(sources: &[Source], memo: &Memo<Part>) -> Self {
        // More parts than there are threads, as posts differ in length; each has a vocabulary.
        // And so small that a change makes few others' terms anew.
        let size = sources.len().div_ceil(4 * rayon::current_num_threads()).clamp(1, PART);
        let parts: Vec<Arc<Part>> = (sources.par_chunks(size).enumerate())
            .map(|(number, posts)| {
                let first = number * size;
                memo.get(|| Part::key(posts, first), || Part::of(posts, first))
            })
            .collect();
        let mut vocabulary: Vec<_> = parts.iter().flat_map(|part| &part.vocabulary).collect();
        vocabulary.par_sort_unstable();
        vocabulary.dedup();
        let long = parts.par_iter().map(|part| part.renumbered(&vocabulary)).collect();
        let vocabulary = vocabulary.into_iter().cloned().collect();
        let short = sorted(parts.iter().map(|part| &*part.short));
        let long: Vec<Vec<u64>> = long;
        Index { short, long: sorted(long.iter().map(Vec::as_slice)), vocabulary }
    }

    /// The terms in order.
    pub(super) fn groups(&self) -> Vec<Group> {
        let short = groups(&self.short, false);
        let long = groups(&self.long, true);
        let mut merged = Vec::with_capacity(short.len() + long.len());
        let mut short = short.into_iter().peekable();
        for group in long {
            let term = self.term(&group);
            while let Some(group) = short.next_if(|group| self.term(group) < term) {
                merged.push(group);
            }
            merged.push(group);
        }
        merged.extend(short);
        merged
    }

    /// The characters of a term.
    pub(super) fn term(&self, group: &Group) -> Vec<char> {
        let term = self.numbers(group)[0] >> TERM_SHIFT;
        if group.long {
            return self.vocabulary[term as usize].clone();
        }
        let chars = [term >> CHAR_BITS, term & ((1 << CHAR_BITS) - 1)];
        chars.into_iter().filter(|c| *c > 0).filter_map(|c| char::from_u32(c as u32)).collect()
    }

    /// The posts of a term.
    pub(super) fn postings(&self, group: &Group) -> Postings {
        let posting = |number: &u64| {
            let id = number >> CLASS_BITS & ((1 << (TERM_SHIFT - CLASS_BITS)) - 1);
            (id as u32, (number & u64::from(TITLE)) as u8)
        };
        let (ids, classes) = self.numbers(group).iter().map(posting).unzip();
        Postings { ids, classes }
    }

    fn numbers(&self, group: &Group) -> &[u64] {
        let all = if group.long { &self.long } else { &self.short };
        &all[group.start as usize..group.end as usize]
    }
}

/// The ranges of equal terms in sorted postings.
fn groups(numbers: &[u64], long: bool) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut start = 0;
    for same in numbers.chunk_by(|a, b| a >> TERM_SHIFT == b >> TERM_SHIFT) {
        let end = start + same.len() as u32;
        groups.push(Group { long, start, end });
        start = end;
    }
    groups
}

fn sorted<'a>(parts: impl Iterator<Item = &'a [u64]> + Clone) -> Vec<u64> {
    let mut all = Vec::with_capacity(parts.clone().map(<[u64]>::len).sum());
    for part in parts {
        all.extend_from_slice(part);
    }
    all.par_sort_unstable();
    all
}

/// The postings of some posts.
pub struct Part {
    short: Vec<u64>,
    /// With places in the vocabulary of this part.
    long: Vec<u64>,
    /// In the order of occurrence.
    vocabulary: Vec<Vec<char>>,
}

impl Part {
    /// All that [`Part::of`] depends on.
    fn key(posts: &[Source], first: usize) -> Key {
        let first = first.to_le_bytes();
        let mut inputs: Vec<&[u8]> = vec![&first];
        for post in posts {
            inputs.push(b"post");
            for (text, class) in texts(post) {
                inputs.extend([if class == TITLE { b"t" } else { b"s" }, text.as_bytes()]);
            }
        }
        memo::key(&inputs)
    }

    fn of(posts: &[Source], first: usize) -> Self {
        let mut part = Part { short: Vec::new(), long: Vec::new(), vocabulary: Vec::new() };
        let mut words = HashMap::new();
        let (mut short, mut long) = (Vec::new(), Vec::new());
        for (id, post) in (first as u64..).zip(posts) {
            for (text, class) in texts(post) {
                Tokens::of(text).terms(&mut |term| {
                    let (to, number) = match *term {
                        [c] => (&mut short, u64::from(c as u32) << CHAR_BITS),
                        [a, b] => {
                            (&mut short, u64::from(a as u32) << CHAR_BITS | u64::from(b as u32))
                        }
                        _ => (&mut long, part.place(&mut words, term)),
                    };
                    to.push(number << CLASS_BITS | u64::from(class));
                });
            }
            condense(&mut short, id, &mut part.short);
            condense(&mut long, id, &mut part.long);
        }
        part
    }

    /// The place of a word in the vocabulary, to which it is added.
    fn place(&mut self, words: &mut HashMap<Vec<char>, u64>, word: &[char]) -> u64 {
        if let Some(place) = words.get(word) {
            return *place;
        }
        let place = self.vocabulary.len() as u64;
        words.insert(word.to_vec(), place);
        self.vocabulary.push(word.to_vec());
        place
    }

    /// The postings of words with places in the vocabulary of the blog.
    fn renumbered(&self, vocabulary: &[&Vec<char>]) -> Vec<u64> {
        let place = |word| vocabulary.partition_point(|other| *other < word) as u64;
        let places: Vec<u64> = self.vocabulary.iter().map(place).collect();
        let below = (1 << TERM_SHIFT) - 1;
        let number =
            |number: &u64| places[(number >> TERM_SHIFT) as usize] << TERM_SHIFT | number & below;
        self.long.iter().map(number).collect()
    }
}

/// Every text of a post with its class.
fn texts<'a>(post: &'a Source<'_>) -> impl Iterator<Item = (&'a str, u8)> {
    let section = |section: &'a Section| [(&*section.heading, HEADING), (&*section.text, BODY)];
    let tags = post.tags.iter().map(|tag| (*tag, TITLE));
    std::iter::once((post.title, TITLE)).chain(tags).chain(post.sections.iter().flat_map(section))
}

/// Makes one posting of all occurrences of a term in a post.
fn condense(occurrences: &mut Vec<u64>, id: u64, out: &mut Vec<u64>) {
    occurrences.sort_unstable();
    for same in occurrences.chunk_by(|a, b| a >> CLASS_BITS == b >> CLASS_BITS) {
        let (Some(last), count) = (same.last(), same.len()) else { continue };
        // Sorted, the strongest class is the last.
        let class = match (last & u64::from(TITLE)) as u8 {
            BODY if count >= OFTEN_COUNT => OFTEN,
            class => class,
        };
        out.push(last >> CLASS_BITS << TERM_SHIFT | id << CLASS_BITS | u64::from(class));
    }
    occurrences.clear();
}
