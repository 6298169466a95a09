//! The directory: which shard holds which terms, and what its file is called. Fetched first.
//!
//! The file:
//! 1. [`VERSION`], a byte;
//! 2. how many posts, and how many shards, as in [`crate::bytes`];
//! 3. where there are none: the one shard of a small blog, to the end of the file;
//! 4. else for each shard: bytes that stand between the last term of the shard before it and its
//!    own first, as few as will do, and five bytes of its file's name. Of the bytes, what they
//!    share with the ones before is left out: a number gives the length of the rest in its higher
//!    bits and that of the shared part in its lowest four.

use super::query::Query;
use super::shard::{ID_BITS_LIMIT, Shard, VERSION};
use crate::bytes::{Broken, Reader, Writer};

/// A prefix is looked up in at most this many shards.
///
/// Words' beginnings of one and two letters are terms of their own and never need more than two. A
/// longer prefix needs one or two as well, unless a blog has thousands of words that begin so; one
/// that spans even more shards than this loses the last of its words, in alphabetic order.
pub const PREFIX_SHARDS: usize = 64;

/// The part of a file's name that tells it from others.
pub type Name = [u8; 5];

/// The directory in memory.
#[derive(Clone, Debug)]
pub struct Directory {
    posts: u32,
    /// Where each shard begins, in order; empty bytes for the first.
    starts: Vec<Vec<u8>>,
    names: Vec<Name>,
    own: Option<Shard>,
}

impl Directory {
    /// Reads a file.
    pub fn read(file: &[u8]) -> Result<Self, Broken> {
        let mut reader = Reader::new(file);
        if reader.u8()? != VERSION {
            return Err(Broken("a directory of this version"));
        }
        let posts = reader.u32()?;
        if posts > 1 << ID_BITS_LIMIT {
            return Err(Broken("fewer posts"));
        }
        let count = reader.u32()?;
        let (mut starts, mut names) = (Vec::<Vec<u8>>::new(), Vec::new());
        for _ in 0..count {
            let lengths = reader.u32()?;
            let before = starts.last().map_or(&[][..], |start| start);
            let shared =
                before.get(..lengths as usize & 15).ok_or(Broken("a shorter beginning"))?;
            let start = [shared, reader.bytes(lengths as usize >> 4)?].concat();
            if *start <= *before && !starts.is_empty() {
                return Err(Broken("a later term"));
            }
            starts.push(start);
            names.push(*reader.bytes(5)?.first_chunk().ok_or(Broken("a name"))?);
        }
        let own = match count {
            0 => Some(Shard::read(reader.rest())?),
            _ => None,
        };
        reader.end()?;
        Ok(Directory { posts, starts, names, own })
    }

    /// How many posts the index knows; their ids are below it.
    pub fn posts(&self) -> u32 {
        self.posts
    }

    /// The shard that holds everything, in a small blog; there is no other then.
    pub fn own(&self) -> Option<&Shard> {
        self.own.as_ref()
    }

    /// Ten hexadecimal digits of the name of a shard's file; `None` where there is no such shard.
    pub fn name(&self, shard: u32) -> Option<String> {
        let name = self.names.get(shard as usize)?;
        let mut digits = String::new();
        for byte in name {
            for digit in [byte >> 4, byte & 15] {
                digits.extend(char::from_digit(digit.into(), 16));
            }
        }
        Some(digits)
    }

    /// The shards that a query needs, in order; none in a small blog.
    pub fn shards_of(&self, query: &Query) -> Vec<u32> {
        let mut shards = Vec::new();
        for term in query.terms() {
            for shard in self.shards(&term.from, &term.to) {
                if let Err(at) = shards.binary_search(&shard) {
                    shards.insert(at, shard);
                }
            }
        }
        shards
    }

    /// The shards that may hold terms from one to another.
    pub(super) fn shards(&self, from: &str, to: &str) -> std::ops::Range<u32> {
        let shard = |term: &str| {
            self.starts.partition_point(|start| **start <= *term.as_bytes()).saturating_sub(1)
        };
        let (first, last) = (shard(from), shard(to));
        let end = self.starts.len().min(last + 1).min(first + PREFIX_SHARDS);
        first as u32..end as u32
    }
}

/// Writes a directory: where each shard begins, and its name.
pub fn write(posts: u32, shards: &[(Vec<u8>, Name)]) -> Vec<u8> {
    let mut file = head(posts, shards.len());
    let mut before = &[][..];
    for (start, name) in shards {
        let pairs = before.iter().zip(start);
        let shared = pairs.take_while(|(a, b)| a == b).count().min(15);
        file.u32(((start.len() - shared) << 4 | shared) as u32);
        file.bytes(&start[shared..]);
        file.bytes(name);
        before = start;
    }
    file.finish()
}

