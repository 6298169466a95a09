//! The search index of a blog: a directory and shards ([`crate::search`]).
//!
//! 1. `terms`: each post's terms with the class of their strongest place; all posts' terms in
//!    one order.
//! 2. `cut`: where one shard ends and the next begins.
//! 3. [`build`]: the shards, coded.
//!
//! The caller names the shards' files by their content and writes [`Built::directory`] with the
//! names. The same posts give the same bytes.

mod cut;
mod terms;

use rayon::prelude::*;

use crate::search::directory::{self, Name};
use crate::search::shard::{ID_BITS_LIMIT, ShardWriter};
use crate::search::snippet::Section;
use crate::site::memo::Memo;
use terms::{Group, Index};

pub use terms::Part;

/// Shards of together at most this many bytes are one, within the directory.
pub const OWN_LIMIT: usize = 24 * 1024;

/// What of a post can be searched for.
#[derive(Clone, Debug)]
pub struct Source<'a> {
    /// Its title.
    pub title: &'a str,
    /// The names of its tags.
    pub tags: Vec<&'a str>,
    /// Its body, as plain text.
    pub sections: &'a [Section],
}

/// An index without the names of its files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Built {
    /// The shards' files, in order; none in a small blog, whose directory has all.
    pub shards: Vec<Vec<u8>>,
    posts: u32,
    starts: Vec<Vec<u8>>,
    own: Vec<u8>,
}

impl Built {
    /// The directory's file, given a name for each shard.
    pub fn directory(&self, names: &[Name]) -> Vec<u8> {
        if self.shards.is_empty() {
            return directory::write_own(self.posts, &self.own);
        }
        let shards: Vec<_> = self.starts.iter().cloned().zip(names.iter().copied()).collect();
        directory::write(self.posts, &shards)
    }
}

/// Builds the index of posts in the order of their ids, the oldest first.
///
/// Of more than a million posts (2^20) the newest are left out.
pub fn build(sources: &[Source], memo: &Memo<Part>) -> Built {
    let sources = &sources[..sources.len().min(1 << ID_BITS_LIMIT)];
    let posts = sources.len() as u32;
    let id_bits = (u32::BITS - posts.saturating_sub(1).leading_zeros()) as u8;
    let index = Index::of(sources, memo);
    let groups = index.groups();
    let mut built = Built { shards: Vec::new(), posts, starts: Vec::new(), own: Vec::new() };
    let sizes = cut::sizes(&index, &groups, id_bits);
    if sizes.iter().sum::<usize>() / 8 <= 2 * OWN_LIMIT {
        built.own = shard(&index, &groups, id_bits);
        if built.own.len() <= OWN_LIMIT {
            return built;
        }
        built.own = Vec::new();
    }
    let ranges = cut::ranges(&index, &groups, &sizes);
    built.starts = ranges.iter().map(|range| cut::start(&index, &groups, range.start)).collect();
    built.shards =
        ranges.par_iter().map(|range| shard(&index, &groups[range.clone()], id_bits)).collect();
    built
}

/// The file of some neighbouring terms.
fn shard(index: &Index, groups: &[Group], id_bits: u8) -> Vec<u8> {
    let mut writer = ShardWriter::new(id_bits);
    for group in groups {
        writer.push(&index.term(group), &index.postings(group));
    }
    writer.finish()
}

#[cfg(test)]
mod tests;