/// Writes the directory of a small blog, with its one shard.
pub fn write_own(posts: u32, shard: &[u8]) -> Vec<u8> {
    let mut file = head(posts, 0);
    file.bytes(shard);
    file.finish()
}

fn head(posts: u32, shards: usize) -> Writer {
    let mut file = Writer::new();
    file.u8(VERSION);
    file.u32(posts);
    file.u32(shards as u32);
    file
}

#[cfg(test)]
mod tests {
    use super::super::postings::Postings;
    use super::super::shard::ShardWriter;
    use super::*;
    use proptest::prelude::*;

    fn shards(starts: &[&str]) -> Vec<(Vec<u8>, Name)> {
        let names = (0..).map(|n| [n, 1, 2, 3, 0xFF]);
        starts.iter().map(|start| start.as_bytes().to_vec()).zip(names).collect()
    }

    #[test]
    fn a_query_names_its_shards() {
        let shards = shards(&["", "go", "s", "ser", "serv", "servi", "云", "云原", "生"]);
        let directory = Directory::read(&write(9, &shards)).unwrap();
        let check = |query: &str, want: &[u32]| {
            assert_eq!(directory.shards_of(&Query::parse(query)), want, "{query}");
        };
        check("abc", &[0]);
        check("go", &[1]);
        check("s", &[2]);
        check("ser", &[3, 4, 5]);
        check("云", &[6]);
        check("云原生", &[7]);
        check("生 a", &[0, 8]);
        check("se", &[2]);
        check("", &[]);
        assert_eq!(directory.name(1).as_deref(), Some("01010203ff"));
        assert_eq!(directory.name(9), None);
        assert!(directory.own().is_none());
    }

    #[test]
    fn a_long_prefix_is_cut() {
        let starts: Vec<String> = (0..99).map(|n| format!("abc{n:02}")).collect();
        let starts: Vec<&str> = std::iter::once("").chain(starts.iter().map(|s| &**s)).collect();
        let directory = Directory::read(&write(9, &shards(&starts))).unwrap();
        let needed = directory.shards_of(&Query::parse("abc"));
        assert_eq!(needed, (0..PREFIX_SHARDS as u32).collect::<Vec<_>>());
        assert_eq!(directory.shards_of(&Query::parse("abc1")).len(), 11);
    }

    #[test]
    fn a_small_blog_has_one_file() {
        let mut writer = ShardWriter::new(3);
        writer.push(&['云'], &Postings { ids: vec![4], classes: vec![3] });
        let file = write_own(5, &writer.finish());
        let directory = Directory::read(&file).unwrap();
        assert_eq!(directory.posts(), 5);
        assert!(directory.own().is_some());
        assert_eq!(directory.shards_of(&Query::parse("云 abc")), [0; 0]);
        for end in 0..file.len() {
            assert!(Directory::read(&file[..end]).is_err(), "{end}");
        }
    }

    #[test]
    fn files_of_another_kind_are_refused() {
        let check = |file: &[u8], want: &'static str| {
            assert_eq!(Directory::read(file).map(|_| ()), Err(Broken(want)), "{file:?}");
        };
        check(b"<!doctype html>", "a directory of this version");
        check(&[VERSION, 0x81, 0x80, 0x40, 0], "fewer posts");
        check(&[VERSION, 1, 1, 0x21, b'a'], "a shorter beginning");
        check(&write(9, &shards(&["b", "a"])), "a later term");
        check(&[write(9, &shards(&["", "a"])), vec![0]].concat(), "the end");
        check(&[VERSION, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F], "a byte");
    }

    proptest! {
        #[test]
        fn names_and_starts_are_read_as_written(
            starts in prop::collection::btree_set("[a-c云]{1,20}", 0..20)
        ) {
            let starts: Vec<_> = std::iter::once("").chain(starts.iter().map(|s| &**s)).collect();
            let shards = shards(&starts);
            let directory = Directory::read(&write(9, &shards)).unwrap();
            let read = directory.starts.into_iter().zip(directory.names);
            prop_assert_eq!(read.collect::<Vec<_>>(), shards);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn any_bytes_are_refused_or_read(rest in prop::collection::vec(any::<u8>(), 0..200)) {
            let file = [vec![VERSION], rest].concat();
            if let Ok(directory) = Directory::read(&file) {
                directory.shards_of(&Query::parse("云原生 abc x"));
            }
        }

        #[test]
        fn broken_files_are_refused_or_read(
            at: prop::sample::Index, bit in 0..8, cut: prop::sample::Index
        ) {
            let mut file = write(9, &shards(&["", "ab", "abc", "b", "云", "云原", "生"]));
            let at = at.index(file.len());
            file[at] ^= 1u8 << bit;
            file.truncate(cut.index(file.len() * 2) + 1);
            if let Ok(directory) = Directory::read(&file) {
                directory.shards_of(&Query::parse("云原生 abc x"));
            }
        }
    }
}
